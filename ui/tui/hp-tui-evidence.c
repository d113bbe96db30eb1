/* hp-tui-evidence.c - walking through reasons and comparable sales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "hp-tui-evidence.h"

static guint
count_rows (HpTuiEvidence *evidence, HpTuiList list)
{
  const HpArea *rows = list == HP_TUI_LIST_REASONS ? &evidence->reasons : &evidence->comparables;

  return rows->height;
}

/**
 * hp_tui_evidence_contexts:
 * @evidence: the lists
 *
 * Returns: which commands mean something now
 */
guint
hp_tui_evidence_contexts (HpTuiEvidence *evidence)
{
  return evidence->list != HP_TUI_LIST_NONE ? HP_TUI_EVIDENCE : 0;
}

/**
 * hp_tui_evidence_show:
 * @evidence: the lists
 *
 * Returns: what must be on the screen
 */
HpTuiShow
hp_tui_evidence_show (HpTuiEvidence *evidence)
{
  return evidence->list == HP_TUI_LIST_COMPARABLES ? HP_TUI_SHOW_COMPARABLES : HP_TUI_SHOW_ALL;
}

/* Another valuation may have fewer rows than the one before it. */
static int
chosen_of (HpTuiEvidence *evidence, HpTuiList list, guint rows)
{
  if (evidence->list != list)
    return -1;
  evidence->chosen = rows > 0 ? MIN (evidence->chosen, rows - 1) : 0;
  return (int) evidence->chosen;
}

/**
 * hp_tui_evidence_draw:
 * @evidence: the lists
 * @view: the valuation
 * @layout: where
 */
void
hp_tui_evidence_draw (HpTuiEvidence *evidence, const HpTuiView *view, const HpTuiLayout *layout)
{
  guint n = view->valuation != NULL ? view->valuation->comparables->len : 0;

  evidence->reasons = evidence->comparables = (HpArea){ 0 };
  if (view->valuation == NULL)
    return;
  if (layout->reasons.height > 0)
    evidence->reasons
      = hp_tui_reasons_draw (view, &layout->reasons, layout->airy,
                             chosen_of (evidence, HP_TUI_LIST_REASONS,
                                        hp_tui_reasons_count (view, layout->reasons.height, layout->airy)));
  if (layout->comparables.height > 0)
    evidence->comparables
      = hp_tui_comparables_draw (view, &layout->comparables, chosen_of (evidence, HP_TUI_LIST_COMPARABLES, n));
}

static void
open_chosen (HpTuiEvidence *evidence)
{
  const HpTuiView view = hp_tui_view_new (evidence->app, NULL);

  if (view.valuation == NULL)
    return;
  if (evidence->list == HP_TUI_LIST_REASONS)
    hp_tui_app_open (evidence->app, hp_tui_reasons_page (evidence->app));
  else if (evidence->chosen < view.valuation->comparables->len)
    hp_tui_app_open (evidence->app, hp_tui_comparable_page (evidence->app, evidence->chosen));
}

/* Over the end of a list into the other, if that is on the screen */
static void
move (HpTuiEvidence *evidence, int by)
{
  HpTuiList other = evidence->list == HP_TUI_LIST_REASONS ? HP_TUI_LIST_COMPARABLES : HP_TUI_LIST_REASONS;
  int rows = (int) count_rows (evidence, evidence->list), to = (int) evidence->chosen + by;

  if (to >= 0 && to < rows)
    {
      evidence->chosen = (guint) to;
      return;
    }
  if (count_rows (evidence, other) > 0)
    evidence->list = other;
  rows = (int) count_rows (evidence, evidence->list);
  evidence->chosen = to < 0 && rows > 0 ? rows - 1 : 0;
}

/**
 * hp_tui_evidence_command:
 * @evidence: the lists
 * @command: what to do
 *
 * Returns: whether it was the lists' to do
 */
gboolean
hp_tui_evidence_command (HpTuiEvidence *evidence, HpTuiCommand command)
{
  guint rows = count_rows (evidence, evidence->list);

  if (evidence->list == HP_TUI_LIST_NONE)
    return FALSE;
  switch (command)
    {
    case HP_TUI_COMMAND_ROW_UP:
      move (evidence, -1);
      break;
    case HP_TUI_COMMAND_ROW_DOWN:
      move (evidence, 1);
      break;
    case HP_TUI_COMMAND_ROW_FIRST:
      evidence->chosen = 0;
      break;
    case HP_TUI_COMMAND_ROW_LAST:
      evidence->chosen = rows > 0 ? rows - 1 : 0;
      break;
    case HP_TUI_COMMAND_DETAILS:
      open_chosen (evidence);
      break;
    case HP_TUI_COMMAND_LEAVE:
      evidence->list = HP_TUI_LIST_NONE;
      break;
    default:
      return FALSE;
    }
  return TRUE;
}

/**
 * hp_tui_evidence_next:
 * @evidence: the lists
 *
 * Gives the keys to the reasons, then to the comparable sales, then to the form.
 */
void
hp_tui_evidence_next (HpTuiEvidence *evidence)
{
  evidence->list = evidence->list == HP_TUI_LIST_COMPARABLES ? HP_TUI_LIST_NONE : evidence->list + 1;
  evidence->chosen = 0;
}

static gboolean
is_inside (const HpArea *area, const HpInput *input)
{
  return input->x >= area->x && input->x < area->x + area->width && input->y >= area->y
         && input->y < area->y + area->height;
}

/* As in the form, a first click chooses and a second opens. */
static void
click (HpTuiEvidence *evidence, HpTuiList list, guint row)
{
  if (evidence->list == list && evidence->chosen == row)
    {
      open_chosen (evidence);
      return;
    }
  evidence->list = list;
  evidence->chosen = row;
}

/**
 * hp_tui_evidence_input:
 * @evidence: the lists
 * @input: a click, the wheel
 *
 * Returns: whether it was the lists'
 */
gboolean
hp_tui_evidence_input (HpTuiEvidence *evidence, const HpInput *input)
{
  if (input->kind == HP_INPUT_CLICK && is_inside (&evidence->reasons, input))
    click (evidence, HP_TUI_LIST_REASONS, input->y - evidence->reasons.y);
  else if (input->kind == HP_INPUT_CLICK && is_inside (&evidence->comparables, input))
    click (evidence, HP_TUI_LIST_COMPARABLES, input->y - evidence->comparables.y);
  else if (input->kind == HP_INPUT_WHEEL && evidence->list != HP_TUI_LIST_NONE)
    move (evidence, input->delta);
  else if (input->kind != HP_INPUT_CLICK && evidence->list != HP_TUI_LIST_NONE)
    hp_tui_app_say (evidence->app, HP_STYLE_HINT, _ ("No key of this list; Esc goes back to the form"));
  else
    {
      evidence->list = HP_TUI_LIST_NONE;
      return FALSE;
    }
  return TRUE;
}

/**
 * hp_tui_evidence_hint:
 * @evidence: the lists
 *
 * Returns: (transfer full): what keys do here
 */
char *
hp_tui_evidence_hint (HpTuiEvidence *evidence)
{
  if (count_rows (evidence, evidence->list) == 0)
    return g_strdup (_ ("There is nothing here; F6 goes on, Esc back to the form"));
  return g_strdup (evidence->list == HP_TUI_LIST_REASONS
                     ? _ ("Enter shows all reasons and warnings; F6 goes to the comparable sales, Esc back")
                     : _ ("Enter shows all about this sale; F6 and Esc go back to the form"));
}

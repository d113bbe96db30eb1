/* hp-tui-form-pane.c - moving in the form, typing, stepping, choosing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hp-tui-field.h"
#include "hp-tui-form-pane.h"
#include "hp-tui-typing.h"

static const HpAttribute *
get_attribute (HpTuiFormPane *pane)
{
  return hp_form_get_attribute (pane->form, pane->focus);
}

static gboolean
has_fields (HpTuiFormPane *pane)
{
  return hp_form_get_n_fields (pane->form) > 0;
}

static gboolean
is_category (HpTuiFormPane *pane)
{
  return has_fields (pane) && get_attribute (pane)->type == HP_COLUMN_CATEGORY;
}

/* What was typed stays, and nothing is being typed any more. */
static void
stop_typing (HpTuiFormPane *pane)
{
  g_clear_pointer (&pane->editor, hp_line_editor_free);
  g_clear_pointer (&pane->choices, hp_tui_choices_free);
  g_clear_pointer (&pane->original, g_free);
}

static void
set_focus (HpTuiFormPane *pane, guint field)
{
  stop_typing (pane);
  if (!has_fields (pane))
    return;
  pane->focus = MIN (field, hp_form_get_n_fields (pane->form) - 1);
  g_free (pane->focus_name);
  pane->focus_name = g_strdup (get_attribute (pane)->name);
}

/* The form has other fields: the focus stays on the one of the same name, and so does what is being typed if it is of
 * the same kind. */
static void
described_cb (HpTuiFormPane *pane)
{
  HpDescription *description = hp_form_get_description (pane->form);
  int field = pane->focus_name != NULL ? hp_description_find_attribute (description, pane->focus_name) : 0;
  g_autoptr (HpLineEditor) editor = g_steal_pointer (&pane->editor);
  g_autofree char *original = g_strdup (pane->original);

  set_focus (pane, MAX (field, 0));
  if (editor == NULL || field < 0 || is_category (pane))
    return;
  pane->editor = g_steal_pointer (&editor);
  pane->original = g_steal_pointer (&original);
}

/**
 * hp_tui_form_pane_stop:
 * @pane: a form
 *
 * Keys go elsewhere now.
 */
void
hp_tui_form_pane_stop (HpTuiFormPane *pane)
{
  stop_typing (pane);
}

/**
 * hp_tui_form_pane_new:
 * @app: the program
 *
 * Returns: (transfer full): the form of the program's house
 */
HpTuiFormPane *
hp_tui_form_pane_new (HpTuiApp *app)
{
  HpTuiFormPane *pane = g_new0 (HpTuiFormPane, 1);

  pane->app = app;
  pane->form = g_object_ref (hp_tui_house_get_form (hp_tui_app_get_house (app)));
  pane->described = g_signal_connect_swapped (pane->form, "described", G_CALLBACK (described_cb), pane);
  set_focus (pane, 0);
  return pane;
}

/**
 * hp_tui_form_pane_free:
 * @pane: (transfer full): a form
 */
void
hp_tui_form_pane_free (HpTuiFormPane *pane)
{
  stop_typing (pane);
  g_signal_handler_disconnect (pane->form, pane->described);
  g_object_unref (pane->form);
  g_free (pane->focus_name);
  g_free (pane);
}

/**
 * hp_tui_form_pane_contexts:
 * @pane: a form
 *
 * Returns: which commands mean something now
 */
guint
hp_tui_form_pane_contexts (HpTuiFormPane *pane)
{
  if (pane->choices != NULL)
    return HP_TUI_TYPING | HP_TUI_LIST | HP_TUI_FORM;
  return pane->editor != NULL ? HP_TUI_TYPING | HP_TUI_FORM : HP_TUI_FORM;
}

/**
 * hp_tui_form_pane_takes:
 * @pane: a form
 * @input: a character
 *
 * In a category letters and digits are text, but for j and k, by which one leaves it again; in a number or a date what
 * such a value begins with is.
 *
 * Returns: whether the field in focus takes it for text, rather than the program for a command
 */
gboolean
hp_tui_form_pane_takes (HpTuiFormPane *pane, const HpInput *input)
{
  if (!has_fields (pane))
    return FALSE;
  if (is_category (pane))
    return g_unichar_isalnum (input->code) && input->code != 'j' && input->code != 'k';
  if (input->code == '-')
    return hp_tui_field_is_signed (get_attribute (pane));
  return (input->code < 0x80 && g_ascii_isdigit (input->code)) || input->code == '.';
}

static void
begin_change (HpTuiFormPane *pane, guint kind)
{
  hp_tui_house_begin_change (hp_tui_app_get_house (pane->app), kind);
}

static HpLineEditor *
begin_typing (HpTuiFormPane *pane, const char *text)
{
  g_free (pane->original);
  pane->original = g_strdup (hp_form_get_text (pane->form, pane->focus));
  begin_change (pane, HP_TUI_CHANGE_ALONE);
  if (is_category (pane))
    {
      pane->choices = hp_tui_choices_new (get_attribute (pane), pane->original);
      return pane->choices->search;
    }
  pane->editor = hp_line_editor_new ();
  hp_line_editor_set_text (pane->editor, text);
  return pane->editor;
}

/* The form gets what is typed or chosen now. */
static void
apply_typed (HpTuiFormPane *pane)
{
  g_autofree char *text = NULL;

  if (pane->choices != NULL)
    text = g_strdup (hp_tui_choices_get_text (pane->choices));
  else
    text = hp_tui_field_normalise (get_attribute (pane), pane->editor->text->str);
  hp_form_set_text (pane->form, pane->focus, text);
}

static void
cancel_typing (HpTuiFormPane *pane)
{
  g_autofree char *original = g_steal_pointer (&pane->original);

  stop_typing (pane);
  hp_form_set_text (pane->form, pane->focus, original);
}

static void
move_focus (HpTuiFormPane *pane, int by)
{
  int n = hp_form_get_n_fields (pane->form);

  if (n > 0)
    set_focus (pane, (pane->focus + n + by) % n);
}

static void
step (HpTuiFormPane *pane, int direction)
{
  const char *text = hp_form_get_text (pane->form, pane->focus);
  g_autofree char *next = hp_tui_field_step (get_attribute (pane), text, direction);

  if (next == NULL)
    return;
  begin_change (pane, pane->focus);
  hp_form_set_text (pane->form, pane->focus, next);
}

static gboolean
type_command (HpTuiFormPane *pane, HpTuiCommand command)
{
  HpLineEditor *editor = pane->choices != NULL ? pane->choices->search : pane->editor;
  const HpInput no_input = { .kind = HP_INPUT_KEY, .code = HP_KEY_LAST };
  g_autofree char *before = NULL;

  if (command == HP_TUI_COMMAND_ACCEPT)
    {
      set_focus (pane, pane->focus + 1);
      return TRUE;
    }
  if (command == HP_TUI_COMMAND_CANCEL)
    {
      cancel_typing (pane);
      return TRUE;
    }
  before = g_strdup (editor->text->str);
  if (!hp_tui_typing_input (editor, &no_input, command))
    return FALSE;
  if (g_str_equal (before, editor->text->str))
    return TRUE;
  if (pane->choices != NULL)
    hp_tui_choices_searched (pane->choices);
  apply_typed (pane);
  return TRUE;
}

static gboolean
list_command (HpTuiFormPane *pane, HpTuiCommand command)
{
  int page = MAX (pane->choices->drawn.height - 1, 1);
  int by = command == HP_TUI_COMMAND_LIST_UP          ? -1
           : command == HP_TUI_COMMAND_LIST_DOWN      ? 1
           : command == HP_TUI_COMMAND_LIST_PAGE_UP   ? -page
           : command == HP_TUI_COMMAND_LIST_PAGE_DOWN ? page
                                                      : 0;

  if (by == 0)
    return FALSE;
  hp_tui_choices_move (pane->choices, by);
  apply_typed (pane);
  return TRUE;
}

/* Into the text that is there, beginning with action */
static void
edit (HpTuiFormPane *pane, HpLineAction action)
{
  if (is_category (pane))
    return;
  begin_typing (pane, hp_form_get_text (pane->form, pane->focus));
  if (hp_line_editor_act (pane->editor, action))
    apply_typed (pane);
}

static void
empty (HpTuiFormPane *pane)
{
  begin_change (pane, HP_TUI_CHANGE_ALONE);
  hp_form_set_text (pane->form, pane->focus, "");
}

/**
 * hp_tui_form_pane_command:
 * @pane: a form
 * @command: what to do
 *
 * Returns: whether it was the form's to do
 */
gboolean
hp_tui_form_pane_command (HpTuiFormPane *pane, HpTuiCommand command)
{
  if (!has_fields (pane))
    return FALSE;
  if ((pane->editor != NULL || pane->choices != NULL) && type_command (pane, command))
    return TRUE;
  if (pane->choices != NULL && list_command (pane, command))
    return TRUE;
  switch (command)
    {
    case HP_TUI_COMMAND_NEXT:
      move_focus (pane, 1);
      break;
    case HP_TUI_COMMAND_PREVIOUS:
      move_focus (pane, -1);
      break;
    case HP_TUI_COMMAND_FIRST:
      set_focus (pane, 0);
      break;
    case HP_TUI_COMMAND_LAST:
      set_focus (pane, G_MAXUINT);
      break;
    case HP_TUI_COMMAND_MORE:
      step (pane, 1);
      break;
    case HP_TUI_COMMAND_LESS:
      step (pane, -1);
      break;
    case HP_TUI_COMMAND_OPEN:
      if (is_category (pane))
        begin_typing (pane, "");
      else
        set_focus (pane, pane->focus + 1);
      break;
    case HP_TUI_COMMAND_EDIT:
      edit (pane, HP_LINE_END);
      break;
    case HP_TUI_COMMAND_EDIT_START:
      edit (pane, HP_LINE_START);
      break;
    case HP_TUI_COMMAND_BACK:
      edit (pane, HP_LINE_RUB_OUT);
      break;
    case HP_TUI_COMMAND_EMPTY:
      empty (pane);
      break;
    case HP_TUI_COMMAND_INTERRUPT:
    case HP_TUI_COMMAND_REDRAW:
    case HP_TUI_COMMAND_SUSPEND:
      return FALSE;
    default:
      /* Whatever else is done, is done to what the form holds now. */
      stop_typing (pane);
      return FALSE;
    }
  return TRUE;
}

static gboolean
type_text (HpTuiFormPane *pane, const HpInput *input)
{
  HpLineEditor *editor = pane->choices != NULL ? pane->choices->search : pane->editor;

  if (input->kind == HP_INPUT_KEY && !hp_input_is_text (input))
    return FALSE;
  if (editor == NULL && input->kind == HP_INPUT_KEY && !is_category (pane) && !hp_tui_form_pane_takes (pane, input))
    {
      hp_tui_app_say (pane->app, HP_STYLE_HINT, _ ("No key of this field; ? shows the keys"));
      return TRUE;
    }
  if (editor == NULL)
    editor = begin_typing (pane, "");
  hp_tui_typing_input (editor, input, HP_TUI_NONE);
  if (pane->choices != NULL)
    hp_tui_choices_searched (pane->choices);
  apply_typed (pane);
  return TRUE;
}

static void
click (HpTuiFormPane *pane, const HpInput *input)
{
  guint field;

  if (pane->choices != NULL && hp_tui_choices_click (pane->choices, input->x, input->y))
    {
      apply_typed (pane);
      stop_typing (pane);
      return;
    }
  if (input->x < pane->drawn.x || input->x >= pane->drawn.x + pane->drawn.width || input->y < pane->drawn.y
      || input->y >= pane->drawn.y + pane->drawn.height)
    {
      stop_typing (pane);
      return;
    }
  field = pane->top + (guint) (input->y - pane->drawn.y);
  if (field >= hp_form_get_n_fields (pane->form))
    stop_typing (pane);
  else if (field != pane->focus)
    set_focus (pane, field);
  else if (pane->choices != NULL)
    stop_typing (pane);
  else if (is_category (pane))
    begin_typing (pane, "");
}

/**
 * hp_tui_form_pane_input:
 * @pane: a form
 * @input: text, a paste, a click, the wheel
 *
 * Returns: whether it was the form's
 */
gboolean
hp_tui_form_pane_input (HpTuiFormPane *pane, const HpInput *input)
{
  if (!has_fields (pane))
    return FALSE;
  if (input->kind == HP_INPUT_CLICK)
    click (pane, input);
  else if (input->kind == HP_INPUT_WHEEL && pane->choices != NULL)
    {
      hp_tui_choices_move (pane->choices, input->delta);
      apply_typed (pane);
    }
  else if (input->kind == HP_INPUT_WHEEL)
    set_focus (pane, input->delta < 0 ? MAX (pane->focus, 1) - 1 : pane->focus + 1);
  else
    return type_text (pane, input);
  return TRUE;
}

/**
 * hp_tui_form_pane_hint:
 * @pane: a form
 * @style: (out): what kind of hint it is
 *
 * Returns: (transfer full) (nullable): what is wrong with the field in focus, else what it takes
 */
char *
hp_tui_form_pane_hint (HpTuiFormPane *pane, HpStyle *style)
{
  const char *problem;

  *style = HP_STYLE_HINT;
  if (!has_fields (pane))
    return NULL;
  if (pane->choices != NULL)
    return g_strdup (_ ("Type to search; Enter takes, Esc puts back; numbers are sales in training"));
  problem = hp_form_get_problem (pane->form, pane->focus);
  if (problem != NULL)
    {
      *style = HP_STYLE_ERROR;
      return hp_tui_field_problem (get_attribute (pane), problem);
    }
  return hp_tui_field_hint (get_attribute (pane));
}

/* hp-tui-residuals-view.c - the state of the Residuals view: what is chosen and what is shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "hp-display.h"
#include "hp-tui-residuals-view.h"
#include "hp-tui-typing.h"

/* Who waits longer wants to know what for */
#define SLOW_US 300000

/**
 * hp_tui_residuals_view_clear:
 * @self: a view
 */
void
hp_tui_residuals_view_clear (HpTuiResidualsView *self)
{
  hp_tui_residuals_view_stop (self);
  hp_tui_residuals_choice_clear (&self->choice);
  g_clear_pointer (&self->shown, hp_tui_residuals_unref);
  g_clear_pointer (&self->picker, hp_tui_picker_free);
  g_clear_pointer (&self->search, hp_line_editor_free);
  g_free (self->problem);
  g_free (self->searched);
}

/**
 * hp_tui_residuals_view_is_slow:
 * @self: a view
 *
 * Returns: whether something is coming, and has been for a while
 */
gboolean
hp_tui_residuals_view_is_slow (HpTuiResidualsView *self)
{
  return self->cancellable != NULL && g_get_monotonic_time () - self->since > SLOW_US;
}

/**
 * hp_tui_residuals_view_row:
 * @self: a view
 *
 * Returns: the sale that is chosen, as its data counts it; 0: there is none
 */
guint64
hp_tui_residuals_view_row (HpTuiResidualsView *self)
{
  const HpResidualSet *set = self->shown != NULL ? self->shown->sets[0] : NULL;

  if (set == NULL || set->n == 0)
    return 0;
  return set->row[self->shown->order[MIN (self->table.chosen, set->n - 1)]];
}

/* Does the chosen sale stay where it is? */
static gboolean
has_same_order (const HpTuiResiduals *a, const HpTuiResiduals *b)
{
  return a->choice.sort == b->choice.sort && a->choice.reversed == b->choice.reversed
         && g_strcmp0 (a->choice.by, b->choice.by) == 0 && g_strcmp0 (a->choice.segment, b->choice.segment) == 0
         && g_strv_equal ((const char *const *) a->choice.versions, (const char *const *) b->choice.versions);
}

static void
take (HpTuiResidualsView *self, HpTuiResiduals *residuals)
{
  if (self->shown == NULL || !has_same_order (self->shown, residuals))
    self->table.chosen = self->table.top = 0;
  if (self->shown == NULL || g_strcmp0 (self->shown->choice.kind, residuals->choice.kind) != 0)
    self->chart.top = 0;
  g_clear_pointer (&self->shown, hp_tui_residuals_unref);
  self->shown = residuals;
  if (!self->segments)
    return;
  self->segments = FALSE;
  hp_tui_residuals_view_pick (self, HP_TUI_PICK_SEGMENT);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HpTuiResidualsView *self = data;
  g_autoptr (GError) error = NULL;
  HpTuiResiduals *residuals = hp_tui_residuals_new_finish (result, &error);

  /* The view may be gone, or want something else by now: it has cancelled then */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->problem, g_free);
  if (residuals != NULL)
    take (self, residuals);
  else
    self->problem = g_strdup (error->message);
  hp_tui_app_changed (self->screen.app);
}

/* Versions come and go; those that are shown stay as long as they are there */
static void
choose_versions (HpTuiResidualsView *self)
{
  HpTuiVersions *versions = hp_tui_app_get_versions (self->screen.app);
  g_auto (GStrv) chosen = NULL;

  if (hp_tui_versions_get (versions) == NULL)
    return;
  chosen = hp_tui_versions_choose (versions, (const char *const *) self->choice.versions, 1);
  if (self->choice.versions != NULL
      && g_strv_equal ((const char *const *) chosen, (const char *const *) self->choice.versions))
    return;
  g_strfreev (self->choice.versions);
  self->choice.versions = g_steal_pointer (&chosen);
  self->wanted = TRUE;
}

/**
 * hp_tui_residuals_view_ask:
 * @self: a view that is on the screen
 *
 * Has what is wanted loaded; what is shown stays until it is there.
 */
void
hp_tui_residuals_view_ask (HpTuiResidualsView *self)
{
  HpStudies *studies = hp_tui_versions_get_studies (hp_tui_app_get_versions (self->screen.app));

  choose_versions (self);
  if (!self->wanted || self->choice.versions == NULL || studies == NULL)
    return;
  self->wanted = FALSE;
  if (self->choice.versions[0] == NULL)
    {
      g_clear_pointer (&self->shown, hp_tui_residuals_unref);
      return;
    }
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    self->since = g_get_monotonic_time ();
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  hp_tui_residuals_new_async (studies, &self->choice, self->shown, self->cancellable, loaded_cb, self);
  hp_tui_app_changed (self->screen.app);
}

/* What is wanted is another */
static void
want (HpTuiResidualsView *self)
{
  self->wanted = TRUE;
  g_clear_pointer (&self->problem, g_free);
  hp_tui_app_changed (self->screen.app);
}

/**
 * hp_tui_residuals_view_stop:
 * @self: a view
 *
 * Returns: whether something was coming, which is given up
 */
gboolean
hp_tui_residuals_view_stop (HpTuiResidualsView *self)
{
  if (self->cancellable == NULL)
    return FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->segments = FALSE;
  if (self->shown == NULL)
    {
      g_free (self->problem);
      self->problem = g_strdup (_ ("Cancelled; F5 tries again"));
    }
  return TRUE;
}

/**
 * hp_tui_residuals_view_filter:
 * @self: a view
 * @by: (nullable): what is filtered by
 * @segment: (nullable): the one that is kept; %NULL: all
 */
void
hp_tui_residuals_view_filter (HpTuiResidualsView *self, const char *by, const char *segment)
{
  char *kept_by = g_strdup (by), *kept = g_strdup (segment);

  g_free (self->choice.by);
  g_free (self->choice.segment);
  self->choice.by = kept_by;
  self->choice.segment = kept;
  want (self);
}

/**
 * hp_tui_residuals_view_sort:
 * @self: a view
 * @by: columns to the right; 0: the other way round
 */
void
hp_tui_residuals_view_sort (HpTuiResidualsView *self, int by)
{
  if (by == 0)
    self->choice.reversed = !self->choice.reversed;
  else
    {
      self->choice.sort = (HpTuiSort) (((int) self->choice.sort + by + HP_TUI_N_SORTS) % HP_TUI_N_SORTS);
      self->choice.reversed = FALSE;
    }
  want (self);
}

/**
 * hp_tui_residuals_view_open_sale:
 * @self: a view
 *
 * Makes the chosen sale the house of the Value view.
 */
void
hp_tui_residuals_view_open_sale (HpTuiResidualsView *self)
{
  HpTuiHouse *house = hp_tui_app_get_house (self->screen.app);
  HpForm *form = hp_tui_house_get_form (house);
  guint64 row = hp_tui_residuals_view_row (self);
  g_autofree char *count = hp_display_count (row);
  const HpResidualSet *set;
  guint32 sale;

  if (row == 0)
    return;
  if (hp_form_get_n_fields (form) == 0)
    {
      hp_tui_app_say (self->screen.app, HP_STYLE_ERROR, _ ("Nobody can value houses yet: see the Value view"));
      return;
    }
  set = self->shown->sets[0];
  sale = self->shown->order[MIN (self->table.chosen, set->n - 1)];
  hp_tui_house_begin_change (house, HP_TUI_CHANGE_ALONE);
  for (guint i = 0; i < hp_form_get_n_fields (form); i++)
    {
      const HpSetColumn *column = hp_residual_set_get_column (set, hp_form_get_attribute (form, i)->name);
      g_autofree char *text = column != NULL ? hp_tui_sales_table_plain (column, column->numbers[sale]) : NULL;

      if (text != NULL)
        hp_form_set_text (form, i, text);
    }
  hp_tui_app_show (self->screen.app, HP_TUI_VIEW_VALUE);
  hp_tui_app_say (self->screen.app, HP_STYLE_MESSAGE, _ ("Sale %s is the house now; F9 takes it back"), count);
}

/**
 * hp_tui_residuals_view_search:
 * @self: a view
 *
 * Begins a search.
 */
void
hp_tui_residuals_view_search (HpTuiResidualsView *self)
{
  if (self->shown == NULL)
    return;
  /* what is found must be in sight */
  if (self->chart_alone)
    self->zoom = self->zoom == HP_TUI_ZOOM_CHART ? HP_TUI_ZOOM_BOTH : HP_TUI_ZOOM_SALES;
  self->search = hp_line_editor_new ();
  self->search_from = self->table.chosen;
  self->not_found = FALSE;
}

/**
 * hp_tui_residuals_view_find:
 * @self: a view
 * @by: 1: the next sale that was searched for; -1: the one before
 */
void
hp_tui_residuals_view_find (HpTuiResidualsView *self, int by)
{
  if (self->shown == NULL)
    return;
  if (self->searched == NULL)
    hp_tui_app_say (self->screen.app, HP_STYLE_MESSAGE, _ ("Nothing was searched for yet: / searches"));
  else if (!hp_tui_sales_table_find (&self->table, self->shown, self->searched, by))
    hp_tui_app_say (self->screen.app, HP_STYLE_WARNING, _ ("No sale has “%s”"), self->searched);
}

static void
end_search (HpTuiResidualsView *self, gboolean keep)
{
  if (keep && self->search->text->len > 0)
    {
      g_free (self->searched);
      self->searched = g_strdup (self->search->text->str);
    }
  else
    self->table.chosen = self->search_from;
  g_clear_pointer (&self->search, hp_line_editor_free);
}

/**
 * hp_tui_residuals_view_type:
 * @self: a view that searches
 * @input: (nullable): text, a paste
 * @command: what a key means while one types
 *
 * Returns: whether it had to do with the search
 */
gboolean
hp_tui_residuals_view_type (HpTuiResidualsView *self, const HpInput *input, HpTuiCommand command)
{
  const HpInput none = { 0 };

  if (command == HP_TUI_COMMAND_ACCEPT || (command == HP_TUI_COMMAND_RUB_OUT && self->search->text->len == 0))
    end_search (self, TRUE);
  else if (command == HP_TUI_COMMAND_CANCEL || (input != NULL && input->kind == HP_INPUT_CLICK))
    end_search (self, FALSE);
  else if (hp_tui_typing_input (self->search, input != NULL ? input : &none, command))
    {
      self->table.chosen = self->search_from;
      self->not_found = self->search->text->len > 0
                        && !hp_tui_sales_table_find (&self->table, self->shown, self->search->text->str, 0);
    }
  else
    return FALSE;
  return TRUE;
}

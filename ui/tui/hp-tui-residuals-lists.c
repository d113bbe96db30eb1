/* hp-tui-residuals-lists.c - the lists of the Residuals view: versions, charts, what to filter by and what to keep
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "hp-display.h"
#include "hp-tui-residuals-view.h"

/* What a list of charts has no more of than it knows */
typedef struct
{
  GPtrArray *keys, *titles;
} Charts;

static void
charts_clear (Charts *charts)
{
  g_clear_pointer (&charts->keys, g_ptr_array_unref);
  g_clear_pointer (&charts->titles, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Charts, charts_clear)

/* In the order of menus: those that there always are, then one for each attribute */
static Charts
list_charts (HpTuiResidualsView *self)
{
  Charts charts = { g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free) };
  const HpResidualSet *set = self->shown != NULL ? self->shown->sets[0] : NULL;
  guint n;
  const HpChartKind *kinds = hp_chart_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (kinds[i].needs == HP_CHART_NEEDS_SETS && !kinds[i].has_attribute)
      {
        g_ptr_array_add (charts.keys, g_strdup (kinds[i].name));
        g_ptr_array_add (charts.titles, g_strdup (hp_chart_kind_title (&kinds[i])));
      }
  for (guint i = 0; set != NULL && i < n; i++)
    for (guint c = 0; kinds[i].needs == HP_CHART_NEEDS_SETS && kinds[i].has_attribute && c < set->columns->len; c++)
      {
        const HpSetColumn *column = set->columns->pdata[c];

        g_ptr_array_add (charts.keys, g_strconcat (kinds[i].name, column->name, NULL));
        g_ptr_array_add (charts.titles, g_strdup_printf (_ ("Residuals by %s"), column->label));
      }
  return charts;
}

static void
set_chart (HpTuiResidualsView *self, const char *kind)
{
  char *kept = g_strdup (kind);

  g_free (self->choice.kind);
  self->choice.kind = kept;
  self->wanted = TRUE;
  g_clear_pointer (&self->problem, g_free);
  hp_tui_app_changed (self->screen.app);
}

/**
 * hp_tui_residuals_view_step_chart:
 * @self: a view
 * @by: charts down the list; after the last one comes the first
 */
void
hp_tui_residuals_view_step_chart (HpTuiResidualsView *self, int by)
{
  g_auto (Charts) charts = list_charts (self);
  int n = (int) charts.keys->len, at = 0;

  if (n == 0)
    return;
  for (int i = 0; i < n; i++)
    if (g_str_equal (charts.keys->pdata[i], self->choice.kind))
      at = i;
  set_chart (self, charts.keys->pdata[(at + by + n) % n]);
}

static HpTuiPicker *
pick_versions (HpTuiResidualsView *self)
{
  const GPtrArray *infos = hp_tui_versions_get (hp_tui_app_get_versions (self->screen.app));
  HpTuiPicker *picker;

  if (infos == NULL || infos->len == 0)
    return NULL;
  picker = hp_tui_picker_new (_ ("Versions"), self->max_versions);
  /* the newest first */
  for (guint i = infos->len; i-- > 0;)
    hp_tui_versions_add (picker, infos->pdata[i], (const char *const *) self->choice.versions);
  return picker;
}

static HpTuiPicker *
pick_chart (HpTuiResidualsView *self)
{
  g_auto (Charts) charts = list_charts (self);
  HpTuiPicker *picker = hp_tui_picker_new (_ ("Kind of chart"), 0);

  for (guint i = 0; i < charts.keys->len; i++)
    hp_tui_picker_add (picker, charts.keys->pdata[i], charts.titles->pdata[i], NULL,
                       g_str_equal (charts.keys->pdata[i], self->choice.kind));
  return picker;
}

/* What is worth looking at first, then all else */
static HpTuiPicker *
pick_by (HpTuiResidualsView *self)
{
  const HpResidualSet *set = self->shown != NULL ? self->shown->sets[0] : NULL;
  g_auto (GStrv) suggested = NULL;
  HpTuiPicker *picker;

  if (set == NULL)
    return NULL;
  suggested = hp_segmentation_suggest (set);
  picker = hp_tui_picker_new (_ ("Sales by"), 0);
  hp_tui_picker_add (picker, "", _ ("All sales"), NULL, self->choice.by == NULL);
  for (char **by = suggested; *by != NULL; by++)
    hp_tui_picker_add (picker, *by, hp_tui_residuals_by_label (set, *by), NULL, g_strcmp0 (*by, self->choice.by) == 0);
  for (guint i = 0; i < set->columns->len; i++)
    {
      const HpSetColumn *column = set->columns->pdata[i];

      if (!g_strv_contains ((const char *const *) suggested, column->name))
        hp_tui_picker_add (picker, column->name, column->label, NULL, g_strcmp0 (column->name, self->choice.by) == 0);
    }
  return picker;
}

static HpTuiPicker *
pick_segment (HpTuiResidualsView *self)
{
  const HpSegmentation *segments = self->shown != NULL ? self->shown->segments : NULL;
  HpTuiPicker *picker;

  if (segments == NULL)
    return NULL;
  picker = hp_tui_picker_new (segments->label, 0);
  hp_tui_picker_add (picker, "", _ ("All"), NULL, self->choice.segment == NULL);
  for (guint i = 0; i < segments->n; i++)
    {
      g_autofree char *n = hp_display_count (segments->sizes[i]);

      if (segments->sizes[i] > 0)
        hp_tui_picker_add (picker, segments->keys[i], segments->labels[i], n,
                           g_strcmp0 (segments->keys[i], self->choice.segment) == 0);
    }
  return picker;
}

/**
 * hp_tui_residuals_view_pick:
 * @self: a view
 * @pick: what is to be chosen; nothing happens if there is nothing to choose from
 */
void
hp_tui_residuals_view_pick (HpTuiResidualsView *self, HpTuiPick pick)
{
  g_clear_pointer (&self->picker, hp_tui_picker_free);
  self->pick = pick;
  switch (pick)
    {
    case HP_TUI_PICK_VERSIONS:
      self->picker = pick_versions (self);
      break;
    case HP_TUI_PICK_CHART:
      self->picker = pick_chart (self);
      break;
    case HP_TUI_PICK_BY:
      self->picker = pick_by (self);
      break;
    case HP_TUI_PICK_SEGMENT:
      self->picker = pick_segment (self);
      break;
    default:
      break;
    }
}

static void
take_versions (HpTuiResidualsView *self, HpTuiPicker *picker)
{
  g_auto (GStrv) marked = hp_tui_picker_get_marked (picker);

  g_strfreev (self->choice.versions);
  self->choice.versions
    = hp_tui_versions_choose (hp_tui_app_get_versions (self->screen.app), (const char *const *) marked, 1);
  self->wanted = TRUE;
  g_clear_pointer (&self->problem, g_free);
}

/* Of a column there is a second list, of its segments, when they are known */
static void
take_by (HpTuiResidualsView *self, const char *by)
{
  gboolean all = *by == '\0';

  self->segments = !all;
  hp_tui_residuals_view_filter (self, all ? NULL : by,
                                g_strcmp0 (by, self->choice.by) == 0 ? self->choice.segment : NULL);
}

/**
 * hp_tui_residuals_view_picked:
 * @self: a view with a list
 * @end: what became of it
 *
 * Returns: %TRUE
 */
gboolean
hp_tui_residuals_view_picked (HpTuiResidualsView *self, HpTuiPickerEnd end)
{
  HpTuiPicker *picker = self->picker;
  const char *key = hp_tui_picker_get_key (picker);

  if (end == HP_TUI_PICKER_OPEN)
    return TRUE;
  self->picker = NULL;
  if (end == HP_TUI_PICKER_TAKEN && self->pick == HP_TUI_PICK_VERSIONS)
    take_versions (self, picker);
  else if (end == HP_TUI_PICKER_TAKEN && self->pick == HP_TUI_PICK_CHART)
    set_chart (self, key);
  else if (end == HP_TUI_PICKER_TAKEN && self->pick == HP_TUI_PICK_BY)
    take_by (self, key);
  else if (end == HP_TUI_PICKER_TAKEN)
    hp_tui_residuals_view_filter (self, self->choice.by, *key != '\0' ? key : NULL);
  hp_tui_picker_free (picker);
  return TRUE;
}

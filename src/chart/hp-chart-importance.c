/* hp-chart-importance.c - by how much errors rise when an attribute says nothing any more
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-study-private.h"
#include "hp-display.h"
#include "hp-text.h"

#define BAR_WIDTH 0.7

static void
add_bars (HpChart *chart, const HpImportance *importance, guint n)
{
  HpChartSeries *bars = hp_chart_add_series (chart, HP_SERIES_BARS, HP_ROLE_SERIES_1, NULL, n);
  HpChartSeries *ranges = hp_chart_add_series (chart, HP_SERIES_RANGES, HP_ROLE_REFERENCE, NULL, n);

  bars->horizontal = ranges->horizontal = TRUE;
  bars->x2 = g_new0 (double, n + 1);
  bars->y2 = g_new (double, n + 1);
  bars->texts = g_new0 (char *, n + 1);
  ranges->x2 = g_new (double, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const HpImportanceItem *item = importance->items->pdata[i];
      double at = n - 1 - i;

      bars->y[i] = at - BAR_WIDTH / 2;
      bars->y2[i] = at + BAR_WIDTH / 2;
      bars->x[i] = item->mean;
      bars->texts[i] = hp_display_price (item->mean, importance->currency);
      ranges->y[i] = at;
      ranges->x[i] = item->low;
      ranges->x2[i] = item->high;
    }
}

gboolean
_hp_chart_importance (HpChart *chart, const HpChartInput *input, GError **error)
{
  const HpImportance *importance = input->source->importance;
  guint n = MIN (importance->items->len, HP_CHART_MAX_GROUPS);
  g_autofree char *version = _hp_chart_version (input->source->name), *rise = NULL, *mae = NULL, *label = NULL;
  const HpImportanceItem *most;

  hp_chart_axis_set (&chart->x, _ ("Rise of the mean absolute error"), HP_FORMAT_MONEY, importance->currency);
  chart->y.no_grid = TRUE;
  if (n == 0)
    return _hp_chart_set_empty (chart, g_strdup (_ ("The model has no attributes that could be taken away.")));
  for (guint i = n; i-- > 0;)
    {
      const HpImportanceItem *item = importance->items->pdata[i];

      hp_chart_axis_add_category (&chart->y, item->label);
    }
  add_bars (chart, importance, n);
  most = importance->items->pdata[0];
  label = hp_text_printable (most->label, -1, HP_CHART_MAX_LABEL_CHARS);
  rise = hp_display_price (most->mean, importance->currency);
  mae = hp_display_price (importance->mae, importance->currency);
  /* Translators: an attribute, a version, by how much its error rises, from which error */
  chart->summary = g_strdup_printf (
    importance->in_sample
      ? _ ("“%s” matters most to %s: without it the mean absolute error on the sales it was trained on rises by %s, "
           "from %s.")
      : _ ("“%s” matters most to %s: without it the mean absolute error rises by %s, from %s."),
    label, version, rise, mae);
  return TRUE;
}

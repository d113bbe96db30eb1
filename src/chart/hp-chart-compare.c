/* hp-chart-compare.c - paired differences of two versions' errors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-study-private.h"

/* Of the first version and the last */
static const HpPair *
get_pair (const HpComparison *comparison)
{
  for (guint i = 0; i < comparison->n_pairs; i++)
    if (comparison->pairs[i].a == 0 && comparison->pairs[i].b == comparison->n_versions - 1)
      return &comparison->pairs[i];
  return NULL;
}

/* The interval of the mean difference, over the whole width */
static void
add_interval (HpChart *chart, const HpPair *pair, const HpChartSeries *points)
{
  HpChartSeries *band;
  double from = INFINITY, to = -INFINITY;

  for (gsize i = 0; i < points->n; i++)
    {
      from = MIN (from, points->x[i]);
      to = MAX (to, points->x[i]);
    }
  if (!(from < to) || !isfinite (pair->low[HP_METRIC_MAE]) || !isfinite (pair->high[HP_METRIC_MAE]))
    return;
  band = hp_chart_add_series (chart, HP_SERIES_BAND, HP_ROLE_TREND, _ ("Mean difference, with its interval"), 2);
  band->faint = TRUE;
  band->y2 = g_new (double, 2);
  band->x[0] = from;
  band->x[1] = to;
  band->y[0] = band->y[1] = pair->low[HP_METRIC_MAE];
  band->y2[0] = band->y2[1] = pair->high[HP_METRIC_MAE];
}

static void
add_movers (HpChart *chart, const HpComparison *comparison)
{
  const HpResidualSet *a = comparison->sets[0], *b = comparison->sets[comparison->n_versions - 1];

  for (guint i = 0; i < MIN (comparison->movers->len, HP_CHART_LABELS); i++)
    {
      const HpMover *mover = comparison->movers->pdata[i];
      gsize at = mover->index;

      hp_chart_add_label (chart, a->price[at],
                          fabs (b->price[at] - b->predicted[at]) - fabs (a->price[at] - a->predicted[at]), mover->row,
                          NULL);
    }
}

gboolean
_hp_chart_compare_delta (HpChart *chart, const HpChartInput *input, GError **error)
{
  const HpComparison *comparison = input->source->comparison;
  const HpResidualSet *a = comparison->sets[0], *b = comparison->sets[comparison->n_versions - 1];
  const HpPair *pair = get_pair (comparison);
  g_autofree char *first = _hp_chart_version (comparison->names[0]), *name = NULL;
  g_autofree char *last = _hp_chart_version (comparison->names[comparison->n_versions - 1]);
  HpChartSeries *points;

  /* Translators: two versions */
  name = g_strdup_printf (_ ("Absolute error: %s − %s"), last, first);
  hp_chart_axis_set (&chart->x, _ ("Price"), HP_FORMAT_MONEY, a->currency);
  hp_chart_axis_set (&chart->y, name, HP_FORMAT_MONEY, a->currency);
  hp_chart_add_line (chart, HP_LINE_HORIZONTAL, 0, NULL);
  points = hp_chart_add_series (chart, HP_SERIES_POINTS, HP_ROLE_SERIES_1, NULL, a->n);
  points->row = g_new (guint64, a->n + 1);
  points->n = 0;
  for (gsize i = 0; i < a->n; i++)
    {
      double change = fabs (b->price[i] - b->predicted[i]) - fabs (a->price[i] - a->predicted[i]);

      if (!isfinite (change))
        continue;
      points->x[points->n] = a->price[i];
      points->y[points->n] = change;
      points->row[points->n++] = a->row[i];
    }
  if (points->n == 0 || pair == NULL)
    return TRUE;
  add_interval (chart, pair, points);
  add_movers (chart, comparison);
  chart->summary = hp_pair_to_sentence (comparison, pair);
  return TRUE;
}

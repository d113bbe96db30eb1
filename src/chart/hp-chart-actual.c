/* hp-chart-actual.c - prices against predicted prices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-study-private.h"
#include "hp-display.h"
#include "hp-metrics.h"

/* Of the range, on either side */
#define AIR 0.04

static char *
summarize_version (const HpResidualSet *set)
{
  g_autofree char *version = _hp_chart_version (set->name), *half = NULL, *within = NULL, *r2 = NULL;
  HpMetrics metrics;

  hp_metrics_compute (set->predicted, set->price, set->n, &metrics);
  half = hp_display_percent (metrics.value[HP_METRIC_MDAPE], 1);
  within = hp_display_percent (metrics.value[HP_METRIC_PPE10], 0);
  if (isnan (metrics.value[HP_METRIC_R2])) /* one price, or all are equal */
    return g_strdup_printf (_ ("Half of the predictions of %s are within %s of the price, %s of them within 10 %%."),
                            version, half, within);
  r2 = hp_display_number (metrics.value[HP_METRIC_R2], 3);
  return g_strdup_printf (
    _ ("Half of the predictions of %s are within %s of the price, %s of them within 10 %%; R² is %s."), version, half,
    within, r2);
}

static void
include (double *from, double *to, const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      {
        *from = MIN (*from, values[i]);
        *to = MAX (*to, values[i]);
      }
}

/* The same prices on both axes: the diagonal goes from corner to corner */
static void
set_ranges (HpChart *chart)
{
  double from = INFINITY, to = -INFINITY, air;

  for (guint k = 0; k < chart->series->len; k++)
    {
      const HpChartSeries *series = chart->series->pdata[k];

      include (&from, &to, series->x, series->n);
      include (&from, &to, series->y, series->n);
    }
  if (!(from < to))
    return;
  air = AIR * (to - from);
  chart->x.from = chart->y.from = from >= 0 && from < air ? 0 : from - air;
  chart->x.to = chart->y.to = to + air;
}

gboolean
_hp_chart_actual_predicted (HpChart *chart, const HpChartInput *input, GError **error)
{
  hp_chart_axis_set (&chart->x, _ ("Predicted price"), HP_FORMAT_MONEY, input->currency);
  hp_chart_axis_set (&chart->y, _ ("Price"), HP_FORMAT_MONEY, input->currency);
  chart->equal = TRUE;
  hp_chart_add_line (chart, HP_LINE_DIAGONAL, 0, _ ("Predicted = paid"));
  for (guint k = 0; k < input->n_sets; k++)
    {
      const HpResidualSet *set = input->sets[k];
      g_autofree double *scaled = _hp_chart_scaled (input, set);

      _hp_chart_add_points (chart, input, k, set->predicted, set->price, scaled);
    }
  set_ranges (chart);
  chart->summary = input->n_sets == 1 ? summarize_version (input->sets[0]) : _hp_chart_summarize_errors (input);
  return TRUE;
}

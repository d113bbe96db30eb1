/* hp-chart-learning.c - errors by number of training sales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-study-private.h"
#include "hp-display.h"

static void
add_curve (HpChart *chart, HpChartRole role, const char *label, const HpLearningCurve *curve, const double *mae,
           const double *sd)
{
  HpChartSeries *band = hp_chart_add_series (chart, HP_SERIES_BAND, role, NULL, curve->n_points), *line, *points;

  band->faint = TRUE;
  band->y2 = g_new (double, curve->n_points + 1);
  line = hp_chart_add_series (chart, HP_SERIES_LINE, role, label, curve->n_points);
  line->width = 2;
  points = hp_chart_add_series (chart, HP_SERIES_POINTS, role, NULL, curve->n_points);
  for (guint i = 0; i < curve->n_points; i++)
    {
      double reach = isfinite (sd[i]) ? sd[i] : 0;

      band->x[i] = line->x[i] = points->x[i] = curve->n[i];
      line->y[i] = points->y[i] = mae[i];
      band->y[i] = mae[i] - reach;
      band->y2[i] = mae[i] + reach;
    }
}

gboolean
_hp_chart_learning_curve (HpChart *chart, const HpChartInput *input, GError **error)
{
  const HpLearningCurve *curve = input->source->learning_curve;
  g_autofree char *version = _hp_chart_version (input->source->name), *sales = NULL, *price = NULL, *before = NULL,
                  *change = NULL;
  guint last = curve->n_points - 1;
  double gain;

  hp_chart_axis_set (&chart->x, _ ("Sales trained on"), HP_FORMAT_COUNT, NULL);
  hp_chart_axis_set (&chart->y, _ ("Mean absolute error"), HP_FORMAT_MONEY, input->currency);
  if (curve->n_points == 0)
    return TRUE;
  add_curve (chart, HP_ROLE_SERIES_2, _ ("Sales trained on"), curve, curve->train_mae, curve->train_sd);
  add_curve (chart, HP_ROLE_SERIES_1, _ ("New sales"), curve, curve->mae, curve->sd);
  sales = hp_display_count ((guint64) rint (curve->n[last]));
  price = hp_display_price (curve->mae[last], input->currency);
  if (curve->n_points == 1)
    {
      chart->summary = g_strdup_printf (_ ("Trained on %s sales, %s errs by %s on new ones."), sales, version, price);
      return TRUE;
    }
  gain = 1 - curve->mae[last] / curve->mae[last - 1];
  before = hp_display_count ((guint64) rint (curve->n[last - 1]));
  change = hp_display_percent (fabs (gain), 1);
  chart->summary
    = gain >= 0
        ? g_strdup_printf (_ ("Trained on %s sales, %s errs by %s on new ones, %s less than when trained on %s."),
                           sales, version, price, change, before)
        : g_strdup_printf (_ ("Trained on %s sales, %s errs by %s on new ones, %s more than when trained on %s."),
                           sales, version, price, change, before);
  return TRUE;
}

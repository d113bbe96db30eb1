/* hp-chart-support.c - errors of a set, on the scales on which charts show them, and their outliers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-study-private.h"
#include "hp-statistics.h"

/* In robust standard deviations, which are the median absolute deviation times what makes it one (Iglewicz and Hoaglin
 * 1993 name 3.5 in these) */
#define OUTLIER_DISTANCE 3.5
#define MAD_TO_SD        1.4826022185056018

double *
_hp_chart_residuals (const HpResidualSet *set)
{
  double *residuals = g_new (double, set->n + 1);

  for (gsize i = 0; i < set->n; i++)
    {
      double residual = set->price[i] - set->predicted[i];

      residuals[i] = isfinite (residual) ? residual : NAN;
    }
  return residuals;
}

static double *
ratios (const HpResidualSet *set)
{
  double *values = g_new (double, set->n + 1);

  for (gsize i = 0; i < set->n; i++)
    {
      double ratio = set->price[i] / set->predicted[i];

      values[i] = set->price[i] > 0 && set->predicted[i] > 0 && isfinite (ratio) ? ratio : NAN;
    }
  return values;
}

double *
_hp_chart_errors (const HpChartInput *input, const HpResidualSet *set)
{
  double *errors;

  if (!input->relative)
    return _hp_chart_residuals (set);
  errors = ratios (set);
  for (gsize i = 0; i < set->n; i++)
    errors[i] -= 1;
  return errors;
}

double *
_hp_chart_scaled (const HpChartInput *input, const HpResidualSet *set)
{
  double *scaled;

  if (!input->relative)
    return _hp_chart_residuals (set);
  scaled = ratios (set);
  for (gsize i = 0; i < set->n; i++)
    scaled[i] = log (scaled[i]);
  return scaled;
}

void
_hp_chart_errors_axis (const HpChartInput *input, HpChartAxis *axis)
{
  if (input->relative)
    hp_chart_axis_set (axis, _ ("Residual, part of the predicted price"), HP_FORMAT_PERCENT, NULL);
  else
    hp_chart_axis_set (axis, _ ("Residual"), HP_FORMAT_MONEY, input->currency);
}

void
_hp_chart_scaled_axis (const HpChartInput *input, HpChartAxis *axis)
{
  if (input->relative)
    hp_chart_axis_set (axis, _ ("Residual of the logarithm of the price"), HP_FORMAT_NUMBER, NULL);
  else
    hp_chart_axis_set (axis, _ ("Residual"), HP_FORMAT_MONEY, input->currency);
}

double *
_hp_chart_finite (const double *values, gsize n, gsize *n_finite)
{
  double *finite = g_new (double, n + 1);

  *n_finite = 0;
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      finite[(*n_finite)++] = values[i];
  return finite;
}

typedef struct
{
  double distance;
  guint32 index;
} Far;

/* Farthest first; of equals the first sale */
static int
compare_far (gconstpointer a, gconstpointer b)
{
  const Far *x = a, *y = b;

  return x->distance != y->distance ? (x->distance < y->distance ? 1 : -1)
         : x->index < y->index      ? -1
                                    : x->index > y->index;
}

/* Most of the values are one: the ordinary deviation of all is the measure then */
static double
spread_around (const double *values, gsize n, double median)
{
  g_autofree double *deviations = g_new (double, n + 1);
  double spread;

  for (gsize i = 0; i < n; i++)
    deviations[i] = fabs (values[i] - median);
  spread = MAD_TO_SD * hp_median (deviations, n);
  return spread > 0 ? spread : hp_standard_deviation (values, n);
}

guint
_hp_chart_find_outliers (const double *values, gsize n, guint8 *flags, guint32 *labelled)
{
  gsize n_finite;
  g_autofree double *finite = _hp_chart_finite (values, n, &n_finite);
  g_autoptr (GArray) far = g_array_new (FALSE, FALSE, sizeof (Far));
  double median = hp_median (finite, n_finite), spread = spread_around (finite, n_finite, median);
  guint n_labelled;

  for (gsize i = 0; i < n; i++)
    {
      Far one = { fabs (values[i] - median) / spread, (guint32) i };

      if (!(spread > 0) || !(one.distance > OUTLIER_DISTANCE))
        continue;
      if (flags != NULL)
        flags[i] = HP_POINT_OUTLIER;
      g_array_append_val (far, one);
    }
  g_array_sort (far, compare_far);
  n_labelled = MIN (far->len, HP_CHART_LABELS);
  for (guint i = 0; i < n_labelled; i++)
    labelled[i] = g_array_index (far, Far, i).index;
  return n_labelled;
}

HpChartSeries *
_hp_chart_add_points (HpChart *chart, const HpChartInput *input, guint k, const double *x, const double *y,
                      const double *scaled)
{
  const HpResidualSet *set = input->sets[k];
  g_autofree char *label = input->n_sets > 1 ? _hp_chart_version (set->name) : NULL;
  HpChartSeries *series = hp_chart_add_series (chart, HP_SERIES_POINTS, _HP_CHART_ROLE (k), label, set->n);
  guint32 labelled[HP_CHART_LABELS];
  g_autofree guint8 *flags = g_new0 (guint8, set->n + 1);
  guint n_labelled = scaled != NULL ? _hp_chart_find_outliers (scaled, set->n, flags, labelled) : 0;

  series->faint = input->n_sets > 1;
  series->row = g_new (guint64, set->n + 1);
  series->flags = g_new (guint8, set->n + 1);
  series->n = 0;
  for (gsize i = 0; i < set->n; i++)
    if (isfinite (x[i]) && isfinite (y[i]))
      {
        series->x[series->n] = x[i];
        series->y[series->n] = y[i];
        series->row[series->n] = set->row[i];
        series->flags[series->n++] = flags[i];
      }
  for (guint i = 0; i < n_labelled && input->n_sets == 1; i++)
    if (isfinite (x[labelled[i]]) && isfinite (y[labelled[i]]))
      hp_chart_add_label (chart, x[labelled[i]], y[labelled[i]], set->row[labelled[i]], NULL);
  return series;
}

HpChartSeries *
_hp_chart_add_curve (HpChart *chart, HpChartRole role, const char *label, const HpCurve *curve)
{
  HpChartSeries *series = hp_chart_add_series (chart, HP_SERIES_LINE, role, label, curve->n);

  for (gsize i = 0; i < curve->n; i++)
    {
      series->x[i] = curve->x[i];
      series->y[i] = curve->y[i];
    }
  return series;
}

HpChartSeries *
_hp_chart_add_trend (HpChart *chart, const HpChartInput *input, guint k, const double *x, const double *y)
{
  const HpResidualSet *set = input->sets[k];
  g_autoptr (HpCurve) curve = hp_lowess_curve (x, y, set->n, HP_LOWESS_SPAN, HP_CHART_CURVE);
  HpChartSeries *series;

  if (curve->n < 2)
    return NULL;
  series = _hp_chart_add_curve (chart, input->n_sets > 1 ? _HP_CHART_ROLE (k) : HP_ROLE_TREND,
                                input->n_sets > 1 ? NULL : _ ("Trend (LOWESS)"), curve);
  series->width = 2;
  return series;
}

gboolean
_hp_chart_set_empty (HpChart *chart, char *reason)
{
  g_free (chart->empty);
  chart->empty = reason;
  return TRUE;
}

/* hp-chart-residuals.c - residuals against predicted prices: as they are, and their size
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-study-private.h"
#include "hp-coverage.h"
#include "hp-display.h"
#include "hp-spread.h"
#include "hp-statistics.h"

/* Spreads that differ by less are called even */
#define FANS_OUT 1.25
/* Of the band of forecast standard deviations: local, as it follows the prices closely */
#define BAND_SPAN 0.3

/* Half the distance of the quartiles of a tenth of the sales by predicted price */
static double
spread_of_tenth (const HpResidualSet *set, const double *residuals, const gint32 *tenths, gint32 tenth)
{
  g_autofree double *values = g_new (double, set->n + 1);
  gsize n = 0;

  for (gsize i = 0; i < set->n; i++)
    if (tenths[i] == tenth && isfinite (residuals[i]))
      values[n++] = residuals[i];
  hp_sort_doubles (values, n);
  return n < 4 ? NAN : (hp_quantile_sorted (values, n, 0.75) - hp_quantile_sorted (values, n, 0.25)) / 2;
}

/* top / bottom, NaN where that is not known */
static double
fanning (const HpResidualSet *set, const double *residuals)
{
  g_autofree gint32 *tenths = g_new (gint32, set->n + 1);
  double low, high;

  hp_coverage_deciles (set->predicted, set->n, tenths);
  low = spread_of_tenth (set, residuals, tenths, 0);
  high = spread_of_tenth (set, residuals, tenths, HP_COVERAGE_DECILES - 1);
  return low > 0 ? high / low : NAN;
}

static gsize
count_far (const double *scaled, gsize n, gsize *n_finite)
{
  g_autofree double *finite = _hp_chart_finite (scaled, n, n_finite);
  double mean = hp_mean (finite, *n_finite), sd = hp_standard_deviation (finite, *n_finite);
  gsize far = 0;

  for (gsize i = 0; i < *n_finite; i++)
    far += fabs (finite[i] - mean) > 3 * sd;
  return far;
}

static char *
summarize_fitted (const HpChartInput *input, const double *residuals, const double *scaled)
{
  const HpResidualSet *set = input->sets[0];
  g_autofree char *version = _hp_chart_version (set->name), *beyond = NULL, *times = NULL;
  double fans = fanning (set, residuals);
  gsize n, far = count_far (scaled, set->n, &n);
  g_autofree char *far_text = hp_display_count (far), *n_text = hp_display_count (n);

  /* Translators: the second half of a sentence on the residuals of a version: "5 of 2,929 sales lie beyond …" */
  beyond = g_strdup_printf (ngettext ("%s of %s sales lies beyond 3 standard deviations",
                                      "%s of %s sales lie beyond 3 standard deviations", far),
                            far_text, n_text);
  times = hp_display_number (fans, 1);
  if (!isfinite (fans))
    return g_strdup_printf (_ ("Residuals of %s: %s."), version, beyond);
  if (fans >= FANS_OUT)
    return g_strdup_printf (
      _ ("Residuals of %s fan out with the price: the spread of the top tenth is %s times that of the lowest; %s."),
      version, times, beyond);
  if (fans <= 1 / FANS_OUT)
    return g_strdup_printf (
      _ ("Residuals of %s narrow with the price: the spread of the top tenth is %s times that of the lowest; %s."),
      version, times, beyond);
  return g_strdup_printf (_ (
                            "Residuals of %s spread evenly: that of the top tenth is %s times that of the lowest; %s."),
                          version, times, beyond);
}

/* ±1 forecast standard deviation of the houses at each price */
static void
add_band (HpChart *chart, const HpResidualSet *set)
{
  g_autofree double *half = g_new (double, set->n + 1);
  g_autoptr (HpCurve) curve = NULL;
  HpChartSeries *band;

  for (gsize i = 0; i < set->n; i++)
    half[i] = set->fsd[i] * set->predicted[i];
  curve = hp_lowess_curve (set->predicted, half, set->n, BAND_SPAN, HP_CHART_CURVE);
  if (curve->n < 2)
    return;
  band = hp_chart_add_series (chart, HP_SERIES_BAND, HP_ROLE_MUTED, _ ("±1 FSD"), curve->n);
  band->y2 = g_new (double, curve->n + 1);
  for (gsize i = 0; i < curve->n; i++)
    {
      band->x[i] = curve->x[i];
      band->y[i] = -curve->y[i];
      band->y2[i] = curve->y[i];
    }
}

gboolean
_hp_chart_residuals_fitted (HpChart *chart, const HpChartInput *input, GError **error)
{
  hp_chart_axis_set (&chart->x, _ ("Predicted price"), HP_FORMAT_MONEY, input->currency);
  hp_chart_axis_set (&chart->y, _ ("Residual: price − predicted price"), HP_FORMAT_MONEY, input->currency);
  hp_chart_add_line (chart, HP_LINE_HORIZONTAL, 0, NULL);
  if (input->n_sets == 1 && input->sets[0]->fsd != NULL)
    add_band (chart, input->sets[0]);
  for (guint k = 0; k < input->n_sets; k++)
    {
      const HpResidualSet *set = input->sets[k];
      g_autofree double *residuals = _hp_chart_residuals (set), *scaled = _hp_chart_scaled (input, set);

      _hp_chart_add_points (chart, input, k, set->predicted, residuals, scaled);
      if (input->n_sets == 1)
        chart->summary = summarize_fitted (input, residuals, scaled);
    }
  for (guint k = 0; k < input->n_sets; k++)
    {
      g_autofree double *residuals = _hp_chart_residuals (input->sets[k]);

      _hp_chart_add_trend (chart, input, k, input->sets[k]->predicted, residuals);
    }
  if (input->n_sets > 1)
    chart->summary = _hp_chart_summarize_errors (input);
  return TRUE;
}

gboolean
_hp_chart_scale_location (HpChart *chart, const HpChartInput *input, GError **error)
{
  g_auto (GStrv) texts = g_new0 (char *, input->n_sets + 1);
  g_autofree char *joined = NULL;
  double factor = NAN;

  hp_chart_axis_set (&chart->x, _ ("Predicted price"), HP_FORMAT_MONEY, input->currency);
  hp_chart_axis_set (&chart->y, _ ("√|standardised residual|"), HP_FORMAT_NUMBER, NULL);
  for (guint k = 0; k < input->n_sets; k++)
    {
      const HpResidualSet *set = input->sets[k];
      g_autofree double *scaled = _hp_chart_scaled (input, set), *size = g_new (double, set->n + 1);

      hp_scale_location (scaled, set->n, size);
      _hp_chart_add_points (chart, input, k, set->predicted, size, scaled);
    }
  for (guint k = 0; k < input->n_sets; k++)
    {
      const HpResidualSet *set = input->sets[k];
      g_autofree double *scaled = _hp_chart_scaled (input, set), *size = g_new (double, set->n + 1);

      hp_scale_location (scaled, set->n, size);
      _hp_chart_add_trend (chart, input, k, set->predicted, size);
      factor = fanning (set, scaled);
      texts[k] = hp_display_number (factor, 1);
    }
  joined = input->n_sets == 1 ? _hp_chart_version (input->sets[0]->name) : _hp_chart_join (input, texts);
  /* Translators: a version, a number */
  chart->summary
    = input->n_sets == 1 && isnan (factor)
        ? g_strdup_printf (_ ("There are too few sales to tell how residuals of %s grow with the price."), joined)
      : input->n_sets == 1
        ? g_strdup_printf (_ ("On the model's own scale, residuals of %s are %s times as large in the top tenth of "
                              "prices as in the lowest."),
                           joined, texts[0])
        : g_strdup_printf (_ ("On the model's own scale, residuals in the top tenth of prices are larger than in the "
                              "lowest by these factors: %s."),
                           joined);
  return TRUE;
}

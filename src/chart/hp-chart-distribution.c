/* hp-chart-distribution.c - how residuals are distributed: normal quantiles and a histogram
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-study-private.h"
#include "hp-display.h"
#include "hp-distributions.h"
#include "hp-spread.h"
#include "hp-statistics.h"

/* Medcouple's poor relative: of the outer octiles around the median; above this a distribution is called skewed */
#define SKEWED 0.1

/* Residuals in robust standard deviations around their middle: the line through the quartiles becomes the diagonal */
static void
add_quantiles (HpChart *chart, const HpChartInput *input, guint k, const HpNormalPlot *plot, const double *scaled)
{
  const HpResidualSet *set = input->sets[k];
  g_autofree char *label = input->n_sets > 1 ? _hp_chart_version (set->name) : NULL;
  HpChartSeries *points = hp_chart_add_series (chart, HP_SERIES_POINTS, _HP_CHART_ROLE (k), label, plot->n);
  guint32 labelled[HP_CHART_LABELS];
  g_autofree guint8 *flags = g_new0 (guint8, set->n + 1);
  guint n_labelled = _hp_chart_find_outliers (scaled, set->n, flags, labelled);
  g_autofree gsize *place = g_new0 (gsize, set->n + 1);

  points->row = g_new (guint64, plot->n + 1);
  points->flags = g_new (guint8, plot->n + 1);
  for (gsize i = 0; i < plot->n; i++)
    {
      points->x[i] = plot->theoretical[i];
      points->y[i] = (plot->sample[i] - plot->intercept) / plot->slope;
      points->row[i] = set->row[plot->index[i]];
      points->flags[i] = flags[plot->index[i]];
      place[plot->index[i]] = i;
    }
  for (guint i = 0; i < n_labelled && input->n_sets == 1; i++)
    hp_chart_add_label (chart, points->x[place[labelled[i]]], points->y[place[labelled[i]]], set->row[labelled[i]],
                        NULL);
}

static void
add_band (HpChart *chart, const HpNormalPlot *plot)
{
  HpChartSeries *band;

  if (plot->n_band < 2)
    return;
  band = hp_chart_add_series (chart, HP_SERIES_BAND, HP_ROLE_MUTED, _ ("95 % band of a normal sample"), plot->n_band);
  band->y2 = g_new (double, plot->n_band + 1);
  for (gsize i = 0; i < plot->n_band; i++)
    {
      band->x[i] = plot->band_x[i];
      band->y[i] = (plot->band_low[i] - plot->intercept) / plot->slope;
      band->y2[i] = (plot->band_high[i] - plot->intercept) / plot->slope;
    }
}

/* Share of the points farther than 3 robust standard deviations from the middle */
static double
share_far (const HpNormalPlot *plot)
{
  gsize far = 0;

  for (gsize i = 0; i < plot->n; i++)
    far += fabs (plot->sample[i] - plot->intercept) > 3 * plot->slope;
  return plot->n > 0 ? (double) far / plot->n : NAN;
}

gboolean
_hp_chart_qq (HpChart *chart, const HpChartInput *input, GError **error)
{
  g_auto (GStrv) texts = g_new0 (char *, input->n_sets + 1);
  g_autofree char *joined = NULL, *normal = hp_display_percent (2 * hp_normal_cdf (-3), 1);
  gboolean drawn = FALSE;

  hp_chart_axis_set (&chart->x, _ ("Quantile of a normal distribution"), HP_FORMAT_NUMBER, NULL);
  hp_chart_axis_set (&chart->y, _ ("Residual, robust standard deviations"), HP_FORMAT_NUMBER, NULL);
  hp_chart_add_line (chart, HP_LINE_DIAGONAL, 0, _ ("Normal"));
  for (guint k = 0; k < input->n_sets; k++)
    {
      g_autofree double *scaled = _hp_chart_scaled (input, input->sets[k]);
      g_autoptr (HpNormalPlot) plot = hp_normal_plot_new (scaled, input->sets[k]->n, HP_CHART_LEVEL);

      texts[k] = g_strdup ("–");
      if (!(plot->slope > 0))
        continue;
      drawn = TRUE;
      if (input->n_sets == 1)
        add_band (chart, plot);
      add_quantiles (chart, input, k, plot, scaled);
      g_free (texts[k]);
      texts[k] = hp_display_percent (share_far (plot), 1);
    }
  if (!drawn)
    return _hp_chart_set_empty (chart, g_strdup (_ ("The residuals of these sales are all the same: they have no "
                                                    "distribution. Choose more sales.")));
  joined = input->n_sets == 1 ? _hp_chart_version (input->sets[0]->name) : _hp_chart_join (input, texts);
  /* Translators: a share, a version, the share that a normal distribution has */
  chart->summary
    = input->n_sets == 1
        ? g_strdup_printf (_ ("%s of the residuals of %s lie beyond 3 robust standard deviations, where a normal "
                              "distribution has %s."),
                           texts[0], joined, normal)
        : g_strdup_printf (
          _ ("Beyond 3 robust standard deviations lie %s of the residuals, where a normal distribution has %s."),
          joined, normal);
  return TRUE;
}

static void
add_curve (HpChart *chart, HpChartRole role, const char *label, const HpCurve *curve, double factor)
{
  HpChartSeries *series = _hp_chart_add_curve (chart, role, label, curve);

  series->width = 2;
  for (gsize i = 0; i < series->n; i++)
    series->y[i] *= factor;
}

static void
add_normal (HpChart *chart, const double *values, gsize n, double from, double to, double factor)
{
  double mean = hp_mean (values, n), sd = hp_standard_deviation (values, n);
  HpChartSeries *series;

  if (!(sd > 0))
    return;
  series = hp_chart_add_series (chart, HP_SERIES_LINE, HP_ROLE_REFERENCE, _ ("Normal curve"), HP_CHART_CURVE);
  series->dashed = TRUE;
  for (gsize i = 0; i < series->n; i++)
    {
      double z;

      series->x[i] = from + (to - from) * i / (series->n - 1);
      z = (series->x[i] - mean) / sd;
      series->y[i] = factor * exp (-z * z / 2) / (sd * sqrt (2 * G_PI));
    }
}

static void
add_bars (HpChart *chart, const HpHistogram *histogram)
{
  HpChartSeries *bars = hp_chart_add_series (chart, HP_SERIES_BARS, HP_ROLE_SERIES_1, NULL, histogram->n_bins);

  bars->x2 = g_new (double, bars->n + 1);
  bars->y2 = g_new0 (double, bars->n + 1);
  for (gsize i = 0; i < bars->n; i++)
    {
      bars->x[i] = histogram->from + i * histogram->width;
      bars->x2[i] = histogram->from + (i + 1) * histogram->width;
      bars->y[i] = histogram->count[i];
    }
}

static char *
summarize_shape (const HpChartInput *input, double *values, gsize n)
{
  g_autofree char *version = _hp_chart_version (input->sets[0]->name), *low = NULL, *high = NULL, *middle = NULL;
  double median, from, to, skew;

  hp_sort_doubles (values, n);
  median = hp_quantile_sorted (values, n, 0.5);
  from = hp_quantile_sorted (values, n, 0.125);
  to = hp_quantile_sorted (values, n, 0.875);
  skew = to > from ? (from + to - 2 * median) / (to - from) : 0;
  low = _hp_chart_scaled_text (input, hp_quantile_sorted (values, n, 0.25));
  high = _hp_chart_scaled_text (input, hp_quantile_sorted (values, n, 0.75));
  middle = _hp_chart_scaled_text (input, median);
  if (skew > SKEWED)
    return g_strdup_printf (
      _ ("Half of the residuals of %s lie between %s and %s, around a median of %s; the right tail is longer."),
      version, low, high, middle);
  if (skew < -SKEWED)
    return g_strdup_printf (
      _ ("Half of the residuals of %s lie between %s and %s, around a median of %s; the left tail is longer."), version,
      low, high, middle);
  return g_strdup_printf (
    _ ("Half of the residuals of %s lie between %s and %s, around a median of %s; both tails are alike."), version, low,
    high, middle);
}

/* One version as bars of counts, with the curves to scale; several as curves of density */
gboolean
_hp_chart_histogram (HpChart *chart, const HpChartInput *input, GError **error)
{
  gboolean several = input->n_sets > 1;

  _hp_chart_scaled_axis (input, &chart->x);
  hp_chart_axis_set (&chart->y, several ? _ ("Density") : _ ("Sales"), several ? HP_FORMAT_NUMBER : HP_FORMAT_COUNT,
                     NULL);
  hp_chart_add_line (chart, HP_LINE_VERTICAL, 0, NULL);
  for (guint k = 0; k < input->n_sets; k++)
    {
      gsize n;
      g_autofree double *scaled = _hp_chart_scaled (input, input->sets[k]);
      g_autofree double *values = _hp_chart_finite (scaled, input->sets[k]->n, &n);
      g_autoptr (HpHistogram) histogram = hp_histogram_new (values, n);
      double from = histogram->from, to = from + histogram->n_bins * histogram->width;
      double factor = several ? 1 : n * histogram->width;
      g_autofree char *label = several ? _hp_chart_version (input->sets[k]->name) : g_strdup (_ ("Kernel density"));
      g_autoptr (HpCurve) density = NULL;

      if (histogram->n_bins == 0)
        continue;
      if (!several)
        {
          add_bars (chart, histogram);
          add_normal (chart, values, n, from, to, factor);
          chart->summary = summarize_shape (input, values, n);
        }
      density = hp_density_curve (values, n, 0, from, to, HP_CHART_CURVE);
      if (density != NULL && density->n > 1)
        add_curve (chart, several ? _HP_CHART_ROLE (k) : HP_ROLE_TREND, label, density, factor);
    }
  if (several)
    chart->summary = _hp_chart_summarize_errors (input);
  return TRUE;
}

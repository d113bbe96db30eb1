/* hp-normal-plot.c - values against the quantiles of a normal distribution
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-distributions.h"
#include "hp-spread.h"
#include "hp-statistics.h"

/* Where the band is computed when there are more values: so many at each end, where it bends, and so many between */
#define MAX_BAND 300
#define TAIL     40

typedef struct
{
  double value;
  guint32 index;
} Indexed;

static int
compare_indexed (gconstpointer a, gconstpointer b)
{
  const Indexed *p = a, *q = b;

  if (p->value != q->value)
    return (p->value > q->value) - (p->value < q->value);
  return (p->index > q->index) - (p->index < q->index);
}

/* Plotting positions (Blom 1958 for few, Hazen for more), as R's ppoints() */
static double
position (gsize i, gsize n)
{
  double a = n <= 10 ? 3.0 / 8 : 0.5;

  return ((double) i + 1 - a) / ((double) n + 1 - 2 * a);
}

static void
fit_line (HpNormalPlot *plot)
{
  double z = hp_normal_quantile (0.75);
  double low = hp_quantile_sorted (plot->sample, plot->n, 0.25),
         high = hp_quantile_sorted (plot->sample, plot->n, 0.75);

  plot->slope = plot->n > 1 ? (high - low) / (2 * z) : NAN;
  plot->intercept = plot->n > 1 ? (low + high) / 2 : NAN;
}

/* Index of the k-th of the values that the band is computed at */
static gsize
band_place (const HpNormalPlot *plot, gsize k)
{
  gsize n = plot->n, between = MAX_BAND - 2 * TAIL;
  double z;

  if (n <= MAX_BAND || k < TAIL)
    return k;
  if (k >= MAX_BAND - TAIL)
    return n - (MAX_BAND - k);
  /* at equal distances along the quantiles */
  z = plot->theoretical[TAIL]
      + (plot->theoretical[n - TAIL - 1] - plot->theoretical[TAIL]) * (double) (k - TAIL) / (double) (between - 1);
  return (gsize) CLAMP (round (hp_normal_cdf (z) * (double) n - 0.5), TAIL, (double) (n - TAIL - 1));
}

/* The i-th of n draws of a uniform distribution follows Beta (i, n + 1 - i). */
static void
make_band (HpNormalPlot *plot, double level)
{
  gsize n = plot->n, places = MIN (n, MAX_BAND), last = 0;

  plot->band_x = g_new (double, MAX (places, 1));
  plot->band_low = g_new (double, MAX (places, 1));
  plot->band_high = g_new (double, MAX (places, 1));
  if (n < 2 || !(plot->slope > 0))
    return;
  for (gsize k = 0; k < places; k++)
    {
      gsize at = band_place (plot, k);
      double a = (double) at + 1, b = (double) n - (double) at;

      if (k > 0 && at <= last)
        continue;
      plot->band_x[plot->n_band] = plot->theoretical[at];
      plot->band_low[plot->n_band]
        = plot->intercept + plot->slope * hp_normal_quantile (hp_beta_quantile ((1 - level) / 2, a, b));
      plot->band_high[plot->n_band++]
        = plot->intercept + plot->slope * hp_normal_quantile (hp_beta_quantile ((1 + level) / 2, a, b));
      last = at;
    }
}

static void
count_within (HpNormalPlot *plot)
{
  gsize k = 0, within = 0;

  plot->share_within = NAN;
  if (plot->n_band < 2)
    return;
  for (gsize i = 0; i < plot->n; i++)
    {
      double x = plot->theoretical[i], share, low, high;

      while (k + 2 < plot->n_band && plot->band_x[k + 1] < x)
        k++;
      share = (x - plot->band_x[k]) / (plot->band_x[k + 1] - plot->band_x[k]);
      low = plot->band_low[k] + share * (plot->band_low[k + 1] - plot->band_low[k]);
      high = plot->band_high[k] + share * (plot->band_high[k + 1] - plot->band_high[k]);
      within += plot->sample[i] >= low && plot->sample[i] <= high;
    }
  plot->share_within = (double) within / (double) plot->n;
}

/**
 * hp_normal_plot_new:
 * @values: (array length=n): values; those that are not finite are left out
 * @n: how many
 * @level: of the band, in (0, 1)
 *
 * Returns: (transfer full): the plot; without a band if the quartiles are equal
 */
HpNormalPlot *
hp_normal_plot_new (const double *values, gsize n, double level)
{
  HpNormalPlot *plot = g_new0 (HpNormalPlot, 1);
  g_autofree Indexed *sorted = g_new (Indexed, MAX (n, 1));

  g_return_val_if_fail (level > 0 && level < 1, plot);

  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      sorted[plot->n++] = (Indexed){ values[i], (guint32) i };
  qsort (sorted, plot->n, sizeof *sorted, compare_indexed);
  plot->theoretical = g_new (double, MAX (plot->n, 1));
  plot->sample = g_new (double, MAX (plot->n, 1));
  plot->index = g_new (guint32, MAX (plot->n, 1));
  for (gsize i = 0; i < plot->n; i++)
    {
      plot->theoretical[i] = hp_normal_quantile (position (i, plot->n));
      plot->sample[i] = sorted[i].value;
      plot->index[i] = sorted[i].index;
    }
  fit_line (plot);
  make_band (plot, level);
  count_within (plot);
  return plot;
}

/**
 * hp_normal_plot_free:
 * @plot: (transfer full) (nullable): a plot
 */
void
hp_normal_plot_free (HpNormalPlot *plot)
{
  if (plot == NULL)
    return;
  g_free (plot->theoretical);
  g_free (plot->sample);
  g_free (plot->index);
  g_free (plot->band_x);
  g_free (plot->band_low);
  g_free (plot->band_high);
  g_free (plot);
}

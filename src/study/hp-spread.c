/* hp-spread.c - histograms and boxes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-spread.h"
#include "hp-statistics.h"

#define WHISKER 1.5  /* boxes; Tukey (1977) */
#define NOTCH   1.58 /* McGill, Tukey and Larsen (1978) */

/* 1, 2 or 5 times a power of ten: the nearest, by proportion, or the next above */
static double
round_width (double width, gboolean above)
{
  double power = pow (10, floor (log10 (width))), best = power;
  const double steps[] = { 1, 2, 5, 10 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      double step = steps[i] * power;

      if (above && step >= width * (1 - 1e-12))
        return step;
      if (fabs (log (step / width)) < fabs (log (best / width)))
        best = step;
    }
  return best;
}

/* Freedman and Diaconis (1981); by the standard deviation (Scott 1979) where the quartiles are equal; of one value
 * anything */
static double
choose_width (const double *sorted, gsize n)
{
  double root = pow ((double) n, -1.0 / 3), range = sorted[n - 1] - sorted[0];
  double largest = MAX (fabs (sorted[0]), fabs (sorted[n - 1]));
  double width = 2 * root * (hp_quantile_sorted (sorted, n, 0.75) - hp_quantile_sorted (sorted, n, 0.25));

  if (!(width > 0) && n > 1)
    width = 3.49 * root * hp_standard_deviation (sorted, n);
  if (!(width > 0))
    width = largest > 0 ? largest / 10 : 1;
  width = round_width (MAX (width, largest * 1e-12), FALSE);
  if (range / width > HP_HISTOGRAM_MAX_BINS - 2)
    width = round_width (range / (HP_HISTOGRAM_MAX_BINS - 2), TRUE);
  return width;
}

/**
 * hp_histogram_new:
 * @values: (array length=n): values
 * @n: how many
 *
 * Returns: (transfer full): counts in bins with round edges; no bins without finite values
 */
HpHistogram *
hp_histogram_new (const double *values, gsize n)
{
  HpHistogram *histogram = g_new0 (HpHistogram, 1);
  gsize used;
  g_autofree double *sorted = hp_sorted_finite (values, n, &used);
  double width, first, last;

  if (used == 0 || !isfinite (sorted[used - 1] - sorted[0]))
    return histogram;
  width = choose_width (sorted, used);
  first = floor (sorted[0] / width);
  last = floor (sorted[used - 1] / width);
  if (!isfinite (width) || !isfinite (first) || !(last - first < HP_HISTOGRAM_MAX_BINS))
    return histogram;
  histogram->n = used;
  histogram->width = width;
  histogram->from = first * width;
  histogram->n_bins = (guint) (last - first) + 1;
  histogram->count = g_new0 (gsize, histogram->n_bins);
  for (gsize i = 0; i < used; i++)
    histogram->count[(guint) CLAMP (floor (sorted[i] / width) - first, 0, histogram->n_bins - 1)]++;
  return histogram;
}

/**
 * hp_histogram_free:
 * @histogram: (transfer full) (nullable): a histogram
 */
void
hp_histogram_free (HpHistogram *histogram)
{
  if (histogram == NULL)
    return;
  g_free (histogram->count);
  g_free (histogram);
}

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

/* The value of a rank from 1 that may lie between two */
static double
at_rank (const Indexed *sorted, double rank)
{
  return (sorted[(gsize) floor (rank) - 1].value + sorted[(gsize) ceil (rank) - 1].value) / 2;
}

/**
 * hp_box_compute:
 * @values: (array length=n): values
 * @n: how many
 * @box: (out caller-allocates): the box; to be cleared with hp_box_clear()
 */
void
hp_box_compute (const double *values, gsize n, HpBox *box)
{
  g_autofree Indexed *sorted = g_new (Indexed, MAX (n, 1));
  gsize used = 0, low = 0, high;
  double depth, reach;

  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      sorted[used++] = (Indexed){ values[i], (guint32) i };
  qsort (sorted, used, sizeof *sorted, compare_indexed);
  *box = (HpBox){ used, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0, NULL };
  if (used == 0)
    return;
  depth = floor (((double) used + 3) / 2) / 2;
  box->q1 = at_rank (sorted, depth);
  box->median = at_rank (sorted, ((double) used + 1) / 2);
  box->q3 = at_rank (sorted, (double) used + 1 - depth);
  reach = WHISKER * (box->q3 - box->q1);
  while (sorted[low].value < box->q1 - reach)
    low++;
  for (high = used; sorted[high - 1].value > box->q3 + reach; high--)
    ;
  box->whisker_low = sorted[low].value;
  box->whisker_high = sorted[high - 1].value;
  box->notch_low = box->median - NOTCH * (box->q3 - box->q1) / sqrt ((double) used);
  box->notch_high = box->median + NOTCH * (box->q3 - box->q1) / sqrt ((double) used);
  box->outliers = g_new (guint32, used - (high - low) + 1);
  for (gsize i = 0; i < used; i++)
    if (i < low || i >= high)
      box->outliers[box->n_outliers++] = sorted[i].index;
}

/**
 * hp_box_clear:
 * @box: a box
 */
void
hp_box_clear (HpBox *box)
{
  g_clear_pointer (&box->outliers, g_free);
}

/**
 * hp_scale_location:
 * @residuals: (array length=n): residuals
 * @n: how many
 * @scaled: (out caller-allocates) (array length=n): √(|residual| / their standard deviation)
 */
void
hp_scale_location (const double *residuals, gsize n, double *scaled)
{
  g_autofree double *finite = g_new (double, MAX (n, 1));
  gsize used = 0;
  double deviation;

  for (gsize i = 0; i < n; i++)
    if (isfinite (residuals[i]))
      finite[used++] = residuals[i];
  deviation = hp_standard_deviation (finite, used);
  for (gsize i = 0; i < n; i++)
    scaled[i] = isfinite (residuals[i]) && deviation > 0 ? sqrt (fabs (residuals[i]) / deviation) : NAN;
}

/* hp-statistics.c - means, quantiles and intervals of plain arrays
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-number.h"
#include "hp-statistics.h"

#include <math.h>
#include <stdlib.h>

#include "hp-distributions.h"

/**
 * hp_mean:
 * @values: (array length=n): numbers
 * @n: how many
 *
 * Returns: the arithmetic mean, NaN if @n is 0
 */
double
hp_mean (const double *values, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += values[i];
  return n > 0 ? sum / n : NAN;
}

/**
 * hp_standard_deviation:
 * @values: (array length=n): numbers
 * @n: how many
 *
 * Returns: the sample standard deviation, with divisor @n - 1; NaN if @n is below 2
 */
double
hp_standard_deviation (const double *values, gsize n)
{
  double mean = hp_mean (values, n), sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += (values[i] - mean) * (values[i] - mean);
  return n > 1 ? sqrt (sum / (n - 1)) : NAN;
}

/**
 * hp_sort_doubles:
 * @values: (array length=n) (inout): numbers
 * @n: how many
 *
 * Sorts in place, ascending, with NaN after all numbers.
 */
void
hp_sort_doubles (double *values, gsize n)
{
  if (n > 1)
    qsort (values, n, sizeof *values, hp_compare_doubles);
}

/**
 * hp_sorted_finite:
 * @values: (array length=n): numbers, of which some may be NaN or infinite
 * @n: how many
 * @n_finite: (out): how many are finite
 *
 * Returns: (transfer full) (array length=n_finite): those that are finite, ascending
 */
double *
hp_sorted_finite (const double *values, gsize n, gsize *n_finite)
{
  double *sorted = g_new (double, MAX (n, 1));

  *n_finite = 0;
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      sorted[(*n_finite)++] = values[i];
  hp_sort_doubles (sorted, *n_finite);
  return sorted;
}

/**
 * hp_quantile_sorted:
 * @sorted: (array length=n): numbers, ascending, no NaN
 * @n: how many
 * @probability: in [0, 1]
 *
 * The sample quantile that interpolates linearly between the order statistics around (n - 1) p: type 7
 * of Hyndman and Fan (1996), the default of R and NumPy.
 *
 * Returns: the quantile, NaN if @n is 0
 */
double
hp_quantile_sorted (const double *sorted, gsize n, double probability)
{
  double position, below;
  gsize rank;

  g_return_val_if_fail (probability >= 0 && probability <= 1, NAN);

  if (n == 0)
    return NAN;
  position = (n - 1) * probability;
  below = floor (position);
  rank = (gsize) below;
  if (rank + 1 >= n)
    return sorted[n - 1];
  /* Infinite neighbours have no difference to interpolate over. */
  if (position == below || sorted[rank] == sorted[rank + 1])
    return sorted[rank];
  return sorted[rank] + (position - below) * (sorted[rank + 1] - sorted[rank]);
}

/**
 * hp_quantile:
 * @values: (array length=n): numbers in any order; left as they are
 * @n: how many
 * @probability: in [0, 1]
 *
 * hp_quantile_sorted() of numbers that are not sorted yet.
 *
 * Returns: the quantile; NaN if @n is 0 or any of @values is NaN
 */
double
hp_quantile (const double *values, gsize n, double probability)
{
  g_autofree double *sorted = g_memdup2 (values, n * sizeof *values);

  hp_sort_doubles (sorted, n);
  if (n == 0 || isnan (sorted[n - 1]))
    return NAN;
  return hp_quantile_sorted (sorted, n, probability);
}

/**
 * hp_median:
 * @values: (array length=n): numbers in any order; left as they are
 * @n: how many
 *
 * Returns: the middle value, or the mean of the two; NaN if @n is 0 or any of @values is NaN
 */
double
hp_median (const double *values, gsize n)
{
  return hp_quantile (values, n, 0.5);
}

/**
 * hp_median_interval_ranks:
 * @n: size of the sample
 * @level: confidence, in (0, 1)
 * @low: (out): rank of the lower bound, from 1
 * @high: (out): rank of the upper bound, from 1
 *
 * The order statistics that bound a median, by the normal approximation of the binomial distribution of
 * the number of values below it (IAAO, Standard on Ratio Studies): ⌈n/2 - z√n/2⌉ and ⌊1 + n/2 + z√n/2⌋.
 *
 * Returns: %FALSE if the sample is too small to hold both ranks
 */
gboolean
hp_median_interval_ranks (gsize n, double level, gsize *low, gsize *high)
{
  double half, reach, first, last;

  g_return_val_if_fail (level > 0 && level < 1, FALSE);

  half = n / 2.0;
  reach = hp_normal_quantile (0.5 + level / 2) * sqrt (n) / 2;
  first = ceil (half - reach);
  last = floor (1 + half + reach);
  if (first < 1 || last > n)
    return FALSE;
  *low = (gsize) first;
  *high = (gsize) last;
  return TRUE;
}

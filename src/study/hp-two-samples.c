/* hp-two-samples.c - have two samples one distribution?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-two-samples.h"

#include <math.h>

#include "hp-distributions.h"
#include "hp-statistics.h"

/* Steps of the exact distribution: above, the limit is as good (a tenth of a second) */
#define MAX_EXACT 2.5e7

/* The largest distance of the two empirical distribution functions */
static double
distance (const double *a, gsize n_a, const double *b, gsize n_b)
{
  gsize i = 0, j = 0;
  double largest = 0;

  while (i < n_a && j < n_b)
    {
      double at = fmin (a[i], b[j]);

      while (i < n_a && a[i] == at)
        i++;
      while (j < n_b && b[j] == at)
        j++;
      largest = fmax (largest, fabs ((double) i / n_a - (double) j / n_b));
    }
  return largest;
}

/**
 * hp_ks_p_exact:
 * @n_a: size of a sample
 * @n_b: of the other
 * @d: a distance
 *
 * Every order in which the two samples' values may come is a path from (0, 0) to (@n_a, @n_b), and all are as likely.
 * This follows the share of paths that have been as far from the diagonal as @d (Hodges 1958). Only additions of what
 * is positive, so a small p keeps its digits. Time is @n_a times @n_b.
 *
 * Returns: the probability that D is at least @d, if no two values are equal
 */
double
hp_ks_p_exact (gsize n_a, gsize n_b, double d)
{
  g_autofree double *share = g_new (double, n_b + 1);
  double total = (double) n_a * n_b;
  double reach
    = (ceil (d * total - 1e-7) - 0.5) / total; /* distances are multiples of 1 / total: take them by halves */

  for (gsize i = 0; i <= n_a; i++)
    for (gsize j = 0; j <= n_b; j++)
      {
        double whole = i + j;

        if (fabs ((double) i / n_a - (double) j / n_b) > reach)
          share[j] = 1;
        else if (i == 0)
          share[j] = j == 0 ? 0 : share[j - 1];
        else if (j > 0)
          share[j] = i / whole * share[j] + j / whole * share[j - 1];
      }
  return fmin (share[n_b], 1);
}

/**
 * hp_ks_p_limit:
 * @n_a: size of a sample
 * @n_b: of the other
 * @d: a distance
 *
 * Returns: the probability that D is at least @d in the limit of large samples (Kolmogorov 1933, Smirnov 1939)
 */
double
hp_ks_p_limit (gsize n_a, gsize n_b, double d)
{
  double square = d * d * ((double) n_a / ((double) n_a + n_b) * n_b);
  double sum = 0;

  if (square < 0.04) /* the series is slow there, and the probability is 1 to the last digit */
    return 1;
  for (int k = 1; k <= 100; k++)
    {
      double term = exp (-2 * k * k * square);

      sum += k % 2 == 1 ? term : -term;
      if (term < 1e-17 * sum)
        break;
    }
  return CLAMP (2 * sum, 0, 1);
}

/**
 * hp_ks_test:
 * @a: (array length=n_a): a sample
 * @n_a: its size
 * @b: (array length=n_b): another
 * @n_b: its size
 * @d: (out): the largest distance of their distribution functions; NaN if one has no finite value
 * @p: (out): the two-sided p-value
 * @exact: (out) (optional): whether @p is exact; up to 25 million pairs it is
 *
 * The two-sample test of Kolmogorov and Smirnov. Ties are no error, but make @p larger than it is.
 */
void
hp_ks_test (const double *a, gsize n_a, const double *b, gsize n_b, double *d, double *p, gboolean *exact)
{
  gsize size_a, size_b;
  g_autofree double *sorted_a = hp_sorted_finite (a, n_a, &size_a), *sorted_b = hp_sorted_finite (b, n_b, &size_b);
  gboolean is_exact = (double) size_a * size_b <= MAX_EXACT;

  *d = *p = NAN;
  if (exact != NULL)
    *exact = is_exact;
  if (size_a == 0 || size_b == 0)
    return;
  *d = distance (sorted_a, size_a, sorted_b, size_b);
  *p = is_exact ? hp_ks_p_exact (size_a, size_b, *d) : hp_ks_p_limit (size_a, size_b, *d);
}

/**
 * hp_psi:
 * @reference: (array length=n_bins): how many of the reference are in each bin
 * @current: (array length=n_bins): how many of the other
 * @n_bins: number of bins
 *
 * Returns: the population stability index, Σ (c - r) ln (c / r) over the bins' shares (Jeffreys' divergence)
 */
double
hp_psi (const gsize *reference, const gsize *current, gsize n_bins)
{
  double n_reference = 0, n_current = 0, sum = 0;

  for (gsize i = 0; i < n_bins; i++)
    {
      n_reference += reference[i];
      n_current += current[i];
    }
  if (n_reference == 0 || n_current == 0)
    return NAN;
  for (gsize i = 0; i < n_bins; i++)
    {
      double r = (reference[i] > 0 ? reference[i] : 0.5) / n_reference;
      double c = (current[i] > 0 ? current[i] : 0.5) / n_current;

      if (reference[i] > 0 || current[i] > 0)
        sum += (c - r) * log (c / r);
    }
  return sum;
}

/**
 * hp_psi_by_chance:
 * @n_reference: size of the reference
 * @n_current: size of the other
 * @n_bins: number of bins
 * @level: in (0, 1)
 *
 * Without any drift PSI / (1/n + 1/m) is about chi-square with @n_bins - 1 degrees of freedom (Yurdakul 2018); the
 * quantile is Wilson and Hilferty's (1931).
 *
 * Returns: what the PSI of samples of one distribution stays below with probability @level
 */
double
hp_psi_by_chance (gsize n_reference, gsize n_current, gsize n_bins, double level)
{
  double df, cube;

  if (n_bins < 2 || n_reference == 0 || n_current == 0)
    return 0;
  df = n_bins - 1;
  cube = 1 - 2 / (9 * df) + hp_normal_quantile (level) * sqrt (2 / (9 * df));
  return df * cube * cube * cube * (1.0 / n_reference + 1.0 / n_current);
}

/**
 * hp_psi_bounds:
 * @sorted: (array length=n): the reference, ascending
 * @n: its size
 * @bound: (out) (array fixed-size=9): ascending, all different
 *
 * Type-7 deciles; equal ones are one bound, and one that is the largest value bounds nothing.
 *
 * Returns: the number of bounds
 */
gsize
hp_psi_bounds (const double *sorted, gsize n, double *bound)
{
  gsize n_bounds = 0;

  for (guint i = 1; n > 0 && i < HP_PSI_BINS; i++)
    {
      double at = hp_quantile_sorted (sorted, n, i / (double) HP_PSI_BINS);

      if (at < sorted[n - 1] && (n_bounds == 0 || at > bound[n_bounds - 1]))
        bound[n_bounds++] = at;
    }
  return n_bounds;
}

/**
 * hp_psi_bin:
 * @bound: (array length=n_bounds): ascending
 * @n_bounds: how many
 * @value: a number
 *
 * Returns: the first bin whose upper bound is not below @value; @n_bounds if none is
 */
gsize
hp_psi_bin (const double *bound, gsize n_bounds, double value)
{
  gsize bin = 0;

  while (bin < n_bounds && value > bound[bin])
    bin++;
  return bin;
}

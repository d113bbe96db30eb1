/* hp-correlation.c - correlations, and the interval of a share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-distributions.h"
#include "hp-spread.h"
#include "hp-statistics.h"

/* Without this many pairs any correlation is by chance. */
#define MIN_PAIRS 3

/**
 * hp_wilson_interval:
 * @count: how many have what the share is of
 * @n: of how many
 * @level: in (0, 1)
 * @low: (out): the lower bound; NaN if @n is 0
 * @high: (out): the upper bound
 *
 * Wilson's score interval (1927): within [0, 1], and of use for small shares too.
 */
void
hp_wilson_interval (gsize count, gsize n, double level, double *low, double *high)
{
  double z = hp_normal_quantile ((1 + level) / 2), share = (double) count / (double) n, total = (double) n;
  double middle = (share + z * z / (2 * total)) / (1 + z * z / total);
  double half = z / (1 + z * z / total) * sqrt (share * (1 - share) / total + z * z / (4 * total * total));

  /* What is 0 or 1 by the formula, is so by rounding only nearly. */
  *low = count == 0 && n > 0 ? 0 : middle - half;
  *high = count == n && n > 0 ? 1 : middle + half;
}

/* The pairs that are both there */
static gsize
keep_pairs (const double *x, const double *y, gsize n, double *kept_x, double *kept_y)
{
  gsize used = 0;

  for (gsize i = 0; i < n; i++)
    if (isfinite (x[i]) && isfinite (y[i]))
      {
        kept_x[used] = x[i];
        kept_y[used++] = y[i];
      }
  return used;
}

static double
correlate (const double *x, const double *y, gsize n)
{
  double mean_x = hp_mean (x, n), mean_y = hp_mean (y, n), xx = 0, yy = 0, xy = 0;

  if (n < MIN_PAIRS)
    return NAN;
  for (gsize i = 0; i < n; i++)
    {
      xx += (x[i] - mean_x) * (x[i] - mean_x);
      yy += (y[i] - mean_y) * (y[i] - mean_y);
      xy += (x[i] - mean_x) * (y[i] - mean_y);
    }
  return xx > 0 && yy > 0 ? CLAMP (xy / (sqrt (xx) * sqrt (yy)), -1, 1) : NAN;
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

  return (p->value > q->value) - (p->value < q->value);
}

/* Values become their ranks. */
static void
rank (double *values, gsize n)
{
  g_autofree Indexed *sorted = g_new (Indexed, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    sorted[i] = (Indexed){ values[i], (guint32) i };
  qsort (sorted, n, sizeof *sorted, compare_indexed);
  for (gsize first = 0, end; first < n; first = end)
    {
      for (end = first + 1; end < n && sorted[end].value == sorted[first].value; end++)
        ;
      for (gsize i = first; i < end; i++)
        values[sorted[i].index] = (double) (first + end + 1) / 2;
    }
}

/**
 * hp_correlation:
 * @x: (array length=n): numbers
 * @y: (array length=n): numbers
 * @n: how many pairs
 * @n_used: (out) (optional): how many are both finite
 *
 * Returns: Pearson's correlation; NaN for fewer than three pairs or without a spread
 */
double
hp_correlation (const double *x, const double *y, gsize n, gsize *n_used)
{
  g_autofree double *kept_x = g_new (double, MAX (n, 1)), *kept_y = g_new (double, MAX (n, 1));
  gsize used = keep_pairs (x, y, n, kept_x, kept_y);

  if (n_used != NULL)
    *n_used = used;
  return correlate (kept_x, kept_y, used);
}

/**
 * hp_rank_correlation:
 * @x: (array length=n): numbers
 * @y: (array length=n): numbers
 * @n: how many pairs
 * @n_used: (out) (optional): how many are both finite
 *
 * Returns: Spearman's correlation, that of the ranks; NaN for fewer than three pairs or without a spread
 */
double
hp_rank_correlation (const double *x, const double *y, gsize n, gsize *n_used)
{
  g_autofree double *kept_x = g_new (double, MAX (n, 1)), *kept_y = g_new (double, MAX (n, 1));
  gsize used = keep_pairs (x, y, n, kept_x, kept_y);

  if (n_used != NULL)
    *n_used = used;
  rank (kept_x, used);
  rank (kept_y, used);
  return correlate (kept_x, kept_y, used);
}

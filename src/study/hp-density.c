/* hp-density.c - Gaussian kernel density
 *
 * Values are dealt to a fine grid first, each to the two places around it by its distance from them (Wand 1994), so
 * that the work is that of the grid, however many values there are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-smooth.h"
#include "hp-statistics.h"

#define REACH    6.0 /* bandwidths, beyond which a kernel is as good as 0 */
#define FINE     32  /* places of the grid in a bandwidth */
#define MAX_GRID (1 << 17)

/* The finite values, in their order */
static double *
keep_finite (const double *values, gsize n, gsize *kept)
{
  double *finite = g_new (double, MAX (n, 1));

  *kept = 0;
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      finite[(*kept)++] = values[i];
  return finite;
}

/**
 * hp_bandwidth:
 * @values: (array length=n): values; those that are not finite are left out
 * @n: how many
 *
 * Silverman's rule of thumb (1986, p. 48): 0.9 n^-1/5 times the lesser of the standard deviation and the quartiles'
 * distance over 1.34; where that is 0 the standard deviation, the first value, or 1.
 *
 * Returns: the bandwidth; NaN for fewer than two values
 */
double
hp_bandwidth (const double *values, gsize n)
{
  gsize used;
  g_autofree double *finite = keep_finite (values, n, &used);
  double deviation, first, spread;

  if (used < 2)
    return NAN;
  first = fabs (finite[0]);
  deviation = hp_standard_deviation (finite, used);
  hp_sort_doubles (finite, used);
  spread = (hp_quantile_sorted (finite, used, 0.75) - hp_quantile_sorted (finite, used, 0.25)) / 1.34;
  spread = MIN (deviation, spread);
  if (!(spread > 0))
    spread = deviation > 0 ? deviation : first > 0 ? first : 1;
  return 0.9 * spread * pow ((double) used, -0.2);
}

/* Shares of the values around each place of the grid that begins at origin */
static double *
deal (const double *values, gsize n, double origin, double step, gsize n_places)
{
  double *share = g_new0 (double, n_places);

  for (gsize i = 0; i < n; i++)
    {
      double at = (values[i] - origin) / step, below = floor (at);

      if (!(at >= 0 && at < (double) (n_places - 1)))
        continue;
      share[(gsize) below] += (1 - (at - below)) / (double) n;
      share[(gsize) below + 1] += (at - below) / (double) n;
    }
  return share;
}

/**
 * hp_density_curve:
 * @values: (array length=n): values; those that are not finite are left out
 * @n: how many
 * @bandwidth: standard deviation of the kernel; 0: hp_bandwidth()
 * @from: where the curve begins
 * @to: where it ends, above @from
 * @n_points: of the curve, at least 2
 *
 * Returns: (transfer full): the density at equal distances; empty without values, or if they don't spread at all
 */
HpCurve *
hp_density_curve (const double *values, gsize n, double bandwidth, double from, double to, gsize n_points)
{
  gsize used, n_places;
  g_autofree double *finite = keep_finite (values, n, &used), *share = NULL;
  HpCurve *curve = g_new0 (HpCurve, 1);
  double origin, step, length;

  g_return_val_if_fail (to > from && n_points >= 2, curve);

  if (bandwidth <= 0)
    bandwidth = hp_bandwidth (values, n);
  length = (to - from) + 2 * REACH * bandwidth;
  if (used == 0 || !(bandwidth > 0) || !isfinite (length))
    return curve;
  n_places = (gsize) MIN (ceil (length / bandwidth * FINE) + 2, MAX_GRID);
  step = length / (double) (n_places - 2);
  origin = from - REACH * bandwidth;
  share = deal (finite, used, origin, step, n_places);

  curve->n = n_points;
  curve->x = g_new (double, n_points);
  curve->y = g_new0 (double, n_points);
  for (gsize i = 0; i < n_points; i++)
    {
      double x = from + (to - from) * (double) i / (double) (n_points - 1);
      double first = MAX (ceil ((x - REACH * bandwidth - origin) / step), 0);
      double last = MIN (floor ((x + REACH * bandwidth - origin) / step), (double) (n_places - 1));

      for (gsize j = (gsize) first; (double) j <= last; j++)
        {
          double z = (origin + (double) j * step - x) / bandwidth;

          if (share[j] > 0)
            curve->y[i] += share[j] * exp (-z * z / 2);
        }
      curve->x[i] = x;
      curve->y[i] /= bandwidth * sqrt (2 * G_PI);
    }
  return curve;
}

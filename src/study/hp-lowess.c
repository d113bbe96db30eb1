/* hp-lowess.c - Cleveland's robust locally weighted regression
 *
 * W. S. Cleveland (1979), Robust locally weighted regression and smoothing scatterplots: lines with tricube weights,
 * bisquare weights of the residuals for robustness. Points that are near the last one fitted are interpolated, so that
 * the work doesn't grow with their number but with their range; what is left, a sum over the neighbours of each fitted
 * point, is done in one pass.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-smooth.h"

/* Weights this near to the ends of the kernels are taken to be at them. */
#define NEAR   0.001
#define NEARLY 0.999

/* A curve through more points is fitted at half as many places: with so many it is smooth. */
#define MANY 5000

/* Residuals whose median is below this share of their mean need no more robustness. */
#define SMALL_MEDIAN 1e-7

typedef struct
{
  const double *x, *y;
  gsize n;
  const double *robustness; /* weights */
} Points;

/* First index of [from, n) whose x is at least (strict: above) value */
static gsize
find_x (const Points *points, gsize from, double value, gboolean strict)
{
  gsize to = points->n;

  while (from < to)
    {
      gsize middle = from + (to - from) / 2;

      if (strict ? points->x[middle] > value : points->x[middle] >= value)
        to = middle;
      else
        from = middle + 1;
    }
  return from;
}

/* Sums of weight, weight × distance, weight × distance², weight × y, weight × distance × y; distances from where the
 * line is wanted */
typedef struct
{
  double weight, d, dd, y, dy;
} Sums;

static void
add_points (const Points *points, gsize from, gsize to, double at, double width, Sums *sums)
{
  double scale = 1 / width, weight = 0, d = 0, dd = 0, y = 0, dy = 0;

  for (gsize i = from; i < to; i++)
    {
      double distance = points->x[i] - at, share = fabs (distance) * scale;
      double cube = 1 - share * share * share;
      double w = share <= NEAR ? 1 : cube * cube * cube;

      w *= points->robustness[i];
      weight += w;
      d += w * distance;
      dd += w * distance * distance;
      w *= points->y[i];
      y += w;
      dy += w * distance;
    }
  *sums = (Sums){ weight, d, dd, y, dy };
}

/* The line at x[i], through its neighbours [left, right]; FALSE if none of them has a weight */
static gboolean
fit_at (const Points *points, gsize i, gsize left, gsize right, double *fitted)
{
  double at = points->x[i], range = points->x[points->n - 1] - points->x[0];
  double width = MAX (at - points->x[left], points->x[right] - at);
  double mean, variance;
  gsize from, to;
  Sums sums = { 0 };

  if (width > 0)
    {
      from = find_x (points, left, at - NEARLY * width, FALSE);
      to = find_x (points, from, at + NEARLY * width, TRUE);
      add_points (points, from, to, at, width, &sums);
    }
  else
    {
      /* All neighbours are at the same place. */
      to = find_x (points, i, at, TRUE);
      for (gsize j = left; j < to; j++)
        {
          sums.weight += points->robustness[j];
          sums.y += points->robustness[j] * points->y[j];
        }
    }
  if (!(sums.weight > 0))
    return FALSE;
  mean = sums.d / sums.weight;
  variance = sums.dd / sums.weight - mean * mean;
  *fitted = sums.y / sums.weight;
  /* Where the neighbours hardly spread there is no slope to speak of. */
  if (width > 0 && variance > 0 && sqrt (variance) > NEAR * range)
    *fitted -= mean * (sums.dy / sums.weight - mean * *fitted) / variance;
  return TRUE;
}

static void
interpolate (const double *x, double *fitted, gsize from, gsize to)
{
  for (gsize i = from + 1; i < to; i++)
    {
      double share = (x[i] - x[from]) / (x[to] - x[from]);

      fitted[i] = share * fitted[to] + (1 - share) * fitted[from];
    }
}

/* One smooth of all points, with the weights that they have */
static void
smooth (const Points *points, gsize n_local, double delta, double *fitted)
{
  const double *x = points->x;
  gsize n = points->n, left = 0, right = n_local - 1, i = 0, last = 0;
  gboolean first = TRUE;

  for (;;)
    {
      gsize next;

      while (right + 1 < n && x[i] - x[left] > x[right + 1] - x[i])
        {
          left++;
          right++;
        }
      if (!fit_at (points, i, left, right, &fitted[i]))
        fitted[i] = points->y[i];
      if (!first)
        interpolate (x, fitted, last, i);
      first = FALSE;
      last = i;
      /* Others at the same place have the same fit; then on to the last point within delta, or the next. */
      for (next = last + 1; next < n && x[next] <= x[last] + delta; next++)
        if (x[next] == x[last])
          {
            fitted[next] = fitted[last];
            last = next;
          }
      if (last + 1 >= n)
        return;
      i = MAX (last + 1, next - 1);
    }
}

/* The value of a rank, from 0; values are reordered so that none before it is greater and none after it less (Hoare's
 * selection) */
static double
select_rank (double *values, gsize n, gsize rank)
{
  gsize low = 0, high = n - 1;

  while (low < high)
    {
      double pivot = values[low + (high - low) / 2];
      gsize i = low, j = high;

      for (;; i++, j--)
        {
          while (i < high && values[i] < pivot)
            i++;
          while (j > low && values[j] > pivot)
            j--;
          if (i >= j)
            break;
          double kept = values[i];

          values[i] = values[j];
          values[j] = kept;
        }
      /* [low, j] holds nothing above the pivot, [j + 1, high] nothing below. */
      if (rank <= j)
        high = j;
      else
        low = j + 1;
    }
  return values[rank];
}

/* Bisquare weights of the residuals; FALSE if they are so small that weights change nothing. scratch: n */
static gboolean
weigh (const double *y, const double *fitted, gsize n, double *robustness, double *scratch)
{
  double mean = 0, six_medians;

  for (gsize i = 0; i < n; i++)
    {
      scratch[i] = fabs (y[i] - fitted[i]);
      mean += scratch[i] / (double) n;
    }
  six_medians = 3 * select_rank (scratch, n, n / 2);
  six_medians += n % 2 == 0 ? 3 * select_rank (scratch, n, n / 2 - 1) : six_medians;
  if (six_medians < SMALL_MEDIAN * mean)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      double residual = fabs (y[i] - fitted[i]), share = residual / six_medians;

      robustness[i] = residual <= NEAR * six_medians     ? 1
                      : residual <= NEARLY * six_medians ? (1 - share * share) * (1 - share * share)
                                                         : 0;
    }
  return TRUE;
}

/**
 * hp_lowess:
 * @x: (array length=n): ascending, finite
 * @y: (array length=n): finite
 * @n: how many
 * @span: share of the points that each fit looks at, in (0, 1]
 * @iterations: how often outliers are given less weight
 * @delta: points within this distance of the last one fitted are interpolated; below 0: a hundredth of the range
 * @fitted: (out caller-allocates) (array length=n): the smooth at each x
 *
 * Cleveland's LOWESS, as R's lowess() does it.
 */
void
hp_lowess (const double *x, const double *y, gsize n, double span, guint iterations, double delta, double *fitted)
{
  g_autofree double *robustness = NULL, *scratch = NULL;
  Points points;
  gsize n_local;

  g_return_if_fail (span > 0 && (n == 0 || (x != NULL && y != NULL && fitted != NULL)));

  if (n < 2)
    {
      if (n == 1)
        fitted[0] = y[0];
      return;
    }
  robustness = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    robustness[i] = 1;
  scratch = g_new (double, n);
  points = (Points){ x, y, n, robustness };
  n_local = (gsize) CLAMP (span * (double) n + 1e-7, 2, (double) n);
  if (delta < 0)
    delta = 0.01 * (x[n - 1] - x[0]);
  for (guint i = 0;; i++)
    {
      smooth (&points, n_local, delta, fitted);
      if (i == iterations || !weigh (y, fitted, n, robustness, scratch))
        return;
    }
}

typedef struct
{
  double x, y;
} Pair;

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *p = a, *q = b;

  if (p->x != q->x)
    return (p->x > q->x) - (p->x < q->x);
  return (p->y > q->y) - (p->y < q->y);
}

/* The places where x changes, thinned: at about equal distances along x, both ends among them */
static HpCurve *
thin (const double *x, const double *fitted, gsize n, gsize max_points)
{
  HpCurve *curve = g_new0 (HpCurve, 1);
  double step = (x[n - 1] - x[0]) / (double) (max_points - 1), due = x[0];

  curve->x = g_new (double, max_points + 1);
  curve->y = g_new (double, max_points + 1);
  for (gsize i = 0; i < n; i++)
    if ((x[i] >= due && curve->n + 1 < max_points && (i == 0 || x[i] > x[i - 1])) || i == n - 1)
      {
        gboolean again = curve->n > 0 && curve->x[curve->n - 1] == x[i];

        curve->x[curve->n - again] = x[i];
        curve->y[curve->n - again] = fitted[i];
        curve->n += !again;
        due = x[i] + step;
      }
  return curve;
}

/**
 * hp_lowess_curve:
 * @x: (array length=n): in any order
 * @y: (array length=n)
 * @n: how many
 * @span: share of the points that each fit looks at, in (0, 1]
 * @max_points: of the curve, at least 2
 *
 * The smooth of the points whose x and y are finite, with the usual three iterations, as a line to draw. It is fitted
 * at distances of a hundredth of the range, or two with more than 5,000 points.
 *
 * Returns: (transfer full): the curve; empty if there are fewer than two different x
 */
HpCurve *
hp_lowess_curve (const double *x, const double *y, gsize n, double span, gsize max_points)
{
  g_autofree Pair *pairs = g_new (Pair, MAX (n, 1));
  g_autofree double *sorted_x = g_new0 (double, MAX (n, 1)), *sorted_y = g_new0 (double, MAX (n, 1)),
                    *fitted = g_new0 (double, MAX (n, 1));
  gsize used = 0;

  g_return_val_if_fail (max_points >= 2, NULL);

  for (gsize i = 0; i < n; i++)
    if (isfinite (x[i]) && isfinite (y[i]))
      pairs[used++] = (Pair){ x[i], y[i] };
  qsort (pairs, used, sizeof *pairs, compare_pairs);
  for (gsize i = 0; i < used; i++)
    {
      sorted_x[i] = pairs[i].x;
      sorted_y[i] = pairs[i].y;
    }
  if (used < 2 || sorted_x[0] == sorted_x[used - 1])
    return g_new0 (HpCurve, 1);
  hp_lowess (sorted_x, sorted_y, used, span, HP_LOWESS_ITERATIONS,
             (used > MANY ? 2 : 1) * 0.01 * (sorted_x[used - 1] - sorted_x[0]), fitted);
  return thin (sorted_x, fitted, used, max_points);
}

/**
 * hp_curve_free:
 * @curve: (transfer full) (nullable): a curve
 */
void
hp_curve_free (HpCurve *curve)
{
  if (curve == NULL)
    return;
  g_free (curve->x);
  g_free (curve->y);
  g_free (curve);
}

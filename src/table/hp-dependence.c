/* hp-dependence.c - how nearly is one variable a function of another, whatever a few corrupt rows say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hp-dependence.h"

/* Of each end of y, and of x for the linear fits: no single pair of extreme values makes or breaks a dependence */
#define TAIL_SHARE 0.01
/* Of the largest residuals: corrupt rows, and the rows beside them that were predicted from them */
#define TRIMMED_SHARE 0.05
/* The share of a normal variable's variance that is left without its largest 5 %: 0.95 - 2 · 1.96 · φ(1.96). Divided
 * by it, the trimmed sum of squares estimates the whole one. */
#define TRIMMED_VARIANCE 0.7209
/* From this many equal x on, their median stands for them; below, the mean of the others */
#define MEDIAN_GROUP 8

struct _HpDependence
{
  HpPoint *points;
  double *center; /* of the group of equal x that a point belongs to */
  double *log_center;
  double *residual; /* squared */
  double *log_residual;
  double *scratch;
  gsize *group; /* where the point's group begins */
  double low_y, high_y;
};

HpDependence *
_hp_dependence_new (gsize max_points)
{
  HpDependence *self = g_new0 (HpDependence, 1);
  gsize n = MAX (max_points, 1);

  self->points = g_new (HpPoint, n);
  self->center = g_new (double, n);
  self->log_center = g_new (double, n);
  self->residual = g_new (double, n);
  self->log_residual = g_new (double, n);
  self->scratch = g_new (double, n);
  self->group = g_new (gsize, n + 1);
  return self;
}

void
_hp_dependence_free (HpDependence *self)
{
  if (self == NULL)
    return;
  g_free (self->points);
  g_free (self->center);
  g_free (self->log_center);
  g_free (self->residual);
  g_free (self->log_residual);
  g_free (self->scratch);
  g_free (self->group);
  g_free (self);
}

HpPoint *
_hp_dependence_points (HpDependence *self)
{
  return self->points;
}

static int
compare_points (gconstpointer a, gconstpointer b)
{
  const HpPoint *p = a, *q = b;

  return (p->x > q->x) - (p->x < q->x);
}

/* The value of this rank (Hoare's selection); reorders values */
static double
nth (double *values, gsize n, gsize rank)
{
  gsize low = 0, high = n - 1;

  while (low < high)
    {
      double pivot = values[low + (high - low) / 2];
      gsize i = low, j = high;

      for (;;)
        {
          double swap;

          while (values[i] < pivot)
            i++;
          while (values[j] > pivot)
            j--;
          if (i >= j)
            break;
          swap = values[i];
          values[i++] = values[j];
          values[j--] = swap;
        }
      if (rank <= j)
        high = j;
      else
        low = j + 1;
    }
  return values[rank];
}

static gsize
tail (gsize n)
{
  return MAX (1, (gsize) (TAIL_SHARE * (double) n));
}

static void
find_central_y (HpDependence *self, gsize n)
{
  for (gsize i = 0; i < n; i++)
    self->scratch[i] = self->points[i].y;
  self->low_y = nth (self->scratch, n, tail (n));
  self->high_y = nth (self->scratch, n, n - 1 - tail (n));
}

static gboolean
counts (const HpDependence *self, const double *residual, gsize i)
{
  return !isnan (residual[i]) && self->points[i].y >= self->low_y && self->points[i].y <= self->high_y;
}

/* Share of the variance of y, or of its logarithm, that squared residuals leave explained. Only central y count, and
 * points of which there is a prediction: at least half. */
static double
explained (HpDependence *self, const double *residual, gsize n, gboolean logarithm)
{
  double mean = 0, total = 0, left = 0, bound;
  gsize m = 0, trimmed;

  for (gsize i = 0; i < n; i++)
    if (counts (self, residual, i))
      {
        mean += logarithm ? self->points[i].log_y : self->points[i].y;
        self->scratch[m++] = residual[i];
      }
  if (m < 3 || 2 * m < n)
    return -INFINITY;
  mean /= (double) m;
  for (gsize i = 0; i < n; i++)
    if (counts (self, residual, i))
      {
        double deviation = (logarithm ? self->points[i].log_y : self->points[i].y) - mean;

        total += deviation * deviation;
      }
  trimmed = (gsize) ceil (TRIMMED_SHARE * (double) m);
  bound = nth (self->scratch, m, m - 1 - trimmed);
  /* After the selection the smaller ones stand in front */
  for (gsize i = 0; i < m - trimmed; i++)
    left += MIN (self->scratch[i], bound);
  return total > 0 ? 1 - left / TRIMMED_VARIANCE / total : -INFINITY;
}

/* Groups of equal x: where each begins and what stands for it */
static void
find_groups (HpDependence *self, gsize n)
{
  HpPoint *p = self->points;
  gsize end;

  for (gsize begin = 0; begin < n; begin = end)
    {
      double center = 0, log_center = 0;

      for (end = begin; end < n && p[end].x == p[begin].x; end++)
        {
          center += p[end].y;
          log_center += p[end].log_y;
          self->scratch[end - begin] = p[end].y;
        }
      center /= (double) (end - begin);
      log_center /= (double) (end - begin);
      if (end - begin >= MEDIAN_GROUP)
        {
          center = nth (self->scratch, end - begin, (end - begin) / 2);
          log_center = log (center);
        }
      for (gsize i = begin; i < end; i++)
        {
          self->group[i] = begin;
          self->center[i] = center;
          self->log_center[i] = log_center;
        }
    }
  self->group[n] = n;
}

static double
square (double x)
{
  return x * x;
}

/* Each y is predicted from others: of equal x, or, for numbers, on the line between the neighbours in x. A function is
 * found whatever its form, and nothing is fitted that could be fitted too well. */
static double
local_r2 (HpDependence *self, gsize n, gboolean categories)
{
  const HpPoint *p = self->points;

  for (gsize i = 0; i < n; i++)
    {
      gsize begin = self->group[i], end = i;
      double y, log_y;

      while (end < n && self->group[end] == begin && end - begin < MEDIAN_GROUP)
        end++;
      if (end - begin >= MEDIAN_GROUP)
        {
          y = self->center[i];
          log_y = self->log_center[i];
        }
      else if (end - begin > 1)
        {
          double others = (double) (end - begin - 1);

          y = (self->center[i] * (others + 1) - p[i].y) / others;
          log_y = (self->log_center[i] * (others + 1) - p[i].log_y) / others;
        }
      else if (categories)
        {
          y = log_y = NAN; /* the only one of its kind tells nothing */
        }
      else if (i == 0 || i + 1 == n)
        {
          gsize neighbour = i == 0 ? 1 : i - 1;

          y = self->center[neighbour];
          log_y = self->log_center[neighbour];
        }
      else
        {
          double share = (p[i].x - p[i - 1].x) / (p[i + 1].x - p[i - 1].x);

          y = self->center[i - 1] + share * (self->center[i + 1] - self->center[i - 1]);
          log_y = self->log_center[i - 1] + share * (self->log_center[i + 1] - self->log_center[i - 1]);
        }
      self->residual[i] = square (p[i].y - y);
      self->log_residual[i] = square (p[i].log_y - log_y);
      if (!categories && isnan (self->residual[i])) /* x so far apart that a difference overflows */
        self->residual[i] = self->log_residual[i] = INFINITY;
    }
  return MAX (explained (self, self->residual, n, FALSE), explained (self, self->log_residual, n, TRUE));
}

static inline double
scaled (double x, gboolean logarithm)
{
  return !logarithm ? x : x > 0 ? log (x) : NAN;
}

/* Least squares on the points whose squared residual is at most bound; FALSE if x doesn't vary */
static gboolean
fit_line (HpDependence *self, gsize n, gboolean logarithm, double low_x, double high_x, double bound, double *a,
          double *b)
{
  double mean_x = 0, mean_y = 0, xx = 0, xy = 0;
  gsize m = 0;

  for (int pass = 0; pass < 2; pass++)
    {
      for (gsize i = 0; i < n; i++)
        {
          const HpPoint *p = &self->points[i];
          double x = scaled (p->x, logarithm), y = logarithm ? p->log_y : p->y;

          if (isnan (x) || p->x < low_x || p->x > high_x || p->y < self->low_y || p->y > self->high_y
              || self->residual[i] > bound)
            continue;
          if (pass == 0)
            {
              mean_x += x;
              mean_y += y;
              m++;
            }
          else
            {
              xx += square (x - mean_x);
              xy += (x - mean_x) * (y - mean_y);
            }
        }
      if (pass == 0 && m < 3)
        return FALSE;
      if (pass == 0)
        {
          mean_x /= (double) m;
          mean_y /= (double) m;
        }
    }
  if (!(xx > 0))
    return FALSE;
  *b = xy / xx;
  *a = mean_y - *b * mean_x;
  return isfinite (*a) && isfinite (*b);
}

/* A straight line, plain or between logarithms: finds what is linear and noisy better than neighbours can. Refitted
 * without the largest residuals (a concentration step: Rousseeuw and Van Driessen, 1999). */
static double
linear_r2 (HpDependence *self, gsize n, gboolean logarithm)
{
  double low_x = self->points[tail (n)].x, high_x = self->points[n - 1 - tail (n)].x;
  double bound = INFINITY, a, b;

  if (logarithm && low_x <= 0)
    return -INFINITY;
  memset (self->residual, 0, n * sizeof *self->residual);
  for (int step = 0; step < 3; step++)
    {
      if (!fit_line (self, n, logarithm, low_x, high_x, bound, &a, &b))
        return -INFINITY;
      for (gsize i = 0; i < n; i++)
        {
          const HpPoint *p = &self->points[i];
          double x = scaled (p->x, logarithm);

          self->residual[i] = isnan (x) ? INFINITY : square ((logarithm ? p->log_y : p->y) - a - b * x);
          self->scratch[i] = self->residual[i];
        }
      bound = nth (self->scratch, n, (gsize) ((1 - TRIMMED_SHARE) * (double) (n - 1)));
    }
  return explained (self, self->residual, n, logarithm);
}

double
_hp_dependence_r2 (HpDependence *self, gsize n, gboolean categories)
{
  double best;

  if (n < 8)
    return -INFINITY;
  find_central_y (self, n);
  if (self->low_y == self->high_y)
    return -INFINITY;
  qsort (self->points, n, sizeof *self->points, compare_points);
  if (self->points[0].x == self->points[n - 1].x)
    return -INFINITY;
  find_groups (self, n);
  best = local_r2 (self, n, categories);
  if (!categories)
    {
      best = MAX (best, linear_r2 (self, n, FALSE));
      best = MAX (best, linear_r2 (self, n, TRUE));
    }
  return best;
}

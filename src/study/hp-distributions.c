/* hp-distributions.c - the normal and Student's t distributions
 *
 * Accurate to about 1e-13 relative, in the tails too: p-values far below 1e-16 keep their digits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-distributions.h"

#include <float.h>
#include <math.h>

#define MAX_TERMS 200000
#define MAX_STEPS 200

static double
normal_density (double x)
{
  return exp (-x * x / 2) / sqrt (2 * G_PI);
}

/**
 * hp_normal_cdf:
 * @x: a point
 *
 * Returns: the probability that a standard normal variable is at most @x
 */
double
hp_normal_cdf (double x)
{
  return 0.5 * erfc (-x * M_SQRT1_2);
}

/**
 * hp_normal_quantile:
 * @probability: in [0, 1]
 *
 * Starts from the rational approximation 26.2.23 of Abramowitz and Stegun (1964), good to 4.5e-4, and
 * refines it by Newton steps on the logarithm of the tail, which is concave: they always converge.
 *
 * Returns: the point below which a standard normal variable lies with @probability; infinite at 0 and 1,
 *   NaN outside [0, 1]
 */
double
hp_normal_quantile (double probability)
{
  double tail, t, x;

  if (!(probability >= 0 && probability <= 1))
    return NAN;
  if (probability == 0.5)
    return 0;
  tail = probability < 0.5 ? probability : 1 - probability;
  if (tail == 0)
    return probability < 0.5 ? -INFINITY : INFINITY;

  t = sqrt (-2 * log (tail));
  x = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (int step = 0; step < 4; step++)
    {
      double upper = hp_normal_cdf (-x);

      x += log (upper / tail) * upper / normal_density (x);
    }
  return probability < 0.5 ? -x : x;
}

/* What Stirling's formula leaves out of log Γ(z), for z >= 10: the series of the DLMF, 5.11.1. */
static double
stirling_rest (double z)
{
  double w = 1 / (z * z);

  return (1.0 / 12 - w * (1.0 / 360 - w * (1.0 / 1260 - w * (1.0 / 1680 - w * (1.0 / 1188 - w * 691.0 / 360360))))) / z;
}

/* log Γ(big) - log Γ(big + small), without the cancellation of two large logarithms */
static double
log_gamma_fall (double big, double small)
{
  double r = small / big;

  if (big < 10)
    return lgamma (big) - lgamma (big + small);
  return stirling_rest (big) - stirling_rest (big + small) - (big + small - 0.5) * log1p (r) - small * log (big)
         + small;
}

static double
log_beta (double a, double b)
{
  double big = MAX (a, b), small = MIN (a, b);

  return lgamma (small) + log_gamma_fall (big, small);
}

/* The continued fraction of I_x(a, b), DLMF 8.17.22, by the modified Lentz method; converges fast for
 * x < (a + 1) / (a + b + 2). For large a it magnifies rounding, of x too, by about a: hence the long doubles. */
static double
beta_fraction (double a, double b, long double x)
{
  const long double tiny = 1e-300L;
  long double c = 1, d = 1 - (a + b) * x / (a + 1), value;

  if (fabsl (d) < tiny)
    d = tiny;
  d = 1 / d;
  value = d;
  /* Term 1 is in the start values. */
  for (int term = 2; term <= MAX_TERMS; term++)
    {
      int m = term / 2;
      long double part = term % 2 == 1 ? -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
                                       : m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));

      d = 1 + part * d;
      c = 1 + part / c;
      if (fabsl (d) < tiny)
        d = tiny;
      if (fabsl (c) < tiny)
        c = tiny;
      d = 1 / d;
      value *= c * d;
      if (fabsl (c * d - 1) < DBL_EPSILON / 8)
        break;
    }
  return value;
}

/* I_x(a, b), given y = 1 - x as well: near 1, x alone has lost the digits that matter */
static double
beta_ratio (double a, double b, long double x, long double y)
{
  long double log_x, log_y;
  double front;

  if (x <= 0)
    return 0;
  if (y <= 0)
    return 1;
  log_x = x < 0.5L ? logl (x) : log1pl (-y);
  log_y = y < 0.5L ? logl (y) : log1pl (-x);
  front = expl (a * log_x + b * log_y - log_beta (a, b));
  if (x < (a + 1) / (a + b + 2))
    return front / a * beta_fraction (a, b, x);
  return 1 - front / b * beta_fraction (b, a, y);
}

/**
 * hp_incomplete_beta:
 * @a: above 0
 * @b: above 0
 * @x: in [0, 1]
 *
 * Returns: the regularised incomplete beta function I_x(a, b); NaN for arguments out of range
 */
double
hp_incomplete_beta (double a, double b, double x)
{
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1))
    return NAN;
  return beta_ratio (a, b, x, 1 - (long double) x);
}

/**
 * hp_beta_quantile:
 * @probability: in [0, 1]
 * @a: above 0
 * @b: above 0
 *
 * By Newton's method for the logarithms, kept within bounds that close in.
 *
 * Returns: the x with hp_incomplete_beta() = @probability; NaN for arguments out of range
 */
double
hp_beta_quantile (double probability, double a, double b)
{
  double low = 0, high = 1, x, log_front;

  if (!(a > 0 && b > 0 && probability >= 0 && probability <= 1))
    return NAN;
  if (probability == 0 || probability == 1)
    return probability;
  log_front = log_beta (a, b);
  /* The logarithm of the odds is about normal. */
  x = 1 / (1 + b / a * exp (-hp_normal_quantile (probability) * sqrt (1 / a + 1 / b)));
  if (!(x > 0 && x < 1))
    x = a / (a + b);
  for (guint i = 0; i < 200 && high - low > DBL_EPSILON * high; i++)
    {
      double below = hp_incomplete_beta (a, b, x), next;
      double slope = x * exp ((a - 1) * log (x) + (b - 1) * log1p (-x) - log_front) / below;

      *(below > probability ? &high : &low) = x;
      /* For small x, I is a power of x. */
      next = x * exp ((log (probability) - log (below)) / slope);
      if (!(next > low && next < high))
        next = low == 0 ? high / 16 : high > 2 * low ? sqrt (low) * sqrt (high) : (low + high) / 2;
      if (fabs (next - x) <= 1e-13 * MIN (x, 1 - x))
        return next;
      x = next;
    }
  return x;
}

/**
 * hp_student_p_value:
 * @t: the statistic
 * @df: degrees of freedom, above 0; may be fractional or infinite
 *
 * Returns: the two-sided p-value of @t; NaN for arguments out of range
 */
double
hp_student_p_value (double t, double df)
{
  long double square = (long double) t * t;

  if (isnan (t) || !(df > 0))
    return NAN;
  if (isinf (t))
    return 0;
  if (isinf (df))
    return 2 * hp_normal_cdf (-fabs (t));
  return beta_ratio (df / 2, 0.5, df / (df + square), square / (df + square));
}

/**
 * hp_student_cdf:
 * @t: a point
 * @df: degrees of freedom, above 0
 *
 * Returns: the probability that a Student variable with @df degrees of freedom is at most @t
 */
double
hp_student_cdf (double t, double df)
{
  double tail = hp_student_p_value (t, df) / 2;

  return t < 0 ? tail : 1 - tail;
}

static double
student_density (double t, double df)
{
  if (isinf (df))
    return normal_density (t);
  return exp (-(df + 1) / 2 * log1p (t * t / df) - log_beta (df / 2, 0.5)) / sqrt (df);
}

/**
 * hp_student_quantile:
 * @probability: in [0, 1]
 * @df: degrees of freedom, above 0
 *
 * Newton steps on the logarithm of the tail, kept inside a bracket that halves whenever a step leaves it.
 *
 * Returns: the point below which a Student variable lies with @probability; infinite at 0 and 1, NaN for
 *   arguments out of range
 */
double
hp_student_quantile (double probability, double df)
{
  double tail, low = 0, high = 1, t;

  if (!(probability >= 0 && probability <= 1) || !(df > 0))
    return NAN;
  if (probability == 0.5)
    return 0;
  tail = probability < 0.5 ? probability : 1 - probability;
  if (tail == 0)
    return probability < 0.5 ? -INFINITY : INFINITY;
  while (hp_student_p_value (high, df) / 2 > tail && high < DBL_MAX / 2)
    {
      low = high;
      high *= 2;
    }
  if (high >= DBL_MAX / 2)
    return probability < 0.5 ? -INFINITY : INFINITY;

  t = (low + high) / 2;
  for (int step = 0; step < MAX_STEPS; step++)
    {
      double upper = hp_student_p_value (t, df) / 2, next;

      if (upper > tail)
        low = t;
      else
        high = t;
      next = t + log (upper / tail) * upper / student_density (t, df);
      if (!(next >= low && next <= high))
        next = (low + high) / 2;
      if (fabs (next - t) <= 2 * DBL_EPSILON * t)
        {
          t = next;
          break;
        }
      t = next;
    }
  return probability < 0.5 ? -t : t;
}

/* hp-sample-bias.c - price-related bias: do the ratios change with the value of the house?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-sample-private.h"

#include "hp-distributions.h"

/**
 * hp_sample_bias:
 * @sample: the sales
 * @level: confidence of the interval, in (0, 1)
 * @bias: (out): the regression
 *
 * PRB (Gloudemans 2011; IAAO, Standard on Ratio Studies): the slope of least squares of the relative deviation of a
 * ratio from the median ratio on the binary logarithm of the house's value, so the relative change of assessment level
 * when the value doubles. All is NaN below three sales, where all values are equal or where one is not positive; t and
 * p are NaN where all points lie on the line.
 */
void
hp_sample_bias (const HpSample *sample, double level, HpRatioBias *bias)
{
  g_autofree double *x = NULL;
  gsize n = sample->n;
  double median = sample->median_ratio, mean_x = 0, mean_y = 0, least = INFINITY, most = -INFINITY;
  double square_x = 0, product = 0, rest = 0, reach;

  *bias = (HpRatioBias){ NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
  if (n < 3 || !sample->positive || !(median > 0))
    return;

  x = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    {
      double proxy = hp_proxy (sample, i, median);

      if (!(proxy > 0))
        return;
      x[i] = log2 (proxy);
      least = fmin (least, x[i]);
      most = fmax (most, x[i]);
      mean_x += x[i];
      mean_y += (sample->ratio[i] - median) / median;
    }
  if (least == most)
    return;
  mean_x /= n;
  mean_y /= n;

  for (gsize i = 0; i < n; i++)
    {
      square_x += (x[i] - mean_x) * (x[i] - mean_x);
      product += (x[i] - mean_x) * ((sample->ratio[i] - median) / median - mean_y);
    }
  bias->slope = product / square_x;
  bias->intercept = mean_y - bias->slope * mean_x;
  bias->df = n - 2;
  for (gsize i = 0; i < n; i++)
    {
      double off = (sample->ratio[i] - median) / median - mean_y - bias->slope * (x[i] - mean_x);

      rest += off * off;
    }
  bias->se = sqrt (rest / bias->df / square_x);
  if (bias->se > 0)
    {
      bias->t = bias->slope / bias->se;
      bias->p = hp_student_p_value (bias->t, bias->df);
    }
  reach = bias->se * hp_student_quantile (0.5 + level / 2, bias->df);
  bias->low = bias->slope - reach;
  bias->high = bias->slope + reach;
}

/**
 * hp_bias_of_resample:
 * @sample: the sales
 * @resample: how often each occurs
 * @median: the resample's median ratio
 *
 * Differences of PRB between models have no t-interval: they are resampled.
 *
 * Returns: the slope of hp_sample_bias() for the resample
 */
double
hp_bias_of_resample (const HpSample *sample, HpResample *resample, double median)
{
  const guint32 *count = resample->count;
  double n = sample->n, x = 0, y = 0, square_x = 0, product = 0, spread, shift;

  if (sample->n < 3 || !sample->positive || !(median > 0))
    return NAN;
  shift = log2 (sample->mean_price); /* keeps the sums small, so that their difference keeps its digits */
  for (gsize i = 0; i < sample->n; i++)
    {
      double weight = count[i], proxy, at, off;

      if (count[i] == 0)
        continue;
      proxy = hp_proxy (sample, i, median);
      if (!(proxy > 0))
        return NAN;
      at = log2 (proxy) - shift;
      off = (sample->ratio[i] - median) / median;
      x += weight * at;
      y += weight * off;
      square_x += weight * at * at;
      product += weight * at * off;
    }
  spread = square_x - x * x / n;
  return spread > 1e-12 * n ? (product - x * y / n) / spread : NAN;
}

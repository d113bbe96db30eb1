/* hp-calibration.c - the interval around a price, from out-of-sample residuals
 *
 * Split conformal prediction (Papadopoulos et al. 2002; Lei et al. 2018): the score of a sale is how far off its price
 * was on the model's own scale, divided by the sigma of its house; of n scores the ceil ((n + 1) level)-th smallest,
 * times the sigma of a new house, is the half-width that holds its price with at least that chance. Signed residuals
 * are kept, sorted, so that chances of one-sided events can be read off as well; the score is the residual without its
 * sign.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-calibration-private.h"
#include "hp-number.h"

/* e^100 times the price, or a hundred times it: no information */
#define MAX_WIDTH 100.0

HpCalibration *
_hp_calibration_new (HpTarget scale, gsize n, double *residuals, guint n_points, HpWidth *width)
{
  HpCalibration *calibration = g_new0 (HpCalibration, 1);

  g_assert (scale == hp_target_scale (scale));
  calibration->scale = scale;
  calibration->n = n;
  calibration->n_points = n_points;
  calibration->residuals = residuals;
  calibration->width = width;
  calibration->scores = g_new (double, n_points);
  for (guint i = 0; i < n_points; i++)
    calibration->scores[i] = fabs (residuals[i]);
  qsort (calibration->scores, n_points, sizeof (double), hp_compare_doubles);
  return calibration;
}

/* Which of two neighbours is farther from zero */
static double
outer (double a, double b)
{
  return fabs (a) > fabs (b) ? a : b;
}

HpCalibration *
_hp_calibration_fit (HpTarget scale, double *residuals, gsize n, HpWidth *width)
{
  guint n_points = MIN (n, HP_CALIBRATION_POINTS);
  double *points = g_new (double, n_points);

  qsort (residuals, n, sizeof *residuals, hp_compare_doubles);
  for (gsize i = 0; i < n_points; i++)
    {
      guint64 place = n_points > 1 ? i * (n - 1) : 0, steps = MAX (n_points, 2) - 1, below = place / steps;
      guint64 above = below + (place % steps != 0);

      points[i] = outer (residuals[below], residuals[above]);
    }
  /* Rounding outwards around zero may have put a positive one before a negative one. */
  qsort (points, n_points, sizeof *points, hp_compare_doubles);
  return _hp_calibration_new (scale, n, points, n_points, width);
}

double
_hp_residual (HpTarget scale, double predicted, double price)
{
  double residual;

  if (!(predicted > 0 && price > 0))
    return NAN;
  residual = scale == HP_TARGET_LOG ? log (price / predicted) : (price - predicted) / predicted;
  return isfinite (residual) ? residual : NAN;
}

/**
 * hp_calibration_fit:
 * @target: of the model; residuals are taken on its scale, hp_target_scale()
 * @predicted: (array length=n): prices predicted for sales that the model had not seen
 * @price: (array length=n): what they sold for
 * @n: how many
 *
 * Calibrates, with one width for all houses. Pairs in which a price isn't positive and finite are left out: the
 * predictor refuses to give such a price.
 *
 * Returns: (transfer full) (nullable): the calibration; %NULL if no pair is left
 */
HpCalibration *
hp_calibration_fit (HpTarget target, const double *predicted, const double *price, gsize n)
{
  HpTarget scale = hp_target_scale (target);
  g_autofree double *residuals = NULL;
  gsize used = 0;

  g_return_val_if_fail (n == 0 || (predicted != NULL && price != NULL), NULL);

  residuals = g_new (double, n + 1);
  for (gsize i = 0; i < n; i++)
    {
      residuals[used] = _hp_residual (scale, predicted[i], price[i]);
      used += !isnan (residuals[used]);
    }
  return used > 0 ? _hp_calibration_fit (scale, residuals, used, NULL) : NULL;
}

/**
 * hp_calibration_free:
 * @calibration: (transfer full) (nullable): a calibration
 */
void
hp_calibration_free (HpCalibration *calibration)
{
  if (calibration == NULL)
    return;
  g_free (calibration->residuals);
  g_free (calibration->scores);
  g_clear_pointer (&calibration->width, _hp_width_free);
  g_free (calibration);
}

/**
 * hp_calibration_get_scale:
 * @calibration: a calibration
 *
 * Returns: the scale of its residuals: hp_target_scale() of the model's target
 */
HpTarget
hp_calibration_get_scale (const HpCalibration *calibration)
{
  return calibration->scale;
}

/**
 * hp_calibration_get_n:
 * @calibration: a calibration
 *
 * Returns: how many sales it was fitted on
 */
gsize
hp_calibration_get_n (const HpCalibration *calibration)
{
  return calibration->n;
}

/**
 * hp_calibration_has_widths:
 * @calibration: a calibration
 * @n_features: (out) (optional): how many features the model must have then
 *
 * Returns: whether each house has a width of its own, rather than all the same in per cent
 */
gboolean
hp_calibration_has_widths (const HpCalibration *calibration, guint *n_features)
{
  if (calibration->width != NULL && n_features != NULL)
    *n_features = calibration->width->n_features;
  return calibration->width != NULL;
}

/**
 * hp_calibration_compile:
 * @calibration: a calibration
 *
 * Prepares the model of the sigmas for many rows, if there is one.
 */
void
hp_calibration_compile (const HpCalibration *calibration)
{
  if (calibration->width != NULL)
    hp_model_compile (calibration->width->trees);
}

/**
 * hp_calibration_sigmas:
 * @calibration: a calibration
 * @features: (array): @n rows of the model's features
 * @price: (array length=n): the predicted prices, not rounded
 * @n: how many houses
 * @sigma: (out caller-allocates) (array length=n): how hard each is to value; 1 is typical
 *
 * However the houses are cut into calls, each gets the same bits. Takes no memory.
 */
void
hp_calibration_sigmas (const HpCalibration *calibration, const float *features, const double *price, gsize n,
                       double *sigma)
{
  if (calibration->width != NULL)
    _hp_width_sigmas (calibration->width, features, price, n, sigma);
  else
    for (gsize i = 0; i < n; i++)
      sigma[i] = 1;
}

double
_hp_quantile_score (const double *sorted, gsize n, double level)
{
  /* The small step back keeps 0.9 x 10 from being a little more than 9. */
  double rank = ceil (((double) n + 1) * level - 1e-9);

  return sorted[(gsize) CLAMP (rank, 1, (double) n) - 1];
}

/**
 * hp_calibration_half_width:
 * @calibration: a calibration
 * @level: the chance to hold the true price, in (0, 1)
 *
 * With too few residuals for the level it is the largest of them, which is the best that they can say.
 *
 * Returns: half the width of an interval on the model's scale, for a house of sigma 1
 */
double
hp_calibration_half_width (const HpCalibration *calibration, double level)
{
  return _hp_quantile_score (calibration->scores, calibration->n_points, level);
}

/**
 * hp_calibration_spread:
 * @calibration: a calibration
 * @price: a predicted price, positive
 * @half_width: hp_calibration_half_width() times the house's sigma
 * @low: (out): the least price, not negative
 * @high: (out): the greatest price
 */
void
hp_calibration_spread (const HpCalibration *calibration, double price, double half_width, double *low, double *high)
{
  /* Bounded, so that no file makes an interval overflow */
  double width = MIN (half_width, MAX_WIDTH);

  if (calibration->scale == HP_TARGET_LOG)
    {
      *low = price * exp (-width);
      *high = price * exp (width);
    }
  else
    {
      *low = MAX (price * (1 - width), 0);
      *high = price * (1 + width);
    }
}

/**
 * hp_calibration_interval:
 * @calibration: a calibration
 * @price: a predicted price, positive
 * @sigma: of the house, from hp_calibration_sigmas()
 * @level: the chance to hold the true price, in (0, 1)
 * @low: (out): the least price, not negative
 * @high: (out): the greatest price
 */
void
hp_calibration_interval (const HpCalibration *calibration, double price, double sigma, double level, double *low,
                         double *high)
{
  hp_calibration_spread (calibration, price, hp_calibration_half_width (calibration, level) * sigma, low, high);
}

/**
 * hp_calibration_fsd:
 * @calibration: a calibration
 * @sigma: of a house
 *
 * The forecast standard deviation: half the width of the 68.27 % interval, as a share of the price.
 *
 * Returns: 0.11 for ±11 %
 */
double
hp_calibration_fsd (const HpCalibration *calibration, double sigma)
{
  double low, high;

  hp_calibration_interval (calibration, 1, sigma, 0.6827, &low, &high);
  return (high - low) / 2;
}

/* How many residuals are at most value (strict: less than it) */
static guint
count_up_to (const HpCalibration *calibration, double value, gboolean strict)
{
  guint low = 0, high = calibration->n_points;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      double residual = calibration->residuals[middle];

      if (strict ? residual < value : residual <= value)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * hp_calibration_within:
 * @calibration: a calibration
 * @sigma: of a house
 * @share: a distance, relative to the predicted price
 *
 * Returns: the chance, 0–1, that the true price is within ±@share of the predicted one
 */
double
hp_calibration_within (const HpCalibration *calibration, double sigma, double share)
{
  double low = -share, high = share;

  if (calibration->scale == HP_TARGET_LOG)
    {
      low = share < 1 ? log1p (-share) : -INFINITY;
      high = log1p (share);
    }
  return (double) (count_up_to (calibration, high / sigma, FALSE) - count_up_to (calibration, low / sigma, TRUE))
         / calibration->n_points;
}

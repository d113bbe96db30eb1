/* hp-sample-evaluate.c - the statistics of a resample, each a walk along one of the sample's orders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-sample-private.h"

#define ERRORS (HP_STATISTIC (HP_RATIO_R2) | HP_STATISTIC (HP_RATIO_MAE) | HP_STATISTIC (HP_RATIO_RMSE))
#define SHARES                                                                                                         \
  (HP_STATISTIC (HP_RATIO_MAPE) | HP_STATISTIC (HP_RATIO_PPE5) | HP_STATISTIC (HP_RATIO_PPE10)                         \
   | HP_STATISTIC (HP_RATIO_PPE20))
#define LEVELS                                                                                                         \
  (HP_STATISTIC (HP_RATIO_MEAN) | HP_STATISTIC (HP_RATIO_WEIGHTED_MEAN) | HP_STATISTIC (HP_RATIO_COV)                  \
   | HP_STATISTIC (HP_RATIO_PRD))
#define GINIS (HP_STATISTIC (HP_RATIO_MKI) | HP_STATISTIC (HP_RATIO_KI))

/* Without a spread of prices R² and the Gini indices mean nothing, and rounding would give them values. */
static gboolean
prices_differ (const HpSample *sample, const guint32 *count)
{
  gsize first = 0, last = sample->n - 1;

  while (count[sample->by_price[first]] == 0)
    first++;
  while (count[sample->by_price[last]] == 0)
    last--;
  return sample->price[sample->by_price[first]] < sample->price[sample->by_price[last]];
}

static void
evaluate_errors (const HpSample *sample, const guint32 *count, gboolean spread, double *value)
{
  double absolute = 0, square = 0, shift = 0, shift_square = 0;
  double n = sample->n;

  for (gsize i = 0; i < sample->n; i++)
    {
      double weight = count[i];
      double error = sample->price[i] - sample->predicted[i];
      double shifted = sample->price[i] - sample->mean_price;

      absolute += weight * fabs (error);
      square += weight * error * error;
      shift += weight * shifted;
      shift_square += weight * shifted * shifted;
    }
  value[HP_RATIO_MAE] = absolute / n;
  value[HP_RATIO_RMSE] = sqrt (square / n);
  if (spread)
    value[HP_RATIO_R2] = 1 - square / (shift_square - shift * shift / n);
}

static void
evaluate_shares (const HpSample *sample, const guint32 *count, double *value)
{
  double relative = 0, n = sample->n;
  guint64 within5 = 0, within10 = 0, within20 = 0;

  for (gsize i = 0; i < sample->n; i++)
    {
      double error = sample->relative[i];

      relative += count[i] * error;
      within5 += error <= 0.05 ? count[i] : 0;
      within10 += error <= 0.10 ? count[i] : 0;
      within20 += error <= 0.20 ? count[i] : 0;
    }
  value[HP_RATIO_MAPE] = relative / n;
  value[HP_RATIO_PPE5] = within5 / n;
  value[HP_RATIO_PPE10] = within10 / n;
  value[HP_RATIO_PPE20] = within20 / n;
}

static double
median_relative (const HpSample *sample, const guint32 *count)
{
  gsize i = 0, passed = 0, rank = (sample->n - 1) / 2;
  double below;

  while (passed + count[sample->by_relative[i]] <= rank)
    passed += count[sample->by_relative[i++]];
  below = sample->relative[sample->by_relative[i]];
  if (sample->n % 2 == 1 || passed + count[sample->by_relative[i]] > rank + 1)
    return below;
  do
    i++;
  while (count[sample->by_relative[i]] == 0);
  return below + (sample->relative[sample->by_relative[i]] - below) / 2;
}

static void
evaluate_levels (const HpSample *sample, const guint32 *count, double *value)
{
  double predicted = 0, price = 0, shift = 0, shift_square = 0;
  double n = sample->n, mean;

  for (gsize i = 0; i < sample->n; i++)
    {
      double weight = count[i];
      double shifted = sample->ratio[i] - sample->mean_ratio;

      predicted += weight * sample->predicted[i];
      price += weight * sample->price[i];
      shift += weight * shifted;
      shift_square += weight * shifted * shifted;
    }
  mean = sample->mean_ratio + shift / n;
  value[HP_RATIO_MEAN] = mean;
  value[HP_RATIO_WEIGHTED_MEAN] = predicted / price;
  if (sample->n < 2)
    return;
  if (predicted > 0)
    value[HP_RATIO_PRD] = mean * price / predicted;
  if (mean > 0)
    value[HP_RATIO_COV] = 100 * sqrt (fmax (shift_square - shift * shift / n, 0) / (n - 1)) / mean;
}

static double
coefficient_of_dispersion (const HpSample *sample, const guint32 *count, double median)
{
  double deviation = 0;

  for (gsize i = 0; i < sample->n; i++)
    deviation += count[i] * fabs (sample->ratio[i] - median);
  return 100 * deviation / sample->n / median;
}

/* Gini indices of price and prediction, both in order of price: (2 Σ i·x / Σ x - (n + 1)) / n over ranks i. A sale
 * drawn c times after k others holds ranks k + 1 … k + c, which add up to c·k + c (c + 1) / 2. */
static void
evaluate_ginis (const HpSample *sample, const guint32 *count, double *value)
{
  double price = 0, ranked_price = 0, predicted = 0, ranked_predicted = 0;
  double n = sample->n, passed = 0, gini_price, gini_predicted;

  for (gsize i = 0; i < sample->n; i++)
    {
      guint32 at = sample->by_price[i];
      double weight = count[at];
      double ranks = weight * (passed + (weight + 1) / 2);

      price += weight * sample->price[at];
      ranked_price += ranks * sample->price[at];
      predicted += weight * sample->predicted[at];
      ranked_predicted += ranks * sample->predicted[at];
      passed += weight;
    }
  if (!(predicted > 0))
    return;
  gini_price = (2 * ranked_price / price - (n + 1)) / n;
  gini_predicted = (2 * ranked_predicted / predicted - (n + 1)) / n;
  value[HP_RATIO_KI] = gini_predicted - gini_price;
  if (gini_price > 0)
    value[HP_RATIO_MKI] = gini_predicted / gini_price;
}

/**
 * hp_sample_evaluate:
 * @sample: the sales
 * @resample: how often each occurs, and scratch memory
 * @wanted: HP_STATISTIC() flags
 * @value: (out) (array fixed-size=18): the statistics, by #HpRatioId
 *
 * Evaluates at least the @wanted statistics but for PRB; what is not defined is NaN. The formulas are those of the IAAO
 * (Standard on Ratio Studies) and, for MKI and KI, of Quintos (2020, 2021).
 */
void
hp_sample_evaluate (const HpSample *sample, HpResample *resample, guint wanted, double *value)
{
  const guint32 *count = resample->count;
  gboolean spread;
  double median;

  for (guint id = 0; id < HP_N_RATIO; id++)
    value[id] = NAN;
  if (sample->n == 0 || !sample->finite)
    return;

  spread = prices_differ (sample, count);
  if (wanted & ERRORS)
    evaluate_errors (sample, count, spread, value);
  if (!sample->positive)
    return;

  if (wanted & SHARES)
    evaluate_shares (sample, count, value);
  if (wanted & HP_STATISTIC (HP_RATIO_MDAPE))
    value[HP_RATIO_MDAPE] = median_relative (sample, count);
  if (wanted & LEVELS)
    evaluate_levels (sample, count, value);
  if (spread && wanted & GINIS)
    evaluate_ginis (sample, count, value);

  median = hp_weighted_median (sample->ratio, count, sample->n, sample->n);
  value[HP_RATIO_MEDIAN] = median;
  if (sample->n > 1 && median > 0 && wanted & HP_STATISTIC (HP_RATIO_COD))
    value[HP_RATIO_COD] = coefficient_of_dispersion (sample, count, median);
  if (wanted & HP_STATISTIC (HP_RATIO_VEI))
    value[HP_RATIO_VEI] = hp_vei_of_resample (sample, resample, median);
}

/* hp-ratio.c - a ratio study: the level and the equity of estimates, graded by the IAAO's standards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-ratio.h"

#include <glib/gi18n-lib.h>

#include "hp-sample-private.h"
#include "hp-statistics.h"

#define BIAS_UNACCEPTABLE 0.10
#define VEI_SIGNIFICANT   10.0

/* IAAO, Standard on Ratio Studies; low above high: no standard */
static const struct
{
  const char *name, *label;
  double low, high;
} statistics[HP_N_RATIO] = {
  [HP_RATIO_MEDIAN] = { "median_ratio", N_ ("Median ratio"), 0.90, 1.10 },
  [HP_RATIO_MEAN] = { "mean_ratio", N_ ("Mean ratio"), 1, 0 },
  [HP_RATIO_WEIGHTED_MEAN] = { "weighted_mean_ratio", N_ ("Weighted mean ratio"), 1, 0 },
  [HP_RATIO_COD] = { "cod", N_ ("COD"), 5, 15 },
  [HP_RATIO_COV] = { "cov", N_ ("COV"), 1, 0 },
  [HP_RATIO_PRD] = { "prd", N_ ("PRD"), 0.98, 1.03 },
  [HP_RATIO_PRB] = { "prb", N_ ("PRB"), -0.05, 0.05 },
  [HP_RATIO_MKI] = { "mki", N_ ("MKI"), 0.95, 1.05 },
  [HP_RATIO_KI] = { "ki", N_ ("KI"), 1, 0 },
  [HP_RATIO_VEI] = { "vei", N_ ("VEI"), -10, 10 },
  [HP_RATIO_R2] = { "r2", N_ ("R²"), 1, 0 },
  [HP_RATIO_MAE] = { "mae", N_ ("MAE"), 1, 0 },
  [HP_RATIO_RMSE] = { "rmse", N_ ("RMSE"), 1, 0 },
  [HP_RATIO_MAPE] = { "mape", N_ ("MAPE"), 1, 0 },
  [HP_RATIO_MDAPE] = { "mdape", N_ ("MdAPE"), 1, 0 },
  [HP_RATIO_PPE5] = { "ppe5", N_ ("PPE5"), 1, 0 },
  [HP_RATIO_PPE10] = { "ppe10", N_ ("PPE10"), 1, 0 },
  [HP_RATIO_PPE20] = { "ppe20", N_ ("PPE20"), 1, 0 },
};

/**
 * hp_ratio_name:
 * @id: a statistic
 *
 * Returns: its name in JSON
 */
const char *
hp_ratio_name (HpRatioId id)
{
  g_return_val_if_fail ((guint) id < HP_N_RATIO, NULL);

  return statistics[id].name;
}

/**
 * hp_ratio_label:
 * @id: a statistic
 *
 * Returns: what people call it, translated
 */
const char *
hp_ratio_label (HpRatioId id)
{
  g_return_val_if_fail ((guint) id < HP_N_RATIO, NULL);

  return _ (statistics[id].label);
}

/* The median's own interval needs no resampling. */
static void
bound_median (const HpSample *sample, double level, double *low, double *high)
{
  gsize first, last;

  *low = *high = NAN;
  if (sample->positive && hp_median_interval_ranks (sample->n, level, &first, &last))
    {
      *low = sample->ratio[first - 1];
      *high = sample->ratio[last - 1];
    }
}

static HpGrade
grade (const HpRatioStudy *study, HpRatioId id)
{
  const HpRatioStatistic *statistic = &study->statistic[id];

  if (study->n < HP_RATIO_MIN_GRADED || isnan (statistic->value) || isnan (statistic->standard_low))
    return HP_GRADE_NOT_GRADED;
  if (statistic->value >= statistic->standard_low && statistic->value <= statistic->standard_high)
    return HP_GRADE_PASS;
  /* A VEI out of bounds by chance is no fault: the groups' intervals must be that far apart, too. */
  if (id == HP_RATIO_VEI && !(study->vei_significance > VEI_SIGNIFICANT))
    return HP_GRADE_PASS;
  return HP_GRADE_FAIL;
}

/**
 * hp_ratio_study_compute:
 * @estimate: (array length=n): estimates of price
 * @price: (array length=n): sale prices, in the same currency
 * @n: number of sales
 * @options: (nullable): level, replicates and seed; %NULL for the default
 * @team: (nullable): threads for the bootstrap
 * @study: (out caller-allocates): the study
 *
 * Computes, bounds and grades every statistic. What is not defined is NaN, as for hp_metrics_compute(): leave out pairs
 * for which hp_ratio_pair_is_usable() is false. The median ratio is bounded by order statistics, PRB by its t-interval,
 * the others by hp_metrics_bootstrap()'s resampling. A study of fewer than 30 sales is not graded.
 *
 * VEI passes within ±10, and beyond unless the intervals of the first and last groups are more than 10 % of the median
 * ratio apart (IAAO, Standard on Ratio Studies, exposure draft of 2026).
 */
void
hp_ratio_study_compute (const double *estimate, const double *price, gsize n, const HpRatioOptions *options,
                        HpTeam *team, HpRatioStudy *study)
{
  const HpRatioOptions defaults = HP_RATIO_OPTIONS_DEFAULT;
  g_autoptr (HpSample) sample = NULL;
  g_autoptr (HpResample) resample = NULL;
  double value[HP_N_RATIO], low[HP_N_RATIO], high[HP_N_RATIO];

  if (options == NULL)
    options = &defaults;
  g_return_if_fail (options->level > 0 && options->level < 1);

  *study = (HpRatioStudy){ .n = n, .level = options->level };
  sample = hp_sample_new (estimate, price, n);
  resample = hp_resample_new (sample);
  hp_sample_evaluate (sample, resample, HP_STATISTICS_ALL, value);
  hp_sample_bias (sample, options->level, &study->bias);
  hp_vei_groups (sample, resample, study);
  hp_sample_bootstrap (sample, HP_STATISTICS_ALL & ~HP_STATISTIC (HP_RATIO_MEDIAN), options->replicates, options->level,
                       options->seed, team, low, high);
  value[HP_RATIO_PRB] = study->bias.slope;
  bound_median (sample, options->level, &low[HP_RATIO_MEDIAN], &high[HP_RATIO_MEDIAN]);

  for (guint id = 0; id < HP_N_RATIO; id++)
    {
      gboolean has_standard = statistics[id].low <= statistics[id].high;

      study->statistic[id] = (HpRatioStatistic){
        .value = value[id],
        .low = low[id],
        .high = high[id],
        .has_interval = isfinite (low[id]) && isfinite (high[id]),
        .standard_low = has_standard ? statistics[id].low : NAN,
        .standard_high = has_standard ? statistics[id].high : NAN,
      };
      study->statistic[id].pass = grade (study, id);
    }
  study->bias_unacceptable = study->bias.low > BIAS_UNACCEPTABLE || study->bias.high < -BIAS_UNACCEPTABLE;
  study->chasing_hint = n >= HP_RATIO_MIN_GRADED && value[HP_RATIO_COD] < statistics[HP_RATIO_COD].low;
}

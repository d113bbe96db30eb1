/* test-paired.c - one bootstrap for several versions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-paired-private.h"
#include "hp-sample-private.h"

#include "golden/comparison.h"

#define N G_N_ELEMENTS (paired_price)

static const double *const versions[] = { paired_0, paired_1, paired_2 };

/* SciPy's interval of the same mean, of other draws: ends differ by a share of the standard error. */
static void
check_mae (const HpPaired *paired, guint a, guint b, const double *golden)
{
  double low, high;

  hp_paired_difference (paired, a, b, HP_METRIC_MAE, 0.95, &low, &high);
  g_assert_cmpfloat_with_epsilon (low, golden[1], 0.1 * golden[3]);
  g_assert_cmpfloat_with_epsilon (high, golden[2], 0.1 * golden[3]);
}

static void
test_golden (void)
{
  g_autoptr (HpPaired) all = hp_paired_new (versions, 3, paired_price, N, FALSE, 4000, 42, 0, NULL);
  g_autoptr (HpPaired) only = hp_paired_new (versions, 3, paired_price, N, TRUE, 4000, 42, 0, NULL);
  double low, high;

  check_mae (all, 0, 1, paired_mae_01);
  check_mae (all, 0, 2, paired_mae_02);
  check_mae (only, 0, 1, paired_mae_01);
  check_mae (only, 0, 2, paired_mae_02);
  hp_paired_difference (all, 0, 2, HP_METRIC_MEDIAN_RATIO, 0.95, &low, &high);
  g_assert_cmpfloat (low, <, paired_median_ratio_02);
  g_assert_cmpfloat (high, >, paired_median_ratio_02);
  hp_paired_difference (only, 0, 2, HP_METRIC_RMSE, 0.95, &low, &high);
  g_assert_true (isnan (low) && isnan (high));
}

/* A version has no difference from itself in any resample: the draws are the same. */
static void
test_same (void)
{
  const double *const twice[] = { paired_0, paired_0 };
  g_autoptr (HpPaired) paired = hp_paired_new (twice, 2, paired_price, N, FALSE, 50, 1, 0, NULL);

  for (guint metric = 0; metric < HP_N_METRICS; metric++)
    {
      double low, high;

      hp_paired_difference (paired, 0, 1, metric, 0.9, &low, &high);
      g_assert_cmpfloat (low, ==, 0);
      g_assert_cmpfloat (high, ==, 0);
      hp_paired_interval (paired, 0, metric, 0.9, &low, &high);
      g_assert_cmpfloat (low, <, high);
    }
}

static void
test_jobs (void)
{
  g_autoptr (HpTeam) team = hp_team_new (3);
  g_autoptr (HpPaired) alone = hp_paired_new (versions, 3, paired_price, N, FALSE, 101, 9, 2, NULL);
  g_autoptr (HpPaired) together = hp_paired_new (versions, 3, paired_price, N, FALSE, 101, 9, 2, team);
  g_autoptr (HpPaired) other = hp_paired_new (versions, 3, paired_price, N, FALSE, 101, 9, 3, team);

  for (guint metric = 0; metric < HP_N_METRICS; metric++)
    {
      double low, high, same_low, same_high, other_low, other_high;

      hp_paired_difference (alone, 0, 2, metric, 0.95, &low, &high);
      hp_paired_difference (together, 0, 2, metric, 0.95, &same_low, &same_high);
      hp_paired_difference (other, 0, 2, metric, 0.95, &other_low, &other_high);
      g_assert_cmpfloat (low, ==, same_low);
      g_assert_cmpfloat (high, ==, same_high);
      g_assert_true (low != other_low || high != other_high);
    }
}

/* The slope of a resample in which every sale occurs once is the PRB. */
static void
test_bias (void)
{
  g_autoptr (HpSample) sample = hp_sample_new (paired_2, paired_price, N);
  g_autoptr (HpResample) resample = hp_resample_new (sample);
  HpRatioBias bias;

  hp_sample_bias (sample, 0.95, &bias);
  g_assert_cmpfloat_with_epsilon (hp_bias_of_resample (sample, resample, sample->median_ratio), bias.slope, 1e-12);
  g_assert_true (isnan (hp_bias_of_resample (sample, resample, 0)));
}

static void
test_limits (void)
{
  static const double price[] = { 0, 100, 200, 300 }, a[] = { 1, 101, 199, 330 }, b[] = { 2, NAN, 190, 310 };
  const double *const pair[] = { a, a }, *const broken[] = { a, b };
  g_autoptr (HpPaired) without_ratios = hp_paired_new (pair, 2, price, 4, FALSE, 100, 1, 0, NULL);
  g_autoptr (HpPaired) missing = hp_paired_new (broken, 2, price, 4, FALSE, 100, 1, 0, NULL);
  g_autoptr (HpPaired) single = hp_paired_new (pair, 2, price + 1, 1, FALSE, 100, 1, 0, NULL);
  g_autoptr (HpPaired) empty = hp_paired_new (pair, 2, NULL, 0, FALSE, 100, 1, 0, NULL);
  double low, high;

  hp_paired_interval (without_ratios, 1, HP_METRIC_MAE, 0.95, &low, &high);
  g_assert_cmpfloat (low, >=, 1);
  g_assert_cmpfloat (high, <=, 30);
  hp_paired_interval (without_ratios, 1, HP_METRIC_COD, 0.95, &low, &high);
  g_assert_true (isnan (low) && isnan (high));
  hp_paired_difference (missing, 0, 1, HP_METRIC_MAE, 0.95, &low, &high);
  g_assert_true (isnan (low) && isnan (high));
  /* Resamples of one sale are all the same */
  hp_paired_interval (single, 0, HP_METRIC_MAE, 0.95, &low, &high);
  g_assert_true (isnan (low) && isnan (high));
  hp_paired_difference (single, 0, 1, HP_METRIC_MAE, 0.95, &low, &high);
  g_assert_true (isnan (low) && isnan (high));
  hp_paired_interval (empty, 0, HP_METRIC_MAE, 0.95, &low, &high);
  g_assert_true (isnan (low) && isnan (high));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paired/golden", test_golden);
  g_test_add_func ("/paired/same", test_same);
  g_test_add_func ("/paired/jobs", test_jobs);
  g_test_add_func ("/paired/bias", test_bias);
  g_test_add_func ("/paired/limits", test_limits);
  return g_test_run ();
}

/* test-residuals.c - cross-fitted calibrations: what they promise on houses they have not seen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-parallel.h"
#include "market.h"

/* Share of a market's sales within their intervals, whose first feature is in [from, to) */
static double
coverage (const Market *market, const HpCalibration *calibration, double level, double from, double to)
{
  g_autofree double *sigma = g_new (double, market->n);
  double covered = 0, n = 0, low, high;

  hp_calibration_sigmas (calibration, market->features, market->predicted, market->n, sigma);
  for (gsize i = 0; i < market->n; i++)
    {
      float hardness = market->features[i * MARKET_FEATURES];

      if (hardness < from || hardness >= to)
        continue;
      hp_calibration_interval (calibration, market->predicted[i], sigma[i], level, &low, &high);
      covered += low <= market->price[i] && market->price[i] <= high;
      n++;
    }
  return covered / n;
}

static double
mean_width (const Market *market, const HpCalibration *calibration)
{
  g_autofree double *sigma = g_new (double, market->n);
  double sum = 0, low, high;

  hp_calibration_sigmas (calibration, market->features, market->predicted, market->n, sigma);
  for (gsize i = 0; i < market->n; i++)
    {
      hp_calibration_interval (calibration, market->predicted[i], sigma[i], 0.9, &low, &high);
      sum += high - low;
    }
  return sum / (double) market->n;
}

/* What 90 % means: of houses that calibrated nothing, so many; among easy and hard ones alike; and with narrower
 * intervals than one width for all. */
static void
test_guarantee (gconstpointer data)
{
  HpTarget target = GPOINTER_TO_INT (data);
  g_autoptr (Market) fresh = market_new (30000, 5, 99);
  double mean[3] = { 0 }, widths = 0;
  static const double levels[] = { 0.5, 0.9, 0.99 };

  for (guint64 seed = 1; seed <= 10; seed++)
    {
      g_autoptr (Market) market = market_new (2000, 5, seed);
      g_autoptr (HpCalibration) calibration = market_calibrate (market, target);
      g_autoptr (HpCalibration) constant = hp_calibration_fit (target, market->predicted, market->price, market->n);
      guint n_features = 0;

      g_assert_true (hp_calibration_has_widths (calibration, &n_features));
      g_assert_cmpuint (n_features, ==, MARKET_FEATURES);
      g_assert_cmpuint (hp_calibration_get_n (calibration), ==, market->n);
      for (guint l = 0; l < G_N_ELEMENTS (levels); l++)
        mean[l] += coverage (fresh, calibration, levels[l], 0, 1) / 10;
      widths += mean_width (fresh, calibration) / mean_width (fresh, constant) / 10;
      for (double from = 0; from < 0.95; from += 0.1)
        g_assert_cmpfloat_with_epsilon (coverage (fresh, calibration, 0.9, from, from + 0.1), 0.9, 0.06);
      /* one width for all is far too wide for the easy ones and too narrow for the hard ones */
      g_assert_cmpfloat (coverage (fresh, constant, 0.9, 0, 0.1), >, 0.99);
      g_assert_cmpfloat (coverage (fresh, constant, 0.9, 0.9, 1), <, 0.8);
    }
  g_assert_cmpfloat_with_epsilon (mean[0], 0.5, 0.01);
  g_assert_cmpfloat_with_epsilon (mean[1], 0.9, 0.01);
  g_assert_cmpfloat_with_epsilon (mean[2], 0.99, 0.003);
  g_assert_cmpfloat (widths, <, 0.95);
}

/* Where all houses are alike, or there are too few sales to tell, one width for all; never a worse one */
static void
test_constant (void)
{
  for (guint64 seed = 1; seed <= 10; seed++)
    {
      g_autoptr (Market) alike = market_new (2000, 0, seed), few = market_new (199, 5, seed);
      g_autoptr (Market) enough = market_new (1000, 5, seed);
      g_autoptr (HpCalibration) calibration = market_calibrate (alike, HP_TARGET_LOG);
      g_autoptr (HpCalibration) plain = hp_calibration_fit (HP_TARGET_LOG, alike->predicted, alike->price, alike->n);
      g_autoptr (HpCalibration) small = market_calibrate (few, HP_TARGET_LOG);
      g_autoptr (HpResiduals) residuals = market_residuals (enough, HP_TARGET_LOG);
      g_autoptr (HpCalibration) one_part = hp_residuals_calibrate (residuals, 1 << 2);
      g_autoptr (HpCalibration) two_parts = hp_residuals_calibrate (residuals, 1 << 2 | 1 << 4);
      g_autofree char *text = calibration_text (calibration), *plain_text = calibration_text (plain);

      g_assert_false (hp_calibration_has_widths (calibration, NULL));
      g_assert_cmpstr (text, ==, plain_text);
      g_assert_nonnull (strstr (text, "\"format\":1,\"kind\":\"split_conformal\""));
      g_assert_false (hp_calibration_has_widths (small, NULL));
      g_assert_cmpuint (hp_calibration_get_n (small), ==, 199);
      /* nobody else could have made the sigmas of the only part */
      g_assert_false (hp_calibration_has_widths (one_part, NULL));
      g_assert_true (hp_calibration_has_widths (two_parts, NULL));
      g_assert_cmpuint (hp_calibration_get_n (two_parts), ==, 400);
    }
}

/* A sale has no part in a calibration without its part */
static void
test_apart (void)
{
  g_autoptr (Market) market = market_new (1500, 5, 7);
  guint64 others = HP_RESIDUALS_ALL & ~(G_GUINT64_CONSTANT (1) << 3);
  g_autofree char *before = NULL, *after = NULL, *all_before = NULL, *all_after = NULL;

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (HpResiduals) residuals = market_residuals (market, HP_TARGET_LOG);
      g_autoptr (HpCalibration) without = hp_residuals_calibrate (residuals, others);
      g_autoptr (HpCalibration) with = hp_residuals_calibrate (residuals, HP_RESIDUALS_ALL);

      g_assert_true (hp_calibration_has_widths (without, NULL));
      *(round == 0 ? &before : &after) = calibration_text (without);
      *(round == 0 ? &all_before : &all_after) = calibration_text (with);
      for (gsize i = 0; i < market->n; i++)
        if (market->part[i] == 3)
          market->price[i] *= i % 2 ? 1.5 : 0.6;
    }
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (all_before, !=, all_after);
}

typedef struct
{
  HpResiduals *residuals;
  char *texts[MARKET_PARTS + 1];
} Job;

static void
calibrate_without (gsize index, guint worker, gpointer data)
{
  Job *job = data;
  g_autoptr (HpCalibration) calibration
    = hp_residuals_calibrate (job->residuals, HP_RESIDUALS_ALL & ~(G_GUINT64_CONSTANT (1) << index));

  job->texts[index] = calibration_text (calibration);
}

static void
test_threads (void)
{
  g_autoptr (Market) market = market_new (1500, 5, 8);
  Job jobs[2] = { 0 };

  for (guint j = 0; j < 2; j++)
    {
      g_autoptr (HpTeam) team = hp_team_new (j == 0 ? 1 : 4);

      jobs[j].residuals = market_residuals (market, HP_TARGET_LOG);
      hp_team_run (team, MARKET_PARTS + 1, calibrate_without, &jobs[j]);
      hp_residuals_free (jobs[j].residuals);
    }
  for (guint i = 0; i <= MARKET_PARTS; i++)
    {
      g_assert_cmpstr (jobs[0].texts[i], ==, jobs[1].texts[i]);
      g_free (jobs[0].texts[i]);
      g_free (jobs[1].texts[i]);
    }
}

/* Whatever the level: a higher one is no narrower, and low <= price <= high */
static void
test_levels (void)
{
  for (guint target = HP_TARGET_PLAIN; target <= HP_TARGET_LOG; target++)
    {
      g_autoptr (Market) market = market_new (2000, 12, 9); /* errors of more than the price among them */
      g_autoptr (HpCalibration) calibration = market_calibrate (market, target);
      g_autofree double *sigma = g_new (double, market->n);

      hp_calibration_sigmas (calibration, market->features, market->predicted, market->n, sigma);
      for (gsize i = 0; i < market->n; i += 50)
        {
          double price = market->predicted[i], inner_low = price, inner_high = price;

          for (double level = 0.01; level < 0.9995; level += 0.001)
            {
              double low, high;

              hp_calibration_interval (calibration, price, sigma[i], level, &low, &high);
              g_assert_cmpfloat (low, <=, inner_low);
              g_assert_cmpfloat (high, >=, inner_high);
              g_assert_cmpfloat (low, >=, 0);
              g_assert_true (isfinite (high));
              inner_low = low;
              inner_high = high;
            }
        }
    }
}

/* FSD and the chance of being within 10 % are a house's own, and come true. */
static void
test_confidence (void)
{
  g_autoptr (Market) market = market_new (2500, 5, 10), fresh = market_new (20000, 5, 11);
  g_autoptr (HpCalibration) calibration = market_calibrate (market, HP_TARGET_LOG);
  g_autofree double *sigma = g_new (double, fresh->n);

  hp_calibration_sigmas (calibration, fresh->features, fresh->predicted, fresh->n, sigma);
  for (double from = 0; from < 0.9; from += 0.25)
    {
      double n = 0, promised = 0, happened = 0, within_fsd = 0;

      for (gsize i = 0; i < fresh->n; i++)
        {
          float hardness = fresh->features[i * MARKET_FEATURES];
          double off = fabs (fresh->price[i] / fresh->predicted[i] - 1);

          if (hardness < from || hardness >= from + 0.25)
            continue;
          n++;
          promised += hp_calibration_within (calibration, sigma[i], 0.1);
          happened += off <= 0.1;
          within_fsd += off <= hp_calibration_fsd (calibration, sigma[i]);
        }
      g_assert_cmpfloat_with_epsilon (promised / n, happened / n, 0.04);
      g_assert_cmpfloat_with_epsilon (within_fsd / n, 0.6827, 0.06);
    }
  g_assert_cmpfloat (hp_calibration_fsd (calibration, 2), >, hp_calibration_fsd (calibration, 1));
  g_assert_cmpfloat (hp_calibration_within (calibration, 2, 0.1), <, hp_calibration_within (calibration, 1, 0.1));
}

/* Models that others trained have more targets than residuals have scales. */
static void
test_targets (void)
{
  g_autoptr (Market) market = market_new (1000, 5, 13);
  char *widths[HP_N_TARGETS], *constant[HP_N_TARGETS];

  for (HpTarget target = 0; target < HP_N_TARGETS; target++)
    {
      g_autoptr (HpCalibration) calibration = market_calibrate (market, target);
      g_autoptr (HpCalibration) plain = hp_calibration_fit (target, market->predicted, market->price, market->n);

      g_assert_true (hp_calibration_has_widths (calibration, NULL));
      widths[target] = calibration_text (calibration);
      constant[target] = calibration_text (plain);
    }
  for (HpTarget target = 0; target < HP_N_TARGETS; target++)
    {
      g_assert_cmpstr (widths[target], ==, widths[hp_target_scale (target)]);
      g_assert_cmpstr (constant[target], ==, constant[hp_target_scale (target)]);
    }
  g_assert_cmpstr (constant[HP_TARGET_LOG], !=, constant[HP_TARGET_PLAIN]);
  for (HpTarget target = 0; target < HP_N_TARGETS; target++)
    {
      g_free (widths[target]);
      g_free (constant[target]);
    }
}

/* However houses are cut into calls */
static void
test_batches (void)
{
  g_autoptr (Market) market = market_new (1000, 5, 12);
  g_autoptr (HpCalibration) calibration = market_calibrate (market, HP_TARGET_LOG);
  g_autofree double *whole = g_new (double, market->n), *piece = g_new (double, market->n);
  static const gsize sizes[] = { 1, 7, 8, 63, 64, 65, 500 };

  hp_calibration_sigmas (calibration, market->features, market->predicted, market->n, whole);
  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      for (gsize i = 0; i < market->n; i += sizes[s])
        hp_calibration_sigmas (calibration, market->features + i * MARKET_FEATURES, market->predicted + i,
                               MIN (sizes[s], market->n - i), piece + i);
      g_assert_cmpmem (piece, market->n * sizeof *piece, whole, market->n * sizeof *whole);
    }
}

/* Sales dealt out by themselves, unusable ones, many columns, columns that say nothing, no columns */
static void
test_odd (void)
{
  enum
  {
    COLUMNS = 300
  };
  g_autoptr (Market) market = market_new (1200, 5, 13);
  g_autofree float *wide = g_new0 (float, market->n *COLUMNS);
  g_autoptr (HpResiduals) dealt = NULL, many = NULL, none = NULL, exact = NULL;
  g_autoptr (HpCalibration) by_deal = NULL, by_many = NULL, by_none = NULL, by_exact = NULL, by_nothing = NULL;
  guint n_features = 0;

  market->predicted[0] = -1;
  market->price[1] = INFINITY;
  market->predicted[2] = NAN;
  dealt = hp_residuals_new (HP_TARGET_LOG, market->features, MARKET_FEATURES, market->predicted, market->price, NULL,
                            market->n);
  by_deal = hp_residuals_calibrate (dealt, HP_RESIDUALS_ALL);
  g_assert_true (hp_calibration_has_widths (by_deal, NULL));
  g_assert_cmpuint (hp_calibration_get_n (by_deal), ==, market->n - 3);

  for (gsize i = 0; i < market->n; i++)
    {
      wide[i * COLUMNS + i % (COLUMNS - 1)] = 1;
      wide[i * COLUMNS + COLUMNS - 1] = market->features[i * MARKET_FEATURES];
      wide[i * COLUMNS + 5] = i % 3 == 0 ? INFINITY : -INFINITY;
    }
  many = hp_residuals_new (HP_TARGET_LOG, wide, COLUMNS, market->predicted, market->price, market->part, market->n);
  by_many = hp_residuals_calibrate (many, HP_RESIDUALS_ALL);
  g_assert_true (hp_calibration_has_widths (by_many, &n_features));
  g_assert_cmpuint (n_features, ==, COLUMNS);

  none = hp_residuals_new (HP_TARGET_LOG, wide, 0, market->predicted, market->price, market->part, market->n);
  by_none = hp_residuals_calibrate (none, HP_RESIDUALS_ALL);
  g_assert_cmpuint (hp_calibration_get_n (by_none), ==, market->n - 3);

  exact = hp_residuals_new (HP_TARGET_PLAIN, wide, COLUMNS, market->price, market->price, market->part, market->n);
  by_exact = hp_residuals_calibrate (exact, HP_RESIDUALS_ALL);
  g_assert_false (hp_calibration_has_widths (by_exact, NULL));
  g_assert_cmpfloat (hp_calibration_half_width (by_exact, 0.9), ==, 0);

  by_nothing = hp_residuals_calibrate (many, G_GUINT64_CONSTANT (1) << 40);
  g_assert_null (by_nothing);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/residuals/guarantee/log", GINT_TO_POINTER (HP_TARGET_LOG), test_guarantee);
  g_test_add_data_func ("/residuals/guarantee/plain", GINT_TO_POINTER (HP_TARGET_PLAIN), test_guarantee);
  g_test_add_func ("/residuals/constant", test_constant);
  g_test_add_func ("/residuals/apart", test_apart);
  g_test_add_func ("/residuals/threads", test_threads);
  g_test_add_func ("/residuals/levels", test_levels);
  g_test_add_func ("/residuals/confidence", test_confidence);
  g_test_add_func ("/residuals/targets", test_targets);
  g_test_add_func ("/residuals/batches", test_batches);
  g_test_add_func ("/residuals/odd", test_odd);
  return g_test_run ();
}

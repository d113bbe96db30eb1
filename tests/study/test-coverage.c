/* test-coverage.c - coverage, width and score of intervals
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-coverage.h"

/* Prices 80, 110, 150 and 95 where 100 was predicted; ± 20 % all, but the last has no interval */
static const double price[] = { 80, 110, 150, 95 }, predicted[] = { 100, 100, 100, 100 };
static const double low[] = { 80, 80, 80, NAN }, high[] = { 120, 120, 120, NAN };

static void
test_plain (void)
{
  const HpIntervals intervals = { HP_TARGET_PLAIN, 0.8, 4, price, predicted, low, high };
  HpCoverage coverage;

  hp_coverage_compute (&intervals, &coverage);
  g_assert_cmpuint (coverage.n, ==, 4);
  g_assert_cmpfloat (coverage.coverage, ==, 0.5);
  g_assert_cmpfloat_with_epsilon (coverage.mean_width, 40, 1e-12);
  /* 150 is 30 outside: 2 / 0.2 × 30 */
  g_assert_cmpfloat_with_epsilon (coverage.score, (3 * 40 + 300) / 3.0, 1e-9);
  /* two of the three are within ± 20 %, and no fewer per cent */
  g_assert_cmpfloat_with_epsilon (coverage.constant_band_width, 40, 1e-12);
  g_assert_cmpfloat_with_epsilon (coverage.constant_band_score, (3 * 40 + 300) / 3.0, 1e-9);
}

/* The band is constant on the model's scale. */
static void
test_log (void)
{
  const double narrow_low[] = { 99, 105, 99, 94 }, narrow_high[] = { 101, 115, 101, 96 };
  const HpIntervals intervals = { HP_TARGET_LOG, 0.9, 4, price, predicted, narrow_low, narrow_high };
  HpCoverage coverage;
  double band = log (1.1); /* the second of |log 0.8|, log 1.1, log 1.5 and |log 0.95| */

  hp_coverage_compute (&intervals, &coverage);
  g_assert_cmpfloat (coverage.coverage, ==, 0.5);
  g_assert_cmpfloat_with_epsilon (coverage.mean_width, 4, 1e-12);
  g_assert_cmpfloat_with_epsilon (coverage.constant_band_width, 100 * (exp (band) - exp (-band)), 1e-9);
}

/* Models that others trained have more targets than scales. */
static void
test_targets (void)
{
  const double narrow_low[] = { 99, 105, 99, 94 }, narrow_high[] = { 101, 115, 101, 96 };
  double width[HP_N_TARGETS];

  for (HpTarget target = 0; target < HP_N_TARGETS; target++)
    {
      const HpIntervals intervals = { target, 0.9, 4, price, predicted, narrow_low, narrow_high };
      HpCoverage coverage;

      hp_coverage_compute (&intervals, &coverage);
      width[target] = coverage.constant_band_width;
    }
  for (HpTarget target = 0; target < HP_N_TARGETS; target++)
    g_assert_cmpfloat (width[target], ==, width[hp_target_scale (target)]);
  g_assert_cmpfloat (width[HP_TARGET_LOG1P], !=, width[HP_TARGET_PLAIN]);
}

static void
test_nothing (void)
{
  const double nothing[] = { NAN, NAN, NAN, NAN }, far[] = { 1, 1, 1, 1 }, little[] = { 2, 2, 2, 2 };
  HpIntervals intervals = { HP_TARGET_LOG, 0.9, 4, price, predicted, nothing, nothing };
  HpCoverage coverage;

  hp_coverage_compute (&intervals, &coverage);
  g_assert_cmpfloat (coverage.coverage, ==, 0);
  g_assert_true (isnan (coverage.mean_width) && isnan (coverage.score) && isnan (coverage.constant_band_width));
  intervals.low = far;
  intervals.high = little;
  hp_coverage_compute (&intervals, &coverage);
  g_assert_cmpfloat (coverage.coverage, ==, 0);
  g_assert_cmpfloat (coverage.mean_width, ==, 1);
  g_assert_cmpfloat (coverage.constant_band_width, ==, 0);
  intervals.n = 0;
  hp_coverage_compute (&intervals, &coverage);
  g_assert_true (isnan (coverage.coverage));
}

static void
test_segments (void)
{
  const HpIntervals intervals = { HP_TARGET_PLAIN, 0.8, 4, price, predicted, low, high };
  const gint32 segment[] = { 1, 0, 1, -1 };
  HpCoverage coverage[3];

  hp_coverage_compute_segments (&intervals, segment, 3, coverage);
  g_assert_cmpuint (coverage[0].n, ==, 1);
  g_assert_cmpfloat (coverage[0].coverage, ==, 1);
  g_assert_cmpfloat_with_epsilon (coverage[0].constant_band_width, 20, 1e-9);
  g_assert_cmpuint (coverage[1].n, ==, 2);
  g_assert_cmpfloat (coverage[1].coverage, ==, 0.5);
  g_assert_cmpuint (coverage[2].n, ==, 0);
}

static void
test_deciles (void)
{
  double prices[25];
  gint32 segment[25];
  guint n[HP_COVERAGE_DECILES] = { 0 };

  for (guint i = 0; i < 25; i++)
    prices[i] = i == 7 ? NAN : 1000 - 10 * (double) (i / 2);
  hp_coverage_deciles (prices, 25, segment);
  g_assert_cmpint (segment[7], ==, -1);
  g_assert_cmpint (segment[24], ==, 0);
  g_assert_cmpint (segment[1], ==, 9);
  for (guint i = 0; i < 25; i++)
    if (i != 7)
      n[segment[i]]++;
  for (guint d = 0; d < HP_COVERAGE_DECILES; d++)
    g_assert_true (n[d] == 2 || n[d] == 3);
  /* equal prices in the order of the sales, so that the deciles do not depend on a sort */
  for (guint i = 0; i + 1 < 25; i += 2)
    if (i != 6)
      g_assert_cmpint (segment[i], <=, segment[i + 1]);
}

static void
test_json (void)
{
  const HpIntervals intervals = { HP_TARGET_PLAIN, 0.8, 1, price, predicted, low, high };
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autofree char *text = NULL;
  HpCoverage coverage;

  hp_coverage_compute (&intervals, &coverage);
  hp_json_writer_begin_object (writer);
  hp_coverage_write (&coverage, writer);
  hp_json_writer_end_object (writer);
  text = hp_json_writer_steal (writer, NULL);
  g_assert_cmpstr (text, ==,
                   "{\"coverage\":1,\"coverage_low\":0.20654931437723745,\"coverage_high\":1,\"mean_width\":40,"
                   "\"constant_band_width\":40,\"score\":40,\"constant_band_score\":40}");
}

static void
test_within_fsd (void)
{
  const double fsd[] = { 0.1, 0.1, NAN, 0.25 }, paid[] = { 110, 111, 100, 75 }, told[] = { 100, 100, 100, 100 };
  gsize n_known;

  g_assert_cmpuint (hp_coverage_within_fsd (paid, told, fsd, 4, &n_known), ==, 2);
  g_assert_cmpuint (n_known, ==, 3);
  g_assert_cmpuint (hp_coverage_within_fsd (paid, told, NULL, 4, &n_known), ==, 0);
  g_assert_cmpuint (n_known, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/coverage/plain", test_plain);
  g_test_add_func ("/coverage/log", test_log);
  g_test_add_func ("/coverage/targets", test_targets);
  g_test_add_func ("/coverage/nothing", test_nothing);
  g_test_add_func ("/coverage/segments", test_segments);
  g_test_add_func ("/coverage/deciles", test_deciles);
  g_test_add_func ("/coverage/within-fsd", test_within_fsd);
  g_test_add_func ("/coverage/json", test_json);
  return g_test_run ();
}

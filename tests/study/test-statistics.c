/* test-statistics.c - means, quantiles and intervals of plain arrays
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-statistics.h"

#include <math.h>

static void
test_moments (void)
{
  const double values[] = { 2, 4, 4, 4, 5, 5, 7, 9 };

  g_assert_cmpfloat (hp_mean (values, 8), ==, 5);
  g_assert_cmpfloat_with_epsilon (hp_standard_deviation (values, 8), sqrt (32.0 / 7), 1e-15);
  g_assert_cmpfloat (hp_mean (values, 1), ==, 2);
  g_assert_true (isnan (hp_mean (values, 0)));
  g_assert_true (isnan (hp_standard_deviation (values, 1)));
  g_assert_true (isnan (hp_standard_deviation (NULL, 0)));
}

static void
test_quantiles (void)
{
  /* Type 7: numpy.quantile ([1, 2, 4, 8, 16], p) */
  const double sorted[] = { 1, 2, 4, 8, 16 }, shuffled[] = { 8, 1, 16, 2, 4 };
  const double infinite[] = { -INFINITY, -INFINITY, 3, INFINITY, INFINITY };
  const double with_nan[] = { 1, NAN, 3 };

  g_assert_cmpfloat (hp_quantile_sorted (sorted, 5, 0), ==, 1);
  g_assert_cmpfloat (hp_quantile_sorted (sorted, 5, 1), ==, 16);
  g_assert_cmpfloat (hp_quantile_sorted (sorted, 5, 0.25), ==, 2);
  g_assert_cmpfloat_with_epsilon (hp_quantile_sorted (sorted, 5, 0.1), 1.4, 1e-15);
  g_assert_cmpfloat_with_epsilon (hp_quantile_sorted (sorted, 5, 0.9), 12.8, 1e-14);
  g_assert_cmpfloat (hp_quantile_sorted (sorted, 1, 0.7), ==, 1);
  g_assert_cmpfloat (hp_quantile_sorted (infinite, 5, 0.1), ==, -INFINITY);
  g_assert_cmpfloat (hp_quantile_sorted (infinite, 5, 0.9), ==, INFINITY);
  g_assert_true (isnan (hp_quantile_sorted (sorted, 0, 0.5)));

  g_assert_cmpfloat_with_epsilon (hp_quantile (shuffled, 5, 0.9), 12.8, 1e-14);
  g_assert_cmpfloat (shuffled[0], ==, 8);
  g_assert_cmpfloat (hp_median (shuffled, 5), ==, 4);
  g_assert_cmpfloat (hp_median (shuffled, 4), ==, 5);
  g_assert_true (isnan (hp_median (with_nan, 3)));
  g_assert_true (isnan (hp_median (NULL, 0)));
}

static void
test_sort (void)
{
  double values[] = { 3, NAN, -1, INFINITY, NAN, -INFINITY, 0 };

  hp_sort_doubles (values, G_N_ELEMENTS (values));
  g_assert_true (values[0] == -INFINITY && values[1] == -1 && values[2] == 0 && values[3] == 3
                 && values[4] == INFINITY);
  g_assert_true (isnan (values[5]) && isnan (values[6]));
  hp_sort_doubles (NULL, 0);
}

static void
test_median_interval (void)
{
  gsize low, high;

  /* By hand: 100/2 ± 1.959964 · 10/2 = 50 ± 9.79982 */
  g_assert_true (hp_median_interval_ranks (100, 0.95, &low, &high));
  g_assert_cmpuint (low, ==, 41);
  g_assert_cmpuint (high, ==, 60);
  /* 15/2 ± 1.644854 · √15/2 = 7.5 ± 3.18525 */
  g_assert_true (hp_median_interval_ranks (15, 0.90, &low, &high));
  g_assert_cmpuint (low, ==, 5);
  g_assert_cmpuint (high, ==, 11);

  for (gsize n = 0; n < 300; n++)
    if (hp_median_interval_ranks (n, 0.9, &low, &high))
      {
        g_assert_cmpuint (low, >=, 1);
        g_assert_cmpuint (high, <=, n);
        g_assert_cmpuint (low + high, ==, n + 1);
        g_assert_cmpuint (n, >=, 3);
      }
    else
      g_assert_cmpuint (n, <, 6);
  g_assert_false (hp_median_interval_ranks (3, 0.95, &low, &high));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/statistics/moments", test_moments);
  g_test_add_func ("/statistics/quantiles", test_quantiles);
  g_test_add_func ("/statistics/sort", test_sort);
  g_test_add_func ("/statistics/median-interval", test_median_interval);
  return g_test_run ();
}

/* test-two-samples.c - Kolmogorov and Smirnov's test and the population stability index, against SciPy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-statistics.h"
#include "hp-two-samples.h"

#include "golden/comparison.h"

static void
check (const TwoSamples *golden)
{
  gboolean exact = FALSE;
  double d, p;

  hp_ks_test (golden->a, golden->n_a, golden->b, golden->n_b, &d, &p, &exact);
  g_assert_true (exact);
  g_assert_cmpfloat_with_epsilon (d, golden->d, 1e-14);
  g_assert_cmpfloat_with_epsilon (p, golden->p_exact, 1e-9 * golden->p_exact);
  g_assert_cmpfloat_with_epsilon (hp_ks_p_limit (golden->n_a, golden->n_b, d), golden->p_limit, 1e-9 * golden->p_limit);

  hp_ks_test (golden->b, golden->n_b, golden->a, golden->n_a, &d, &p, NULL);
  g_assert_cmpfloat_with_epsilon (d, golden->d, 1e-14);
  g_assert_cmpfloat_with_epsilon (p, golden->p_exact, 1e-9 * golden->p_exact);
}

static void
test_ks (void)
{
  check (&shifted);
  check (&alike);
  check (&apart);
  check (&tied);
}

static void
test_ks_limits (void)
{
  static const double one[] = { 1 }, missing[] = { NAN, INFINITY }, two[] = { NAN, 1, 2, NAN };
  double d, p;

  hp_ks_test (one, 1, missing, 2, &d, &p, NULL);
  g_assert_true (isnan (d) && isnan (p));
  hp_ks_test (one, 0, one, 1, &d, &p, NULL);
  g_assert_true (isnan (d) && isnan (p));
  hp_ks_test (one, 1, one, 1, &d, &p, NULL);
  g_assert_cmpfloat (d, ==, 0);
  g_assert_cmpfloat (p, ==, 1);
  hp_ks_test (one, 1, two, 4, &d, &p, NULL); /* without what is missing */
  g_assert_cmpfloat (d, ==, 0.5);
}

/* Where samples are too large for the exact distribution the limit takes over: it must be close by then. */
static void
test_ks_large (void)
{
  double exact = hp_ks_p_exact (3000, 2000, 0.04), limit = hp_ks_p_limit (3000, 2000, 0.04);

  g_assert_cmpfloat_with_epsilon (exact, limit, 0.05 * exact);
}

static void
count (const double *values, gsize n, const double *bound, gsize n_bounds, gsize *counts)
{
  for (gsize i = 0; i < n; i++)
    counts[hp_psi_bin (bound, n_bounds, values[i])]++;
}

static void
check_psi (const double *a, gsize n_a, const double *b, gsize n_b, double psi, double by_chance)
{
  g_autofree double *sorted = g_memdup2 (a, n_a * sizeof *a);
  gsize before[HP_PSI_BINS] = { 0 }, now[HP_PSI_BINS] = { 0 }, n_bounds;
  double bound[HP_PSI_BINS];

  hp_sort_doubles (sorted, n_a);
  n_bounds = hp_psi_bounds (sorted, n_a, bound);
  count (a, n_a, bound, n_bounds, before);
  count (b, n_b, bound, n_bounds, now);
  g_assert_cmpfloat_with_epsilon (hp_psi (before, now, n_bounds + 1), psi, 1e-12);
  g_assert_cmpfloat_with_epsilon (hp_psi_by_chance (n_a, n_b, n_bounds + 1, 0.99), by_chance, 0.01 * by_chance);
}

static void
test_psi (void)
{
  check_psi (sizes_a, G_N_ELEMENTS (sizes_a), sizes_b, G_N_ELEMENTS (sizes_b), sizes_psi, sizes_psi_by_chance);
  check_psi (tied_a, G_N_ELEMENTS (tied_a), tied_b, G_N_ELEMENTS (tied_b), tied_psi, tied_psi_by_chance);
}

static void
test_psi_limits (void)
{
  static const gsize some[] = { 10, 20, 0 }, none[] = { 0, 0, 0 };
  static const double equal[] = { 7, 7, 7, 7 };
  double bound[HP_PSI_BINS];

  g_assert_cmpfloat (hp_psi (some, some, 3), ==, 0);
  g_assert_true (isnan (hp_psi (some, none, 3)));
  g_assert_cmpuint (hp_psi_bounds (equal, 4, bound), ==, 0);
  g_assert_cmpuint (hp_psi_bounds (equal, 0, bound), ==, 0);
  g_assert_cmpfloat (hp_psi_by_chance (100, 100, 1, 0.99), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/two-samples/ks", test_ks);
  g_test_add_func ("/two-samples/ks-limits", test_ks_limits);
  g_test_add_func ("/two-samples/ks-large", test_ks_large);
  g_test_add_func ("/two-samples/psi", test_psi);
  g_test_add_func ("/two-samples/psi-limits", test_psi_limits);
  return g_test_run ();
}

/* test-resampled-test.c - the tests of folds' differences, against SciPy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-resampled-test.h"

#include "golden/comparison.h"

static void
check (const Resampled *golden)
{
  HpResampledTest test;

  g_assert_true (hp_resampled_test (golden->difference, golden->n, golden->ratio, golden->rope, &test));
  g_assert_cmpuint (test.n, ==, golden->n);
  g_assert_cmpfloat (test.df, ==, golden->n - 1);
  g_assert_cmpfloat_with_epsilon (test.t, golden->t, 1e-12 * fabs (golden->t));
  g_assert_cmpfloat_with_epsilon (test.p, golden->p, 1e-9 * golden->p);
  g_assert_cmpfloat_with_epsilon (test.p_below, golden->p_below, 1e-9);
  g_assert_cmpfloat_with_epsilon (test.p_rope, golden->p_rope, 1e-9);
  g_assert_cmpfloat_with_epsilon (test.p_above, golden->p_above, 1e-9);
  g_assert_cmpfloat_with_epsilon (test.p_below + test.p_rope + test.p_above, 1, 1e-12);
}

static void
test_golden (void)
{
  check (&five_folds);
  check (&ten_folds);
  check (&holdouts);
}

/* Exchanging the models mirrors everything. */
static void
test_mirror (void)
{
  double mirrored[5];
  HpResampledTest there, back;

  for (guint i = 0; i < 5; i++)
    mirrored[i] = -five_folds_difference[i];
  g_assert_true (hp_resampled_test (five_folds_difference, 5, 0.25, 100, &there));
  g_assert_true (hp_resampled_test (mirrored, 5, 0.25, 100, &back));
  g_assert_cmpfloat (there.t, ==, -back.t);
  g_assert_cmpfloat (there.p, ==, back.p);
  g_assert_cmpfloat (there.p_above, ==, back.p_below);
  g_assert_cmpfloat (there.p_below, ==, back.p_above);
}

static void
test_limits (void)
{
  static const double nothing[] = { 0, 0, 0 }, equal[] = { 4, 4, 4 }, broken[] = { 1, NAN, 2 };
  HpResampledTest test;

  g_assert_true (hp_resampled_test (nothing, 3, 0.5, 1, &test));
  g_assert_cmpfloat (test.t, ==, 0);
  g_assert_cmpfloat (test.p, ==, 1);
  g_assert_cmpfloat (test.p_rope, ==, 1);

  g_assert_true (hp_resampled_test (equal, 3, 0.5, 1, &test));
  g_assert_true (isinf (test.t) && test.t > 0);
  g_assert_cmpfloat (test.p, ==, 0);
  g_assert_cmpfloat (test.p_above, ==, 1);

  g_assert_false (hp_resampled_test (equal, 1, 0.5, 1, &test));
  g_assert_true (isnan (test.t) && isnan (test.p) && isnan (test.p_rope));
  g_assert_false (hp_resampled_test (broken, 3, 0.5, 1, &test));
  g_assert_true (isnan (test.mean));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/resampled-test/golden", test_golden);
  g_test_add_func ("/resampled-test/mirror", test_mirror);
  g_test_add_func ("/resampled-test/limits", test_limits);
  return g_test_run ();
}

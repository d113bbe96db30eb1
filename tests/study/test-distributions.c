/* test-distributions.c - the normal and Student's t distributions against SciPy, and against themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-distributions.h"

#include "golden/study.h"

/* Equal to a relative error, so that a far tail is held to its digits; equal infinities are near. */
static void
assert_near (double value, double expected, double tolerance)
{
  if (value != expected && !(fabs (value - expected) <= tolerance * fabs (expected)))
    g_error ("%.17g is not %.17g", value, expected);
}

static void
test_normal (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (golden_normal); i++)
    assert_near (hp_normal_cdf (golden_normal[i].x), golden_normal[i].cdf, 1e-12);
  for (gsize i = 0; i < G_N_ELEMENTS (golden_normal_quantile); i++)
    assert_near (hp_normal_quantile (golden_normal_quantile[i].probability), golden_normal_quantile[i].x, 1e-13);
  for (double p = 0.001; p < 1; p += 0.001)
    assert_near (hp_normal_cdf (hp_normal_quantile (p)), p, 1e-13);
}

static void
test_beta (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (golden_beta); i++)
    assert_near (hp_incomplete_beta (golden_beta[i].a, golden_beta[i].b, golden_beta[i].x), golden_beta[i].value,
                 1e-11);
  for (double x = 0.05; x < 1; x += 0.05)
    assert_near (hp_incomplete_beta (2.5, 7, x) + hp_incomplete_beta (7, 2.5, 1 - x), 1, 1e-13);
}

static void
test_student (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (golden_student); i++)
    {
      double t = golden_student[i].t, df = golden_student[i].df;

      assert_near (hp_student_cdf (t, df), golden_student[i].cdf, 1e-11);
      assert_near (hp_student_p_value (t, df), golden_student[i].p, 1e-11);
      assert_near (hp_student_p_value (-t, df), golden_student[i].p, 1e-11);
    }
  /* The Cauchy distribution, and the one with two degrees of freedom, have closed forms. */
  assert_near (hp_student_cdf (0.3, 1), 0.5 + atan (0.3) / G_PI, 1e-14);
  assert_near (hp_student_cdf (-2, 2), 0.5 - 1 / sqrt (6), 1e-13);
  assert_near (hp_student_p_value (1e200, 1), 2 / (G_PI * 1e200), 1e-12);
  assert_near (hp_student_p_value (2, INFINITY), 2 * hp_normal_cdf (-2), 1e-15);
}

static void
test_student_quantile (void)
{
  static const double df[] = { 0.7, 1, 3, 28, 977, 1e7 };

  for (gsize i = 0; i < G_N_ELEMENTS (golden_student_quantile); i++)
    assert_near (hp_student_quantile (golden_student_quantile[i].probability, golden_student_quantile[i].df),
                 golden_student_quantile[i].t, 1e-10);
  assert_near (hp_student_quantile (0.975, 1), tan (G_PI * 0.475), 1e-13);
  assert_near (hp_student_quantile (0.975, INFINITY), hp_normal_quantile (0.975), 1e-13);
  for (gsize i = 0; i < G_N_ELEMENTS (df); i++)
    for (double p = 0.005; p < 1; p += 0.01)
      assert_near (hp_student_cdf (hp_student_quantile (p, df[i]), df[i]), p, 1e-11);
}

static void
test_edges (void)
{
  g_assert_true (hp_normal_quantile (0) == -INFINITY && hp_normal_quantile (1) == INFINITY);
  g_assert_true (hp_student_quantile (0, 5) == -INFINITY && hp_student_quantile (1, 5) == INFINITY);
  g_assert_true (isnan (hp_normal_quantile (-0.1)) && isnan (hp_normal_quantile (1.1))
                 && isnan (hp_normal_quantile (NAN)));
  g_assert_true (isnan (hp_student_quantile (0.9, 0)) && isnan (hp_student_quantile (2, 5)));
  g_assert_true (isnan (hp_student_p_value (NAN, 5)) && isnan (hp_student_p_value (1, -1)));
  g_assert_true (isnan (hp_incomplete_beta (0, 1, 0.5)) && isnan (hp_incomplete_beta (1, 1, 1.5)));
  g_assert_cmpfloat (hp_incomplete_beta (2, 3, 0), ==, 0);
  g_assert_cmpfloat (hp_incomplete_beta (2, 3, 1), ==, 1);
  g_assert_cmpfloat (hp_student_p_value (0, 5), ==, 1);
  g_assert_cmpfloat (hp_student_p_value (INFINITY, 5), ==, 0);
  g_assert_cmpfloat (hp_student_quantile (0.5, 5), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/distributions/normal", test_normal);
  g_test_add_func ("/distributions/beta", test_beta);
  g_test_add_func ("/distributions/student", test_student);
  g_test_add_func ("/distributions/student-quantile", test_student_quantile);
  g_test_add_func ("/distributions/edges", test_edges);
  return g_test_run ();
}

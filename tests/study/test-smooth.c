/* test-smooth.c - LOWESS and kernel density against R
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "golden/spread.h"
#include "hp-random.h"
#include "hp-smooth.h"

static void
assert_lowess (const double *x, const double *y, gsize n, double span, guint iterations, double delta,
               const double *golden)
{
  g_autofree double *fitted = g_new (double, n);

  hp_lowess (x, y, n, span, iterations, delta, fitted);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (fitted[i], golden[i], 1e-10);
}

static void
test_lowess (void)
{
  gsize n = G_N_ELEMENTS (golden_curve_x), n_tail = G_N_ELEMENTS (golden_tail_x),
        n_places = G_N_ELEMENTS (golden_places_x);

  assert_lowess (golden_curve_x, golden_curve_y, n, HP_LOWESS_SPAN, HP_LOWESS_ITERATIONS, -1, golden_curve_default);
  assert_lowess (golden_curve_x, golden_curve_y, n, 0.2, 3, 0, golden_curve_narrow);
  assert_lowess (golden_curve_x, golden_curve_y, n, 0.5, 0, 0, golden_curve_plain);
  assert_lowess (golden_curve_x, golden_curve_y, n, 0.4, 2, 3, golden_curve_coarse);
  assert_lowess (golden_tail_x, golden_tail_y, n_tail, HP_LOWESS_SPAN, 3, -1, golden_tail_default);
  assert_lowess (golden_tail_x, golden_tail_y, n_tail, 0.3, 3, -1, golden_tail_narrow);
  assert_lowess (golden_places_x, golden_places_y, n_places, HP_LOWESS_SPAN, 3, -1, golden_places_default);
  assert_lowess (golden_places_x, golden_places_y, n_places, 0.25, 3, -1, golden_places_narrow);
}

static void
test_lowess_small (void)
{
  const double x[] = { 1, 2, 3, 3 }, y[] = { 5, 7, 9, 9 };
  double fitted[4] = { 0 };

  hp_lowess (NULL, NULL, 0, 0.5, 3, -1, NULL);
  hp_lowess (x, y, 1, 0.5, 3, -1, fitted);
  g_assert_cmpfloat (fitted[0], ==, 5);
  hp_lowess (x, y, 4, 1, 3, -1, fitted);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (fitted[i], y[i], 1e-12);
  hp_lowess (x + 2, y + 2, 2, 0.5, 3, -1, fitted);
  g_assert_cmpfloat (fitted[1], ==, 9);
}

/* The points shuffled, with some that are not there: the same line, thinned */
static void
test_lowess_curve (void)
{
  gsize n = G_N_ELEMENTS (golden_tail_x);
  double x[G_N_ELEMENTS (golden_tail_x) + 2], y[G_N_ELEMENTS (golden_tail_x) + 2];
  g_autofree guint32 *order = g_new (guint32, n + 2);
  g_autoptr (HpCurve) curve = NULL, all = NULL, none = NULL, one_place = NULL;
  HpRandom random;
  gsize at = 0;

  for (guint32 i = 0; i < n + 2; i++)
    order[i] = i;
  hp_random_init (&random, 5, 0);
  hp_random_shuffle (&random, order, n + 2);
  for (gsize i = 0; i < n; i++)
    {
      x[order[i]] = golden_tail_x[i];
      y[order[i]] = golden_tail_y[i];
    }
  x[order[n]] = NAN;
  y[order[n]] = 1;
  x[order[n + 1]] = 5e5;
  y[order[n + 1]] = INFINITY;

  all = hp_lowess_curve (x, y, n + 2, HP_LOWESS_SPAN, 1000);
  curve = hp_lowess_curve (x, y, n + 2, HP_LOWESS_SPAN, 50);
  g_assert_cmpuint (curve->n, <=, 50);
  g_assert_cmpuint (curve->n, >, 20);
  g_assert_cmpfloat (curve->x[0], ==, golden_tail_x[0]);
  g_assert_cmpfloat (curve->x[curve->n - 1], ==, golden_tail_x[n - 1]);
  for (gsize i = 0; i < curve->n; i++)
    {
      while (golden_tail_x[at] < curve->x[i])
        at++;
      g_assert_cmpfloat (golden_tail_x[at], ==, curve->x[i]);
      g_assert_cmpfloat_with_epsilon (curve->y[i], golden_tail_default[at], 1e-10);
      g_assert_true (i == 0 || curve->x[i] > curve->x[i - 1]);
    }
  g_assert_cmpuint (all->n, >, curve->n);

  none = hp_lowess_curve (x, y, 0, 0.5, 10);
  one_place = hp_lowess_curve ((const double[]){ 3, 3, 3 }, y, 3, 0.5, 10);
  g_assert_cmpuint (none->n + one_place->n, ==, 0);
}

static void
test_bandwidth (void)
{
  double flat[22] = { 1 };

  for (guint i = 1; i < 21; i++)
    flat[i] = 3;
  flat[21] = 9;
  g_assert_cmpfloat_with_epsilon (hp_bandwidth (golden_values, G_N_ELEMENTS (golden_values)), GOLDEN_BANDWIDTH, 1e-14);
  g_assert_cmpfloat_with_epsilon (hp_bandwidth (flat, 22), GOLDEN_BANDWIDTH_FLAT, 1e-14);
  g_assert_cmpfloat_with_epsilon (hp_bandwidth ((const double[]){ 7, 7, 7, 7, NAN, 7 }, 6), GOLDEN_BANDWIDTH_EQUAL,
                                  1e-14);
  g_assert_cmpfloat_with_epsilon (hp_bandwidth ((const double[5]){ 0 }, 5), GOLDEN_BANDWIDTH_ZERO, 1e-14);
  g_assert_true (isnan (hp_bandwidth (flat, 1)));
}

static void
test_density (void)
{
  gsize n = G_N_ELEMENTS (golden_values);
  g_autoptr (HpCurve) curve = hp_density_curve (golden_values, n, 0, -1, 1, 41),
                      wide = hp_density_curve (golden_values, n, 0.3, -1, 1, 41),
                      none = hp_density_curve (golden_values, 0, 0, -1, 1, 41),
                      far_off = hp_density_curve (golden_values, n, 0, 100, 101, 2);

  g_assert_cmpuint (curve->n, ==, 41);
  for (gsize i = 0; i < 41; i++)
    {
      g_assert_cmpfloat_with_epsilon (curve->x[i], -1 + 0.05 * (double) i, 1e-12);
      /* of a density whose peak is 3: dealing to the grid costs a ten-thousandth */
      g_assert_cmpfloat_with_epsilon (curve->y[i], golden_density[i], 6e-4);
      g_assert_cmpfloat_with_epsilon (wide->y[i], golden_density_wide[i], 2e-4);
    }
  g_assert_cmpuint (none->n, ==, 0);
  g_assert_cmpuint (far_off->n, ==, 2);
  g_assert_cmpfloat (far_off->y[0], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smooth/lowess", test_lowess);
  g_test_add_func ("/smooth/lowess-small", test_lowess_small);
  g_test_add_func ("/smooth/lowess-curve", test_lowess_curve);
  g_test_add_func ("/smooth/bandwidth", test_bandwidth);
  g_test_add_func ("/smooth/density", test_density);
  return g_test_run ();
}

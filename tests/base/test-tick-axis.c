/* test-tick-axis.c - where the ticks of an axis are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-tick-axis.h"

static double
step (double range, int max_ticks)
{
  return hp_tick_axis_new (0, range, max_ticks, FALSE).step;
}

static double
months (double range, int max_ticks)
{
  return hp_tick_axis_new_months (0, range, max_ticks).step;
}

static void
test_numbers (void)
{
  HpTickAxis axis = hp_tick_axis_new (334, 5642, 5, FALSE);

  g_assert_cmpfloat (axis.step, ==, 2000);
  g_assert_cmpfloat (hp_tick_axis_first (&axis), ==, 2000);
  axis = hp_tick_axis_new (0.12, 0.19, 4, FALSE);
  g_assert_cmpfloat (fabs (axis.step - 0.02), <, 1e-12);
  g_assert_cmpint (axis.decimals, ==, 2);
  /* never fewer than two ticks, never between whole numbers, never nothing */
  axis = hp_tick_axis_new (79000, 281000, 1, TRUE);
  g_assert_cmpfloat (axis.step, ==, 100000);
  axis = hp_tick_axis_new (0, 3, 10, TRUE);
  g_assert_cmpfloat (axis.step, ==, 1);
  axis = hp_tick_axis_new (5, 5, 4, TRUE);
  g_assert_cmpfloat (axis.from, <, axis.to);
  g_assert_cmpfloat (step (100, 5), ==, 20);
  g_assert_cmpfloat (step (100, 1), ==, 100);
  g_assert_cmpfloat (step (101, 1), ==, 100);
  g_assert_cmpfloat (step (0.9, 10), ==, 0.1);
  g_assert_cmpfloat (step (5308, 6), ==, 1000);
}

static void
test_months (void)
{
  HpTickAxis axis = hp_tick_axis_new_months (2006 * 12, 2010 * 12 + 6, 5);

  g_assert_cmpfloat (axis.step, ==, 12);
  axis = hp_tick_axis_new_months (2010 * 12, 2010 * 12, 5);
  g_assert_cmpfloat (axis.from, <, axis.to);
  g_assert_cmpfloat (months (5, 5), ==, 1);
  g_assert_cmpfloat (months (54, 5), ==, 12);
  g_assert_cmpfloat (months (54, 20), ==, 3);
  g_assert_cmpfloat (months (1200, 5), ==, 240);
}

/* The last is at the end, whatever the sum of the steps is to the last digit */
static void
test_ticks (void)
{
  HpTickAxis axis = hp_tick_axis_new (-0.3, 0.3, 6, FALSE);

  g_assert_cmpuint (hp_tick_axis_n_ticks (&axis), ==, 7);
  g_assert_cmpfloat (hp_tick_axis_tick (&axis, 6), ==, 0.3);
  g_assert_cmpfloat (hp_tick_axis_place (&axis, 0), ==, 0.5);
  axis = hp_tick_axis_new (-0.2, 3, 3, TRUE);
  g_assert_cmpfloat (hp_tick_axis_first (&axis), ==, 0);
  g_assert_false (signbit (hp_tick_axis_first (&axis)));
  /* nor has it dust */
  axis = hp_tick_axis_new (-0.7, 0.2, 9, FALSE);
  g_assert_cmpfloat (hp_tick_axis_tick (&axis, 7), ==, 0);
}

static void
check_month (double from, double to, guint tick, const char *expected)
{
  HpTickAxis axis = hp_tick_axis_new_months (from, to, 5);
  g_autofree char *text = hp_tick_axis_month_text (&axis, hp_tick_axis_tick (&axis, tick));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_month_texts (void)
{
  check_month (2006 * 12, 2010 * 12 + 6, 1, "2007");
  check_month (2009 * 12 + 8, 2010 * 12 + 6, 1, "2009-11");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tick-axis/numbers", test_numbers);
  g_test_add_func ("/tick-axis/months", test_months);
  g_test_add_func ("/tick-axis/ticks", test_ticks);
  g_test_add_func ("/tick-axis/month-texts", test_month_texts);
  return g_test_run ();
}

/* test-ticks.c - what the ticks of an axis say, and in which unit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>
#include <math.h>

#include "hp-chart.h"

/* The x axis of a chart of points from least to largest, as "label: tick tick tick" */
static char *
describe (HpChartAxisKind kind, HpChartFormat format, const char *unit, double least, double largest)
{
  g_autoptr (HpChart) chart = hp_chart_new ("test");
  HpChartSeries *series = hp_chart_add_series (chart, HP_SERIES_POINTS, HP_ROLE_SERIES_1, NULL, 2);
  GString *text = g_string_new (NULL);

  series->x[0] = least;
  series->x[1] = largest;
  chart->x.kind = kind;
  hp_chart_axis_set (&chart->x, "Thing", format, unit);
  hp_chart_finish (chart);
  g_string_append_printf (text, "%s:", chart->x.label);
  for (guint i = 0; i < chart->x.ticks->len; i++)
    {
      const HpChartTick *tick = &g_array_index (chart->x.ticks, HpChartTick, i);

      g_assert_cmpfloat (tick->at, >=, chart->x.from);
      g_assert_cmpfloat (tick->at, <=, chart->x.to);
      if (i > 0)
        g_assert_cmpfloat (tick->at, >, tick[-1].at);
      g_string_append_printf (text, " %s", tick->text);
    }
  return g_string_free (text, FALSE);
}

static void
check (HpChartAxisKind kind, HpChartFormat format, const char *unit, double least, double largest, const char *expected)
{
  g_autofree char *text = describe (kind, format, unit, least, largest);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_money (void)
{
  check (HP_AXIS_NUMBER, HP_FORMAT_MONEY, "USD", 34900, 755000, "Thing, thousand USD: 100 200 300 400 500 600 700");
  check (HP_AXIS_NUMBER, HP_FORMAT_MONEY, NULL, -200000, 200000,
         "Thing, thousands: −200 −150 −100 −50 0 50 100 150 200");
  check (HP_AXIS_NUMBER, HP_FORMAT_MONEY, "USD", 0, 3000, "Thing, USD: 0 500 1,000 1,500 2,000 2,500 3,000");
  check (HP_AXIS_NUMBER, HP_FORMAT_MONEY, "EUR", 1.5e6, 8.2e6, "Thing, million EUR: 2 3 4 5 6 7 8");
  check (HP_AXIS_NUMBER, HP_FORMAT_MONEY, "USD", 12000, 14000, "Thing, thousand USD: 12.0 12.5 13.0 13.5 14.0");
  check (HP_AXIS_NUMBER, HP_FORMAT_MONEY, "IDR", 1e9, 9e9, "Thing, billion IDR: 1 2 3 4 5 6 7 8 9");
}

static void
test_numbers (void)
{
  check (HP_AXIS_NUMBER, HP_FORMAT_NUMBER, "ft²", 334, 5642, "Thing, ft²: 1,000 2,000 3,000 4,000 5,000");
  check (HP_AXIS_NUMBER, HP_FORMAT_NUMBER, NULL, -0.7, 0.2, "Thing: −0.7 −0.6 −0.5 −0.4 −0.3 −0.2 −0.1 0.0 0.1 0.2");
  check (HP_AXIS_NUMBER, HP_FORMAT_NUMBER, NULL, 0, 2.5e7, "Thing, millions: 0 5 10 15 20 25");
  check (HP_AXIS_NUMBER, HP_FORMAT_NUMBER, NULL, 0, 3e-7, "Thing, 10⁻⁹: 0 50 100 150 200 250 300");
  check (HP_AXIS_NUMBER, HP_FORMAT_YEAR, NULL, 1872, 2010, "Thing: 1880 1900 1920 1940 1960 1980 2000");
  check (HP_AXIS_NUMBER, HP_FORMAT_PERCENT, NULL, 0.72, 0.97, "Thing: 75 % 80 % 85 % 90 % 95 %");
  check (HP_AXIS_NUMBER, HP_FORMAT_PERCENT, NULL, 0.004, 0.012,
         "Thing: 0.4 % 0.5 % 0.6 % 0.7 % 0.8 % 0.9 % 1.0 % 1.1 % 1.2 %");
  check (HP_AXIS_NUMBER, HP_FORMAT_COUNT, NULL, 1, 3, "Thing: 1 2 3");
}

static void
test_dates (void)
{
  check (HP_AXIS_DATE, HP_FORMAT_NUMBER, NULL, 2006 * 12, 2010 * 12 + 6, "Thing: 2006 2007 2008 2009 2010");
  check (HP_AXIS_DATE, HP_FORMAT_NUMBER, NULL, 2008 * 12 + 4, 2008 * 12 + 9,
         "Thing: 2008-05 2008-06 2008-07 2008-08 2008-09 2008-10");
  check (HP_AXIS_DATE, HP_FORMAT_NUMBER, NULL, 2008 * 12, 2009 * 12 + 6,
         "Thing: 2008-01 2008-04 2008-07 2008-10 2009-01 2009-04 2009-07");
}

/* There is a range, whatever there is to show */
static void
test_degenerate (void)
{
  check (HP_AXIS_NUMBER, HP_FORMAT_MONEY, "USD", 100000, 100000,
         "Thing, thousand USD: 90 92 94 96 98 100 102 104 106 108 110");
  check (HP_AXIS_NUMBER, HP_FORMAT_NUMBER, NULL, 0, 0, "Thing: −1.0 −0.8 −0.6 −0.4 −0.2 0.0 0.2 0.4 0.6 0.8 1.0");
  check (HP_AXIS_NUMBER, HP_FORMAT_NUMBER, NULL, NAN, NAN, "Thing:");
  check (HP_AXIS_NUMBER, HP_FORMAT_NUMBER, NULL, NAN, INFINITY, "Thing:");
  check (HP_AXIS_NUMBER, HP_FORMAT_NUMBER, NULL, -1e308, 1e308, "Thing:");
  check (HP_AXIS_DATE, HP_FORMAT_NUMBER, NULL, 24000, 24000, "Thing: 1999-12 2000-01 2000-02");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_add_func ("/chart/ticks/money", test_money);
  g_test_add_func ("/chart/ticks/numbers", test_numbers);
  g_test_add_func ("/chart/ticks/dates", test_dates);
  g_test_add_func ("/chart/ticks/degenerate", test_degenerate);
  return g_test_run ();
}

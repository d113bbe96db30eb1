/* test-chart.c - a chart is built, finished and written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "hp-chart.h"

static HpChartTick
get_tick (const HpChartAxis *axis, guint i)
{
  g_assert_cmpuint (i, <, axis->ticks->len);
  return g_array_index (axis->ticks, HpChartTick, i);
}

static HpChartSeries *
add (HpChart *chart, HpChartSeriesKind kind, double x, double y)
{
  HpChartSeries *series = hp_chart_add_series (chart, kind, HP_ROLE_SERIES_1, NULL, 1);

  series->x[0] = x;
  series->y[0] = y;
  return series;
}

static void
test_ranges (void)
{
  g_autoptr (HpChart) chart = hp_chart_new ("test");
  HpChartSeries *band;

  add (chart, HP_SERIES_POINTS, 0, 10);
  add (chart, HP_SERIES_POINTS, 100, NAN);
  band = add (chart, HP_SERIES_BAND, 50, -10);
  band->y2 = g_new (double, 1);
  band->y2[0] = 30;
  hp_chart_add_line (chart, HP_LINE_HORIZONTAL, 90, "target");
  hp_chart_add_line (chart, HP_LINE_DIAGONAL, 1e6, NULL);
  hp_chart_finish (chart);
  g_assert_null (chart->empty);
  /* Nothing there is below 0 */
  g_assert_cmpfloat (chart->x.from, ==, 0);
  g_assert_cmpfloat (chart->x.to, ==, 104);
  g_assert_cmpfloat (chart->y.from, ==, -14);
  g_assert_cmpfloat (chart->y.to, ==, 94);
}

/* A range that was chosen stays, and bars stand on the frame */
static void
test_bars (void)
{
  g_autoptr (HpChart) chart = hp_chart_new ("test");
  HpChartSeries *bars = add (chart, HP_SERIES_BARS, 1, 50);

  bars->x2 = g_new (double, 1);
  bars->y2 = g_new (double, 1);
  bars->x2[0] = 3;
  bars->y2[0] = 0;
  chart->x.from = 0;
  chart->x.to = 7;
  hp_chart_finish (chart);
  g_assert_cmpfloat (chart->x.from, ==, 0);
  g_assert_cmpfloat (chart->x.to, ==, 7);
  g_assert_cmpfloat (chart->y.from, ==, 0);
  g_assert_cmpfloat (chart->y.to, ==, 52);
}

static void
test_categories (void)
{
  g_autoptr (HpChart) chart = hp_chart_new ("test");
  HpChartSeries *series = hp_chart_add_series (chart, HP_SERIES_BOXES, HP_ROLE_SERIES_1, NULL, 0);
  HpChartBox box = { .at = 1, .whisker_low = 0, .q1 = 4, .median = 5, .q3 = 6, .whisker_high = 10, .n = 30 };

  g_array_append_val (series->boxes, box);
  hp_chart_axis_add_category (&chart->x, "NAmes");
  hp_chart_axis_add_category (&chart->x, "Ein ausgesprochen langer Name einer sehr kleinen Gegend");
  hp_chart_axis_add_category (&chart->x, "حي\xe2\x80\xae\nالنخيل");
  hp_chart_finish (chart);
  g_assert_null (chart->empty);
  g_assert_cmpfloat (chart->x.from, ==, -0.5);
  g_assert_cmpfloat (chart->x.to, ==, 2.5);
  g_assert_cmpfloat (chart->y.from, ==, 0);
  g_assert_cmpfloat (chart->y.to, ==, 10.4);
  g_assert_cmpstr (get_tick (&chart->x, 0).text, ==, "NAmes");
  g_assert_cmpint (g_utf8_strlen (get_tick (&chart->x, 1).text, -1), <=, HP_CHART_MAX_LABEL_CHARS);
  g_assert_true (g_str_has_suffix (get_tick (&chart->x, 1).text, "…"));
  /* What would turn the rest of the chart around is not let through */
  g_assert_null (strstr (get_tick (&chart->x, 2).text, "\xe2\x80\xae"));
  g_assert_null (strchr (get_tick (&chart->x, 2).text, '\n'));
}

static void
test_empty (void)
{
  g_autoptr (HpChart) chart = hp_chart_new ("test");

  hp_chart_add_series (chart, HP_SERIES_POINTS, HP_ROLE_SERIES_1, NULL, 0);
  hp_chart_finish (chart);
  g_assert_nonnull (chart->empty);
  g_assert_cmpfloat (chart->x.from, <, chart->x.to);
  g_assert_cmpfloat (chart->y.from, <, chart->y.to);

  hp_chart_free (chart);
  chart = hp_chart_new_empty ("test", "No dates. Name the column.");
  g_assert_cmpstr (chart->empty, ==, "No dates. Name the column.");
  hp_chart_free (NULL);
}

static void
test_json (void)
{
  g_autoptr (HpChart) chart = hp_chart_new ("test");
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  HpChartSeries *points = add (chart, HP_SERIES_POINTS, 1, NAN);
  g_autofree char *json = NULL;

  points->label = g_strdup ("3");
  points->row = g_new (guint64, 1);
  points->row[0] = 17;
  points->flags = g_new (guint8, 1);
  points->flags[0] = HP_POINT_OUTLIER;
  chart->summary = g_strdup ("All is well.");
  chart->x.from = 0;
  chart->x.to = 2;
  chart->y.from = -1;
  chart->y.to = 1;
  hp_chart_axis_set (&chart->x, "Price", HP_FORMAT_COUNT, "USD");
  hp_chart_axis_set (&chart->y, NULL, HP_FORMAT_COUNT, NULL);
  hp_chart_add_line (chart, HP_LINE_HORIZONTAL, 0, NULL)->dashed = TRUE;
  hp_chart_add_label (chart, 1, 0, 17, NULL);
  hp_chart_scale_set (&chart->scale, "Error", HP_FORMAT_PERCENT, NULL, TRUE, -1, 0, 1);
  hp_chart_finish (chart);
  hp_chart_write_json (chart, writer);
  json = hp_json_writer_steal (writer, NULL);
  g_assert_cmpstr (
    json, ==,
    "{\"kind\":\"test\",\"summary\":\"All is well.\",\"empty\":\"There is nothing to draw: no sale has a value here.\","
    "\"x\":{\"kind\":\"number\",\"label\":\"Price, "
    "USD\",\"from\":0,\"to\":2,\"ticks\":[{\"at\":0,\"text\":\"0\"},{\"at\":1,\"text\":\"1\"},{\"at\":2,\"text\":\"2\"}"
    "]},"
    "\"y\":{\"kind\":\"number\",\"from\":-1,\"to\":1,\"ticks\":[{\"at\":-1,\"text\":\"−1\"},{\"at\":0,\"text\":\"0\"},{"
    "\"at\":1,\"text\":\"1\"}]},"
    "\"series\":[{\"kind\":\"points\",\"role\":\"series_1\",\"label\":\"3\",\"x\":[1],\"y\":[null],\"row\":[17],"
    "\"outliers\":[0]}],\"lines\":[{\"kind\":\"horizontal\",\"at\":0,\"role\":\"reference\",\"dashed\":true}],"
    "\"labels\":[{\"x\":1,\"y\":0,\"row\":17,\"text\":\"17\"}],"
    "\"scale\":{\"label\":\"Error\",\"diverging\":true,\"low\":-1,\"middle\":0,\"high\":1,"
    "\"ticks\":[{\"at\":-1,\"text\":\"−100 %\"},{\"at\":-0.8,\"text\":\"−80 %\"},"
    "{\"at\":-0.6,\"text\":\"−60 %\"},{\"at\":-0.4,\"text\":\"−40 %\"},{\"at\":-0.2,\"text\":\"−20 %\"},"
    "{\"at\":0,\"text\":\"0 %\"},{\"at\":0.2,\"text\":\"20 %\"},{\"at\":0.4,\"text\":\"40 %\"},"
    "{\"at\":0.6,\"text\":\"60 %\"},{\"at\":0.8,\"text\":\"80 %\"},{\"at\":1,\"text\":\"100 %\"}]}}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_add_func ("/chart/ranges", test_ranges);
  g_test_add_func ("/chart/bars", test_bars);
  g_test_add_func ("/chart/categories", test_categories);
  g_test_add_func ("/chart/empty", test_empty);
  g_test_add_func ("/chart/json", test_json);
  return g_test_run ();
}

/* test-numbers.c - charts show what NumPy, SciPy and statsmodels compute of the same sales (tests/golden/make-chart.py)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "../golden/chart.h"
#include "chart-support.h"

typedef struct
{
  HpResidualSet *set;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->set = support_load_holdout ("house-boosting.csv", "2", "data/house_data.schema.yaml", HP_TARGET_LOG);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hp_residual_set_free (fixture->set);
}

static HpChart *
make (Fixture *fixture, const char *kind)
{
  const HpChartSource source = { .sets = &fixture->set, .n_sets = 1 };

  return support_make_chart (kind, &source);
}

static const HpChartSeries *
find_series (const HpChart *chart, HpChartSeriesKind kind)
{
  for (guint i = 0; i < chart->series->len; i++)
    if (((HpChartSeries *) chart->series->pdata[i])->kind == kind)
      return chart->series->pdata[i];
  g_assert_not_reached ();
}

static void
test_outliers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpChart) chart = make (fixture, "residuals-fitted");
  const HpChartSeries *points = find_series (chart, HP_SERIES_POINTS);
  guint flagged = 0;

  for (gsize i = 0; i < points->n; i++)
    flagged += points->flags[i] & HP_POINT_OUTLIER;
  g_assert_cmpuint (flagged, ==, CHART_N_OUTLIERS);
  g_assert_cmpuint (chart->labels->len, ==, G_N_ELEMENTS (chart_outlier_rows));
  for (guint i = 0; i < chart->labels->len; i++)
    g_assert_cmpfloat ((double) ((HpChartLabel *) chart->labels->pdata[i])->row, ==, chart_outlier_rows[i]);
}

static void
test_fanning (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpChart) chart = make (fixture, "residuals-fitted");
  g_autofree char *expected = g_strdup_printf ("the spread of the top tenth is %.1f times", CHART_FANNING);

  g_assert_nonnull (strstr (chart->summary, expected));
}

static void
check_ranges (const HpChart *chart, const double *value, const double *low, const double *high)
{
  const HpChartSeries *ranges = find_series (chart, HP_SERIES_RANGES);

  g_assert_cmpuint (ranges->n, ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpfloat (ranges->x[i], ==, i);
      g_assert_cmpfloat_with_epsilon (ranges->mid[i], value[i], 1e-12);
      g_assert_cmpfloat_with_epsilon (ranges->y[i], low[i], 1e-12);
      g_assert_cmpfloat_with_epsilon (ranges->y2[i], high[i], 1e-12);
    }
}

static void
test_tenths (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpChart) ratios = make (fixture, "ratio-decile"), coverage = make (fixture, "coverage");

  check_ranges (ratios, chart_ratio_median, chart_ratio_low, chart_ratio_high);
  check_ranges (coverage, chart_coverage, chart_coverage_low, chart_coverage_high);
}

/* Between the points of the curve that is drawn */
static double
read_off (const HpChartSeries *line, double x)
{
  for (gsize i = 1; i < line->n; i++)
    if (x <= line->x[i])
      return line->y[i - 1] + (line->y[i] - line->y[i - 1]) * (x - line->x[i - 1]) / (line->x[i] - line->x[i - 1]);
  g_assert_not_reached ();
}

/* The curve has fewer points than there are sales, which may cost a thousandth, of errors around a tenth */
static void
test_trend (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpChart) chart = make (fixture, "residuals-sqft");
  const HpChartSeries *line = find_series (chart, HP_SERIES_LINE);

  for (guint i = 0; i < G_N_ELEMENTS (chart_trend_x); i++)
    g_assert_cmpfloat_with_epsilon (read_off (line, chart_trend_x[i]), chart_trend_y[i], 1e-3);
}

static void
test_boxes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpChart) chart = make (fixture, "residuals-condition");
  const HpChartSeries *boxes = find_series (chart, HP_SERIES_BOXES);
  gboolean found = FALSE;

  for (guint i = 0; i < boxes->boxes->len; i++)
    {
      const HpChartBox *box = &g_array_index (boxes->boxes, HpChartBox, i);

      if (!g_str_equal (g_array_index (chart->y.ticks, HpChartTick, (guint) box->at).text, "Good"))
        continue;
      found = TRUE;
      g_assert_cmpuint (box->n, ==, CHART_GOOD_N);
      g_assert_cmpfloat_with_epsilon (box->median, CHART_GOOD_MEDIAN, 1e-12);
    }
  g_assert_true (found);
}

static void
test_map (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpChart) chart = make (fixture, "map");
  g_autofree char *expected = g_strdup_printf ("in the %s: half of the %d sales there are more than %.1f %% above",
                                               CHART_PART, CHART_PART_N, 100 * CHART_PART_MEDIAN);

  g_assert_nonnull (strstr (chart->summary, expected));
  g_assert_cmpfloat_with_epsilon (chart->scale.high, CHART_COLOUR_REACH, 1e-12);
  g_assert_cmpfloat (chart->scale.low, ==, -chart->scale.high);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
#define ADD(name, func) g_test_add ("/chart/numbers/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("outliers", test_outliers);
  ADD ("fanning", test_fanning);
  ADD ("tenths", test_tenths);
  ADD ("trend", test_trend);
  ADD ("boxes", test_boxes);
  ADD ("map", test_map);
  return g_test_run ();
}

/* plot-samples.c - charts of every shape, made up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plot-samples.h"

#include <math.h>

#include "hp-random.h"

static HpRandom
make_random (guint64 stream)
{
  HpRandom random;

  hp_random_init (&random, 7, stream);
  return random;
}

static double
normal (HpRandom *random)
{
  return hp_random_normal (random);
}

static void
set_words (HpChart *chart, const char *title, const char *subtitle)
{
  chart->title = g_strdup (title);
  chart->subtitle = g_strdup (subtitle);
  chart->summary = g_strdup ("What there is to see, in <one> sentence & no more.");
}

/* Residuals against prices: points of one or several versions, zero, a curve with its band, outliers */
HpChart *
plot_sample_cloud (gsize n, guint n_series)
{
  static const char *const names[] = { "Version 1", "Version 2", "Version 3", "Version 4" };
  HpChart *chart = hp_chart_new ("residuals-fitted");
  HpRandom random = make_random (1);
  HpChartSeries *series;

  set_words (chart, "Residuals and predicted prices", "version 3 · made-up sales");
  hp_chart_axis_set (&chart->x, "Predicted price", HP_FORMAT_MONEY, "USD");
  hp_chart_axis_set (&chart->y, "Residual", HP_FORMAT_MONEY, "USD");
  hp_chart_add_line (chart, HP_LINE_HORIZONTAL, 0, NULL);
  series = hp_chart_add_series (chart, HP_SERIES_BAND, HP_ROLE_TREND, "± 1 FSD", 2);
  series->y2 = g_new0 (double, 2);
  series->x[0] = 50000;
  series->x[1] = 900000;
  for (int i = 0; i < 2; i++)
    {
      series->y[i] = -series->x[i] * 0.12;
      series->y2[i] = series->x[i] * 0.12;
    }
  for (guint s = 0; s < n_series; s++)
    {
      series = hp_chart_add_series (chart, HP_SERIES_POINTS, HP_ROLE_SERIES_1 + s, n_series > 1 ? names[s] : NULL, n);
      series->row = g_new0 (guint64, n);
      series->flags = g_new0 (guint8, n);
      for (gsize i = 0; i < n; i++)
        {
          series->x[i] = 60000 + 200000 * exp (normal (&random) * 0.5);
          series->y[i] = series->x[i] * 0.12 * normal (&random) * (i % 50 == 0 ? 3 : 1);
          series->row[i] = i + 1;
          if (fabs (series->y[i]) > series->x[i] * 0.45)
            {
              series->flags[i] = HP_POINT_OUTLIER;
              hp_chart_add_label (chart, series->x[i], series->y[i], i + 1, NULL);
            }
        }
    }
  series = hp_chart_add_series (chart, HP_SERIES_LINE, HP_ROLE_TREND, "LOWESS", 60);
  for (int i = 0; i < 60; i++)
    {
      series->x[i] = 80000 + i * 12000;
      series->y[i] = sin (i / 12.0) * 9000;
    }
  hp_chart_finish (chart);
  return chart;
}

static HpChart *
make_residuals (void)
{
  return plot_sample_cloud (2930, 1);
}

static HpChart *
make_overlay (void)
{
  return plot_sample_cloud (150, 3);
}

static HpChart *
make_many (void)
{
  return plot_sample_cloud (20000, 1);
}

static HpChart *
make_actual (void)
{
  HpChart *chart = hp_chart_new ("actual-predicted");
  HpRandom random = make_random (2);
  HpChartSeries *series;

  set_words (chart, "Prices paid and predicted", "version 3 · 400 sales");
  hp_chart_axis_set (&chart->x, "Predicted price", HP_FORMAT_MONEY, "USD");
  hp_chart_axis_set (&chart->y, "Price paid", HP_FORMAT_MONEY, "USD");
  chart->equal = TRUE;
  hp_chart_add_line (chart, HP_LINE_DIAGONAL, 0, "Paid as predicted");
  series = hp_chart_add_series (chart, HP_SERIES_POINTS, HP_ROLE_SERIES_1, NULL, 400);
  series->row = g_new0 (guint64, 400);
  for (gsize i = 0; i < series->n; i++)
    {
      series->x[i] = 200000 * exp (normal (&random) * 0.4);
      series->y[i] = series->x[i] * exp (normal (&random) * 0.12);
      series->row[i] = i + 1;
      if (fabs (log (series->y[i] / series->x[i])) > 0.3)
        hp_chart_add_label (chart, series->x[i], series->y[i], i + 1, NULL);
    }
  hp_chart_finish (chart);
  return chart;
}

static HpChart *
make_histogram (void)
{
  HpChart *chart = hp_chart_new ("histogram");
  HpChartSeries *series;

  set_words (chart, "Distribution of the residuals", "version 3 · 2,930 sales");
  hp_chart_axis_set (&chart->x, "Residual", HP_FORMAT_PERCENT, NULL);
  hp_chart_axis_set (&chart->y, "Sales", HP_FORMAT_COUNT, NULL);
  series = hp_chart_add_series (chart, HP_SERIES_BARS, HP_ROLE_SERIES_1, NULL, 40);
  series->x2 = g_new0 (double, 40);
  series->y2 = g_new0 (double, 40);
  for (int i = 0; i < 40; i++)
    {
      series->x[i] = (i - 20) * 0.02;
      series->x2[i] = series->x[i] + 0.02;
      series->y[i] = floor (300 * exp (-pow ((i - 19.5) / 7, 2)));
    }
  series = hp_chart_add_series (chart, HP_SERIES_LINE, HP_ROLE_TREND, "Normal curve", 100);
  series->dashed = TRUE;
  for (int i = 0; i < 100; i++)
    {
      series->x[i] = -0.4 + i * 0.008;
      series->y[i] = 270 * exp (-pow (series->x[i] / 0.15, 2));
    }
  series = hp_chart_add_series (chart, HP_SERIES_LINE, HP_ROLE_SERIES_2, "Kernel density", 100);
  for (int i = 0; i < 100; i++)
    {
      series->x[i] = -0.4 + i * 0.008;
      series->y[i] = 300 * exp (-pow (series->x[i] / 0.14, 2));
    }
  hp_chart_add_line (chart, HP_LINE_VERTICAL, 0.013, "median");
  hp_chart_finish (chart);
  return chart;
}

static HpChart *
make_qq (void)
{
  HpChart *chart = hp_chart_new ("qq");
  HpRandom random = make_random (3);
  HpChartSeries *series;
  const int n = 300;

  set_words (chart, "Normal quantiles of the residuals", "version 3");
  hp_chart_axis_set (&chart->x, "Normal quantile", HP_FORMAT_NUMBER, NULL);
  hp_chart_axis_set (&chart->y, "Standardised residual", HP_FORMAT_NUMBER, NULL);
  hp_chart_add_line (chart, HP_LINE_DIAGONAL, 0, "Normal");
  series = hp_chart_add_series (chart, HP_SERIES_BAND, HP_ROLE_REFERENCE, "95 % of normal samples", n);
  series->y2 = g_new0 (double, n);
  for (int i = 0; i < n; i++)
    {
      series->x[i] = -3 + 6.0 * i / (n - 1);
      series->y[i] = series->x[i] - 0.1 - 0.03 * series->x[i] * series->x[i];
      series->y2[i] = series->x[i] + 0.1 + 0.03 * series->x[i] * series->x[i];
    }
  series = hp_chart_add_series (chart, HP_SERIES_POINTS, HP_ROLE_SERIES_1, NULL, n);
  for (int i = 0; i < n; i++)
    {
      series->x[i] = -3 + 6.0 * i / (n - 1);
      series->y[i] = series->x[i] + pow (series->x[i], 3) * 0.05 + normal (&random) * 0.03;
    }
  hp_chart_finish (chart);
  return chart;
}

static HpChart *
make_boxes (void)
{
  static const char *const places[]
    = { "Sawyer",        "North Ames",    "Old Town",           "Edwards",
        "Somerset",      "Gilbert",       "Northridge Heights", "Iowa DOT and Rail Road",
        "College Creek", "Meadow Village" };
  HpChart *chart = hp_chart_new ("residuals-neighborhood");
  HpChartSeries *series;

  set_words (chart, "Residuals by neighborhood", "version 3 · 2,930 sales");
  hp_chart_axis_set (&chart->x, "Neighborhood", HP_FORMAT_NUMBER, NULL);
  hp_chart_axis_set (&chart->y, "Residual", HP_FORMAT_PERCENT, NULL);
  hp_chart_add_line (chart, HP_LINE_HORIZONTAL, 0, NULL);
  series = hp_chart_add_series (chart, HP_SERIES_BOXES, HP_ROLE_SERIES_1, NULL, 0);
  series->boxes = g_array_new (FALSE, TRUE, sizeof (HpChartBox));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      double middle = sin (i * 2.3) * 0.04, half = 0.06 + 0.02 * cos (i);
      HpChartBox box
        = { i, middle - half * 2.4, middle - half, middle, middle + half, middle + half * 2.2, 40, i == 7 };

      g_array_append_val (series->boxes, box);
      hp_chart_axis_add_category (&chart->x, places[i]);
    }
  hp_chart_finish (chart);
  return chart;
}

static HpChart *
make_map (void)
{
  HpChart *chart = hp_chart_new ("map");
  HpRandom random = make_random (4);
  HpChartSeries *series;
  const int n = 900;

  set_words (chart, "Where prices are missed", "version 3 · 900 sales");
  hp_chart_axis_set (&chart->x, "Longitude", HP_FORMAT_NUMBER, "°");
  hp_chart_axis_set (&chart->y, "Latitude", HP_FORMAT_NUMBER, "°");
  chart->equal = TRUE;
  chart->aspect = 1.28;
  hp_chart_scale_set (&chart->scale, "Residual", HP_FORMAT_PERCENT, NULL, TRUE, -0.3, 0, 0.3);
  series = hp_chart_add_series (chart, HP_SERIES_POINTS, HP_ROLE_VALUE, NULL, n);
  series->value = g_new0 (double, n);
  series->row = g_new0 (guint64, n);
  for (int i = 0; i < n; i++)
    {
      series->x[i] = -121.4 + normal (&random) * 0.12;
      series->y[i] = 38.6 + normal (&random) * 0.12;
      series->value[i] = i == 5 ? NAN : sin (series->x[i] * 20) * 0.2 + normal (&random) * 0.08;
      series->row[i] = (guint64) i + 1;
    }
  hp_chart_finish (chart);
  return chart;
}

static HpChart *
make_waterfall (void)
{
  static const char *const names[]
    = { "Average sale", "Living area", "Year built", "Neighborhood", "Lot size", "Bathrooms", "Garage", "All else" };
  static const double steps[] = { 181000, 42000, 31500, -18200, 12000, -6400, 3100, -900 };
  HpChart *chart = hp_chart_new ("waterfall");
  HpChartSeries *up, *down;
  double at = 0;

  set_words (chart, "How the price comes about", "2,100 ft² in Sawyer: 244,100 USD");
  hp_chart_axis_set (&chart->x, "Price", HP_FORMAT_MONEY, "USD");
  up = hp_chart_add_series (chart, HP_SERIES_BARS, HP_ROLE_UP, "raises the price", 5);
  down = hp_chart_add_series (chart, HP_SERIES_BARS, HP_ROLE_DOWN, "lowers it", 3);
  for (int s = 0; s < 2; s++)
    {
      HpChartSeries *series = s == 0 ? up : down;

      series->horizontal = TRUE;
      series->x2 = g_new0 (double, series->n);
      series->y2 = g_new0 (double, series->n);
      series->texts = g_new0 (char *, series->n + 1);
    }
  for (guint i = 0, n_up = 0, n_down = 0; i < G_N_ELEMENTS (names); i++)
    {
      HpChartSeries *series = steps[i] > 0 ? up : down;
      guint k = steps[i] > 0 ? n_up++ : n_down++;

      series->x2[k] = at;
      series->x[k] = at += steps[i];
      series->y[k] = 7 - i - 0.35;
      series->y2[k] = 7 - i + 0.35;
      series->texts[k] = g_strdup_printf ("%+.1f", steps[i] / 1000);
    }
  for (int i = 7; i >= 0; i--)
    hp_chart_axis_add_category (&chart->y, names[i]);
  hp_chart_finish (chart);
  return chart;
}

HpChart *
plot_sample_categories (guint n, gboolean horizontal, const char *const *labels)
{
  HpChart *chart = hp_chart_new ("importance");
  HpChartAxis *places = horizontal ? &chart->y : &chart->x, *values = horizontal ? &chart->x : &chart->y;
  HpChartSeries *series = hp_chart_add_series (chart, HP_SERIES_BARS, HP_ROLE_SERIES_1, NULL, n);

  set_words (chart, "What the price depends on", "permutation importance");
  series->horizontal = horizontal;
  series->x2 = g_new0 (double, n);
  series->y2 = g_new0 (double, n);
  hp_chart_axis_set (values, "Increase of the error", HP_FORMAT_MONEY, "USD");
  for (guint i = 0; i < n; i++)
    {
      double value = 30000.0 * (i + 1) / n;
      g_autofree char *label = labels != NULL ? g_strdup (labels[i]) : g_strdup_printf ("Segment %u", i + 1);

      (horizontal ? series->x : series->y)[i] = value;
      (horizontal ? series->y : series->x)[i] = i - 0.35;
      (horizontal ? series->y2 : series->x2)[i] = i + 0.35;
      hp_chart_axis_add_category (places, label);
    }
  hp_chart_finish (chart);
  return chart;
}

static const char *const long_labels[] = { "A label of a neighborhood that is fifty characters",
                                           "שכונת הגפן הירוקה שליד הנהר הגדול",
                                           "حي النخيل الجديد قرب السوق القديم",
                                           "東京都千代田区丸の内一丁目二番地",
                                           "Short",
                                           "Ĉiuĵaŭde eĥoŝanĝo en la malnova urbo de la nordo" };

static HpChart *
make_long_horizontal (void)
{
  return plot_sample_categories (G_N_ELEMENTS (long_labels), TRUE, long_labels);
}

static HpChart *
make_long_vertical (void)
{
  return plot_sample_categories (G_N_ELEMENTS (long_labels), FALSE, long_labels);
}

static HpChart *
make_thousand (void)
{
  return plot_sample_categories (1000, FALSE, NULL);
}

static HpChart *
make_thousand_horizontal (void)
{
  return plot_sample_categories (1000, TRUE, NULL);
}

static HpChart *
make_dependence (void)
{
  HpChart *chart = hp_chart_new ("dependence-sqft");
  HpChartSeries *series;

  set_words (chart, "Price and living area", "version 3 · 60 houses");
  hp_chart_axis_set (&chart->x, "Living area", HP_FORMAT_NUMBER, "ft²");
  hp_chart_axis_set (&chart->y, "Predicted price", HP_FORMAT_MONEY, "USD");
  for (int line = 0; line < 60; line++)
    {
      series = hp_chart_add_series (chart, HP_SERIES_LINE, HP_ROLE_MUTED, line == 0 ? "single houses" : NULL, 30);
      series->faint = TRUE;
      series->width = 1;
      for (int i = 0; i < 30; i++)
        {
          series->x[i] = 600 + i * 100;
          series->y[i] = 100000 + line * 2500 + i * (3000 + 40 * line) - (i > 18 ? (i - 18) * 2000 : 0);
        }
    }
  series = hp_chart_add_series (chart, HP_SERIES_LINE, HP_ROLE_SERIES_1, "on average", 30);
  series->width = 3;
  for (int i = 0; i < 30; i++)
    {
      series->x[i] = 600 + i * 100;
      series->y[i] = i == 12 ? NAN : 174000 + i * 4200 - (i > 18 ? (i - 18) * 2000 : 0);
    }
  hp_chart_finish (chart);
  return chart;
}

static HpChart *
make_ranges (void)
{
  static const char *const names[] = { "R²", "MAE", "RMSE", "MAPE", "COD" };
  HpChart *chart = hp_chart_new ("compare-delta");
  HpChartSeries *series = hp_chart_add_series (chart, HP_SERIES_RANGES, HP_ROLE_SERIES_1, NULL, 5);

  set_words (chart, "Version 4 against version 3", "the same 2,930 sales");
  series->horizontal = TRUE;
  series->x2 = g_new0 (double, 5);
  series->mid = g_new0 (double, 5);
  hp_chart_axis_set (&chart->x, "Difference", HP_FORMAT_PERCENT, NULL);
  for (int i = 0; i < 5; i++)
    {
      series->y[i] = i;
      series->mid[i] = -0.04 + i * 0.017;
      series->x[i] = series->mid[i] - 0.02 - i * 0.004;
      series->x2[i] = series->mid[i] + 0.02 + i * 0.004;
      hp_chart_axis_add_category (&chart->y, names[i]);
    }
  hp_chart_add_line (chart, HP_LINE_VERTICAL, 0, "no difference");
  hp_chart_finish (chart);
  return chart;
}

static HpChart *
make_one (void)
{
  HpChart *chart = plot_sample_cloud (1, 1);

  return chart;
}

static HpChart *
make_equal_values (void)
{
  HpChart *chart = hp_chart_new ("actual-predicted");
  HpChartSeries *series = hp_chart_add_series (chart, HP_SERIES_POINTS, HP_ROLE_SERIES_1, NULL, 20);

  set_words (chart, "All sales alike", NULL);
  chart->equal = TRUE;
  hp_chart_axis_set (&chart->x, "Predicted price", HP_FORMAT_MONEY, "USD");
  hp_chart_axis_set (&chart->y, "Price paid", HP_FORMAT_MONEY, "USD");
  for (gsize i = 0; i < series->n; i++)
    series->x[i] = series->y[i] = 250000;
  hp_chart_finish (chart);
  return chart;
}

static HpChart *
make_empty (void)
{
  HpChart *chart = hp_chart_new ("map");

  set_words (chart, "Where prices are missed", NULL);
  chart->empty
    = g_strdup ("The sales have no coordinates: name their columns with the roles latitude and longitude in the "
                "schema, and train again.");
  hp_chart_finish (chart);
  return chart;
}

const PlotSample plot_samples[] = {
  { "residuals", make_residuals },
  { "overlay", make_overlay },
  { "many", make_many },
  { "actual", make_actual },
  { "histogram", make_histogram },
  { "qq", make_qq },
  { "boxes", make_boxes },
  { "map", make_map },
  { "waterfall", make_waterfall },
  { "dependence", make_dependence },
  { "ranges", make_ranges },
  { "long-horizontal", make_long_horizontal },
  { "long-vertical", make_long_vertical },
  { "thousand", make_thousand },
  { "thousand-horizontal", make_thousand_horizontal },
  { "one", make_one },
  { "equal-values", make_equal_values },
  { "empty", make_empty },
  { NULL, NULL },
};

HpChart *
plot_sample_find (const char *name)
{
  for (const PlotSample *sample = plot_samples; sample->name != NULL; sample++)
    if (g_str_equal (sample->name, name))
      return sample->make ();
  g_assert_not_reached ();
}

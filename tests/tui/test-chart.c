/* test-chart.c - charts on a canvas: every kind of series, in every kind of terminal, compared with golden screens
 *
 * HOUSE_PRICE_GOLDEN=write writes them anew, to be looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-tui-chart.h"

#define N 60

static HpChart *
new_chart (const char *title, const char *summary)
{
  HpChart *chart = hp_chart_new ("made-up");

  chart->title = g_strdup (title);
  chart->subtitle = g_strdup ("version 3 · 60 sales");
  chart->summary = g_strdup (summary);
  return chart;
}

/* The i-th of numbers between -1 and 1 that look like chance */
static double
scattered (guint i)
{
  return fmod (i * 0.6180339887 + i * i * 0.137, 2) - 1;
}

static HpChartSeries *
add_points (HpChart *chart, HpChartRole role, const char *label, double shift)
{
  HpChartSeries *points = hp_chart_add_series (chart, HP_SERIES_POINTS, role, label, N);

  points->row = g_new (guint64, N);
  for (guint i = 0; i < N; i++)
    {
      points->x[i] = 100000 + 5000 * i;
      points->y[i] = 40000 * scattered (i) + shift;
      points->row[i] = 1001 + i;
    }
  /* on no screen */
  points->x[7] = NAN;
  points->y[8] = INFINITY;
  return points;
}

static void
add_wave (HpChart *chart, HpChartSeriesKind kind, HpChartRole role, const char *label)
{
  HpChartSeries *wave = hp_chart_add_series (chart, kind, role, label, N);

  wave->y2 = g_new (double, N);
  for (guint i = 0; i < N; i++)
    {
      wave->x[i] = 100000 + 5000 * i;
      wave->y[i] = 15000 * sin (i / 9.0);
      wave->y2[i] = wave->y[i] - 30000;
    }
}

/* A band, points with words, a line through them, a reference line */
static HpChart *
make_residuals (void)
{
  HpChart *chart = new_chart ("Residuals by predicted price",
                              "Residuals of version 3 neither grow with the price nor lean one way, and this sentence "
                              "is longer than a line of a narrow terminal, so it goes on.");

  hp_chart_axis_set (&chart->x, "Predicted price", HP_FORMAT_MONEY, "USD");
  hp_chart_axis_set (&chart->y, "Residual", HP_FORMAT_MONEY, "USD");
  add_wave (chart, HP_SERIES_BAND, HP_ROLE_MUTED, "±1 FSD");
  add_points (chart, HP_ROLE_SERIES_1, NULL, 0);
  add_wave (chart, HP_SERIES_LINE, HP_ROLE_TREND, "Trend");
  hp_chart_add_line (chart, HP_LINE_HORIZONTAL, 0, NULL);
  hp_chart_add_label (chart, 395000, 40000 * scattered (59), 1060, NULL);
  hp_chart_finish (chart);
  return chart;
}

/* Two versions, each with a line of its own, and the diagonal */
static HpChart *
make_versions (void)
{
  HpChart *chart = new_chart ("Two versions", "Version 2 lies above version 1.");

  hp_chart_axis_set (&chart->x, "Predicted price", HP_FORMAT_MONEY, "USD");
  hp_chart_axis_set (&chart->y, "Residual", HP_FORMAT_MONEY, "USD");
  add_points (chart, HP_ROLE_SERIES_1, "version 1", 0);
  add_points (chart, HP_ROLE_SERIES_2, "version 2", 60000);
  hp_chart_add_line (chart, HP_LINE_DIAGONAL, -200000, "Same");
  hp_chart_add_line (chart, HP_LINE_VERTICAL, 200000, NULL)->dashed = TRUE;
  hp_chart_finish (chart);
  return chart;
}

static void
add_boxes (HpChart *chart, HpChartRole role, const char *label, guint k)
{
  HpChartSeries *boxes = hp_chart_add_series (chart, HP_SERIES_BOXES, role, label, 0);

  boxes->horizontal = TRUE;
  for (guint i = 0; i < 12; i++)
    {
      double middle = 0.02 * (i % 5) - 0.04 + 0.02 * k;
      HpChartBox box
        = { i + 0.175 - 0.35 * k, middle - 0.3, middle - 0.1, middle, middle + 0.12, middle + 0.25, 40, i == 3, 0.35 };

      g_array_append_val (boxes->boxes, box);
    }
  boxes->n = boxes->boxes->len;
}

/* Categories with names of all kinds, more than a small terminal has rows for */
static HpChart *
make_boxes (void)
{
  static const char *const names[] = { "North Ames",
                                       "Meadow Village with a name of just fifty characters",
                                       "東京都千代田区",
                                       "حي الرياض",
                                       "E",
                                       "F",
                                       "G",
                                       "H",
                                       "I",
                                       "J",
                                       "K",
                                       "The last one" };
  HpChart *chart = new_chart ("Residuals by “Location”", "Medians hardly differ.");

  hp_chart_axis_set (&chart->x, "Residual", HP_FORMAT_PERCENT, NULL);
  hp_chart_axis_set (&chart->y, "Location", HP_FORMAT_NUMBER, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    hp_chart_axis_add_category (&chart->y, names[i]);
  hp_chart_add_line (chart, HP_LINE_VERTICAL, 0, NULL);
  add_boxes (chart, HP_ROLE_SERIES_1, "version 1", 0);
  add_boxes (chart, HP_ROLE_SERIES_2, "version 2", 1);
  hp_chart_finish (chart);
  return chart;
}

static HpChart *
make_histogram (void)
{
  HpChart *chart = new_chart ("Distribution of the residuals", "Half of the residuals are small.");
  HpChartSeries *bars = hp_chart_add_series (chart, HP_SERIES_BARS, HP_ROLE_SERIES_1, "Sales", 20), *line;

  hp_chart_axis_set (&chart->x, "Residual", HP_FORMAT_NUMBER, NULL);
  hp_chart_axis_set (&chart->y, "Sales", HP_FORMAT_COUNT, NULL);
  bars->x2 = g_new (double, 20);
  bars->y2 = g_new0 (double, 20);
  for (guint i = 0; i < 20; i++)
    {
      bars->x[i] = i / 10.0 - 1;
      bars->x2[i] = bars->x[i] + 0.1;
      bars->y[i] = round (100 * exp (-pow ((i - 9.5) / 4, 2)));
    }
  line = hp_chart_add_series (chart, HP_SERIES_LINE, HP_ROLE_REFERENCE, "Normal curve", N);
  for (guint i = 0; i < N; i++)
    {
      line->x[i] = 2.0 * i / (N - 1) - 1;
      line->y[i] = 90 * exp (-pow (line->x[i] / 0.35, 2));
    }
  hp_chart_finish (chart);
  return chart;
}

/* Bars that lie, with figures at their ends */
static HpChart *
make_importance (void)
{
  HpChart *chart = new_chart ("Importance of the attributes", "Living area matters most.");
  HpChartSeries *bars = hp_chart_add_series (chart, HP_SERIES_BARS, HP_ROLE_UP, NULL, 3);
  HpChartSeries *ranges = hp_chart_add_series (chart, HP_SERIES_RANGES, HP_ROLE_REFERENCE, NULL, 3);

  hp_chart_axis_set (&chart->x, "Rise of the error", HP_FORMAT_PERCENT, NULL);
  hp_chart_axis_set (&chart->y, NULL, HP_FORMAT_NUMBER, NULL);
  bars->horizontal = ranges->horizontal = TRUE;
  bars->x2 = g_new0 (double, 3);
  bars->y2 = g_new (double, 3);
  bars->texts = g_new0 (char *, 4);
  ranges->x2 = g_new (double, 3);
  for (guint i = 0; i < 3; i++)
    {
      hp_chart_axis_add_category (&chart->y, i == 0 ? "Bathrooms" : i == 1 ? "Condition" : "Living area");
      bars->x[i] = 0.1 + 0.2 * i;
      bars->y[i] = i - 0.35;
      bars->y2[i] = i + 0.35;
      bars->texts[i] = g_strdup_printf ("%u %%", 10 + 20 * i);
      ranges->y[i] = i;
      ranges->x[i] = bars->x[i] - 0.05;
      ranges->x2[i] = bars->x[i] + 0.05;
    }
  hp_chart_finish (chart);
  return chart;
}

/* Ranges that stand, by category */
static HpChart *
make_coverage (void)
{
  HpChart *chart = new_chart ("Coverage of the intervals by price", "Intervals hold what they promise.");

  hp_chart_axis_set (&chart->x, "Tenth", HP_FORMAT_NUMBER, NULL);
  hp_chart_axis_set (&chart->y, "Share of the prices", HP_FORMAT_PERCENT, NULL);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *tenth = g_strdup_printf ("%u", i + 1);

      hp_chart_axis_add_category (&chart->x, tenth);
    }
  hp_chart_add_line (chart, HP_LINE_HORIZONTAL, 0.9, "90 %");
  for (guint k = 0; k < 2; k++)
    {
      HpChartSeries *ranges = hp_chart_add_series (chart, HP_SERIES_RANGES, HP_ROLE_SERIES_1 + (HpChartRole) k,
                                                   k == 0 ? "version 1" : "version 2", 10);

      ranges->y2 = g_new (double, 10);
      ranges->mid = g_new (double, 10);
      for (guint i = 0; i < 10; i++)
        {
          ranges->x[i] = i - 0.15 + 0.3 * k;
          ranges->mid[i] = 0.9 + 0.03 * scattered (i + 10 * k);
          ranges->y[i] = ranges->mid[i] - 0.03;
          ranges->y2[i] = ranges->mid[i] + 0.03;
        }
    }
  hp_chart_finish (chart);
  return chart;
}

/* Points coloured by value, as long across as along */
static HpChart *
make_map (void)
{
  HpChart *chart = new_chart ("Residuals on the map", "The north is valued too high.");
  HpChartSeries *points = hp_chart_add_series (chart, HP_SERIES_POINTS, HP_ROLE_VALUE, NULL, 400);

  hp_chart_axis_set (&chart->x, "Longitude", HP_FORMAT_NUMBER, "°");
  hp_chart_axis_set (&chart->y, "Latitude", HP_FORMAT_NUMBER, "°");
  points->value = g_new (double, 400);
  for (guint i = 0; i < 400; i++)
    {
      points->x[i] = -93.6 + 0.1 * (i % 20) / 20;
      points->y[i] = 42 + 0.1 * (i / 20) / 20;
      points->value[i] = i == 0 ? NAN : 0.3 * (i / 20 - 9.5) / 9.5;
    }
  hp_chart_scale_set (&chart->scale, "Residual", HP_FORMAT_PERCENT, NULL, TRUE, -0.3, 0, 0.3);
  chart->equal = TRUE;
  chart->aspect = 1.35;
  hp_chart_finish (chart);
  return chart;
}

static HpChart *
make_standing (void)
{
  HpChart *chart = new_chart ("Boxes that stand", "One box.");
  HpChartSeries *boxes = hp_chart_add_series (chart, HP_SERIES_BOXES, HP_ROLE_SERIES_1, "version 1", 0);
  HpChartBox box = { 0, 1, 3, 4, 6, 9, 40, FALSE, 0.5 };

  hp_chart_axis_set (&chart->x, NULL, HP_FORMAT_NUMBER, NULL);
  hp_chart_axis_set (&chart->y, "Ratio", HP_FORMAT_NUMBER, NULL);
  hp_chart_axis_add_category (&chart->x, "one");
  hp_chart_axis_add_category (&chart->x, "none");
  g_array_append_val (boxes->boxes, box);
  boxes->n = 1;
  hp_chart_finish (chart);
  return chart;
}

static HpChart *
make_empty (void)
{
  HpChart *chart = new_chart ("Residuals on the map", NULL);

  chart->empty = g_strdup ("These sales have no places. Name the columns of longitude and latitude in the schema.");
  hp_chart_finish (chart);
  return chart;
}

static HpChart *(*const makers[]) (void)
  = { make_residuals, make_versions, make_boxes,    make_histogram, make_importance,
      make_coverage,  make_map,      make_standing, make_empty };

static char *
draw (HpChart *chart, HpTuiChartView *view, int width, int height, HpGlyphLevel level, gboolean plain)
{
  HpCanvas *canvas = hp_canvas_new (width, height, hp_glyphs_get (level));
  HpArea area = hp_canvas_get_area (canvas);
  char *text;

  canvas->plain = plain;
  hp_tui_chart_draw (chart, view, canvas, &area);
  text = hp_canvas_to_text (canvas);
  hp_canvas_free (canvas);
  return text;
}

static void
compare (const char *text, const char *golden)
{
  g_autofree char *file = g_strdup_printf ("%s.txt", golden), *path = NULL, *expected = NULL;

  path = g_test_build_filename (G_TEST_DIST, "golden", "tui", file, NULL);
  if (g_strcmp0 (g_getenv ("HOUSE_PRICE_GOLDEN"), "write") == 0)
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_true (g_file_get_contents (path, &expected, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

typedef struct
{
  const char *golden;
  int width, height;
  HpGlyphLevel level;
  gboolean plain;
} Terminal;

static const Terminal terminals[]
  = { { "charts-80x14", 80, 14, HP_GLYPHS_BRAILLE, FALSE },   { "charts-58x9", 58, 9, HP_GLYPHS_BRAILLE, FALSE },
      { "charts-120x30", 120, 30, HP_GLYPHS_BRAILLE, FALSE }, { "charts-no-color", 80, 14, HP_GLYPHS_BRAILLE, TRUE },
      { "charts-block", 80, 14, HP_GLYPHS_BLOCK, FALSE },     { "charts-ascii", 80, 14, HP_GLYPHS_ASCII, TRUE } };

static void
test_golden (gconstpointer data)
{
  const Terminal *terminal = data;
  g_autoptr (GString) all = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (makers); i++)
    {
      g_autoptr (HpChart) chart = makers[i]();
      g_autofree char *text = draw (chart, NULL, terminal->width, terminal->height, terminal->level, terminal->plain);

      g_assert_true (terminal->level != HP_GLYPHS_ASCII || g_str_is_ascii (text));
      g_string_append_printf (all, "%s\n", text);
    }
  compare (all->str, terminal->golden);
}

/* No area is too small, and nothing is drawn outside of it */
static void
test_sizes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (makers); i++)
    {
      g_autoptr (HpChart) chart = makers[i]();

      for (int width = 1; width < 70; width += 3)
        for (int height = 1; height < 26; height++)
          {
            HpCanvas *canvas = hp_canvas_new (width + 2, height + 2, hp_glyphs_get (height % 3));
            HpArea all = hp_canvas_get_area (canvas), area = hp_area_part (&all, 1, 1, width, height);
            HpTuiChartView view = { .row = 1005, .top = 100 };

            hp_canvas_fill (canvas, &all, 0, 0, all.width, 1, HP_STYLE_NORMAL, "%");
            hp_tui_chart_draw (chart, &view, canvas, &area);
            for (int x = 0; x < all.width; x++)
              {
                g_assert_cmpstr (canvas->cells[x].text, ==, "%");
                g_assert_cmpint (canvas->cells[(height + 1) * all.width + x].style, ==, HP_STYLE_NORMAL);
              }
            hp_canvas_free (canvas);
          }
    }
}

static HpStyle
style_of (HpCanvas *canvas, const char *glyph)
{
  for (int i = 0; i < canvas->width * canvas->height; i++)
    if (g_str_equal (canvas->cells[i].text, glyph))
      return canvas->cells[i].style;
  return HP_N_STYLES;
}

/* The sale that is chosen is marked, and one that is not there isn't */
static void
test_chosen (void)
{
  g_autoptr (HpChart) chart = make_residuals ();
  HpCanvas *canvas = hp_canvas_new (80, 14, hp_glyphs_get (HP_GLYPHS_BRAILLE));
  HpArea area = hp_canvas_get_area (canvas);
  HpTuiChartView view = { .row = 1030 };

  hp_tui_chart_draw (chart, &view, canvas, &area);
  g_assert_cmpint (style_of (canvas, "●"), ==, HP_STYLE_FOCUS);
  view.row = 1009; /* its residual is infinite */
  hp_canvas_clear (canvas);
  hp_tui_chart_draw (chart, &view, canvas, &area);
  g_assert_cmpint (style_of (canvas, "●"), ==, HP_N_STYLES);
  hp_canvas_free (canvas);
}

/* Categories that there is no room for are counted, and can be moved to */
static void
test_categories (void)
{
  g_autoptr (HpChart) chart = make_boxes ();
  HpTuiChartView view = { 0 };
  g_autofree char *first = draw (chart, &view, 80, 14, HP_GLYPHS_BRAILLE, FALSE), *last = NULL, *all = NULL;

  g_assert_cmpuint (view.hidden, ==, 8);
  g_assert_nonnull (strstr (first, "The last one"));
  g_assert_null (strstr (first, "North Ames"));
  view.top = 99;
  last = draw (chart, &view, 80, 14, HP_GLYPHS_BRAILLE, FALSE);
  g_assert_cmpuint (view.top, ==, 8);
  g_assert_nonnull (strstr (last, "North Ames"));
  all = draw (chart, &view, 80, 34, HP_GLYPHS_BRAILLE, FALSE);
  g_assert_cmpuint (view.hidden, ==, 0);
  g_assert_cmpuint (view.top, ==, 0);
  g_assert_nonnull (strstr (all, "North Ames"));
  g_assert_nonnull (strstr (all, "The last one"));
}

/* Versions are told apart by colour, and by marks where there is none */
static void
test_versions (void)
{
  g_autoptr (HpChart) chart = make_versions ();
  HpCanvas *canvas = hp_canvas_new (80, 20, hp_glyphs_get (HP_GLYPHS_BRAILLE));
  HpArea area = hp_canvas_get_area (canvas);
  guint n[HP_N_STYLES] = { 0 };

  hp_tui_chart_draw (chart, NULL, canvas, &area);
  for (int i = 80 * 2; i < 80 * 16; i++)
    n[canvas->cells[i].style]++;
  g_assert_cmpuint (n[HP_STYLE_SERIES_1], >, 20);
  g_assert_cmpuint (n[HP_STYLE_SERIES_2], >, 20);
  canvas->plain = TRUE;
  hp_canvas_clear (canvas);
  hp_tui_chart_draw (chart, NULL, canvas, &area);
  g_assert_cmpint (style_of (canvas, "*"), ==, HP_STYLE_SERIES_1);
  g_assert_cmpint (style_of (canvas, "+"), ==, HP_STYLE_SERIES_2);
  hp_canvas_free (canvas);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (terminals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/chart/golden/%s", terminals[i].golden);

      g_test_add_data_func (path, &terminals[i], test_golden);
    }
  g_test_add_func ("/chart/sizes", test_sizes);
  g_test_add_func ("/chart/chosen", test_chosen);
  g_test_add_func ("/chart/categories", test_categories);
  g_test_add_func ("/chart/versions", test_versions);
  return g_test_run ();
}

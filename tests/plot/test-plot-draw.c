/* test-plot-draw.c - what is drawn is where the layout says, and found again there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-plot-private.h"
#include "plot-samples.h"

#define WIDTH  640
#define HEIGHT 400

static cairo_surface_t *
draw (HpPlot *plot)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cairo = cairo_create (surface);

  hp_plot_draw (plot, cairo);
  g_assert_cmpint (cairo_status (cairo), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  return surface;
}

static guint32
pixel (cairo_surface_t *surface, double x, double y)
{
  const guint32 *pixels = (const guint32 *) (gpointer) cairo_image_surface_get_data (surface);

  return pixels[(int) y * cairo_image_surface_get_stride (surface) / 4 + (int) x] & 0xffffff;
}

static guint
count_other (cairo_surface_t *surface, guint32 color)
{
  guint n = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      n += pixel (surface, x, y) != color;
  return n;
}

static guint32
background (HpPaletteId palette)
{
  HpColor color = hp_palette_get (palette)->background;

  return (guint32) lround (color.red * 255) << 16 | (guint32) lround (color.green * 255) << 8
         | (guint32) lround (color.blue * 255);
}

static void
test_not_blank (gconstpointer data)
{
  const PlotSample *sample = data;
  g_autoptr (HpChart) chart = sample->make ();

  for (HpPaletteId palette = HP_PALETTE_LIGHT; palette <= HP_PALETTE_HIGH_CONTRAST_DARK; palette++)
    {
      g_autoptr (HpPlot) plot = hp_plot_new (chart, WIDTH, HEIGHT, palette);
      cairo_surface_t *surface = draw (plot), *again = draw (plot);
      guint n = count_other (surface, background (palette));

      g_assert_cmphex (pixel (surface, 1, 1), ==, background (palette));
      g_assert_cmpuint (n, >, 500);
      g_assert_cmpuint (n, <, WIDTH * HEIGHT * 0.9);
      /* From its picture it is the same */
      g_assert_cmpmem (cairo_image_surface_get_data (surface),
                       (gsize) (HEIGHT * cairo_image_surface_get_stride (surface)),
                       cairo_image_surface_get_data (again), (gsize) (HEIGHT * cairo_image_surface_get_stride (again)));
      cairo_surface_destroy (surface);
      cairo_surface_destroy (again);
    }
}

/* A single point stands where hp_plot_to_pixels() says */
static void
test_place (void)
{
  g_autoptr (HpChart) chart = plot_sample_find ("equal-values");
  g_autoptr (HpPlot) plot = hp_plot_new (chart, WIDTH, HEIGHT, HP_PALETTE_LIGHT);
  cairo_surface_t *surface = draw (plot);
  double px, py;

  hp_plot_to_pixels (plot, 250000, 250000, &px, &py);
  g_assert_cmphex (pixel (surface, px, py), !=, background (HP_PALETTE_LIGHT));
  cairo_surface_destroy (surface);
}

/* A mark has its size at every scale, stamped or traced */
static void
test_large_marks (void)
{
  g_autoptr (HpChart) chart = plot_sample_find ("equal-values");
  g_autoptr (HpPlot) plot = hp_plot_new (chart, 120, 120, HP_PALETTE_LIGHT);
  double px, py;

  hp_plot_to_pixels (plot, 250000, 250000, &px, &py);
  for (int scale = 1; scale <= 16; scale *= 2)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 120 * scale, 120 * scale);
      cairo_t *cairo = cairo_create (surface);
      double radius = plot->mark.radius;

      cairo_scale (cairo, scale, scale);
      hp_plot_draw (plot, cairo);
      cairo_destroy (cairo);
      cairo_surface_flush (surface);
      g_assert_cmphex (pixel (surface, (px + radius * 0.8) * scale, py * scale), !=, background (HP_PALETTE_LIGHT));
      g_assert_cmphex (pixel (surface, (px + radius * 1.5 + 1) * scale, (py - 1.5) * scale), ==,
                       background (HP_PALETTE_LIGHT));
      cairo_surface_destroy (surface);
    }
}

/* PLplot's lines too: a bar is filled from its foot to its end */
static void
test_bars (void)
{
  g_autoptr (HpChart) chart = plot_sample_categories (3, FALSE, NULL);
  g_autoptr (HpPlot) plot = hp_plot_new (chart, WIDTH, HEIGHT, HP_PALETTE_LIGHT);
  cairo_surface_t *surface = draw (plot);
  double px, py;
  guint32 within;

  hp_plot_to_pixels (plot, 1, 3000, &px, &py);
  within = pixel (surface, px, py);
  g_assert_cmphex (within, !=, background (HP_PALETTE_LIGHT));
  hp_plot_to_pixels (plot, 1, 18000, &px, &py);
  g_assert_cmphex (pixel (surface, px, py), ==, within);
  hp_plot_to_pixels (plot, 1, 23000, &px, &py);
  g_assert_cmphex (pixel (surface, px, py), ==, background (HP_PALETTE_LIGHT));
  cairo_surface_destroy (surface);
}

/* What it leaves for the next time is as fine as the screen is */
static void
test_scale (void)
{
  g_autoptr (HpChart) chart = plot_sample_find ("histogram");
  g_autoptr (HpPlot) plot = hp_plot_new (chart, WIDTH, HEIGHT, HP_PALETTE_LIGHT);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 2 * WIDTH, 2 * HEIGHT);
  cairo_t *cairo;

  cairo_surface_set_device_scale (surface, 2, 2);
  cairo = cairo_create (surface);
  hp_plot_draw (plot, cairo);
  g_assert_cmpint (cairo_image_surface_get_width (plot->picture), ==, 2 * WIDTH);
  g_assert_cmpint (cairo_image_surface_get_height (plot->picture), ==, 2 * HEIGHT);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
}

static void
test_highlight (void)
{
  g_autoptr (HpChart) chart = plot_sample_find ("actual");
  g_autoptr (HpPlot) plot = hp_plot_new (chart, WIDTH, HEIGHT, HP_PALETTE_LIGHT);
  const HpChartSeries *series = g_ptr_array_index (chart->series, 0);
  cairo_surface_t *before = draw (plot), *after = draw (plot);
  cairo_t *cairo = cairo_create (after);
  double px, py;
  guint changed = 0;

  hp_plot_draw_highlight (plot, cairo, 0);
  hp_plot_draw_highlight (plot, cairo, 99999);
  cairo_surface_flush (after);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      changed += pixel (before, x, y) != pixel (after, x, y);
  g_assert_cmpuint (changed, ==, 0);

  hp_plot_draw_highlight (plot, cairo, 41);
  cairo_destroy (cairo);
  cairo_surface_flush (after);
  hp_plot_to_pixels (plot, series->x[40], series->y[40], &px, &py);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (pixel (before, x, y) != pixel (after, x, y))
        {
          changed++;
          g_assert_cmpfloat (hypot (x - px, y - py), <, 80);
        }
  g_assert_cmpuint (changed, >, 40);
  cairo_surface_destroy (before);
  cairo_surface_destroy (after);
}

static void
test_pick (void)
{
  g_autoptr (HpChart) chart = plot_sample_cloud (5000, 1);
  g_autoptr (HpPlot) plot = hp_plot_new (chart, WIDTH, HEIGHT, HP_PALETTE_LIGHT);
  const HpChartSeries *series = g_ptr_array_index (chart->series, 1);
  guint64 row = 0;

  /* Each place's nearest, by looking at all of them */
  for (int i = 0; i < 200; i++)
    {
      double px = 37.0 * i, py = 53.0 * i, distance = G_MAXDOUBLE;

      px -= floor (px / WIDTH) * WIDTH;
      py -= floor (py / HEIGHT) * HEIGHT;
      for (gsize k = 0; k < series->n; k++)
        {
          double x, y;

          hp_plot_to_pixels (plot, series->x[k], series->y[k], &x, &y);
          distance = MIN (distance, hypot (x - px, y - py));
        }
      if (hp_plot_pick (plot, px, py, 20, &row))
        {
          double x, y;

          g_assert_cmpuint (row, >=, 1);
          hp_plot_to_pixels (plot, series->x[row - 1], series->y[row - 1], &x, &y);
          g_assert_cmpfloat_with_epsilon (hypot (x - px, y - py), distance, 1e-3);
        }
      else
        g_assert_cmpfloat (distance, >, 20 - 1e-3);
    }
  g_assert_false (hp_plot_pick (plot, NAN, 3, 20, &row));
  g_assert_false (hp_plot_pick (plot, 3, 3, NAN, &row));
  g_assert_false (hp_plot_pick (plot, -1e300, 1e300, 20, NULL));
  g_assert_true (hp_plot_pick (plot, 100, 100, G_MAXDOUBLE, NULL));
}

/* Numbers that PLplot's integers can't hold, and none at all */
static void
test_wild_numbers (void)
{
  static const double wild[] = { 1e300, -1e300, INFINITY, -INFINITY, NAN, 0, 1e9, -1e-300 };
  HpChartSeriesKind kinds[] = { HP_SERIES_POINTS, HP_SERIES_LINE, HP_SERIES_BAND, HP_SERIES_BARS, HP_SERIES_RANGES };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (HpChart) chart = hp_chart_new ("wild");
      HpChartSeries *series = hp_chart_add_series (chart, kinds[k], HP_ROLE_SERIES_1, "wild", G_N_ELEMENTS (wild));
      g_autoptr (HpPlot) plot = NULL;
      cairo_surface_t *surface;

      series->x2 = g_new0 (double, series->n);
      series->y2 = g_new0 (double, series->n);
      series->mid = g_new0 (double, series->n);
      for (gsize i = 0; i < series->n; i++)
        {
          series->x[i] = wild[i];
          series->y[i] = wild[(i + 3) % series->n];
          series->x2[i] = wild[(i + 1) % series->n];
          series->y2[i] = wild[(i + 2) % series->n];
          series->mid[i] = wild[(i + 5) % series->n];
        }
      hp_chart_add_line (chart, HP_LINE_DIAGONAL, NAN, "nowhere");
      hp_chart_add_line (chart, HP_LINE_VERTICAL, 1e300, "far away");
      hp_chart_add_label (chart, NAN, 0, 3, "nowhere");
      chart->x.from = chart->y.from = -1;
      chart->x.to = chart->y.to = 1;
      hp_chart_finish (chart);
      plot = hp_plot_new (chart, WIDTH, HEIGHT, HP_PALETTE_LIGHT);
      surface = draw (plot);
      g_assert_cmpuint (count_other (surface, background (HP_PALETTE_LIGHT)), >, 300);
      cairo_surface_destroy (surface);
    }
}

static gpointer
draw_often (gpointer data)
{
  g_autoptr (HpChart) chart = plot_sample_find ("histogram");

  for (int i = 0; i < 10; i++)
    {
      g_autoptr (HpPlot) plot = hp_plot_new (chart, WIDTH, HEIGHT, HP_PALETTE_LIGHT);
      cairo_surface_t *surface = draw (plot);

      g_assert_cmpuint (count_other (surface, background (HP_PALETTE_LIGHT)), ==, GPOINTER_TO_UINT (data));
      cairo_surface_destroy (surface);
    }
  return NULL;
}

/* PLplot's one stream is nobody's trouble */
static void
test_threads (void)
{
  g_autoptr (HpChart) chart = plot_sample_find ("histogram");
  g_autoptr (HpPlot) plot = hp_plot_new (chart, WIDTH, HEIGHT, HP_PALETTE_LIGHT);
  cairo_surface_t *surface = draw (plot);
  gpointer n = GUINT_TO_POINTER (count_other (surface, background (HP_PALETTE_LIGHT)));
  GThread *threads[3];

  cairo_surface_destroy (surface);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("plot", draw_often, n);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (const PlotSample *sample = plot_samples; sample->name != NULL; sample++)
    {
      g_autofree char *path = g_strconcat ("/plot/draw/", sample->name, NULL);

      g_test_add_data_func (path, sample, test_not_blank);
    }
  g_test_add_func ("/plot/draw/place", test_place);
  g_test_add_func ("/plot/draw/large-marks", test_large_marks);
  g_test_add_func ("/plot/draw/bars-filled", test_bars);
  g_test_add_func ("/plot/draw/scale", test_scale);
  g_test_add_func ("/plot/draw/highlight", test_highlight);
  g_test_add_func ("/plot/draw/pick", test_pick);
  g_test_add_func ("/plot/draw/wild-numbers", test_wild_numbers);
  g_test_add_func ("/plot/draw/threads", test_threads);
  return g_test_run ();
}

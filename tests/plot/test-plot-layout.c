/* test-plot-layout.c - everything is on the page, and nothing on top of something else: asked of the layout, not of
 * pixels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-plot-private.h"
#include "plot-samples.h"

static const struct
{
  double width, height;
} sizes[] = { { 400, 300 }, { 800, 500 }, { 1600, 1000 }, { 300, 600 } };

static char *
words_of (const HpPlotText *text)
{
  return g_strdup_printf ("“%s” at %.1f, %.1f", pango_layout_get_text (text->layout), text->x, text->y);
}

static void
check_page (const HpPlot *plot, const char *name)
{
  for (guint i = 0; i < plot->texts->len; i++)
    {
      const HpPlotText *text = &g_array_index (plot->texts, HpPlotText, i);
      HpPlotRect box;

      _hp_plot_text_bounds (text, &box);
      if (box.x < -0.5 || box.y < -0.5 || box.x + box.width > plot->width + 0.5
          || box.y + box.height > plot->height + 0.5)
        {
          g_autofree char *words = words_of (text);

          g_error ("%s, %g × %g: %s is not on the page", name, plot->width, plot->height, words);
        }
    }
  g_assert_cmpfloat (plot->frame.x, >=, 0);
  g_assert_cmpfloat (plot->frame.y, >=, 0);
  g_assert_cmpfloat (plot->frame.x + plot->frame.width, <=, plot->width);
  g_assert_cmpfloat (plot->frame.y + plot->frame.height, <=, plot->height);
}

/* Boxes may touch */
static void
check_apart (const HpPlot *plot, const char *name)
{
  for (guint i = 0; i < plot->texts->len; i++)
    for (guint j = 0; j < i; j++)
      {
        const HpPlotText *a = &g_array_index (plot->texts, HpPlotText, i);
        const HpPlotText *b = &g_array_index (plot->texts, HpPlotText, j);

        if (_hp_plot_texts_overlap (a, b, -0.2))
          {
            g_autofree char *of_a = words_of (a), *of_b = words_of (b);

            g_error ("%s, %g × %g: %s and %s overlap", name, plot->width, plot->height, of_a, of_b);
          }
      }
}

/* What is drawn takes most of the picture, unless its sides are to be alike */
static void
check_frame (const HpPlot *plot, const char *name)
{
  double share = plot->frame.width * plot->frame.height / (plot->width * plot->height);

  if (plot->chart->empty == NULL && share < (plot->chart->equal ? 0.15 : 0.3))
    g_error ("%s, %g × %g: the frame has %.0f %% of it", name, plot->width, plot->height, share * 100);
}

static void
test_all (gconstpointer data)
{
  const PlotSample *sample = data;
  g_autoptr (HpChart) chart = sample->make ();

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (HpPlot) plot = hp_plot_new (chart, sizes[i].width, sizes[i].height, HP_PALETTE_LIGHT);

      check_page (plot, sample->name);
      check_apart (plot, sample->name);
      check_frame (plot, sample->name);
    }
}

/* Pages too small for anything are drawn all the same */
static void
test_tiny (void)
{
  for (const PlotSample *sample = plot_samples; sample->name != NULL; sample++)
    {
      g_autoptr (HpChart) chart = sample->make ();
      const double lengths[] = { 0, NAN, 60, 120 };

      for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
        {
          g_autoptr (HpPlot) plot = hp_plot_new (chart, lengths[i], lengths[i], HP_PALETTE_DARK);

          g_assert_cmpfloat (plot->frame.width, >, 0);
          g_assert_cmpfloat (plot->frame.height, >, 0);
        }
    }
}

static guint
count_kind (const HpPlot *plot, HpPlotTextKind kind)
{
  guint n = 0;

  for (guint i = 0; i < plot->texts->len; i++)
    n += g_array_index (plot->texts, HpPlotText, i).kind == kind;
  return n;
}

static void
test_thinning (void)
{
  g_autoptr (HpChart) across = plot_sample_categories (1000, FALSE, NULL);
  g_autoptr (HpChart) along = plot_sample_categories (1000, TRUE, NULL);
  g_autoptr (HpChart) few = plot_sample_categories (4, TRUE, NULL);
  g_autoptr (HpPlot) plot_across = hp_plot_new (across, 800, 500, HP_PALETTE_LIGHT);
  g_autoptr (HpPlot) plot_along = hp_plot_new (along, 800, 500, HP_PALETTE_LIGHT);
  g_autoptr (HpPlot) plot_few = hp_plot_new (few, 800, 500, HP_PALETTE_LIGHT);

  g_assert_cmpuint (count_kind (plot_across, HP_PLOT_TEXT_X_TICK), >, 10);
  g_assert_cmpuint (count_kind (plot_across, HP_PLOT_TEXT_X_TICK), <, 100);
  g_assert_cmpuint (count_kind (plot_along, HP_PLOT_TEXT_Y_TICK), >, 10);
  g_assert_cmpuint (count_kind (plot_along, HP_PLOT_TEXT_Y_TICK), <, 100);
  g_assert_cmpuint (count_kind (plot_few, HP_PLOT_TEXT_Y_TICK), ==, 4);
}

/* Zero is not thinned away */
static void
test_zero (void)
{
  g_autoptr (HpChart) chart = plot_sample_find ("histogram");

  for (double width = 150; width < 900; width += 50)
    {
      g_autoptr (HpPlot) plot = hp_plot_new (chart, width, 400, HP_PALETTE_LIGHT);
      gboolean found = FALSE;

      for (guint i = 0; i < plot->x_ticks->len; i++)
        found |= fabs (g_array_index (plot->x_ticks, HpPlotTick, i).at) < 1e-9;
      g_assert_true (found);
    }
}

/* Labels of categories take no more than their share, with an ellipsis if need be */
static void
test_long_labels (void)
{
  g_autofree char *label = g_strnfill (40, 'W');
  const char *const labels[] = { label, label, label };
  g_autoptr (HpChart) chart = plot_sample_categories (3, TRUE, labels);
  g_autoptr (HpPlot) plot = hp_plot_new (chart, 500, 300, HP_PALETTE_LIGHT);

  g_assert_cmpfloat (plot->frame.x, <, 0.5 * 500);
  for (guint i = 0; i < plot->texts->len; i++)
    {
      const HpPlotText *text = &g_array_index (plot->texts, HpPlotText, i);

      if (text->kind == HP_PLOT_TEXT_Y_TICK)
        g_assert_cmpfloat (text->width, <=, 0.4 * 500);
    }
}

static void
test_equal (void)
{
  static const char *const names[] = { "actual", "map", "equal-values" };

  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    {
      g_autoptr (HpChart) chart = plot_sample_find (names[n]);
      double aspect = chart->aspect > 0 ? chart->aspect : 1;

      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        {
          g_autoptr (HpPlot) plot = hp_plot_new (chart, sizes[i].width, sizes[i].height, HP_PALETTE_LIGHT);
          double across = plot->frame.width / (chart->x.to - chart->x.from);
          double along = plot->frame.height / (chart->y.to - chart->y.from);

          g_assert_cmpfloat_with_epsilon (along / across, aspect, 1e-6);
        }
    }
}

/* Outliers' labels are off all points, and the most important are among them */
static void
test_labels (void)
{
  g_autoptr (HpChart) chart = plot_sample_find ("residuals");
  g_autoptr (HpPlot) plot = hp_plot_new (chart, 800, 500, HP_PALETTE_LIGHT);
  const HpPlotSpots *spots = _hp_plot_get_spots (plot);
  guint n = 0;

  for (guint i = 0; i < plot->texts->len; i++)
    {
      const HpPlotText *text = &g_array_index (plot->texts, HpPlotText, i);
      HpPlotRect box = { text->x, text->y, text->width, text->height };

      if (text->kind != HP_PLOT_TEXT_POINT)
        continue;
      n++;
      g_assert_cmpuint (_hp_plot_spots_count (spots, &box, 1), ==, 0);
    }
  g_assert_cmpuint (n, >=, 5);
  g_assert_cmpuint (n, <=, chart->labels->len);
}

/* Turned boxes that only seem to overlap don't */
static void
test_overlap (void)
{
  HpPlotText a = { .width = 100, .height = 10, .angle = -G_PI / 4 };
  HpPlotText b = { .x = 30, .width = 100, .height = 10, .angle = -G_PI / 4 };
  HpPlotText c = { .x = 20, .y = -40, .width = 40, .height = 40 };

  g_assert_false (_hp_plot_texts_overlap (&a, &b, 0));
  g_assert_true (_hp_plot_texts_overlap (&a, &b, 14));
  g_assert_true (_hp_plot_texts_overlap (&a, &c, 0));
  b.x = 5;
  g_assert_true (_hp_plot_texts_overlap (&a, &b, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (const PlotSample *sample = plot_samples; sample->name != NULL; sample++)
    {
      g_autofree char *path = g_strconcat ("/plot/layout/", sample->name, NULL);

      g_test_add_data_func (path, sample, test_all);
    }
  g_test_add_func ("/plot/layout/tiny", test_tiny);
  g_test_add_func ("/plot/layout/thinning", test_thinning);
  g_test_add_func ("/plot/layout/zero", test_zero);
  g_test_add_func ("/plot/layout/labels-of-categories", test_long_labels);
  g_test_add_func ("/plot/layout/equal-axes", test_equal);
  g_test_add_func ("/plot/layout/outliers", test_labels);
  g_test_add_func ("/plot/layout/turned-boxes", test_overlap);
  return g_test_run ();
}

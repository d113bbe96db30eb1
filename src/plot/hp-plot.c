/* hp-plot.c - a chart at a size: laid out once, drawn often
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-plot-pen-private.h"
#include "hp-plot-private.h"

#define SMALLEST    40.0
#define MAX_PICTURE 8192 /* pixels of a side that is kept */

static void
clear_text (gpointer data)
{
  g_clear_object (&((HpPlotText *) data)->layout);
}

static PangoContext *
make_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

/**
 * hp_plot_new:
 * @chart: a finished chart, which must outlive the plot and not change
 * @width: of the picture, in points (a pixel at scale 1)
 * @height: of the picture
 * @palette: colours
 *
 * Lays a chart out: margins for its texts, ticks that are apart, legend, and which labels fit. Needs no PLplot, and may
 * be done in any thread, but a plot stays in its thread.
 *
 * Returns: (transfer full): the plot
 */
HpPlot *
hp_plot_new (const HpChart *chart, double width, double height, HpPaletteId palette)
{
  HpPlot *plot;

  g_return_val_if_fail (chart != NULL, NULL);

  plot = g_new0 (HpPlot, 1);
  plot->chart = chart;
  plot->width = width > SMALLEST ? width : SMALLEST;
  plot->height = height > SMALLEST ? height : SMALLEST;
  plot->palette_id = palette;
  plot->palette = hp_palette_get (palette);
  plot->context = make_context ();
  plot->texts = g_array_new (FALSE, FALSE, sizeof (HpPlotText));
  g_array_set_clear_func (plot->texts, clear_text);
  plot->x_ticks = g_array_new (FALSE, FALSE, sizeof (HpPlotTick));
  plot->y_ticks = g_array_new (FALSE, FALSE, sizeof (HpPlotTick));
  plot->entries = g_array_new (FALSE, FALSE, sizeof (HpPlotEntry));
  _hp_plot_lay_out (plot);
  return plot;
}

void
hp_plot_free (HpPlot *plot)
{
  if (plot == NULL)
    return;
  g_array_unref (plot->texts);
  g_array_unref (plot->x_ticks);
  g_array_unref (plot->y_ticks);
  g_array_unref (plot->entries);
  g_free (plot->x_widths);
  g_free (plot->y_heights);
  _hp_plot_spots_free (plot->spots);
  g_clear_pointer (&plot->picture, cairo_surface_destroy);
  g_object_unref (plot->context);
  g_free (plot);
}

/* Without PLplot's driver there are no lines: better a sentence than half a chart */
static void
draw_refusal (const HpPlot *plot, cairo_t *cairo, const char *message)
{
  HpPlotText text = { HP_PLOT_TEXT_EMPTY, _hp_plot_text_layout (plot, message, HP_PLOT_FONT_LABEL) };

  _hp_plot_text_limit (text.layout, plot->width - 2 * plot->pad, 8);
  _hp_plot_text_measure (text.layout, &text.width, &text.height);
  text.x = (plot->width - text.width) / 2;
  text.y = (plot->height - text.height) / 2;
  text.color = plot->palette->text;
  _hp_plot_draw_text (plot, cairo, &text);
  g_object_unref (text.layout);
}

void
_hp_plot_draw_all (HpPlot *plot, cairo_t *cairo)
{
  g_autoptr (GError) error = NULL;

  cairo_save (cairo);
  cairo_rectangle (cairo, 0, 0, plot->width, plot->height);
  cairo_set_source_rgb (cairo, plot->palette->background.red, plot->palette->background.green,
                        plot->palette->background.blue);
  cairo_fill (cairo);
  if (plot->chart->empty != NULL)
    _hp_plot_draw_texts (plot, cairo);
  else if (!_hp_plot_pen_check (&error))
    draw_refusal (plot, cairo, error->message);
  else
    {
      _hp_plot_draw_grid (plot, cairo);
      _hp_plot_draw_lines (plot, cairo);
      _hp_plot_draw_series (plot, cairo);
      _hp_plot_draw_axes (plot, cairo);
      _hp_plot_draw_legend (plot, cairo);
      _hp_plot_draw_scale (plot, cairo);
      _hp_plot_draw_texts (plot, cairo);
    }
  cairo_restore (cairo);
}

/* Pixels of the target in a point, if a picture of them can be laid on it; 0 if not */
static double
picture_scale (const HpPlot *plot, cairo_t *cairo)
{
  cairo_matrix_t matrix;
  double scale_x, scale_y, scale;

  if (_hp_plot_is_vector (cairo))
    return 0;
  cairo_get_matrix (cairo, &matrix);
  cairo_surface_get_device_scale (cairo_get_group_target (cairo), &scale_x, &scale_y);
  scale = matrix.xx * scale_x;
  if (matrix.xy != 0 || matrix.yx != 0 || !(scale > 0) || fabs (scale - matrix.yy * scale_y) > 1e-9)
    return 0;
  return MAX (plot->width, plot->height) * scale <= MAX_PICTURE ? scale : 0;
}

static cairo_surface_t *
make_picture (HpPlot *plot, double scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (plot->width * scale),
                                                         (int) ceil (plot->height * scale));
  cairo_t *cairo = cairo_create (surface);

  cairo_scale (cairo, scale, scale);
  _hp_plot_draw_all (plot, cairo);
  cairo_destroy (cairo);
  return surface;
}

/**
 * hp_plot_draw:
 * @plot: a plot
 * @cairo: a context; the plot is drawn from (0, 0)
 *
 * Draws the plot, its background too. On pixels the first time leaves a picture, which is only laid down the next
 * times, so that a view can be drawn anew with each highlight. On vectors it draws vectors.
 */
void
hp_plot_draw (HpPlot *plot, cairo_t *cairo)
{
  double scale;

  g_return_if_fail (plot != NULL && cairo != NULL);

  scale = picture_scale (plot, cairo);
  if (scale <= 0)
    {
      _hp_plot_draw_all (plot, cairo);
      return;
    }
  if (plot->picture == NULL || plot->picture_scale != scale)
    {
      g_clear_pointer (&plot->picture, cairo_surface_destroy);
      plot->picture = make_picture (plot, scale);
      plot->picture_scale = scale;
    }
  cairo_save (cairo);
  cairo_rectangle (cairo, 0, 0, plot->width, plot->height);
  cairo_scale (cairo, 1 / scale, 1 / scale);
  cairo_set_source_surface (cairo, plot->picture, 0, 0);
  cairo_fill (cairo);
  cairo_restore (cairo);
}

/**
 * hp_plot_draw_chart:
 * @chart: a finished chart
 * @cairo: a context; the chart is drawn from (0, 0)
 * @width: of the chart, in the context's units
 * @height: of the chart
 * @palette: colours
 *
 * Draws a chart into a rectangle of somebody else's page, once.
 */
void
hp_plot_draw_chart (const HpChart *chart, cairo_t *cairo, double width, double height, HpPaletteId palette)
{
  g_autoptr (HpPlot) plot = hp_plot_new (chart, width, height, palette);

  _hp_plot_draw_all (plot, cairo);
}

/**
 * hp_plot_to_pixels:
 * @plot: a plot
 * @x: on the x axis
 * @y: on the y axis
 * @px: (out): points from the left
 * @py: (out): points from the top
 */
void
hp_plot_to_pixels (HpPlot *plot, double x, double y, double *px, double *py)
{
  *px = _hp_plot_place_x (plot, x);
  *py = _hp_plot_place_y (plot, y);
}

/* hp-plot-highlight.c - the sale that the pointer or the keys are at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-plot-private.h"

#define AWAY 7.0

static void
set_color (cairo_t *cairo, HpColor color, double alpha)
{
  cairo_set_source_rgba (cairo, color.red, color.green, color.blue, alpha);
}

static void
draw_ring (const HpPlot *plot, cairo_t *cairo, const HpPlotSpot *spot)
{
  double radius = MAX (plot->mark.radius + 2.5, 5);

  cairo_new_path (cairo);
  cairo_arc (cairo, spot->x, spot->y, radius, 0, 2 * G_PI);
  set_color (cairo, plot->palette->background, 1);
  cairo_set_line_width (cairo, 4.5);
  cairo_stroke_preserve (cairo);
  set_color (cairo, plot->palette->text, 1);
  cairo_set_line_width (cairo, 2);
  cairo_stroke (cairo);
}

static char *
find_label (const HpPlot *plot, guint64 row)
{
  for (guint i = 0; i < plot->chart->labels->len; i++)
    {
      const HpChartLabel *label = g_ptr_array_index (plot->chart->labels, i);

      if (label->row == row && label->text != NULL)
        return g_strdup (label->text);
    }
  return g_strdup_printf ("%" G_GUINT64_FORMAT, row);
}

static void
draw_label (const HpPlot *plot, cairo_t *cairo, const HpPlotSpot *spot)
{
  g_autofree char *words = find_label (plot, spot->row);
  g_autoptr (PangoLayout) layout = _hp_plot_text_layout (plot, words, HP_PLOT_FONT_TICK);
  HpPlotText text
    = { HP_PLOT_TEXT_POINT, layout, spot->x + plot->mark.radius + AWAY, 0, 0, 0, 0, plot->palette->background, FALSE };

  _hp_plot_text_measure (layout, &text.width, &text.height);
  if (text.x + text.width + 6 > plot->width)
    text.x = spot->x - plot->mark.radius - AWAY - text.width;
  text.y = CLAMP (spot->y - text.height / 2, 2, plot->height - text.height - 2);
  cairo_rectangle (cairo, text.x - 4, text.y - 1, text.width + 8, text.height + 2);
  set_color (cairo, plot->palette->text, 0.9);
  cairo_fill (cairo);
  _hp_plot_draw_text (plot, cairo, &text);
}

/**
 * hp_plot_draw_highlight:
 * @plot: a plot
 * @cairo: a context, with what hp_plot_draw() drew
 * @row: of the sale
 *
 * Draws a ring around each point of a sale (several versions have one each), and its label beside the first. Nothing if
 * the sale isn't in the plot.
 */
void
hp_plot_draw_highlight (HpPlot *plot, cairo_t *cairo, guint64 row)
{
  const HpPlotSpots *spots;
  const HpPlotSpot *first = NULL;
  guint32 n;

  g_return_if_fail (plot != NULL && cairo != NULL);

  if (plot->chart->empty != NULL || row == 0)
    return;
  spots = _hp_plot_get_spots (plot);
  n = spots->starts[spots->n_columns * spots->n_rows];
  cairo_save (cairo);
  for (guint32 i = 0; i < n; i++)
    if (spots->spots[i].row == row)
      {
        draw_ring (plot, cairo, &spots->spots[i]);
        first = first != NULL ? first : &spots->spots[i];
      }
  if (first != NULL)
    draw_label (plot, cairo, first);
  cairo_restore (cairo);
}

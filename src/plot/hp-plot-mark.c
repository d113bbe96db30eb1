/* hp-plot-mark.c - what stands for a sale: its shape, its size, its colour
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-plot-points-private.h"

/* What a category has of the frame: points of one don't reach into the next */
static double
smallest_place (const HpPlot *plot)
{
  const HpChartAxis *x = &plot->chart->x, *y = &plot->chart->y;
  double across = x->kind == HP_AXIS_CATEGORY ? plot->frame.width / (x->to - x->from) : G_MAXDOUBLE;
  double along = y->kind == HP_AXIS_CATEGORY ? plot->frame.height / (y->to - y->from) : G_MAXDOUBLE;

  return MIN (across, along);
}

/* The more points, the smaller and the fainter */
HpPlotMark
_hp_plot_choose_mark (const HpPlot *plot)
{
  gsize n = 1;
  double size = sqrt (plot->frame.width * plot->frame.height / (600 * 400));
  HpPlotMark mark;

  for (guint i = 0; i < plot->chart->series->len; i++)
    {
      const HpChartSeries *series = g_ptr_array_index (plot->chart->series, i);

      n += series->kind == HP_SERIES_POINTS ? series->n : 0;
    }
  mark.radius = CLAMP (7.6 * pow ((double) n, -0.165), 1.3, 4.2) * CLAMP (size, 0.75, 1.4);
  mark.radius = MIN (mark.radius, MAX (smallest_place (plot) * 0.3, 1.3));
  mark.alpha = CLAMP (2.1 * pow ((double) n, -0.2), 0.25, 0.85);
  if (plot->palette_id == HP_PALETTE_HIGH_CONTRAST || plot->palette_id == HP_PALETTE_HIGH_CONTRAST_DARK)
    mark.alpha = MIN (mark.alpha * 1.4, 1);
  return mark;
}

/* Versions that overlay differ in shape too, since colours aren't seen by all: 0 if it is the only cloud */
guint
_hp_plot_series_shape (const HpPlot *plot, const HpChartSeries *series)
{
  guint shape = 0;

  for (guint i = 0; i < plot->chart->series->len; i++)
    {
      const HpChartSeries *other = g_ptr_array_index (plot->chart->series, i);

      if (other == series)
        return shape % 4;
      shape += other->kind == HP_SERIES_POINTS && other->label != NULL && other->role < HP_ROLE_REFERENCE;
    }
  return 0;
}

HpColor
_hp_plot_series_color (const HpPlot *plot, const HpChartSeries *series)
{
  const HpChartScale *scale = &plot->chart->scale;

  if (series->role < HP_ROLE_VALUE)
    return plot->palette->role[series->role];
  return hp_palette_value (plot->palette_id, scale, (scale->low + scale->high) / 2);
}

/* Circle, square, diamond, triangle: of like areas. Is a place in units of the radius within? */
gboolean
_hp_plot_mark_covers (guint shape, double x, double y)
{
  switch (shape)
    {
    case 1:
      return fabs (x) <= 0.87 && fabs (y) <= 0.87;
    case 2:
      return fabs (x) + fabs (y) <= 1.25;
    case 3:
      return y <= 0.8 && y >= -1.1 && fabs (x) <= (y + 1.1) * 0.68;
    default:
      return x * x + y * y <= 1;
    }
}

void
_hp_plot_mark_trace (cairo_t *cairo, guint shape, double x, double y, double radius)
{
  cairo_new_sub_path (cairo);
  switch (shape)
    {
    case 1:
      cairo_rectangle (cairo, x - radius * 0.87, y - radius * 0.87, radius * 1.74, radius * 1.74);
      return;
    case 2:
      cairo_move_to (cairo, x - radius * 1.25, y);
      cairo_line_to (cairo, x, y - radius * 1.25);
      cairo_line_to (cairo, x + radius * 1.25, y);
      cairo_line_to (cairo, x, y + radius * 1.25);
      break;
    case 3:
      cairo_move_to (cairo, x - radius * 1.29, y + radius * 0.8);
      cairo_line_to (cairo, x, y - radius * 1.1);
      cairo_line_to (cairo, x + radius * 1.29, y + radius * 0.8);
      break;
    default:
      cairo_arc (cairo, x, y, radius, 0, 2 * G_PI);
      return;
    }
  cairo_close_path (cairo);
}

void
_hp_plot_draw_mark (const HpPlot *plot, cairo_t *cairo, const HpChartSeries *series, guint shape, double x, double y)
{
  HpColor color = _hp_plot_series_color (plot, series);

  cairo_new_path (cairo);
  _hp_plot_mark_trace (cairo, shape, x, y, CLAMP (plot->mark.radius, 3, 4.5));
  cairo_set_source_rgba (cairo, color.red, color.green, color.blue, MAX (plot->mark.alpha, 0.8));
  cairo_fill (cairo);
}

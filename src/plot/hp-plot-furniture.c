/* hp-plot-furniture.c - grid, axes, reference lines, legend and scale of colours
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-plot-pen-private.h"
#include "hp-plot-private.h"

#define STRIPS          48 /* of the scale of colours */
#define TICK            4.0
#define REFERENCE_WIDTH 1.3

/* The middle of a pixel, on which a line of one pixel is sharp */
static double
sharp (double at)
{
  return floor (at) + 0.5;
}

void
_hp_plot_draw_grid (HpPlot *plot, cairo_t *cairo)
{
  const HpPlotRect *frame = &plot->frame;
  g_autoptr (HpPlotPen) pen = _hp_plot_pen_new (cairo, plot->width, plot->height);

  if (pen == NULL)
    return;
  _hp_plot_pen_color (pen, plot->palette->grid, 1);
  for (guint i = 0; !plot->chart->x.no_grid && plot->chart->x.kind != HP_AXIS_CATEGORY && i < plot->x_ticks->len; i++)
    {
      double x = sharp (g_array_index (plot->x_ticks, HpPlotTick, i).pixel);

      _hp_plot_pen_segment (pen, x, frame->y, x, frame->y + frame->height, 1, FALSE);
    }
  for (guint i = 0; !plot->chart->y.no_grid && plot->chart->y.kind != HP_AXIS_CATEGORY && i < plot->y_ticks->len; i++)
    {
      double y = sharp (g_array_index (plot->y_ticks, HpPlotTick, i).pixel);

      _hp_plot_pen_segment (pen, frame->x, y, frame->x + frame->width, y, 1, FALSE);
    }
}

static void
draw_line (const HpPlot *plot, HpPlotPen *pen, const HpChartLine *line)
{
  const HpChartAxis *x = &plot->chart->x, *y = &plot->chart->y;
  double width = REFERENCE_WIDTH * plot->pad / 12;
  HpChartRole role = line->role < HP_ROLE_VALUE ? line->role : HP_ROLE_REFERENCE;

  _hp_plot_pen_color (pen, plot->palette->role[role], 1);
  switch (line->kind)
    {
    case HP_LINE_HORIZONTAL:
      _hp_plot_pen_segment (pen, x->from, line->at, x->to, line->at, width, line->dashed);
      break;
    case HP_LINE_VERTICAL:
      _hp_plot_pen_segment (pen, line->at, y->from, line->at, y->to, width, line->dashed);
      break;
    case HP_LINE_DIAGONAL:
    default:
      {
        double from = MAX (x->from, y->from - line->at), to = MIN (x->to, y->to - line->at);

        if (from < to)
          _hp_plot_pen_segment (pen, from, from + line->at, to, to + line->at, width, line->dashed);
      }
      break;
    }
}

void
_hp_plot_draw_lines (HpPlot *plot, cairo_t *cairo)
{
  const HpPlotRect *frame = &plot->frame;
  g_autoptr (HpPlotPen) pen = NULL;

  if (plot->chart->lines->len == 0)
    return;
  pen = _hp_plot_pen_new (cairo, plot->width, plot->height);
  if (pen == NULL)
    return;
  _hp_plot_pen_window (pen, frame->x, frame->y, frame->width, frame->height, &plot->chart->x, &plot->chart->y);
  for (guint i = 0; i < plot->chart->lines->len; i++)
    {
      const HpChartLine *line = g_ptr_array_index (plot->chart->lines, i);

      if (isfinite (line->at))
        draw_line (plot, pen, line);
    }
}

/* Below and on the left; the frame is open at the other sides */
void
_hp_plot_draw_axes (HpPlot *plot, cairo_t *cairo)
{
  const HpPlotRect *frame = &plot->frame;
  double bottom = sharp (frame->y + frame->height), left = sharp (frame->x);
  g_autoptr (HpPlotPen) pen = _hp_plot_pen_new (cairo, plot->width, plot->height);

  if (pen == NULL)
    return;
  _hp_plot_pen_color (pen, plot->palette->axis, 1);
  _hp_plot_pen_segment (pen, frame->x, bottom, frame->x + frame->width, bottom, 1, FALSE);
  _hp_plot_pen_segment (pen, left, frame->y, left, bottom, 1, FALSE);
  for (guint i = 0; plot->chart->x.kind != HP_AXIS_CATEGORY && i < plot->x_ticks->len; i++)
    {
      double x = sharp (g_array_index (plot->x_ticks, HpPlotTick, i).pixel);

      _hp_plot_pen_segment (pen, x, bottom, x, bottom + TICK, 1, FALSE);
    }
}

static void
draw_swatch (const HpPlot *plot, HpPlotPen *pen, const HpPlotEntry *entry)
{
  const HpChartSeries *series = entry->series;
  double middle = entry->y + entry->height / 2, high = entry->height * 0.28;
  HpColor color = _hp_plot_series_color (plot, series);

  if (series->kind == HP_SERIES_LINE || series->kind == HP_SERIES_RANGES)
    {
      _hp_plot_pen_color (pen, color, series->faint ? 0.6 : 1);
      _hp_plot_pen_segment (pen, entry->x, middle, entry->x + entry->width, middle, series->dashed ? 1.3 : 2,
                            series->dashed);
    }
  else if (series->kind != HP_SERIES_POINTS)
    {
      _hp_plot_pen_color (pen, color, series->kind == HP_SERIES_BARS ? (series->faint ? 0.5 : 0.92) : 0.35);
      _hp_plot_pen_rectangle (pen, entry->x + entry->width * 0.1, middle - high, entry->x + entry->width * 0.9,
                              middle + high);
    }
}

void
_hp_plot_draw_legend (HpPlot *plot, cairo_t *cairo)
{
  HpPlotPen *pen;

  if (plot->entries->len == 0)
    return;
  pen = _hp_plot_pen_new (cairo, plot->width, plot->height);
  for (guint i = 0; pen != NULL && i < plot->entries->len; i++)
    draw_swatch (plot, pen, &g_array_index (plot->entries, HpPlotEntry, i));
  _hp_plot_pen_free (pen);
  for (guint i = 0; i < plot->entries->len; i++)
    {
      const HpPlotEntry *entry = &g_array_index (plot->entries, HpPlotEntry, i);

      if (entry->series->kind == HP_SERIES_POINTS || entry->series->kind == HP_SERIES_RANGES)
        _hp_plot_draw_mark (plot, cairo, entry->series,
                            entry->series->kind == HP_SERIES_POINTS ? _hp_plot_series_shape (plot, entry->series) : 0,
                            entry->x + entry->width / 2, entry->y + entry->height / 2);
    }
}

void
_hp_plot_draw_scale (HpPlot *plot, cairo_t *cairo)
{
  const HpPlotRect *bar = &plot->scale_bar;
  const HpChartScale *scale = &plot->chart->scale;
  g_autoptr (HpPlotPen) pen = NULL;

  if (bar->width <= 0)
    return;
  pen = _hp_plot_pen_new (cairo, plot->width, plot->height);
  if (pen == NULL)
    return;
  /* Each strip reaches down to the end, so that no seams are seen */
  for (int i = 0; i < STRIPS; i++)
    {
      double value = scale->high - (i + 0.5) / STRIPS * (scale->high - scale->low);

      _hp_plot_pen_color (pen, hp_palette_value (plot->palette_id, scale, value), 1);
      _hp_plot_pen_rectangle (pen, bar->x, bar->y + bar->height * i / STRIPS, bar->x + bar->width,
                              bar->y + bar->height);
    }
}

/* hp-plot-series.c - lines, bands, bars, boxes and ranges
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-plot-pen-private.h"
#include "hp-plot-private.h"

#define LINE_WIDTH 1.8
#define BOX_WIDTH  0.7 /* of a category's place, if the box doesn't say */
#define SEPARATED  5.0 /* pixels: bars as wide as that have a line of the background around them */

static gboolean
has_high_contrast (const HpPlot *plot)
{
  return plot->palette_id == HP_PALETTE_HIGH_CONTRAST || plot->palette_id == HP_PALETTE_HIGH_CONTRAST_DARK;
}

static void
draw_line (const HpPlot *plot, HpPlotPen *pen, const HpChartSeries *series)
{
  double width = series->width > 0 ? series->width : LINE_WIDTH * plot->pad / 12;

  _hp_plot_pen_color (pen, _hp_plot_series_color (plot, series), series->faint ? 0.3 : 1);
  _hp_plot_pen_line (pen, series->n, series->x, series->y, width, series->dashed);
}

/* One polygon for each part without gaps: along the upper side, and back along the lower */
static void
draw_band (const HpPlot *plot, HpPlotPen *pen, const HpChartSeries *series)
{
  g_autofree double *x = g_new (double, 2 * series->n + 1);
  g_autofree double *y = g_new (double, 2 * series->n + 1);
  double alpha = has_high_contrast (plot) ? 0.35 : 0.2;

  if (series->y2 == NULL)
    return;
  _hp_plot_pen_color (pen, _hp_plot_series_color (plot, series), series->faint ? alpha / 2 : alpha);
  for (gsize start = 0, end; start < series->n; start = end + 1)
    {
      gsize n = 0;

      for (end = start; end < series->n && !isnan (series->x[end] + series->y[end] + series->y2[end]); end++)
        {
          x[n] = series->x[end];
          y[n++] = series->y[end];
        }
      for (gsize i = end; i > start; i--)
        {
          x[n] = series->x[i - 1];
          y[n++] = series->y2[i - 1];
        }
      _hp_plot_pen_fill (pen, n, x, y);
    }
}

typedef struct
{
  double x1, y1, x2, y2;
} Bar;

static Bar
get_bar (const HpChartSeries *series, gsize i)
{
  Bar bar = { series->x[i], series->y[i], series->x2 != NULL ? series->x2[i] : series->x[i],
              series->y2 != NULL ? series->y2[i] : series->y[i] };

  if (series->horizontal && series->x2 == NULL)
    bar.x2 = 0;
  if (!series->horizontal && series->y2 == NULL)
    bar.y2 = 0;
  return bar;
}

static void
draw_bars (const HpPlot *plot, HpPlotPen *pen, const HpChartSeries *series)
{
  HpColor color = _hp_plot_series_color (plot, series);

  for (gsize i = 0; i < series->n; i++)
    {
      Bar bar = get_bar (series, i);
      double side = series->horizontal ? _hp_plot_place_y (plot, bar.y1) - _hp_plot_place_y (plot, bar.y2)
                                       : _hp_plot_place_x (plot, bar.x2) - _hp_plot_place_x (plot, bar.x1);

      if (isnan (bar.x1 + bar.x2 + bar.y1 + bar.y2))
        continue;
      _hp_plot_pen_color (pen, color, series->faint ? 0.45 : 0.92);
      _hp_plot_pen_rectangle (pen, bar.x1, bar.y1, bar.x2, bar.y2);
      if (fabs (side) >= SEPARATED)
        {
          const double x[] = { bar.x1, bar.x1, bar.x2, bar.x2, bar.x1 };
          const double y[] = { bar.y2, bar.y1, bar.y1, bar.y2, bar.y2 };

          _hp_plot_pen_color (pen, plot->palette->background, 1);
          _hp_plot_pen_line (pen, 5, x, y, 0.8, FALSE);
        }
    }
}

/* across: along the axis of the boxes' places; the other is that of values */
static void
line_of_box (HpPlotPen *pen, gboolean horizontal, double across1, double value1, double across2, double value2,
             double width)
{
  if (horizontal)
    _hp_plot_pen_segment (pen, value1, across1, value2, across2, width, FALSE);
  else
    _hp_plot_pen_segment (pen, across1, value1, across2, value2, width, FALSE);
}

static void
draw_box (const HpPlot *plot, HpPlotPen *pen, const HpChartSeries *series, const HpChartBox *box)
{
  double half = (box->width > 0 ? box->width : BOX_WIDTH) / 2;
  HpColor color = box->few ? plot->palette->role[HP_ROLE_MUTED] : _hp_plot_series_color (plot, series);
  double low = box->at - half, high = box->at + half, thin = 1.1 * plot->pad / 12;
  gboolean flat = series->horizontal;

  /* No grid is seen through it */
  for (int layer = 0; layer < 2; layer++)
    {
      _hp_plot_pen_color (pen, layer == 0 ? plot->palette->background : color,
                          layer == 0                 ? 1
                          : has_high_contrast (plot) ? 0.4
                                                     : 0.28);
      if (flat)
        _hp_plot_pen_rectangle (pen, box->q1, low, box->q3, high);
      else
        _hp_plot_pen_rectangle (pen, low, box->q1, high, box->q3);
    }
  _hp_plot_pen_color (pen, color, 1);
  line_of_box (pen, flat, low, box->q1, high, box->q1, thin);
  line_of_box (pen, flat, low, box->q3, high, box->q3, thin);
  line_of_box (pen, flat, low, box->q1, low, box->q3, thin);
  line_of_box (pen, flat, high, box->q1, high, box->q3, thin);
  line_of_box (pen, flat, box->at, box->whisker_low, box->at, box->q1, thin);
  line_of_box (pen, flat, box->at, box->q3, box->at, box->whisker_high, thin);
  line_of_box (pen, flat, low, box->median, high, box->median, thin * 2.2);
}

static void
draw_boxes (const HpPlot *plot, HpPlotPen *pen, const HpChartSeries *series)
{
  for (guint i = 0; series->boxes != NULL && i < series->boxes->len; i++)
    {
      const HpChartBox *box = &g_array_index (series->boxes, HpChartBox, i);

      if (!isnan (box->at + box->q1 + box->median + box->q3))
        draw_box (plot, pen, series, box);
    }
}

static void
draw_ranges (const HpPlot *plot, HpPlotPen *pen, const HpChartSeries *series)
{
  double width = series->width > 0 ? series->width : LINE_WIDTH * plot->pad / 12;

  _hp_plot_pen_color (pen, _hp_plot_series_color (plot, series), series->faint ? 0.4 : 1);
  for (gsize i = 0; i < series->n; i++)
    if (series->horizontal && series->x2 != NULL)
      _hp_plot_pen_segment (pen, series->x[i], series->y[i], series->x2[i], series->y[i], width, FALSE);
    else if (!series->horizontal && series->y2 != NULL)
      _hp_plot_pen_segment (pen, series->x[i], series->y[i], series->x[i], series->y2[i], width, FALSE);
}

static void
draw_middles (const HpPlot *plot, cairo_t *cairo, const HpChartSeries *series)
{
  const HpChartAxis *across = &plot->chart->x, *along = &plot->chart->y;

  for (gsize i = 0; series->mid != NULL && i < series->n; i++)
    {
      double x = series->horizontal ? series->mid[i] : series->x[i];
      double y = series->horizontal ? series->y[i] : series->mid[i];

      if (x >= across->from && x <= across->to && y >= along->from && y <= along->to)
        _hp_plot_draw_mark (plot, cairo, series, 0, _hp_plot_place_x (plot, x), _hp_plot_place_y (plot, y));
    }
}

static void
draw_with_pen (const HpPlot *plot, HpPlotPen *pen, const HpChartSeries *series)
{
  switch (series->kind)
    {
    case HP_SERIES_LINE:
      draw_line (plot, pen, series);
      break;
    case HP_SERIES_BAND:
      draw_band (plot, pen, series);
      break;
    case HP_SERIES_BARS:
      draw_bars (plot, pen, series);
      break;
    case HP_SERIES_BOXES:
      draw_boxes (plot, pen, series);
      break;
    case HP_SERIES_RANGES:
      draw_ranges (plot, pen, series);
      break;
    case HP_SERIES_POINTS:
    default:
      break;
    }
}

void
_hp_plot_draw_series (HpPlot *plot, cairo_t *cairo)
{
  const HpChart *chart = plot->chart;
  HpPlotPen *pen = NULL;

  /* The pen is put down for what cairo draws itself */
  for (guint i = 0; i < chart->series->len; i++)
    {
      const HpChartSeries *series = g_ptr_array_index (chart->series, i);

      if (series->kind != HP_SERIES_POINTS && pen == NULL)
        {
          pen = _hp_plot_pen_new (cairo, plot->width, plot->height);
          if (pen == NULL)
            return;
          _hp_plot_pen_window (pen, plot->frame.x, plot->frame.y, plot->frame.width, plot->frame.height, &chart->x,
                               &chart->y);
        }
      if (pen != NULL)
        draw_with_pen (plot, pen, series);
      if (series->kind == HP_SERIES_POINTS || series->kind == HP_SERIES_RANGES)
        g_clear_pointer (&pen, _hp_plot_pen_free);
      if (series->kind == HP_SERIES_POINTS)
        _hp_plot_draw_points (plot, cairo, series, _hp_plot_series_shape (plot, series));
      else if (series->kind == HP_SERIES_RANGES)
        draw_middles (plot, cairo, series);
    }
  g_clear_pointer (&pen, _hp_plot_pen_free);
}

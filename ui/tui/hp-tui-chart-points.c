/* hp-tui-chart-points.c - points of a chart: thousands of sales in some hundred cells
 *
 * Dots of all versions are shown; a cell has the colour of the version with most points in it. Characters that are no
 * dots tell how many points a cell has, or whose they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-tui-chart-private.h"

/* Points of a cell from which on it is dense, and very dense */
#define DENSE      2
#define VERY_DENSE 6

typedef struct
{
  guint8 *dots;   /* of all series */
  guint *points;  /* of the series with most of them */
  guint8 *style;  /* of that series */
  guint *counts;  /* of the series that is being added */
  double *values; /* their sums, of series that are coloured by value */
} Points;

static void
points_clear (Points *points)
{
  g_free (points->dots);
  g_free (points->points);
  g_free (points->style);
  g_free (points->counts);
  g_free (points->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Points, points_clear)

/* How many points of a series each cell has */
static void
count (const HpTuiFrame *frame, const HpChartSeries *series, Points *points, int n_cells)
{
  const HpTuiPlot *plot = frame->plot;
  gboolean valued = series->role == HP_ROLE_VALUE && series->value != NULL;

  for (int i = 0; i < n_cells; i++)
    points->values[i] = points->counts[i] = 0;
  for (gsize i = 0; i < series->n; i++)
    {
      int x = _hp_tui_frame_dot_x (frame, series->x[i]), y = _hp_tui_frame_dot_y (frame, series->y[i]);
      int column, row;

      if (x < 0 || y < 0 || x >= plot->width || y >= plot->height)
        continue;
      column = x * plot->columns / plot->width;
      row = y * plot->rows / plot->height;
      hp_tui_plot_dot (plot, points->dots, x, y);
      points->counts[row * plot->columns + column]++;
      if (valued && isfinite (series->value[i]))
        points->values[row * plot->columns + column] += series->value[i];
    }
}

/* Points that a line goes through are faint, as long as it says whose they are */
static gboolean
has_line (const HpChart *chart, HpChartRole role)
{
  for (guint i = 0; i < chart->series->len; i++)
    if (((const HpChartSeries *) chart->series->pdata[i])->kind == HP_SERIES_LINE
        && ((const HpChartSeries *) chart->series->pdata[i])->role == role)
      return TRUE;
  return FALSE;
}

static HpStyle
style_of (const HpTuiFrame *frame, const HpChartSeries *series, const Points *points, int cell)
{
  if (series->role == HP_ROLE_VALUE)
    return _hp_tui_chart_style_value (&frame->chart->scale, points->values[cell] / points->counts[cell]);
  return series->faint && has_line (frame->chart, series->role) ? HP_STYLE_FAINT : _hp_tui_chart_style (series->role);
}

static void
add (const HpTuiFrame *frame, const HpChartSeries *series, Points *points, int n_cells)
{
  count (frame, series, points, n_cells);
  for (int i = 0; i < n_cells; i++)
    if (points->counts[i] > 0 && points->counts[i] >= points->points[i])
      {
        points->points[i] = points->counts[i];
        points->style[i] = (guint8) style_of (frame, series, points, i);
      }
}

static const char *
density (const HpCanvas *canvas, guint n)
{
  if (canvas->glyphs->level != HP_GLYPHS_ASCII)
    return n < DENSE ? "·" : n < VERY_DENSE ? "•" : "█";
  return n < DENSE ? "." : n < VERY_DENSE ? ":" : "#";
}

static void
draw (const HpTuiFrame *frame, const Points *points, gboolean one_series)
{
  const HpTuiPlot *plot = frame->plot;
  HpCanvas *canvas = frame->canvas;

  for (int i = 0; i < plot->columns * plot->rows; i++)
    {
      HpStyle style = points->style[i];
      int x = i % plot->columns, y = i / plot->columns;
      HpArea cell = hp_area_part (&frame->cells, x, y, 1, 1);
      HpTuiPlot one = { plot->level, 1, 1, 0, 0, NULL, NULL };

      if (points->points[i] == 0)
        continue;
      if (frame->marks && !one_series)
        hp_canvas_put (canvas, &cell, 0, 0, style, _hp_tui_chart_mark (canvas, style));
      else if (plot->level == HP_GLYPHS_BRAILLE)
        hp_tui_plot_draw (&one, points->dots + i, canvas, &cell, style);
      else
        hp_canvas_put (canvas, &cell, 0, 0, style, density (canvas, points->points[i]));
    }
}

void
_hp_tui_frame_draw_points (const HpTuiFrame *frame)
{
  gsize n_cells = (gsize) frame->plot->columns * frame->plot->rows;
  g_auto (Points) points = { hp_tui_plot_new_layer (frame->plot), g_new0 (guint, n_cells + 1),
                             g_new0 (guint8, n_cells + 1), g_new0 (guint, n_cells + 1), g_new0 (double, n_cells + 1) };
  gboolean one_series = TRUE;
  HpChartRole role = HP_N_ROLES;

  for (guint i = 0; i < frame->chart->series->len; i++)
    {
      const HpChartSeries *series = frame->chart->series->pdata[i];

      if (series->kind != HP_SERIES_POINTS)
        continue;
      /* of values, marks are all there is without colours */
      one_series = one_series && series->role != HP_ROLE_VALUE && (role == HP_N_ROLES || role == series->role);
      role = series->role;
      add (frame, series, &points, (int) n_cells);
    }
  draw (frame, &points, one_series);
}

/* hp-tui-chart-series.c - lines, bands, bars, boxes and ranges of a chart, and the words in it
 *
 * Areas come first, then points, then what must be seen through them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-tui-chart-private.h"

/* What is farther off than any screen is wide */
#define FAR_OFF 10000
/* Dots of a dash, and between two of them */
#define DASH_ON  2
#define DASH_OFF 3

static gboolean
is_far (int dot)
{
  return dot <= -FAR_OFF || dot >= FAR_OFF;
}

static void
draw_characters (const HpTuiFrame *frame, const guint8 *layer, HpStyle style, const char *character)
{
  const HpTuiPlot *plot = frame->plot;

  for (int i = 0; i < plot->columns * plot->rows; i++)
    if (layer[i] != 0)
      hp_canvas_put (frame->canvas, &frame->cells, i % plot->columns, i / plot->columns, style, character);
}

void
_hp_tui_frame_draw_layer (const HpTuiFrame *frame, const guint8 *layer, HpStyle style, const char *character)
{
  if (frame->plot->level == HP_GLYPHS_ASCII)
    draw_characters (frame, layer, style, character);
  else
    hp_tui_plot_draw (frame->plot, layer, frame->canvas, &frame->cells, style);
}

static void
draw_line (const HpTuiFrame *frame, const HpChartSeries *series)
{
  g_autofree guint8 *layer = hp_tui_plot_new_layer (frame->plot);
  HpStyle style = series->faint ? HP_STYLE_BAND : _hp_tui_chart_style (series->role);
  int off = series->dashed ? DASH_OFF : 0, at = 0;

  for (gsize i = 0; i + 1 < series->n; i++)
    {
      int x0 = _hp_tui_frame_dot_x (frame, series->x[i]), y0 = _hp_tui_frame_dot_y (frame, series->y[i]);
      int x1 = _hp_tui_frame_dot_x (frame, series->x[i + 1]), y1 = _hp_tui_frame_dot_y (frame, series->y[i + 1]);

      if (!is_far (x0) && !is_far (y0) && !is_far (x1) && !is_far (y1))
        hp_tui_plot_line (frame->plot, layer, x0, y0, x1, y1, DASH_ON, off, &at);
    }
  /* versions have marks where they can't be told apart otherwise */
  if (frame->marks && series->role <= HP_ROLE_SERIES_8)
    draw_characters (frame, layer, style, _hp_tui_chart_mark (frame->canvas, style));
  else
    _hp_tui_frame_draw_layer (frame, layer, style, _hp_tui_chart_mark (frame->canvas, style));
}

/* Its edges: dots between them could not be told from those of sales */
static void
draw_band (const HpTuiFrame *frame, const HpChartSeries *series)
{
  HpChartSeries edge
    = { .kind = HP_SERIES_LINE, .role = series->role, .dashed = TRUE, .n = series->n, .x = series->x, .y = series->y };

  if (series->role != HP_ROLE_TREND)
    edge.role = HP_ROLE_MUTED;
  draw_line (frame, &edge);
  edge.y = series->y2;
  if (edge.y != NULL)
    draw_line (frame, &edge);
}

static gboolean
is_line_beneath (const HpChartSeries *series)
{
  return series->kind == HP_SERIES_LINE && (series->faint || series->role == HP_ROLE_MUTED);
}

void
_hp_tui_frame_draw_series (const HpTuiFrame *frame)
{
  const GPtrArray *all = frame->chart->series;

  for (guint i = 0; i < all->len; i++)
    {
      const HpChartSeries *series = all->pdata[i];

      if (series->kind == HP_SERIES_BAND)
        draw_band (frame, series);
      else if (series->kind == HP_SERIES_BARS)
        _hp_tui_frame_draw_bars (frame, series);
      else if (is_line_beneath (series))
        draw_line (frame, series);
    }
  _hp_tui_frame_draw_points (frame);
  for (guint i = 0; i < all->len; i++)
    {
      const HpChartSeries *series = all->pdata[i];

      if (series->kind == HP_SERIES_LINE && !is_line_beneath (series))
        draw_line (frame, series);
      else if (series->kind == HP_SERIES_BOXES)
        _hp_tui_frame_draw_boxes (frame, series);
      else if (series->kind == HP_SERIES_RANGES)
        _hp_tui_frame_draw_ranges (frame, series);
    }
}

static void
draw_diagonal (const HpTuiFrame *frame, const HpChartLine *line)
{
  g_autofree guint8 *layer = hp_tui_plot_new_layer (frame->plot);
  double from = MAX (frame->x_from, frame->y_from - line->at), to = MIN (frame->x_to, frame->y_to - line->at);
  int at = 0;

  if (from >= to)
    return;
  hp_tui_plot_line (frame->plot, layer, _hp_tui_frame_dot_x (frame, from), _hp_tui_frame_dot_y (frame, from + line->at),
                    _hp_tui_frame_dot_x (frame, to), _hp_tui_frame_dot_y (frame, to + line->at), 2,
                    line->dashed ? 2 : 0, &at);
  _hp_tui_frame_draw_layer (frame, layer, HP_STYLE_RULE, ".");
}

void
_hp_tui_frame_draw_lines (const HpTuiFrame *frame)
{
  for (guint i = 0; i < frame->chart->lines->len; i++)
    {
      const HpChartLine *line = frame->chart->lines->pdata[i];
      const HpGlyphs *glyphs = frame->canvas->glyphs;
      int step = line->dashed ? 2 : 1;

      if (line->kind == HP_LINE_DIAGONAL)
        draw_diagonal (frame, line);
      else if (line->kind == HP_LINE_HORIZONTAL)
        for (int x = 0; x < frame->cells.width; x += step)
          hp_canvas_put (frame->canvas, &frame->cells, x, _hp_tui_frame_row (frame, line->at), HP_STYLE_RULE,
                         glyphs->horizontal);
      else
        for (int y = 0; y < frame->cells.height; y += step)
          hp_canvas_put (frame->canvas, &frame->cells, _hp_tui_frame_column (frame, line->at), y, HP_STYLE_RULE,
                         glyphs->vertical);
    }
}

/* A word may cover the frame's reference lines, not what is drawn of the sales */
static gboolean
is_free (const HpTuiFrame *frame, int x, int y)
{
  const HpCell *cell;

  if (x < 0 || y < 0 || x >= frame->cells.width || y >= frame->cells.height)
    return FALSE;
  cell = &frame->canvas->cells[(frame->cells.y + y) * frame->canvas->width + frame->cells.x + x];
  return cell->text[0] == '\0' || g_str_equal (cell->text, " ");
}

gboolean
_hp_tui_frame_put_free (const HpTuiFrame *frame, int x, int y, HpStyle style, const char *text)
{
  int width = hp_canvas_columns (frame->canvas, text);

  for (int i = 0; i < width; i++)
    if (!is_free (frame, x + i, y))
      return FALSE;
  hp_canvas_put (frame->canvas, &frame->cells, x, y, style, text);
  return TRUE;
}

void
_hp_tui_frame_draw_labels (const HpTuiFrame *frame)
{
  for (guint i = 0; i < frame->chart->series->len; i++)
    _hp_tui_frame_draw_bar_texts (frame, frame->chart->series->pdata[i]);
  for (guint i = 0; i < frame->chart->labels->len; i++)
    {
      const HpChartLabel *label = frame->chart->labels->pdata[i];
      int x = _hp_tui_frame_column (frame, label->x), y = _hp_tui_frame_row (frame, label->y);
      int width = hp_canvas_columns (frame->canvas, label->text);

      if (x < 0 || y < 0)
        continue;
      if (!_hp_tui_frame_put_free (frame, x + 1, y, HP_STYLE_FAINT, label->text))
        _hp_tui_frame_put_free (frame, x - width, y, HP_STYLE_FAINT, label->text);
    }
}

/* The sale that is chosen elsewhere, over everything */
void
_hp_tui_frame_draw_chosen (const HpTuiFrame *frame, guint64 row)
{
  for (guint i = frame->chart->series->len; i-- > 0;)
    {
      const HpChartSeries *series = frame->chart->series->pdata[i];

      for (gsize k = 0; series->kind == HP_SERIES_POINTS && series->row != NULL && k < series->n; k++)
        if (series->row[k] == row && isfinite (series->x[k]) && isfinite (series->y[k]))
          {
            hp_canvas_put (frame->canvas, &frame->cells, _hp_tui_frame_column (frame, series->x[k]),
                           _hp_tui_frame_row (frame, series->y[k]), HP_STYLE_FOCUS, frame->canvas->glyphs->own);
            return;
          }
    }
}

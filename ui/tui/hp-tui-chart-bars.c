/* hp-tui-chart-bars.c - bars, boxes and ranges of a chart
 *
 * What lies on its side has rows of its own, and is drawn in whole cells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-tui-chart-private.h"

static void
put (const HpTuiFrame *frame, int x, int y, HpStyle style, const char *text)
{
  if (x >= 0 && y >= 0 && x < frame->cells.width && y < frame->cells.height)
    hp_canvas_put (frame->canvas, &frame->cells, x, y, style, text);
}

/* Cells of a row from x to x2, whichever is the first */
static void
fill (const HpTuiFrame *frame, int x, int x2, int y, HpStyle style, const char *text)
{
  for (int at = MAX (MIN (x, x2), 0); at <= MIN (MAX (x, x2), frame->cells.width - 1); at++)
    put (frame, at, y, style, text);
}

static void
draw_lying_bar (const HpTuiFrame *frame, const HpChartSeries *series, gsize i, HpStyle style)
{
  int end = _hp_tui_frame_column (frame, series->x[i]), foot = _hp_tui_frame_column (frame, series->x2[i]);
  int row = _hp_tui_frame_row (frame, (series->y[i] + series->y2[i]) / 2);

  fill (frame, foot, end, row, style, frame->canvas->glyphs->full);
}

/* Figures at the ends of bars that lie: after what else reaches there, or before it */
void
_hp_tui_frame_draw_bar_texts (const HpTuiFrame *frame, const HpChartSeries *series)
{
  for (gsize i = 0; series->texts != NULL && series->horizontal && i < series->n; i++)
    {
      int end = _hp_tui_frame_column (frame, series->x[i]), foot = _hp_tui_frame_column (frame, series->x2[i]);
      int row = _hp_tui_frame_row (frame, (series->y[i] + series->y2[i]) / 2), x = MAX (foot, end) + 1;
      g_autofree char *text = series->texts[i] != NULL ? g_strdup_printf (" %s", series->texts[i]) : NULL;
      int width = text != NULL ? hp_canvas_columns (frame->canvas, text) : 0;

      while (width > 0 && x + width <= frame->cells.width
             && !_hp_tui_frame_put_free (frame, x, row, HP_STYLE_NORMAL, text))
        x++;
      if (width > 0 && x + width > frame->cells.width)
        _hp_tui_frame_put_free (frame, MIN (foot, end) - 1 - width, row, HP_STYLE_NORMAL, text);
    }
}

void
_hp_tui_frame_draw_bars (const HpTuiFrame *frame, const HpChartSeries *series)
{
  g_autofree guint8 *layer = hp_tui_plot_new_layer (frame->plot);
  HpStyle style = _hp_tui_chart_style (series->role);

  if (series->x2 == NULL || series->y2 == NULL)
    return;
  for (gsize i = 0; i < series->n; i++)
    {
      int x0, x1, y0, y1;

      if (series->horizontal)
        {
          draw_lying_bar (frame, series, i, style);
          continue;
        }
      x0 = _hp_tui_frame_dot_x (frame, MIN (series->x[i], series->x2[i]));
      x1 = _hp_tui_frame_dot_x (frame, MAX (series->x[i], series->x2[i]));
      y0 = _hp_tui_frame_dot_y (frame, MAX (series->y[i], series->y2[i]));
      y1 = _hp_tui_frame_dot_y (frame, MIN (series->y[i], series->y2[i]));
      if (series->y[i] != series->y2[i])
        hp_tui_plot_area (frame->plot, layer, x0, y0, MAX (x1 - 1, x0), y1);
    }
  if (!series->horizontal)
    hp_tui_plot_draw_area (frame->plot, layer, frame->canvas, &frame->cells, style);
}

/* ├───▒▒█▒▒────┤ */
static void
draw_lying_box (const HpTuiFrame *frame, const HpChartBox *box, HpStyle style, const char *body)
{
  const HpGlyphs *glyphs = frame->canvas->glyphs;
  const char *median = glyphs->level == HP_GLYPHS_ASCII ? "|" : frame->marks ? glyphs->vertical : glyphs->full;
  int row = _hp_tui_frame_row (frame, box->at);
  int low = _hp_tui_frame_column (frame, box->whisker_low), high = _hp_tui_frame_column (frame, box->whisker_high);

  fill (frame, low, high, row, style, glyphs->horizontal);
  put (frame, low, row, style, glyphs->tee_left);
  put (frame, high, row, style, glyphs->tee_right);
  fill (frame, _hp_tui_frame_column (frame, box->q1), _hp_tui_frame_column (frame, box->q3), row, style, body);
  put (frame, _hp_tui_frame_column (frame, box->median), row, style, median);
}

static void
draw_standing_box (const HpTuiFrame *frame, guint8 *layer, const HpChartBox *box)
{
  double width = box->width > 0 ? box->width : 0.7;
  int x0 = _hp_tui_frame_dot_x (frame, box->at - width / 2), x1 = _hp_tui_frame_dot_x (frame, box->at + width / 2);
  int middle = (x0 + x1) / 2, at = 0;
  const double levels[] = { box->q1, box->median, box->q3 };

  hp_tui_plot_line (frame->plot, layer, middle, _hp_tui_frame_dot_y (frame, box->whisker_low), middle,
                    _hp_tui_frame_dot_y (frame, box->q1), 1, 0, &at);
  hp_tui_plot_line (frame->plot, layer, middle, _hp_tui_frame_dot_y (frame, box->q3), middle,
                    _hp_tui_frame_dot_y (frame, box->whisker_high), 1, 0, &at);
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      int y = _hp_tui_frame_dot_y (frame, levels[i]);

      hp_tui_plot_line (frame->plot, layer, x0, y, x1, y, 1, 0, &at);
    }
  for (int side = 0; side < 2; side++)
    hp_tui_plot_line (frame->plot, layer, side == 0 ? x0 : x1, _hp_tui_frame_dot_y (frame, box->q1),
                      side == 0 ? x0 : x1, _hp_tui_frame_dot_y (frame, box->q3), 1, 0, &at);
}

void
_hp_tui_frame_draw_boxes (const HpTuiFrame *frame, const HpChartSeries *series)
{
  g_autofree guint8 *layer = hp_tui_plot_new_layer (frame->plot);
  HpStyle style = _hp_tui_chart_style (series->role);
  const char *body = frame->marks ? _hp_tui_chart_mark (frame->canvas, style) : "▒";

  for (guint i = 0; series->boxes != NULL && i < series->boxes->len; i++)
    {
      const HpChartBox *box = &g_array_index (series->boxes, HpChartBox, i);

      if (!series->horizontal)
        draw_standing_box (frame, layer, box);
      else
        draw_lying_box (frame, box, box->few ? HP_STYLE_BAND : style, body);
    }
  if (!series->horizontal)
    hp_tui_plot_draw (frame->plot, layer, frame->canvas, &frame->cells, style);
}

static void
draw_lying_range (const HpTuiFrame *frame, const HpChartSeries *series, gsize i, HpStyle style)
{
  const HpGlyphs *glyphs = frame->canvas->glyphs;
  int row = _hp_tui_frame_row (frame, series->y[i]);
  int from = _hp_tui_frame_column (frame, series->x[i]), to = _hp_tui_frame_column (frame, series->x2[i]);

  fill (frame, from, to, row, style, glyphs->horizontal);
  put (frame, MIN (from, to), row, style, glyphs->tee_left);
  put (frame, MAX (from, to), row, style, glyphs->tee_right);
}

void
_hp_tui_frame_draw_ranges (const HpTuiFrame *frame, const HpChartSeries *series)
{
  HpStyle style = _hp_tui_chart_style (series->role);
  const char *mark = frame->marks ? _hp_tui_chart_mark (frame->canvas, style) : frame->canvas->glyphs->dot;
  g_autofree guint8 *layer = hp_tui_plot_new_layer (frame->plot);
  const double *across = series->horizontal ? series->x2 : series->y2;

  for (gsize i = 0; across != NULL && i < series->n; i++)
    if (series->horizontal)
      draw_lying_range (frame, series, i, style);
    else if (isfinite (series->y[i]) && isfinite (across[i]))
      {
        int x = _hp_tui_frame_dot_x (frame, series->x[i]), at = 0;

        hp_tui_plot_line (frame->plot, layer, x, _hp_tui_frame_dot_y (frame, series->y[i]), x,
                          _hp_tui_frame_dot_y (frame, across[i]), 1, 0, &at);
      }
  _hp_tui_frame_draw_layer (frame, layer, style, frame->canvas->glyphs->vertical);
  for (gsize i = 0; series->mid != NULL && i < series->n; i++)
    if (isfinite (series->mid[i]))
      put (frame, _hp_tui_frame_column (frame, series->horizontal ? series->mid[i] : series->x[i]),
           _hp_tui_frame_row (frame, series->horizontal ? series->y[i] : series->mid[i]), style, mark);
}

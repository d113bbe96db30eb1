/* hp-tui-chart.c - what surrounds a chart: title, legend, axes, the sentence beneath
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-tui-chart-private.h"

/* Between the values of two ticks */
#define TICK_GAP 2
/* Of the width: what categories at the left may take */
#define LABEL_SHARE 0.4
/* Rows of a category at most, and rows of the plot at least */
#define MAX_CATEGORY_ROWS 4
#define MIN_PLOT_ROWS     3
/* Rows from which on there is one for the name of the axis below, and two and three for the sentence */
#define X_LABEL_ROWS 10
#define MORE_ROWS    10
#define MANY_ROWS    24
/* Dots of nothing: values that are not finite */
#define NOWHERE (-10000)

static int
dot_at (double share, int dots, gboolean whole)
{
  double at = whole ? floor (share * dots) : rint (share * (dots - 1));

  return isfinite (at) ? (int) CLAMP (at, NOWHERE, -NOWHERE) : NOWHERE;
}

int
_hp_tui_frame_dot_x (const HpTuiFrame *frame, double x)
{
  return dot_at ((x - frame->x_from) / (frame->x_to - frame->x_from), frame->plot->width,
                 frame->chart->x.kind == HP_AXIS_CATEGORY);
}

int
_hp_tui_frame_dot_y (const HpTuiFrame *frame, double y)
{
  return dot_at ((frame->y_to - y) / (frame->y_to - frame->y_from), frame->plot->height,
                 frame->chart->y.kind == HP_AXIS_CATEGORY);
}

/* The cell of a dot; outside is -1 */
static int
cell_of (int dot, int dots, int cells)
{
  return dot < 0 || dot >= dots ? -1 : dot * cells / dots;
}

int
_hp_tui_frame_column (const HpTuiFrame *frame, double x)
{
  int dot = _hp_tui_frame_dot_x (frame, x), width = frame->plot->width;

  /* the last column shows what is farther right, of ranges and bars */
  return dot >= width ? frame->plot->columns : cell_of (dot, width, frame->plot->columns);
}

int
_hp_tui_frame_row (const HpTuiFrame *frame, double y)
{
  return cell_of (_hp_tui_frame_dot_y (frame, y), frame->plot->height, frame->plot->rows);
}

/* How many versions share a category: each has a row */
static int
count_boxes (const HpChart *chart)
{
  int n = 0;

  for (guint i = 0; i < chart->series->len; i++)
    if (((const HpChartSeries *) chart->series->pdata[i])->kind == HP_SERIES_BOXES)
      n++;
  return MAX (n, 1);
}

/* As many categories as there are rows for, from the top */
static void
choose_categories (HpTuiFrame *frame, HpTuiChartView *view)
{
  const HpChartAxis *axis = &frame->chart->y;
  int n = (int) rint (axis->to - axis->from), least = count_boxes (frame->chart), rows = frame->cells.height, shown,
      top;

  frame->rows = CLAMP (rows / MAX (n, 1), least, MAX (MAX_CATEGORY_ROWS, least));
  shown = CLAMP (rows / frame->rows, 1, MAX (n, 1));
  top = view != NULL ? CLAMP ((int) view->top, 0, n - shown) : 0;
  frame->y_to = axis->to - top;
  frame->y_from = frame->y_to - shown;
  frame->cells.height = MIN (shown * frame->rows, rows);
  if (view == NULL)
    return;
  view->top = (guint) top;
  view->hidden = (guint) (n - shown);
}

static int
label_width (const HpChart *chart, HpCanvas *canvas, int width)
{
  int most = 0;

  for (guint i = 0; i < chart->y.ticks->len; i++)
    most = MAX (most, hp_canvas_columns (canvas, g_array_index (chart->y.ticks, HpChartTick, i).text));
  return chart->y.kind == HP_AXIS_CATEGORY ? MIN (most, (int) (width * LABEL_SHARE)) : most;
}

/* The least n for which there is a row between every n-th tick and the next; categories stand close */
static guint
choose_y_stride (const HpTuiFrame *frame)
{
  const HpChartAxis *axis = &frame->chart->y;
  guint stride = 1;

  if (axis->kind == HP_AXIS_CATEGORY || axis->ticks->len < 2)
    return 1;
  while (stride < axis->ticks->len)
    {
      int least = G_MAXINT;

      for (guint i = 0; i + stride < axis->ticks->len; i += stride)
        least = MIN (least, _hp_tui_frame_row (frame, g_array_index (axis->ticks, HpChartTick, i).at)
                              - _hp_tui_frame_row (frame, g_array_index (axis->ticks, HpChartTick, i + stride).at));
      if (least >= 2)
        break;
      stride++;
    }
  return stride;
}

/* Values at the left, a line between them and the plot */
static void
draw_y (const HpTuiFrame *frame, const HpArea *area, int margin, int top)
{
  const HpChartAxis *axis = &frame->chart->y;
  HpCanvas *canvas = frame->canvas;
  guint stride = choose_y_stride (frame), from = 0;

  hp_canvas_fill (canvas, area, margin, top, 1, frame->cells.height, HP_STYLE_RULE, canvas->glyphs->vertical);
  /* zero is among those that stay */
  for (guint i = 0; i < axis->ticks->len; i++)
    if (g_array_index (axis->ticks, HpChartTick, i).at == 0)
      from = i % stride;
  for (guint i = from; i < axis->ticks->len; i += stride)
    {
      const HpChartTick *tick = &g_array_index (axis->ticks, HpChartTick, i);
      int row = _hp_tui_frame_row (frame, tick->at);
      g_autofree char *text = hp_canvas_cut (canvas, tick->text, margin);

      if (row < 0)
        continue;
      hp_canvas_put_right (canvas, area, margin, top + row, HP_STYLE_FAINT, text);
      hp_canvas_put (canvas, area, margin, top + row, HP_STYLE_RULE, canvas->glyphs->tick_left);
    }
}

static int
tick_start (const HpTuiFrame *frame, const HpArea *area, int margin, const HpChartTick *tick, int *width)
{
  *width = hp_canvas_columns (frame->canvas, tick->text);
  return CLAMP (margin + 1 + _hp_tui_frame_column (frame, tick->at) - *width / 2, 0, MAX (area->width - *width, 0));
}

/* The least n for which every n-th tick's value has room */
static guint
choose_stride (const HpTuiFrame *frame, const HpArea *area, int margin)
{
  const GArray *ticks = frame->chart->x.ticks;
  guint stride;

  for (stride = 1; stride < ticks->len; stride++)
    {
      int free_from = 0;
      gboolean fits = TRUE;

      for (guint i = 0; fits && i < ticks->len; i += stride)
        {
          int width, start = tick_start (frame, area, margin, &g_array_index (ticks, HpChartTick, i), &width);

          fits = start >= free_from;
          free_from = start + width + TICK_GAP;
        }
      if (fits)
        break;
    }
  return stride;
}

static void
draw_x (const HpTuiFrame *frame, const HpArea *area, int margin, int y)
{
  const GArray *ticks = frame->chart->x.ticks;
  HpCanvas *canvas = frame->canvas;
  guint stride = choose_stride (frame, area, margin);

  hp_canvas_put (canvas, area, margin, y, HP_STYLE_RULE, canvas->glyphs->corner);
  hp_canvas_fill (canvas, area, margin + 1, y, frame->cells.width, 1, HP_STYLE_RULE, canvas->glyphs->horizontal);
  for (guint i = 0; i < ticks->len; i += stride)
    {
      const HpChartTick *tick = &g_array_index (ticks, HpChartTick, i);
      int width, start = tick_start (frame, area, margin, tick, &width);

      hp_canvas_put (canvas, area, margin + 1 + _hp_tui_frame_column (frame, tick->at), y, HP_STYLE_RULE,
                     canvas->glyphs->tick_down);
      hp_canvas_put_cut (canvas, area, start, y + 1, area->width - start, HP_STYLE_FAINT, tick->text);
    }
}

/* What stands before a label of the legend */
static const char *
legend_mark (const HpTuiFrame *frame, const HpChartSeries *series, HpStyle style)
{
  const HpGlyphs *glyphs = frame->canvas->glyphs;

  switch (series->kind)
    {
    case HP_SERIES_POINTS:
      return frame->marks ? _hp_tui_chart_mark (frame->canvas, style) : glyphs->online;
    case HP_SERIES_BAND:
      return glyphs->level == HP_GLYPHS_BRAILLE ? "⠒" : _hp_tui_chart_mark (frame->canvas, style);
    case HP_SERIES_LINE:
      if (glyphs->level == HP_GLYPHS_ASCII || (frame->marks && series->role <= HP_ROLE_SERIES_8))
        return _hp_tui_chart_mark (frame->canvas, style);
      return glyphs->horizontal;
    case HP_SERIES_RANGES:
    case HP_SERIES_BOXES:
      return frame->marks ? _hp_tui_chart_mark (frame->canvas, style) : glyphs->dot;
    default:
      return glyphs->full;
    }
}

static int
legend_width (const HpTuiFrame *frame, const char *label)
{
  return hp_canvas_columns (frame->canvas, label) + 4;
}

/* From the right end; what there is no room for is left out, from the last one on */
static int
draw_legend (const HpTuiFrame *frame, const HpArea *area, int from)
{
  const GPtrArray *all = frame->chart->series;
  int width = 0, x;
  guint n;

  for (n = 0; n < all->len; n++)
    {
      const HpChartSeries *series = all->pdata[n];
      int needed = series->label != NULL ? legend_width (frame, series->label) : 0;

      if (width + needed > area->width - from)
        break;
      width += needed;
    }
  x = area->width - width + 2;
  for (guint i = 0; i < n; i++)
    {
      const HpChartSeries *series = all->pdata[i];
      HpStyle style = _hp_tui_chart_style (series->role);

      if (series->label == NULL)
        continue;
      hp_canvas_put (frame->canvas, area, x, 0, style, legend_mark (frame, series, style));
      hp_canvas_put (frame->canvas, area, x + 2, 0, frame->canvas->plain ? HP_STYLE_NORMAL : style, series->label);
      x += legend_width (frame, series->label);
    }
  return area->width - width;
}

/* −30 % ▪▪▪▪▪ 30 % */
static void
draw_scale (const HpTuiFrame *frame, const HpArea *area)
{
  const HpChartScale *scale = &frame->chart->scale;
  const HpChartTick *first, *last;
  int x = area->width;

  if (scale->ticks == NULL || scale->ticks->len < 2)
    return;
  first = &g_array_index (scale->ticks, HpChartTick, 0);
  last = &g_array_index (scale->ticks, HpChartTick, scale->ticks->len - 1);
  hp_canvas_put_right (frame->canvas, area, x, 0, HP_STYLE_FAINT, last->text);
  x -= hp_canvas_columns (frame->canvas, last->text) + 1;
  for (int i = 4; i >= 0; i--)
    hp_canvas_put (frame->canvas, area, --x, 0, HP_STYLE_SCALE_1 + (HpStyle) i,
                   frame->marks ? _hp_tui_chart_mark (frame->canvas, HP_STYLE_SCALE_1 + (HpStyle) i)
                                : frame->canvas->glyphs->online);
  hp_canvas_put_right (frame->canvas, area, x - 1, 0, HP_STYLE_FAINT, first->text);
}

static void
draw_title (const HpChart *chart, HpCanvas *canvas, const HpArea *area)
{
  int x = 0;

  if (chart->title != NULL)
    x = hp_canvas_put_cut (canvas, area, 0, 0, area->width, HP_STYLE_HEADING, chart->title) + 2;
  if (chart->subtitle != NULL && x < area->width)
    hp_canvas_put_cut (canvas, area, x, 0, area->width - x, HP_STYLE_FAINT, chart->subtitle);
}

/* Beneath the chart; returns how many rows it takes */
static int
draw_summary (const HpChart *chart, HpCanvas *canvas, const HpArea *area)
{
  g_auto (GStrv) lines = hp_canvas_wrap (canvas, chart->summary != NULL ? chart->summary : "", area->width);
  int most = area->height >= MANY_ROWS ? 3 : area->height >= MORE_ROWS ? 2 : 1, n = (int) g_strv_length (lines);
  int shown = MIN (n, most);

  for (int i = 0; i < shown; i++)
    {
      g_autofree char *cut = i + 1 == shown && shown < n ? g_strconcat (lines[i], " ", lines[i + 1], NULL) : NULL;

      hp_canvas_put_cut (canvas, area, 0, area->height - shown + i, area->width, HP_STYLE_NORMAL,
                         cut != NULL ? cut : lines[i]);
    }
  return shown;
}

/* A unit as long on both axes, where that makes a map of it; dots are about square */
static void
keep_aspect (HpTuiFrame *frame)
{
  const HpChart *chart = frame->chart;
  double across = frame->x_to - frame->x_from, along = (frame->y_to - frame->y_from) * chart->aspect;
  int width;

  if (!chart->equal || !(chart->aspect > 0) || !(across > 0) || !(along > 0))
    return;
  width = (int) (frame->cells.height * 2.0 * across / along);
  if (width < frame->cells.width)
    frame->cells.width = MAX (width, MIN (HP_TUI_CHART_MIN_COLUMNS, frame->cells.width));
}

static void
draw_frame (HpTuiFrame *frame, HpTuiChartView *view, const HpArea *area, int top, int bottom, int margin)
{
  g_autoptr (HpTuiPlot) plot = NULL;
  const HpChart *chart = frame->chart;
  HpArea head = hp_area_part (area, 0, top - 1, area->width, 1);
  int x = 0;

  frame->cells = hp_area_part (area, margin + 1, top, area->width - margin - 1, bottom - top);
  frame->x_from = chart->x.from;
  frame->x_to = chart->x.to;
  frame->y_from = chart->y.from;
  frame->y_to = chart->y.to;
  if (chart->y.kind == HP_AXIS_CATEGORY)
    choose_categories (frame, view);
  keep_aspect (frame);
  frame->plot = plot = hp_tui_plot_new (frame->canvas->glyphs->level, frame->cells.width, frame->cells.height);
  if (chart->y.label != NULL)
    x = hp_canvas_put_cut (frame->canvas, &head, 0, 0, head.width, HP_STYLE_LABEL, chart->y.label);
  if (chart->scale.shown)
    draw_scale (frame, &head);
  else
    draw_legend (frame, &head, x);
  draw_y (frame, area, margin, top);
  draw_x (frame, area, margin, top + frame->cells.height);
  _hp_tui_frame_draw_lines (frame);
  _hp_tui_frame_draw_series (frame);
  _hp_tui_frame_draw_labels (frame);
  if (view != NULL && view->row != 0)
    _hp_tui_frame_draw_chosen (frame, view->row);
  if (frame->y_to < chart->y.to)
    hp_canvas_put (frame->canvas, area, area->width - 1, top, HP_STYLE_HINT, frame->canvas->glyphs->up);
  if (frame->y_from > chart->y.from)
    hp_canvas_put (frame->canvas, area, area->width - 1, top + frame->cells.height - 1, HP_STYLE_HINT,
                   frame->canvas->glyphs->down);
}

/**
 * hp_tui_chart_draw:
 * @chart: a finished chart
 * @view: (inout) (nullable): what is marked in it, and where one is in it
 * @canvas: a canvas
 * @area: where
 *
 * A chart that has nothing to show says why. In an area that is too small there is the sentence alone.
 */
void
hp_tui_chart_draw (const HpChart *chart, HpTuiChartView *view, HpCanvas *canvas, const HpArea *area)
{
  HpTuiFrame frame = { .chart = chart, .canvas = canvas };
  int bottom, margin, below;

  if (view != NULL)
    view->hidden = 0;
  if (area->height <= 0 || area->width <= 0)
    return;
  draw_title (chart, canvas, area);
  if (chart->empty != NULL)
    {
      hp_canvas_put_wrapped (canvas, area, 0, 2, 0, HP_STYLE_NORMAL, chart->empty);
      return;
    }
  bottom = area->height - draw_summary (chart, canvas, area);
  below = chart->x.label != NULL && bottom >= X_LABEL_ROWS ? 3 : 2;
  margin = label_width (chart, canvas, area->width);
  if (bottom - below - 2 < MIN_PLOT_ROWS || area->width - margin < HP_TUI_CHART_MIN_COLUMNS / 2)
    return;
  frame.marks = canvas->plain || canvas->glyphs->level != HP_GLYPHS_BRAILLE;
  draw_frame (&frame, view, area, 2, bottom - below, margin);
  if (below == 3)
    {
      int y = 2 + frame.cells.height + 2, width = hp_canvas_columns (canvas, chart->x.label);

      /* under the middle of the axis, or as near as it fits */
      hp_canvas_put_cut (canvas, area,
                         CLAMP (margin + 1 + (frame.cells.width - width) / 2, 0, MAX (area->width - width, 0)), y,
                         area->width, HP_STYLE_LABEL, chart->x.label);
    }
}

/* hp-tui-chart-private.h - the frame of a chart and what is drawn in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-tui-chart.h"
#include "hp-tui-plot.h"

G_BEGIN_DECLS

typedef struct
{
  const HpChart *chart;
  HpTuiPlot     *plot;
  HpCanvas      *canvas;
  HpArea         cells;  /* of the plot */
  double         x_from, x_to, y_from, y_to; /* what is shown */
  gboolean       marks;  /* series are told apart by characters */
  int            rows;   /* of a category on the axis y, cells; 0: it has none */
} HpTuiFrame;

/* Where a value is; values that are not finite are off the screen */
int         _hp_tui_frame_dot_x  (const HpTuiFrame *frame, double x);
int         _hp_tui_frame_dot_y  (const HpTuiFrame *frame, double y);
int         _hp_tui_frame_column (const HpTuiFrame *frame, double x);
int         _hp_tui_frame_row    (const HpTuiFrame *frame, double y);

/* How a role looks, and the character of its points where there are no colours */
HpStyle     _hp_tui_chart_style  (HpChartRole role);
HpStyle     _hp_tui_chart_style_value (const HpChartScale *scale, double value);
const char *_hp_tui_chart_mark   (const HpCanvas *canvas, HpStyle style);

/* Reference lines, series, labels, in this order */
void        _hp_tui_frame_draw_lines   (const HpTuiFrame *frame);
void        _hp_tui_frame_draw_series  (const HpTuiFrame *frame);
void        _hp_tui_frame_draw_points  (const HpTuiFrame *frame);
void        _hp_tui_frame_draw_bars    (const HpTuiFrame *frame, const HpChartSeries *series);
void        _hp_tui_frame_draw_bar_texts (const HpTuiFrame *frame, const HpChartSeries *series);
void        _hp_tui_frame_draw_boxes   (const HpTuiFrame *frame, const HpChartSeries *series);
void        _hp_tui_frame_draw_ranges  (const HpTuiFrame *frame, const HpChartSeries *series);
void        _hp_tui_frame_draw_labels  (const HpTuiFrame *frame);
void        _hp_tui_frame_draw_chosen  (const HpTuiFrame *frame, guint64 row);
/* A layer of lines; character: what a dot of it is where there are no finer ones */
void        _hp_tui_frame_draw_layer   (const HpTuiFrame *frame, const guint8 *layer, HpStyle style, const char *character);
/* text, if nothing is there yet; returns whether it was drawn. x, y: cells of the frame */
gboolean    _hp_tui_frame_put_free     (const HpTuiFrame *frame, int x, int y, HpStyle style, const char *text);

G_END_DECLS

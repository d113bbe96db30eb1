/* hp-tui-plot.h - curves, bands, points and areas in cells of a terminal: dots of braille, halves of blocks, or characters
 *
 * A layer has a bit for each dot of a cell. What-if curves have one layer for the curve and one for its band; charts make as many as
 * they have series.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-canvas.h"

G_BEGIN_DECLS

typedef struct
{
  HpGlyphLevel level;
  int          columns, rows; /* cells */
  int          width, height; /* dots */
  guint8      *curve, *band;  /* a bit for each dot of a cell */
} HpTuiPlot;

HpTuiPlot *hp_tui_plot_new   (HpGlyphLevel level, int columns, int rows);
void       hp_tui_plot_free  (HpTuiPlot *plot);
/* x, from, to: dots, from the upper left; outside is clipped */
void       hp_tui_plot_curve (HpTuiPlot *plot, int x, int from, int to);
void       hp_tui_plot_band  (HpTuiPlot *plot, int x, int from, int to);
/* An empty layer; g_free() */
guint8    *hp_tui_plot_new_layer (const HpTuiPlot *plot);
void       hp_tui_plot_dot   (const HpTuiPlot *plot, guint8 *cells, int x, int y);
/* on, off: dots of a dash and of a gap; off 0: none. *at: where in the pattern it is, kept from one piece to the next */
void       hp_tui_plot_line  (const HpTuiPlot *plot, guint8 *cells, int x0, int y0, int x1, int y1, int on, int off, int *at);
void       hp_tui_plot_area  (const HpTuiPlot *plot, guint8 *cells, int x0, int y0, int x1, int y1);
/* cells: the curve, the band or another layer of plot */
void       hp_tui_plot_draw  (const HpTuiPlot *plot, const guint8 *cells, HpCanvas *canvas, const HpArea *area, HpStyle style);
/* A layer of areas: smooth, where characters allow it */
void       hp_tui_plot_draw_area (const HpTuiPlot *plot, const guint8 *cells, HpCanvas *canvas, const HpArea *area, HpStyle style);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpTuiPlot, hp_tui_plot_free)

G_END_DECLS

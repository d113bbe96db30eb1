/* hp-tui-plot.h - a curve and a band in cells of a terminal: dots of braille, halves of blocks, or characters
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
/* cells: the curve or the band of plot */
void       hp_tui_plot_draw  (const HpTuiPlot *plot, const guint8 *cells, HpCanvas *canvas, const HpArea *area, HpStyle style);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpTuiPlot, hp_tui_plot_free)

G_END_DECLS

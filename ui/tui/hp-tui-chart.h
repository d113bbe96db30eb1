/* hp-tui-chart.h - a chart in a terminal: points and lines in braille, real axes, a legend, the sentence beneath
 *
 * Where there is no braille, halves of blocks or characters draw it; where there are no colours, versions have marks of their own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-canvas.h"
#include "hp-chart.h"

G_BEGIN_DECLS

/* Fewer rows, or columns, show nothing */
#define HP_TUI_CHART_MIN_ROWS    6
#define HP_TUI_CHART_MIN_COLUMNS 24

typedef struct
{
  guint64 row;    /* the sale that is marked; 0: none */
  guint   top;    /* the first category of an axis that has more than there are rows; set to what is possible */
  guint   hidden; /* (out): how many categories there was no room for */
} HpTuiChartView;

/* view: (nullable) (inout) */
void hp_tui_chart_draw (const HpChart *chart, HpTuiChartView *view, HpCanvas *canvas, const HpArea *area);

G_END_DECLS

/* hp-tui-sales-table.h - sales in rows: what they were sold for, what versions predicted, and what else is known of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-canvas.h"
#include "hp-tui-residuals.h"

G_BEGIN_DECLS

typedef struct
{
  guint  chosen; /* a place in the order */
  guint  top;    /* first in sight */
  HpArea drawn;  /* rows, in the canvas */
} HpTuiSalesTable;

void     hp_tui_sales_table_draw   (HpTuiSalesTable *table, const HpTuiResiduals *residuals, HpCanvas *canvas, const HpArea *area);
void     hp_tui_sales_table_move   (HpTuiSalesTable *table, const HpTuiResiduals *residuals, int by);
/* To the next sale with text in its row number or one of its words, from the chosen one on or after it; FALSE: there is none */
gboolean hp_tui_sales_table_find   (HpTuiSalesTable *table, const HpTuiResiduals *residuals, const char *text, int by);
/* A value as a form writes it; (transfer full) */
char    *hp_tui_sales_table_plain  (const HpSetColumn *column, double value);

G_END_DECLS

/* hp-sales-source.h - the sales of a study as a table, and one of them in words
 *
 * Columns in the same order everywhere: sale, price, then predicted price and residual of each version, then attributes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-data-table.h"
#include "hp-residuals-study.h"

G_BEGIN_DECLS

/* Rows of the table are places in study->order; (transfer full) */
HpDataSource *hp_sales_source_new      (HpResidualsStudy *study);
/* The row of the table that holds a sale; -1: none */
int           hp_sales_source_find     (const HpResidualsStudy *study, guint64 row);
guint64       hp_sales_source_row      (const HpResidualsStudy *study, guint table_row);
/* Row, price, what each version predicted, attributes; (transfer full) */
char         *hp_sales_source_describe (const HpResidualsStudy *study, gsize sale);

G_END_DECLS

/* hp-report-private.h - what the writers of reports share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-report.h"

G_BEGIN_DECLS

char       *hp_report_clean      (const char *text);

HpReportTable *hp_report_table_new  (void);
void           hp_report_table_free (HpReportTable *table);

/* "Report of 2026-11-30"; NULL: no date */
char       *hp_report_get_dated  (const HpReport *report);

/* Cell i of a row; NULL beyond those it has */
static inline const HpReportCell *
hp_report_row_get_cell (const HpReportRow *row, guint i)
{
  return i < row->cells->len ? row->cells->pdata[i] : NULL;
}

/* "Table 3. ", "Figure 2. ", translated; NULL: it has no number */
char       *hp_report_block_get_number (const HpReportBlock *block);

/* A chart as a picture to stand within a page of HTML: ids begin with prefix, no namespaces, no declaration, no fixed size */
char       *hp_report_svg_inline (const char *svg, gsize length, const char *prefix);

/* The style sheet of the HTML; and what of it makes charts fit for the dark */
extern const char hp_report_style[];
void        hp_report_append_chart_style (GString *out);

/* Sizes at which charts are laid out, in points; then they are scaled to the room there is */
#define HP_REPORT_CHART_WIDTH       560.0
#define HP_REPORT_CHART_HEIGHT      260.0
#define HP_REPORT_CHART_HALF_WIDTH  320.0
#define HP_REPORT_CHART_HALF_HEIGHT 260.0

G_END_DECLS

/* hp-report-pages.h - a report laid out on pages, to be drawn on anything cairo draws on: a PDF, a printer, a preview
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cairo.h>

#include "hp-report.h"

G_BEGIN_DECLS

typedef struct _HpReportPages HpReportPages;

/* width, height: of the paper, in points. report must outlive it. Any thread, one at a time */
HpReportPages *hp_report_pages_new   (const HpReport *report, double width, double height);
void           hp_report_pages_free  (HpReportPages *pages);
guint          hp_report_pages_get_n (const HpReportPages *pages);
/* page: from 0; its upper left corner is at (0, 0) */
void           hp_report_pages_draw  (const HpReportPages *pages, guint page, cairo_t *cairo);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpReportPages, hp_report_pages_free)

G_END_DECLS

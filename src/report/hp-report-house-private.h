/* hp-report-house-private.h - the sections of a house's report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-report-contents.h"
#include "hp-report-words-private.h"

G_BEGIN_DECLS

/* What the house says of an attribute; NULL: nothing */
const char *hp_report_house_get_text    (const HpReportHouse *house, const char *name);
/* It as people read it; (transfer full) */
char       *hp_report_house_value       (const HpReportHouse *house, const char *name, const char *text);

void        hp_report_add_decision      (HpReport *report, const HpReportHouse *house);
void        hp_report_add_trail         (HpReport *report, const HpReportHouse *house);
void        hp_report_add_other_values  (HpReport *report, const HpReportHouse *house);
void        hp_report_add_reasons       (HpReport *report, const HpReportHouse *house, gboolean with_chart);
void        hp_report_add_comparables   (HpReport *report, const HpReportHouse *house);
void        hp_report_add_house_charts  (HpReport *report, const HpReportHouse *house);
/* "2026-11-30 14:05 UTC" of seconds since 1970; (transfer full) */
char       *hp_report_time              (gint64 when);

G_END_DECLS

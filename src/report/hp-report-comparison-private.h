/* hp-report-comparison-private.h - the sections of a comparison's report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-report-contents.h"
#include "hp-report-words-private.h"

G_BEGIN_DECLS

HpReportTone hp_report_verdict_tone            (HpVerdict verdict);
void         hp_report_add_comparison_charts   (HpReport *report, const HpComparison *comparison);
/* titles: what its versions are called */
void         hp_report_add_comparison_segments (HpReport *report, const HpComparison *comparison, char *const *titles);
void         hp_report_add_movers              (HpReport *report, const HpComparison *comparison, char *const *titles, const HpSchema *schema);

G_END_DECLS

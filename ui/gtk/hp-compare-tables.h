/* hp-compare-tables.h - a comparison as tables: metrics, segments, houses whose price moved most
 *
 * Differences are of the last version and the first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-compare-study.h"
#include "hp-data-table.h"

G_BEGIN_DECLS

/* All (transfer full) */
HpDataSource *hp_compare_tables_metrics  (HpCompareStudy *study);
HpDataSource *hp_compare_tables_segments (HpCompareStudy *study);
HpDataSource *hp_compare_tables_movers   (HpCompareStudy *study);
/* Of the first and the last version */
const HpPair *hp_compare_tables_pair     (const HpComparison *comparison, const HpPair *pairs);
/* On how many sales the verdict rests, and what counts as no difference; (transfer full) */
char         *hp_compare_tables_evidence (const HpComparison *comparison);

G_END_DECLS

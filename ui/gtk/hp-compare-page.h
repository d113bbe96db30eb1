/* hp-compare-page.h - a comparison to read: verdict, metrics, chart, segments, houses whose price moved most
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-chart-view.h"
#include "hp-compare-study.h"
#include "hp-data-table.h"
#include "hp-house-prices.h"

G_BEGIN_DECLS

#define HP_TYPE_COMPARE_PAGE (hp_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (HpComparePage, hp_compare_page, HP, COMPARE_PAGE, AdwBin)

typedef enum
{
  HP_COMPARE_METRICS,
  HP_COMPARE_SEGMENTS,
  HP_COMPARE_MOVERS,
  HP_N_COMPARE_TABLES
} HpCompareTable;

GtkWidget   *hp_compare_page_new         (void);
void         hp_compare_page_set_study   (HpComparePage *page, HpCompareStudy *study); /* (transfer none) */
const char  *hp_compare_page_get_verdict (HpComparePage *page);
HpDataTable *hp_compare_page_get_table   (HpComparePage *page, HpCompareTable table);
HpChartView *hp_compare_page_get_chart   (HpComparePage *page);
HpHousePrices *hp_compare_page_get_prices (HpComparePage *page);
/* Its tables follow the study one by one */
gboolean     hp_compare_page_is_filled   (HpComparePage *page);

G_END_DECLS

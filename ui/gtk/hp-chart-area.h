/* hp-chart-area.h - a chart on the screen, to be looked at sale by sale with keys and pointer
 *
 * The sale under the pointer is told in a box beside it; a click or a key selects one, which stays so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "hp-shared-chart.h"

G_BEGIN_DECLS

#define HP_TYPE_CHART_AREA (hp_chart_area_get_type ())
G_DECLARE_FINAL_TYPE (HpChartArea, hp_chart_area, HP, CHART_AREA, GtkWidget)

/* What there is to say of a sale, (transfer full) (nullable) */
typedef char *(*HpChartDescribe) (gpointer data, guint64 row);

/* Property "selected-row": guint64, 0: none. Signal "activated" (guint64 row): a double click, or Enter */
GtkWidget     *hp_chart_area_new          (void);
/* chart: (transfer none) (nullable). The selected sale stays so if it is drawn in this one, too. */
void           hp_chart_area_set_chart    (HpChartArea *area, HpSharedChart *chart);
HpSharedChart *hp_chart_area_get_chart    (HpChartArea *area); /* (transfer none) (nullable) */
void           hp_chart_area_set_describe (HpChartArea *area, HpChartDescribe describe, gpointer data);
void           hp_chart_area_select       (HpChartArea *area, guint64 row); /* 0: none */
guint64        hp_chart_area_get_selected (HpChartArea *area);
const char    *hp_chart_area_get_tip      (HpChartArea *area); /* (nullable) what the box says */
gboolean       hp_chart_area_is_drawn     (HpChartArea *area); /* what is seen is the chart as it is now */
/* Where a sale is; FALSE: nowhere yet */
gboolean       hp_chart_area_locate       (HpChartArea *area, guint64 row, double *x, double *y);

G_END_DECLS

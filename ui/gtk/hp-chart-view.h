/* hp-chart-view.h - a chart with its menu: copy, export
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-chart-area.h"

G_BEGIN_DECLS

#define HP_TYPE_CHART_VIEW (hp_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (HpChartView, hp_chart_view, HP, CHART_VIEW, AdwBin)

/* Actions: chart.copy, chart.export with "svg", "png", "pdf" */
GtkWidget   *hp_chart_view_new       (void);
void         hp_chart_view_set_chart (HpChartView *view, HpSharedChart *chart); /* (transfer none) (nullable) */
HpChartArea *hp_chart_view_get_area  (HpChartView *view);                       /* where it is drawn, looked at, selected in */

G_END_DECLS

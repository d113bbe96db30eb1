/* hp-study-pane.h - the chart of a study and beneath it its sales: what is selected in one is selected in the other
 *
 * Two thirds are the chart's, at first. A sale that is activated becomes the house of the Value view.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-chart-view.h"
#include "hp-data-table.h"
#include "hp-residuals-study.h"

G_BEGIN_DECLS

#define HP_TYPE_STUDY_PANE (hp_study_pane_get_type ())
G_DECLARE_FINAL_TYPE (HpStudyPane, hp_study_pane, HP, STUDY_PANE, AdwBin)

GtkWidget   *hp_study_pane_new         (void);
void         hp_study_pane_set_study   (HpStudyPane *pane, HpResidualsStudy *study); /* (transfer none) */
HpChartView *hp_study_pane_get_chart   (HpStudyPane *pane);
HpDataTable *hp_study_pane_get_table   (HpStudyPane *pane);
const char  *hp_study_pane_get_summary (HpStudyPane *pane); /* what stands between them */
gboolean     hp_study_pane_is_drawn    (HpStudyPane *pane); /* what is seen is the study's chart */

G_END_DECLS

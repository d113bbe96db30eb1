/* hp-residuals-view.h - the Residuals view: where a version errs, sale by sale
 *
 * One row of controls, a chart, and beneath it the sales. A sale that is selected in one is selected in the other; from both it
 * goes on to the Value view.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-study-controls.h"
#include "hp-study-pane.h"
#include "hp-workbench.h"

G_BEGIN_DECLS

#define HP_TYPE_RESIDUALS_VIEW (hp_residuals_view_get_type ())
G_DECLARE_FINAL_TYPE (HpResidualsView, hp_residuals_view, HP, RESIDUALS_VIEW, AdwBin)

GtkWidget       *hp_residuals_view_new           (void);
/* studies: (nullable): there are no versions on this computer */
void             hp_residuals_view_set_workbench (HpResidualsView *view, HpWorkbench *workbench, HpStudies *studies);
/* "empty", "loading", "no-versions", "failed" or "study" */
const char      *hp_residuals_view_get_page      (HpResidualsView *view);
HpStudyControls *hp_residuals_view_get_controls  (HpResidualsView *view);
HpStudyPane     *hp_residuals_view_get_pane      (HpResidualsView *view);
/* (nullable) what the bar says is wrong */
const char      *hp_residuals_view_get_problem   (HpResidualsView *view);
/* What is asked for is shown, nothing is being loaded */
gboolean         hp_residuals_view_is_settled    (HpResidualsView *view);

G_END_DECLS

/* hp-study-controls.h - the row of controls above the residuals: versions, data, kind of chart, segment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-residuals-study.h"
#include "hp-version-picker.h"

G_BEGIN_DECLS

#define HP_TYPE_STUDY_CONTROLS (hp_study_controls_get_type ())
G_DECLARE_FINAL_TYPE (HpStudyControls, hp_study_controls, HP, STUDY_CONTROLS, AdwBin)

/* Signal "changed": something else is asked for. Actions: study.holdout, study.open */
GtkWidget        *hp_study_controls_new          (void);
/* What there is to choose from, by a study's sales and segments; NULL: before there is any */
void              hp_study_controls_set_study    (HpStudyControls *controls, const HpResidualsStudy *study);
HpVersionPicker  *hp_study_controls_get_picker   (HpStudyControls *controls);
/* To be cleared with hp_residuals_choice_clear() */
HpResidualsChoice hp_study_controls_get_choice   (HpStudyControls *controls);
void              hp_study_controls_set_path     (HpStudyControls *controls, const char *path); /* (nullable): hold-out sales */
void              hp_study_controls_set_kind     (HpStudyControls *controls, const char *kind);
/* by, segment: (nullable) */
void              hp_study_controls_set_segment  (HpStudyControls *controls, const char *by, const char *segment);

G_END_DECLS

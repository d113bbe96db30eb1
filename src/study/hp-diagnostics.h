/* hp-diagnostics.h - diagnostics.json of a bundle: what its training learned about itself
 *
 * An optional file: bundles of older versions have none, and which parts there are depends on the family and on what the
 * training was asked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-influence.h"
#include "hp-learning-curve-data.h"

G_BEGIN_DECLS

#define HP_DIAGNOSTICS_NAME "diagnostics.json"

typedef struct
{
  HpInfluence     *influence;      /* (nullable) */
  HpLearningCurve *learning_curve; /* (nullable) */
} HpDiagnostics;

/* Takes both over, either may be NULL */
HpDiagnostics *hp_diagnostics_new       (HpInfluence *influence, HpLearningCurve *learning_curve);
void           hp_diagnostics_free      (HpDiagnostics *diagnostics);
char          *hp_diagnostics_to_json   (const HpDiagnostics *diagnostics, gsize *length); /* deterministic */
/* Hostile-safe. HP_ERROR_BAD_DATA with NAME:LINE:COLUMN */
HpDiagnostics *hp_diagnostics_from_json (const char *json, gsize length, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpDiagnostics, hp_diagnostics_free)

G_END_DECLS

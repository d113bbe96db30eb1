/* hp-bundle-diagnostics.h - what a version knows about its own training, and its sales for studies of the model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-diagnostics.h"
#include "hp-house-set.h"
#include "hp-registry.h"

G_BEGIN_DECLS

/* (transfer none), read once. HP_ERROR_NOT_FOUND with how to get one; HP_ERROR_DAMAGED and the others of hp_bundle_read() */
const HpInfluence     *hp_bundle_get_influence      (HpBundle *bundle, GError **error);
const HpLearningCurve *hp_bundle_get_learning_curve (HpBundle *bundle, GError **error);
/* The sales that the model was fitted on, for importance and partial dependence; (transfer full) */
HpHouseSet            *hp_bundle_get_house_set      (HpBundle *bundle, GError **error);

G_END_DECLS

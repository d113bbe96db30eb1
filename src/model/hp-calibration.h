/* hp-calibration.h - the interval around a price
 *
 * Normalised split-conformal on out-of-sample residuals: log (price / predicted) for a target of the log scale (hp_target_scale()),
 * (price - predicted) / predicted for any other, each divided by the sigma of its house. A house's sigma says how hard it is to value: 1 is typical. Where sigmas don't
 * pay (hp-residuals.h), and in bundles of old, they are all 1: one width in per cent for all houses.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-json.h"
#include "hp-model.h"

G_BEGIN_DECLS

typedef struct _HpCalibration HpCalibration;

/* One width for all; hp-residuals.h makes those with a width for each house */
HpCalibration *hp_calibration_fit        (HpTarget target, const double *predicted, const double *price, gsize n);
HpCalibration *hp_calibration_from_json  (JsonObject *object, GError **error);
void           hp_calibration_write_json (const HpCalibration *calibration, HpJsonWriter *writer);
void           hp_calibration_free       (HpCalibration *calibration);

HpTarget       hp_calibration_get_scale  (const HpCalibration *calibration); /* HP_TARGET_LOG or HP_TARGET_PLAIN */
gsize          hp_calibration_get_n      (const HpCalibration *calibration);
/* Has each house a sigma of its own? n_features: (out) (optional): which the model must have then */
gboolean       hp_calibration_has_widths (const HpCalibration *calibration, guint *n_features);
/* The model of the sigmas, if there is one, as hp_model_compile() */
void           hp_calibration_compile    (const HpCalibration *calibration);
/* features: n × the model's n_features; price: n, predicted, not rounded. No allocation. */
void           hp_calibration_sigmas     (const HpCalibration *calibration, const float *features, const double *price, gsize n, double *sigma);

/* level in (0, 1); low <= price <= high, low >= 0 */
void           hp_calibration_interval   (const HpCalibration *calibration, double price, double sigma, double level, double *low, double *high);
/* The same in two steps, for many houses: the half-width of sigma 1, then each house's interval */
double         hp_calibration_half_width (const HpCalibration *calibration, double level);
void           hp_calibration_spread     (const HpCalibration *calibration, double price, double half_width, double *low, double *high);
double         hp_calibration_fsd        (const HpCalibration *calibration, double sigma);               /* half-width, relative, of the 68.27 % interval */
double         hp_calibration_within     (const HpCalibration *calibration, double sigma, double share); /* chance that |price/predicted - 1| <= share */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpCalibration, hp_calibration_free)

G_END_DECLS

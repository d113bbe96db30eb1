/* hp-calibration.h - the interval around a price
 *
 * Split-conformal on out-of-fold residuals: one width in per cent for all houses. Scores are |log (price / predicted)| for a
 * log target, |price - predicted| / predicted for a plain one. The form (format number, kind) leaves room for widths of each house's own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-json.h"
#include "hp-model.h"

G_BEGIN_DECLS

typedef struct _HpCalibration HpCalibration;

HpCalibration *hp_calibration_fit        (HpTarget target, const double *predicted, const double *price, gsize n);
HpCalibration *hp_calibration_from_json  (JsonObject *object, GError **error);
void           hp_calibration_write_json (const HpCalibration *calibration, HpJsonWriter *writer);
void           hp_calibration_free       (HpCalibration *calibration);
/* level in (0, 1); the ceil ((n + 1) level)-th smallest score; low <= price <= high, low >= 0 */
void           hp_calibration_interval   (const HpCalibration *calibration, double price, double level, double *low, double *high);
double         hp_calibration_fsd        (const HpCalibration *calibration);                 /* half-width, relative, of the 68.27 % interval */
double         hp_calibration_within     (const HpCalibration *calibration, double share);   /* chance that |price/predicted - 1| <= share */
gsize          hp_calibration_get_n      (const HpCalibration *calibration);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpCalibration, hp_calibration_free)

G_END_DECLS

/* hp-residuals.h - from out-of-sample prices to a calibration with a width for each house
 *
 * Cross-fitted: the sales come in parts, those of one part predicted by one model. The residuals of a part are divided by sigmas of a
 * width model that was fitted to the other parts, so that nobody's error has a part in its own sigma; the width model that serves is
 * fitted to all. Whether widths pay at all is decided on the same sales: if the mean interval score at 90 % is hardly
 * less than that of one width for all houses, it is one width for all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-calibration.h"

G_BEGIN_DECLS

#define HP_RESIDUALS_MAX_PARTS 64
#define HP_RESIDUALS_ALL       G_MAXUINT64

typedef struct _HpResiduals HpResiduals;

/* features: n × n_features; predicted: prices, out of sample, not rounded; part: (nullable) of each sale, below
 * HP_RESIDUALS_MAX_PARTS; NULL: dealt into five in turn. Nothing is kept of the arrays but features, which must outlive the result. */
HpResiduals   *hp_residuals_new       (HpTarget target, const float *features, guint n_features, const double *predicted,
                                       const double *price, const guint8 *part, gsize n);
void           hp_residuals_free      (HpResiduals *residuals);
/* From the sales of the parts whose bits are set, and no others. NULL if none of them has a price and a predicted price. Any thread. */
HpCalibration *hp_residuals_calibrate (HpResiduals *residuals, guint64 parts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpResiduals, hp_residuals_free)

G_END_DECLS

/* hp-calibration-private.h - what a calibration is made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-calibration.h"
#include "hp-width.h"

G_BEGIN_DECLS

/* More residuals than this are kept as so many quantiles, each rounded away from zero. Then the half-width at any level
 * of 0.5 or more is never smaller than that of all residuals. */
#define HP_CALIBRATION_POINTS 2001

struct _HpCalibration
{
  HpTarget scale;     /* of the residuals: what hp_target_scale() makes of the model's target */
  gsize    n;         /* sales it was fitted on */
  guint    n_points;
  double  *residuals; /* sorted; divided by the sigmas of their sales */
  double  *scores;    /* |residual|, sorted */
  HpWidth *width;     /* (nullable) sigmas; all 1 without */
};

/* How far a price was from the predicted one, on the scale of HP_TARGET_LOG or HP_TARGET_PLAIN: log (price / predicted), or
 * (price - predicted) / predicted. NaN if one of them isn't positive and finite. */
double         _hp_residual         (HpTarget scale, double predicted, double price);
/* residuals: n > 0, finite, in any order, reordered; width: (transfer full) (nullable) */
HpCalibration *_hp_calibration_fit  (HpTarget scale, double *residuals, gsize n, HpWidth *width);
/* residuals: (transfer full) sorted, n_points of them */
HpCalibration *_hp_calibration_new  (HpTarget scale, gsize n, double *residuals, guint n_points, HpWidth *width);
/* The score that a new one does not exceed with so much chance: the ceil ((n + 1) level)-th of n smallest, or the largest */
double         _hp_quantile_score   (const double *sorted, gsize n, double level);

G_END_DECLS

/* hp-ridge-private.h - the normal equations of a ridge regression with their solution
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-ridge.h"

G_BEGIN_DECLS

typedef struct
{
  guint           p;      /* features, and the intercept's column of ones last */
  const double   *gram;   /* X'X, p × p, its upper triangle, row-major */
  double          lambda;
  const gboolean *held;   /* p: kept at zero by a sign */
  const double   *beta;   /* p */
  HpTarget        target;
} HpRidgeSolution;

HpInfluence *_hp_ridge_influence (const HpRidgeSolution *solution, const float *features, const double *y, gsize n);

G_END_DECLS

/* hp-ridge.h - ridge regression, its scale and its penalty chosen by cross-validation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-influence.h"
#include "hp-model.h"

G_BEGIN_DECLS

typedef enum
{
  HP_TARGET_CHOICE_AUTO, /* whichever has the lower cross-validated MAE in the currency */
  HP_TARGET_CHOICE_LOG,
  HP_TARGET_CHOICE_PLAIN
} HpTargetChoice;

typedef struct
{
  HpTargetChoice target;
  double         lambda;   /* penalty, in rows of standardised features; below 0: chosen by cross-validation */
  const int     *monotone; /* (nullable) sign by feature: coefficients of the wrong sign are held at zero */
  guint          folds;
  guint64        seed;
} HpRidgeParams;

/* features: n × n_features, centred and scaled, no NaN; price: n, plain, > 0 where a log scale may be chosen.
 * influence: (out) (optional) (nullable): of each row; its row numbers are 0.
 * (transfer full); NULL and HP_ERROR_FAILED if the equations can't be solved. */
HpModel *hp_ridge_fit (const HpRidgeParams *params, const float *features, const double *price, gsize n,
                       guint n_features, HpInfluence **influence, GError **error);

G_END_DECLS

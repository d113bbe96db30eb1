/* hp-boosting.h - gradient boosting on our own trees (Friedman 2001, 2002)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "hp-tree.h"

G_BEGIN_DECLS

typedef enum
{
  HP_LOSS_SQUARED,
  HP_LOSS_HUBER,    /* squared within huber_width of the prediction, linear beyond */
  HP_LOSS_ABSOLUTE,
  HP_LOSS_QUANTILE
} HpLoss;

typedef struct
{
  HpLoss       loss;
  double       quantile;       /* for HP_LOSS_QUANTILE, (0, 1) */
  double       huber_share;    /* share of residuals that count as squared, (0, 1] */
  guint        trees;
  double       learning_rate;
  double       subsample;      /* share of the rows a tree sees, drawn without replacement, (0, 1] */
  guint        max_bins;
  HpTreeParams tree;
  guint64      seed;
  /* stop when the loss on validation rows has not improved for so many trees (0: never), and keep the best length */
  guint        early_stopping;
} HpBoostingParams;

/* features: n × n_features, row-major, NaN missing; target: n, on the scale that is boosted. validation_*: (nullable).
 * (transfer full); NULL with HP_ERROR_CANCELLED. The same bits for any team. */
HpModel *hp_boosting_fit (const HpBoostingParams *params, HpTarget scale, const float *features, const float *target,
                          gsize n, guint n_features, const float *validation_features, const float *validation_target,
                          gsize n_validation, HpTeam *team, GCancellable *cancellable, GError **error);

G_END_DECLS

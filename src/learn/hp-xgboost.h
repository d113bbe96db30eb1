/* hp-xgboost.h - training with libxgboost, scoring with our own model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-boosting.h"

G_BEGIN_DECLS

typedef struct
{
  guint      trees;
  guint      max_depth;
  double     learning_rate, subsample, features_per_tree, features_per_node;
  double     min_child_weight, lambda, gamma;
  guint      max_bins;
  gboolean   huber;       /* pseudo-Huber loss instead of squared */
  double     huber_slope;
  const int *monotone;    /* (nullable) */
  guint64    seed;
} HpXgboostParams;

/* As hp_boosting_fit(). libxgboost runs on one thread, whatever the machine: its sums depend on how many there are. */
HpModel *hp_xgboost_fit        (const HpXgboostParams *params, HpTarget scale, const float *features, const float *target,
                                gsize n, guint n_features, GCancellable *cancellable, GError **error);
/* A model saved by XGBoost as JSON; its margins are XGBoost's bit for bit. */
HpModel *hp_xgboost_model_read (const char *json, gsize length, HpTarget scale, guint n_features, GError **error);

G_END_DECLS

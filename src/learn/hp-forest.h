/* hp-forest.h - random forests on our own trees (Breiman 2001)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "hp-tree.h"

G_BEGIN_DECLS

typedef struct
{
  guint        trees;
  guint        max_bins;
  gboolean     bootstrap; /* each tree sees as many rows as there are, drawn with replacement; else all rows once */
  HpTreeParams tree;
  guint64      seed;
} HpForestParams;

/* As hp_boosting_fit(); the trees are grown side by side by the team. */
HpModel *hp_forest_fit (const HpForestParams *params, HpTarget scale, const float *features, const float *target,
                        gsize n, guint n_features, HpTeam *team, GCancellable *cancellable, GError **error);

G_END_DECLS

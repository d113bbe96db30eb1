/* hp-tree.h - grows one regression tree on binned features by histograms
 *
 * The learner behind random_forest and gradient_boosting. A row's gradient and its weight of one are packed into a
 * single 64-bit integer, the count in the low bits and the fixed-point gradient above it: a histogram is then one integer
 * addition a value, and since integer sums do not depend on their order, neither does the tree on the number
 * of threads. The resolution is what the count leaves of 64 bits for
 * the sum of all gradients: a part in 2⁵⁰ of it for 2,000 rows, in 2⁴¹ for a million.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-bins.h"
#include "hp-model.h"

G_BEGIN_DECLS

typedef struct
{
  guint      max_depth;         /* 1 … 64 */
  guint      min_leaf;          /* rows in a leaf, at least 1 */
  double     lambda;            /* L2 penalty on a leaf's value, in rows */
  double     min_gain;          /* a split must reduce the loss by this */
  double     features_per_tree; /* share of the features a tree may use, (0, 1] */
  double     features_per_node; /* share of those that a node may choose among, (0, 1] */
  const int *monotone;          /* (nullable) sign by feature */
} HpTreeParams;

/* The value of a leaf (or, for a constrained split, of a node) from its rows, for losses whose optimum is not the mean
 * of the gradients; NULL: mean of target = sum / (count + lambda). */
typedef double (*HpLeafFunc) (const guint32 *rows, gsize n, gpointer data);

typedef struct _HpGrower HpGrower;

/* scratch for trees on the same bins; team: (nullable) parallelism inside one tree, for large data */
HpGrower     *hp_grower_new        (const HpBins *bins, const HpTreeParams *params, HpTeam *team);
void          hp_grower_free       (HpGrower *grower);
/* How often each row of the bins counts in the trees to come (transfer none); NULL: once. A bootstrap draw is a list of distinct
 * rows with weights: a third fewer rows to visit than with repeats. Not together with a leaf function. */
void          hp_grower_set_weights (HpGrower *grower, const guint16 *weights);
/* target: by row of bins: what the leaves should average to (negative gradients). rows: n row numbers, ascending;
 * reordered by leaf on return. seed draws the features. Returns the number of nodes. */
gsize         hp_grower_grow       (HpGrower *grower, const float *target, guint32 *rows, gsize n, guint64 seed,
                                    HpLeafFunc leaf, gpointer leaf_data);
const HpNode *hp_grower_get_nodes  (HpGrower *grower);  /* values not scaled by any rate */
HpNode       *hp_grower_edit_nodes (HpGrower *grower);
/* Of leaf node i: which part of rows fell into it */
void          hp_grower_get_rows   (HpGrower *grower, gsize node, gsize *begin, gsize *count);
/* The leaf that any row of bins falls into */
gsize         hp_grower_get_n_nodes (HpGrower *grower);
gsize         hp_grower_find_leaf  (HpGrower *grower, gsize row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpGrower, hp_grower_free)

G_END_DECLS

/* hp-model-private.h - how a model lies in memory
 *
 * Beside the nodes as they were given (HpNode, for explanation and writing) a tree model keeps the same nodes in the same
 * order in eight bytes each, so that the scoring kernels touch as few cache lines as they can.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-model.h"

G_BEGIN_DECLS

#define HP_MODEL_FORMAT 2 /* of model.json */

/* Trees or rows that are walked at once */
#define HP_LANES 8

/* A row is scored from its columns: n_features values with NaN kept, then the same with NaN replaced by -infinity, then one
 * NaN. A node that sends NaN to the right compares with the first kind (NaN is less than nothing), one that sends it to the
 * left with the second (-infinity is less than every threshold): no step asks whether a value is missing. A leaf compares
 * with the last column, so the walk goes right, and its left child is one before itself, so that right is itself: a walk
 * may go on after it has arrived. */
typedef struct
{
  float   value;
  guint16 column; /* x HP_LANES, the distance between columns in a block of rows */
  gint16  left;   /* relative to this node */
} HpFastNode;

#define HP_FAST_MAX_NODES    (1u << 15) /* of a tree; beyond, the way to a child might not fit */
#define HP_FAST_MAX_FEATURES 1000       /* beyond, rows go the plain way: their columns would not fit on the stack */
/* floats that HP_LANES rows take, or one */
#define HP_FAST_FLOATS(n_features) ((2 * (n_features) + 1) * HP_LANES)
#define HP_FAST_SLOW         G_MAXUINT16

typedef struct
{
  guint32  start;   /* of its nodes among all nodes */
  guint32  n_nodes;
  guint16  depth;   /* steps from the root to the deepest leaf */
  gboolean fast;
} HpTreeInfo;

/* A set of categories: a stretch of all sets' categories, ascending. A list takes what the file took, whatever the
 * categories are; bits would take up to 2 MiB for a single one. */
typedef struct
{
  guint32 start, n;
} HpSetInfo;

struct _HpModel
{
  gatomicrefcount ref_count;
  HpModelKind     kind;
  HpTarget        target;
  guint           n_features;

  double   intercept;
  double  *coefficients;
  gboolean single; /* linear, in single precision */
  double  *centre, *spread; /* (nullable) */

  float   base;
  guint   max_depth;
  GArray *nodes;  /* of HpNode, tree after tree */
  GArray *fast;   /* of HpFastNode, the same */
  GArray *trees;  /* of HpTreeInfo */
  GArray *groups; /* of guint16: depth of the deepest of each HP_LANES trees, or HP_FAST_SLOW */

  GArray *sets;       /* of HpSetInfo */
  GArray *categories; /* of guint32, set after set */
};

/* What is wrong with a tree: NULL if nothing, else an untranslated phrase, with the node in *where */
const char *_hp_tree_check         (const HpModel *model, const HpNode *nodes, gsize n_nodes, guint *depth, gsize *where);
void        _hp_model_append_tree  (HpModel *model, const HpNode *nodes, gsize n_nodes, guint depth);

/* The leaf a row ends in, one tree, the reference */
gint32      _hp_tree_walk_plain    (const HpModel *model, const HpNode *nodes, const float *features);

gboolean    _hp_model_has_category (const HpModel *model, guint32 set, float value);

/* Where a value goes at a node that is no leaf: the one rule of all walks */
static inline gboolean
_hp_node_goes_left (const HpModel *model, const HpNode *node, float value)
{
  if (value != value)
    return node->default_left;
  if (G_UNLIKELY (node->split == HP_SPLIT_CATEGORIES))
    return !_hp_model_has_category (model, (guint32) node->value, value);
  return value < node->value;
}

G_END_DECLS

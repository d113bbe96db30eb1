/* hp-model-private.h - how a model lies in memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-compiled.h"

G_BEGIN_DECLS

#define HP_MODEL_FORMAT 2 /* of model.json */

typedef struct
{
  guint32 start; /* of its nodes among all nodes */
  guint32 n_nodes;
  guint16 depth; /* steps from the root to the deepest leaf */
  guint16 has_sets; /* whether it splits on categories: then it is walked plainly */
} HpTreeInfo;

/* A set of categories: a stretch of all sets' categories, ascending. A list takes what the file took, whatever the
 * categories are; bits would take up to 2 MiB for a single one. */
typedef struct
{
  guint32 start, n;
} HpSetInfo;

/* What is known of the trees' contributions before a row is */
typedef struct _HpShapForest HpShapForest;

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
  GArray *nodes; /* of HpNode, tree after tree */
  GArray *trees; /* of HpTreeInfo */

  GArray *sets;       /* of HpSetInfo */
  GArray *categories; /* of guint32, set after set */

  /* atomic: made when so many rows have been scored that it pays */
  guint       n_scored;
  guint       compiling;
  HpCompiled *compiled; /* (nullable) */

  HpShapForest *forest; /* (nullable) made when it is first needed; atomic */
};

void        _hp_shap_forest_free   (HpShapForest *forest);

/* What is wrong with a tree: NULL if nothing, else an untranslated phrase, with the node in *where */
const char *_hp_tree_check         (const HpModel *model, const HpNode *nodes, gsize n_nodes, guint *depth, gsize *where);
void        _hp_model_append_tree  (HpModel *model, const HpNode *nodes, gsize n_nodes, guint depth);
void        _hp_model_forget_compiled (HpModel *model);

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

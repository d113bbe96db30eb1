/* hp-model.c - a fitted model: construction, checks, accessors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-model-private.h"

static HpModel *
model_new (HpModelKind kind, HpTarget target, guint n_features)
{
  HpModel *model = g_new0 (HpModel, 1);

  g_atomic_ref_count_init (&model->ref_count);
  model->kind = kind;
  model->target = target;
  model->n_features = n_features;
  return model;
}

/**
 * hp_model_new_linear:
 * @target: the scale that the model was fitted on
 * @n_features: how many features, at most %HP_MODEL_MAX_FEATURES
 * @intercept: the margin of a house whose features are all 0
 * @coefficients: (array length=n_features): one for each feature; copied
 *
 * Makes a linear model.
 *
 * Returns: (transfer full): the model
 */
HpModel *
hp_model_new_linear (HpTarget target, guint n_features, double intercept, const double *coefficients)
{
  HpModel *model;

  g_return_val_if_fail (n_features <= HP_MODEL_MAX_FEATURES, NULL);
  g_return_val_if_fail (n_features == 0 || coefficients != NULL, NULL);

  model = model_new (HP_MODEL_LINEAR, target, n_features);
  model->intercept = intercept;
  model->coefficients = g_memdup2 (coefficients, n_features * sizeof *coefficients);
  return model;
}

/**
 * hp_model_new_linear_single:
 * @target: what the margin is of the price
 * @n_features: how many features, at most %HP_MODEL_MAX_FEATURES
 * @intercept: the margin of a house whose features are all 0
 * @weights: (array length=n_features): one for each feature; copied
 *
 * Makes a linear model that adds in single precision, as the library that fitted it does, and takes a feature that is
 * NaN for one that is not there. Its features need not be centred: see hp_model_set_reference().
 *
 * Returns: (transfer full): the model
 */
HpModel *
hp_model_new_linear_single (HpTarget target, guint n_features, float intercept, const float *weights)
{
  HpModel *model;

  g_return_val_if_fail (n_features <= HP_MODEL_MAX_FEATURES, NULL);
  g_return_val_if_fail (n_features == 0 || weights != NULL, NULL);

  model = model_new (HP_MODEL_LINEAR, target, n_features);
  model->single = TRUE;
  model->intercept = intercept;
  model->coefficients = g_new (double, n_features + 1);
  for (guint j = 0; j < n_features; j++)
    model->coefficients[j] = weights[j];
  return model;
}

/**
 * hp_model_set_reference:
 * @model: a linear model in single precision that no other thread uses yet
 * @centre: (array): n_features values of the average house
 * @spread: (array): n_features distances, each greater than 0, that count as one
 *
 * Says what contributions are measured from and distances between houses in. Prices don't change.
 */
void
hp_model_set_reference (HpModel *model, const double *centre, const double *spread)
{
  g_return_if_fail (model != NULL && model->single && centre != NULL && spread != NULL);

  g_free (model->centre);
  g_free (model->spread);
  model->centre = g_memdup2 (centre, model->n_features * sizeof *centre);
  model->spread = g_memdup2 (spread, model->n_features * sizeof *spread);
}

/**
 * hp_model_new_trees:
 * @target: the scale that the model was fitted on
 * @n_features: how many features, at most %HP_MODEL_MAX_FEATURES
 * @base: what the sum of the leaves starts from
 *
 * Makes a tree model without trees; hp_model_add_tree() adds them. Until it is shared with other threads it may grow.
 *
 * Returns: (transfer full): the model
 */
HpModel *
hp_model_new_trees (HpTarget target, guint n_features, float base)
{
  HpModel *model;

  g_return_val_if_fail (n_features <= HP_MODEL_MAX_FEATURES, NULL);

  model = model_new (HP_MODEL_TREES, target, n_features);
  model->base = base;
  model->nodes = g_array_new (FALSE, FALSE, sizeof (HpNode));
  model->trees = g_array_new (FALSE, FALSE, sizeof (HpTreeInfo));
  model->sets = g_array_new (FALSE, FALSE, sizeof (HpSetInfo));
  model->categories = g_array_new (FALSE, FALSE, sizeof (guint32));
  return model;
}

/**
 * hp_model_add_set:
 * @model: a tree model that no other thread uses yet
 * @categories: (array length=n): ascending, each less than %HP_MODEL_MAX_CATEGORIES; copied
 * @n: how many; 0: nothing goes right
 *
 * Adds a set of categories for nodes of trees that are added later.
 *
 * Returns: its number, for #HpNode
 */
guint32
hp_model_add_set (HpModel *model, const guint32 *categories, gsize n)
{
  HpSetInfo info;

  g_return_val_if_fail (model != NULL && model->kind == HP_MODEL_TREES, 0);
  g_return_val_if_fail (model->sets->len < HP_MODEL_MAX_SETS, 0);
  g_return_val_if_fail (n <= HP_MODEL_MAX_LISTED - model->categories->len, 0);

  for (gsize i = 0; i < n; i++)
    g_assert (categories[i] < HP_MODEL_MAX_CATEGORIES && (i == 0 || categories[i - 1] < categories[i]));
  info = (HpSetInfo){ model->categories->len, n };
  if (n > 0)
    g_array_append_vals (model->categories, categories, n);
  g_array_append_val (model->sets, info);
  return model->sets->len - 1;
}

gboolean
_hp_model_has_category (const HpModel *model, guint32 set, float value)
{
  const HpSetInfo *info = &g_array_index (model->sets, HpSetInfo, set);
  const guint32 *categories = (const guint32 *) (gpointer) model->categories->data;
  guint32 low = info->start, high = info->start + info->n, category;

  if (!(value >= 0 && value < HP_MODEL_MAX_CATEGORIES))
    return FALSE;
  category = (guint32) value;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (categories[middle] < category)
        low = middle + 1;
      else
        high = middle;
    }
  return low < info->start + info->n && categories[low] == category;
}

/*
 * _hp_tree_check:
 * @model: the model that the tree is for, with its sets
 * @depth: (out): steps from the root to the deepest leaf
 * @where: (out): the node that is wrong
 *
 * Walks the tree from its root, level by level. Every node must be reached exactly once, which rules out cycles, shared
 * subtrees and orphans.
 *
 * Returns: (nullable): what is wrong, or NULL
 */
const char *
_hp_tree_check (const HpModel *model, const HpNode *nodes, gsize n_nodes, guint *depth, gsize *where)
{
  g_autofree guint8 *seen = NULL;
  g_autofree guint32 *queue = NULL;
  gsize head = 0, tail = 1, level_end = 1;

  *depth = 0;
  *where = 0;
  if (n_nodes == 0)
    return N_ ("a tree without nodes");
  if (n_nodes > HP_MODEL_MAX_NODES)
    return N_ ("a tree with too many nodes");

  seen = g_malloc0 (n_nodes);
  queue = g_new (guint32, n_nodes);
  queue[0] = 0;
  seen[0] = 1;

  for (; head < tail; head++)
    {
      const HpNode *node;

      if (head == level_end)
        {
          level_end = tail;
          if (++*depth > HP_MODEL_MAX_DEPTH)
            return N_ ("the tree is too deep");
        }
      *where = queue[head];
      node = &nodes[queue[head]];
      if (!isfinite (node->value))
        return N_ ("the value is not finite");
      if (node->count < 1)
        return N_ ("the count is less than 1");
      if (node->default_left > 1)
        return N_ ("default_left is neither 0 nor 1");
      if (node->left == -1)
        continue;
      if (node->split > HP_SPLIT_CATEGORIES)
        return N_ ("there is no such kind of split");
      if (node->split == HP_SPLIT_CATEGORIES
          && (node->value < 0 || node->value >= model->sets->len || node->value != floorf (node->value)))
        return N_ ("there is no such set of categories");
      if (node->feature >= model->n_features)
        return N_ ("there is no such feature");
      if (node->left < 1 || (gsize) node->left + 1 >= n_nodes)
        return N_ ("there are no such children");
      if (seen[node->left] || seen[node->left + 1])
        return N_ ("a child that another node has already");
      seen[node->left] = seen[node->left + 1] = 1;
      queue[tail++] = node->left;
      queue[tail++] = node->left + 1;
    }
  if (tail < n_nodes)
    {
      *where = (const guint8 *) memchr (seen, 0, n_nodes) - seen;
      return N_ ("no way leads from the root to this node");
    }
  return NULL;
}

void
_hp_model_append_tree (HpModel *model, const HpNode *nodes, gsize n_nodes, guint depth)
{
  HpTreeInfo info = { model->nodes->len, n_nodes, depth, FALSE };
  HpNode *copy;

  g_clear_pointer (&model->forest, _hp_shap_forest_free);
  g_array_append_vals (model->nodes, nodes, n_nodes);
  copy = &g_array_index (model->nodes, HpNode, info.start);
  for (gsize i = 0; i < n_nodes; i++)
    {
      /* What means nothing is 0, so that equal models are equal bytes. */
      if (copy[i].left < 0)
        copy[i].feature = copy[i].default_left = copy[i].split = 0;
      info.has_sets |= copy[i].split == HP_SPLIT_CATEGORIES;
    }
  g_array_append_val (model->trees, info);
  model->max_depth = MAX (model->max_depth, depth);
  _hp_model_forget_compiled (model);
}

/**
 * hp_model_add_tree:
 * @model: a tree model that no other thread uses yet
 * @nodes: (array length=n_nodes): the tree, its root first; copied
 * @n_nodes: at least 1
 *
 * Adds a tree. A malformed one is a programming error and aborts; what comes from files goes through
 * hp_model_from_json(), which refuses it.
 */
void
hp_model_add_tree (HpModel *model, const HpNode *nodes, gsize n_nodes)
{
  const char *problem;
  guint depth;
  gsize where;

  g_return_if_fail (model != NULL && model->kind == HP_MODEL_TREES);
  g_return_if_fail (model->trees->len < HP_MODEL_MAX_TREES);
  g_return_if_fail (n_nodes <= HP_MODEL_MAX_NODES - model->nodes->len);

  problem = _hp_tree_check (model, nodes, n_nodes, &depth, &where);
  if (problem != NULL)
    g_error ("tree %u, node %" G_GSIZE_FORMAT ": %s", model->trees->len, where, problem);
  _hp_model_append_tree (model, nodes, n_nodes, depth);
}

/**
 * hp_model_ref:
 * @model: a model
 *
 * Returns: (transfer full): @model
 */
HpModel *
hp_model_ref (HpModel *model)
{
  g_return_val_if_fail (model != NULL, NULL);

  g_atomic_ref_count_inc (&model->ref_count);
  return model;
}

/**
 * hp_model_unref:
 * @model: (transfer full): a model
 *
 * Gives up a reference; the last one frees the model.
 */
void
hp_model_unref (HpModel *model)
{
  g_return_if_fail (model != NULL);

  if (!g_atomic_ref_count_dec (&model->ref_count))
    return;
  g_clear_pointer (&model->nodes, g_array_unref);
  g_clear_pointer (&model->trees, g_array_unref);
  g_clear_pointer (&model->sets, g_array_unref);
  g_clear_pointer (&model->categories, g_array_unref);
  g_clear_pointer (&model->compiled, hp_compiled_free);
  g_clear_pointer (&model->forest, _hp_shap_forest_free);
  g_free (model->coefficients);
  g_free (model->centre);
  g_free (model->spread);
  g_free (model);
}

/**
 * hp_model_get_kind:
 * @model: a model
 *
 * Returns: linear or trees
 */
HpModelKind
hp_model_get_kind (const HpModel *model)
{
  return model->kind;
}

/**
 * hp_model_get_target:
 * @model: a model
 *
 * Returns: the scale of the margin
 */
HpTarget
hp_model_get_target (const HpModel *model)
{
  return model->target;
}

/**
 * hp_model_get_n_features:
 * @model: a model
 *
 * Returns: how many features a row has
 */
guint
hp_model_get_n_features (const HpModel *model)
{
  return model->n_features;
}

/**
 * hp_model_get_n_trees:
 * @model: a model
 *
 * Returns: how many trees; 0 for a linear model
 */
guint
hp_model_get_n_trees (const HpModel *model)
{
  return model->trees != NULL ? model->trees->len : 0;
}

/**
 * hp_model_get_n_nodes:
 * @model: a model
 *
 * Returns: how many nodes all trees have together
 */
gsize
hp_model_get_n_nodes (const HpModel *model)
{
  return model->nodes != NULL ? model->nodes->len : 0;
}

/**
 * hp_model_get_tree:
 * @model: a tree model
 * @tree: which tree
 * @n_nodes: (out) (optional): how many nodes it has
 *
 * Returns: (transfer none) (array length=n_nodes): its nodes, the root first
 */
const HpNode *
hp_model_get_tree (const HpModel *model, guint tree, gsize *n_nodes)
{
  const HpTreeInfo *info;

  g_return_val_if_fail (tree < hp_model_get_n_trees (model), NULL);

  info = &g_array_index (model->trees, HpTreeInfo, tree);
  if (n_nodes != NULL)
    *n_nodes = info->n_nodes;
  return &g_array_index (model->nodes, HpNode, info->start);
}

/**
 * hp_model_get_n_sets:
 * @model: a model
 *
 * Returns: how many sets of categories its trees split on; 0 for a linear model
 */
guint
hp_model_get_n_sets (const HpModel *model)
{
  return model->sets != NULL ? model->sets->len : 0;
}

/**
 * hp_model_get_set:
 * @model: a tree model
 * @set: which set
 * @n: (out): how many categories it has
 *
 * Returns: (transfer none) (nullable) (array length=n): the categories that go right, ascending; %NULL if there are
 * none
 */
const guint32 *
hp_model_get_set (const HpModel *model, guint set, gsize *n)
{
  const HpSetInfo *info;

  g_return_val_if_fail (set < hp_model_get_n_sets (model) && n != NULL, NULL);

  info = &g_array_index (model->sets, HpSetInfo, set);
  *n = info->n;
  return info->n > 0 ? (const guint32 *) (gpointer) model->categories->data + info->start : NULL;
}

/**
 * hp_model_get_base:
 * @model: a tree model
 *
 * Returns: what the sum of the leaves starts from
 */
float
hp_model_get_base (const HpModel *model)
{
  return model->base;
}

/**
 * hp_model_get_intercept:
 * @model: a linear model
 *
 * Returns: the margin of a house whose features are all 0
 */
double
hp_model_get_intercept (const HpModel *model)
{
  return model->intercept;
}

/**
 * hp_model_get_coefficients:
 * @model: a linear model
 *
 * Returns: (transfer none) (nullable): n_features coefficients; %NULL for trees
 */
const double *
hp_model_get_coefficients (const HpModel *model)
{
  return model->coefficients;
}

/**
 * hp_model_takes_missing:
 * @model: a model
 *
 * Returns: whether a feature may be NaN
 */
gboolean
hp_model_takes_missing (const HpModel *model)
{
  return model->kind == HP_MODEL_TREES || model->single;
}

/**
 * hp_model_get_centre:
 * @model: a model
 *
 * Returns: (transfer none) (nullable): the average house, by hp_model_set_reference()
 */
const double *
hp_model_get_centre (const HpModel *model)
{
  return model->centre;
}

/**
 * hp_model_get_spread:
 * @model: a model
 *
 * Returns: (transfer none) (nullable): the distances that count as one, by hp_model_set_reference()
 */
const double *
hp_model_get_spread (const HpModel *model)
{
  return model->spread;
}

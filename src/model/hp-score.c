/* hp-score.c - from features to margins and prices
 *
 * Walking one tree is a chain of dependent loads, so the processor idles. The kernels walk HP_LANES trees (one row) or
 * HP_LANES rows (one tree) at once without branches: each step of a lane is four loads, a comparison and two additions,
 * and a lane that has arrived at its leaf stays there. Sums are made in the order of the trees, in float, so every path
 * gives the same bits as hp_model_margin_plain().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-model-private.h"

/* Rows are copied, transposed by lanes, into a buffer on the stack that leaves room for a tree in the first level
 * cache. A tree is walked by all the rows of a block before the next tree is touched. */
#define BLOCK_FLOATS HP_FAST_FLOATS (HP_FAST_MAX_FEATURES)
#define BLOCK_ROWS   64

/* Trees of more steps than the first are looked at after every so many */
#define ALWAYS_STEPS        8
#define STEPS_BETWEEN_LOOKS 4

static inline __attribute__ ((always_inline)) guint32
step (const HpFastNode *nodes, guint32 at, const float *columns)
{
  const HpFastNode *node = &nodes[at];

  return at + node->left + 1 - (columns[node->column] < node->value);
}

/* Moves all lanes so many steps down. Lane k's columns begin at columns + k x lane. */
static inline __attribute__ ((always_inline)) void
take_steps (const HpFastNode *nodes, guint32 at[HP_LANES], guint steps, const float *columns, guint lane)
{
#pragma GCC unroll 1
  for (; steps > 0; steps--)
#pragma GCC unroll 8
    for (guint k = 0; k < HP_LANES; k++)
      at[k] = step (nodes, at[k], columns + k * lane);
}

/* In deep trees most lanes arrive early: now and then it pays to look whether all have. */
static __attribute__ ((noinline)) void
descend_deep (const HpFastNode *nodes, guint32 at[HP_LANES], guint depth, const float *columns, guint lane)
{
  guint32 lanes[HP_LANES], moved;

  memcpy (lanes, at, sizeof lanes);
  do
    {
      guint steps = MIN (depth, STEPS_BETWEEN_LOOKS);

      memcpy (at, lanes, sizeof lanes);
      take_steps (nodes, lanes, steps, columns, lane);
      depth -= steps;
      moved = 0;
      for (guint k = 0; k < HP_LANES; k++)
        moved |= at[k] ^ lanes[k];
    }
  while (depth > 0 && moved != 0);
  memcpy (at, lanes, sizeof lanes);
}

/* Moves all lanes down to their leaves */
static inline __attribute__ ((always_inline)) void
descend (const HpFastNode *nodes, guint32 at[HP_LANES], guint depth, const float *columns, guint lane)
{
  if (depth > ALWAYS_STEPS)
    descend_deep (nodes, at, depth, columns, lane);
  else
    take_steps (nodes, at, depth, columns, lane);
}

gint32
_hp_tree_walk_plain (const HpModel *model, const HpNode *nodes, const float *features)
{
  gint32 at = 0;

  while (nodes[at].left >= 0)
    at = nodes[at].left + !_hp_node_goes_left (model, &nodes[at], features[nodes[at].feature]);
  return at;
}

/* Lays a row out as the columns that fast nodes compare with */
static inline void
fill_columns (const float *features, guint n_features, float *columns)
{
  for (guint j = 0; j < n_features; j++)
    {
      columns[j * HP_LANES] = features[j];
      columns[(n_features + j) * HP_LANES] = isnan (features[j]) ? -INFINITY : features[j];
    }
  columns[2 * n_features * HP_LANES] = NAN;
}

/* The starts of the trees of a group; lanes beyond the last tree repeat it */
static inline void
load_group (const HpTreeInfo *trees, guint n_trees, guint first, guint32 at[HP_LANES])
{
  for (guint k = 0; k < HP_LANES; k++)
    at[k] = trees[MIN (first + k, n_trees - 1)].start;
}

/* Products and sums are rounded to float one by one, as the library does that fitted the model. */
static double
single_margin (const HpModel *model, const float *features)
{
  float sum = (float) model->intercept;

  for (guint j = 0; j < model->n_features; j++)
    if (!isnan (features[j]))
      sum += features[j] * (float) model->coefficients[j];
  return sum;
}

static double
linear_margin (const HpModel *model, const float *features)
{
  double sum = model->intercept;

  if (model->single)
    return single_margin (model, features);
  for (guint j = 0; j < model->n_features; j++)
    sum += model->coefficients[j] * features[j];
  return sum;
}

/**
 * hp_model_margin_plain:
 * @model: a model
 * @features: (array): n_features values of one row
 *
 * The reference that the fast paths equal bit for bit: one row, one tree at a time. A value goes left when it is
 * strictly less than the threshold (or not in the set of categories), and as the node's default_left says when it is
 * NaN, as XGBoost does.
 *
 * Returns: the margin
 */
double
hp_model_margin_plain (const HpModel *model, const float *features)
{
  float sum = model->base;

  if (model->kind == HP_MODEL_LINEAR)
    return linear_margin (model, features);
  for (guint t = 0; t < model->trees->len; t++)
    {
      const HpNode *nodes = hp_model_get_tree (model, t, NULL);

      sum += nodes[_hp_tree_walk_plain (model, nodes, features)].value;
    }
  return sum;
}

static float
score_row (const HpModel *model, const float *features)
{
  const HpFastNode *nodes = (const HpFastNode *) model->fast->data;
  const HpTreeInfo *trees = (const HpTreeInfo *) model->trees->data;
  const guint16 *groups = (const guint16 *) model->groups->data;
  guint n_trees = model->trees->len;
  float columns[HP_FAST_FLOATS (HP_FAST_MAX_FEATURES)];
  float sum = model->base;

  fill_columns (features, model->n_features, columns);
  for (guint first = 0, g = 0; first < n_trees; first += HP_LANES, g++)
    {
      guint count = MIN (n_trees - first, HP_LANES);
      guint32 at[HP_LANES];

      if (groups[g] == HP_FAST_SLOW)
        {
          for (guint t = first; t < first + count; t++)
            {
              const HpNode *tree = hp_model_get_tree (model, t, NULL);

              sum += tree[_hp_tree_walk_plain (model, tree, features)].value;
            }
          continue;
        }
      load_group (trees, n_trees, first, at);
      descend (nodes, at, groups[g], columns, 0);
      for (guint k = 0; k < count; k++)
        sum += nodes[at[k]].value;
    }
  return sum;
}

/* One tree, HP_LANES rows. Kept apart, so that the lanes have the registers to themselves. */
static __attribute__ ((noinline)) void
add_leaves (const HpFastNode *nodes, guint depth, const float *columns, float *sums)
{
  guint32 at[HP_LANES] = { 0 };

  descend (nodes, at, depth, columns, 1);
#pragma GCC unroll 8
  for (guint k = 0; k < HP_LANES; k++)
    sums[k] += nodes[at[k]].value; /* NOLINT(clang-analyzer-core.uninitialized.Assign): n is a multiple of HP_LANES */
}

/* n rows, a multiple of HP_LANES and at most BLOCK_ROWS */
static void
score_block (const HpModel *model, const float *features, guint n, float *sums)
{
  const HpFastNode *nodes = (const HpFastNode *) model->fast->data;
  const HpTreeInfo *trees = (const HpTreeInfo *) model->trees->data;
  guint n_features = model->n_features, size = HP_FAST_FLOATS (n_features);
  float block[BLOCK_FLOATS];

  for (guint i = 0; i < n; i++)
    {
      fill_columns (features + (gsize) i * n_features, n_features, block + i / HP_LANES * size + i % HP_LANES);
      sums[i] = model->base;
    }

  for (guint t = 0; t < model->trees->len; t++)
    {
      const HpTreeInfo *tree = &trees[t];

      if (!tree->fast)
        {
          const HpNode *plain = hp_model_get_tree (model, t, NULL);

          for (guint i = 0; i < n; i++)
            sums[i] += plain[_hp_tree_walk_plain (model, plain, features + (gsize) i * n_features)].value;
          continue;
        }
      for (guint i = 0; i < n; i += HP_LANES)
        add_leaves (nodes + tree->start, tree->depth, block + i / HP_LANES * size, sums + i);
    }
}

/**
 * hp_model_margin:
 * @model: a model
 * @features: (array): @n rows of n_features values, row after row
 * @n: how many rows
 * @margin: (out caller-allocates) (array length=n): the margins
 *
 * Scores rows. However the rows are cut into calls, each gets the same bits. Takes no memory.
 */
void
hp_model_margin (const HpModel *model, const float *features, gsize n, double *margin)
{
  gsize i = 0, block_rows;

  g_return_if_fail (model != NULL);

  if (model->kind == HP_MODEL_LINEAR)
    {
      for (; i < n; i++)
        margin[i] = linear_margin (model, features + i * model->n_features);
      return;
    }
  if (model->n_features > HP_FAST_MAX_FEATURES)
    {
      for (; i < n; i++)
        margin[i] = hp_model_margin_plain (model, features + i * model->n_features);
      return;
    }

  block_rows = BLOCK_FLOATS / HP_FAST_FLOATS (model->n_features) * HP_LANES;
  block_rows = MIN (block_rows, BLOCK_ROWS);
  while (n - i >= HP_LANES)
    {
      guint count = MIN (n - i, block_rows) / HP_LANES * HP_LANES;
      float sums[BLOCK_ROWS];

      score_block (model, features + i * model->n_features, count, sums);
      for (guint k = 0; k < count; k++)
        margin[i + k] = sums[k];
      i += count;
    }
  for (; i < n; i++)
    margin[i] = score_row (model, features + i * model->n_features);
}

/**
 * hp_model_predict:
 * @model: a model
 * @features: (array): @n rows of n_features values, row after row
 * @n: how many rows
 * @price: (out caller-allocates) (array length=n): the prices, not rounded
 *
 * hp_model_margin() turned into prices. Takes no memory.
 */
void
hp_model_predict (const HpModel *model, const float *features, gsize n, double *price)
{
  hp_model_margin (model, features, n, price);
  if (model->target != HP_TARGET_PLAIN)
    for (gsize i = 0; i < n; i++)
      price[i] = hp_price_from_margin (model->target, price[i]);
}

/**
 * hp_model_leaves:
 * @model: a tree model
 * @features: (array): n_features values of one row
 * @leaves: (out caller-allocates) (array): for each tree the index, within the tree, of the leaf that the row falls in
 */
void
hp_model_leaves (const HpModel *model, const float *features, gint32 *leaves)
{
  const HpFastNode *nodes;
  const HpTreeInfo *trees;
  float columns[HP_FAST_FLOATS (HP_FAST_MAX_FEATURES)];
  guint n_trees;

  g_return_if_fail (model != NULL && model->kind == HP_MODEL_TREES);

  nodes = (const HpFastNode *) model->fast->data;
  trees = (const HpTreeInfo *) model->trees->data;
  n_trees = model->trees->len;
  if (model->n_features <= HP_FAST_MAX_FEATURES)
    fill_columns (features, model->n_features, columns);

  for (guint first = 0, g = 0; first < n_trees; first += HP_LANES, g++)
    {
      guint16 depth = g_array_index (model->groups, guint16, g);
      guint count = MIN (n_trees - first, HP_LANES);
      guint32 at[HP_LANES];

      if (depth == HP_FAST_SLOW)
        {
          for (guint t = first; t < first + count; t++)
            leaves[t] = _hp_tree_walk_plain (model, hp_model_get_tree (model, t, NULL), features);
          continue;
        }
      load_group (trees, n_trees, first, at);
      descend (nodes, at, depth, columns, 0);
      for (guint k = 0; k < count; k++)
        leaves[first + k] = (gint32) (at[k] - trees[first + k].start);
    }
}

/* hp-interleaved.c - trees in eight bytes a node, walked without branches by several trees or rows at once
 *
 * Walking one tree is a chain of dependent loads, so the processor idles. Here HP_LANES trees (one row) or HP_LANES
 * rows (one tree) are walked at once without branches: each step of a lane is four loads, a comparison and two
 * additions, and a lane that has arrived at its leaf stays there. Any tree whose nodes can be told apart in 15 bits
 * goes this way; another, and one that splits on categories, is walked plainly among the others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-interleaved.h"
#include "hp-model-private.h"

/* A row is scored from its columns: n_features values with NaN kept, then the same with NaN replaced by -infinity,
 * then one NaN. A node that sends NaN to the right compares with the first kind (NaN is less than nothing), one that
 * sends it to the left with the second (-infinity is less than every threshold): no step asks whether a value is
 * missing. A leaf compares with the last column, so the walk goes right, and its left child is one before itself, so
 * that right is itself: a walk may go on after it has arrived. */
typedef struct
{
  float value;
  guint16 column; /* x HP_LANES, the distance between columns in a block of rows */
  gint16 left;    /* relative to this node */
} Node;

#define MAX_NODES (1u << 15) /* of a tree; beyond, the way to a child might not fit */

/* floats that HP_LANES rows take, or one */
#define FLOATS(n_features) ((2 * (n_features) + 1) * HP_LANES)

/* Rows are copied, transposed by lanes, into a buffer on the stack that leaves room for a tree in the first level
 * cache. A tree is walked by all the rows of a block before the next tree is touched. */
#define BLOCK_FLOATS FLOATS (HP_INTERLEAVED_MAX_FEATURES)
#define BLOCK_ROWS   64

/* Trees of more steps than the first are looked at after every so many */
#define ALWAYS_STEPS        8
#define STEPS_BETWEEN_LOOKS 4

#define SLOW G_MAXUINT16

struct _HpInterleaved
{
  const HpModel *model;
  Node *nodes;     /* in the order of the model's */
  guint16 *groups; /* depth of the deepest of each HP_LANES trees, or SLOW */
  gboolean *slow;  /* of each tree */
};

static void
convert_tree (const HpNode *nodes, gsize n_nodes, guint n_features, Node *converted)
{
  for (gsize i = 0; i < n_nodes; i++)
    {
      const HpNode *node = &nodes[i];
      guint column = node->left < 0 ? 2 * n_features : node->feature + (node->default_left ? n_features : 0);

      converted[i].value = node->value;
      converted[i].column = column * HP_LANES;
      converted[i].left = node->left < 0 ? -1 : node->left - (gint32) i;
    }
}

HpInterleaved *
_hp_interleaved_new (const HpModel *model)
{
  HpInterleaved *self = g_new0 (HpInterleaved, 1);

  self->model = model;
  self->nodes = g_new (Node, model->nodes->len + 1);
  self->groups = g_new0 (guint16, model->trees->len / HP_LANES + 1);
  self->slow = g_new0 (gboolean, model->trees->len + 1);
  for (guint t = 0; t < model->trees->len; t++)
    {
      const HpTreeInfo *tree = &g_array_index (model->trees, HpTreeInfo, t);
      guint16 *group = &self->groups[t / HP_LANES];

      self->slow[t] = tree->has_sets || tree->n_nodes > MAX_NODES;
      *group = self->slow[t] ? SLOW : MAX (*group, tree->depth);
      if (!self->slow[t])
        convert_tree (hp_model_get_tree (model, t, NULL), tree->n_nodes, model->n_features, self->nodes + tree->start);
    }
  return self;
}

void
_hp_interleaved_free (HpInterleaved *self)
{
  if (self == NULL)
    return;
  g_free (self->nodes);
  g_free (self->groups);
  g_free (self->slow);
  g_free (self);
}

gsize
_hp_interleaved_get_size (const HpInterleaved *self)
{
  guint n_trees = self->model->trees->len;

  return sizeof *self + self->model->nodes->len * sizeof *self->nodes + n_trees / HP_LANES * sizeof *self->groups
         + n_trees * sizeof *self->slow;
}

static inline __attribute__ ((always_inline)) guint32
step (const Node *nodes, guint32 at, const float *columns)
{
  const Node *node = &nodes[at];

  return at + node->left + 1 - (columns[node->column] < node->value);
}

/* Moves all lanes so many steps down. Lane k's columns begin at columns + k x lane. */
static inline __attribute__ ((always_inline)) void
take_steps (const Node *nodes, guint32 at[HP_LANES], guint steps, const float *columns, guint lane)
{
#pragma GCC unroll 1
  for (; steps > 0; steps--)
#pragma GCC unroll 8
    for (guint k = 0; k < HP_LANES; k++)
      at[k] = step (nodes, at[k], columns + k * lane);
}

/* In deep trees most lanes arrive early: now and then it pays to look whether all have. */
static __attribute__ ((noinline)) void
descend_deep (const Node *nodes, guint32 at[HP_LANES], guint depth, const float *columns, guint lane)
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
descend (const Node *nodes, guint32 at[HP_LANES], guint depth, const float *columns, guint lane)
{
  if (depth > ALWAYS_STEPS)
    descend_deep (nodes, at, depth, columns, lane);
  else
    take_steps (nodes, at, depth, columns, lane);
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

static float
walk_slowly (const HpInterleaved *self, guint tree, const float *features)
{
  const HpNode *nodes = hp_model_get_tree (self->model, tree, NULL);

  return nodes[_hp_tree_walk_plain (self->model, nodes, features)].value;
}

double
_hp_interleaved_row (const HpInterleaved *self, const float *features)
{
  const HpModel *model = self->model;
  const HpTreeInfo *trees = (const HpTreeInfo *) model->trees->data;
  guint n_trees = model->trees->len;
  float columns[FLOATS (HP_INTERLEAVED_MAX_FEATURES)];
  float sum = model->base;

  fill_columns (features, model->n_features, columns);
  for (guint first = 0, g = 0; first < n_trees; first += HP_LANES, g++)
    {
      guint count = MIN (n_trees - first, HP_LANES);
      guint32 at[HP_LANES];

      if (self->groups[g] == SLOW)
        {
          for (guint t = first; t < first + count; t++)
            sum += walk_slowly (self, t, features);
          continue;
        }
      load_group (trees, n_trees, first, at);
      descend (self->nodes, at, self->groups[g], columns, 0);
      for (guint k = 0; k < count; k++)
        sum += self->nodes[at[k]].value;
    }
  return sum;
}

/* One tree, HP_LANES rows. Kept apart, so that the lanes have the registers to themselves. */
static __attribute__ ((noinline)) void
add_leaves (const Node *nodes, guint depth, const float *columns, float *sums)
{
  guint32 at[HP_LANES] = { 0 };

  descend (nodes, at, depth, columns, 1);
#pragma GCC unroll 8
  for (guint k = 0; k < HP_LANES; k++)
    sums[k] += nodes[at[k]].value; /* NOLINT(clang-analyzer-core.uninitialized.Assign): n is a multiple of HP_LANES */
}

/* n rows, a multiple of HP_LANES and at most BLOCK_ROWS */
static void
score_block (const HpInterleaved *self, const float *features, guint n, float *sums)
{
  const HpTreeInfo *trees = (const HpTreeInfo *) self->model->trees->data;
  guint n_features = self->model->n_features, size = FLOATS (n_features);
  float block[BLOCK_FLOATS];

  for (guint i = 0; i < n; i++)
    {
      fill_columns (features + (gsize) i * n_features, n_features, block + i / HP_LANES * size + i % HP_LANES);
      sums[i] = self->model->base;
    }

  for (guint t = 0; t < self->model->trees->len; t++)
    if (self->slow[t])
      for (guint i = 0; i < n; i++)
        sums[i] += walk_slowly (self, t, features + (gsize) i * n_features);
    else
      for (guint i = 0; i < n; i += HP_LANES)
        add_leaves (self->nodes + trees[t].start, trees[t].depth, block + i / HP_LANES * size, sums + i);
}

void
_hp_interleaved_rows (const HpInterleaved *self, const float *features, gsize n, double *margin)
{
  guint n_features = self->model->n_features;
  guint block_rows = BLOCK_FLOATS / FLOATS (n_features) * HP_LANES;
  gsize i = 0;

  block_rows = MIN (block_rows, BLOCK_ROWS);
  while (n - i >= HP_LANES)
    {
      guint count = MIN (n - i, block_rows) / HP_LANES * HP_LANES;
      float sums[BLOCK_ROWS];

      score_block (self, features + i * n_features, count, sums);
      for (guint k = 0; k < count; k++)
        margin[i + k] = sums[k];
      i += count;
    }
  for (; i < n; i++)
    margin[i] = _hp_interleaved_row (self, features + i * n_features);
}

void
_hp_interleaved_leaves (const HpInterleaved *self, const float *features, gint32 *leaves)
{
  const HpModel *model = self->model;
  const HpTreeInfo *trees = (const HpTreeInfo *) model->trees->data;
  guint n_trees = model->trees->len;
  float columns[FLOATS (HP_INTERLEAVED_MAX_FEATURES)];

  fill_columns (features, model->n_features, columns);
  for (guint first = 0, g = 0; first < n_trees; first += HP_LANES, g++)
    {
      guint count = MIN (n_trees - first, HP_LANES);
      guint32 at[HP_LANES];

      if (self->groups[g] == SLOW)
        {
          for (guint t = first; t < first + count; t++)
            leaves[t] = _hp_tree_walk_plain (model, hp_model_get_tree (model, t, NULL), features);
          continue;
        }
      load_group (trees, n_trees, first, at);
      descend (self->nodes, at, self->groups[g], columns, 0);
      for (guint k = 0; k < count; k++)
        leaves[first + k] = (gint32) (at[k] - trees[first + k].start);
    }
}

/* hp-tree.c - grows one regression tree, level by level
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-tree-private.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "hp-random.h"

/* Work of fewer rows than this is not worth waking threads for */
#define PARALLEL_ROWS 20000
#define CHUNK_ROWS    32768

/**
 * hp_grower_new:
 * @bins: (transfer none): the training rows; must outlive the grower
 * @params: copied; its monotone array must outlive the grower
 * @team: (nullable): parallelism inside one tree
 *
 * Returns: (transfer full): memory for growing trees on @bins, one at a time
 */
HpGrower *
hp_grower_new (const HpBins *bins, const HpTreeParams *params, HpTeam *team)
{
  HpGrower *grower = g_new0 (HpGrower, 1);
  guint jobs = team != NULL ? hp_team_get_jobs (team) : 1;

  grower->bins = bins;
  grower->params = *params;
  grower->params.min_leaf = MAX (params->min_leaf, 1);
  grower->team = team;
  for (guint f = 0; params->monotone != NULL && f < bins->n_features; f++)
    grower->constrained |= params->monotone[f] != 0;
  grower->n_tree_features = CLAMP ((guint) lrint (params->features_per_tree * bins->n_features), 1, bins->n_features);
  grower->n_node_features
    = CLAMP ((guint) lrint (params->features_per_node * grower->n_tree_features), 1, grower->n_tree_features);
  /* a full histogram pays when most of it is looked at */
  grower->keep_histograms = 2 * grower->n_node_features >= bins->n_features;

  grower->packed = g_new (gint64, bins->n_rows);
  grower->tree_features = g_new (guint32, bins->n_features);
  grower->nodes = g_array_new (FALSE, FALSE, sizeof (HpNode));
  grower->ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  grower->level = g_array_new (FALSE, FALSE, sizeof (Work));
  grower->next = g_array_new (FALSE, FALSE, sizeof (Work));
  grower->scratch = g_new0 (Scratch, jobs);
  for (guint i = 0; i < jobs; i++)
    {
      grower->scratch[i].histogram = g_new0 (gint64, (gsize) grower->n_node_features * HIST_SIZE);
      grower->scratch[i].occupied = g_new0 (guint64, (gsize) grower->n_node_features * 4);
      grower->scratch[i].features = g_new (guint32, bins->n_features);
    }
  grower->inverse = g_new (double, N_INVERSES);
  for (guint i = 0; i < N_INVERSES; i++)
    grower->inverse[i] = i + params->lambda > 0 ? 1 / (i + params->lambda) : 0;
  return grower;
}

static void
clear_level (GArray *level)
{
  for (guint i = 0; i < level->len; i++)
    g_free (g_array_index (level, Work, i).histogram);
  g_array_set_size (level, 0);
}

/**
 * hp_grower_free:
 * @grower: (transfer full) (nullable): a grower
 */
void
hp_grower_free (HpGrower *grower)
{
  if (grower == NULL)
    return;
  for (guint i = 0, jobs = grower->team != NULL ? hp_team_get_jobs (grower->team) : 1; i < jobs; i++)
    {
      g_free (grower->scratch[i].histogram);
      g_free (grower->scratch[i].occupied);
      g_free (grower->scratch[i].features);
      g_free (grower->scratch[i].rows);
    }
  g_free (grower->scratch);
  clear_level (grower->level);
  clear_level (grower->next);
  g_array_unref (grower->level);
  g_array_unref (grower->next);
  g_array_unref (grower->nodes);
  g_array_unref (grower->ranges);
  g_free (grower->packed);
  g_free (grower->tree_features);
  g_free (grower->inverse);
  g_free (grower);
}

static void
run (HpGrower *grower, gsize n_rows, gsize n, HpTeamFunc func, gpointer data)
{
  if (grower->team != NULL && n > 1 && n_rows >= PARALLEL_ROWS)
    hp_team_run (grower->team, n, func, data);
  else
    for (gsize i = 0; i < n; i++)
      func (i, 0, data);
}

typedef struct
{
  HpGrower *grower;
  const float *target;
} Pack;

static void
pack_chunk (gsize index, guint worker, gpointer data)
{
  Pack *pack = data;
  HpGrower *grower = pack->grower;
  gsize end = MIN ((index + 1) * CHUNK_ROWS, grower->bins->n_rows);

  for (gsize row = index * CHUNK_ROWS; row < end; row++)
    {
      gint64 one = (gint64) ((guint64) llrint (pack->target[row] * grower->scale) << grower->count_bits) + 1;

      grower->packed[row] = grower->weights != NULL ? one * grower->weights[row] : one;
    }
}

/* Chooses the resolution so that no sum of the tree's rows can overflow, and packs every row of the data (what becomes of
 * rows that are not the tree's does not matter: nobody looks at them) */
static void
pack_gradients (HpGrower *grower, const float *target, const guint32 *rows, gsize n_rows, guint64 weight)
{
  Pack pack = { grower, target };
  const guint16 *weights = grower->weights;
  double sums[4] = { FLT_MIN };

  /* no node's sum exceeds the sum of all absolute values; four partial sums keep the adder busy */
  for (gsize i = 0; i < n_rows; i++)
    sums[i % 4] += fabs ((double) target[rows[i]]) * (weights != NULL ? weights[rows[i]] : 1);
  grower->count_bits = g_bit_storage (weight);
  grower->count_mask = ((gint64) 1 << grower->count_bits) - 1;
  grower->scale = ldexp (1, 61 - (int) grower->count_bits - (int) ceil (log2 (sums[0] + sums[1] + sums[2] + sums[3])));
  run (grower, grower->bins->n_rows, (grower->bins->n_rows + CHUNK_ROWS - 1) / CHUNK_ROWS, pack_chunk, &pack);
}

typedef struct
{
  HpGrower *grower;
  GArray *tasks; /* Task */
} Histograms;

typedef struct
{
  guint work;
  gsize begin, count;
  gint64 *histogram;
} Task;

static void
fill_task (gsize index, guint worker, gpointer data)
{
  Histograms *histograms = data;
  Task *task = &g_array_index (histograms->tasks, Task, index);

  _hp_tree_fill_histogram (histograms->grower, histograms->grower->rows + task->begin, task->count, task->histogram);
}

/* Histograms of the level's large nodes: of each pair of siblings the smaller is counted (in chunks, by all threads),
 * the larger is what remains of their parent's. */
static void
build_histograms (HpGrower *grower)
{
  g_autoptr (GArray) tasks = g_array_new (FALSE, FALSE, sizeof (Task));
  Histograms histograms = { grower, tasks };
  gsize size = (gsize) grower->bins->n_features * HIST_SIZE, total = 0;

  for (guint i = 0; i < grower->level->len; i++)
    {
      Work *work = &g_array_index (grower->level, Work, i);

      if (work->parent != NULL || (work->n_rows < KEEP_HISTOGRAM && !work->wanted))
        continue;
      work->histogram = g_new0 (gint64, size);
      total += work->n_rows;
      for (gsize begin = 0; begin < work->n_rows; begin += CHUNK_ROWS)
        {
          Task task = { i, work->begin + begin, MIN (CHUNK_ROWS, work->n_rows - begin),
                        begin == 0 ? work->histogram : g_new0 (gint64, size) };

          g_array_append_val (tasks, task);
        }
    }
  run (grower, total, tasks->len, fill_task, &histograms);
  for (guint i = 0; i < tasks->len; i++)
    {
      Task *task = &g_array_index (tasks, Task, i);
      gint64 *whole = g_array_index (grower->level, Work, task->work).histogram;

      if (task->histogram == whole)
        continue;
      for (gsize j = 0; j < size; j++)
        whole[j] += task->histogram[j];
      g_free (task->histogram);
    }
  for (guint i = 0; i < grower->level->len; i++)
    {
      Work *work = &g_array_index (grower->level, Work, i);

      if (work->parent == NULL)
        continue;

      const gint64 *smaller = g_array_index (grower->level, Work, work->sibling).histogram;

      work->histogram = g_steal_pointer (&work->parent);
      for (gsize j = 0; j < size; j++)
        work->histogram[j] -= smaller[j];
    }
}

static void
find_split_task (gsize index, guint worker, gpointer data)
{
  HpGrower *grower = data;

  _hp_tree_find_split (grower, &g_array_index (grower->level, Work, index), &grower->scratch[worker]);
}

/* Stable: rows stay ascending in each child, so that later passes over the data go forward */
static void
partition_task (gsize index, guint worker, gpointer data)
{
  HpGrower *grower = data;
  Work *work = &g_array_index (grower->level, Work, index);
  Scratch *scratch = &grower->scratch[worker];
  const HpBins *bins = grower->bins;
  const guint8 *codes = bins->codes + work->split.feature;
  guint32 *rows = grower->rows + work->begin;
  gsize n_left = 0, n_right = 0;

  if (work->split.gain <= 0)
    return;
  if (scratch->n_rows < work->n_rows)
    {
      g_free (scratch->rows);
      scratch->rows = g_new (guint32, work->n_rows);
      scratch->n_rows = work->n_rows;
    }

  /* codes above the bin go right; the missing code is above all, so it is folded to 0 when it goes left */
  guint8 fold = work->split.default_left ? 1 : 0;
  guint8 limit = work->split.bin + fold;

  for (gsize i = 0; i < work->n_rows; i++)
    {
      guint32 row = rows[i];
      gboolean right = (guint8) (codes[(gsize) row * bins->stride] + fold) > limit;

      rows[n_left] = row;
      scratch->rows[n_right] = row;
      n_left += !right;
      n_right += right;
    }
  memcpy (rows + n_left, scratch->rows, n_right * sizeof *rows);
  work->n_left = n_left;
}

static double
leaf_value (HpGrower *grower, const Work *work, HpLeafFunc leaf, gpointer leaf_data)
{
  double value = leaf != NULL ? leaf (grower->rows + work->begin, work->n_rows, leaf_data)
                              : packed_sum (grower, work->sum) / grower->scale / (work->count + grower->params.lambda);

  return CLAMP (value, work->low, work->high);
}

static void
append_node (HpGrower *grower, const Work *work)
{
  HpNode node = { .left = -1, .count = work->count };
  Range range = { work->begin, work->n_rows, 0 };

  g_array_append_val (grower->nodes, node);
  g_array_append_val (grower->ranges, range);
}

/* Turns a node into a split and appends its children to the tree and, where they may grow, to the next level.
 * Returns FALSE if a constraint forbids it after all. */
static gboolean
apply_split (HpGrower *grower, Work *work, gboolean deeper, HpLeafFunc leaf, gpointer leaf_data)
{
  const Split *split = &work->split;
  const HpBins *bins = grower->bins;
  guint32 count = packed_count (grower, split->left);
  Work left = { .node = grower->nodes->len,
                .begin = work->begin,
                .n_rows = work->n_left,
                .count = count,
                .sum = split->left,
                .low = work->low,
                .high = work->high };
  Work right = { .node = left.node + 1,
                 .begin = work->begin + work->n_left,
                 .n_rows = work->n_rows - work->n_left,
                 .count = work->count - count,
                 .sum = work->sum - split->left,
                 .low = work->low,
                 .high = work->high };
  int sign = grower->constrained ? grower->params.monotone[split->feature] : 0;

  if (sign != 0)
    {
      double value_left = leaf_value (grower, &left, leaf, leaf_data);
      double value_right = leaf_value (grower, &right, leaf, leaf_data);
      double middle = (value_left + value_right) / 2;

      if (sign * (value_right - value_left) < 0)
        return FALSE;
      if (sign > 0)
        left.high = right.low = middle;
      else
        left.low = right.high = middle;
    }

  append_node (grower, &left);
  append_node (grower, &right);

  HpNode *node = &g_array_index (grower->nodes, HpNode, work->node);

  node->left = left.node;
  node->feature = split->feature;
  node->default_left = split->default_left;
  node->value = split->bin < bins->n_cuts[split->feature] ? hp_bins_cuts (bins, split->feature)[split->bin] : FLT_MAX;
  g_array_index (grower->ranges, Range, work->node).bin = split->bin;

  if (!deeper)
    {
      g_array_index (grower->nodes, HpNode, left.node).value = leaf_value (grower, &left, leaf, leaf_data);
      g_array_index (grower->nodes, HpNode, right.node).value = leaf_value (grower, &right, leaf, leaf_data);
      return TRUE;
    }

  /* the larger child inherits the histogram, less what the smaller one will count */
  if (work->histogram != NULL && MAX (left.n_rows, right.n_rows) >= KEEP_HISTOGRAM)
    {
      Work *larger = left.n_rows > right.n_rows ? &left : &right;

      (larger == &left ? &right : &left)->wanted = TRUE;
      larger->parent = g_steal_pointer (&work->histogram);
      larger->sibling = grower->next->len + (larger == &left ? 1 : 0);
    }
  g_array_append_val (grower->next, left);
  g_array_append_val (grower->next, right);
  return TRUE;
}

static void
grow_level (HpGrower *grower, gsize n_rows, gboolean deeper, HpLeafFunc leaf, gpointer leaf_data)
{
  if (grower->keep_histograms)
    build_histograms (grower);
  run (grower, n_rows, grower->level->len, find_split_task, grower);
  run (grower, n_rows, grower->level->len, partition_task, grower);
  for (guint i = 0; i < grower->level->len; i++)
    {
      Work *work = &g_array_index (grower->level, Work, i);

      if (work->split.gain <= 0 || !apply_split (grower, work, deeper, leaf, leaf_data))
        g_array_index (grower->nodes, HpNode, work->node).value = leaf_value (grower, work, leaf, leaf_data);
    }
}

/**
 * hp_grower_grow:
 * @grower: the grower
 * @target: a float for each row of the bins
 * @rows: (inout): @n row numbers, ascending; on return grouped by leaf
 * @n: how many, 1 to 2²⁸
 * @seed: draws the features of the tree and its nodes
 * @leaf: (nullable): value of a leaf
 * @leaf_data: its data
 *
 * Returns: the number of nodes of the tree
 */
gsize
hp_grower_grow (HpGrower *grower, const float *target, guint32 *rows, gsize n, guint64 seed, HpLeafFunc leaf,
                gpointer leaf_data)
{
  Work root = { .n_rows = n, .low = -INFINITY, .high = INFINITY };
  guint64 weight = n;

  grower->seed = seed;
  grower->rows = rows;
  grower->bounded = leaf == NULL;
  if (grower->weights != NULL)
    {
      g_assert (leaf == NULL);
      weight = 0;
      for (gsize i = 0; i < n; i++)
        weight += grower->weights[rows[i]];
    }
  root.count = weight;
  pack_gradients (grower, target, rows, n, weight);
  for (guint f = 0; f < grower->bins->n_features; f++)
    grower->tree_features[f] = f;
  if (grower->n_tree_features < grower->bins->n_features)
    {
      HpRandom random;

      hp_random_init (&random, seed, 0);
      hp_random_shuffle (&random, grower->tree_features, grower->bins->n_features);
    }
  for (gsize i = 0; i < n; i++)
    root.sum += grower->packed[rows[i]];

  g_array_set_size (grower->nodes, 0);
  g_array_set_size (grower->ranges, 0);
  clear_level (grower->level);
  append_node (grower, &root);
  g_array_append_val (grower->level, root);

  for (guint depth = 0; depth < grower->params.max_depth && grower->level->len > 0; depth++)
    {
      GArray *done = grower->level;

      clear_level (grower->next);
      grow_level (grower, n, depth + 1 < grower->params.max_depth, leaf, leaf_data);
      grower->level = grower->next;
      grower->next = done;
    }
  clear_level (grower->level);
  clear_level (grower->next);
  return grower->nodes->len;
}

/**
 * hp_grower_set_weights:
 * @grower: the grower
 * @weights: (nullable) (transfer none): how often each row of the bins counts, by row; must outlive the trees
 *
 * For the trees to come; %NULL: each row once.
 */
void
hp_grower_set_weights (HpGrower *grower, const guint16 *weights)
{
  grower->weights = weights;
}

/**
 * hp_grower_get_nodes:
 * @grower: a grower that has grown a tree
 *
 * Returns: (transfer none): its nodes, valid until the next tree; values not scaled by any rate
 */
const HpNode *
hp_grower_get_nodes (HpGrower *grower)
{
  return (const HpNode *) (gpointer) grower->nodes->data;
}

/**
 * hp_grower_edit_nodes:
 * @grower: a grower that has grown a tree
 *
 * hp_grower_get_nodes() for who scales or replaces the values of leaves.
 *
 * Returns: (transfer none): the nodes
 */
HpNode *
hp_grower_edit_nodes (HpGrower *grower)
{
  return (HpNode *) (gpointer) grower->nodes->data;
}

/**
 * hp_grower_get_rows:
 * @grower: a grower that has grown a tree
 * @node: a leaf
 * @begin: (out): where its rows begin in the rows given to hp_grower_grow()
 * @count: (out): how many they are
 */
void
hp_grower_get_rows (HpGrower *grower, gsize node, gsize *begin, gsize *count)
{
  const Range *range = &g_array_index (grower->ranges, Range, node);

  *begin = range->begin;
  *count = range->count;
}

/**
 * hp_grower_find_leaf:
 * @grower: a grower that has grown a tree
 * @row: any row of its bins
 *
 * Returns: the leaf that the row falls into
 */
gsize
hp_grower_find_leaf (HpGrower *grower, gsize row)
{
  const HpNode *nodes = hp_grower_get_nodes (grower);
  const Range *ranges = (const Range *) (gpointer) grower->ranges->data;
  const guint8 *codes = grower->bins->codes + row * grower->bins->stride;
  gsize at = 0;

  while (nodes[at].left >= 0)
    {
      guint8 fold = nodes[at].default_left, code = codes[nodes[at].feature];

      at = nodes[at].left + ((guint8) (code + fold) > (guint8) (ranges[at].bin + fold));
    }
  return at;
}

/**
 * hp_grower_get_n_nodes:
 * @grower: a grower that has grown a tree
 *
 * Returns: how many nodes the tree has
 */
gsize
hp_grower_get_n_nodes (HpGrower *grower)
{
  return grower->nodes->len;
}

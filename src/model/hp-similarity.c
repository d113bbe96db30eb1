/* hp-similarity.c - which training sales the model itself finds most like a house
 *
 * Trees: the similarity of two houses is the share of trees in which they end in the same leaf (Breiman's proximity),
 * each tree weighing as much as its leaves differ, so what counts as similar is what moves the price. The leaves of all
 * sales are kept, a byte each where trees are small, and compared many at once: in boosted trees leaves hold so many
 * sales that lists of them would take longer. Linear models: exp (-d²/p) with d the distance in the p scaled features.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-sales-private.h"

/* Beyond so many bytes no leaves are kept, and all sales go down all trees for each house. */
#define MAX_KEPT_BYTES (1u << 28)

/* Sales that are compared by all trees before the next ones are: their sums stay in the first level cache. Fewer sales
 * make one block of whole vectors. */
#define BLOCK  1024
#define VECTOR 64

/* Trees at a time */
#define ROUND 4

#define ALWAYS_INLINE static inline __attribute__ ((always_inline))

struct _HpLeafTable
{
  guint n_trees, n_sales;
  guint n_blocks, block; /* sales in a block */
  guint16
    *weights; /* of the trees, in whole parts so that they add up the same in any order; as many as trees in rounds */
  guint32 total;    /* of the weights; at most G_MAXUINT16 */
  guint32 *starts;  /* of each tree's nodes among all */
  guint16 *leaf_of; /* (nullable) of each node: its number among its tree's leaves */
  gboolean wide;    /* numbers take two bytes, not one */
  guint8 *bytes;    /* for each block, for each tree of the rounds: its sales' leaves */
  guint16 *words;   /* the same if they are wide */
};

/* The spread of a tree's leaves over the training rows */
static double
spread_of_tree (const HpNode *nodes, gsize n_nodes)
{
  double n = 0, mean = 0, squares = 0;

  for (gsize i = 0; i < n_nodes; i++)
    {
      double delta;

      if (nodes[i].left >= 0)
        continue;
      n += nodes[i].count;
      delta = nodes[i].value - mean;
      mean += delta * nodes[i].count / n;
      squares += delta * (nodes[i].value - mean) * nodes[i].count;
    }
  return sqrt (squares / n);
}

/* Sets the weights: the share of each in all spreads, in whole parts of G_MAXUINT16, rounded down */
static void
weigh_trees (HpLeafTable *table, const HpModel *model)
{
  guint n_trees = table->n_trees;
  g_autofree double *spreads = g_new (double, n_trees);
  double sum = 0;

  table->weights = g_new0 (guint16, n_trees + ROUND);
  for (guint t = 0; t < n_trees; t++)
    {
      gsize n_nodes;
      const HpNode *nodes = hp_model_get_tree (model, t, &n_nodes);

      spreads[t] = spread_of_tree (nodes, n_nodes);
      sum += spreads[t];
    }
  for (guint t = 0; t < n_trees; t++)
    {
      table->weights[t] = G_MAXUINT16 * (sum > 0 && isfinite (sum) ? spreads[t] / sum : 1.0 / n_trees);
      table->total += table->weights[t];
    }
  /* So many trees that none has a part: the first have to do. */
  for (guint t = 0; table->total == 0 && t < MIN (n_trees, G_MAXUINT16); t++)
    table->weights[t] = 1;
  if (table->total == 0)
    table->total = MIN (n_trees, G_MAXUINT16);
}

/* Numbers each tree's leaves. Returns: the most that a tree has */
static guint
number_leaves (HpLeafTable *table, const HpModel *model)
{
  gsize at = 0;
  guint most = 0;

  table->starts = g_new (guint32, table->n_trees);
  table->leaf_of = g_new0 (guint16, hp_model_get_n_nodes (model));
  for (guint t = 0; t < table->n_trees; t++)
    {
      gsize n_nodes;
      const HpNode *nodes = hp_model_get_tree (model, t, &n_nodes);
      guint n_leaves = 0;

      table->starts[t] = at;
      for (gsize i = 0; i < n_nodes; i++, at++)
        if (nodes[i].left < 0)
          table->leaf_of[at] = n_leaves++;
      most = MAX (most, n_leaves);
    }
  return most;
}

static guint
n_rounded (const HpLeafTable *table)
{
  return (table->n_trees + ROUND - 1) / ROUND * ROUND;
}

/* leaves: nodes as hp_model_leaves() gives them */
static void
put_sale (HpLeafTable *table, guint sale, const gint32 *leaves)
{
  gsize first = (gsize) (sale / table->block) * n_rounded (table) * table->block + sale % table->block;

  for (guint t = 0; t < table->n_trees; t++)
    {
      guint16 leaf = table->leaf_of[table->starts[t] + leaves[t]];

      if (table->wide)
        table->words[first + (gsize) t * table->block] = leaf;
      else
        table->bytes[first + (gsize) t * table->block] = leaf;
    }
}

HpLeafTable *
_hp_leaf_table_new (const HpModel *model, const float *features, guint n_sales)
{
  HpLeafTable *table = g_new0 (HpLeafTable, 1);
  guint n_features = hp_model_get_n_features (model), most;
  g_autofree gint32 *leaves = NULL;
  guint64 n;

  table->n_trees = hp_model_get_n_trees (model);
  table->n_sales = n_sales;
  table->block = MIN ((n_sales + VECTOR - 1) / VECTOR * VECTOR, BLOCK);
  table->n_blocks = n_sales > 0 ? (n_sales + table->block - 1) / table->block : 0;
  weigh_trees (table, model);
  most = number_leaves (table, model);
  table->wide = most > G_MAXUINT8 + 1;
  n = (guint64) table->n_blocks * n_rounded (table) * table->block;
  if (most > G_MAXUINT16 + 1 || n * (table->wide ? 2 : 1) > MAX_KEPT_BYTES)
    {
      g_clear_pointer (&table->leaf_of, g_free);
      return table;
    }
  if (table->wide)
    table->words = g_new0 (guint16, n + 1);
  else
    table->bytes = g_new0 (guint8, n + 1);
  leaves = g_new (gint32, table->n_trees);
  for (guint i = 0; i < n_sales; i++)
    {
      hp_model_leaves (model, features + (gsize) i * n_features, leaves);
      put_sale (table, i, leaves);
    }
  return table;
}

void
_hp_leaf_table_free (HpLeafTable *table)
{
  g_free (table->weights);
  g_free (table->starts);
  g_free (table->leaf_of);
  g_free (table->bytes);
  g_free (table->words);
  g_free (table);
}

/* Adds a tree's weight to the sums of those of n sales that are in its leaf, for ROUND trees. Plain loops, which the
 * compiler makes vectors of. */
ALWAYS_INLINE void
add_bytes (const guint8 *sales, gsize n, const guint8 *leaves, const guint16 *weights, guint16 *restrict sums)
{
  const guint8 a = leaves[0], b = leaves[1], c = leaves[2], d = leaves[3];
  const guint16 v = weights[0], w = weights[1], x = weights[2], y = weights[3];
  const guint8 *first = sales, *second = sales + n, *third = second + n, *fourth = third + n;

  for (gsize i = 0; i < n; i++)
    sums[i] += (first[i] == a ? v : 0) + (second[i] == b ? w : 0) + (third[i] == c ? x : 0) + (fourth[i] == d ? y : 0);
}

ALWAYS_INLINE void
add_words (const guint16 *sales, gsize n, const guint16 *leaves, const guint16 *weights, guint16 *restrict sums)
{
  const guint16 a = leaves[0], b = leaves[1], c = leaves[2], d = leaves[3];
  const guint16 v = weights[0], w = weights[1], x = weights[2], y = weights[3];
  const guint16 *first = sales, *second = sales + n, *third = second + n, *fourth = third + n;

  for (gsize i = 0; i < n; i++)
    sums[i] += (first[i] == a ? v : 0) + (second[i] == b ? w : 0) + (third[i] == c ? x : 0) + (fourth[i] == d ? y : 0);
}

/* bytes, words: the house's leaves, one of the two */
ALWAYS_INLINE void
add_block (const HpLeafTable *table, guint block, const guint8 *bytes, const guint16 *words, guint16 *sums)
{
  guint n_trees = n_rounded (table);
  gsize n = table->block / VECTOR * VECTOR, at = block * n_trees * n;

  for (guint t = 0; t < n_trees; t += ROUND, at += ROUND * n)
    if (table->wide)
      add_words (table->words + at, n, words + t, table->weights + t, sums);
    else
      add_bytes (table->bytes + at, n, bytes + t, table->weights + t, sums);
}

typedef void (*AddBlock) (const HpLeafTable *table, guint block, const guint8 *bytes, const guint16 *words,
                          guint16 *sums);

static void
add_block_baseline (const HpLeafTable *table, guint block, const guint8 *bytes, const guint16 *words, guint16 *sums)
{
  add_block (table, block, bytes, words, sums);
}

#ifdef __x86_64__
static __attribute__ ((target ("avx2"))) void
add_block_avx2 (const HpLeafTable *table, guint block, const guint8 *bytes, const guint16 *words, guint16 *sums)
{
  add_block (table, block, bytes, words, sums);
}
#endif

static AddBlock
fastest_add_block (void)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx2"))
    return add_block_avx2;
#endif
  return add_block_baseline;
}

static void
compare_by_table (const HpLeafTable *table, const gint32 *leaves, float *similarity)
{
  g_autofree guint16 *words = g_new0 (guint16, n_rounded (table));
  g_autofree guint8 *bytes = g_new0 (guint8, n_rounded (table));
  AddBlock add = fastest_add_block ();

  for (guint t = 0; t < table->n_trees; t++)
    bytes[t] = words[t] = table->leaf_of[table->starts[t] + leaves[t]];
  for (guint block = 0; block < table->n_blocks; block++)
    {
      guint first = block * table->block, count = MIN (table->n_sales - first, table->block);
      guint16 sums[BLOCK] = { 0 };

      add (table, block, bytes, words, sums);
      for (guint i = 0; i < count; i++)
        similarity[first + i] = (float) sums[i] / table->total;
    }
}

static void
compare_by_walking (const HpSales *sales, const HpModel *model, const gint32 *leaves, float *similarity)
{
  const HpLeafTable *table = sales->leaves;
  g_autofree gint32 *other = g_new (gint32, table->n_trees);

  for (guint i = 0; i < table->n_sales; i++)
    {
      guint32 sum = 0;

      hp_model_leaves (model, _hp_sales_get_features (sales, i), other);
      for (guint t = 0; t < table->n_trees; t++)
        if (leaves[t] == other[t])
          sum += table->weights[t];
      similarity[i] = (float) sum / table->total;
    }
}

/* spread: (nullable) what counts as one; NULL: features are scaled. Known and unknown are one apart. */
static double
nearness (const float *a, const float *b, const double *spread, guint n)
{
  double squares = 0;

  for (guint j = 0; j < n; j++)
    {
      double distance = ((double) a[j] - b[j]) / (spread != NULL ? spread[j] : 1);

      if (isnan (distance))
        distance = isnan (a[j]) != isnan (b[j]);
      squares += distance * distance;
    }
  return n > 0 ? exp (-squares / n) : 1;
}

void
_hp_sales_compare (const HpSales *sales, const HpModel *model, const float *features, float *similarity)
{
  gboolean linear = hp_model_get_kind (model) == HP_MODEL_LINEAR;
  g_autofree gint32 *leaves = NULL;

  if (sales->leaves == NULL)
    {
      /* A model without trees tells no house from another. */
      for (guint i = 0; i < sales->sales->len; i++)
        similarity[i] = linear ? nearness (features, _hp_sales_get_features (sales, i), hp_model_get_spread (model),
                                           sales->n_features)
                               : 1;
      return;
    }
  leaves = g_new (gint32, sales->leaves->n_trees);
  hp_model_leaves (model, features, leaves);
  if (sales->leaves->leaf_of != NULL)
    compare_by_table (sales->leaves, leaves, similarity);
  else
    compare_by_walking (sales, model, leaves, similarity);
}

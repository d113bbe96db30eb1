/* hp-ranks.h - trees over ranks: the tables that the vector kernels look up
 *
 * Columns. The thresholds of a feature, sorted and distinct, are cut into runs of at most HP_RANKS_RUN; each run is a
 * column. A value's code in a column is how many of its thresholds are not above the value, 0 … 254, less 128: a signed
 * byte, as the instruction sets compare them. v < threshold k of the column is the same as code <= k - 128. A missing
 * value has code 127, above all others: it goes right. A node that sends missing values left compares code + 1 with its
 * threshold + 1: 127 + 1 wraps round to -128, below all others, and nothing else changes. So a node is two bytes, a
 * threshold and which column, and no step asks whether a value is missing. Any number of thresholds takes columns, not
 * other kernels.
 *
 * Trees are made complete: node h has the children 2h and 2h + 1, the root is 1, all leaves are on one level. Below a
 * leaf that is nearer to the root everything goes left, and its value stands in all leaves below it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-model.h"

G_BEGIN_DECLS

#define HP_RANKS_RUN         254
#define HP_RANKS_MAX_COLUMNS 256
#define HP_RANKS_MIN_DEPTH   4 /* of complete trees: smaller ones are made this deep, a shuffle has 16 bytes */
#define HP_RANKS_MAX_DEPTH   8 /* a byte numbers the leaves */
#define HP_RANKS_MAX_VECTOR  64 /* bytes */
#define HP_RANKS_LEAST       (-128) /* the code of rank 0 */
#define HP_RANKS_MISSING     127
#define HP_RANKS_ALWAYS_LEFT 127 /* a threshold that no code is above */

/* A column's thresholds stand in blocks of HP_RANKS_STEP, filled up with NaN, which is not below anything; at least one
 * NaN is at the end. In front of them stands the last threshold of each block. So a rank takes two steps: how many
 * blocks are passed, how many thresholds of the next one. */
#define HP_RANKS_STEP 16

typedef struct
{
  guint32 feature;
  guint32 first; /* of what it has among all thresholds: HP_RANKS_STEP ends of blocks, then the blocks */
  guint32 n;
} HpRankColumn;

/* For many rows. A tree of depth d lies at tables + offset:
 *   guint16 single[8]        the codes (2 × column + 1 if missing goes left) of the seven nodes of the first three
 *                            levels, which are compared one by one
 *   guint16 among[n_among]   the codes that deeper nodes pick among, filled up to a multiple of 8
 *   gint8   threshold[2^d]   of node h
 *   guint8  pick[2^d]        of node h, which of those codes
 *   guint8  leaf[4][2^d]     the first bytes of all leaves' values, the second bytes, …
 * With at most 8 or 16 columns below the first levels, among holds each column's plain code, and a pick has the bits of
 * the place among them from the top bit down, lowest first, and in its lowest bit whether missing goes left. With more,
 * among holds the codes that there are, and a pick is the place. */
#define HP_RANKS_SINGLE_LEVELS 3
#define HP_RANKS_SINGLES       (1 << HP_RANKS_SINGLE_LEVELS)

typedef struct
{
  guint8 depth;
  guint8 bits; /* 3 or 4; 0: more than 16 columns */
  guint16 n_among;
  gsize offset;
} HpRankTree;

/* For one row: HP_RANKS_GROUP trees, made equally deep. Node h of all of them is a run of HP_RANKS_GROUP bytes that say
 * which code to take (2 × column + 1 if missing goes left), and then as many thresholds. The last group is filled up
 * with trees whose leaves are -0, which added to anything changes nothing. */
#define HP_RANKS_GROUP       64
#define HP_RANKS_ROW_COLUMNS 32 /* with more, a single row goes another way */
#define HP_RANKS_ROW_CODES   (2 * HP_RANKS_ROW_COLUMNS)

typedef struct
{
  guint32 depth;
  guint32 n_trees; /* not counting those */
  gsize offset;    /* of node 0 in nodes */
  gsize leaves;    /* of the first tree's leaves */
} HpRankGroup;

typedef struct
{
  float base;
  guint n_features;

  guint n_columns;
  HpRankColumn *columns;
  float *thresholds;
  gsize n_thresholds;

  guint n_trees;
  HpRankTree *trees;
  guint8 *tables;
  gsize tables_size;

  guint n_groups;
  HpRankGroup *groups;
  guint8 *nodes;
  gsize nodes_size;
  float *leaves;
  gsize n_leaves;
} HpRanks;

/* (nullable): the model is beyond the limits, or complete trees would take much more memory than it does */
HpRanks *_hp_ranks_new      (const HpModel *model);
void     _hp_ranks_free     (HpRanks *ranks);
gsize    _hp_ranks_get_size (const HpRanks *ranks);

/* Rows that the kernels for many take at a time: the columns' codes stay in the first level cache. */
#define HP_RANKS_BLOCK_BYTES (32 * 1024)
#define HP_RANKS_BLOCK_ROWS  256

/* A node as the tables have it */
typedef struct
{
  guint8 column;
  guint8 default_left;
  gint8 threshold;
} HpRankNode;

/* How deep the complete trees of these are, made equally deep; 0: too deep */
guint _hp_ranks_depth       (const HpModel *model, guint first, guint n_trees);
/* The node in each of the 2^(depth + 1) places of the complete tree; in the first, which isn't one, the root */
void  _hp_ranks_complete    (const HpNode *nodes, guint depth, gint32 *places);

/* hp-ranks-columns.c: makes the columns. Returns: (transfer full) (nullable): all of the model's nodes, leaves as nodes
 * that send everything left; NULL if there would be too many columns */
HpRankNode *_hp_ranks_make_columns (HpRanks *ranks, const HpModel *model);

/* hp-ranks-tree.c, hp-ranks-row.c: the two sets of tables, and the most bytes that a tree takes in them */
gsize _hp_ranks_tree_size   (guint depth);
gsize _hp_ranks_row_size    (guint depth);
void  _hp_ranks_make_trees  (HpRanks *ranks, const HpModel *model, const HpRankNode *nodes);
void  _hp_ranks_make_groups (HpRanks *ranks, const HpModel *model, const HpRankNode *nodes);

G_END_DECLS

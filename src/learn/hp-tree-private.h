/* hp-tree-private.h - what growing a tree and searching for its splits share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-tree.h"

G_BEGIN_DECLS

#define HIST_SIZE 256 /* 255 bins and the missing ones */

/* Nodes of at least so many rows keep a full histogram, so that one child's is its parent's less its sibling's */
#define KEEP_HISTOGRAM 4096
/* Below so many rows only the bins that occur are visited */
#define SPARSE_ROWS 128
/* Counts below this are divided by through a table */
#define N_INVERSES 4096

typedef struct
{
  double  gain;       /* in units of quantised gradient squared; 0: no split */
  guint   feature;
  guint   bin;        /* bins <= bin go left */
  guint8  default_left;
  gint64  left;       /* packed sum of the left child */
} Split;

/* A node that may still be split */
typedef struct
{
  gint32  node;
  gsize   begin;
  guint32 n_rows;     /* in the list of rows */
  guint32 n_left;     /* of these, once it is partitioned */
  guint32 count;      /* with their weights */
  gint64  sum;        /* packed */
  double  low, high;  /* bounds of its values by monotone constraints, in units of the target */
  gint64 *histogram;  /* (nullable) (owned) n_features × HIST_SIZE */
  gint64 *parent;     /* (nullable) (owned by the sibling) what the sibling's histogram is subtracted from */
  guint   sibling;    /* index in the level of the node built directly */
  gboolean wanted;    /* its histogram is needed for the sibling's, however small it is */
  Split   split;
} Work;

typedef struct
{
  gint64  *histogram; /* features × HIST_SIZE, all zero between uses */
  guint64 *occupied;  /* features × 4 words, all zero between uses */
  guint32 *features;  /* order in which this node looks at its features */
  guint32 *rows;      /* for the partition */
  gsize    n_rows;
} Scratch;

struct _HpGrower
{
  const HpBins *bins;
  HpTreeParams  params;
  HpTeam       *team;
  gboolean      constrained;
  gboolean      bounded;        /* leaves are means of gradients, so the bounds of their values bound these means */
  gboolean      keep_histograms;

  /* of the present tree */
  gint64       *packed;         /* by row of bins */
  guint         count_bits;
  gint64        count_mask;
  double        scale;          /* quantised = target × scale */
  guint64       seed;
  guint32      *rows;
  const guint16 *weights;       /* (nullable) by row of bins */
  guint32      *tree_features;
  guint         n_tree_features, n_node_features;

  GArray       *nodes;          /* HpNode */
  GArray       *ranges;         /* Range, by node */
  GArray       *level, *next;   /* Work */
  Scratch      *scratch;        /* by worker */
  double       *inverse;        /* 1 / (count + lambda) */
};

typedef struct
{
  gsize  begin;
  gsize  count;
  guint8 bin;                   /* of the split */
} Range;

static inline guint32
packed_count (const HpGrower *grower, gint64 packed)
{
  return (guint32) (packed & grower->count_mask);
}

static inline double
packed_sum (const HpGrower *grower, gint64 packed)
{
  return (double) (packed >> grower->count_bits);
}

/* Adds the rows of a node to the histograms of all the tree's features */
void _hp_tree_fill_histogram (const HpGrower *grower, const guint32 *rows, gsize n, gint64 *histogram);
void _hp_tree_find_split     (HpGrower *grower, Work *work, Scratch *scratch);

G_END_DECLS

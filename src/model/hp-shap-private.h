/* hp-shap-private.h - between the plan of a tree's Shapley values and the loops that carry it out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-model-private.h"

G_BEGIN_DECLS

/* Rows that go through a tree side by side. The compiler makes of a vector what the processor has. */
#define HP_SHAP_LANES 4

typedef double HpShapDoubles __attribute__ ((vector_size (HP_SHAP_LANES * sizeof (double))));
typedef gint64 HpShapMask __attribute__ ((vector_size (HP_SHAP_LANES * sizeof (gint64))));

#define HP_SHAP_NO_SET G_MAXUINT32

/* An inner node. Nodes are numbered level by level, so that split p has the children 2p + 1 and 2p + 2. */
typedef struct
{
  double  threshold;
  guint32 set;     /* of categories that go right, of the model's; HP_SHAP_NO_SET: the threshold decides */
  guint32 column;  /* among a group's columns: the feature, or n_features further the same with -infinity for NaN */
  guint32 feature;
  guint32 node;    /* its own number */
  guint32 earlier; /* the deepest node above that a split on the same feature led to; 0, the root: none */
} HpShapSplit;

/* What the step to a child multiplies the path's product by, and what the child's sum adds to the feature, in one point of
 * the quadrature. Each is one of three numbers: the row comes this way by this feature's splits so far (11); it comes to
 * the split but not to this child (10); it has left the way by this feature before (00; it then adds nothing). They are
 * kept as bits that masks choose among: 00, 00 ^ 10, 10 ^ 11. */
typedef union
{
  double value;
  gint64 bits;
} HpShapNumber;

typedef struct
{
  HpShapNumber factor, factor_come, factor_both;
  HpShapNumber share, share_both; /* 10, 10 ^ 11 */
} HpShapStep;

/* A tree, ready for any number of rows */
typedef struct
{
  const HpModel     *model;
  double             expected; /* mean of the leaves over the training rows */
  guint              n_splits;
  guint              n_points; /* of the quadrature */
  const HpShapSplit *splits;
  const HpShapStep  *steps;    /* for each point 2 a split */
  const double      *weights;  /* of the points */
} HpShapPlan;

/* Plans trees one after another */
typedef struct _HpShapPlanner HpShapPlanner;

HpShapPlanner *_hp_shap_planner_new    (const HpModel *model);
void           _hp_shap_planner_free   (HpShapPlanner *planner);
/* splits: room for those of the tree; plan: all but its steps and weights. Returns: n_points */
guint          _hp_shap_planner_splits (HpShapPlanner *planner, guint tree, HpShapSplit *splits, HpShapPlan *plan);
/* Of the tree that was asked for last. Returns: the point's weight */
double         _hp_shap_planner_steps  (HpShapPlanner *planner, const HpShapPlan *plan, guint point, HpShapStep *steps);

/* own: which rows come to which node by the splits on the feature that led there last; columns: 2 x n_features */
typedef void (*HpShapSort) (const HpShapPlan *plan, const HpShapDoubles *columns, HpShapMask *own);
/* In one point; product: room for all nodes; phi: n_features, added to */
typedef void (*HpShapAdd) (const HpShapPlan *plan, const HpShapStep *steps, double weight, const HpShapMask *own,
                           HpShapDoubles *product, HpShapDoubles *phi);

typedef struct
{
  HpShapSort sort;
  HpShapAdd  add;
} HpShapKernel;

/* The loops that this processor runs fastest, and those that any can; all give the same bits */
const HpShapKernel *_hp_shap_get_kernel (void);
extern const HpShapKernel _hp_shap_baseline;

G_END_DECLS

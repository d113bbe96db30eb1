/* hp-model.h - a fitted model and its scoring
 *
 * Linear: margin = intercept + sum of coefficient x feature, in double, in order of the features. One in single precision
 * (imported) adds float32 products in that order, as XGBoost does, and passes over features that are NaN.
 * Trees: margin = base, then float32 additions of the leaves in order of the trees (the same as XGBoost's); a value v goes
 * left when v < threshold, by default_left when it is NaN. At a node that splits on a set of categories a value whose
 * integer part is in the set goes right, any other left. The target says how a margin becomes a price.
 * The plain tree walk is the reference; the fast paths must equal it bit for bit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum { HP_MODEL_LINEAR, HP_MODEL_TREES } HpModelKind;

/* What the margin is of the price (hp-target.c) */
typedef enum
{
  HP_TARGET_PLAIN,    /* the price itself */
  HP_TARGET_LOG,      /* its logarithm */
  HP_TARGET_LOG1P,    /* the logarithm of one more */
  HP_TARGET_EXP,      /* its logarithm, undone in single precision as XGBoost does */
  HP_TARGET_LOGISTIC, /* its log-odds, the same: the answer lies between 0 and 1 */
  HP_N_TARGETS
} HpTarget;

typedef enum { HP_SPLIT_THRESHOLD, HP_SPLIT_CATEGORIES } HpSplitKind;

/* A node of a tree; trees are arrays with the root first, the right child right after the left */
typedef struct
{
  float   value;        /* threshold, or the leaf's value; HP_SPLIT_CATEGORIES: the number of a set of categories, exactly */
  gint32  left;         /* index of the left child within its tree; -1: a leaf */
  guint16 feature;
  guint8  default_left; /* where NaN goes */
  guint8  split;        /* an HpSplitKind */
  guint32 count;        /* training rows that came through, or their weight (for explanation); at least 1 */
} HpNode;

#define HP_MODEL_MAX_TREES      100000
#define HP_MODEL_MAX_NODES      (1u << 27)
#define HP_MODEL_MAX_FEATURES   4096
#define HP_MODEL_MAX_DEPTH      512
#define HP_MODEL_MAX_CATEGORIES (1u << 24) /* a category is less, as every integer below is a float */
#define HP_MODEL_MAX_SETS       (1u << 24) /* so is the number of a set */
#define HP_MODEL_MAX_LISTED     (1u << 27) /* categories in all sets together */

typedef struct _HpModel HpModel;

HpModel      *hp_model_new_linear     (HpTarget target, guint n_features, double intercept, const double *coefficients);
/* In single precision; NaN is passed over. */
HpModel      *hp_model_new_linear_single (HpTarget target, guint n_features, float intercept, const float *weights);
/* The average house and how far houses spread around it, one number a feature: what contributions and distances of a model
 * whose features are not centred and scaled are measured from and in. Copied. */
void          hp_model_set_reference  (HpModel *model, const double *centre, const double *spread);
HpModel      *hp_model_new_trees      (HpTarget target, guint n_features, float base);
/* ascending, each less than HP_MODEL_MAX_CATEGORIES; copied. Returns its number. */
guint32       hp_model_add_set        (HpModel *model, const guint32 *categories, gsize n);
void          hp_model_add_tree       (HpModel *model, const HpNode *nodes, gsize n_nodes); /* trusted: made by our learner; checked in debug */
HpModel      *hp_model_ref            (HpModel *model);
void          hp_model_unref          (HpModel *model);
char         *hp_model_to_json        (const HpModel *model, gsize *length);                 /* deterministic, one line a tree */
HpModel      *hp_model_from_json      (const char *json, gsize length, const char *name, GError **error); /* hostile-safe: checks every index, cycle, count, depth */

HpModelKind   hp_model_get_kind       (const HpModel *model);
HpTarget      hp_model_get_target     (const HpModel *model);
guint         hp_model_get_n_features (const HpModel *model);
guint         hp_model_get_n_trees    (const HpModel *model);
gsize         hp_model_get_n_nodes    (const HpModel *model);
const HpNode *hp_model_get_tree       (const HpModel *model, guint tree, gsize *n_nodes);
guint         hp_model_get_n_sets     (const HpModel *model);
const guint32 *hp_model_get_set       (const HpModel *model, guint set, gsize *n);  /* ascending */
float         hp_model_get_base       (const HpModel *model);
double        hp_model_get_intercept  (const HpModel *model);
const double *hp_model_get_coefficients (const HpModel *model);
gboolean      hp_model_takes_missing  (const HpModel *model);                       /* may a feature be NaN? */
const double *hp_model_get_centre     (const HpModel *model);                       /* (nullable) */
const double *hp_model_get_spread     (const HpModel *model);                       /* (nullable) */

/* features: n x n_features floats, row-major. Unrounded prices. Any batching gives the same bits. No allocation. */
void          hp_model_predict        (const HpModel *model, const float *features, gsize n, double *price);
void          hp_model_margin         (const HpModel *model, const float *features, gsize n, double *margin);
/* Makes it ready for many rows; else that happens by itself after some (hp-score.c) */
void          hp_model_compile        (const HpModel *model);
/* The reference: one row, one tree at a time */
double        hp_model_margin_plain   (const HpModel *model, const float *features);
/* leaf index (within the tree) that a row falls in, for each tree */
void          hp_model_leaves         (const HpModel *model, const float *features, gint32 *leaves);
double        hp_price_from_margin    (HpTarget target, double margin);
/* (price (margin + change) - price (margin)) / change, without cancellation; the derivative where change is 0 */
double        hp_price_slope          (HpTarget target, double margin, double change);
/* The scale that residuals are alike on: HP_TARGET_LOG or HP_TARGET_PLAIN */
HpTarget      hp_target_scale         (HpTarget target);
const char   *hp_target_name          (HpTarget target);                            /* "plain", "log" … */
double        hp_price_round          (double price);                       /* to cents, half away from zero */

/* Contributions on the margin scale, n rows of n_features: a row's phi + *expected = its margin. Linear: coefficient x (feature - 0)
 * as features are centred, or - centre; trees: exact path-dependent Shapley values (Lundberg et al. 2018) by the nodes' training
 * counts. */
void          hp_model_contributions  (const HpModel *model, const float *features, gsize n, double *phi, double *expected);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpModel, hp_model_unref)

G_END_DECLS

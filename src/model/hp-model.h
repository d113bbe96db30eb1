/* hp-model.h - a fitted model and its scoring
 *
 * Linear: margin = intercept + sum of coefficient x feature, in double, in order of the features.
 * Trees: margin = base, then float32 additions of the leaves in order of the trees (the same as XGBoost's); a value v goes
 * left when v < threshold, by default_left when it is NaN. price = exp (margin) for a log target, else margin.
 * The plain tree walk is the reference; the fast paths must equal it bit for bit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum { HP_MODEL_LINEAR, HP_MODEL_TREES } HpModelKind;
typedef enum { HP_TARGET_PLAIN, HP_TARGET_LOG } HpTarget;

/* A node of a tree; trees are arrays with the root first, the right child right after the left */
typedef struct
{
  float   value;        /* threshold, or the leaf's value */
  gint32  left;         /* index of the left child within its tree; -1: a leaf */
  guint16 feature;
  guint8  default_left; /* where NaN goes */
  guint8  reserved;
  guint32 count;        /* training rows that came through (for explanation and support); at least 1 */
} HpNode;

#define HP_MODEL_MAX_TREES    100000
#define HP_MODEL_MAX_NODES    (1u << 27)
#define HP_MODEL_MAX_FEATURES 4096
#define HP_MODEL_MAX_DEPTH    512

typedef struct _HpModel HpModel;

HpModel      *hp_model_new_linear     (HpTarget target, guint n_features, double intercept, const double *coefficients);
HpModel      *hp_model_new_trees      (HpTarget target, guint n_features, float base);
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
float         hp_model_get_base       (const HpModel *model);
double        hp_model_get_intercept  (const HpModel *model);
const double *hp_model_get_coefficients (const HpModel *model);

/* features: n x n_features floats, row-major. Unrounded prices. Any batching gives the same bits. No allocation. */
void          hp_model_predict        (const HpModel *model, const float *features, gsize n, double *price);
void          hp_model_margin         (const HpModel *model, const float *features, gsize n, double *margin);
/* The reference: one row, one tree at a time */
double        hp_model_margin_plain   (const HpModel *model, const float *features);
/* leaf index (within the tree) that a row falls in, for each tree */
void          hp_model_leaves         (const HpModel *model, const float *features, gint32 *leaves);
double        hp_price_from_margin    (HpTarget target, double margin);
double        hp_price_round          (double price);                       /* to cents, half away from zero */

/* contributions on the margin scale: phi[n_features] + *expected = margin. Linear: coefficient x (feature - 0) as features are
 * centred; trees: path-dependent TreeSHAP (Lundberg et al. 2018) with the nodes' training counts. */
void          hp_model_contributions  (const HpModel *model, const float *features, double *phi, double *expected);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpModel, hp_model_unref)

G_END_DECLS

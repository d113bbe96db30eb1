/* hp-import-private.h - what the parts of the importer share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-import-reader.h"
#include "hp-import.h"
#include "hp-model-private.h"

G_BEGIN_DECLS

/* What the objective makes of base_score and of margins */
typedef struct
{
  const char *name;
  HpTarget base;    /* base_score is a price of this target: its margin is what sums start from */
  HpTarget target;  /* of the margin */
} HpImportObjective;

/* A tree as the file has it: one element a node in each, but for the categories; reused from tree to tree */
typedef struct
{
  GArray *left, *right, *feature, *default_left, *split_type; /* gint32 */
  GArray *value, *weight;                                     /* float */
  GArray *category_nodes, *segments, *sizes, *categories;     /* gint32 */
  gint32  id, n_nodes, leaf_size;                             /* id, n_nodes: -1: not told */
} HpImportTree;

/* Nodes of trees in the order of the file, until all ids are known */
typedef struct
{
  gsize start;
  guint n_nodes, depth;
  guint id;
} HpImportSpan;

typedef struct
{
  HpImportReader *reader;
  const HpImportOptions *options;
  HpImport *import;
  gboolean first_pass; /* everything but trees and weights; then only those */

  gboolean has_learner, has_booster;
  const HpImportObjective *objective;
  gint32 n_features, n_classes, n_targets, n_trees, n_parallel, leaf_size; /* n_trees: -1: not told */
  GArray *base_scores;  /* float, as the file has them */
  GArray *tree_weights; /* float; DART's */
  guint n_names;        /* of categories, of all features */

  HpTarget target;
  float base;           /* what sums start from */
  HpModel *model;       /* in the second pass */
  gboolean has_items;
  guint trees_wanted;   /* by options->best_iteration; G_MAXUINT: all */
  HpImportTree tree;
  GArray *nodes;        /* HpNode, of spans */
  GArray *spans;        /* HpImportSpan */
} HpImporting;

/* Counts a member that may be there once; FALSE and a failure the second time */
gboolean                 _hp_import_once          (HpImporting *importing, guint *seen, guint member, const char *key);
/* Which of the n members, each of which may be there once, the key is; n: none, or a failure */
guint                    _hp_import_member        (HpImporting *importing, const char *key, const char *const *members, guint n, guint *seen);
/* An object of integers, each perhaps text; others are skipped */
void                     _hp_import_read_params   (HpImporting *importing, const char *const *members, gint32 *const *values, guint n);

/* hp-import-format.c: why this is no file of XGBoost's; NULL if it may be one. (transfer full) */
char                    *_hp_import_explain       (const char *data, gsize length);

/* hp-import-objective.c */
const HpImportObjective *_hp_import_objective     (const char *name);
/* Why not this one */
char                    *_hp_import_refuse_objective (const char *name);
gboolean                 _hp_import_base_text     (const char *text, GArray *scores);
/* FALSE if there is no such margin */
gboolean                 _hp_import_base_margin   (const HpImportObjective *objective, float score, float *margin);

/* hp-import-categories.c: the member "cats" */
void                     _hp_import_read_categories (HpImporting *importing);

/* hp-import-tree.c */
void                     _hp_import_tree_init     (HpImportTree *tree);
void                     _hp_import_tree_clear    (HpImportTree *tree);
/* The next value is a tree: its nodes are appended to importing->nodes and spans */
void                     _hp_import_read_tree     (HpImporting *importing);
/* All spans into the model, by their ids. Returns what is wrong, or NULL. */
const char              *_hp_import_place_trees   (HpImporting *importing);

/* hp-import-booster.c: the member "gradient_booster" */
void                     _hp_import_read_booster  (HpImporting *importing);
/* A parameter: an integer, or text that is one */
gboolean                 _hp_import_read_param    (HpImporting *importing, gint32 *value);

G_END_DECLS

/* hp-import.h - models that other programs have trained
 *
 * XGBoost's JSON and UBJSON files (1.0 to 3.x): gbtree, DART, random forests, gblinear, splits on categories. They are
 * read by our own code, trusted in nothing and become an #HpModel that gives the library's margins bit for bit. Anything
 * else is recognised by its first bytes and refused with a reason; nothing that can hold code is ever loaded.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-model.h"

G_BEGIN_DECLS

#define HP_IMPORT_MAX_BYTES (G_GUINT64_CONSTANT (1) << 28)

typedef struct
{
  HpTarget target;         /* what the trainer fitted: HP_TARGET_PLAIN, _LOG or _LOG1P of the price */
  gboolean best_iteration; /* only the rounds up to the best, as XGBoost's scikit-learn wrapper predicts */
} HpImportOptions;

typedef struct
{
  HpModel   *model;
  gboolean   is_ubjson;
  char      *producer;       /* "XGBoost 1.7.4" */
  char      *booster;        /* "gbtree", "dart" or "gblinear" */
  char      *objective;
  guint      n_features;
  guint      n_file_trees;   /* trees in the file; fewer in the model if it ends at the best iteration */
  int        best_iteration; /* -1: the file names none */
  guint      n_best_trees;   /* up to the best iteration; all of them if there is none */
  char     **feature_names;  /* (nullable) */
  char     **feature_types;  /* (nullable) "float", "int", "i", "q", "c" */
  gboolean  *categorical;    /* of each feature: the model splits on sets of its categories, or its type says so */
  GPtrArray *categories;     /* (element-type GStrv) (nullable) of each feature, the names of its codes 0, 1 …; NULL: unknown */
} HpImport;

/* HP_ERROR_BAD_DATA; HP_ERROR_USAGE if the options don't fit the file */
HpImport *hp_import_read (const char *data, gsize length, const char *name, const HpImportOptions *options, GError **error);
void      hp_import_free (HpImport *import);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpImport, hp_import_free)

G_END_DECLS

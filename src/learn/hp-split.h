/* hp-split.h - which sales train, which validate, which test
 *
 * A random split keeps the sales of one group (repeat sales of a property) together; a split by time tests on
 * the newest sales and validates forward: each fold is predicted by a model of the sales before it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-train.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 *train, *valid; /* row numbers of the table, ascending */
  gsize    n_train, n_valid;
} HpFold;

typedef struct
{
  guint32 *train, *test; /* row numbers of the table, ascending */
  gsize    n_train, n_test;
  HpFold  *folds;        /* of train */
  guint    n_folds;
} HpSplit;

/* rows: n of them, ascending. HP_ERROR_BAD_DATA when there are too few rows, groups or dates for the folds. */
HpSplit *hp_split_new  (const HpTable *table, const HpSchema *schema, const guint32 *rows, gsize n, HpSplitMethod method,
                        double test_fraction, guint folds, guint64 seed, GError **error);
void     hp_split_free (HpSplit *split);

/* Random folds of any rows, for tuning: groups stay together. (transfer full) n_folds of them */
HpFold  *hp_folds_new  (const HpTable *table, const HpSchema *schema, const guint32 *rows, gsize n, guint folds, guint64 seed);
void     hp_folds_free (HpFold *folds, guint n_folds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpSplit, hp_split_free)

G_END_DECLS

/* hp-importance.h - how much worse prices get when an attribute says nothing any more
 *
 * Permutation importance: the values of one attribute are dealt out anew among the sales, and with it go all features that
 * are made from it. By how much the mean absolute error rises is what the model gets from the attribute. Measured on sales
 * that the model was fitted on it says what the model uses; on new sales, what that is worth.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "hp-house-set.h"
#include "hp-parallel.h"

G_BEGIN_DECLS

#define HP_IMPORTANCE_MAX_REPEATS 1000

typedef struct
{
  guint   repeats;   /* 2 to HP_IMPORTANCE_MAX_REPEATS */
  double  level;     /* of the intervals, in (0, 1) */
  gsize   max_sales; /* a seeded sample of at most so many */
  guint64 seed;
} HpImportanceOptions;

#define HP_IMPORTANCE_OPTIONS_DEFAULT { 10, 0.95, 5000, 42 }

typedef struct
{
  char   *attribute;   /* "sqft" */
  char   *label;       /* "Sqft", as forms write it */
  double  mean;        /* by how much the MAE rises, in currency; about 0: the model does without */
  double  sd;          /* of the repeats */
  double  low, high;   /* t-interval of the mean, over repeats */
  double *increase;    /* n_repeats */
} HpImportanceItem;

typedef struct
{
  char      *currency; /* (nullable) */
  gsize      n;        /* sales measured on */
  gsize      n_all;    /* that there were */
  gboolean   in_sample; /* the model was fitted on these sales: its errors are smaller than on new ones */
  double     mae;      /* of the sales as they are */
  double     level;
  guint      n_repeats;
  GPtrArray *items;    /* (element-type HpImportanceItem) most important first */
} HpImportance;

/* HP_ERROR_BAD_DATA: fewer than two sales, or a model without sensible prices for them; HP_ERROR_CANCELLED. team, cancellable: nullable */
HpImportance *hp_importance_new  (const HpPredictor *predictor, const HpHouseSet *set, const HpImportanceOptions *options, HpTeam *team,
                                  GCancellable *cancellable, GError **error);
void          hp_importance_free (HpImportance *importance);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpImportance, hp_importance_free)

G_END_DECLS

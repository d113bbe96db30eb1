/* hp-residual-set.h - sales with the prices that a version predicted for them without having seen them
 *
 * What every study, comparison and chart is made of: a version's out-of-sample predictions (holdout.csv of its bundle), a file of sales
 * that it valued, or anyone's estimates in a CSV. Arrays of one length, plain; attributes beside them, for segments and charts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <math.h>

#include "hp-valuation.h"

G_BEGIN_DECLS

typedef enum { HP_SET_NUMBER, HP_SET_CATEGORY, HP_SET_DATE } HpSetColumnKind;

/* An attribute of the sales */
typedef struct
{
  char           *name;    /* "sqft" */
  char           *label;   /* "Sqft", as forms write it */
  char           *unit;    /* (nullable) */
  HpSetColumnKind kind;
  double         *numbers; /* n; NaN: missing. A date: months since the year 0 (hp_date_to_months()). Category: the level, or NaN */
  char          **levels;  /* (nullable) of a category, n_levels, then NULL; in the schema's order, else by name */
  guint           n_levels;
} HpSetColumn;

#define HP_SET_TEST   -1   /* fold of a sale of the test share */
#define HP_SET_UNSEEN -2   /* of a sale that was in neither: a file of its own */

typedef struct
{
  char      *name;      /* what charts call it: "3", "assessor.csv" */
  char      *currency;  /* (nullable) */
  char      *price_name, *predicted_name; /* (nullable) of the columns that they were read from */
  HpTarget   target;    /* HP_TARGET_LOG: errors are alike in proportion (hp_target_scale()) */
  double     level;     /* of low and high */
  gsize      n;
  guint64   *row;       /* of the data it came from, as people count them (the first sale is 1) */
  gint8     *fold;      /* from 0, HP_SET_TEST or HP_SET_UNSEEN */
  double    *price, *predicted;
  double    *low, *high;  /* NaN: no interval */
  double    *fsd;         /* (nullable) relative half width of each house's own 68.27 % interval */
  GPtrArray *columns;     /* (element-type HpSetColumn) */
  int        latitude, longitude, date, id; /* indices into columns by the schema's roles, -1: none */
  int        built;     /* the year or date that the schema derives an age from, likewise */
} HpResidualSet;

void               hp_residual_set_free        (HpResidualSet *set);
/* holdout.csv of a bundle; schema: of its config.yaml. HP_ERROR_DAMAGED, BAD_DATA */
HpResidualSet     *hp_residual_set_new_holdout (const char *csv, gsize length, const char *name, const HpSchema *schema, HpTarget target, GError **error);
/* Sales with estimates beside them (`ratio`): columns by name, NULL: by the names that such columns usually have. Rows without a usable
 * pair are left out and counted. schema may be NULL. Errors are taken to be alike in proportion. HP_ERROR_BAD_DATA */
HpResidualSet     *hp_residual_set_new_estimates (const char *path, const char *estimate, const char *price, const HpSchema *schema, gsize *n_left_out, GError **error);
/* Sales of a table as a predictor values them; rows: of the table, cleaned. Those that get no price are left out. */
HpResidualSet     *hp_residual_set_new_valued  (const char *name, const HpPredictor *predictor, const HpTable *table, const HpSchema *schema, const guint32 *rows, gsize n, double level, GError **error);
/* fsd from low and high, by the calibration that serves: see hp-residual-set.c for what that is worth */
void               hp_residual_set_set_fsd     (HpResidualSet *set, const HpCalibration *calibration);
/* The sales whose flag is set, in order. (transfer full) */
HpResidualSet     *hp_residual_set_filter      (const HpResidualSet *set, const gboolean *keep);
/* The sales that all have, matched by row, in order of row; NULL-terminated result of n_sets sets. (transfer full) */
HpResidualSet    **hp_residual_sets_common     (HpResidualSet *const *sets, guint n_sets);
void               hp_residual_sets_free       (HpResidualSet **sets); /* NULL-terminated */
const HpSetColumn *hp_residual_set_get_column  (const HpResidualSet *set, const char *name); /* (nullable) */

/* price - predicted; and on the scale on which errors are alike: ln (price / predicted) or the same again */
double            *hp_residual_set_residuals   (const HpResidualSet *set);
double            *hp_residual_set_scaled      (const HpResidualSet *set);

/* A sale's residual as a share of its predicted price, as charts and tables tell it; NaN where either price is not above 0 */
static inline double
hp_residual_set_share (const HpResidualSet *set, gsize i)
{
  return set->price[i] > 0 && set->predicted[i] > 0 ? set->price[i] / set->predicted[i] - 1 : NAN;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpResidualSet, hp_residual_set_free)

G_END_DECLS

/* hp-family.h - the families of models: their parameters, and one way to fit them all
 *
 * A family is a row in a table: its name, the encoding of its features, its parameters with defaults, limits and search ranges,
 * and a function that fits it. Adding a family means adding a row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-influence.h"
#include "hp-train.h"

G_BEGIN_DECLS

#define HP_FAMILY_MAX_PARAMS 16

typedef enum
{
  HP_PARAM_NUMBER,
  HP_PARAM_INTEGER,
  HP_PARAM_CHOICE,  /* value is the index of a choice */
  HP_PARAM_BOOLEAN, /* a choice of false and true */
} HpParamKind;

typedef struct
{
  const char        *name;
  HpParamKind        kind;
  double             standard;               /* the default */
  double             min, max;               /* allowed */
  double             search_min, search_max; /* tuned within; equal: not tuned */
  gboolean           search_log;             /* drawn on a log scale */
  const char *const *choices;
} HpParamSpec;

typedef struct
{
  double value[HP_FAMILY_MAX_PARAMS];
} HpParams;

/* What a fit sees: a matrix made by the family's encoding, and prices */
typedef struct
{
  const float  *features;   /* n × n_features */
  const double *price;      /* n, > 0 */
  gsize         n;
  guint         n_features;
  const int    *monotone;   /* n_features signs */
  HpInfluence **influence;  /* (out) (optional) of a linear model, NULL of all others; its row numbers are 0 */
} HpFitData;

guint              hp_family_get_n_params (HpFamily family);
const HpParamSpec *hp_family_get_param    (HpFamily family, guint i);
int                hp_family_find_param   (HpFamily family, const char *name);
HpEncoding         hp_family_get_encoding (HpFamily family);
void               hp_family_default_params (HpFamily family, HpParams *params);
/* "squared", "0.05" or "500" into a value; HP_ERROR_BAD_DATA with what is allowed */
gboolean           hp_family_parse_param  (HpFamily family, guint i, const char *text, double *value, GError **error);
/* One object: {"trees": 500, "loss": "huber", …} */
void               hp_family_write_params (HpFamily family, const HpParams *params, HpJsonWriter *writer);
/* A rough cost, for progress: fits of equal cost take about equal time */
double             hp_family_cost         (HpFamily family, const HpParams *params, gsize n, guint n_features);
/* (transfer full); HP_ERROR_CANCELLED, HP_ERROR_FAILED. The same bits for any team. */
HpModel           *hp_family_fit          (HpFamily family, const HpParams *params, const HpFitData *data, guint64 seed, HpTeam *team,
                                           GCancellable *cancellable, GError **error);

G_END_DECLS

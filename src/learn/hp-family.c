/* hp-family.c - the families of models: their parameters, and one way to fit them all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-family.h"

#include <math.h>
#include <string.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#include "hp-boosting.h"
#include "hp-error.h"
#include "hp-forest.h"
#include "hp-number.h"
#include "hp-random.h"
#include "hp-ridge.h"
#include "hp-text.h"
#include "hp-xgboost.h"

static const char *const target_choices[] = { "auto", "log", "plain", NULL };
static const char *const scale_choices[] = { "log", "plain", NULL };
static const char *const loss_choices[] = { "squared", "huber", "absolute", "quantile", NULL };
static const char *const xgboost_loss_choices[] = { "squared", "huber", NULL };
static const char *const boolean_choices[] = { "false", "true", NULL };

enum { LINEAR_TARGET, LINEAR_LAMBDA };

static const HpParamSpec linear_params[] = {
  { "target", HP_PARAM_CHOICE, 0, 0, 2, 0, 0, FALSE, target_choices },
  { "lambda", HP_PARAM_NUMBER, -1, -1, 1e9, -1, -1, FALSE, NULL }, /* -1: chosen by cross-validation */
};

enum
{
  FOREST_TREES, FOREST_DEPTH, FOREST_MIN_LEAF, FOREST_FEATURES_PER_NODE, FOREST_BOOTSTRAP, FOREST_MAX_BINS, FOREST_TARGET
};

static const HpParamSpec forest_params[] = {
  { "trees", HP_PARAM_INTEGER, 300, 1, 20000, 300, 300, FALSE, NULL },
  { "depth", HP_PARAM_INTEGER, 64, 1, 64, 64, 64, FALSE, NULL },
  { "min_leaf", HP_PARAM_INTEGER, 0, 0, 100000, 1, 10, TRUE, NULL }, /* 0: 2, and one more for each 2,500 sales */
  { "features_per_node", HP_PARAM_NUMBER, 0.45, 0.001, 1, 0.25, 1, FALSE, NULL },
  { "bootstrap", HP_PARAM_BOOLEAN, 1, 0, 1, 1, 1, FALSE, boolean_choices },
  { "max_bins", HP_PARAM_INTEGER, 255, 2, 255, 255, 255, FALSE, NULL },
  { "target", HP_PARAM_CHOICE, 0, 0, 1, 0, 0, FALSE, scale_choices },
};

enum
{
  BOOSTING_TREES, BOOSTING_DEPTH, BOOSTING_LEARNING_RATE, BOOSTING_SUBSAMPLE, BOOSTING_MIN_LEAF, BOOSTING_LAMBDA,
  BOOSTING_FEATURES_PER_TREE, BOOSTING_FEATURES_PER_NODE, BOOSTING_MIN_GAIN, BOOSTING_LOSS, BOOSTING_HUBER_SHARE,
  BOOSTING_QUANTILE, BOOSTING_MAX_BINS, BOOSTING_TARGET, BOOSTING_EARLY_STOPPING
};

static const HpParamSpec boosting_params[] = {
  { "trees", HP_PARAM_INTEGER, 600, 1, 100000, 200, 900, TRUE, NULL },
  { "depth", HP_PARAM_INTEGER, 6, 1, 64, 3, 8, FALSE, NULL },
  { "learning_rate", HP_PARAM_NUMBER, 0.025, 0.0001, 1, 0.015, 0.1, TRUE, NULL },
  { "subsample", HP_PARAM_NUMBER, 0.6, 0.01, 1, 0.4, 1, FALSE, NULL },
  { "min_leaf", HP_PARAM_INTEGER, 3, 1, 1000000, 1, 12, TRUE, NULL },
  { "lambda", HP_PARAM_NUMBER, 1, 0, 1e9, 0.1, 10, TRUE, NULL },
  { "features_per_tree", HP_PARAM_NUMBER, 1, 0.001, 1, 1, 1, FALSE, NULL },
  { "features_per_node", HP_PARAM_NUMBER, 0.45, 0.001, 1, 0.2, 1, FALSE, NULL },
  { "min_gain", HP_PARAM_NUMBER, 0, 0, 1e12, 0, 0, FALSE, NULL },
  { "loss", HP_PARAM_CHOICE, 1, 0, 3, 1, 1, FALSE, loss_choices },
  { "huber_share", HP_PARAM_NUMBER, 0.95, 0.01, 1, 0.75, 0.99, FALSE, NULL },
  { "quantile", HP_PARAM_NUMBER, 0.5, 0.001, 0.999, 0.5, 0.5, FALSE, NULL },
  { "max_bins", HP_PARAM_INTEGER, 255, 2, 255, 255, 255, FALSE, NULL },
  { "target", HP_PARAM_CHOICE, 0, 0, 1, 0, 0, FALSE, scale_choices },
  { "early_stopping", HP_PARAM_INTEGER, 0, 0, 100000, 0, 0, FALSE, NULL },
};

enum
{
  XGBOOST_TREES, XGBOOST_DEPTH, XGBOOST_LEARNING_RATE, XGBOOST_SUBSAMPLE, XGBOOST_MIN_CHILD_WEIGHT, XGBOOST_LAMBDA,
  XGBOOST_FEATURES_PER_TREE, XGBOOST_FEATURES_PER_NODE, XGBOOST_GAMMA, XGBOOST_LOSS, XGBOOST_HUBER_SLOPE,
  XGBOOST_MAX_BINS, XGBOOST_TARGET
};

static const HpParamSpec xgboost_params[] = {
  { "trees", HP_PARAM_INTEGER, 500, 1, 100000, 200, 900, TRUE, NULL },
  { "depth", HP_PARAM_INTEGER, 5, 1, 30, 3, 8, FALSE, NULL },
  { "learning_rate", HP_PARAM_NUMBER, 0.04, 0.0001, 1, 0.015, 0.1, TRUE, NULL },
  { "subsample", HP_PARAM_NUMBER, 0.7, 0.01, 1, 0.4, 1, FALSE, NULL },
  { "min_child_weight", HP_PARAM_NUMBER, 3, 0, 1e9, 0.5, 12, TRUE, NULL },
  { "lambda", HP_PARAM_NUMBER, 1, 0, 1e9, 0.1, 10, TRUE, NULL },
  { "features_per_tree", HP_PARAM_NUMBER, 1, 0.001, 1, 1, 1, FALSE, NULL },
  { "features_per_node", HP_PARAM_NUMBER, 0.45, 0.001, 1, 0.2, 1, FALSE, NULL },
  { "gamma", HP_PARAM_NUMBER, 0, 0, 1e12, 0, 0, FALSE, NULL },
  { "loss", HP_PARAM_CHOICE, 0, 0, 1, 0, 0, FALSE, xgboost_loss_choices },
  { "huber_slope", HP_PARAM_NUMBER, 0.2, 1e-6, 1e9, 0.2, 0.2, FALSE, NULL },
  { "max_bins", HP_PARAM_INTEGER, 255, 2, 65535, 255, 255, FALSE, NULL },
  { "target", HP_PARAM_CHOICE, 0, 0, 1, 0, 0, FALSE, scale_choices },
};

typedef HpModel *(*FitFunc) (const double *p, const HpFitData *data, guint64 seed, HpTeam *team,
                             GCancellable *cancellable, GError **error);

static float *
make_target (const HpFitData *data, HpTarget scale)
{
  float *target = g_new (float, data->n + 1);

  for (gsize i = 0; i < data->n; i++)
    target[i] = scale == HP_TARGET_LOG ? log (data->price[i]) : data->price[i];
  return target;
}

static HpTarget
scale_of (double choice)
{
  return choice == 0 ? HP_TARGET_LOG : HP_TARGET_PLAIN;
}

static HpModel *
fit_linear (const double *p, const HpFitData *data, guint64 seed, HpTeam *team, GCancellable *cancellable,
            GError **error)
{
  HpRidgeParams params = { .target = (HpTargetChoice) p[LINEAR_TARGET], .lambda = p[LINEAR_LAMBDA],
                           .monotone = data->monotone, .folds = 5, .seed = seed };

  return hp_ridge_fit (&params, data->features, data->price, data->n, data->n_features, data->influence, error);
}

static HpModel *
fit_forest (const double *p, const HpFitData *data, guint64 seed, HpTeam *team, GCancellable *cancellable,
            GError **error)
{
  HpTarget scale = scale_of (p[FOREST_TARGET]);
  g_autofree float *target = make_target (data, scale);
  guint usual_leaf = 2 + data->n / 2500;
  HpForestParams params = {
    .trees = p[FOREST_TREES],
    .max_bins = p[FOREST_MAX_BINS],
    .bootstrap = p[FOREST_BOOTSTRAP] != 0,
    .seed = seed,
    .tree = {
      .max_depth = p[FOREST_DEPTH],
      .min_leaf = p[FOREST_MIN_LEAF] > 0 ? (guint) p[FOREST_MIN_LEAF] : usual_leaf,
      .features_per_tree = 1,
      .features_per_node = p[FOREST_FEATURES_PER_NODE],
      .monotone = data->monotone,
    },
  };

  return hp_forest_fit (&params, scale, data->features, target, data->n, data->n_features, team, cancellable, error);
}

/* One row in ten, chosen by the seed, watches when boosting should stop */
static HpModel *
fit_until_it_stops (const HpBoostingParams *params, HpTarget scale, const HpFitData *data, const float *target,
                    HpTeam *team, GCancellable *cancellable, GError **error)
{
  g_autofree float *features = g_new (float, data->n * data->n_features + 1);
  g_autofree float *sorted_target = g_new (float, data->n + 1);
  g_autofree guint32 *order = g_new (guint32, data->n + 1);
  gsize n_validation = MAX (data->n / 10, 1), n = data->n - n_validation;
  HpRandom random;

  for (gsize i = 0; i < data->n; i++)
    order[i] = i;
  hp_random_init (&random, params->seed, 1);
  hp_random_shuffle (&random, order, data->n);
  for (gsize i = 0; i < data->n; i++)
    {
      memcpy (features + i * data->n_features, data->features + order[i] * (gsize) data->n_features,
              data->n_features * sizeof *features);
      sorted_target[i] = target[order[i]];
    }
  return hp_boosting_fit (params, scale, features, sorted_target, n, data->n_features, features + n * data->n_features,
                          sorted_target + n, n_validation, team, cancellable, error);
}

static HpModel *
fit_boosting (const double *p, const HpFitData *data, guint64 seed, HpTeam *team, GCancellable *cancellable,
              GError **error)
{
  HpTarget scale = scale_of (p[BOOSTING_TARGET]);
  g_autofree float *target = make_target (data, scale);
  HpBoostingParams params = {
    .loss = (HpLoss) p[BOOSTING_LOSS],
    .quantile = p[BOOSTING_QUANTILE],
    .huber_share = p[BOOSTING_HUBER_SHARE],
    .trees = p[BOOSTING_TREES],
    .learning_rate = p[BOOSTING_LEARNING_RATE],
    .subsample = p[BOOSTING_SUBSAMPLE],
    .max_bins = p[BOOSTING_MAX_BINS],
    .early_stopping = p[BOOSTING_EARLY_STOPPING],
    .seed = seed,
    .tree = {
      .max_depth = p[BOOSTING_DEPTH],
      .min_leaf = p[BOOSTING_MIN_LEAF],
      .lambda = p[BOOSTING_LAMBDA],
      .min_gain = p[BOOSTING_MIN_GAIN],
      .features_per_tree = p[BOOSTING_FEATURES_PER_TREE],
      .features_per_node = p[BOOSTING_FEATURES_PER_NODE],
      .monotone = data->monotone,
    },
  };

  if (params.early_stopping > 0 && data->n >= 20)
    return fit_until_it_stops (&params, scale, data, target, team, cancellable, error);
  return hp_boosting_fit (&params, scale, data->features, target, data->n, data->n_features, NULL, NULL, 0, team,
                          cancellable, error);
}

static HpModel *
fit_xgboost (const double *p, const HpFitData *data, guint64 seed, HpTeam *team, GCancellable *cancellable,
             GError **error)
{
  HpTarget scale = scale_of (p[XGBOOST_TARGET]);
  g_autofree float *target = make_target (data, scale);
  HpXgboostParams params = {
    .trees = p[XGBOOST_TREES],
    .max_depth = p[XGBOOST_DEPTH],
    .learning_rate = p[XGBOOST_LEARNING_RATE],
    .subsample = p[XGBOOST_SUBSAMPLE],
    .features_per_tree = p[XGBOOST_FEATURES_PER_TREE],
    .features_per_node = p[XGBOOST_FEATURES_PER_NODE],
    .min_child_weight = p[XGBOOST_MIN_CHILD_WEIGHT],
    .lambda = p[XGBOOST_LAMBDA],
    .gamma = p[XGBOOST_GAMMA],
    .max_bins = p[XGBOOST_MAX_BINS],
    .huber = p[XGBOOST_LOSS] != 0,
    .huber_slope = p[XGBOOST_HUBER_SLOPE],
    .monotone = data->monotone,
    .seed = seed,
  };

  return hp_xgboost_fit (&params, scale, data->features, target, data->n, data->n_features, cancellable, error);
}

static const struct
{
  const char        *name;
  HpEncoding         encoding;
  const HpParamSpec *params;
  guint              n_params;
  FitFunc            fit;
} families[HP_N_FAMILIES] = {
  [HP_FAMILY_LINEAR] = { "linear", HP_ENCODING_ONE_HOT, linear_params, G_N_ELEMENTS (linear_params), fit_linear },
  [HP_FAMILY_RANDOM_FOREST] = { "random_forest", HP_ENCODING_ORDERED, forest_params, G_N_ELEMENTS (forest_params), fit_forest },
  [HP_FAMILY_GRADIENT_BOOSTING]
  = { "gradient_boosting", HP_ENCODING_ORDERED, boosting_params, G_N_ELEMENTS (boosting_params), fit_boosting },
  [HP_FAMILY_XGBOOST] = { "xgboost", HP_ENCODING_ORDERED, xgboost_params, G_N_ELEMENTS (xgboost_params), fit_xgboost },
};

G_STATIC_ASSERT (G_N_ELEMENTS (boosting_params) <= HP_FAMILY_MAX_PARAMS);
G_STATIC_ASSERT (G_N_ELEMENTS (xgboost_params) <= HP_FAMILY_MAX_PARAMS);

/**
 * hp_family_name:
 * @family: a family
 *
 * Returns: (transfer none): its name in files and options
 */
const char *
hp_family_name (HpFamily family)
{
  return families[family].name;
}

/**
 * hp_family_from_name:
 * @name: a name as hp_family_name() gives it
 * @family: (out): the family
 *
 * Returns: %FALSE if no family has that name
 */
gboolean
hp_family_from_name (const char *name, HpFamily *family)
{
  for (guint i = 0; i < HP_N_FAMILIES; i++)
    if (g_str_equal (families[i].name, name))
      {
        *family = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * hp_family_get_n_params:
 * @family: a family
 *
 * Returns: how many parameters it has, at most %HP_FAMILY_MAX_PARAMS
 */
guint
hp_family_get_n_params (HpFamily family)
{
  return families[family].n_params;
}

/**
 * hp_family_get_param:
 * @family: a family
 * @i: which parameter
 *
 * Returns: (transfer none): its name, kind, default and limits
 */
const HpParamSpec *
hp_family_get_param (HpFamily family, guint i)
{
  return &families[family].params[i];
}

/**
 * hp_family_find_param:
 * @family: a family
 * @name: a parameter's name
 *
 * Returns: its index, -1 if there is none of that name
 */
int
hp_family_find_param (HpFamily family, const char *name)
{
  for (guint i = 0; i < families[family].n_params; i++)
    if (g_str_equal (families[family].params[i].name, name))
      return i;
  return -1;
}

/**
 * hp_family_get_encoding:
 * @family: a family
 *
 * Returns: how its categories become numbers
 */
HpEncoding
hp_family_get_encoding (HpFamily family)
{
  return families[family].encoding;
}

/**
 * hp_family_default_params:
 * @family: a family
 * @params: (out caller-allocates): its defaults
 */
void
hp_family_default_params (HpFamily family, HpParams *params)
{
  memset (params, 0, sizeof *params);
  for (guint i = 0; i < families[family].n_params; i++)
    params->value[i] = families[family].params[i].standard;
}

/**
 * hp_family_parse_param:
 * @family: the family
 * @i: index of the parameter
 * @text: what a person wrote
 * @value: (out): the value
 * @error: return location: %HP_ERROR_BAD_DATA
 *
 * Returns: whether @text is an allowed value
 */
gboolean
hp_family_parse_param (HpFamily family, guint i, const char *text, double *value, GError **error)
{
  const HpParamSpec *spec = &families[family].params[i];

  if (spec->choices != NULL)
    {
      g_autofree char *allowed = g_strjoinv (", ", (char **) spec->choices);

      for (guint c = 0; spec->choices[c] != NULL; c++)
        if (g_str_equal (spec->choices[c], text))
          {
            *value = c;
            return TRUE;
          }
      hp_set_error (error, HP_ERROR_BAD_DATA, spec->name, _ ("%s of %s must be one of %s, not “%s”"), spec->name,
                    families[family].name, allowed, text);
      return FALSE;
    }
  if (!hp_number_parse (text, strlen (text), value) || *value < spec->min || *value > spec->max
      || (spec->kind == HP_PARAM_INTEGER && *value != floor (*value)))
    {
      char low[HP_NUMBER_BUFFER], high[HP_NUMBER_BUFFER];

      hp_number_format (low, spec->min);
      hp_number_format (high, spec->max);
      hp_set_error (error, HP_ERROR_BAD_DATA, spec->name, _ ("%s of %s must be %s from %s to %s, not “%s”"), spec->name,
                    families[family].name, spec->kind == HP_PARAM_INTEGER ? _ ("a whole number") : _ ("a number"), low,
                    high, text);
      return FALSE;
    }
  return TRUE;
}

/**
 * hp_family_write_params:
 * @family: a family
 * @params: its parameters
 * @writer: a writer that stands where a value may begin
 *
 * Writes an object, a choice by its name.
 */
void
hp_family_write_params (HpFamily family, const HpParams *params, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  for (guint i = 0; i < families[family].n_params; i++)
    {
      const HpParamSpec *spec = &families[family].params[i];

      if (spec->kind == HP_PARAM_BOOLEAN)
        hp_json_writer_set_boolean (writer, spec->name, params->value[i] != 0);
      else if (spec->kind == HP_PARAM_CHOICE)
        hp_json_writer_set_string (writer, spec->name, spec->choices[(int) params->value[i]]);
      else
        hp_json_writer_set_double (writer, spec->name, params->value[i]);
    }
  hp_json_writer_end_object (writer);
}

/**
 * hp_family_cost:
 * @family: a family
 * @params: its parameters
 * @n: rows
 * @n_features: features
 *
 * A rough measure for progress and for the order of fits: fits of equal cost take about as long.
 *
 * Returns: the cost, in no particular unit
 */
double
hp_family_cost (HpFamily family, const HpParams *params, gsize n, guint n_features)
{
  const double *p = params->value;
  double size = (double) n * n_features;

  switch (family)
    {
    case HP_FAMILY_LINEAR:
      return size * n_features;
    case HP_FAMILY_RANDOM_FOREST:
      return size * p[FOREST_TREES] * p[FOREST_FEATURES_PER_NODE] * log2 (n + 2.0) * 1.5;
    case HP_FAMILY_GRADIENT_BOOSTING:
      return size * p[BOOSTING_TREES] * p[BOOSTING_FEATURES_PER_NODE] * MIN (p[BOOSTING_DEPTH], log2 (n + 2.0));
    case HP_FAMILY_XGBOOST:
      return size * p[XGBOOST_TREES] * MIN (p[XGBOOST_DEPTH], log2 (n + 2.0)) * 2;
    case HP_N_FAMILIES:
      break;
    }
  g_assert_not_reached ();
}

/**
 * hp_family_fit:
 * @family: the family
 * @params: its parameters
 * @data: features in the family's encoding, and prices
 * @seed: of everything random in the fit
 * @team: threads for the inside of one fit
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the model
 */
HpModel *
hp_family_fit (HpFamily family, const HpParams *params, const HpFitData *data, guint64 seed, HpTeam *team,
               GCancellable *cancellable, GError **error)
{
  if (data->influence != NULL)
    *data->influence = NULL;
  return families[family].fit (params->value, data, seed, team, cancellable, error);
}

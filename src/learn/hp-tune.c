/* hp-tune.c - random search on inner folds, with early discarding
 *
 * The first trial is the family's defaults, so tuning never does worse than not tuning on its own folds. Each further
 * trial draws its parameters at random (Bergstra & Bengio 2012) and is dropped as soon as its error over the folds
 * so far is clearly above the best trial's over the same folds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-train-private.h"

#include <math.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-random.h"

#define N_FOLDS 3
/* A trial this much worse after some of the folds seldom wins after all of them */
#define DISCARD_ABOVE 1.02

typedef struct
{
  float *train, *valid;
  double *train_price, *valid_price;
  gsize n_train, n_valid;
  guint n_features;
  HpPreprocessor *pre;
} Inner;

guint
_hp_tune_n_folds (void)
{
  return N_FOLDS;
}

static void
inner_clear (Inner *inner)
{
  g_free (inner->train);
  g_free (inner->valid);
  g_free (inner->train_price);
  g_free (inner->valid_price);
  g_clear_pointer (&inner->pre, hp_preprocessor_unref);
}

static gboolean
inner_init (Inner *inner, const Training *training, HpFamily family, const guint32 *train, gsize n_train,
            const guint32 *valid, gsize n_valid, GError **error)
{
  inner->pre = hp_preprocessor_fit (training->schema, training->features, training->table, train, n_train,
                                    hp_family_get_encoding (family), error);
  if (inner->pre == NULL)
    return FALSE;
  inner->n_features = hp_preprocessor_get_n_features (inner->pre);
  inner->train = hp_preprocessor_matrix (inner->pre, training->table, train, n_train);
  inner->valid = hp_preprocessor_matrix (inner->pre, training->table, valid, n_valid);
  inner->train_price = _hp_prices_of (training, train, n_train);
  inner->valid_price = _hp_prices_of (training, valid, n_valid);
  inner->n_train = n_train;
  inner->n_valid = n_valid;
  return TRUE;
}

/* Random inner folds, or forward ones where the split is by time and the rows have dates enough */
static gboolean
make_folds (Inner *inner, const Training *training, HpFamily family, const guint32 *rows, gsize n, guint64 seed,
            GError **error)
{
  gboolean made = TRUE;

  if (training->options->split == HP_SPLIT_TIME)
    {
      g_autoptr (HpSplit) split
        = hp_split_new (training->table, training->schema, rows, n, HP_SPLIT_TIME, 0.25, N_FOLDS - 1, seed, NULL);

      for (guint k = 0; split != NULL && k < N_FOLDS - 1 && made; k++)
        made = inner_init (&inner[k], training, family, split->folds[k].train, split->folds[k].n_train,
                           split->folds[k].valid, split->folds[k].n_valid, error);
      if (split != NULL)
        return made
               && inner_init (&inner[N_FOLDS - 1], training, family, split->train, split->n_train, split->test,
                              split->n_test, error);
    }

  HpFold *folds = hp_folds_new (training->table, training->schema, rows, n, N_FOLDS, seed ^ 0x74756e65);

  for (guint k = 0; k < N_FOLDS && made; k++)
    made = inner_init (&inner[k], training, family, folds[k].train, folds[k].n_train, folds[k].valid, folds[k].n_valid,
                       error);
  hp_folds_free (folds, N_FOLDS);
  return made;
}

/* What the configuration sets stays as it is */
static gboolean
is_fixed (const HpTrainOptions *options, HpFamily family, const HpParamSpec *spec)
{
  g_autofree char *key = g_strdup_printf ("%s.%s", hp_family_name (family), spec->name);

  return options->params != NULL && g_hash_table_contains (options->params, key);
}

static void
draw (const HpTrainOptions *options, HpFamily family, HpRandom *random, HpParams *params)
{
  for (guint i = 0; i < hp_family_get_n_params (family); i++)
    {
      const HpParamSpec *spec = hp_family_get_param (family, i);
      double u;

      if (spec->search_min == spec->search_max)
        continue;
      u = hp_random_double (random);
      if (is_fixed (options, family, spec))
        continue;
      params->value[i] = spec->search_log ? spec->search_min * pow (spec->search_max / spec->search_min, u)
                                          : spec->search_min + u * (spec->search_max - spec->search_min);
      if (spec->kind != HP_PARAM_NUMBER)
        params->value[i] = round (params->value[i]);
      else
        params->value[i] = round (params->value[i] * 1e4) / 1e4; /* readable, and as good */
    }
}

/* Sum of absolute errors on one inner fold */
static gboolean
fold_error (const Training *training, HpFamily family, const HpParams *params, const Inner *inner, guint64 seed,
            HpTeam *team, double *sum, GError **error)
{
  HpFitData data = { inner->train, inner->train_price, inner->n_train, inner->n_features,
                     hp_preprocessor_get_monotone (inner->pre) };
  g_autofree double *predicted = g_new (double, inner->n_valid + 1);
  g_autoptr (HpModel) model = hp_family_fit (family, params, &data, seed, team, training->cancellable, error);

  if (model == NULL)
    return FALSE;
  hp_model_predict (model, inner->valid, inner->n_valid, predicted);
  *sum = 0;
  for (gsize i = 0; i < inner->n_valid; i++)
    *sum += fabs (predicted[i] - inner->valid_price[i]);
  return TRUE;
}

static gboolean
search (const Training *training, HpFamily family, const Inner *inner, guint64 seed, HpTeam *team, double cost,
        HpParams *params, GError **error)
{
  double best[N_FOLDS]; /* the best trial's error after each fold, added up */
  HpParams trial = *params;
  HpRandom random;

  hp_random_init (&random, seed, 77);
  for (guint t = 0; t <= training->options->trials; t++)
    {
      double so_far[N_FOLDS], sum = 0;
      guint k;

      if (t > 0)
        draw (training->options, family, &random, &trial);
      for (k = 0; k < N_FOLDS; k++)
        {
          double fold;

          if (!fold_error (training, family, &trial, &inner[k], seed + k, team, &fold, error))
            return FALSE;
          so_far[k] = sum += fold;
          if (t > 0 && (k + 1 < N_FOLDS ? sum > DISCARD_ABOVE * best[k] : sum >= best[k]))
            break;
        }
      if (k == N_FOLDS)
        {
          *params = trial;
          for (k = 0; k < N_FOLDS; k++)
            best[k] = so_far[k];
        }
      if (t > 0)
        _hp_meter_add (training->meter, cost, "tuning", hp_family_name (family));
    }
  return TRUE;
}

static gboolean
has_search_space (HpFamily family)
{
  for (guint i = 0; i < hp_family_get_n_params (family); i++)
    {
      const HpParamSpec *spec = hp_family_get_param (family, i);

      if (spec->search_min != spec->search_max)
        return TRUE;
    }
  return FALSE;
}

gboolean
_hp_tune (const Training *training, HpFamily family, const guint32 *rows, gsize n, guint64 seed, HpTeam *team,
          HpParams *params, GError **error)
{
  Inner inner[N_FOLDS] = { 0 };
  double one = hp_family_cost (family, params, n, g_strv_length ((char **) training->features));
  gboolean found;

  /* the linear family chooses its penalty and scale by itself */
  if (!has_search_space (family))
    {
      _hp_meter_add (training->meter, one * training->options->trials * N_FOLDS * 0.5, "tuning",
                     hp_family_name (family));
      return TRUE;
    }
  found = make_folds (inner, training, family, rows, n, seed, error)
          && search (training, family, inner, seed, team, one * N_FOLDS * 0.5, params, error);
  for (guint k = 0; k < N_FOLDS; k++)
    inner_clear (&inner[k]);
  return found;
}

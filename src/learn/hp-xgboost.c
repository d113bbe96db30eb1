/* hp-xgboost.c - training with libxgboost through its C API
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-xgboost.h"

#include <string.h>
#include <xgboost/c_api.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-number.h"

typedef void *Booster;
typedef void *Matrix;

static void
free_booster (Booster *booster)
{
  if (*booster != NULL)
    XGBoosterFree (*booster);
}

static void
free_matrix (Matrix *matrix)
{
  if (*matrix != NULL)
    XGDMatrixFree (*matrix);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Booster, free_booster)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Matrix, free_matrix)

static gboolean
check (int status, GError **error)
{
  const char *words;

  if (status == 0)
    return TRUE;
  /* behind the first line there is a stack trace */
  words = XGBGetLastError ();
  hp_set_error (error, HP_ERROR_FAILED, NULL, _ ("XGBoost could not train: %.*s"), (int) strcspn (words, "\n"), words);
  return FALSE;
}

static gboolean
set_number (Booster booster, const char *name, double value, GError **error)
{
  char text[HP_NUMBER_BUFFER];

  hp_number_format (text, value);
  return check (XGBoosterSetParam (booster, name, text), error);
}

static gboolean
set_monotone (Booster booster, const int *monotone, guint n_features, GError **error)
{
  g_autoptr (GString) text = g_string_new ("(");
  gboolean any = FALSE;

  for (guint f = 0; monotone != NULL && f < n_features; f++)
    {
      any |= monotone[f] != 0;
      g_string_append_printf (text, "%s%d", f > 0 ? "," : "", monotone[f]);
    }
  g_string_append_c (text, ')');
  return !any || check (XGBoosterSetParam (booster, "monotone_constraints", text->str), error);
}

static gboolean
set_params (Booster booster, const HpXgboostParams *params, double base, guint n_features, GError **error)
{
  const struct
  {
    const char *name;
    double value;
  } numbers[] = {
    { "max_depth", params->max_depth },
    { "eta", params->learning_rate },
    { "subsample", params->subsample },
    { "colsample_bytree", params->features_per_tree },
    { "colsample_bynode", params->features_per_node },
    { "min_child_weight", params->min_child_weight },
    { "lambda", params->lambda },
    { "gamma", params->gamma },
    { "max_bin", params->max_bins },
    { "seed", params->seed & 0x7fffffff },
    { "base_score", base },
    { "nthread", 1 },
    { "verbosity", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!set_number (booster, numbers[i].name, numbers[i].value, error))
      return FALSE;
  if (params->huber && !set_number (booster, "huber_slope", params->huber_slope, error))
    return FALSE;
  return check (XGBoosterSetParam (booster, "tree_method", "hist"), error)
         && check (XGBoosterSetParam (booster, "objective",
                                      params->huber ? "reg:pseudohubererror" : "reg:squarederror"),
                   error)
         && set_monotone (booster, params->monotone, n_features, error);
}

/**
 * hp_xgboost_fit:
 * @params: sizes, loss, seed
 * @scale: the scale @target is on; kept in the model
 * @features: @n × @n_features, row-major, NaN is missing
 * @target: @n values
 * @n: number of rows
 * @n_features: number of features
 * @cancellable: (nullable): checked before each tree
 * @error: return location: %HP_ERROR_FAILED with XGBoost's own words, %HP_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the model, in our own form
 */
HpModel *
hp_xgboost_fit (const HpXgboostParams *params, HpTarget scale, const float *features, const float *target, gsize n,
                guint n_features, GCancellable *cancellable, GError **error)
{
  g_auto (Booster) booster = NULL;
  g_auto (Matrix) matrix = NULL;
  const char *json = NULL;
  bst_ulong length = 0;
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += target[i];
  if (!check (XGDMatrixCreateFromMat_omp (features, n, n_features, __builtin_nanf (""), &matrix, 1), error)
      || !check (XGDMatrixSetFloatInfo (matrix, "label", target, n), error)
      || !check (XGBoosterCreate (&matrix, 1, &booster), error)
      || !set_params (booster, params, (float) (sum / n), n_features, error))
    return NULL;
  for (guint t = 0; t < params->trees; t++)
    {
      if (g_cancellable_is_cancelled (cancellable))
        {
          hp_set_error (error, HP_ERROR_CANCELLED, NULL, _ ("training was interrupted"));
          return NULL;
        }
      if (!check (XGBoosterUpdateOneIter (booster, t, matrix), error))
        return NULL;
    }
  if (!check (XGBoosterSaveModelToBuffer (booster, "{\"format\":\"json\"}", &length, &json), error))
    return NULL;
  return hp_xgboost_model_read (json, length, scale, n_features, error);
}

/* test-import-xgboost.c - models that libxgboost saves give its prices bit for bit once they are imported
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>
#include <xgboost/c_api.h>

#include "hp-import.h"
#include "sample.h"

#define N_ROWS       400
#define N_FEATURES   5
#define N_CATEGORIES 12
#define PLACE        2 /* the feature that is a category, where there is one */

typedef struct
{
  const char *booster, *objective;
  gboolean categories;
  const char *const *params; /* name, value, …, NULL */
} Case;

static void
set (BoosterHandle booster, const char *name, const char *value)
{
  g_assert_cmpint (XGBoosterSetParam (booster, name, value), ==, 0);
}

/* One of twelve places, of which every third makes a house dear; where it is not known NaN stays */
static void
make_places (float *features, float *target)
{
  for (gsize r = 0; r < N_ROWS; r++)
    if (!isnan (features[r * N_FEATURES + PLACE]))
      {
        guint place = (r * 7 + r / 11) % N_CATEGORIES;

        features[r * N_FEATURES + PLACE] = place;
        target[r] += place % 3 == 0 ? 40 : 0;
      }
}

static DMatrixHandle
make_matrix (const Case *of, const float *features, const float *target)
{
  static const char *types[N_FEATURES] = { "float", "float", "c", "float", "float" };
  static const char *names[N_FEATURES] = { "a", "b", "place", "d", "e" };
  DMatrixHandle matrix;

  g_assert_cmpint (XGDMatrixCreateFromMat (features, N_ROWS, N_FEATURES, NAN, &matrix), ==, 0);
  g_assert_cmpint (XGDMatrixSetFloatInfo (matrix, "label", target, N_ROWS), ==, 0);
  if (g_str_equal (of->objective, "survival:aft"))
    {
      g_assert_cmpint (XGDMatrixSetFloatInfo (matrix, "label_lower_bound", target, N_ROWS), ==, 0);
      g_assert_cmpint (XGDMatrixSetFloatInfo (matrix, "label_upper_bound", target, N_ROWS), ==, 0);
    }
  g_assert_cmpint (XGDMatrixSetStrFeatureInfo (matrix, "feature_name", names, N_FEATURES), ==, 0);
  if (of->categories)
    g_assert_cmpint (XGDMatrixSetStrFeatureInfo (matrix, "feature_type", types, N_FEATURES), ==, 0);
  return matrix;
}

static BoosterHandle
train (const Case *of, DMatrixHandle matrix)
{
  BoosterHandle booster;

  g_assert_cmpint (XGBoosterCreate (&matrix, 1, &booster), ==, 0);
  set (booster, "nthread", "1");
  set (booster, "verbosity", "0");
  set (booster, "seed", "3");
  set (booster, "booster", of->booster);
  set (booster, "objective", of->objective);
  if (!g_str_equal (of->booster, "gblinear"))
    {
      set (booster, "tree_method", "hist");
      set (booster, "max_depth", "5");
    }
  for (guint i = 0; of->params != NULL && of->params[i] != NULL; i += 2)
    set (booster, of->params[i], of->params[i + 1]);
  for (int round = 0; round < 12; round++)
    g_assert_cmpint (XGBoosterUpdateOneIter (booster, round, matrix), ==, 0);
  return booster;
}

/* what: 0 the value, 1 the margin, 4 contributions */
static const float *
ask (BoosterHandle booster, DMatrixHandle matrix, int what, bst_ulong expected)
{
  const float *out;
  bst_ulong n;

  g_assert_cmpint (XGBoosterPredict (booster, matrix, what, 0, 0, &n, &out), ==, 0);
  g_assert_cmpuint (n, ==, expected);
  return out;
}

static HpModel *
import (BoosterHandle booster, const char *format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpImport) read = NULL;
  const char *data;
  bst_ulong length;

  g_assert_cmpint (XGBoosterSaveModelToBuffer (booster, format, &length, &data), ==, 0);
  read = hp_import_read (data, length, "model", NULL, &error);
  g_assert_no_error (error);
  return hp_model_ref (read->model);
}

static void
check_contributions (const HpModel *model, const float *features, const float *expected)
{
  double phi[N_FEATURES], base;

  for (gsize r = 0; r < N_ROWS; r++)
    {
      double size = 0;

      hp_model_contributions (model, features + r * N_FEATURES, 1, phi, &base);
      for (guint j = 0; j <= N_FEATURES; j++)
        size = fmax (size, fabs (expected[r * (N_FEATURES + 1) + j]));
      for (guint j = 0; j < N_FEATURES; j++)
        g_assert_cmpfloat_with_epsilon (phi[j], expected[r * (N_FEATURES + 1) + j], 1e-5 * size);
      g_assert_cmpfloat_with_epsilon (base, expected[r * (N_FEATURES + 1) + N_FEATURES], 1e-5 * size);
    }
}

static void
check (const Case *of)
{
  gboolean linear = g_str_equal (of->booster, "gblinear");
  gboolean share = strstr (of->objective, "log") != NULL && strstr (of->objective, "logerror") == NULL;
  g_autofree float *features = sample_features (N_ROWS, N_FEATURES, 30, 0.1, 5);
  g_autofree float *target = sample_target (features, N_ROWS, N_FEATURES, 0.3, 6);
  g_autofree double *values = g_new (double, N_ROWS);
  g_autoptr (HpModel) from_json = NULL, from_ubjson = NULL;
  g_autofree char *json = NULL, *ubjson = NULL;
  DMatrixHandle matrix;
  BoosterHandle booster;
  const float *out;

  g_test_message ("%s, %s", of->booster, of->objective);
  if (of->categories)
    make_places (features, target);
  for (gsize r = 0; r < N_ROWS; r++)
    target[r] = share ? target[r] > 20 : fabsf (target[r]) + 0.5f;
  matrix = make_matrix (of, features, target);
  booster = train (of, matrix);
  from_json = import (booster, "{\"format\":\"json\"}");
  from_ubjson = import (booster, "{\"format\":\"ubj\"}");
  json = hp_model_to_json (from_json, NULL);
  ubjson = hp_model_to_json (from_ubjson, NULL);
  g_assert_cmpstr (json, ==, ubjson);
  g_assert_cmpint (hp_model_get_n_sets (from_json) > 0, ==, of->categories);

  out = ask (booster, matrix, 1, N_ROWS);
  hp_model_margin (from_json, features, N_ROWS, values);
  for (gsize r = 0; r < N_ROWS; r++)
    g_assert_cmpfloat (values[r], ==, out[r]);
  out = ask (booster, matrix, 0, N_ROWS);
  hp_model_predict (from_json, features, N_ROWS, values);
  for (gsize r = 0; r < N_ROWS; r++)
    g_assert_true (values[r] == out[r] || (float) values[r] == nextafterf (out[r], (float) values[r]));
  /* The library's contributions of a linear model are weights times values, from no average. */
  check_contributions (from_json, features, ask (booster, matrix, 4, N_ROWS * (N_FEATURES + 1)));
  g_assert_cmpint (hp_model_get_kind (from_json) == HP_MODEL_LINEAR, ==, linear);
  XGBoosterFree (booster);
  XGDMatrixFree (matrix);
}

static const char *const dropping[] = { "rate_drop", "0.3", "one_drop", "1", NULL };
static const char *const forest[] = { "num_parallel_tree", "4", "subsample", "0.7", NULL };
static const char *const one_hot[] = { "max_cat_to_onehot", "50", NULL };
static const char *const partition[] = { "max_cat_to_onehot", "1", NULL };
static const char *const robust[] = { "max_cat_to_onehot", "1", "huber_slope", "30", NULL };
static const char *const pruned[] = { "gamma", "0.2", NULL };
static const char *const exact[] = { "tree_method", "exact", NULL };

static const Case cases[] = {
  { "gbtree", "reg:squarederror", FALSE, NULL },      { "gbtree", "reg:squarederror", FALSE, pruned },
  { "gbtree", "reg:squarederror", FALSE, exact },     { "gbtree", "reg:squarederror", FALSE, forest },
  { "gbtree", "reg:squarederror", TRUE, one_hot },    { "gbtree", "reg:squarederror", TRUE, partition },
  { "gbtree", "reg:pseudohubererror", TRUE, robust }, { "gbtree", "reg:squaredlogerror", FALSE, NULL },
  { "gbtree", "reg:absoluteerror", FALSE, NULL },     { "gbtree", "reg:gamma", TRUE, partition },
  { "gbtree", "reg:tweedie", FALSE, NULL },           { "gbtree", "count:poisson", FALSE, NULL },
  { "gbtree", "survival:aft", FALSE, NULL },          { "gbtree", "reg:logistic", FALSE, NULL },
  { "gbtree", "binary:logistic", TRUE, partition },   { "gbtree", "binary:logitraw", FALSE, NULL },
  { "dart", "reg:squarederror", FALSE, dropping },    { "dart", "reg:gamma", TRUE, dropping },
  { "gblinear", "reg:squarederror", FALSE, NULL },    { "gblinear", "reg:gamma", FALSE, NULL },
};

static void
test_case (gconstpointer data)
{
  check (data);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/import-xgboost/%u-%s-%s%s", i, cases[i].booster, cases[i].objective,
                                               cases[i].categories ? "-categories" : "");

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}

/* test-xgboost-margins.c - our scoring of XGBoost's models against XGBoost's own, bit for bit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-xgboost.h"

#include <xgboost/c_api.h>

#include "config.h"

#include "hp-compiled.h"
#include "hp-preprocessor-fit.h"
#include "sample.h"

static const HpXgboostParams basic = {
  .trees = 60,
  .max_depth = 6,
  .learning_rate = 0.1,
  .subsample = 0.8,
  .features_per_tree = 1,
  .features_per_node = 0.6,
  .min_child_weight = 1,
  .lambda = 1,
  .max_bins = 64,
  .huber_slope = 0.3,
  .seed = 7,
};

static void
set (BoosterHandle booster, const char *name, const char *value)
{
  g_assert_cmpint (XGBoosterSetParam (booster, name, value), ==, 0);
}

static DMatrixHandle
make_matrix (const float *features, gsize n, guint p)
{
  DMatrixHandle matrix;

  g_assert_cmpint (XGDMatrixCreateFromMat (features, n, p, NAN, &matrix), ==, 0);
  return matrix;
}

/* The training, written out with the library itself */
static BoosterHandle
train (const HpXgboostParams *params, const float *features, const float *target, gsize n, guint p)
{
  DMatrixHandle matrix = make_matrix (features, n, p);
  BoosterHandle booster;
  double sum = 0;
  char text[64];

  for (gsize i = 0; i < n; i++)
    sum += target[i];
  g_assert_cmpint (XGDMatrixSetFloatInfo (matrix, "label", target, n), ==, 0);
  g_assert_cmpint (XGBoosterCreate (&matrix, 1, &booster), ==, 0);
  const struct
  {
    const char *name;
    double value;
  } numbers[] = {
    { "max_depth", params->max_depth },
    { "learning_rate", params->learning_rate },
    { "subsample", params->subsample },
    { "colsample_bytree", params->features_per_tree },
    { "colsample_bynode", params->features_per_node },
    { "min_child_weight", params->min_child_weight },
    { "reg_lambda", params->lambda },
    { "gamma", params->gamma },
    { "max_bin", params->max_bins },
    { "seed", params->seed },
    { "huber_slope", params->huber_slope },
    { "base_score", (float) (sum / n) },
    { "nthread", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    set (booster, numbers[i].name, g_ascii_dtostr (text, sizeof text, numbers[i].value));
  set (booster, "tree_method", "hist");
  set (booster, "objective", params->huber ? "reg:pseudohubererror" : "reg:squarederror");
  set (booster, "verbosity", "0");
  for (guint t = 0; t < params->trees; t++)
    g_assert_cmpint (XGBoosterUpdateOneIter (booster, t, matrix), ==, 0);
  XGDMatrixFree (matrix);
  return booster;
}

static HpModel *
read_model (BoosterHandle booster, guint p)
{
  g_autoptr (GError) error = NULL;
  bst_ulong length;
  const char *json;
  HpModel *model;

  g_assert_cmpint (XGBoosterSaveModelToBuffer (booster, "{\"format\":\"json\"}", &length, &json), ==, 0);
  model = hp_xgboost_model_read (json, length, HP_TARGET_PLAIN, p, &error);
  g_assert_no_error (error);
  return model;
}

/* Every kernel gives the library's margins. */
static void
check_margins (BoosterHandle booster, const HpModel *model, const float *features, gsize n, guint p)
{
  g_autoptr (HpCompiled) compiled = hp_compiled_new (model);
  g_autofree double *margin = g_new (double, n);
  DMatrixHandle matrix = make_matrix (features, n, p);
  bst_ulong n_out;
  const float *out;
  double single;

  /* 1: the margin; training FALSE; all trees */
  g_assert_cmpint (XGBoosterPredict (booster, matrix, 1, 0, 0, &n_out, &out), ==, 0);
  g_assert_cmpuint (n_out, ==, n);
  for (HpKernel kernel = 0; kernel < HP_N_KERNELS; kernel++)
    {
      if (!hp_compiled_has (compiled, kernel))
        continue;
      hp_compiled_margin (compiled, kernel, features, n, margin);
      for (gsize i = 0; i < n; i++)
        {
          g_assert_cmpfloat (margin[i], ==, out[i]);
          hp_compiled_margin (compiled, kernel, features + i * p, 1, &single);
          g_assert_cmpfloat (single, ==, out[i]);
        }
    }
  XGDMatrixFree (matrix);
}

/* The same training, with the library and through hp_xgboost_fit(): the same model, the same margins */
static void
check_training (const HpXgboostParams *params, gsize n, guint p, double missing, guint64 seed)
{
  g_autofree float *features = sample_features (n, p, seed % 2 ? 0 : 25, missing, seed);
  g_autofree float *target = sample_target (features, n, p, 0.5, seed);
  g_autofree char *read_text = NULL, *fitted_text = NULL;
  g_autoptr (HpModel) read = NULL, fitted = NULL;
  g_autoptr (GError) error = NULL;
  BoosterHandle booster;

  for (gsize i = 0; i < n; i++)
    target[i] += 11;
  booster = train (params, features, target, n, p);
  read = read_model (booster, p);
  g_assert_cmpuint (hp_model_get_n_trees (read), ==, params->trees);
  fitted = hp_xgboost_fit (params, HP_TARGET_PLAIN, features, target, n, p, NULL, &error);
  g_assert_no_error (error);
  read_text = hp_model_to_json (read, NULL);
  fitted_text = hp_model_to_json (fitted, NULL);
  g_assert_cmpstr (read_text, ==, fitted_text);

  check_margins (booster, read, features, n, p);
  XGBoosterFree (booster);
}

static void
test_trainings (void)
{
  HpXgboostParams params = basic;

  check_training (&params, 700, 7, 0.15, 1);
  check_training (&params, 700, 12, 0, 2);
  params.huber = TRUE;
  check_training (&params, 500, 5, 0.3, 3);
  params.huber = FALSE;
  params.features_per_tree = 0.5;
  params.max_depth = 12;
  params.min_child_weight = 0;
  check_training (&params, 900, 9, 0.1, 4);
  /* pruned branches leave holes among the nodes */
  params.gamma = 2;
  check_training (&params, 900, 6, 0.1, 5);
  /* so much that a tree is one leaf */
  params.gamma = 1e9;
  params.trees = 3;
  check_training (&params, 60, 2, 0.1, 6);
}

/* The features of all usable sales, and the logarithms of their prices */
static float *
load_sales (float **target, gsize *n, guint *p)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpFindings) findings = hp_findings_new ("house_data.csv");
  g_autoptr (HpSchema) schema = hp_schema_load (HP_SOURCE_DIR "/data/house_data.schema.yaml", &error);
  g_autoptr (HpTable) table
    = hp_table_load (HP_SOURCE_DIR "/data/house_data.csv", schema, HP_TABLE_DEFAULT, findings, &error);
  g_autoptr (HpCleaned) cleaned = hp_table_clean (table, schema, &error);
  g_autoptr (HpPreprocessor) pre
    = hp_preprocessor_fit (schema, (const char *const *) schema->features, table, cleaned->rows, cleaned->n_rows,
                           HP_ENCODING_ORDERED, &error);
  const HpColumn *price = hp_table_get_column (table, schema->target);

  g_assert_no_error (error);
  *n = cleaned->n_rows;
  *p = hp_preprocessor_get_n_features (pre);
  *target = g_new (float, *n);
  for (gsize i = 0; i < *n; i++)
    (*target)[i] = log (price->numbers[cleaned->rows[i]]);
  return hp_preprocessor_matrix (pre, table, cleaned->rows, cleaned->n_rows);
}

/* The shipped sales, as they are and with holes; learned from both, valued both ways. As many trees as the family's
 * default has, with as many bins and with so many that thresholds are any values. */
static void
test_house_data (void)
{
  g_autofree float *target = NULL, *features = NULL, *holes = NULL;
  HpXgboostParams params = basic;
  HpRandom random;
  gsize n;
  guint p;

  features = load_sales (&target, &n, &p);
  g_assert_cmpuint (n, >, 2800);
  g_assert_cmpuint (p, ==, 7);
  holes = g_memdup2 (features, n * p * sizeof *features);
  hp_random_init (&random, 5, 0);
  for (gsize i = 0; i < n * p; i++)
    if (hp_random_below (&random, 8) == 0)
      holes[i] = NAN;

  for (guint round = 0; round < 4; round++)
    {
      const float *learned = round % 2 == 0 ? features : holes;
      g_autoptr (HpModel) model = NULL;
      BoosterHandle booster;

      params.trees = round < 2 ? 500 : 60;
      params.max_depth = round < 2 ? 5 : 8;
      params.max_bins = round < 2 ? 255 : 4096;
      booster = train (&params, learned, target, n, p);
      model = read_model (booster, p);
      check_margins (booster, model, features, n, p);
      check_margins (booster, model, holes, n, p);
      XGBoosterFree (booster);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xgboost-margins/trainings", test_trainings);
  g_test_add_func ("/xgboost-margins/house-data", test_house_data);
  return g_test_run ();
}

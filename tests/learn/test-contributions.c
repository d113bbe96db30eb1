/* test-contributions.c - what each family's prices are made of, on every row of the shipped sales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdlib.h>

#include <xgboost/c_api.h>

#include "hp-family.h"
#include "hp-random.h"
#include "hp-valuation.h"
#include "hp-xgboost.h"

#define PREDICT_PHI 4 /* what XGBoosterPredict() calls contributions */

typedef struct
{
  HpSchema *schema;
  HpTable *table;
  HpCleaned *cleaned;
  double *price;
} Sales;

static void
sales_load (Sales *sales)
{
  g_autofree char *data = g_test_build_filename (G_TEST_DIST, "..", "data", "house_data.csv", NULL);
  g_autofree char *schema = g_test_build_filename (G_TEST_DIST, "..", "data", "house_data.schema.yaml", NULL);
  g_autoptr (HpFindings) findings = hp_findings_new (data);
  g_autoptr (GError) error = NULL;
  const HpColumn *target;

  sales->schema = hp_schema_load (schema, &error);
  g_assert_no_error (error);
  sales->table = hp_table_load (data, sales->schema, HP_TABLE_DEFAULT, findings, &error);
  g_assert_no_error (error);
  sales->cleaned = hp_table_clean (sales->table, sales->schema, &error);
  g_assert_no_error (error);
  target = hp_table_get_column (sales->table, sales->schema->target);
  sales->price = g_new (double, sales->cleaned->n_rows);
  for (gsize i = 0; i < sales->cleaned->n_rows; i++)
    sales->price[i] = target->numbers[sales->cleaned->rows[i]];
}

static void
sales_clear (Sales *sales)
{
  hp_schema_unref (sales->schema);
  hp_table_free (sales->table);
  hp_cleaned_free (sales->cleaned);
  g_free (sales->price);
}

static HpPreprocessor *
fit_preprocessor (const Sales *sales, HpEncoding encoding)
{
  g_autoptr (GError) error = NULL;
  HpPreprocessor *pre = hp_preprocessor_fit (sales->schema, (const char *const *) sales->schema->features, sales->table,
                                             sales->cleaned->rows, sales->cleaned->n_rows, encoding, &error);

  g_assert_no_error (error);
  return pre;
}

static void
check (int result)
{
  if (result != 0)
    g_error ("libxgboost: %s", XGBGetLastError ());
}

/* Trained by libxgboost, explained by it and by us: equal to 1e-5 of a row's contributions */
static void
compare_with_xgboost (const float *features, const float *target, gsize n, guint p)
{
  static const char *const params[][2]
    = { { "max_depth", "6" },        { "learning_rate", "0.1" }, { "subsample", "0.8" },
        { "tree_method", "hist" },   { "nthread", "1" },         { "seed", "5" },
        { "base_score", "12.0251" }, { "verbosity", "0" } };
  g_autofree double *phi = g_new (double, n *p);
  g_autoptr (HpModel) model = NULL;
  g_autoptr (GError) error = NULL;
  BoosterHandle booster;
  DMatrixHandle matrix;
  bst_ulong length, n_out;
  const float *theirs;
  const char *json;
  double expected;

  check (XGDMatrixCreateFromMat (features, n, p, NAN, &matrix));
  check (XGDMatrixSetFloatInfo (matrix, "label", target, n));
  check (XGBoosterCreate (&matrix, 1, &booster));
  for (guint i = 0; i < G_N_ELEMENTS (params); i++)
    check (XGBoosterSetParam (booster, params[i][0], params[i][1]));
  for (guint t = 0; t < 100; t++)
    check (XGBoosterUpdateOneIter (booster, t, matrix));
  check (XGBoosterSaveModelToBuffer (booster, "{\"format\":\"json\"}", &length, &json));
  model = hp_xgboost_model_read (json, length, HP_TARGET_LOG, p, &error);
  g_assert_no_error (error);

  check (XGBoosterPredict (booster, matrix, PREDICT_PHI, 0, 0, &n_out, &theirs));
  g_assert_cmpuint (n_out, ==, n * (p + 1));
  hp_model_contributions (model, features, n, phi, &expected);
  for (gsize i = 0; i < n; i++, theirs += p + 1)
    {
      double size = 0;

      for (guint j = 0; j < p; j++)
        size += fabs (theirs[j]);
      for (guint j = 0; j < p; j++)
        g_assert_cmpfloat_with_epsilon (phi[i * p + j], theirs[j], 1e-5 * size);
      g_assert_cmpfloat_with_epsilon (expected, theirs[p], 1e-5 * fabs (theirs[p]));
    }
  check (XGBoosterFree (booster));
  check (XGDMatrixFree (matrix));
}

static void
test_xgboost (gconstpointer data)
{
  const Sales *sales = data;
  g_autoptr (HpPreprocessor) pre = fit_preprocessor (sales, HP_ENCODING_ORDERED);
  guint p = hp_preprocessor_get_n_features (pre);
  gsize n = sales->cleaned->n_rows;
  g_autofree float *features = hp_preprocessor_matrix (pre, sales->table, sales->cleaned->rows, n);
  g_autofree float *target = g_new (float, n);
  HpRandom random;

  for (gsize i = 0; i < n; i++)
    target[i] = log (sales->price[i]);
  compare_with_xgboost (features, target, n, p);
  hp_random_init (&random, 3, 0);
  for (gsize i = 0; i < n * p; i++)
    if (hp_random_below (&random, 5) == 0)
      features[i] = NAN;
  compare_with_xgboost (features, target, n, p);
}

/* Base price and amounts are the price, to the cent, for each sale; and each attribute has one amount. */
static void
check_family (const Sales *sales, HpFamily family, const char *const *settings)
{
  g_autoptr (HpTeam) alone = hp_team_new (1);
  g_autoptr (GError) error = NULL;
  HpPreprocessor *pre = fit_preprocessor (sales, hp_family_get_encoding (family));
  gsize n = sales->cleaned->n_rows;
  g_autofree float *features = hp_preprocessor_matrix (pre, sales->table, sales->cleaned->rows, n);
  HpFitData fit
    = { features, sales->price, n, hp_preprocessor_get_n_features (pre), hp_preprocessor_get_monotone (pre) };
  g_autoptr (HpHouseBinding) binding = hp_house_binding_new (pre, sales->table);
  g_autoptr (HpHouse) house = hp_house_new (pre);
  g_autoptr (HpPredictor) predictor = NULL;
  const HpValuationOptions options = { .explain = TRUE, .impute = TRUE };
  HpParams params;
  HpModel *model;

  hp_family_default_params (family, &params);
  for (; *settings != NULL; settings += 2)
    {
      int i = hp_family_find_param (family, settings[0]);

      g_assert_true (hp_family_parse_param (family, i, settings[1], &params.value[i], NULL));
    }
  model = hp_family_fit (family, &params, &fit, 1, alone, NULL, &error);
  g_assert_no_error (error);
  predictor
    = hp_predictor_new (pre, model, hp_calibration_fit (hp_model_get_target (model), sales->price, sales->price, n),
                        &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (HpValuation) valuation = NULL;
      gint64 cents;

      hp_house_set_row (house, binding, sales->cleaned->rows[i]);
      valuation = hp_predictor_value (predictor, house, &options, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (valuation->contributions->len, ==, g_strv_length (sales->schema->features));
      cents = llround (valuation->base_price * 100);
      for (guint k = 0; k < valuation->contributions->len; k++)
        {
          const HpContribution *part = g_ptr_array_index (valuation->contributions, k);

          g_assert_cmpfloat (part->amount, ==, hp_price_round (part->amount));
          cents += llround (part->amount * 100);
        }
      g_assert_cmpint (cents, ==, llround (valuation->predicted_price * 100));
    }
}

static void
test_adds_up (gconstpointer data)
{
  static const char *const linear[] = { NULL };
  static const char *const forest[] = { "trees", "8", "min_leaf", "2", NULL };
  static const char *const boosting[] = { "trees", "60", "depth", "6", NULL };
  static const char *const xgboost[] = { "trees", "30", NULL };

  check_family (data, HP_FAMILY_LINEAR, linear);
  check_family (data, HP_FAMILY_RANDOM_FOREST, forest);
  check_family (data, HP_FAMILY_GRADIENT_BOOSTING, boosting);
  check_family (data, HP_FAMILY_XGBOOST, xgboost);
}

int
main (int argc, char **argv)
{
  Sales sales;
  int result;

  g_test_init (&argc, &argv, NULL);
  sales_load (&sales);
  g_test_add_data_func ("/contributions/xgboost", &sales, test_xgboost);
  g_test_add_data_func ("/contributions/adds-up", &sales, test_adds_up);
  result = g_test_run ();
  sales_clear (&sales);
  return result;
}

/* test-import.c - models of XGBoost's: its prices bit for bit, and the differences between its versions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "import-support.h"

#define N_ROWS     6
#define N_FEATURES 7

static float rows[N_ROWS][N_FEATURES], full_rows[N_ROWS][N_FEATURES];
static JsonNode *expected;

static void
read_rows (const char *member, float into[N_ROWS][N_FEATURES])
{
  JsonArray *array = json_object_get_array_member (json_node_get_object (expected), member);

  g_assert_cmpuint (json_array_get_length (array), ==, N_ROWS);
  for (guint r = 0; r < N_ROWS; r++)
    for (guint j = 0; j < N_FEATURES; j++)
      {
        JsonArray *row = json_array_get_array_element (array, r);

        into[r][j] = json_array_get_null_element (row, j) ? NAN : (float) json_array_get_double_element (row, j);
      }
}

/* The rows for a model, and XGBoost's answers */
static float (*rows_of (const char *model))[N_FEATURES]
{
  return g_str_equal (model, "xgb174_gblinear") ? full_rows : rows;
}

static float
answer (const char *model, guint row)
{
  return (float) json_array_get_double_element (json_object_get_array_member (json_node_get_object (expected), model),
                                                row);
}

/* An ulp of difference is what two versions of expf() may have. */
static void
assert_answers (const HpModel *model, const char *name, gboolean exact)
{
  float (*features)[N_FEATURES] = rows_of (name);
  double prices[N_ROWS];

  hp_model_predict (model, features[0], N_ROWS, prices);
  for (guint r = 0; r < N_ROWS; r++)
    {
      float price = (float) prices[r], wanted = answer (name, r);

      g_assert_cmpfloat (prices[r], ==, price);
      if (exact)
        g_assert_cmpfloat (price, ==, wanted);
      else
        g_assert_true (price == wanted || price == nextafterf (wanted, INFINITY)
                       || price == nextafterf (wanted, -INFINITY));
      g_assert_cmpfloat (hp_price_from_margin (hp_model_get_target (model), hp_model_margin_plain (model, features[r])),
                         ==, prices[r]);
    }
}

/* expected + all phi is the margin */
static void
assert_explains (const HpModel *model)
{
  for (guint r = 0; r < N_ROWS; r++)
    {
      double phi[N_FEATURES], sum, margin = hp_model_margin_plain (model, rows[r]);

      hp_model_contributions (model, rows[r], 1, phi, &sum);
      for (guint j = 0; j < N_FEATURES; j++)
        sum += phi[j];
      g_assert_cmpfloat_with_epsilon (sum, margin, 1e-6 * fmax (fabs (margin), 1));
    }
}

/* model.json holds all of it */
static void
assert_survives (const HpModel *model, const char *name, gboolean exact)
{
  g_autoptr (GError) error = NULL;
  gsize length, again_length;
  g_autofree char *text = hp_model_to_json (model, &length), *again_text = NULL;
  g_autoptr (HpModel) again = hp_model_from_json (text, length, "model.json", &error);

  g_assert_no_error (error);
  again_text = hp_model_to_json (again, &again_length);
  g_assert_cmpmem (text, length, again_text, again_length);
  assert_answers (again, name, exact);
}

static const struct
{
  const char *file, *name, *booster, *objective;
  guint n_trees;
  int best_iteration;
  HpTarget target;
} files[] = {
  { "xgb174_num.json", "xgb174_num", "gbtree", "reg:squarederror", 3, 2, HP_TARGET_PLAIN },
  { "xgb174_num.ubj", "xgb174_num", "gbtree", "reg:squarederror", 3, 2, HP_TARGET_PLAIN },
  { "xgb174_cat.json", "xgb174_cat", "gbtree", "reg:squarederror", 3, 2, HP_TARGET_PLAIN },
  { "xgb174_cat.ubj", "xgb174_cat", "gbtree", "reg:squarederror", 3, 2, HP_TARGET_PLAIN },
  { "xgb174_rf.json", "xgb174_rf", "gbtree", "reg:squarederror", 5, 0, HP_TARGET_PLAIN },
  { "xgb174_dart.json", "xgb174_dart", "dart", "reg:squarederror", 5, 4, HP_TARGET_PLAIN },
  { "xgb174_gblinear.json", "xgb174_gblinear", "gblinear", "reg:squarederror", 0, 49, HP_TARGET_PLAIN },
  { "xgb174_poisson.json", "xgb174_poisson", "gbtree", "count:poisson", 3, 2, HP_TARGET_EXP },
  { "xgb174_gamma.json", "xgb174_gamma", "gbtree", "reg:gamma", 3, 2, HP_TARGET_EXP },
  { "xgb174_tweedie.json", "xgb174_tweedie", "gbtree", "reg:tweedie", 3, 2, HP_TARGET_EXP },
};

static void
test_answers (void)
{
  static const char *const names[]
    = { "sqft", "bedrooms", "bathrooms", "location", "condition", "house_age", "bed_bath_ratio", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      gboolean exact = files[i].target == HP_TARGET_PLAIN;
      gsize length;
      g_autofree char *text = import_golden (files[i].file, &length);
      g_autoptr (HpImport) import = import_ok (text, length, NULL);

      g_test_message ("%s", files[i].file);
      g_assert_cmpint (import->is_ubjson, ==, g_str_has_suffix (files[i].file, ".ubj"));
      g_assert_cmpstr (import->producer, ==, "XGBoost 1.7.4");
      g_assert_cmpstr (import->booster, ==, files[i].booster);
      g_assert_cmpstr (import->objective, ==, files[i].objective);
      g_assert_cmpuint (import->n_features, ==, N_FEATURES);
      g_assert_cmpuint (import->n_file_trees, ==, files[i].n_trees);
      g_assert_cmpint (import->best_iteration, ==, files[i].best_iteration);
      g_assert_cmpstrv (import->feature_names, names);
      g_assert_null (import->categories);
      g_assert_cmpint (hp_model_get_target (import->model), ==, files[i].target);
      g_assert_cmpuint (hp_model_get_n_trees (import->model), ==, files[i].n_trees);
      assert_answers (import->model, files[i].name, exact);
      assert_survives (import->model, files[i].name, exact);
      assert_explains (import->model);
    }
}

/* Both forms of a file make the same model. */
static void
test_forms (void)
{
  static const char *const names[] = { "num", "cat" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *json_name = g_strdup_printf ("xgb174_%s.json", names[i]);
      g_autofree char *ubj_name = g_strdup_printf ("xgb174_%s.ubj", names[i]);
      gsize length;
      g_autofree char *json = import_golden (json_name, &length);
      g_autoptr (HpImport) from_json = import_ok (json, length, NULL);
      g_autofree char *ubj = import_golden (ubj_name, &length);
      g_autoptr (HpImport) from_ubj = import_ok (ubj, length, NULL);
      g_autofree char *a = hp_model_to_json (from_json->model, NULL);
      g_autofree char *b = hp_model_to_json (from_ubj->model, NULL);

      g_assert_cmpstr (a, ==, b);
    }
}

/* What the versions write differently, and what it must not change */
static void
test_versions (void)
{
  static const struct
  {
    const char *name, *old, *new_text;
  } cases[] = {
    /* up to 1.5 default_left is true and false; 1.0 knows no num_target, no feature names, no split types */
    { "xgb174_num", "\"default_left\":[1,1,1,0,", "\"default_left\":[true,true,true,false," },
    { "xgb174_num", ",\"num_target\":\"1\"", "" },
    { "xgb174_num", "\"boost_from_average\":\"0\",", "" },
    { "xgb174_num", "\"version\":[1,7,4]", "\"version\":[1,0,0]" },
    { "xgb174_num", "\"best_iteration\":\"2\",\"best_ntree_limit\":\"3\"", "" },
    /* from 2.0 on */
    { "xgb174_num", "\"size_leaf_vector\":\"0\"", "\"size_leaf_vector\":\"1\"" },
    { "xgb174_num", "\"tree_info\":[0,0,0]", "\"iteration_indptr\":[0,1,2,3],\"tree_info\":[0,0,0]" },
    /* from 3.1 on */
    { "xgb174_num", "\"base_score\":\"2.5E5\"", "\"base_score\":\"[2.5E5]\"" },
    { "xgb174_num", "\"base_score\":\"2.5E5\"", "\"base_score\":\"(2.5E5)\"" },
    { "xgb174_num", "\"base_score\":\"2.5E5\"", "\"base_score\":\"(250000,)\"" },
    { "xgb174_num", "\"base_score\":\"2.5E5\"", "\"base_score\":\" [ 2.5e+05 ] \"" },
    { "xgb174_num", "\"base_score\":\"2.5E5\"", "\"base_score\":[2.5E5]" },
    { "xgb174_num", "\"base_score\":\"2.5E5\"", "\"base_score\":250000" },
    { "xgb174_num", "\"num_feature\":\"7\",\"num_target\"", "\"num_feature\":7,\"num_target\"" },
    { "xgb174_cat", "\"tree_info\"", "\"cats\":{\"enc\":[],\"feature_segments\":[],\"sorted_idx\":[]},\"tree_info\"" },
    /* whatever a later one adds */
    { "xgb174_num", "\"objective\":{", "\"new\":{\"a\":[NaN,-Infinity,{}]},\"objective\":{" },
    { "xgb174_num", "\"reg:squarederror\"", "\"reg:linear\"" },
    { "xgb174_num", "\"reg:squarederror\"", "\"reg:absoluteerror\"" },
    { "xgb174_num", "\"reg:squarederror\"", "\"reg:pseudohubererror\"" },
    { "xgb174_num", "\"reg:squarederror\"", "\"reg:squaredlogerror\"" },
    { "xgb174_num", "\"reg:squarederror\"", "\"reg:quantileerror\"" },
    { "xgb174_num", "\"reg:squarederror\"", "\"rank:pairwise\"" },
    /* HEAD keeps the weights of DART beside the trees */
    { "xgb174_dart", "\"gbtree\":{\"model\":{\"gbtree_model_param\"",
      "\"gbtree\":{\"model\":{\"weight_drop\":[0.6993007,0.90909094,0.591716,0.6993007,0.3030303],"
      "\"gbtree_model_param\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *file = g_strconcat (cases[i].name, ".json", NULL);
      g_autofree char *text = import_variant (file, cases[i].old, cases[i].new_text);
      g_autoptr (HpImport) import = NULL;

      g_test_message ("%s instead of %s", cases[i].new_text, cases[i].old);
      import = import_ok (text, strlen (text), NULL);
      assert_answers (import->model, cases[i].name, TRUE);
    }
}

/* Trees may stand in any order: their ids are their places. */
static void
test_order (void)
{
  g_autofree char *text = import_variant ("xgb174_rf.json", "\"id\":0,", "\"id\":3,");
  g_autoptr (HpImport) import = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_import_read (text, strlen (text), "model", NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "the ids of the trees"));
  {
    /* the first tree now says that it is the fourth, and the fourth that it is the first */
    char *fourth = strstr (strstr (text, "\"id\":3,") + 1, "\"id\":3,");

    memcpy (fourth, "\"id\":0,", 7);
  }
  import = import_ok (text, strlen (text), NULL);
  for (guint r = 0; r < N_ROWS; r++)
    g_assert_cmpfloat_with_epsilon (hp_model_margin_plain (import->model, rows[r]), answer ("xgb174_rf", r), 0.1);
}

/* base_score is on the objective's own scale, margins too. */
static void
test_links (void)
{
  static const struct
  {
    const char *objective;
    double base, price; /* without trees */
    HpTarget target;
  } cases[] = {
    { "reg:squarederror", 0.25, 0.25, HP_TARGET_PLAIN },
    { "count:poisson", 0.25, 0.25, HP_TARGET_EXP },
    { "reg:gamma", 3, 3, HP_TARGET_EXP },
    { "reg:tweedie", 1e6, 1e6, HP_TARGET_EXP },
    { "survival:aft", 2, 2, HP_TARGET_EXP },
    { "reg:logistic", 0.25, 0.25, HP_TARGET_LOGISTIC },
    { "binary:logistic", 0.5, 0.5, HP_TARGET_LOGISTIC },
    { "binary:logitraw", 0.25, 0.25, HP_TARGET_PLAIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text
        = g_strdup_printf ("{\"learner\":{\"gradient_booster\":{\"name\":\"gbtree\",\"model\":{\"trees\":[]}},"
                           "\"learner_model_param\":{\"base_score\":\"%g\",\"num_feature\":\"1\"},"
                           "\"objective\":{\"name\":\"%s\"}}}",
                           cases[i].base, cases[i].objective);
      g_autoptr (HpImport) import = import_ok (text, strlen (text), NULL);
      float feature = 0;
      double price;

      hp_model_predict (import->model, &feature, 1, &price);
      g_assert_cmpfloat_with_epsilon (price, cases[i].price, 1e-6 * fabs (cases[i].price));
      g_assert_cmpint (hp_model_get_target (import->model), ==, cases[i].target);
      g_assert_cmpstr (import->producer, ==, "XGBoost");
    }
}

/* The trainer may have taken the logarithm before XGBoost saw a price: only the caller knows. */
static void
test_target (void)
{
  static const char text[] = "{\"learner\":{\"gradient_booster\":{\"name\":\"gbtree\",\"model\":{\"trees\":[]}},"
                             "\"learner_model_param\":{\"base_score\":\"12\",\"num_feature\":\"1\"},"
                             "\"objective\":{\"name\":\"reg:squarederror\"}}}";
  const HpImportOptions log_price = { HP_TARGET_LOG, FALSE }, log1p_price = { HP_TARGET_LOG1P, FALSE };
  g_autoptr (HpImport) plain = import_ok (text, strlen (text), &log_price);
  g_autoptr (HpImport) one_more = import_ok (text, strlen (text), &log1p_price);
  g_autoptr (GError) error = NULL;
  g_autofree char *gamma = NULL;
  gsize length;
  float feature = 0;
  double price;

  hp_model_predict (plain->model, &feature, 1, &price);
  g_assert_cmpfloat (price, ==, exp (12));
  hp_model_predict (one_more->model, &feature, 1, &price);
  g_assert_cmpfloat (price, ==, expm1 (12));

  gamma = import_golden ("xgb174_gamma.json", &length);
  g_assert_null (hp_import_read (gamma, length, "m.json", &log_price, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_USAGE);
  g_assert_cmpstr (
    error->message, ==,
    "m.json: the objective reg:gamma turns its sums into prices itself: the target can't be the log of the "
    "price");
}

/* As the scikit-learn wrapper predicts: rounds up to the best, all parallel trees of each */
static void
test_best_iteration (void)
{
  const HpImportOptions best = { HP_TARGET_PLAIN, TRUE };
  g_autofree char *text = import_variant ("xgb174_num.json", "\"best_iteration\":\"2\"", "\"best_iteration\":\"1\"");
  g_autofree char *none = import_variant ("xgb174_num.json", "\"best_iteration\":\"2\",", "");
  g_autoptr (HpImport) import = import_ok (text, strlen (text), &best), forest = NULL, all = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *forest_text = NULL;
  gsize length;

  g_assert_cmpuint (import->n_file_trees, ==, 3);
  g_assert_cmpuint (import->n_best_trees, ==, 2);
  g_assert_cmpuint (hp_model_get_n_trees (import->model), ==, 2);
  all = import_ok (text, strlen (text), NULL);
  g_assert_cmpuint (hp_model_get_n_trees (all->model), ==, 3);
  forest_text = import_golden ("xgb174_rf.json", &length);
  forest = import_ok (forest_text, length, &best);
  g_assert_cmpuint (hp_model_get_n_trees (forest->model), ==, 5);
  assert_answers (forest->model, "xgb174_rf", TRUE);
  g_assert_null (hp_import_read (none, strlen (none), "m.json", &best, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_USAGE);
}

/* 3.1 and later keep the names of categories, as bytes or numbers. */
static void
test_categories (void)
{
  g_autofree char *text = import_variant (
    "xgb174_cat.json", "\"tree_info\"",
    "\"cats\":{\"enc\":[{\"offsets\":[],\"values\":[]},{\"offsets\":[],\"values\":[]},{\"offsets\":[],\"values\":[]},"
    "{\"offsets\":[0,3,7],\"values\":[79,108,100,67,97,102,-61]},{\"type\":7,\"values\":[10,-2,53033000100]},"
    "{\"offsets\":[],\"values\":[]},{\"offsets\":[],\"values\":[]}],\"feature_segments\":[0,0,0,0,2,4,4,4]},"
    "\"tree_info\"");
  g_autofree char *whole = NULL;
  g_autoptr (HpImport) import = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const towns[] = { "Old", "Café", NULL }, *const numbers[] = { "10", "-2", "53033000100", NULL };

  /* half of a character */
  g_assert_null (hp_import_read (text, strlen (text), "m.json", NULL, &error));
  g_assert_nonnull (strstr (error->message, "the names of the categories are not whole"));
  whole = import_changed (import_changed (g_strdup (text), "[0,3,7]", "[0,3,8]"), ",-61]", ",-61,-87]");
  import = import_ok (whole, strlen (whole), NULL);
  g_assert_cmpuint (import->categories->len, ==, N_FEATURES);
  g_assert_null (g_ptr_array_index (import->categories, 0));
  g_assert_cmpstrv (g_ptr_array_index (import->categories, 3), towns);
  g_assert_cmpstrv (g_ptr_array_index (import->categories, 4), numbers);
  g_assert_true (import->categorical[3]);
  g_assert_false (import->categorical[4]);
}

/* Cover that is no count keeps its proportions, which is what contributions are made of. */
static void
test_cover (void)
{
  g_autofree char *text = g_strdup (
    "{\"learner\":{\"gradient_booster\":{\"name\":\"gbtree\",\"model\":{\"trees\":[{\"left_children\":[1,-1,-1],"
    "\"right_children\":[2,-1,-1],\"split_indices\":[0,0,0],\"split_conditions\":[5,1,2],\"default_left\":[0,0,0],"
    "\"sum_hessian\":[0.75,0.25,0.5]}]}},\"learner_model_param\":{\"base_score\":\"0\",\"num_feature\":\"1\"},"
    "\"objective\":{\"name\":\"reg:squarederror\"}}}");
  g_autoptr (HpImport) import = import_ok (text, strlen (text), NULL), bare = NULL;
  g_autofree char *without = NULL;
  float feature = 0;
  double phi, base;

  hp_model_contributions (import->model, &feature, 1, &phi, &base);
  g_assert_cmpfloat_with_epsilon (base, (0.25 * 1 + 0.5 * 2) / 0.75, 1e-8);
  g_assert_cmpfloat_with_epsilon (phi + base, 1, 1e-12);
  /* without it every leaf counts the same */
  without = import_changed (g_strdup (text), ",\"sum_hessian\":[0.75,0.25,0.5]", "");
  bare = import_ok (without, strlen (without), NULL);
  hp_model_contributions (bare->model, &feature, 1, &phi, &base);
  g_assert_cmpfloat_with_epsilon (base, 1.5, 1e-12);
}

/* A linear model in single precision: measured from the average house once it is known, and what is missing adds
 * nothing */
static void
test_linear (void)
{
  static const double centre[N_FEATURES] = { 1500, 3, 2, 5, 4, 40, 1.5 },
                      spread[N_FEATURES] = { 500, 1, 1, 2, 1, 30, 1 };
  gsize length;
  g_autofree char *text = import_golden ("xgb174_gblinear.json", &length);
  g_autoptr (HpImport) import = import_ok (text, length, NULL);
  double phi[N_FEATURES], base, average;
  float house[N_FEATURES];

  g_assert_true (hp_model_takes_missing (import->model));
  g_assert_null (hp_model_get_spread (import->model));
  hp_model_set_reference (import->model, centre, spread);
  assert_survives (import->model, "xgb174_gblinear", TRUE);
  assert_explains (import->model);
  for (guint j = 0; j < N_FEATURES; j++)
    house[j] = (float) centre[j];
  hp_model_margin (import->model, house, 1, &average);
  hp_model_contributions (import->model, house, 1, phi, &base);
  for (guint j = 0; j < N_FEATURES; j++)
    g_assert_cmpfloat (phi[j], ==, 0);
  g_assert_cmpfloat_with_epsilon (base, average, 0.1);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;
  int status;

  g_test_init (&argc, &argv, NULL);
  text = import_golden ("xgb_expected.json", &length);
  expected = hp_json_parse (text, length, 1 << 20, "expected", &error);
  g_assert_no_error (error);
  read_rows ("rows", rows);
  read_rows ("gblinear_rows", full_rows);
  g_test_add_func ("/import/answers", test_answers);
  g_test_add_func ("/import/forms", test_forms);
  g_test_add_func ("/import/versions", test_versions);
  g_test_add_func ("/import/order", test_order);
  g_test_add_func ("/import/links", test_links);
  g_test_add_func ("/import/target", test_target);
  g_test_add_func ("/import/best-iteration", test_best_iteration);
  g_test_add_func ("/import/categories", test_categories);
  g_test_add_func ("/import/cover", test_cover);
  g_test_add_func ("/import/linear", test_linear);
  status = g_test_run ();
  json_node_unref (expected);
  return status;
}

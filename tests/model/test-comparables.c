/* test-comparables.c - similar training sales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-error.h"
#include "hp-valuation.h"
#include "small.h"

static const char sales[] = "row,line,price,area,rooms,place,state,built,zip,sold\n"
                            "1,2,100000,50,2,North End,fair,1950,1010,2010-01\n"
                            "2,3,110000,60,2,North End,fair,1960,1010,2010-02\n"
                            "4,5,150000.5,70,,Suburb,fair,1980,1020,2010-04\n"
                            "5,6,160000,80,3,Suburb,good,1990,1020,2010-05\n"
                            "7,8,250000,100,4,Île Sud,good,2005,1030,\n"
                            "8,9,260000,110,4,Île Sud,good,2006,1030,2010-07\n";

static HpCalibration *
make_calibration (void)
{
  const double predicted[] = { 100, 100, 100 }, price[] = { 101, 99, 102 };

  return hp_calibration_fit (HP_TARGET_LOG, predicted, price, 3);
}

/* By area at 65, 75 and 105, by place between Suburb and Île Sud: four trees */
static HpPredictor *
make_predictor (void)
{
  g_autoptr (GError) error = NULL;
  HpModel *model = hp_model_new_trees (HP_TARGET_LOG, 6, 12);
  HpNode nodes[] = { { 0, 1, 0, 0, 0, 9 }, { -0.1f, -1, 0, 0, 0, 4 }, { 0.1f, -1, 0, 0, 0, 5 } };
  const float thresholds[] = { 65, 75, 105 };
  HpPredictor *predictor;

  for (guint t = 0; t < 3; t++)
    {
      nodes[0].value = thresholds[t];
      hp_model_add_tree (model, nodes, 3);
    }
  nodes[0].feature = 1;
  nodes[0].value = 1.5f;
  hp_model_add_tree (model, nodes, 3);
  predictor = hp_predictor_new (small_fit (HP_ENCODING_ORDERED), model, make_calibration (), &error);
  g_assert_no_error (error);
  return predictor;
}

static void
test_trees (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpPredictor) predictor = make_predictor ();
  g_autoptr (HpHouse) house = small_house (hp_predictor_get_preprocessor (predictor));
  HpValuationOptions options = { .n_comparables = 4 };
  g_autoptr (HpValuation) valuation = NULL, all = NULL;
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autofree char *json = NULL;
  /* 80 m², Suburb. Row 5 is the same in all; 4 differs at 75; 7 in place; then come, equally far, 1, 2 and 8 */
  static const guint64 rows[] = { 5, 4, 7, 1 };
  static const double similarities[] = { 1, 0.75, 0.75, 0.5 };

  g_assert_true (hp_predictor_set_sales (predictor, sales, strlen (sales), &error));
  g_assert_no_error (error);
  valuation = hp_predictor_value (predictor, house, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (valuation->comparables->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      const HpComparable *comparable = g_ptr_array_index (valuation->comparables, i);

      g_assert_cmpuint (comparable->row, ==, rows[i]);
      g_assert_cmpfloat (comparable->similarity, ==, similarities[i]);
    }
  g_assert_cmpuint (valuation->warnings->len, ==, 0);

  hp_valuation_write_json (valuation, writer);
  json = hp_json_writer_steal (writer, NULL);
  g_assert_nonnull (strstr (json,
                            "\"comparables\":[{\"row\":5,\"similarity\":1,\"price\":160000,\"sale_date\":\"2010-05\","
                            "\"attributes\":{\"area\":80,\"rooms\":3,\"place\":\"Suburb\",\"state\":\"good\","
                            "\"built\":1990,\"zip\":\"1020\"}},"
                            "{\"row\":4,\"similarity\":0.75,\"price\":150000.5,\"sale_date\":\"2010-04\","
                            "\"attributes\":{\"area\":70,\"rooms\":null,"));
  g_assert_nonnull (strstr (json, "{\"row\":7,\"similarity\":0.75,\"price\":250000,\"attributes\":{"));

  options.n_comparables = 100;
  all = hp_predictor_value (predictor, house, &options, &error);
  g_assert_cmpuint (all->comparables->len, ==, 6);
}

static void
test_thin (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpPredictor) predictor = make_predictor ();
  g_autoptr (HpHouse) house = small_house (hp_predictor_get_preprocessor (predictor));
  g_autoptr (HpValuation) valuation = NULL;
  const HpValuationOptions asked = { .n_comparables = 1 };
  const HpWarning *warning;
  const char *end = strstr (sales, "7,8,");

  /* Without sales there is nothing to warn about. */
  valuation = hp_predictor_value (predictor, house, &asked, &error);
  g_assert_cmpuint (valuation->warnings->len, ==, 0);
  g_clear_pointer (&valuation, hp_valuation_free);

  /* Whoever does not ask for comparables gets the same answer with and without sales. */
  g_assert_true (hp_predictor_set_sales (predictor, sales, end - sales, &error));
  valuation = hp_predictor_value (predictor, house, NULL, &error);
  g_assert_cmpuint (valuation->comparables->len, ==, 0);
  g_assert_cmpuint (valuation->warnings->len, ==, 0);
  g_clear_pointer (&valuation, hp_valuation_free);

  valuation = hp_predictor_value (predictor, house, &asked, &error);
  g_assert_cmpuint (valuation->comparables->len, ==, 1);
  g_assert_cmpuint (valuation->warnings->len, ==, 1);
  warning = g_ptr_array_index (valuation->warnings, 0);
  g_assert_cmpstr (warning->code, ==, "thin_support");
  g_assert_cmpstr (warning->message, ==, "only 4 of 4 training sales resemble this house");
}

/* Five sales of similarity 0.25 are support enough, five of 0 none. */
static void
test_threshold (void)
{
  static const char five[] = "row,price,area,rooms,place,state,built,zip\n"
                             "1,100000,50,2,North End,fair,1950,1010\n2,100000,50,2,North End,fair,1950,1010\n"
                             "3,100000,50,2,North End,fair,1950,1010\n4,100000,50,2,North End,fair,1950,1010\n"
                             "5,100000,50,2,North End,fair,1950,1010\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (HpPredictor) predictor = make_predictor ();
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (predictor);
  g_autoptr (HpHouse) house = small_house (pre);
  g_autoptr (HpValuation) supported = NULL, alone = NULL;
  const HpValuationOptions asked = { .n_comparables = 1 };

  g_assert_true (hp_predictor_set_sales (predictor, five, strlen (five), &error));
  small_set (house, pre, AREA, "120");
  supported = hp_predictor_value (predictor, house, &asked, &error);
  g_assert_cmpuint (supported->warnings->len, ==, 0);
  small_set (house, pre, PLACE, "Île Sud");
  alone = hp_predictor_value (predictor, house, &asked, &error);
  g_assert_cmpuint (alone->warnings->len, ==, 1);
  g_assert_cmpstr (((HpWarning *) g_ptr_array_index (alone->warnings, 0))->message, ==,
                   "only 0 of 5 training sales resemble this house");
}

/* Linear: exp (-d²/p) in scaled features */
static void
test_linear (void)
{
  g_autoptr (GError) error = NULL;
  HpPreprocessor *pre = small_fit (HP_ENCODING_ONE_HOT);
  guint n_features = hp_preprocessor_get_n_features (pre);
  g_autofree double *coefficients = g_new0 (double, n_features);
  g_autoptr (HpPredictor) predictor
    = hp_predictor_new (pre, hp_model_new_linear (HP_TARGET_LOG, n_features, 12, coefficients), make_calibration (),
                        &error);
  g_autoptr (HpHouse) house = small_house (pre), sale = hp_house_new (pre);
  g_autofree float *a = g_new (float, n_features), *b = g_new (float, n_features);
  HpValuationOptions options = { .n_comparables = 6 };
  g_autoptr (HpValuation) valuation = NULL;
  const HpComparable *last;
  double squares = 0;

  g_assert_true (hp_predictor_set_sales (predictor, sales, strlen (sales), &error));
  small_set (house, pre, SOLD, "2010-05");
  valuation = hp_predictor_value (predictor, house, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (((HpComparable *) g_ptr_array_index (valuation->comparables, 0))->row, ==, 5);
  g_assert_cmpfloat (((HpComparable *) g_ptr_array_index (valuation->comparables, 0))->similarity, ==, 1);

  /* The farthest is row 1. */
  last = g_ptr_array_index (valuation->comparables, 5);
  g_assert_cmpuint (last->row, ==, 1);
  small_set (sale, pre, AREA, "50");
  small_set (sale, pre, ROOMS, "2");
  small_set (sale, pre, PLACE, "North End");
  small_set (sale, pre, STATE, "fair");
  small_set (sale, pre, BUILT, "1950");
  small_set (sale, pre, ZIP, "1010");
  small_set (sale, pre, SOLD, "2010-01");
  hp_preprocessor_transform (pre, house, 0, a);
  hp_preprocessor_transform (pre, sale, 0, b);
  for (guint j = 0; j < n_features; j++)
    squares += ((double) a[j] - b[j]) * ((double) a[j] - b[j]);
  g_assert_cmpfloat_with_epsilon (last->similarity, exp (-squares / n_features), 6e-5);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *csv, *message;
  } cases[] = {
    { "", "sales.csv" },
    { "price,area\n1,2\n", "need the columns row and price" },
    { "row,area\n1,2\n", "need the columns row and price" },
    { "row,price\n1,0\n", "sales.csv:2:" },
    { "row,price\n1,5\n1.5,3\n", "sales.csv:3:" },
    { "row,price\nx,3\n", "sales.csv:2:" },
    { "row,price\n1,3,4\n", "sales.csv:2:" },
  };
  g_autoptr (HpPredictor) predictor = make_predictor ();
  g_autoptr (HpHouse) house = small_house (hp_predictor_get_preprocessor (predictor));
  HpValuationOptions options = { .n_comparables = 6 };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = NULL;

  g_assert_true (hp_predictor_set_sales (predictor, sales, strlen (sales), &error));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_false (hp_predictor_set_sales (predictor, cases[i].csv, strlen (cases[i].csv), &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      if (strstr (error->message, cases[i].message) == NULL)
        g_error ("case %u: \"%s\" instead of \"%s\"", i, error->message, cases[i].message);
      g_clear_error (&error);
    }
  /* The sales it had are still there. */
  valuation = hp_predictor_value (predictor, house, &options, &error);
  g_assert_cmpuint (valuation->comparables->len, ==, 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparables/trees", test_trees);
  g_test_add_func ("/comparables/thin", test_thin);
  g_test_add_func ("/comparables/threshold", test_threshold);
  g_test_add_func ("/comparables/linear", test_linear);
  g_test_add_func ("/comparables/refused", test_refused);
  return g_test_run ();
}

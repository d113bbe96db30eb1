/* test-width.c - calibrations with a width for each house: their JSON, and who may use them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-error.h"
#include "hp-valuation.h"
#include "market.h"
#include "small.h"

#define LEAF(value) "{\"feature\":[0],\"value\":[" value "],\"left\":[-1],\"default_left\":[0],\"count\":[1]}"
#define HEAD        "\"n\":2,\"residuals\":[-0.5,0.4]"
#define CALIBRATION(width)                                                                                             \
  "{\"format\":2,\"kind\":\"normalised_conformal\",\"target\":\"log\"," HEAD ",\"width\":" width "}"
#define WIDTH(columns, model) "{\"n_features\":6,\"columns\":" columns ",\"model\":" model "}"
#define TREES(features, base, trees)                                                                                   \
  "{\"format\":1,\"kind\":\"trees\",\"target\":\"log\",\"n_features\":" features ",\"base\":" base                     \
  ",\"trees\":[" trees "]}"
/* Column 0 at 65: below it half as wide, above it twice */
#define STUMP                                                                                                          \
  "{\"feature\":[0,0,0],\"value\":[65,-0.6931472,0.6931472],\"left\":[1,-1,-1],\"default_left\":[1,0,0],"              \
  "\"count\":[9,4,5]}"

static HpCalibration *
read_calibration (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = hp_json_parse (text, strlen (text), 1 << 20, "text", error);

  g_assert_nonnull (node);
  return hp_calibration_from_json (json_node_get_object (node), error);
}

static void
test_json (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Market) market = market_new (2500, 5, 3);
  g_autoptr (HpCalibration) calibration = market_calibrate (market, HP_TARGET_LOG), again = NULL;
  g_autofree char *text = calibration_text (calibration), *again_text = NULL;
  g_autofree double *sigma = g_new (double, market->n), *again_sigma = g_new (double, market->n);

  g_assert_nonnull (strstr (text, "{\"format\":2,\"kind\":\"normalised_conformal\",\"target\":\"log\",\"n\":2500,"));
  again = read_calibration (text, &error);
  g_assert_no_error (error);
  again_text = calibration_text (again);
  g_assert_cmpstr (text, ==, again_text);
  hp_calibration_sigmas (calibration, market->features, market->predicted, market->n, sigma);
  hp_calibration_sigmas (again, market->features, market->predicted, market->n, again_sigma);
  g_assert_cmpmem (sigma, market->n * sizeof *sigma, again_sigma, market->n * sizeof *again_sigma);
}

/* Sigmas by hand; never more than four times the typical */
static void
test_sigmas (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpCalibration) stump = read_calibration (CALIBRATION (WIDTH ("[0]", TREES ("1", "0", STUMP))), &error);
  g_autoptr (HpCalibration) price = read_calibration (CALIBRATION (WIDTH ("[6]", TREES ("1", "0", STUMP))), &error);
  g_autoptr (HpCalibration) steep = read_calibration (CALIBRATION (WIDTH ("[]", TREES ("0", "1", LEAF ("9")))), &error);
  const float features[] = { 64, 0, 0, 0, 0, 0, 65, 0, 0, 0, 0, 0, NAN, 0, 0, 0, 0, 0 };
  const double prices[] = { 70, 60, 65 };
  double sigma[3];

  g_assert_no_error (error);
  hp_calibration_sigmas (stump, features, prices, 3, sigma);
  g_assert_cmpfloat_with_epsilon (sigma[0], 0.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (sigma[1], 2, 1e-6);
  g_assert_cmpfloat_with_epsilon (sigma[2], 0.5, 1e-6);
  hp_calibration_sigmas (price, features, prices, 3, sigma);
  g_assert_cmpfloat_with_epsilon (sigma[0], 2, 1e-6);
  g_assert_cmpfloat_with_epsilon (sigma[1], 0.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (sigma[2], 2, 1e-6);
  hp_calibration_sigmas (steep, features, prices, 3, sigma);
  g_assert_cmpfloat_with_epsilon (sigma[0], 4 * exp (1), 1e-6);
}

/* A predictor gives each house its own interval, the same on all ways */
static void
test_predictor (void)
{
  g_autoptr (GError) error = NULL;
  HpPreprocessor *pre = small_fit (HP_ENCODING_ORDERED);
  g_autoptr (HpPredictor) predictor
    = hp_predictor_new (pre, hp_model_new_trees (HP_TARGET_LOG, 6, 12),
                        read_calibration (CALIBRATION (WIDTH ("[0]", TREES ("1", "0", STUMP))), &error), &error);
  g_autoptr (HpHouse) house = NULL;
  HpValuationOptions options = { .level = 0.3 };
  static const char *const areas[] = { "60", "80" };
  static const double sigmas[] = { 0.5, 2 };

  g_assert_no_error (error);
  house = small_house (pre);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (HpValuation) valuation = NULL;
      float features[6];
      double price, low, high;

      small_set (house, pre, AREA, areas[i]);
      valuation = hp_predictor_value (predictor, house, &options, &error);
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (valuation->low, exp (12 - 0.4 * sigmas[i]), 0.1);
      g_assert_cmpfloat_with_epsilon (valuation->high, exp (12 + 0.4 * sigmas[i]), 0.1);
      g_assert_cmpfloat_with_epsilon (valuation->fsd, sinh (0.5 * sigmas[i]), 1e-5);
      hp_preprocessor_transform (pre, house, 0, features);
      hp_predictor_prices (predictor, features, 1, 0.3, &price, &low, &high);
      g_assert_cmpfloat (price, ==, valuation->predicted_price);
      g_assert_cmpfloat (low, ==, valuation->low);
      g_assert_cmpfloat (high, ==, valuation->high);
    }
}

static void
test_mismatch (void)
{
  g_autoptr (GError) error = NULL;
  HpCalibration *calibration
    = read_calibration ("{\"format\":2,\"kind\":\"normalised_conformal\",\"target\":\"log\"," HEAD
                        ",\"width\":{\"n_features\":5,\"columns\":[],\"model\":" TREES ("0", "0", "") "}}",
                        &error);

  g_assert_no_error (error);
  g_assert_null (
    hp_predictor_new (small_fit (HP_ENCODING_ORDERED), hp_model_new_trees (HP_TARGET_LOG, 6, 12), calibration, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_DAMAGED);
  g_assert_cmpstr (error->message, ==, "the model has 6 features, but the calibration is for 5");
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text, *message;
  } cases[] = {
    { "{\"format\":2,\"kind\":\"split_conformal\",\"target\":\"log\"," HEAD "}", "newer version" },
    { "{\"format\":3,\"kind\":\"normalised_conformal\",\"target\":\"log\"," HEAD "}", "newer version" },
    { "{\"format\":1,\"kind\":\"normalised_conformal\",\"target\":\"log\"," HEAD "}", "newer version" },
    { "{\"format\":2,\"kind\":\"normalised_conformal\",\"target\":\"log\"," HEAD "}", "width" },
    { CALIBRATION ("7"), "width" },
    { CALIBRATION ("{}"), "n_features" },
    { CALIBRATION ("{\"n_features\":-1,\"columns\":[]}"), "n_features" },
    { CALIBRATION ("{\"n_features\":4097,\"columns\":[]}"), "n_features" },
    { CALIBRATION ("{\"n_features\":6}"), "columns" },
    { CALIBRATION (WIDTH ("[1,0]", TREES ("2", "0", ""))), "ascending" },
    { CALIBRATION (WIDTH ("[1,1]", TREES ("2", "0", ""))), "ascending" },
    { CALIBRATION (WIDTH ("[7]", TREES ("1", "0", ""))), "ascending" },
    { CALIBRATION (WIDTH ("[-1]", TREES ("1", "0", ""))), "ascending" },
    { CALIBRATION (WIDTH ("[0.5]", TREES ("1", "0", ""))), "ascending" },
    { CALIBRATION (WIDTH ("[[]]", TREES ("1", "0", ""))), "ascending" },
    { CALIBRATION (WIDTH ("[null]", TREES ("1", "0", ""))), "ascending" },
    { CALIBRATION ("{\"n_features\":6,\"columns\":[0]}"), "model" },
    { CALIBRATION (WIDTH ("[0]", "[]")), "model" },
    { CALIBRATION (WIDTH ("[0]", "{}")), "not complete" },
    { CALIBRATION (WIDTH ("[0]", TREES ("2", "0", STUMP))), "not a small ensemble" },
    { CALIBRATION (WIDTH ("[]", TREES ("0", "0", STUMP))), "no such feature" },
    { CALIBRATION (WIDTH ("[]", TREES ("0", "11", ""))), "not a small ensemble" },
    { CALIBRATION (WIDTH ("[]", TREES ("0", "0", LEAF ("-10.5")))), "not a small ensemble" },
    { CALIBRATION (WIDTH ("[]", "{\"format\":1,\"kind\":\"linear\",\"target\":\"log\",\"n_features\":0,"
                                "\"intercept\":0,\"coefficients\":[]}")),
      "not a small ensemble" },
    { CALIBRATION (WIDTH ("[]", "{\"format\":1,\"kind\":\"trees\",\"target\":\"plain\",\"n_features\":0,\"base\":0,"
                                "\"trees\":[]}")),
      "not a small ensemble" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_null (read_calibration (cases[i].text, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

/* One tree or column more than there may be */
static void
test_too_many (void)
{
  g_autoptr (GString) trees = g_string_new (LEAF ("0")), columns = g_string_new ("[0");
  g_autofree char *many_trees = NULL, *many_columns = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (trees, "," LEAF ("0"));
  many_trees = g_strdup_printf (CALIBRATION (WIDTH ("[]", TREES ("0", "0", "%s"))), trees->str);
  g_assert_null (read_calibration (many_trees, &error));
  g_assert_nonnull (strstr (error->message, "not a small ensemble"));
  g_clear_error (&error);

  for (guint i = 1; i <= 256; i++)
    g_string_append_printf (columns, ",%u", i);
  many_columns
    = g_strdup_printf ("{\"format\":2,\"kind\":\"normalised_conformal\",\"target\":\"log\"," HEAD
                       ",\"width\":{\"n_features\":300,\"columns\":%s],\"model\":" TREES ("257", "0", "") "}}",
                       columns->str);
  g_assert_null (read_calibration (many_columns, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "ascending"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/width/json", test_json);
  g_test_add_func ("/width/sigmas", test_sigmas);
  g_test_add_func ("/width/predictor", test_predictor);
  g_test_add_func ("/width/mismatch", test_mismatch);
  g_test_add_func ("/width/refused", test_refused);
  g_test_add_func ("/width/too-many", test_too_many);
  return g_test_run ();
}

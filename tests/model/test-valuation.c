/* test-valuation.c - prices, intervals, reasons and warnings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-error.h"
#include "hp-random.h"
#include "small-predictor.h"

static char *
to_json (const HpValuation *valuation)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_valuation_write_json (valuation, writer);
  return hp_json_writer_steal (writer, NULL);
}

static void
check_sum (const HpValuation *valuation)
{
  gint64 cents = llround (valuation->base_price * 100);

  for (guint i = 0; i < valuation->contributions->len; i++)
    {
      const HpContribution *contribution = g_ptr_array_index (valuation->contributions, i);
      const HpContribution *before = i > 0 ? g_ptr_array_index (valuation->contributions, i - 1) : NULL;

      g_assert_cmpfloat (contribution->amount, ==, hp_price_round (contribution->amount));
      cents += llround (contribution->amount * 100);
      if (before != NULL)
        g_assert_cmpfloat (fabs (before->amount), >=, fabs (contribution->amount));
    }
  g_assert_cmpint (cents, ==, llround (valuation->predicted_price * 100));
}

static void
test_value (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpPredictor) predictor = small_predictor (HP_TARGET_LOG, 12, 1);
  g_autoptr (HpHouse) house = small_house (hp_predictor_get_preprocessor (predictor));
  HpValuationOptions options = { .explain = TRUE, .level = 0.5 };
  g_autoptr (HpValuation) valuation = hp_predictor_value (predictor, house, &options, &error);
  /* ln p = 12.2, ln b = 12 + 0.3 / 9 */
  double price = exp ((double) (12.0f + 0.3f + -0.1f)), base = exp (12 + 0.3 / 9);
  double mean = (price - base) / log (price / base);
  const HpContribution *first, *second;

  g_assert_no_error (error);
  g_assert_cmpfloat (valuation->predicted_price, ==, hp_price_round (price));
  g_assert_cmpfloat (valuation->level, ==, 0.5);
  /* the ceil (20 × 0.5) = 10th score is 0.2 */
  g_assert_cmpfloat_with_epsilon (valuation->low, price * exp (-0.2), 0.006);
  g_assert_cmpfloat_with_epsilon (valuation->high, price * exp (0.2), 0.006);
  g_assert_cmpfloat (valuation->low, ==, hp_price_round (valuation->low));
  g_assert_cmpfloat_with_epsilon (valuation->fsd, sinh (0.28), 1e-9);
  g_assert_cmpfloat_with_epsilon (valuation->within_10_percent, 5.0 / 19, 1e-9);
  g_assert_cmpfloat_with_epsilon (valuation->base_price, base, 0.02);
  g_assert_cmpuint (valuation->contributions->len, ==, 6);
  first = g_ptr_array_index (valuation->contributions, 0);
  second = g_ptr_array_index (valuation->contributions, 1);
  g_assert_cmpstr (first->feature, ==, "area");
  g_assert_true (first->is_number);
  g_assert_cmpfloat (first->number, ==, 80);
  g_assert_cmpstr (first->value, ==, "80");
  g_assert_cmpfloat_with_epsilon (first->amount, (0.3 - 0.3 / 9) * mean, 0.3);
  g_assert_cmpstr (second->feature, ==, "place");
  g_assert_false (second->is_number);
  g_assert_cmpstr (second->value, ==, "Suburb");
  g_assert_cmpfloat_with_epsilon (second->amount, -0.1 * mean, 0.3);
  check_sum (valuation);
  /* What the model doesn't look at gets no cent of what rounding leaves. */
  for (guint i = 2; i < 6; i++)
    g_assert_cmpfloat (((HpContribution *) g_ptr_array_index (valuation->contributions, i))->amount, ==, 0);
  g_assert_cmpuint (valuation->warnings->len, ==, 0);
  g_assert_cmpuint (valuation->comparables->len, ==, 0);
}

static void
test_json (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpPredictor) predictor = small_predictor (HP_TARGET_PLAIN, 200000, 100000);
  g_autoptr (HpHouse) house = small_house (hp_predictor_get_preprocessor (predictor));
  HpValuationOptions options = { .explain = TRUE };
  g_autoptr (HpValuation) valuation = NULL;
  g_autoptr (HpValuation) bare = NULL;
  g_autofree char *json = NULL, *bare_json = NULL;

  small_set (house, hp_predictor_get_preprocessor (predictor), AREA, "130");
  valuation = hp_predictor_value (predictor, house, &options, &error);
  g_assert_no_error (error);
  valuation->model = g_strdup ("house-price");
  valuation->version = g_strdup ("2");
  json = to_json (valuation);
  g_assert_cmpstr (
    json, ==,
    "{\"model\":\"house-price\",\"version\":\"2\",\"source\":\"local\",\"currency\":\"EUR\","
    "\"predicted_price\":220000,\"interval\":{\"level\":0.9,\"low\":140800,\"high\":299200},"
    "\"confidence\":{\"fsd\":0.28,\"within_10_percent\":0.2631578947368421},"
    "\"base_price\":203333.33,\"contributions\":["
    "{\"feature\":\"area\",\"value\":130,\"amount\":26666.67},"
    "{\"feature\":\"place\",\"value\":\"Suburb\",\"amount\":-10000},"
    "{\"feature\":\"state\",\"value\":\"good\",\"amount\":0},"
    "{\"feature\":\"age\",\"value\":20,\"amount\":0},"
    "{\"feature\":\"density\",\"value\":43.333333333333336,\"amount\":0},"
    "{\"feature\":\"zip\",\"value\":\"1020\",\"amount\":0}],\"comparables\":[],"
    "\"warnings\":[{\"code\":\"out_of_range\",\"field\":\"area\",\"message\":\"Area: 130 m² is outside what "
    "training saw (50 to 120), so the price is extrapolated\"}]}");

  small_set (house, hp_predictor_get_preprocessor (predictor), AREA, "80");
  bare = hp_predictor_value (predictor, house, NULL, &error);
  bare_json = to_json (bare);
  g_assert_cmpstr (
    bare_json, ==,
    "{\"model\":null,\"version\":null,\"source\":\"local\",\"currency\":\"EUR\",\"predicted_price\":220000,"
    "\"interval\":{\"level\":0.9,\"low\":140800,\"high\":299200},"
    "\"confidence\":{\"fsd\":0.28,\"within_10_percent\":0.2631578947368421},"
    "\"comparables\":[],\"warnings\":[]}");
}

static const HpWarning *
find_warning (const HpValuation *valuation, const char *code, const char *field)
{
  for (guint i = 0; i < valuation->warnings->len; i++)
    {
      const HpWarning *warning = g_ptr_array_index (valuation->warnings, i);

      if (strcmp (warning->code, code) == 0 && g_strcmp0 (warning->field, field) == 0)
        return warning;
    }
  return NULL;
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpPredictor) predictor = small_predictor (HP_TARGET_LOG, 12, 1);
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (predictor);
  g_autoptr (HpHouse) house = small_house (pre);
  HpValuationOptions options = { .impute = TRUE, .explain = TRUE };
  g_autoptr (HpValuation) valuation = NULL;
  const HpWarning *warning;

  small_set (house, pre, ROOMS, "");
  small_set (house, pre, PLACE, "NA");
  g_assert_null (hp_predictor_value (predictor, house, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_ATTRIBUTE);
  g_assert_cmpstr (hp_error_get_field (error), ==, "rooms");
  g_assert_nonnull (strstr (error->message, "missing: rooms, place;"));
  g_clear_error (&error);

  valuation = hp_predictor_value (predictor, house, &options, &error);
  g_assert_no_error (error);
  warning = find_warning (valuation, "imputed", "place");
  g_assert_nonnull (warning);
  g_assert_cmpstr (warning->message, ==, "Place was not given; North End, typical of training, is assumed");
  g_assert_nonnull (find_warning (valuation, "imputed", "rooms"));
  g_assert_cmpuint (valuation->warnings->len, ==, 2);
  /* The stump by place would send NaN left, as it does North End; the house itself is as it was. */
  g_assert_cmpstr (((HpContribution *) g_ptr_array_index (valuation->contributions, 1))->value, ==, "North End");
  g_assert_true (isnan (house->raw[PLACE]));
}

static void
test_warnings (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpPredictor) predictor = small_predictor (HP_TARGET_LOG, 12, 1);
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (predictor);
  g_autoptr (HpHouse) house = small_house (pre);
  HpValuationOptions options = { .level = 0.95, .explain = TRUE };
  g_autoptr (HpValuation) valuation = NULL, fresh = NULL, early = NULL, later = NULL;
  const HpWarning *warning;

  small_set (house, pre, PLACE, "Suburban");
  small_set (house, pre, STATE, "superb");
  small_set (house, pre, BUILT, "2011");
  small_set (house, pre, ZIP, "1021");
  valuation = hp_predictor_value (predictor, house, &options, &error);
  g_assert_no_error (error);
  warning = find_warning (valuation, "unseen_category", "place");
  g_assert_cmpstr (
    warning->message, ==,
    "Place: this model has not seen \"Suburban\" and takes it for an average one; did you mean \"Suburb\"?");
  g_assert_nonnull (find_warning (valuation, "unseen_category", "zip"));
  warning = find_warning (valuation, "out_of_range", "state");
  g_assert_cmpstr (warning->message, ==,
                   "State: superb is outside what training saw (fair to good), so the price is extrapolated");
  warning = find_warning (valuation, "out_of_range", "built");
  g_assert_cmpstr (warning->message, ==,
                   "Built: 2011 is after the date of the valuation, 2010-07; the house is taken for new");
  /* 0.38 on either side: e^0.38 - e^-0.38 = 0.78; at 0.95 the 19th of 19 */
  g_assert_null (find_warning (valuation, "wide_interval", NULL));
  g_assert_null (find_warning (valuation, "stale_model", NULL));
  warning = find_warning (valuation, "no_value", NULL);
  g_assert_cmpstr (
    warning->message, ==,
    "no value: training says nothing of such a house (Place, Zip), so the price is a guess of the model's, "
    "not a valuation");
  g_assert_cmpuint (valuation->warnings->len, ==, 5);
  check_sum (valuation);
  for (guint i = 0; i < valuation->contributions->len; i++)
    {
      const HpContribution *contribution = g_ptr_array_index (valuation->contributions, i);

      if (strcmp (contribution->feature, "place") == 0)
        g_assert_cmpstr (contribution->value, ==, "Suburban");
      if (strcmp (contribution->feature, "age") == 0)
        g_assert_cmpfloat (contribution->number, ==, 0);
    }

  /* Dates: the newest sale is of 2010-07. Twenty-four months later is still fine. */
  g_clear_pointer (&house, hp_house_free);
  house = small_house (pre);
  options.as_of = 20120700;
  fresh = hp_predictor_value (predictor, house, &options, &error);
  g_assert_cmpuint (fresh->warnings->len, ==, 0);
  options.as_of = 20120800;
  later = hp_predictor_value (predictor, house, &options, &error);
  warning = find_warning (later, "stale_model", NULL);
  g_assert_cmpstr (warning->message, ==,
                   "the newest sale that this model knows is of 2010-07, 25 months before the valuation; retrain it");
  options.as_of = 0;
  small_set (house, pre, SOLD, "2009-01");
  early = hp_predictor_value (predictor, house, &options, &error);
  g_assert_nonnull (find_warning (early, "out_of_range", "sold"));
}

static void
test_wide (void)
{
  g_autoptr (GError) error = NULL;
  const double predicted[] = { 100, 100 }, price[] = { 150, 66 };
  HpModel *model = hp_model_new_trees (HP_TARGET_LOG, 6, 12);
  g_autoptr (HpPredictor) predictor
    = hp_predictor_new (small_fit (HP_ENCODING_ORDERED), model, hp_calibration_fit (HP_TARGET_LOG, predicted, price, 2),
                        &error);
  g_autoptr (HpHouse) house = small_house (hp_predictor_get_preprocessor (predictor));
  g_autoptr (HpValuation) valuation = NULL;
  HpValuationOptions options = { .explain = TRUE };

  valuation = hp_predictor_value (predictor, house, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (find_warning (valuation, "wide_interval", NULL)->message, ==,
                   "the interval is 86 % as wide as the price: too wide to rely on");
  /* A model without trees has nothing to explain. */
  g_assert_cmpfloat (valuation->base_price, ==, valuation->predicted_price);
  check_sum (valuation);
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpPredictor) predictor = small_predictor (HP_TARGET_PLAIN, -5, 1);
  g_autoptr (HpHouse) house = small_house (hp_predictor_get_preprocessor (predictor));
  HpValuationOptions options = { .level = 1 };
  const float features[] = { 80, 1, 1, 1, 1, 1 };
  const double coefficients[] = { 1, 2, 3, 4, 5, 6 };
  double price, low, high;

  g_assert_null (hp_predictor_value (predictor, house, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "no sensible price"));
  g_clear_error (&error);
  hp_predictor_prices (predictor, features, 1, 0.9, &price, &low, &high);
  g_assert_true (isnan (price) && isnan (low) && isnan (high));

  g_assert_null (hp_predictor_value (predictor, house, &options, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_USAGE);
  g_clear_error (&error);

  g_assert_null (hp_predictor_new (small_fit (HP_ENCODING_ORDERED), hp_model_new_trees (HP_TARGET_LOG, 5, 1),
                                   small_calibration (HP_TARGET_LOG), &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (hp_predictor_new (small_fit (HP_ENCODING_ORDERED),
                                   hp_model_new_linear (HP_TARGET_LOG, 6, 1, coefficients),
                                   small_calibration (HP_TARGET_LOG), &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_DAMAGED);
}

/* Random models and houses: whatever the amounts, they add up to the cent, and the fast prices are the same. */
static void
test_adds_up (void)
{
  HpRandom random;

  hp_random_init (&random, 21, 0);
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GError) error = NULL;
      gboolean linear = round % 3 == 0;
      HpTarget target = round % 2 ? HP_TARGET_LOG : HP_TARGET_PLAIN;
      HpPreprocessor *pre = small_fit (linear ? HP_ENCODING_ONE_HOT : HP_ENCODING_ORDERED);
      guint n_features = hp_preprocessor_get_n_features (pre);
      double unit = target == HP_TARGET_LOG ? 0.05 : 5000, price, low, high;
      g_autofree double *coefficients = g_new (double, n_features);
      g_autofree float *features = g_new (float, n_features);
      HpModel *model;
      g_autoptr (HpPredictor) predictor = NULL;
      g_autoptr (HpHouse) house = small_house (pre);
      g_autoptr (HpValuation) valuation = NULL;
      HpValuationOptions options = { .explain = TRUE, .level = 0.8 };

      if (linear)
        {
          for (guint j = 0; j < n_features; j++)
            coefficients[j] = unit * hp_random_normal (&random);
          model = hp_model_new_linear (target, n_features, target == HP_TARGET_LOG ? 12 : 200000, coefficients);
        }
      else
        {
          model = hp_model_new_trees (target, n_features, target == HP_TARGET_LOG ? 12 : 200000);
          for (guint t = 0; t < hp_random_below (&random, 60); t++)
            {
              HpNode nodes[] = { { 0, 1, 0, 1, 0, 2 }, { 0, -1, 0, 0, 0, 1 }, { 0, -1, 0, 0, 0, 1 } };

              nodes[0].feature = hp_random_below (&random, n_features);
              nodes[0].value = 100 * hp_random_double (&random);
              for (guint i = 1; i < 3; i++)
                {
                  nodes[i].value = unit * hp_random_normal (&random);
                  nodes[i].count = 1 + hp_random_below (&random, 50);
                }
              hp_model_add_tree (model, nodes, 3);
            }
        }
      predictor = hp_predictor_new (pre, model, small_calibration (target), &error);
      g_assert_no_error (error);
      valuation = hp_predictor_value (predictor, house, &options, &error);
      g_assert_no_error (error);
      check_sum (valuation);
      g_assert_cmpuint (valuation->contributions->len, ==, 6);
      g_assert_cmpfloat (valuation->low, <=, valuation->predicted_price);
      g_assert_cmpfloat (valuation->high, >=, valuation->predicted_price);
      hp_preprocessor_transform (pre, house, 0, features);
      hp_predictor_prices (predictor, features, 1, 0.8, &price, &low, &high);
      g_assert_cmpfloat (price, ==, valuation->predicted_price);
      g_assert_cmpfloat (low, ==, valuation->low);
      g_assert_cmpfloat (high, ==, valuation->high);
      hp_predictor_prices (predictor, features, 1, 0.8, &price, NULL, NULL);
      g_assert_cmpfloat (price, ==, valuation->predicted_price);
    }
}

/* A model that came without sales has prices and no intervals: it says so, and is read back so. */
static void
test_no_interval (void)
{
  g_autoptr (GError) error = NULL;
  HpModel *model = hp_model_new_trees (HP_TARGET_EXP, 6, 12);
  g_autoptr (HpPredictor) predictor = hp_predictor_new (small_fit (HP_ENCODING_CODED), model, NULL, &error);
  g_autoptr (HpPredictor) calibrated
    = hp_predictor_new (small_fit (HP_ENCODING_CODED), hp_model_ref (model), small_calibration (HP_TARGET_EXP), &error);
  g_autoptr (HpHouse) house = NULL;
  HpValuationOptions options = { .explain = TRUE };
  g_autoptr (HpValuation) valuation = NULL, again = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL, *again_json = NULL;
  float features[6] = { 0 };
  double price, low, high;
  HpQuote quote;

  g_assert_no_error (error);
  house = small_house (hp_predictor_get_preprocessor (predictor));
  g_assert_null (hp_predictor_get_calibration (predictor));
  valuation = hp_predictor_value (predictor, house, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (valuation->predicted_price, ==, hp_price_round (expf (12)));
  g_assert_true (isnan (valuation->low) && isnan (valuation->high) && isnan (valuation->fsd)
                 && isnan (valuation->within_10_percent));
  g_assert_nonnull (find_warning (valuation, "no_interval", NULL));
  g_assert_null (find_warning (valuation, "wide_interval", NULL));
  hp_predictor_prices (predictor, features, 1, 0.9, &price, &low, &high);
  g_assert_cmpfloat (price, ==, valuation->predicted_price);
  g_assert_true (isnan (low) && isnan (high));
  g_assert_false (hp_predictor_quote (predictor, house, 0.9, features, &quote));
  g_assert_true (hp_predictor_quote (calibrated, house, 0.9, features, &quote));
  g_assert_cmpfloat (quote.price, ==, valuation->predicted_price);

  valuation->model = g_strdup ("house-price");
  valuation->version = g_strdup ("1");
  json = to_json (valuation);
  g_assert_nonnull (strstr (json, "\"interval\":{\"level\":0.9,\"low\":null,\"high\":null},"
                                  "\"confidence\":{\"fsd\":null,\"within_10_percent\":null}"));
  root = hp_json_parse (json, strlen (json), 1 << 20, "valuation", &error);
  g_assert_no_error (error);
  again = hp_valuation_from_json (json_node_get_object (root), &error);
  g_assert_no_error (error);
  again_json = to_json (again);
  g_assert_cmpstr (again_json, ==, json);
  /* half an interval is none that makes sense */
  json_object_set_double_member (json_object_get_object_member (json_node_get_object (root), "interval"), "low", 1);
  g_assert_null (hp_valuation_from_json (json_node_get_object (root), &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/valuation/value", test_value);
  g_test_add_func ("/valuation/json", test_json);
  g_test_add_func ("/valuation/missing", test_missing);
  g_test_add_func ("/valuation/warnings", test_warnings);
  g_test_add_func ("/valuation/wide", test_wide);
  g_test_add_func ("/valuation/refused", test_refused);
  g_test_add_func ("/valuation/adds-up", test_adds_up);
  g_test_add_func ("/valuation/no-interval", test_no_interval);
  return g_test_run ();
}

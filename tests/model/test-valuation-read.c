/* test-valuation-read.c - valuations read back from JSON, and everything that is refused
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-error.h"
#include "small-predictor.h"

static const char sales[] = "row,price,area,rooms,place,state,built,sold,zip\n"
                            "1,100000,50,2,North End,fair,1950,2010-01,1010\n"
                            "2,170000,90,4,Suburb,good,2000,,1020\n"
                            "3,260000,110,4,Île Sud,,2006,2010-07,1030\n";

static char *
to_json (const HpValuation *valuation)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_valuation_write_json (valuation, writer);
  return hp_json_writer_steal (writer, NULL);
}

static HpValuation *
from_json (const char *text, GError **error)
{
  g_autoptr (GError) bad = NULL;
  g_autoptr (JsonNode) node = hp_json_parse (text, strlen (text), 64 << 20, "text", &bad);

  g_assert_no_error (bad);
  return hp_valuation_from_json (json_node_get_object (node), error);
}

static void
check_round_trip (const HpValuation *valuation)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = to_json (valuation), *again_text = NULL;
  g_autoptr (HpValuation) again = from_json (text, &error);

  g_assert_no_error (error);
  again_text = to_json (again);
  g_assert_cmpstr (text, ==, again_text);
  g_assert_cmpint (again->explained, ==, valuation->explained);
  g_assert_cmpfloat (again->predicted_price, ==, valuation->predicted_price);
  g_assert_cmpfloat (again->low, ==, valuation->low);
  g_assert_cmpfloat (again->high, ==, valuation->high);
  g_assert_cmpfloat (again->fsd, ==, valuation->fsd);
  g_assert_cmpfloat (again->within_10_percent, ==, valuation->within_10_percent);
  g_assert_cmpuint (again->comparables->len, ==, valuation->comparables->len);
  g_assert_cmpuint (again->warnings->len, ==, valuation->warnings->len);
  for (guint i = 0; valuation->explained && i < valuation->contributions->len; i++)
    {
      const HpContribution *one = valuation->contributions->pdata[i], *other = again->contributions->pdata[i];

      g_assert_cmpstr (one->feature, ==, other->feature);
      g_assert_cmpstr (one->value, ==, other->value);
      g_assert_cmpint (one->is_number, ==, other->is_number);
      g_assert_cmpfloat (one->amount, ==, other->amount);
      if (one->is_number)
        g_assert_cmpfloat (one->number, ==, other->number);
    }
}

/* Everything that a predictor says of a house, with and without reasons, comparables, warnings */
static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpPredictor) predictor = small_predictor (HP_TARGET_LOG, 12, 1);
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (predictor);
  g_autoptr (HpHouse) house = small_house (pre);
  guint n_warnings = 0;

  g_assert_true (hp_predictor_set_sales (predictor, sales, strlen (sales), &error));
  for (guint i = 0; i < 8; i++)
    {
      const HpValuationOptions options
        = { .level = 0.8, .explain = i & 1, .n_comparables = i & 2 ? 3 : 0, .impute = TRUE };
      g_autoptr (HpValuation) valuation = NULL;

      if (i == 4)
        {
          small_set (house, pre, AREA, "500");
          small_set (house, pre, PLACE, "Subburb\x1b");
          small_set (house, pre, STATE, "");
          small_set (house, pre, ROOMS, "");
        }
      valuation = hp_predictor_value (predictor, house, &options, &error);
      g_assert_no_error (error);
      valuation->model = g_strdup ("house-price");
      valuation->version = g_strdup ("3");
      check_round_trip (valuation);
      g_assert_cmpuint (valuation->comparables->len, ==, options.n_comparables);
      n_warnings += valuation->warnings->len;
    }
  g_assert_cmpuint (n_warnings, >, 8);
}

#define START "{\"model\":\"m\",\"version\":\"1\",\"source\":\"local\",\"currency\":\"EUR\","
#define PRICE START "\"predicted_price\":100,\"interval\":{\"level\":0.9,\"low\":90,\"high\":110}"
#define WHOLE PRICE ",\"confidence\":{\"fsd\":0.1,\"within_10_percent\":0.6}"

static void
test_values (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation
    = from_json (WHOLE ",\"base_price\":95.5,\"contributions\":["
                       "{\"feature\":\"a\",\"value\":3,\"amount\":4.5},"
                       "{\"feature\":\"b\",\"value\":\"x\",\"amount\":0},"
                       "{\"feature\":\"c\",\"value\":null,\"amount\":-1},"
                       "{\"feature\":\"d\",\"amount\":1},"
                       "{\"feature\":\"e\",\"value\":true,\"amount\":1}],"
                       "\"comparables\":[{\"row\":9223372036854775807,\"similarity\":1,\"price\":-5,"
                       "\"attributes\":{\"n\":1.5,\"t\":\"1.5\",\"z\":null}}],"
                       "\"warnings\":[{\"code\":\"x\",\"field\":\"\",\"message\":\"\"}],\"colour\":{}}",
                 &error);
  const HpContribution *contribution;
  const HpComparable *comparable;
  const HpWarning *warning;

  g_assert_no_error (error);
  g_assert_true (valuation->explained);
  g_assert_cmpfloat (valuation->base_price, ==, 95.5);
  contribution = valuation->contributions->pdata[0];
  g_assert_true (contribution->is_number);
  g_assert_cmpfloat (contribution->number, ==, 3);
  g_assert_cmpstr (contribution->value, ==, "3");
  contribution = valuation->contributions->pdata[1];
  g_assert_false (contribution->is_number);
  g_assert_true (isnan (contribution->number));
  for (guint i = 2; i < 5; i++)
    {
      contribution = valuation->contributions->pdata[i];
      g_assert_null (contribution->value);
      g_assert_false (contribution->is_number);
      g_assert_true (isnan (contribution->number));
    }
  comparable = valuation->comparables->pdata[0];
  g_assert_cmpuint (comparable->row, ==, G_MAXINT64);
  g_assert_null (comparable->sale_date);
  g_assert_cmpuint (comparable->names->len, ==, 3);
  g_assert_cmpstr (comparable->values->pdata[0], ==, "1.5");
  g_assert_true (g_array_index (comparable->numeric, gboolean, 0));
  g_assert_false (g_array_index (comparable->numeric, gboolean, 1));
  g_assert_null (comparable->values->pdata[2]);
  warning = valuation->warnings->pdata[0];
  g_assert_null (warning->field);
}

static void
test_least (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = from_json (WHOLE "}", &error);

  g_assert_no_error (error);
  g_assert_false (valuation->explained);
  g_assert_cmpuint (valuation->contributions->len, ==, 0);
  g_assert_cmpuint (valuation->comparables->len, ==, 0);
  g_assert_cmpuint (valuation->warnings->len, ==, 0);
}

static void
refuse (const char *text, const char *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = from_json (text, &error);

  g_assert_null (valuation);
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_cmpstr (hp_error_get_field (error), ==, field);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *text, *field;
  } refusals[] = {
    { "{}", "model" },
    { "{\"model\":null}", "model" },
    { "{\"model\":\"\"}", "model" },
    { "{\"model\":\"m\"}", "version" },
    { "{\"model\":\"m\",\"version\":3}", "version" },
    { "{\"model\":\"m\",\"version\":\"3\"}", "source" },
    { "{\"model\":\"m\",\"version\":\"3\",\"source\":\"\"}", "source" },
    { "{\"model\":\"m\",\"version\":\"3\",\"source\":\"s\",\"currency\":1}", "currency" },
    { START "\"x\":1}", "predicted_price" },
    { START "\"predicted_price\":\"100\"}", "predicted_price" },
    { START "\"predicted_price\":100}", "interval" },
    { START "\"predicted_price\":100,\"interval\":[90,110]}", "interval" },
    { START "\"predicted_price\":100,\"interval\":{\"low\":90,\"high\":110}}", "level" },
    { START "\"predicted_price\":100,\"interval\":{\"level\":0.9,\"high\":110}}", "low" },
    { START "\"predicted_price\":100,\"interval\":{\"level\":0.9,\"low\":90,\"high\":null}}", "high" },
    { PRICE "}", "confidence" },
    { PRICE ",\"confidence\":{}}", "fsd" },
    { PRICE ",\"confidence\":{\"fsd\":-0.1}}", "fsd" },
    { PRICE ",\"confidence\":{\"fsd\":0.1}}", "within_10_percent" },
    { PRICE ",\"confidence\":{\"fsd\":0.1,\"within_10_percent\":1.1}}", "within_10_percent" },
    { WHOLE ",\"base_price\":null}", "base_price" },
    { WHOLE ",\"contributions\":{}}", "contributions" },
    { WHOLE ",\"contributions\":[1]}", "contributions" },
    { WHOLE ",\"contributions\":[{}]}", "feature" },
    { WHOLE ",\"contributions\":[{\"feature\":\"\",\"amount\":1}]}", "feature" },
    { WHOLE ",\"contributions\":[{\"feature\":\"a\"}]}", "amount" },
    { WHOLE ",\"comparables\":null}", "comparables" },
    { WHOLE ",\"comparables\":[[]]}", "comparables" },
    { WHOLE ",\"comparables\":[{}]}", "row" },
    { WHOLE ",\"comparables\":[{\"row\":-1}]}", "row" },
    { WHOLE ",\"comparables\":[{\"row\":1}]}", "similarity" },
    { WHOLE ",\"comparables\":[{\"row\":1,\"similarity\":1.5}]}", "similarity" },
    { WHOLE ",\"comparables\":[{\"row\":1,\"similarity\":1}]}", "price" },
    { WHOLE ",\"comparables\":[{\"row\":1,\"similarity\":1,\"price\":1,\"sale_date\":2010}]}", "sale_date" },
    { WHOLE ",\"comparables\":[{\"row\":1,\"similarity\":1,\"price\":1}]}", "attributes" },
    { WHOLE ",\"comparables\":[{\"row\":1,\"similarity\":1,\"price\":1,\"attributes\":[]}]}", "attributes" },
    { WHOLE ",\"warnings\":7}", "warnings" },
    { WHOLE ",\"warnings\":[null]}", "warnings" },
    { WHOLE ",\"warnings\":[{}]}", "code" },
    { WHOLE ",\"warnings\":[{\"code\":\"\"}]}", "code" },
    { WHOLE ",\"warnings\":[{\"code\":\"x\",\"field\":1}]}", "field" },
    { WHOLE ",\"warnings\":[{\"code\":\"x\"}]}", "message" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    refuse (refusals[i].text, refusals[i].field);
}

static void
test_sense (void)
{
  static const struct
  {
    const char *price, *level, *low, *high;
  } nonsense[] = { { "0", "0.9", "0", "1" },      { "-5", "0.9", "-6", "-4" }, { "100", "0.9", "101", "110" },
                   { "100", "0.9", "90", "99" },  { "100", "0", "90", "110" }, { "100", "1", "90", "110" },
                   { "100", "-0.5", "90", "110" } };

  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autofree char *text
        = g_strdup_printf (START "\"predicted_price\":%s,\"interval\":{\"level\":%s,\"low\":%s,\"high\":%s},"
                                 "\"confidence\":{\"fsd\":0.1,\"within_10_percent\":0.6}}",
                           nonsense[i].price, nonsense[i].level, nonsense[i].low, nonsense[i].high);

      refuse (text, "predicted_price");
    }
}

static char *
repeat (guint n)
{
  GString *text = g_string_new (WHOLE ",\"warnings\":[");

  for (guint i = 0; i < n; i++)
    g_string_append (text, i > 0 ? ",{\"code\":\"x\",\"message\":\"m\"}" : "{\"code\":\"x\",\"message\":\"m\"}");
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static void
test_limits (void)
{
  g_autofree char *most = repeat (10000), *more = repeat (10001);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = from_json (most, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (valuation->warnings->len, ==, 10000);
  refuse (more, "warnings");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/valuation-read/round-trip", test_round_trip);
  g_test_add_func ("/valuation-read/values", test_values);
  g_test_add_func ("/valuation-read/least", test_least);
  g_test_add_func ("/valuation-read/refusals", test_refusals);
  g_test_add_func ("/valuation-read/sense", test_sense);
  g_test_add_func ("/valuation-read/limits", test_limits);

  return g_test_run ();
}

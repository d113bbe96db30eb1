/* test-server-values.c - what /predict and /v1/valuations answer is what the model says, bit for bit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "hp-house-reading.h"
#include "hp-number.h"
#include "hp-random.h"
#include "http-peer.h"

#define N_HOUSES 200

typedef struct
{
  ServerFixture server;
  HpServerModel *model; /* the champion, loaded by us */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  server_fixture_init (&fixture->server);
  server_fixture_start (&fixture->server);
  fixture->model = hp_server_model_load (fixture->server.registry, SERVER_FIXTURE_BOOSTED, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hp_server_model_unref (fixture->model);
  server_fixture_clear (&fixture->server);
}

/* A house of the model's own attributes, within and beyond what training saw, as JSON */
static char *
make_house (const HpServerModel *model, HpRandom *random, gboolean odd)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < model->description->attributes->len; i++)
    {
      const HpAttribute *attribute = hp_description_get_attribute (model->description, i);
      double share = hp_random_double (random) * (odd ? 1.3 : 1), value;
      char number[HP_NUMBER_BUFFER];

      if (attribute->is_effective_date && !odd)
        continue;
      g_string_append_printf (text, "%s\"%s\":", text->len > 1 ? "," : "", attribute->name);
      if (attribute->type == HP_COLUMN_CATEGORY)
        {
          guint n = hp_attribute_get_n_choices (attribute);
          guint choice = hp_random_below (random, odd ? n + 1 : n);

          g_string_append_printf (text, "\"%s\"", choice < n ? attribute->choices[choice] : "Nowhere");
          continue;
        }
      if (attribute->type == HP_COLUMN_DATE)
        {
          g_string_append_printf (text, "\"20%02u-06\"", hp_random_below (random, 20));
          continue;
        }
      value = attribute->seen_min + share * (attribute->seen_max - attribute->seen_min);
      hp_number_format (number, attribute->type == HP_COLUMN_INTEGER ? (double) (int) value : value);
      g_string_append (text, number);
    }
  return g_string_free (g_string_append_c (text, '}'), FALSE);
}

/* As hp_predictor_value() has it */
static HpValuation *
value_here (const HpServerModel *model, const char *house, const HpValuationOptions *options)
{
  g_autoptr (HpHouseReading) reading = hp_house_reading_new (model);
  g_autoptr (HpJsonReader) reader = hp_json_reader_new (house, strlen (house), NULL);
  g_autoptr (GError) error = NULL;
  HpValuation *valuation;

  g_assert_true (hp_house_reading_read (reading, reader, options->impute));
  g_assert_cmpuint (reading->problem.status, ==, 0);
  valuation = hp_predictor_value (model->predictor, reading->house, options, &error);
  g_assert_no_error (error);
  hp_house_reading_warn (reading, valuation);
  return valuation;
}

static void
assert_same_number (JsonNode *node, const char *path, double expected)
{
  double value = json_number (node, path);

  /* Bit for bit */
  g_assert_true (memcmp (&value, &expected, sizeof value) == 0);
}

static void
assert_same_warnings (JsonNode *node, const HpValuation *expected)
{
  JsonArray *warnings = json_node_get_array (json_at (node, "warnings"));

  g_assert_cmpuint (json_array_get_length (warnings), ==, expected->warnings->len);
  for (guint i = 0; i < expected->warnings->len; i++)
    {
      const HpWarning *warning = g_ptr_array_index (expected->warnings, i);
      JsonNode *element = json_array_get_element (warnings, i);

      g_assert_cmpstr (json_text (element, "code"), ==, warning->code);
      g_assert_cmpstr (json_text (element, "message"), ==, warning->message);
      if (warning->field != NULL)
        g_assert_cmpstr (json_text (element, "field"), ==, warning->field);
    }
}

static void
assert_same_prediction (JsonNode *node, const HpValuation *expected)
{
  assert_same_number (node, "predicted_price", expected->predicted_price);
  assert_same_number (node, "confidence_interval.0", expected->low);
  assert_same_number (node, "confidence_interval.1", expected->high);
  assert_same_number (node, "confidence.fsd", expected->fsd);
  assert_same_number (node, "confidence.within_10_percent", expected->within_10_percent);
  g_assert_cmpstr (json_text (node, "currency"), ==, expected->currency);
  assert_same_warnings (node, expected);
}

/* Most of these take the hot path: what comes out of it must be what hp_predictor_value() makes of the house */
static void
test_predict (Fixture *fixture, gconstpointer data)
{
  HpRandom random;
  guint n_quick = 0;

  hp_random_init (&random, 1, 1);
  for (guint i = 0; i < N_HOUSES; i++)
    {
      gboolean odd = i % 4 == 3;
      g_autofree char *house = make_house (fixture->model, &random, odd);
      g_autoptr (HttpAnswer) answer = http_post (&fixture->server, "/predict", house, 200);
      g_autoptr (HpValuation) expected = value_here (fixture->model, house, &(HpValuationOptions){ 0 });

      assert_same_prediction (answer->json, expected);
      n_quick += expected->warnings->len == 0;
    }
  g_assert_cmpuint (n_quick, >, N_HOUSES / 2);
  g_assert_cmpuint (n_quick, <, N_HOUSES);
}

static void
test_hot_path_is_taken (Fixture *fixture, gconstpointer data)
{
  const HpServerModel *model = fixture->model;
  g_autoptr (HpHouse) house = hp_house_new (model->pre);
  g_autofree guint8 *given = g_new (guint8, house->n + 1);
  g_autofree float *features = g_new (float, hp_preprocessor_get_n_features (model->pre) + 1);
  HpRandom random;

  hp_random_init (&random, 2, 1);
  for (guint i = 0; i < N_HOUSES; i++)
    {
      g_autofree char *text = make_house (model, &random, FALSE);
      g_autoptr (HpValuation) expected = value_here (model, text, &(HpValuationOptions){ .level = 0.8 });
      HpQuote quote;

      g_assert_true (hp_house_read_quickly (model, house, given, text, strlen (text)));
      g_assert_cmpint (hp_predictor_quote (model->predictor, house, 0.8, features, &quote), ==,
                       expected->warnings->len == 0);
      if (expected->warnings->len > 0)
        continue;
      g_assert_true (quote.price == expected->predicted_price && quote.low == expected->low
                     && quote.high == expected->high && quote.fsd == expected->fsd
                     && quote.within_10_percent == expected->within_10_percent);
    }
}

static void
test_members (Fixture *fixture, gconstpointer data)
{
  static const char *const members[] = { "predicted_price",
                                         "confidence_interval",
                                         "features_importance",
                                         "prediction_time",
                                         "valuation_id",
                                         "model",
                                         "version",
                                         "variant",
                                         "currency",
                                         "confidence",
                                         "warnings" };
  g_autoptr (HttpAnswer) answer = http_post (&fixture->server, "/predict", SERVER_FIXTURE_HOUSE, 200);
  g_autoptr (HttpAnswer) again = http_post (&fixture->server, "/predict", SERVER_FIXTURE_HOUSE, 200);
  g_autoptr (GList) names = json_object_get_members (json_node_get_object (answer->json));
  const char *id = json_text (answer->json, "valuation_id");
  guint i = 0;

  for (GList *name = names; name != NULL; name = name->next, i++)
    g_assert_cmpstr (name->data, ==, members[i]);
  g_assert_cmpuint (i, ==, G_N_ELEMENTS (members));
  g_assert_cmpuint (json_object_get_size (json_node_get_object (json_at (answer->json, "features_importance"))), ==, 0);
  g_assert_cmpstr (json_text (answer->json, "model"), ==, "house-price");
  g_assert_cmpstr (json_text (answer->json, "version"), ==, "1");
  g_assert_cmpstr (json_text (answer->json, "variant"), ==, "champion");
  g_assert_cmpuint (strlen (json_text (answer->json, "prediction_time")), ==, strlen ("2026-11-23T04:00:00Z"));
  g_assert_cmpuint (strlen (id), ==, 26);
  g_assert_cmpuint (strspn (id, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), ==, 26);
  g_assert_cmpstr (id, !=, json_text (again->json, "valuation_id"));
  /* A float stays one for those who read numbers by how they look */
  g_assert_nonnull (strstr (answer->body, "."));
}

static void
test_explain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HttpAnswer) answer
    = http_post (&fixture->server, "/predict?explain=true&level=0.5", SERVER_FIXTURE_HOUSE, 200);
  g_autoptr (HpValuation) expected
    = value_here (fixture->model, SERVER_FIXTURE_HOUSE, &(HpValuationOptions){ .explain = TRUE, .level = 0.5 });
  JsonObject *importance = json_node_get_object (json_at (answer->json, "features_importance"));
  g_autoptr (GList) names = json_object_get_members (importance);
  double sum = json_number (answer->json, "base_price");

  assert_same_prediction (answer->json, expected);
  assert_same_number (answer->json, "base_price", expected->base_price);
  g_assert_cmpuint (json_object_get_size (importance), ==, expected->contributions->len);
  for (guint i = 0; i < expected->contributions->len; i++)
    {
      const HpContribution *contribution = g_ptr_array_index (expected->contributions, i);
      double amount = json_object_get_double_member (importance, contribution->feature);

      g_assert_cmpstr (g_list_nth_data (names, i), ==, contribution->feature);
      g_assert_true (amount == contribution->amount);
      sum += amount;
    }
  g_assert_cmpfloat_with_epsilon (sum, expected->predicted_price, 0.001);
}

/* Level alone is asked of the full path, and gives another interval around the same price */
static void
test_parameters (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[]
    = { "level=0", "level=1", "level=x", "level=", "level=-0.5", "level=nan", "level=0.9999", "explain=maybe" };
  g_autoptr (HttpAnswer) usual = http_post (&fixture->server, "/predict?explain=false", SERVER_FIXTURE_HOUSE, 200);
  g_autoptr (HttpAnswer) narrow = http_post (&fixture->server, "/predict?level=0.5", SERVER_FIXTURE_HOUSE, 200);
  g_autoptr (HttpAnswer) flag = http_post (&fixture->server, "/predict?explain", SERVER_FIXTURE_HOUSE, 200);

  g_assert_cmpfloat (json_number (usual->json, "predicted_price"), ==, json_number (narrow->json, "predicted_price"));
  g_assert_cmpfloat (json_number (usual->json, "confidence_interval.0"), <,
                     json_number (narrow->json, "confidence_interval.0"));
  g_assert_nonnull (json_at (flag->json, "base_price"));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *target = g_strconcat ("/predict?", bad[i], NULL);
      g_autoptr (HttpAnswer) answer = http_post (&fixture->server, target, SERVER_FIXTURE_HOUSE, 400);

      http_assert_problem (answer, 400, "bad_parameter");
    }
}

static void
test_version (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *target, *headers, *version, *variant;
  } cases[] = {
    { "/predict", NULL, "1", "champion" },
    { "/predict?version=1", NULL, "1", "champion" },
    { "/predict?version=champion", NULL, "1", "champion" },
    { "/predict?version=2", NULL, "2", "2" },
    { "/predict?version=v2", NULL, "2", "v2" },
    { "/predict?version=rival", NULL, "2", "rival" },
    { "/predict", "X-Model-Version: rival\r\n", "2", "rival" },
    { "/predict?version=1", "X-Model-Version: rival\r\n", "1", "champion" },
  };
  g_autoptr (GError) error = NULL;

  g_assert_true (hp_registry_set_alias (fixture->server.registry, "rival", 2, &error));
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autoptr (HttpAnswer) answer
          = http_ask (&fixture->server, "POST", cases[i].target, cases[i].headers, SERVER_FIXTURE_HOUSE);

        g_assert_cmpuint (answer->status, ==, 200);
        g_assert_cmpstr (json_text (answer->json, "version"), ==, cases[i].version);
        g_assert_cmpstr (json_text (answer->json, "variant"), ==, cases[i].variant);
      }
}

/* What people typed, text where a number is meant, letters in either case, members that are not known */
static void
test_spellings (Fixture *fixture, gconstpointer data)
{
  static const char *const same[] = {
    "{\"sqft\":\"1656\",\"bedrooms\":\"3\",\"bathrooms\":\" 2 \",\"location\":\"north "
    "ames\",\"condition\":\"AVERAGE\",\"year_built\":\"1960\"}",
    "{ \"SQFT\" : 1.656e3 , "
    "\"Bedrooms\":3.0,\"bathrooms\":2,\"location\":\"North\\u0020Ames\",\"condition\":\"average\",\"year_built\":1960 "
    "}\n",
    "{\"year_built\":1960,\"condition\":\"Average\",\"location\":\" North  Ames "
    "\",\"bathrooms\":2,\"bedrooms\":3,\"sqft\":1656,\"sale_date\":null}",
  };
  g_autoptr (HttpAnswer) plain = http_post (&fixture->server, "/predict", SERVER_FIXTURE_HOUSE, 200);
  g_autoptr (HttpAnswer) unknown = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (HttpAnswer) answer = http_post (&fixture->server, "/predict", same[i], 200);

      g_assert_cmpfloat (json_number (answer->json, "predicted_price"), ==,
                         json_number (plain->json, "predicted_price"));
      g_assert_cmpuint (json_array_get_length (json_node_get_array (json_at (answer->json, "warnings"))), ==, 0);
    }
  unknown
    = http_post (&fixture->server, "/predict",
                 "{\"sqft\":1656,\"bedrooms\":3,\"bathrooms\":2,\"location\":\"North Ames\",\"condition\":\"Average\","
                 "\"year_built\":1960,\"bedroom\":[{\"a\":[]}],\"price\":1,\"\\u0007\":true}",
                 200);
  g_assert_cmpfloat (json_number (unknown->json, "predicted_price"), ==, json_number (plain->json, "predicted_price"));
  g_assert_cmpstr (json_text (unknown->json, "warnings.0.code"), ==, "unknown_attribute");
  g_assert_nonnull (strstr (json_text (unknown->json, "warnings.0.message"), "did you mean bedrooms?"));
  g_assert_cmpstr (json_text (unknown->json, "warnings.1.field"), ==, "price");
  g_assert_cmpstr (json_text (unknown->json, "warnings.2.field"), ==, "\\x07");
}

static void
test_bad_attributes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HttpAnswer) many
    = http_post (&fixture->server, "/predict",
                 "{\"sqft\":5,\"bedrooms\":2.5,\"bathrooms\":[],\"location\":\"Nowhere\",\"year_built\":\"old\"}", 422);
  g_autoptr (HttpAnswer) one = http_post (&fixture->server, "/predict",
                                          "{\"sqft\":1656,\"bedrooms\":3,\"bathrooms\":2,\"location\":\"North "
                                          "Ames\",\"condition\":\"Average\",\"year_built\":true}",
                                          422);
  static const char *const fields[] = { "sqft", "bedrooms", "bathrooms", "year_built", "condition" };
  static const char *const codes[] = { "not_allowed", "not_allowed", "wrong_type", "not_allowed", "missing" };
  JsonArray *errors = json_node_get_array (json_at (many->json, "errors"));

  http_assert_problem (many, 422, "bad_attribute");
  g_assert_cmpuint (json_array_get_length (errors), ==, G_N_ELEMENTS (fields));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      JsonNode *error = json_array_get_element (errors, i);

      g_assert_cmpstr (json_text (error, "field"), ==, fields[i]);
      g_assert_cmpstr (json_text (error, "code"), ==, codes[i]);
      g_assert_true (g_str_has_prefix (json_text (error, "message"), fields[i]));
      g_assert_nonnull (strstr (json_text (many->json, "detail"), fields[i]));
    }
  g_assert_cmpfloat (json_number (many->json, "errors.0.allowed.min"), ==, 100);
  g_assert_cmpfloat (json_number (many->json, "errors.0.allowed.max"), ==, 20000);
  g_assert_cmpstr (json_text (many->json, "errors.1.allowed.type"), ==, "integer");
  g_assert_cmpstr (json_text (many->json, "errors.4.allowed.choices.0"), ==, "Very Poor");
  g_assert_cmpstr (json_text (one->json, "detail"), ==, "year_built: not a whole number");
}

static void
test_bad_json (Fixture *fixture, gconstpointer data)
{
  static const char *const bodies[] = {
    "{",
    "{\"sqft\":1656",
    "{\"sqft\":1656}}",
    "[]",
    "[{}]",
    "3",
    "null",
    "\"sqft\"",
    "{sqft:1}",
    "{\"sqft\":1,}",
    "{\"sqft\":NaN}",
    "{\"sqft\":Infinity}",
    "{\"sqft\":1e999}",
    "{\"sqft\":-1e999}",
    "{\"sqft\":01}",
    "{\"sqft\":+1}",
    "{\"sqft\":.5}",
    "{\"sqft\":1.}",
    "{\"sqft\":0x10}",
    "{\"sqft\":1,\"sqft\":2}",
    "{\"sqft\":1,\"s\\u0071ft\":2}",
    "{\"x\":1,\"x\":1}",
    "{\"a\":{\"x\":1,\"x\":1}}",
    "{\"location\":\"\xff\"}",
    "{\"location\":\"\xc0\x80\"}",
    "{\"location\":\"\xed\xa0\x80\"}",
    "{\"location\":\"\\ud800\"}",
    "{\"location\":\"\\u0000\"}",
    "{\"location\":\"a\tb\"}",
    "{\"location\":\"a\\qb\"}",
    "{'sqft':1}",
    "{\"sqft\":1}//",
    "\xef\xbb\xbf{}",
    " ",
    "tru",
    "{\"sqft\":tru}",
    "{\"a\":[1,2}",
    "{\"a\" 1}",
    "{\"a\":}",
    "{,}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (HttpAnswer) answer = http_post (&fixture->server, "/predict", bodies[i], 400);
      g_autofree char *houses = g_strdup_printf ("{\"houses\":[{\"sqft\":1},%s]}", bodies[i]);
      g_autoptr (HttpAnswer) alone = http_ask (&fixture->server, "POST", "/v1/valuations", NULL, bodies[i]);

      http_assert_problem (answer, 400, "bad_json");
      g_assert_cmpuint (alone->status, ==, 400);
      /* A value that is no house is an error in its place; what is no JSON spoils the whole */
      if (g_strv_contains ((const char *const[]){ "[]", "[{}]", "3", "null", "\"sqft\"", " ", "{,}", NULL }, bodies[i]))
        continue;
      g_clear_pointer (&alone, http_answer_free);
      alone = http_ask (&fixture->server, "POST", "/v1/valuations", NULL, houses);
      http_assert_problem (alone, 400, "bad_json");
    }
}

static void
test_deep_nesting (Fixture *fixture, gconstpointer data)
{
  static const char *const targets[] = { "/predict", "/v1/valuations" };
  g_autofree char *brackets = g_strnfill (80000, '[');
  g_autofree char *inside = g_strdup_printf ("{\"sqft\":%s", brackets);
  g_autoptr (GString) allowed
    = g_string_new ("{\"sqft\":1656,\"bedrooms\":3,\"bathrooms\":2,\"location\":\"North Ames\","
                    "\"condition\":\"Average\",\"year_built\":1960,\"x\":");
  g_autoptr (HttpAnswer) deep = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (HttpAnswer) all = http_post (&fixture->server, targets[i], brackets, 400);
      g_autoptr (HttpAnswer) within = http_post (&fixture->server, targets[i], inside, 400);

      http_assert_problem (all, 400, "bad_json");
      http_assert_problem (within, 400, "bad_json");
    }
  for (guint i = 0; i < 63; i++)
    g_string_append_c (allowed, '[');
  for (guint i = 0; i < 63; i++)
    g_string_append_c (allowed, ']');
  g_string_append_c (allowed, '}');
  deep = http_post (&fixture->server, "/predict", allowed->str, 200);
}

/* The answer of the server, and of hp_predictor_value() written by the same function, are the same text */
static void
test_valuations (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *question;
    HpValuationOptions options;
  } cases[] = {
    { "", { 0 } },
    { ",\"level\":0.5", { .level = 0.5 } },
    { ",\"explain\":true,\"comparables\":3", { .explain = TRUE, .n_comparables = 3 } },
    { ",\"as_of\":\"2012-09\",\"explain\":true,\"comparables\":1",
      { .explain = TRUE, .n_comparables = 1, .as_of = 20120900 } },
    { ",\"impute\":true,\"explain\":false,\"comparables\":0,\"version\":1", { .impute = TRUE } },
    { ",\"level\":null,\"as_of\":null,\"version\":null,\"unknown\":{}", { 0 } },
  };
  HpRandom random;

  hp_random_init (&random, 3, 1);
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autoptr (GString) question = g_string_new ("{\"houses\":[");
      g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
      g_autoptr (HttpAnswer) answer = NULL;
      g_autofree char *expected = NULL;

      hp_json_writer_begin_object (writer);
      hp_json_writer_key (writer, "valuations");
      hp_json_writer_begin_array (writer);
      for (guint i = 0; i < 20; i++)
        {
          g_autofree char *house = make_house (fixture->model, &random, i % 2 == 1);
          g_autoptr (HpValuation) valuation = value_here (fixture->model, house, &cases[c].options);

          g_string_append_printf (question, "%s%s", i > 0 ? "," : "", house);
          valuation->model = g_strdup ("house-price");
          valuation->version = g_strdup ("1");
          g_free (valuation->source);
          valuation->source = g_strdup ("server");
          hp_valuation_write_json (valuation, writer);
        }
      hp_json_writer_end_array (writer);
      hp_json_writer_end_object (writer);
      expected = hp_json_writer_steal (writer, NULL);
      g_string_append_printf (question, "]%s}", cases[c].question);
      answer = http_post (&fixture->server, "/v1/valuations", question->str, 200);
      g_assert_cmpstr (answer->body, ==, expected);
    }
}

/* The options may stand before the houses, too */
static void
test_options_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HttpAnswer) before
    = http_post (&fixture->server, "/v1/valuations",
                 "{\"explain\":true,\"level\":0.5,\"houses\":[" SERVER_FIXTURE_HOUSE "]}", 200);
  g_autoptr (HttpAnswer) after
    = http_post (&fixture->server, "/v1/valuations",
                 "{\"houses\":[" SERVER_FIXTURE_HOUSE "],\"level\":0.5,\"explain\":true}", 200);
  g_autoptr (HttpAnswer) none = http_post (&fixture->server, "/v1/valuations", "{\"houses\":[]}", 200);
  g_autoptr (HttpAnswer) other
    = http_post (&fixture->server, "/v1/valuations", "{\"version\":\"2\",\"houses\":[" SERVER_FIXTURE_HOUSE "]}", 200);

  g_assert_cmpstr (before->body, ==, after->body);
  g_assert_cmpstr (none->body, ==, "{\"valuations\":[]}");
  g_assert_cmpstr (json_text (other->json, "valuations.0.version"), ==, "2");
}

static void
test_errors_in_place (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HttpAnswer) answer = http_post (&fixture->server, "/v1/valuations",
                                             "{\"houses\":[" SERVER_FIXTURE_HOUSE
                                             ",{\"sqft\":5,\"bedrooms\":\"x\"},7,{},null," SERVER_FIXTURE_HOUSE "]}",
                                             200);
  JsonNode *json = answer->json;

  g_assert_cmpuint (json_array_get_length (json_node_get_array (json_at (json, "valuations"))), ==, 6);
  g_assert_nonnull (json_at (json, "valuations.0.predicted_price"));
  g_assert_cmpstr (json_text (json, "valuations.1.error.code"), ==, "bad_attribute");
  g_assert_cmpstr (json_text (json, "valuations.1.error.errors.0.field"), ==, "sqft");
  g_assert_cmpstr (json_text (json, "valuations.1.error.errors.1.field"), ==, "bedrooms");
  g_assert_cmpstr (json_text (json, "valuations.1.error.errors.2.code"), ==, "missing");
  g_assert_cmpstr (json_text (json, "valuations.2.error.code"), ==, "bad_data");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (json_at (json, "valuations.3.error.errors"))), ==, 6);
  g_assert_cmpstr (json_text (json, "valuations.4.error.code"), ==, "bad_data");
  g_assert_cmpfloat (json_number (json, "valuations.5.predicted_price"), ==,
                     json_number (json, "valuations.0.predicted_price"));
}

static void
test_bad_questions (Fixture *fixture, gconstpointer data)
{
  static const char *const questions[] = {
    "{}",
    "{\"houses\":{}}",
    "{\"houses\":3}",
    "{\"houses\":null}",
    "{\"houses\":[],\"level\":2}",
    "{\"houses\":[],\"level\":\"0.9\"}",
    "{\"houses\":[],\"explain\":1}",
    "{\"houses\":[],\"comparables\":-1}",
    "{\"houses\":[],\"comparables\":1.5}",
    "{\"houses\":[],\"comparables\":1001}",
    "{\"houses\":[],\"as_of\":\"yesterday\"}",
    "{\"houses\":[],\"as_of\":2010}",
    "{\"houses\":[],\"version\":0}",
    "{\"houses\":[],\"version\":[]}",
    "{\"houses\":[],\"version\":\"\"}",
    "{\"houses\":[],\"impute\":\"yes\"}",
    "{\"level\":7,\"explain\":[],\"houses\":4}",
  };
  g_autoptr (HttpAnswer) several
    = http_post (&fixture->server, "/v1/valuations", questions[G_N_ELEMENTS (questions) - 1], 400);
  g_autoptr (HttpAnswer) twice = http_post (&fixture->server, "/v1/valuations", "{\"houses\":[],\"houses\":[]}", 400);
  g_autoptr (HttpAnswer) gone
    = http_post (&fixture->server, "/v1/valuations", "{\"houses\":[],\"version\":\"9\"}", 404);
  g_autoptr (HttpAnswer) array = http_post (&fixture->server, "/v1/valuations", "[]", 400);
  g_autoptr (GString) many = g_string_new ("{\"comparables\":1000,\"houses\":[");
  g_autoptr (HttpAnswer) too_many_sales = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr (HttpAnswer) answer = http_post (&fixture->server, "/v1/valuations", questions[i], 400);

      http_assert_problem (answer, 400, "bad_parameter");
      g_assert_nonnull (json_text (answer->json, "errors.0.field"));
    }
  g_assert_cmpuint (json_array_get_length (json_node_get_array (json_at (several->json, "errors"))), ==, 3);
  http_assert_problem (twice, 400, "bad_json");
  http_assert_problem (gone, 404, "not_found");
  http_assert_problem (array, 400, "bad_json");
  for (guint i = 0; i < 21; i++)
    g_string_append_printf (many, "%s{}", i > 0 ? "," : "");
  g_string_append (many, "]}");
  too_many_sales = http_post (&fixture->server, "/v1/valuations", many->str, 400);
  http_assert_problem (too_many_sales, 400, "bad_parameter");
}

static void
test_too_many_houses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) houses = g_string_new ("{\"houses\":[");
  g_autoptr (HttpAnswer) full = NULL, over = NULL;

  server_fixture_stop (&fixture->server);
  fixture->server.options.max_houses = 300;
  server_fixture_start (&fixture->server);
  for (guint i = 0; i < 300; i++)
    g_string_append_printf (houses, "%s" SERVER_FIXTURE_HOUSE, i > 0 ? "," : "");
  g_string_append (houses, "]}");
  full = http_post (&fixture->server, "/v1/valuations", houses->str, 200);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (json_at (full->json, "valuations"))), ==, 300);
  g_string_overwrite (houses, houses->len - 2, ",{}]}");
  over = http_post (&fixture->server, "/v1/valuations", houses->str, 413);
  http_assert_problem (over, 413, "too_many_houses");
  g_assert_nonnull (strstr (json_text (over->json, "detail"), "300"));
}

#define ADD(path, function) g_test_add ("/server/values/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("predict", test_predict);
  ADD ("hot-path-is-taken", test_hot_path_is_taken);
  ADD ("members", test_members);
  ADD ("explain", test_explain);
  ADD ("parameters", test_parameters);
  ADD ("version", test_version);
  ADD ("spellings", test_spellings);
  ADD ("bad-attributes", test_bad_attributes);
  ADD ("bad-json", test_bad_json);
  ADD ("deep-nesting", test_deep_nesting);
  ADD ("valuations", test_valuations);
  ADD ("options-first", test_options_first);
  ADD ("errors-in-place", test_errors_in_place);
  ADD ("bad-questions", test_bad_questions);
  ADD ("too-many-houses", test_too_many_houses);
  return g_test_run ();
}

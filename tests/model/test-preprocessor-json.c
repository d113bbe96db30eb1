/* test-preprocessor-json.c - preprocessor.json: round trips, and everything that is refused
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-error.h"
#include "hp-json.h"
#include "small.h"

static void
check_same_row (const HpPreprocessor *a, const HpPreprocessor *b, const HpHouse *house, HpDate date)
{
  guint n = hp_preprocessor_get_n_features (a);
  g_autofree float *row_a = g_new0 (float, n), *row_b = g_new0 (float, n);

  hp_preprocessor_transform (a, house, date, row_a);
  hp_preprocessor_transform (b, house, date, row_b);
  g_assert_cmpmem (row_a, n * sizeof (float), row_b, n * sizeof (float));
}

static void
test_round_trip (void)
{
  for (guint encoding = 0; encoding <= HP_ENCODING_CODED; encoding++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HpPreprocessor) pre = small_fit (encoding), again = NULL;
      gsize length, again_length;
      g_autofree char *text = hp_preprocessor_to_json (pre, &length), *again_text = NULL;
      g_autoptr (HpHouse) house = small_house (pre);

      again = hp_preprocessor_from_json (text, length, "text", &error);
      g_assert_no_error (error);
      again_text = hp_preprocessor_to_json (again, &again_length);
      g_assert_cmpstr (text, ==, again_text);
      g_assert_cmpuint (length, ==, again_length);

      g_assert_cmpstr (hp_preprocessor_get_currency (again), ==, "EUR");
      g_assert_cmpstr (hp_preprocessor_get_target (again), ==, "price");
      g_assert_cmpint (hp_preprocessor_get_reference_date (again), ==, 20100700);
      g_assert_cmpint (hp_preprocessor_get_newest_sale (again), ==, 20100700);
      g_assert_cmpuint (hp_preprocessor_get_n_named (again), ==, hp_preprocessor_get_n_named (pre));
      for (guint j = 0; j < hp_preprocessor_get_n_features (pre); j++)
        {
          g_assert_cmpstr (hp_preprocessor_get_feature (again, j), ==, hp_preprocessor_get_feature (pre, j));
          g_assert_cmpuint (hp_preprocessor_get_named_of (again, j), ==, hp_preprocessor_get_named_of (pre, j));
        }
      for (guint a = 0; a < N_ATTRIBUTES; a++)
        {
          const HpAttribute *one = hp_preprocessor_get_attribute (pre, a),
                            *other = hp_preprocessor_get_attribute (again, a);

          g_assert_cmpstr (one->name, ==, other->name);
          g_assert_cmpstr (one->label, ==, other->label);
          g_assert_cmpstr (one->unit, ==, other->unit);
          g_assert_cmpint (one->type, ==, other->type);
          g_assert_cmpfloat (one->min, ==, other->min);
          g_assert_cmpfloat (one->max, ==, other->max);
          g_assert_cmpfloat (one->seen_min, ==, other->seen_min);
          g_assert_cmpfloat (one->seen_max, ==, other->seen_max);
          g_assert_cmpfloat (one->impute, ==, other->impute);
          g_assert_cmpint (one->required, ==, other->required);
          g_assert_cmpint (one->is_effective_date, ==, other->is_effective_date);
          g_assert_cmpint (one->choices != NULL, ==, other->choices != NULL);
          if (one->choices != NULL)
            {
              g_assert_true (g_strv_equal ((const char *const *) one->choices, (const char *const *) other->choices));
              for (guint c = 0; one->choices[c] != NULL; c++)
                g_assert_cmpuint (one->choice_counts[c], ==, other->choice_counts[c]);
            }
        }

      check_same_row (pre, again, house, 0);
      check_same_row (pre, again, house, 20120300);
      small_set (house, pre, PLACE, "Atlantis");
      small_set (house, pre, STATE, "superb");
      small_set (house, pre, ROOMS, "0");
      check_same_row (pre, again, house, 0);
      hp_house_clear (house);
      check_same_row (pre, again, house, 0);
    }
}

/* A schema's directions and dates that were never seen */
static void
test_odd (void)
{
  static const char yaml[] = "name: odd\n"
                             "target: price\n"
                             "reference_date: 2015\n"
                             "columns:\n"
                             "  price: {type: number}\n"
                             "  area: {type: number, label: \"Living \\\"area\\\"\"}\n"
                             "  built: {type: date}\n"
                             "  sold: {type: date, optional: true}\n"
                             "roles: {date: sold}\n"
                             "derived: {age: {age: built, at: sold}, trend: {months: sold}}\n"
                             "features: [area, age, trend]\n"
                             "monotone: {area: increasing, age: decreasing}\n";
  static const char csv[] = "price,area,built\n5,1.5,2001-05\n6,1.5,2003\n";
  static const guint32 rows[] = { 0, 1 };

  for (guint encoding = 0; encoding <= HP_ENCODING_CODED; encoding++)
    {
      g_autoptr (GError) error = NULL;
      HpFindings *findings = hp_findings_new ("odd.csv");
      g_autoptr (HpSchema) schema = hp_schema_parse (yaml, strlen (yaml), "odd.yaml", &error);
      g_autoptr (HpTable) table = NULL;
      g_autoptr (HpPreprocessor) pre = NULL, again = NULL;
      g_autofree char *text = NULL, *again_text = NULL;
      g_autoptr (HpHouse) house = NULL;
      gsize length;

      g_assert_no_error (error);
      table = hp_table_load_memory (csv, strlen (csv), "odd.csv", schema, HP_TABLE_DEFAULT, findings, &error);
      g_assert_no_error (error);
      hp_findings_free (findings);
      pre = hp_preprocessor_fit (schema, (const char *const *) schema->features, table, rows, 2, encoding, &error);
      g_assert_no_error (error);
      text = hp_preprocessor_to_json (pre, &length);
      again = hp_preprocessor_from_json (text, length, "text", &error);
      g_assert_no_error (error);
      again_text = hp_preprocessor_to_json (again, NULL);
      g_assert_cmpstr (text, ==, again_text);
      g_assert_cmpint (hp_preprocessor_get_monotone (again)[0], ==, 1);
      g_assert_cmpint (hp_preprocessor_get_monotone (again)[1], ==, -1);
      g_assert_cmpint (hp_preprocessor_get_monotone (again)[2], ==, 0);
      g_assert_cmpint (hp_preprocessor_get_reference_date (again), ==, 20150000);
      g_assert_cmpint (hp_preprocessor_get_newest_sale (again), ==, 0);

      house = hp_house_new (pre);
      g_assert_true (hp_house_set_text (house, again, 0, "1.5", 3, &error));
      g_assert_true (hp_house_set_text (house, again, 1, "2001-05", 7, &error));
      check_same_row (pre, again, house, 0);
      g_assert_true (hp_house_set_text (house, again, 2, "1999", 4, &error)); /* no sale was seen, so none is odd */
      g_assert_cmpint (house->flags[2], ==, HP_FLAG_OK);
      check_same_row (pre, again, house, 0);
    }
}

/* The codes that pandas gives: places in alphabetical order by code point, or the schema's order; no price has a say */
static void
test_coded (void)
{
  g_autoptr (HpPreprocessor) pre = small_fit (HP_ENCODING_CODED);
  g_autoptr (HpHouse) house = small_house (pre);
  static const struct
  {
    const char *place;
    float code;
  } cases[] = { { "North End", 0 }, { "suburb", 1 }, { "Île Sud", 2 } };
  float row[6];

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      small_set (house, pre, PLACE, cases[i].place);
      hp_preprocessor_transform (pre, house, 0, row);
      g_assert_cmpfloat (row[1], ==, cases[i].code);
    }
  g_assert_cmpfloat (row[2], ==, 2); /* good */
  small_set (house, pre, PLACE, "Atlantis");
  small_set (house, pre, STATE, "");
  hp_preprocessor_transform (pre, house, 0, row);
  g_assert_true (isnan (row[1]) && isnan (row[2]));
}

/* Made of a schema alone, for an imported model without sales: nothing is typical, nothing is out of the ordinary */
static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) schema = hp_schema_parse (small_schema, strlen (small_schema), "small.yaml", &error);
  g_autoptr (HpTable) table = hp_table_new_empty (schema);
  static const char *const features[] = { "area", "state", NULL }, *const places[] = { "area", "place", NULL };
  g_autoptr (HpPreprocessor) pre = NULL, again = NULL;
  g_autofree char *text = NULL, *again_text = NULL;
  g_autoptr (HpHouse) house = NULL;
  float row[2];
  gsize length;

  pre = hp_preprocessor_fit (schema, features, table, NULL, 0, HP_ENCODING_CODED, &error);
  g_assert_no_error (error);
  text = hp_preprocessor_to_json (pre, &length);
  g_assert_nonnull (strstr (text, "\"format\": 2"));
  again = hp_preprocessor_from_json (text, length, "text", &error);
  g_assert_no_error (error);
  again_text = hp_preprocessor_to_json (again, NULL);
  g_assert_cmpstr (text, ==, again_text);
  g_assert_true (isnan (hp_preprocessor_get_attribute (again, 0)->impute));

  house = hp_house_new (again);
  small_set (house, again, 0, "900");
  small_set (house, again, 1, "SUPERB");
  g_assert_cmpint (house->flags[0] | house->flags[1], ==, HP_FLAG_OK);
  hp_preprocessor_transform (again, house, 0, row);
  g_assert_cmpfloat (row[0], ==, 900);
  g_assert_cmpfloat (row[1], ==, 3);
  hp_house_clear (house);
  hp_house_impute (house, again);
  g_assert_true (isnan (house->raw[0]) && isnan (house->raw[1]));

  /* Without an order nobody knows which place has which code. */
  g_assert_null (hp_preprocessor_fit (schema, places, table, NULL, 0, HP_ENCODING_CODED, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "place"));
  g_clear_error (&error);
  /* Other encodings need rows. */
  g_assert_null (hp_preprocessor_fit (schema, features, table, NULL, 0, HP_ENCODING_ORDERED, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
}

static char *
replace (const char *text, const char *from, const char *to)
{
  const char *at = strstr (text, from);

  g_assert_nonnull (at);
  return g_strdup_printf ("%.*s%s%s", (int) (at - text), text, to, at + strlen (from));
}

static void
test_refused (void)
{
  static const struct
  {
    HpEncoding encoding;
    const char *from, *to, *message;
  } cases[] = {
    { HP_ENCODING_ORDERED, "\"format\": 1", "\"format\": 3", "newer version of the program (format 3)" },
    { HP_ENCODING_ORDERED, "\"format\": 1", "\"form\": 1", "format" },
    { HP_ENCODING_ORDERED, "\"ordered\"", "\"hashed\"", "encoding" },
    { HP_ENCODING_ORDERED, "\"EUR\"", "\"\"", "currency" },
    { HP_ENCODING_ORDERED, "\"reference_date\": \"2010-07\"", "\"reference_date\": \"2010-17\"", "reference_date" },
    { HP_ENCODING_ORDERED, "\"name\": \"rooms\"", "\"name\": \"area\"", "area: this attribute is here twice" },
    { HP_ENCODING_ORDERED, "\"type\": \"integer\"", "\"type\": \"text\"", "type" },
    { HP_ENCODING_ORDERED, "\"allowed\": [10, 1000]", "\"allowed\": [1000, 10]", "allowed" },
    { HP_ENCODING_ORDERED, "\"allowed\": [10, 1000]", "\"allowed\": [10]", "allowed" },
    { HP_ENCODING_ORDERED, "\"seen\": [50, 120]", "\"seen\": [\"50\", 120]", "seen" },
    { HP_ENCODING_ORDERED, "\"impute\": 80", "\"impute\": null", "impute" },
    { HP_ENCODING_ORDERED, "\"impute\": 2,\n      \"ordered\"", "\"impute\": 4,\n      \"ordered\"", "impute" },
    { HP_ENCODING_ORDERED, "\"impute\": 2,\n      \"ordered\"", "\"impute\": 1.5,\n      \"ordered\"", "impute" },
    { HP_ENCODING_ORDERED, "\"counts\": [3, 3, 3]", "\"counts\": [3, 3]", "counts" },
    { HP_ENCODING_ORDERED, "\"counts\": [3, 3, 3]", "\"counts\": [3, -3, 3]", "counts" },
    { HP_ENCODING_ORDERED, "\"ranks\": [0, 1, 2]", "\"ranks\": [0, 1]", "ranks" },
    { HP_ENCODING_ORDERED, "\"ranks\": [0, 1, 2]", "\"ranks\": [0, 1, \"2\"]", "ranks" },
    { HP_ENCODING_ORDERED, "\"ranks\": [0, 1, 2],", "", "such a feature can't be made" },
    { HP_ENCODING_ORDERED, "\"choices\": [\"bad\", \"fair\", \"good\", \"superb\"]", "\"choices\": []", "choices" },
    { HP_ENCODING_ORDERED, "\"choices\": [\"bad\",", "\"choices\": [7,", "choices" },
    { HP_ENCODING_ORDERED, "\"effective_date\": true", "\"effective_date\": 1", "effective_date" },
    { HP_ENCODING_ORDERED, "\"required\": true", "\"required\": true, \"effective_date\": true", "effective date" },
    { HP_ENCODING_ORDERED, "\"kind\": \"age\"", "\"kind\": \"one_hot\"", "age: such a feature can't be made" },
    { HP_ENCODING_ORDERED, "\"kind\": \"ratio\"", "\"kind\": \"number\"", "such a feature can't be made" },
    { HP_ENCODING_ORDERED, "\"a\": \"built\"", "\"a\": \"place\"", "age: such a feature can't be made" },
    { HP_ENCODING_ORDERED, "\"a\": \"built\"", "\"a\": \"destroyed\"", "a: there is no such attribute" },
    { HP_ENCODING_ORDERED, "\"b\": \"rooms\"", "\"b\": \"zip\"", "such a feature can't be made" },
    { HP_ENCODING_ORDERED, "\"features\": [", "\"features\": [7, ", "features: an object" },
    { HP_ENCODING_CODED, "\"impute\": 2,\n      \"ordered\"", "\"impute\": 4,\n      \"ordered\"", "impute" },
    { HP_ENCODING_CODED, "\"ranks\": [0, 1, 2]", "\"ranks\": [0, 1, null]", "ranks" },
    { HP_ENCODING_CODED, "\"unseen_rank\": null", "\"unseen_rank\": \"none\"", "unseen_rank" },
    { HP_ENCODING_ONE_HOT, "\"column_of\": [0, 0, 0]", "\"column_of\": [0, 0, 1]", "column_of" },
    { HP_ENCODING_ONE_HOT, "\"column_of\": [0, 0, 0]", "\"column_of\": [0, 0, -1]", "column_of" },
    { HP_ENCODING_ONE_HOT, "\"column_of\": [0, 0, 0]", "\"column_of\": null", "such a feature can't be made" },
    { HP_ENCODING_ONE_HOT, "\"scale\": ", "\"scale\": -", "scale" },
    { HP_ENCODING_ONE_HOT, "\"scale\": ", "\"scale\": 0, \"was\": ", "scale" },
    { HP_ENCODING_ONE_HOT, "\"columns\": [", "\"columns\": [], \"were\": [", "columns" },
    { HP_ENCODING_ONE_HOT, "\"centre\": ", "\"center\": ", "centre" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HpPreprocessor) pre = small_fit (cases[i].encoding);
      g_autofree char *text = hp_preprocessor_to_json (pre, NULL);
      g_autofree char *bad = replace (text, cases[i].from, cases[i].to);

      g_assert_null (hp_preprocessor_from_json (bad, strlen (bad), "pre.json", &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      g_assert_true (g_str_has_prefix (error->message, "pre.json:"));
      if (strstr (error->message, cases[i].message) == NULL)
        g_error ("case %u: \"%s\" instead of \"%s\"", i, error->message, cases[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preprocessor-json/round-trip", test_round_trip);
  g_test_add_func ("/preprocessor-json/odd", test_odd);
  g_test_add_func ("/preprocessor-json/coded", test_coded);
  g_test_add_func ("/preprocessor-json/unknown", test_unknown);
  g_test_add_func ("/preprocessor-json/refused", test_refused);
  return g_test_run ();
}

/* test-preprocessor.c - fitting and transforming, against pandas and by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-file.h"
#include "hp-json.h"
#include "hp-preprocessor.h"

static const char *const all_features[]
  = { "sqft", "bedrooms", "bathrooms", "location", "condition", "house_age", "bed_bath_ratio", NULL };

static JsonObject *
load_golden (JsonNode **node)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "model", "preprocessor.golden.json", NULL);
  g_autofree char *text = NULL;
  gsize length;

  text = hp_file_read (path, 1 << 20, &length, &error);
  g_assert_no_error (error);
  *node = hp_json_parse (text, length, 1 << 20, path, &error);
  g_assert_no_error (error);
  return json_node_get_object (*node);
}

static HpTable *
load_data (HpSchema **schema)
{
  g_autoptr (GError) error = NULL;
  HpFindings *findings = hp_findings_new ("house_data.csv");
  HpTable *table;

  *schema = hp_schema_load (HP_SOURCE_DIR "/data/house_data.schema.yaml", &error);
  g_assert_no_error (error);
  table = hp_table_load (HP_SOURCE_DIR "/data/house_data.csv", *schema, HP_TABLE_DEFAULT, findings, &error);
  g_assert_no_error (error);
  hp_findings_free (findings);
  return table;
}

static guint32 *
two_thirds (const HpTable *table, gsize *n)
{
  guint32 *rows = g_new (guint32, table->n_rows);

  *n = 0;
  for (guint32 i = 0; i < table->n_rows; i++)
    if (i % 3 != 0)
      rows[(*n)++] = i;
  return rows;
}

static double
number_of (JsonObject *object, const char *member)
{
  g_assert_true (json_object_has_member (object, member));
  return json_object_get_double_member (object, member);
}

static void
assert_near (double value, double expected)
{
  g_assert_cmpfloat_with_epsilon (value, expected, 1e-6 * MAX (1, fabs (expected)));
}

static void
test_ordered (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *golden = load_golden (&node), *ranks = json_object_get_object_member (golden, "ranks");
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTable) table = load_data (&schema);
  gsize n;
  g_autofree guint32 *rows = two_thirds (table, &n);
  g_autoptr (HpPreprocessor) pre
    = hp_preprocessor_fit (schema, all_features, table, rows, n, HP_ENCODING_ORDERED, &error);
  g_autoptr (HpHouse) house = NULL;
  g_autofree float *matrix = NULL;
  JsonArray *choices = json_object_get_array_member (golden, "choices"), *sample, *sums;
  const HpAttribute *location;
  float row[7];
  char newest[HP_DATE_BUFFER];
  int i;

  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, number_of (golden, "n"));
  g_assert_cmpuint (hp_preprocessor_get_n_features (pre), ==, 7);
  g_assert_cmpuint (hp_preprocessor_get_n_named (pre), ==, 7);
  for (guint j = 0; j < 7; j++)
    {
      g_assert_cmpstr (hp_preprocessor_get_feature (pre, j), ==, all_features[j]);
      g_assert_cmpstr (hp_preprocessor_get_named (pre, j), ==, all_features[j]);
      g_assert_cmpuint (hp_preprocessor_get_named_of (pre, j), ==, j);
      g_assert_cmpint (hp_preprocessor_get_monotone (pre)[j], ==, 0);
    }
  g_assert_cmpstr (hp_preprocessor_get_currency (pre), ==, "USD");
  g_assert_cmpstr (hp_preprocessor_get_target (pre), ==, "price");
  hp_date_format (newest, hp_preprocessor_get_newest_sale (pre));
  g_assert_cmpstr (newest, ==, json_object_get_string_member (golden, "newest_sale"));
  g_assert_cmpint (hp_preprocessor_get_reference_date (pre), ==, hp_preprocessor_get_newest_sale (pre));

  /* Attributes are raw columns in the order of the schema; the date is there, but not required. Last comes what says
   * where the house is, though no feature is made of it. */
  g_assert_cmpuint (hp_preprocessor_get_n_attributes (pre), ==, 9);
  for (guint a = 0; a < 9; a++)
    {
      static const char *const names[] = { "sqft",      "bedrooms",  "bathrooms", "location", "year_built",
                                           "condition", "sale_date", "latitude",  "longitude" };
      const HpAttribute *attribute = hp_preprocessor_get_attribute (pre, a);

      g_assert_cmpstr (attribute->name, ==, names[a]);
      g_assert_cmpint (hp_preprocessor_find_attribute (pre, names[a]), ==, a);
      g_assert_cmpint (attribute->required, ==, a < 6);
      g_assert_cmpint (attribute->is_place, ==, a > 6);
      g_assert_cmpint (attribute->is_effective_date, ==, a == 6);
      if (a < 6 && attribute->type != HP_COLUMN_CATEGORY)
        {
          assert_near (attribute->impute, number_of (json_object_get_object_member (golden, "median"), names[a]));
          assert_near (attribute->seen_min, number_of (json_object_get_object_member (golden, "min"), names[a]));
          assert_near (attribute->seen_max, number_of (json_object_get_object_member (golden, "max"), names[a]));
        }
    }
  g_assert_cmpint (hp_preprocessor_find_attribute (pre, " SQFT "), ==, 0);
  g_assert_cmpint (hp_preprocessor_find_attribute (pre, "house_age"), ==, -1);

  location = hp_preprocessor_get_attribute (pre, 3);
  g_assert_cmpuint (g_strv_length (location->choices), ==, json_array_get_length (choices));
  g_assert_cmpstr (location->choices[(guint) location->impute], ==,
                   json_object_get_string_member (golden, "mode_location"));
  house = hp_house_new (pre);
  for (guint c = 0; location->choices[c] != NULL; c++)
    {
      g_assert_cmpstr (location->choices[c], ==, json_array_get_string_element (choices, c));
      g_assert_cmpuint (location->choice_counts[c], ==,
                        json_array_get_int_element (json_object_get_array_member (golden, "counts"), c));
      g_assert_true (hp_house_set_text (house, pre, 3, location->choices[c], strlen (location->choices[c]), &error));
      hp_preprocessor_transform (pre, house, 0, row);
      g_assert_cmpfloat (row[3], ==, number_of (ranks, location->choices[c]));
    }

  /* A location that training did not see goes where the overall mean is. */
  g_assert_true (hp_house_set_text (house, pre, 3, "Atlantis", 8, &error));
  hp_preprocessor_transform (pre, house, 0, row);
  g_assert_cmpfloat (row[3], ==, number_of (golden, "unseen_rank"));
  g_assert_true (isnan (row[0]) && isnan (row[4]) && isnan (row[5]) && isnan (row[6]));

  /* The whole matrix */
  matrix = hp_preprocessor_matrix (pre, table, rows, n);
  sums = json_object_get_array_member (golden, "column_sums");
  for (guint j = 0; j < 7; j++)
    {
      double sum = 0;

      for (gsize r = 0; r < n; r++)
        sum += matrix[r * 7 + j];
      assert_near (sum, json_array_get_double_element (sums, j));
    }
  sample = json_object_get_array_member (golden, "sample");
  for (guint s = 0; s < json_array_get_length (sample); s++)
    {
      JsonArray *expected = json_array_get_array_element (json_object_get_array_member (golden, "rows"), s);
      guint32 r = json_array_get_int_element (sample, s);
      g_autofree float *one = hp_preprocessor_matrix (pre, table, &r, 1);

      for (guint j = 0; j < 7; j++)
        assert_near (one[j], json_array_get_double_element (expected, j));
    }

  /* The condition's order is the schema's. */
  i = hp_preprocessor_find_attribute (pre, "condition");
  g_assert_cmpstr (hp_preprocessor_get_attribute (pre, i)->choices[8], ==, "Excellent");
  g_assert_cmpuint (g_strv_length (hp_preprocessor_get_attribute (pre, i)->choices), ==, 9);
}

static void
test_one_hot (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *golden = load_golden (&node), *share = json_object_get_object_member (golden, "share");
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTable) table = load_data (&schema);
  gsize n;
  g_autofree guint32 *rows = two_thirds (table, &n);
  g_autoptr (HpPreprocessor) pre
    = hp_preprocessor_fit (schema, all_features, table, rows, n, HP_ENCODING_ONE_HOT, &error);
  g_autoptr (HpHouse) house = NULL;
  g_autofree float *matrix = NULL, *row = NULL;
  guint n_columns, n_location = json_object_get_size (share);

  g_assert_no_error (error);
  n_columns = hp_preprocessor_get_n_features (pre);
  g_assert_cmpuint (n_columns, ==, 6 + n_location);
  matrix = hp_preprocessor_matrix (pre, table, rows, n);

  for (guint j = 0; j < n_columns; j++)
    {
      const char *name = hp_preprocessor_get_feature (pre, j);
      gboolean is_location = g_str_has_prefix (name, "location=");
      double sum = 0, squares = 0, low = INFINITY, high = -INFINITY;

      for (gsize r = 0; r < n; r++)
        {
          double value = matrix[r * n_columns + j];

          sum += value;
          squares += value * value;
          low = MIN (low, value);
          high = MAX (high, value);
        }
      g_assert_cmpfloat_with_epsilon (sum / n, 0, 1e-6);
      g_assert_cmpstr (hp_preprocessor_get_named (pre, hp_preprocessor_get_named_of (pre, j)), ==,
                       is_location ? "location" : name);
      if (is_location)
        {
          assert_near (low, -number_of (share, name));
          assert_near (high, 1 - number_of (share, name));
        }
      else
        g_assert_cmpfloat_with_epsilon (squares / n, 1, 1e-5);
    }

  /* (value - mean) / sd; what is missing is the median, or for a feature that can't be computed that feature's median
   */
  house = hp_house_new (pre);
  row = g_new (float, n_columns);
  g_assert_true (hp_house_set_number (house, pre, 0, 2000, &error));
  g_assert_true (hp_house_set_text (house, pre, 3, "Atlantis", 8, &error));
  hp_preprocessor_transform (pre, house, 0, row);
  for (guint j = 0; j < n_columns; j++)
    {
      const char *name = hp_preprocessor_get_feature (pre, j);
      JsonObject *median = json_object_get_object_member (golden, "median");
      double value;

      if (g_str_has_prefix (name, "location="))
        {
          g_assert_cmpfloat (row[j], ==, 0);
          continue;
        }
      if (strcmp (name, "sqft") == 0)
        value = 2000;
      else if (strcmp (name, "bedrooms") == 0 || strcmp (name, "bathrooms") == 0)
        value = number_of (median, name);
      else if (strcmp (name, "condition") == 0)
        value = 4; /* Average, the most frequent */
      else if (strcmp (name, "house_age") == 0)
        value = 2010 - number_of (median, "year_built");
      else
        value = number_of (median, "bedrooms") / number_of (median, "bathrooms");
      assert_near (row[j], (value - number_of (json_object_get_object_member (golden, "mean"), name))
                             / number_of (json_object_get_object_member (golden, "sd"), name));
    }
}

static const char small_schema[] = "name: small\n"
                                   "target: price\n"
                                   "currency: EUR\n"
                                   "columns:\n"
                                   "  price: {type: number, min: 0, max: 1000000}\n"
                                   "  area: {type: number, min: 1, max: 1000, unit: m²}\n"
                                   "  rooms: {type: integer, min: 0, max: 20}\n"
                                   "  place: {type: category}\n"
                                   "  state: {type: category, order: [bad, fair, good, superb]}\n"
                                   "  renovated: {type: date, optional: true}\n"
                                   "  sold: {type: date, optional: true}\n"
                                   "  note: {type: text, optional: true}\n"
                                   "roles: {date: sold}\n"
                                   "derived:\n"
                                   "  since: {age: renovated, at: sold}\n"
                                   "  density: {ratio: [area, rooms]}\n"
                                   "  trend: {months: sold}\n"
                                   "features: [area, place, state, since, density, trend]\n"
                                   "monotone: {area: increasing, state: increasing}\n";

static const char small_data[] = "price,area,rooms,place,state,renovated,sold,note\n"
                                 "100000,50,2,North,fair,2000-01,2010-01,a\n"
                                 "200000,100,4,South,good,1990,2010-07,b\n"
                                 "200000,100,0,south,fair,,2011-01,c\n"
                                 "150000,NA,3,East,fair,2005,2012-01,d\n"
                                 "150000,70,3,,fair,2005,,e\n"
                                 "900000,900,19,West,superb,2005,2015,f\n";

static HpTable *
load_small (const char *yaml, const char *csv, HpSchema **schema)
{
  g_autoptr (GError) error = NULL;
  HpFindings *findings = hp_findings_new ("small.csv");
  HpTable *table;

  *schema = hp_schema_parse (yaml, strlen (yaml), "small.yaml", &error);
  g_assert_no_error (error);
  table = hp_table_load_memory (csv, strlen (csv), "small.csv", *schema, HP_TABLE_DEFAULT, findings, &error);
  g_assert_no_error (error);
  hp_findings_free (findings);
  return table;
}

static void
test_small (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTable) table = load_small (small_schema, small_data, &schema);
  const guint32 rows[] = { 0, 1, 2, 3, 4 }; /* the last is not looked at */
  g_autoptr (HpPreprocessor) pre
    = hp_preprocessor_fit (schema, (const char *const *) schema->features, table, rows, 5, HP_ENCODING_ORDERED, &error);
  g_autofree float *matrix = NULL;
  const HpAttribute *attribute;

  g_assert_no_error (error);
  g_assert_cmpuint (hp_preprocessor_get_n_attributes (pre), ==, 6);
  g_assert_cmpint (hp_preprocessor_get_newest_sale (pre), ==, 20120100);

  attribute = hp_preprocessor_get_attribute (pre, 0);
  g_assert_cmpstr (attribute->name, ==, "area");
  g_assert_cmpstr (attribute->unit, ==, "m²");
  g_assert_cmpfloat (attribute->impute, ==, 85); /* the median of 50, 70, 100, 100 */
  g_assert_cmpfloat (attribute->seen_max, ==, 100);
  attribute = hp_preprocessor_get_attribute (pre, 1);
  g_assert_cmpfloat (attribute->impute, ==, 3);
  attribute = hp_preprocessor_get_attribute (pre, 2);
  g_assert_cmpstr (attribute->choices[0], ==, "East");
  g_assert_cmpstr (attribute->choices[1], ==, "North");
  g_assert_cmpstr (attribute->choices[2], ==, "South");
  g_assert_null (attribute->choices[3]);
  g_assert_cmpuint (attribute->choice_counts[2], ==, 2);
  g_assert_cmpfloat (attribute->impute, ==, 2);
  attribute = hp_preprocessor_get_attribute (pre, 4);
  g_assert_cmpstr (attribute->name, ==, "renovated");
  g_assert_false (attribute->required);
  g_assert_false (attribute->is_effective_date);
  g_assert_cmpfloat (attribute->impute, ==, 20000100); /* a date, not the mean of two */
  g_assert_true (hp_preprocessor_get_attribute (pre, 5)->is_effective_date);

  /* Directions hold for numbers and for the schema's order, not for ranks by price. */
  g_assert_cmpint (hp_preprocessor_get_monotone (pre)[0], ==, 1);
  g_assert_cmpint (hp_preprocessor_get_monotone (pre)[1], ==, 0);
  g_assert_cmpint (hp_preprocessor_get_monotone (pre)[2], ==, 1);
  g_assert_cmpint (hp_preprocessor_get_monotone (pre)[3], ==, 0);

  matrix = hp_preprocessor_matrix (pre, table, rows, 5);
  {
    /* area, place (North, East, South by smoothed mean), state, years since renovation, density, months from 2012-01 */
    const float expected[5][6] = {
      { 50, 0, 1, 10, 25, -24 },   { 100, 2, 2, 20, 25, -18 },         { 100, 2, 1, NAN, NAN, -12 },
      { NAN, 1, 1, 6.5f, NAN, 0 }, { 70, NAN, 1, 6.5f, 70.0f / 3, 0 }, /* without a date of its own: the reference date
                                                                        */
    };

    for (guint r = 0; r < 5; r++)
      for (guint j = 0; j < 6; j++)
        if (isnan (expected[r][j]))
          g_assert_true (isnan (matrix[r * 6 + j]));
        else
          g_assert_cmpfloat_with_epsilon (matrix[r * 6 + j], expected[r][j], 1e-5);
  }
}

/* The median of 2 and 3 rooms is no 2.5 rooms; whole numbers stay whole. */
static void
test_stand_in (void)
{
  static const struct
  {
    const char *missing;
    double area, rooms;
  } cases[] = { { "median", 75, 3 }, { "mean", 100, 4 } };
  static const char data[] = "price,area,rooms,place,state,renovated\n"
                             "1,50,2,a,bad,2000\n1,50,2,a,bad,2000\n1,100,3,a,bad,2000\n1,200,7,a,bad,2000\n";
  const char *const features[] = { "density", NULL };
  const guint32 rows[] = { 0, 1, 2, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *yaml = g_strdup_printf ("%smissing: {number: %s}\n", small_schema, cases[i].missing);
      g_autoptr (HpSchema) schema = NULL;
      g_autoptr (HpTable) table = load_small (yaml, data, &schema);
      g_autoptr (HpPreprocessor) pre
        = hp_preprocessor_fit (schema, features, table, rows, 4, HP_ENCODING_ORDERED, &error);

      g_assert_no_error (error);
      g_assert_cmpfloat (hp_preprocessor_get_attribute (pre, 0)->impute, ==, cases[i].area);
      g_assert_cmpfloat (hp_preprocessor_get_attribute (pre, 1)->impute, ==, cases[i].rooms);
    }
}

/* The house's own date, another date, and a house built after it was sold */
static void
test_effective (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTable) table = load_small (small_schema, small_data, &schema);
  const guint32 rows[] = { 0, 1, 2, 3, 4 };
  g_autoptr (HpPreprocessor) pre
    = hp_preprocessor_fit (schema, (const char *const *) schema->features, table, rows, 5, HP_ENCODING_ORDERED, &error);
  g_autoptr (HpHouse) house = hp_house_new (pre);
  float row[6];

  g_assert_true (hp_house_set_text (house, pre, 4, "2001-01", 7, &error));
  hp_preprocessor_transform (pre, house, 0, row);
  g_assert_cmpfloat (row[3], ==, 11);
  g_assert_cmpfloat (row[5], ==, 0);
  g_assert_true (hp_house_set_text (house, pre, 5, "2011-01", 7, &error));
  hp_preprocessor_transform (pre, house, 0, row);
  g_assert_cmpfloat (row[3], ==, 10);
  g_assert_cmpfloat (row[5], ==, -12);
  hp_preprocessor_transform (pre, house, 20130100, row);
  g_assert_cmpfloat (row[3], ==, 12);
  g_assert_cmpfloat (row[5], ==, 12);
  hp_preprocessor_transform (pre, house, 19990100, row);
  g_assert_cmpfloat (row[3], ==, 0);
}

static void
check_failure (const char *yaml, const char *csv, const char *feature, gsize n_rows, const char *field,
               const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTable) table = load_small (yaml, csv, &schema);
  const char *const features[] = { feature, NULL };
  const guint32 rows[] = { 0, 1, 2, 3, 4 };

  for (guint encoding = 0; encoding < 2; encoding++)
    {
      g_assert_null (hp_preprocessor_fit (schema, features, table, rows, n_rows, encoding, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      g_assert_cmpstr (hp_error_get_field (error), ==, field);
      g_assert_nonnull (strstr (error->message, message));
      g_clear_error (&error);
    }
}

static void
test_failures (void)
{
  static const char undated[] = "price,area,rooms,place,state,renovated\n"
                                "1,2,3,a,bad,2000\n";

  check_failure (small_schema, small_data, "area", 0, NULL, "no rows");
  check_failure (small_schema, small_data, "note", 5, "note", "text");
  check_failure (small_schema, small_data, "renovated", 5, "renovated", "is a date");
  check_failure (small_schema, small_data, "price", 5, "price", "price itself");
  check_failure (small_schema, small_data, "windows", 5, "windows", "neither a column nor");
  check_failure (small_schema, undated, "since", 1, "since", "reference_date");
  check_failure (small_schema, "price,area,rooms,place,state,renovated\n1,NA,3,a,bad,2000\n", "area", 1, "area",
                 "no value");
  check_failure (small_schema, "price,area,rooms,place,state,renovated\n1,5,0,a,bad,2000\n", "density", 1, "density",
                 "no value");
}

/* A constant column has nothing to scale by, however its mean is rounded. */
static void
test_constant (void)
{
  static const char data[] = "price,area,rooms,place,state,renovated\n"
                             "1,1.1,3,a,bad,2000\n2,1.1,3,a,bad,2000\n3,1.1,3,a,bad,2000\n4,1.1,3,a,bad,2000\n"
                             "5,1.1,3,a,bad,2000\n6,1.1,3,a,bad,2000\n7,1.1,3,a,bad,2000\n8,1.1,3,a,bad,2000\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTable) table = load_small (small_schema, data, &schema);
  const char *const features[] = { "area", "place", "state", NULL };
  const guint32 rows[] = { 0, 1, 2, 3, 4, 5, 6, 7 };
  g_autoptr (HpPreprocessor) pre = hp_preprocessor_fit (schema, features, table, rows, 8, HP_ENCODING_ONE_HOT, &error);
  g_autoptr (HpHouse) house = NULL;
  float row[3];

  g_assert_no_error (error);
  house = hp_house_new (pre);
  g_assert_true (hp_house_set_number (house, pre, 0, 3.1, &error));
  g_assert_true (hp_house_set_text (house, pre, 1, "a", 1, &error));
  hp_preprocessor_transform (pre, house, 0, row);
  g_assert_cmpfloat_with_epsilon (row[0], 2, 1e-6);
  g_assert_cmpfloat (row[1], ==, 0);
  g_assert_cmpfloat (row[2], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preprocessor/ordered", test_ordered);
  g_test_add_func ("/preprocessor/one-hot", test_one_hot);
  g_test_add_func ("/preprocessor/small", test_small);
  g_test_add_func ("/preprocessor/effective-date", test_effective);
  g_test_add_func ("/preprocessor/stand-in", test_stand_in);
  g_test_add_func ("/preprocessor/constant", test_constant);
  g_test_add_func ("/preprocessor/failures", test_failures);
  return g_test_run ();
}

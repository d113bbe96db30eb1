/* test-infer.c - first schemas from files of several habits
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

#include "hp-random.h"
#include "table-test.h"

static HpSchema *
infer_path (const char *path, const char *target)
{
  GError *error = NULL;
  HpSchema *schema = hp_schema_infer (path, target, &error);
  g_autofree char *yaml = NULL, *again = NULL;
  g_autoptr (HpSchema) copy = NULL;

  g_assert_no_error (error);
  /* what is written passes `schema check` and reads back equal */
  yaml = hp_schema_to_yaml (schema);
  copy = hp_schema_parse (yaml, strlen (yaml), "again.yaml", &error);
  g_assert_no_error (error);
  again = hp_schema_to_yaml (copy);
  g_assert_cmpstr (yaml, ==, again);
  return schema;
}

static HpSchema *
infer_text (const char *csv, const char *target, GError **error)
{
  g_autofree char *path = NULL;
  HpSchema *schema;
  int fd = g_file_open_tmp ("hp-infer-XXXXXX.csv", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  g_assert_true (g_file_set_contents (path, csv, -1, NULL));
  schema = error == NULL ? infer_path (path, target) : hp_schema_infer (path, target, error);
  g_unlink (path);
  return schema;
}

static void
assert_list (char **list, const char *expected)
{
  g_autofree char *joined = g_strjoinv (" ", list);

  g_assert_cmpstr (joined, ==, expected);
}

static void
assert_column (const HpSchema *schema, const char *name, HpColumnType type, double min, double max, const char *unit)
{
  const HpSchemaColumn *column = hp_schema_get_column (schema, name);

  g_assert_nonnull (column);
  g_assert_cmpint (column->type, ==, type);
  g_assert_cmpfloat (column->min, ==, min);
  g_assert_cmpfloat (column->max, ==, max);
  g_assert_cmpstr (column->unit, ==, unit);
}

static void
test_house_data (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "house_data.csv", NULL);
  g_autoptr (HpSchema) schema = infer_path (path, NULL);
  const HpSchemaGate *gate = schema->gates->pdata[0];

  g_assert_cmpstr (schema->name, ==, "house_data");
  g_assert_cmpstr (schema->target, ==, "price");
  g_assert_cmpstr (schema->currency, ==, "USD");
  g_assert_cmpstr (schema->role_date, ==, "sale_date");
  g_assert_cmpstr (schema->role_latitude, ==, "latitude");
  g_assert_cmpstr (schema->role_longitude, ==, "longitude");
  g_assert_null (schema->role_id);
  assert_column (schema, "price", HP_COLUMN_NUMBER, 1000, 10000000, NULL);
  assert_column (schema, "sqft", HP_COLUMN_NUMBER, 100, 20000, "ft²");
  assert_column (schema, "bedrooms", HP_COLUMN_INTEGER, 0, 20, NULL);
  assert_column (schema, "year_built", HP_COLUMN_INTEGER, 1800, 2100, NULL);
  assert_column (schema, "latitude", HP_COLUMN_NUMBER, -90, 90, "°");
  g_assert_cmpint (hp_schema_get_column (schema, "location")->type, ==, HP_COLUMN_CATEGORY);
  g_assert_cmpuint (g_strv_length (hp_schema_get_column (schema, "condition")->order), ==, 9);
  assert_list (schema->features,
               "sqft bedrooms bathrooms location condition lot_sqft basement_sqft garage_cars fireplaces "
               "year_remodeled sale_condition house_age bed_bath_ratio");
  assert_list (schema->leakage, "");
  g_assert_cmpuint (schema->gates->len, ==, 1);
  g_assert_cmpstr (gate->metric, ==, "r2");
  g_assert_cmpfloat (gate->min, ==, 0.6);
}

static void
test_sacramento (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "sacramento.csv", NULL);
  g_autoptr (HpSchema) schema = infer_path (path, NULL);

  g_assert_cmpint (hp_schema_get_column (schema, "zip")->type, ==, HP_COLUMN_CATEGORY);
  g_assert_null (schema->role_date);
  assert_list (schema->features, "sqft bedrooms bathrooms location zip type bed_bath_ratio");
}

/* Other names, other units, an id, an address, leaks, coordinates as the only places */
static void
test_other_layout (void)
{
  g_autoptr (GString) csv = g_string_new (
    "PropertyID,Street Address,LivingAreaSqm,SalePrice,PricePerSqm,Price USD,Sold Date,YearBuilt,Lat,Lng,"
    "Empty,Same,Notes,Zip\n");
  g_autoptr (HpSchema) schema = NULL;
  HpRandom random;

  hp_random_init (&random, 3, 0);
  for (guint i = 0; i < 200; i++)
    {
      double area = 50 + floor (100 * hp_random_double (&random));
      double price = floor (area * (2000 + 1500 * hp_random_double (&random)));

      g_string_append_printf (csv, "X%u,%u Oak Avenue,%.0f,%.0f,%.1f,%.0f,2019-%02u-11,%u,%.4f,%.4f,,7,note %u,%05u\n",
                              i * 7, i, area, price, price / area, price * 1.1, 1 + i % 12, 1950 + i % 60,
                              48 + hp_random_double (&random), 2 + hp_random_double (&random), i, 1000 + i % 9);
    }
  schema = infer_text (csv->str, NULL, NULL);
  g_assert_cmpstr (schema->target, ==, "SalePrice");
  g_assert_cmpstr (schema->role_id, ==, "PropertyID");
  g_assert_null (schema->role_group);
  g_assert_cmpstr (schema->role_address, ==, "Street Address");
  g_assert_cmpstr (schema->role_date, ==, "Sold Date");
  g_assert_cmpstr (schema->role_latitude, ==, "Lat");
  assert_column (schema, "LivingAreaSqm", HP_COLUMN_NUMBER, 20, 500, "m²");
  g_assert_cmpint (hp_schema_get_column (schema, "PropertyID")->type, ==, HP_COLUMN_TEXT);
  g_assert_cmpint (hp_schema_get_column (schema, "Zip")->type, ==, HP_COLUMN_CATEGORY);
  g_assert_cmpint (hp_schema_get_column (schema, "Notes")->type, ==, HP_COLUMN_TEXT);
  g_assert_true (hp_schema_get_column (schema, "Notes")->optional);
  g_assert_false (hp_schema_get_column (schema, "LivingAreaSqm")->optional);
  assert_list (schema->leakage, "PricePerSqm Price USD");
  assert_list (schema->features, "LivingAreaSqm Zip house_age");
  g_assert_cmpstr (hp_schema_get_derived (schema, "house_age")->a, ==, "YearBuilt");
}

static void
test_no_date_no_age (void)
{
  g_autoptr (GString) csv = g_string_new ("price,sqft,year_built\n");
  g_autoptr (HpSchema) schema = NULL;
  HpRandom random;

  hp_random_init (&random, 5, 0);
  for (guint i = 0; i < 80; i++)
    g_string_append_printf (csv, "%u,%u,%u\n", 100000 + hp_random_below (&random, 200000),
                            800 + hp_random_below (&random, 2000), 1950 + i % 60);
  schema = infer_text (csv->str, NULL, NULL);
  g_assert_null (hp_schema_get_derived (schema, "house_age"));
  assert_list (schema->features, "sqft year_built");
}

static void
test_coordinates_as_features (void)
{
  g_autoptr (GString) csv = g_string_new ("id,preis,flaeche,lat,lon\n");
  g_autoptr (HpSchema) schema = NULL;

  for (guint i = 0; i < 50; i++)
    g_string_append_printf (csv, "%u,%u,%u,%u.5,%u.25\n", i / 2, 1000 + i * i % 97, 30 + i * 7 % 31, 40 + i % 3,
                            5 + i % 4);
  schema = infer_text (csv->str, NULL, NULL);
  g_assert_cmpstr (schema->target, ==, "preis");
  g_assert_cmpstr (schema->currency, ==, "EUR");
  assert_list (schema->features, "id flaeche lat lon");
  g_assert_false (hp_schema_get_column (schema, "lat")->optional);
}

/* An id that comes again: the houses are groups */
static void
test_repeated_id (void)
{
  g_autoptr (GString) csv = g_string_new ("parcel,price,area\n");
  g_autoptr (HpSchema) schema = NULL;

  for (guint i = 0; i < 50; i++)
    g_string_append_printf (csv, "%u,%u,%u\n", 9000 + i * 13 % 41, 1000 + i * i % 97, 30 + i * 7 % 31);
  schema = infer_text (csv->str, NULL, NULL);
  g_assert_cmpstr (schema->role_id, ==, "parcel");
  g_assert_cmpstr (schema->role_group, ==, "parcel");
  assert_list (schema->features, "area");
}

static void
test_target (void)
{
  g_autoptr (HpSchema) schema = infer_text ("a,b c,Price\n1,2,3\n2,3,5\n4,9,6\n", " B  c", NULL);
  static const struct
  {
    const char *csv, *target, *message;
  } cases[] = {
    { "a,b\n1,2\n2,3\n", NULL, "no column looks like the price; name it with --target COLUMN" },
    { "a,b\n1,2\n2,3\n", "c", "the file has no column \"c\"" },
    { "sale_price,b\n1,2\n2,3\n", "sale_prize", "(did you mean \"sale_price\"?)" },
    { "a,b\n1,x\n2,y\n", "b", "column \"b\" has the type category and can't be the target" },
    { "price,b\n1,x\n2,x\n", NULL, "no column besides \"price\" can be a feature" },
    { "price;b\n1;x\n", NULL, "this looks separated by ';'" },
    { "price,b\n", NULL, "the file has a header and no rows" },
  };

  g_assert_cmpstr (schema->target, ==, "b c");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (infer_text (cases[i].csv, cases[i].target, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      if (strstr (error->message, cases[i].message) == NULL)
        g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

/* Prices with signs and separators are still seen to be the price; loading then says what to remove */
static void
test_disguised_price (void)
{
  g_autoptr (HpSchema) schema
    = infer_text ("price,sqft\n\"$215,000\",1000\n\"$105,000\",900\n\"$172,000\",950\n", NULL, NULL);

  g_assert_cmpint (hp_schema_get_column (schema, "price")->type, ==, HP_COLUMN_NUMBER);
  assert_list (schema->features, "sqft");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/infer/house-data", test_house_data);
  g_test_add_func ("/infer/sacramento", test_sacramento);
  g_test_add_func ("/infer/other-layout", test_other_layout);
  g_test_add_func ("/infer/no-date-no-age", test_no_date_no_age);
  g_test_add_func ("/infer/coordinates-as-features", test_coordinates_as_features);
  g_test_add_func ("/infer/repeated-id", test_repeated_id);
  g_test_add_func ("/infer/target", test_target);
  g_test_add_func ("/infer/disguised-price", test_disguised_price);
  return g_test_run ();
}

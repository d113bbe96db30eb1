/* test-clean.c - which rows are trained on, and why others are not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "table-test.h"

static HpCleaned *
clean_good (const HpTable *table, const HpSchema *schema)
{
  GError *error = NULL;
  HpCleaned *cleaned = hp_table_clean (table, schema, &error);
  gsize out;

  g_assert_no_error (error);
  out = cleaned->no_target + cleaned->excluded + cleaned->impossible + cleaned->outliers + cleaned->missing
        + cleaned->duplicates;
  g_assert_cmpuint (cleaned->n_rows + out, ==, table->n_rows);
  for (gsize i = 1; i < cleaned->n_rows; i++)
    g_assert_cmpuint (cleaned->rows[i], >, cleaned->rows[i - 1]);
  return cleaned;
}

static void
test_shipped (void)
{
  g_autoptr (HpSchema) schema = NULL, other_schema = NULL;
  g_autoptr (HpTable) table = load_data ("../data", "house_data", &schema, HP_TABLE_DEFAULT, NULL);
  g_autoptr (HpTable) other = load_data ("data", "sacramento", &other_schema, HP_TABLE_DEFAULT, NULL);
  g_autoptr (HpCleaned) cleaned = clean_good (table, schema), other_cleaned = clean_good (other, other_schema);

  g_assert_cmpuint (cleaned->n_rows, ==, 2929);
  g_assert_cmpuint (cleaned->impossible, ==, 1);
  g_assert_cmpuint (cleaned->rows[2179], ==, 2179);
  g_assert_cmpuint (cleaned->rows[2180], ==, 2181); /* line 2182 is row 2180 */
  g_assert_cmpuint (other_cleaned->n_rows, ==, 930);
  g_assert_cmpuint (other_cleaned->duplicates, ==, 2);
}

#define COLUMNS                                                                                                        \
  "target: price\n"                                                                                                    \
  "columns: {price: {type: number}, sqft: {type: number}, built: {type: integer}, sold: {type: date, optional: "       \
  "true},\n"                                                                                                           \
  "  kind: {type: category, optional: true}, place: {type: category}}\n"                                               \
  "derived: {age: {age: built, at: sold}}\n"                                                                           \
  "features: [sqft, place, age]\n"

static const char csv[] = "price,sqft,built,sold,kind,place\n"
                          "100,10,2000,2010-05,Normal,a\n"
                          "110,11,2000,2010-05,Normal,a\n"
                          "100,10.0,2000,2010-05,normal,A\n" /* repeats the first */
                          ",12,2000,2010-05,Normal,a\n"
                          "0,13,2000,2010-05,Normal,a\n"
                          "130,14,2000,2010-05, family ,a\n"
                          "140,15,2011,2010-12,Normal,a\n" /* built after sold */
                          "150,16,2010,2010-01,Normal,a\n"
                          "160,,2000,2010-05,Normal,a\n"
                          "170,17,2000,,Normal,\n";

static void
assert_rows (const HpCleaned *cleaned, const guint32 *rows, gsize n)
{
  g_assert_cmpmem (cleaned->rows, cleaned->n_rows * sizeof (guint32), rows, n * sizeof (guint32));
}

static void
test_reasons (void)
{
  g_autoptr (HpSchema) schema = schema_of (COLUMNS "exclude: {kind: [FAMILY]}\n");
  g_autoptr (HpSchema) dropping = schema_of (COLUMNS "exclude: {kind: [FAMILY]}\nmissing: {number: drop}\n");
  g_autoptr (HpSchema) strict = schema_of (COLUMNS "missing: drop\n");
  g_autoptr (HpTable) table = load_text (csv, schema, HP_TABLE_DEFAULT, NULL);
  g_autoptr (HpCleaned) cleaned = clean_good (table, schema), dropped = clean_good (table, dropping);
  g_autoptr (HpCleaned) strictly = clean_good (table, strict);

  assert_rows (cleaned, (const guint32[]){ 0, 1, 7, 8, 9 }, 5);
  g_assert_cmpuint (cleaned->duplicates, ==, 1);
  g_assert_cmpuint (cleaned->no_target, ==, 2);
  g_assert_cmpuint (cleaned->excluded, ==, 1);
  g_assert_cmpuint (cleaned->impossible, ==, 1);
  g_assert_cmpuint (cleaned->missing, ==, 0);
  assert_rows (dropped, (const guint32[]){ 0, 1, 7, 9 }, 4);
  g_assert_cmpuint (dropped->missing, ==, 1);
  assert_rows (strictly, (const guint32[]){ 0, 1, 5, 7 }, 4);
  g_assert_cmpuint (strictly->missing, ==, 2);
}

/* Dates of construction are compared no finer than both are known */
static void
test_impossible_dates (void)
{
  g_autoptr (HpSchema) schema = schema_of ("target: price\n"
                                           "columns: {price: {type: number}, built: {type: date}, sold: {type: date}}\n"
                                           "derived: {age: {age: built, at: sold}}\n"
                                           "features: [age]\n");
  g_autoptr (HpTable) table = load_text ("price,built,sold\n"
                                         "1,2010,2010-01\n"
                                         "2,2010-06,2010-05\n"
                                         "3,2010-05-31,2010-05\n"
                                         "4,2010-05-31,2010-05-30\n"
                                         "5,2011,2010-12-31\n"
                                         "6,2010-05-30,2010-05-30\n",
                                         schema, HP_TABLE_DEFAULT, NULL);
  g_autoptr (HpCleaned) cleaned = clean_good (table, schema);

  assert_rows (cleaned, (const guint32[]){ 0, 2, 5 }, 3);
}

static void
test_outliers (void)
{
  g_autoptr (GString) text = g_string_new ("price,sqft,place\n");
  const char *columns = "target: price\n"
                        "columns: {price: {type: number}, sqft: {type: number}, place: {type: category}}\n"
                        "features: [sqft, place]\n";
  g_autofree char *with = g_strconcat (columns, "outliers: iqr\n", NULL);
  g_autoptr (HpSchema) schema = schema_of (with), without = schema_of (columns);
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpCleaned) cleaned = NULL, all = NULL;

  /* quartiles of sqft 1..100 are 25.75 and 75.25: fences at -122.75 and 223.75. Prices are 1000·1.01^i. */
  for (guint i = 1; i <= 100; i++)
    g_string_append_printf (text, "%u,%u,a\n", 1000 + 10 * i, i);
  g_string_append (text, "1500,218,a\n1500,100000,a\n1e9,50,a\n1,50,a\n");
  table = load_text (text->str, schema, HP_TABLE_DEFAULT, NULL);
  cleaned = clean_good (table, schema);
  g_assert_cmpuint (cleaned->outliers, ==, 3);
  g_assert_cmpuint (cleaned->rows[100], ==, 100);
  all = clean_good (table, without);
  g_assert_cmpuint (all->n_rows, ==, 104);
}

static void
test_nothing_left (void)
{
  g_autoptr (HpSchema) schema = schema_of (COLUMNS);
  static const struct
  {
    const char *text, *field, *message;
  } cases[] = {
    { "price,sqft,built,place\n,1,2000,a\n5,1,2000,a\n", "price", "t.csv: usable rows: 1 of 2" },
    { "price,sqft,built,place\n5,1,2000,a\n5,2,2000,a\n", "price",
      "t.csv: usable rows: 2 of 2, and there is nothing to learn from prices that are all equal" },
    { "price,sqft,built,place\n5,,2000,a\n6,NA,2000,a\n", "sqft", "t.csv: column \"sqft\" has no value" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HpTable) table = load_text (cases[i].text, schema, HP_TABLE_DEFAULT, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (hp_table_clean (table, schema, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
      if (!g_str_has_prefix (error->message, cases[i].message))
        g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_cmpstr (hp_error_get_field (error), ==, cases[i].field);
    }
}

/* One is enough to test a model on, and equal prices are; none is not. */
static void
test_for_test (void)
{
  g_autoptr (HpSchema) schema = schema_of (COLUMNS);
  g_autoptr (HpTable) one
    = load_text ("price,sqft,built,place\n,1,2000,a\n5,,2000,a\n", schema, HP_TABLE_DEFAULT, NULL),
    none = load_text ("price,sqft,built,place\n,1,2000,a\n", schema, HP_TABLE_DEFAULT, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpCleaned) cleaned = hp_table_clean_for_test (one, schema, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (cleaned->n_rows, ==, 1);
  g_assert_cmpuint (cleaned->rows[0], ==, 1);
  g_assert_cmpuint (cleaned->no_target, ==, 1);
  g_assert_null (hp_table_clean_for_test (none, schema, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_nonnull (strstr (error->message, "t.csv: usable rows: 0 of 1; left out: 1 without \"price\""));
}

static void
test_no_target_column (void)
{
  g_autoptr (HpSchema) schema = schema_of (COLUMNS);
  g_autoptr (HpTable) table = load_text ("sqft,built,place\n1,2000,a\n2,2000,a\n", schema, HP_TABLE_NO_TARGET, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_table_clean (table, schema, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_cmpstr (hp_error_get_field (error), ==, "price");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clean/shipped", test_shipped);
  g_test_add_func ("/clean/reasons", test_reasons);
  g_test_add_func ("/clean/impossible-dates", test_impossible_dates);
  g_test_add_func ("/clean/outliers", test_outliers);
  g_test_add_func ("/clean/nothing-left", test_nothing_left);
  g_test_add_func ("/clean/for-test", test_for_test);
  g_test_add_func ("/clean/no-target-column", test_no_target_column);
  return g_test_run ();
}

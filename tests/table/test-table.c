/* test-table.c - loading a table: types, cells, columns, rows, hashes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "table-test.h"

#define SCHEMA                                                                                                         \
  "target: price\n"                                                                                                    \
  "columns:\n"                                                                                                         \
  "  price: {type: number, min: 10, max: 1000}\n"                                                                      \
  "  sqft: {type: number, min: 0}\n"                                                                                   \
  "  beds: {type: integer}\n"                                                                                          \
  "  place: {type: category}\n"                                                                                        \
  "  grade: {type: category, order: [Bad, None, Very Good]}\n"                                                         \
  "  style: {type: category, order: [old, new], optional: true}\n"                                                     \
  "  sold: {type: date, optional: true}\n"                                                                             \
  "features: [sqft, beds, place, grade]\n"                                                                             \
  "roles: {date: sold}\n"

static void
test_types (void)
{
  g_autoptr (HpSchema) schema = schema_of (SCHEMA);
  g_autoptr (HpFindings) findings = hp_findings_new ("t.csv");
  g_autoptr (HpTable) table = load_text ("Grade, SQFT ,place,price,beds,sold,extra\n"
                                         "very  good,1.5,North Ames,100,3,2010-05,x\n"
                                         "\n"
                                         "BAD, -0 , north ames ,200,NA,2010,y\n"
                                         "none,?,,300,2,2010-05-31,x\n",
                                         schema, HP_TABLE_DEFAULT, findings);
  const HpColumn *column;
  static const char *const text_of_last[] = { "None", "", "", "300", "2", "2010-05-31" };

  g_assert_cmpuint (hp_findings_get_n (findings), ==, 0);
  g_assert_cmpstr (table->file, ==, "t.csv");
  g_assert_cmpuint (table->n_rows, ==, 3);
  g_assert_cmpuint (table->columns->len, ==, 6);
  g_assert_cmpuint (table->lines[0], ==, 2);
  g_assert_cmpuint (table->lines[1], ==, 4);
  g_assert_null (hp_table_get_column (table, "extra"));
  g_assert_null (hp_table_get_column (table, "style"));

  column = hp_table_get_column (table, "grade");
  g_assert_true (column == table->columns->pdata[0]);
  g_assert_true (column->in_schema);
  g_assert_cmpint (column->type, ==, HP_COLUMN_CATEGORY);
  g_assert_null (column->numbers);
  g_assert_cmpuint (column->levels->len, ==, 3);
  g_assert_cmpstr (column->levels->pdata[2], ==, "Very Good");
  g_assert_cmpint (column->codes[0], ==, 2);
  g_assert_cmpint (column->codes[1], ==, 0);
  g_assert_cmpint (column->codes[2], ==, 1); /* the order's "None" is a grade, not a missing one */

  column = hp_table_get_column (table, "place");
  g_assert_cmpuint (column->levels->len, ==, 1);
  g_assert_cmpstr (column->levels->pdata[0], ==, "North Ames");
  g_assert_cmpint (column->codes[1], ==, 0);
  g_assert_cmpint (column->codes[2], ==, -1);

  column = hp_table_get_column (table, "sqft");
  g_assert_null (column->codes);
  g_assert_cmpfloat (column->numbers[0], ==, 1.5);
  g_assert_true (isnan (column->numbers[2]));
  column = hp_table_get_column (table, "sold");
  g_assert_cmpfloat (column->numbers[0], ==, 20100500);
  g_assert_cmpfloat (column->numbers[1], ==, 20100000);

  for (guint i = 0; i < table->columns->len; i++)
    {
      g_autofree char *text = hp_table_get_text (table, table->columns->pdata[i], 2);

      g_assert_cmpstr (text, ==, text_of_last[i]);
    }
}

static void
test_bad_cells (void)
{
  g_autoptr (HpSchema) schema = schema_of (SCHEMA);
  g_autoptr (HpFindings) findings = hp_findings_new ("t.csv");
  g_autoptr (HpTable) table = load_text ("price,sqft,beds,place,grade,style,sold\n"
                                         "100,\"1,850\",2.5,\"é\né\",Bda,odd,2010/05\n"
                                         "100,12abc,1e300,b,Bad,older,2010-13\n"
                                         "5,1,1,c,Bad,,\n"
                                         "100,2,2\n"
                                         "100,-1,2,d,Bad,,\n"
                                         "100,3,3,e,worse,,\n",
                                         schema, HP_TABLE_DEFAULT, findings);

  assert_finding (findings, HP_SEVERITY_ERROR, "bad_number", "sqft", 2, 2, 5,
                  "\"1,850\" is not a number; remove the thousands separator");
  assert_finding (findings, HP_SEVERITY_ERROR, "not_integer", "beds", 2, 2, 13, "2.5 is not a whole number");
  /* the category before it ends on line 3 */
  assert_finding (findings, HP_SEVERITY_ERROR, "unknown_category", "grade", 2, 3, 4,
                  "\"Bda\" is not in the schema's order (did you mean \"Bad\"?); it has Bad, None or Very Good");
  assert_finding (findings, HP_SEVERITY_WARNING, "unknown_category", "style", 2, 3, 8, "it has old or new");
  assert_finding (findings, HP_SEVERITY_ERROR, "bad_date", "sold", 2, 3, 12,
                  "\"2010/05\" is not a date; write it as YYYY, YYYY-MM or YYYY-MM-DD");
  assert_finding (findings, HP_SEVERITY_ERROR, "out_of_range", "price", 1, 5, 1,
                  "5 is below the schema's minimum of 10");
  assert_finding (findings, HP_SEVERITY_ERROR, "out_of_range", "sqft", 1, 7, 5,
                  "-1 is below the schema's minimum of 0");
  assert_finding (
    findings, HP_SEVERITY_ERROR, "ragged_row", NULL, 1, 6, 7,
    "3 fields where the header has 7; a comma within a field needs quotes around it");
  g_assert_cmpuint (hp_findings_get_n (findings), ==, 8);

  g_assert_cmpuint (table->n_rows, ==, 3);
  g_assert_true (isnan (hp_table_get_column (table, "sqft")->numbers[0]));
  g_assert_cmpint (hp_table_get_column (table, "grade")->codes[0], ==, -1);
  g_assert_cmpuint (table->lines[2], ==, 8);
}

static void
test_number_hints (void)
{
  static const char *const cases[][2] = {
    { "\"1,850\"", "remove the thousands separator" },
    { "\"1,234,567.8\"", "remove the thousands separator" },
    { "1 850", "remove the thousands separator" },
    { "1'850", "remove the thousands separator" },
    { "\"1,5\"", "write a point for the decimals" },
    { "\"$215,000\"", "remove the currency sign and any separators" },
    { "€ 100", "remove the currency sign and any separators" },
    { "100 EUR", "remove the currency sign and any separators" },
    { "1850 sqft", "remove \"sqft\"" },
    { "\"1,850sqft\"", "remove \"sqft\"" },
    { "12abc", "remove \"abc\"" },
    { "5%", "remove the per cent sign" },
    { "1e999", "\"1e999\" is too large for a number" },
    { "abc", "\"abc\" is not a number; correct it, or leave the cell empty" },
    { "0x10", "is not a number" },
    { "inf", "is not a number; correct it" },
    { "1e", "is not a number" },
    { "--5", "is not a number; correct it" },
    { "2010-05", "is not a number" },
  };
  g_autoptr (HpSchema) schema
    = schema_of ("target: p\ncolumns: {p: {type: number}, x: {type: number}}\nfeatures: [x]\n");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HpFindings) findings = hp_findings_new ("t.csv");
      g_autofree char *csv = g_strdup_printf ("p,x\n1,%s\n", cases[i][0]);
      g_autoptr (HpTable) table = load_text (csv, schema, HP_TABLE_DEFAULT, findings);

      assert_finding (findings, HP_SEVERITY_ERROR, "bad_number", "x", 1, 2, 3, cases[i][1]);
      g_assert_true (isnan (hp_table_get_column (table, "x")->numbers[0]));
    }
}

static void
test_flags (void)
{
  g_autoptr (HpSchema) schema = schema_of (SCHEMA);
  g_autoptr (HpFindings) findings = hp_findings_new ("t.csv");
  g_autoptr (HpFindings) others = hp_findings_new ("t.csv");
  g_autoptr (HpTable) table = NULL, kept = NULL;
  g_autoptr (GString) csv = g_string_new ("sqft,beds,place,grade,n,zip,when,note,mixed\n");
  const HpColumn *column;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (csv, "%u,1,a,Bad,%u.5,0%u,2010-%02u,text %u,%s\n", i, i, 1000 + i % 5, 1 + i % 12, i,
                            i == 50 ? "$1" : "7");
  table = load_text (csv->str, schema, HP_TABLE_NO_TARGET | HP_TABLE_ALL_COLUMNS, findings);
  g_assert_null (hp_table_get_column (table, "price"));
  column = hp_table_get_column (table, "n");
  g_assert_false (column->in_schema);
  g_assert_cmpint (column->type, ==, HP_COLUMN_NUMBER);
  g_assert_cmpfloat (column->numbers[99], ==, 99.5);
  g_assert_cmpint (hp_table_get_column (table, "zip")->type, ==, HP_COLUMN_CATEGORY);
  g_assert_cmpint (hp_table_get_column (table, "when")->type, ==, HP_COLUMN_DATE);
  g_assert_cmpint (hp_table_get_column (table, "note")->type, ==, HP_COLUMN_TEXT);
  column = hp_table_get_column (table, "mixed");
  g_assert_nonnull (column->numbers);
  g_assert_true (isnan (column->numbers[50]));
  assert_finding (findings, HP_SEVERITY_WARNING, "bad_number", "mixed", 1, 52, 0, "remove the currency sign");

  kept = load_text ("price,sqft,beds,place,grade\n5,1,1,a,Bad\n50,1,1,a,Bad\n", schema, HP_TABLE_KEEP_RANGE, others);
  g_assert_cmpuint (kept->n_rows, ==, 2);
  g_assert_cmpfloat (hp_table_get_column (kept, "price")->numbers[0], ==, 5);
  assert_finding (others, HP_SEVERITY_ERROR, "out_of_range", "price", 1, 2, 1, "below");
}

static void
assert_load_fails (const char *csv, HpTableFlags flags, HpFindings *findings, const char *field, const char *message)
{
  g_autoptr (HpSchema) schema = schema_of (SCHEMA);
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_table_load_memory (csv, strlen (csv), "t.csv", schema, flags, findings, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  if (!g_str_has_prefix (error->message, message))
    g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpstr (hp_error_get_field (error), ==, field);
}

static void
test_failures (void)
{
  g_autoptr (HpFindings) findings = hp_findings_new ("t.csv");
  g_autoptr (HpFindings) others = hp_findings_new ("t.csv");
  g_autoptr (HpSchema) schema = schema_of (SCHEMA);
  g_autoptr (GError) error = NULL;

  assert_load_fails ("", HP_TABLE_DEFAULT, findings, NULL, "t.csv:1:1: the file is empty");
  assert_load_fails ("price,sqft,beds,place,grade\n", HP_TABLE_DEFAULT, findings, NULL,
                     "t.csv:1:1: the file has a header and no rows");
  assert_load_fails ("price,bedss,place,grade\n1,2,3,4\n", HP_TABLE_DEFAULT, findings, "sqft",
                     "t.csv:1:1: the file lacks \"sqft\", \"beds\" (did you mean \"bedss\"?); add it");
  assert_finding (findings, HP_SEVERITY_ERROR, "missing_column", "beds", 1, 1, 0, "did you mean \"bedss\"?");
  assert_load_fails ("sqft,beds,place,grade\n1,2,3,Bad\n", HP_TABLE_DEFAULT, others, "price",
                     "t.csv:1:1: the file lacks");
  /* no row that can be read */
  g_clear_pointer (&others, hp_findings_free);
  others = hp_findings_new ("t.csv");
  assert_load_fails ("price,sqft,beds,place,grade\n1\n2\n", HP_TABLE_DEFAULT, others, NULL,
                     "t.csv:2:1: 1 fields where the header has 5");
  /* without a place for findings, the first error fails the loading */
  assert_load_fails ("price,sqft,beds,place,grade\n100,x,1,a,Bad\n", HP_TABLE_DEFAULT, NULL, "sqft",
                     "t.csv:2:5: sqft: \"x\" is not a number");
  assert_load_fails ("price,sqft,beds,place,grade\n100,1,1,\"a,Bad\n", HP_TABLE_DEFAULT, findings, NULL,
                     "t.csv:2:9: the quote that opens here is never closed");
  g_assert_null (hp_table_load ("/nonexistent.csv", schema, HP_TABLE_DEFAULT, findings, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_NOT_FOUND);
}

/* An optional column that a feature is made from must be there all the same */
static void
test_needed_optional (void)
{
  g_autoptr (HpSchema) schema = schema_of ("target: p\n"
                                           "columns: {p: {type: number}, y: {type: integer, optional: true},\n"
                                           "  d: {type: date, optional: true}, z: {type: number, optional: true}}\n"
                                           "derived: {age: {age: y, at: d}}\n"
                                           "features: [age]\n");
  g_autoptr (HpTable) table = load_text ("p,y\n1,2000\n", schema, HP_TABLE_DEFAULT, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (table->columns->len, ==, 2);
  g_assert_null (hp_table_load_memory ("p,d\n1,2000\n", 10, "t.csv", schema, HP_TABLE_DEFAULT, NULL, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_cmpstr (hp_error_get_field (error), ==, "y");
}

static void
test_row_hash (void)
{
  g_autoptr (HpSchema) schema = schema_of (SCHEMA);
  g_autoptr (HpTable) a = load_text ("price,sqft,beds,place,grade,sold\n"
                                     "100,1500,3,North Ames,Bad,2010-05\n"
                                     "100,1500,3,North Ames,Bad,2010-06\n"
                                     "100,1500,,North Ames,Bad,2010-05\n"
                                     "101,1500,3,North Ames,Bad,2010-05\n"
                                     "100,1500,3,North Ames,None,2010-05\n",
                                     schema, HP_TABLE_DEFAULT, NULL);
  g_autoptr (HpTable) b = load_text ("other,sold,grade,place,beds,sqft,price,style\n"
                                     "z,2010-05,bad,NORTH  ames,3.0,1.5e3,100.00,new\n",
                                     schema, HP_TABLE_DEFAULT, NULL);
  guint64 hash = hp_table_row_hash (a, schema, 0);

  g_assert_cmpuint (hash, ==, hp_table_row_hash (b, schema, 0));
  for (gsize i = 1; i < a->n_rows; i++)
    for (gsize k = 0; k < i; k++)
      g_assert_cmpuint (hp_table_row_hash (a, schema, i), !=, hp_table_row_hash (a, schema, k));
  /* Bundles keep these. The first 16 digits of: printf '%s\0' price 100 beds 3 grade bad place 'north ames' sqft 1500 \
   * sold 2010-05 | sha256sum */
  g_assert_cmphex (hash, ==, G_GUINT64_CONSTANT (0x79d1a6d325f6d1b9));
}

static void
test_shipped (void)
{
  g_autoptr (HpSchema) schema = NULL, other_schema = NULL;
  g_autoptr (HpFindings) findings = hp_findings_new ("house_data.csv");
  g_autoptr (HpTable) table = load_data ("../data", "house_data", &schema, HP_TABLE_DEFAULT, findings);
  g_autoptr (HpTable) other = load_data ("data", "sacramento", &other_schema, HP_TABLE_DEFAULT, findings);

  g_assert_cmpuint (hp_findings_get_n (findings), ==, 0);
  g_assert_cmpuint (table->n_rows, ==, 2930);
  g_assert_cmpuint (table->columns->len, ==, 16);
  g_assert_cmpstr (table->sha256, ==, "2364154699376677616c573bfdfc2bbff3e7d23e8d2a7501dd8b6d35eca18238");
  g_assert_cmpuint (hp_table_get_column (table, "location")->levels->len, ==, 28);
  g_assert_cmpuint (other->n_rows, ==, 932);
  g_assert_cmpuint (hp_table_get_column (other, "zip")->levels->len, ==, 68);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/types", test_types);
  g_test_add_func ("/table/bad-cells", test_bad_cells);
  g_test_add_func ("/table/number-hints", test_number_hints);
  g_test_add_func ("/table/flags", test_flags);
  g_test_add_func ("/table/failures", test_failures);
  g_test_add_func ("/table/needed-optional", test_needed_optional);
  g_test_add_func ("/table/row-hash", test_row_hash);
  g_test_add_func ("/table/shipped", test_shipped);
  return g_test_run ();
}

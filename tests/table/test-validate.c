/* test-validate.c - every check of validate: one file that breaks it, one that doesn't
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "table-test.h"

#define SCHEMA                                                                                                         \
  "target: price\n"                                                                                                    \
  "columns:\n"                                                                                                         \
  "  price: {type: number}\n"                                                                                          \
  "  sqft: {type: number}\n"                                                                                           \
  "  built: {type: integer}\n"                                                                                         \
  "  place: {type: category}\n"                                                                                        \
  "  pid: {type: text, optional: true}\n"                                                                              \
  "  sold: {type: date, optional: true}\n"                                                                             \
  "  lat: {type: number, optional: true}\n"                                                                            \
  "  lon: {type: number, optional: true}\n"                                                                            \
  "  kind: {type: category, optional: true}\n"                                                                         \
  "derived: {age: {age: built, at: sold}}\n"                                                                           \
  "features: [sqft, place, age]\n"

static HpFindings *
validate (const char *yaml, const char *csv)
{
  g_autoptr (HpSchema) schema = schema_of (yaml);
  HpFindings *findings = hp_findings_new ("t.csv");
  g_autoptr (HpTable) table = load_text (csv, schema, HP_TABLE_ALL_COLUMNS | HP_TABLE_KEEP_RANGE, findings);

  hp_table_validate (table, schema, findings);
  return findings;
}

static void
test_missing (void)
{
  g_autoptr (HpFindings) findings = validate (SCHEMA, "price,sqft,built,place,lat,lon\n"
                                                      "1,2,2000,a,,\n"
                                                      ",3,2001,b,,\n"
                                                      "2,,2002,a,,1\n");

  assert_finding (findings, HP_SEVERITY_WARNING, "missing_target", "price", 1, 3, 0, "no price in 33.3 % of the rows");
  assert_finding (findings, HP_SEVERITY_INFO, "missing_values", "sqft", 1, 4, 0, "missing in 33.3 % of the rows");
  assert_finding (findings, HP_SEVERITY_WARNING, "missing_values", "lon", 2, 2, 0, "missing in 66.7 %");
  assert_finding (findings, HP_SEVERITY_WARNING, "empty_column", "lat", 3, 2, 0, "no value in any row");
  g_assert_null (find (findings, "missing_values", "place"));
  g_assert_cmpuint (hp_findings_count (findings, HP_SEVERITY_ERROR), ==, 0);
}

static void
test_empty_feature (void)
{
  g_autoptr (HpFindings) findings = validate (SCHEMA, "price,sqft,built,place\n1,,2000,a\n2,NA,2001,b\n");

  assert_finding (findings, HP_SEVERITY_ERROR, "empty_column", "sqft", 2, 2, 0, "no value in any row");
}

static void
test_rows (void)
{
  g_autoptr (HpFindings) findings = validate (SCHEMA "roles: {id: pid, date: sold, latitude: lat, longitude: lon}\n"
                                                     "exclude: {kind: Family}\n",
                                              "price,sqft,built,place,pid,sold,lat,lon,kind\n"
                                              "1,2,2000,a,p1,2009,42,-93,x\n"
                                              "1,2,2000,A,P1,2009,42,-93,x\n"      /* repeats line 2 */
                                              "3,2,2000,a,p1,2009,42,-93,x\n"      /* same id and date */
                                              "4,2,2000,a,p1,2010,42,-93,FAMILY\n" /* sold again */
                                              "5,2,2011,a,p2,2010-12,0,0,x\n"
                                              "0,2,2000,a,p3,9999-01,-93,42,x\n"
                                              "7,2,2000,a,p4,2010,42,181,x\n");

  assert_finding (findings, HP_SEVERITY_WARNING, "duplicate_row", NULL, 1, 3, 0, "repeats line 2 in all columns");
  assert_finding (findings, HP_SEVERITY_WARNING, "duplicate_id", "pid", 1, 4, 0, "the id and the date of another row");
  assert_finding (findings, HP_SEVERITY_INFO, "repeat_sale", "pid", 1, 5, 0, "the role \"group\"");
  assert_finding (findings, HP_SEVERITY_INFO, "excluded", "kind", 1, 5, 0, "excluded by the schema");
  assert_finding (findings, HP_SEVERITY_WARNING, "built_after_sold", "built", 1, 6, 0, "2011, after sold 2010-12");
  assert_finding (findings, HP_SEVERITY_WARNING, "no_place", "lat", 1, 6, 0, "latitude 0 and longitude 0");
  assert_finding (findings, HP_SEVERITY_WARNING, "no_price", "price", 1, 7, 0, "a price of 0 or less");
  assert_finding (findings, HP_SEVERITY_WARNING, "future_date", "sold", 1, 7, 0, "9999-01 lies in the future");
  assert_finding (findings, HP_SEVERITY_ERROR, "bad_coordinate", "lat", 1, 7, 0, "not within ±90 degrees");
  assert_finding (findings, HP_SEVERITY_ERROR, "bad_coordinate", "lon", 1, 8, 0, "not within ±180 degrees");
  assert_finding (findings, HP_SEVERITY_WARNING, "constant_column", "sqft", 7, 2, 0, "every value is \"2\"");
  assert_finding (findings, HP_SEVERITY_WARNING, "constant_column", "place", 7, 2, 0, "every value is \"a\"");
}

/* With a group the same house may be sold again and again */
static void
test_group (void)
{
  g_autoptr (HpFindings) findings
    = validate (SCHEMA "roles: {id: pid, group: pid, date: sold}\n", "price,sqft,built,place,pid,sold\n"
                                                                     "1,2,2000,a,p1,2009\n"
                                                                     "3,2,2000,a,p1,2010\n");

  g_assert_null (find (findings, "repeat_sale", "pid"));
  g_assert_null (find (findings, "duplicate_id", "pid"));
}

static void
test_columns (void)
{
  g_autoptr (GString) csv = g_string_new ("price,sqft,built,place,kind,plot,note\n");
  g_autoptr (HpFindings) findings = NULL;

  for (guint i = 1; i <= 100; i++)
    g_string_append_printf (csv, "%u,%u,2000,%s,all,%u,n\n", 1000 + (i * 37) % 100 * 10, i, i > 96 ? "rare" : "usual",
                            i % 7);
  g_string_append (csv, "1500,5000,2000,other,all,1,n\n9000000,50,2000,usual,all,1,n\n");
  findings = validate (SCHEMA, csv->str);
  assert_finding (findings, HP_SEVERITY_INFO, "rare_category", "place", 5, 98, 0,
                  "categories with fewer than 5 sales, of which little can be learnt: \"rare\" (4), \"other\" (1)");
  /* quartiles of 1 … 100 and 50: 25.5 and 75.75, with 5000 */
  assert_finding (findings, HP_SEVERITY_INFO, "outlier", "sqft", 1, 102, 0, "far from the other values, outside -");
  assert_finding (findings, HP_SEVERITY_INFO, "outlier", "price", 1, 103, 0, "far from the other values");
  assert_finding (findings, HP_SEVERITY_WARNING, "constant_column", "built", 102, 2, 0, "every value is \"2000\"");
  assert_finding (findings, HP_SEVERITY_INFO, "constant_column", "kind", 102, 2, 0, "every value is \"all\"");
  assert_finding (findings, HP_SEVERITY_INFO, "unused_column", NULL, 2, 0, 0, "\"plot\", \"note\"");
  g_assert_null (find (findings, "outlier", "built"));
  g_assert_null (find (findings, "leakage", "sqft"));
}

static void
test_leakage (void)
{
  g_autoptr (GString) csv = g_string_new ("price,sqft,built,place,euros,listed\n");
  g_autoptr (HpFindings) findings = NULL, used = NULL;

  for (guint i = 0; i < 60; i++)
    g_string_append_printf (csv, "%u,%u,%u,%s,%u.5,%u\n", 1000 + i * i % 101 * 10, 50 + i * 7 % 13, 1950 + i * 11 % 17,
                            i % 2 ? "a" : "b", 870 + i * i % 101 * 87 / 10, i);
  findings = validate (SCHEMA "leakage: [listed]\n", csv->str);
  assert_finding (findings, HP_SEVERITY_WARNING, "leakage", "euros", 1, 0, 0, "it gives \"price\" (R² ");
  assert_finding (findings, HP_SEVERITY_INFO, "listed_leakage", "listed", 1, 0, 0, "listed under \"leakage\"");
  g_assert_cmpuint (hp_findings_count (findings, HP_SEVERITY_ERROR), ==, 0);

  used = validate ("target: price\n"
                   "columns: {price: {type: number}, euros: {type: number}, sqft: {type: number}}\n"
                   "features: [sqft, euros]\n",
                   csv->str);
  assert_finding (used, HP_SEVERITY_ERROR, "leakage", "euros", 1, 0, 0, "remove it from the features");
}

static void
test_shipped (void)
{
  g_autoptr (HpSchema) schema = NULL, other_schema = NULL;
  g_autoptr (HpFindings) findings = hp_findings_new ("h.csv"), others = hp_findings_new ("s.csv");
  g_autoptr (HpTable) table
    = load_data ("../data", "house_data", &schema, HP_TABLE_ALL_COLUMNS | HP_TABLE_KEEP_RANGE, findings);
  g_autoptr (HpTable) other
    = load_data ("data", "sacramento", &other_schema, HP_TABLE_ALL_COLUMNS | HP_TABLE_KEEP_RANGE, others);

  hp_table_validate (table, schema, findings);
  g_assert_cmpuint (hp_findings_count (findings, HP_SEVERITY_ERROR), ==, 0);
  g_assert_cmpuint (hp_findings_count (findings, HP_SEVERITY_WARNING), ==, 1);
  assert_finding (findings, HP_SEVERITY_WARNING, "built_after_sold", "year_built", 1, 2182, 0,
                  "2008, after sale_date 2007-10; training leaves the row out");
  assert_finding (findings, HP_SEVERITY_INFO, "rare_category", "location", 3, 2258, 0, "\"Landmark\" (1)");

  hp_table_validate (other, other_schema, others);
  g_assert_cmpuint (hp_findings_count (others, HP_SEVERITY_ERROR), ==, 0);
  assert_finding (others, HP_SEVERITY_WARNING, "duplicate_row", NULL, 2, 343, 0, "repeats line 342");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/validate/missing", test_missing);
  g_test_add_func ("/validate/empty-feature", test_empty_feature);
  g_test_add_func ("/validate/rows", test_rows);
  g_test_add_func ("/validate/group", test_group);
  g_test_add_func ("/validate/columns", test_columns);
  g_test_add_func ("/validate/leakage", test_leakage);
  g_test_add_func ("/validate/shipped", test_shipped);
  return g_test_run ();
}

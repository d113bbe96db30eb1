/* test-report-contents.c - what reports say of versions, comparisons and houses, and of what is missing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "../session/session-support.h"
#include "hp-report-comparison-private.h"
#include "hp-report-house-private.h"
#include "hp-report-version-private.h"

static const char schema_text[] = "name: sales\ntarget: price\ncurrency: USD\ncolumns:\n"
                                  "  price: {type: number, min: 1}\n"
                                  "  sqft: {type: number, unit: ft², label: Living area}\n"
                                  "  location: {type: category, label: \"<b>Place</b>\"}\n"
                                  "  sale_date: {type: date, optional: true}\n"
                                  "roles: {date: sale_date}\n"
                                  "features: [sqft, location]\n";

/* n sales at 100,000, 101,000 …: predicted 10 % too high in odd rows, exactly in the others; every fifth is a test
 * sale. Intervals of ± 5 % around the prediction, which hold the price of the even rows */
static HpResidualSet *
make_set (const HpSchema *schema, const char *name, guint n, gboolean with_intervals, double factor)
{
  g_autoptr (GString) csv = g_string_new ("row,line,fold,price,predicted,low,high,sqft,location,sale_date\n");
  g_autoptr (GError) error = NULL;
  HpResidualSet *set;

  for (guint i = 0; i < n; i++)
    {
      double price = 100000 + 1000.0 * i, predicted = price * (i % 2 == 1 ? factor : 1);
      char fold[] = { '0' + i % 5, '\0' };

      g_string_append_printf (csv, "%u,%u,%s,%.2f,%.2f,", i + 1, i + 2, i % 5 == 4 || n == 1 ? "test" : fold, price,
                              predicted);
      if (with_intervals)
        g_string_append_printf (csv, "%.2f,%.2f", predicted * 0.95, predicted * 1.05);
      else
        g_string_append_c (csv, ',');
      g_string_append_printf (csv, ",%u,%s,%s\n", 1000 + i, i % 3 == 0 ? "North & <South>" : "East",
                              i < n / 2 ? "2009-03" : "2010-07");
    }
  set = hp_residual_set_new_holdout (csv->str, csv->len, name, schema, HP_TARGET_LOG, &error);
  g_assert_no_error (error);
  return set;
}

static HpSchema *
make_schema (void)
{
  g_autoptr (GError) error = NULL;
  HpSchema *schema = hp_schema_parse (schema_text, strlen (schema_text), "schema.yaml", &error);

  g_assert_no_error (error);
  return schema;
}

static char *
to_text (HpReport *report)
{
  g_autofree char *text = hp_report_to_markdown (report, NULL);
  g_auto (GStrv) parts = g_strsplit (text, "\xc2\xa0", -1);
  g_autoptr (GError) error = NULL;
  g_autofree char *html = hp_report_to_html (report, HP_PAPER_A4, &error);
  g_autoptr (GBytes) pdf = NULL;

  /* whatever it says, all three can be written */
  g_assert_no_error (error);
  g_assert_null (strstr (html, "<b>Place"));
  g_assert_null (strstr (html, "<South>"));
  pdf = hp_report_to_pdf (report, HP_PAPER_A4, &error);
  g_assert_no_error (error);
  g_assert_nonnull (pdf);
  return g_strjoinv (" ", parts);
}

static void
assert_says (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_test_message ("%s\nlacks: %s", text, part);
  g_assert_nonnull (strstr (text, part));
}

static HpResidualSet *
keep_test (const HpResidualSet *set)
{
  g_autofree gboolean *keep = g_new (gboolean, MAX (set->n, 1));

  for (gsize i = 0; i < set->n; i++)
    keep[i] = set->fold[i] == HP_SET_TEST;
  return hp_residual_set_filter (set, keep);
}

/* set: (transfer full) (nullable) */
static char *
version_text (const char *metrics, HpResidualSet *set, const char *const *by)
{
  HpReportOptions options = { NULL, 1790000000, by, FALSE };
  g_autoptr (HpSchema) schema = make_schema ();
  g_autoptr (HpResidualSet) all = set;
  g_autoptr (HpResidualSet) test = set != NULL ? keep_test (set) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = hp_json_parse (metrics, strlen (metrics), 1 << 20, "metrics.json", &error);
  g_autoptr (HpReport) report = hp_report_new ("Version 3", NULL, 1790000000);
  HpReportVersion version
    = { "house-price", "3", "2026-11-30", NULL, NULL, schema, all, test, "USD", NULL, &options, NULL };

  g_assert_no_error (error);
  version.metrics = json_node_get_object (root);
  g_assert_true (hp_report_fill_version (report, &version, &error));
  g_assert_no_error (error);
  return to_text (report);
}

static void
test_version (void)
{
  g_autoptr (HpSchema) schema = make_schema ();
  static const char *const by[] = { "location", NULL };
  g_autofree char *text = version_text (
    "{\"family\":\"gradient_boosting\",\"params\":{\"trees\":600,\"learning_rate\":0.1,\"target\":\"log\"},"
    "\"data\":{\"file\":\"a_b.csv\",\"rows\":205,\"sha256\":\"00ff\"},"
    "\"split\":{\"method\":\"random\",\"seed\":42,\"train\":160,\"test\":40},\"cv\":{\"folds\":4},"
    "\"gates\":{\"passed\":false,\"failed\":[\"mae\"],\"outcomes\":["
    "{\"metric\":\"r2\",\"min\":0.6,\"value\":0.9,\"low\":0.8,\"high\":0.95,\"passed\":true},"
    "{\"metric\":\"mae\",\"max\":9000,\"value\":10000,\"low\":null,\"high\":null,\"passed\":false}]}}",
    make_set (schema, "3", 200, TRUE, 1.1), by);

  assert_says (text, "> **1 of 2 gates is not passed**");
  assert_says (text, "gradient boosting: many small decision trees");
  assert_says (text, "learning\\_rate 0.1");
  assert_says (text, "a\\_b.csv");
  assert_says (text, "5 of 205: rows that repeat");
  assert_says (text, "2009-03 – 2010-07");
  assert_says (text, "160 sales to make the model, 40 drawn by lot to test it (seed 42)");
  assert_says (text, "| at most $9,000 | $10,000 | – | **not passed** |");
  assert_says (text, "| at least 0.600 | 0.900 | 0.800 – 0.950 | passed |");
  /* half of the ratios are 1.1, half 1.0: the median is 1.05, from which all are 0.05 away */
  assert_says (text, "| Median ratio | 1.050 |");
  assert_says (text, "| Dispersion of the ratios (COD) | 4.8 |");
  assert_says (text, "predictions are 5.0 % above the price paid");
  assert_says (text, "Do the values follow the sales?");
  /* an interval around 1.1 of the price reaches down to 1.045: it never holds it */
  assert_says (text, "Of 200 sales predicted out of sample it held 50.0 %");
  assert_says (text, "By \\<b\\>Place\\</b\\>**");
  assert_says (text, "| North \\& \\<South\\> | 67 |");
  assert_says (text, "Figure 1.");
  g_assert_null (strstr (text, "Residuals on the map"));
}

static void
test_no_sales (void)
{
  g_autofree char *text
    = version_text ("{\"family\":\"xgboost\",\"imported\":{\"file\":\"<m>.json\",\"producer\":\"XGBoost 1.7.4\"}}",
                    NULL, NULL);

  assert_says (text, "Nothing is known of how well this version predicts");
  assert_says (text, "\\<m\\>.json");
  assert_says (text, "registered without sales to measure it on");
  assert_says (text, "There are no sales to study");
  assert_says (text, "This version says no intervals");
  assert_says (text, "can't pass them");
  g_assert_null (strstr (text, "Figure 1."));
  g_assert_null (strstr (text, "nan"));
  /* members of other types than ours are as good as missing */
  g_free (text);
  text = version_text ("{\"family\":7,\"params\":[],\"data\":\"x\",\"split\":null,\"gates\":{\"outcomes\":{},"
                       "\"passed\":1},\"test\":{\"n\":-3}}",
                       NULL, NULL);
  assert_says (text, "Nothing is known");
  text = (g_free (text),
          version_text ("{\"gates\":{\"outcomes\":[1,{},{\"metric\":\"x\"}],\"passed\":true}}", NULL, NULL));
  assert_says (text, "Gates and their outcome");
}

static void
test_one_sale (void)
{
  g_autoptr (HpSchema) schema = make_schema ();
  g_autofree char *text = version_text ("{}", make_set (schema, "3", 1, TRUE, 1.1), NULL);

  assert_says (text, "Measured on 1 test sale,");
  assert_says (text, "Few test sales");
  assert_says (text, "Not graded");
  assert_says (text, "| Price-related bias (PRB) | – | – | −0.05 to 0.05 | *not graded* |");
  g_assert_null (strstr (text, "nan"));
}

static void
test_no_intervals (void)
{
  g_autoptr (HpSchema) schema = make_schema ();
  g_autofree char *text = version_text ("{}", make_set (schema, "3", 60, FALSE, 1.02), NULL);

  assert_says (text, "This version says no intervals");
  g_assert_null (strstr (text, "Coverage of the intervals"));
  g_assert_null (strstr (text, "intervals held the price"));
}

static void
test_no_column (void)
{
  static const char *const by[] = { "locatoin", NULL };
  HpReportOptions options = { NULL, 0, by, TRUE };
  g_autoptr (HpSchema) schema = make_schema ();
  g_autoptr (HpResidualSet) set = make_set (schema, "3", 40, TRUE, 1.1);
  g_autoptr (JsonObject) metrics = json_object_new ();
  g_autoptr (HpReport) report = hp_report_new ("x", NULL, 0);
  g_autoptr (GError) error = NULL;
  HpReportVersion version = { "m", "3", NULL, metrics, NULL, schema, set, NULL, NULL, NULL, &options, NULL };

  g_assert_false (hp_report_fill_version (report, &version, &error));
  support_assert_error (g_steal_pointer (&error), HP_ERROR_BAD_DATA, "location");
}

static char *
comparison_text (guint n, double factor, guint n_versions)
{
  static const HpComparisonOptions terms = HP_COMPARISON_OPTIONS_DEFAULT;
  HpReportOptions options = { NULL, 1790000000, NULL, FALSE };
  g_autoptr (HpSchema) schema = make_schema ();
  HpResidualSet *sets[3] = { make_set (schema, "1", n, TRUE, 1.2), make_set (schema, "2", n, TRUE, factor),
                             make_set (schema, "roll.csv", n, TRUE, 1.3) };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpComparison) comparison = hp_comparison_new (sets, n_versions, &terms, NULL, &error);
  g_autoptr (HpReport) report = NULL;

  g_assert_no_error (error);
  report = hp_report_new_comparison (comparison, "house-price", schema, &options);
  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    hp_residual_set_free (sets[i]);
  return to_text (report);
}

static void
test_comparison (void)
{
  g_autofree char *text = comparison_text (200, 1.1, 2);

  assert_says (text, "# Versions of house-price compared: 1, 2");
  assert_says (text, "> **Version 2 is better than version 1");
  assert_says (text, "| Version 2 | 200 | 200 |");
  assert_says (text, "Largest changes");
  assert_says (text, "not known");
  g_assert_true (strstr (text, "> **Version 2 is better") < strstr (text, "## What was compared"));
  g_free (text);
  text = comparison_text (20, 1.1, 2);
  assert_says (text, "Too few sales for a verdict");
  g_free (text);
  text = comparison_text (100, 1.1, 3);
  assert_says (text, "The lowest mean error is that of Version 2");
  assert_says (text, "| roll.csv | Version 1 |");
}

/* A valuation with whatever there is */
static HpValuation *
make_valuation (gboolean full)
{
  const char *json
    = full ? "{\"model\":\"house-price\",\"version\":\"3\",\"source\":\"server\",\"currency\":\"USD\",\"predicted_"
             "price\":178123.0,"
             "\"interval\":{\"level\":0.9,\"low\":151000.0,\"high\":209000.0},\"confidence\":{\"fsd\":0.11,\"within_10_"
             "percent\":0.63},"
             "\"base_price\":165000.0,\"contributions\":[{\"feature\":\"sqft\",\"value\":1656,\"amount\":13123.0}],"
             "\"comparables\":[{\"row\":17,\"similarity\":0.81,\"price\":172500,\"sale_date\":\"2010-04\",\"adjusted_"
             "price\":176900,"
             "\"differs\":[\"sqft\"],\"attributes\":{\"sqft\":1500,\"location\":\"North Ames\"}}],"
             "\"warnings\":[{\"code\":\"out_of_range\",\"field\":\"sqft\",\"message\":\"sqft: <more> than was seen\"}]}"
           : "{\"model\":\"house-price\",\"version\":\"3\",\"source\":\"local\",\"currency\":null,\"predicted_price\":178123.0,"
             "\"interval\":{\"level\":0.9,\"low\":null,\"high\":null},\"confidence\":{\"fsd\":null,\"within_10_percent\":null},"
             "\"warnings\":[]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = hp_json_parse (json, strlen (json), 1 << 20, "valuation", &error);
  HpValuation *valuation;

  g_assert_no_error (error);
  valuation = hp_valuation_from_json (json_node_get_object (root), &error);
  g_assert_no_error (error);
  return valuation;
}

static void
test_house (Fixture *fixture, gconstpointer data)
{
  HpReportOptions options = { NULL, 1790000000, NULL, FALSE };
  g_autoptr (HpSession) session = support_new_full (fixture);
  g_autoptr (HpValuation) valuation = make_valuation (TRUE);
  HpReportHouse house = { NULL };
  g_autoptr (HpReport) report = NULL;
  g_autofree char *text = NULL;

  house.session = session;
  house.house = hp_session_find_house (session, "12 Elm St");
  house.name = hp_session_house_get_name (house.house);
  house.note = hp_session_house_get_note (house.house);
  house.question = hp_session_house_get_question (house.house);
  house.valuation = valuation;
  house.author = "Ada";
  report = hp_report_new_house (&house, &options);
  text = to_text (report);
  assert_says (text, "# Valuation: 12 Elm St");
  assert_says (text, "Valued as of 2010-07");
  assert_says (text, "> **Decided: $185,000, in place of the model’s $178,123**");
  assert_says (text, "Reason: new roof in 2024 (Ada, 2026-11-30 ");
  assert_says (text, "**Value by the model**: $178,123 (90 % interval: $151,000 – $209,000)");
  assert_says (text, "**Chance of being within 10 %**: 63 %");
  assert_says (text, "\\<more\\> than was seen");
  assert_says (text, "on the server");
  assert_says (text, "+13,123");
  assert_says (text, "| sqft | 1656 | **1500** |");
  assert_says (text, "| location | North Ames | North Ames |");
  assert_says (text, "| **Adjusted to this house** | **$178,123** | **$176,900** |");
  assert_says (text, "What other versions say");
  assert_says (text, "| overridden | $185,000 | $178,123 | 3 | new roof in 2024 | Ada |");
  assert_says (text, "- **Name**: Ada");
  assert_says (text, "**Licence no.**");
  g_assert_null (strstr (text, "Grace"));
  g_assert_null (strstr (text, "has changed since then"));
  /* other attributes than those the decision was made of */
  hp_session_house_set_attribute (house.house, "sqft", "2000");
  g_clear_pointer (&report, hp_report_free);
  house.question = hp_session_house_get_question (house.house);
  report = hp_report_new_house (&house, &options);
  g_free (text);
  text = to_text (report);
  assert_says (text, "The house has changed since then");
  g_assert_null (strstr (text, "What other versions say"));
}

static void
test_bare_house (Fixture *fixture, gconstpointer data)
{
  HpReportOptions options = { "Bare", 0, NULL, FALSE };
  g_autoptr (HpValuation) valuation = make_valuation (FALSE);
  HpReportHouse house = { .valuation = valuation };
  g_autoptr (HpReport) report = hp_report_new_house (&house, &options);
  g_autofree char *text = to_text (report);

  assert_says (text, "# Bare");
  assert_says (text, "178,123");
  assert_says (text, "on this computer");
  assert_says (text, "## Sign-off");
  for (gsize i = 0; i < 5; i++)
    {
      static const char *const absent[]
        = { "Why this value", "Comparable sales", "Record of decisions", "Words used", "nan" };

      g_assert_null (strstr (text, absent[i]));
    }
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/report/version/all", test_version);
  g_test_add_func ("/report/version/no-sales", test_no_sales);
  g_test_add_func ("/report/version/one-sale", test_one_sale);
  g_test_add_func ("/report/version/no-intervals", test_no_intervals);
  g_test_add_func ("/report/version/no-column", test_no_column);
  g_test_add_func ("/report/comparison", test_comparison);
  support_add ("/report/house/session", test_house);
  support_add ("/report/house/bare", test_bare_house);
  return support_run ();
}

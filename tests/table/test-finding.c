/* test-finding.c - findings: counted, sorted, shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "table-test.h"

static HpFindings *
some_findings (void)
{
  HpFindings *findings = hp_findings_new ("a.csv");

  hp_findings_add (findings, HP_SEVERITY_INFO, "rare", "x", 0, 0, "rare %d", 1);
  hp_findings_add (findings, HP_SEVERITY_ERROR, "bad", "x", 3, 7, "\"%s\" is bad", "12\033[31m");
  hp_findings_add (findings, HP_SEVERITY_WARNING, "odd", NULL, 9, 0, "odd");
  hp_findings_add (findings, HP_SEVERITY_ERROR, "bad", "y", 5, 2, "other");
  hp_findings_add (findings, HP_SEVERITY_ERROR, "bad", "x", 4, 1, "never %s", "formatted");
  return findings;
}

static void
test_order_and_counts (void)
{
  g_autoptr (HpFindings) findings = some_findings ();
  const HpFinding *first = hp_findings_get (findings, 0);

  g_assert_cmpuint (hp_findings_get_n (findings), ==, 4);
  g_assert_cmpuint (hp_findings_count (findings, HP_SEVERITY_ERROR), ==, 2);
  g_assert_cmpuint (hp_findings_count (findings, HP_SEVERITY_WARNING), ==, 1);
  g_assert_cmpuint (hp_findings_count (findings, HP_SEVERITY_INFO), ==, 1);
  g_assert_cmpstr (first->code, ==, "bad");
  g_assert_cmpstr (first->column, ==, "x");
  g_assert_cmpuint (first->count, ==, 2);
  g_assert_cmpuint (first->line, ==, 3);
  g_assert_cmpuint (first->position, ==, 7);
  g_assert_cmpstr (hp_findings_get (findings, 1)->column, ==, "y");
  g_assert_cmpstr (hp_findings_get (findings, 2)->code, ==, "odd");
  g_assert_null (hp_findings_get (findings, 2)->column);
  g_assert_cmpstr (hp_findings_get (findings, 3)->message, ==, "rare 1");
}

static void
test_text (void)
{
  g_autoptr (HpFindings) findings = some_findings ();
  g_autofree char *text = hp_findings_to_text (findings, FALSE);
  g_autofree char *colored = hp_findings_to_text (findings, TRUE);

  g_assert_cmpstr (text, ==,
                   "a.csv:3:7: error: x: \"12\\x1b[31m\" is bad (2 rows)\n"
                   "a.csv:5:2: error: y: other\n"
                   "a.csv:9: warning: odd\n"
                   "a.csv: info: x: rare 1\n");
  g_assert_nonnull (strstr (colored, "a.csv:9: \033[33mwarning\033[0m: odd\n"));
}

static void
test_json (void)
{
  g_autoptr (HpFindings) findings = some_findings ();
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autofree char *json = NULL;

  hp_findings_write_json (findings, writer);
  json = hp_json_writer_steal (writer, NULL);
  g_assert_true (g_str_has_prefix (json,
                                   "[{\"severity\":\"error\",\"code\":\"bad\",\"column\":\"x\",\"count\":2,\"line\":3,"
                                   "\"position\":7,\"message\":"));
  g_assert_nonnull (strstr (json, "{\"severity\":\"warning\",\"code\":\"odd\",\"column\":null,\"count\":1,\"line\":9,"
                                  "\"position\":0,\"message\":\"odd\"}"));
}

static void
test_check (void)
{
  g_autoptr (HpFindings) findings = some_findings (), good = hp_findings_new ("b.csv");
  g_autoptr (GError) error = NULL;

  g_assert_false (hp_findings_check (findings, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_DATA);
  g_assert_true (g_str_has_prefix (error->message, "a.csv:3:7: x: \"12"));
  g_assert_true (g_str_has_suffix (error->message, " is bad (and 2 more)"));
  g_assert_cmpstr (hp_error_get_field (error), ==, "x");
  g_clear_error (&error);

  hp_findings_add (good, HP_SEVERITY_WARNING, "odd", NULL, 9, 0, "odd");
  g_assert_true (hp_findings_check (good, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finding/order-and-counts", test_order_and_counts);
  g_test_add_func ("/finding/text", test_text);
  g_test_add_func ("/finding/json", test_json);
  g_test_add_func ("/finding/check", test_check);
  return g_test_run ();
}

/* table-test.h - what the tests of tables share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <string.h>

#include "hp-error.h"
#include "hp-table.h"

static inline HpSchema *
schema_of (const char *yaml)
{
  GError *error = NULL;
  HpSchema *schema = hp_schema_parse (yaml, strlen (yaml), "s.yaml", &error);

  g_assert_no_error (error);
  return schema;
}

static inline HpTable *
load_text (const char *csv, const HpSchema *schema, HpTableFlags flags, HpFindings *findings)
{
  GError *error = NULL;
  HpTable *table = hp_table_load_memory (csv, strlen (csv), "t.csv", schema, flags, findings, &error);

  g_assert_no_error (error);
  g_assert_nonnull (table);
  return table;
}

static inline HpTable *
load_data (const char *folder, const char *name, HpSchema **schema, HpTableFlags flags, HpFindings *findings)
{
  g_autofree char *csv = g_strconcat (name, ".csv", NULL), *yaml = g_strconcat (name, ".schema.yaml", NULL);
  g_autofree char *csv_path = g_test_build_filename (G_TEST_DIST, folder, csv, NULL);
  g_autofree char *yaml_path = g_test_build_filename (G_TEST_DIST, folder, yaml, NULL);
  GError *error = NULL;
  HpTable *table;

  *schema = hp_schema_load (yaml_path, &error);
  g_assert_no_error (error);
  table = hp_table_load (csv_path, *schema, flags, findings, &error);
  g_assert_no_error (error);
  return table;
}

static inline const HpFinding *
find (const HpFindings *findings, const char *code, const char *column)
{
  for (guint i = 0; i < hp_findings_get_n (findings); i++)
    {
      const HpFinding *finding = hp_findings_get (findings, i);

      if (g_str_equal (finding->code, code) && g_strcmp0 (finding->column, column) == 0)
        return finding;
    }
  return NULL;
}

static inline void
assert_finding (const HpFindings *findings, HpSeverity severity, const char *code, const char *column, guint64 count,
                guint64 line, guint position, const char *message)
{
  const HpFinding *finding = find (findings, code, column);

  if (finding == NULL)
    g_error ("no finding %s about %s", code, column != NULL ? column : "the file");
  g_assert_cmpint (finding->severity, ==, severity);
  g_assert_cmpuint (finding->count, ==, count);
  g_assert_cmpuint (finding->line, ==, line);
  g_assert_cmpuint (finding->position, ==, position);
  if (strstr (finding->message, message) == NULL)
    g_assert_cmpstr (finding->message, ==, message);
}

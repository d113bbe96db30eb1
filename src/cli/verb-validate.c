/* verb-validate.c - checks a CSV against its schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-cli.h"
#include "hp-table.h"

typedef struct
{
  char *schema;
} Options;

static const HpCliOption options[] = {
  { "schema", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, schema), N_ ("FILE"),
    N_ ("Schema (default: the one beside DATA, else the shipped one)") },
  { NULL },
};

static gboolean
write_json (HpCli *cli, const HpTable *table, const char *schema, const HpFindings *findings, GError **error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "file", table->file);
  hp_json_writer_set_string (writer, "schema", schema);
  hp_json_writer_set_string (writer, "sha256", table->sha256);
  hp_json_writer_set_int (writer, "rows", table->n_rows);
  hp_json_writer_set_int (writer, "columns", table->columns->len);
  hp_json_writer_set_int (writer, "errors", hp_findings_count (findings, HP_SEVERITY_ERROR));
  hp_json_writer_set_int (writer, "warnings", hp_findings_count (findings, HP_SEVERITY_WARNING));
  hp_json_writer_set_int (writer, "notes", hp_findings_count (findings, HP_SEVERITY_INFO));
  hp_json_writer_key (writer, "findings");
  hp_findings_write_json (findings, writer);
  hp_json_writer_end_object (writer);
  return hp_cli_print_json (cli, writer, error);
}

static gboolean
write_text (HpCli *cli, const HpTable *table, const char *schema, const HpFindings *findings, GError **error)
{
  g_autofree char *list = hp_findings_to_text (findings, cli->color_stdout);
  g_autofree char *rows = hp_display_count (table->n_rows);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_errors = hp_findings_count (findings, HP_SEVERITY_ERROR);
  guint n_warnings = hp_findings_count (findings, HP_SEVERITY_WARNING);
  guint n_notes = hp_findings_count (findings, HP_SEVERITY_INFO);

  g_string_append_printf (text, ngettext ("%s: %s row, ", "%s: %s rows, ", table->n_rows), table->file, rows);
  g_string_append_printf (text, ngettext ("%u column, schema %s\n", "%u columns, schema %s\n", table->columns->len),
                          table->columns->len, schema);
  g_string_append (text, list);
  g_string_append_printf (text, ngettext ("%u error, ", "%u errors, ", n_errors), n_errors);
  g_string_append_printf (text, ngettext ("%u warning, ", "%u warnings, ", n_warnings), n_warnings);
  g_string_append_printf (text, ngettext ("%u note\n", "%u notes\n", n_notes), n_notes);
  return hp_cli_print (cli, text->str, error);
}

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const Options *given = values;
  g_autofree char *path = NULL;
  g_autoptr (HpSchema) schema = hp_cli_find_schema (arguments[0], given->schema, &path, error);
  g_autoptr (HpFindings) findings = NULL;
  g_autoptr (HpTable) table = NULL;

  if (schema == NULL)
    return 0;
  findings = hp_findings_new (g_str_equal (arguments[0], "-") ? _ ("standard input") : arguments[0]);
  table = hp_table_load (arguments[0], schema, HP_TABLE_ALL_COLUMNS | HP_TABLE_KEEP_RANGE, findings, error);
  if (table == NULL)
    return 0;
  hp_table_validate (table, schema, findings);
  if (!(cli->globals.json ? write_json : write_text) (cli, table, path, findings, error))
    return 0;
  return hp_findings_count (findings, HP_SEVERITY_ERROR) > 0 ? 3 : 0;
}

const HpCliVerb hp_verb_validate = {
  .name = "validate",
  .arguments = "DATA",
  .summary = N_ ("check a CSV against its schema"),
  .examples = "house-price validate data/house_data.csv\n"
              "house-price validate sales.csv --schema county.schema.yaml --json",
  .details = N_ ("Finds wrong types, values out of range, missing values, duplicates, impossible values, columns that\n"
                 "give the price away, rare categories and outliers. Exit status 3 when anything is an error."),
  .options = options,
  .options_size = sizeof (Options),
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run,
};

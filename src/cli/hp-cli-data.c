/* hp-cli-data.c - data with its schema, and the registry
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-cli.h"
#include "hp-csv.h"
#include "hp-paths.h"

/**
 * hp_cli_open_registry:
 * @cli: the context
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the registry that `--registry` and `--name` tell, or %NULL
 */
HpRegistry *
hp_cli_open_registry (HpCli *cli, GError **error)
{
  return hp_registry_new (cli->globals.registry, cli->globals.name, error);
}

static char *
schema_beside (const char *data)
{
  const char *dot = strrchr (data, '.');
  const char *slash = strrchr (data, '/');
  g_autofree char *stem
    = dot != NULL && dot > data && (slash == NULL || dot > slash + 1) ? g_strndup (data, dot - data) : g_strdup (data);

  return g_strconcat (stem, ".schema.yaml", NULL);
}

/* Has the file every column that the schema asks for? The names of those that it lacks go to missing. */
static gboolean
fits (HpCsvReader *reader, const HpSchema *schema, GString *missing)
{
  for (guint i = 0; i < schema->columns->len; i++)
    {
      const HpSchemaColumn *column = schema->columns->pdata[i];

      if (column->optional || hp_csv_reader_find_column (reader, column->name) >= 0)
        continue;
      if (missing->len > 0)
        g_string_append (missing, ", ");
      g_string_append (missing, column->name);
    }
  return missing->len == 0;
}

static HpSchema *
try_shipped (const char *data, char **path, GError **error)
{
  g_autofree char *shipped = hp_paths_find_data ("house_data.schema.yaml");
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autoptr (HpCsvReader) reader = hp_csv_reader_open (data, error);

  if (reader == NULL)
    return NULL;
  schema = hp_schema_load (shipped, NULL);
  if (schema != NULL && fits (reader, schema, missing))
    {
      *path = g_steal_pointer (&shipped);
      return g_steal_pointer (&schema);
    }
  if (schema == NULL)
    hp_set_error (
      error, HP_ERROR_BAD_DATA, NULL,
      _ ("%s has no schema: write a first one with “house-price schema infer %s”, look it over and name it with "
         "--schema"),
      data, data);
  else
    hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                  _ ("%s has no schema, and the one of house_data does not fit (no column %s): write a first one with "
                     "“house-price schema infer %s”, look it over and name it with --schema"),
                  data, missing->str, data);
  return NULL;
}

/**
 * hp_cli_find_schema:
 * @data: path of a CSV
 * @schema: (nullable): what `--schema` was given
 * @path: (out) (transfer full): where the schema was found
 * @error: return location for a #GError
 *
 * The schema is the one named, else `DATA.schema.yaml` beside the data, else the shipped one if the data has its
 * columns.
 *
 * Returns: (transfer full) (nullable): the schema, or %NULL with %HP_ERROR_BAD_DATA and what to do
 */
HpSchema *
hp_cli_find_schema (const char *data, const char *schema, char **path, GError **error)
{
  g_autofree char *beside = schema == NULL ? schema_beside (data) : NULL;
  HpSchema *found;

  *path = NULL;
  if (schema == NULL && g_str_equal (data, "-"))
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("standard input has no schema beside it: name one with --schema"));
      return NULL;
    }
  if (schema == NULL && !g_file_test (beside, G_FILE_TEST_EXISTS))
    return try_shipped (data, path, error);
  found = hp_schema_load (schema != NULL ? schema : beside, error);
  if (found != NULL)
    *path = g_strdup (schema != NULL ? schema : beside);
  return found;
}

static void
add_finding (HpCli *cli, const char *file, const HpFinding *finding)
{
  g_autoptr (GString) place = g_string_new (file);
  g_autofree char *rows = hp_display_count (finding->count), *more = g_strdup_printf (_ (" (%s rows)"), rows);

  if (finding->line > 0)
    g_string_append_printf (place, ":%" G_GUINT64_FORMAT, finding->line);
  if (finding->line > 0 && finding->position > 0)
    g_string_append_printf (place, ":%u", finding->position);
  hp_cli_add_problem (cli, finding->column, "%s: %s%s%s%s", place->str, finding->column != NULL ? finding->column : "",
                      finding->column != NULL ? ": " : "", finding->message, finding->count > 1 ? more : "");
}

/**
 * hp_cli_check_findings:
 * @cli: the context
 * @file: what was looked at
 * @findings: what loading or checking found
 * @error: return location for a #GError
 *
 * Returns: %TRUE if nothing is an error; else %FALSE with %HP_ERROR_BAD_DATA that tells all of them
 */
gboolean
hp_cli_check_findings (HpCli *cli, const char *file, const HpFindings *findings, GError **error)
{
  guint n = hp_findings_count (findings, HP_SEVERITY_ERROR);

  for (guint i = 0; i < n; i++)
    add_finding (cli, file, hp_findings_get (findings, i));
  if (n > 0)
    hp_cli_set_problems (cli, HP_ERROR_BAD_DATA, error);
  return n == 0;
}

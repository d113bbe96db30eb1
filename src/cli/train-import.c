/* train-import.c - models import, as the helper program runs it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-cli-import.h"
#include "hp-file.h"
#include "hp-foreign.h"
#include "hp-paths.h"
#include "hp-text.h"
#include "train-import.h"

static gboolean
read_target (const char *text, HpTarget *target, GError **error)
{
  static const char *const names[] = { "price", "log", "log1p", NULL };
  static const HpTarget targets[] = { HP_TARGET_PLAIN, HP_TARGET_LOG, HP_TARGET_LOG1P };

  *target = HP_TARGET_PLAIN;
  for (guint i = 0; text != NULL && names[i] != NULL; i++)
    if (g_str_equal (text, names[i]))
      {
        *target = targets[i];
        return TRUE;
      }
  if (text != NULL)
    hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--target: “%s” is not one of price, log, log1p"), text);
  return text == NULL;
}

static HpSchema *
find_schema (const HpCliImportOptions *given, GError **error)
{
  g_autofree char *path = NULL;

  if (given->data != NULL)
    return hp_cli_find_schema (given->data, given->schema, &path, error);
  path = given->schema != NULL ? g_strdup (given->schema) : hp_paths_find_data ("house_data.schema.yaml");
  return hp_schema_load (path, error);
}

static HpTable *
load_sales (HpCli *cli, const char *path, const HpSchema *schema, GError **error)
{
  g_autoptr (HpFindings) findings = hp_findings_new (path);
  g_autoptr (HpTable) table = hp_table_load (path, schema, HP_TABLE_DEFAULT, findings, error);

  return table != NULL && hp_cli_check_findings (cli, path, findings, error) ? g_steal_pointer (&table) : NULL;
}

static JsonNode *
parse_metrics (const HpCandidate *candidate)
{
  GBytes *bytes = g_hash_table_lookup (candidate->files, "metrics.json");

  return hp_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), G_MAXSIZE, "metrics.json", NULL);
}

/* What `train --json` tells of a candidate, and where this one comes from */
static gboolean
print_json (HpCli *cli, HpRegistry *registry, const HpCandidate *candidate, const GPtrArray *notes, GError **error)
{
  static const char *const members[]
    = { "imported", "family", "params", "cv", "oof", "test", "interval", "gates", "data", "split", NULL };
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);
  g_autoptr (JsonNode) root = parse_metrics (candidate);
  g_autofree char *version = g_strdup_printf ("%u", candidate->version);
  JsonObject *metrics = json_node_get_object (root);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "model", hp_registry_get_name (registry));
  hp_json_writer_set_string (writer, "version", version);
  for (guint i = 0; members[i] != NULL; i++)
    {
      hp_json_writer_key (writer, members[i]);
      if (json_object_has_member (metrics, members[i]))
        hp_json_writer_node (writer, json_object_get_member (metrics, members[i]));
      else
        hp_json_writer_null (writer);
    }
  hp_json_writer_key (writer, "notes");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < notes->len; i++)
    hp_json_writer_string (writer, notes->pdata[i]);
  hp_json_writer_end_array (writer);
  hp_json_writer_end_object (writer);
  return hp_cli_print_json (cli, writer, error);
}

static void
append_figures (GString *text, const HpCandidate *candidate, const char *currency)
{
  g_autofree char *n = hp_display_count (candidate->oof.n + candidate->test.n);
  g_autofree char *folds = hp_cli_metric (HP_METRIC_MAE, candidate->oof.value[HP_METRIC_MAE], currency);
  g_autofree char *mae = hp_cli_metric (HP_METRIC_MAE, candidate->test.value[HP_METRIC_MAE], currency);
  g_autofree char *r2 = hp_cli_metric (HP_METRIC_R2, candidate->test.value[HP_METRIC_R2], currency);
  g_autofree char *n_test = hp_display_count (candidate->test.n);

  g_string_append_printf (text, _ ("On the %s test sales of %s: MAE %s, R² %s (MAE on the others: %s)\n"), n_test, n,
                          mae, r2, folds);
}

static gboolean
print_text (HpCli *cli, const HpImport *import, const char *file, const HpCandidate *candidate, const HpSchema *schema,
            const GPtrArray *notes, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *trees = hp_display_count (hp_model_get_n_trees (import->model));
  g_autofree char *shown = hp_text_printable (file, -1, 0);

  g_string_append_printf (text, _ ("Imported %s as version %u: %s, %s, %s, %s trees, %u features\n"), shown,
                          candidate->version, import->producer, import->booster, import->objective, trees,
                          import->n_features);
  if (candidate->gates != NULL)
    append_figures (text, candidate, schema->currency);
  else
    g_string_append (
      text, _ ("Without sales it has no metrics and no intervals, and can't be promoted: --data gives it them\n"));
  for (guint i = 0; i < notes->len; i++)
    {
      g_autofree char *note = hp_text_printable (notes->pdata[i], -1, 0);

      g_string_append_printf (text, "%s%s\n", i == 0 ? "\n" : "", note);
    }
  return hp_cli_print (cli, text->str, error);
}

/* What the file leaves open, and people should know before they rely on the version */
static void
add_notes (const HpImport *import, const HpCliImportOptions *given, GPtrArray *notes)
{
  if (given->data != NULL)
    g_ptr_array_add (
      notes, g_strdup_printf (_ ("these figures hold for new houses only if the model was not trained on the sales "
                                 "of %s"),
                              given->data));
  if (import->n_best_trees < import->n_file_trees && !given->best_iteration)
    g_ptr_array_add (
      notes, g_strdup_printf (_ ("the best iteration was number %d, and all trees are used, as Booster.predict() "
                                 "does; --best-iteration stops there, as XGBRegressor.predict() does"),
                              import->best_iteration));
}

/* "mae, rmse" */
static char *
failed_gates (const HpCandidate *candidate)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < candidate->gates->len; i++)
    {
      const HpGateOutcome *outcome = &g_array_index (candidate->gates, HpGateOutcome, i);

      if (!outcome->passed)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", hp_metric_name (outcome->bound.metric));
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static HpImport *
read_model (const char *path, const HpCliImportOptions *given, GBytes **file, GError **error)
{
  HpImportOptions options = { .best_iteration = given->best_iteration };
  HpImport *import;
  gsize length;
  char *data;

  if (!read_target (given->target, &options.target, error))
    return NULL;
  data = hp_file_read (path, HP_IMPORT_MAX_BYTES, &length, error);
  if (data == NULL)
    return NULL;
  import = hp_import_read (data, length, path, &options, error);
  *file = g_bytes_new_take (data, length);
  return import;
}

static HpCandidate *
adopt (HpCli *cli, HpImport *import, GBytes *file, const char *path, const HpCliImportOptions *given,
       const HpSchema *schema, const HpTable *table, GPtrArray *notes, GError **error)
{
  g_autoptr (HpTrainOptions) options = hp_train_options_new ();
  g_autoptr (HpTeam) team = hp_team_new (cli->jobs);

  g_free (options->model_name);
  options->model_name = g_strdup (cli->globals.name != NULL ? cli->globals.name : "house-price");
  add_notes (import, given, notes);
  return hp_foreign_adopt (import, file, path, table, schema, options, team, notes, error);
}

int
hp_train_run_import (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const HpCliImportOptions *given = values;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (HpImport) import = read_model (arguments[0], given, &file, error);
  g_autoptr (HpSchema) schema = import != NULL ? find_schema (given, error) : NULL;
  g_autoptr (HpRegistry) registry = schema != NULL ? hp_cli_open_registry (cli, error) : NULL;
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpCandidate) candidate = NULL;

  if (registry == NULL)
    return 0;
  if (given->data != NULL)
    table = load_sales (cli, given->data, schema, error);
  if (given->data != NULL && table == NULL)
    return 0;
  candidate = adopt (cli, import, file, arguments[0], given, schema, table, notes, error);
  if (candidate == NULL || !hp_registry_add (registry, candidate->files, NULL, &candidate->version, error))
    return 0;
  if ((cli->globals.json ? print_json (cli, registry, candidate, notes, error)
                         : print_text (cli, import, arguments[0], candidate, schema, notes, error))
      && candidate->gates != NULL && !candidate->passed)
    {
      g_autofree char *failed = failed_gates (candidate);

      hp_set_error (error, HP_ERROR_GATES, NULL, _ ("version %u did not pass the schema's gates (%s)"),
                    candidate->version, failed);
    }
  return 0;
}

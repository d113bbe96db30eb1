/* verb-schema.c - writes a first schema from a CSV; checks one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-cli.h"
#include "hp-file.h"
#include "hp-schema.h"

typedef struct
{
  char *output, *target;
} InferOptions;

static const HpCliOption infer_options[] = {
  { "output", 'o', HP_CLI_TEXT, G_STRUCT_OFFSET (InferOptions, output), N_ ("FILE"),
    N_ ("Write here instead of to standard output") },
  { "target", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (InferOptions, target), N_ ("COL"),
    N_ ("The price column (default: guessed from the names)") },
  { NULL },
};

static void
write_strings (HpJsonWriter *writer, const char *key, char **strings)
{
  hp_json_writer_key (writer, key);
  hp_json_writer_begin_array (writer);
  for (; strings != NULL && *strings != NULL; strings++)
    hp_json_writer_string (writer, *strings);
  hp_json_writer_end_array (writer);
}

static gboolean
print_json (HpCli *cli, const HpSchema *schema, const char *yaml, GError **error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "name", schema->name);
  hp_json_writer_set_string (writer, "target", schema->target);
  hp_json_writer_set_string (writer, "currency", schema->currency);
  hp_json_writer_key (writer, "columns");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < schema->columns->len; i++)
    {
      const HpSchemaColumn *column = schema->columns->pdata[i];

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_string (writer, "name", column->name);
      hp_json_writer_set_string (writer, "type", hp_column_type_name (column->type));
      hp_json_writer_set_boolean (writer, "optional", column->optional);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
  write_strings (writer, "features", schema->features);
  write_strings (writer, "leakage", schema->leakage);
  if (yaml != NULL)
    hp_json_writer_set_string (writer, "yaml", yaml);
  hp_json_writer_end_object (writer);
  return hp_cli_print_json (cli, writer, error);
}

static int
run_infer (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const InferOptions *given = values;
  g_autoptr (HpSchema) schema = hp_schema_infer (arguments[0], given->target, error);
  g_autofree char *yaml = NULL;
  g_autoptr (HpOutput) output = NULL;

  if (schema == NULL)
    return 0;
  yaml = hp_schema_to_yaml (schema);
  if (cli->globals.json && given->output == NULL)
    return print_json (cli, schema, yaml, error) ? 0 : 1;
  output = hp_output_open (given->output, error);
  if (output == NULL)
    return 0;
  hp_output_write (output, yaml, strlen (yaml));
  if (!hp_output_commit (output, error))
    return 0;
  if (given->output != NULL)
    hp_cli_message (cli, _ ("Wrote %s: look it over before training, ranges and types above all"), given->output);
  return 0;
}

static int
run_check (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  g_autoptr (HpSchema) schema = hp_schema_load (arguments[0], error);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *features = NULL;

  if (schema == NULL)
    return 0;
  if (cli->globals.json)
    return print_json (cli, schema, NULL, error) ? 0 : 1;
  features = g_strjoinv (", ", schema->features);
  g_string_append_printf (text, _ ("%s: correct; %u columns, target %s, %u gates\nfeatures: %s\n"),
                          g_str_equal (arguments[0], "-") ? _ ("standard input") : arguments[0], schema->columns->len,
                          schema->target, schema->gates->len, features);
  return hp_cli_print (cli, text->str, error) ? 0 : 1;
}

const HpCliVerb hp_verb_schema = {
  .name = "schema",
  .arguments = "VERB …",
  .summary = N_ ("write a first schema from a CSV, or check one"),
  .examples = "house-price schema infer sales.csv -o sales.schema.yaml\n"
              "house-price schema check sales.schema.yaml",
};

const HpCliVerb hp_verb_schema_infer = {
  .name = "schema infer",
  .arguments = "DATA",
  .summary = N_ ("write a first schema from a CSV"),
  .examples = "house-price schema infer sales.csv -o sales.schema.yaml\n"
              "house-price schema infer roll.csv --target sale_price",
  .options = infer_options,
  .options_size = sizeof (InferOptions),
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run_infer,
};

const HpCliVerb hp_verb_schema_check = {
  .name = "schema check",
  .arguments = "SCHEMA",
  .summary = N_ ("check a schema"),
  .examples = "house-price schema check data/house_data.schema.yaml",
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run_check,
};

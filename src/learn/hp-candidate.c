/* hp-candidate.c - a candidate's bundle: the files that make a version
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-train-private.h"

#include <math.h>
#include <string.h>

#include "config.h"

#include "hp-csv.h"
#include "hp-number.h"
#include "hp-text.h"
#include "hp-valuation.h"

static void
add_file (GHashTable *files, const char *name, char *text, gsize length)
{
  g_hash_table_insert (files, g_strdup (name), g_bytes_new_take (text, length));
}

const char *
_hp_split_method_name (HpSplitMethod method)
{
  return method == HP_SPLIT_TIME ? "time" : "random";
}

static void
set_yaml_string (HpYamlWriter *writer, const char *key, const char *value)
{
  hp_yaml_writer_key (writer, key);
  hp_yaml_writer_string (writer, value);
}

static void
set_yaml_int (HpYamlWriter *writer, const char *key, gint64 value)
{
  hp_yaml_writer_key (writer, key);
  hp_yaml_writer_int (writer, value);
}

static void
write_config_params (HpYamlWriter *writer, const Evaluation *evaluation)
{
  hp_yaml_writer_key (writer, "params");
  hp_yaml_writer_begin_mapping (writer, FALSE);
  for (guint i = 0; i < hp_family_get_n_params (evaluation->family); i++)
    {
      const HpParamSpec *spec = hp_family_get_param (evaluation->family, i);
      double value = evaluation->final.params.value[i];

      hp_yaml_writer_key (writer, spec->name);
      if (spec->kind == HP_PARAM_BOOLEAN)
        hp_yaml_writer_boolean (writer, value != 0);
      else if (spec->kind == HP_PARAM_CHOICE)
        hp_yaml_writer_string (writer, spec->choices[(int) value]);
      else
        hp_yaml_writer_double (writer, value);
    }
  hp_yaml_writer_end_mapping (writer);
}

static void
write_config_data (HpYamlWriter *writer, const HpTable *table)
{
  g_autofree char *file = g_path_get_basename (table->file);

  hp_yaml_writer_key (writer, "data");
  hp_yaml_writer_begin_mapping (writer, FALSE);
  set_yaml_string (writer, "file", file);
  set_yaml_int (writer, "rows", table->n_rows);
  set_yaml_string (writer, "sha256", table->sha256);
  hp_yaml_writer_end_mapping (writer);
}

static void
add_config (GHashTable *files, const Training *training, const Evaluation *evaluation, GPtrArray *left_out)
{
  const HpTrainOptions *options = training->options;
  g_autoptr (HpYamlWriter) writer = hp_yaml_writer_new ();
  char *text;

  hp_yaml_writer_begin_mapping (writer, FALSE);
  set_yaml_int (writer, "format", 1);
  set_yaml_string (writer, "model", options->model_name);
  set_yaml_string (writer, "family", hp_family_name (evaluation->family));
  set_yaml_string (writer, "code_version", HP_VERSION);
  hp_yaml_writer_key (writer, "seed");
  hp_yaml_writer_int (writer, options->seed);
  hp_yaml_writer_key (writer, "split");
  hp_yaml_writer_begin_mapping (writer, TRUE);
  set_yaml_string (writer, "method", _hp_split_method_name (options->split));
  hp_yaml_writer_key (writer, "test_fraction");
  hp_yaml_writer_double (writer, options->test_fraction);
  set_yaml_int (writer, "folds", options->folds);
  hp_yaml_writer_end_mapping (writer);
  set_yaml_int (writer, "trials", options->trials);
  hp_yaml_writer_key (writer, "refit");
  hp_yaml_writer_boolean (writer, options->refit);
  if (evaluation->learning_curve != NULL)
    {
      hp_yaml_writer_key (writer, "learning_curve");
      hp_yaml_writer_boolean (writer, TRUE);
    }
  if (evaluation->foreign != NULL)
    _hp_foreign_write_yaml (evaluation->foreign, writer);
  else
    write_config_params (writer, evaluation);
  if (training->table->n_rows > 0)
    write_config_data (writer, training->table);
  hp_yaml_writer_key (writer, "features");
  hp_yaml_writer_begin_sequence (writer, TRUE);
  for (guint i = 0; training->features[i] != NULL; i++)
    hp_yaml_writer_string (writer, training->features[i]);
  hp_yaml_writer_end_sequence (writer);
  hp_yaml_writer_key (writer, "left_out");
  hp_yaml_writer_begin_sequence (writer, TRUE);
  for (guint i = 0; i < left_out->len; i++)
    hp_yaml_writer_string (writer, left_out->pdata[i]);
  hp_yaml_writer_end_sequence (writer);
  hp_yaml_writer_key (writer, "schema");
  hp_schema_write_yaml (training->schema, writer);
  hp_yaml_writer_end_mapping (writer);
  text = hp_yaml_writer_steal (writer);
  add_file (files, "config.yaml", text, strlen (text));
}

/* The columns of sales.csv and holdout.csv: what the model asks for, the date, and what says where the house is */
static GPtrArray *
attribute_columns (const Training *training, const HpPreprocessor *pre)
{
  const HpSchema *schema = training->schema;
  const char *extra[] = { schema->role_id, schema->role_address, schema->role_group, schema->role_date };
  GPtrArray *columns = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (extra) - 1; i++)
    {
      HpColumn *column = extra[i] != NULL ? hp_table_get_column (training->table, extra[i]) : NULL;

      if (column != NULL && !g_ptr_array_find (columns, column, NULL))
        g_ptr_array_add (columns, column);
    }
  for (guint i = 0; i < hp_preprocessor_get_n_attributes (pre); i++)
    {
      HpColumn *column = hp_table_get_column (training->table, hp_preprocessor_get_attribute (pre, i)->name);

      if (column != NULL && !g_ptr_array_find (columns, column, NULL))
        g_ptr_array_add (columns, column);
    }
  if (schema->role_date != NULL)
    {
      HpColumn *column = hp_table_get_column (training->table, schema->role_date);

      if (column != NULL && !g_ptr_array_find (columns, column, NULL))
        g_ptr_array_add (columns, column);
    }
  return columns;
}

/* A county may have a column "line" or "price" that is an attribute: it must not look like the file's own. */
static void
append_header (GString *text, const char *first, const GPtrArray *columns)
{
  g_auto (GStrv) own = g_strsplit (first, ",", -1);

  g_string_append (text, first);
  for (guint i = 0; i < columns->len; i++)
    {
      const char *name = ((HpColumn *) columns->pdata[i])->name;
      g_autofree char *key = hp_text_key (name, -1), *apart = g_strconcat (HP_SALES_ATTRIBUTE_PREFIX, name, NULL);

      g_string_append_c (text, ',');
      hp_csv_append_field (text, g_strv_contains ((const char *const *) own, key) ? apart : name, -1, FALSE);
    }
  g_string_append_c (text, '\n');
}

static void
append_attributes (GString *text, const HpTable *table, const GPtrArray *columns, gsize row)
{
  for (guint i = 0; i < columns->len; i++)
    {
      g_autofree char *cell = hp_table_get_text (table, columns->pdata[i], row);

      g_string_append_c (text, ',');
      hp_csv_append_field (text, cell, -1, FALSE);
    }
  g_string_append_c (text, '\n');
}

static void
append_number (GString *text, double value)
{
  char buffer[HP_NUMBER_BUFFER];

  hp_number_format (buffer, value);
  g_string_append_c (text, ',');
  g_string_append (text, buffer);
}

static void
append_cents (GString *text, double value)
{
  char buffer[HP_NUMBER_BUFFER];

  g_string_append_c (text, ',');
  if (isnan (value))
    return;
  hp_number_format_cents (buffer, value);
  g_string_append (text, buffer);
}

static void
add_holdout (GHashTable *files, const Training *training, const Evaluation *evaluation, const guint8 *fold,
             const GPtrArray *columns)
{
  const HpTable *table = training->table;
  const HpColumn *target = hp_table_get_column (table, training->schema->target);
  GString *text = g_string_new (NULL);

  append_header (text, "row,line,fold,price,predicted,low,high", columns);
  for (gsize row = 0; row < table->n_rows; row++)
    {
      if (fold[row] == HP_FOLD_NONE || isnan (evaluation->predicted[row]))
        continue;
      g_string_append_printf (text, "%" G_GSIZE_FORMAT ",%" G_GUINT64_FORMAT ",", row + 1, table->lines[row]);
      if (fold[row] == HP_FOLD_TEST)
        g_string_append (text, "test");
      else
        g_string_append_printf (text, "%u", fold[row]);
      append_number (text, target->numbers[row]);
      append_cents (text, evaluation->predicted[row]);
      append_cents (text, evaluation->low[row]);
      append_cents (text, evaluation->high[row]);
      append_attributes (text, table, columns, row);
    }

  gsize length = text->len;

  add_file (files, "holdout.csv", g_string_free (text, FALSE), length);
}

static void
add_sales (GHashTable *files, const Training *training, const guint32 *rows, gsize n, const GPtrArray *columns)
{
  const HpTable *table = training->table;
  const HpColumn *target = hp_table_get_column (table, training->schema->target);
  GString *text = g_string_new (NULL);
  gsize length;

  append_header (text, "row,line,price", columns);
  for (gsize i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%u,%" G_GUINT64_FORMAT, rows[i] + 1, table->lines[rows[i]]);
      append_number (text, target->numbers[rows[i]]);
      append_attributes (text, table, columns, rows[i]);
    }
  length = text->len;
  add_file (files, "sales.csv", g_string_free (text, FALSE), length);
}

/* Only where there is something to say */
static void
add_diagnostics (GHashTable *files, const Evaluation *evaluation)
{
  HpDiagnostics diagnostics = { evaluation->final.influence, evaluation->learning_curve };
  gsize length;
  char *text;

  if (diagnostics.influence == NULL && diagnostics.learning_curve == NULL)
    return;
  text = hp_diagnostics_to_json (&diagnostics, &length);
  add_file (files, HP_DIAGNOSTICS_NAME, text, length);
}

/**
 * _hp_candidate_files:
 * @training: data and options
 * @split: the split
 * @evaluation: what was measured, and the final model
 * @fold: fold of each table row
 * @final_rows: rows the final model was fitted on
 * @n_final_rows: how many
 * @left_out: (element-type utf8): features that were left out
 *
 * Returns: (transfer full) (element-type utf8 GBytes): the bundle's files by name
 */
GHashTable *
_hp_candidate_files (const Training *training, const HpSplit *split, const Evaluation *evaluation, const guint8 *fold,
                     const guint32 *final_rows, gsize n_final_rows, GPtrArray *left_out)
{
  GHashTable *files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) columns = attribute_columns (training, evaluation->final.pre);
  gsize length;
  char *text;

  text = hp_model_to_json (evaluation->final.model, &length);
  add_file (files, "model.json", text, length);
  text = hp_preprocessor_to_json (evaluation->final.pre, &length);
  add_file (files, "preprocessor.json", text, length);
  text = _hp_candidate_metrics (training, split, evaluation, &length);
  add_file (files, "metrics.json", text, length);
  add_config (files, training, evaluation, left_out);
  add_holdout (files, training, evaluation, fold, columns);
  add_sales (files, training, final_rows, n_final_rows, columns);
  add_diagnostics (files, evaluation);
  return files;
}

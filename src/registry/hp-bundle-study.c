/* hp-bundle-study.c - a version's out-of-sample predictions, and its answers to a file of sales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-bundle-private.h"
#include "hp-bundle-study.h"
#include "hp-csv.h"
#include "hp-error.h"

/* The calibration says what scale the residuals are on, without the model's having to be read: that may be many
 * megabytes. */
static gboolean
get_target (HpBundle *bundle, const HpCalibration *calibration, HpTarget *target, GError **error)
{
  const HpPredictor *predictor;

  if (calibration != NULL)
    {
      *target = hp_calibration_get_scale (calibration);
      return TRUE;
    }
  predictor = hp_bundle_get_predictor (bundle, FALSE, error);
  if (predictor == NULL)
    return FALSE;
  *target = hp_model_get_target (hp_predictor_get_model (predictor));
  return TRUE;
}

/**
 * hp_bundle_get_residuals:
 * @bundle: a bundle
 * @error: return location
 *
 * All out-of-sample predictions, folds and test, named by the number of the version. The target is the scale of its
 * residuals, hp_target_scale(). fsd is there if the version has a calibration: by the intervals of holdout.csv, as
 * hp_residual_set_set_fsd() says.
 *
 * Returns: (transfer full) (nullable): the sales; %NULL with an error of hp_bundle_read(), %HP_ERROR_DAMAGED, or
 *   %HP_ERROR_BAD_DATA if the version has none, having been imported without sales
 */
HpResidualSet *
hp_bundle_get_residuals (HpBundle *bundle, GError **error)
{
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpCalibration) calibration = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;
  HpResidualSet *set;
  HpTarget target;
  GError *cause = NULL;

  g_return_val_if_fail (HP_IS_BUNDLE (bundle), NULL);

  bytes = hp_bundle_read (bundle, "holdout.csv", error);
  schema = bytes != NULL ? hp_bundle_get_schema (bundle, error) : NULL;
  if (schema == NULL || !_hp_bundle_read_calibration (bundle, &calibration, error)
      || !get_target (bundle, calibration, &target, error))
    return NULL;
  name = g_strdup_printf ("%u", hp_bundle_get_version (bundle));
  set = hp_residual_set_new_holdout (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), name, schema, target,
                                     &cause);
  if (set == NULL)
    {
      _hp_bundle_propagate_damage (bundle, "holdout.csv", cause, error);
      return NULL;
    }
  if (set->n == 0)
    {
      hp_residual_set_free (set);
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                    _ ("version %s has no out-of-sample predictions, as it was imported without sales: name a file of "
                       "sales with --data"),
                    name);
      return NULL;
    }
  hp_residual_set_set_fsd (set, calibration);
  return set;
}

/* How many of the sales that have a price have a value: of such a house training says something */
static gsize
count_supported (const HpPreprocessor *pre, const HpTable *table, const HpResidualSet *set)
{
  g_autoptr (HpHouseBinding) binding = hp_house_binding_new (pre, table);
  g_autoptr (HpHouse) house = hp_house_new (pre);
  gsize n = 0;

  for (gsize i = 0; i < set->n; i++)
    {
      hp_house_set_row (house, binding, set->row[i] - 1);
      n += hp_house_is_supported (house, pre);
    }
  return n;
}

/* Past the header, whose names may hold line breaks within quotes */
static gsize
skip_header (const char *csv, gsize length)
{
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    if (csv[i] == '"')
      quoted = !quoted;
    else if (csv[i] == '\n' && !quoted)
      return i + 1;
  return length;
}

/* sales.csv with the names that the data has: the price by the schema's, its own columns and attributes apart */
static GString *
rename_columns (const char *csv, gsize length, const HpSchema *schema)
{
  g_autoptr (HpCsvReader) reader = hp_csv_reader_new_for_memory (csv, length, "sales.csv", NULL);
  gsize prefix = strlen (HP_SALES_ATTRIBUTE_PREFIX), begin = skip_header (csv, length);
  GString *text;

  if (reader == NULL)
    return NULL;
  text = g_string_sized_new (length + 64);
  for (guint i = 0; i < hp_csv_reader_get_n_columns (reader); i++)
    {
      const char *name = hp_csv_reader_get_columns (reader)[i];
      g_autofree char *apart = NULL;

      if (g_str_equal (name, "price"))
        name = schema->target;
      else if (g_str_equal (name, "row") || g_str_equal (name, "line"))
        name = apart = g_strconcat ("sales.csv ", name, NULL);
      else if (g_str_has_prefix (name, HP_SALES_ATTRIBUTE_PREFIX) && hp_schema_get_column (schema, name) == NULL)
        name += prefix;
      g_string_append (text, i > 0 ? "," : "");
      hp_csv_append_field (text, name, -1, FALSE);
    }
  g_string_append_c (text, '\n');
  g_string_append_len (text, csv + begin, (gssize) (length - begin));
  return text;
}

/* The sales that a version was trained on; they have the columns that it was made from, not all that the data has. */
static HpTable *
load_training_sales (HpBundle *bundle, const HpSchema *schema)
{
  g_autoptr (GBytes) bytes = hp_bundle_read (bundle, "sales.csv", NULL);
  g_autoptr (HpFindings) findings = hp_findings_new ("sales.csv");
  g_autoptr (GString) text = NULL;

  if (bytes != NULL)
    text = rename_columns (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), schema);
  for (guint i = 0; i < schema->columns->len; i++)
    ((HpSchemaColumn *) schema->columns->pdata[i])->optional = TRUE;
  return text != NULL
           ? hp_table_load_memory (text->str, text->len, "sales.csv", schema, HP_TABLE_KEEP_RANGE, findings, NULL)
           : NULL;
}

/**
 * hp_bundle_count_overlap:
 * @bundle: a bundle
 * @table: sales with the columns of the version's schema
 * @rows: (array length=n) (nullable): which of them; %NULL: the first @n
 * @n: how many
 * @n_overlap: (out): how many of these the version was trained on; 0 if that can't be told
 *
 * Returns: %FALSE if it can't be told, since the version's sales don't read by its schema
 */
gboolean
hp_bundle_count_overlap (HpBundle *bundle, const HpTable *table, const guint32 *rows, gsize n, gsize *n_overlap)
{
  g_autoptr (HpSchema) schema = NULL; /* a copy of our own */
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (HpTable) sales = NULL;

  g_return_val_if_fail (HP_IS_BUNDLE (bundle) && table != NULL && n_overlap != NULL, FALSE);

  *n_overlap = 0;
  schema = hp_bundle_get_schema (bundle, NULL);
  sales = schema != NULL ? load_training_sales (bundle, schema) : NULL;
  if (sales == NULL)
    return FALSE;
  for (gsize i = 0; i < sales->n_rows; i++)
    {
      guint64 hash = hp_table_row_hash (sales, schema, i);

      g_hash_table_add (known, g_memdup2 (&hash, sizeof hash));
    }
  for (gsize i = 0; i < n; i++)
    {
      guint64 hash = hp_table_row_hash (table, schema, rows != NULL ? rows[i] : i);

      *n_overlap += g_hash_table_contains (known, &hash);
    }
  return TRUE;
}

/**
 * hp_bundle_value_sales:
 * @bundle: a bundle
 * @path: a CSV of sales with the columns of the version's schema; "-" is standard input
 * @level: of the intervals, in (0, 1)
 * @findings: (inout): takes what was found in the file
 * @error: return location
 *
 * Loads, cleans and values the sales, and looks which of them the version was trained on.
 *
 * Returns: (transfer full) (nullable): the answers; %NULL with an error of hp_table_load(), hp_table_clean_for_test(),
 *   hp_bundle_get_predictor(), or %HP_ERROR_BAD_DATA for the first finding that is an error
 */
HpValuedSales *
hp_bundle_value_sales (HpBundle *bundle, const char *path, double level, HpFindings *findings, GError **error)
{
  const HpPredictor *predictor;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpValuedSales) valued = g_new0 (HpValuedSales, 1);
  g_autofree char *name = NULL;

  g_return_val_if_fail (HP_IS_BUNDLE (bundle) && path != NULL && findings != NULL, NULL);

  predictor = hp_bundle_get_predictor (bundle, FALSE, error);
  schema = predictor != NULL ? hp_bundle_get_schema (bundle, error) : NULL;
  valued->table = schema != NULL ? hp_table_load (path, schema, HP_TABLE_ALL_COLUMNS, findings, error) : NULL;
  if (valued->table == NULL || !hp_findings_check (findings, error))
    return NULL;
  valued->cleaned = hp_table_clean_for_test (valued->table, schema, error);
  if (valued->cleaned == NULL)
    return NULL;
  name = g_strdup_printf ("%u", hp_bundle_get_version (bundle));
  valued->set = hp_residual_set_new_valued (name, predictor, valued->table, schema, valued->cleaned->rows,
                                            valued->cleaned->n_rows, level, error);
  if (valued->set == NULL)
    return NULL;
  valued->has_intervals = hp_predictor_get_calibration (predictor) != NULL;
  valued->n_supported = count_supported (hp_predictor_get_preprocessor (predictor), valued->table, valued->set);
  valued->overlap_known = hp_bundle_count_overlap (bundle, valued->table, valued->cleaned->rows, valued->cleaned->n_rows,
                                                   &valued->n_overlap);
  return g_steal_pointer (&valued);
}

/**
 * hp_valued_sales_free:
 * @sales: (transfer full) (nullable): answers
 */
void
hp_valued_sales_free (HpValuedSales *sales)
{
  if (sales == NULL)
    return;
  g_clear_pointer (&sales->set, hp_residual_set_free);
  g_clear_pointer (&sales->cleaned, hp_cleaned_free);
  g_clear_pointer (&sales->table, hp_table_free);
  g_free (sales);
}

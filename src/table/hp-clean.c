/* hp-clean.c - which rows can be trained on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-schema-private.h"
#include "hp-table-private.h"
#include "hp-text.h"

/* Tukey's "far out" */
#define FENCE 3.0

typedef struct
{
  const HpTable *table;
  const HpSchema *schema;
  guint8 *out; /* the row is left out */
} Cleaning;

static gsize
drop_duplicates (Cleaning *c)
{
  g_autofree guint32 *first = _hp_table_find_duplicates (c->table);
  gsize n = 0;

  for (gsize i = 0; i < c->table->n_rows; i++)
    if (first[i] != i)
      {
        c->out[i] = TRUE;
        n++;
      }
  return n;
}

/* A price of nothing is no price: it has no logarithm either */
static gsize
drop_without_target (Cleaning *c, const HpColumn *target)
{
  gsize n = 0;

  for (gsize i = 0; i < c->table->n_rows; i++)
    if (!c->out[i] && !(target->numbers[i] > 0))
      {
        c->out[i] = TRUE;
        n++;
      }
  return n;
}

static gsize
drop_excluded (Cleaning *c, const HpSchemaExclude *exclude)
{
  const HpColumn *column = hp_table_get_column (c->table, exclude->column);
  g_autoptr (GHashTable) keys = NULL;
  gsize n = 0;

  if (column == NULL)
    return 0;
  keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; exclude->values[i] != NULL; i++)
    g_hash_table_add (keys, hp_text_key (exclude->values[i], -1));
  for (gsize i = 0; i < c->table->n_rows; i++)
    {
      g_autofree char *text = NULL, *key = NULL;

      if (c->out[i] || _hp_column_is_missing (column, i))
        continue;
      text = hp_table_get_text (c->table, column, i);
      key = hp_text_key (text, -1);
      if (g_hash_table_contains (keys, key))
        {
          c->out[i] = TRUE;
          n++;
        }
    }
  return n;
}

static gsize
drop_impossible (Cleaning *c, const HpDerived *derived)
{
  const HpColumn *from = hp_table_get_column (c->table, derived->a);
  const HpColumn *to = hp_table_get_column (c->table, derived->b);
  gsize n = 0;

  if (derived->kind != HP_DERIVED_AGE || from == NULL || to == NULL)
    return 0;
  for (gsize i = 0; i < c->table->n_rows; i++)
    if (!c->out[i] && _hp_table_is_impossible (c->table, from, to, i))
      {
        c->out[i] = TRUE;
        n++;
      }
  return n;
}

static gsize
drop_missing (Cleaning *c)
{
  gsize n = 0;

  for (guint k = 0; k < c->table->columns->len; k++)
    {
      const HpColumn *column = c->table->columns->pdata[k];
      HpMissing how = _hp_column_is_number (column) ? c->schema->missing_number : c->schema->missing_category;

      if (how != HP_MISSING_DROP || column->type == HP_COLUMN_DATE || !_hp_schema_needs (c->schema, column->name))
        continue;
      for (gsize i = 0; i < c->table->n_rows; i++)
        if (!c->out[i] && _hp_column_is_missing (column, i))
          {
            c->out[i] = TRUE;
            n++;
          }
    }
  return n;
}

/* The target counts by its logarithm: prices are skewed, and a dear house is not an error */
static void
mark_far_out (Cleaning *c, const HpColumn *column, gboolean logarithm, guint8 *far_out)
{
  g_autofree double *values = g_new (double, c->table->n_rows);
  double low, high;
  gsize n = 0;

  for (gsize i = 0; i < c->table->n_rows; i++)
    if (!c->out[i] && !isnan (column->numbers[i]))
      values[n++] = logarithm ? log (column->numbers[i]) : column->numbers[i];
  if (!_hp_fences (values, n, FENCE, &low, &high))
    return;
  for (gsize i = 0; i < c->table->n_rows; i++)
    {
      double value = logarithm ? log (column->numbers[i]) : column->numbers[i];

      if (!c->out[i] && (value < low || value > high))
        far_out[i] = TRUE;
    }
}

static gsize
drop_outliers (Cleaning *c, const HpColumn *target)
{
  g_autofree guint8 *far_out = g_new0 (guint8, MAX (c->table->n_rows, 1));
  gsize n = 0;

  if (c->schema->outliers == HP_OUTLIERS_NONE)
    return 0;
  /* All fences stand on the same rows; then the rows go */
  mark_far_out (c, target, TRUE, far_out);
  for (guint k = 0; k < c->table->columns->len; k++)
    {
      const HpColumn *column = c->table->columns->pdata[k];

      if (column != target && _hp_column_is_number (column) && _hp_schema_needs (c->schema, column->name))
        mark_far_out (c, column, FALSE, far_out);
    }
  for (gsize i = 0; i < c->table->n_rows; i++)
    if (far_out[i])
      {
        c->out[i] = TRUE;
        n++;
      }
  return n;
}

/* why: what is the matter with the rows that can be used */
static void
set_useless (const HpCleaned *cleaned, const HpTable *table, const HpSchema *schema, const char *why, GError **error)
{
  hp_set_error (error, HP_ERROR_BAD_DATA, schema->target,
                _ ("%s: usable rows: %lu of %lu%s; left out: %lu without \"%s\", %lu excluded, %lu impossible, "
                   "%lu outliers, %lu with missing values, %lu repeated"),
                table->file, (gulong) cleaned->n_rows, (gulong) table->n_rows, why, (gulong) cleaned->no_target,
                schema->target, (gulong) cleaned->excluded, (gulong) cleaned->impossible, (gulong) cleaned->outliers,
                (gulong) cleaned->missing, (gulong) cleaned->duplicates);
}

static gboolean
check_useful (const HpCleaned *cleaned, const HpTable *table, const HpSchema *schema, const HpColumn *target,
              GError **error)
{
  gboolean differ = FALSE;

  for (gsize i = 1; i < cleaned->n_rows && !differ; i++)
    differ = target->numbers[cleaned->rows[i]] != target->numbers[cleaned->rows[0]];
  if (!differ)
    {
      set_useless (cleaned, table, schema,
                   cleaned->n_rows < 2 ? _ (", and there is nothing to learn from so few")
                                       : _ (", and there is nothing to learn from prices that are all equal"),
                   error);
      return FALSE;
    }
  for (guint k = 0; k < table->columns->len; k++)
    {
      const HpColumn *column = table->columns->pdata[k];
      gboolean present = FALSE;

      if (!_hp_schema_needs (schema, column->name))
        continue;
      for (gsize i = 0; i < cleaned->n_rows && !present; i++)
        present = !_hp_column_is_missing (column, cleaned->rows[i]);
      if (!present)
        {
          hp_set_error (
            error, HP_ERROR_BAD_DATA, column->name,
            _ ("%s: column \"%s\" has no value in any row that can be used; remove it from the schema's features"),
            table->file, column->name);
          return FALSE;
        }
    }
  return TRUE;
}

static HpCleaned *
choose_rows (const HpTable *table, const HpSchema *schema, GError **error)
{
  g_autoptr (HpCleaned) cleaned = g_new0 (HpCleaned, 1);
  g_autofree guint8 *out = g_new0 (guint8, MAX (table->n_rows, 1));
  Cleaning c = { .table = table, .schema = schema, .out = out };
  const HpColumn *target = hp_table_get_column (table, schema->target);

  if (target == NULL)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, schema->target, _ ("%s: the file has no column \"%s\""), table->file,
                    schema->target);
      return NULL;
    }
  cleaned->duplicates = drop_duplicates (&c);
  cleaned->no_target = drop_without_target (&c, target);
  for (guint i = 0; i < schema->exclude->len; i++)
    cleaned->excluded += drop_excluded (&c, schema->exclude->pdata[i]);
  for (guint i = 0; i < schema->derived->len; i++)
    cleaned->impossible += drop_impossible (&c, schema->derived->pdata[i]);
  cleaned->missing = drop_missing (&c);
  cleaned->outliers = drop_outliers (&c, target);

  cleaned->rows = g_new (guint32, MAX (table->n_rows, 1));
  for (gsize i = 0; i < table->n_rows; i++)
    if (!out[i])
      cleaned->rows[cleaned->n_rows++] = (guint32) i;
  return g_steal_pointer (&cleaned);
}

/**
 * hp_table_clean:
 * @table: a table with its target
 * @schema: the schema it was loaded with
 * @error: return location for an error
 *
 * Chooses the rows to train on. Left out, and counted under the first reason that holds, are: rows equal to an earlier
 * one in all columns; rows without a positive target; excluded ones (not at arm's length); impossible ones (built after
 * sold); with "missing: drop" those that lack what a feature is made from; with "outliers: iqr" those whose logarithm
 * of the target or whose numbers lie more than three quartile distances beyond the quartiles (J. W. Tukey, Exploratory
 * Data Analysis, 1977, "far out").
 *
 * Returns: (transfer full) (nullable): the rows; %NULL with %HP_ERROR_BAD_DATA if fewer than two different prices are
 *   left, or a column that a feature is made from has no value left
 */
HpCleaned *
hp_table_clean (const HpTable *table, const HpSchema *schema, GError **error)
{
  g_autoptr (HpCleaned) cleaned = choose_rows (table, schema, error);

  if (cleaned == NULL || !check_useful (cleaned, table, schema, hp_table_get_column (table, schema->target), error))
    return NULL;
  return g_steal_pointer (&cleaned);
}

/**
 * hp_table_clean_for_test:
 * @table: a table with its target
 * @schema: the schema it was loaded with
 * @error: return location for an error
 *
 * Chooses the rows to test a model on, by the rules of hp_table_clean(). A single one will do.
 *
 * Returns: (transfer full) (nullable): the rows; %NULL with %HP_ERROR_BAD_DATA if there are none
 */
HpCleaned *
hp_table_clean_for_test (const HpTable *table, const HpSchema *schema, GError **error)
{
  g_autoptr (HpCleaned) cleaned = choose_rows (table, schema, error);

  if (cleaned == NULL)
    return NULL;
  if (cleaned->n_rows == 0)
    {
      set_useless (cleaned, table, schema, "", error);
      return NULL;
    }
  return g_steal_pointer (&cleaned);
}

/**
 * hp_cleaned_free:
 * @cleaned: (transfer full) (nullable): chosen rows
 */
void
hp_cleaned_free (HpCleaned *cleaned)
{
  if (cleaned == NULL)
    return;
  g_free (cleaned->rows);
  g_free (cleaned);
}

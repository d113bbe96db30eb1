/* hp-table.c - the table: looked at, cell by cell and row by row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-number.h"
#include "hp-schema-private.h"
#include "hp-table-private.h"
#include "hp-text.h"

void
_hp_column_free (gpointer data)
{
  HpColumn *column = data;

  if (column == NULL)
    return;
  g_free (column->name);
  g_free (column->numbers);
  g_free (column->codes);
  g_clear_pointer (&column->levels, g_ptr_array_unref);
  g_free (column);
}

gboolean
_hp_column_is_number (const HpColumn *column)
{
  return column->type == HP_COLUMN_NUMBER || column->type == HP_COLUMN_INTEGER;
}

/**
 * hp_table_new_empty:
 * @schema: a schema
 *
 * Returns: (transfer full): a table of its columns, without rows and without a file
 */
HpTable *
hp_table_new_empty (const HpSchema *schema)
{
  HpTable *table = g_new0 (HpTable, 1);

  table->file = g_strdup (schema->name);
  table->columns = g_ptr_array_new_with_free_func (_hp_column_free);
  table->lines = g_new0 (guint64, 1);
  for (guint c = 0; c < schema->columns->len; c++)
    {
      const HpSchemaColumn *spec = g_ptr_array_index (schema->columns, c);
      HpColumn *column = g_new0 (HpColumn, 1);

      column->name = g_strdup (spec->name);
      column->type = spec->type;
      column->in_schema = TRUE;
      if (spec->type == HP_COLUMN_CATEGORY || spec->type == HP_COLUMN_TEXT)
        {
          column->codes = g_new0 (gint32, 1);
          column->levels = g_ptr_array_new_with_free_func (g_free);
        }
      else
        column->numbers = g_new0 (double, 1);
      g_ptr_array_add (table->columns, column);
    }
  return table;
}

/**
 * hp_table_free:
 * @table: (transfer full) (nullable): a table
 */
void
hp_table_free (HpTable *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_free (self->sha256);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_free (self->lines);
  g_free (self);
}

/**
 * hp_table_get_column:
 * @table: a table
 * @name: a column's name: as in the schema, or as in the file for one that the schema doesn't name
 *
 * Returns: (transfer none) (nullable): the column
 */
HpColumn *
hp_table_get_column (const HpTable *self, const char *name)
{
  for (guint i = 0; name != NULL && i < self->columns->len; i++)
    {
      HpColumn *column = self->columns->pdata[i];

      if (g_str_equal (column->name, name))
        return column;
    }
  return NULL;
}

/* The cell's text in buffer or in the column; never NULL */
static const char *
cell_text (const HpColumn *column, gsize row, char buffer[HP_NUMBER_BUFFER])
{
  if (_hp_column_is_missing (column, row))
    return "";
  if (column->numbers == NULL)
    return column->levels->pdata[column->codes[row]];
  if (column->type == HP_COLUMN_DATE)
    hp_date_format (buffer, (HpDate) column->numbers[row]);
  else
    hp_number_format (buffer, column->numbers[row]);
  return buffer;
}

/**
 * hp_table_get_text:
 * @table: a table
 * @column: one of its columns
 * @row: a row's index
 *
 * Returns: (transfer full): the cell as text in the C locale; a category as its level is spelled, a date with the
 *   precision it was written with, "" when missing
 */
char *
hp_table_get_text (const HpTable *self, const HpColumn *column, gsize row)
{
  char buffer[HP_NUMBER_BUFFER];

  g_return_val_if_fail (row < self->n_rows, NULL);
  return g_strdup (cell_text (column, row, buffer));
}

static void
hash_cell (GChecksum *checksum, const HpTable *table, const char *name, gsize row)
{
  const HpColumn *column = hp_table_get_column (table, name);
  char buffer[HP_NUMBER_BUFFER];
  g_autofree char *key = NULL;
  const char *text = "";

  if (column != NULL)
    text = cell_text (column, row, buffer);
  if (column != NULL && column->levels != NULL)
    text = key = hp_text_key (text, -1);
  if (g_str_equal (text, "-0"))
    text = "0";
  /* The NULs keep "ab", "c" and "a", "bc" apart */
  g_checksum_update (checksum, (const guchar *) name, strlen (name) + 1);
  g_checksum_update (checksum, (const guchar *) text, strlen (text) + 1);
}

/**
 * hp_table_row_hash:
 * @table: a table
 * @schema: the schema it was loaded with
 * @row: a row's index
 *
 * Identifies a sale: by its price, the columns that the features are made from, and its date. Files that hold the same
 * sale give the same hash, whatever the order of their columns, the case of their categories or the writing of their
 * numbers.
 *
 * Returns: the first 64 bits, big-endian, of the SHA-256 of names and values
 */
guint64
hp_table_row_hash (const HpTable *self, const HpSchema *schema, gsize row)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GPtrArray) names = _hp_schema_raw_columns (schema);
  guint8 digest[32];
  gsize length = sizeof digest;
  guint64 hash;

  g_return_val_if_fail (row < self->n_rows, 0);

  hash_cell (checksum, self, schema->target, row);
  for (guint i = 0; i < names->len; i++)
    if (g_strcmp0 (names->pdata[i], schema->role_date) != 0)
      hash_cell (checksum, self, names->pdata[i], row);
  if (schema->role_date != NULL)
    hash_cell (checksum, self, schema->role_date, row);
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (&hash, digest, sizeof hash);
  return GUINT64_FROM_BE (hash);
}

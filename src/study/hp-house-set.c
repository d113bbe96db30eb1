/* hp-house-set.c - sales as a model's preprocessor sees them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-house-set.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#include "hp-csv.h"
#include "hp-error.h"
#include "hp-number.h"
#include "hp-random.h"

/* Limits on what a file may hold: sales, and sales times attributes */
#define MAX_SALES  5000000
#define MAX_VALUES (1u << 28)

/* A row's number has to be a double, as in JSON */
#define LARGEST_ROW 1e15

/**
 * hp_house_set_free:
 * @set: (transfer full) (nullable): a set
 */
void
hp_house_set_free (HpHouseSet *set)
{
  if (set == NULL)
    return;
  g_free (set->raw);
  g_free (set->flags);
  g_free (set->price);
  g_free (set->row);
  g_free (set);
}

/* Keeps a house; the arrays have room for it */
static void
put (HpHouseSet *set, const HpHouse *house, double price, guint64 row)
{
  gsize at = set->n * set->n_attributes;

  if (set->n_attributes > 0)
    {
      memcpy (set->raw + at, house->raw, set->n_attributes * sizeof *set->raw);
      memcpy (set->flags + at, house->flags, set->n_attributes * sizeof *set->flags);
    }
  set->price[set->n] = price;
  set->row[set->n++] = row;
}

static void
make_room (HpHouseSet *set, gsize n)
{
  set->raw = g_renew (double, set->raw, n * set->n_attributes + 1);
  set->flags = g_renew (guint8, set->flags, n * set->n_attributes + 1);
  set->price = g_renew (double, set->price, n + 1);
  set->row = g_renew (guint64, set->row, n + 1);
}

/**
 * hp_house_set_new_table:
 * @pre: a preprocessor
 * @table: sales
 * @rows: (array length=n): rows of @table
 * @n: how many
 * @error: return location: %HP_ERROR_BAD_DATA if the table has no column of prices
 *
 * Sales of a table. Those without a price above 0 are left out; so the set may have fewer than @n.
 *
 * Returns: (transfer full) (nullable): the set
 */
HpHouseSet *
hp_house_set_new_table (const HpPreprocessor *pre, const HpTable *table, const guint32 *rows, gsize n, GError **error)
{
  const char *target = hp_preprocessor_get_target (pre);
  const HpColumn *prices = hp_table_get_column (table, target);
  g_autoptr (HpHouseBinding) binding = NULL;
  g_autoptr (HpHouse) house = NULL;
  HpHouseSet *set;

  if (prices == NULL || prices->numbers == NULL)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, target, _ ("%s has no column of prices called “%s”"), table->file,
                    target);
      return NULL;
    }
  set = g_new0 (HpHouseSet, 1);
  set->n_attributes = hp_preprocessor_get_n_attributes (pre);
  make_room (set, n);
  binding = hp_house_binding_new (pre, table);
  house = hp_house_new (pre);
  for (gsize i = 0; i < n; i++)
    {
      double price = prices->numbers[rows[i]];

      if (!(price > 0) || isinf (price))
        continue;
      hp_house_set_row (house, binding, rows[i]);
      put (set, house, price, (guint64) rows[i] + 1);
    }
  return set;
}

/* The columns of a bundle's file; attribute: which column each attribute is in, or -1 */
typedef struct
{
  int row, price;
  guint n;        /* attributes */
  int *attribute; /* n */
} Columns;

static gboolean
find_columns (HpCsvReader *reader, const HpPreprocessor *pre, Columns *columns, GError **error)
{
  guint n = hp_preprocessor_get_n_attributes (pre);
  int line = hp_csv_reader_find_column (reader, "line");

  columns->row = hp_csv_reader_find_column (reader, "row");
  columns->price = hp_csv_reader_find_column (reader, "price");
  if (columns->row < 0 || columns->price < 0)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: sales need the columns row and price"),
                    hp_csv_reader_get_name (reader));
      return FALSE;
    }
  columns->n = n;
  columns->attribute = g_new (int, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const char *name = hp_preprocessor_get_attribute (pre, i)->name;
      g_autofree char *apart = g_strconcat (HP_SALES_ATTRIBUTE_PREFIX, name, NULL);
      int column = hp_csv_reader_find_column (reader, apart);

      /* one that is called like a column of the file itself has the prefix, so that it comes first */
      if (column < 0)
        column = hp_csv_reader_find_column (reader, name);
      columns->attribute[i] = column == columns->row || column == columns->price || column == line ? -1 : column;
    }
  return TRUE;
}

static gboolean
read_number (const HpCsvField *field, double *value)
{
  return hp_number_parse (field->text, field->length, value) && *value > 0 && !isinf (*value);
}

static gboolean
read_record (HpHouseSet *set, HpCsvReader *reader, const HpPreprocessor *pre, const Columns *columns, HpHouse *house,
             GError **error)
{
  const HpCsvField *fields = hp_csv_reader_get_fields (reader);
  double row, price;

  if (!read_number (&fields[columns->row], &row) || row > LARGEST_ROW || row != floor (row)
      || !read_number (&fields[columns->price], &price))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s:%" PRIu64 ": row or price is not a number that it can be"),
                    hp_csv_reader_get_name (reader), hp_csv_reader_get_line (reader));
      return FALSE;
    }
  hp_house_clear (house);
  for (guint i = 0; i < columns->n; i++)
    if (columns->attribute[i] >= 0)
      {
        const HpCsvField *field = &fields[columns->attribute[i]];

        /* A value that the schema no longer allows is a missing one: a sale is still a sale. */
        hp_house_set_text (house, pre, i, field->text != NULL ? field->text : "", field->length, NULL);
      }
  put (set, house, price, (guint64) row);
  return TRUE;
}

/**
 * hp_house_set_new_csv:
 * @pre: the preprocessor of a bundle
 * @csv: (array length=length): its sales.csv or holdout.csv
 * @length: its bytes
 * @name: what messages call it
 * @error: return location: %HP_ERROR_BAD_DATA, with the line
 *
 * Returns: (transfer full) (nullable): all sales of the file
 */
HpHouseSet *
hp_house_set_new_csv (const HpPreprocessor *pre, const char *csv, gsize length, const char *name, GError **error)
{
  g_autoptr (HpCsvReader) reader = hp_csv_reader_new_for_memory (csv, length, name, error);
  g_autoptr (HpHouseSet) set = NULL;
  g_autoptr (HpHouse) house = NULL;
  g_autofree int *attribute = NULL;
  Columns columns = { 0 };
  HpCsvResult result;
  gsize room = 0;

  if (reader == NULL || !find_columns (reader, pre, &columns, error))
    return NULL;
  attribute = columns.attribute;
  set = g_new0 (HpHouseSet, 1);
  set->n_attributes = columns.n;
  house = hp_house_new (pre);
  make_room (set, 0);
  while ((result = hp_csv_reader_next (reader, error)) == HP_CSV_RECORD)
    {
      if (set->n == MAX_SALES || (guint64) (set->n + 1) * MAX (set->n_attributes, 1) > MAX_VALUES)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: more than %lu sales"), name, (gulong) set->n);
          return NULL;
        }
      if (set->n == room)
        {
          room = MAX (2 * room, 256);
          make_room (set, room);
        }
      if (!read_record (set, reader, pre, &columns, house, error))
        return NULL;
    }
  return result == HP_CSV_END ? g_steal_pointer (&set) : NULL;
}

static int
compare_indices (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/**
 * hp_house_set_sample:
 * @set: a set
 * @n_most: how many houses are enough
 * @seed: of the draw
 * @stream: of the draw
 * @n_chosen: (out): how many there are
 *
 * Draws houses without replacement; each may be drawn with the same chance.
 *
 * Returns: (transfer full) (array length=n_chosen): indices, ascending
 */
guint32 *
hp_house_set_sample (const HpHouseSet *set, gsize n_most, guint64 seed, guint64 stream, gsize *n_chosen)
{
  guint32 *chosen = g_new (guint32, set->n + 1);
  HpRandom random;

  for (gsize i = 0; i < set->n; i++)
    chosen[i] = i;
  *n_chosen = MIN (set->n, n_most);
  if (*n_chosen < set->n)
    {
      hp_random_init (&random, seed, stream);
      hp_random_shuffle (&random, chosen, set->n);
      qsort (chosen, *n_chosen, sizeof *chosen, compare_indices);
    }
  return chosen;
}

/**
 * hp_house_set_get:
 * @set: a set
 * @i: which house
 * @house: a house of the set's preprocessor
 *
 * Sets all attributes of @house. How a category that training did not see was written is not kept.
 */
void
hp_house_set_get (const HpHouseSet *set, gsize i, HpHouse *house)
{
  g_return_if_fail (i < set->n && house->n == set->n_attributes);

  hp_house_clear (house);
  if (set->n_attributes > 0)
    {
      memcpy (house->raw, set->raw + i * set->n_attributes, set->n_attributes * sizeof *house->raw);
      memcpy (house->flags, set->flags + i * set->n_attributes, set->n_attributes * sizeof *house->flags);
    }
}

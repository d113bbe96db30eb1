/* hp-sales.c - sales.csv of a bundle: the training sales as the model sees them and as people do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "hp-csv.h"
#include "hp-error.h"
#include "hp-number.h"
#include "hp-sales-private.h"

/* Limits on what a file may hold: sales, and sales times features or attributes */
#define MAX_SALES  5000000
#define MAX_FLOATS (1u << 30)

void
_hp_sales_free (HpSales *sales)
{
  if (sales == NULL)
    return;
  g_array_unref (sales->sales);
  g_array_unref (sales->features);
  g_array_unref (sales->raw);
  g_clear_pointer (&sales->leaves, _hp_leaf_table_free);
  g_ptr_array_unref (sales->names);
  g_free (sales->numeric);
  g_ptr_array_unref (sales->values);
  g_string_chunk_free (sales->chunk);
  g_free (sales);
}

/* An attribute that is called like one of the file's own columns has a prefix there. */
static const char *
find_attribute (const HpPreprocessor *pre, const char *column, int *attribute)
{
  const char *rest = column + strlen (HP_SALES_ATTRIBUTE_PREFIX);

  *attribute = hp_preprocessor_find_attribute (pre, column);
  if (*attribute >= 0 || !g_str_has_prefix (column, HP_SALES_ATTRIBUTE_PREFIX))
    return column;
  *attribute = hp_preprocessor_find_attribute (pre, rest);
  return *attribute >= 0 ? rest : column;
}

/* What is done with a column of the file */
typedef struct
{
  int row, price, date;
  int *attribute; /* of each column, or -1 */
  gboolean *shown;
} Columns;

static gboolean
find_columns (HpSales *sales, HpCsvReader *reader, const HpPreprocessor *pre, Columns *columns, GError **error)
{
  const char *const *names = hp_csv_reader_get_columns (reader);
  guint n = hp_csv_reader_get_n_columns (reader);
  const char *date = pre->date_column;
  int line = hp_csv_reader_find_column (reader, "line");

  columns->row = hp_csv_reader_find_column (reader, "row");
  columns->price = hp_csv_reader_find_column (reader, "price");
  if (columns->price < 0)
    columns->price = hp_csv_reader_find_column (reader, pre->target);
  if (columns->row < 0 || columns->price < 0)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: sales need the columns row and price"),
                    hp_csv_reader_get_name (reader));
      return FALSE;
    }
  if (pre->effective >= 0)
    date = _hp_preprocessor_input (pre, pre->effective)->attribute.name;
  columns->date = date != NULL ? hp_csv_reader_find_column (reader, date) : -1;

  columns->attribute = g_new0 (int, n + 1);
  columns->shown = g_new0 (gboolean, n + 1);
  sales->numeric = g_new0 (gboolean, n + 1);
  for (int c = 0; c < (int) n; c++)
    {
      HpColumnType type;
      const char *name;

      columns->attribute[c] = -1;
      if (c == columns->row || c == columns->price || c == line)
        continue;
      name = find_attribute (pre, names[c], &columns->attribute[c]);
      if (c == columns->date)
        continue;
      columns->shown[c] = TRUE;
      if (columns->attribute[c] >= 0)
        {
          type = _hp_preprocessor_input (pre, columns->attribute[c])->attribute.type;
          sales->numeric[sales->n_shown] = type == HP_COLUMN_NUMBER || type == HP_COLUMN_INTEGER;
        }
      for (guint p = 0; p < HP_N_IDENTITIES; p++)
        if (g_strcmp0 (name, pre->place_columns[p]) == 0)
          sales->identity[p] = sales->n_shown;
      g_ptr_array_add (sales->names, g_strdup (name));
      sales->n_shown++;
    }
  return TRUE;
}

/* The attributes of a record into house; the text of what is shown, and of the date, is kept */
static void
read_attributes (HpSales *sales, HpCsvReader *reader, const Columns *columns, const HpPreprocessor *pre, HpHouse *house,
                 HpSale *sale)
{
  const HpCsvField *fields = hp_csv_reader_get_fields (reader);
  guint n = hp_csv_reader_get_n_columns (reader);

  hp_house_clear (house);
  for (guint c = 0; c < n; c++)
    {
      const char *text = fields[c].text != NULL ? fields[c].text : "";
      g_autofree char *copy = NULL;
      const char *kept;

      /* A value that the schema no longer allows is a missing one: a sale is still a sale. */
      if (columns->attribute[c] >= 0)
        hp_house_set_text (house, pre, columns->attribute[c], text, fields[c].length, NULL);
      if (!columns->shown[c] && (int) c != columns->date)
        continue;
      copy = g_strndup (text, fields[c].length);
      kept = g_string_chunk_insert_const (sales->chunk, copy);
      if (columns->shown[c])
        g_ptr_array_add (sales->values, (gpointer) kept);
      else if (*kept != '\0')
        {
          sale->date_text = kept;
          if (!hp_date_parse (kept, strlen (kept), &sale->date))
            sale->date = 0;
        }
    }
}

/* The record that reader has read */
static gboolean
add_sale (HpSales *sales, HpCsvReader *reader, const Columns *columns, const HpPreprocessor *pre, HpHouse *house,
          GError **error)
{
  const HpCsvField *fields = hp_csv_reader_get_fields (reader);
  HpSale sale = { 0 };
  float *features;
  double row;

  if (!hp_number_parse (fields[columns->row].text, fields[columns->row].length, &row) || row < 0 || row > 1e15
      || row != floor (row)
      || !hp_number_parse (fields[columns->price].text, fields[columns->price].length, &sale.price) || sale.price <= 0)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s:%" PRIu64 ": row or price is not a number that it can be"),
                    hp_csv_reader_get_name (reader), hp_csv_reader_get_line (reader));
      return FALSE;
    }
  sale.row = (guint64) row;
  read_attributes (sales, reader, columns, pre, house, &sale);
  g_array_append_val (sales->sales, sale);
  g_array_append_vals (sales->raw, house->raw, sales->n_inputs);

  g_array_set_size (sales->features, sales->features->len + sales->n_features);
  features = &g_array_index (sales->features, float, sales->features->len - sales->n_features);
  hp_preprocessor_transform (pre, house, 0, features);
  return TRUE;
}

HpSales *
_hp_sales_new (const char *csv, gsize length, const HpPreprocessor *pre, const HpModel *model, GError **error)
{
  g_autoptr (HpCsvReader) reader = hp_csv_reader_new_for_memory (csv, length, "sales.csv", error);
  g_autoptr (HpHouse) house = NULL;
  Columns columns = { 0 };
  HpSales *sales;
  HpCsvResult result;

  if (reader == NULL)
    return NULL;
  sales = g_new0 (HpSales, 1);
  sales->n_features = hp_preprocessor_get_n_features (pre);
  sales->n_inputs = hp_preprocessor_get_n_attributes (pre);
  sales->sales = g_array_new (FALSE, FALSE, sizeof (HpSale));
  sales->features = g_array_new (FALSE, FALSE, sizeof (float));
  sales->raw = g_array_new (FALSE, FALSE, sizeof (double));
  sales->chunk = g_string_chunk_new (1 << 14);
  sales->names = g_ptr_array_new_with_free_func (g_free);
  sales->values = g_ptr_array_new ();
  for (guint p = 0; p < HP_N_IDENTITIES; p++)
    sales->identity[p] = -1;
  house = hp_house_new (pre);

  result = find_columns (sales, reader, pre, &columns, error) ? HP_CSV_RECORD : HP_CSV_FAILED;
  while (result == HP_CSV_RECORD && (result = hp_csv_reader_next (reader, error)) == HP_CSV_RECORD)
    {
      if (sales->sales->len == MAX_SALES
          || (guint64) (sales->sales->len + 1) * MAX (sales->n_features, sales->n_inputs) > MAX_FLOATS)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("sales.csv: more than %u sales"), sales->sales->len);
          result = HP_CSV_FAILED;
        }
      else if (!add_sale (sales, reader, &columns, pre, house, error))
        result = HP_CSV_FAILED;
    }
  g_free (columns.attribute);
  g_free (columns.shown);
  if (result != HP_CSV_END)
    {
      _hp_sales_free (sales);
      return NULL;
    }
  if (hp_model_get_n_trees (model) > 0)
    sales->leaves = _hp_leaf_table_new (model, (const float *) (gpointer) sales->features->data, sales->sales->len);
  return sales;
}

/* hp-comparables.c - the training sales that the model itself finds most like a house
 *
 * Trees: the similarity of two houses is the share of trees in which they end in the same leaf (Breiman's proximity),
 * so what counts as similar is what moves the price. Linear models: exp (-d²/p) with d the distance in the p scaled
 * features.
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
#include "hp-predictor-private.h"

/* Limits on what a file may hold: sales, and sales times features */
#define MAX_SALES  5000000
#define MAX_FLOATS (1u << 30)

/* Leaves of all sales are kept (16 bits each) unless that takes more than this, or a tree has too many nodes. */
#define MAX_LEAVES (1u << 28)

typedef struct
{
  guint64 row;
  double price;
  const char *date; /* (nullable) in chunk */
} Sale;

struct _HpSales
{
  guint n_features, n_trees, n_shown;
  GArray *sales;    /* of Sale */
  GArray *features; /* of float, n_features a sale */
  GArray *leaves;   /* (nullable) of guint16, n_trees a sale */
  GStringChunk *chunk;
  GPtrArray *names;  /* of the columns that are shown */
  gboolean *numeric; /* of these */
  GPtrArray *values; /* of char*, in chunk, n_shown a sale */
};

guint
_hp_sales_get_n (const HpSales *sales)
{
  return sales->sales->len;
}

void
_hp_sales_free (HpSales *sales)
{
  if (sales == NULL)
    return;
  g_array_unref (sales->sales);
  g_array_unref (sales->features);
  g_clear_pointer (&sales->leaves, g_array_unref);
  g_string_chunk_free (sales->chunk);
  g_ptr_array_unref (sales->names);
  g_free (sales->numeric);
  g_ptr_array_unref (sales->values);
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
      g_ptr_array_add (sales->names, g_strdup (name));
      sales->n_shown++;
    }
  return TRUE;
}

/* The attributes of a record into house; the text of what is shown, and of the date, is kept */
static void
read_attributes (HpSales *sales, HpCsvReader *reader, const Columns *columns, const HpPreprocessor *pre, HpHouse *house,
                 Sale *sale)
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
        sale->date = kept;
    }
}

static void
add_leaves (HpSales *sales, const HpModel *model, const float *features, gint32 *leaves)
{
  guint filled;

  if (sales->leaves == NULL)
    return;
  if ((guint64) sales->sales->len * sales->n_trees > MAX_LEAVES)
    {
      g_clear_pointer (&sales->leaves, g_array_unref);
      return;
    }
  hp_model_leaves (model, features, leaves);
  filled = sales->leaves->len;
  g_array_set_size (sales->leaves, filled + sales->n_trees);
  for (guint t = 0; t < sales->n_trees; t++)
    g_array_index (sales->leaves, guint16, filled + t) = leaves[t];
}

/* The record that reader has read. leaves: room for one a tree */
static gboolean
add_sale (HpSales *sales, HpCsvReader *reader, const Columns *columns, const HpPreprocessor *pre, const HpModel *model,
          HpHouse *house, gint32 *leaves, GError **error)
{
  const HpCsvField *fields = hp_csv_reader_get_fields (reader);
  Sale sale = { 0 };
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

  g_array_set_size (sales->features, sales->features->len + sales->n_features);
  features = &g_array_index (sales->features, float, sales->features->len - sales->n_features);
  hp_preprocessor_transform (pre, house, 0, features);
  add_leaves (sales, model, features, leaves);
  return TRUE;
}

/* Do all leaves' numbers fit 16 bits? */
static gboolean
has_small_trees (const HpModel *model)
{
  for (guint t = 0; t < hp_model_get_n_trees (model); t++)
    {
      gsize n_nodes;

      hp_model_get_tree (model, t, &n_nodes);
      if (n_nodes > G_MAXUINT16 + 1)
        return FALSE;
    }
  return TRUE;
}

HpSales *
_hp_sales_new (const char *csv, gsize length, const HpPreprocessor *pre, const HpModel *model, GError **error)
{
  g_autoptr (HpCsvReader) reader = hp_csv_reader_new_for_memory (csv, length, "sales.csv", error);
  g_autoptr (HpHouse) house = NULL;
  g_autofree gint32 *leaves = NULL;
  Columns columns = { 0 };
  HpSales *sales;
  HpCsvResult result;

  if (reader == NULL)
    return NULL;
  sales = g_new0 (HpSales, 1);
  sales->n_features = hp_preprocessor_get_n_features (pre);
  sales->n_trees = hp_model_get_n_trees (model);
  sales->sales = g_array_new (FALSE, FALSE, sizeof (Sale));
  sales->features = g_array_new (FALSE, FALSE, sizeof (float));
  sales->chunk = g_string_chunk_new (1 << 14);
  sales->names = g_ptr_array_new_with_free_func (g_free);
  sales->values = g_ptr_array_new ();
  if (sales->n_trees > 0 && has_small_trees (model))
    sales->leaves = g_array_new (FALSE, FALSE, sizeof (guint16));
  leaves = g_new (gint32, sales->n_trees + 1);
  house = hp_house_new (pre);

  result = find_columns (sales, reader, pre, &columns, error) ? HP_CSV_RECORD : HP_CSV_FAILED;
  while (result == HP_CSV_RECORD && (result = hp_csv_reader_next (reader, error)) == HP_CSV_RECORD)
    {
      if (sales->sales->len == MAX_SALES || (guint64) (sales->sales->len + 1) * sales->n_features > MAX_FLOATS)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("sales.csv: more than %u sales"), sales->sales->len);
          result = HP_CSV_FAILED;
        }
      else if (!add_sale (sales, reader, &columns, pre, model, house, leaves, error))
        result = HP_CSV_FAILED;
    }
  g_free (columns.attribute);
  g_free (columns.shown);
  if (result == HP_CSV_END)
    return sales;
  _hp_sales_free (sales);
  return NULL;
}

static float
share_of_leaves (const guint16 *a, const guint16 *b, guint n)
{
  guint same = 0;

  for (guint t = 0; t < n; t++)
    same += a[t] == b[t];
  return (float) same / n;
}

/* spread: (nullable) what counts as one; NULL: features are scaled. Known and unknown are one apart. */
static float
nearness (const float *a, const float *b, const double *spread, guint n)
{
  double squares = 0;

  for (guint j = 0; j < n; j++)
    {
      double distance = ((double) a[j] - b[j]) / (spread != NULL ? spread[j] : 1);

      if (isnan (distance))
        distance = isnan (a[j]) != isnan (b[j]);
      squares += distance * distance;
    }
  return exp (-squares / n);
}

void
_hp_sales_compare (const HpSales *sales, const HpModel *model, const float *features, float *similarity)
{
  const float *sale_features = (const float *) sales->features->data;
  g_autofree gint32 *leaves = NULL, *other = NULL;
  g_autofree guint16 *short_leaves = NULL;

  if (sales->n_trees == 0)
    {
      for (guint i = 0; i < sales->sales->len; i++)
        similarity[i] = hp_model_get_kind (model) == HP_MODEL_LINEAR
                          ? nearness (features, sale_features + (gsize) i * sales->n_features,
                                      hp_model_get_spread (model), sales->n_features)
                          : 1;
      return;
    }

  leaves = g_new (gint32, sales->n_trees);
  hp_model_leaves (model, features, leaves);
  if (sales->leaves != NULL)
    {
      short_leaves = g_new (guint16, sales->n_trees);
      for (guint t = 0; t < sales->n_trees; t++)
        short_leaves[t] = leaves[t];
      for (guint i = 0; i < sales->sales->len; i++)
        similarity[i]
          = share_of_leaves (short_leaves, (const guint16 *) sales->leaves->data + (gsize) i * sales->n_trees,
                             sales->n_trees);
      return;
    }
  other = g_new (gint32, sales->n_trees);
  for (guint i = 0; i < sales->sales->len; i++)
    {
      guint same = 0;

      hp_model_leaves (model, sale_features + (gsize) i * sales->n_features, other);
      for (guint t = 0; t < sales->n_trees; t++)
        same += leaves[t] == other[t];
      similarity[i] = (float) same / sales->n_trees;
    }
}

static int
compare_similarity (gconstpointer a, gconstpointer b, gpointer data)
{
  guint i = *(const guint *) a, j = *(const guint *) b;
  const float *similarity = data;

  if (similarity[i] != similarity[j])
    return similarity[i] > similarity[j] ? -1 : 1;
  return i < j ? -1 : i > j;
}

GPtrArray *
_hp_sales_choose (const HpSales *sales, const float *similarity, guint n)
{
  GPtrArray *comparables = _hp_comparables_new ();
  g_autofree guint *order = g_new (guint, sales->sales->len + 1);

  for (guint i = 0; i < sales->sales->len; i++)
    order[i] = i;
  qsort_r (order, sales->sales->len, sizeof *order, compare_similarity, (gpointer) similarity);
  for (guint k = 0; k < MIN (n, sales->sales->len); k++)
    {
      const Sale *sale = &g_array_index (sales->sales, Sale, order[k]);
      HpComparable *comparable = g_new0 (HpComparable, 1);

      comparable->row = sale->row;
      comparable->similarity = round (similarity[order[k]] * 1e4) / 1e4;
      comparable->price = sale->price;
      comparable->sale_date = g_strdup (sale->date);
      comparable->names = g_ptr_array_new_with_free_func (g_free);
      comparable->values = g_ptr_array_new_with_free_func (g_free);
      comparable->numeric = g_array_new (FALSE, FALSE, sizeof (gboolean));
      for (guint a = 0; a < sales->n_shown; a++)
        {
          const char *value = g_ptr_array_index (sales->values, (gsize) order[k] * sales->n_shown + a);

          g_ptr_array_add (comparable->names, g_strdup (g_ptr_array_index (sales->names, a)));
          g_ptr_array_add (comparable->values, *value != '\0' ? g_strdup (value) : NULL);
          g_array_append_val (comparable->numeric, sales->numeric[a]);
        }
      g_ptr_array_add (comparables, comparable);
    }
  return comparables;
}

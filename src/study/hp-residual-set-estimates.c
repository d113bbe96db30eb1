/* hp-residual-set-estimates.c - sales with anyone's estimates beside them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "hp-error.h"
#include "hp-number.h"
#include "hp-ratio.h"
#include "hp-residual-set-private.h"
#include "hp-text.h"

static const char *const estimate_names[]
  = { "estimate",       "estimated_price", "predicted_price", "predicted", "prediction",
      "assessed_value", "appraised_value", "assessment",      "value",     NULL };
static const char *const price_names[] = { "price", "sale_price", "sold_price", "saleprice", NULL };

typedef struct
{
  guint64 row;
  double estimate, price;
} Pair;

typedef struct
{
  HpCsvReader *csv;
  int estimate, price; /* columns */
  GPtrArray *readers;  /* (element-type HpSetReader) of the others, NULL for those two */
  GArray *pairs;
  gsize n_left_out;
} Reading;

static int
find_column (HpCsvReader *csv, const char *given, const char *const *names, const char *option, GError **error)
{
  const char *near_name = NULL;
  int column = given != NULL ? hp_csv_reader_find_column (csv, given) : -1;

  for (; given == NULL && *names != NULL && column < 0; names++)
    column = hp_csv_reader_find_column (csv, *names);
  if (column >= 0)
    return column;
  if (given != NULL)
    near_name = hp_text_suggest (given, hp_csv_reader_get_columns (csv));
  if (near_name != NULL)
    hp_set_error (error, HP_ERROR_BAD_DATA, given, _ ("%s:1: no column “%s”; did you mean “%s”?"),
                  hp_csv_reader_get_name (csv), given, near_name);
  else
    {
      g_autofree char *list = g_strjoinv (", ", (char **) hp_csv_reader_get_columns (csv));
      g_autofree char *shown = hp_text_printable (list, -1, 200);

      hp_set_error (error, HP_ERROR_BAD_DATA, given, _ ("%s:1: name the column with %s: the file has %s"),
                    hp_csv_reader_get_name (csv), option, shown);
    }
  return -1;
}

/* A missing cell is no number, and no error either: its sale is left out. */
static gboolean
parse_cell (HpCsvReader *csv, int column, double *value, GError **error)
{
  const HpCsvField *field = &hp_csv_reader_get_fields (csv)[column];
  const char *name = hp_csv_reader_get_columns (csv)[column];
  g_autofree char *shown = NULL;

  *value = NAN;
  if (hp_csv_is_missing (field->text, field->length) || hp_number_parse (field->text, field->length, value))
    return TRUE;
  shown = hp_text_printable (field->text, field->length, 40);
  hp_set_error (error, HP_ERROR_BAD_DATA, name,
                _ ("%s:%" PRIu64 ":%u: %s: “%s” is not a number; write it without currency and separators"),
                hp_csv_reader_get_name (csv), hp_csv_reader_get_line (csv), field->column, name, shown);
  return FALSE;
}

static gboolean
add_record (Reading *reading, guint64 row, GError **error)
{
  Pair pair = { .row = row };

  if (!parse_cell (reading->csv, reading->estimate, &pair.estimate, error)
      || !parse_cell (reading->csv, reading->price, &pair.price, error))
    return FALSE;
  if (!hp_ratio_pair_is_usable (pair.estimate, pair.price))
    {
      reading->n_left_out++;
      return TRUE;
    }
  g_array_append_val (reading->pairs, pair);
  for (guint c = 0; c < reading->readers->len; c++)
    if (reading->readers->pdata[c] != NULL)
      _hp_set_reader_add (reading->readers->pdata[c], &hp_csv_reader_get_fields (reading->csv)[c]);
  if (reading->pairs->len > HP_SET_MAX_SALES
      || (guint64) reading->pairs->len * reading->readers->len > HP_SET_MAX_CELLS)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s:%" PRIu64 ": more than %u sales: split the file"),
                    hp_csv_reader_get_name (reading->csv), hp_csv_reader_get_line (reading->csv),
                    reading->pairs->len - 1);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_all (Reading *reading, GError **error)
{
  for (guint64 row = 1;; row++)
    switch (hp_csv_reader_next (reading->csv, error))
      {
      case HP_CSV_RECORD:
        if (!add_record (reading, row, error))
          return FALSE;
        break;
      case HP_CSV_END:
        if (reading->pairs->len > 0)
          return TRUE;
        hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: no row has both an estimate and a price above 0"),
                      hp_csv_reader_get_name (reading->csv));
        return FALSE;
      case HP_CSV_BAD:
      case HP_CSV_FAILED:
      default:
        return FALSE;
      }
}

static HpResidualSet *
make_set (const Reading *reading, const char *path, const HpSchema *schema)
{
  const char *const *names = hp_csv_reader_get_columns (reading->csv);
  g_autofree char *name = g_str_equal (path, "-") ? g_strdup (_ ("standard input")) : g_path_get_basename (path);
  HpResidualSet *set = _hp_residual_set_new (name, schema, HP_TARGET_LOG, NAN, reading->pairs->len);

  set->price_name = g_strdup (names[reading->price]);
  set->predicted_name = g_strdup (names[reading->estimate]);
  for (gsize i = 0; i < set->n; i++)
    {
      const Pair *pair = &g_array_index (reading->pairs, Pair, i);

      set->row[i] = pair->row;
      set->fold[i] = HP_SET_UNSEEN;
      set->price[i] = pair->price;
      set->predicted[i] = pair->estimate;
      set->low[i] = set->high[i] = NAN;
    }
  for (guint c = 0; c < reading->readers->len; c++)
    if (reading->readers->pdata[c] != NULL)
      _hp_set_reader_finish (reading->readers->pdata[c], set, schema);
  return set;
}

/**
 * hp_residual_set_new_estimates:
 * @path: a CSV, or "-" for standard input
 * @estimate: (nullable): the column of estimates; %NULL: "estimate", "predicted_price" … whichever is there
 * @price: (nullable): the column of sale prices; %NULL: "price", "sale_price" …
 * @schema: (nullable): what the other columns are; %NULL: their texts say it
 * @n_left_out: (out) (optional): how many rows had no usable pair, hp_ratio_pair_is_usable()
 * @error: return location
 *
 * The sales keep their numbers in the file. There are no intervals.
 *
 * Returns: (transfer full) (nullable): the sales; %NULL with %HP_ERROR_BAD_DATA where a column is missing, a cell is no
 *   number or no row can be used, and the errors of hp_csv_reader_open()
 */
HpResidualSet *
hp_residual_set_new_estimates (const char *path, const char *estimate, const char *price, const HpSchema *schema,
                               gsize *n_left_out, GError **error)
{
  g_autoptr (HpCsvReader) csv = hp_csv_reader_open (path, error);
  g_autoptr (GPtrArray) readers = g_ptr_array_new_with_free_func (_hp_set_reader_free);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  Reading reading = { csv, -1, -1, readers, pairs, 0 };

  if (csv == NULL || (reading.estimate = find_column (csv, estimate, estimate_names, "--estimate", error)) < 0
      || (reading.price = find_column (csv, price, price_names, "--price", error)) < 0)
    return NULL;
  for (int c = 0; c < (int) hp_csv_reader_get_n_columns (csv); c++)
    {
      const char *name = hp_csv_reader_get_columns (csv)[c];
      gboolean own = c == reading.estimate || c == reading.price;

      g_ptr_array_add (readers,
                       own ? NULL
                           : _hp_set_reader_new (name, schema != NULL ? hp_schema_get_column (schema, name) : NULL));
    }
  if (!read_all (&reading, error))
    return NULL;
  if (n_left_out != NULL)
    *n_left_out = reading.n_left_out;
  return make_set (&reading, path, schema);
}

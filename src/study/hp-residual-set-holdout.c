/* hp-residual-set-holdout.c - holdout.csv of a bundle: a version's out-of-sample predictions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-number.h"
#include "hp-residual-set-private.h"
#include "hp-text.h"

#define NAME      "holdout.csv"
#define MAX_FOLDS 64

/* The level of its intervals is not in the file: it has always been this. */
#define LEVEL 0.9

enum
{
  ROW,
  LINE,
  FOLD,
  PRICE,
  PREDICTED,
  LOW,
  HIGH,
  N_OWN
};

static const char *const own_names[N_OWN] = { "row", "line", "fold", "price", "predicted", "low", "high" };

typedef struct
{
  guint64 row;
  gint8 fold;
  double price, predicted, low, high;
} Sale;

static gboolean
fail (HpCsvReader *reader, int own, GError **error)
{
  const HpCsvField *field = &hp_csv_reader_get_fields (reader)[own];
  g_autofree char *shown = hp_text_printable (field->text != NULL ? field->text : "", field->length, 40);

  hp_set_error (error, HP_ERROR_DAMAGED, own_names[own], _ ("%s:%" PRIu64 ":%u: %s can't be “%s”"), NAME,
                hp_csv_reader_get_line (reader), field->column, own_names[own], shown);
  return FALSE;
}

/* A price is positive; an end of an interval may be 0, or missing where the version has no intervals. */
static gboolean
read_number (HpCsvReader *reader, int own, double *value, GError **error)
{
  const HpCsvField *field = &hp_csv_reader_get_fields (reader)[own];
  gboolean is_end = own == LOW || own == HIGH;

  *value = NAN;
  if (is_end && field->length == 0)
    return TRUE;
  if (hp_number_parse (field->text, field->length, value) && (is_end ? *value >= 0 : *value > 0))
    return TRUE;
  return fail (reader, own, error);
}

static gboolean
read_fold (HpCsvReader *reader, gint8 *fold, GError **error)
{
  const HpCsvField *field = &hp_csv_reader_get_fields (reader)[FOLD];
  double number;

  *fold = HP_SET_TEST;
  if (field->length == strlen ("test") && memcmp (field->text, "test", field->length) == 0)
    return TRUE;
  if (!hp_number_parse (field->text, field->length, &number) || !(number >= 0 && number < MAX_FOLDS)
      || number != floor (number))
    return fail (reader, FOLD, error);
  *fold = (gint8) number;
  return TRUE;
}

static gboolean
read_sale (HpCsvReader *reader, GArray *sales, GError **error)
{
  const HpCsvField *field = &hp_csv_reader_get_fields (reader)[ROW];
  Sale sale = { 0 };
  double row;

  if (!hp_number_parse (field->text, field->length, &row) || !(row >= 1 && row < 1e15) || row != floor (row))
    return fail (reader, ROW, error);
  sale.row = (guint64) row;
  if (!read_fold (reader, &sale.fold, error) || !read_number (reader, PRICE, &sale.price, error)
      || !read_number (reader, PREDICTED, &sale.predicted, error) || !read_number (reader, LOW, &sale.low, error)
      || !read_number (reader, HIGH, &sale.high, error))
    return FALSE;
  g_array_append_val (sales, sale);
  return TRUE;
}

static gboolean
check_header (HpCsvReader *reader, GError **error)
{
  const char *const *names = hp_csv_reader_get_columns (reader);

  for (guint i = 0; i < N_OWN; i++)
    if (i >= hp_csv_reader_get_n_columns (reader) || !g_str_equal (names[i], own_names[i]))
      {
        hp_set_error (error, HP_ERROR_DAMAGED, own_names[i], _ ("%s:1: column %u is not “%s”"), NAME, i + 1,
                      own_names[i]);
        return FALSE;
      }
  return TRUE;
}

/* An attribute that is called like one of the file's own columns has a prefix there. */
static const char *
attribute_name (const char *name, const HpSchema *schema)
{
  gsize length = strlen (HP_SALES_ATTRIBUTE_PREFIX);

  if (g_str_has_prefix (name, HP_SALES_ATTRIBUTE_PREFIX)
      && (schema == NULL || hp_schema_get_column (schema, name) == NULL))
    return name + length;
  return name;
}

static GPtrArray *
make_readers (HpCsvReader *reader, const HpSchema *schema)
{
  GPtrArray *readers = g_ptr_array_new_with_free_func (_hp_set_reader_free);

  for (guint c = N_OWN; c < hp_csv_reader_get_n_columns (reader); c++)
    {
      const char *name = attribute_name (hp_csv_reader_get_columns (reader)[c], schema);

      g_ptr_array_add (readers, _hp_set_reader_new (name, schema != NULL ? hp_schema_get_column (schema, name) : NULL));
    }
  return readers;
}

static gboolean
read_all (HpCsvReader *reader, GPtrArray *readers, GArray *sales, GError **error)
{
  for (;;)
    {
      HpCsvResult result = hp_csv_reader_next (reader, error);

      if (result == HP_CSV_END)
        return TRUE;
      if (result != HP_CSV_RECORD || !read_sale (reader, sales, error))
        return FALSE;
      for (guint c = 0; c < readers->len; c++)
        _hp_set_reader_add (readers->pdata[c], &hp_csv_reader_get_fields (reader)[N_OWN + c]);
      if (sales->len > HP_SET_MAX_SALES || (guint64) sales->len * (readers->len + 1) > HP_SET_MAX_CELLS)
        {
          hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("%s: more than %u sales"), NAME, sales->len - 1);
          return FALSE;
        }
    }
}

/**
 * hp_residual_set_new_holdout:
 * @csv: (array length=length): the file
 * @length: its size in bytes
 * @name: of the set
 * @schema: (nullable): that the version was trained with; %NULL: the texts say what the columns hold
 * @target: of the version's model
 * @error: return location
 *
 * A set without sales is possible: a version that was imported without sales has no predictions. fsd is not filled in:
 * see hp_residual_set_set_fsd().
 *
 * Returns: (transfer full) (nullable): the out-of-sample predictions in the file's order; %NULL with %HP_ERROR_DAMAGED
 *   where a cell can't be what it is, %HP_ERROR_BAD_DATA if it is no CSV
 */
HpResidualSet *
hp_residual_set_new_holdout (const char *csv, gsize length, const char *name, const HpSchema *schema, HpTarget target,
                             GError **error)
{
  g_autoptr (HpCsvReader) reader = hp_csv_reader_new_for_memory (csv, length, NAME, error);
  g_autoptr (GPtrArray) readers = NULL;
  g_autoptr (GArray) sales = g_array_new (FALSE, FALSE, sizeof (Sale));
  HpResidualSet *set;

  g_return_val_if_fail (name != NULL, NULL);

  if (reader == NULL || !check_header (reader, error))
    return NULL;
  readers = make_readers (reader, schema);
  if (!read_all (reader, readers, sales, error))
    return NULL;
  set = _hp_residual_set_new (name, schema, target, LEVEL, sales->len);
  set->price_name = schema != NULL ? g_strdup (schema->target) : NULL;
  for (gsize i = 0; i < set->n; i++)
    {
      const Sale *sale = &g_array_index (sales, Sale, i);

      set->row[i] = sale->row;
      set->fold[i] = sale->fold;
      set->price[i] = sale->price;
      set->predicted[i] = sale->predicted;
      set->low[i] = sale->low;
      set->high[i] = sale->high;
    }
  for (guint c = 0; c < readers->len; c++)
    _hp_set_reader_finish (readers->pdata[c], set, schema);
  return set;
}

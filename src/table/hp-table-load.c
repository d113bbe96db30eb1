/* hp-table-load.c - a table from a CSV, every cell checked against the schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "hp-cell.h"
#include "hp-csv-private.h"
#include "hp-error.h"
#include "hp-finding-private.h"
#include "hp-interner.h"
#include "hp-number.h"
#include "hp-schema-private.h"
#include "hp-table-private.h"
#include "hp-text.h"

#define FIRST_ROWS 1024

/* A column that is being filled */
typedef struct
{
  HpColumn *column;
  const HpSchemaColumn *spec; /* NULL: not in the schema, its type is guessed at the end */
  guint field;
  HpInterner *interner;
  gint32 n_ordered; /* the schema's order has these codes, and there are no others */
  gboolean needed;
} Loading;

typedef struct
{
  HpCsvReader *reader;
  const HpSchema *schema;
  HpTableFlags flags;
  HpFindings *findings;
  HpTable *table;
  GArray *columns; /* (element-type Loading) */
  gsize capacity;
  gsize n_left_out;
} Loader;

static void
loading_clear (gpointer data)
{
  Loading *loading = data;

  _hp_interner_free (loading->interner);
  _hp_column_free (loading->column);
}

static void
add_loading (Loader *l, guint field, const char *name, const HpSchemaColumn *spec)
{
  Loading loading = { .field = field, .spec = spec };
  HpColumn *column = g_new0 (HpColumn, 1);

  column->name = g_strdup (spec != NULL ? spec->name : name);
  column->type = spec != NULL ? spec->type : HP_COLUMN_TEXT;
  column->in_schema = spec != NULL;
  loading.column = column;
  loading.needed = spec != NULL && (!spec->optional || _hp_schema_needs (l->schema, spec->name));
  if (column->type == HP_COLUMN_CATEGORY || column->type == HP_COLUMN_TEXT)
    loading.interner = _hp_interner_new ();
  if (spec != NULL && spec->order != NULL)
    {
      for (guint i = 0; spec->order[i] != NULL; i++)
        _hp_interner_add (loading.interner, spec->order[i], strlen (spec->order[i]));
      loading.n_ordered = (gint32) g_strv_length (spec->order);
    }
  g_array_append_val (l->columns, loading);
}

/* A misspelt name is most likely one of the file's that no column of the schema has taken */
static char *
suggest_column (Loader *l, const guint8 *taken, const char *name)
{
  const char *const *names = hp_csv_reader_get_columns (l->reader);
  g_autoptr (GPtrArray) candidates = g_ptr_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    if (!taken[i])
      g_ptr_array_add (candidates, (char *) names[i]);
  g_ptr_array_add (candidates, NULL);
  return _hp_schema_did_you_mean (name, (const char *const *) candidates->pdata);
}

static gboolean
check_missing_columns (Loader *l, const GPtrArray *missing, const guint8 *taken, GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);

  if (missing->len == 0)
    return TRUE;
  for (guint i = 0; i < missing->len; i++)
    {
      const char *name = missing->pdata[i];
      g_autofree char *near = suggest_column (l, taken, name);

      g_string_append_printf (list, "%s\"%s\"%s", i > 0 ? ", " : "", name, near);
      hp_findings_add (l->findings, HP_SEVERITY_ERROR, "missing_column", name, 1, 0,
                       _ ("the file has no column \"%s\"%s"), name, near);
    }
  hp_set_error (error, HP_ERROR_BAD_DATA, missing->pdata[0],
                _ ("%s:1:1: the file lacks %s; add it, rename the file's column, or use a schema that fits"),
                hp_csv_reader_get_name (l->reader), list->str);
  return FALSE;
}

static gboolean
match_columns (Loader *l, GError **error)
{
  const char *const *names = hp_csv_reader_get_columns (l->reader);
  guint n = hp_csv_reader_get_n_columns (l->reader);
  g_autofree const HpSchemaColumn **specs = g_new0 (const HpSchemaColumn *, n);
  g_autofree guint8 *taken = g_new0 (guint8, n);
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();

  for (guint i = 0; i < l->schema->columns->len; i++)
    {
      const HpSchemaColumn *spec = l->schema->columns->pdata[i];
      int field = hp_csv_reader_find_column (l->reader, spec->name);
      gboolean target = g_str_equal (spec->name, l->schema->target);

      if (field >= 0)
        {
          specs[field] = spec;
          taken[field] = TRUE;
        }
      else if (target ? (l->flags & HP_TABLE_NO_TARGET) == 0
                      : !spec->optional || _hp_schema_needs (l->schema, spec->name))
        g_ptr_array_add (missing, spec->name);
    }
  if (!check_missing_columns (l, missing, taken, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (specs[i] != NULL || (l->flags & HP_TABLE_ALL_COLUMNS) != 0)
      add_loading (l, i, names[i], specs[i]);
  return TRUE;
}

static void
reserve_row (Loader *l)
{
  if (l->table->n_rows < l->capacity)
    return;
  l->capacity = l->capacity == 0 ? FIRST_ROWS : l->capacity * 2;
  l->table->lines = g_renew (guint64, l->table->lines, l->capacity);
  for (guint i = 0; i < l->columns->len; i++)
    {
      Loading *loading = &g_array_index (l->columns, Loading, i);

      if (loading->interner != NULL)
        loading->column->codes = g_renew (gint32, loading->column->codes, l->capacity);
      else
        loading->column->numbers = g_renew (double, loading->column->numbers, l->capacity);
    }
}

/* One cell's problem. The explanation is made only for a column's first. */
static gboolean
is_first (Loader *l, const char *code, const Loading *loading)
{
  return !_hp_findings_count_again (l->findings, code, loading->column->name, 1);
}

static void
report (Loader *l, HpSeverity severity, const char *code, const Loading *loading, const HpCsvField *field,
        const char *why)
{
  hp_findings_add (l->findings, severity, code, loading->column->name, _hp_csv_field_line (l->reader, loading->field),
                   field->column, "%s", why);
}

static char *
explain_range (const HpSchemaColumn *spec, double value)
{
  char shown[HP_NUMBER_BUFFER], bound[HP_NUMBER_BUFFER];

  hp_number_format (shown, value);
  if (value < spec->min)
    {
      hp_number_format (bound, spec->min);
      return g_strdup_printf (_ ("%s is below the schema's minimum of %s"), shown, bound);
    }
  hp_number_format (bound, spec->max);
  return g_strdup_printf (_ ("%s is above the schema's maximum of %s"), shown, bound);
}

/* FALSE: the row can't stay */
static gboolean
load_number (Loader *l, Loading *loading, const HpCsvField *field, const char *text, gsize length)
{
  const HpSchemaColumn *spec = loading->spec;
  double *cell = &loading->column->numbers[l->table->n_rows];

  if (G_UNLIKELY (!hp_number_parse (text, length, cell)))
    {
      *cell = NAN;
      if (!hp_csv_is_missing (text, length) && is_first (l, "bad_number", loading))
        {
          g_autofree char *why = _hp_cell_explain_number (text, length);

          report (l, HP_SEVERITY_ERROR, "bad_number", loading, field, why);
        }
      return TRUE;
    }
  if (G_UNLIKELY (spec->type == HP_COLUMN_INTEGER && (*cell != floor (*cell) || fabs (*cell) > 9007199254740992.0)))
    {
      *cell = NAN;
      if (is_first (l, "not_integer", loading))
        {
          g_autofree char *shown = hp_text_printable (text, length, 40);
          g_autofree char *why
            = g_strdup_printf (_ ("%s is not a whole number; correct it, or make the column's type number"), shown);

          report (l, HP_SEVERITY_ERROR, "not_integer", loading, field, why);
        }
      return TRUE;
    }
  if (G_UNLIKELY (*cell < spec->min || *cell > spec->max))
    {
      if (is_first (l, "out_of_range", loading))
        {
          g_autofree char *why = explain_range (spec, *cell);

          report (l, HP_SEVERITY_ERROR, "out_of_range", loading, field, why);
        }
      return (l->flags & HP_TABLE_KEEP_RANGE) != 0;
    }
  return TRUE;
}

static void
load_date (Loader *l, Loading *loading, const HpCsvField *field, const char *text, gsize length)
{
  double *cell = &loading->column->numbers[l->table->n_rows];
  HpDate date;

  if (G_LIKELY (hp_date_parse (text, length, &date)))
    {
      *cell = date;
      return;
    }
  *cell = NAN;
  if (!hp_csv_is_missing (text, length) && is_first (l, "bad_date", loading))
    {
      g_autofree char *shown = hp_text_printable (text, length, 40);
      g_autofree char *why
        = g_strdup_printf (_ ("\"%s\" is not a date; write it as YYYY, YYYY-MM or YYYY-MM-DD"), shown);

      report (l, HP_SEVERITY_ERROR, "bad_date", loading, field, why);
    }
}

static void
report_category (Loader *l, Loading *loading, const HpCsvField *field, const char *text, gsize length)
{
  const char *const *order = (const char *const *) loading->spec->order;
  g_autofree char *value = g_strndup (text, length);
  g_autofree char *shown = hp_text_printable (text, length, 64);
  g_autofree char *near = _hp_schema_did_you_mean (value, order);
  g_autofree char *list = _hp_schema_list (order);
  g_autofree char *why = g_strdup_printf (_ ("\"%s\" is not in the schema's order%s; it has %s"), shown, near, list);

  report (l, loading->needed ? HP_SEVERITY_ERROR : HP_SEVERITY_WARNING, "unknown_category", loading, field, why);
}

static void
load_text (Loader *l, Loading *loading, const HpCsvField *field, const char *text, gsize length)
{
  gint32 *cell = &loading->column->codes[l->table->n_rows];

  *cell = -1;
  if (loading->n_ordered > 0)
    {
      /* The order first: it may have a category that is spelled like a missing value */
      *cell = _hp_interner_find (loading->interner, text, length);
      if (*cell < 0 && !hp_csv_is_missing (text, length) && is_first (l, "unknown_category", loading))
        report_category (l, loading, field, text, length);
      return;
    }
  if (!hp_csv_is_missing (text, length))
    *cell = _hp_interner_add (loading->interner, text, length);
}

static void
load_row (Loader *l)
{
  const HpCsvField *fields = hp_csv_reader_get_fields (l->reader);
  gboolean keep = TRUE;

  reserve_row (l);
  for (guint i = 0; i < l->columns->len; i++)
    {
      Loading *loading = &g_array_index (l->columns, Loading, i);
      const HpCsvField *field = &fields[loading->field];
      const char *text = field->text;
      gsize length = field->length;

      _hp_cell_trim (&text, &length);
      switch (loading->column->type)
        {
        case HP_COLUMN_NUMBER:
        case HP_COLUMN_INTEGER:
          keep = load_number (l, loading, field, text, length) && keep;
          break;
        case HP_COLUMN_DATE:
          load_date (l, loading, field, text, length);
          break;
        case HP_COLUMN_CATEGORY:
        case HP_COLUMN_TEXT:
        default:
          load_text (l, loading, field, text, length);
          break;
        }
    }
  if (!keep)
    {
      l->n_left_out++;
      return;
    }
  l->table->lines[l->table->n_rows] = hp_csv_reader_get_line (l->reader);
  l->table->n_rows++;
}

static gboolean
load_rows (Loader *l, GError **error)
{
  for (;;)
    {
      g_autoptr (GError) bad = NULL;
      const HpCsvProblem *problem;

      switch (hp_csv_reader_next (l->reader, &bad))
        {
        case HP_CSV_RECORD:
          if (l->table->n_rows == G_MAXUINT32) /* rows are numbered with 32 bits */
            {
              hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: more than %u rows"),
                            hp_csv_reader_get_name (l->reader), G_MAXUINT32);
              return FALSE;
            }
          load_row (l);
          break;
        case HP_CSV_BAD:
          problem = _hp_csv_get_problem (l->reader);
          hp_findings_add (l->findings, HP_SEVERITY_ERROR, problem->code, NULL, problem->line,
                           (guint) MIN (problem->column, G_MAXUINT), "%s", problem->message);
          l->n_left_out++;
          break;
        case HP_CSV_END:
          return TRUE;
        case HP_CSV_FAILED:
        default:
          g_propagate_error (error, g_steal_pointer (&bad));
          return FALSE;
        }
    }
}

static void
guess_type (Loader *l, Loading *loading)
{
  HpColumn *column = loading->column;
  g_autofree guint32 *counts = g_new0 (guint32, MAX (column->levels->len, 1));
  gsize n_present = 0;

  for (gsize i = 0; i < l->table->n_rows; i++)
    if (column->codes[i] >= 0)
      {
        counts[column->codes[i]]++;
        n_present++;
      }
  _hp_column_retype (column, _hp_column_guess_type (column->name, column->levels, counts, n_present), l->table->n_rows,
                     l->table->lines, l->findings);
}

static void
finish_columns (Loader *l)
{
  gsize n = MAX (l->table->n_rows, 1);

  l->table->lines = g_renew (guint64, l->table->lines, n);
  for (guint i = 0; i < l->columns->len; i++)
    {
      Loading *loading = &g_array_index (l->columns, Loading, i);
      HpColumn *column = loading->column;

      if (loading->interner != NULL)
        {
          column->codes = g_renew (gint32, column->codes, n);
          column->levels = g_ptr_array_ref (_hp_interner_levels (loading->interner));
        }
      else
        column->numbers = g_renew (double, column->numbers, n);
      if (loading->spec == NULL)
        guess_type (l, loading);
      g_ptr_array_add (l->table->columns, g_steal_pointer (&loading->column));
    }
}

static gboolean
check_rows (Loader *l, GError **error)
{
  if (l->table->n_rows > 0)
    return TRUE;
  if (l->n_left_out == 0)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s:1:1: the file has a header and no rows"),
                    hp_csv_reader_get_name (l->reader));
      return FALSE;
    }
  return hp_findings_check (l->findings, error);
}

static HpTable *
load (HpCsvReader *reader, const HpSchema *schema, HpTableFlags flags, HpFindings *findings, GError **error)
{
  g_autoptr (HpTable) table = g_new0 (HpTable, 1);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (Loading));
  g_autoptr (HpFindings) own = findings == NULL ? hp_findings_new (hp_csv_reader_get_name (reader)) : NULL;
  Loader l = { .reader = reader, .schema = schema, .flags = flags, .table = table, .columns = columns };

  l.findings = findings != NULL ? findings : own;
  g_array_set_clear_func (columns, loading_clear);
  table->file = g_strdup (hp_csv_reader_get_name (reader));
  table->columns = g_ptr_array_new_with_free_func (_hp_column_free);
  hp_csv_reader_enable_checksum (reader);
  if (!match_columns (&l, error) || !load_rows (&l, error) || !check_rows (&l, error))
    return NULL;
  finish_columns (&l);
  table->sha256 = g_strdup (hp_csv_reader_get_checksum (reader));
  if (own != NULL && !hp_findings_check (own, error))
    return NULL;
  return g_steal_pointer (&table);
}

/**
 * hp_table_load:
 * @path: a CSV file, or "-" for standard input
 * @schema: what its columns mean
 * @flags: what to read and to bear with
 * @findings: (nullable): where problems of cells and rows go; without it the first one fails the loading
 * @error: return location for an error
 *
 * Reads a whole CSV, column by column. A cell that is no number or date, or no category of the schema's order, is a
 * finding and becomes missing; a row with the wrong number of fields or broken text is a finding and left out, and so
 * is a row with a value outside its column's range unless %HP_TABLE_KEEP_RANGE.
 *
 * Returns: (transfer full) (nullable): the table; %NULL with %HP_ERROR_NOT_FOUND, %HP_ERROR_IO, or %HP_ERROR_BAD_DATA
 * for a file that can't be read as CSV, lacks a required column (the error's field) or has no rows
 */
HpTable *
hp_table_load (const char *path, const HpSchema *schema, HpTableFlags flags, HpFindings *findings, GError **error)
{
  g_autoptr (HpCsvReader) reader = NULL;

  g_return_val_if_fail (path != NULL && schema != NULL, NULL);

  reader = hp_csv_reader_open (path, error);
  return reader != NULL ? load (reader, schema, flags, findings, error) : NULL;
}

/**
 * hp_table_load_memory:
 * @text: (array length=length): a whole CSV file
 * @length: its size in bytes
 * @name: what messages call it
 * @schema: what its columns mean
 * @flags: what to read and to bear with
 * @findings: (nullable): where problems of cells and rows go; without it the first one fails the loading
 * @error: return location for an error
 *
 * As hp_table_load(), from memory. The table doesn't refer to @text.
 *
 * Returns: (transfer full) (nullable): the table, or %NULL with an error
 */
HpTable *
hp_table_load_memory (const char *text, gsize length, const char *name, const HpSchema *schema, HpTableFlags flags,
                      HpFindings *findings, GError **error)
{
  g_autoptr (HpCsvReader) reader = NULL;

  g_return_val_if_fail (name != NULL && schema != NULL, NULL);

  reader = hp_csv_reader_new_for_memory (text, length, name, error);
  return reader != NULL ? load (reader, schema, flags, findings, error) : NULL;
}

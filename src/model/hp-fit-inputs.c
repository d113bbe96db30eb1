/* hp-fit-inputs.c - the first pass of fitting: attributes, their choices and ranges, what stands in for a missing value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-number.h"
#include "hp-preprocessor-fit.h"
#include "hp-text.h"

static gboolean
uses_column (const HpSchema *schema, const char *const *features, const char *column)
{
  for (guint f = 0; features[f] != NULL; f++)
    {
      const HpDerived *derived = hp_schema_get_derived (schema, features[f]);

      if (derived == NULL && strcmp (features[f], column) == 0)
        return TRUE;
      if (derived != NULL && (g_strcmp0 (derived->a, column) == 0 || g_strcmp0 (derived->b, column) == 0))
        return TRUE;
    }
  return FALSE;
}

static int
compare_choices (gconstpointer a, gconstpointer b)
{
  g_autofree char *key_a = hp_text_key (*(char *const *) a, -1), *key_b = hp_text_key (*(char *const *) b, -1);
  int order = strcmp (key_a, key_b);

  return order != 0 ? order : strcmp (*(char *const *) a, *(char *const *) b);
}

/* The categories that a person may choose from: the schema's, else those of the training rows */
static gboolean
find_choices (HpFit *fit, HpInput *input, const HpSchemaColumn *wanted, GError **error)
{
  const HpColumn *column = hp_table_get_column (fit->table, wanted->name);
  GPtrArray *choices = g_ptr_array_new_with_free_func (g_free);

  input->ordered = wanted->order != NULL && wanted->order[0] != NULL;
  if (input->ordered)
    for (guint i = 0; wanted->order[i] != NULL; i++)
      g_ptr_array_add (choices, g_strdup (wanted->order[i]));
  else if (column != NULL && column->codes != NULL)
    {
      g_autofree guint8 *seen = g_malloc0 (column->levels->len + 1);

      for (gsize r = 0; r < fit->n_rows; r++)
        if (column->codes[fit->rows[r]] >= 0)
          seen[column->codes[fit->rows[r]]] = 1;
      for (guint l = 0; l < column->levels->len; l++)
        if (seen[l])
          g_ptr_array_add (choices, g_strdup (g_ptr_array_index (column->levels, l)));
      g_ptr_array_sort (choices, compare_choices);
    }
  if (choices->len > HP_PREPROCESSOR_MAX_CHOICES)
    {
      hp_set_error (
        error, HP_ERROR_BAD_DATA, wanted->name,
        _ ("%s: %s has %u different values, too many for a category; is it an identifier? Leave it out of the "
           "features"),
        fit->table->file, wanted->name, choices->len);
      g_ptr_array_unref (choices);
      return FALSE;
    }
  if (choices->len == 0 && fit->n_rows == 0)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, wanted->name,
                    _ ("which category of %s has which code is not known: list them as its order in the schema, first "
                       "the one of code 0, or give sales with --data"),
                    wanted->name);
      g_ptr_array_unref (choices);
      return FALSE;
    }
  _hp_input_set_choices (input, choices);
  input->attribute.choice_counts = g_new0 (guint32, input->n_choices + 1);
  return TRUE;
}

static HpInput *
add_input (HpFit *fit, const HpSchemaColumn *column)
{
  HpInput *input = _hp_input_new ();

  g_ptr_array_add (fit->pre->inputs, input);
  input->attribute.name = g_strdup (column->name);
  input->attribute.label = hp_schema_label (fit->schema, column->name);
  input->attribute.unit = g_strdup (column->unit);
  input->attribute.type = column->type;
  input->attribute.min = column->min;
  input->attribute.max = column->max;
  return input;
}

static gboolean
is_input (const HpPreprocessor *pre, const char *name)
{
  for (guint i = 0; i < pre->inputs->len; i++)
    if (strcmp (_hp_preprocessor_input (pre, i)->attribute.name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_value (const HpFit *fit, const HpColumn *column)
{
  for (gsize r = 0; r < fit->n_rows; r++)
    if (!isnan (column->numbers[fit->rows[r]]))
      return TRUE;
  return FALSE;
}

/* Where a house is, and which property, may be told for comparing it with sales though no feature is made of it.
 * Numbers only: of the sales, other columns are known as well. */
static void
add_places (HpFit *fit)
{
  const HpSchema *schema = fit->schema;
  const char *const columns[HP_N_PLACES]
    = { schema->role_id, schema->role_group, schema->role_address, schema->role_latitude, schema->role_longitude };

  for (guint p = 0; p < HP_N_PLACES; p++)
    {
      const HpSchemaColumn *wanted = columns[p] != NULL ? hp_schema_get_column (schema, columns[p]) : NULL;
      const HpColumn *column = wanted != NULL ? hp_table_get_column (fit->table, wanted->name) : NULL;

      fit->pre->place_columns[p] = g_strdup (columns[p]);
      if (column == NULL || column->numbers == NULL || is_input (fit->pre, wanted->name)
          || (wanted->type != HP_COLUMN_NUMBER && wanted->type != HP_COLUMN_INTEGER) || !has_value (fit, column)
          || strcmp (wanted->name, schema->target) == 0)
        continue;
      add_input (fit, wanted)->attribute.required = FALSE;
    }
}

gboolean
_hp_fit_add_inputs (HpFit *fit, const char *const *features, GError **error)
{
  const HpSchema *schema = fit->schema;

  for (guint c = 0; c < schema->columns->len; c++)
    {
      const HpSchemaColumn *column = g_ptr_array_index (schema->columns, c);
      gboolean effective = column->type == HP_COLUMN_DATE && g_strcmp0 (column->name, schema->role_date) == 0;
      HpInput *input;

      if (!uses_column (schema, features, column->name))
        continue;
      if (column->type == HP_COLUMN_TEXT)
        {
          hp_set_error (
            error, HP_ERROR_BAD_DATA, column->name,
            _ ("%s is a text column: a model can't use it; make it a category in the schema or leave it out of "
               "the features"),
            column->name);
          return FALSE;
        }
      if (strcmp (column->name, schema->target) == 0)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, column->name, _ ("%s is the price itself and can't be a feature"),
                        column->name);
          return FALSE;
        }
      if (!effective && hp_table_get_column (fit->table, column->name) == NULL)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, column->name, _ ("%s: there is no column %s"), fit->table->file,
                        column->name);
          return FALSE;
        }

      input = add_input (fit, column);
      input->attribute.is_effective_date = effective;
      input->attribute.required = !effective && !column->optional;
      if (effective)
        fit->pre->effective = fit->pre->inputs->len - 1;
      if (column->type == HP_COLUMN_CATEGORY && !find_choices (fit, input, column, error))
        return FALSE;
    }
  add_places (fit);
  return TRUE;
}

/* values: sorted, n > 0. Whole numbers stay whole (a house has no 2.5 bedrooms), dates stay dates. */
double
_hp_fit_stand_in (const double *values, gsize n, HpMissing how, HpColumnType type)
{
  double value, mean = 0;

  if (type == HP_COLUMN_DATE)
    return values[(n - 1) / 2];
  for (gsize i = 0; i < n; i++)
    mean += (values[i] - mean) / (i + 1);
  value = how == HP_MISSING_MEAN ? mean : (values[(n - 1) / 2] + values[n / 2]) / 2;
  return type == HP_COLUMN_INTEGER ? floor (value + 0.5) : value;
}

/* values: indices of choices, n > 0 */
static void
fit_category (HpInput *input, const double *values, gsize n)
{
  guint32 *counts = input->attribute.choice_counts, best = 0;

  for (gsize i = 0; i < n; i++)
    counts[(guint) values[i]]++;
  input->attribute.seen_min = INFINITY;
  input->attribute.seen_max = -INFINITY;
  for (guint c = 0; c < input->n_choices; c++)
    {
      if (counts[c] == 0)
        continue;
      if (counts[c] > best)
        {
          best = counts[c];
          input->attribute.impute = c;
        }
      input->attribute.seen_min = MIN (input->attribute.seen_min, c);
      input->attribute.seen_max = c;
    }
}

/* Ranges, counts and what stands in for a missing value. values: room for n_rows. */
gboolean
_hp_fit_inputs (HpFit *fit, GError **error)
{
  g_autofree double *values = g_new (double, fit->n_rows + 1);

  for (guint i = 0; i < fit->pre->inputs->len; i++)
    {
      HpInput *input = _hp_preprocessor_input (fit->pre, i);
      HpAttribute *attribute = &input->attribute;
      HpMissing how = fit->schema->missing_number;
      gsize n = 0;

      for (gsize r = 0; r < fit->n_rows; r++)
        {
          double raw = _hp_fit_read_cell (fit, i, r);

          if (!isnan (raw))
            values[n++] = raw;
        }
      if (n == 0 && attribute->is_effective_date)
        continue;
      if (fit->n_rows == 0)
        {
          attribute->impute = NAN; /* nothing is typical of no sales */
          continue;
        }
      if (n == 0)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, attribute->name,
                        _ ("%s: %s has no value in any training row; leave it out of the features"), fit->table->file,
                        attribute->name);
          return FALSE;
        }
      if (attribute->type == HP_COLUMN_CATEGORY)
        {
          fit_category (input, values, n);
          continue;
        }
      qsort (values, n, sizeof *values, hp_compare_doubles);
      attribute->seen_min = values[0];
      attribute->seen_max = values[n - 1];
      attribute->impute = _hp_fit_stand_in (values, n, how, attribute->type);
    }
  return TRUE;
}

/* The schema's reference date, else the newest sale of the rows */
void
_hp_fit_dates (HpFit *fit)
{
  const HpSchema *schema = fit->schema;
  const HpColumn *column = schema->role_date != NULL ? hp_table_get_column (fit->table, schema->role_date) : NULL;

  if (column != NULL && column->type == HP_COLUMN_DATE && column->numbers != NULL)
    for (gsize r = 0; r < fit->n_rows; r++)
      {
        double date = column->numbers[fit->rows[r]];

        if (date > fit->pre->newest_sale)
          fit->pre->newest_sale = (HpDate) date;
      }
  fit->pre->date_column = g_strdup (schema->role_date);
  fit->pre->reference_date = schema->reference_date != 0 ? schema->reference_date : fit->pre->newest_sale;
}

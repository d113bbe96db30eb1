/* hp-fit-columns.c - the second pass of fitting: named features, their columns, centre and scale
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

/* Categories with fewer training rows share one column of a one-hot encoding, "(other)". */
#define RARE_LEVEL_ROWS 5

/* A deviation of so small a share of the mean is what rounding leaves of a constant. */
#define CONSTANT 1e-12

static int
find_input (const HpPreprocessor *pre, const char *name)
{
  for (guint i = 0; i < pre->inputs->len; i++)
    if (strcmp (_hp_preprocessor_input (pre, i)->attribute.name, name) == 0)
      return i;
  return -1;
}

static gboolean
is_numeric (const HpPreprocessor *pre, int input)
{
  HpColumnType type = _hp_preprocessor_input (pre, input)->attribute.type;

  return type == HP_COLUMN_NUMBER || type == HP_COLUMN_INTEGER;
}

static gboolean
resolve_derived (HpFit *fit, HpNamed *named, const HpDerived *derived, GError **error)
{
  const HpPreprocessor *pre = fit->pre;
  gboolean has_b = derived->b != NULL, fits;

  named->a = derived->a != NULL ? find_input (pre, derived->a) : -1;
  named->b = has_b ? find_input (pre, derived->b) : -1;
  if (named->a < 0 || (has_b && named->b < 0))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, named->name,
                    _ ("%s is derived from a column that the schema doesn't have"), named->name);
      return FALSE;
    }
  switch (derived->kind)
    {
    case HP_DERIVED_AGE:
      named->kind = HP_FEATURE_AGE;
      fits = _hp_preprocessor_input (pre, named->a)->attribute.type != HP_COLUMN_CATEGORY
             && (!has_b || _hp_preprocessor_input (pre, named->b)->attribute.type != HP_COLUMN_CATEGORY);
      if (fits && pre->reference_date == 0 && (!has_b || named->b == pre->effective))
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, named->name,
                        _ ("%s needs a date to count from, and the data has none; give the schema a reference_date"),
                        named->name);
          return FALSE;
        }
      break;
    case HP_DERIVED_RATIO:
      named->kind = HP_FEATURE_RATIO;
      fits = has_b && is_numeric (pre, named->a) && is_numeric (pre, named->b);
      break;
    case HP_DERIVED_MONTHS:
    default:
      named->kind = HP_FEATURE_MONTHS;
      fits = _hp_preprocessor_input (pre, named->a)->attribute.type == HP_COLUMN_DATE;
      break;
    }
  if (!fits)
    hp_set_error (error, HP_ERROR_BAD_DATA, named->name, _ ("%s can't be derived from columns of this type"),
                  named->name);
  return fits;
}

gboolean
_hp_fit_add_named (HpFit *fit, const char *const *features, GError **error)
{
  HpPreprocessor *pre = fit->pre;

  for (guint f = 0; features[f] != NULL; f++)
    {
      const HpDerived *derived = hp_schema_get_derived (fit->schema, features[f]);
      HpNamed *named = g_new0 (HpNamed, 1);

      g_ptr_array_add (pre->named, named);
      named->name = g_strdup (features[f]);
      named->monotone = hp_schema_get_monotone (fit->schema, features[f]);
      named->b = -1;
      if (derived != NULL)
        {
          if (!resolve_derived (fit, named, derived, error))
            return FALSE;
          continue;
        }
      named->a = find_input (pre, features[f]);
      if (named->a < 0)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, features[f],
                        _ ("%s is neither a column nor a derived feature of the schema"), features[f]);
          return FALSE;
        }
      switch (_hp_preprocessor_input (pre, named->a)->attribute.type)
        {
        case HP_COLUMN_CATEGORY:
          {
            gboolean ordered = _hp_preprocessor_input (pre, named->a)->ordered;

            named->kind = pre->encoding != HP_ENCODING_ONE_HOT || ordered ? HP_FEATURE_CATEGORY : HP_FEATURE_ONE_HOT;
            if (!ordered)
              named->monotone = 0;
            break;
          }
        case HP_COLUMN_DATE:
          hp_set_error (error, HP_ERROR_BAD_DATA, features[f],
                        _ ("%s is a date: derive a feature from it, an age or months"), features[f]);
          return FALSE;
        default:
          named->kind = HP_FEATURE_NUMBER;
          break;
        }
    }
  return TRUE;
}

/* A column for each choice that is not rare, in order, and one for all rare ones together */
static void
add_one_hot_columns (HpPreprocessor *pre, guint k)
{
  const HpNamed *named = _hp_preprocessor_named (pre, k);
  HpInput *input = _hp_preprocessor_input (pre, named->a);
  guint n = 0;

  g_free (input->column_of);
  input->column_of = g_new (guint32, input->n_choices + 1);
  for (guint c = 0; c < input->n_choices; c++)
    if (input->attribute.choice_counts[c] >= RARE_LEVEL_ROWS)
      {
        input->column_of[c] = n++;
        _hp_preprocessor_add_column (pre, g_strdup_printf ("%s=%s", named->name, input->attribute.choices[c]), k, 0, 1);
      }
  if (n == input->n_choices)
    return;
  for (guint c = 0; c < input->n_choices; c++)
    if (input->attribute.choice_counts[c] < RARE_LEVEL_ROWS)
      input->column_of[c] = n;
  _hp_preprocessor_add_column (pre, g_strdup_printf ("%s=(other)", named->name), k, 0, 1);
}

static gboolean
add_columns (HpFit *fit, GError **error)
{
  HpPreprocessor *pre = fit->pre;

  for (guint k = 0; k < pre->named->len; k++)
    {
      HpNamed *named = _hp_preprocessor_named (pre, k);

      named->first = pre->columns->len;
      if (named->kind == HP_FEATURE_ONE_HOT)
        add_one_hot_columns (pre, k);
      else
        _hp_preprocessor_add_column (pre, g_strdup (named->name), k, 0, 1);
      if (pre->columns->len > HP_MODEL_MAX_FEATURES)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, named->name,
                        _ ("the features make more than %d columns; leave out categories with many values"),
                        HP_MODEL_MAX_FEATURES);
          return FALSE;
        }
    }
  return TRUE;
}

/* Values of a feature, one a row; NaN where they can't be computed */
static void
collect_values (HpFit *fit, const HpNamed *named, double *values)
{
  for (gsize r = 0; r < fit->n_rows; r++)
    {
      _hp_fit_read_cell (fit, named->a, r);
      if (named->b >= 0)
        _hp_fit_read_cell (fit, named->b, r);
      if (fit->pre->effective >= 0)
        _hp_fit_read_cell (fit, fit->pre->effective, r);
      values[r] = _hp_named_value (fit->pre, named, fit->house, 0);
      if (fit->house->flags[named->a] & HP_FLAG_UNSEEN)
        values[r] = NAN;
    }
}

/* Centre and scale of the columns, and what stands in for a ratio by zero and the like */
gboolean
_hp_fit_columns (HpFit *fit, GError **error)
{
  HpPreprocessor *pre = fit->pre;
  g_autofree double *values = g_new (double, fit->n_rows + 1);
  g_autofree double *sorted = g_new (double, fit->n_rows + 1);

  if (!add_columns (fit, error))
    return FALSE;
  for (guint k = 0; k < pre->named->len; k++)
    {
      HpNamed *named = _hp_preprocessor_named (pre, k);
      HpModelColumn *column = &g_array_index (pre->columns, HpModelColumn, named->first);
      double mean = 0, squares = 0, deviation;
      gsize n = 0;

      if (named->kind == HP_FEATURE_ONE_HOT)
        {
          const HpInput *input = _hp_preprocessor_input (pre, named->a);

          for (gsize r = 0; r < fit->n_rows; r++)
            {
              double raw = _hp_fit_read_cell (fit, named->a, r);

              column[input->column_of[(guint) (isnan (raw) ? input->attribute.impute : raw)]].centre += 1;
            }
          for (guint j = 0; j < named->n_columns; j++)
            column[j].centre /= fit->n_rows;
          continue;
        }

      collect_values (fit, named, values);
      for (gsize r = 0; r < fit->n_rows; r++)
        if (!isnan (values[r]))
          sorted[n++] = values[r];
      if (n == 0 && fit->n_rows > 0)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, named->name,
                        _ ("%s: %s has no value in any training row; leave it out of the features"), fit->table->file,
                        named->name);
          return FALSE;
        }
      if (pre->encoding != HP_ENCODING_ONE_HOT)
        continue;
      qsort (sorted, n, sizeof *sorted, hp_compare_doubles);
      named->impute = _hp_fit_stand_in (sorted, n, fit->schema->missing_number, HP_COLUMN_NUMBER);
      for (gsize r = 0; r < fit->n_rows; r++)
        {
          if (isnan (values[r]))
            values[r] = named->impute;
          mean += values[r] / fit->n_rows;
        }
      for (gsize r = 0; r < fit->n_rows; r++)
        squares += (values[r] - mean) * (values[r] - mean) / fit->n_rows;
      deviation = sqrt (squares);
      column->centre = mean;
      column->scale = deviation > CONSTANT * fabs (mean) && isfinite (deviation) ? deviation : 1;
    }
  return TRUE;
}

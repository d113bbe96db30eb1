/* hp-preprocessor-fit.c - learns from training rows how a house is prepared
 *
 * Two passes: attributes first (choices, ranges, what stands in for a missing value), then the features made of them
 * (ranks of categories, centre and scale of columns). Only the rows given are looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-preprocessor-private.h"
#include "hp-text.h"

/* How many sales at the overall mean price a category's own mean is smoothed with. With 10, a category of 3 sales is
 * placed mostly by the overall mean, one of 100 by its own. */
#define SMOOTHING_SALES 10.0

/* Categories with fewer training rows share one column of a one-hot encoding, "(other)". */
#define RARE_LEVEL_ROWS 5

typedef struct
{
  const HpSchema *schema;
  const HpTable *table;
  const guint32 *rows;
  gsize n_rows;
  HpPreprocessor *pre;
  HpHouseBinding *binding;
  HpHouse *house;
} Fit;

/* An attribute of the r-th training row, also left in fit->house */
static double
read_cell (Fit *fit, guint i, gsize r)
{
  _hp_house_set_cell (fit->house, fit->binding, i, fit->rows[r]);
  return fit->house->raw[i];
}

static int
find_input (const HpPreprocessor *pre, const char *name)
{
  for (guint i = 0; i < pre->inputs->len; i++)
    if (strcmp (_hp_preprocessor_input (pre, i)->attribute.name, name) == 0)
      return i;
  return -1;
}

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
find_choices (Fit *fit, HpInput *input, const HpSchemaColumn *wanted, GError **error)
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
  _hp_input_set_choices (input, choices);
  input->attribute.choice_counts = g_new0 (guint32, input->n_choices + 1);
  return TRUE;
}

static gboolean
add_inputs (Fit *fit, const char *const *features, GError **error)
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
      if (!effective && !column->optional && hp_table_get_column (fit->table, column->name) == NULL)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, column->name, _ ("%s: there is no column %s"), fit->table->file,
                        column->name);
          return FALSE;
        }

      input = _hp_input_new ();
      g_ptr_array_add (fit->pre->inputs, input);
      input->attribute.name = g_strdup (column->name);
      input->attribute.label = hp_schema_label (schema, column->name);
      input->attribute.unit = g_strdup (column->unit);
      input->attribute.type = column->type;
      input->attribute.min = column->min;
      input->attribute.max = column->max;
      input->attribute.is_effective_date = effective;
      input->attribute.required = !effective && !column->optional;
      if (effective)
        fit->pre->effective = fit->pre->inputs->len - 1;
      if (column->type == HP_COLUMN_CATEGORY && !find_choices (fit, input, column, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* values: sorted, n > 0. Whole numbers stay whole (a house has no 2.5 bedrooms), dates stay dates. */
static double
stand_in (const double *values, gsize n, HpMissing how, HpColumnType type)
{
  double value, mean = 0;

  if (how == HP_MISSING_MODE)
    {
      gsize best = 0;

      value = values[0];
      for (gsize i = 0, end; i < n; i = end)
        {
          for (end = i; end < n && values[end] == values[i]; end++)
            ;
          if (end - i > best)
            {
              best = end - i;
              value = values[i];
            }
        }
      return value;
    }
  if (type == HP_COLUMN_DATE)
    return values[(n - 1) / 2];
  for (gsize i = 0; i < n; i++)
    mean += (values[i] - mean) / (i + 1);
  value = how == HP_MISSING_MEAN ? mean : (values[(n - 1) / 2] + values[n / 2]) / 2;
  return type == HP_COLUMN_INTEGER ? floor (value + 0.5) : value;
}

static gboolean
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
  return best > 0;
}

/* Ranges, counts and what stands in for a missing value. values: room for n_rows. */
static gboolean
fit_inputs (Fit *fit, GError **error)
{
  g_autofree double *values = g_new (double, fit->n_rows);

  for (guint i = 0; i < fit->pre->inputs->len; i++)
    {
      HpInput *input = _hp_preprocessor_input (fit->pre, i);
      HpAttribute *attribute = &input->attribute;
      HpMissing how = fit->schema->missing_number;
      gsize n = 0;

      for (gsize r = 0; r < fit->n_rows; r++)
        {
          double raw = read_cell (fit, i, r);

          if (!isnan (raw))
            values[n++] = raw;
        }
      if (n == 0 && attribute->is_effective_date)
        continue;
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
      qsort (values, n, sizeof *values, compare_doubles);
      attribute->seen_min = values[0];
      attribute->seen_max = values[n - 1];
      attribute->impute = stand_in (values, n, how, attribute->type);
    }
  return TRUE;
}

/* The schema's reference date, else the newest sale of the rows */
static void
fit_dates (Fit *fit)
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

static gboolean
is_numeric (const HpPreprocessor *pre, int input)
{
  HpColumnType type = _hp_preprocessor_input (pre, input)->attribute.type;

  return type == HP_COLUMN_NUMBER || type == HP_COLUMN_INTEGER;
}

static gboolean
resolve_derived (Fit *fit, HpNamed *named, const HpDerived *derived, GError **error)
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

static gboolean
add_named (Fit *fit, const char *const *features, GError **error)
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

            named->kind = pre->encoding == HP_ENCODING_ORDERED || ordered ? HP_FEATURE_CATEGORY : HP_FEATURE_ONE_HOT;
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

typedef struct
{
  guint choice;
  double mean;
} Placed;

static int
compare_placed (gconstpointer a, gconstpointer b)
{
  const Placed *x = a, *y = b;

  if (x->mean != y->mean)
    return x->mean < y->mean ? -1 : 1;
  /* Choices are in alphabetical order already. */
  return x->choice < y->choice ? -1 : x->choice > y->choice;
}

/* Ranks the choices by their smoothed mean, (n x mean + k x overall) / (n + k) (Micci-Barreca 2001), on the scale of
 * log prices if all are positive. An unseen one goes halfway between the neighbours of the overall mean. */
static void
rank_by_price (Fit *fit, HpInput *input, guint i, const double *prices)
{
  guint n = input->n_choices;
  g_autofree double *sums = g_new0 (double, n + 1);
  g_autofree double *counts = g_new0 (double, n + 1);
  g_autofree Placed *placed = g_new (Placed, n + 1);
  double overall = 0;
  gsize n_prices = 0;
  guint below = 0, not_above = 0;
  gboolean use_log = TRUE;

  for (gsize r = 0; r < fit->n_rows; r++)
    use_log = use_log && !(prices[fit->rows[r]] <= 0);
  for (gsize r = 0; r < fit->n_rows; r++)
    {
      double price = prices[fit->rows[r]], raw;

      if (!isfinite (price))
        continue;
      if (use_log)
        price = log (price);
      overall += price;
      n_prices++;
      raw = read_cell (fit, i, r);
      if (isnan (raw))
        continue;
      sums[(guint) raw] += price;
      counts[(guint) raw]++;
    }
  overall = n_prices > 0 ? overall / n_prices : 0;
  for (guint c = 0; c < n; c++)
    {
      placed[c].choice = c;
      placed[c].mean = (sums[c] + SMOOTHING_SALES * overall) / (counts[c] + SMOOTHING_SALES);
      below += placed[c].mean < overall;
      not_above += placed[c].mean <= overall;
    }
  qsort (placed, n, sizeof *placed, compare_placed);
  for (guint rank = 0; rank < n; rank++)
    input->ranks[placed[rank].choice] = rank;
  input->unseen_rank = (below + not_above) / 2.0 - 0.5;
}

/* The schema's order; an unseen one is taken for the average of the training rows. */
static void
rank_by_order (HpInput *input)
{
  double sum = 0, n = 0;

  for (guint c = 0; c < input->n_choices; c++)
    {
      input->ranks[c] = c;
      sum += (double) c * input->attribute.choice_counts[c];
      n += input->attribute.choice_counts[c];
    }
  input->unseen_rank = sum / n;
}

static gboolean
fit_ranks (Fit *fit, GError **error)
{
  const HpColumn *target = hp_table_get_column (fit->table, fit->schema->target);

  for (guint k = 0; k < fit->pre->named->len; k++)
    {
      HpNamed *named = _hp_preprocessor_named (fit->pre, k);
      HpInput *input;

      if (named->kind != HP_FEATURE_CATEGORY)
        continue;
      input = _hp_preprocessor_input (fit->pre, named->a);
      if (input->ranks != NULL)
        continue;
      input->ranks = g_new0 (double, input->n_choices + 1);
      if (input->ordered)
        {
          rank_by_order (input);
          continue;
        }
      if (target == NULL || target->numbers == NULL)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, fit->schema->target, _ ("%s: there is no column %s with prices"),
                        fit->table->file, fit->schema->target);
          return FALSE;
        }
      rank_by_price (fit, input, named->a, target->numbers);
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
add_columns (Fit *fit, GError **error)
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
collect_values (Fit *fit, const HpNamed *named, double *values)
{
  for (gsize r = 0; r < fit->n_rows; r++)
    {
      read_cell (fit, named->a, r);
      if (named->b >= 0)
        read_cell (fit, named->b, r);
      if (fit->pre->effective >= 0)
        read_cell (fit, fit->pre->effective, r);
      values[r] = _hp_named_value (fit->pre, named, fit->house, 0);
      if (fit->house->flags[named->a] & HP_FLAG_UNSEEN)
        values[r] = NAN;
    }
}

/* Centre and scale of the columns, and what stands in for a ratio by zero and the like */
static gboolean
fit_columns (Fit *fit, GError **error)
{
  HpPreprocessor *pre = fit->pre;
  g_autofree double *values = g_new (double, fit->n_rows);
  g_autofree double *sorted = g_new (double, fit->n_rows);

  for (guint k = 0; k < pre->named->len; k++)
    {
      HpNamed *named = _hp_preprocessor_named (pre, k);
      HpModelColumn *column = &g_array_index (pre->columns, HpModelColumn, named->first);
      double mean = 0, squares = 0;
      gsize n = 0;

      if (named->kind == HP_FEATURE_ONE_HOT)
        {
          const HpInput *input = _hp_preprocessor_input (pre, named->a);

          for (gsize r = 0; r < fit->n_rows; r++)
            {
              double raw = read_cell (fit, named->a, r);

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
      if (n == 0)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, named->name,
                        _ ("%s: %s has no value in any training row; leave it out of the features"), fit->table->file,
                        named->name);
          return FALSE;
        }
      if (pre->encoding == HP_ENCODING_ORDERED)
        continue;
      qsort (sorted, n, sizeof *sorted, compare_doubles);
      named->impute = stand_in (sorted, n, fit->schema->missing_number, HP_COLUMN_NUMBER);
      for (gsize r = 0; r < fit->n_rows; r++)
        mean += (isnan (values[r]) ? named->impute : values[r]) / fit->n_rows;
      for (gsize r = 0; r < fit->n_rows; r++)
        {
          double distance = (isnan (values[r]) ? named->impute : values[r]) - mean;

          squares += distance * distance / fit->n_rows;
        }
      column->centre = mean;
      column->scale = squares > 0 && isfinite (squares) ? sqrt (squares) : 1;
    }
  return TRUE;
}

/**
 * hp_preprocessor_fit:
 * @schema: the data's schema
 * @features: (array zero-terminated=1): names of columns or derived features, in the order of the model's matrix;
 * columns that leak the price are left out already
 * @table: the data
 * @rows: (array length=n_rows): which rows to fit on; no other row is looked at
 * @n_rows: how many, at least 1
 * @encoding: how categories become numbers
 * @error: return location for a #GError
 *
 * Fits a preprocessor.
 *
 * %HP_ENCODING_ORDERED, for trees: a category is its place in the schema's order, else its rank by smoothed mean price
 * ((n × mean + 10 × overall mean) / (n + 10), of log prices if all are positive; ties by name). A category that
 * training did not see gets the place of the overall mean among the ranks. What is missing stays NaN.
 *
 * %HP_ENCODING_ONE_HOT, for linear models: a column for each category of at least five rows, centred, and one,
 * `(other)`, for all the rarer ones; a category of the schema's order is its place, as a number. Missing numbers are
 * imputed by the schema's rule, missing categories by the most frequent one. Numbers are centred and divided by their
 * standard deviation (constant ones by 1). A category that training did not see leaves its columns at 0: the average
 * house.
 *
 * Fails with %HP_ERROR_BAD_DATA if a feature is unknown, of a type that can't be used, or has no value in any of the
 * rows.
 *
 * Returns: (transfer full): the preprocessor, or %NULL
 */
HpPreprocessor *
hp_preprocessor_fit (const HpSchema *schema, const char *const *features, const HpTable *table, const guint32 *rows,
                     gsize n_rows, HpEncoding encoding, GError **error)
{
  g_autoptr (HpPreprocessor) pre = NULL;
  g_autoptr (HpHouseBinding) binding = NULL;
  g_autoptr (HpHouse) house = NULL;
  Fit fit = { schema, table, rows, n_rows };

  g_return_val_if_fail (schema != NULL && features != NULL && table != NULL, NULL);

  if (n_rows == 0 || features[0] == NULL)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                    n_rows == 0 ? _ ("there are no rows to train on") : _ ("there are no features to train on"));
      return NULL;
    }
  pre = fit.pre = _hp_preprocessor_new ();
  pre->encoding = encoding;
  pre->target = g_strdup (schema->target);
  pre->currency = g_strdup (schema->currency);
  fit_dates (&fit);
  if (!add_inputs (&fit, features, error) || !add_named (&fit, features, error))
    return NULL;

  binding = fit.binding = hp_house_binding_new (pre, table);
  house = fit.house = hp_house_new (pre);
  if (!fit_inputs (&fit, error) || !fit_ranks (&fit, error) || !add_columns (&fit, error) || !fit_columns (&fit, error))
    return NULL;
  _hp_preprocessor_seal (pre);
  return g_steal_pointer (&pre);
}

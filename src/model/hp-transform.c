/* hp-transform.c - a house's attributes become the numbers that a model sees
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-preprocessor-private.h"

/* The attribute, or with one-hot encoding what stands in for it when it is missing. Unseen stays NaN. */
static double
get_raw (const HpPreprocessor *pre, const HpHouse *house, guint i)
{
  double raw = house->raw[i];

  if (pre->encoding == HP_ENCODING_ONE_HOT && isnan (raw) && !(house->flags[i] & HP_FLAG_UNSEEN)
      && (int) i != pre->effective)
    return _hp_preprocessor_input (pre, i)->attribute.impute;
  return raw;
}

HpDate
_hp_house_date (const HpPreprocessor *pre, const HpHouse *house, HpDate effective)
{
  if (effective != 0)
    return effective;
  if (pre->effective >= 0 && !isnan (house->raw[pre->effective]))
    return (HpDate) house->raw[pre->effective];
  return pre->reference_date;
}

/* The date in an attribute that holds a date or, as a number, a year; 0 if there is none */
static HpDate
get_date (const HpPreprocessor *pre, const HpHouse *house, guint i, HpDate effective)
{
  double raw;

  if ((int) i == pre->effective)
    return _hp_house_date (pre, house, effective);
  raw = get_raw (pre, house, i);
  if (isnan (raw))
    return 0;
  if (_hp_preprocessor_input (pre, i)->attribute.type == HP_COLUMN_DATE)
    return (HpDate) raw;
  return raw >= 1 && raw < 10000 ? (HpDate) raw * 10000 : 0;
}

/* In whole years from a year, in fractions from a date; NaN if unknown */
static double
get_age (const HpPreprocessor *pre, const HpNamed *named, const HpHouse *house, HpDate effective)
{
  HpDate at, from;
  double raw;

  if (named->b >= 0)
    at = get_date (pre, house, named->b, effective);
  else
    at = effective != 0 ? effective : pre->reference_date;
  if (at == 0)
    return NAN;
  if (_hp_preprocessor_input (pre, named->a)->attribute.type == HP_COLUMN_DATE)
    {
      from = get_date (pre, house, named->a, effective);
      return from != 0 ? hp_date_to_years (at) - hp_date_to_years (from) : NAN;
    }
  raw = get_raw (pre, house, named->a);
  return hp_date_year (at) - raw;
}

gboolean
_hp_named_is_negative_age (const HpPreprocessor *pre, const HpNamed *named, const HpHouse *house, HpDate effective)
{
  return named->kind == HP_FEATURE_AGE && get_age (pre, named, house, effective) < 0;
}

double
_hp_named_value (const HpPreprocessor *pre, const HpNamed *named, const HpHouse *house, HpDate effective)
{
  double value;
  HpDate date;

  switch (named->kind)
    {
    case HP_FEATURE_NUMBER:
      return get_raw (pre, house, named->a);

    case HP_FEATURE_CATEGORY:
      {
        const HpInput *input = _hp_preprocessor_input (pre, named->a);

        if (house->flags[named->a] & HP_FLAG_UNSEEN)
          return input->unseen_rank;
        value = get_raw (pre, house, named->a);
        return isnan (value) ? NAN : input->ranks[(guint) value];
      }

    case HP_FEATURE_AGE:
      value = get_age (pre, named, house, effective);
      return value < 0 ? 0 : value;

    case HP_FEATURE_RATIO:
      /* By zero: missing, not infinite */
      value = get_raw (pre, house, named->a) / get_raw (pre, house, named->b);
      return isfinite (value) ? value : NAN;

    case HP_FEATURE_MONTHS:
      date = get_date (pre, house, named->a, effective);
      if (date == 0 || pre->reference_date == 0)
        return NAN;
      return hp_date_to_months (date) - hp_date_to_months (pre->reference_date);

    case HP_FEATURE_ONE_HOT:
    default:
      g_return_val_if_reached (NAN);
    }
}

/* (value - centre) / scale, and the average house where there is no value */
static void
put_one_hot (const HpPreprocessor *pre, const HpNamed *named, const HpHouse *house, HpDate effective, float *features)
{
  const HpModelColumn *columns = &g_array_index (pre->columns, HpModelColumn, named->first);
  gboolean unseen = house->flags[named->a] & HP_FLAG_UNSEEN;
  double value;

  if (named->kind == HP_FEATURE_ONE_HOT)
    {
      const HpInput *input = _hp_preprocessor_input (pre, named->a);
      guint own = unseen ? 0 : input->column_of[(guint) get_raw (pre, house, named->a)];

      for (guint j = 0; j < named->n_columns; j++)
        features[j] = unseen ? 0 : ((j == own) - columns[j].centre) / columns[j].scale;
      return;
    }
  if (unseen)
    {
      features[0] = 0;
      return;
    }
  value = _hp_named_value (pre, named, house, effective);
  if (isnan (value))
    value = named->impute;
  features[0] = (value - columns[0].centre) / columns[0].scale;
}

/**
 * hp_preprocessor_transform:
 * @pre: a preprocessor
 * @house: a house of this preprocessor's attributes
 * @effective: the date of the valuation; 0: the house's own date if it has one, else the reference date
 * @features: (out caller-allocates): n_features values
 *
 * Makes the row that the model sees. Takes no memory.
 */
void
hp_preprocessor_transform (const HpPreprocessor *pre, const HpHouse *house, HpDate effective, float *features)
{
  for (guint k = 0; k < pre->named->len; k++)
    {
      const HpNamed *named = _hp_preprocessor_named (pre, k);

      if (pre->encoding == HP_ENCODING_ONE_HOT)
        put_one_hot (pre, named, house, effective, features + named->first);
      else
        features[named->first] = _hp_named_value (pre, named, house, effective);
    }
}

/**
 * hp_preprocessor_matrix:
 * @pre: a preprocessor
 * @table: a table with the preprocessor's attributes among its columns
 * @rows: (array length=n_rows): which of its rows
 * @n_rows: how many
 *
 * Returns: (transfer full): @n_rows rows of n_features values, row after row; g_free() it
 */
float *
hp_preprocessor_matrix (const HpPreprocessor *pre, const HpTable *table, const guint32 *rows, gsize n_rows)
{
  guint n_features = pre->columns->len;
  float *matrix = g_new (float, MAX (n_rows * n_features, 1));
  g_autoptr (HpHouseBinding) binding = hp_house_binding_new (pre, table);
  g_autoptr (HpHouse) house = hp_house_new (pre);

  for (gsize r = 0; r < n_rows; r++)
    {
      hp_house_set_row (house, binding, rows[r]);
      hp_preprocessor_transform (pre, house, 0, matrix + r * n_features);
    }
  return matrix;
}

/* hp-preprocessor.c - the frozen preparation of a house: life and accessors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-preprocessor-private.h"
#include "hp-text.h"

static void
input_free (gpointer data)
{
  HpInput *input = data;

  _hp_spellings_free (input->spellings);
  g_free (input->attribute.name);
  g_free (input->attribute.label);
  g_free (input->attribute.unit);
  g_strfreev (input->attribute.choices);
  g_free (input->attribute.choice_counts);
  g_free (input->ranks);
  g_free (input->column_of);
  g_free (input);
}

static void
named_free (gpointer data)
{
  HpNamed *named = data;

  g_free (named->name);
  g_free (named);
}

static void
column_clear (gpointer data)
{
  HpModelColumn *column = data;

  g_free (column->name);
}

HpPreprocessor *
_hp_preprocessor_new (void)
{
  HpPreprocessor *pre = g_new0 (HpPreprocessor, 1);

  g_atomic_ref_count_init (&pre->ref_count);
  pre->effective = -1;
  pre->inputs = g_ptr_array_new_with_free_func (input_free);
  pre->named = g_ptr_array_new_with_free_func (named_free);
  pre->columns = g_array_new (FALSE, FALSE, sizeof (HpModelColumn));
  g_array_set_clear_func (pre->columns, column_clear);
  return pre;
}

HpInput *
_hp_input_new (void)
{
  HpInput *input = g_new0 (HpInput, 1);

  input->attribute.min = input->attribute.seen_min = -INFINITY;
  input->attribute.max = input->attribute.seen_max = INFINITY;
  input->attribute.required = TRUE;
  return input;
}

void
_hp_input_set_choices (HpInput *input, GPtrArray *choices)
{
  input->n_choices = choices->len;
  g_ptr_array_add (choices, NULL);
  input->attribute.choices = (char **) g_ptr_array_free (choices, FALSE);
  input->spellings = _hp_spellings_new (input->attribute.choices, input->n_choices);
}

void
_hp_preprocessor_add_column (HpPreprocessor *pre, char *name, guint named, double centre, double scale)
{
  HpModelColumn column = { name, named, centre, scale };

  _hp_preprocessor_named (pre, named)->n_columns++;
  g_array_append_val (pre->columns, column);
}

static gboolean
is_used (const HpPreprocessor *pre, int input)
{
  for (guint k = 0; k < pre->named->len; k++)
    if (_hp_preprocessor_named (pre, k)->a == input || _hp_preprocessor_named (pre, k)->b == input)
      return TRUE;
  return FALSE;
}

static void
find_places (HpPreprocessor *pre)
{
  for (guint p = 0; p < HP_N_PLACES; p++)
    {
      pre->place_inputs[p] = -1;
      for (guint i = 0; i < pre->inputs->len; i++)
        {
          HpAttribute *attribute = &_hp_preprocessor_input (pre, i)->attribute;

          if (g_strcmp0 (attribute->name, pre->place_columns[p]) != 0)
            continue;
          pre->place_inputs[p] = i;
          attribute->is_place = !attribute->required && !is_used (pre, i);
        }
    }
}

void
_hp_preprocessor_seal (HpPreprocessor *pre)
{
  g_free (pre->monotone);
  pre->monotone = g_new0 (int, pre->columns->len + 1);
  for (guint k = 0; k < pre->named->len; k++)
    {
      const HpNamed *named = _hp_preprocessor_named (pre, k);

      for (guint j = 0; j < named->n_columns; j++)
        pre->monotone[named->first + j] = named->monotone;
    }
  find_places (pre);
}

/**
 * hp_preprocessor_ref:
 * @pre: a preprocessor
 *
 * Returns: (transfer full): @pre
 */
HpPreprocessor *
hp_preprocessor_ref (HpPreprocessor *pre)
{
  g_return_val_if_fail (pre != NULL, NULL);

  g_atomic_ref_count_inc (&pre->ref_count);
  return pre;
}

/**
 * hp_preprocessor_unref:
 * @pre: (transfer full): a preprocessor
 *
 * Gives up a reference; the last one frees the preprocessor.
 */
void
hp_preprocessor_unref (HpPreprocessor *pre)
{
  g_return_if_fail (pre != NULL);

  if (!g_atomic_ref_count_dec (&pre->ref_count))
    return;
  g_free (pre->target);
  g_free (pre->currency);
  g_free (pre->date_column);
  for (guint p = 0; p < HP_N_PLACES; p++)
    g_free (pre->place_columns[p]);
  g_ptr_array_unref (pre->inputs);
  g_ptr_array_unref (pre->named);
  g_array_unref (pre->columns);
  g_free (pre->monotone);
  g_free (pre);
}

/**
 * hp_preprocessor_get_n_attributes:
 * @pre: a preprocessor
 *
 * Returns: how many attributes a house has
 */
guint
hp_preprocessor_get_n_attributes (const HpPreprocessor *pre)
{
  return pre->inputs->len;
}

/**
 * hp_preprocessor_get_attribute:
 * @pre: a preprocessor
 * @i: which attribute, in the order of the schema's columns
 *
 * Returns: (transfer none): what a form needs to ask for it
 */
const HpAttribute *
hp_preprocessor_get_attribute (const HpPreprocessor *pre, guint i)
{
  g_return_val_if_fail (i < pre->inputs->len, NULL);

  return &_hp_preprocessor_input (pre, i)->attribute;
}

/**
 * hp_preprocessor_find_attribute:
 * @pre: a preprocessor
 * @name: a name as somebody wrote it
 *
 * Looks for the exact name, else for one that differs only in case and white space.
 *
 * Returns: which attribute, or -1
 */
int
hp_preprocessor_find_attribute (const HpPreprocessor *pre, const char *name)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (name != NULL, -1);

  for (guint i = 0; i < pre->inputs->len; i++)
    if (strcmp (_hp_preprocessor_input (pre, i)->attribute.name, name) == 0)
      return i;
  key = hp_text_key (name, -1);
  for (guint i = 0; i < pre->inputs->len; i++)
    {
      g_autofree char *other = hp_text_key (_hp_preprocessor_input (pre, i)->attribute.name, -1);

      if (strcmp (other, key) == 0)
        return i;
    }
  return -1;
}

/**
 * hp_preprocessor_get_n_features:
 * @pre: a preprocessor
 *
 * Returns: how many columns the model's matrix has
 */
guint
hp_preprocessor_get_n_features (const HpPreprocessor *pre)
{
  return pre->columns->len;
}

/**
 * hp_preprocessor_get_feature:
 * @pre: a preprocessor
 * @j: a column of the model's matrix
 *
 * Returns: (transfer none): its name: `sqft`, `location=North Ames`
 */
const char *
hp_preprocessor_get_feature (const HpPreprocessor *pre, guint j)
{
  g_return_val_if_fail (j < pre->columns->len, NULL);

  return g_array_index (pre->columns, HpModelColumn, j).name;
}

/**
 * hp_preprocessor_get_n_named:
 * @pre: a preprocessor
 *
 * Returns: how many features the schema named
 */
guint
hp_preprocessor_get_n_named (const HpPreprocessor *pre)
{
  return pre->named->len;
}

/**
 * hp_preprocessor_get_named:
 * @pre: a preprocessor
 * @k: which of the features that the schema named
 *
 * Returns: (transfer none): its name
 */
const char *
hp_preprocessor_get_named (const HpPreprocessor *pre, guint k)
{
  g_return_val_if_fail (k < pre->named->len, NULL);

  return _hp_preprocessor_named (pre, k)->name;
}

/**
 * hp_preprocessor_get_named_of:
 * @pre: a preprocessor
 * @j: a column of the model's matrix
 *
 * Returns: which of the features that the schema named the column belongs to
 */
guint
hp_preprocessor_get_named_of (const HpPreprocessor *pre, guint j)
{
  g_return_val_if_fail (j < pre->columns->len, 0);

  return g_array_index (pre->columns, HpModelColumn, j).named;
}

/**
 * hp_preprocessor_get_monotone:
 * @pre: a preprocessor
 *
 * Returns: (transfer none): for each column +1 (the price may only rise with it), -1 (only fall) or 0. Columns of
 * categories without an order of the schema have no direction and are 0.
 */
const int *
hp_preprocessor_get_monotone (const HpPreprocessor *pre)
{
  return pre->monotone;
}

/**
 * hp_preprocessor_get_currency:
 * @pre: a preprocessor
 *
 * Returns: (transfer none): the currency of the prices
 */
const char *
hp_preprocessor_get_currency (const HpPreprocessor *pre)
{
  return pre->currency;
}

/**
 * hp_preprocessor_get_target:
 * @pre: a preprocessor
 *
 * Returns: (transfer none): the name of the price's column
 */
const char *
hp_preprocessor_get_target (const HpPreprocessor *pre)
{
  return pre->target;
}

/**
 * hp_preprocessor_get_reference_date:
 * @pre: a preprocessor
 *
 * Returns: the date of a valuation that names none: the schema's, else the newest sale fitted on; 0 if neither is known
 */
HpDate
hp_preprocessor_get_reference_date (const HpPreprocessor *pre)
{
  return pre->reference_date;
}

/**
 * hp_preprocessor_get_newest_sale:
 * @pre: a preprocessor
 *
 * Returns: the date of the newest sale fitted on; 0 if unknown
 */
HpDate
hp_preprocessor_get_newest_sale (const HpPreprocessor *pre)
{
  return pre->newest_sale;
}

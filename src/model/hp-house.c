/* hp-house.c - one house's attributes: from text or numbers, with what is odd about them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-number.h"
#include "hp-preprocessor-private.h"
#include "hp-text.h"

/* As much of a stranger's text as a message quotes */
#define QUOTED_CHARS 60

/**
 * hp_house_new:
 * @pre: a preprocessor
 *
 * Returns: (transfer full): a house of its attributes, all missing
 */
HpHouse *
hp_house_new (const HpPreprocessor *pre)
{
  HpHouse *house = g_new0 (HpHouse, 1);

  house->n = pre->inputs->len;
  house->raw = g_new (double, house->n + 1);
  house->flags = g_new (guint8, house->n + 1);
  house->unseen = g_new0 (char *, house->n + 1);
  hp_house_clear (house);
  return house;
}

/**
 * hp_house_free:
 * @house: (transfer full) (nullable): a house
 */
void
hp_house_free (HpHouse *house)
{
  if (house == NULL)
    return;
  hp_house_clear (house);
  g_free (house->raw);
  g_free (house->flags);
  g_free (house->unseen);
  g_free (house);
}

static inline void
set (HpHouse *house, guint i, double raw, guint8 flags)
{
  if (G_UNLIKELY (house->unseen[i] != NULL))
    g_clear_pointer (&house->unseen[i], g_free);
  house->raw[i] = raw;
  house->flags[i] = flags;
}

/**
 * hp_house_clear:
 * @house: a house
 *
 * Makes all attributes missing.
 */
void
hp_house_clear (HpHouse *house)
{
  for (guint i = 0; i < house->n; i++)
    set (house, i, NAN, HP_FLAG_MISSING);
}

void
_hp_house_set_raw (HpHouse *house, const HpPreprocessor *pre, guint i, double raw)
{
  const HpAttribute *attribute = &_hp_preprocessor_input (pre, i)->attribute;
  double value = raw, least = attribute->seen_min, most = attribute->seen_max;
  gboolean outside;

  if (isnan (raw))
    {
      set (house, i, NAN, HP_FLAG_MISSING);
      return;
    }
  /* A year alone is some time in it: it isn't before its first month. */
  if (attribute->type == HP_COLUMN_DATE && isfinite (least) && isfinite (most))
    {
      value = hp_date_to_months ((HpDate) raw);
      least = hp_date_to_months ((HpDate) least);
      most = hp_date_to_months ((HpDate) most);
    }
  /* A valuation after the newest sale is what valuations are; hp_predictor_value() warns when it is long after. */
  outside = !attribute->is_place && (value < least || (value > most && !attribute->is_effective_date));
  set (house, i, raw, outside ? HP_FLAG_OUT_OF_RANGE : HP_FLAG_OK);
}

static gboolean
set_category (HpHouse *house, const HpPreprocessor *pre, guint i, const char *text, gsize length)
{
  int choice = _hp_spellings_find (_hp_preprocessor_input (pre, i)->spellings, text, length);

  if (choice >= 0)
    {
      _hp_house_set_raw (house, pre, i, choice);
      return TRUE;
    }
  if (hp_csv_is_missing (text, length))
    {
      set (house, i, NAN, HP_FLAG_MISSING);
      return TRUE;
    }
  set (house, i, NAN, HP_FLAG_UNSEEN);
  house->unseen[i] = hp_text_printable (text, length, QUOTED_CHARS);
  return TRUE;
}

/**
 * hp_house_set_text:
 * @house: a house
 * @pre: the preprocessor it was made for
 * @attribute: which attribute
 * @text: (array length=length): what a form, a command line or a cell of a file says; UTF-8, need not end with NUL
 * @length: its bytes
 * @error: return location for a #GError
 *
 * Sets an attribute. A spelling of "missing" makes it missing, a category that training did not see makes it
 * %HP_FLAG_UNSEEN; both succeed. A value of the wrong type or that the schema doesn't allow is %HP_ERROR_BAD_ATTRIBUTE,
 * and leaves the attribute missing. Takes no memory for a value written as usual.
 *
 * Returns: whether @text could be used
 */
gboolean
hp_house_set_text (HpHouse *house, const HpPreprocessor *pre, guint attribute, const char *text, gsize length,
                   GError **error)
{
  const HpAttribute *wanted;
  double value;

  g_return_val_if_fail (attribute < house->n, FALSE);
  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  wanted = &_hp_preprocessor_input (pre, attribute)->attribute;
  if (wanted->type == HP_COLUMN_CATEGORY)
    return set_category (house, pre, attribute, text, length);

  set (house, attribute, NAN, HP_FLAG_MISSING);
  if (!hp_attribute_read_text (wanted, text, length, &value, error))
    return FALSE;
  _hp_house_set_raw (house, pre, attribute, value);
  return TRUE;
}

/**
 * hp_house_set_number:
 * @house: a house
 * @pre: the preprocessor it was made for
 * @attribute: which attribute
 * @value: a number; NaN: missing; of a date: a year, or the #HpDate
 * @error: return location for a #GError
 *
 * hp_house_set_text() for those who have a number already. A category may be a number too (a postal code): it is looked
 * up as it would be written.
 *
 * Returns: whether @value could be used
 */
gboolean
hp_house_set_number (HpHouse *house, const HpPreprocessor *pre, guint attribute, double value, GError **error)
{
  const HpAttribute *wanted;
  char text[HP_NUMBER_BUFFER];

  g_return_val_if_fail (attribute < house->n, FALSE);

  wanted = &_hp_preprocessor_input (pre, attribute)->attribute;
  set (house, attribute, NAN, HP_FLAG_MISSING);
  if (isnan (value))
    return TRUE;
  if (wanted->type == HP_COLUMN_CATEGORY && isfinite (value))
    return set_category (house, pre, attribute, text, hp_number_format (text, value));
  if (!hp_attribute_read_number (wanted, value, &value, error))
    return FALSE;
  _hp_house_set_raw (house, pre, attribute, value);
  return TRUE;
}

/**
 * hp_house_impute:
 * @house: a house
 * @pre: the preprocessor it was made for
 *
 * Gives every required attribute that is missing the value that the preprocessor holds for it (the median, mean or mode
 * of training, as the schema says). It keeps %HP_FLAG_MISSING, so that warnings can name it.
 */
void
hp_house_impute (HpHouse *house, const HpPreprocessor *pre)
{
  for (guint i = 0; i < house->n; i++)
    {
      const HpAttribute *attribute = &_hp_preprocessor_input (pre, i)->attribute;

      if (house->flags[i] & HP_FLAG_MISSING && attribute->required)
        house->raw[i] = attribute->impute;
    }
}

/**
 * hp_house_missing:
 * @house: a house
 * @pre: the preprocessor it was made for
 *
 * Returns: (transfer full) (nullable): the names of the required attributes without a value, separated by `, `, or
 * %NULL
 */
char *
hp_house_missing (const HpHouse *house, const HpPreprocessor *pre)
{
  GString *names = NULL;

  for (guint i = 0; i < house->n; i++)
    {
      const HpAttribute *attribute = &_hp_preprocessor_input (pre, i)->attribute;

      if (!attribute->required || !(house->flags[i] & HP_FLAG_MISSING) || !isnan (house->raw[i]))
        continue;
      if (names == NULL)
        names = g_string_new (NULL);
      else
        g_string_append (names, ", ");
      g_string_append (names, attribute->name);
    }
  return names != NULL ? g_string_free (names, FALSE) : NULL;
}

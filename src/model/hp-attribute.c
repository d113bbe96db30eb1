/* hp-attribute.c - a property of a house: reading its values, and refusing those that can't be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-attribute.h"
#include "hp-csv.h"
#include "hp-error.h"
#include "hp-number.h"
#include "hp-text.h"

/* As much of a stranger's text as a message quotes */
#define QUOTED_CHARS 60

/**
 * hp_attribute_copy:
 * @attribute: an attribute
 *
 * Returns: (transfer full): a copy that shares nothing
 */
HpAttribute *
hp_attribute_copy (const HpAttribute *attribute)
{
  HpAttribute *copy = g_new (HpAttribute, 1);

  *copy = *attribute;
  copy->name = g_strdup (attribute->name);
  copy->label = g_strdup (attribute->label);
  copy->unit = g_strdup (attribute->unit);
  copy->choices = g_strdupv (attribute->choices);
  copy->choice_counts = attribute->choice_counts != NULL
                          ? g_memdup2 (attribute->choice_counts,
                                       hp_attribute_get_n_choices (attribute) * sizeof *attribute->choice_counts)
                          : NULL;
  return copy;
}

/**
 * hp_attribute_free:
 * @attribute: (transfer full) (nullable): an attribute that stands alone, not one inside a preprocessor
 */
void
hp_attribute_free (HpAttribute *attribute)
{
  if (attribute == NULL)
    return;
  g_free (attribute->name);
  g_free (attribute->label);
  g_free (attribute->unit);
  g_strfreev (attribute->choices);
  g_free (attribute->choice_counts);
  g_free (attribute);
}

/**
 * hp_attribute_get_n_choices:
 * @attribute: an attribute
 *
 * Returns: how many choices it has; 0 of one that is no category
 */
guint
hp_attribute_get_n_choices (const HpAttribute *attribute)
{
  return attribute->choices != NULL ? g_strv_length (attribute->choices) : 0;
}

/**
 * hp_attribute_find_choice:
 * @attribute: a category
 * @text: (array length=length): how somebody wrote it
 * @length: its bytes
 *
 * For forms, which look up one text at a time; a preprocessor looks up faster.
 *
 * Returns: the index of the choice, or -1
 */
int
hp_attribute_find_choice (const HpAttribute *attribute, const char *text, gsize length)
{
  g_autofree char *key = hp_text_key (text, length);

  for (guint i = 0; attribute->choices != NULL && attribute->choices[i] != NULL; i++)
    {
      g_autofree char *other = hp_text_key (attribute->choices[i], -1);

      if (strcmp (key, other) == 0)
        return i;
    }
  return -1;
}

static void
format_value (char *buffer, const HpAttribute *attribute, double value)
{
  if (attribute->type == HP_COLUMN_DATE)
    hp_date_format (buffer, (HpDate) value);
  else
    hp_number_format (buffer, value);
}

/* Is value what the schema allows? */
static gboolean
check_allowed (const HpAttribute *attribute, double value, GError **error)
{
  char given[HP_NUMBER_BUFFER], limit[HP_NUMBER_BUFFER];
  const char *unit = attribute->unit != NULL ? attribute->unit : "";
  const char *space = attribute->unit != NULL ? " " : "";

  if (value >= attribute->min && value <= attribute->max)
    return TRUE;
  if (error == NULL)
    return FALSE;
  format_value (given, attribute, value);
  format_value (limit, attribute, value < attribute->min ? attribute->min : attribute->max);
  if (value < attribute->min)
    hp_set_error (error, HP_ERROR_BAD_ATTRIBUTE, attribute->name, _ ("%s: %s is below the least allowed, %s%s%s"),
                  attribute->name, given, limit, space, unit);
  else
    hp_set_error (error, HP_ERROR_BAD_ATTRIBUTE, attribute->name, _ ("%s: %s is above the most allowed, %s%s%s"),
                  attribute->name, given, limit, space, unit);
  return FALSE;
}

static gboolean
refuse (const HpAttribute *attribute, const char *text, gsize length, GError **error)
{
  g_autofree char *quoted = NULL;
  const char *wanted;

  if (error == NULL)
    return FALSE;
  quoted = hp_text_printable (text, length, QUOTED_CHARS);
  switch (attribute->type)
    {
    case HP_COLUMN_INTEGER:
      wanted = _ ("a whole number");
      break;
    case HP_COLUMN_DATE:
      wanted = _ ("a date (YYYY, YYYY-MM or YYYY-MM-DD)");
      break;
    default:
      wanted = _ ("a number");
      break;
    }
  hp_set_error (error, HP_ERROR_BAD_ATTRIBUTE, attribute->name, _ ("%s: \"%s\" is not %s"), attribute->name, quoted,
                wanted);
  return FALSE;
}

/**
 * hp_attribute_read_text:
 * @attribute: a number or a date
 * @text: (array length=length): what a form, a command line or a cell of a file says; UTF-8, need not end with NUL
 * @length: its bytes
 * @value: (out): the number, or the #HpDate; NaN if @text is empty or a spelling of "missing"
 * @error: return location for a #GError
 *
 * Takes no memory on success. A value of the wrong type or that the schema doesn't allow is %HP_ERROR_BAD_ATTRIBUTE.
 *
 * Returns: whether @text could be used
 */
gboolean
hp_attribute_read_text (const HpAttribute *attribute, const char *text, gsize length, double *value, GError **error)
{
  HpDate date = 0;
  gboolean readable;

  g_return_val_if_fail (attribute->type != HP_COLUMN_CATEGORY, FALSE);

  while (length > 0 && g_ascii_isspace (*text))
    text++, length--;
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (attribute->type == HP_COLUMN_DATE)
    {
      readable = hp_date_parse (text, length, &date);
      *value = date;
    }
  else
    readable = hp_number_parse (text, length, value);
  if (!readable)
    {
      *value = NAN;
      return hp_csv_is_missing (text, length) || refuse (attribute, text, length, error);
    }
  if (attribute->type == HP_COLUMN_INTEGER && *value != floor (*value))
    return refuse (attribute, text, length, error);
  return check_allowed (attribute, *value, error);
}

/* 2010, or 20100517 as an HpDate; written and read again, so that 20101399 is no date */
static gboolean
read_date (double number, double *value)
{
  char written[HP_DATE_BUFFER];
  HpDate date;

  if (number != floor (number) || number < 1000 || number > 99991231)
    return FALSE;
  if (number <= 9999)
    {
      *value = number * 10000;
      return TRUE;
    }
  if (number < 10000000 || !hp_date_parse (written, hp_date_format (written, (HpDate) number), &date)
      || date != (HpDate) number)
    return FALSE;
  *value = date;
  return TRUE;
}

/**
 * hp_attribute_read_number:
 * @attribute: a number or a date
 * @number: a number; of a date: a year, or the #HpDate
 * @value: (out): the number, or the #HpDate
 * @error: return location for a #GError
 *
 * hp_attribute_read_text() for those who have a number already.
 *
 * Returns: whether @number could be used
 */
gboolean
hp_attribute_read_number (const HpAttribute *attribute, double number, double *value, GError **error)
{
  char text[HP_NUMBER_BUFFER];

  if (!isfinite (number))
    return refuse (attribute, number < 0 ? "-inf" : "inf", number < 0 ? 4 : 3, error);
  *value = number;
  if (attribute->type == HP_COLUMN_DATE ? !read_date (number, value)
                                        : attribute->type == HP_COLUMN_INTEGER && number != floor (number))
    return refuse (attribute, text, hp_number_format (text, number), error);
  return check_allowed (attribute, *value, error);
}

/**
 * hp_attribute_format:
 * @attribute: an attribute
 * @value: a number, an #HpDate, or the index of a choice; NaN: nothing
 *
 * Returns: (transfer full): the value as hp_attribute_read_text() and hp_attribute_find_choice() read it
 */
char *
hp_attribute_format (const HpAttribute *attribute, double value)
{
  char text[HP_NUMBER_BUFFER];

  if (!isfinite (value))
    return g_strdup ("");
  if (attribute->type == HP_COLUMN_CATEGORY)
    return g_strdup (value >= 0 && value < hp_attribute_get_n_choices (attribute) ? attribute->choices[(guint) value]
                                                                                 : "");
  format_value (text, attribute, value);
  return g_strdup (text);
}

/* hp-attribute-text.c - an attribute's values as people read them, in their locale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-attribute-text.h"
#include "hp-display.h"
#include "hp-number.h"
#include "hp-text.h"

/* More than this is shown as it was written: nobody reads groups of digits there */
#define MAX_SHOWN 1e15
/* Values that count something come in halves at the finest: rooms, storeys, baths */
#define MAX_COUNTED 30
/* Of a stranger's text */
#define MAX_CHARS 60

static int
decimals_of (const char *plain)
{
  const char *point = strchr (plain, '.');

  return point != NULL ? (int) MIN (strlen (point + 1), 9) : 0;
}

/* A year is not a quantity: no separators in it. */
static gboolean
reads_as_year (double value, const HpAttribute *attribute)
{
  return attribute->type == HP_COLUMN_INTEGER && attribute->unit == NULL && value >= 0 && value < 10000;
}

/**
 * hp_attribute_text_number:
 * @attribute: of what
 * @plain: what a form holds
 *
 * Returns: (transfer full): the number with the locale's separators and as many decimals as @plain has; anything else
 * as it is
 */
char *
hp_attribute_text_number (const HpAttribute *attribute, const char *plain)
{
  double value;

  if (!hp_number_parse (plain, strlen (plain), &value) || fabs (value) >= MAX_SHOWN || strpbrk (plain, "eE") != NULL
      || reads_as_year (value, attribute))
    return g_strdup (plain);
  return hp_display_number (value, decimals_of (plain));
}

/**
 * hp_attribute_text_value:
 * @attribute: of what
 * @plain: (nullable): its value, as a form or a data file writes it
 *
 * Returns: (transfer full): the value with its unit; a dash if there is none
 */
char *
hp_attribute_text_value (const HpAttribute *attribute, const char *plain)
{
  g_autofree char *printable = NULL, *number = NULL;

  if (plain == NULL || *plain == '\0')
    return g_strdup ("–");
  printable = hp_text_printable (plain, -1, MAX_CHARS);
  if (attribute->type == HP_COLUMN_CATEGORY || attribute->type == HP_COLUMN_DATE)
    return g_steal_pointer (&printable);
  number = hp_attribute_text_number (attribute, printable);
  return attribute->unit != NULL ? g_strdup_printf ("%s %s", number, attribute->unit) : g_steal_pointer (&number);
}

static gboolean
in_halves (double value)
{
  return !isfinite (value) || 2 * value == rint (2 * value);
}

/**
 * hp_attribute_text_counts_halves:
 * @attribute: a number
 *
 * Returns: whether its values are few, and halves at the finest, so that people go by halves from one to the next
 */
gboolean
hp_attribute_text_counts_halves (const HpAttribute *attribute)
{
  double range = attribute->seen_max - attribute->seen_min;

  return attribute->type == HP_COLUMN_NUMBER && range > 0 && range < MAX_COUNTED && in_halves (attribute->seen_min)
         && in_halves (attribute->seen_max) && in_halves (attribute->impute);
}

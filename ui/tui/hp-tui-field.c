/* hp-tui-field.c - values of attributes on the screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "hp-attribute-text.h"
#include "hp-number.h"
#include "hp-tui-field.h"

static gboolean
is_number (const HpAttribute *attribute)
{
  return attribute->type == HP_COLUMN_NUMBER || attribute->type == HP_COLUMN_INTEGER;
}

/**
 * hp_tui_field_show:
 * @attribute: an attribute
 * @text: what the form holds
 *
 * Returns: (transfer full): what a person reads; @text itself if it is no number
 */
char *
hp_tui_field_show (const HpAttribute *attribute, const char *text)
{
  return is_number (attribute) ? hp_attribute_text_number (attribute, text) : g_strdup (text);
}

/* About a hundredth of what training saw, in a round number; halves at the least where that makes five steps */
static double
step_of (const HpAttribute *attribute)
{
  double range = attribute->seen_max - attribute->seen_min, power, step;

  if (attribute->type == HP_COLUMN_INTEGER || !isfinite (range) || range <= 0)
    return 1;
  power = pow (10, floor (log10 (range / 100)));
  step = range / 100 / power >= 5 ? 5 * power : range / 100 / power >= 2 ? 2 * power : power;
  return range >= 2.5 ? MAX (step, 0.5) : step;
}

static char *
step_number (const HpAttribute *attribute, const char *text, int direction)
{
  double value, step = step_of (attribute), next, dust;
  char buffer[HP_NUMBER_BUFFER];

  if (!hp_number_parse (text, strlen (text), &value))
    {
      if (text[strspn (text, " ")] != '\0' || !isfinite (attribute->impute))
        return NULL;
      hp_number_format (buffer, attribute->impute);
      return g_strdup (buffer);
    }
  /* Rounded to what matters at this step, so that no dust of binary fractions shows */
  dust = step / 1e6;
  next = CLAMP (round ((value + direction * step) / dust) * dust, attribute->min, attribute->max);
  g_ascii_formatd (buffer, sizeof buffer, "%.12g", next);
  return next == value ? NULL : g_strdup (buffer);
}

static char *
step_choice (const HpAttribute *attribute, const char *text, int direction)
{
  int n = hp_attribute_get_n_choices (attribute), at = hp_attribute_find_choice (attribute, text, strlen (text));

  at = at < 0 && direction < 0 ? n - 1 : at + direction;
  return at >= 0 && at < n ? g_strdup (attribute->choices[at]) : NULL;
}

/* By the last part that the date names: a year, a month or a day */
static char *
step_date (const HpAttribute *attribute, const char *text, int direction)
{
  HpDate date = 0;
  char buffer[HP_DATE_BUFFER];
  int year, month, day;

  if (!hp_date_parse (text, strlen (text), &date))
    return NULL;
  year = hp_date_year (date);
  month = hp_date_month (date);
  day = date % 100;
  if (day != 0)
    {
      g_autoptr (GDate) calendar = g_date_new_dmy (day, month, year);

      if (direction > 0)
        g_date_add_days (calendar, 1);
      else
        g_date_subtract_days (calendar, 1);
      date = g_date_get_year (calendar) * 10000 + g_date_get_month (calendar) * 100 + g_date_get_day (calendar);
    }
  else if (month != 0)
    {
      int months = year * 12 + month - 1 + direction;

      date = months / 12 * 10000 + (months % 12 + 1) * 100;
    }
  else
    date = (year + direction) * 10000;
  if (date < 10000000 || date > 99991231 || date < attribute->min || date > attribute->max)
    return NULL;
  hp_date_format (buffer, date);
  return g_strdup (buffer);
}

/**
 * hp_tui_field_step:
 * @attribute: an attribute
 * @text: what the form holds
 * @direction: 1 or -1
 *
 * Returns: (transfer full) (nullable): the next value in that direction; %NULL if there is none
 */
char *
hp_tui_field_step (const HpAttribute *attribute, const char *text, int direction)
{
  if (attribute->type == HP_COLUMN_CATEGORY)
    return step_choice (attribute, text, direction);
  if (attribute->type == HP_COLUMN_DATE)
    return step_date (attribute, text, direction);
  return step_number (attribute, text, direction);
}

static char *
show_value (const HpAttribute *attribute, double value)
{
  g_autofree char *text = hp_attribute_format (attribute, value);

  return hp_tui_field_show (attribute, text);
}

static char *
show_range (const HpAttribute *attribute, double min, double max)
{
  g_autofree char *low = show_value (attribute, min), *high = show_value (attribute, max);

  return g_strdup_printf (_ ("%s – %s"), low, high);
}

/**
 * hp_tui_field_range:
 * @attribute: an attribute
 *
 * Returns: (transfer full) (nullable): the least and the most that training saw; %NULL of a category
 */
char *
hp_tui_field_range (const HpAttribute *attribute)
{
  if (attribute->type == HP_COLUMN_CATEGORY || !isfinite (attribute->seen_min) || !isfinite (attribute->seen_max))
    return NULL;
  return show_range (attribute, attribute->seen_min, attribute->seen_max);
}

/**
 * hp_tui_field_hint:
 * @attribute: an attribute
 *
 * Returns: (transfer full): what its field takes, and what training saw
 */
char *
hp_tui_field_hint (const HpAttribute *attribute)
{
  g_autofree char *seen = hp_tui_field_range (attribute);
  g_autoptr (GString) hint = g_string_new (attribute->label);
  guint n = hp_attribute_get_n_choices (attribute);

  if (attribute->type == HP_COLUMN_CATEGORY)
    g_string_append_printf (hint, ngettext (": %u choice; type to search", ": %u choices; type to search", n), n);
  else if (attribute->type == HP_COLUMN_DATE)
    g_string_append (hint, _ (": YYYY, YYYY-MM or YYYY-MM-DD"));
  else if (isfinite (attribute->min) && isfinite (attribute->max))
    {
      g_autofree char *allowed = show_range (attribute, attribute->min, attribute->max);

      g_string_append_printf (hint, ": %s", allowed);
      if (attribute->unit != NULL)
        g_string_append_printf (hint, " %s", attribute->unit);
    }
  else
    g_string_append (hint, attribute->type == HP_COLUMN_INTEGER ? _ (": a whole number") : _ (": a number"));
  if (seen != NULL)
    g_string_append_printf (hint, _ ("; seen in training: %s"), seen);
  if (attribute->is_effective_date)
    g_string_append (hint, _ ("; empty: the date of the newest data"));
  else if (!attribute->required)
    g_string_append (hint, _ ("; may be empty"));
  return g_string_free (g_steal_pointer (&hint), FALSE);
}

/**
 * hp_tui_field_is_signed:
 * @attribute: an attribute
 *
 * Returns: whether its values may be negative
 */
gboolean
hp_tui_field_is_signed (const HpAttribute *attribute)
{
  return is_number (attribute) && attribute->min < 0;
}

/**
 * hp_tui_field_normalise:
 * @attribute: an attribute
 * @text: what somebody typed or pasted
 *
 * Returns: (transfer full): @text without separators in groups of three digits ("1,656"); else as it is
 */
char *
hp_tui_field_normalise (const HpAttribute *attribute, const char *text)
{
  const char *locale_separator = localeconv ()->thousands_sep;
  const char *separator = *locale_separator != '\0' ? locale_separator : ",";
  g_auto (GStrv) groups = NULL;

  if (!is_number (attribute) || strstr (text, separator) == NULL)
    return g_strdup (text);
  groups = g_strsplit (text, separator, -1);
  for (char **group = groups; *group != NULL; group++)
    {
      gsize digits = strspn (*group, "0123456789");
      gboolean first = group == groups, last = group[1] == NULL;

      if (first ? strspn (*group + (**group == '-'), "0123456789") == 0
                : digits != 3 || ((*group)[3] != '\0' && !(last && (*group)[3] == '.')))
        return g_strdup (text);
    }
  return g_strjoinv ("", groups);
}

/**
 * hp_tui_field_problem:
 * @attribute: an attribute
 * @problem: what is wrong with its value, which may begin with the attribute's name
 *
 * Returns: (transfer full): the same, beginning with what the field is called on the screen
 */
char *
hp_tui_field_problem (const HpAttribute *attribute, const char *problem)
{
  g_autofree char *name = g_strconcat (attribute->name, ": ", NULL);

  if (!g_str_has_prefix (problem, name))
    return g_strdup (problem);
  return g_strdup_printf ("%s: %s", attribute->label, problem + strlen (name));
}

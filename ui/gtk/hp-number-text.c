/* hp-number-text.c - numbers that people type, in their locale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "hp-attribute-text.h"
#include "hp-number.h"
#include "hp-number-text.h"

static const char *
skip (const char *text, const char *what)
{
  return *what != '\0' && g_str_has_prefix (text, what) ? text + strlen (what) : NULL;
}

/* A separator between groups counts only with three digits behind it and one in front: "1,5" is not fifteen. */
static const char *
skip_group_separator (const char *text, const char *separator)
{
  static const char *const spaces[] = { " ", "\u00a0", "\u202f", "'", "’" };
  const char *rest = skip (text, separator);

  for (gsize i = 0; rest == NULL && i < G_N_ELEMENTS (spaces); i++)
    rest = skip (text, spaces[i]);
  if (rest == NULL)
    return NULL;
  for (int i = 0; i < 3; i++)
    if (!g_ascii_isdigit (rest[i]))
      return NULL;
  return g_ascii_isdigit (rest[3]) ? NULL : rest;
}

/* The same as hp-display.c shows where the locale groups no digits */
static const char *
group_separator (const struct lconv *locale)
{
  if (*locale->thousands_sep != '\0')
    return locale->thousands_sep;
  return *locale->decimal_point == '.' ? "," : "";
}

/**
 * hp_number_text_read:
 * @typed: what somebody typed
 *
 * Text that is no number in this locale comes back without outer space only, for the form to say what is wrong with it.
 *
 * Returns: (transfer full): the number as data files write it
 */
char *
hp_number_text_read (const char *typed)
{
  const struct lconv *locale = localeconv ();
  const char *separator = group_separator (locale);
  g_autofree char *trimmed = g_strstrip (g_strdup (typed));
  g_autoptr (GString) plain = g_string_new (NULL);
  gboolean in_fraction = FALSE;
  const char *next;
  double value;

  for (const char *at = trimmed; *at != '\0'; at = next)
    {
      gboolean after_digit = plain->len > 0 && g_ascii_isdigit (plain->str[plain->len - 1]);

      next = after_digit && !in_fraction ? skip_group_separator (at, separator) : NULL;
      if (next != NULL)
        continue;
      next = skip (at, "−");
      if (next != NULL)
        {
          g_string_append_c (plain, '-');
          continue;
        }
      next = in_fraction ? NULL : skip (at, locale->decimal_point);
      if (next != NULL)
        {
          g_string_append_c (plain, '.');
          in_fraction = TRUE;
          continue;
        }
      next = at + 1;
      g_string_append_c (plain, *at);
    }
  /* "2." and ".5" on the way to "2.5" and "0.5" */
  if (g_str_has_suffix (plain->str, ".") && plain->len > 1)
    g_string_truncate (plain, plain->len - 1);
  if (plain->str[0] == '.')
    g_string_prepend_c (plain, '0');
  return hp_number_parse (plain->str, plain->len, &value) ? g_string_free (g_steal_pointer (&plain), FALSE)
                                                          : g_steal_pointer (&trimmed);
}

/**
 * hp_number_text_step:
 * @attribute: a number
 *
 * Returns: 1 of whole numbers; 0.5 of what is counted in halves; else about a hundredth of what training saw, as 1 or 5
 * of a decimal place
 */
double
hp_number_text_step (const HpAttribute *attribute)
{
  double range = attribute->seen_max - attribute->seen_min;
  double place;

  if (attribute->type == HP_COLUMN_INTEGER || !isfinite (range) || range <= 0)
    return 1;
  if (hp_attribute_text_counts_halves (attribute))
    return 0.5;
  place = pow (10, floor (log10 (range / 100)));
  return range / 100 >= 5 * place ? 5 * place : place;
}

/**
 * hp_number_text_plain:
 * @value: a finite number
 *
 * Returns: (transfer full): @value to nine decimals at most, as a form holds it
 */
char *
hp_number_text_plain (double value)
{
  char buffer[HP_NUMBER_BUFFER];
  double rounded = fabs (value) < 1e6 ? rint (value * 1e9) / 1e9 : value;

  hp_number_format (buffer, rounded);
  return g_strdup (buffer);
}

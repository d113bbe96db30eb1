/* hp-cell.c - why a cell is no number
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "hp-cell.h"
#include "hp-number.h"
#include "hp-text.h"

typedef enum
{
  NOT_A_NUMBER,
  CURRENCY,
  THOUSANDS,
  DECIMAL_COMMA,
  PERCENT,
  UNIT,
  TOO_LARGE
} Reason;

/* Digits, with a point at most once and an exponent: the form of a number, whatever its size */
static gboolean
is_decimal (const char *text, gsize length)
{
  gsize i = 0, digits = 0;

  if (i < length && (text[i] == '+' || text[i] == '-'))
    i++;
  for (; i < length && g_ascii_isdigit (text[i]); i++)
    digits++;
  if (i < length && text[i] == '.')
    for (i++; i < length && g_ascii_isdigit (text[i]); i++)
      digits++;
  if (digits == 0)
    return FALSE;
  if (i < length && (text[i] == 'e' || text[i] == 'E'))
    {
      i++;
      if (i < length && (text[i] == '+' || text[i] == '-'))
        i++;
      if (i == length)
        return FALSE;
      while (i < length && g_ascii_isdigit (text[i]))
        i++;
    }
  return i == length;
}

static gboolean
is_grouping (gunichar c)
{
  return c == ',' || c == '\'' || c == '_' || c == 0x2019 || g_unichar_isspace (c);
}

/* Text without the characters that a group separator may be. @groups: whether every one was followed by three digits */
static char *
without_groups (const char *text, guint *n_groups, gboolean *all_of_three)
{
  GString *plain = g_string_new (NULL);

  *n_groups = 0;
  *all_of_three = TRUE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *next = g_utf8_next_char (p);

      if (!is_grouping (c))
        {
          g_string_append_unichar (plain, c);
          continue;
        }
      (*n_groups)++;
      if (strspn (next, "0123456789") != 3)
        *all_of_three = FALSE;
    }
  return g_string_free (plain, FALSE);
}

static gboolean
is_currency (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_CURRENCY_SYMBOL;
}

/* Skips a currency sign, or a code such as USD, at either end */
static gboolean
strip_currency (char *text)
{
  static const char *const codes[] = { "USD", "EUR", "GBP", "CHF", "CAD", "AUD", "JPY" };
  gsize n;
  const char *last;

  g_strstrip (text);
  n = strlen (text);
  if (n == 0)
    return FALSE;
  if (is_currency (g_utf8_get_char (text)))
    {
      gsize first = g_utf8_next_char (text) - text;

      memmove (text, text + first, n - first + 1);
      g_strstrip (text);
      return TRUE;
    }
  last = g_utf8_prev_char (text + n);
  if (is_currency (g_utf8_get_char (last)))
    {
      text[last - text] = '\0';
      g_strstrip (text);
      return TRUE;
    }
  for (guint i = 0; n > 3 && i < G_N_ELEMENTS (codes); i++)
    {
      if (g_ascii_strncasecmp (text, codes[i], 3) == 0)
        memmove (text, text + 3, n - 2);
      else if (g_ascii_strcasecmp (text + n - 3, codes[i]) == 0)
        text[n - 3] = '\0';
      else
        continue;
      g_strstrip (text);
      return TRUE;
    }
  return FALSE;
}

/* unit: (nullable) set for UNIT */
static Reason
find_reason (const char *text, gsize length, char **unit)
{
  g_autofree char *copy = NULL, *plain = NULL;
  guint n_groups;
  gboolean all_of_three, currency;
  gsize number;

  if (is_decimal (text, length)) /* refused all the same: its size, or a point at an end */
    return length > 300 || memchr (text, 'e', length) != NULL || memchr (text, 'E', length) != NULL ? TOO_LARGE
                                                                                                    : NOT_A_NUMBER;
  if (length > 64)
    return NOT_A_NUMBER;
  copy = g_strndup (text, length);
  currency = strip_currency (copy);
  if (currency && is_decimal (copy, strlen (copy)))
    return CURRENCY;
  plain = without_groups (copy, &n_groups, &all_of_three);
  if (n_groups > 0 && is_decimal (plain, strlen (plain)))
    {
      if (currency)
        return CURRENCY;
      return n_groups == 1 && !all_of_three && strchr (copy, ',') != NULL ? DECIMAL_COMMA : THOUSANDS;
    }
  number = strlen (plain);
  if (number > 1 && plain[number - 1] == '%' && is_decimal (plain, number - 1))
    return PERCENT;
  /* a number and then letters: "1850 sqft", "1,850sqft", "12abc" */
  number = strspn (plain, "+-.0123456789");
  if (number > 0 && plain[number] != '\0' && is_decimal (plain, number))
    {
      const char *rest = copy + strcspn (copy, "+-.0123456789");

      rest += strspn (rest, "+-.,0123456789 ");
      *unit = g_strdup (rest);
      return UNIT;
    }
  return NOT_A_NUMBER;
}

char *
_hp_cell_explain_number (const char *text, gsize length)
{
  g_autofree char *shown = hp_text_printable (text, length, 40);
  g_autofree char *unit = NULL;
  g_autofree char *shown_unit = NULL;

  switch (find_reason (text, length, &unit))
    {
    case CURRENCY:
      return g_strdup_printf (_ ("\"%s\" is not a number; remove the currency sign and any separators"), shown);
    case THOUSANDS:
      return g_strdup_printf (_ ("\"%s\" is not a number; remove the thousands separator"), shown);
    case DECIMAL_COMMA:
      return g_strdup_printf (_ ("\"%s\" is not a number; write a point for the decimals"), shown);
    case PERCENT:
      return g_strdup_printf (_ ("\"%s\" is not a number; remove the per cent sign"), shown);
    case UNIT:
      shown_unit = hp_text_printable (unit, -1, 24);
      return g_strdup_printf (_ ("\"%s\" is not a number; remove \"%s\""), shown, shown_unit);
    case TOO_LARGE:
      return g_strdup_printf (_ ("\"%s\" is too large for a number"), shown);
    case NOT_A_NUMBER:
    default:
      return g_strdup_printf (_ ("\"%s\" is not a number; correct it, or leave the cell empty"), shown);
    }
}

gboolean
_hp_cell_number_in_disguise (const char *text, gsize length)
{
  g_autofree char *unit = NULL;
  Reason reason = find_reason (text, length, &unit);

  return reason == CURRENCY || reason == THOUSANDS || reason == DECIMAL_COMMA || reason == PERCENT;
}

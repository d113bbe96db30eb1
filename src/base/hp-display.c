/* hp-display.c - numbers as people read them, in their locale
 *
 * Never used for data: CSV and JSON have hp-number.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "hp-display.h"

/* The C locale groups no digits, which no person wants to read. */
static const char *
thousands_separator (const struct lconv *locale)
{
  if (*locale->thousands_sep != '\0')
    return locale->thousands_sep;
  return g_str_has_prefix (setlocale (LC_NUMERIC, NULL), "C") || g_str_equal (setlocale (LC_NUMERIC, NULL), "POSIX")
           ? ","
           : "";
}

/* digits: of the whole part. Groups are counted from the right, as localeconv(3) gives their sizes. */
static char *
group_digits (const char *digits, const struct lconv *locale)
{
  const char *separator = thousands_separator (locale);
  const char *sizes = *locale->grouping != '\0' ? locale->grouping : "\3";
  gsize left = strlen (digits);
  g_autoptr (GString) text = g_string_new (NULL);

  while (left > 0)
    {
      gsize size = *sizes == CHAR_MAX || *separator == '\0' ? left : MIN ((gsize) *sizes, left);

      if (text->len > 0)
        g_string_prepend (text, separator);
      g_string_prepend_len (text, digits + left - size, size);
      left -= size;
      if (sizes[0] != CHAR_MAX && sizes[1] != '\0')
        sizes++;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * hp_display_number:
 * @value: a number; not finite: a dash is shown
 * @decimals: digits after the point, 0 to 9
 *
 * Returns: (transfer full): the number with the locale's separators
 */
char *
hp_display_number (double value, int decimals)
{
  const struct lconv *locale = localeconv ();
  char plain[400], format[] = "%.0f";
  g_autofree char *whole = NULL;
  char *point;

  if (!isfinite (value))
    return g_strdup ("–");
  format[2] = '0' + CLAMP (decimals, 0, 9);
  g_ascii_formatd (plain, sizeof plain, format, fabs (value));
  point = strchr (plain, '.');
  if (point != NULL)
    *point++ = '\0';
  whole = group_digits (plain, locale);
  return g_strconcat (value < 0
                          && strspn (plain, "0") + (point != NULL ? strspn (point, "0") : 0)
                               < strlen (plain) + (point != NULL ? strlen (point) : 0)
                        ? "−"
                        : "",
                      whole, point != NULL ? locale->decimal_point : NULL, point, NULL);
}

/**
 * hp_display_count:
 * @count: how many
 *
 * Returns: (transfer full): the count with the locale's separators
 */
char *
hp_display_count (guint64 count)
{
  return hp_display_number ((double) count, 0);
}

/**
 * hp_display_percent:
 * @share: 0–1
 * @decimals: digits after the point
 *
 * Returns: (transfer full): "63 %"
 */
char *
hp_display_percent (double share, int decimals)
{
  g_autofree char *number = hp_display_number (100 * share, decimals);

  return isfinite (share) ? g_strconcat (number, " %", NULL) : g_steal_pointer (&number);
}

/**
 * hp_display_price:
 * @price: in whole units of the currency after rounding
 * @currency: (nullable): ISO 4217 code
 *
 * The sign stands where the locale writes its own money; a currency without a sign known here is named by its code.
 *
 * Returns: (transfer full): "$178,123", "178.123 €", "178,123 CHF"
 */
char *
hp_display_price (double price, const char *currency)
{
  static const struct
  {
    char code[4], sign[4];
  } signs[] = { { "USD", "$" }, { "EUR", "€" }, { "GBP", "£" }, { "JPY", "¥" }, { "INR", "₹" } };
  const struct lconv *locale = localeconv ();
  g_autofree char *number = hp_display_number (price, 0);
  const char *digits = g_str_has_prefix (number, "−") ? number + strlen ("−") : number;
  const char *minus = digits != number ? "−" : "";

  if (!isfinite (price))
    return g_steal_pointer (&number);
  for (gsize i = 0; currency != NULL && i < G_N_ELEMENTS (signs); i++)
    if (g_str_equal (currency, signs[i].code))
      return locale->p_cs_precedes == 0 ? g_strdup_printf ("%s %s", number, signs[i].sign)
                                        : g_strdup_printf ("%s%s%s", minus, signs[i].sign, digits);
  return currency != NULL ? g_strdup_printf ("%s %s", number, currency) : g_steal_pointer (&number);
}

/**
 * hp_display_price_rounded:
 * @price: a price
 * @step: what it is rounded to a multiple of, above 0
 * @currency: (nullable): ISO 4217 code
 *
 * Returns: (transfer full): as hp_display_price()
 */
char *
hp_display_price_rounded (double price, double step, const char *currency)
{
  return hp_display_price (round (price / step) * step, currency);
}

/**
 * hp_display_duration:
 * @seconds: at least 0
 *
 * Returns: (transfer full): "0.4 s", "12 s", "3:05 min"
 */
char *
hp_display_duration (double seconds)
{
  g_autofree char *number = NULL;

  if (seconds >= 100)
    return g_strdup_printf (_ ("%d:%02d min"), (int) (seconds / 60), (int) seconds % 60);
  number = hp_display_number (seconds, seconds < 10 ? 1 : 0);
  return g_strdup_printf (_ ("%s s"), number);
}

/* hp-number-private.h - reading one number in place, shared by the number and JSON readers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The number that [text, end) is, which the caller has found to be one; FALSE if it is too long or not finite. */
gboolean _hp_number_read_slow (const char *text, const char *end, double *value);

/* Reads the number that [text, end) begins with: digits[.digits][e[+-]digits] after an optional sign, and with
 * `json` neither a plus sign nor a leading zero. Returns what follows it, or NULL with *value set to 0.
 *
 * A decimal whose digits fit 53 bits and whose power of ten is at most 22 is exact times exact: one rounding,
 * so the result is the nearest double (W. D. Clinger, "How to Read Floating Point Numbers Accurately", 1990).
 * That is nearly every number people write; strtod() does the others. */
static inline const char *
_hp_number_scan (const char *text, const char *end, gboolean json, double *value)
{
  static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
  const char *p = text, *first;
  gboolean negative = FALSE;
  guint64 mantissa = 0;
  gssize digits;
  gint64 exponent = 0;
  guchar digit;
  double magnitude;

  *value = 0;
  if (p < end && (*p == '-' || (*p == '+' && !json)))
    negative = *p++ == '-';

  first = p;
  for (; p < end && (digit = (guchar) (*p - '0')) <= 9; p++)
    mantissa = mantissa * 10 + digit; /* wraps when too long, and is then not used */
  digits = p - first;
  if (digits == 0 || (json && *first == '0' && digits > 1))
    return NULL;

  if (p < end && *p == '.')
    {
      first = ++p;
      for (; p < end && (digit = (guchar) (*p - '0')) <= 9; p++)
        mantissa = mantissa * 10 + digit;
      if (p == first)
        return NULL;
      digits += p - first;
      exponent = -(gint64) (p - first);
    }

  if (p < end && (*p == 'e' || *p == 'E'))
    {
      gboolean negative_exponent = FALSE;
      gint64 written = 0;

      p++;
      if (p < end && (*p == '-' || *p == '+'))
        negative_exponent = *p++ == '-';
      first = p;
      for (; p < end && (digit = (guchar) (*p - '0')) <= 9; p++)
        if (written < 100000)
          written = written * 10 + digit;
      if (p == first)
        return NULL;
      exponent += negative_exponent ? -written : written;
    }

  if (G_UNLIKELY (digits > 19 || mantissa > G_GUINT64_CONSTANT (1) << 53 || exponent < -22 || exponent > 22))
    return _hp_number_read_slow (text, p, value) ? p : NULL;

  magnitude = exponent < 0 ? (double) mantissa / powers[-exponent] : (double) mantissa * powers[exponent];
  *value = negative ? -magnitude : magnitude;
  return p;
}

G_END_DECLS

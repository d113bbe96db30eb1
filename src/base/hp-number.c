/* hp-number.c - numbers as data files write them: C locale, strict, round-tripping
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "hp-number.h"
#include "hp-number-private.h"

/* Longer than any number a program writes; a limit on what strtod() is made to look at. */
#define MAX_LENGTH 400

static const double powers_of_ten[]
  = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18 };

gboolean
_hp_number_read_slow (const char *text, const char *end, double *value)
{
  char copy[MAX_LENGTH + 1];
  gsize length = end - text;
  double read;

  if (length > MAX_LENGTH)
    return FALSE;
  memcpy (copy, text, length);
  copy[length] = '\0';
  read = g_ascii_strtod (copy, NULL);
  if (!isfinite (read))
    return FALSE;
  *value = read;
  return TRUE;
}

/**
 * hp_number_parse:
 * @text: (array length=length): the text, not necessarily ended by a NUL
 * @length: how many bytes of it
 * @value: (out): the number
 *
 * Reads a number that all of @text has to be: an optional sign, digits, and optionally a point with
 * digits and an exponent. Spaces, hexadecimal, infinities, group separators and more than 400
 * characters are refused, as is what a double can't hold.
 *
 * Returns: whether it is a number; @value is 0 if not
 */
gboolean
hp_number_parse (const char *text, gsize length, double *value)
{
  g_return_val_if_fail (text != NULL || length == 0, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  if (length > 0 && _hp_number_scan (text, text + length, FALSE, value) == text + length)
    return TRUE;
  *value = 0;
  return FALSE;
}

static gsize
put_digits (char *out, guint64 number)
{
  char reversed[20];
  gsize n = 0;

  do
    reversed[n++] = '0' + number % 10;
  while ((number /= 10) > 0);
  for (gsize i = 0; i < n; i++)
    out[i] = reversed[n - 1 - i];
  return n;
}

/* scaled / 10^decimals, without zeros at the end */
static gsize
put_decimal (char *out, gboolean negative, guint64 scaled, guint decimals)
{
  guint64 power;
  gsize n = 0;

  while (decimals > 0 && scaled % 10 == 0)
    {
      scaled /= 10;
      decimals--;
    }
  power = (guint64) powers_of_ten[decimals];

  if (negative)
    out[n++] = '-';
  n += put_digits (out + n, scaled / power);
  if (decimals > 0)
    {
      guint64 fraction = scaled % power;

      out[n] = '.';
      for (guint i = decimals; i > 0; i--, fraction /= 10)
        out[n + i] = '0' + fraction % 10;
      n += 1 + decimals;
    }
  out[n] = '\0';
  return n;
}

/* "1e+15" to "1e15", "1e-05" to "1e-5" */
static gsize
tidy_exponent (char *text)
{
  char *from = strchr (text, 'e'), *to;

  if (from == NULL)
    return strlen (text);
  to = ++from;
  if (*from == '-')
    to++;
  from += *from == '-' || *from == '+';
  while (*from == '0' && from[1] != '\0')
    from++;
  memmove (to, from, strlen (from) + 1);
  return strlen (text);
}

/* The fewest digits in [least, most] that read back the same. With `most` digits any value does. */
static gsize
format_by_trial (char buffer[HP_NUMBER_BUFFER], double value, gboolean single, int least, int most)
{
  for (int digits = least; digits <= most; digits++)
    {
      char format[8];
      double back;

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, HP_NUMBER_BUFFER, format, value);
      back = g_ascii_strtod (buffer, NULL);
      if (single ? (float) back == (float) value : back == value)
        break;
    }
  return tidy_exponent (buffer);
}

/* How many digits stand before the point: 3 for 178.5, 0 for 0.5, -2 for 0.005 */
static int
digits_before_point (double magnitude)
{
  int n = 0;

  if (magnitude >= 1)
    while (n < 16 && magnitude >= powers_of_ten[n])
      n++;
  else
    while (n > -4 && magnitude * powers_of_ten[1 - n] < 1)
      n--;
  return n;
}

static gboolean
format_integer (char buffer[HP_NUMBER_BUFFER], double value, gsize *length)
{
  double magnitude = fabs (value);

  if (!(magnitude < 1e15 && magnitude == (double) (guint64) magnitude))
    return FALSE;
  *length = put_decimal (buffer, signbit (value) != 0, (guint64) magnitude, 0);
  return TRUE;
}

/**
 * hp_number_format:
 * @buffer: (out caller-allocates): room for %HP_NUMBER_BUFFER bytes
 * @value: a finite number
 *
 * Writes the fewest digits to which @value can be rounded and still be read back exactly, with a point in any
 * locale. Whole numbers below 1e15 have neither point nor exponent. The result is a valid JSON number, and
 * ends with a NUL.
 *
 * Returns: its length without the NUL; 0 if @value is not finite
 */
gsize
hp_number_format (char buffer[HP_NUMBER_BUFFER], double value)
{
  double magnitude = fabs (value);
  gsize length;

  buffer[0] = '\0';
  g_return_val_if_fail (isfinite (value), 0);

  if (format_integer (buffer, value, &length))
    return length;

  /* A decimal of up to 15 digits survives the way to a double and back. Scaled to an integer it is off by
   * less than 1/2, so rint() finds it; dividing it again rounds once, as reading it would. */
  if (magnitude >= 1e-4 && magnitude < 1e15)
    {
      guint decimals = 15 - digits_before_point (magnitude);
      double scaled = rint (magnitude * powers_of_ten[decimals]);

      if (scaled <= 1e15 && scaled / powers_of_ten[decimals] == magnitude)
        return put_decimal (buffer, value < 0, (guint64) scaled, decimals);
      return format_by_trial (buffer, value, FALSE, 16, 17);
    }
  return format_by_trial (buffer, value, FALSE, magnitude < DBL_MIN ? 1 : 15, 17);
}

/**
 * hp_number_format_float:
 * @buffer: (out caller-allocates): room for %HP_NUMBER_BUFFER bytes
 * @value: a finite number
 *
 * As hp_number_format(), for a number of single precision: the shortest decimal that, read by
 * hp_number_parse() and converted to float, is @value again.
 *
 * Returns: its length without the NUL; 0 if @value is not finite
 */
gsize
hp_number_format_float (char buffer[HP_NUMBER_BUFFER], float value)
{
  double magnitude = fabs ((double) value);
  gsize length;

  buffer[0] = '\0';
  g_return_val_if_fail (isfinite (value), 0);

  if (format_integer (buffer, value, &length))
    return length;

  /* 24 bits times 5^12 are at most 52 bits: scaling by up to 10^12 is exact, hence so is the rounding. */
  if (magnitude >= 1e-4 && magnitude < 1e15)
    {
      int before = digits_before_point (magnitude);

      for (int digits = 6; digits <= 9; digits++)
        {
          int decimals = MAX (digits - before, 0);
          double scaled;

          if (decimals > 12)
            break;
          scaled = rint (magnitude * powers_of_ten[decimals]);
          if ((float) (scaled / powers_of_ten[decimals]) == (float) magnitude)
            return put_decimal (buffer, value < 0, (guint64) scaled, decimals);
        }
    }
  return format_by_trial (buffer, value, TRUE, magnitude < FLT_MIN ? 1 : 6, 9);
}

/**
 * hp_number_format_cents:
 * @buffer: (out caller-allocates): room for %HP_NUMBER_BUFFER bytes
 * @value: a finite amount of money
 *
 * Writes @value with two decimals, rounded from its exact binary value, ties to even, as printf()
 * does in the C locale but without a sign on zero. Amounts of 1e13 and more, which a price never
 * is, are written by hp_number_format().
 *
 * Returns: its length without the NUL; 0 if @value is not finite
 */
gsize
hp_number_format_cents (char buffer[HP_NUMBER_BUFFER], double value)
{
  double magnitude = fabs (value), scaled, whole, fraction;
  guint64 cents;
  gsize n = 0;

  buffer[0] = '\0';
  g_return_val_if_fail (isfinite (value), 0);

  if (magnitude >= 1e13)
    return hp_number_format (buffer, value);

  /* The product is rounded; what rounding took away decides only what looks like a tie. */
  scaled = magnitude * 100;
  whole = floor (scaled);
  fraction = scaled - whole;
  cents = (guint64) whole;
  if (fraction > 0.5)
    cents++;
  else if (fraction == 0.5)
    {
      double lost = fma (magnitude, 100, -scaled);

      if (lost > 0 || (lost == 0 && cents % 2 == 1))
        cents++;
    }

  if (value < 0 && cents > 0)
    buffer[n++] = '-';
  n += put_digits (buffer + n, cents / 100);
  buffer[n++] = '.';
  buffer[n++] = '0' + cents / 10 % 10;
  buffer[n++] = '0' + cents % 10;
  buffer[n] = '\0';
  return n;
}

/**
 * hp_compare_doubles:
 * @a: (not nullable): a double
 * @b: (not nullable): another
 *
 * The order that qsort() needs of doubles.
 *
 * Returns: less than, equal to or greater than 0: ascending, NaN last
 */
int
hp_compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  if (isnan (x) || isnan (y))
    return isnan (x) - isnan (y);
  return (x > y) - (x < y);
}

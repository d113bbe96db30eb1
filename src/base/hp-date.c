/* hp-date.c - calendar dates of year, month or day precision
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-date.h"

static int
days_in_month (int year, int month)
{
  return g_date_get_days_in_month (month, year);
}

/* Exactly `count` digits, or -1 */
static int
read_digits (const char *text, gsize count)
{
  int number = 0;

  for (gsize i = 0; i < count; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      number = number * 10 + (text[i] - '0');
    }
  return number;
}

/**
 * hp_date_parse:
 * @text: (array length=length): the text, not necessarily ended by a NUL
 * @length: how many bytes of it
 * @date: (out): the date
 *
 * Reads a date that all of @text has to be: `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (ISO 8601) of the
 * Gregorian calendar, in the years 1000 to 9999.
 *
 * Returns: whether it is one; @date is 0 if not
 */
gboolean
hp_date_parse (const char *text, gsize length, HpDate *date)
{
  int year, month = 0, day = 0;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);
  g_return_val_if_fail (date != NULL, FALSE);

  *date = 0;
  if (length != 4 && length != 7 && length != 10)
    return FALSE;
  year = read_digits (text, 4);
  if (year < 1000)
    return FALSE;
  if (length >= 7)
    {
      month = read_digits (text + 5, 2);
      if (text[4] != '-' || month < 1 || month > 12)
        return FALSE;
    }
  if (length == 10)
    {
      day = read_digits (text + 8, 2);
      if (text[7] != '-' || day < 1 || day > days_in_month (year, month))
        return FALSE;
    }
  *date = year * 10000 + month * 100 + day;
  return TRUE;
}

static void
put_digits (char *out, int number, int count)
{
  for (int i = count - 1; i >= 0; i--, number /= 10)
    out[i] = '0' + number % 10;
}

/**
 * hp_date_format:
 * @buffer: (out caller-allocates): room for %HP_DATE_BUFFER bytes
 * @date: a date, or 0
 *
 * Writes @date with the precision it has, ended by a NUL; no date is the empty text.
 *
 * Returns: its length without the NUL
 */
gsize
hp_date_format (char buffer[HP_DATE_BUFFER], HpDate date)
{
  gsize length = 0;

  buffer[0] = '\0';
  g_return_val_if_fail (date == 0 || (date >= 10000000 && date <= 99991231), 0);

  if (date != 0)
    {
      put_digits (buffer, date / 10000, 4);
      length = 4;
    }
  if (date / 100 % 100 != 0)
    {
      buffer[4] = '-';
      put_digits (buffer + 5, date / 100 % 100, 2);
      length = 7;
      if (date % 100 != 0)
        {
          buffer[7] = '-';
          put_digits (buffer + 8, date % 100, 2);
          length = 10;
        }
    }
  buffer[length] = '\0';
  return length;
}

/**
 * hp_date_year:
 * @date: a date, or 0
 *
 * Returns: its year, 0 for no date
 */
int
hp_date_year (HpDate date)
{
  return date / 10000;
}

/**
 * hp_date_month:
 * @date: a date, or 0
 *
 * Returns: its month, 1 to 12, or 0 if it is not known
 */
int
hp_date_month (HpDate date)
{
  return date / 100 % 100;
}

/**
 * hp_date_to_months:
 * @date: a date, or 0
 *
 * A date as a number that can be subtracted and averaged. A year alone counts as its middle, the
 * first of July; a month alone as its first day. Within a month the days are even parts of it.
 *
 * Returns: the time since 1 January of the year 0, in months; NaN for no date
 */
double
hp_date_to_months (HpDate date)
{
  int year = hp_date_year (date), month = hp_date_month (date), day = date % 100;

  if (date == 0)
    return NAN;
  if (month == 0)
    return year * 12.0 + 6;
  return year * 12.0 + (month - 1) + (day > 1 ? (day - 1) / (double) days_in_month (year, month) : 0);
}

/**
 * hp_date_to_years:
 * @date: a date, or 0
 *
 * Returns: hp_date_to_months() in years
 */
double
hp_date_to_years (HpDate date)
{
  return hp_date_to_months (date) / 12;
}

/* test-date.c - dates of three precisions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-date.h"

static HpDate
parse (const char *text)
{
  HpDate date = 7;

  if (hp_date_parse (text, strlen (text), &date))
    return date;
  g_assert_cmpint (date, ==, 0);
  return -1;
}

static void
test_parse (void)
{
  g_assert_cmpint (parse ("2010"), ==, 20100000);
  g_assert_cmpint (parse ("2010-05"), ==, 20100500);
  g_assert_cmpint (parse ("2010-05-31"), ==, 20100531);
  g_assert_cmpint (parse ("1000-01-01"), ==, 10000101);
  g_assert_cmpint (parse ("9999-12-31"), ==, 99991231);
  g_assert_cmpint (parse ("2000-02-29"), ==, 20000229);
  g_assert_cmpint (parse ("2008-02-29"), ==, 20080229);
}

static void
test_parse_refuses (void)
{
  static const char *const wrong[] = { "",
                                       "201",
                                       "20100",
                                       "0999",
                                       "0000",
                                       "2010-",
                                       "2010-5",
                                       "2010-00",
                                       "2010-13",
                                       "2010/05",
                                       "2010-05-",
                                       "2010-05-1",
                                       "2010-05-00",
                                       "2010-05-32",
                                       "2010-04-31",
                                       "1900-02-29",
                                       "2010-02-29",
                                       "2010-05/01",
                                       "2010 05",
                                       "2O10",
                                       "2010-05-01 ",
                                       "+201",
                                       "2010-+5",
                                       " 2010",
                                       "05/01/2010",
                                       "2010-05-01T00:00",
                                       "201005",
                                       "20100501",
                                       NULL };

  for (gsize i = 0; wrong[i] != NULL; i++)
    {
      g_test_message ("'%s'", wrong[i]);
      g_assert_cmpint (parse (wrong[i]), ==, -1);
    }
}

static void
test_format (void)
{
  static const char *const texts[] = { "2010", "2010-05", "2010-05-07", "1000-01-01", "9999-12-31", NULL };
  char buffer[HP_DATE_BUFFER];

  for (gsize i = 0; texts[i] != NULL; i++)
    {
      g_assert_cmpuint (hp_date_format (buffer, parse (texts[i])), ==, strlen (texts[i]));
      g_assert_cmpstr (buffer, ==, texts[i]);
    }
  g_assert_cmpuint (hp_date_format (buffer, 0), ==, 0);
  g_assert_cmpstr (buffer, ==, "");
}

static void
test_parts (void)
{
  g_assert_cmpint (hp_date_year (20100507), ==, 2010);
  g_assert_cmpint (hp_date_month (20100507), ==, 5);
  g_assert_cmpint (hp_date_month (20100000), ==, 0);
  g_assert_cmpint (hp_date_year (0), ==, 0);
}

static void
test_months (void)
{
  g_assert_cmpfloat (hp_date_to_months (20100101), ==, 2010 * 12);
  g_assert_cmpfloat (hp_date_to_months (20100100), ==, 2010 * 12);
  g_assert_cmpfloat (hp_date_to_months (20100000), ==, 2010 * 12 + 6);
  g_assert_cmpfloat (hp_date_to_months (20100700), ==, hp_date_to_months (20100000));
  g_assert_cmpfloat (hp_date_to_months (20100416), ==, 2010 * 12 + 3.5);
  g_assert_cmpfloat (hp_date_to_years (20100700), ==, 2010.5);
  g_assert_true (isnan (hp_date_to_months (0)));
  g_assert_true (isnan (hp_date_to_years (0)));
}

/* Day after day, time goes forward, and no day is longer than 1/28 month. */
static void
test_months_in_order (void)
{
  g_autoptr (GDate) day = g_date_new_dmy (1, G_DATE_JANUARY, 1999);
  double before = hp_date_to_months (19990101);

  for (int i = 0; i < 3000; i++)
    {
      char text[HP_DATE_BUFFER];
      double months;

      g_date_add_days (day, 1);
      g_date_strftime (text, sizeof text, "%Y-%m-%d", day);
      months = hp_date_to_months (parse (text));
      g_assert_cmpfloat (months, >, before);
      g_assert_cmpfloat (months - before, <, 1 / 27.9);
      before = months;
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/date/parse", test_parse);
  g_test_add_func ("/date/parse/refuses", test_parse_refuses);
  g_test_add_func ("/date/format", test_format);
  g_test_add_func ("/date/parts", test_parts);
  g_test_add_func ("/date/months", test_months);
  g_test_add_func ("/date/months/in-order", test_months_in_order);

  return g_test_run ();
}

/* test-attribute.c - reading what somebody wrote of a house, and writing it again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-attribute.h"
#include "hp-error.h"

static char *choices[] = { (char *) "North End", (char *) "Suburb", (char *) "Île Sud", NULL };
static guint32 counts[] = { 3, 4, 5 };

static const HpAttribute area = { .name = (char *) "area",
                                  .label = (char *) "Area",
                                  .unit = (char *) "m²",
                                  .type = HP_COLUMN_NUMBER,
                                  .min = 10,
                                  .max = 1000 };
static const HpAttribute rooms
  = { .name = (char *) "rooms", .type = HP_COLUMN_INTEGER, .min = -INFINITY, .max = INFINITY };
static const HpAttribute sold = { .name = (char *) "sold", .type = HP_COLUMN_DATE, .min = 20000000, .max = 20101231 };
static const HpAttribute place
  = { .name = (char *) "place", .type = HP_COLUMN_CATEGORY, .choices = choices, .choice_counts = counts };

static double
read_text (const HpAttribute *attribute, const char *text)
{
  g_autoptr (GError) error = NULL;
  double value = -1;
  gboolean ok = hp_attribute_read_text (attribute, text, strlen (text), &value, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  return value;
}

static void
refuse_text (const HpAttribute *attribute, const char *text, gsize length, const char *message)
{
  g_autoptr (GError) error = NULL;
  double value = -1;

  g_assert_false (hp_attribute_read_text (attribute, text, length, &value, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_ATTRIBUTE);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpstr (hp_error_get_field (error), ==, attribute->name);
  /* Without anybody to tell, on the hot path */
  g_assert_false (hp_attribute_read_text (attribute, text, length, &value, NULL));
}

static void
refuse (const HpAttribute *attribute, const char *text, const char *message)
{
  refuse_text (attribute, text, strlen (text), message);
}

static void
test_numbers (void)
{
  double value;

  g_assert_cmpfloat (read_text (&area, "80"), ==, 80);
  g_assert_cmpfloat (read_text (&area, " \t80.25\n"), ==, 80.25);
  g_assert_cmpfloat (read_text (&area, "8e1"), ==, 80);
  g_assert_cmpfloat (read_text (&area, "10"), ==, 10);
  g_assert_cmpfloat (read_text (&area, "1000"), ==, 1000);
  g_assert_cmpfloat (read_text (&rooms, "3"), ==, 3);
  g_assert_cmpfloat (read_text (&rooms, "3.0"), ==, 3);
  g_assert_cmpfloat (read_text (&rooms, "-2"), ==, -2);
  /* Need not end with NUL */
  g_assert_true (hp_attribute_read_text (&area, "8099", 2, &value, NULL));
  g_assert_cmpfloat (value, ==, 80);

  refuse (&area, "eighty", "area: \"eighty\" is not a number");
  refuse (&area, "80 m²", "area: \"80 m²\" is not a number");
  refuse (&area, "80,5", "area: \"80,5\" is not a number");
  refuse (&area, "inf", "area: \"inf\" is not a number");
  refuse (&area, "1e999", "area: \"1e999\" is not a number");
  refuse (&area, "\x1b[31m\xff", "area: \"\\x1b[31m\\xff\" is not a number");
  refuse_text (&area,
               "8\0"
               "0",
               3, "area: \"8\\x000\" is not a number");
  refuse (&rooms, "2.5", "rooms: \"2.5\" is not a whole number");
  refuse (&rooms, "two", "rooms: \"two\" is not a whole number");
}

static void
test_long_text (void)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autofree char *shown = g_strnfill (59, 'x');
  g_autofree char *message = g_strdup_printf ("area: \"%s…\" is not a number", shown);

  refuse (&area, text, message);
}

static void
test_limits (void)
{
  refuse (&area, "9.99", "area: 9.99 is below the least allowed, 10 m²");
  refuse (&area, "1001", "area: 1001 is above the most allowed, 1000 m²");
  refuse (&sold, "1999-12-31", "sold: 1999-12-31 is below the least allowed, 2000");
  refuse (&sold, "2011", "sold: 2011 is above the most allowed, 2010-12-31");
  g_assert_cmpfloat (read_text (&sold, "2010-12-31"), ==, 20101231);
}

static void
test_dates (void)
{
  g_assert_cmpfloat (read_text (&sold, "2010"), ==, 20100000);
  g_assert_cmpfloat (read_text (&sold, "2010-05"), ==, 20100500);
  g_assert_cmpfloat (read_text (&sold, " 2010-05-17 "), ==, 20100517);
  refuse (&sold, "2010-13", "sold: \"2010-13\" is not a date (YYYY, YYYY-MM or YYYY-MM-DD)");
  refuse (&sold, "2010-02-30", "sold: \"2010-02-30\" is not a date (YYYY, YYYY-MM or YYYY-MM-DD)");
  refuse (&sold, "17/05/2010", "sold: \"17/05/2010\" is not a date (YYYY, YYYY-MM or YYYY-MM-DD)");
}

static void
test_missing (void)
{
  static const char *const spellings[] = { "", "  ", "NA", "n/a", "NaN", "null", "none", "-", "?", ".", " NA " };
  const HpAttribute *const attributes[] = { &area, &rooms, &sold };

  for (gsize a = 0; a < G_N_ELEMENTS (attributes); a++)
    for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
      if (!isnan (read_text (attributes[a], spellings[i])))
        g_error ("“%s” is a value of %s", spellings[i], attributes[a]->name);
}

static void
check_number (const HpAttribute *attribute, double number, double expected, const char *message)
{
  g_autoptr (GError) error = NULL;
  double value = -1;
  gboolean ok = hp_attribute_read_number (attribute, number, &value, &error);

  if (message == NULL)
    {
      g_assert_no_error (error);
      g_assert_true (ok);
      g_assert_cmpfloat (value, ==, expected);
      return;
    }
  g_assert_false (ok);
  g_assert_error (error, HP_ERROR, HP_ERROR_BAD_ATTRIBUTE);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpstr (hp_error_get_field (error), ==, attribute->name);
  g_assert_false (hp_attribute_read_number (attribute, number, &value, NULL));
}

static void
test_given_numbers (void)
{
  static const struct
  {
    double number;
    const char *written;
  } no_dates[] = { { 999, "999" },           { 2010.5, "2010.5" }, { 20101399, "20101399" }, { 20100230, "20100230" },
                   { 99991232, "99991232" }, { 1e300, "1e300" },   { -2010, "-2010" },       { 10000, "10000" } };

  check_number (&area, 80.5, 80.5, NULL);
  check_number (&rooms, 3, 3, NULL);
  check_number (&sold, 2010, 20100000, NULL);
  check_number (&sold, 20100517, 20100517, NULL);
  check_number (&sold, 20100500, 20100500, NULL);

  check_number (&area, 5, 0, "area: 5 is below the least allowed, 10 m²");
  check_number (&area, NAN, 0, "area: \"inf\" is not a number");
  check_number (&area, INFINITY, 0, "area: \"inf\" is not a number");
  check_number (&area, -INFINITY, 0, "area: \"-inf\" is not a number");
  check_number (&rooms, 2.5, 0, "rooms: \"2.5\" is not a whole number");
  for (gsize i = 0; i < G_N_ELEMENTS (no_dates); i++)
    {
      g_autofree char *message
        = g_strdup_printf ("sold: \"%s\" is not a date (YYYY, YYYY-MM or YYYY-MM-DD)", no_dates[i].written);

      check_number (&sold, no_dates[i].number, 0, message);
    }
}

static void
test_choices (void)
{
  const HpAttribute none = { .type = HP_COLUMN_CATEGORY };

  g_assert_cmpuint (hp_attribute_get_n_choices (&place), ==, 3);
  g_assert_cmpuint (hp_attribute_get_n_choices (&area), ==, 0);
  g_assert_cmpint (hp_attribute_find_choice (&place, "Suburb", 6), ==, 1);
  g_assert_cmpint (hp_attribute_find_choice (&place, "  north   END ", 14), ==, 0);
  g_assert_cmpint (hp_attribute_find_choice (&place, "île sud", strlen ("île sud")), ==, 2);
  g_assert_cmpint (hp_attribute_find_choice (&place, "Suburban", 6), ==, 1);
  g_assert_cmpint (hp_attribute_find_choice (&place, "Suburban", 8), ==, -1);
  g_assert_cmpint (hp_attribute_find_choice (&place, "", 0), ==, -1);
  g_assert_cmpint (hp_attribute_find_choice (&none, "Suburb", 6), ==, -1);
}

static void
check_format (const HpAttribute *attribute, double value, const char *expected)
{
  g_autofree char *text = hp_attribute_format (attribute, value);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  static const double numbers[] = { 80, 80.25, 0.1 + 0.2 + 10, 999.9999999999999 };
  static const double dates[] = { 20100000, 20100500, 20100517 };

  check_format (&area, 80.5, "80.5");
  check_format (&sold, 20100500, "2010-05");
  check_format (&place, 2, "Île Sud");
  check_format (&place, 3, "");
  check_format (&place, -1, "");
  check_format (&area, NAN, "");
  check_format (&area, INFINITY, "");
  check_format (&sold, NAN, "");
  check_format (&place, NAN, "");

  /* What is formatted is read as the same */
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = hp_attribute_format (&area, numbers[i]);

      g_assert_cmpfloat (read_text (&area, text), ==, numbers[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *text = hp_attribute_format (&sold, dates[i]);

      g_assert_cmpfloat (read_text (&sold, text), ==, dates[i]);
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = hp_attribute_format (&place, i);

      g_assert_cmpint (hp_attribute_find_choice (&place, text, strlen (text)), ==, i);
    }
}

static void
test_copy (void)
{
  g_autoptr (HpAttribute) number = hp_attribute_copy (&area), category = hp_attribute_copy (&place);

  g_assert_cmpstr (number->name, ==, "area");
  g_assert_true (number->name != area.name);
  g_assert_cmpstr (number->unit, ==, "m²");
  g_assert_null (number->choices);
  g_assert_null (number->choice_counts);
  g_assert_cmpfloat (number->max, ==, 1000);
  g_assert_cmpuint (hp_attribute_get_n_choices (category), ==, 3);
  g_assert_true (category->choices[0] != place.choices[0]);
  g_assert_cmpmem (category->choice_counts, sizeof counts, counts, sizeof counts);
  hp_attribute_free (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/attribute/numbers", test_numbers);
  g_test_add_func ("/attribute/long-text", test_long_text);
  g_test_add_func ("/attribute/limits", test_limits);
  g_test_add_func ("/attribute/dates", test_dates);
  g_test_add_func ("/attribute/missing", test_missing);
  g_test_add_func ("/attribute/given-numbers", test_given_numbers);
  g_test_add_func ("/attribute/choices", test_choices);
  g_test_add_func ("/attribute/format", test_format);
  g_test_add_func ("/attribute/copy", test_copy);

  return g_test_run ();
}

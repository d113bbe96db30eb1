/* test-number-text.c - numbers that people type, in their locale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>
#include <math.h>

#include "hp-attribute-text.h"
#include "hp-file.h"
#include "hp-number-text.h"

static const HpAttribute area
  = { .type = HP_COLUMN_NUMBER, .unit = (char *) "m²", .seen_min = 334, .seen_max = 5642, .impute = 1442 };
static const HpAttribute year = { .type = HP_COLUMN_INTEGER, .seen_min = 1872, .seen_max = 2010, .impute = 1973 };
static const HpAttribute lot = { .type = HP_COLUMN_INTEGER, .seen_min = 1300, .seen_max = 215245, .impute = 9436 };

static void
assert_shown (const char *plain, const HpAttribute *attribute, const char *expected)
{
  g_autofree char *shown = hp_attribute_text_number (attribute, plain);

  g_assert_cmpstr (shown, ==, expected);
}

static void
assert_read (const char *typed, const char *expected)
{
  g_autofree char *plain = hp_number_text_read (typed);

  g_assert_cmpstr (plain, ==, expected);
}

static void
test_show (void)
{
  assert_shown ("1656", &area, "1,656");
  assert_shown ("1656.50", &area, "1,656.50");
  assert_shown ("-121.434879", &area, "−121.434879");
  assert_shown ("1973", &year, "1973");
  assert_shown ("12345", &year, "12,345");
  assert_shown ("-5", &year, "−5");
  assert_shown ("10042", &lot, "10,042");
  /* What is no number stays what it is */
  assert_shown ("", &area, "");
  assert_shown ("big", &area, "big");
  assert_shown ("1e9", &area, "1e9");
  assert_shown ("12345678901234567890", &area, "12345678901234567890");
}

static void
test_read (void)
{
  assert_read ("1656", "1656");
  assert_read (" 1,656 ", "1656");
  assert_read ("1,234,567.25", "1234567.25");
  assert_read ("1 656", "1656");
  assert_read ("1\u202f656", "1656");
  assert_read ("1’656", "1656");
  assert_read ("−121.43", "-121.43");
  assert_read ("2.", "2");
  assert_read (".5", "0.5");
  /* No number of this locale: as it was typed, for the form to refuse */
  assert_read ("1,5", "1,5");
  assert_read ("1,65", "1,65");
  assert_read ("1,6567", "1,6567");
  assert_read (",656", ",656");
  assert_read ("1.2.3", "1.2.3");
  assert_read ("big", "big");
  assert_read ("0x10", "0x10");
  assert_read ("nan", "nan");
  assert_read ("-", "-");
  assert_read (".", ".");
  assert_read ("", "");
}

static void
test_round_trip (void)
{
  static const char *const plain[] = { "0", "7", "999", "1000", "1656.5", "-121.434879", "123456789.123", "0.005" };

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      g_autofree char *shown = hp_attribute_text_number (&area, plain[i]);

      assert_read (shown, plain[i]);
    }
}

/* Systems without a German locale are the rule: one is made here */
static void
make_german (const char *folder)
{
  g_autofree char *locale = g_build_filename (folder, "de_DE.UTF-8", NULL);
  const char *const command[] = { "localedef", "-i", "de_DE", "-f", "UTF-8", locale, NULL };

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                NULL, NULL);
  g_setenv ("LOCPATH", folder, TRUE);
}

/* Points and commas change places */
static void
test_decimal_comma (void)
{
  g_autofree char *folder = g_dir_make_tmp ("hp-locale-XXXXXX", NULL);

  make_german (folder);
  g_assert_nonnull (setlocale (LC_NUMERIC, "de_DE.UTF-8"));
  assert_shown ("1656.5", &area, "1.656,5");
  assert_read ("1.656,5", "1656.5");
  assert_read ("1.656", "1656");
  assert_read ("2,5", "2.5");
  /* Three digits would be a group; fewer can only be meant as decimals */
  assert_read ("2.5", "2.5");
  assert_read ("1,656.5", "1,656.5");
  test_round_trip ();
  setlocale (LC_NUMERIC, "C.UTF-8");
  g_unsetenv ("LOCPATH");
  g_assert_true (hp_file_remove_tree (folder, NULL));
}

static void
test_step (void)
{
  HpAttribute baths = { .type = HP_COLUMN_NUMBER, .seen_min = 1, .seen_max = 7.5, .impute = 2 };
  HpAttribute latitude = { .type = HP_COLUMN_NUMBER, .seen_min = 38.2415, .seen_max = 39.0206, .impute = 38.625 };
  HpAttribute unknown = { .type = HP_COLUMN_NUMBER, .seen_min = NAN, .seen_max = NAN, .impute = NAN };
  HpAttribute constant = { .type = HP_COLUMN_NUMBER, .seen_min = 5, .seen_max = 5, .impute = 5 };

  g_assert_cmpfloat (hp_number_text_step (&year), ==, 1);
  g_assert_cmpfloat (hp_number_text_step (&lot), ==, 1);
  g_assert_cmpfloat (hp_number_text_step (&area), ==, 50);
  g_assert_cmpfloat (hp_number_text_step (&baths), ==, 0.5);
  g_assert_cmpfloat_with_epsilon (hp_number_text_step (&latitude), 0.005, 1e-12);
  g_assert_cmpfloat (hp_number_text_step (&unknown), ==, 1);
  g_assert_cmpfloat (hp_number_text_step (&constant), ==, 1);
}

static void
test_plain (void)
{
  g_autofree char *sum = hp_number_text_plain (0.1 + 0.2);
  g_autofree char *whole = hp_number_text_plain (1692);
  g_autofree char *large = hp_number_text_plain (12345678901.5);

  g_assert_cmpstr (sum, ==, "0.3");
  g_assert_cmpstr (whole, ==, "1692");
  g_assert_cmpstr (large, ==, "12345678901.5");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number-text/show", test_show);
  g_test_add_func ("/number-text/read", test_read);
  g_test_add_func ("/number-text/round-trip", test_round_trip);
  g_test_add_func ("/number-text/decimal-comma", test_decimal_comma);
  g_test_add_func ("/number-text/step", test_step);
  g_test_add_func ("/number-text/plain", test_plain);
  return g_test_run ();
}

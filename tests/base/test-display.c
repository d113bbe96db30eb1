/* test-display.c - numbers as people read them, where decimals have points and where they have commas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "hp-display.h"
#include "hp-file.h"

static char *locales; /* a folder */

/* How glibc's locale of that name writes numbers and money, compiled here: no machine is asked to have it */
static void
use_locale (const char *name)
{
  g_autofree char *source = g_strconcat (locales, "/", name, ".source", NULL);
  g_autofree char *compiled = g_strconcat (locales, "/", name, ".UTF-8", NULL);
  g_autofree char *text = g_strdup_printf ("LC_NUMERIC\ncopy \"%s\"\nEND LC_NUMERIC\n"
                                           "LC_MONETARY\ncopy \"%s\"\nEND LC_MONETARY\n"
                                           "LC_CTYPE\ncopy \"POSIX\"\nEND LC_CTYPE\n",
                                           name, name);
  const char *argv[] = { "localedef", "-c", "-i", source, "-f", "UTF-8", compiled, NULL };
  const GSpawnFlags quiet = G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (source, text, -1, NULL));
  g_spawn_sync (NULL, (char **) argv, NULL, quiet, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_setenv ("LOCPATH", locales, TRUE);
  g_assert_nonnull (setlocale (LC_NUMERIC, strrchr (compiled, '/') + 1));
  g_assert_nonnull (setlocale (LC_MONETARY, strrchr (compiled, '/') + 1));
}

static void
check (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_number (void)
{
  g_autofree char *huge = hp_display_number (1e300, 0);

  check (hp_display_number (0, 0), "0");
  check (hp_display_number (999, 0), "999");
  check (hp_display_number (1000, 0), "1,000");
  check (hp_display_number (1234567.891, 2), "1,234,567.89");
  check (hp_display_number (-1234.5, 1), "−1,234.5");
  check (hp_display_number (0.5, 3), "0.500");
  check (hp_display_number (999.9, 0), "1,000");
  /* What is rounded to nothing has no sign */
  check (hp_display_number (-0.4, 0), "0");
  check (hp_display_number (-0.004, 2), "0.00");
  check (hp_display_number (-0.0, 1), "0.0");
  check (hp_display_number (-0.006, 2), "−0.01");
  check (hp_display_number (-100, 0), "−100");
  check (hp_display_number (NAN, 2), "–");
  check (hp_display_number (INFINITY, 0), "–");
  check (hp_display_number (-INFINITY, 0), "–");
  /* No more digits than a double has to show, none fewer than none */
  check (hp_display_number (1.5, 12), "1.500000000");
  check (hp_display_number (1.4, -1), "1");
  g_assert_cmpuint (strlen (huge), ==, 401);
}

static void
test_others (void)
{
  check (hp_display_count (0), "0");
  check (hp_display_count (2930), "2,930");
  check (hp_display_percent (0.634, 0), "63 %");
  check (hp_display_percent (0.634, 1), "63.4 %");
  check (hp_display_percent (-0.05, 0), "−5 %");
  check (hp_display_percent (NAN, 1), "–");
  check (hp_display_duration (0), "0.0 s");
  check (hp_display_duration (0.44), "0.4 s");
  check (hp_display_duration (12.4), "12 s");
  check (hp_display_duration (185.9), "3:05 min");
  check (hp_display_duration (7200), "120:00 min");
}

static void
test_price (void)
{
  check (hp_display_price (178123.4, "USD"), "$178,123");
  check (hp_display_price (-2100, "USD"), "−$2,100");
  check (hp_display_price (178123, "EUR"), "€178,123");
  check (hp_display_price (178123, "CHF"), "178,123 CHF");
  check (hp_display_price (178123, NULL), "178,123");
  check (hp_display_price (NAN, "USD"), "–");
  check (hp_display_price (NAN, NULL), "–");
  check (hp_display_price_rounded (178151, 100, "USD"), "$178,200");
  check (hp_display_price_rounded (178149, 100, "GBP"), "£178,100");
  check (hp_display_price_rounded (40, 100, "USD"), "$0");
}

/* Decimal commas, points between groups, the sign of the currency after the number */
static void
test_german (void)
{
  use_locale ("de_DE");
  check (hp_display_number (1234567.891, 2), "1.234.567,89");
  check (hp_display_number (-0.5, 1), "−0,5");
  check (hp_display_percent (0.634, 1), "63,4 %");
  check (hp_display_duration (0.44), "0,4 s");
  check (hp_display_price (178123, "EUR"), "178.123 €");
  check (hp_display_price (-2100, "USD"), "−2.100 $");
  setlocale (LC_ALL, "C.UTF-8");
}

/* Groups of other sizes, and none */
static void
test_groups (void)
{
  use_locale ("en_IN");
  check (hp_display_number (123456789, 0), "12,34,56,789");
  check (hp_display_price (123456, "INR"), "₹1,23,456");
  use_locale ("pt_PT");
  check (hp_display_number (1234567.5, 1), "1234567,5");
  setlocale (LC_ALL, "C.UTF-8");
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "C.UTF-8");
  locales = g_dir_make_tmp ("hp-locales-XXXXXX", NULL);
  g_assert_nonnull (locales);

  g_test_add_func ("/display/number", test_number);
  g_test_add_func ("/display/others", test_others);
  g_test_add_func ("/display/price", test_price);
  g_test_add_func ("/display/german", test_german);
  g_test_add_func ("/display/groups", test_groups);

  status = g_test_run ();
  hp_file_remove_tree (locales, NULL);
  g_free (locales);
  return status;
}

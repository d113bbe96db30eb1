/* test-number.c - numbers in and out, against Python's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "golden.h"
#include "hp-number.h"
#include "hp-random.h"

static void
check_parsed (char **fields)
{
  double value, expected = golden_double (fields[1]);
  float single, expected_single = golden_float (fields[2]);
  g_autofree char *copy = NULL;

  g_assert_true (hp_number_parse (fields[0], strlen (fields[0]), &value));
  assert_same (value, expected);
  single = (float) value;
  assert_same (single, expected_single);

  /* Only `length` bytes are looked at. */
  copy = g_strconcat (fields[0], "7", NULL);
  g_assert_true (hp_number_parse (copy, strlen (fields[0]), &value));
  assert_same (value, expected);
}

static void
test_parse (void)
{
  golden_foreach ("numbers.tsv", 600, check_parsed);
}

static void
test_parse_refuses (void)
{
  static const char *const wrong[] = { "",         " ",
                                       " 1",       "1 ",
                                       "+",        "-",
                                       ".",        ".5",
                                       "5.",       "1..2",
                                       "1.2.3",    "--1",
                                       "+-1",      "1e",
                                       "1e+",      "e5",
                                       "1e5.",     "1e1.5",
                                       "0x10",     "1,000",
                                       "1,5",      "1_000",
                                       "inf",      "-inf",
                                       "nan",      "NaN",
                                       "Infinity", "1e309",
                                       "-1e309",   "1e99999999999999999999",
                                       "1f",       "1d",
                                       "１",       "1\n",
                                       "$1",       "1%",
                                       "1.e5",     "179769313486231590000e288",
                                       NULL };
  double value;

  for (gsize i = 0; wrong[i] != NULL; i++)
    {
      value = 5;
      g_test_message ("'%s'", wrong[i]);
      g_assert_false (hp_number_parse (wrong[i], strlen (wrong[i]), &value));
      g_assert_cmpfloat (value, ==, 0);
    }
  g_assert_false (hp_number_parse ("1\0", 2, &value));
  g_assert_false (hp_number_parse ("1\0002", 3, &value));
  g_assert_false (hp_number_parse (NULL, 0, &value));
}

static void
test_parse_limit (void)
{
  g_autofree char *digits = g_strnfill (401, '1');
  double value;

  memcpy (digits, "0.", 2);
  g_assert_true (hp_number_parse (digits, 400, &value));
  g_assert_cmpfloat (value, ==, 1 / 9.0);
  g_assert_false (hp_number_parse (digits, 401, &value));
}

static void
check_double (char **fields)
{
  char buffer[HP_NUMBER_BUFFER];
  double value = golden_double (fields[0]), back;
  gsize length = hp_number_format (buffer, value);

  g_assert_cmpstr (buffer, ==, fields[1]);
  g_assert_cmpuint (length, ==, strlen (buffer));
  g_assert_true (hp_number_parse (buffer, length, &back));
  assert_same (back, value);
}

static void
test_format (void)
{
  golden_foreach ("doubles.tsv", 2000, check_double);
}

static void
check_float (char **fields)
{
  char buffer[HP_NUMBER_BUFFER];
  float value = golden_float (fields[0]), single;
  gsize length = hp_number_format_float (buffer, value);
  double back;

  g_assert_cmpstr (buffer, ==, fields[1]);
  g_assert_cmpuint (length, ==, strlen (buffer));
  g_assert_true (hp_number_parse (buffer, length, &back));
  single = (float) back;
  assert_same (single, value);
}

static void
test_format_float (void)
{
  golden_foreach ("floats.tsv", 2000, check_float);
}

/* What the C library finds by trying one precision after the other */
static void
slow_float (char buffer[HP_NUMBER_BUFFER], float value)
{
  for (int digits = 6; digits <= 9; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, HP_NUMBER_BUFFER, format, value);
      if ((float) g_ascii_strtod (buffer, NULL) == value)
        return;
    }
}

/* The fast way for floats has to choose the same digits as the slow one, over all sizes and both signs. */
static void
test_format_float_fast (void)
{
  HpRandom random;

  hp_random_init (&random, 1, 0);
  for (int i = 0; i < 200000; i++)
    {
      char fast[HP_NUMBER_BUFFER], slow[HP_NUMBER_BUFFER];
      float value = (float) (ldexp (hp_random_double (&random) - 0.5, (int) hp_random_below (&random, 34) - 12));

      if (fabsf (value) < 1e-4f || value == floorf (value))
        continue;
      hp_number_format_float (fast, value);
      slow_float (slow, value);
      g_assert_cmpstr (fast, ==, slow);
    }
}

static void
check_cents (char **fields)
{
  char buffer[HP_NUMBER_BUFFER];
  gsize length = hp_number_format_cents (buffer, golden_double (fields[0]));

  g_assert_cmpstr (buffer, ==, fields[1]);
  g_assert_cmpuint (length, ==, strlen (buffer));
}

static void
test_format_cents (void)
{
  char buffer[HP_NUMBER_BUFFER];

  golden_foreach ("cents.tsv", 2000, check_cents);

  /* Beyond any price it still writes a number, and stays within the buffer. */
  hp_number_format_cents (buffer, -DBL_MAX);
  g_assert_cmpstr (buffer, ==, "-1.7976931348623157e308");
}

static void
test_comma_locale (void)
{
  char buffer[HP_NUMBER_BUFFER];
  double value;
  /* Absent locales leave the one that is set: then this repeats what holds anyway. */
  const char *locale = setlocale (LC_NUMERIC, "de_DE.UTF-8");

  g_test_message ("locale: %s", locale != NULL ? locale : "none with a comma");
  hp_number_format (buffer, 1234.5678901234567);
  g_assert_cmpstr (buffer, ==, "1234.5678901234567");
  hp_number_format_float (buffer, 1.5e-7f);
  g_assert_cmpstr (buffer, ==, "1.5e-7");
  hp_number_format_cents (buffer, 1234.5);
  g_assert_cmpstr (buffer, ==, "1234.50");
  g_assert_true (hp_number_parse ("1234567890.123456789012", 23, &value));
  g_assert_cmpfloat (value, ==, 1234567890.123456789012);
  setlocale (LC_NUMERIC, "C");
}

static void
not_finite (void)
{
  char buffer[HP_NUMBER_BUFFER] = "x";

  hp_number_format (buffer, NAN);
}

static void
test_not_finite (void)
{
  if (g_test_subprocess ())
    {
      not_finite ();
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*isfinite*failed*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/number/parse", test_parse);
  g_test_add_func ("/number/parse/refuses", test_parse_refuses);
  g_test_add_func ("/number/parse/limit", test_parse_limit);
  g_test_add_func ("/number/format", test_format);
  g_test_add_func ("/number/format/float", test_format_float);
  g_test_add_func ("/number/format/float/fast", test_format_float_fast);
  g_test_add_func ("/number/format/cents", test_format_cents);
  g_test_add_func ("/number/comma-locale", test_comma_locale);
  g_test_add_func ("/number/not-finite", test_not_finite);

  return g_test_run ();
}

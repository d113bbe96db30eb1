/* test-text.c - keys, printable text, distances and suggestions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "golden.h"
#include "hp-random.h"
#include "hp-text.h"

static char *
from_hex (const char *hex)
{
  gsize n = strlen (hex) / 2;
  char *text = g_malloc0 (n + 1);

  for (gsize i = 0; i < n; i++)
    text[i] = (char) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  return text;
}

static void
check_key (char **fields)
{
  g_autofree char *text = from_hex (fields[0]);
  g_autofree char *expected = from_hex (fields[1]);
  g_autofree char *longer = g_strconcat (text, "garbage", NULL);
  g_autofree char *key = hp_text_key (text, -1);
  g_autofree char *bounded = hp_text_key (longer, strlen (text));

  g_assert_cmpstr (key, ==, expected);
  g_assert_cmpstr (bounded, ==, expected);
}

static void
test_key (void)
{
  golden_foreach ("keys.tsv", 20, check_key);
}

static void
test_key_invalid (void)
{
  g_autofree char *broken = hp_text_key ("A\xff"
                                         "B",
                                         -1);
  g_autofree char *nul = hp_text_key ("A\0B", 3);
  g_autofree char *none = hp_text_key (NULL, 0);

  g_assert_cmpstr (broken, ==, "a\357\277\275b");
  g_assert_cmpstr (nul, ==, "a\357\277\275b");
  g_assert_cmpstr (none, ==, "");
}

/* A key is its own key, for every character and for pairs of them. */
static void
test_key_idempotent (void)
{
  HpRandom random;

  hp_random_init (&random, 3, 0);
  for (gunichar c = 1; c < 0x30000; c++)
    {
      char text[16];
      gunichar second = 1 + hp_random_below (&random, 0x2ffff);
      int n;
      g_autofree char *key = NULL;
      g_autofree char *again = NULL;

      if (!g_unichar_validate (c) || !g_unichar_validate (second))
        continue;
      n = g_unichar_to_utf8 (c, text);
      n += g_unichar_to_utf8 (second, text + n);
      key = hp_text_key (text, n);
      again = hp_text_key (key, -1);
      if (strcmp (key, again) != 0)
        g_error ("U+%04X U+%04X: %s", c, second, key);
    }
}

static void
check_printable (const char *text, gssize length, gsize max_chars, const char *expected)
{
  g_autofree char *shown = hp_text_printable (text, length, max_chars);
  g_autofree char *again = hp_text_printable (shown, -1, max_chars);

  g_assert_cmpstr (shown, ==, expected);
  g_assert_cmpstr (again, ==, expected);
}

static void
test_printable (void)
{
  check_printable ("North Ames, 12\\3 é 東京 😀", -1, 0, "North Ames, 12\\3 é 東京 😀");
  check_printable ("\x1b[31mred\x1b[0m", -1, 0, "\\x1b[31mred\\x1b[0m");
  check_printable ("a\tb\nc\r\x7f", -1, 0, "a\\x09b\\x0ac\\x0d\\x7f");
  check_printable ("a\xff\xc3", -1, 0, "a\\xff\\xc3");
  check_printable ("a\0b", 3, 0, "a\\x00b");
  check_printable ("\xc2\x85\u202eabc\u2066\u200f\ufeff", -1, 0, "\\u0085\\u202eabc\\u2066\\u200f\\ufeff");
  check_printable ("\U000e0041", -1, 0, "\\U000e0041");
  check_printable ("\u2028", -1, 0, "\\u2028");
  check_printable ("", -1, 5, "");
  check_printable (NULL, 0, 0, "");
}

static void
test_printable_cut (void)
{
  check_printable ("abcde", -1, 5, "abcde");
  check_printable ("abcdef", -1, 5, "abcd…");
  check_printable ("éééééé", -1, 5, "éééé…");
  check_printable ("abcdef", -1, 1, "…");
  /* An escape is not cut in two. */
  check_printable ("ab\x1b\x1b", -1, 6, "ab…");
  check_printable ("ab\x1b", -1, 6, "ab\\x1b");
}

/* Whatever the bytes, what comes out is valid, has no control characters and is short enough. */
static void
test_printable_any (void)
{
  HpRandom random;

  hp_random_init (&random, 4, 0);
  for (int i = 0; i < 20000; i++)
    {
      char bytes[24];
      gsize n = hp_random_below (&random, sizeof bytes), max = hp_random_below (&random, 30);
      g_autofree char *shown = NULL;

      for (gsize j = 0; j < n; j++)
        bytes[j] = (char) hp_random_below (&random, 256);
      shown = hp_text_printable (bytes, n, max);
      g_assert_true (g_utf8_validate (shown, -1, NULL));
      if (max > 0)
        g_assert_cmpint (g_utf8_strlen (shown, -1), <=, max);
      for (const char *p = shown; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
    }
}

static void
test_distance (void)
{
  g_autofree char *longest = g_strnfill (256, 'a');
  g_autofree char *too_long = g_strnfill (257, 'a');

  g_assert_cmpuint (hp_text_distance ("", ""), ==, 0);
  g_assert_cmpuint (hp_text_distance ("", "abc"), ==, 3);
  g_assert_cmpuint (hp_text_distance ("kitten", "sitting"), ==, 3);
  g_assert_cmpuint (hp_text_distance ("sqft", "sfqt"), ==, 1);
  g_assert_cmpuint (hp_text_distance ("ca", "abc"), ==, 3); /* restricted: nothing is edited twice */
  g_assert_cmpuint (hp_text_distance ("é", "e"), ==, 1);
  g_assert_cmpuint (hp_text_distance ("東京都", "東都京"), ==, 1);
  g_assert_cmpuint (hp_text_distance (longest, "b"), ==, 256);
  g_assert_cmpuint (hp_text_distance (too_long, "a"), ==, 257);
  g_assert_cmpuint (hp_text_distance (too_long, too_long), ==, 0);
}

/* Symmetric, zero only between equals, and never more than one step per edit */
static void
test_distance_properties (void)
{
  HpRandom random;

  hp_random_init (&random, 5, 0);
  for (int i = 0; i < 3000; i++)
    {
      char a[12] = { 0 }, b[12] = { 0 };
      guint n = 2 + hp_random_below (&random, 9), m = 2 + hp_random_below (&random, 9), distance, at;

      for (guint j = 0; j < n; j++)
        a[j] = 'a' + hp_random_below (&random, 3);
      for (guint j = 0; j < m; j++)
        b[j] = 'a' + hp_random_below (&random, 3);
      distance = hp_text_distance (a, b);
      g_assert_cmpuint (distance, ==, hp_text_distance (b, a));
      g_assert_cmpint (distance == 0, ==, strcmp (a, b) == 0);
      g_assert_cmpuint (distance, <=, MAX (n, m));
      g_assert_cmpuint (distance, >=, MAX (n, m) - MIN (n, m));

      strcpy (b, a);
      at = hp_random_below (&random, n);
      b[at] = 'z';
      g_assert_cmpuint (hp_text_distance (a, b), ==, 1);
      memmove (b + at, b + at + 1, n - at);
      g_assert_cmpuint (hp_text_distance (a, b), ==, 1);
    }
}

static void
test_suggest (void)
{
  static const char *const names[]
    = { "sqft", "bedrooms", "bathrooms", "location", "year_built", "condition", "Suburb", "North Ames", NULL };
  static const char *const none[] = { NULL };

  g_assert_cmpstr (hp_text_suggest ("sqf", names), ==, "sqft");
  g_assert_cmpstr (hp_text_suggest ("SQFT ", names), ==, "sqft");
  g_assert_cmpstr (hp_text_suggest ("bedroms", names), ==, "bedrooms");
  g_assert_cmpstr (hp_text_suggest ("bathroom", names), ==, "bathrooms");
  g_assert_cmpstr (hp_text_suggest ("bath", names), ==, "bathrooms");
  g_assert_cmpstr (hp_text_suggest ("year", names), ==, "year_built");
  g_assert_cmpstr (hp_text_suggest ("Suburban", names), ==, "Suburb");
  g_assert_cmpstr (hp_text_suggest ("Suburbanites", names), ==, "Suburb");
  g_assert_cmpstr (hp_text_suggest ("north  aems", names), ==, "North Ames");
  g_assert_null (hp_text_suggest ("garage", names));
  g_assert_null (hp_text_suggest ("x", names));
  g_assert_null (hp_text_suggest ("", names));
  g_assert_null (hp_text_suggest ("sqft", none));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/key", test_key);
  g_test_add_func ("/text/key/invalid", test_key_invalid);
  g_test_add_func ("/text/key/idempotent", test_key_idempotent);
  g_test_add_func ("/text/printable", test_printable);
  g_test_add_func ("/text/printable/cut", test_printable_cut);
  g_test_add_func ("/text/printable/any", test_printable_any);
  g_test_add_func ("/text/distance", test_distance);
  g_test_add_func ("/text/distance/properties", test_distance_properties);
  g_test_add_func ("/text/suggest", test_suggest);

  return g_test_run ();
}

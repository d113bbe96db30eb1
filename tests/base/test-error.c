/* test-error.c - codes, names, statuses and fields of errors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <gio/gio.h>

#include "hp-error.h"

static void
test_codes (void)
{
  static const struct
  {
    HpErrorCode code;
    const char *name;
    int status;
  } expected[] = {
    { HP_ERROR_FAILED, "failed", 1 },         { HP_ERROR_USAGE, "usage", 2 },
    { HP_ERROR_BAD_DATA, "bad_data", 3 },     { HP_ERROR_BAD_ATTRIBUTE, "bad_attribute", 3 },
    { HP_ERROR_NOT_FOUND, "not_found", 4 },   { HP_ERROR_DAMAGED, "damaged", 1 },
    { HP_ERROR_CONFLICT, "conflict", 1 },     { HP_ERROR_UNREACHABLE, "unreachable", 5 },
    { HP_ERROR_GATES, "gates", 6 },           { HP_ERROR_DRIFT, "drift", 7 },
    { HP_ERROR_CANCELLED, "cancelled", 130 }, { HP_ERROR_IO, "io", 1 },
  };

  g_assert_cmpuint (G_N_ELEMENTS (expected), ==, HP_ERROR_IO + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GError) error = NULL;

      hp_set_error (&error, expected[i].code, NULL, "number %d", 7);
      g_assert_error (error, HP_ERROR, expected[i].code);
      g_assert_cmpstr (error->message, ==, "number 7");
      g_assert_cmpstr (hp_error_code_name (error), ==, expected[i].name);
      g_assert_cmpint (hp_error_exit_status (error), ==, expected[i].status);
      g_assert_null (hp_error_get_field (error));
    }
}

static void
test_field (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;

  hp_set_error (&error, HP_ERROR_BAD_ATTRIBUTE, "sqft", "sqft is negative");
  g_assert_cmpstr (hp_error_get_field (error), ==, "sqft");
  copy = g_error_copy (error);
  g_clear_error (&error);
  g_assert_cmpstr (hp_error_get_field (copy), ==, "sqft");
  g_prefix_error (&copy, "row 7: ");
  g_assert_cmpstr (copy->message, ==, "row 7: sqft is negative");
  g_assert_cmpstr (hp_error_get_field (copy), ==, "sqft");

  hp_set_error (NULL, HP_ERROR_FAILED, "x", "nobody asks");
}

static void
test_foreign (void)
{
  g_autoptr (GError) cancelled = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
  g_autoptr (GError) other = g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "gone");
  g_autoptr (GError) unknown = g_error_new (HP_ERROR, 99, "from the future");

  g_assert_cmpint (hp_error_exit_status (cancelled), ==, 130);
  g_assert_cmpstr (hp_error_code_name (cancelled), ==, "cancelled");
  g_assert_null (hp_error_get_field (cancelled));
  g_assert_cmpint (hp_error_exit_status (other), ==, 1);
  g_assert_cmpstr (hp_error_code_name (other), ==, "failed");
  g_assert_cmpint (hp_error_exit_status (unknown), ==, 1);
  g_assert_cmpstr (hp_error_code_name (unknown), ==, "failed");
}

static void
test_errno (void)
{
  g_autoptr (GError) absent = NULL;
  g_autoptr (GError) full = NULL;
  g_autofree char *expected = g_strdup_printf ("/a/\\x1b[2Jb: can't be written: %s", g_strerror (ENOSPC));

  hp_set_error_errno (&absent, ENOENT, "/a/b", "can't be opened");
  g_assert_error (absent, HP_ERROR, HP_ERROR_NOT_FOUND);
  g_assert_true (g_str_has_prefix (absent->message, "/a/b: can't be opened: "));

  /* A name that would clear the screen is shown harmless. */
  hp_set_error_errno (&full, ENOSPC, "/a/\x1b[2Jb", "can't be written");
  g_assert_error (full, HP_ERROR, HP_ERROR_IO);
  g_assert_cmpstr (full->message, ==, expected);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/error/codes", test_codes);
  g_test_add_func ("/error/field", test_field);
  g_test_add_func ("/error/foreign", test_foreign);
  g_test_add_func ("/error/errno", test_errno);

  return g_test_run ();
}

/* test-settings.c - the one store of settings: where it is, and what goes before it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "config.h"
#include "hp-file.h"
#include "hp-settings.h"

static const char *self;
static char *home;

static void
expect_server (GSettings *settings, const char *expected)
{
  g_autofree char *server = hp_settings_get_server (settings);

  g_assert_cmpstr (server, ==, expected);
}

static void
test_defaults (void)
{
  g_autoptr (GSettings) settings = hp_settings_new ();

  g_unsetenv ("HOUSE_PRICE_SERVER");
  g_assert_nonnull (settings);
  expect_server (settings, NULL);
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), >, 0);
}

static void
test_environment (void)
{
  g_autoptr (GSettings) settings = hp_settings_new ();

  g_settings_set_string (settings, "server-url", "http://set:1");
  g_unsetenv ("HOUSE_PRICE_SERVER");
  expect_server (settings, "http://set:1");
  expect_server (NULL, NULL);
  g_setenv ("HOUSE_PRICE_SERVER", "http://variable:2", TRUE);
  expect_server (settings, "http://variable:2");
  expect_server (NULL, "http://variable:2");
  /* Empty is a choice: no network */
  g_setenv ("HOUSE_PRICE_SERVER", "", TRUE);
  expect_server (settings, NULL);
  expect_server (NULL, NULL);
  g_unsetenv ("HOUSE_PRICE_SERVER");
  g_settings_reset (settings, "server-url");
  expect_server (settings, NULL);
}

/* This program again, with other variables: "NAME=VALUE", NULL-terminated; what it prints */
static char *
tell (const char *program, const char *const *variables)
{
  g_auto (GStrv) environment = g_get_environ ();
  const char *argv[] = { program, "--tell", NULL };
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status = -1;

  environment = g_environ_unsetenv (environment, "GSETTINGS_BACKEND");
  environment = g_environ_unsetenv (environment, "HOUSE_PRICE_SERVER");
  environment = g_environ_setenv (environment, "XDG_CONFIG_HOME", home, TRUE);
  for (; *variables != NULL; variables++)
    {
      g_auto (GStrv) pair = g_strsplit (*variables, "=", 2);

      environment = g_environ_setenv (environment, pair[0], pair[1], TRUE);
    }
  g_spawn_sync (NULL, (char **) argv, environment, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return out;
}

static int
tell_server (void)
{
  g_autoptr (GSettings) settings = hp_settings_new ();
  g_autofree char *server = hp_settings_get_server (settings);

  g_print ("%s %s\n", settings != NULL ? "settings" : "none", server != NULL ? server : "-");
  return 0;
}

static char *
write_settings (const char *text)
{
  char *path = g_build_filename (home, "house-price", "settings.ini", NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

/* $XDG_CONFIG_HOME/house-price/settings.ini, as it is written and as people write it */
static void
test_file (void)
{
  static const char *const none[] = { NULL };
  static const char *const write[] = { "SET_SERVER=http://written:8000", NULL };
  g_autofree char *path = write_settings ("[house-price]\nserver-url='http://file:3'\n");
  g_autofree char *from_file = tell (self, none), *written = NULL, *text = NULL;

  g_assert_cmpstr (from_file, ==, "settings http://file:3\n");
  written = tell (self, write);
  g_assert_cmpstr (written, ==, "settings http://written:8000\n");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "[house-price]"));
  g_assert_nonnull (strstr (text, "server-url='http://written:8000'"));
}

/* A file that can't be read, or says nothing that can be: the defaults */
static void
test_broken_file (void)
{
  static const char *const texts[]
    = { "", "[", "[house-price]\nwindow-width='x'\n", "[other]\nserver-url='http://x'\n" };
  static const char *const none[] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *out = NULL;

      g_free (write_settings (texts[i]));
      out = tell (self, none);
      g_assert_cmpstr (out, ==, "settings -\n");
    }
}

/* A copy outside of the build folder finds no schema: it says so, and does not abort */
static void
test_no_schema (void)
{
  static const char *const nowhere[] = { "XDG_DATA_DIRS=/nowhere", "GSETTINGS_SCHEMA_DIR=/nowhere", NULL };
  static const char *const variable[]
    = { "XDG_DATA_DIRS=/nowhere", "GSETTINGS_SCHEMA_DIR=/nowhere", "HOUSE_PRICE_SERVER=http://v:1", NULL };
  g_autofree char *copy = g_build_filename (home, "copy", NULL), *program = NULL, *out = NULL, *with_variable = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (self, &program, &length, NULL));
  g_assert_true (g_file_set_contents (copy, program, length, NULL));
  g_assert_cmpint (g_chmod (copy, 0755), ==, 0);
  out = tell (copy, nowhere);
  g_assert_cmpstr (out, ==, "none -\n");
  with_variable = tell (copy, variable);
  g_assert_cmpstr (with_variable, ==, "none http://v:1\n");
}

int
main (int argc, char *argv[])
{
  int status;

  if (argc == 2 && strcmp (argv[1], "--tell") == 0)
    {
      if (g_getenv ("SET_SERVER") != NULL)
        {
          g_autoptr (GSettings) settings = hp_settings_new ();

          g_settings_set_string (settings, "server-url", g_getenv ("SET_SERVER"));
          g_settings_sync ();
        }
      return tell_server ();
    }
  self = argv[0];
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  home = g_dir_make_tmp ("hp-settings-XXXXXX", NULL);
  g_assert_nonnull (home);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/settings/defaults", test_defaults);
  g_test_add_func ("/settings/environment", test_environment);
  g_test_add_func ("/settings/file", test_file);
  g_test_add_func ("/settings/broken-file", test_broken_file);
  g_test_add_func ("/settings/no-schema", test_no_schema);

  status = g_test_run ();
  hp_file_remove_tree (home, NULL);
  g_free (home);
  return status;
}

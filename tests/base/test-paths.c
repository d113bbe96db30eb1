/* test-paths.c - programs and data are found from the build folder, and from an installation that was moved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "config.h"
#include "hp-file.h"
#include "hp-paths.h"

static const char *self;

static void
check (char *path, const char *expected)
{
  g_assert_cmpstr (path, ==, expected);
  g_free (path);
}

static void
test_build_folder (void)
{
  g_autofree char *data = hp_paths_find_data ("house_data.csv");

  g_unsetenv ("HOUSE_PRICE_LIBEXEC");
  g_assert_true (hp_paths_uninstalled ());
  check (hp_paths_find_program ("house-price"), HP_BUILD_DIR "/src/cli/house-price");
  check (hp_paths_find_program ("house-price-gtk"), HP_BUILD_DIR "/ui/gtk/house-price-gtk");
  check (hp_paths_find_program ("house-price-tui"), HP_BUILD_DIR "/ui/tui/house-price-tui");
  check (hp_paths_find_program ("house-price-server"), HP_BUILD_DIR "/server/house-price-server");
  check (hp_paths_find_program ("no-program-of-ours"), HP_BINDIR "/no-program-of-ours");
  check (hp_paths_find_helper ("house-price-train"), HP_BUILD_DIR "/src/cli/house-price-train");
  g_assert_cmpstr (data, ==, HP_SOURCE_DIR "/data/house_data.csv");
  g_assert_true (g_file_test (data, G_FILE_TEST_IS_REGULAR));
}

static void
test_libexec (void)
{
  g_setenv ("HOUSE_PRICE_LIBEXEC", "/elsewhere", TRUE);
  check (hp_paths_find_helper ("house-price-train"), "/elsewhere/house-price-train");
  g_setenv ("HOUSE_PRICE_LIBEXEC", "", TRUE);
  check (hp_paths_find_helper ("house-price-train"), HP_BUILD_DIR "/src/cli/house-price-train");
  g_unsetenv ("HOUSE_PRICE_LIBEXEC");
}

static void
make_file (const char *prefix, const char *name)
{
  g_autofree char *path = g_build_filename (prefix, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0755);
  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
}

/* Copies this program to prefix/name, and runs it there to say what it finds */
static char **
ask_copy (const char *prefix, const char *name)
{
  g_autofree char *path = g_build_filename (prefix, name, NULL);
  g_autofree char *text = NULL, *out = NULL;
  const char *argv[] = { path, "--tell", NULL };
  g_autoptr (GError) error = NULL;
  gsize length;
  int status = -1;

  make_file (prefix, name);
  g_assert_true (g_file_get_contents (self, &text, &length, NULL));
  g_assert_true (g_file_set_contents (path, text, length, NULL));
  g_assert_cmpint (g_chmod (path, 0755), ==, 0);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return g_strsplit (out, "\n", -1);
}

/* Names that no machine has installed: where they were installed to goes before where the program stands */
#define PROGRAM "house-price-of-this-test"

static int
tell (void)
{
  g_autofree char *program = hp_paths_find_program (PROGRAM), *helper = hp_paths_find_helper (PROGRAM);
  g_autofree char *data = hp_paths_find_data (PROGRAM);

  printf ("%d\n%s\n%s\n%s\n", hp_paths_uninstalled (), program, helper, data);
  return 0;
}

static void
test_moved (void)
{
  static const char *const places[] = { "bin/teller", "libexec/house-price/teller" };
  g_autofree char *prefix = g_dir_make_tmp ("hp-prefix-XXXXXX", NULL);

  make_file (prefix, "bin/" PROGRAM);
  make_file (prefix, "libexec/house-price/" PROGRAM);
  make_file (prefix, "share/house-price/" PROGRAM);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      static const char *const expected[]
        = { "bin/" PROGRAM, "libexec/house-price/" PROGRAM, "share/house-price/" PROGRAM };
      g_auto (GStrv) told = ask_copy (prefix, places[i]);

      g_assert_cmpstr (told[0], ==, "0");
      for (gsize j = 0; j < G_N_ELEMENTS (expected); j++)
        {
          g_autofree char *found = g_canonicalize_filename (told[j + 1], NULL);
          g_autofree char *wanted = g_build_filename (prefix, expected[j], NULL);

          g_assert_cmpstr (found, ==, wanted);
        }
    }
  hp_file_remove_tree (prefix, NULL);
}

/* Nothing is there: where it would be installed is what a message can name */
static void
test_absent (void)
{
  g_autofree char *prefix = g_dir_make_tmp ("hp-prefix-XXXXXX", NULL);
  g_auto (GStrv) told = ask_copy (prefix, "bin/teller");

  g_assert_cmpstr (told[1], ==, HP_BINDIR "/" PROGRAM);
  g_assert_cmpstr (told[2], ==, HP_LIBEXECDIR "/" PROGRAM);
  g_assert_cmpstr (told[3], ==, HP_PKGDATADIR "/" PROGRAM);
  hp_file_remove_tree (prefix, NULL);
}

int
main (int argc, char *argv[])
{
  g_unsetenv ("HOUSE_PRICE_LIBEXEC");
  if (argc == 2 && strcmp (argv[1], "--tell") == 0)
    return tell ();
  self = argv[0];
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/paths/build-folder", test_build_folder);
  g_test_add_func ("/paths/libexec", test_libexec);
  g_test_add_func ("/paths/moved", test_moved);
  g_test_add_func ("/paths/absent", test_absent);

  return g_test_run ();
}

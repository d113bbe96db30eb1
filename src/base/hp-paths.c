/* hp-paths.c - where the parts of an installation are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-paths.h"

/* Where the build leaves a program, below its folder */
static const struct
{
  const char *program, *folder;
} build_folders[] = {
  { "house-price", "src/cli" },
  { "house-price-gtk", "ui/gtk" },
  { "house-price-server", "server" },
  { "house-price-tui", "ui/tui" },
};

static char *
program_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program != NULL ? g_path_get_dirname (program) : g_strdup ("");
}

/**
 * hp_paths_uninstalled:
 *
 * Returns: whether this program runs from the build folder
 */
gboolean
hp_paths_uninstalled (void)
{
  g_autofree char *folder = program_folder ();

  return g_str_has_prefix (folder, HP_BUILD_DIR "/");
}

/* The place it was installed to; else, for an installation that was moved, the same place from the program's own
 * prefix: one folder above bin, two above libexec/house-price. */
static char *
find_installed (const char *installed, const char *within_prefix)
{
  g_autofree char *folder = program_folder ();
  g_autofree char *of_program = g_build_filename (folder, "..", within_prefix, NULL);
  g_autofree char *of_helper = g_build_filename (folder, "..", "..", within_prefix, NULL);

  if (!g_file_test (installed, G_FILE_TEST_EXISTS))
    {
      if (g_file_test (of_program, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&of_program);
      if (g_file_test (of_helper, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&of_helper);
    }
  return g_strdup (installed);
}

/**
 * hp_paths_find_program:
 * @program: one of the programs that people start, such as `house-price`
 *
 * Looks in the build folder if this program runs from there, else where programs are installed.
 *
 * Returns: (transfer full) (type filename): a path, of a file that need not be there
 */
char *
hp_paths_find_program (const char *program)
{
  g_autofree char *installed = g_build_filename (HP_BINDIR, program, NULL);
  g_autofree char *within_prefix = g_build_filename ("bin", program, NULL);

  if (hp_paths_uninstalled ())
    for (gsize i = 0; i < G_N_ELEMENTS (build_folders); i++)
      if (g_str_equal (build_folders[i].program, program))
        return g_build_filename (HP_BUILD_DIR, build_folders[i].folder, program, NULL);
  return find_installed (installed, within_prefix);
}

/**
 * hp_paths_find_helper:
 * @program: a program that only other programs start, such as `house-price-train`
 *
 * Looks in `$HOUSE_PRICE_LIBEXEC`; else in the build folder when this program runs from there; else where helper
 * programs are installed.
 *
 * Returns: (transfer full) (type filename): a path, of a file that need not be there
 */
char *
hp_paths_find_helper (const char *program)
{
  const char *chosen = g_getenv ("HOUSE_PRICE_LIBEXEC");
  g_autofree char *installed = g_build_filename (HP_LIBEXECDIR, program, NULL);
  g_autofree char *within_prefix = g_build_filename ("libexec", "house-price", program, NULL);

  if (chosen != NULL && *chosen != '\0')
    return g_build_filename (chosen, program, NULL);
  if (hp_paths_uninstalled ())
    return g_build_filename (HP_BUILD_DIR, "src", "cli", program, NULL);
  return find_installed (installed, within_prefix);
}

/**
 * hp_paths_find_data:
 * @file: a shipped file, such as `house_data.csv`
 *
 * Returns: (transfer full) (type filename): a path, of a file that need not be there
 */
char *
hp_paths_find_data (const char *file)
{
  g_autofree char *installed = g_build_filename (HP_PKGDATADIR, file, NULL);
  g_autofree char *within_prefix = g_build_filename ("share", "house-price", file, NULL);

  if (hp_paths_uninstalled ())
    return g_build_filename (HP_SOURCE_DIR, "data", file, NULL);
  return find_installed (installed, within_prefix);
}

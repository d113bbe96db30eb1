/* hp-cli-exec.c - other programs in the place of this one
 *
 * What needs libraries that take long to load lives in programs of its own, as git does it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "hp-cli.h"
#include "hp-paths.h"

/**
 * hp_cli_exec_helper:
 * @cli: the context
 * @program: a helper program that knows the verb, such as `house-price-train`
 * @error: return location for a #GError
 *
 * Runs a helper with this program's command line. Returns only if that fails: %HP_ERROR_NOT_FOUND if there is none.
 */
void
hp_cli_exec_helper (HpCli *cli, const char *program, GError **error)
{
  g_autofree char *helper = hp_paths_find_helper (program);

  execv (helper, cli->command);
  hp_set_error (error, errno == ENOENT ? HP_ERROR_NOT_FOUND : HP_ERROR_FAILED, NULL,
                _ ("the helper program can't be started: %s: %s; install it, or say where it is with "
                   "HOUSE_PRICE_LIBEXEC"),
                helper, g_strerror (errno));
}

/* The verb's options as the program's own, which have the same names */
static void
add_options (GPtrArray *argv, const HpCliOption *options, gconstpointer values)
{
  for (const HpCliOption *option = options; option != NULL && option->name != NULL; option++)
    {
      gconstpointer member = (const char *) values + option->offset;

      if (option->kind == HP_CLI_FLAG && *(const gboolean *) member)
        g_ptr_array_add (argv, g_strconcat ("--", option->name, NULL));
      else if (option->kind == HP_CLI_TEXT && *(char *const *) member != NULL)
        g_ptr_array_add (argv, g_strdup_printf ("--%s=%s", option->name, *(char *const *) member));
    }
}

/**
 * hp_cli_exec_program:
 * @cli: the context
 * @program: a program of its own, such as `house-price-tui`
 * @options: options that the program has under the same names
 * @values: what they were given
 * @arguments: the words after the options
 * @error: return location for a #GError
 *
 * Runs another program that people could start themselves, with the registry and the model's name of this command line.
 * Returns only if that fails: %HP_ERROR_NOT_FOUND if it is not installed.
 */
void
hp_cli_exec_program (HpCli *cli, const char *program, const HpCliOption *options, gconstpointer values,
                     char **arguments, GError **error)
{
  g_autofree char *path = hp_paths_find_program (program);
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (argv, g_strdup (program));
  if (cli->globals.registry != NULL)
    g_ptr_array_add (argv, g_strconcat ("--registry=", cli->globals.registry, NULL));
  if (cli->globals.name != NULL)
    g_ptr_array_add (argv, g_strconcat ("--name=", cli->globals.name, NULL));
  add_options (argv, options, values);
  for (char **argument = arguments; *argument != NULL; argument++)
    g_ptr_array_add (argv, g_strdup (*argument));
  g_ptr_array_add (argv, NULL);
  execv (path, (char **) argv->pdata);
  hp_set_error (error, errno == ENOENT ? HP_ERROR_NOT_FOUND : HP_ERROR_FAILED, NULL,
                _ ("%s can't be started: %s: %s; install it"), program, path, g_strerror (errno));
}

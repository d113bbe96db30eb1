/* hp-cli-main.c - from a command line to a verb and an exit status
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hp-cli.h"
#include "hp-text.h"

#define MAX_JOBS 1024

static const HpCliVerb *
find_verb (HpCli *cli, const char *name)
{
  for (const HpCliVerb *const *verb = cli->verbs; *verb != NULL; verb++)
    if (g_str_equal ((*verb)->name, name))
      return *verb;
  return NULL;
}

/* The verbs below group ("models" → "show", "promote" …), or the top ones for NULL */
static GPtrArray *
names_below (HpCli *cli, const char *group)
{
  GPtrArray *names = g_ptr_array_new ();
  g_autofree char *prefix = group != NULL ? g_strconcat (group, " ", NULL) : g_strdup ("");

  for (const HpCliVerb *const *verb = cli->verbs; *verb != NULL; verb++)
    if (g_str_has_prefix ((*verb)->name, prefix) && strchr ((*verb)->name + strlen (prefix), ' ') == NULL)
      g_ptr_array_add (names, (char *) (*verb)->name + strlen (prefix));
  return names;
}

static void
set_unknown_verb (HpCli *cli, const char *group, const char *name, GError **error)
{
  g_autoptr (GPtrArray) names = names_below (cli, group);
  g_autofree char *shown = hp_text_printable (name, -1, 40);
  const char *near_name;

  g_ptr_array_add (names, NULL);
  near_name = hp_text_suggest (name, (const char *const *) names->pdata);
  if (near_name != NULL)
    hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("this version has no verb “%s%s%s”; did you mean “%s”?"),
                  group != NULL ? group : "", group != NULL ? " " : "", shown, near_name);
  else
    hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("this version has no verb “%s%s%s”; see “house-price %s%s--help”"),
                  group != NULL ? group : "", group != NULL ? " " : "", shown, group != NULL ? group : "",
                  group != NULL ? " " : "");
}

/* Global options up to the next word are merged into the context's. */
static char **
take_globals (HpCli *cli, char **argv, GError **error)
{
  HpCliGlobals globals = { NULL };
  char **rest = hp_cli_options_parse (NULL, NULL, &globals, TRUE, argv, error);

  hp_cli_globals_merge (&cli->globals, &globals);
  hp_cli_options_clear (hp_cli_global_options, &globals);
  return rest;
}

static gboolean
is_terminal_with_color (HpCli *cli, int fd)
{
  const char *no_color = g_getenv ("NO_COLOR");

  return isatty (fd) && !cli->globals.no_color && (no_color == NULL || *no_color == '\0')
         && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0 && g_getenv ("TERM") != NULL;
}

static gboolean
apply_globals (HpCli *cli, GError **error)
{
  guint64 jobs = 0;

  cli->color_stdout = is_terminal_with_color (cli, STDOUT_FILENO);
  cli->color_stderr = is_terminal_with_color (cli, STDERR_FILENO);
  if (cli->globals.jobs != NULL && !hp_cli_parse_uint ("--jobs", cli->globals.jobs, 1, MAX_JOBS, &jobs, error))
    return FALSE;
  cli->jobs = jobs;
  return TRUE;
}

static gboolean
check_arguments (const HpCliVerb *verb, char **arguments, GError **error)
{
  guint n = g_strv_length (arguments);

  if (n < verb->min_arguments)
    hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("%s needs %s; see “house-price %s --help”"), verb->name,
                  verb->arguments, verb->name);
  else if (n > verb->max_arguments)
    {
      g_autofree char *shown = hp_text_printable (arguments[verb->max_arguments], -1, 40);

      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("%s: “%s” is one argument too many; see “house-price %s --help”"),
                    verb->name, shown, verb->name);
    }
  else
    return TRUE;
  return FALSE;
}

static int
run_verb (HpCli *cli, const HpCliVerb *verb, char **argv, GError **error)
{
  g_autofree gpointer options = g_malloc0 (MAX (verb->options_size, 1));
  HpCliGlobals globals = { NULL };
  g_auto (GStrv) arguments = hp_cli_options_parse (verb->options, options, &globals, FALSE, argv, error);
  int status = 0;

  hp_cli_globals_merge (&cli->globals, &globals);
  hp_cli_options_clear (hp_cli_global_options, &globals);
  if (arguments != NULL && cli->globals.help)
    {
      g_autofree char *help = hp_cli_verb_help (verb, cli->verbs);

      hp_cli_print (cli, help, error);
    }
  else if (arguments != NULL && cli->globals.version)
    {
      g_autofree char *version = hp_cli_version (cli->globals.json);

      hp_cli_print (cli, version, error);
    }
  else if (arguments != NULL && apply_globals (cli, error) && check_arguments (verb, arguments, error))
    {
      g_assert (verb->run != NULL); /* a mere group of verbs comes here for its help only */
      status = verb->run (cli, options, arguments, error);
    }
  hp_cli_options_clear (verb->options, options);
  return status;
}

/* "models promote 3": the verb is "models promote" and its argv begins at "promote" */
static int
run_group (HpCli *cli, const HpCliVerb *group, char **argv, GError **error)
{
  g_autoptr (GPtrArray) below = names_below (cli, group->name);
  g_auto (GStrv) rest = NULL;
  g_autofree char *name = NULL;
  const HpCliVerb *verb;

  if (below->len == 0)
    return run_verb (cli, group, argv, error);
  rest = take_globals (cli, argv, error);
  if (rest == NULL)
    return 0;
  if (rest[0] == NULL && (group->run != NULL || cli->globals.help || cli->globals.version))
    return run_verb (cli, group, argv, error);
  if (rest[0] == NULL)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("%s needs one of its verbs; see “house-price %s --help”"),
                    group->name, group->name);
      return 0;
    }
  name = g_strconcat (group->name, " ", rest[0], NULL);
  verb = find_verb (cli, name);
  if (verb != NULL)
    return run_verb (cli, verb, rest, error);
  set_unknown_verb (cli, group->name, rest[0], error);
  return 0;
}

static int
run_program (HpCli *cli, char **argv, GError **error)
{
  g_auto (GStrv) rest = take_globals (cli, argv, error);
  g_autofree char *text = NULL;
  const HpCliVerb *verb;

  if (rest == NULL)
    return 0;
  if (rest[0] != NULL)
    {
      verb = strchr (rest[0], ' ') == NULL ? find_verb (cli, rest[0]) : NULL;
      if (verb != NULL)
        return run_group (cli, verb, rest, error);
      set_unknown_verb (cli, NULL, rest[0], error);
      return 0;
    }
  if (cli->globals.help || cli->globals.version)
    {
      text = cli->globals.help ? hp_cli_help (cli->verbs) : hp_cli_version (cli->globals.json);
      hp_cli_print (cli, text, error);
      return 0;
    }
  if (cli->globals.json)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("a verb is missing; see “house-price --help”"));
      return 0;
    }
  text = hp_cli_short_help (cli->verbs);
  fputs (text, stderr);
  return 2;
}

static gboolean
asks_for_json (char **argv)
{
  for (char **arg = argv + (argv[0] != NULL); *arg != NULL && !g_str_equal (*arg, "--"); arg++)
    if (g_str_equal (*arg, "--json"))
      return TRUE;
  return FALSE;
}

static void
problem_free (gpointer data)
{
  HpCliProblem *problem = data;

  g_free (problem->field);
  g_free (problem->message);
  g_free (problem);
}

/**
 * hp_cli_main:
 * @verbs: the program's verbs, ending with %NULL
 * @argc: as given to main()
 * @argv: as given to main()
 *
 * Returns: the exit status
 */
int
hp_cli_main (const HpCliVerb *const *verbs, int argc, char **argv)
{
  HpCli cli = { .verbs = verbs, .command = argv };
  g_autoptr (GError) error = NULL;
  int status;

#ifdef SIGXFSZ
  /* A file that may not grow so large is an error to tell, as a full disk is, not the end of the program */
  signal (SIGXFSZ, SIG_IGN);
#endif
  setlocale (LC_ALL, "");
  /* Where nobody chose a locale (a container, a cron job) what reads the output knows UTF-8 all the same: show ² and ±
   * there rather than question marks. LC_ALL=C is a choice, and keeps to ASCII. */
  if (g_str_equal (setlocale (LC_CTYPE, NULL), "C") && (g_getenv ("LC_ALL") == NULL || *g_getenv ("LC_ALL") == '\0'))
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, HP_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  cli.stderr_is_terminal = isatty (STDERR_FILENO);
  cli.color_stderr = is_terminal_with_color (&cli, STDERR_FILENO);
  cli.problems = g_ptr_array_new_with_free_func (problem_free);
  status = run_program (&cli, argv, &error);
  if (error != NULL)
    {
      /* GOption takes back what it has read when it fails; the caller of a script still wants an object. */
      cli.globals.json |= asks_for_json (argv);
      hp_cli_report_error (&cli, error);
      status = hp_error_exit_status (error);
    }
  g_ptr_array_unref (cli.problems);
  hp_cli_options_clear (hp_cli_global_options, &cli.globals);
  return status;
}

/* hp-cli-options.c - option tables, parsed by GOption
 *
 * GOption's own entries hold addresses, so that tables of them can't be constant. Ours hold offsets; the entries are
 * made for one parse. Values are taken as bytes (GOption's "filename"), since its strings are refused in a locale that
 * isn't UTF-8, and numbers are read by us, since GOption reads them by the locale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-cli.h"
#include "hp-number.h"
#include "hp-text.h"

const HpCliOption hp_cli_global_options[] = {
  { "registry", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliGlobals, registry), N_ ("DIR"),
    N_ ("Folder of model versions (also HOUSE_PRICE_REGISTRY)") },
  { "name", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliGlobals, name), N_ ("NAME"),
    N_ ("Name of the model (default: house-price)") },
  { "json", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (HpCliGlobals, json), NULL, N_ ("Write results and errors as JSON") },
  { "quiet", 'q', HP_CLI_FLAG, G_STRUCT_OFFSET (HpCliGlobals, quiet), NULL, N_ ("No messages but errors") },
  { "no-color", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (HpCliGlobals, no_color), NULL,
    N_ ("No colours (also NO_COLOR and TERM=dumb)") },
  { "jobs", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliGlobals, jobs), N_ ("N"),
    N_ ("Threads to use (default: all processors)") },
  { "version", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (HpCliGlobals, version), NULL,
    N_ ("Show the versions of the program and its libraries") },
  { "help", 'h', HP_CLI_FLAG, G_STRUCT_OFFSET (HpCliGlobals, help), NULL, N_ ("Show help") },
  { NULL },
};

static void
add_entries (GArray *entries, const HpCliOption *options, gpointer values)
{
  for (const HpCliOption *option = options; option != NULL && option->name != NULL; option++)
    {
      GOptionEntry entry = { option->name, option->letter };

      entry.arg = option->kind == HP_CLI_FLAG   ? G_OPTION_ARG_NONE
                  : option->kind == HP_CLI_TEXT ? G_OPTION_ARG_FILENAME
                                                : G_OPTION_ARG_FILENAME_ARRAY;
      entry.arg_data = G_STRUCT_MEMBER_P (values, option->offset);
      g_array_append_val (entries, entry);
    }
}

static gboolean
names_option (const HpCliOption *options, const char *name)
{
  for (; options != NULL && options->name != NULL; options++)
    if (g_str_equal (options->name, name))
      return TRUE;
  return FALSE;
}

static void
collect_names (GPtrArray *names, const HpCliOption *options)
{
  for (; options != NULL && options->name != NULL; options++)
    g_ptr_array_add (names, (char *) options->name);
}

/* GOption's "Unknown option" does not say which option was meant: look for the first that no table has. */
static char *
suggest_option (const HpCliOption *options, char **argv)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  collect_names (names, options);
  collect_names (names, hp_cli_global_options);
  g_ptr_array_add (names, NULL);
  for (char **arg = argv + 1; *arg != NULL && !g_str_equal (*arg, "--"); arg++)
    {
      g_autofree char *name = NULL;
      const char *near_name;

      if (!g_str_has_prefix (*arg, "--"))
        continue;
      name = g_strndup (*arg + 2, strcspn (*arg + 2, "="));
      if (names_option (options, name) || names_option (hp_cli_global_options, name))
        continue;
      near_name = hp_text_suggest (name, (const char *const *) names->pdata);
      return near_name != NULL ? g_strdup_printf (_ ("; did you mean --%s?"), near_name) : NULL;
    }
  return NULL;
}

static gboolean
is_text (char *const *values, gboolean list, const char *name, GError **error)
{
  for (; values != NULL && *values != NULL; values = list ? values + 1 : NULL)
    if (!g_utf8_validate (*values, -1, NULL))
      {
        g_autofree char *shown = hp_text_printable (*values, -1, 40);

        hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("%s: “%s” is not UTF-8 text"), name, shown);
        return FALSE;
      }
  return TRUE;
}

/* File names may be any bytes; only what is compared with names and categories must be text. */
static gboolean
takes_file_name (const HpCliOption *option)
{
  return option->argument != NULL && (g_str_equal (option->argument, "FILE") || g_str_equal (option->argument, "DIR"));
}

static gboolean
check_text (const HpCliOption *options, gconstpointer values, GError **error)
{
  for (; options != NULL && options->name != NULL; options++)
    {
      gpointer member = G_STRUCT_MEMBER_P (values, options->offset);
      g_autofree char *name = g_strconcat ("--", options->name, NULL);

      if (options->kind == HP_CLI_FLAG || takes_file_name (options))
        continue;
      if (options->kind == HP_CLI_TEXT ? !is_text (member, FALSE, name, error)
                                       : !is_text (*(char ***) member, TRUE, name, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * hp_cli_options_parse:
 * @options: (nullable): a verb's own options, or %NULL
 * @values: (nullable): the structure that their offsets are in, zeroed
 * @globals: where the global options go, zeroed
 * @stop_at_word: whether the first word that is no option ends the options (they stand before a verb)
 * @argv: the program or verb and its arguments; not changed
 * @error: return location for a #GError
 *
 * Reads options. On failure @values and @globals may be partly filled and are to be cleared all the same.
 *
 * Returns: (transfer full) (nullable): the remaining words, without `argv[0]`; or %NULL with %HP_ERROR_USAGE
 */
char **
hp_cli_options_parse (const HpCliOption *options, gpointer values, HpCliGlobals *globals, gboolean stop_at_word,
                      char **argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  g_autoptr (GError) parse_error = NULL;
  g_auto (GStrv) copy = g_strdupv (argv);

  add_entries (entries, options, values);
  add_entries (entries, hp_cli_global_options, globals);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, stop_at_word);
  g_option_context_add_main_entries (context, (const GOptionEntry *) (gpointer) entries->data, NULL);
  if (!g_option_context_parse_strv (context, &copy, &parse_error))
    {
      g_autofree char *hint = NULL;
      g_autofree char *message = hp_text_printable (parse_error->message, -1, 200);

      if (g_error_matches (parse_error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
        hint = suggest_option (options, argv);
      hp_set_error (error, HP_ERROR_USAGE, NULL, "%s%s", message, hint != NULL ? hint : _ ("; see --help"));
      return NULL;
    }
  if (!check_text (options, values, error) || !check_text (hp_cli_global_options, globals, error))
    return NULL;
  if (copy[0] == NULL)
    return g_new0 (char *, 1);
  /* "--" ends the options and GOption leaves it in place when a word came before it. */
  for (char **arg = copy + 1; *arg != NULL && !stop_at_word; arg++)
    if (g_str_equal (*arg, "--"))
      {
        g_free (*arg);
        memmove (arg, arg + 1, g_strv_length (arg + 1) * sizeof *arg + sizeof *arg);
        break;
      }
  return g_strdupv (copy + 1);
}

/**
 * hp_cli_options_clear:
 * @options: (nullable): option table
 * @values: (nullable): the structure that its offsets are in
 *
 * Frees what the options hold.
 */
void
hp_cli_options_clear (const HpCliOption *options, gpointer values)
{
  for (; options != NULL && options->name != NULL; options++)
    {
      gpointer member = G_STRUCT_MEMBER_P (values, options->offset);

      if (options->kind == HP_CLI_TEXT)
        g_clear_pointer ((char **) member, g_free);
      else if (options->kind == HP_CLI_LIST)
        g_clear_pointer ((char ***) member, g_strfreev);
    }
}

/**
 * hp_cli_globals_merge:
 * @globals: what stood before the verb; receives the result
 * @later: what stood after it and wins; emptied
 */
void
hp_cli_globals_merge (HpCliGlobals *globals, HpCliGlobals *later)
{
  for (const HpCliOption *option = hp_cli_global_options; option->name != NULL; option++)
    {
      gpointer to = G_STRUCT_MEMBER_P (globals, option->offset);
      gpointer from = G_STRUCT_MEMBER_P (later, option->offset);

      if (option->kind == HP_CLI_FLAG)
        *(gboolean *) to |= *(gboolean *) from;
      else if (*(char **) from != NULL)
        {
          g_free (*(char **) to);
          *(char **) to = g_steal_pointer ((char **) from);
        }
    }
}

/**
 * hp_cli_parse_uint:
 * @option: the option as the message names it, "--jobs"
 * @text: what was given
 * @min: least allowed
 * @max: greatest allowed
 * @value: (out): the number
 * @error: return location for a #GError
 *
 * Returns: %TRUE, or %FALSE with %HP_ERROR_USAGE
 */
gboolean
hp_cli_parse_uint (const char *option, const char *text, guint64 min, guint64 max, guint64 *value, GError **error)
{
  if (!g_ascii_string_to_unsigned (text, 10, min, max, value, NULL))
    {
      g_autofree char *shown = hp_text_printable (text, -1, 40);

      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("%s: “%s” is not a whole number from %lu to %lu"), option, shown,
                    (gulong) min, (gulong) max);
      return FALSE;
    }
  return TRUE;
}

/**
 * hp_cli_parse_double:
 * @option: the option as the message names it
 * @text: what was given, in the C locale
 * @min: least allowed
 * @max: greatest allowed
 * @value: (out): the number
 * @error: return location for a #GError
 *
 * Returns: %TRUE, or %FALSE with %HP_ERROR_USAGE
 */
gboolean
hp_cli_parse_double (const char *option, const char *text, double min, double max, double *value, GError **error)
{
  char low[HP_NUMBER_BUFFER], high[HP_NUMBER_BUFFER];

  if (hp_number_parse (text, strlen (text), value) && *value >= min && *value <= max)
    return TRUE;
  hp_number_format (low, min);
  hp_number_format (high, max);
  {
    g_autofree char *shown = hp_text_printable (text, -1, 40);

    hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("%s: “%s” is not a number from %s to %s (with a point for decimals)"),
                  option, shown, low, high);
  }
  return FALSE;
}

/**
 * hp_cli_parse_level:
 * @text: (nullable): what `--interval` was given; %NULL: 0.9
 * @level: (out): share of houses whose price the interval should hold
 * @error: return location for a #GError
 *
 * Returns: %TRUE, or %FALSE with %HP_ERROR_USAGE
 */
gboolean
hp_cli_parse_level (const char *text, double *level, GError **error)
{
  *level = 0.9;
  return text == NULL || hp_cli_parse_double ("--interval", text, 0.01, 0.999, level, error);
}

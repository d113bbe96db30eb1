/* hp-tui-options.c - options, help and versions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <string.h>

#include "hp-error.h"
#include "hp-text.h"
#include "hp-tui-options.h"

/* One table: what is parsed is what the help lists */
static const struct
{
  const char *name;
  char letter;
  gsize offset;
  const char *argument; /* (nullable) */
  const char *help;
} table[] = {
  { "registry", 0, G_STRUCT_OFFSET (HpTuiOptions, registry), N_ ("DIR"),
    N_ ("Folder of model versions (also HOUSE_PRICE_REGISTRY)") },
  { "name", 0, G_STRUCT_OFFSET (HpTuiOptions, name), N_ ("NAME"), N_ ("Name of the model (default: house-price)") },
  { "server", 0, G_STRUCT_OFFSET (HpTuiOptions, server), N_ ("URL"),
    N_ ("The server to ask first (also HOUSE_PRICE_SERVER)") },
  { "no-color", 0, G_STRUCT_OFFSET (HpTuiOptions, term.no_color), NULL, N_ ("No colours (also NO_COLOR)") },
  { "no-unicode", 0, G_STRUCT_OFFSET (HpTuiOptions, term.no_unicode), NULL, N_ ("Only ASCII characters") },
  { "no-mouse", 0, G_STRUCT_OFFSET (HpTuiOptions, term.no_mouse), NULL, N_ ("Leave the mouse to the terminal") },
  { "version", 0, G_STRUCT_OFFSET (HpTuiOptions, version), NULL,
    N_ ("Show the versions of the program and its libraries") },
  { "help", 'h', G_STRUCT_OFFSET (HpTuiOptions, help), NULL, N_ ("Show help") },
};

/**
 * hp_tui_options_set_locale:
 *
 * The user's locale. Where none is chosen at all (a container, a bare SSH session) the terminal still knows UTF-8.
 */
void
hp_tui_options_set_locale (void)
{
  static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };
  gboolean chosen = FALSE;

  setlocale (LC_ALL, "");
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    chosen |= g_getenv (variables[i]) != NULL && *g_getenv (variables[i]) != '\0';
  if (!chosen)
    setlocale (LC_CTYPE, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, HP_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* What GOption calls an unknown option does not say which was meant. */
static void
add_suggestion (GError **error, char **argv)
{
  const char *names[G_N_ELEMENTS (table) + 1] = { NULL };
  const char *meant = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    names[i] = table[i].name;
  for (char **arg = argv + 1; *arg != NULL && meant == NULL; arg++)
    if (g_str_has_prefix (*arg, "--") && (*arg)[2] != '\0')
      {
        g_autofree char *name = g_strndup (*arg + 2, strcspn (*arg + 2, "="));

        if (!g_strv_contains (names, name))
          meant = hp_text_suggest (name, names);
      }
  if (meant != NULL)
    hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("did you mean --%s?"), meant);
}

/**
 * hp_tui_options_parse:
 * @options: (inout): all zero; set to what was given
 * @argc: as of main()
 * @argv: as of main()
 * @error: return location for a #GError
 *
 * Returns: whether the command line is right
 */
gboolean
hp_tui_options_parse (HpTuiOptions *options, int argc, char **argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GOptionEntry entries[G_N_ELEMENTS (table) + 1] = { { NULL } };
  g_autoptr (GError) local_error = NULL, suggestion = NULL;
  g_auto (GStrv) arguments = g_strdupv (argv);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    entries[i] = (GOptionEntry){ table[i].name,
                                 table[i].letter,
                                 0,
                                 table[i].argument != NULL ? G_OPTION_ARG_FILENAME : G_OPTION_ARG_NONE,
                                 G_STRUCT_MEMBER_P (options, table[i].offset),
                                 NULL,
                                 NULL };
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &arguments, &local_error))
    {
      add_suggestion (&suggestion, argv);
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("%s; %s"), local_error->message,
                    suggestion != NULL ? suggestion->message : _ ("see “house-price-tui --help”"));
      return FALSE;
    }
  if (arguments[1] != NULL)
    {
      g_autofree char *shown = hp_text_printable (arguments[1], -1, 40);

      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("“%s” is one argument too many; see “house-price-tui --help”"),
                    shown);
      return FALSE;
    }
  return TRUE;
}

/**
 * hp_tui_options_clear:
 * @options: options
 */
void
hp_tui_options_clear (HpTuiOptions *options)
{
  g_clear_pointer (&options->registry, g_free);
  g_clear_pointer (&options->name, g_free);
  g_clear_pointer (&options->server, g_free);
}

/**
 * hp_tui_options_help:
 *
 * Returns: (transfer full): `house-price-tui --help`
 */
char *
hp_tui_options_help (void)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "house-price-tui - %s\n\n%s\n", _ ("values houses in a terminal"), _ ("Examples:"));
  g_string_append (text, "  house-price-tui\n"
                         "  house-price-tui --server http://valuer.example:8080\n"
                         "  ssh -t office house-price-tui --no-mouse\n\n");
  g_string_append_printf (text, _ ("Usage: %s"), "house-price-tui [OPTION…]\n");
  g_string_append_printf (text, "\n%s\n", _ ("Options:"));
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *letter = table[i].letter != 0 ? g_strdup_printf ("-%c, ", table[i].letter) : g_strdup ("");
      g_autofree char *left = g_strconcat (letter, "--", table[i].name, table[i].argument != NULL ? " " : "",
                                           table[i].argument != NULL ? _ (table[i].argument) : "", NULL);

      g_string_append_printf (text, "  %-25s %s\n", left, _ (table[i].help));
    }
  g_string_append_printf (text, "\n%s\n",
                          _ ("F1 in the program shows what its keys do.\n"
                             "Exit status: 0 done, 1 failed, 2 usage or no terminal, 130 interrupted."));
  return g_string_free (text, FALSE);
}

/**
 * hp_tui_options_version:
 *
 * Returns: (transfer full): `house-price-tui --version`
 */
char *
hp_tui_options_version (void)
{
  return g_strdup_printf ("house-price-tui %s\nGLib %u.%u.%u\njson-glib %s\n%s\n", HP_VERSION, glib_major_version,
                          glib_minor_version, glib_micro_version, JSON_VERSION_S, hp_term_version ());
}

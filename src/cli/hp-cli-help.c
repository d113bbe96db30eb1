/* hp-cli-help.c - help and versions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <yaml.h>

#include "hp-cli.h"

static void
append_option (GString *text, const HpCliOption *option)
{
  g_autoptr (GString) left = g_string_new (NULL);

  if (option->letter != 0)
    g_string_append_printf (left, "-%c, ", option->letter);
  g_string_append_printf (left, "--%s", option->name);
  if (option->argument != NULL)
    g_string_append_printf (left, " %s", _ (option->argument));
  g_string_append_printf (text, "  %-25s %s\n", left->str, _ (option->help));
}

static void
append_indented (GString *text, const char *lines)
{
  g_auto (GStrv) parts = g_strsplit (lines, "\n", -1);

  for (char **line = parts; *line != NULL; line++)
    g_string_append_printf (text, "  %s\n", *line);
}

static gboolean
is_below (const HpCliVerb *verb, const HpCliVerb *group)
{
  gsize length = strlen (group->name);

  return strncmp (verb->name, group->name, length) == 0 && verb->name[length] == ' ';
}

static void
append_verb (GString *text, const HpCliVerb *verb, const char *name)
{
  g_string_append_printf (text, "  %-10s %s\n", name, _ (verb->summary));
}

static void
append_verbs (GString *text, const HpCliVerb *const *verbs)
{
  g_string_append_printf (text, "\n%s\n", _ ("Verbs:"));
  for (; *verbs != NULL; verbs++)
    if (strchr ((*verbs)->name, ' ') == NULL)
      append_verb (text, *verbs, (*verbs)->name);
}

/**
 * hp_cli_short_help:
 * @verbs: the program's verbs
 *
 * Returns: (transfer full): what a run without arguments shows
 */
char *
hp_cli_short_help (const HpCliVerb *const *verbs)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Usage: %s"), "house-price [OPTION…] VERB …\n");
  append_verbs (text, verbs);
  g_string_append_printf (text, "\n%s\n", _ ("“house-price VERB --help” shows examples and options of a verb."));
  return g_string_free (text, FALSE);
}

/**
 * hp_cli_help:
 * @verbs: the program's verbs
 *
 * Returns: (transfer full): `house-price --help`
 */
char *
hp_cli_help (const HpCliVerb *const *verbs)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "house-price - %s\n\n%s\n",
                          _ ("values houses, with an honest interval and the reasons"), _ ("Examples:"));
  append_indented (text, "house-price train data/house_data.csv\n"
                         "house-price predict sqft=1656 bedrooms=3 bathrooms=2 location=\"North Ames\" \\\n"
                         "  condition=Average year_built=1960\n"
                         "house-price predict --input houses.csv -o valued.csv");
  g_string_append_printf (text, "\n");
  g_string_append_printf (text, _ ("Usage: %s"), "house-price [OPTION…] VERB [OPTION…] [ARGUMENT…]\n");
  append_verbs (text, verbs);
  g_string_append_printf (text, "\n%s\n", _ ("Options, before or after the verb:"));
  for (const HpCliOption *option = hp_cli_global_options; option->name != NULL; option++)
    append_option (text, option);
  g_string_append_printf (
    text, "\n%s\n",
    _ ("Exit status: 0 done, 1 failed, 2 usage, 3 bad data or attribute, 4 no such model, version or file,\n"
       "5 server needed and not reachable, 6 gates not passed, 7 drift alarm, 130 interrupted."));
  return g_string_free (text, FALSE);
}

/**
 * hp_cli_verb_help:
 * @verb: a verb
 * @verbs: all of them
 *
 * Returns: (transfer full): `house-price VERB --help`: examples first
 */
char *
hp_cli_verb_help (const HpCliVerb *verb, const HpCliVerb *const *verbs)
{
  GString *text = g_string_new (NULL);
  gboolean group = FALSE;

  g_string_append_printf (text, "house-price %s - %s\n\n%s\n", verb->name, _ (verb->summary), _ ("Examples:"));
  append_indented (text, verb->examples);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _ ("Usage: %s"), "house-price ");
  g_string_append_printf (text, "%s [OPTION…]%s%s\n", verb->name, *verb->arguments != '\0' ? " " : "", verb->arguments);
  for (const HpCliVerb *const *other = verbs; *other != NULL; other++)
    if (is_below (*other, verb))
      {
        if (!group)
          g_string_append_printf (text, "\n%s\n", _ ("Verbs:"));
        group = TRUE;
        append_verb (text, *other, (*other)->name + strlen (verb->name) + 1);
      }
  if (verb->options != NULL)
    {
      g_string_append_printf (text, "\n%s\n", _ ("Options:"));
      for (const HpCliOption *option = verb->options; option->name != NULL; option++)
        append_option (text, option);
    }
  g_string_append_printf (text, "\n%s\n", _ ("Global options:"));
  for (const HpCliOption *option = hp_cli_global_options; option->name != NULL; option++)
    append_option (text, option);
  if (verb->details != NULL)
    g_string_append_printf (text, "\n%s\n", _ (verb->details));
  return g_string_free (text, FALSE);
}

/**
 * hp_cli_version:
 * @json: as one JSON object
 *
 * Returns: (transfer full): `house-price --version`: the program and the libraries that run in it
 */
char *
hp_cli_version (gboolean json)
{
  g_autofree char *glib = g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);

  if (json)
    {
      g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
      gsize length;

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_string (writer, "version", HP_VERSION);
      hp_json_writer_key (writer, "libraries");
      hp_json_writer_begin_object (writer);
      hp_json_writer_set_string (writer, "glib", glib);
      hp_json_writer_set_string (writer, "json-glib", JSON_VERSION_S);
      hp_json_writer_set_string (writer, "libyaml", yaml_get_version_string ());
      hp_json_writer_end_object (writer);
      hp_json_writer_end_object (writer);
      {
        g_autofree char *text = hp_json_writer_steal (writer, &length);

        return g_strconcat (text, "\n", NULL);
      }
    }
  return g_strdup_printf ("house-price %s\nGLib %s\njson-glib %s\nlibyaml %s\n", HP_VERSION, glib, JSON_VERSION_S,
                          yaml_get_version_string ());
}

/* hp-cli-output.c - results on standard output, messages and errors on standard error
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "hp-cli.h"
#include "hp-file.h"
#include "hp-text.h"

/* Text is made in UTF-8; a terminal of another character set gets the nearest it can show. */
static char *
to_locale (const char *text)
{
  const char *charset;
  g_autofree char *target = NULL;
  char *converted;

  if (g_get_charset (&charset) || g_str_is_ascii (text))
    return g_strdup (text);
  target = g_strconcat (charset, "//TRANSLIT", NULL);
  converted = g_convert_with_fallback (text, -1, target, "UTF-8", "?", NULL, NULL, NULL);
  return converted != NULL ? converted : g_str_to_ascii (text, NULL);
}

/**
 * hp_cli_print:
 * @cli: the context
 * @text: a result for people
 * @error: return location for a #GError
 *
 * Writes to standard output. A full disk behind it is noticed.
 *
 * Returns: %TRUE, or %FALSE with %HP_ERROR_IO
 */
gboolean
hp_cli_print (HpCli *cli, const char *text, GError **error)
{
  g_autoptr (HpOutput) output = hp_output_open (NULL, error);
  g_autofree char *local = to_locale (text);

  if (output == NULL)
    return FALSE;
  hp_output_write (output, local, strlen (local));
  return hp_output_commit (output, error);
}

/**
 * hp_cli_print_json:
 * @cli: the context
 * @writer: a finished value
 * @error: return location for a #GError
 *
 * Writes to standard output, always in UTF-8, and ends the line.
 *
 * Returns: %TRUE, or %FALSE with %HP_ERROR_IO
 */
gboolean
hp_cli_print_json (HpCli *cli, HpJsonWriter *writer, GError **error)
{
  g_autoptr (HpOutput) output = hp_output_open (NULL, error);
  gsize length;
  g_autofree char *text = hp_json_writer_steal (writer, &length);

  if (output == NULL)
    return FALSE;
  hp_output_write (output, text, length);
  if (length == 0 || text[length - 1] != '\n')
    hp_output_write (output, "\n", 1);
  return hp_output_commit (output, error);
}

/**
 * hp_cli_append_styled:
 * @text: receives it
 * @color: whether styles may be used
 * @style: which
 * @part: what is shown in that style
 */
void
hp_cli_append_styled (GString *text, gboolean color, HpCliStyle style, const char *part)
{
  static const char *const sequences[] = {
    [HP_STYLE_BOLD] = "\033[1m",
    [HP_STYLE_DIM] = "\033[2m",
    [HP_STYLE_BAD] = "\033[31m",
    [HP_STYLE_WARN] = "\033[33m",
  };

  if (!color || style == HP_STYLE_NONE)
    g_string_append (text, part);
  else
    g_string_append_printf (text, "%s%s\033[0m", sequences[style], part);
}

static void
write_stderr (const char *text)
{
  g_autofree char *local = to_locale (text);

  fputs (local, stderr);
  fflush (stderr);
}

/**
 * hp_cli_message:
 * @cli: the context
 * @format: what to tell, without a line end
 * @...: its arguments
 *
 * Tells something on standard error, unless `--quiet`, or `--json`: a script reads nothing there but an error.
 */
void
hp_cli_message (HpCli *cli, const char *format, ...)
{
  g_autofree char *message = NULL, *line = NULL;
  va_list args;

  if (cli->globals.quiet || cli->globals.json)
    return;
  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  line = g_strconcat (message, "\n", NULL);
  write_stderr (line);
}

/**
 * hp_cli_warning:
 * @cli: the context
 * @format: what to warn of, without a line end
 * @...: its arguments
 *
 * Warns on standard error, unless `--quiet` or `--json`.
 */
void
hp_cli_warning (HpCli *cli, const char *format, ...)
{
  g_autofree char *message = NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  va_list args;

  if (cli->globals.quiet || cli->globals.json)
    return;
  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  hp_cli_append_styled (line, cli->color_stderr, HP_STYLE_WARN, _ ("warning:"));
  g_string_append_printf (line, " %s\n", message);
  write_stderr (line->str);
}

/**
 * hp_cli_add_problem:
 * @cli: the context
 * @field: (nullable): the attribute or column it is about
 * @format: what is wrong and what to do
 * @...: its arguments
 *
 * Collects one of several things that are wrong; hp_cli_set_problems() makes one error of them.
 */
void
hp_cli_add_problem (HpCli *cli, const char *field, const char *format, ...)
{
  HpCliProblem *problem = g_new0 (HpCliProblem, 1);
  va_list args;

  problem->field = g_strdup (field);
  va_start (args, format);
  problem->message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (cli->problems, problem);
}

/**
 * hp_cli_set_problems:
 * @cli: the context, with at least one problem
 * @code: what kind of error they make
 * @error: return location for a #GError
 *
 * Sets an error that tells all collected problems, each on its line; its field is the first one's.
 */
void
hp_cli_set_problems (HpCli *cli, HpErrorCode code, GError **error)
{
  const HpCliProblem *first = cli->problems->pdata[0];
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert (cli->problems->len > 0);
  if (cli->problems->len == 1)
    {
      hp_set_error (error, code, first->field, "%s", first->message);
      return;
    }
  g_string_append_printf (text, _ ("%u things are wrong:"), cli->problems->len);
  for (guint i = 0; i < cli->problems->len; i++)
    g_string_append_printf (text, "\n  %s", ((HpCliProblem *) cli->problems->pdata[i])->message);
  hp_set_error (error, code, first->field, "%s", text->str);
}

static void
report_json (HpCli *cli, const GError *error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  g_autofree char *text = NULL;
  gsize length;

  hp_json_writer_begin_object (writer);
  hp_json_writer_key (writer, "error");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "code", hp_error_code_name (error));
  if (hp_error_get_field (error) != NULL)
    hp_json_writer_set_string (writer, "field", hp_error_get_field (error));
  hp_json_writer_set_string (writer, "message", error->message);
  if (cli->problems->len > 1)
    {
      hp_json_writer_key (writer, "errors");
      hp_json_writer_begin_array (writer);
      for (guint i = 0; i < cli->problems->len; i++)
        {
          const HpCliProblem *problem = cli->problems->pdata[i];

          hp_json_writer_begin_object (writer);
          hp_json_writer_set_string (writer, "code", hp_error_code_name (error));
          if (problem->field != NULL)
            hp_json_writer_set_string (writer, "field", problem->field);
          hp_json_writer_set_string (writer, "message", problem->message);
          hp_json_writer_end_object (writer);
        }
      hp_json_writer_end_array (writer);
    }
  hp_json_writer_end_object (writer);
  hp_json_writer_end_object (writer);
  text = hp_json_writer_steal (writer, &length);
  fprintf (stderr, "%s\n", text);
  fflush (stderr);
}

/**
 * hp_cli_report_error:
 * @cli: the context
 * @error: what ends the program
 *
 * Tells it on standard error: a line for people, or under `--json` one object.
 */
void
hp_cli_report_error (HpCli *cli, const GError *error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;

  if (cli->globals.json)
    {
      report_json (cli, error);
      return;
    }
  hp_cli_append_styled (line, cli->color_stderr, HP_STYLE_BAD, "house-price:");
  parts = g_strsplit (error->message, "\n", -1);
  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *shown = hp_text_printable (*part, -1, 0);

      g_string_append_printf (line, "%s%s\n", part == parts ? " " : "", shown);
    }
  write_stderr (line->str);
}

/**
 * hp_cli_add_remedy:
 * @error: (inout) (nullable): where an error may be
 *
 * Adds to the message of %HP_ERROR_DAMAGED how to value on: with the version before, or a whole copy of this one.
 */
void
hp_cli_add_remedy (GError **error)
{
  g_autofree char *message = NULL;

  if (error == NULL || !g_error_matches (*error, HP_ERROR, HP_ERROR_DAMAGED))
    return;
  message = (*error)->message;
  (*error)->message = g_strdup_printf (_ ("%s; go back to the champion before with “house-price models rollback”, name "
                                          "another version, or install this one again"),
                                       message);
}

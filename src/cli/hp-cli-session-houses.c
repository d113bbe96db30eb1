/* hp-cli-session-houses.c - houses for a session, from the command line or a CSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-cli-session.h"
#include "hp-csv.h"
#include "hp-text.h"

static gboolean
set_date (HpQuestion *question, const char *as_of, GError **error)
{
  if (as_of == NULL || hp_date_parse (as_of, strlen (as_of), &question->options.as_of))
    return TRUE;
  hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--as-of: “%s” is not a date; write 2010-07"), as_of);
  return FALSE;
}

static gboolean
set_attribute (HpQuestion *question, const char *argument, GError **error)
{
  const char *equals = strchr (argument, '=');
  g_autofree char *key = NULL;

  if (equals == NULL || equals == argument || !g_utf8_validate (argument, -1, NULL))
    {
      g_autofree char *shown = hp_text_printable (argument, -1, 40);

      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("“%s” is not KEY=VALUE; write sqft=1656, location=\"North Ames\""),
                    shown);
      return FALSE;
    }
  key = g_strndup (argument, equals - argument);
  if (hp_question_get (question, key) != NULL)
    {
      hp_set_error (error, HP_ERROR_USAGE, key, _ ("%s: given twice; give it once"), key);
      return FALSE;
    }
  hp_question_set (question, key, equals + 1);
  return TRUE;
}

static gboolean
add (HpSession *session, const char *name, const HpQuestion *question, GError **error)
{
  if (hp_session_add_house (session, name, question) != NULL)
    return TRUE;
  hp_set_error (error, HP_ERROR_CONFLICT, NULL, _ ("the session is full: it holds at most %u houses"),
                HP_SESSION_MAX_HOUSES);
  return FALSE;
}

/**
 * hp_cli_session_add_house:
 * @session: a session
 * @name: (nullable): what to call it
 * @as_of: (nullable): the date to value it at
 * @arguments: its attributes, as KEY=VALUE; none: no house is added, which must not have a name then
 * @error: %HP_ERROR_USAGE, %HP_ERROR_CONFLICT
 *
 * Attributes are taken as they are written: only the version that values the house knows them.
 *
 * Returns: whether nothing was wrong
 */
gboolean
hp_cli_session_add_house (HpSession *session, const char *name, const char *as_of, char **arguments, GError **error)
{
  g_autoptr (HpQuestion) question = hp_question_new ();

  if (name != NULL && *arguments == NULL)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL,
                    _ ("--house-name names the house KEY=VALUE…, and there is none; write sqft=1656"));
      return FALSE;
    }
  if (!set_date (question, as_of, error))
    return FALSE;
  for (char **argument = arguments; *argument != NULL; argument++)
    if (!set_attribute (question, *argument, error))
      return FALSE;
  return *arguments == NULL || add (session, name, question, error);
}

static gboolean
add_record (HpSession *session, HpCsvReader *reader, int name_column, const char *as_of, GError **error)
{
  const HpCsvField *fields = hp_csv_reader_get_fields (reader);
  const char *const *columns = hp_csv_reader_get_columns (reader);
  g_autoptr (HpQuestion) question = hp_question_new ();
  g_autofree char *name = NULL;

  if (!set_date (question, as_of, error))
    return FALSE;
  for (int i = 0; columns[i] != NULL; i++)
    {
      g_autofree char *text = g_strndup (fields[i].text, fields[i].length);

      if (hp_csv_is_missing (fields[i].text, fields[i].length))
        continue;
      if (i == name_column)
        name = g_steal_pointer (&text);
      else
        hp_question_set (question, columns[i], text);
    }
  return add (session, name, question, error);
}

/**
 * hp_cli_session_add_houses:
 * @session: a session
 * @path: (type filename): a CSV of houses; a column `name` says what to call them
 * @as_of: (nullable): the date to value them at
 * @error: %HP_ERROR_USAGE, %HP_ERROR_CONFLICT, or what is wrong with the file
 *
 * Returns: whether all were added
 */
gboolean
hp_cli_session_add_houses (HpSession *session, const char *path, const char *as_of, GError **error)
{
  g_autoptr (HpCsvReader) reader = hp_csv_reader_open (path, error);
  int name_column = reader != NULL ? hp_csv_reader_find_column (reader, "name") : -1;

  if (reader == NULL)
    return FALSE;
  for (;;)
    switch (hp_csv_reader_next (reader, error))
      {
      case HP_CSV_END:
        return TRUE;
      case HP_CSV_RECORD:
        if (!add_record (session, reader, name_column, as_of, error))
          return FALSE;
        break;
      default:
        return FALSE;
      }
}

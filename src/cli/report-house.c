/* report-house.c - the house that a report is about, from the command line or a session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "report-house.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-cli-predict.h"
#include "hp-session-file.h"
#include "hp-text.h"

#define COMPARABLES     5
#define MAX_COMPARABLES 50

static gboolean
read_terms (const HpCliReportOptions *given, HpValuationOptions *terms, GError **error)
{
  guint64 comparables = COMPARABLES;

  if (given->comparables != NULL
      && !hp_cli_parse_uint ("--comparables", given->comparables, 0, MAX_COMPARABLES, &comparables, error))
    return FALSE;
  if (given->as_of != NULL && !hp_date_parse (given->as_of, strlen (given->as_of), &terms->as_of))
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--as-of: “%s” is not a date (YYYY, YYYY-MM or YYYY-MM-DD)"),
                    given->as_of);
      return FALSE;
    }
  terms->explain = TRUE;
  terms->impute = given->impute;
  terms->n_comparables = (guint) comparables;
  return TRUE;
}

/* The house of that name; without a name the only one there is */
static HpSessionHouse *
find_house (HpSession *session, const char *path, const char *name, GError **error)
{
  guint n = hp_session_get_n_houses (session);
  HpSessionHouse *house = name != NULL ? hp_session_find_house (session, name)
                          : n == 1     ? hp_session_get_house (session, 0)
                                       : NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  if (house != NULL)
    return house;
  for (guint i = 0; i < MIN (n, 10); i++)
    {
      g_autofree char *shown
        = hp_text_printable (hp_session_house_get_name (hp_session_get_house (session, i)), -1, 40);

      g_string_append_printf (names, "%s“%s”", i > 0 ? ", " : "", shown);
    }
  if (n == 0)
    hp_set_error (error, HP_ERROR_NOT_FOUND, NULL, _ ("%s: the session has no houses"), path);
  else if (name == NULL)
    hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("%s has %u houses: name one with --house: %s"), path, n, names->str);
  else
    hp_set_error (error, HP_ERROR_NOT_FOUND, NULL, _ ("%s: no house “%s”; it has %s"), path, name, names->str);
  return NULL;
}

/* Which version values: the one asked for, else the session's that was decided on, else its first, else the champion */
static const char *
choose_version (const HpCliReportOptions *given, HpSession *session, HpSessionHouse *house)
{
  const char *const *versions = session != NULL ? hp_session_get_versions (session) : NULL;
  const HpAuditEntry *decision = session != NULL ? hp_session_get_decision (session, house) : NULL;

  if (given->model != NULL)
    return given->model;
  if (decision != NULL && decision->version != NULL && versions != NULL
      && g_strv_contains (versions, decision->version))
    return decision->version;
  return versions != NULL ? versions[0] : NULL;
}

static HpRegistry *
open_registry (HpCli *cli, HpSession *session, GError **error)
{
  const char *name = cli->globals.name;

  if (name == NULL && session != NULL)
    name = hp_session_get_model (session);
  return hp_registry_new (cli->globals.registry, name, error);
}

/* All that the words after --house and the arguments say of it */
static HpQuestion *
read_words (HpCli *cli, const HpCliReportOptions *given, char **arguments, const HpDescription *description,
            GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (char **word = given->house; *word != NULL; word++)
    g_ptr_array_add (words, *word);
  for (char **word = arguments; *word != NULL; word++)
    g_ptr_array_add (words, *word);
  g_ptr_array_add (words, NULL);
  return hp_cli_read_house (cli, description, (char **) words->pdata, given->impute, error);
}

static HpQuestion *
copy_question (HpSessionHouse *house, const HpValuationOptions *terms)
{
  HpQuestion *question = hp_question_copy (hp_session_house_get_question (house));
  HpDate as_of = question->options.as_of;

  question->options = *terms;
  if (terms->as_of == 0)
    question->options.as_of = as_of;
  return question;
}

static HpReport *
value (HpCli *cli, HpReportHouse *house, HpValuer *valuer, const HpDescription *description, HpQuestion *question,
       const HpReportOptions *options, GError **error)
{
  g_autoptr (HpValuation) valuation = hp_valuer_value (valuer, question, NULL, error);

  if (valuation == NULL)
    return NULL;
  house->valuation = valuation;
  house->question = question;
  house->description = description;
  return hp_report_new_house (house, options);
}

/**
 * hp_report_house_run:
 * @cli: the context
 * @given: report's options
 * @arguments: what else was said of the house
 * @options: of the report
 * @error: return location for a #GError
 *
 * Values a house on this computer and writes its report.
 *
 * Returns: (transfer full) (nullable): the report
 */
HpReport *
hp_report_house_run (HpCli *cli, const HpCliReportOptions *given, char **arguments, const HpReportOptions *options,
                     GError **error)
{
  HpValuationOptions terms = { 0 };
  g_autoptr (HpSession) session = NULL;
  g_autoptr (HpRegistry) registry = NULL;
  g_autoptr (HpValuer) valuer = NULL;
  g_autoptr (HpDescription) description = NULL;
  g_autoptr (HpQuestion) question = NULL;
  HpReportHouse house = { NULL };
  const char *version;

  if (!read_terms (given, &terms, error))
    return NULL;
  if (given->session != NULL)
    {
      session = hp_session_load (given->session, error);
      house.house = session != NULL
                      ? find_house (session, given->session, given->house != NULL ? given->house[0] : NULL, error)
                      : NULL;
      if (house.house == NULL)
        return NULL;
    }
  registry = open_registry (cli, session, error);
  if (registry == NULL)
    return NULL;
  valuer = hp_local_valuer_new (registry);
  version = choose_version (given, session, house.house);
  description = hp_valuer_describe (valuer, version, NULL, error);
  if (description == NULL)
    {
      hp_cli_add_remedy (error);
      return NULL;
    }
  if (session == NULL)
    {
      question = read_words (cli, given, arguments, description, error);
      if (question == NULL)
        return NULL;
      question->options = terms;
    }
  else
    {
      const HpAuditEntry *decision = hp_session_get_decision (session, house.house);

      question = copy_question (house.house, &terms);
      house.session = session;
      house.name = hp_session_house_get_name (house.house);
      house.note = hp_session_house_get_note (house.house);
      house.author = decision != NULL ? decision->author : NULL;
    }
  question->version = g_strdup (version);
  return value (cli, &house, valuer, description, question, options, error);
}

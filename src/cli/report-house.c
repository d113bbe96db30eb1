/* report-house.c - the house that a report is about, from the command line or a session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "report-house.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-cli-predict.h"
#include "hp-cli-session.h"

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
  g_autofree char *list = NULL;

  if (name == NULL && n == 1)
    return hp_session_get_house (session, 0);
  if (name != NULL || n == 0)
    return hp_cli_session_find_house (session, name != NULL ? name : "", error);
  list = hp_cli_session_list_houses (session);
  hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("%s has %u houses: name one with --house: %s"), path, n, list);
  return NULL;
}

/* Which version values: the one asked for, else the one that was decided on, else the session's first, else the
 * champion. The session may know the one that was decided on by an alias, which may have moved on since. */
static const char *
choose_version (const HpCliReportOptions *given, HpSession *session, const HpAuditEntry *decision)
{
  if (given->model != NULL)
    return given->model;
  if (decision != NULL && *decision->version != '\0')
    return decision->version;
  return session != NULL ? hp_session_get_versions (session)[0] : NULL;
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
  const HpAuditEntry *decision = NULL;
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
      decision = hp_session_get_decision (session, house.house);
    }
  registry
    = session != NULL ? hp_cli_session_open_registry (cli, session, error) : hp_cli_open_registry (cli, error);
  if (registry == NULL)
    return NULL;
  valuer = hp_local_valuer_new (registry);
  version = choose_version (given, session, decision);
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
      question = copy_question (house.house, &terms);
      house.session = session;
      house.name = hp_session_house_get_name (house.house);
      house.note = hp_session_house_get_note (house.house);
      house.author = decision != NULL ? decision->author : NULL;
    }
  question->version = g_strdup (version);
  return value (cli, &house, valuer, description, question, options, error);
}

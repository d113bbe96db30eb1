/* hp-cli-session-run.c - prices for a session's houses, and what is in their way
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-cli-session.h"
#include "hp-text.h"

#define MAX_FAILURES 20 /* that are told one by one */

static void
warn_of_versions (HpCli *cli, const HpSessionRun *run)
{
  for (guint i = 0; i < run->versions->len; i++)
    {
      const HpSessionRunVersion *version = run->versions->pdata[i];
      g_autofree char *shown = hp_text_printable (version->name, -1, 40);

      if (version->number == NULL)
        hp_cli_warning (cli, _ ("version %s can't be used: %s"), shown, version->problem);
    }
}

/* In full, which the table has no room for */
static void
warn_of_failures (HpCli *cli, const HpSessionRun *run)
{
  guint told = 0;

  for (guint i = 0; i < run->rows->len && told < MAX_FAILURES; i++)
    {
      const HpSessionRunRow *row = run->rows->pdata[i];
      g_autofree char *house = NULL, *problem = NULL;

      if (row->status != HP_RUN_FAILED)
        continue;
      house = hp_text_printable (hp_session_house_get_name (row->house), -1, 40);
      problem = hp_text_printable (row->problem, -1, 0);
      hp_cli_warning (cli, _ ("%s, version %s: %s"), house, row->version, problem);
      told++;
    }
  if (told < run->n_failed)
    hp_cli_warning (cli, ngettext ("%u more price failed", "%u more prices failed", run->n_failed - told),
                    run->n_failed - told);
}

/**
 * hp_cli_session_warn:
 * @cli: the context
 * @run: what came out of valuing a session's houses
 *
 * Warns of versions that can't be used and of houses that could not be valued.
 */
void
hp_cli_session_warn (HpCli *cli, const HpSessionRun *run)
{
  warn_of_versions (cli, run);
  warn_of_failures (cli, run);
}

/**
 * hp_cli_session_value:
 * @cli: the context
 * @session: a session
 * @error: return location; only for a registry or model name that is none
 *
 * Values the houses that no version has valued yet and keeps the prices. A version that can't be used and a house that
 * it can't value are told, and are no failure: the session can be made before the model.
 *
 * Returns: whether nothing else was wrong
 */
gboolean
hp_cli_session_value (HpCli *cli, HpSession *session, GError **error)
{
  g_autoptr (HpRegistry) registry = NULL;
  g_autoptr (HpStudies) studies = NULL;
  g_autoptr (HpSessionRun) run = NULL;

  if (hp_session_get_n_houses (session) == 0)
    return TRUE;
  registry = hp_cli_session_open_registry (cli, session, error);
  if (registry == NULL)
    return FALSE;
  studies = hp_studies_new (registry);
  run = hp_session_run_unvalued (session, studies, NULL, error);
  if (run == NULL)
    return FALSE;
  hp_cli_session_warn (cli, run);
  hp_session_run_apply (run, session);
  return TRUE;
}

/* "1" and "2", or what to do to have any */
static char *
list_valuations (HpSessionHouse *house)
{
  guint n = hp_session_house_get_n_valuations (house);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *shown = hp_text_printable (hp_session_house_get_valuation (house, i)->version, -1, 40);

      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", shown);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/**
 * hp_cli_session_find_valuation:
 * @cli: the context
 * @session: a session
 * @house: one of its houses
 * @version: a number, or an alias as it is now
 * @file: what the session's file was called
 * @error: %HP_ERROR_NOT_FOUND
 *
 * Returns: (transfer none) (nullable): what that version said of @house
 */
const HpSessionValuation *
hp_cli_session_find_valuation (HpCli *cli, HpSession *session, HpSessionHouse *house, const char *version,
                               const char *file, GError **error)
{
  const HpSessionValuation *valuation = hp_session_house_find_valuation (house, version);
  g_autoptr (HpRegistry) registry = valuation == NULL ? hp_cli_session_open_registry (cli, session, NULL) : NULL;
  g_autofree char *shown = NULL, *name = NULL, *list = NULL;
  guint number;

  if (registry != NULL && hp_registry_resolve (registry, version, &number, NULL))
    {
      g_autofree char *text = g_strdup_printf ("%u", number);

      valuation = hp_session_house_find_valuation (house, text);
    }
  if (valuation != NULL)
    return valuation;
  shown = hp_text_printable (version, -1, 40);
  name = hp_text_printable (hp_session_house_get_name (house), -1, 40);
  list = list_valuations (house);
  if (*list != '\0')
    hp_set_error (error, HP_ERROR_NOT_FOUND, NULL, _ ("version %s has not valued “%s”; these have: %s"), shown, name,
                  list);
  else
    hp_set_error (error, HP_ERROR_NOT_FOUND, NULL,
                  _ ("“%s” has no prices yet: “house-price session run %s --update” gets them"), name, file);
  return NULL;
}

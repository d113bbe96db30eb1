/* verb-session.c - makes and changes sessions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-cli-session.h"
#include "hp-csv.h"
#include "hp-file.h"
#include "hp-text.h"

#define MAX_LISTED 8 /* houses in a message */

typedef struct
{
  char *versions, *data, *houses, *house_name, *as_of, *note;
  gboolean no_run;
} NewOptions;

static const HpCliOption new_options[] = {
  { "versions", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (NewOptions, versions), N_ ("LIST"),
    N_ ("Versions to study: 3,4 (default champion)") },
  { "data", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (NewOptions, data), N_ ("FILE"),
    N_ ("Sales to hold the versions against") },
  { "houses", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (NewOptions, houses), N_ ("FILE"),
    N_ ("CSV of houses; a column “name” names them") },
  { "house-name", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (NewOptions, house_name), N_ ("TEXT"),
    N_ ("What to call the house KEY=VALUE…") },
  { "as-of", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (NewOptions, as_of), N_ ("DATE"), N_ ("Value the houses at this date") },
  { "note", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (NewOptions, note), N_ ("TEXT"), N_ ("A note on the session") },
  { "no-run", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (NewOptions, no_run), NULL, N_ ("Don't value the houses yet") },
  { NULL },
};

typedef struct
{
  char *houses, *house_name, *as_of;
  gboolean no_run;
} AddOptions;

static const HpCliOption add_options[] = {
  { "houses", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (AddOptions, houses), N_ ("FILE"),
    N_ ("CSV of houses; a column “name” names them") },
  { "house-name", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (AddOptions, house_name), N_ ("TEXT"),
    N_ ("What to call the house KEY=VALUE…") },
  { "as-of", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (AddOptions, as_of), N_ ("DATE"), N_ ("Value the houses at this date") },
  { "no-run", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (AddOptions, no_run), NULL, N_ ("Don't value the houses yet") },
  { NULL },
};

typedef struct
{
  char *house;
} NoteOptions;

static const HpCliOption note_options[] = {
  { "house", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (NoteOptions, house), N_ ("HOUSE"),
    N_ ("On this house, by id or name, not on the session") },
  { NULL },
};

typedef struct
{
  char *reason, *author, *model;
} DecideOptions;

static const HpCliOption accept_options[] = {
  { "reason", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (DecideOptions, reason), N_ ("TEXT"), N_ ("Why") },
  { "author", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (DecideOptions, author), N_ ("NAME"),
    N_ ("Who decides (default: the user)") },
  { NULL },
};

static const HpCliOption override_options[] = {
  { "reason", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (DecideOptions, reason), N_ ("TEXT"), N_ ("Why; needed") },
  { "model", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (DecideOptions, model), N_ ("VERSION"),
    N_ ("Whose price is overridden (default: the only one)") },
  { "author", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (DecideOptions, author), N_ ("NAME"),
    N_ ("Who decides (default: the user)") },
  { NULL },
};

/**
 * hp_cli_session_load:
 * @cli: the context
 * @path: (type filename): a session's file
 * @error: as hp_session_load()
 *
 * Warns if the audit trail was tampered with.
 *
 * Returns: (transfer full) (nullable): the session
 */
HpSession *
hp_cli_session_load (HpCli *cli, const char *path, GError **error)
{
  HpSession *session = hp_session_load (path, error);
  const char *problem = session != NULL ? hp_audit_get_problem (hp_session_get_audit (session)) : NULL;
  g_autofree char *shown = NULL;

  if (problem == NULL)
    return session;
  shown = hp_text_printable (path, -1, 0);
  hp_cli_warning (cli, "%s: %s", shown, problem);
  return session;
}

/**
 * hp_cli_session_save:
 * @cli: the context
 * @session: a session that has a file
 * @said: what was done, for people
 * @error: as hp_session_save()
 *
 * Saves the session if it was modified, and tells.
 */
void
hp_cli_session_save (HpCli *cli, HpSession *session, const char *said, GError **error)
{
  if (!hp_session_get_modified (session) || hp_session_save (session, NULL, FALSE, error))
    hp_cli_message (cli, "%s", said);
}

/**
 * hp_cli_session_open_registry:
 * @cli: the context
 * @session: a session
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the registry of the model that the session is about, unless `--name` names
 * another
 */
HpRegistry *
hp_cli_session_open_registry (HpCli *cli, HpSession *session, GError **error)
{
  const char *name = cli->globals.name != NULL ? cli->globals.name : hp_session_get_model (session);

  return hp_registry_new (cli->globals.registry, name, error);
}

/**
 * hp_cli_session_list_houses:
 * @session: a session
 *
 * Returns: (transfer full): "h1 (12 Elm St), h2 (7 Oak Ave)": what a house may be called by
 */
char *
hp_cli_session_list_houses (HpSession *session)
{
  guint n = hp_session_get_n_houses (session);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < MIN (n, MAX_LISTED); i++)
    {
      HpSessionHouse *house = hp_session_get_house (session, i);
      g_autofree char *name = hp_text_printable (hp_session_house_get_name (house), -1, 40);

      g_string_append_printf (list, "%s%s (%s)", i > 0 ? ", " : "", hp_session_house_get_id (house), name);
    }
  if (n > MAX_LISTED)
    g_string_append (list, _ (" and others: “house-price session show” lists them"));
  return g_string_free (list, FALSE);
}

/**
 * hp_cli_session_find_house:
 * @session: a session
 * @id_or_name: which house
 * @error: %HP_ERROR_NOT_FOUND
 *
 * Returns: (transfer none) (nullable): the house
 */
HpSessionHouse *
hp_cli_session_find_house (HpSession *session, const char *id_or_name, GError **error)
{
  HpSessionHouse *house = g_utf8_validate (id_or_name, -1, NULL) ? hp_session_find_house (session, id_or_name) : NULL;
  g_autofree char *shown = NULL;

  if (house != NULL)
    return house;
  shown = hp_text_printable (id_or_name, -1, 40);
  if (hp_session_get_n_houses (session) == 0)
    hp_set_error (error, HP_ERROR_NOT_FOUND, NULL,
                  _ ("the session has no houses: “house-price session add” puts them into it"));
  else
    {
      g_autofree char *list = hp_cli_session_list_houses (session);

      hp_set_error (error, HP_ERROR_NOT_FOUND, NULL, _ ("the session has no house “%s”; it has %s"), shown, list);
    }
  return NULL;
}

static gboolean
set_versions (HpSession *session, const char *list, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (list, ",", -1);

  for (char **part = parts; *part != NULL; part++)
    if (*g_strstrip (*part) == '\0')
      {
        hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--versions: “%s” is not a list like 3,4"), list);
        return FALSE;
      }
  if (g_strv_length (parts) > HP_SESSION_MAX_VERSIONS)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--versions: at most %u"), HP_SESSION_MAX_VERSIONS);
      return FALSE;
    }
  hp_session_set_versions (session, (const char *const *) parts);
  return TRUE;
}

/* Broken records are counted too: what is wrong with them is told when the sales are used. */
static gboolean
set_data (HpSession *session, const char *path, GError **error)
{
  g_autoptr (HpCsvReader) reader = hp_csv_reader_open (path, error);
  g_autofree char *sha256 = NULL;
  gint64 rows = 0;

  if (reader == NULL)
    return FALSE;
  for (;;)
    {
      g_autoptr (GError) broken = NULL;
      HpCsvResult result = hp_csv_reader_next (reader, &broken);

      if (result == HP_CSV_FAILED)
        {
          g_propagate_error (error, g_steal_pointer (&broken));
          return FALSE;
        }
      if (result == HP_CSV_END)
        break;
      rows++;
    }
  sha256 = hp_file_sha256 (path, NULL, error);
  return sha256 != NULL && hp_session_set_data (session, path, sha256, rows, error);
}

/* Saving looks too, but only after the houses were valued */
static gboolean
check_free (const char *path, GError **error)
{
  g_autofree char *shown = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  shown = hp_text_printable (path, -1, 0);
  hp_set_error (error, HP_ERROR_CONFLICT, NULL,
                _ ("%s exists already: take another name, or put houses into it by “house-price session add”"), shown);
  return FALSE;
}

static char *
describe_new (HpSession *session, const char *path)
{
  g_autofree char *shown = hp_text_printable (path, -1, 0);
  guint n = hp_session_get_n_houses (session);

  return g_strdup_printf (ngettext ("%s: a session with %u house", "%s: a session with %u houses", n), shown, n);
}

static int
run_new (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const NewOptions *given = values;
  g_autoptr (HpSession) session = hp_session_new ();
  g_autoptr (HpRegistry) registry = hp_cli_open_registry (cli, error);
  g_autofree char *said = NULL;

  if (registry == NULL || !check_free (arguments[0], error))
    return 0;
  hp_session_set_model (session, hp_registry_get_name (registry));
  if (!set_versions (session, given->versions != NULL ? given->versions : "champion", error)
      || (given->data != NULL && !set_data (session, given->data, error))
      || (given->houses != NULL && !hp_cli_session_add_houses (session, given->houses, given->as_of, error))
      || !hp_cli_session_add_house (session, given->house_name, given->as_of, arguments + 1, error))
    return 0;
  if (given->note != NULL)
    hp_session_set_notes (session, given->note);
  if (!given->no_run && !hp_cli_session_value (cli, session, error))
    return 0;
  said = describe_new (session, arguments[0]);
  if (hp_session_save (session, arguments[0], FALSE, error))
    hp_cli_message (cli, "%s", said);
  return 0;
}

static int
run_add (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const AddOptions *given = values;
  g_autoptr (HpSession) session = NULL;
  g_autofree char *said = NULL;

  if (given->houses == NULL && arguments[1] == NULL)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("name a house as KEY=VALUE…, or a file with --houses"));
      return 0;
    }
  session = hp_cli_session_load (cli, arguments[0], error);
  if (session == NULL
      || (given->houses != NULL && !hp_cli_session_add_houses (session, given->houses, given->as_of, error))
      || !hp_cli_session_add_house (session, given->house_name, given->as_of, arguments + 1, error)
      || (!given->no_run && !hp_cli_session_value (cli, session, error)))
    return 0;
  said = describe_new (session, arguments[0]);
  hp_cli_session_save (cli, session, said, error);
  return 0;
}

static int
run_note (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const NoteOptions *given = values;
  g_autoptr (HpSession) session = hp_cli_session_load (cli, arguments[0], error);
  HpSessionHouse *house = NULL;

  if (session == NULL)
    return 0;
  if (given->house != NULL && (house = hp_cli_session_find_house (session, given->house, error)) == NULL)
    return 0;
  if (house != NULL)
    hp_session_house_set_note (house, arguments[1]);
  else
    hp_session_set_notes (session, arguments[1]);
  hp_cli_session_save (cli, session, _ ("Noted"), error);
  return 0;
}

static int
run_accept (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const DecideOptions *given = values;
  g_autoptr (HpSession) session = hp_cli_session_load (cli, arguments[0], error);
  HpSessionHouse *house = session != NULL ? hp_cli_session_find_house (session, arguments[1], error) : NULL;
  const HpSessionValuation *valuation
    = house != NULL ? hp_cli_session_find_valuation (cli, session, house, arguments[2], arguments[0], error) : NULL;

  if (valuation != NULL && hp_session_accept (session, house, valuation->version, given->reason, given->author, error))
    hp_cli_session_save (cli, session, _ ("Accepted"), error);
  return 0;
}

static int
run_override (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const DecideOptions *given = values;
  const HpSessionValuation *valuation = NULL;
  g_autoptr (HpSession) session = NULL;
  HpSessionHouse *house;
  double price;

  if (!hp_cli_parse_double (_ ("PRICE"), arguments[2], 0, G_MAXDOUBLE, &price, error))
    return 0;
  if (given->reason == NULL)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("another price needs a reason: say why with --reason"));
      return 0;
    }
  session = hp_cli_session_load (cli, arguments[0], error);
  house = session != NULL ? hp_cli_session_find_house (session, arguments[1], error) : NULL;
  if (house == NULL)
    return 0;
  if (given->model != NULL)
    {
      valuation = hp_cli_session_find_valuation (cli, session, house, given->model, arguments[0], error);
      if (valuation == NULL)
        return 0;
    }
  else if (hp_session_house_get_n_valuations (house) == 1)
    valuation = hp_session_house_get_valuation (house, 0);
  if (hp_session_override (session, house, price, valuation != NULL ? valuation->version : NULL, given->reason,
                           given->author, error))
    hp_cli_session_save (cli, session, _ ("Overridden"), error);
  return 0;
}

const HpCliVerb hp_verb_session = {
  .name = "session",
  .arguments = "VERB …",
  .summary = N_ ("keep houses, versions and decisions in a file, and do it all again"),
  .examples = "house-price session new work.hpsession --versions 3,4 --houses houses.csv\n"
              "house-price session run work.hpsession --update",
};

const HpCliVerb hp_verb_session_new = {
  .name = "session new",
  .arguments = "FILE [KEY=VALUE…]",
  .summary = N_ ("make a session"),
  .examples = "house-price session new work.hpsession --versions 3,4 --data sales-2024.csv --houses houses.csv\n"
              "house-price session new elm.hpsession --house-name \"12 Elm St\" sqft=1656 bedrooms=3",
  .details
  = N_ ("Attributes are kept as they are written. The versions value the houses at once, where they are there and\n"
        "can; “session run” does it again."),
  .options = new_options,
  .options_size = sizeof (NewOptions),
  .min_arguments = 1,
  .max_arguments = 1000,
  .run = run_new,
};

const HpCliVerb hp_verb_session_add = {
  .name = "session add",
  .arguments = "FILE [KEY=VALUE…]",
  .summary = N_ ("add houses to a session"),
  .examples = "house-price session add work.hpsession --house-name \"7 Oak Ave\" sqft=900 bedrooms=2\n"
              "house-price session add work.hpsession --houses more.csv",
  .details = N_ ("The session's versions value them at once, as they do all houses that have no price yet."),
  .options = add_options,
  .options_size = sizeof (AddOptions),
  .min_arguments = 1,
  .max_arguments = 1000,
  .run = run_add,
};

const HpCliVerb hp_verb_session_note = {
  .name = "session note",
  .arguments = "FILE TEXT",
  .summary = N_ ("note something on a session, or on one of its houses"),
  .examples = "house-price session note work.hpsession \"for the board in May\"\n"
              "house-price session note work.hpsession --house \"12 Elm St\" \"new roof\"",
  .options = note_options,
  .options_size = sizeof (NoteOptions),
  .min_arguments = 2,
  .max_arguments = 2,
  .run = run_note,
};

const HpCliVerb hp_verb_session_accept = {
  .name = "session accept",
  .arguments = "FILE HOUSE VERSION",
  .summary = N_ ("accept the price that a version said"),
  .examples = "house-price session accept work.hpsession \"12 Elm St\" 3",
  .details = N_ ("HOUSE is an id (h1) or a name. Who accepts and when is kept in the audit trail, which only grows."),
  .options = accept_options,
  .options_size = sizeof (DecideOptions),
  .min_arguments = 3,
  .max_arguments = 3,
  .run = run_accept,
};

const HpCliVerb hp_verb_session_override = {
  .name = "session override",
  .arguments = "FILE HOUSE PRICE",
  .summary = N_ ("set another price, with the reason"),
  .examples = "house-price session override work.hpsession \"12 Elm St\" 185000 --reason \"new roof\"",
  .details
  = N_ ("HOUSE is an id (h1) or a name. Who overrides, when and why is kept in the audit trail, which only grows."),
  .options = override_options,
  .options_size = sizeof (DecideOptions),
  .min_arguments = 3,
  .max_arguments = 3,
  .run = run_override,
};

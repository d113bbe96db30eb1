/* verb-session-show.c - what is in a session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-cli-session.h"
#include "hp-text.h"
#include "hp-valuation-text.h"

static char *
format_time (gint64 when)
{
  g_autoptr (GDateTime) time = when > 0 ? g_date_time_new_from_unix_utc (when) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

static void
set_time (HpJsonWriter *writer, const char *member, gint64 when)
{
  g_autofree char *text = format_time (when);

  hp_json_writer_set_string (writer, member, text);
}

static void
write_valuation (const HpSessionValuation *valuation, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "version", valuation->version);
  hp_json_writer_set_double (writer, "price", valuation->price);
  hp_json_writer_set_double (writer, "low", valuation->low);
  hp_json_writer_set_double (writer, "high", valuation->high);
  hp_json_writer_set_double (writer, "level", valuation->level);
  hp_json_writer_set_string (writer, "currency", valuation->currency);
  hp_json_writer_set_string (writer, "source", valuation->source);
  set_time (writer, "when", valuation->when);
  hp_json_writer_end_object (writer);
}

static void
write_entry (const HpAuditEntry *entry, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "house", entry->house);
  hp_json_writer_set_string (writer, "name", entry->name);
  hp_json_writer_set_string (writer, "action", hp_audit_action_name (entry->action));
  hp_json_writer_set_double (writer, "price", entry->price);
  hp_json_writer_set_double (writer, "predicted_price", entry->predicted);
  hp_json_writer_set_string (writer, "version", *entry->version != '\0' ? entry->version : NULL);
  hp_json_writer_set_string (writer, "reason", entry->reason);
  hp_json_writer_set_string (writer, "author", entry->author);
  set_time (writer, "when", entry->when);
  hp_json_writer_set_boolean (writer, "sound", entry->sound);
  hp_json_writer_end_object (writer);
}

static void
write_house (HpSession *session, HpSessionHouse *house, HpJsonWriter *writer)
{
  const HpQuestion *question = hp_session_house_get_question (house);
  const HpAuditEntry *decision = hp_session_get_decision (session, house);
  char date[HP_DATE_BUFFER];

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "id", hp_session_house_get_id (house));
  hp_json_writer_set_string (writer, "name", hp_session_house_get_name (house));
  hp_json_writer_set_string (writer, "note", hp_session_house_get_note (house));
  hp_json_writer_key (writer, "attributes");
  hp_json_writer_begin_object (writer);
  for (guint i = 0; i < question->names->len; i++)
    hp_json_writer_set_string (writer, question->names->pdata[i], question->texts->pdata[i]);
  hp_json_writer_end_object (writer);
  if (question->options.as_of != 0)
    hp_date_format (date, question->options.as_of);
  hp_json_writer_set_string (writer, "as_of", question->options.as_of != 0 ? date : NULL);
  hp_json_writer_key (writer, "valuations");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < hp_session_house_get_n_valuations (house); i++)
    write_valuation (hp_session_house_get_valuation (house, i), writer);
  hp_json_writer_end_array (writer);
  hp_json_writer_key (writer, "decision");
  if (decision != NULL)
    write_entry (decision, writer);
  else
    hp_json_writer_null (writer);
  hp_json_writer_set_boolean (writer, "decision_current", hp_session_is_decision_current (session, house));
  hp_json_writer_end_object (writer);
}

static void
write_data (HpSession *session, HpJsonWriter *writer)
{
  const HpSessionData *data = hp_session_get_data (session);

  hp_json_writer_key (writer, "data");
  if (data == NULL)
    {
      hp_json_writer_null (writer);
      return;
    }
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "file", data->path);
  hp_json_writer_set_string (writer, "sha256", data->sha256);
  hp_json_writer_key (writer, "rows");
  if (data->rows >= 0)
    hp_json_writer_int (writer, data->rows);
  else
    hp_json_writer_null (writer);
  hp_json_writer_end_object (writer);
}

static void
write_audit (HpSession *session, HpJsonWriter *writer)
{
  const HpAudit *audit = hp_session_get_audit (session);

  hp_json_writer_key (writer, "audit");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "problem", hp_audit_get_problem (audit));
  hp_json_writer_key (writer, "entries");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < hp_audit_get_n (audit); i++)
    write_entry (hp_audit_get (audit, i), writer);
  hp_json_writer_end_array (writer);
  hp_json_writer_end_object (writer);
}

static gboolean
show_json (HpCli *cli, HpSession *session, GError **error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "file", hp_session_get_path (session));
  hp_json_writer_set_string (writer, "model", hp_session_get_model (session));
  hp_json_writer_key (writer, "versions");
  hp_json_writer_begin_array (writer);
  for (const char *const *version = hp_session_get_versions (session); *version != NULL; version++)
    hp_json_writer_string (writer, *version);
  hp_json_writer_end_array (writer);
  set_time (writer, "created", hp_session_get_created (session));
  set_time (writer, "changed", hp_session_get_changed (session));
  hp_json_writer_set_string (writer, "notes", hp_session_get_notes (session));
  write_data (session, writer);
  hp_json_writer_key (writer, "houses");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < hp_session_get_n_houses (session); i++)
    write_house (session, hp_session_get_house (session, i), writer);
  hp_json_writer_end_array (writer);
  write_audit (session, writer);
  hp_json_writer_end_object (writer);
  return hp_cli_print_json (cli, writer, error);
}

static void
append_line (GString *text, const char *label, const char *value)
{
  g_autofree char *shown = value != NULL ? hp_text_printable (value, -1, 0) : NULL;

  if (shown != NULL && *shown != '\0')
    g_string_append_printf (text, "%-10s %s\n", label, shown);
}

static void
append_head (GString *text, HpSession *session)
{
  const HpSessionData *data = hp_session_get_data (session);
  g_autofree char *versions = g_strjoinv (", ", (char **) hp_session_get_versions (session));
  g_autofree char *changed = format_time (hp_session_get_changed (session)), *sales = NULL;

  append_line (text, _ ("Model"), hp_session_get_model (session));
  append_line (text, _ ("Versions"), versions);
  if (data != NULL && data->rows >= 0)
    {
      g_autofree char *n = hp_display_count (data->rows);

      sales = g_strdup_printf (ngettext ("%s (%s sale)", "%s (%s sales)", data->rows), data->path, n);
    }
  append_line (text, _ ("Data"),
               sales != NULL  ? sales
               : data != NULL ? data->path
                              : _ ("hold-out sales of the versions"));
  append_line (text, _ ("Changed"), changed);
  append_line (text, _ ("Notes"), hp_session_get_notes (session));
}

static void
add_house (HpCliTable *table, HpSessionHouse *house)
{
  guint n = hp_session_house_get_n_valuations (house);

  if (n == 0)
    hp_cli_table_add (table, HP_STYLE_DIM, hp_session_house_get_id (house), hp_session_house_get_name (house), "–",
                      _ ("not valued"), "", "", NULL);
  for (guint i = 0; i < n; i++)
    {
      const HpSessionValuation *valuation = hp_session_house_get_valuation (house, i);
      g_autofree char *price = hp_display_price (valuation->price, valuation->currency);
      double step = hp_valuation_text_bound_step (valuation->price, valuation->low, valuation->high);
      g_autofree char *low = hp_display_price_rounded (valuation->low, step, valuation->currency);
      g_autofree char *high = hp_display_price_rounded (valuation->high, step, valuation->currency);
      g_autofree char *level = hp_display_percent (valuation->level, 0), *when = format_time (valuation->when);
      g_autofree char *interval
        = isnan (valuation->low) ? g_strdup ("–") : g_strdup_printf ("%s – %s (%s)", low, high, level);

      hp_cli_table_add (table, HP_STYLE_NONE, i == 0 ? hp_session_house_get_id (house) : "",
                        i == 0 ? hp_session_house_get_name (house) : "", valuation->version, price, interval,
                        when != NULL ? when : "–", NULL);
    }
}

/* Under the table, which has no room for them */
static void
append_house_notes (GString *text, HpSession *session)
{
  gboolean first = TRUE;

  for (guint i = 0; i < hp_session_get_n_houses (session); i++)
    {
      HpSessionHouse *house = hp_session_get_house (session, i);
      g_autofree char *name = NULL, *note = NULL;

      if (*hp_session_house_get_note (house) == '\0')
        continue;
      name = hp_text_printable (hp_session_house_get_name (house), -1, 40);
      note = hp_text_printable (hp_session_house_get_note (house), -1, 0);
      g_string_append (text, first ? "\n" : "");
      g_string_append_printf (text, _ ("Note on %s: %s\n"), name, note);
      first = FALSE;
    }
}

/* A house's prices are in the currency that its version named */
static const char *
currency_of (HpSession *session, const char *id)
{
  for (guint i = 0; i < hp_session_get_n_houses (session); i++)
    {
      HpSessionHouse *house = hp_session_get_house (session, i);

      if (hp_session_house_get_n_valuations (house) > 0 && g_strcmp0 (hp_session_house_get_id (house), id) == 0)
        return hp_session_house_get_valuation (house, 0)->currency;
    }
  return NULL;
}

static const char *
action_label (const HpAuditEntry *entry)
{
  switch (entry->action)
    {
    case HP_AUDIT_ACCEPT:
      return _ ("accepted");
    case HP_AUDIT_OVERRIDE:
      return _ ("overridden");
    case HP_AUDIT_WITHDRAW:
      return _ ("withdrawn");
    default:
      return _ ("something else");
    }
}

static void
append_audit (GString *text, HpCli *cli, HpSession *session)
{
  const char *const titles[]
    = { _ ("Decided"), _ ("House"), "", _ ("Price"), _ ("Version said"), _ ("By"), _ ("Reason"), NULL };
  const HpAudit *audit = hp_session_get_audit (session);
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "lllrrll");

  if (hp_audit_get_n (audit) == 0)
    return;
  for (guint i = 0; i < hp_audit_get_n (audit); i++)
    {
      const HpAuditEntry *entry = hp_audit_get (audit, i);
      const char *currency = currency_of (session, entry->house);
      g_autofree char *when = format_time (entry->when);
      g_autofree char *price = isnan (entry->price) ? g_strdup ("–") : hp_display_price (entry->price, currency);
      g_autofree char *said = isnan (entry->predicted) ? g_strdup ("–") : hp_display_price (entry->predicted, currency);

      hp_cli_table_add (table, entry->sound ? HP_STYLE_NONE : HP_STYLE_BAD, when != NULL ? when : "–", entry->name,
                        action_label (entry), price, said, entry->author, entry->reason, NULL);
    }
  g_string_append_c (text, '\n');
  hp_cli_table_append (table, text, cli->color_stdout);
}

static gboolean
show_text (HpCli *cli, HpSession *session, GError **error)
{
  const char *const titles[]
    = { _ ("Id"), _ ("House"), _ ("Version"), _ ("Price"), _ ("Interval"), _ ("Valued"), NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "llrrll");
  g_autoptr (GString) text = g_string_new (NULL);

  append_head (text, session);
  if (hp_session_get_n_houses (session) > 0)
    {
      for (guint i = 0; i < hp_session_get_n_houses (session); i++)
        add_house (table, hp_session_get_house (session, i));
      g_string_append_c (text, '\n');
      hp_cli_table_append (table, text, cli->color_stdout);
    }
  append_house_notes (text, session);
  append_audit (text, cli, session);
  return hp_cli_print (cli, text->str, error);
}

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  g_autoptr (HpSession) session = hp_cli_session_load (cli, arguments[0], error);

  if (session == NULL)
    return 0;
  if (cli->globals.json)
    show_json (cli, session, error);
  else
    show_text (cli, session, error);
  return 0;
}

const HpCliVerb hp_verb_session_show = {
  .name = "session show",
  .arguments = "FILE",
  .summary = N_ ("show a session's houses, prices and decisions"),
  .examples = "house-price session show work.hpsession\nhouse-price session show work.hpsession --json",
  .details = N_ ("Warns if the audit trail was changed by anything but this program."),
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run,
};

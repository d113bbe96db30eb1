/* verb-session-run.c - a session done again, and what is another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-cli-session.h"
#include "hp-text.h"

typedef struct
{
  gboolean update;
} Options;

static const HpCliOption options[] = {
  { "update", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (Options, update), NULL, N_ ("Keep the new prices in the session") },
  { NULL },
};

static const char *const status_names[] = { "same", "changed", "new", "failed" };
static const char *const data_names[] = { "none", "same", "changed", "new", "missing" };

static void
write_rows (const HpSessionRun *run, HpJsonWriter *writer)
{
  hp_json_writer_key (writer, "prices");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < run->rows->len; i++)
    {
      const HpSessionRunRow *row = run->rows->pdata[i];

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_string (writer, "house", hp_session_house_get_id (row->house));
      hp_json_writer_set_string (writer, "name", hp_session_house_get_name (row->house));
      hp_json_writer_set_string (writer, "version", row->version);
      hp_json_writer_set_string (writer, "status", status_names[row->status]);
      hp_json_writer_set_double (writer, "before", row->before);
      hp_json_writer_set_double (writer, "after", row->after);
      hp_json_writer_set_string (writer, "problem", row->problem);
      if (row->valuation != NULL)
        {
          hp_json_writer_set_double (writer, "low", row->valuation->low);
          hp_json_writer_set_double (writer, "high", row->valuation->high);
          hp_json_writer_key (writer, "warnings");
          hp_valuation_write_warnings (row->valuation, writer);
        }
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
}

static void
write_versions (const HpSessionRun *run, HpJsonWriter *writer)
{
  hp_json_writer_key (writer, "versions");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < run->versions->len; i++)
    {
      const HpSessionRunVersion *version = run->versions->pdata[i];

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_string (writer, "name", version->name);
      hp_json_writer_set_string (writer, "version", version->number);
      hp_json_writer_set_string (writer, "problem", version->problem);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
}

static gboolean
print_json (HpCli *cli, HpSession *session, const HpSessionRun *run, gboolean updated, GError **error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "file", hp_session_get_path (session));
  hp_json_writer_set_boolean (writer, "updated", updated);
  write_versions (run, writer);
  hp_json_writer_key (writer, "data");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "status", data_names[run->data]);
  hp_json_writer_set_string (writer, "file", run->path);
  hp_json_writer_set_string (writer, "sha256", run->sha256);
  hp_json_writer_end_object (writer);
  hp_json_writer_set_int (writer, "same", run->n_same);
  hp_json_writer_set_int (writer, "changed", run->n_changed);
  hp_json_writer_set_int (writer, "new", run->n_new);
  hp_json_writer_set_int (writer, "failed", run->n_failed);
  write_rows (run, writer);
  hp_json_writer_key (writer, "comparison");
  if (run->comparison != NULL)
    {
      hp_json_writer_begin_object (writer);
      hp_comparison_write_json (run->comparison->comparison, writer);
      hp_json_writer_end_object (writer);
    }
  else
    hp_json_writer_null (writer);
  hp_json_writer_set_string (writer, "comparison_problem", run->comparison_problem);
  hp_json_writer_end_object (writer);
  return hp_cli_print_json (cli, writer, error);
}

/* "+$1,877 (+1.1 %)", "new", "failed" */
static char *
describe_change (const HpSessionRunRow *row, const char *currency)
{
  g_autofree char *amount = NULL, *share = NULL;
  double change = row->after - row->before;

  switch (row->status)
    {
    case HP_RUN_SAME:
      return g_strdup (_ ("same"));
    case HP_RUN_NEW:
      return g_strdup (_ ("new"));
    case HP_RUN_FAILED:
      return g_strdup (_ ("failed"));
    default:
      break;
    }
  if (change == 0)
    return g_strdup (_ ("another interval"));
  amount = hp_display_price (fabs (change), currency);
  share = hp_display_percent (fabs (change) / row->before, 1);
  return g_strdup_printf (change > 0 ? "+%s (+%s)" : "−%s (−%s)", amount, share);
}

static void
append_rows (GString *text, HpCli *cli, const HpSessionRun *run)
{
  const char *const titles[] = { _ ("House"), _ ("Version"), _ ("Before"), _ ("Now"), _ ("Change"), NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "lrrrl");
  static const HpCliStyle styles[] = { HP_STYLE_NONE, HP_STYLE_WARN, HP_STYLE_NONE, HP_STYLE_BAD };

  if (run->rows->len == 0)
    return;
  for (guint i = 0; i < run->rows->len; i++)
    {
      const HpSessionRunRow *row = run->rows->pdata[i];
      const char *currency = row->valuation != NULL ? row->valuation->currency : NULL;
      g_autofree char *before = isnan (row->before) ? g_strdup ("–") : hp_display_price (row->before, currency);
      g_autofree char *after = isnan (row->after) ? g_strdup ("–") : hp_display_price (row->after, currency);
      g_autofree char *change = describe_change (row, currency);

      hp_cli_table_add (table, styles[row->status], hp_session_house_get_name (row->house), row->version, before, after,
                        change, NULL);
    }
  hp_cli_table_append (table, text, cli->color_stdout);
  g_string_append_c (text, '\n');
}

static void
append_counts (GString *text, const HpSessionRun *run)
{
  g_autofree char *same = hp_display_count (run->n_same), *changed = hp_display_count (run->n_changed);
  g_autofree char *new = hp_display_count (run->n_new), *failed = hp_display_count (run->n_failed);

  g_string_append_printf (text, _ ("Prices: %s the same, %s changed, %s new, %s failed.\n"), same, changed, new,
                          failed);
}

static void
append_data (GString *text, const HpSessionRun *run)
{
  static const char *const sentences[] = {
    NULL,
    N_ ("The data are as they were: "),
    N_ ("The data are not what they were: "),
    N_ ("The data, of which nothing was known: "),
    N_ ("The data can't be read: "),
  };
  g_autofree char *shown = run->path != NULL ? hp_text_printable (run->path, -1, 0) : NULL;

  if (shown != NULL)
    g_string_append_printf (text, "%s%s\n", _ (sentences[run->data]), shown);
}

static void
append_comparison (GString *text, const HpSessionRun *run)
{
  const HpComparison *comparison;

  if (run->comparison_problem != NULL)
    g_string_append_printf (text, _ ("No comparison: %s\n"), run->comparison_problem);
  if (run->comparison == NULL)
    return;
  comparison = run->comparison->comparison;
  for (guint i = 0; i < comparison->n_pairs; i++)
    {
      g_autofree char *sentence = hp_pair_to_sentence (comparison, &comparison->pairs[i]);

      g_string_append_printf (text, "%s\n", sentence);
    }
}

static gboolean
print_text (HpCli *cli, const HpSessionRun *run, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_rows (text, cli, run);
  append_counts (text, run);
  append_data (text, run);
  append_comparison (text, run);
  return hp_cli_print (cli, text->str, error);
}

static int
run_session (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const Options *given = values;
  g_autoptr (HpSession) session = hp_cli_session_load (cli, arguments[0], error);
  g_autoptr (HpRegistry) registry = session != NULL ? hp_cli_session_open_registry (cli, session, error) : NULL;
  g_autoptr (HpStudies) studies = registry != NULL ? hp_studies_new (registry) : NULL;
  g_autoptr (HpSessionRun) run = NULL;

  if (studies == NULL)
    return 0;
  hp_studies_set_jobs (studies, cli->jobs);
  run = hp_session_run (session, studies, NULL, error);
  if (run == NULL)
    return 0;
  hp_cli_session_warn (cli, run);
  if (given->update)
    {
      hp_session_run_apply (run, session);
      if (hp_session_get_modified (session) && !hp_session_save (session, NULL, FALSE, error))
        return 0;
    }
  if (cli->globals.json)
    print_json (cli, session, run, given->update, error);
  else if (print_text (cli, run, error) && !given->update && run->n_changed + run->n_new > 0)
    hp_cli_message (cli, _ ("Nothing of it is kept: --update keeps it"));
  return 0;
}

const HpCliVerb hp_verb_session_run = {
  .name = "session run",
  .arguments = "FILE",
  .summary = N_ ("value every house by every version again, and say what changed"),
  .examples = "house-price session run work.hpsession\n"
              "house-price session run work.hpsession --update\n"
              "house-price session run work.hpsession --json",
  .details
  = N_ ("Compares the prices with those that the session keeps, the data with what they were, and the versions with\n"
        "each other on the session's data, or else on their common hold-out sales. A version that is gone, a house\n"
        "that can't be valued and data that changed are told; none of that is a failure."),
  .options = options,
  .options_size = sizeof (Options),
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run_session,
};

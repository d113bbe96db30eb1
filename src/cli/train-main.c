/* train-main.c - the helper program house-price-train: `house-price train` and `house-price models import` end up here
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-cli-train.h"
#include "hp-text.h"
#include "hp-train.h"
#include "train-import.h"
#include "train-promote.h"
#include "train-report.h"

static gboolean
add_families (char **names, HpTrainOptions *options, GError **error)
{
  const char *all[HP_N_FAMILIES + 1] = { NULL };

  if (names == NULL)
    return TRUE;
  for (guint f = 0; f < HP_N_FAMILIES; f++)
    all[f] = hp_family_name (f);
  options->families = 0;
  for (; *names != NULL; names++)
    {
      HpFamily family;
      g_autofree char *list = NULL;
      const char *near_name;

      if (hp_family_from_name (*names, &family))
        {
          options->families |= 1u << family;
          continue;
        }
      near_name = hp_text_suggest (*names, all);
      list = g_strjoinv (", ", (char **) all);
      if (near_name != NULL)
        hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--family: there is no family “%s”; did you mean %s?"), *names,
                      near_name);
      else
        hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--family: there is no family “%s”; there are %s"), *names, list);
      return FALSE;
    }
  return TRUE;
}

static gboolean
add_numbers (const HpCliTrainOptions *given, HpTrainOptions *options, GError **error)
{
  guint64 value = 0;

  if (given->folds != NULL)
    {
      if (!hp_cli_parse_uint ("--folds", given->folds, 2, 20, &value, error))
        return FALSE;
      options->folds = value;
    }
  if (given->trials != NULL)
    {
      if (!hp_cli_parse_uint ("--trials", given->trials, 0, 10000, &value, error))
        return FALSE;
      options->trials = value;
    }
  /* A seed is stored as a JSON number. */
  if (given->seed != NULL
      && !hp_cli_parse_uint ("--seed", given->seed, 0, G_GUINT64_CONSTANT (1) << 53, &options->seed, error))
    return FALSE;
  return given->test_fraction == NULL
         || hp_cli_parse_double ("--test-fraction", given->test_fraction, 0.05, 0.5, &options->test_fraction, error);
}

/* What --config says, then what the command line says */
static HpTrainOptions *
read_options (HpCli *cli, const HpCliTrainOptions *given, GError **error)
{
  g_autoptr (HpTrainOptions) options = hp_train_options_new ();

  if (given->config != NULL && !hp_train_options_load_config (options, given->config, error))
    return NULL;
  if (!add_families (given->families, options, error) || !add_numbers (given, options, error))
    return NULL;
  if (given->split != NULL && !g_str_equal (given->split, "random") && !g_str_equal (given->split, "time"))
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--split: “%s” is not one of random, time"), given->split);
      return NULL;
    }
  if (given->split != NULL)
    options->split = g_str_equal (given->split, "time") ? HP_SPLIT_TIME : HP_SPLIT_RANDOM;
  if (given->no_refit)
    options->refit = FALSE;
  if (given->learning_curve)
    options->learning_curve = TRUE;
  if (given->keep_leaks != NULL)
    {
      g_strfreev (options->keep_leaks);
      options->keep_leaks = g_strdupv (given->keep_leaks);
    }
  g_free (options->model_name);
  options->model_name = g_strdup (cli->globals.name != NULL ? cli->globals.name : "house-price");
  return hp_train_options_check (options, error) ? g_steal_pointer (&options) : NULL;
}

static gboolean
is_used (const HpSchema *schema, const char *column)
{
  for (char **feature = schema->features; *feature != NULL; feature++)
    {
      const HpDerived *derived = hp_schema_get_derived (schema, *feature);

      if (derived == NULL ? g_str_equal (*feature, column)
                          : g_strcmp0 (derived->a, column) == 0 || g_strcmp0 (derived->b, column) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A misspelt --keep-leak would do nothing, and nobody would know. */
static gboolean
check_kept (const HpTable *table, const HpSchema *schema, char **kept, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < table->columns->len; i++)
    g_ptr_array_add (names, ((HpColumn *) table->columns->pdata[i])->name);
  g_ptr_array_add (names, NULL);
  for (; kept != NULL && *kept != NULL; kept++)
    {
      const char *near_name = hp_text_suggest (*kept, (const char *const *) names->pdata);

      if (is_used (schema, *kept))
        continue;
      if (hp_table_get_column (table, *kept) != NULL)
        hp_set_error (error, HP_ERROR_USAGE, *kept,
                      _ ("--keep-leak: no feature is made from “%s”; list it under features in the schema, not under "
                         "leakage"),
                      *kept);
      else
        hp_set_error (error, HP_ERROR_USAGE, *kept, _ ("--keep-leak: %s has no column “%s”%s%s%s"), table->file, *kept,
                      near_name != NULL ? _ ("; did you mean ") : "", near_name != NULL ? near_name : "",
                      near_name != NULL ? "?" : "");
      return FALSE;
    }
  return TRUE;
}

/* The errors that `validate` finds, but for leakage: a training leaves such columns out and says so. */
static gboolean
check_data (HpCli *cli, const HpTable *table, const HpSchema *schema, const HpFindings *loading, GError **error)
{
  g_autoptr (HpFindings) all = hp_findings_new (table->file);
  g_autoptr (HpFindings) fatal = hp_findings_new (table->file);

  if (!hp_cli_check_findings (cli, table->file, loading, error))
    return FALSE;
  hp_table_validate (table, schema, all);
  for (guint i = 0; i < hp_findings_count (all, HP_SEVERITY_ERROR); i++)
    {
      const HpFinding *finding = hp_findings_get (all, i);

      if (!g_str_equal (finding->code, "leakage"))
        hp_findings_add (fatal, HP_SEVERITY_ERROR, finding->code, finding->column, finding->line, finding->position,
                         "%s", finding->message);
    }
  return hp_cli_check_findings (cli, table->file, fatal, error);
}

static void
show_progress (const HpTrainProgress *now, gpointer data)
{
  hp_cli_progress_update (data, now->stage, now->family, now->fraction, now->elapsed, now->left);
}

static void
cancel (gpointer data)
{
  g_cancellable_cancel (data);
}

static HpTraining *
train (HpCli *cli, const HpTable *table, const HpSchema *schema, const HpTrainOptions *options, const char *how,
       GError **error)
{
  g_autoptr (HpCliProgress) progress = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (HpCliInterrupt) interrupt = NULL;
  g_autoptr (HpTeam) team = NULL;
  HpProgressMode mode;

  if (!hp_cli_progress_mode (cli, how, &mode, error))
    return NULL;
  progress = hp_cli_progress_new (mode);
  interrupt = hp_cli_interrupt_new (cancel, cancellable);
  team = hp_team_new (cli->jobs);
  return hp_train (table, schema, options, team, show_progress, progress, cancellable, error);
}

static gboolean
register_candidates (HpRegistry *registry, HpTraining *training, GError **error)
{
  for (guint i = 0; i < training->candidates->len; i++)
    {
      HpCandidate *candidate = training->candidates->pdata[i];

      if (!hp_registry_add (registry, candidate->files, NULL, &candidate->version, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
print (HpCli *cli, const HpTraining *training, const HpTrainOptions *options, const HpSchema *schema, GError **error)
{
  g_autoptr (HpJsonWriter) writer = NULL;
  g_autofree char *text = NULL;

  if (!cli->globals.json)
    {
      text = hp_train_report (cli, training, schema->currency);
      return hp_cli_print (cli, text, error);
    }
  writer = hp_json_writer_new (TRUE);
  hp_training_write_json (training, options, writer);
  return hp_cli_print_json (cli, writer, error);
}

static void
set_gates_error (const HpTraining *training, GError **error)
{
  hp_set_error (error, HP_ERROR_GATES, NULL,
                ngettext ("the family trained did not pass the schema's gates; nothing was promoted",
                          "none of the %u families trained passed the schema's gates; nothing was promoted",
                          training->candidates->len),
                training->candidates->len);
}

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const HpCliTrainOptions *given = values;
  g_autofree char *schema_path = NULL;
  g_autoptr (HpTrainOptions) options = read_options (cli, given, error);
  g_autoptr (HpSchema) schema
    = options != NULL ? hp_cli_find_schema (arguments[0], given->schema, &schema_path, error) : NULL;
  g_autoptr (HpRegistry) registry = schema != NULL ? hp_cli_open_registry (cli, error) : NULL;
  g_autoptr (HpFindings) findings = hp_findings_new (arguments[0]);
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpTraining) training = NULL;

  if (registry == NULL)
    return 0;
  table = hp_table_load (arguments[0], schema, HP_TABLE_ALL_COLUMNS, findings, error);
  if (table == NULL || !check_data (cli, table, schema, findings, error)
      || !check_kept (table, schema, options->keep_leaks, error))
    return 0;
  training = train (cli, table, schema, options, given->progress, error);
  if (training == NULL)
    return 0;
  if (!given->no_register
      && (!register_candidates (registry, training, error)
          || !hp_train_promote (cli, registry, training, given->promote, error)))
    return 0;
  if (print (cli, training, options, schema, error) && training->selected < 0)
    set_gates_error (training, error);
  return 0;
}

int
main (int argc, char **argv)
{
  HpCliVerb verb = hp_verb_train, import = hp_verb_models_import;
  const HpCliVerb *const verbs[] = { &verb, &hp_verb_models, &import, NULL };

  verb.run = run;
  import.run = hp_train_run_import;
  return hp_cli_main (verbs, argc, argv);
}

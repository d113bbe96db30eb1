/* verb-drift.c - have houses, predicted prices or errors changed since a version was trained?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-bundle-diagnostics.h"
#include "hp-bundle-study.h"
#include "hp-cli.h"
#include "hp-drift.h"
#include "hp-error.h"
#include "hp-text.h"

#define EXIT_ALARM 7

typedef struct
{
  char *model, *psi_warning, *psi_alarm, *ks_alarm, *p_alarm;
  char *mdape_warning, *mdape_alarm, *ratio_warning, *ratio_alarm;
} Options;

static const HpCliOption options[] = {
  { "model", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, model), N_ ("VERSION"),
    N_ ("A version or an alias (default: the champion)") },
  { "psi-warning", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, psi_warning), N_ ("X"),
    N_ ("Warn from this stability index on (default 0.1)") },
  { "psi-alarm", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, psi_alarm), N_ ("X"),
    N_ ("Alarm from this stability index on (default 0.25)") },
  { "ks-alarm", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, ks_alarm), N_ ("D"),
    N_ ("Alarm from this distance of distributions on (default 0.1)") },
  { "p-alarm", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, p_alarm), N_ ("P"),
    N_ ("What is likelier than this by chance is no alarm (default 0.01)") },
  { "mdape-warning", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, mdape_warning), N_ ("SHARE"),
    N_ ("Warn where the MdAPE is higher by this share of it (default 0.1)") },
  { "mdape-alarm", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, mdape_alarm), N_ ("SHARE"),
    N_ ("Alarm where the MdAPE is higher by this share of it (default 0.25)") },
  { "ratio-warning", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, ratio_warning), N_ ("X"),
    N_ ("Warn where the median ratio is off by this (default 0.05)") },
  { "ratio-alarm", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, ratio_alarm), N_ ("X"),
    N_ ("Alarm where the median ratio is off by this (default 0.1)") },
  { NULL },
};

static gboolean
read_options (const Options *given, HpDriftOptions *drift, GError **error)
{
  const struct
  {
    const char *name, *text;
    double max, *value;
  } numbers[] = {
    { "--psi-warning", given->psi_warning, 100, &drift->psi_warning },
    { "--psi-alarm", given->psi_alarm, 100, &drift->psi_alarm },
    { "--ks-alarm", given->ks_alarm, 1, &drift->ks_alarm },
    { "--p-alarm", given->p_alarm, 0.5, &drift->p_alarm },
    { "--mdape-warning", given->mdape_warning, 100, &drift->error_warning },
    { "--mdape-alarm", given->mdape_alarm, 100, &drift->error_alarm },
    { "--ratio-warning", given->ratio_warning, 100, &drift->ratio_warning },
    { "--ratio-alarm", given->ratio_alarm, 100, &drift->ratio_alarm },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i].text != NULL
        && !hp_cli_parse_double (numbers[i].name, numbers[i].text, 1e-6, numbers[i].max, numbers[i].value, error))
      return FALSE;
  return TRUE;
}

/* Houses need no prices. A value that the schema doesn't allow is missing here, and told. */
static HpTable *
load_houses (HpCli *cli, const char *path, const HpSchema *schema, GError **error)
{
  g_autoptr (HpFindings) findings = hp_findings_new (path);
  HpTable *table
    = hp_table_load (path, schema, HP_TABLE_ALL_COLUMNS | HP_TABLE_NO_TARGET | HP_TABLE_KEEP_RANGE, findings, error);
  guint n = table != NULL ? hp_findings_count (findings, HP_SEVERITY_ERROR) : 0;

  for (guint i = 0; i < MIN (n, 5); i++)
    {
      const HpFinding *finding = hp_findings_get (findings, i);

      hp_cli_warning (cli, "%s: %s%s%s", path, finding->column != NULL ? finding->column : "",
                      finding->column != NULL ? ": " : "", finding->message);
    }
  return table;
}

/* The prices that the version gives the houses, and those that they sold for; NaN where there is none */
static gboolean
add_prices (HpDrift *drift, HpBundle *bundle, const HpPredictor *predictor, const HpTable *table, HpTeam *team,
            GError **error)
{
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (predictor);
  const HpColumn *target = hp_table_get_column (table, hp_preprocessor_get_target (pre));
  g_autoptr (GError) none = NULL;
  g_autoptr (HpResidualSet) holdout = hp_bundle_get_residuals (bundle, &none);
  gsize n = table->n_rows;
  g_autofree guint32 *rows = g_new (guint32, n);
  g_autofree double *predicted = g_new (double, n), *price = g_new (double, n);
  g_autofree float *features = NULL;

  if (g_error_matches (none, HP_ERROR, HP_ERROR_BAD_DATA)) /* imported without sales: no predictions to compare with */
    return TRUE;
  if (none != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&none));
      return FALSE;
    }
  for (gsize i = 0; i < n; i++)
    {
      rows[i] = (guint32) i;
      price[i] = target != NULL && target->numbers != NULL ? target->numbers[i] : NAN;
    }
  features = hp_preprocessor_matrix (pre, table, rows, n);
  hp_predictor_prices (predictor, features, n, 0.9, predicted, NULL, NULL);
  hp_drift_set_predicted (drift, holdout->predicted, holdout->n, predicted, n);
  hp_drift_set_errors (drift, holdout->predicted, holdout->price, holdout->n, predicted, price, n, team);
  return TRUE;
}

static const char *
grade_word (HpDriftGrade grade)
{
  switch (grade)
    {
    case HP_DRIFT_ALARM:
      return _ ("alarm");
    case HP_DRIFT_WARNING:
      return _ ("warning");
    case HP_DRIFT_NONE:
      return _ ("none");
    case HP_DRIFT_NOT_GRADED:
    default:
      return _ ("not graded");
    }
}

static HpCliStyle
grade_style (HpDriftGrade grade)
{
  switch (grade)
    {
    case HP_DRIFT_ALARM:
      return HP_STYLE_BAD;
    case HP_DRIFT_WARNING:
      return HP_STYLE_WARN;
    case HP_DRIFT_NOT_GRADED:
      return HP_STYLE_DIM;
    case HP_DRIFT_NONE:
    default:
      return HP_STYLE_NONE;
    }
}

static char *
number_or_dash (double value, int decimals)
{
  return isnan (value) ? g_strdup ("–") : hp_display_number (value, decimals);
}

static void
add_distribution (HpCliTable *table, const HpDriftDistribution *distribution, const char *label)
{
  g_autofree char *n = hp_display_count (distribution->n);
  g_autofree char *psi = number_or_dash (distribution->psi, 3),
                  *chance = number_or_dash (distribution->psi_by_chance, 3);
  g_autofree char *ks = number_or_dash (distribution->ks, 3);
  g_autofree char *p = distribution->ks_p < 0.0005 ? g_strdup (_ ("< 0.001")) : number_or_dash (distribution->ks_p, 3);

  hp_cli_table_add (table, grade_style (distribution->grade), label, n, psi, chance, ks, p,
                    grade_word (distribution->grade), NULL);
}

static void
append_new_categories (GString *text, const HpDriftDistribution *distribution, const char *label)
{
  for (guint i = 0; distribution->new_categories != NULL && distribution->new_categories[i] != NULL && i < 5; i++)
    {
      g_autofree char *shown = hp_text_printable (distribution->new_categories[i], -1, 60);
      g_autofree char *count = hp_display_count (distribution->new_counts[i]);

      g_string_append_printf (text,
                              ngettext ("%s: training did not see “%s” (%s house)\n",
                                        "%s: training did not see “%s” (%s houses)\n", distribution->new_counts[i]),
                              label, shown, count);
    }
}

static void
append_error (GString *text, const char *name, const HpDriftError *error, gboolean is_share, double level)
{
  g_autofree char *before
    = is_share ? hp_display_percent (error->reference, 1) : hp_display_number (error->reference, 3);
  g_autofree char *now = is_share ? hp_display_percent (error->value, 1) : hp_display_number (error->value, 3);
  g_autofree char *low = is_share ? hp_display_percent (error->low, 0) : hp_display_number (error->low, 3);
  g_autofree char *high = is_share ? hp_display_percent (error->high, 0) : hp_display_number (error->high, 3);
  g_autofree char *confidence = hp_display_percent (level, 0);

  if (isnan (error->low)) /* one sale */
    g_string_append_printf (text, _ ("%s: %s when tested, %s now: %s\n"), name, before, now, grade_word (error->grade));
  else
    g_string_append_printf (text, _ ("%s: %s when tested, %s now; change %s to %s (%s): %s\n"), name, before, now, low,
                            high, confidence, grade_word (error->grade));
}

static void
append_head (GString *text, const HpDrift *drift)
{
  if (drift->n < HP_DRIFT_MIN)
    g_string_append_printf (text, _ ("Fewer than %d houses: too few to tell drift from chance.\n\n"), HP_DRIFT_MIN);
  else if (drift->n_reference < HP_DRIFT_MIN)
    g_string_append_printf (text, _ ("Fewer than %d training sales: too few to tell drift from chance.\n\n"),
                            HP_DRIFT_MIN);
  else if (drift->grade == HP_DRIFT_ALARM)
    g_string_append (text, _ ("Alarm: these houses are not like those that the version was trained on.\n\n"));
  else if (drift->grade == HP_DRIFT_WARNING)
    g_string_append (text, _ ("Warning: something has changed, though not enough for an alarm.\n\n"));
  else
    g_string_append (text, _ ("No drift that is worth a warning.\n\n"));
}

static gboolean
print_text (HpCli *cli, guint version, const char *file, const HpDrift *drift, const HpSchema *schema, GError **error)
{
  const char *const titles[]
    = { _ ("Attribute"), _ ("Houses"), _ ("PSI"), _ ("by chance"), _ ("KS D"), _ ("p"), _ ("Drift"), NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "lrrrrrl");
  g_autoptr (GString) text = g_string_new (NULL), notes = g_string_new (NULL);
  g_autofree char *n = hp_display_count (drift->n), *n_reference = hp_display_count (drift->n_reference);

  g_string_append_printf (text,
                          ngettext ("Version %u: %s house of %s against %s training sales\n",
                                    "Version %u: %s houses of %s against %s training sales\n", drift->n),
                          version, n, file, n_reference);
  append_head (text, drift);
  for (guint i = 0; i < drift->attributes->len; i++)
    {
      const HpDriftDistribution *distribution = drift->attributes->pdata[i];
      g_autofree char *label = hp_schema_label (schema, distribution->name);

      add_distribution (table, distribution, label);
      append_new_categories (notes, distribution, label);
    }
  if (drift->predicted != NULL)
    add_distribution (table, drift->predicted, _ ("Predicted price"));
  hp_cli_table_append (table, text, cli->color_stdout);
  if (notes->len > 0 || drift->has_errors)
    g_string_append_c (text, '\n');
  g_string_append (text, notes->str);
  if (drift->has_errors)
    {
      append_error (text, hp_metric_label (HP_METRIC_MDAPE), &drift->mdape, TRUE, drift->options.level);
      append_error (text, hp_metric_label (HP_METRIC_MEDIAN_RATIO), &drift->median_ratio, FALSE, drift->options.level);
    }
  return hp_cli_print (cli, text->str, error);
}

static gboolean
print_json (HpCli *cli, HpRegistry *registry, guint version, const HpTable *table, const HpDrift *drift, GError **error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);
  g_autofree char *number = g_strdup_printf ("%u", version);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "model", hp_registry_get_name (registry));
  hp_json_writer_set_string (writer, "version", number);
  hp_json_writer_key (writer, "data");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "file", table->file);
  hp_json_writer_set_int (writer, "rows", table->n_rows);
  hp_json_writer_set_string (writer, "sha256", table->sha256);
  hp_json_writer_end_object (writer);
  hp_drift_write_json (drift, writer);
  hp_json_writer_end_object (writer);
  return hp_cli_print_json (cli, writer, error);
}

/* Sales that it was trained on have smaller errors than new ones: no drift, and none is seen */
static void
warn_of_overlap (HpCli *cli, HpBundle *bundle, const HpTable *table, const HpDrift *drift)
{
  g_autofree char *seen = NULL, *all = hp_display_count (table->n_rows);
  gsize n_overlap;

  if (!drift->has_errors || !hp_bundle_count_overlap (bundle, table, NULL, table->n_rows, &n_overlap) || n_overlap == 0)
    return;
  seen = hp_display_count (n_overlap);
  hp_cli_warning (cli,
                  ngettext ("%s of %s sale was in version %u's training data: its error is smaller than that of a "
                            "new sale, and hides a drift",
                            "%s of the %s sales were in version %u's training data: their errors are smaller than "
                            "those of new sales, and hide a drift",
                            table->n_rows),
                  seen, all, hp_bundle_get_version (bundle));
}

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const Options *given = values;
  HpDriftOptions drift_options = HP_DRIFT_OPTIONS_DEFAULT;
  g_autoptr (HpRegistry) registry = NULL;
  g_autoptr (HpBundle) bundle = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpHouseSet) reference = NULL;
  g_autoptr (HpDrift) drift = NULL;
  g_autoptr (HpTeam) team = NULL;
  const HpPredictor *predictor;
  gboolean printed;

  if (!read_options (given, &drift_options, error))
    return 0;
  registry = hp_cli_open_registry (cli, error);
  bundle = registry != NULL ? hp_registry_load (registry, given->model, error) : NULL;
  schema = bundle != NULL ? hp_bundle_get_schema (bundle, error) : NULL;
  predictor = schema != NULL ? hp_bundle_get_predictor (bundle, FALSE, error) : NULL;
  reference = predictor != NULL ? hp_bundle_get_house_set (bundle, error) : NULL;
  table = reference != NULL ? load_houses (cli, arguments[0], schema, error) : NULL;
  if (table == NULL)
    {
      hp_cli_add_remedy (error);
      return 0;
    }
  team = hp_team_new (cli->jobs);
  drift
    = hp_drift_new (hp_predictor_get_preprocessor (predictor), reference, table, NULL, table->n_rows, &drift_options);
  if (!add_prices (drift, bundle, predictor, table, team, error))
    {
      hp_cli_add_remedy (error);
      return 0;
    }
  warn_of_overlap (cli, bundle, table, drift);
  printed = cli->globals.json ? print_json (cli, registry, hp_bundle_get_version (bundle), table, drift, error)
                              : print_text (cli, hp_bundle_get_version (bundle), table->file, drift, schema, error);
  return printed && drift->grade == HP_DRIFT_ALARM ? EXIT_ALARM : 0;
}

const HpCliVerb hp_verb_drift = {
  .name = "drift",
  .arguments = "DATA",
  .summary = N_ ("tell whether new houses are like those a version knows"),
  .examples = "house-price drift sales-2024.csv\n"
              "house-price drift houses.csv --model 3 --json",
  .details
  = N_ ("Compares each attribute, the predicted prices and, where the data has prices, the errors with what the\n"
        "version was trained and tested on. An alarm asks for a change that is large and not by chance; it ends with\n"
        "exit status 7. Fewer than 30 houses are shown and give none. The date of the valuation and what only says\n"
        "where a house is are shown and not graded."),
  .options = options,
  .options_size = sizeof (Options),
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run,
};

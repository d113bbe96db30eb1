/* verb-evaluate.c - a version on sales it has not seen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-bundle-study.h"
#include "hp-cli-segments.h"
#include "hp-cli.h"
#include "hp-coverage.h"
#include "hp-segments.h"
#include "hp-text.h"

#define LEVEL 0.9
#define SEED  42

typedef struct
{
  char *by;
} Options;

static const HpCliOption options[] = {
  { "by", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, by), N_ ("COL"),
    N_ ("Also the metrics for each value of this column") },
  { NULL },
};

/* What a version's answers to the sales of a file come to */
typedef struct
{
  HpValuedSales *sales;
  HpCoverage coverage;
  HpMetrics metrics;
  double metric_low[HP_N_METRICS], metric_high[HP_N_METRICS];
  HpCliSegments *segments; /* (nullable) */
  HpMetrics *by_segment;
} Study;

static void
study_clear (Study *study)
{
  g_clear_pointer (&study->sales, hp_valued_sales_free);
  g_clear_pointer (&study->segments, hp_cli_segments_free);
  g_free (study->by_segment);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Study, study_clear)

static gboolean
value_sales (HpCli *cli, HpBundle *bundle, const char *path, Study *study, GError **error)
{
  g_autoptr (HpFindings) findings = hp_findings_new (path);
  g_autoptr (GError) cause = NULL;

  study->sales = hp_bundle_value_sales (bundle, path, LEVEL, findings, &cause);
  if (study->sales != NULL)
    return TRUE;
  if (hp_cli_check_findings (cli, path, findings, error))
    g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* The coverage is of all sales; where there is no price the interval holds none. */
static void
measure_coverage (Study *study)
{
  const HpResidualSet *set = study->sales->set;
  const HpIntervals intervals = { set->target, LEVEL, set->n, set->price, set->predicted, set->low, set->high };

  hp_coverage_compute (&intervals, &study->coverage);
  if (!study->sales->has_intervals)
    study->coverage.coverage = NAN; /* there are no intervals that might hold anything */
  else if (set->n < study->sales->cleaned->n_rows)
    study->coverage.coverage *= (double) set->n / (double) study->sales->cleaned->n_rows;
}

static gboolean
split_by (const char *by, Study *study, GError **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *wanted = hp_text_key (by, -1);
  const HpTable *table = study->sales->table;
  const HpResidualSet *set = study->sales->set;
  const HpColumn *column = NULL;

  for (guint i = 0; i < table->columns->len; i++)
    {
      const HpColumn *candidate = table->columns->pdata[i];
      g_autofree char *key = hp_text_key (candidate->name, -1);

      g_ptr_array_add (names, candidate->name);
      if (g_str_equal (key, wanted))
        column = candidate;
    }
  g_ptr_array_add (names, NULL);
  if (column == NULL)
    {
      const char *near_name = hp_text_suggest (by, (const char *const *) names->pdata);

      hp_set_error (error, HP_ERROR_BAD_DATA, by, _ ("--by: the data has no column “%s”%s%s%s"), by,
                    near_name != NULL ? _ ("; did you mean ") : "", near_name != NULL ? near_name : "",
                    near_name != NULL ? "?" : "");
      return FALSE;
    }
  for (gsize i = 0; i < set->n; i++)
    g_ptr_array_add (cells, hp_table_get_text (table, column, set->row[i] - 1));
  study->segments = hp_cli_segments_new (column->name, cells, error);
  if (study->segments == NULL)
    return FALSE;
  study->by_segment = g_new0 (HpMetrics, MAX (study->segments->n, 1));
  hp_metrics_compute_segments (set->predicted, set->price, study->segments->segment, set->n, study->segments->n,
                               study->by_segment);
  return TRUE;
}

static gboolean
print_json (HpCli *cli, HpRegistry *registry, guint version, const Study *study, GError **error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);
  g_autofree char *number = g_strdup_printf ("%u", version);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "model", hp_registry_get_name (registry));
  hp_json_writer_set_string (writer, "version", number);
  hp_json_writer_key (writer, "data");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "file", study->sales->table->file);
  hp_json_writer_set_int (writer, "rows", study->sales->table->n_rows);
  hp_json_writer_set_string (writer, "sha256", study->sales->table->sha256);
  hp_json_writer_set_int (writer, "left_out", study->sales->table->n_rows - study->sales->cleaned->n_rows);
  hp_json_writer_key (writer, "seen_in_training");
  if (study->sales->overlap_known)
    hp_json_writer_int (writer, study->sales->n_overlap);
  else
    hp_json_writer_null (writer);
  hp_json_writer_end_object (writer);
  hp_json_writer_key (writer, "metrics");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "n", study->metrics.n);
  hp_json_writer_set_double (writer, "hit_rate",
                             (double) study->sales->n_supported / (double) study->sales->cleaned->n_rows);
  hp_json_writer_set_double (writer, "coverage90", study->coverage.coverage);
  hp_metrics_write (&study->metrics, NULL, 0, writer);
  hp_metrics_write_intervals (NULL, 0, HP_BOOTSTRAP_LEVEL, study->metric_low, study->metric_high, writer);
  hp_json_writer_end_object (writer);
  hp_json_writer_key (writer, "interval");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_double (writer, "level", LEVEL);
  hp_coverage_write (&study->coverage, writer);
  hp_json_writer_end_object (writer);
  if (study->segments != NULL)
    hp_metrics_write_segments (study->segments->by, (const char *const *) study->segments->labels->pdata,
                               study->by_segment, study->segments->n, writer);
  hp_json_writer_end_object (writer);
  return hp_cli_print_json (cli, writer, error);
}

static void
append_metrics (GString *text, HpCli *cli, const Study *study, const char *currency)
{
  const char *const titles[] = { _ ("Metric"), _ ("Value"), _ ("95 % interval"), NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "lrr");

  for (guint i = 0; i < HP_N_METRICS; i++)
    {
      g_autofree char *value = hp_cli_metric (i, study->metrics.value[i], currency);
      g_autofree char *low = hp_cli_metric (i, study->metric_low[i], currency);
      g_autofree char *high = hp_cli_metric (i, study->metric_high[i], currency);
      g_autofree char *interval = g_strdup_printf ("%s – %s", low, high);

      hp_cli_table_add (table, HP_STYLE_NONE, hp_metric_label (i), value, interval, NULL);
    }
  hp_cli_table_append (table, text, cli->color_stdout);
}

static void
append_segments (GString *text, HpCli *cli, const Study *study, const char *currency)
{
  static const HpMetric shown[]
    = { HP_METRIC_MAE, HP_METRIC_MAPE, HP_METRIC_PPE10, HP_METRIC_MEDIAN_RATIO, HP_METRIC_COD };
  const char *const titles[] = { study->segments->by,
                                 _ ("Sales"),
                                 hp_metric_label (shown[0]),
                                 hp_metric_label (shown[1]),
                                 hp_metric_label (shown[2]),
                                 hp_metric_label (shown[3]),
                                 hp_metric_label (shown[4]),
                                 "",
                                 NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "lrrrrrrl");

  for (guint s = 0; s < study->segments->n; s++)
    {
      const HpMetrics *metrics = &study->by_segment[s];
      gboolean graded = metrics->n >= HP_RATIO_MIN_GRADED;
      g_autofree char *n = hp_display_count (metrics->n);
      char *cells[G_N_ELEMENTS (shown)];

      if (metrics->n == 0)
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
        cells[i] = hp_cli_metric (shown[i], metrics->value[shown[i]], currency);
      hp_cli_table_add (table, graded ? HP_STYLE_NONE : HP_STYLE_DIM, study->segments->labels->pdata[s], n, cells[0],
                        cells[1], cells[2], cells[3], cells[4], graded ? "" : _ ("few sales"), NULL);
      for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
        g_free (cells[i]);
    }
  g_string_append_c (text, '\n');
  hp_cli_table_append (table, text, cli->color_stdout);
}

static void
append_left_out (GString *text, const HpCleaned *cleaned, gsize n)
{
  const struct
  {
    gsize n;
    const char *why;
  } reasons[] = {
    { cleaned->no_target, _ ("without a price") },       { cleaned->excluded, _ ("excluded by the schema") },
    { cleaned->impossible, _ ("built after the sale") }, { cleaned->outliers, _ ("outlying") },
    { cleaned->missing, _ ("with missing values") },     { cleaned->duplicates, _ ("repeated") },
  };
  g_autofree char *all = hp_display_count (n);
  const char *before = ": ";

  if (n == 0)
    return;
  g_string_append_printf (text, ngettext ("%s row left out", "%s rows left out", n), all);
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].n > 0)
      {
        g_autofree char *count = hp_display_count (reasons[i].n);

        g_string_append_printf (text, "%s%s %s", before, count, reasons[i].why);
        before = ", ";
      }
  g_string_append_c (text, '\n');
}

static gboolean
print_text (HpCli *cli, HpRegistry *registry, guint version, const Study *study, const char *currency, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *n = hp_display_count (study->metrics.n),
                  *coverage = hp_display_percent (study->coverage.coverage, 1);
  g_autofree char *valued = hp_display_count (study->sales->n_supported),
                  *all = hp_display_count (study->sales->cleaned->n_rows);

  g_string_append_printf (text,
                          ngettext ("%s version %u on %s sale of %s\n", "%s version %u on %s sales of %s\n",
                                    study->metrics.n),
                          hp_registry_get_name (registry), version, n, study->sales->table->file);
  append_left_out (text, study->sales->cleaned, study->sales->table->n_rows - study->sales->cleaned->n_rows);
  g_string_append_c (text, '\n');
  append_metrics (text, cli, study, currency);
  if (!isnan (study->coverage.coverage) || study->sales->n_supported < study->sales->cleaned->n_rows)
    g_string_append_c (text, '\n');
  if (!isnan (study->coverage.coverage))
    g_string_append_printf (text, _ ("The 90 %% interval holds the price of %s of the sales.\n"), coverage);
  if (study->sales->n_supported < study->sales->cleaned->n_rows)
    g_string_append_printf (text, _ ("%s of the %s sales have a value; of the others training says nothing.\n"), valued,
                            all);
  if (study->segments != NULL)
    append_segments (text, cli, study, currency);
  return hp_cli_print (cli, text->str, error);
}

static void
warn_of_overlap (HpCli *cli, const Study *study)
{
  g_autofree char *seen = hp_display_count (study->sales->n_overlap),
                  *all = hp_display_count (study->sales->cleaned->n_rows);

  if (!study->sales->overlap_known)
    hp_cli_warning (cli, _ ("can't tell whether the version was trained on these sales"));
  else if (study->sales->n_overlap > 0)
    hp_cli_warning (cli,
                    _ ("%s of the %s sales were in the version's training data: what follows is better than it "
                       "would be on new sales"),
                    seen, all);
}

static gboolean
make_study (HpCli *cli, HpBundle *bundle, const char *data, const char *by, Study *study, GError **error)
{
  const HpResidualSet *set;
  g_autoptr (HpTeam) team = NULL;

  if (!value_sales (cli, bundle, data, study, error))
    return FALSE;
  measure_coverage (study);
  if (by != NULL && !split_by (by, study, error))
    return FALSE;
  set = study->sales->set;
  team = hp_team_new (cli->jobs);
  hp_metrics_compute (set->predicted, set->price, set->n, &study->metrics);
  hp_metrics_bootstrap (set->predicted, set->price, set->n, NULL, 0, HP_BOOTSTRAP_REPLICATES, HP_BOOTSTRAP_LEVEL, SEED,
                        team, study->metric_low, study->metric_high);
  return TRUE;
}

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const Options *given = values;
  const char *reference = arguments[1] != NULL ? arguments[0] : NULL;
  const char *data = arguments[1] != NULL ? arguments[1] : arguments[0];
  g_autoptr (HpRegistry) registry = hp_cli_open_registry (cli, error);
  g_autoptr (HpBundle) bundle = registry != NULL ? hp_registry_load (registry, reference, error) : NULL;
  g_autoptr (HpSchema) schema = bundle != NULL ? hp_bundle_get_schema (bundle, error) : NULL;
  g_auto (Study) study = { NULL };

  if (schema == NULL || !make_study (cli, bundle, data, given->by, &study, error))
    return 0;
  warn_of_overlap (cli, &study);
  if (cli->globals.json)
    print_json (cli, registry, hp_bundle_get_version (bundle), &study, error);
  else
    print_text (cli, registry, hp_bundle_get_version (bundle), &study, schema->currency, error);
  return 0;
}

const HpCliVerb hp_verb_evaluate = {
  .name = "evaluate",
  .arguments = "[VERSION] DATA",
  .summary = N_ ("test a version on sales it has not seen"),
  .examples = "house-price evaluate sales-2024.csv\n"
              "house-price evaluate 3 sales-2024.csv --by location\n"
              "house-price evaluate challenger sales-2024.csv --json",
  .details
  = N_ ("The data must have the columns of the version's schema, and a price. Groups with fewer than 30 sales\n"
        "are shown and not graded. Warns when the version was trained on some of the sales."),
  .options = options,
  .options_size = sizeof (Options),
  .min_arguments = 1,
  .max_arguments = 2,
  .run = run,
};

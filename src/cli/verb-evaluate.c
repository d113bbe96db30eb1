/* verb-evaluate.c - a version on sales it has not seen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-cli-versions.h"
#include "hp-coverage.h"
#include "hp-segments.h"
#include "hp-spread.h"

#define LEVEL 0.9
#define SEED  42

typedef struct
{
  char **by;
} Options;

static const HpCliOption options[] = {
  { "by", 0, HP_CLI_LIST, G_STRUCT_OFFSET (Options, by), N_ ("COL"),
    N_ ("Also by this column, price_decile or age_band") },
  { NULL },
};

/* The same by one column */
typedef struct
{
  HpSegmentation *segmentation;
  HpMetrics *metrics;
  HpCoverage *coverage;
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  hp_segmentation_free (group->segmentation);
  g_free (group->metrics);
  g_free (group->coverage);
  g_free (group);
}

/* What a version's answers to the sales of a file come to */
typedef struct
{
  HpValuedSales *sales;
  HpCoverage coverage;
  double coverage_low, coverage_high;
  gsize n_fsd, n_within_fsd; /* houses that have an FSD, and prices within it */
  double within_low, within_high;
  HpMetrics metrics;
  double metric_low[HP_N_METRICS], metric_high[HP_N_METRICS];
  GPtrArray *groups; /* (element-type Group) */
} Study;

static void
study_clear (Study *study)
{
  g_clear_pointer (&study->sales, hp_valued_sales_free);
  g_clear_pointer (&study->groups, g_ptr_array_unref);
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

static HpIntervals
intervals_of (const HpResidualSet *set)
{
  return (HpIntervals){ set->target, LEVEL, set->n, set->price, set->predicted, set->low, set->high };
}

/* The coverage is of all sales; where there is no price the interval holds none. */
static void
measure_coverage (Study *study)
{
  const HpResidualSet *set = study->sales->set;
  const HpIntervals intervals = intervals_of (set);
  HpCoverage *coverage = &study->coverage;
  gsize covered;

  hp_coverage_compute (&intervals, coverage);
  covered = set->n > 0 ? (gsize) round (coverage->coverage * (double) set->n) : 0;
  coverage->n = study->sales->cleaned->n_rows;
  /* Without a calibration there are no intervals that might hold anything. */
  coverage->coverage = study->sales->has_intervals ? (double) covered / (double) coverage->n : NAN;
  hp_wilson_interval (covered, coverage->n, HP_COVERAGE_LEVEL, &study->coverage_low, &study->coverage_high);
  study->n_within_fsd = hp_coverage_within_fsd (set->price, set->predicted, set->fsd, set->n, &study->n_fsd);
  hp_wilson_interval (study->n_within_fsd, study->n_fsd, HP_COVERAGE_LEVEL, &study->within_low, &study->within_high);
}

static gboolean
split_by (const char *by, Study *study, GError **error)
{
  const HpResidualSet *set = study->sales->set;
  const HpIntervals intervals = intervals_of (set);
  HpSegmentation *segmentation = hp_segmentation_new (set, by, error);
  Group *group;

  if (segmentation == NULL)
    return FALSE;
  group = g_new0 (Group, 1);
  group->segmentation = segmentation;
  group->metrics = g_new0 (HpMetrics, MAX (segmentation->n, 1));
  hp_metrics_compute_segments (set->predicted, set->price, segmentation->segment, set->n, segmentation->n,
                               group->metrics);
  if (study->sales->has_intervals)
    {
      group->coverage = g_new0 (HpCoverage, MAX (segmentation->n, 1));
      hp_coverage_compute_segments (&intervals, segmentation->segment, segmentation->n, group->coverage);
    }
  g_ptr_array_add (study->groups, group);
  return TRUE;
}

static void
write_fsd (const Study *study, HpJsonWriter *writer)
{
  hp_json_writer_key (writer, "within_fsd");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "n", (gint64) study->n_fsd);
  hp_json_writer_set_double (writer, "share", (double) study->n_within_fsd / (double) study->n_fsd);
  hp_json_writer_set_double (writer, "low", study->within_low);
  hp_json_writer_set_double (writer, "high", study->within_high);
  hp_json_writer_end_object (writer);
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
  write_fsd (study, writer);
  hp_json_writer_end_object (writer);
  if (study->groups->len > 0)
    {
      hp_json_writer_key (writer, "segments");
      hp_json_writer_begin_array (writer);
      for (guint i = 0; i < study->groups->len; i++)
        {
          const Group *group = study->groups->pdata[i];

          hp_metrics_write_segments (group->segmentation, group->metrics, group->coverage, writer);
        }
      hp_json_writer_end_array (writer);
    }
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
append_group (GString *text, HpCli *cli, const Group *group, const char *currency)
{
  static const HpMetric shown[]
    = { HP_METRIC_MAE, HP_METRIC_MAPE, HP_METRIC_PPE10, HP_METRIC_MEDIAN_RATIO, HP_METRIC_COD };
  const HpSegmentation *segmentation = group->segmentation;
  const char *const titles[] = { segmentation->label,
                                 _ ("Sales"),
                                 hp_metric_label (shown[0]),
                                 hp_metric_label (shown[1]),
                                 hp_metric_label (shown[2]),
                                 hp_metric_label (shown[3]),
                                 hp_metric_label (shown[4]),
                                 _ ("In 90 %"),
                                 "",
                                 NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "lrrrrrrrl");

  for (guint s = 0; s < segmentation->n; s++)
    {
      const HpMetrics *metrics = &group->metrics[s];
      gboolean small = hp_segmentation_is_small (segmentation, s);
      g_autofree char *n = hp_display_count (metrics->n);
      g_autofree char *held = hp_display_percent (group->coverage != NULL ? group->coverage[s].coverage : NAN, 0);
      char *cells[G_N_ELEMENTS (shown)];

      for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
        cells[i] = hp_cli_metric (shown[i], metrics->value[shown[i]], currency);
      hp_cli_table_add (table, small ? HP_STYLE_DIM : HP_STYLE_NONE, segmentation->labels[s], n, cells[0], cells[1],
                        cells[2], cells[3], cells[4], held, small ? _ ("few sales") : "", NULL);
      for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
        g_free (cells[i]);
    }
  g_string_append_c (text, '\n');
  hp_cli_table_append (table, text, cli->color_stdout);
  if (segmentation->n_unknown > 0)
    {
      g_autofree char *unknown = hp_display_count (segmentation->n_unknown);

      g_string_append_printf (text,
                              ngettext ("%s sale is in none of these groups.\n",
                                        "%s sales are in none of these groups.\n", segmentation->n_unknown),
                              unknown);
    }
}

/* What the intervals are worth */
static void
append_intervals (GString *text, const Study *study)
{
  g_autofree char *coverage = hp_display_percent (study->coverage.coverage, 1);
  g_autofree char *low = hp_display_number (100 * study->coverage_low, 1);
  g_autofree char *high = hp_display_percent (study->coverage_high, 1);
  g_autofree char *within = hp_display_percent ((double) study->n_within_fsd / (double) study->n_fsd, 1);
  g_autofree char *within_low = hp_display_number (100 * study->within_low, 1);
  g_autofree char *within_high = hp_display_percent (study->within_high, 1);

  g_string_append_printf (text,
                          _ ("The 90 %% interval holds the price of %s of the sales (95 %% interval: %s – %s).\n"),
                          coverage, low, high);
  if (study->n_fsd > 0)
    g_string_append_printf (text, _ ("Within one FSD are %s (%s – %s); 68.3 %% should be.\n"), within, within_low,
                            within_high);
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
  g_autofree char *n = hp_display_count (study->metrics.n);
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
    append_intervals (text, study);
  if (study->sales->n_supported < study->sales->cleaned->n_rows)
    g_string_append_printf (text, _ ("%s of the %s sales have a value; of the others training says nothing.\n"), valued,
                            all);
  for (guint i = 0; i < study->groups->len; i++)
    append_group (text, cli, study->groups->pdata[i], currency);
  return hp_cli_print (cli, text->str, error);
}

static gboolean
make_study (HpCli *cli, HpBundle *bundle, const char *data, char **by, Study *study, GError **error)
{
  const HpResidualSet *set;
  g_autoptr (HpTeam) team = NULL;

  if (!value_sales (cli, bundle, data, study, error))
    return FALSE;
  measure_coverage (study);
  study->groups = g_ptr_array_new_with_free_func (group_free);
  for (guint i = 0; by != NULL && by[i] != NULL; i++)
    if (!split_by (by[i], study, error))
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
    {
      hp_cli_add_remedy (error);
      return 0;
    }
  hp_cli_warn_of_overlap (cli, bundle, study.sales);
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
              "house-price evaluate 3 sales-2024.csv --by location --by price_decile\n"
              "house-price evaluate challenger sales-2024.csv --json",
  .details
  = N_ ("The data must have the columns of the version's schema, and a price. Groups with fewer than 30 sales\n"
        "are shown and not graded. A number is cut into bands, years into decades; price_decile is by tenths of the\n"
        "sales in order of the predicted price, age_band by ten years of age. Warns when the version was trained on "
        "some of the sales."),
  .options = options,
  .options_size = sizeof (Options),
  .min_arguments = 1,
  .max_arguments = 2,
  .run = run,
};

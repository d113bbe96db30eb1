/* verb-evaluate.c - a version on sales it has not seen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-cli-segments.h"
#include "hp-cli.h"
#include "hp-coverage.h"
#include "hp-csv.h"
#include "hp-segments.h"
#include "hp-text.h"
#include "hp-valuation.h"

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

/* A version's answers to the sales of a file */
typedef struct
{
  HpTable *table;
  HpCleaned *cleaned;
  guint32 *rows; /* of the cleaned ones, those that the version gives a price */
  gsize n;
  double *price, *predicted; /* n */
  gsize n_overlap;
  gboolean overlap_known;
  HpCoverage coverage;
  gsize n_valued; /* that training supports a price of */
  HpMetrics metrics;
  double metric_low[HP_N_METRICS], metric_high[HP_N_METRICS];
  HpCliSegments *segments; /* (nullable) */
  HpMetrics *by_segment;
} Study;

static void
study_clear (Study *study)
{
  g_clear_pointer (&study->table, hp_table_free);
  g_clear_pointer (&study->cleaned, hp_cleaned_free);
  g_clear_pointer (&study->segments, hp_cli_segments_free);
  g_free (study->rows);
  g_free (study->price);
  g_free (study->predicted);
  g_free (study->by_segment);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Study, study_clear)

static gboolean
load_sales (HpCli *cli, const char *path, const HpSchema *schema, Study *study, GError **error)
{
  g_autoptr (HpFindings) findings = hp_findings_new (path);

  study->table = hp_table_load (path, schema, HP_TABLE_ALL_COLUMNS, findings, error);
  if (study->table == NULL || !hp_cli_check_findings (cli, path, findings, error))
    return FALSE;
  study->cleaned = hp_table_clean (study->table, schema, error);
  return study->cleaned != NULL;
}

/* How many of the sales have a value: a price that makes sense, of a house that training says something of */
static gsize
count_valued (const HpPreprocessor *pre, const Study *study)
{
  g_autoptr (HpHouseBinding) binding = hp_house_binding_new (pre, study->table);
  g_autoptr (HpHouse) house = hp_house_new (pre);
  gsize n = 0;

  for (gsize i = 0; i < study->n; i++)
    {
      hp_house_set_row (house, binding, study->rows[i]);
      n += hp_house_is_supported (house, pre);
    }
  return n;
}

/* The coverage is of all sales; where there is no price the interval holds none. */
static void
predict_sales (const HpPredictor *predictor, const HpSchema *schema, Study *study)
{
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (predictor);
  const HpCleaned *cleaned = study->cleaned;
  const HpColumn *target = hp_table_get_column (study->table, schema->target);
  gsize n = cleaned->n_rows;
  g_autofree float *features = hp_preprocessor_matrix (pre, study->table, cleaned->rows, n);
  g_autofree double *low = g_new (double, n), *high = g_new (double, n);
  HpIntervals intervals = { .level = LEVEL, .n = n, .low = low, .high = high };

  study->price = g_new (double, n);
  study->predicted = g_new (double, n);
  hp_predictor_prices (predictor, features, n, LEVEL, study->predicted, low, high);
  for (gsize i = 0; i < n; i++)
    study->price[i] = target->numbers[cleaned->rows[i]];
  intervals.target = hp_model_get_target (hp_predictor_get_model (predictor));
  intervals.price = study->price;
  intervals.predicted = study->predicted;
  hp_coverage_compute (&intervals, &study->coverage);
  if (hp_predictor_get_calibration (predictor) == NULL)
    study->coverage.coverage = NAN; /* there are no intervals that might hold anything */

  study->rows = g_new0 (guint32, n);
  for (gsize i = 0; i < n; i++)
    if (!isnan (study->predicted[i]))
      {
        study->rows[study->n] = cleaned->rows[i];
        study->price[study->n] = study->price[i];
        study->predicted[study->n++] = study->predicted[i];
      }
  study->n_valued = count_valued (pre, study);
}

/* Past the header, whose names may hold line breaks within quotes */
static gsize
skip_header (const char *csv, gsize length)
{
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    if (csv[i] == '"')
      quoted = !quoted;
    else if (csv[i] == '\n' && !quoted)
      return i + 1;
  return length;
}

/* sales.csv with the names that the data has: the price by the schema's, its own columns and attributes apart */
static GString *
rename_columns (const char *csv, gsize length, const HpSchema *schema)
{
  g_autoptr (HpCsvReader) reader = hp_csv_reader_new_for_memory (csv, length, "sales.csv", NULL);
  gsize prefix = strlen (HP_SALES_ATTRIBUTE_PREFIX), begin = skip_header (csv, length);
  GString *text;

  if (reader == NULL)
    return NULL;
  text = g_string_sized_new (length + 64);
  for (guint i = 0; i < hp_csv_reader_get_n_columns (reader); i++)
    {
      const char *name = hp_csv_reader_get_columns (reader)[i];
      g_autofree char *apart = NULL;

      if (g_str_equal (name, "price"))
        name = schema->target;
      else if (g_str_equal (name, "row") || g_str_equal (name, "line"))
        name = apart = g_strconcat ("sales.csv ", name, NULL);
      else if (g_str_has_prefix (name, HP_SALES_ATTRIBUTE_PREFIX) && hp_schema_get_column (schema, name) == NULL)
        name += prefix;
      g_string_append (text, i > 0 ? "," : "");
      hp_csv_append_field (text, name, -1, FALSE);
    }
  g_string_append_c (text, '\n');
  g_string_append_len (text, csv + begin, (gssize) (length - begin));
  return text;
}

/* The sales that a version was trained on; they have the columns that it was made from, not all that the data has. */
static HpTable *
load_training_sales (HpBundle *bundle, const HpSchema *schema)
{
  g_autoptr (GBytes) bytes = hp_bundle_read (bundle, "sales.csv", NULL);
  g_autoptr (HpFindings) findings = hp_findings_new ("sales.csv");
  g_autoptr (GString) text = NULL;

  if (bytes != NULL)
    text = rename_columns (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), schema);
  for (guint i = 0; i < schema->columns->len; i++)
    ((HpSchemaColumn *) schema->columns->pdata[i])->optional = TRUE;
  return text != NULL
           ? hp_table_load_memory (text->str, text->len, "sales.csv", schema, HP_TABLE_KEEP_RANGE, findings, NULL)
           : NULL;
}

/* How many of the rows did the version train on? Unknown when its sales do not read by its schema. */
static void
count_overlap (HpBundle *bundle, Study *study)
{
  g_autoptr (HpSchema) schema = hp_bundle_get_schema (bundle, NULL); /* a copy of our own */
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (HpTable) sales = schema != NULL ? load_training_sales (bundle, schema) : NULL;

  if (sales == NULL)
    return;
  for (gsize i = 0; i < sales->n_rows; i++)
    {
      guint64 hash = hp_table_row_hash (sales, schema, i);

      g_hash_table_add (known, g_memdup2 (&hash, sizeof hash));
    }
  for (gsize i = 0; i < study->cleaned->n_rows; i++)
    {
      guint64 hash = hp_table_row_hash (study->table, schema, study->cleaned->rows[i]);

      study->n_overlap += g_hash_table_contains (known, &hash);
    }
  study->overlap_known = TRUE;
}

static gboolean
split_by (const char *by, Study *study, GError **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *wanted = hp_text_key (by, -1);
  const HpColumn *column = NULL;

  for (guint i = 0; i < study->table->columns->len; i++)
    {
      const HpColumn *candidate = study->table->columns->pdata[i];
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
  for (gsize i = 0; i < study->n; i++)
    g_ptr_array_add (cells, hp_table_get_text (study->table, column, study->rows[i]));
  study->segments = hp_cli_segments_new (column->name, cells, error);
  if (study->segments == NULL)
    return FALSE;
  study->by_segment = g_new0 (HpMetrics, MAX (study->segments->n, 1));
  hp_metrics_compute_segments (study->predicted, study->price, study->segments->segment, study->n, study->segments->n,
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
  hp_json_writer_set_string (writer, "file", study->table->file);
  hp_json_writer_set_int (writer, "rows", study->table->n_rows);
  hp_json_writer_set_string (writer, "sha256", study->table->sha256);
  hp_json_writer_set_int (writer, "left_out", study->table->n_rows - study->cleaned->n_rows);
  hp_json_writer_key (writer, "seen_in_training");
  if (study->overlap_known)
    hp_json_writer_int (writer, study->n_overlap);
  else
    hp_json_writer_null (writer);
  hp_json_writer_end_object (writer);
  hp_json_writer_key (writer, "metrics");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "n", study->metrics.n);
  hp_json_writer_set_double (writer, "hit_rate", (double) study->n_valued / (double) study->cleaned->n_rows);
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
  g_autofree char *valued = hp_display_count (study->n_valued), *all = hp_display_count (study->cleaned->n_rows);

  g_string_append_printf (text,
                          ngettext ("%s version %u on %s sale of %s\n", "%s version %u on %s sales of %s\n",
                                    study->metrics.n),
                          hp_registry_get_name (registry), version, n, study->table->file);
  append_left_out (text, study->cleaned, study->table->n_rows - study->cleaned->n_rows);
  g_string_append_c (text, '\n');
  append_metrics (text, cli, study, currency);
  if (!isnan (study->coverage.coverage) || study->n_valued < study->cleaned->n_rows)
    g_string_append_c (text, '\n');
  if (!isnan (study->coverage.coverage))
    g_string_append_printf (text, _ ("The 90 %% interval holds the price of %s of the sales.\n"), coverage);
  if (study->n_valued < study->cleaned->n_rows)
    g_string_append_printf (text, _ ("%s of the %s sales have a value; of the others training says nothing.\n"), valued,
                            all);
  if (study->segments != NULL)
    append_segments (text, cli, study, currency);
  return hp_cli_print (cli, text->str, error);
}

static void
warn_of_overlap (HpCli *cli, const Study *study)
{
  g_autofree char *seen = hp_display_count (study->n_overlap), *all = hp_display_count (study->cleaned->n_rows);

  if (!study->overlap_known)
    hp_cli_warning (cli, _ ("can't tell whether the version was trained on these sales"));
  else if (study->n_overlap > 0)
    hp_cli_warning (cli,
                    _ ("%s of the %s sales were in the version's training data: what follows is better than it "
                       "would be on new sales"),
                    seen, all);
}

static gboolean
make_study (HpCli *cli, HpBundle *bundle, const HpSchema *schema, const char *data, const char *by, Study *study,
            GError **error)
{
  const HpPredictor *predictor = hp_bundle_get_predictor (bundle, FALSE, error);
  g_autoptr (HpTeam) team = NULL;

  if (predictor == NULL || !load_sales (cli, data, schema, study, error))
    return FALSE;
  predict_sales (predictor, schema, study);
  if (by != NULL && !split_by (by, study, error))
    return FALSE;
  count_overlap (bundle, study);
  team = hp_team_new (cli->jobs);
  hp_metrics_compute (study->predicted, study->price, study->n, &study->metrics);
  hp_metrics_bootstrap (study->predicted, study->price, study->n, NULL, 0, HP_BOOTSTRAP_REPLICATES, HP_BOOTSTRAP_LEVEL,
                        SEED, team, study->metric_low, study->metric_high);
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

  if (schema == NULL || !make_study (cli, bundle, schema, data, given->by, &study, error))
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

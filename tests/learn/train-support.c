/* train-support.c - small data and short trainings for the tests of whole trainings, and checks of their files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "train-support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hp-error.h"
#include "hp-family.h"
#include "hp-random.h"
#include "hp-residuals.h"

const char *const file_names[N_FILES]
  = { "model.json", "preprocessor.json", "metrics.json", "config.yaml", "holdout.csv", "sales.csv" };

const char noise_schema[] = "name: t\n"
                            "target: price\n"
                            "columns:\n"
                            "  price: {type: number}\n"
                            "  number: {type: number}\n"
                            "  street: {type: category}\n"
                            "  few: {type: category}\n"
                            "features: [number, street, few]\n";

HpSchema *
parse_schema (const char *yaml)
{
  g_autoptr (GError) error = NULL;
  HpSchema *schema = hp_schema_parse (yaml, strlen (yaml), "t.yaml", &error);

  g_assert_no_error (error);
  return schema;
}

HpTable *
parse_table (const char *csv, const HpSchema *schema)
{
  g_autoptr (HpFindings) findings = hp_findings_new ("t.csv");
  g_autoptr (GError) error = NULL;
  HpTable *table = hp_table_load_memory (csv, strlen (csv), "t.csv", schema, HP_TABLE_ALL_COLUMNS, findings, &error);

  g_assert_no_error (error);
  return table;
}

char *
read_text (const char *a, const char *b, const char *c)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, a, b, c, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  return text;
}

void
load_sacramento (HpTable **table, HpSchema **schema)
{
  g_autofree char *yaml = read_text ("data", "sacramento.schema.yaml", NULL);
  g_autofree char *csv = read_text ("data", "sacramento.csv", NULL);

  *schema = parse_schema (yaml);
  *table = parse_table (csv, *schema);
}

/* Every seventh sale of the shipped data: some 400, with dates */
void
load_houses (HpTable **table, HpSchema **schema)
{
  g_autofree char *yaml = read_text ("..", "data", "house_data.schema.yaml");
  g_autofree char *csv = read_text ("..", "data", "house_data.csv");
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  g_autoptr (GString) few = g_string_new (NULL);

  for (gsize i = 0; lines[i] != NULL; i++)
    if (i == 0 || (i % 7 == 0 && *lines[i] != '\0'))
      g_string_append_printf (few, "%s\n", lines[i]);
  *schema = parse_schema (yaml);
  *table = parse_table (few->str, *schema);
  g_assert_cmpuint ((*table)->n_rows, >=, 400);
}

void
set (HpTrainOptions *options, const char *param, const char *value)
{
  g_hash_table_insert (options->params, g_strdup (param), g_strdup (value));
}

/* Small models of every family, fast enough to fit dozens of */
HpTrainOptions *
small_options (void)
{
  HpTrainOptions *options = hp_train_options_new ();

  options->folds = 3;
  set (options, "random_forest.trees", "25");
  set (options, "gradient_boosting.trees", "60");
  set (options, "gradient_boosting.learning_rate", "0.1");
  set (options, "xgboost.trees", "60");
  set (options, "xgboost.learning_rate", "0.1");
  return options;
}

HpTraining *
train (const HpTable *table, const HpSchema *schema, const HpTrainOptions *options, guint jobs)
{
  g_autoptr (HpTeam) team = hp_team_new (jobs);
  g_autoptr (GError) error = NULL;
  HpTraining *training = hp_train (table, schema, options, team, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return training;
}

const char *
get_file (const HpTraining *training, guint i, const char *name, gsize *length)
{
  const HpCandidate *candidate = training->candidates->pdata[i];
  GBytes *bytes = g_hash_table_lookup (candidate->files, name);

  g_assert_nonnull (bytes);
  return g_bytes_get_data (bytes, length);
}

HpDiagnostics *
get_diagnostics (const HpTraining *training, guint i)
{
  gsize length;
  const char *text = get_file (training, i, HP_DIAGNOSTICS_NAME, &length);
  g_autoptr (GError) error = NULL;
  HpDiagnostics *diagnostics = hp_diagnostics_from_json (text, length, HP_DIAGNOSTICS_NAME, &error);

  g_assert_no_error (error);
  return diagnostics;
}

char *
get_text (const HpTraining *training, guint i, const char *name)
{
  gsize length;
  const char *text = get_file (training, i, name, &length);

  return g_strndup (text, length);
}

JsonNode *
get_metrics (const HpTraining *training, guint i)
{
  gsize length;
  const char *text = get_file (training, i, "metrics.json", &length);
  g_autoptr (GError) error = NULL;
  JsonNode *root = hp_json_parse (text, length, length, "metrics.json", &error);

  g_assert_no_error (error);
  return root;
}

/* "oof.mae" and the like */
double
get_number (JsonNode *root, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", -1);
  JsonObject *object = json_node_get_object (root);
  guint last = g_strv_length (parts) - 1;

  for (guint i = 0; i < last; i++)
    object = json_object_get_object_member (object, parts[i]);
  g_assert_true (json_object_has_member (object, parts[last]));
  return json_object_get_double_member (object, parts[last]);
}

GArray *
read_holdout (const HpTraining *training, guint i)
{
  g_autofree char *text = get_text (training, i, "holdout.csv");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GArray *held = g_array_new (FALSE, FALSE, sizeof (Held));

  g_assert_true (g_str_has_prefix (lines[0], "row,line,fold,price,predicted,low,high,"));
  for (gsize k = 1; lines[k] != NULL && *lines[k] != '\0'; k++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[k], ",", 8);
      Held one = { 0 };

      g_assert_cmpuint (g_strv_length (cells), ==, 8);
      one.row = g_ascii_strtoull (cells[0], NULL, 10) - 1;
      one.fold = g_str_equal (cells[2], "test") ? -1 : atoi (cells[2]);
      one.price = g_ascii_strtod (cells[3], NULL);
      one.predicted = g_ascii_strtod (cells[4], NULL);
      one.low = g_ascii_strtod (cells[5], NULL);
      one.high = g_ascii_strtod (cells[6], NULL);
      g_assert_cmpuint (g_ascii_strtoull (cells[1], NULL, 10), ==, training->table->lines[one.row]);
      g_array_append_val (held, one);
    }
  return held;
}

gsize
count_lines (const HpTraining *training, guint i, const char *name)
{
  g_autofree char *text = get_text (training, i, name);
  gsize n = 0;

  for (const char *p = text; *p != '\0'; p++)
    n += *p == '\n';
  return n;
}

/* The deciles hold all sales, as many each; so do the places, together */
static void
check_segments (JsonNode *metrics, double n, double covered)
{
  JsonObject *coverage = json_object_get_object_member (json_node_get_object (metrics), "coverage");
  JsonArray *segments = json_object_get_array_member (coverage, "segments");
  double sum[2] = { 0, 0 }, sum_covered[2] = { 0, 0 };
  guint deciles = 0;

  for (guint i = 0; i < json_array_get_length (segments); i++)
    {
      JsonObject *segment = json_array_get_object_element (segments, i);
      gboolean decile = strcmp (json_object_get_string_member (segment, "by"), "decile") == 0;
      double size = (double) json_object_get_int_member (segment, "n");

      if (decile)
        g_assert_cmpint (json_object_get_int_member (segment, "value"), ==, ++deciles);
      else
        g_assert_nonnull (json_object_get_string_member (segment, "value"));
      if (decile)
        g_assert_cmpfloat_with_epsilon (size, n / 10, 1);
      sum[decile] += size;
      sum_covered[decile] += size * json_object_get_double_member (segment, "coverage");
    }
  g_assert_cmpuint (deciles, ==, 10);
  for (guint k = 0; k < 2; k++)
    {
      g_assert_cmpfloat (sum[k], ==, n);
      g_assert_cmpfloat_with_epsilon (sum_covered[k], covered, 2);
    }
}

/* MAE, RMSE and so on once more from holdout.csv */
void
check_holdout (const HpTraining *training, guint i, guint folds)
{
  g_autoptr (GArray) held = read_holdout (training, i);
  g_autoptr (JsonNode) metrics = get_metrics (training, i);
  const HpCandidate *candidate = training->candidates->pdata[i];
  const double *prices = hp_table_get_column (training->table, "price")->numbers;
  double absolute[2] = { 0, 0 }, squares[2] = { 0, 0 }, n[2] = { 0, 0 }, covered[2] = { 0, 0 }, width = 0;
  double fold_absolute[20] = { 0 }, fold_n[20] = { 0 }, mean = 0;
  gsize before = 0;

  for (guint k = 0; k < held->len; k++)
    {
      const Held *h = &g_array_index (held, Held, k);
      guint test = h->fold < 0;
      double e = fabs (h->price - h->predicted);

      g_assert_true (k == 0 || h->row > before);
      before = h->row;
      g_assert_cmpfloat (h->price, ==, prices[h->row]);
      g_assert_cmpfloat (h->predicted, >, 0);
      g_assert_cmpfloat (h->low, <=, h->predicted);
      g_assert_cmpfloat (h->high, >=, h->predicted);
      g_assert_cmpfloat (h->low, >=, 0);
      g_assert_cmpint (h->fold, <, (int) folds);
      absolute[test] += e;
      squares[test] += e * e;
      covered[test] += h->price >= h->low && h->price <= h->high;
      n[test]++;
      if (test)
        continue;
      width += h->high - h->low;
      fold_absolute[h->fold] += e;
      fold_n[h->fold]++;
    }
  g_assert_cmpfloat (get_number (metrics, "oof.n"), ==, n[0]);
  g_assert_cmpfloat (get_number (metrics, "test.n"), ==, n[1]);
  g_assert_cmpuint (n[1], ==, training->n_test);
  g_assert_cmpfloat_with_epsilon (get_number (metrics, "oof.mae"), absolute[0] / n[0], 0.01);
  g_assert_cmpfloat_with_epsilon (get_number (metrics, "oof.rmse"), sqrt (squares[0] / n[0]), 0.01);
  g_assert_cmpfloat_with_epsilon (get_number (metrics, "test.mae"), absolute[1] / n[1], 0.01);
  g_assert_cmpfloat_with_epsilon (get_number (metrics, "test.rmse"), sqrt (squares[1] / n[1]), 0.01);
  g_assert_cmpfloat_with_epsilon (get_number (metrics, "interval.coverage"), covered[0] / n[0], 1.5 / n[0]);
  g_assert_cmpfloat_with_epsilon (get_number (metrics, "test.coverage90"), covered[1] / n[1], 1.5 / n[1]);
  g_assert_cmpfloat_with_epsilon (get_number (metrics, "interval.mean_width"), width / n[0], 0.02);
  /* all of them, by predicted price, by place */
  g_assert_cmpfloat (get_number (metrics, "coverage.n"), ==, n[0] + n[1]);
  g_assert_cmpfloat_with_epsilon (get_number (metrics, "coverage.coverage"), (covered[0] + covered[1]) / (n[0] + n[1]),
                                  1.5 / n[0]);
  check_segments (metrics, n[0] + n[1], covered[0] + covered[1]);
  g_assert_cmpfloat (get_number (metrics, "test.interval.coverage"), ==, get_number (metrics, "test.coverage90"));
  /* an interval of 50 % is within the one of 90 % */
  g_assert_cmpfloat_with_epsilon (get_number (metrics, "interval.coverage50"), 0.5, 0.1);
  g_assert_cmpfloat (get_number (metrics, "interval.constant_band_score"), >=,
                     get_number (metrics, "interval.constant_band_width"));
  g_assert_cmpfloat (get_number (metrics, "oof.hit_rate"), >, 0.9);
  g_assert_cmpfloat (get_number (metrics, "test.hit_rate"), >, 0.9);
  /* an interval of 90 % covers about so many, of rows that have not made it */
  g_assert_cmpfloat_with_epsilon (covered[0] / n[0], 0.9, 0.05);
  g_assert_cmpfloat (get_number (metrics, "cv.folds"), ==, folds);
  for (guint k = 0; k < folds; k++)
    mean += fold_absolute[k] / fold_n[k] / folds;
  g_assert_cmpfloat_with_epsilon (get_number (metrics, "cv.mae.mean"), mean, 0.01);
  g_assert_cmpfloat (get_number (metrics, "cv.mae.sd"), >, 0);
  g_assert_cmpfloat (candidate->oof.value[HP_METRIC_MAE], ==, get_number (metrics, "oof.mae"));
  g_assert_cmpfloat (candidate->test.value[HP_METRIC_R2], ==, get_number (metrics, "test.r2"));
}

/* Fold by fold, then the test */
static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const Held *x = a, *y = b;
  guint fold_x = (guint) x->fold, fold_y = (guint) y->fold; /* -1 comes last */

  if (fold_x != fold_y)
    return (fold_x > fold_y) - (fold_x < fold_y);
  return (x->row > y->row) - (x->row < y->row);
}

/* No sale has a part in its own interval: each fold's is calibrated on all other folds, the test's on the folds. Where
 * features come from no price the same calibrations can be made again; else coverage has to be about right in each
 * fold. */
void
check_intervals (const HpTraining *training, guint i, guint folds)
{
  const HpCandidate *candidate = training->candidates->pdata[i];
  g_autoptr (GArray) held = read_holdout (training, i);
  gsize n = held->len, length;
  g_autofree double *predicted = g_new (double, n), *price = g_new (double, n), *sigma = g_new (double, n);
  g_autofree guint32 *rows = g_new (guint32, n);
  g_autofree guint8 *part = g_new (guint8, n);
  const char *text = get_file (training, i, "model.json", &length);
  g_autoptr (HpModel) model = hp_model_from_json (text, length, "model.json", NULL);
  const char *prepared = get_file (training, i, "preprocessor.json", &length);
  g_autoptr (HpPreprocessor) pre = hp_preprocessor_from_json (prepared, length, "preprocessor.json", NULL);
  g_autofree float *features = NULL;
  g_autoptr (HpResiduals) residuals = NULL;

  g_array_sort (held, compare_parts); /* as the training has them, so that the fits are the same to the bit */
  for (gsize k = 0; k < n; k++)
    {
      const Held *h = &g_array_index (held, Held, k);

      predicted[k] = h->predicted;
      price[k] = h->price;
      rows[k] = h->row;
      part[k] = h->fold < 0 ? folds : h->fold;
    }
  features = hp_preprocessor_matrix (pre, training->table, rows, n);
  residuals = hp_residuals_new (hp_model_get_target (model), features, hp_preprocessor_get_n_features (pre), predicted,
                                price, part, n);

  for (guint fold = 0; fold <= folds; fold++)
    {
      guint64 train = (G_GUINT64_CONSTANT (1) << folds) - 1, own = G_GUINT64_CONSTANT (1) << fold;
      g_autoptr (HpCalibration) others = hp_residuals_calibrate (residuals, train & ~own);
      double covered = 0, count = 0;

      hp_calibration_sigmas (others, features, predicted, n, sigma);
      for (gsize k = 0; k < n; k++)
        {
          const Held *h = &g_array_index (held, Held, k);
          double low, high;

          if (part[k] != fold)
            continue;
          count++;
          covered += h->low <= h->price && h->price <= h->high;
          if (hp_family_get_encoding (candidate->family) != HP_ENCODING_ONE_HOT)
            continue;
          /* the predictions there are rounded to cents */
          hp_calibration_interval (others, h->predicted, sigma[k], 0.9, &low, &high);
          g_assert_cmpfloat_with_epsilon (h->low, low, 0.1);
          g_assert_cmpfloat_with_epsilon (h->high, high, 0.1);
        }
      g_assert_cmpfloat (covered / count, >, 0.75);
    }
}

/* What is in the bundle can be read, and agrees with the rest of it */
void
check_files (const HpTraining *training, guint i, const HpSchema *schema)
{
  const HpCandidate *candidate = training->candidates->pdata[i];
  g_autoptr (GError) error = NULL;
  g_autoptr (HpModel) model = NULL;
  g_autoptr (HpPreprocessor) pre = NULL;
  g_autoptr (HpYaml) config = NULL;
  g_autoptr (HpSchema) again = NULL;
  g_autofree char *yaml = NULL, *yaml_again = NULL;
  const char *text;
  gsize length;

  g_assert_cmpuint (g_hash_table_size (candidate->files), ==,
                    G_N_ELEMENTS (file_names) + (candidate->family == HP_FAMILY_LINEAR));
  text = get_file (training, i, "model.json", &length);
  model = hp_model_from_json (text, length, "model.json", &error);
  g_assert_no_error (error);
  text = get_file (training, i, "preprocessor.json", &length);
  pre = hp_preprocessor_from_json (text, length, "preprocessor.json", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hp_preprocessor_get_n_features (pre), ==, hp_model_get_n_features (model));
  text = get_file (training, i, "config.yaml", &length);
  config = hp_yaml_parse (text, length, "config.yaml", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hp_yaml_get (config, "family")->scalar, ==, hp_family_name (candidate->family));
  g_assert_cmpstr (hp_yaml_get (config, "seed")->scalar, ==, "42");
  again = hp_schema_from_yaml (hp_yaml_get (config, "schema"), "config.yaml", &error);
  g_assert_no_error (error);
  yaml = hp_schema_to_yaml (schema);
  yaml_again = hp_schema_to_yaml (again);
  g_assert_cmpstr (yaml, ==, yaml_again);
}

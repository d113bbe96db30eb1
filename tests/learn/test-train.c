/* test-train.c - whole trainings on small data: what the files say must be so, and nothing may look at its own price
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hp-error.h"
#include "hp-family.h"
#include "hp-random.h"

static const char *const file_names[]
  = { "model.json", "preprocessor.json", "metrics.json", "config.yaml", "holdout.csv", "sales.csv" };

static HpSchema *
parse_schema (const char *yaml)
{
  g_autoptr (GError) error = NULL;
  HpSchema *schema = hp_schema_parse (yaml, strlen (yaml), "t.yaml", &error);

  g_assert_no_error (error);
  return schema;
}

static HpTable *
parse_table (const char *csv, const HpSchema *schema)
{
  g_autoptr (HpFindings) findings = hp_findings_new ("t.csv");
  g_autoptr (GError) error = NULL;
  HpTable *table = hp_table_load_memory (csv, strlen (csv), "t.csv", schema, HP_TABLE_ALL_COLUMNS, findings, &error);

  g_assert_no_error (error);
  return table;
}

static char *
read_text (const char *a, const char *b, const char *c)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, a, b, c, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  return text;
}

static void
load_sacramento (HpTable **table, HpSchema **schema)
{
  g_autofree char *yaml = read_text ("data", "sacramento.schema.yaml", NULL);
  g_autofree char *csv = read_text ("data", "sacramento.csv", NULL);

  *schema = parse_schema (yaml);
  *table = parse_table (csv, *schema);
}

/* Every seventh sale of the shipped data: some 400, with dates */
static void
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

static void
set (HpTrainOptions *options, const char *param, const char *value)
{
  g_hash_table_insert (options->params, g_strdup (param), g_strdup (value));
}

/* Small models of every family, fast enough to fit dozens of */
static HpTrainOptions *
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

static HpTraining *
train (const HpTable *table, const HpSchema *schema, const HpTrainOptions *options, guint jobs)
{
  g_autoptr (HpTeam) team = hp_team_new (jobs);
  g_autoptr (GError) error = NULL;
  HpTraining *training = hp_train (table, schema, options, team, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return training;
}

static const char *
get_file (const HpTraining *training, guint i, const char *name, gsize *length)
{
  const HpCandidate *candidate = training->candidates->pdata[i];
  GBytes *bytes = g_hash_table_lookup (candidate->files, name);

  g_assert_nonnull (bytes);
  return g_bytes_get_data (bytes, length);
}

static char *
get_text (const HpTraining *training, guint i, const char *name)
{
  gsize length;
  const char *text = get_file (training, i, name, &length);

  return g_strndup (text, length);
}

static JsonNode *
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
static double
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

typedef struct
{
  gsize row;
  int fold; /* -1: test */
  double price, predicted, low, high;
} Held;

static GArray *
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

static gsize
count_lines (const HpTraining *training, guint i, const char *name)
{
  g_autofree char *text = get_text (training, i, name);
  gsize n = 0;

  for (const char *p = text; *p != '\0'; p++)
    n += *p == '\n';
  return n;
}

/* MAE, RMSE and so on once more from holdout.csv */
static void
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

/* No sale has a part in its own interval: each fold's is calibrated on all other folds, the test's on the folds */
static void
check_intervals (const HpTraining *training, guint i, guint folds)
{
  g_autoptr (GArray) held = read_holdout (training, i);
  g_autofree double *predicted = g_new (double, held->len), *price = g_new (double, held->len);
  gsize length;
  const char *text = get_file (training, i, "model.json", &length);
  g_autoptr (HpModel) model = hp_model_from_json (text, length, "model.json", NULL);

  for (int fold = -1; fold < (int) folds; fold++)
    {
      g_autoptr (HpCalibration) others = NULL;
      gsize n = 0;

      for (guint k = 0; k < held->len; k++)
        {
          const Held *h = &g_array_index (held, Held, k);

          if (h->fold < 0 || h->fold == fold)
            continue;
          predicted[n] = h->predicted;
          price[n++] = h->price;
        }
      others = hp_calibration_fit (hp_model_get_target (model), predicted, price, n);
      for (guint k = 0; k < held->len; k++)
        {
          const Held *h = &g_array_index (held, Held, k);
          double low, high;

          if (h->fold != fold)
            continue;
          /* the predictions there are rounded to cents */
          hp_calibration_interval (others, h->predicted, 0.9, &low, &high);
          g_assert_cmpfloat_with_epsilon (h->low, low, 0.1);
          g_assert_cmpfloat_with_epsilon (h->high, high, 0.1);
        }
    }
}

/* What is in the bundle can be read, and agrees with the rest of it */
static void
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

  g_assert_cmpuint (g_hash_table_size (candidate->files), ==, G_N_ELEMENTS (file_names));
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

static void
test_files (void)
{
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTraining) training = NULL;
  double best = INFINITY;
  int selected = -1;

  load_sacramento (&table, &schema);
  training = train (table, schema, options, 2);
  g_assert_cmpuint (training->candidates->len, ==, HP_N_FAMILIES);
  g_assert_cmpuint (training->n_train + training->n_test, <=, table->n_rows);
  for (guint i = 0; i < HP_N_FAMILIES; i++)
    {
      const HpCandidate *candidate = training->candidates->pdata[i];

      g_assert_cmpint (candidate->family, ==, i);
      check_holdout (training, i, 3);
      check_intervals (training, i, 3);
      check_files (training, i, schema);
      /* what is handed over has seen all sales */
      g_assert_cmpuint (count_lines (training, i, "sales.csv"), ==, 1 + training->n_train + training->n_test);
      g_assert_cmpuint (count_lines (training, i, "holdout.csv"), ==, 1 + training->n_train + training->n_test);
      g_assert_cmpfloat (candidate->oof.value[HP_METRIC_R2], >, 0.5);
      if (candidate->passed && candidate->oof.value[HP_METRIC_MAE] < best)
        {
          best = candidate->oof.value[HP_METRIC_MAE];
          selected = i;
        }
    }
  g_assert_cmpint (training->selected, ==, selected);
  g_assert_cmpint (selected, >=, 0);
}

static void
test_no_refit (void)
{
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTraining) kept = NULL, refitted = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) held = NULL;

  load_sacramento (&table, &schema);
  options->families = 1 << HP_FAMILY_GRADIENT_BOOSTING;
  refitted = train (table, schema, options, 2);
  options->refit = FALSE;
  kept = train (table, schema, options, 2);
  check_holdout (kept, 0, 3);
  g_assert_cmpuint (count_lines (kept, 0, "sales.csv"), ==, 1 + kept->n_train);

  /* the same evaluation, another model: the one that was tested. Its files give the test's predictions again. */
  gsize n_kept, n_refitted, length;
  const char *a = get_file (kept, 0, "holdout.csv", &n_kept), *b = get_file (refitted, 0, "holdout.csv", &n_refitted);

  g_assert_cmpmem (a, n_kept, b, n_refitted);
  a = get_file (kept, 0, "model.json", &length);

  g_autoptr (HpModel) model = hp_model_from_json (a, length, "model.json", &error);

  a = get_file (kept, 0, "preprocessor.json", &length);

  g_autoptr (HpPreprocessor) pre = hp_preprocessor_from_json (a, length, "preprocessor.json", &error);

  g_assert_no_error (error);
  held = read_holdout (kept, 0);
  for (guint k = 0; k < held->len; k++)
    {
      const Held *h = &g_array_index (held, Held, k);
      guint32 row = h->row;
      g_autofree float *features = hp_preprocessor_matrix (pre, table, &row, 1);
      double price;

      hp_model_predict (model, features, 1, &price);
      if (h->fold < 0)
        g_assert_cmpfloat_with_epsilon (price, h->predicted, 0.0051);
    }
}

/* The same files, byte for byte, whatever the number of threads; tuning too */
static void
test_same_bytes (void)
{
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();

  load_houses (&table, &schema);
  for (guint trials = 0; trials <= 2; trials += 2)
    {
      g_autoptr (HpTraining) one = NULL, two = NULL;

      options->trials = trials;
      options->folds = trials > 0 ? 2 : 4;
      one = train (table, schema, options, 1);
      two = train (table, schema, options, 2);
      g_assert_cmpint (one->selected, ==, two->selected);
      g_assert_cmpuint (one->notes->len, ==, two->notes->len);
      for (guint i = 0; i < one->notes->len; i++)
        g_assert_cmpstr (one->notes->pdata[i], ==, two->notes->pdata[i]);
      for (guint i = 0; i < HP_N_FAMILIES; i++)
        for (gsize k = 0; k < G_N_ELEMENTS (file_names); k++)
          {
            gsize n_a, n_b;
            const char *a = get_file (one, i, file_names[k], &n_a), *b = get_file (two, i, file_names[k], &n_b);

            g_assert_cmpmem (a, n_a, b, n_b);
          }
    }
}

static const char noise_schema[] = "name: t\n"
                                   "target: price\n"
                                   "columns:\n"
                                   "  price: {type: number}\n"
                                   "  number: {type: number}\n"
                                   "  street: {type: category}\n"
                                   "  few: {type: category}\n"
                                   "features: [number, street, few]\n";

/* Prices that have nothing to do with the attributes. A model that looked at a row's own price, say through the mean
 * price of its street, of which there are hardly more sales than streets, would seem to know them. */
static void
test_nothing_to_learn (void)
{
  enum
  {
    N = 400
  };
  g_autoptr (GString) csv = g_string_new ("price,number,street,few\n");
  g_autoptr (HpSchema) schema = parse_schema (noise_schema);
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTraining) training = NULL;
  HpRandom random;

  hp_random_init (&random, 91, 1);
  for (guint i = 0; i < N; i++)
    {
      guint price = exp (12 + 0.4 * hp_random_normal (&random)), number = hp_random_below (&random, 1000000);
      guint street = hp_random_below (&random, 150), few = hp_random_below (&random, 4);

      g_string_append_printf (csv, "%u,%u,s%u,f%u\n", price, number, street, few);
    }
  table = parse_table (csv->str, schema);
  training = train (table, schema, options, 2);
  for (guint i = 0; i < HP_N_FAMILIES; i++)
    {
      const HpCandidate *candidate = training->candidates->pdata[i];

      g_assert_cmpfloat (candidate->oof.value[HP_METRIC_R2], <, 0.05);
      g_assert_cmpfloat (candidate->test.value[HP_METRIC_R2], <, 0.15);
    }
}

/* Sacramento with its prices dealt out anew */
static void
test_permuted_prices (void)
{
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTraining) training = NULL;
  double *prices;
  HpRandom random;

  load_sacramento (&table, &schema);
  prices = hp_table_get_column (table, "price")->numbers;
  hp_random_init (&random, 92, 1);
  for (gsize i = table->n_rows; i > 1; i--)
    {
      gsize j = hp_random_below (&random, i);
      double kept = prices[i - 1];

      prices[i - 1] = prices[j];
      prices[j] = kept;
    }
  training = train (table, schema, options, 2);
  g_assert_cmpint (training->selected, ==, -1);
  for (guint i = 0; i < HP_N_FAMILIES; i++)
    {
      const HpCandidate *candidate = training->candidates->pdata[i];

      g_assert_cmpfloat (candidate->oof.value[HP_METRIC_R2], <, 0.05);
      g_assert_false (candidate->passed);
    }
}

static gboolean
has_note (const HpTraining *training, const char *a, const char *b)
{
  for (guint i = 0; i < training->notes->len; i++)
    if (strstr (training->notes->pdata[i], a) != NULL && strstr (training->notes->pdata[i], b) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
uses_feature (const HpTraining *training, guint i, const char *feature)
{
  gsize length;
  const char *text = get_file (training, i, "config.yaml", &length);
  g_autoptr (HpYaml) config = hp_yaml_parse (text, length, "config.yaml", NULL);
  const HpYaml *features = hp_yaml_get (config, "features");

  for (guint k = 0; k < features->items->len; k++)
    if (g_str_equal (((const HpYaml *) features->items->pdata[k])->scalar, feature))
      return TRUE;
  return FALSE;
}

static const char leaky_schema[] = "name: t\n"
                                   "target: price\n"
                                   "columns:\n"
                                   "  price: {type: number}\n"
                                   "  sqft: {type: number}\n"
                                   "  rooms: {type: integer}\n"
                                   "  assessed: {type: number}\n"
                                   "  unit_price: {type: number}\n"
                                   "  told: {type: number}\n"
                                   "derived:\n"
                                   "  per_room: {ratio: [assessed, rooms]}\n"
                                   "  mixed: {ratio: [unit_price, assessed]}\n"
                                   "features: [%s]\n"
                                   "leakage: [told]\n";

static HpTable *
leaky_table (const HpSchema *schema)
{
  g_autoptr (GString) csv = g_string_new ("price,sqft,rooms,assessed,unit_price,told\n");
  HpRandom random;

  hp_random_init (&random, 93, 1);
  for (guint i = 0; i < 200; i++)
    {
      guint sqft = 500 + hp_random_below (&random, 3000), rooms = 1 + hp_random_below (&random, 6);
      double price = floor (sqft * 100.0 * exp (0.3 * hp_random_normal (&random)));

      g_string_append_printf (csv, "%.0f,%u,%u,%.1f,%.6f,%u\n", price, sqft, rooms, price * 0.85, price / sqft,
                              hp_random_below (&random, 1000));
    }
  return parse_table (csv->str, schema);
}

static void
test_leaks (void)
{
  g_autofree char *yaml = g_strdup_printf (leaky_schema, "sqft, rooms, assessed, unit_price, per_room, mixed");
  g_autoptr (HpSchema) schema = parse_schema (yaml);
  g_autoptr (HpTable) table = leaky_table (schema);
  g_autoptr (HpTrainOptions) options = small_options ();
  const char *const keep_assessed[] = { "assessed", NULL }, *const keep_both[] = { "unit_price", "assessed", NULL };
  const HpCandidate *candidate;

  options->families = 1 << HP_FAMILY_RANDOM_FOREST | 1 << HP_FAMILY_LINEAR;

  g_autoptr (HpTraining) training = train (table, schema, options, 2);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (uses_feature (training, i, "sqft"));
      g_assert_true (uses_feature (training, i, "rooms"));
      g_assert_false (uses_feature (training, i, "assessed"));
      g_assert_false (uses_feature (training, i, "unit_price"));
      g_assert_false (uses_feature (training, i, "per_room"));
      g_assert_false (uses_feature (training, i, "mixed"));
      candidate = training->candidates->pdata[i];
      g_assert_cmpfloat (candidate->oof.value[HP_METRIC_R2], <, 0.9);
    }
  g_assert_true (has_note (training, "“assessed” was left out", "--keep-leak assessed"));
  g_assert_true (has_note (training, "“unit_price” was left out", "“sqft”"));
  g_assert_true (has_note (training, "“per_room” was left out", "“assessed”"));

  /* whoever insists keeps it, and is told */
  options->keep_leaks = g_strdupv ((char **) keep_assessed);

  g_autoptr (HpTraining) kept = train (table, schema, options, 2);

  g_assert_true (uses_feature (kept, 0, "assessed"));
  g_assert_true (uses_feature (kept, 0, "per_room"));
  g_assert_false (uses_feature (kept, 0, "unit_price"));
  /* one of the two it is made of leaks still */
  g_assert_false (uses_feature (kept, 0, "mixed"));
  candidate = kept->candidates->pdata[1];
  g_assert_cmpfloat (candidate->oof.value[HP_METRIC_R2], >, 0.95);
  g_assert_true (has_note (kept, "“assessed” gives the price away and was kept", "figures"));

  g_strfreev (options->keep_leaks);
  options->keep_leaks = g_strdupv ((char **) keep_both);

  g_autoptr (HpTraining) other = train (table, schema, options, 2);

  g_assert_true (uses_feature (other, 0, "unit_price"));
  g_assert_true (uses_feature (other, 0, "mixed"));
}

static void
expect_error (const HpTable *table, const HpSchema *schema, const HpTrainOptions *options, HpErrorCode code,
              const char *says)
{
  g_autoptr (HpTeam) team = hp_team_new (2);
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_train (table, schema, options, team, NULL, NULL, NULL, &error));
  g_assert_error (error, HP_ERROR, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_errors (void)
{
  g_autofree char *yaml = g_strdup_printf (leaky_schema, "assessed, per_room");
  g_autoptr (HpSchema) all_leak = parse_schema (yaml);
  g_autoptr (HpTable) leaky = leaky_table (all_leak);
  g_autoptr (HpSchema) schema = parse_schema (noise_schema);
  g_autoptr (HpTable) few = NULL, dear = NULL, large = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTrainOptions) wrong = small_options ();
  g_autoptr (HpTrainOptions) unknown = small_options ();
  g_autoptr (GString) csv = g_string_new ("price,number,street,few\n");

  expect_error (leaky, all_leak, options, HP_ERROR_BAD_DATA, "no feature is left");
  for (guint i = 0; i < 20; i++)
    g_string_append_printf (csv, "%u,%u,a,b\n", 1000 + i, i);
  few = parse_table (csv->str, schema);
  expect_error (few, schema, options, HP_ERROR_BAD_DATA, "20 usable sales are too few for 3 folds");
  for (guint i = 20; i < 200; i++)
    g_string_append_printf (csv, "%u,%u,a,b\n", 1000 + i * i, i * 7919 % 211);
  g_string_append (csv, "1e300,77,a,b\n");
  dear = parse_table (csv->str, schema);
  expect_error (dear, schema, options, HP_ERROR_BAD_DATA, "t.csv:202: a price of 1e+300 is too large");
  g_string_truncate (csv, csv->len - strlen ("1e300,77,a,b\n"));
  g_string_append (csv, "5000,1e39,a,b\n");
  large = parse_table (csv->str, schema);
  expect_error (large, schema, options, HP_ERROR_BAD_DATA, "t.csv:202: “number” is too large");
  options->split = HP_SPLIT_TIME;
  options->test_fraction = 0.3;
  expect_error (few, schema, options, HP_ERROR_BAD_DATA, "needs a date column");
  wrong->folds = 1;
  expect_error (few, schema, wrong, HP_ERROR_USAGE, "--folds");
  set (unknown, "linear.depth", "3");
  expect_error (few, schema, unknown, HP_ERROR_USAGE, "linear.depth");
}

/* Prices of nothing, or below it, are no prices: those rows are left out, and it is said how many */
static void
test_impossible_prices (void)
{
  g_autoptr (GString) csv = g_string_new ("price,number,street,few\n");
  g_autoptr (HpSchema) schema = parse_schema (noise_schema);
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTraining) training = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (csv, "%d,%u,s%u,f%u\n",
                            i % 20 == 0   ? 0
                            : i % 20 == 1 ? -5
                                          : 1000 + 10 * (int) i,
                            i, i % 7, i % 2);
  table = parse_table (csv->str, schema);
  training = train (table, schema, options, 2);
  g_assert_cmpuint (training->n_train + training->n_test, ==, 180);
  g_assert_true (has_note (training, "20 of 200 rows were left out", "20 without a price"));
  for (guint i = 0; i < HP_N_FAMILIES; i++)
    check_files (training, i, schema);
}

static void
test_gates (void)
{
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autofree char *yaml = read_text ("data", "sacramento.schema.yaml", NULL);
  g_autofree char *csv = read_text ("data", "sacramento.csv", NULL);
  g_auto (GStrv) parts = g_strsplit (yaml, "gates:", 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  for (guint k = 0; k < 2; k++)
    {
      g_autofree char *text
        = g_strconcat (parts[0], k == 0 ? "gates: {mae: {max: 1}, r2: {min: 0.1}}\n" : "gates: {}\n", NULL);
      g_autoptr (HpSchema) strict = parse_schema (text);
      g_autoptr (HpTable) sales = parse_table (csv, strict);
      g_autoptr (HpTraining) training = train (sales, strict, options, 2);

      g_assert_cmpint (training->selected >= 0, ==, k == 1);
      for (guint i = 0; i < HP_N_FAMILIES; i++)
        {
          const HpCandidate *candidate = training->candidates->pdata[i];
          g_autoptr (JsonNode) metrics = get_metrics (training, i);
          JsonObject *object = json_object_get_object_member (json_node_get_object (metrics), "gates");
          JsonArray *failed = json_object_get_array_member (object, "failed");

          g_assert_cmpint (candidate->passed, ==, k == 1);
          g_assert_cmpint (json_object_get_boolean_member (object, "passed"), ==, k == 1);
          g_assert_cmpuint (json_array_get_length (failed), ==, k == 1 ? 0 : 1);
          g_assert_cmpuint (candidate->gates->len, ==, k == 1 ? 0 : 2);
          if (k == 1)
            continue;
          g_assert_cmpstr (json_array_get_string_element (failed, 0), ==, "mae");
          /* gates look at the test */
          g_assert_cmpfloat (g_array_index (candidate->gates, HpGateOutcome, 0).value, ==,
                             candidate->test.value[g_array_index (candidate->gates, HpGateOutcome, 0).bound.metric]);
        }
    }
}

/* A plain linear model predicts prices below zero where a sale is cheap enough. Whoever serves refuses those, so there
 * is no interval to judge, and nothing that covers the sale. */
static void
test_negative_prices (void)
{
  g_autoptr (HpSchema) schema = parse_schema ("target: price\n"
                                              "columns: {price: {type: number}, sqft: {type: number}}\n"
                                              "features: [sqft]\n");
  g_autoptr (GString) csv = g_string_new ("price,sqft\n");
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpTrainOptions) options = hp_train_options_new ();
  g_autoptr (HpTraining) training = NULL;
  g_autoptr (GArray) held = NULL;
  g_autoptr (JsonNode) metrics = NULL;
  gsize n_negative = 0, n_folds = 0, n_covered = 0;

  for (int i = 0; i < 200; i++)
    g_string_append_printf (csv, "%d,%d\n", 500 + 200 * (i * 61 % 29) + 300 * MAX (i - 90, 0), 500 + 10 * i);
  table = parse_table (csv->str, schema);
  options->families = 1 << HP_FAMILY_LINEAR;
  set (options, "linear.target", "plain");
  training = train (table, schema, options, 1);
  held = read_holdout (training, 0);
  for (guint k = 0; k < held->len; k++)
    {
      const Held *h = &g_array_index (held, Held, k);

      if (h->predicted > 0)
        g_assert_cmpfloat (h->low, <=, h->high);
      else
        {
          n_negative++;
          g_assert_cmpfloat (h->low, ==, 0); /* an empty cell */
          g_assert_cmpfloat (h->high, ==, 0);
        }
      n_folds += h->fold >= 0;
      n_covered += h->fold >= 0 && h->low <= h->price && h->price <= h->high;
    }
  g_assert_cmpuint (n_negative, >, 5);
  metrics = get_metrics (training, 0);
  g_assert_cmpfloat_with_epsilon (get_number (metrics, "interval.coverage"), (double) n_covered / n_folds, 1e-12);
  g_assert_cmpfloat (get_number (metrics, "interval.mean_width"), >, 0);
}

static void
test_time (void)
{
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTraining) training = NULL;
  const double *dates;

  load_houses (&table, &schema);
  dates = hp_table_get_column (table, "sale_date")->numbers;
  options->split = HP_SPLIT_TIME;
  options->trials = 1;
  options->families = 1 << HP_FAMILY_LINEAR | 1 << HP_FAMILY_XGBOOST;
  training = train (table, schema, options, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GArray) held = read_holdout (training, i);
      g_autoptr (JsonNode) metrics = get_metrics (training, i);
      double first[4] = { 1e9, 1e9, 1e9, 1e9 }, last[4] = { 0 };
      guint n_later = 0, n_covered = 0;

      g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (json_node_get_object (metrics),
                                                                                     "split"),
                                                      "method"),
                       ==, "time");
      for (guint k = 0; k < held->len; k++)
        {
          const Held *h = &g_array_index (held, Held, k);
          guint part = h->fold < 0 ? 3 : h->fold;

          /* an interval rests on residuals of the past, and before the first fold there are none */
          g_assert_cmpint (h->high > 0, ==, part != 0);
          n_later += part == 1 || part == 2;
          n_covered += (part == 1 || part == 2) && h->low <= h->price && h->price <= h->high;
          first[part] = MIN (first[part], dates[h->row]);
          last[part] = MAX (last[part], dates[h->row]);
        }
      g_assert_cmpfloat_with_epsilon (get_number (metrics, "interval.coverage"), (double) n_covered / n_later, 1e-12);
      for (guint part = 1; part < 4; part++)
        g_assert_cmpfloat (first[part], >, last[part - 1]);
      /* the oldest block has nothing before it to be predicted from */
      g_assert_cmpuint (held->len, <, training->n_train + training->n_test);
      g_assert_cmpuint (held->len, >, training->n_test + training->n_train / 2);
    }
}

static void
test_tuning (void)
{
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTrainOptions) options = hp_train_options_new ();
  g_autoptr (HpTraining) training = NULL;
  guint changed = 0;

  load_houses (&table, &schema);
  options->folds = 2;
  options->trials = 4;
  set (options, "random_forest.trees", "10");
  set (options, "gradient_boosting.trees", "30");
  set (options, "xgboost.trees", "30");
  set (options, "xgboost.depth", "2");
  training = train (table, schema, options, 2);
  for (guint f = 0; f < HP_N_FAMILIES; f++)
    {
      g_autoptr (JsonNode) metrics = get_metrics (training, f);
      JsonObject *params = json_object_get_object_member (json_node_get_object (metrics), "params");

      for (guint i = 0; i < hp_family_get_n_params (f); i++)
        {
          const HpParamSpec *spec = hp_family_get_param (f, i);
          g_autofree char *key = g_strdup_printf ("%s.%s", hp_family_name (f), spec->name);
          const char *given = g_hash_table_lookup (options->params, key);
          double value;

          g_assert_true (json_object_has_member (params, spec->name));
          if (spec->kind == HP_PARAM_CHOICE)
            continue;
          value = json_object_get_double_member (params, spec->name);
          /* what was set stays; what is tuned stays within its range, unless the default won */
          if (given != NULL)
            g_assert_cmpfloat (value, ==, g_ascii_strtod (given, NULL));
          else if (value != spec->standard)
            {
              g_assert_cmpfloat (value, >=, spec->search_min);
              g_assert_cmpfloat (value, <=, spec->search_max);
              changed++;
            }
          if (spec->kind == HP_PARAM_INTEGER)
            g_assert_cmpfloat (value, ==, floor (value));
        }
    }
  g_assert_cmpuint (changed, >, 3);
}

typedef struct
{
  GCancellable *cancellable; /* (nullable): cancelled at the first report */
  int inside;
  guint n;
  double fraction, elapsed;
} Watch;

static void
watch (const HpTrainProgress *progress, gpointer data)
{
  Watch *w = data;

  g_assert_cmpint (g_atomic_int_add (&w->inside, 1), ==, 0);
  g_assert_cmpfloat (progress->fraction, >=, w->fraction);
  g_assert_cmpfloat (progress->fraction, <=, 1);
  g_assert_cmpfloat (progress->elapsed, >=, w->elapsed);
  w->fraction = progress->fraction;
  w->elapsed = progress->elapsed;
  w->n++;
  g_assert_nonnull (progress->stage);
  if (w->cancellable != NULL)
    g_cancellable_cancel (w->cancellable);
  g_atomic_int_add (&w->inside, -1);
}

static void
test_progress (void)
{
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTeam) team = hp_team_new (3);

  load_sacramento (&table, &schema);
  for (guint trials = 0; trials < 2; trials++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HpTraining) training = NULL;
      Watch w = { NULL };

      options->trials = trials;
      training = hp_train (table, schema, options, team, watch, &w, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (w.n, >=, 1);
      g_assert_cmpfloat_with_epsilon (w.fraction, 1, 1e-6);
    }
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (30000);
  g_cancellable_cancel (data);
  return NULL;
}

/* At once if it was cancelled before; else between two fits or two trees (uncancelled, these would take hours). No half
 * of a result comes back. */
static void
test_cancelled (void)
{
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTrainOptions) options = hp_train_options_new ();

  load_sacramento (&table, &schema);
  set (options, "random_forest.trees", "20000");
  set (options, "gradient_boosting.trees", "100000");
  set (options, "xgboost.trees", "100000");
  for (guint families = 1; families < 1u << HP_N_FAMILIES; families = families == 8 ? 15 : families * 2)
    for (guint later = 0; later < 2; later++)
      for (guint jobs = 1; jobs <= 2; jobs++)
        {
          g_autoptr (HpTeam) team = hp_team_new (jobs);
          g_autoptr (GCancellable) cancellable = g_cancellable_new ();
          g_autoptr (GError) error = NULL;
          /* the linear family is so fast that only its own report comes in time */
          Watch w = { families == 1 ? cancellable : NULL };
          GThread *thread = NULL;

          options->families = families;
          if (!later)
            g_cancellable_cancel (cancellable);
          else if (families != 1)
            thread = g_thread_new ("cancel", cancel_soon, cancellable);
          g_assert_null (hp_train (table, schema, options, team, watch, &w, cancellable, &error));
          g_assert_error (error, HP_ERROR, HP_ERROR_CANCELLED);
          if (!later)
            g_assert_cmpuint (w.n, ==, 0);
          g_clear_pointer (&thread, g_thread_join);
        }
}

static void
test_json (void)
{
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTraining) training = NULL;
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  JsonObject *object, *candidate;
  JsonArray *candidates;
  gsize length;

  load_sacramento (&table, &schema);
  options->families = 1 << HP_FAMILY_LINEAR | 1 << HP_FAMILY_XGBOOST;
  training = train (table, schema, options, 2);
  g_assert_cmpint (training->selected, >=, 0);
  ((HpCandidate *) training->candidates->pdata[1])->version = 7;
  training->selected = 1;
  training->selected_alias = "champion";
  hp_training_write_json (training, options, writer);
  json = hp_json_writer_steal (writer, &length);
  root = hp_json_parse (json, length, length, "train", &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (get_number (root, "data.rows"), ==, table->n_rows);
  g_assert_cmpfloat (get_number (root, "split.seed"), ==, 42);
  g_assert_cmpfloat (get_number (root, "split.train"), ==, training->n_train);
  g_assert_cmpfloat (get_number (root, "split.test"), ==, training->n_test);
  object = json_node_get_object (root);
  candidates = json_object_get_array_member (object, "candidates");
  g_assert_cmpuint (json_array_get_length (candidates), ==, 2);
  candidate = json_array_get_object_element (candidates, 0);
  g_assert_cmpstr (json_object_get_string_member (candidate, "family"), ==, "linear");
  g_assert_true (json_object_get_null_member (candidate, "version"));
  g_assert_cmpfloat (json_object_get_double_member (candidate, "fit_seconds"), >, 0);
  for (gsize i = 0; i < 6; i++)
    {
      const char *const members[] = { "params", "cv", "oof", "test", "interval", "gates" };

      g_assert_nonnull (json_object_get_object_member (candidate, members[i]));
    }
  candidate = json_array_get_object_element (candidates, 1);
  g_assert_cmpstr (json_object_get_string_member (candidate, "version"), ==, "7");
  object = json_object_get_object_member (object, "selected");
  g_assert_cmpstr (json_object_get_string_member (object, "family"), ==, "xgboost");
  g_assert_cmpstr (json_object_get_string_member (object, "version"), ==, "7");
  g_assert_cmpstr (json_object_get_string_member (object, "alias"), ==, "champion");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/train/files", test_files);
  g_test_add_func ("/train/no-refit", test_no_refit);
  g_test_add_func ("/train/same-bytes", test_same_bytes);
  g_test_add_func ("/train/nothing-to-learn", test_nothing_to_learn);
  g_test_add_func ("/train/permuted-prices", test_permuted_prices);
  g_test_add_func ("/train/leaks", test_leaks);
  g_test_add_func ("/train/errors", test_errors);
  g_test_add_func ("/train/impossible-prices", test_impossible_prices);
  g_test_add_func ("/train/gates", test_gates);
  g_test_add_func ("/train/negative-prices", test_negative_prices);
  g_test_add_func ("/train/time", test_time);
  g_test_add_func ("/train/tuning", test_tuning);
  g_test_add_func ("/train/progress", test_progress);
  g_test_add_func ("/train/cancelled", test_cancelled);
  g_test_add_func ("/train/json", test_json);
  return g_test_run ();
}

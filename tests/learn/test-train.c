/* test-train.c - whole trainings on small data: what the files say must be so, and nothing may look at its own price
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
      g_autofree char *influence = get_text (one, 0, HP_DIAGNOSTICS_NAME);
      g_autofree char *again = get_text (two, 0, HP_DIAGNOSTICS_NAME);

      g_assert_cmpstr (influence, ==, again);
    }
}

/* The influence is of the sales in sales.csv, and of the model in model.json */
static void
test_influence (void)
{
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();

  load_sacramento (&table, &schema);
  options->families = 1 << HP_FAMILY_LINEAR | 1 << HP_FAMILY_RANDOM_FOREST;
  for (guint refit = 0; refit < 2; refit++)
    {
      g_autoptr (HpTraining) training = NULL;
      g_autoptr (HpDiagnostics) diagnostics = NULL;
      g_autoptr (HpModel) model = NULL;
      g_autofree char *sales = NULL;
      g_autofree float *features = NULL;
      g_autofree double *margin = NULL;
      g_autofree guint32 *rows = NULL;
      g_autoptr (HpPreprocessor) pre = NULL;
      g_auto (GStrv) lines = NULL;
      const HpInfluence *influence;
      const double *prices = hp_table_get_column (table, "price")->numbers;
      double leverage = 0, squares = 0;
      gsize length;
      const char *text;

      options->refit = refit;
      training = train (table, schema, options, 2);
      g_assert_null (g_hash_table_lookup (((HpCandidate *) training->candidates->pdata[1])->files, HP_DIAGNOSTICS_NAME));
      diagnostics = get_diagnostics (training, 0);
      g_assert_null (diagnostics->learning_curve);
      influence = diagnostics->influence;
      g_assert_cmpuint (influence->n, ==, training->n_train + (refit ? training->n_test : 0));
      sales = get_text (training, 0, "sales.csv");
      lines = g_strsplit (sales, "\n", -1);
      text = get_file (training, 0, "model.json", &length);
      model = hp_model_from_json (text, length, "model.json", NULL);
      text = get_file (training, 0, "preprocessor.json", &length);
      pre = hp_preprocessor_from_json (text, length, "preprocessor.json", NULL);
      g_assert_cmpint (influence->target, ==, hp_model_get_target (model));
      rows = g_new (guint32, influence->n);
      for (gsize i = 0; i < influence->n; i++)
        {
          g_assert_cmpuint (g_ascii_strtoull (lines[i + 1], NULL, 10), ==, influence->row[i]);
          rows[i] = influence->row[i] - 1;
        }
      features = hp_preprocessor_matrix (pre, table, rows, influence->n);
      margin = g_new (double, influence->n);
      hp_model_margin (model, features, influence->n, margin);
      for (gsize i = 0; i < influence->n; i++)
        {
          double price = prices[rows[i]], y = influence->target == HP_TARGET_LOG ? log (price) : price;

          /* a residual has the sign of what was paid beyond the price that was fitted */
          if (fabs (influence->residual[i]) > 1e-3)
            g_assert_true ((influence->residual[i] > 0) == (y > margin[i]));
          leverage += influence->leverage[i];
          squares += (y - margin[i]) * (y - margin[i]);
        }
      g_assert_cmpfloat_with_epsilon (leverage, influence->parameters, 1e-3);
      g_assert_cmpfloat_with_epsilon (influence->sigma, sqrt (squares / (influence->n - leverage)),
                                      0.05 * influence->sigma);
    }
}

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
          if (spec->choices != NULL)
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
  g_test_add_func ("/train/influence", test_influence);
  g_test_add_func ("/train/nothing-to-learn", test_nothing_to_learn);
  g_test_add_func ("/train/permuted-prices", test_permuted_prices);
  g_test_add_func ("/train/time", test_time);
  g_test_add_func ("/train/tuning", test_tuning);
  g_test_add_func ("/train/progress", test_progress);
  g_test_add_func ("/train/cancelled", test_cancelled);
  g_test_add_func ("/train/json", test_json);
  return g_test_run ();
}

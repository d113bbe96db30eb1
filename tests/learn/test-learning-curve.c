/* test-learning-curve.c - errors by number of sales, of every family, by whole trainings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "train-support.h"

#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-learning-curve.h"

/* Errors of the folds and their mean, once more from holdout.csv */
static double
fold_mae (const HpTraining *training, guint i, guint folds, double *sd)
{
  g_autoptr (GArray) held = read_holdout (training, i);
  double sum[20] = { 0 }, n[20] = { 0 }, mean = 0, squares = 0;

  for (guint k = 0; k < held->len; k++)
    {
      const Held *h = &g_array_index (held, Held, k);

      if (h->fold < 0)
        continue;
      sum[h->fold] += fabs (h->price - h->predicted);
      n[h->fold]++;
    }
  for (guint k = 0; k < folds; k++)
    mean += sum[k] / n[k] / folds;
  for (guint k = 0; k < folds; k++)
    squares += (sum[k] / n[k] - mean) * (sum[k] / n[k] - mean);
  *sd = sqrt (squares / (folds - 1));
  return mean;
}

static void
check_curve (const HpLearningCurve *curve, guint folds)
{
  g_assert_cmpuint (curve->n_points, >=, 5);
  g_assert_cmpuint (curve->n_points, <=, 8);
  g_assert_cmpfloat (curve->share[curve->n_points - 1], ==, 1);
  for (guint p = 0; p < curve->n_points; p++)
    {
      g_assert_true (p == 0 || (curve->share[p] > curve->share[p - 1] && curve->n[p] > curve->n[p - 1]));
      g_assert_cmpuint (curve->n_folds[p], >, 0);
      g_assert_cmpuint (curve->n_folds[p], <=, folds);
      g_assert_cmpfloat (curve->train_mae[p], >, 0);
      g_assert_cmpfloat (curve->mae[p], >, 0);
      if (curve->n_folds[p] > 1)
        g_assert_true (isfinite (curve->train_sd[p]) && isfinite (curve->sd[p]));
    }
}

/* All families learn: with all sales they err less on new ones than with a tenth, and less on those that they have seen
 */
static void
test_families (void)
{
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTraining) training = NULL, without = NULL;

  load_houses (&table, &schema);
  training = train (table, schema, options, 2);
  without = g_steal_pointer (&training);
  options->learning_curve = TRUE;
  training = train (table, schema, options, 2);
  for (guint i = 0; i < HP_N_FAMILIES; i++)
    {
      g_autoptr (HpDiagnostics) diagnostics = get_diagnostics (training, i);
      const HpLearningCurve *curve = diagnostics->learning_curve;
      guint last = curve->n_points - 1;
      gsize n_a, n_b;
      const char *a, *b;
      double sd, mae = fold_mae (training, i, 3, &sd);

      check_curve (curve, 3);
      g_assert_cmpuint (curve->n_folds[last], ==, 3);
      g_assert_cmpfloat_with_epsilon (curve->n[last], training->n_train * 2 / 3.0, 1);
      g_assert_cmpfloat_with_epsilon (curve->n[0], training->n_train * 2 / 3.0 * curve->share[0], 1);
      /* the last point is the cross-validation */
      g_assert_cmpfloat_with_epsilon (curve->mae[last], mae, 0.01);
      g_assert_cmpfloat_with_epsilon (curve->sd[last], sd, 0.02);
      g_assert_cmpfloat (curve->mae[last], <, curve->mae[0]);
      g_assert_cmpfloat (curve->train_mae[last], <, curve->mae[last]);
      g_assert_true ((diagnostics->influence != NULL) == (i == HP_FAMILY_LINEAR));
      /* nothing else is another for it */
      a = get_file (training, i, "model.json", &n_a);
      b = get_file (without, i, "model.json", &n_b);
      g_assert_cmpmem (a, n_a, b, n_b);
      a = get_file (training, i, "holdout.csv", &n_a);
      b = get_file (without, i, "holdout.csv", &n_b);
      g_assert_cmpmem (a, n_a, b, n_b);
    }
}

static void
test_same_bytes (void)
{
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();

  load_houses (&table, &schema);
  options->learning_curve = TRUE;
  for (guint trials = 0; trials <= 1; trials++)
    {
      g_autoptr (HpTraining) one = NULL, two = NULL;

      options->trials = trials;
      one = train (table, schema, options, 1);
      two = train (table, schema, options, 2);
      for (guint i = 0; i < HP_N_FAMILIES; i++)
        {
          g_autofree char *a = get_text (one, i, HP_DIAGNOSTICS_NAME), *b = get_text (two, i, HP_DIAGNOSTICS_NAME);

          g_assert_cmpstr (a, ==, b);
        }
    }
}

/* Folds by time train on more and more sales; the shares are each fold's own */
static void
test_time (void)
{
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTraining) training = NULL;

  load_houses (&table, &schema);
  options->split = HP_SPLIT_TIME;
  options->learning_curve = TRUE;
  training = train (table, schema, options, 2);
  for (guint i = 0; i < HP_N_FAMILIES; i++)
    {
      g_autoptr (HpDiagnostics) diagnostics = get_diagnostics (training, i);

      check_curve (diagnostics->learning_curve, 3);
    }
}

/* So few sales that most shares are too small to fit, and columns that have one value only in a part of them */
static void
test_few (void)
{
  g_autoptr (GString) csv = g_string_new ("price,number,street,few\n");
  g_autoptr (HpSchema) schema = parse_schema (noise_schema);
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTraining) training = NULL;

  for (guint i = 0; i < 70; i++)
    g_string_append_printf (csv, "%u,%u,%s,%s\n", 100000 + 977 * (i * 37 % 70), i == 66 ? 2 : 1,
                            i % 23 == 5 ? "Lane" : "Road", i % 2 ? "a" : "b");
  table = parse_table (csv->str, schema);
  options->folds = 2;
  options->learning_curve = TRUE;
  training = train (table, schema, options, 2);
  for (guint i = 0; i < HP_N_FAMILIES; i++)
    {
      g_autoptr (HpDiagnostics) diagnostics = get_diagnostics (training, i);
      const HpLearningCurve *curve = diagnostics->learning_curve;

      g_assert_cmpuint (curve->n_points, >=, 1);
      g_assert_cmpuint (curve->n_points, <, 5);
      g_assert_cmpfloat (curve->share[curve->n_points - 1], ==, 1);
      g_assert_cmpfloat (curve->n[0], >=, 20);
    }
}

typedef struct
{
  GCancellable *cancellable; /* (nullable): cancelled at the first fit of a curve */
  guint n_curve;
  double fraction;
} Watch;

static void
watch (const HpTrainProgress *progress, gpointer data)
{
  Watch *w = data;

  g_assert_cmpfloat (progress->fraction, >=, w->fraction);
  g_assert_cmpfloat (progress->fraction, <=, 1);
  w->fraction = progress->fraction;
  if (!g_str_equal (progress->stage, "learning-curve"))
    return;
  w->n_curve++;
  if (w->cancellable != NULL)
    g_cancellable_cancel (w->cancellable);
}

static void
test_progress_and_cancel (void)
{
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTeam) team = hp_team_new (2);

  load_houses (&table, &schema);
  options->learning_curve = TRUE;
  set (options, "gradient_boosting.trees", "300");
  for (guint cancel = 0; cancel < 2; cancel++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (HpTraining) training = NULL;
      Watch w = { .cancellable = cancel ? cancellable : NULL };

      training = hp_train (table, schema, options, team, watch, &w, cancellable, &error);
      g_assert_cmpuint (w.n_curve, >, 0);
      if (cancel)
        {
          g_assert_null (training);
          g_assert_error (error, HP_ERROR, HP_ERROR_CANCELLED);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (w.fraction, 1, 1e-6);
    }
}

/* Large data are fitted one after another with all threads inside: the same curve */
static void
test_large (void)
{
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTrainOptions) options = small_options ();
  g_autoptr (HpTeam) team = hp_team_new (2);
  g_autoptr (HpCleaned) cleaned = NULL;
  g_autoptr (HpSplit) split = NULL;
  g_autoptr (GError) error = NULL;
  Meter meter;
  Training training;
  char *first = NULL;

  load_houses (&table, &schema);
  cleaned = hp_table_clean (table, schema, &error);
  g_assert_no_error (error);
  split = hp_split_new (table, schema, cleaned->rows, cleaned->n_rows, HP_SPLIT_RANDOM, 0.2, 3, 42, &error);
  g_assert_no_error (error);
  training = (Training){ .table = table,
                         .schema = schema,
                         .options = options,
                         .features = (const char *const *) schema->features,
                         .meter = &meter };
  _hp_meter_init (&meter, NULL, NULL);
  for (guint large = 0; large < 2; large++)
    {
      Evaluation *evaluations[HP_N_FAMILIES];
      g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
      g_autofree char *text = NULL;
      double cost = 0, before = meter.done;

      hp_json_writer_begin_array (writer);
      for (guint f = 0; f < HP_N_FAMILIES; f++)
        {
          hp_family_default_params (f, &training.params[f]);
          /* the first parameter of all others is their number of trees */
          if (f != HP_FAMILY_LINEAR)
            training.params[f].value[0] = 20;
          cost += _hp_learning_curve_cost (&training, split, f);
          evaluations[f] = _hp_evaluation_new (f, NULL, &training);
          for (guint k = 0; k < 3; k++)
            {
              evaluations[f]->fold_params[k] = training.params[f];
              evaluations[f]->fold_train_mae[k] = 1;
              evaluations[f]->fold_mae[k] = 2;
            }
        }
      g_assert_true (_hp_learning_curves_fit (&training, split, evaluations, HP_N_FAMILIES, team, large, &error));
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (meter.done - before, cost, 1e-9 * cost);
      for (guint f = 0; f < HP_N_FAMILIES; f++)
        {
          check_curve (evaluations[f]->learning_curve, 3);
          hp_learning_curve_write_json (evaluations[f]->learning_curve, writer);
          _hp_evaluation_free (evaluations[f]);
        }
      hp_json_writer_end_array (writer);
      text = hp_json_writer_steal (writer, NULL);
      if (first != NULL)
        g_assert_cmpstr (text, ==, first);
      else
        first = g_steal_pointer (&text);
    }
  _hp_meter_clear (&meter);
  g_free (first);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/learning-curve/families", test_families);
  g_test_add_func ("/learning-curve/same-bytes", test_same_bytes);
  g_test_add_func ("/learning-curve/time", test_time);
  g_test_add_func ("/learning-curve/few", test_few);
  g_test_add_func ("/learning-curve/progress-and-cancel", test_progress_and_cancel);
  g_test_add_func ("/learning-curve/large", test_large);
  return g_test_run ();
}

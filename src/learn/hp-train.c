/* hp-train.c - the whole of a training: clean, split, fit, measure, gate
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-learning-curve.h"

#include <math.h>
#include <stdlib.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#include "hp-error.h"

/* From here on one fit keeps all threads busy; below, fits run side by side */
#define LARGE_ROWS     60000
#define LEAK_THRESHOLD 0.995
/* Prices are trained on as floats, and their squares are added up as doubles */
#define LARGEST_PRICE 1e30

typedef struct
{
  guint evaluation; /* index */
  int fold;         /* 0 …, or one of the two below */
  double cost;
} Fit;

enum
{
  FIT_TEST = -1,
  FIT_ALL = -2
};

typedef struct
{
  Training *training;
  const HpSplit *split;
  const guint32 *all;
  gsize n_all;
  Evaluation **evaluations;
  GArray *fits; /* Fit */
  HpTeam *team; /* (nullable) inside the fits */
  pthread_mutex_t mutex;
  GError *error; /* the first in order of the fits, so that the message does not depend on timing */
  gsize error_at;
} Run;

/* Features without leaks, and without what is derived from them. left_out: why, for people and config.yaml. */
static char **
choose_features (const HpTable *table, const HpSchema *schema, const HpTrainOptions *options, GPtrArray *notes,
                 GPtrArray *left_out)
{
  g_autoptr (GPtrArray) leaks = hp_table_find_leaks (table, schema, LEAK_THRESHOLD);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);

  for (char **feature = schema->features; *feature != NULL; feature++)
    {
      const HpDerived *derived = hp_schema_get_derived (schema, *feature);
      const HpLeak *found = NULL;

      for (guint i = 0; i < leaks->len && found == NULL; i++)
        {
          const HpLeak *leak = leaks->pdata[i];

          if (g_strcmp0 (leak->column, *feature) != 0
              && (derived == NULL
                  || (g_strcmp0 (leak->column, derived->a) != 0 && g_strcmp0 (leak->column, derived->b) != 0)))
            continue;
          if (options->keep_leaks == NULL || !g_strv_contains ((const char *const *) options->keep_leaks, leak->column))
            found = leak;
          else if (g_hash_table_add (kept, leak->column))
            g_ptr_array_add (notes,
                             g_strdup_printf (_ ("“%s” gives the price away and was kept because you asked for it; "
                                                 "the figures below say nothing about new houses"),
                                              leak->column));
        }
      if (found == NULL)
        {
          g_strv_builder_add (builder, *feature);
          continue;
        }

      g_autofree char *how
        = found->op == 0 ? g_strdup (_ ("alone"))
                         : g_strdup_printf (found->op == '*' ? _ ("times “%s”") : _ ("divided by “%s”"), found->other);

      g_ptr_array_add (notes,
                       found->listed && isnan (found->r2)
                         ? g_strdup_printf (_ ("“%s” was left out: the schema lists “%s” as leakage"), *feature,
                                            found->column)
                         : g_strdup_printf (_ ("“%s” was left out: “%s” %s is a function of the price (R² %.4f); "
                                               "--keep-leak %s keeps it"),
                                            *feature, found->column, how, found->r2, found->column));
      g_ptr_array_add (left_out, g_strdup (*feature));
    }
  return g_strv_builder_end (builder);
}

void
_hp_note_rows (const HpCleaned *cleaned, const HpTable *table, GPtrArray *notes)
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
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].n > 0)
      g_string_append_printf (text, "%s%" G_GSIZE_FORMAT " %s", text->len > 0 ? ", " : "", reasons[i].n,
                              reasons[i].why);
  if (text->len > 0)
    {
      gsize n = table->n_rows - cleaned->n_rows;

      g_ptr_array_add (notes, g_strdup_printf (ngettext ("%lu of %lu rows was left out: %s",
                                                         "%lu of %lu rows were left out: %s", n),
                                               (gulong) n, (gulong) table->n_rows, text->str));
    }
}

static void
keep_error (Run *run, gsize at, GError *error)
{
  pthread_mutex_lock (&run->mutex);
  if (run->error == NULL || at < run->error_at)
    {
      g_clear_error (&run->error);
      run->error = error;
      run->error_at = at;
    }
  else
    g_error_free (error);
  pthread_mutex_unlock (&run->mutex);
}

static gboolean
is_cancelled (const Training *training, GError **error)
{
  if (!g_cancellable_is_cancelled (training->cancellable))
    return FALSE;
  hp_set_error (error, HP_ERROR_CANCELLED, NULL, _ ("training was interrupted"));
  return TRUE;
}

static gboolean
has_failed (Run *run)
{
  gboolean failed;

  pthread_mutex_lock (&run->mutex);
  failed = run->error != NULL;
  pthread_mutex_unlock (&run->mutex);
  return failed;
}

/* A fit's seed depends on what it is, not on when it runs */
static guint64
seed_of (const Training *training, HpFamily family, int fold)
{
  return training->options->seed * 1000003 + (guint64) family * 1009 + (guint64) (fold + 10);
}

static void
fit_one (gsize index, guint worker, gpointer data)
{
  Run *run = data;
  const Fit *fit = &g_array_index (run->fits, Fit, index);
  Evaluation *evaluation = run->evaluations[fit->evaluation];
  const Training *training = run->training;
  const HpSplit *split = run->split;
  HpTeam *alone = run->team == NULL ? hp_team_new (1) : NULL;
  HpTeam *team = run->team != NULL ? run->team : alone;
  const guint32 *rows = fit->fold >= 0          ? split->folds[fit->fold].train
                        : fit->fold == FIT_TEST ? split->train
                                                : run->all;
  gsize n = fit->fold >= 0 ? split->folds[fit->fold].n_train : fit->fold == FIT_TEST ? split->n_train : run->n_all;
  const char *stage = fit->fold >= 0 ? "cross-validation" : fit->fold == FIT_TEST ? "test" : "refit";
  gboolean keep = fit->fold == FIT_ALL || (fit->fold == FIT_TEST && !training->options->refit);
  Fitted fitted = { .diagnose = keep };
  GError *error = NULL;

  if (has_failed (run))
    ;
  else if (is_cancelled (training, &error)
           || !_hp_fit_rows (training, evaluation->family, rows, n, seed_of (training, evaluation->family, fit->fold),
                             stage, team, &fitted, &error))
    keep_error (run, index, error);
  else
    {
      if (fit->fold >= 0)
        {
          const HpFold *fold = &split->folds[fit->fold];

          _hp_evaluation_predict (evaluation, training, &fitted, fold->valid, fold->n_valid);
          if (training->options->learning_curve)
            {
              evaluation->fold_params[fit->fold] = fitted.params;
              evaluation->fold_train_mae[fit->fold] = _hp_fitted_error (training, &fitted, rows, n);
              evaluation->fold_mae[fit->fold] = _hp_fitted_error (training, &fitted, fold->valid, fold->n_valid);
            }
        }
      else if (fit->fold == FIT_TEST)
        {
          _hp_evaluation_predict (evaluation, training, &fitted, split->test, split->n_test);
          evaluation->fit_seconds = fitted.seconds;
        }
      if (keep)
        evaluation->final = fitted;
      else
        _hp_fitted_clear (&fitted);
    }
  g_clear_pointer (&alone, hp_team_free);
}

static int
compare_fits (const void *a, const void *b)
{
  const Fit *x = a, *y = b;

  if (x->cost != y->cost)
    return (x->cost < y->cost) - (x->cost > y->cost);
  return x->evaluation != y->evaluation ? (x->evaluation > y->evaluation) - (x->evaluation < y->evaluation)
                                        : (x->fold < y->fold) - (x->fold > y->fold);
}

/* All fits of all families: the folds, the one that is tested, the one that is registered. The longest go first, so
 * that the threads finish together. */
static GArray *
list_fits (const Training *training, const HpSplit *split, gsize n_all, Evaluation **evaluations, guint n_evaluations)
{
  GArray *fits = g_array_new (FALSE, FALSE, sizeof (Fit));

  for (guint e = 0; e < n_evaluations; e++)
    for (int fold = training->options->refit ? FIT_ALL : FIT_TEST; fold < (int) split->n_folds; fold++)
      {
        gsize n = fold >= 0 ? split->folds[fold].n_train : fold == FIT_TEST ? split->n_train : n_all;
        Fit fit = { e, fold, _hp_fit_cost (training, evaluations[e]->family, n) };

        g_array_append_val (fits, fit);
        training->meter->total += fit.cost;
      }
  for (guint e = 0; training->options->learning_curve && e < n_evaluations; e++)
    training->meter->total += _hp_learning_curve_cost (training, split, evaluations[e]->family);
  qsort (fits->data, fits->len, sizeof (Fit), compare_fits);
  return fits;
}

gboolean
_hp_gate_bounds (const HpSchema *schema, GArray *bounds, GError **error)
{
  for (guint i = 0; i < schema->gates->len; i++)
    {
      const HpSchemaGate *gate = schema->gates->pdata[i];
      HpGateBound bound
        = { .has_min = isfinite (gate->min), .has_max = isfinite (gate->max), .min = gate->min, .max = gate->max };

      if (!hp_metric_from_name (gate->metric, &bound.metric))
        {
          hp_set_error (
            error, HP_ERROR_BAD_DATA, "gates",
            _ ("the schema's gate “%s” is no metric; use r2, mae, rmse, mape, mdape, ppe10, cod, prd or prb"),
            gate->metric);
          return FALSE;
        }
      g_array_append_val (bounds, bound);
    }
  return TRUE;
}

static gboolean
run_fits (Training *training, const HpSplit *split, const HpCleaned *cleaned, GPtrArray *evaluations, HpTeam *team,
          GError **error)
{
  g_autoptr (GArray) fits
    = list_fits (training, split, cleaned->n_rows, (Evaluation **) evaluations->pdata, evaluations->len);
  gboolean large = cleaned->n_rows >= LARGE_ROWS;
  Run run = { .training = training,
              .split = split,
              .all = cleaned->rows,
              .n_all = cleaned->n_rows,
              .evaluations = (Evaluation **) evaluations->pdata,
              .fits = fits,
              .team = large ? team : NULL };

  pthread_mutex_init (&run.mutex, NULL);
  if (large)
    for (gsize i = 0; i < fits->len; i++)
      fit_one (i, 0, &run);
  else
    hp_team_run (team, fits->len, fit_one, &run);
  pthread_mutex_destroy (&run.mutex);
  if (run.error != NULL)
    {
      g_propagate_error (error, run.error);
      return FALSE;
    }
  return !training->options->learning_curve
         || _hp_learning_curves_fit (training, split, run.evaluations, evaluations->len, team, large, error);
}

/* Folds of the rows, by table row: HP_FOLD_NONE for rows that were never predicted */
guint8 *
_hp_fold_of_rows (const HpSplit *split, gsize n_rows)
{
  guint8 *fold = g_malloc (n_rows + 1);

  for (gsize i = 0; i < n_rows; i++)
    fold[i] = HP_FOLD_NONE;
  for (guint k = 0; k < split->n_folds; k++)
    for (gsize i = 0; i < split->folds[k].n_valid; i++)
      fold[split->folds[k].valid[i]] = k;
  for (gsize i = 0; i < split->n_test; i++)
    fold[split->test[i]] = HP_FOLD_TEST;
  return fold;
}

/**
 * hp_candidate_free:
 * @candidate: (transfer full) (nullable): a candidate
 */
void
hp_candidate_free (HpCandidate *candidate)
{
  if (candidate == NULL)
    return;
  g_clear_pointer (&candidate->files, g_hash_table_unref);
  g_clear_pointer (&candidate->gates, g_array_unref);
  g_clear_pointer (&candidate->learning_curve, hp_learning_curve_free);
  g_free (candidate);
}

static int
select_best (const GPtrArray *candidates)
{
  int best = -1;

  for (guint i = 0; i < candidates->len; i++)
    {
      const HpCandidate *candidate = candidates->pdata[i];

      if (candidate->passed
          && (best < 0
              || candidate->oof.value[HP_METRIC_MAE]
                   < ((HpCandidate *) candidates->pdata[best])->oof.value[HP_METRIC_MAE]))
        best = i;
    }
  return best;
}

static gboolean
apply_params (Training *training, const HpTrainOptions *options, GError **error)
{
  GHashTableIter iter;
  gpointer key, value;

  for (guint f = 0; f < HP_N_FAMILIES; f++)
    hp_family_default_params (f, &training->params[f]);
  if (options->params == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, options->params);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_auto (GStrv) parts = g_strsplit (key, ".", 2);
      HpFamily family;
      int i = -1;

      if (parts[1] == NULL || !hp_family_from_name (parts[0], &family)
          || (i = hp_family_find_param (family, parts[1])) < 0)
        {
          hp_set_error (error, HP_ERROR_USAGE, key, _ ("there is no parameter “%s”"), (char *) key);
          return FALSE;
        }
      if (!hp_family_parse_param (family, i, value, &training->params[family].value[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_prices (const HpTable *table, const HpSchema *schema, const HpCleaned *cleaned, GError **error)
{
  const HpColumn *target = hp_table_get_column (table, schema->target);

  for (gsize i = 0; i < cleaned->n_rows; i++)
    if (!(target->numbers[cleaned->rows[i]] <= LARGEST_PRICE))
      {
        hp_set_error (
          error, HP_ERROR_BAD_DATA, target->name,
          _ ("%s:%lu: a price of %g is too large to train on; correct it, or give “%s” a maximum in the schema"),
          table->file, (gulong) table->lines[cleaned->rows[i]], target->numbers[cleaned->rows[i]], target->name);
        return FALSE;
      }
  return TRUE;
}

/* The same for features: a number that no float can hold, or a ratio that makes one */
static gboolean
check_features (const Training *training, const HpCleaned *cleaned, GError **error)
{
  const HpTable *table = training->table;
  g_autoptr (HpPreprocessor) pre = hp_preprocessor_fit (training->schema, training->features, table, cleaned->rows,
                                                        cleaned->n_rows, HP_ENCODING_ORDERED, error);
  g_autofree float *features = NULL;
  guint n;

  if (pre == NULL)
    return FALSE;
  n = hp_preprocessor_get_n_features (pre);
  features = hp_preprocessor_matrix (pre, table, cleaned->rows, cleaned->n_rows);
  for (gsize i = 0; i < cleaned->n_rows * n; i++)
    if (isinf (features[i]))
      {
        const char *name = hp_preprocessor_get_feature (pre, i % n);

        hp_set_error (error, HP_ERROR_BAD_DATA, name,
                      _ ("%s:%lu: “%s” is too large to train on; correct it, or give a maximum in the schema"),
                      table->file, (gulong) table->lines[cleaned->rows[i / n]], name);
        return FALSE;
      }
  return TRUE;
}

/**
 * hp_train:
 * @table: the sales, loaded with %HP_TABLE_ALL_COLUMNS so that leaks are found; must outlive the result
 * @schema: what its columns mean
 * @options: families, folds, budget, seed
 * @team: who does the work
 * @progress: (nullable): told how far it is
 * @progress_data: its data
 * @cancellable: (nullable): stops it between two trees
 * @error: return location: %HP_ERROR_BAD_DATA, %HP_ERROR_USAGE, %HP_ERROR_CANCELLED, %HP_ERROR_FAILED
 *
 * Cleans, splits, cross-validates, tunes, fits, tests and gates. The same data, schema, options and code give the same
 * bytes with any number of jobs.
 *
 * Returns: (transfer full) (nullable): the candidates
 */
HpTraining *
hp_train (const HpTable *table, const HpSchema *schema, const HpTrainOptions *options, HpTeam *team,
          HpTrainProgressFunc progress, gpointer progress_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (HpTraining) result = g_new0 (HpTraining, 1);
  g_autoptr (HpCleaned) cleaned = NULL;
  g_autoptr (HpSplit) split = NULL;
  g_autoptr (GPtrArray) evaluations = g_ptr_array_new_with_free_func ((GDestroyNotify) _hp_evaluation_free);
  g_autoptr (GPtrArray) left_out = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) bounds = g_array_new (FALSE, TRUE, sizeof (HpGateBound));
  g_auto (GStrv) features = NULL;
  g_autofree guint8 *fold = NULL;
  Meter meter;
  Training training
    = { .table = table, .schema = schema, .options = options, .meter = &meter, .cancellable = cancellable };
  gboolean done;

  result->table = table;
  result->selected = -1;
  result->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_candidate_free);
  result->notes = g_ptr_array_new_with_free_func (g_free);
  if (!hp_train_options_check (options, error) || !apply_params (&training, options, error)
      || !_hp_gate_bounds (schema, bounds, error))
    return NULL;

  cleaned = hp_table_clean (table, schema, error);
  if (cleaned == NULL || !check_prices (table, schema, cleaned, error))
    return NULL;
  _hp_note_rows (cleaned, table, result->notes);
  features = choose_features (table, schema, options, result->notes, left_out);
  training.features = (const char *const *) features;
  if (*features == NULL)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, "features",
                    _ ("%s: no feature is left to train on, since all of them give the price away"), table->file);
      return NULL;
    }
  split = hp_split_new (table, schema, cleaned->rows, cleaned->n_rows, options->split, options->test_fraction,
                        options->folds, options->seed, error);
  if (split == NULL || !check_features (&training, cleaned, error))
    return NULL;
  result->n_train = split->n_train;
  result->n_test = split->n_test;

  for (guint f = 0; f < HP_N_FAMILIES; f++)
    if (options->families & 1u << f)
      g_ptr_array_add (evaluations, _hp_evaluation_new (f, NULL, &training));
  _hp_meter_init (&meter, progress, progress_data);
  done = run_fits (&training, split, cleaned, evaluations, team, error);
  _hp_meter_clear (&meter);
  if (!done)
    return NULL;

  fold = _hp_fold_of_rows (split, table->n_rows);
  for (guint e = 0; e < evaluations->len; e++)
    {
      Evaluation *evaluation = evaluations->pdata[e];
      HpCandidate *candidate;

      if (is_cancelled (&training, error))
        return NULL;
      candidate = g_new0 (HpCandidate, 1);
      _hp_evaluation_measure (evaluation, &training, split, bounds, team);
      if (evaluation->calibration == NULL)
        {
          hp_set_error (
            error, HP_ERROR_FAILED, NULL,
            _ ("%s: not one price that %s predicts is above zero; there is nothing to calibrate its interval on"),
            table->file, hp_family_name (evaluation->family));
          g_free (candidate);
          return NULL;
        }
      candidate->family = evaluation->family;
      candidate->passed = evaluation->passed;
      candidate->oof = evaluation->oof;
      candidate->test = evaluation->test;
      candidate->gates = g_array_ref (evaluation->gates);
      candidate->fit_seconds = evaluation->fit_seconds;
      candidate->files
        = _hp_candidate_files (&training, split, evaluation, fold, options->refit ? cleaned->rows : split->train,
                               options->refit ? cleaned->n_rows : split->n_train, left_out);
      candidate->learning_curve = g_steal_pointer (&evaluation->learning_curve);
      g_ptr_array_add (result->candidates, candidate);
    }
  result->selected = select_best (result->candidates);
  return g_steal_pointer (&result);
}

/**
 * hp_training_free:
 * @training: (transfer full) (nullable): a training
 */
void
hp_training_free (HpTraining *training)
{
  if (training == NULL)
    return;
  g_clear_pointer (&training->candidates, g_ptr_array_unref);
  g_clear_pointer (&training->notes, g_ptr_array_unref);
  hp_comparison_free (training->against);
  g_free (training);
}

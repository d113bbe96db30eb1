/* hp-learning-curve.c - fits on growing shares of the training sales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-learning-curve.h"

#include <math.h>
#include <stdlib.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-random.h"
#include "hp-statistics.h"

/* Of a fold's training sales; the last are the cross-validation's own fits */
static const double shares[] = { 0.1, 0.15, 0.25, 0.4, 0.6, 0.8, 1 };

#define N_SHARES G_N_ELEMENTS (shares)
#define N_FITTED (N_SHARES - 1)

/* A share of fewer sales is left out: what is fitted on it says nothing */
#define LEAST_ROWS 20

/* A stream of the seed of its own, one a fold */
#define STREAM_ORDER 3001

/* A fit on a share of a fold's training sales */
typedef struct
{
  guint evaluation, share, fold;
  gsize n;
  double cost;
} Step;

typedef struct
{
  gboolean fitted;
  double train_mae, mae;
} Outcome;

typedef struct
{
  const Training *training;
  const HpSplit *split;
  Evaluation **evaluations;
  GArray *steps;     /* of Step */
  guint32 **order;   /* of each fold's training sales */
  Outcome *outcomes; /* evaluation × share × fold */
  HpTeam *team;      /* (nullable) inside the fits */
} Curves;

static gsize
share_of (gsize n, double share)
{
  return (gsize) floor (share * (double) n + 0.5);
}

static Outcome *
get_outcome (const Curves *curves, guint evaluation, guint share, guint fold)
{
  return &curves->outcomes[(evaluation * N_SHARES + share) * curves->split->n_folds + fold];
}

double
_hp_learning_curve_cost (const Training *training, const HpSplit *split, HpFamily family)
{
  guint n_features = g_strv_length ((char **) training->features);
  double cost = 0;

  for (guint fold = 0; fold < split->n_folds; fold++)
    for (guint s = 0; s < N_FITTED; s++)
      {
        gsize n = share_of (split->folds[fold].n_train, shares[s]);

        if (n >= LEAST_ROWS)
          cost += hp_family_cost (family, &training->params[family], n, n_features);
      }
  return cost;
}

double
_hp_fitted_error (const Training *training, const Fitted *fitted, const guint32 *rows, gsize n)
{
  g_autofree double *prices = _hp_prices_of (training, rows, n);
  g_autofree float *features = hp_preprocessor_matrix (fitted->pre, training->table, rows, n);
  g_autofree double *predicted = g_new (double, n + 1);
  double sum = 0;
  gsize count = 0;

  hp_model_predict (fitted->model, features, n, predicted);
  for (gsize i = 0; i < n; i++)
    if (isfinite (predicted[i]))
      {
        sum += fabs (predicted[i] - prices[i]);
        count++;
      }
  return count > 0 ? sum / (double) count : NAN;
}

static int
compare_rows (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/* What a share is too small for (a column without two values, equations without a solution) leaves its point out; a
 * training that got so far does not fail for that. */
static void
fit_step (gsize index, guint worker, gpointer data)
{
  Curves *curves = data;
  const Training *training = curves->training;
  const Step *step = &g_array_index (curves->steps, Step, index);
  const Evaluation *evaluation = curves->evaluations[step->evaluation];
  const HpFold *fold = &curves->split->folds[step->fold];
  Outcome *outcome = get_outcome (curves, step->evaluation, step->share, step->fold);
  HpTeam *alone = curves->team == NULL ? hp_team_new (1) : NULL;
  guint64 seed = training->options->seed * 1000003 + (guint64) evaluation->family * 1009 + step->fold
                 + (step->share + 1) * G_GUINT64_CONSTANT (1000);
  g_autofree guint32 *rows = g_memdup2 (curves->order[step->fold], step->n * sizeof *rows);
  Fitted fitted = { 0 };

  if (g_cancellable_is_cancelled (training->cancellable))
    {
      g_clear_pointer (&alone, hp_team_free);
      return;
    }
  /* in the order of the table, as all fits have them */
  qsort (rows, step->n, sizeof *rows, compare_rows);
  if (_hp_fit_params (training, evaluation->family, &evaluation->fold_params[step->fold], rows, step->n, seed,
                      alone != NULL ? alone : curves->team, &fitted, NULL))
    {
      outcome->train_mae = _hp_fitted_error (training, &fitted, rows, step->n);
      outcome->mae = _hp_fitted_error (training, &fitted, fold->valid, fold->n_valid);
      outcome->fitted = isfinite (outcome->train_mae) && isfinite (outcome->mae);
    }
  _hp_fitted_clear (&fitted);
  g_clear_pointer (&alone, hp_team_free);
  _hp_meter_add (training->meter, step->cost, "learning-curve", hp_family_name (evaluation->family));
}

static int
compare_steps (const void *a, const void *b)
{
  const Step *x = a, *y = b;

  if (x->cost != y->cost)
    return (x->cost < y->cost) - (x->cost > y->cost);
  if (x->evaluation != y->evaluation)
    return (x->evaluation > y->evaluation) - (x->evaluation < y->evaluation);
  return x->share != y->share ? (x->share > y->share) - (x->share < y->share)
                              : (x->fold > y->fold) - (x->fold < y->fold);
}

/* The longest first, so that the threads finish together */
static GArray *
list_steps (const Training *training, const HpSplit *split, Evaluation **evaluations, guint n_evaluations)
{
  guint n_features = g_strv_length ((char **) training->features);
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (Step));

  for (guint e = 0; e < n_evaluations; e++)
    for (guint s = 0; s < N_FITTED; s++)
      for (guint fold = 0; fold < split->n_folds; fold++)
        {
          HpFamily family = evaluations[e]->family;
          Step step = { e, s, fold, share_of (split->folds[fold].n_train, shares[s]), 0 };

          if (step.n < LEAST_ROWS)
            continue;
          step.cost = hp_family_cost (family, &training->params[family], step.n, n_features);
          g_array_append_val (steps, step);
        }
  if (steps->len > 0)
    qsort (steps->data, steps->len, sizeof (Step), compare_steps);
  return steps;
}

/* A random order of each fold's training sales: that of one share begins with that of each smaller one */
static guint32 **
make_orders (const Training *training, const HpSplit *split)
{
  guint32 **order = g_new0 (guint32 *, split->n_folds + 1);

  for (guint fold = 0; fold < split->n_folds; fold++)
    {
      HpRandom random;

      order[fold] = g_memdup2 (split->folds[fold].train, split->folds[fold].n_train * sizeof (guint32));
      hp_random_init (&random, training->options->seed, STREAM_ORDER + fold);
      hp_random_shuffle (&random, order[fold], split->folds[fold].n_train);
    }
  return order;
}

/* The last share: what cross-validation has fitted */
static void
add_whole (const Curves *curves, guint e)
{
  const Evaluation *evaluation = curves->evaluations[e];

  for (guint fold = 0; fold < curves->split->n_folds; fold++)
    {
      Outcome *outcome = get_outcome (curves, e, N_FITTED, fold);

      outcome->train_mae = evaluation->fold_train_mae[fold];
      outcome->mae = evaluation->fold_mae[fold];
      outcome->fitted = isfinite (outcome->train_mae) && isfinite (outcome->mae);
    }
}

/* Means and standard deviations over those folds that could be fitted */
static HpLearningCurve *
make_curve (const Curves *curves, guint e)
{
  guint n_folds = curves->split->n_folds, at = 0;
  HpLearningCurve *curve = hp_learning_curve_new (N_SHARES);
  g_autofree double *train = g_new (double, n_folds + 1), *valid = g_new (double, n_folds + 1);

  for (guint s = 0; s < N_SHARES; s++)
    {
      double rows = 0;
      guint n = 0;

      for (guint fold = 0; fold < n_folds; fold++)
        {
          const Outcome *outcome = get_outcome (curves, e, s, fold);

          if (!outcome->fitted)
            continue;
          train[n] = outcome->train_mae;
          valid[n++] = outcome->mae;
          rows += (double) share_of (curves->split->folds[fold].n_train, shares[s]);
        }
      if (n == 0)
        continue;
      curve->share[at] = shares[s];
      curve->n[at] = rows / n;
      curve->n_folds[at] = n;
      curve->train_mae[at] = hp_mean (train, n);
      curve->train_sd[at] = hp_standard_deviation (train, n);
      curve->mae[at] = hp_mean (valid, n);
      curve->sd[at++] = hp_standard_deviation (valid, n);
    }
  curve->n_points = at;
  return curve;
}

gboolean
_hp_learning_curves_fit (const Training *training, const HpSplit *split, Evaluation **evaluations, guint n_evaluations,
                         HpTeam *team, gboolean large, GError **error)
{
  g_autoptr (GArray) steps = list_steps (training, split, evaluations, n_evaluations);
  guint32 **order = make_orders (training, split);
  Curves curves = { .training = training,
                    .split = split,
                    .evaluations = evaluations,
                    .steps = steps,
                    .order = order,
                    .outcomes = g_new0 (Outcome, (gsize) n_evaluations * N_SHARES * split->n_folds + 1),
                    .team = large ? team : NULL };
  gboolean cancelled;

  if (large)
    for (gsize i = 0; i < steps->len; i++)
      fit_step (i, 0, &curves);
  else
    hp_team_run (team, steps->len, fit_step, &curves);
  cancelled = g_cancellable_is_cancelled (training->cancellable);
  for (guint e = 0; e < n_evaluations && !cancelled; e++)
    {
      add_whole (&curves, e);
      evaluations[e]->learning_curve = make_curve (&curves, e);
    }
  for (guint fold = 0; fold < split->n_folds; fold++)
    g_free (order[fold]);
  g_free (order);
  g_free (curves.outcomes);
  if (cancelled)
    hp_set_error (error, HP_ERROR_CANCELLED, NULL, _ ("training was interrupted"));
  return !cancelled;
}

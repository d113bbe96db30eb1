/* hp-evaluation.c - what the out-of-sample predictions of one family say: metrics and gates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-train-private.h"

#include <math.h>
#include <string.h>

#define GATE_LEVEL 0.95

Evaluation *
_hp_evaluation_new (HpFamily family, const Foreign *foreign, const Training *training)
{
  Evaluation *evaluation = g_new0 (Evaluation, 1);
  gsize n_rows = training->table->n_rows;

  evaluation->family = family;
  evaluation->foreign = foreign;
  evaluation->predicted = g_new (double, n_rows + 1);
  evaluation->low = g_new (double, n_rows + 1);
  evaluation->high = g_new (double, n_rows + 1);
  evaluation->valued = g_malloc0 (n_rows + 1);
  for (gsize i = 0; i < n_rows; i++)
    evaluation->predicted[i] = evaluation->low[i] = evaluation->high[i] = NAN;
  /* Ranks of categories come from prices, so a row's features have to come from a preprocessor that has not seen its
   * own. One-hot columns and the codes of an imported model come from no price; the number of the former may differ
   * from fold to fold. */
  if (foreign == NULL && hp_family_get_encoding (family) == HP_ENCODING_ORDERED)
    {
      evaluation->n_features = g_strv_length ((char **) training->features);
      evaluation->features = g_new (float, n_rows * evaluation->n_features + 1);
    }
  return evaluation;
}

void
_hp_evaluation_free (Evaluation *evaluation)
{
  if (evaluation == NULL)
    return;
  g_free (evaluation->predicted);
  g_free (evaluation->low);
  g_free (evaluation->high);
  g_free (evaluation->valued);
  g_free (evaluation->features);
  _hp_fitted_clear (&evaluation->final);
  g_clear_pointer (&evaluation->learning_curve, hp_learning_curve_free);
  g_clear_pointer (&evaluation->calibration, hp_calibration_free);
  g_free (evaluation->category_intervals);
  g_clear_pointer (&evaluation->gates, g_array_unref);
  g_free (evaluation);
}

void
_hp_evaluation_predict (Evaluation *evaluation, const Training *training, const Fitted *fitted, const guint32 *rows,
                        gsize n)
{
  g_autofree float *features = hp_preprocessor_matrix (fitted->pre, training->table, rows, n);
  g_autofree double *prices = g_new (double, n + 1);
  g_autoptr (HpHouseBinding) binding = hp_house_binding_new (fitted->pre, training->table);
  g_autoptr (HpHouse) house = hp_house_new (fitted->pre);
  guint n_features = hp_preprocessor_get_n_features (fitted->pre);

  g_assert (evaluation->features == NULL || evaluation->n_features == n_features);
  hp_model_predict (fitted->model, features, n, prices);
  for (gsize i = 0; i < n; i++)
    {
      evaluation->predicted[rows[i]] = prices[i];
      hp_house_set_row (house, binding, rows[i]);
      evaluation->valued[rows[i]] = hp_price_round (prices[i]) > 0 && hp_house_is_supported (house, fitted->pre);
      if (evaluation->features != NULL)
        memcpy (evaluation->features + (gsize) rows[i] * n_features, features + i * n_features,
                n_features * sizeof *features);
    }
}

static gsize
gather (const double *predicted, const HpColumn *target, const guint32 *rows, gsize n, double *p, double *y)
{
  gsize count = 0;

  for (gsize i = 0; i < n; i++)
    if (!isnan (predicted[rows[i]]))
      {
        p[count] = predicted[rows[i]];
        y[count++] = target->numbers[rows[i]];
      }
  return count;
}

/* The share of rows for which there was a model that gives them a value */
static double
hit_rate (const Evaluation *evaluation, const guint32 *rows, gsize n)
{
  gsize n_valued = 0, n_asked = 0;

  for (gsize i = 0; i < n; i++)
    if (!isnan (evaluation->predicted[rows[i]]))
      {
        n_valued += evaluation->valued[rows[i]];
        n_asked++;
      }
  return (double) n_valued / (double) n_asked;
}

void
_hp_evaluation_measure (Evaluation *evaluation, const Training *training, const HpSplit *split, const GArray *bounds,
                        HpTeam *team)
{
  const HpColumn *target = hp_table_get_column (training->table, training->schema->target);
  gsize n_max = training->table->n_rows + 1, n;
  g_autofree double *p = g_new (double, n_max);
  g_autofree double *y = g_new (double, n_max);

  evaluation->n_folds = split->n_folds;
  for (guint k = 0; k < split->n_folds; k++)
    {
      n = gather (evaluation->predicted, target, split->folds[k].valid, split->folds[k].n_valid, p, y);
      hp_metrics_compute (p, y, n, &evaluation->folds[k]);
    }
  n = gather (evaluation->predicted, target, split->train, split->n_train, p, y);
  hp_metrics_compute (p, y, n, &evaluation->oof);
  evaluation->oof_hit_rate = hit_rate (evaluation, split->train, split->n_train);
  evaluation->test_hit_rate = hit_rate (evaluation, split->test, split->n_test);
  _hp_evaluation_calibrate (evaluation, training, split, team);

  n = gather (evaluation->predicted, target, split->test, split->n_test, p, y);
  hp_metrics_compute (p, y, n, &evaluation->test);
  evaluation->gates = g_array_new (FALSE, TRUE, sizeof (HpGateOutcome));
  g_array_set_size (evaluation->gates, bounds->len);
  evaluation->passed = hp_gates_evaluate (p, y, n, (const HpGateBound *) (gpointer) bounds->data, bounds->len,
                                          HP_BOOTSTRAP_REPLICATES, GATE_LEVEL, training->options->seed, team,
                                          (HpGateOutcome *) (gpointer) evaluation->gates->data);
}

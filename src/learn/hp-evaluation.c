/* hp-evaluation.c - what the out-of-sample predictions of one family say: metrics, interval, gates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-train-private.h"

#include <math.h>

#define GATE_LEVEL 0.95

Evaluation *
_hp_evaluation_new (HpFamily family, gsize n_rows)
{
  Evaluation *evaluation = g_new0 (Evaluation, 1);

  evaluation->family = family;
  evaluation->predicted = g_new (double, n_rows + 1);
  evaluation->low = g_new (double, n_rows + 1);
  evaluation->high = g_new (double, n_rows + 1);
  for (gsize i = 0; i < n_rows; i++)
    evaluation->predicted[i] = evaluation->low[i] = evaluation->high[i] = NAN;
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
  _hp_fitted_clear (&evaluation->final);
  g_clear_pointer (&evaluation->calibration, hp_calibration_free);
  g_clear_pointer (&evaluation->gates, g_array_unref);
  g_free (evaluation);
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

/* The interval of a held-out row. FALSE if there is none: whoever serves refuses a price that is not positive. */
static gboolean
set_interval (Evaluation *evaluation, const HpCalibration *calibration, guint32 row)
{
  if (calibration == NULL || !(hp_price_round (evaluation->predicted[row]) > 0))
    return FALSE;
  hp_calibration_interval (calibration, evaluation->predicted[row], HP_INTERVAL_LEVEL, &evaluation->low[row],
                           &evaluation->high[row]);
  return TRUE;
}

/* Coverage and interval score on the rows of each fold, calibrated on all other folds: no row judges itself. Forward in
 * time only those before do, since nobody knows residuals of the future; the first fold then has no intervals and does
 * not count. Any other row without an interval is not covered, and has neither width nor score. */
static void
measure_interval (Evaluation *evaluation, const HpSplit *split, gboolean forward, const HpColumn *target)
{
  HpTarget scale = hp_model_get_target (evaluation->final.model);
  g_autofree double *p = g_new (double, split->n_train + 1);
  g_autofree double *y = g_new (double, split->n_train + 1);
  double covered = 0, width = 0, score = 0, alpha = 1 - HP_INTERVAL_LEVEL;
  gsize n = 0, n_intervals = 0;

  for (guint k = 0; k < split->n_folds; k++)
    {
      g_autoptr (HpCalibration) others = NULL;
      gsize n_others = 0;

      for (guint j = 0; j < (forward ? k : split->n_folds); j++)
        if (j != k)
          n_others += gather (evaluation->predicted, target, split->folds[j].valid, split->folds[j].n_valid,
                              p + n_others, y + n_others);
      if (n_others == 0)
        continue;
      others = hp_calibration_fit (scale, p, y, n_others);
      n += split->folds[k].n_valid;
      for (gsize i = 0; i < split->folds[k].n_valid; i++)
        {
          guint32 row = split->folds[k].valid[i];
          double price = target->numbers[row], low, high;

          if (!set_interval (evaluation, others, row))
            continue;
          low = evaluation->low[row];
          high = evaluation->high[row];
          covered += price >= low && price <= high;
          width += high - low;
          score += high - low + 2 / alpha * (price < low ? low - price : price > high ? price - high : 0);
          n_intervals++;
        }
    }
  evaluation->coverage = covered / n;
  evaluation->mean_width = width / n_intervals;
  evaluation->score = score / n_intervals;
  /* the interval is a constant band in per cent, so it is its own yardstick */
  evaluation->constant_band_width = evaluation->mean_width;
}

static void
measure_test_interval (Evaluation *evaluation, const HpCalibration *calibration, const HpSplit *split,
                       const HpColumn *target)
{
  double covered = 0;

  for (gsize i = 0; i < split->n_test; i++)
    {
      guint32 row = split->test[i];

      if (set_interval (evaluation, calibration, row))
        covered += target->numbers[row] >= evaluation->low[row] && target->numbers[row] <= evaluation->high[row];
    }
  evaluation->test_coverage = covered / split->n_test;
}

void
_hp_evaluation_measure (Evaluation *evaluation, const Training *training, const HpSplit *split, const GArray *bounds,
                        HpTeam *team)
{
  const HpColumn *target = hp_table_get_column (training->table, training->schema->target);
  HpTarget scale = hp_model_get_target (evaluation->final.model);
  gsize n_max = training->table->n_rows + 1, n_oof, n;
  g_autofree double *p = g_new (double, n_max);
  g_autofree double *y = g_new (double, n_max);
  g_autoptr (HpCalibration) from_folds = NULL;

  evaluation->n_folds = split->n_folds;
  for (guint k = 0; k < split->n_folds; k++)
    {
      n = gather (evaluation->predicted, target, split->folds[k].valid, split->folds[k].n_valid, p, y);
      hp_metrics_compute (p, y, n, &evaluation->folds[k]);
    }
  n_oof = gather (evaluation->predicted, target, split->train, split->n_train, p, y);
  hp_metrics_compute (p, y, n_oof, &evaluation->oof);
  from_folds = hp_calibration_fit (scale, p, y, n_oof);
  measure_interval (evaluation, split, training->options->split == HP_SPLIT_TIME, target);
  measure_test_interval (evaluation, from_folds, split, target);

  /* what serves is calibrated on everything that was predicted out of sample */
  n_oof = gather (evaluation->predicted, target, split->train, split->n_train, p, y);
  n = gather (evaluation->predicted, target, split->test, split->n_test, p + n_oof, y + n_oof);
  hp_metrics_compute (p + n_oof, y + n_oof, n, &evaluation->test);
  evaluation->calibration = hp_calibration_fit (scale, p, y, n_oof + n);
  evaluation->gates = g_array_new (FALSE, TRUE, sizeof (HpGateOutcome));
  g_array_set_size (evaluation->gates, bounds->len);
  evaluation->passed = hp_gates_evaluate (p + n_oof, y + n_oof, n, (const HpGateBound *) (gpointer) bounds->data,
                                          bounds->len, HP_BOOTSTRAP_REPLICATES, GATE_LEVEL, training->options->seed,
                                          team, (HpGateOutcome *) (gpointer) evaluation->gates->data);
}

/* hp-intervals.c - intervals of held-out sales, and the calibration that serves
 *
 * The parts of a calibration are the folds and the test share. A fold's intervals are calibrated on all other folds,
 * the test's on all folds: no sale judges itself. Forward in time only the folds before do, since nobody knows
 * residuals of the future; the first then has no intervals and does not count. What serves is calibrated on everything
 * that was predicted out of sample.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-train-private.h"

#include <math.h>
#include <string.h>

#include "hp-residuals.h"

#define PART(k) (G_GUINT64_CONSTANT (1) << (k))

typedef struct
{
  Evaluation *evaluation;
  const HpColumn *target;
  gsize n;
  guint n_parts;                           /* folds, then the test */
  gsize start[HP_RESIDUALS_MAX_PARTS + 1]; /* of each part among the rows */
  guint32 *rows;                           /* predicted out of sample, part by part */
  guint8 *part;
  double *predicted, *price;
  float *features;       /* of these, as the models that predicted them saw them */
  float *final_features; /* as the model that serves sees them */
  guint n_features;
  HpResiduals *measured, *served; /* with these and with those */
  gboolean forward;
  gboolean calibrated[HP_RESIDUALS_MAX_PARTS]; /* does a part have intervals? */
  guint8 *covered50;                           /* by place in rows */
} Held;

static void
add_part (Held *held, const Evaluation *evaluation, const guint32 *rows, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isnan (evaluation->predicted[rows[i]]))
      {
        held->rows[held->n] = rows[i];
        held->part[held->n] = held->n_parts;
        held->predicted[held->n] = evaluation->predicted[rows[i]];
        held->price[held->n++] = held->target->numbers[rows[i]];
      }
  held->start[++held->n_parts] = held->n;
}

static float *
gather_features (const Evaluation *evaluation, const guint32 *rows, gsize n)
{
  guint n_features = evaluation->n_features;
  float *features = g_new (float, n *n_features + 1);

  for (gsize i = 0; i < n; i++)
    memcpy (features + i * n_features, evaluation->features + (gsize) rows[i] * n_features,
            n_features * sizeof *features);
  return features;
}

static void
held_init (Held *held, Evaluation *evaluation, const Training *training, const HpSplit *split)
{
  HpTarget target = hp_model_get_target (evaluation->final.model);
  gsize n = split->n_train + split->n_test;

  *held = (Held){ .evaluation = evaluation,
                  .target = hp_table_get_column (training->table, training->schema->target),
                  .rows = g_new (guint32, n + 1),
                  .part = g_malloc (n + 1),
                  .predicted = g_new (double, n + 1),
                  .price = g_new (double, n + 1),
                  .n_features = hp_preprocessor_get_n_features (evaluation->final.pre),
                  .forward = training->options->split == HP_SPLIT_TIME,
                  .covered50 = g_malloc0 (n + 1) };
  for (guint k = 0; k < split->n_folds; k++)
    add_part (held, evaluation, split->folds[k].valid, split->folds[k].n_valid);
  add_part (held, evaluation, split->test, split->n_test);

  held->final_features = hp_preprocessor_matrix (evaluation->final.pre, training->table, held->rows, held->n);
  held->served = hp_residuals_new (target, held->final_features, held->n_features, held->predicted, held->price,
                                   held->part, held->n);
  if (evaluation->features != NULL)
    {
      held->features = gather_features (evaluation, held->rows, held->n);
      held->measured = hp_residuals_new (target, held->features, held->n_features, held->predicted, held->price,
                                         held->part, held->n);
    }
}

static void
held_clear (Held *held)
{
  g_clear_pointer (&held->measured, hp_residuals_free);
  g_clear_pointer (&held->served, hp_residuals_free);
  g_free (held->rows);
  g_free (held->part);
  g_free (held->predicted);
  g_free (held->price);
  g_free (held->features);
  g_free (held->final_features);
  g_free (held->covered50);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Held, held_clear)

/* The intervals of one part; none where whoever serves would refuse the price */
static void
set_intervals (Held *held, guint part, const HpCalibration *calibration)
{
  Evaluation *evaluation = held->evaluation;
  const float *features = held->features != NULL ? held->features : held->final_features;
  gsize start = held->start[part], n = held->start[part + 1] - start;
  g_autofree double *sigma = g_new (double, n + 1);

  hp_calibration_sigmas (calibration, features + start * held->n_features, held->predicted + start, n, sigma);
  for (gsize i = 0; i < n; i++)
    {
      guint32 row = held->rows[start + i];
      double predicted = held->predicted[start + i], price = held->price[start + i], low, high;

      if (!(hp_price_round (predicted) > 0) || isinf (predicted))
        continue;
      hp_calibration_interval (calibration, predicted, sigma[i], HP_INTERVAL_LEVEL, &evaluation->low[row],
                               &evaluation->high[row]);
      hp_calibration_interval (calibration, predicted, sigma[i], 0.5, &low, &high);
      held->covered50[start + i] = low <= price && price <= high;
    }
}

/* Part by part; then what serves */
static void
calibrate_one (gsize index, guint worker, gpointer data)
{
  Held *held = data;
  guint n_folds = held->n_parts - 1;
  guint64 folds = PART (n_folds) - 1, parts;
  g_autoptr (HpCalibration) calibration = NULL;

  if (index == held->n_parts)
    {
      held->evaluation->calibration = hp_residuals_calibrate (held->served, HP_RESIDUALS_ALL);
      return;
    }
  if (index == n_folds)
    parts = folds;
  else
    parts = held->forward ? PART (index) - 1 : folds & ~PART (index);
  calibration = hp_residuals_calibrate (held->measured != NULL ? held->measured : held->served, parts);
  held->calibrated[index] = calibration != NULL;
  if (calibration != NULL)
    set_intervals (held, index, calibration);
}

/* The sales of the parts [from, to), and their intervals; bounds: room for two numbers a sale */
static HpIntervals
get_intervals (const Held *held, guint from, guint to, double *bounds)
{
  gsize start = held->start[from], n = held->start[to] - start;

  for (gsize i = 0; i < n; i++)
    {
      bounds[i] = held->evaluation->low[held->rows[start + i]];
      bounds[n + i] = held->evaluation->high[held->rows[start + i]];
    }
  return (HpIntervals){ .target = hp_model_get_target (held->evaluation->final.model),
                        .level = HP_INTERVAL_LEVEL,
                        .n = n,
                        .price = held->price + start,
                        .predicted = held->predicted + start,
                        .low = bounds,
                        .high = bounds + n };
}

static void
cover (const Held *held, guint from, guint to, Coverage *coverage)
{
  g_autofree double *bounds = g_new (double, 2 * held->n + 1);
  HpIntervals intervals = get_intervals (held, from, to, bounds);
  double covered = 0;

  hp_coverage_compute (&intervals, &coverage->at_level);
  for (gsize i = held->start[from]; i < held->start[to]; i++)
    covered += held->covered50[i];
  coverage->coverage50 = covered / (double) intervals.n;
}

/* What says where a house is, most often: the first category among the features whose values have no order */
static const HpColumn *
find_category (const Training *training)
{
  for (guint i = 0; training->features[i] != NULL; i++)
    {
      const HpSchemaColumn *column = hp_schema_get_column (training->schema, training->features[i]);

      if (column != NULL && column->type == HP_COLUMN_CATEGORY && column->order == NULL)
        return hp_table_get_column (training->table, column->name);
    }
  return NULL;
}

static void
cover_segments (const Held *held, guint from, const HpColumn *category)
{
  Evaluation *evaluation = held->evaluation;
  g_autofree double *bounds = g_new (double, 2 * held->n + 1);
  HpIntervals intervals = get_intervals (held, from, held->n_parts, bounds);
  g_autofree gint32 *segment = g_new (gint32, intervals.n + 1);

  hp_coverage_compute (&intervals, &evaluation->all_interval);
  hp_coverage_deciles (intervals.predicted, intervals.n, segment);
  hp_coverage_compute_segments (&intervals, segment, HP_COVERAGE_DECILES, evaluation->deciles);
  if (category == NULL)
    return;
  evaluation->category = category;
  evaluation->category_intervals = g_new (HpCoverage, category->levels->len + 1);
  for (gsize i = 0; i < intervals.n; i++)
    segment[i] = category->codes[held->rows[held->start[from] + i]];
  hp_coverage_compute_segments (&intervals, segment, category->levels->len, evaluation->category_intervals);
}

void
_hp_evaluation_calibrate (Evaluation *evaluation, const Training *training, const HpSplit *split, HpTeam *team)
{
  g_auto (Held) held = { 0 };
  guint first = 0;

  held_init (&held, evaluation, training, split);
  hp_team_run (team, held.n_parts + 1, calibrate_one, &held);
  while (first < split->n_folds && !held.calibrated[first])
    first++;
  cover (&held, first, split->n_folds, &evaluation->oof_interval);
  cover (&held, split->n_folds, held.n_parts, &evaluation->test_interval);
  cover_segments (&held, first, find_category (training));
}

/* hp-candidate-metrics.c - metrics.json of a candidate's bundle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-train-private.h"

#include <math.h>

static void
write_mean_sd (HpJsonWriter *writer, const Evaluation *evaluation, HpMetric metric)
{
  double sum = 0, squares = 0, mean;

  for (guint k = 0; k < evaluation->n_folds; k++)
    sum += evaluation->folds[k].value[metric];
  mean = sum / evaluation->n_folds;
  for (guint k = 0; k < evaluation->n_folds; k++)
    squares += (evaluation->folds[k].value[metric] - mean) * (evaluation->folds[k].value[metric] - mean);
  hp_json_writer_key (writer, hp_metric_name (metric));
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_double (writer, "mean", mean);
  hp_json_writer_set_double (writer, "sd", evaluation->n_folds > 1 ? sqrt (squares / (evaluation->n_folds - 1)) : NAN);
  hp_json_writer_end_object (writer);
}

static void
write_metrics (HpJsonWriter *writer, const char *key, const HpMetrics *metrics, double hit_rate,
               const Coverage *coverage)
{
  hp_json_writer_key (writer, key);
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "n", metrics->n);
  hp_json_writer_set_double (writer, "hit_rate", hit_rate);
  if (coverage != NULL)
    {
      hp_json_writer_set_double (writer, "coverage90", coverage->at_level.coverage);
      hp_json_writer_set_double (writer, "coverage50", coverage->coverage50);
    }
  hp_metrics_write (metrics, NULL, HP_N_METRICS, writer);
  if (coverage != NULL)
    {
      hp_json_writer_key (writer, "interval");
      hp_json_writer_begin_object (writer);
      hp_json_writer_set_double (writer, "level", HP_INTERVAL_LEVEL);
      hp_coverage_write (&coverage->at_level, writer);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_object (writer);
}

static void
write_candidate (const Evaluation *evaluation, HpJsonWriter *writer)
{
  static const HpMetric shown[] = { HP_METRIC_MAE, HP_METRIC_RMSE, HP_METRIC_R2 };

  hp_json_writer_set_string (writer, "family", hp_family_name (evaluation->family));
  hp_json_writer_key (writer, "params");
  if (evaluation->foreign != NULL)
    _hp_foreign_write_params (evaluation->foreign, writer);
  else
    hp_family_write_params (evaluation->family, &evaluation->final.params, writer);
  hp_json_writer_key (writer, "cv");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "folds", evaluation->n_folds);
  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    write_mean_sd (writer, evaluation, shown[i]);
  hp_json_writer_end_object (writer);
  write_metrics (writer, "oof", &evaluation->oof, evaluation->oof_hit_rate, NULL);
  write_metrics (writer, "test", &evaluation->test, evaluation->test_hit_rate, &evaluation->test_interval);
  hp_json_writer_key (writer, "interval");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_double (writer, "level", HP_INTERVAL_LEVEL);
  hp_json_writer_set_string (writer, "width",
                             hp_calibration_has_widths (evaluation->calibration, NULL) ? "per_house" : "constant");
  hp_coverage_write (&evaluation->oof_interval.at_level, writer);
  hp_json_writer_set_double (writer, "coverage50", evaluation->oof_interval.coverage50);
  hp_json_writer_end_object (writer);
  hp_json_writer_key (writer, "gates");
  hp_gates_write ((const HpGateOutcome *) (gpointer) evaluation->gates->data, evaluation->gates->len, writer);
}

static void
write_segments (HpJsonWriter *writer, const HpCoverage *coverage, guint n, const char *by, const GPtrArray *values)
{
  for (guint i = 0; i < n; i++)
    {
      if (coverage[i].n == 0)
        continue;
      hp_json_writer_begin_object (writer);
      hp_json_writer_set_string (writer, "by", by);
      if (values != NULL)
        hp_json_writer_set_string (writer, "value", values->pdata[i]);
      else
        hp_json_writer_set_int (writer, "value", i + 1);
      hp_json_writer_set_int (writer, "n", coverage[i].n);
      hp_coverage_write (&coverage[i], writer);
      hp_json_writer_end_object (writer);
    }
}

/* Of all sales that have an interval which they did not help to calibrate: overall, by tenths of the predicted price,
 * and by what says where a house is */
static void
write_coverage (HpJsonWriter *writer, const Evaluation *evaluation)
{
  hp_json_writer_key (writer, "coverage");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_double (writer, "level", HP_INTERVAL_LEVEL);
  hp_json_writer_set_int (writer, "n", evaluation->all_interval.n);
  hp_coverage_write (&evaluation->all_interval, writer);
  hp_json_writer_key (writer, "segments");
  hp_json_writer_begin_array (writer);
  write_segments (writer, evaluation->deciles, HP_COVERAGE_DECILES, "decile", NULL);
  if (evaluation->category != NULL)
    write_segments (writer, evaluation->category_intervals, evaluation->category->levels->len,
                    evaluation->category->name, evaluation->category->levels);
  hp_json_writer_end_array (writer);
  hp_json_writer_end_object (writer);
}

static void
write_data (const Training *training, HpJsonWriter *writer)
{
  g_autofree char *file = g_path_get_basename (training->table->file);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "file", file);
  hp_json_writer_set_int (writer, "rows", training->table->n_rows);
  hp_json_writer_set_string (writer, "sha256", training->table->sha256);
  hp_json_writer_end_object (writer);
}

static void
write_measured (HpJsonWriter *writer, const Training *training, const HpSplit *split, const Evaluation *evaluation)
{
  write_candidate (evaluation, writer);
  hp_json_writer_key (writer, "data");
  write_data (training, writer);
  hp_json_writer_key (writer, "split");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "method", _hp_split_method_name (training->options->split));
  hp_json_writer_set_int (writer, "seed", training->options->seed);
  hp_json_writer_set_int (writer, "train", split->n_train);
  hp_json_writer_set_int (writer, "test", split->n_test);
  hp_json_writer_end_object (writer);
  write_coverage (writer, evaluation);
  hp_json_writer_key (writer, "calibration");
  hp_calibration_write_json (evaluation->calibration, writer);
}

/* No clock in here: the same training gives the same bytes. How long it took goes to whoever asked for it. */
char *
_hp_candidate_metrics (const Training *training, const HpSplit *split, const Evaluation *evaluation, gsize *length)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "format", 1);
  if (evaluation->foreign != NULL)
    {
      hp_json_writer_key (writer, "imported");
      _hp_foreign_write_json (evaluation->foreign, writer);
    }
  if (training->table->n_rows > 0)
    write_measured (writer, training, split, evaluation);
  else
    _hp_foreign_write_unmeasured (evaluation->foreign, writer);
  hp_json_writer_end_object (writer);
  return hp_json_writer_steal (writer, length);
}

/* hp-metrics.c - how well predicted prices meet sale prices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-metrics.h"

#include <string.h>

#include "hp-sample-private.h"

static const HpRatioId ratio_of_metric[HP_N_METRICS] = {
  [HP_METRIC_R2] = HP_RATIO_R2,       [HP_METRIC_MAE] = HP_RATIO_MAE,     [HP_METRIC_RMSE] = HP_RATIO_RMSE,
  [HP_METRIC_MAPE] = HP_RATIO_MAPE,   [HP_METRIC_MDAPE] = HP_RATIO_MDAPE, [HP_METRIC_PPE5] = HP_RATIO_PPE5,
  [HP_METRIC_PPE10] = HP_RATIO_PPE10, [HP_METRIC_PPE20] = HP_RATIO_PPE20, [HP_METRIC_MEDIAN_RATIO] = HP_RATIO_MEDIAN,
  [HP_METRIC_COD] = HP_RATIO_COD,     [HP_METRIC_PRD] = HP_RATIO_PRD,     [HP_METRIC_PRB] = HP_RATIO_PRB,
  [HP_METRIC_MKI] = HP_RATIO_MKI,     [HP_METRIC_VEI] = HP_RATIO_VEI,
};

/**
 * hp_ratio_of_metric:
 * @metric: a metric
 *
 * Returns: the statistic of the ratio study that it is
 */
HpRatioId
hp_ratio_of_metric (HpMetric metric)
{
  return ratio_of_metric[metric];
}

/**
 * hp_metric_name:
 * @metric: a metric
 *
 * Returns: its name in JSON, schemas and options
 */
const char *
hp_metric_name (HpMetric metric)
{
  g_return_val_if_fail ((guint) metric < HP_N_METRICS, NULL);

  return hp_ratio_name (ratio_of_metric[metric]);
}

/**
 * hp_metric_label:
 * @metric: a metric
 *
 * Returns: what people call it, translated
 */
const char *
hp_metric_label (HpMetric metric)
{
  g_return_val_if_fail ((guint) metric < HP_N_METRICS, NULL);

  return hp_ratio_label (ratio_of_metric[metric]);
}

/**
 * hp_metric_from_name:
 * @name: a name as hp_metric_name() gives it
 * @metric: (out): the metric
 *
 * Returns: %FALSE if no metric has that name
 */
gboolean
hp_metric_from_name (const char *name, HpMetric *metric)
{
  for (guint i = 0; i < HP_N_METRICS; i++)
    if (strcmp (name, hp_metric_name (i)) == 0)
      {
        *metric = i;
        return TRUE;
      }
  return FALSE;
}

static HpMetric
nth_metric (const HpMetric *which, gsize n)
{
  return which != NULL ? which[n] : (HpMetric) n;
}

/**
 * hp_metrics_compute:
 * @predicted: (array length=n): predicted prices
 * @price: (array length=n): sale prices, in the same currency
 * @n: number of sales
 * @metrics: (out caller-allocates): the metrics
 *
 * Computes all metrics. A metric that is not defined is NaN: all of them when @n is 0 or a value is not finite; all but
 * R², MAE and RMSE when a price is not above 0; R² and MKI when all prices are equal; COD, PRD and MKI below 2 sales,
 * PRB below 3, VEI below 20; PRB when a house's value (the mean of price and prediction over the median ratio) is not
 * positive or all values are equal; those that divide by the median ratio or the total of the predictions when that is
 * not positive.
 *
 * The order of the sales does not matter, but to the MKI where prices are equal: such sales rank in the order in which
 * they come.
 */
void
hp_metrics_compute (const double *predicted, const double *price, gsize n, HpMetrics *metrics)
{
  g_autoptr (HpSample) sample = hp_sample_new (predicted, price, n);
  g_autoptr (HpResample) resample = hp_resample_new (sample);
  double value[HP_N_RATIO];
  HpRatioBias bias;

  hp_sample_evaluate (sample, resample, HP_STATISTICS_ALL, value);
  hp_sample_bias (sample, HP_BOOTSTRAP_LEVEL, &bias);
  value[HP_RATIO_PRB] = bias.slope;

  metrics->n = n;
  for (guint i = 0; i < HP_N_METRICS; i++)
    metrics->value[i] = value[ratio_of_metric[i]];
}

/**
 * hp_metrics_bootstrap:
 * @predicted: (array length=n): predicted prices
 * @price: (array length=n): sale prices
 * @n: number of sales
 * @which: (nullable) (array length=n_which): the metrics wanted; %NULL for all
 * @n_which: how many
 * @replicates: number of resamples
 * @level: confidence, in (0, 1)
 * @seed: of the draws
 * @team: (nullable): threads
 * @low: (out caller-allocates) (array length=n_which): lower bounds
 * @high: (out caller-allocates) (array length=n_which): upper bounds
 *
 * Percentile intervals from resampled (predicted, price) pairs, with type-7 quantiles; PRB by its t-interval instead.
 * They depend on @seed but not on @team. A metric that is undefined in more than a tenth of the resamples has the
 * bounds NaN; up to that the others decide.
 */
void
hp_metrics_bootstrap (const double *predicted, const double *price, gsize n, const HpMetric *which, gsize n_which,
                      guint replicates, double level, guint64 seed, HpTeam *team, double *low, double *high)
{
  g_autoptr (HpSample) sample = NULL;
  double all_low[HP_N_RATIO], all_high[HP_N_RATIO];
  guint wanted = 0;

  g_return_if_fail (level > 0 && level < 1);

  if (which == NULL)
    n_which = HP_N_METRICS;
  for (gsize i = 0; i < n_which; i++)
    wanted |= HP_STATISTIC (ratio_of_metric[nth_metric (which, i)]);

  sample = hp_sample_new (predicted, price, n);
  hp_sample_bootstrap (sample, wanted, replicates, level, seed, team, all_low, all_high);
  for (gsize i = 0; i < n_which; i++)
    {
      low[i] = all_low[ratio_of_metric[nth_metric (which, i)]];
      high[i] = all_high[ratio_of_metric[nth_metric (which, i)]];
    }
}

/**
 * hp_metrics_write:
 * @metrics: the metrics
 * @which: (nullable) (array length=n_which): those to write, in order; %NULL for all
 * @n_which: how many
 * @writer: a writer inside an object
 *
 * Writes a member for each metric; what is not defined is null.
 */
void
hp_metrics_write (const HpMetrics *metrics, const HpMetric *which, gsize n_which, HpJsonWriter *writer)
{
  if (which == NULL)
    n_which = HP_N_METRICS;
  for (gsize i = 0; i < n_which; i++)
    {
      HpMetric metric = nth_metric (which, i);

      hp_json_writer_set_double (writer, hp_metric_name (metric), metrics->value[metric]);
    }
}

/**
 * hp_metrics_write_intervals:
 * @which: (nullable) (array length=n_which): the metrics, as given to hp_metrics_bootstrap()
 * @n_which: how many
 * @level: confidence
 * @low: (array length=n_which): lower bounds
 * @high: (array length=n_which): upper bounds
 * @writer: a writer inside an object
 *
 * Writes the member "intervals": the level, then low and high of each metric.
 */
void
hp_metrics_write_intervals (const HpMetric *which, gsize n_which, double level, const double *low, const double *high,
                            HpJsonWriter *writer)
{
  if (which == NULL)
    n_which = HP_N_METRICS;
  hp_json_writer_key (writer, "intervals");
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_double (writer, "level", level);
  for (gsize i = 0; i < n_which; i++)
    {
      hp_json_writer_key (writer, hp_metric_name (nth_metric (which, i)));
      hp_json_writer_begin_object (writer);
      hp_json_writer_set_double (writer, "low", low[i]);
      hp_json_writer_set_double (writer, "high", high[i]);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_object (writer);
}

/* hp-paired.c - one bootstrap for several versions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-paired-private.h"

#include <math.h>
#include <string.h>

#include "hp-random.h"
#include "hp-sample-private.h"

struct _HpPaired
{
  guint n_versions, replicates;
  gsize n;
  double *values; /* [n_versions][HP_N_METRICS][replicates] */
};

/* What one thread works with */
typedef struct
{
  guint32 *drawn; /* how often each sale was drawn, in the order in which they came */
  HpResample *resample;
} Worker;

typedef struct
{
  HpPaired *paired;
  gsize n;
  HpSample **samples; /* n_versions, of all metrics; else … */
  double **errors;    /* … n_versions × n absolute errors */
  guint64 seed, first_stream;
  Worker *workers;
} Run;

static double *
values_of (const HpPaired *paired, guint version, HpMetric metric)
{
  return paired->values + ((gsize) version * HP_N_METRICS + metric) * paired->replicates;
}

static Worker *
get_worker (Run *run, guint index)
{
  Worker *worker = &run->workers[index];

  if (worker->drawn == NULL)
    worker->drawn = g_new (guint32, run->n);
  if (worker->resample == NULL && run->samples != NULL)
    worker->resample = hp_resample_new (run->samples[0]);
  return worker;
}

static void
evaluate_all (Run *run, Worker *worker, guint version, gsize replicate)
{
  const HpSample *sample = run->samples[version];
  HpResample *resample = worker->resample;
  double value[HP_N_RATIO];

  if (sample->origin != NULL)
    for (gsize i = 0; i < run->n; i++)
      resample->count[i] = worker->drawn[sample->origin[i]];
  else
    memcpy (resample->count, worker->drawn, run->n * sizeof *worker->drawn);
  hp_sample_evaluate (sample, resample, HP_STATISTICS_ALL, value);
  value[HP_RATIO_PRB] = hp_bias_of_resample (sample, resample, value[HP_RATIO_MEDIAN]);
  for (guint metric = 0; metric < HP_N_METRICS; metric++)
    values_of (run->paired, version, metric)[replicate] = value[hp_ratio_of_metric (metric)];
}

static void
evaluate_mae (Run *run, const Worker *worker, guint version, gsize replicate)
{
  const double *errors = run->errors[version];
  double total = 0;

  for (gsize i = 0; i < run->n; i++)
    total += worker->drawn[i] * errors[i];
  values_of (run->paired, version, HP_METRIC_MAE)[replicate] = total / run->n;
}

static void
draw (gsize replicate, guint index, gpointer data)
{
  Run *run = data;
  Worker *worker = get_worker (run, index);
  HpRandom random;

  hp_random_init (&random, run->seed, run->first_stream + replicate);
  memset (worker->drawn, 0, run->n * sizeof *worker->drawn);
  for (gsize i = 0; i < run->n; i++)
    worker->drawn[hp_random_below (&random, run->n)]++;
  for (guint version = 0; version < run->paired->n_versions; version++)
    if (run->samples != NULL)
      evaluate_all (run, worker, version, replicate);
    else
      evaluate_mae (run, worker, version, replicate);
}

static void
prepare (Run *run, const double *const *predicted, const double *price, gboolean only_mae)
{
  guint n_versions = run->paired->n_versions;

  if (!only_mae)
    {
      run->samples = g_new (HpSample *, n_versions);
      for (guint v = 0; v < n_versions; v++)
        run->samples[v] = hp_sample_new (predicted[v], price, run->n);
      return;
    }
  run->errors = g_new (double *, n_versions);
  for (guint v = 0; v < n_versions; v++)
    {
      run->errors[v] = g_new (double, run->n);
      for (gsize i = 0; i < run->n; i++)
        run->errors[v][i] = fabs (price[i] - predicted[v][i]);
    }
}

static void
clear (Run *run, guint jobs)
{
  for (guint v = 0; v < run->paired->n_versions; v++)
    if (run->samples != NULL)
      hp_sample_free (run->samples[v]);
    else
      g_free (run->errors[v]);
  g_free (run->samples);
  g_free (run->errors);
  for (guint job = 0; job < jobs; job++)
    {
      g_free (run->workers[job].drawn);
      hp_resample_free (run->workers[job].resample);
    }
  g_free (run->workers);
}

/**
 * hp_paired_new:
 * @predicted: (array length=n_versions): @n predicted prices of each version, for the same sales
 * @n_versions: how many versions
 * @price: (array length=n): sale prices
 * @n: number of sales
 * @only_mae: whether only the MAE is wanted, which is much faster
 * @replicates: number of resamples
 * @seed: of the draws
 * @stream: below 2^31; bootstraps of the same seed with other streams draw independently
 * @team: (nullable): threads
 *
 * Draws @replicates times @n sales with replacement, and evaluates each draw for every version (Efron and Tibshirani
 * 1993, chapter 8: the pairs are the units). A draw depends on @seed, @stream and its number, so any @team gives the
 * same.
 *
 * Returns: (transfer full): the resamples' metrics
 */
HpPaired *
hp_paired_new (const double *const *predicted, guint n_versions, const double *price, gsize n, gboolean only_mae,
               guint replicates, guint64 seed, guint stream, HpTeam *team)
{
  HpPaired *paired = g_new0 (HpPaired, 1);
  guint jobs = team != NULL ? hp_team_get_jobs (team) : 1;
  gsize n_values = (gsize) n_versions * HP_N_METRICS * replicates;
  Run run = { .paired = paired, .n = n, .seed = seed, .first_stream = (guint64) stream << 32 };

  g_return_val_if_fail (n < G_MAXUINT32 && stream <= G_MAXINT32, paired);

  paired->n_versions = n_versions;
  paired->replicates = replicates;
  paired->n = n;
  paired->values = g_new (double, MAX (n_values, 1));
  for (gsize i = 0; i < n_values; i++)
    paired->values[i] = NAN;
  if (n == 0 || n_versions == 0)
    return paired;

  run.workers = g_new0 (Worker, jobs);
  prepare (&run, predicted, price, only_mae);
  if (team != NULL)
    hp_team_run (team, replicates, draw, &run);
  else
    for (guint i = 0; i < replicates; i++)
      draw (i, 0, &run);
  clear (&run, jobs);
  return paired;
}

/**
 * hp_paired_free:
 * @paired: (nullable) (transfer full): a bootstrap
 */
void
hp_paired_free (HpPaired *paired)
{
  if (paired == NULL)
    return;
  g_free (paired->values);
  g_free (paired);
}

static void
set_interval (const HpPaired *paired, double *values, double level, double *low, double *high)
{
  *low = *high = NAN;
  if (paired->n > 1)
    hp_percentile_interval (values, paired->replicates, level, low, high);
}

/**
 * hp_paired_interval:
 * @paired: a bootstrap
 * @version: index of a version
 * @metric: a metric
 * @level: confidence, in (0, 1)
 * @low: (out): type-7 percentile at (1 - @level) / 2
 * @high: (out): … and at (1 + @level) / 2
 *
 * Both are NaN if the metric is undefined in more than a tenth of the resamples, or there is one sale, whose resamples
 * are all the same.
 */
void
hp_paired_interval (const HpPaired *paired, guint version, HpMetric metric, double level, double *low, double *high)
{
  g_autofree double *values
    = g_memdup2 (values_of (paired, version, metric), paired->replicates * sizeof *paired->values);

  set_interval (paired, values, level, low, high);
}

/**
 * hp_paired_difference:
 * @paired: a bootstrap
 * @a: index of a version
 * @b: of another
 * @metric: a metric
 * @level: confidence, in (0, 1)
 * @low: (out): as of hp_paired_interval()
 * @high: (out): as of hp_paired_interval()
 *
 * The interval of @b's metric less @a's.
 */
void
hp_paired_difference (const HpPaired *paired, guint a, guint b, HpMetric metric, double level, double *low,
                      double *high)
{
  const double *from = values_of (paired, a, metric), *to = values_of (paired, b, metric);
  g_autofree double *values = g_new (double, MAX (paired->replicates, 1));

  for (guint i = 0; i < paired->replicates; i++)
    values[i] = to[i] - from[i];
  set_interval (paired, values, level, low, high);
}

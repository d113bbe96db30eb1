/* hp-sample-bootstrap.c - percentile intervals by resampling sales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-sample-private.h"

#include "hp-statistics.h"

/* A statistic that is undefined in more than this share of the resamples has no interval. */
#define MAX_UNDEFINED 0.1

typedef struct
{
  const HpSample *sample;
  HpResample **resamples; /* of each worker, made when it first works */
  guint wanted;
  guint replicates;
  guint64 seed;
  double *values; /* [HP_N_RATIO][replicates] */
} Bootstrap;

static void
evaluate_replicate (gsize index, guint worker, gpointer data)
{
  Bootstrap *bootstrap = data;
  HpResample **resample = &bootstrap->resamples[worker];
  double value[HP_N_RATIO];

  if (*resample == NULL)
    *resample = hp_resample_new (bootstrap->sample);
  hp_resample_draw (*resample, bootstrap->sample->n, bootstrap->seed, index);
  hp_sample_evaluate (bootstrap->sample, *resample, bootstrap->wanted, value);
  for (guint id = 0; id < HP_N_RATIO; id++)
    bootstrap->values[id * (gsize) bootstrap->replicates + index] = value[id];
}

/**
 * hp_percentile_interval:
 * @values: (array length=replicates): a statistic of the resamples; comes back sorted
 * @replicates: how many
 * @level: confidence, in (0, 1)
 * @low: (out): type-7 percentile at (1 - @level) / 2
 * @high: (out): … and at (1 + @level) / 2
 *
 * Both are NaN if the statistic is undefined in more than a tenth of the resamples.
 */
void
hp_percentile_interval (double *values, guint replicates, double level, double *low, double *high)
{
  guint n = 0;

  *low = *high = NAN;
  for (guint i = 0; i < replicates; i++)
    if (isfinite (values[i]))
      values[n++] = values[i];
  if (n == 0 || n < (1 - MAX_UNDEFINED) * replicates)
    return;
  hp_sort_doubles (values, n);
  *low = hp_quantile_sorted (values, n, (1 - level) / 2);
  *high = hp_quantile_sorted (values, n, (1 + level) / 2);
}

/**
 * hp_sample_bootstrap:
 * @sample: the sales
 * @wanted: HP_STATISTIC() flags
 * @replicates: number of resamples; 0 for none
 * @level: confidence, in (0, 1)
 * @seed: of the draws; the same seed gives the same interval with any @team
 * @team: (nullable): threads
 * @low: (out) (array fixed-size=18): lower bounds, by #HpRatioId
 * @high: (out) (array fixed-size=18): upper bounds, by #HpRatioId
 *
 * Percentile intervals (Efron 1979) from resamples of as many (predicted, price) pairs as there are; PRB has its
 * t-interval. A bound that is not wanted or not defined is NaN, and so are all of a single sale: its resamples are all
 * the same, which says nothing of how far off it is.
 */
void
hp_sample_bootstrap (const HpSample *sample, guint wanted, guint replicates, double level, guint64 seed, HpTeam *team,
                     double *low, double *high)
{
  guint jobs = team != NULL ? hp_team_get_jobs (team) : 1;
  guint resampled = wanted & ~HP_STATISTIC (HP_RATIO_PRB);
  g_autofree HpResample **resamples = NULL;
  g_autofree double *values = NULL;

  for (guint id = 0; id < HP_N_RATIO; id++)
    low[id] = high[id] = NAN;

  if (wanted & HP_STATISTIC (HP_RATIO_PRB))
    {
      HpRatioBias bias;

      hp_sample_bias (sample, level, &bias);
      low[HP_RATIO_PRB] = bias.low;
      high[HP_RATIO_PRB] = bias.high;
    }
  if (resampled == 0 || replicates == 0 || sample->n < 2 || !sample->finite)
    return;

  resamples = g_new0 (HpResample *, jobs);
  values = g_new (double, (gsize) replicates *HP_N_RATIO);
  Bootstrap bootstrap = { sample, resamples, resampled, replicates, seed, values };

  if (team != NULL)
    hp_team_run (team, replicates, evaluate_replicate, &bootstrap);
  else
    for (guint i = 0; i < replicates; i++)
      evaluate_replicate (i, 0, &bootstrap);
  for (guint job = 0; job < jobs; job++)
    hp_resample_free (resamples[job]);

  for (guint id = 0; id < HP_N_RATIO; id++)
    if (resampled & HP_STATISTIC (id))
      hp_percentile_interval (values + id * (gsize) replicates, replicates, level, &low[id], &high[id]);
}

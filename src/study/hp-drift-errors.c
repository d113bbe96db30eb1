/* hp-drift-errors.c - have a version's errors changed since it was tested?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-drift.h"
#include "hp-ratio.h"
#include "hp-sample-private.h"
#include "hp-statistics.h"

#define MEDIANS (HP_STATISTIC (HP_RATIO_MDAPE) | HP_STATISTIC (HP_RATIO_MEDIAN))

/* The usable pairs */
static HpSample *
new_sample (const double *predicted, const double *price, gsize n)
{
  g_autofree double *p = g_new (double, MAX (n, 1)), *y = g_new (double, MAX (n, 1));
  gsize usable = 0;

  for (gsize i = 0; i < n; i++)
    if (hp_ratio_pair_is_usable (predicted[i], price[i]))
      {
        p[usable] = predicted[i];
        y[usable++] = price[i];
      }
  return hp_sample_new (p, y, usable);
}

/* One thread's resamples of both sides */
typedef struct
{
  HpResample *reference, *current;
} Worker;

typedef struct
{
  const HpSample *reference, *current;
  guint64 seed;
  Worker *workers;
  double *mdape, *ratio; /* changes, one a replicate */
} Resampling;

static void
set_changes (const double *before, const double *now, double *mdape, double *ratio)
{
  *mdape = now[HP_RATIO_MDAPE] / before[HP_RATIO_MDAPE] - 1;
  *ratio = now[HP_RATIO_MEDIAN] - before[HP_RATIO_MEDIAN];
}

static void
resample (gsize index, guint worker, gpointer data)
{
  Resampling *resampling = data;
  Worker *mine = &resampling->workers[worker];
  double before[HP_N_RATIO], now[HP_N_RATIO];

  if (mine->reference == NULL)
    {
      mine->reference = hp_resample_new (resampling->reference);
      mine->current = hp_resample_new (resampling->current);
    }
  hp_resample_draw (mine->reference, resampling->reference->n, resampling->seed, index);
  hp_resample_draw (mine->current, resampling->current->n, resampling->seed, (G_GUINT64_CONSTANT (1) << 32) + index);
  hp_sample_evaluate (resampling->reference, mine->reference, MEDIANS, before);
  hp_sample_evaluate (resampling->current, mine->current, MEDIANS, now);
  set_changes (before, now, &resampling->mdape[index], &resampling->ratio[index]);
}

static void
evaluate (const HpSample *sample, double *value)
{
  g_autoptr (HpResample) whole = hp_resample_new (sample);

  hp_sample_evaluate (sample, whole, MEDIANS, value);
}

/* What changed, and the intervals of it */
static void
measure (HpDrift *drift, const HpSample *reference, const HpSample *current, HpTeam *team)
{
  const HpDriftOptions *options = &drift->options;
  guint jobs = team != NULL ? hp_team_get_jobs (team) : 1;
  g_autofree double *mdapes = g_new (double, options->replicates + 1),
                    *ratios = g_new (double, options->replicates + 1);
  g_autofree Worker *workers = g_new0 (Worker, jobs);
  Resampling resampling = { reference, current, options->seed, workers, mdapes, ratios };
  HpDriftError *mdape = &drift->mdape, *ratio = &drift->median_ratio;
  double before[HP_N_RATIO], now[HP_N_RATIO];

  evaluate (reference, before);
  evaluate (current, now);
  *mdape = (HpDriftError){ .reference = before[HP_RATIO_MDAPE], .value = now[HP_RATIO_MDAPE] };
  *ratio = (HpDriftError){ .reference = before[HP_RATIO_MEDIAN], .value = now[HP_RATIO_MEDIAN] };
  set_changes (before, now, &mdape->change, &ratio->change);
  if (team != NULL)
    hp_team_run (team, options->replicates, resample, &resampling);
  else
    for (guint i = 0; i < options->replicates; i++)
      resample (i, 0, &resampling);
  for (guint job = 0; job < jobs; job++)
    {
      hp_resample_free (workers[job].reference);
      hp_resample_free (workers[job].current);
    }
  mdape->low = mdape->high = ratio->low = ratio->high = NAN;
  if (reference->n < 2 || current->n < 2) /* resamples of one sale are all the same: they say nothing of chance */
    return;
  hp_percentile_interval (mdapes, options->replicates, options->level, &mdape->low, &mdape->high);
  hp_percentile_interval (ratios, options->replicates, options->level, &ratio->low, &ratio->high);
}

/* size: how far it is off in the direction that matters; by_chance: whether the interval holds no change at all */
static HpDriftGrade
grade_error (gsize n, gsize n_reference, double size, gboolean by_chance, double warning, double alarm)
{
  if (n < HP_DRIFT_MIN || n_reference < HP_DRIFT_MIN)
    return HP_DRIFT_NOT_GRADED;
  if (by_chance || !(size >= warning))
    return HP_DRIFT_NONE;
  return size >= alarm ? HP_DRIFT_ALARM : HP_DRIFT_WARNING;
}

/**
 * hp_drift_set_errors:
 * @drift: a drift
 * @reference_predicted: (array length=n_reference): the version's out-of-sample predictions
 * @reference_price: (array length=n_reference): what those houses sold for
 * @n_reference: how many
 * @predicted: (array length=n): predictions for the new houses
 * @price: (array length=n): their prices; NaN where unknown
 * @n: how many
 * @team: (nullable): threads; the result is the same for any
 *
 * Adds how MdAPE and median ratio have changed, with percentile intervals by resampling both sides.
 */
void
hp_drift_set_errors (HpDrift *drift, const double *reference_predicted, const double *reference_price,
                     gsize n_reference, const double *predicted, const double *price, gsize n, HpTeam *team)
{
  g_autoptr (HpSample) before = new_sample (reference_predicted, reference_price, n_reference);
  g_autoptr (HpSample) now = new_sample (predicted, price, n);
  const HpDriftOptions *options = &drift->options;
  HpDriftError *mdape = &drift->mdape, *ratio = &drift->median_ratio;

  drift->n_priced = now->n;
  drift->has_errors = before->n > 0 && now->n > 0;
  if (!drift->has_errors)
    return;
  measure (drift, before, now, team);
  mdape->grade
    = grade_error (now->n, before->n, mdape->change, !(mdape->low > 0), options->error_warning, options->error_alarm);
  ratio->grade = grade_error (now->n, before->n, fabs (ratio->change), !(ratio->low > 0 || ratio->high < 0),
                              options->ratio_warning, options->ratio_alarm);
  drift->grade = MAX (drift->grade, MAX (mdape->grade, ratio->grade));
}

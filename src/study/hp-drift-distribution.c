/* hp-drift-distribution.c - one distribution against its reference
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-drift.h"
#include "hp-statistics.h"
#include "hp-two-samples.h"

/* PSI counts the houses without a value too: an attribute that is missing altogether has drifted more than any. D is of
 * the values, and takes enough of these. */
static void
grade (HpDriftDistribution *distribution, const HpDriftOptions *options)
{
  gsize n = distribution->n + distribution->n_missing;
  gsize n_reference = distribution->n_reference + distribution->n_missing_reference;
  gboolean by_chance = distribution->psi <= distribution->psi_by_chance;
  gboolean has_ks = distribution->n >= HP_DRIFT_MIN && distribution->n_reference >= HP_DRIFT_MIN;

  if (n < HP_DRIFT_MIN || n_reference < HP_DRIFT_MIN)
    distribution->grade = HP_DRIFT_NOT_GRADED;
  else if ((distribution->psi >= options->psi_alarm && !by_chance)
           || (has_ks && distribution->ks >= options->ks_alarm && distribution->ks_p < options->p_alarm))
    distribution->grade = HP_DRIFT_ALARM;
  else if (distribution->psi >= options->psi_warning && !by_chance)
    distribution->grade = HP_DRIFT_WARNING;
  else
    distribution->grade = HP_DRIFT_NONE;
}

static void
set_psi (HpDriftDistribution *distribution, const gsize *reference, const gsize *current, gsize n_bins,
         const HpDriftOptions *options)
{
  gsize n_reference = 0, n = 0, used = 0;

  for (gsize i = 0; i < n_bins; i++)
    {
      n_reference += reference[i];
      n += current[i];
      used += reference[i] > 0 || current[i] > 0;
    }
  distribution->n_bins = used;
  distribution->psi = hp_psi (reference, current, n_bins);
  distribution->psi_by_chance = hp_psi_by_chance (n_reference, n, used, 1 - options->p_alarm);
}

/* Missing values have a bin of their own, the last. */
static void
count_bins (const double *values, gsize n, const double *bound, gsize n_bounds, gsize *count)
{
  for (gsize i = 0; i < n; i++)
    count[isfinite (values[i]) ? hp_psi_bin (bound, n_bounds, values[i]) : n_bounds + 1]++;
}

/**
 * hp_drift_numbers:
 * @name: what the numbers are
 * @reference: (array length=n_reference): the reference; NaN is missing
 * @n_reference: how many
 * @current: (array length=n): the numbers now
 * @n: how many
 * @options: thresholds
 *
 * PSI over the reference's deciles and the share that is missing; Kolmogorov and Smirnov's test of those that are
 * there.
 *
 * Returns: (transfer full): the result, graded
 */
HpDriftDistribution *
hp_drift_numbers (const char *name, const double *reference, gsize n_reference, const double *current, gsize n,
                  const HpDriftOptions *options)
{
  HpDriftDistribution *distribution = g_new0 (HpDriftDistribution, 1);
  g_autofree double *before = hp_sorted_finite (reference, n_reference, &distribution->n_reference);
  g_autofree double *now = hp_sorted_finite (current, n, &distribution->n);
  double bound[HP_PSI_BINS];
  gsize n_bounds = hp_psi_bounds (before, distribution->n_reference, bound);
  gsize count_before[HP_PSI_BINS + 1] = { 0 }, count_now[HP_PSI_BINS + 1] = { 0 };

  distribution->name = g_strdup (name);
  distribution->n_missing_reference = n_reference - distribution->n_reference;
  distribution->n_missing = n - distribution->n;
  distribution->median_reference = hp_quantile_sorted (before, distribution->n_reference, 0.5);
  distribution->median = hp_quantile_sorted (now, distribution->n, 0.5);
  count_bins (reference, n_reference, bound, n_bounds, count_before);
  count_bins (current, n, bound, n_bounds, count_now);
  set_psi (distribution, count_before, count_now, n_bounds + 2, options);
  hp_ks_test (before, distribution->n_reference, now, distribution->n, &distribution->ks, &distribution->ks_p,
              &distribution->ks_exact);
  grade (distribution, options);
  return distribution;
}

/**
 * hp_drift_categories:
 * @name: what the categories are of
 * @reference: (array length=n_levels): how many of the reference have each level
 * @current: (array length=n_levels): how many have it now
 * @n_levels: how many levels, in the same order
 * @options: thresholds
 *
 * Returns: (transfer full): the PSI over the levels, graded
 */
HpDriftDistribution *
hp_drift_categories (const char *name, const gsize *reference, const gsize *current, gsize n_levels,
                     const HpDriftOptions *options)
{
  HpDriftDistribution *distribution = g_new0 (HpDriftDistribution, 1);

  distribution->name = g_strdup (name);
  distribution->is_category = TRUE;
  distribution->ks = distribution->ks_p = distribution->median = distribution->median_reference = NAN;
  for (gsize i = 0; i < n_levels; i++)
    {
      distribution->n_reference += reference[i];
      distribution->n += current[i];
    }
  set_psi (distribution, reference, current, n_levels, options);
  grade (distribution, options);
  return distribution;
}

/**
 * hp_drift_distribution_free:
 * @distribution: (nullable) (transfer full): a distribution
 */
void
hp_drift_distribution_free (HpDriftDistribution *distribution)
{
  if (distribution == NULL)
    return;
  g_free (distribution->name);
  g_strfreev (distribution->new_categories);
  g_free (distribution->new_counts);
  g_free (distribution);
}

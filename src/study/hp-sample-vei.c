/* hp-sample-vei.c - vertical equity: are cheap and dear houses valued alike?
 *
 * Houses are grouped by a proxy of their value, at its type-7 quantiles. The proxy contains the median ratio, so a
 * resample has proxies of its own; but they stay close to the sample's, which bounds where a quantile can lie, and only
 * the few houses within those bounds need a look.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-sample-private.h"

#include <stdlib.h>

#include "hp-statistics.h"

static guint
n_groups (gsize n)
{
  return n < HP_VEI_MIN ? 0 : n <= 50 ? 2 : n <= 500 ? 4 : 10;
}

static int
compare_weighted (const void *a, const void *b)
{
  double x = ((const HpWeighted *) a)->value, y = ((const HpWeighted *) b)->value;

  return (x > y) - (x < y);
}

/* How far, as a share of itself, a house's proxy can lie from the sample's own when the median ratio changes: the part
 * that contains it, half the prediction over the median, is at most the whole proxy unless predictions are negative. */
static double
proxy_reach (const HpSample *sample, double median_ratio)
{
  if (sample->min_predicted < 0)
    return INFINITY;
  return fabs (sample->median_ratio / median_ratio - 1) + 1e-12;
}

/* The proxy of 0-based rank in the resample: the upper edge of a group that ends there */
static double
proxy_of_rank (const HpSample *sample, HpResample *resample, double median_ratio, gsize rank)
{
  const guint32 *count = resample->count, *order = sample->by_proxy;
  double reach = proxy_reach (sample, median_ratio), low = -INFINITY, high = INFINITY;
  gsize near = 0, passed = 0, first, last, n_window = 0, i;

  while (passed + count[order[near]] <= rank)
    passed += count[order[near++]];

  /* All proxies within reach of the old ones, so is their order statistic; the house that has it was then within reach
   * twice over. */
  if (reach < 1)
    {
      low = sample->proxy[near] * (1 - reach) / (1 + reach);
      high = sample->proxy[near] * (1 + reach) / (1 - reach);
    }
  for (first = near; first > 0 && sample->proxy[first - 1] >= low; first--)
    passed -= count[order[first - 1]];
  for (last = near + 1; last < sample->n && sample->proxy[last] <= high; last++)
    ;
  for (i = first; i < last; i++)
    if (count[order[i]] > 0)
      resample->window[n_window++] = (HpWeighted){ hp_proxy (sample, order[i], median_ratio), count[order[i]] };
  qsort (resample->window, n_window, sizeof *resample->window, compare_weighted);
  for (i = 0; passed + resample->window[i].count <= rank; i++)
    passed += resample->window[i].count;
  return resample->window[i].value;
}

/* Upper edge of group (from 1) of n_groups: the order statistic below the type-7 quantile. Houses with a proxy in
 * (edge of the previous group, edge] belong to it, so equal proxies stay together. */
static double
group_edge (const HpSample *sample, HpResample *resample, double median_ratio, guint group, guint groups)
{
  return proxy_of_rank (sample, resample, median_ratio, (sample->n - 1) * group / groups);
}

/* Marks the houses with a proxy in (above, up_to] and returns how many they are, each as often as it was drawn. */
static gsize
mark_group (const HpSample *sample, HpResample *resample, double median_ratio, double above, double up_to)
{
  gsize total = 0;

  for (gsize i = 0; i < sample->n; i++)
    {
      double proxy = hp_proxy (sample, i, median_ratio);

      resample->member[i] = proxy > above && proxy <= up_to ? resample->count[i] : 0;
      total += resample->member[i];
    }
  return total;
}

/**
 * hp_vei_of_resample:
 * @sample: the sales
 * @resample: how often each occurs
 * @median_ratio: of the resample
 *
 * VEI: the last group's median ratio less the first's, in per cent of the median ratio. Groups that are empty, because
 * many houses have the same proxy, are passed over.
 *
 * Returns: the VEI in per cent; NaN below 20 sales, if @median_ratio is not positive or there is one group only
 */
double
hp_vei_of_resample (const HpSample *sample, HpResample *resample, double median_ratio)
{
  guint groups = n_groups (sample->n);
  double edge, first, last;
  gsize total;

  if (groups == 0 || sample->by_proxy == NULL || !(median_ratio > 0))
    return NAN;

  edge = group_edge (sample, resample, median_ratio, 1, groups);
  total = mark_group (sample, resample, median_ratio, -INFINITY, edge);
  first = hp_weighted_median (sample->ratio, resample->member, sample->n, total);

  for (guint group = groups - 1; group > 0; group--)
    {
      edge = group_edge (sample, resample, median_ratio, group, groups);
      total = mark_group (sample, resample, median_ratio, edge, INFINITY);
      if (total > 0)
        {
          last = hp_weighted_median (sample->ratio, resample->member, sample->n, total);
          return 100 * (last - first) / median_ratio;
        }
    }
  return NAN;
}

static void
describe_group (const HpSample *sample, HpResample *resample, gsize total, HpRatioGroup *group)
{
  g_autofree double *proxies = g_new (double, total);
  gsize low, high, n = 0;

  for (gsize i = 0; i < sample->n; i++)
    if (resample->member[i] > 0)
      proxies[n++] = hp_proxy (sample, i, sample->median_ratio);
  *group = (HpRatioGroup){ total, hp_median (proxies, n), NAN, NAN, NAN };
  group->median_ratio = hp_weighted_median (sample->ratio, resample->member, sample->n, total);
  if (hp_median_interval_ranks (total, HP_VEI_GROUP_LEVEL, &low, &high))
    {
      group->low = hp_weighted_rank (sample->ratio, resample->member, sample->n, low - 1);
      group->high = hp_weighted_rank (sample->ratio, resample->member, sample->n, high - 1);
    }
}

/**
 * hp_vei_groups:
 * @sample: the sales
 * @resample: the sample itself: every count is 1
 * @study: (inout): where groups and significance go
 *
 * The significance is the gap between the nearer ends of the first and the last group's intervals, in per cent of the
 * median ratio: negative where they overlap.
 */
void
hp_vei_groups (const HpSample *sample, HpResample *resample, HpRatioStudy *study)
{
  const HpRatioGroup *first, *last, *upper, *lower;
  guint groups = n_groups (sample->n);
  double median = sample->median_ratio, above = -INFINITY;

  study->n_groups = 0;
  study->vei_significance = NAN;
  if (sample->by_proxy == NULL)
    return;

  for (guint group = 1; group <= groups; group++)
    {
      double edge = group_edge (sample, resample, median, group, groups);
      gsize total = mark_group (sample, resample, median, above, edge);

      if (total > 0)
        describe_group (sample, resample, total, &study->group[study->n_groups++]);
      above = edge;
    }
  if (study->n_groups < 2)
    return;

  first = &study->group[0];
  last = &study->group[study->n_groups - 1];
  upper = last->median_ratio >= first->median_ratio ? last : first;
  lower = upper == last ? first : last;
  study->vei_significance = 100 * (upper->low - lower->high) / median;
}

/* hp-sample.c - pairs of predicted and sale price, sorted once for every statistic and resample
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-sample-private.h"

#include <string.h>

#include "hp-random.h"
#include "hp-statistics.h"

typedef struct
{
  double key, second, third;
  guint32 index;
} Entry;

static int
compare_entries (gconstpointer a, gconstpointer b, gpointer data)
{
  const Entry *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->second != y->second)
    return x->second < y->second ? -1 : 1;
  if (x->third != y->third)
    return x->third < y->third ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

/* The indices in ascending order of key; ties in order of tie_break, or of the index itself without one */
static guint32 *
order_by (Entry *entries, const double *key, const guint32 *tie_break, gsize n)
{
  guint32 *order = g_new (guint32, n);

  for (gsize i = 0; i < n; i++)
    entries[i] = (Entry){ key[i], tie_break != NULL ? tie_break[i] : 0, 0, i };
  g_qsort_with_data (entries, n, sizeof *entries, compare_entries, NULL);
  for (gsize i = 0; i < n; i++)
    order[i] = entries[i].index;
  return order;
}

static void
sort_ratios (HpSample *sample, const double *predicted, const double *price, Entry *entries)
{
  for (gsize i = 0; i < sample->n; i++)
    entries[i] = (Entry){ predicted[i] / price[i], price[i], predicted[i], i };
  g_qsort_with_data (entries, sample->n, sizeof *entries, compare_entries, NULL);
  for (gsize i = 0; i < sample->n; i++)
    {
      sample->ratio[i] = entries[i].key;
      sample->price[i] = entries[i].second;
      sample->predicted[i] = entries[i].third;
      sample->relative[i] = fabs (entries[i].third - entries[i].second) / entries[i].second;
      sample->origin[i] = entries[i].index;
    }
}

static void
sort_proxies (HpSample *sample, Entry *entries)
{
  g_autofree double *proxy = g_new (double, sample->n);

  for (gsize i = 0; i < sample->n; i++)
    proxy[i] = hp_proxy (sample, i, sample->median_ratio);
  sample->by_proxy = order_by (entries, proxy, NULL, sample->n);
  sample->proxy = g_new (double, sample->n);
  for (gsize i = 0; i < sample->n; i++)
    sample->proxy[i] = proxy[sample->by_proxy[i]];
}

/**
 * hp_sample_new:
 * @predicted: (array length=n): predicted prices
 * @price: (array length=n): sale prices
 * @n: number of sales
 *
 * Copies the pairs and sorts them. What the values do not allow stays unset: see `finite` and `positive`.
 *
 * Returns: (transfer full): the sample
 */
HpSample *
hp_sample_new (const double *predicted, const double *price, gsize n)
{
  HpSample *sample = g_new0 (HpSample, 1);
  g_autofree Entry *entries = NULL;

  g_return_val_if_fail (n < G_MAXUINT32, sample);

  sample->n = n;
  sample->finite = TRUE;
  sample->positive = TRUE;
  sample->min_predicted = INFINITY;
  for (gsize i = 0; i < n; i++)
    {
      sample->finite = sample->finite && isfinite (predicted[i]) && isfinite (price[i]);
      sample->positive = sample->positive && price[i] > 0 && isfinite (predicted[i] / price[i]);
      sample->min_predicted = fmin (sample->min_predicted, predicted[i]);
    }
  sample->positive = sample->positive && sample->finite;

  sample->predicted = g_memdup2 (predicted, n * sizeof *predicted);
  sample->price = g_memdup2 (price, n * sizeof *price);
  if (n == 0 || !sample->finite)
    return sample;

  entries = g_new (Entry, n);
  sample->mean_price = hp_mean (price, n);
  if (!sample->positive)
    {
      sample->by_price = order_by (entries, price, NULL, n);
      return sample;
    }

  sample->origin = g_new (guint32, n);
  sample->ratio = g_new (double, n);
  sample->relative = g_new (double, n);
  sort_ratios (sample, predicted, price, entries);
  sample->mean_price = hp_mean (sample->price, n);
  sample->mean_ratio = hp_mean (sample->ratio, n);
  sample->median_ratio = hp_quantile_sorted (sample->ratio, n, 0.5);
  sample->by_price = order_by (entries, sample->price, sample->origin, n);
  sample->by_relative = order_by (entries, sample->relative, NULL, n);
  if (n >= HP_VEI_MIN && sample->median_ratio > 0)
    sort_proxies (sample, entries);
  return sample;
}

/**
 * hp_sample_free:
 * @sample: (nullable) (transfer full): a sample
 */
void
hp_sample_free (HpSample *sample)
{
  if (sample == NULL)
    return;
  g_free (sample->predicted);
  g_free (sample->price);
  g_free (sample->ratio);
  g_free (sample->origin);
  g_free (sample->relative);
  g_free (sample->by_price);
  g_free (sample->by_relative);
  g_free (sample->by_proxy);
  g_free (sample->proxy);
  g_free (sample);
}

/**
 * hp_resample_new:
 * @sample: the sample it is drawn from
 *
 * Returns: (transfer full): the resample in which each sale occurs once: the sample itself
 */
HpResample *
hp_resample_new (const HpSample *sample)
{
  HpResample *resample = g_new0 (HpResample, 1);

  resample->count = g_new (guint32, sample->n);
  resample->member = g_new (guint32, sample->n);
  resample->window = g_new (HpWeighted, sample->n);
  for (gsize i = 0; i < sample->n; i++)
    resample->count[i] = 1;
  return resample;
}

/**
 * hp_resample_free:
 * @resample: (nullable) (transfer full): a resample
 */
void
hp_resample_free (HpResample *resample)
{
  if (resample == NULL)
    return;
  g_free (resample->count);
  g_free (resample->member);
  g_free (resample->window);
  g_free (resample);
}

/**
 * hp_resample_draw:
 * @resample: what to fill
 * @n: number of sales
 * @seed: of the whole bootstrap
 * @stream: which replicate
 *
 * Draws @n sales with replacement. The draw depends on @seed and @stream alone, so replicates can be drawn in
 * any order.
 */
void
hp_resample_draw (HpResample *resample, gsize n, guint64 seed, guint64 stream)
{
  HpRandom random;

  hp_random_init (&random, seed, stream);
  memset (resample->count, 0, n * sizeof *resample->count);
  for (gsize i = 0; i < n; i++)
    resample->count[hp_random_below (&random, n)]++;
}

/**
 * hp_weighted_rank:
 * @sorted: (array length=n): values, ascending
 * @count: (array length=n): how often each occurs
 * @n: number of values
 * @rank: from 0, below the sum of @count
 *
 * Returns: the value of that rank among all occurrences
 */
double
hp_weighted_rank (const double *sorted, const guint32 *count, gsize n, gsize rank)
{
  gsize i = 0, passed = 0;

  while (i + 1 < n && passed + count[i] <= rank)
    passed += count[i++];
  return sorted[i];
}

/**
 * hp_weighted_median:
 * @sorted: (array length=n): values, ascending
 * @count: (array length=n): how often each occurs
 * @n: number of values
 * @total: the sum of @count, above 0
 *
 * Returns: the median of all occurrences
 */
double
hp_weighted_median (const double *sorted, const guint32 *count, gsize n, gsize total)
{
  gsize i = 0, passed = 0, rank = (total - 1) / 2;
  double below;

  while (i + 1 < n && passed + count[i] <= rank)
    passed += count[i++];
  below = sorted[i];
  if (total % 2 == 1 || passed + count[i] > rank + 1)
    return below;
  do
    i++;
  while (i + 1 < n && count[i] == 0);
  return below + (sorted[i] - below) / 2;
}

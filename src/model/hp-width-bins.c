/* hp-width-bins.c - features of sales as bytes
 *
 * Cuts lie at quantiles, so that a fit looks at few splits of each feature, and does so for a few additions a sale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-width.h"

#define CUT_SAMPLE 1024 /* sales whose quantiles are the cuts */

static int
compare_floats (gconstpointer a, gconstpointer b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

static float
get_value (const float *features, guint n_features, const double *price, gsize row, guint column)
{
  return column < n_features ? features[row * n_features + column] : (float) price[row];
}

/* Cuts at the quantiles of a sample of the rows */
static void
cut_column (HpWidthBins *bins, const float *features, const double *price, guint column)
{
  float *cuts = bins->cuts + (gsize) column * HP_WIDTH_MAX_BINS, sample[CUT_SAMPLE];
  gsize n = MIN (bins->n, CUT_SAMPLE), count = 0;
  guint n_cuts = 0;

  for (gsize i = 0; i < n; i++)
    {
      float value = get_value (features, bins->n_features, price, i * bins->n / n, column);

      if (isfinite (value))
        sample[count++] = value;
    }
  qsort (sample, count, sizeof *sample, compare_floats);
  for (guint b = 1; b < HP_WIDTH_MAX_BINS - 1 && count > 0; b++)
    {
      float cut = sample[b * count / (HP_WIDTH_MAX_BINS - 1)];

      if (cut > sample[0] && (n_cuts == 0 || cut > cuts[n_cuts - 1]))
        cuts[n_cuts++] = cut;
    }
  bins->n_cuts[column] = n_cuts;
}

/* 0: missing, else one more than the cuts that are not above the value */
static guint8
find_code (const float *cuts, guint n_cuts, float value)
{
  guint low = 0, high = n_cuts;

  if (isnan (value))
    return 0;
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (cuts[middle] <= value)
        low = middle + 1;
      else
        high = middle;
    }
  return low + 1;
}

HpWidthBins *
_hp_width_bins_new (const float *features, guint n_features, const double *price, gsize n)
{
  HpWidthBins *bins = g_new0 (HpWidthBins, 1);

  bins->n = n;
  bins->n_features = n_features;
  bins->n_columns = n_features + 1;
  bins->n_cuts = g_new0 (guint8, bins->n_columns);
  bins->cuts = g_new (float, (gsize) bins->n_columns *HP_WIDTH_MAX_BINS);
  bins->codes = g_malloc (n * bins->n_columns + 1);
  for (guint c = 0; c < bins->n_columns; c++)
    {
      cut_column (bins, features, price, c);
      for (gsize i = 0; i < n; i++)
        bins->codes[i * bins->n_columns + c] = find_code (bins->cuts + (gsize) c * HP_WIDTH_MAX_BINS, bins->n_cuts[c],
                                                          get_value (features, n_features, price, i, c));
    }
  return bins;
}

void
_hp_width_bins_free (HpWidthBins *bins)
{
  if (bins == NULL)
    return;
  g_free (bins->n_cuts);
  g_free (bins->cuts);
  g_free (bins->codes);
  g_free (bins);
}

/* hp-bins.c - a feature matrix as one byte a value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-bins.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Cuts are chosen from at most so many values of a feature, evenly spaced in the file: enough for 255
 * quantiles to be right to a fraction of a bin, at any number of rows. */
#define MAX_SAMPLE 200000

typedef struct
{
  const float *features;
  HpBins *bins;
  guint max_bins;
  gsize chunk;
} Job;

static int
compare_floats (const void *a, const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

/* The float half-way between a < b, moved so that a < cut <= b */
static float
cut_between (float a, float b)
{
  float cut = (float) (((double) a + (double) b) / 2);

  return cut > a ? cut : b;
}

/* Every distinct value gets a bin when they are few; otherwise bins of about equal numbers of rows, where a value that
 * fills a bin's worth of rows alone gets one of its own. */
static guint
choose_cuts (const float *sorted, gsize n, guint max_bins, float *cuts)
{
  gsize distinct = n > 0;
  guint n_cuts = 0;

  for (gsize i = 1; i < n; i++)
    distinct += sorted[i] != sorted[i - 1];

  if (distinct <= max_bins)
    {
      for (gsize i = 1; i < n; i++)
        if (sorted[i] != sorted[i - 1])
          cuts[n_cuts++] = cut_between (sorted[i - 1], sorted[i]);
      return n_cuts;
    }

  gsize left = n, in_bin = 0;
  double room = (double) n / max_bins;

  for (gsize i = 0; i < n && n_cuts + 1 < max_bins;)
    {
      gsize run = 1;

      while (i + run < n && sorted[i + run] == sorted[i])
        run++;
      /* a run that would overfill the bin by more than it leaves free starts a new one */
      if (in_bin > 0 && in_bin + run > room && (double) in_bin + (double) run - room > room - (double) in_bin)
        {
          cuts[n_cuts++] = cut_between (sorted[i - 1], sorted[i]);
          left -= in_bin;
          in_bin = 0;
          room = (double) left / (max_bins - n_cuts);
          if (n_cuts + 1 >= max_bins)
            break;
        }
      in_bin += run;
      i += run;
      if ((double) in_bin >= room && i < n)
        {
          cuts[n_cuts++] = cut_between (sorted[i - 1], sorted[i]);
          left -= in_bin;
          in_bin = 0;
          room = (double) left / (max_bins - n_cuts);
        }
    }
  return n_cuts;
}

static void
find_cuts (gsize feature, guint worker, gpointer data)
{
  Job *job = data;
  HpBins *bins = job->bins;
  gsize step = bins->n_rows / MAX_SAMPLE + 1, n = 0;
  g_autofree float *values = g_new (float, bins->n_rows / step + 1);

  for (gsize row = 0; row < bins->n_rows; row += step)
    {
      float value = job->features[row * bins->n_features + feature];

      /* a cut becomes a threshold in a file, so it is finite whatever it lies between */
      if (!isnan (value))
        values[n++] = CLAMP (value, -FLT_MAX, FLT_MAX);
    }
  qsort (values, n, sizeof *values, compare_floats);
  bins->n_cuts[feature] = choose_cuts (values, n, job->max_bins, bins->cuts + feature * HP_BINS_MAX);
}

/* How many cuts are <= value: a branch-free binary search over the padded power of two */
static inline guint
find_bin (const float *cuts, guint n_cuts, float value)
{
  guint bin = 0, size = n_cuts;

  while (size > 0)
    {
      guint half = (size + 1) / 2;

      bin += cuts[bin + half - 1] <= value ? half : 0;
      size -= half;
    }
  return bin;
}

static void
encode_chunk (gsize index, guint worker, gpointer data)
{
  Job *job = data;
  HpBins *bins = job->bins;
  gsize begin = index * job->chunk, end = MIN (begin + job->chunk, bins->n_rows);

  for (guint f = 0; f < bins->n_features; f++)
    {
      const float *cuts = hp_bins_cuts (bins, f);
      guint n_cuts = bins->n_cuts[f];
      const float *value = job->features + begin * bins->n_features + f;
      guint8 *code = bins->codes + begin * bins->stride + f;
      gboolean missing = FALSE;

      for (gsize row = begin; row < end; row++, value += bins->n_features, code += bins->stride)
        {
          if (G_UNLIKELY (isnan (*value)))
            {
              *code = HP_BINS_MISSING;
              missing = TRUE;
            }
          else
            *code = find_bin (cuts, n_cuts, *value);
        }
      if (missing)
        g_atomic_int_set (&bins->has_missing[f], 1);
    }
}

static void
run (HpTeam *team, gsize n, HpTeamFunc func, gpointer data)
{
  if (team != NULL)
    hp_team_run (team, n, func, data);
  else
    for (gsize i = 0; i < n; i++)
      func (i, 0, data);
}

/**
 * hp_bins_new:
 * @features: n_rows × n_features floats, row-major; NaN is missing
 * @n_rows: number of rows
 * @n_features: number of columns
 * @max_bins: at most so many bins a feature, 2 to %HP_BINS_MAX
 * @team: (nullable): who does the work
 *
 * Finds the cuts of each feature and encodes the whole matrix. The result does not depend on the number of jobs.
 *
 * Returns: (transfer full): the bins; @features is not kept
 */
HpBins *
hp_bins_new (const float *features, gsize n_rows, guint n_features, guint max_bins, HpTeam *team)
{
  HpBins *bins = g_new0 (HpBins, 1);
  Job job = { .features = features, .bins = bins, .max_bins = CLAMP (max_bins, 2, HP_BINS_MAX), .chunk = 16384 };

  bins->n_rows = n_rows;
  bins->n_features = n_features;
  bins->stride = (n_features + 7) / 8 * 8;
  bins->codes = g_malloc0_n (n_rows + 1, bins->stride);
  bins->n_cuts = g_new0 (guint16, n_features);
  bins->cuts = g_new0 (float, (gsize) n_features *HP_BINS_MAX);
  bins->has_missing = g_new0 (int, n_features);

  run (team, n_features, find_cuts, &job);
  run (team, (n_rows + job.chunk - 1) / job.chunk, encode_chunk, &job);
  return bins;
}

/**
 * hp_bins_free:
 * @bins: (transfer full) (nullable): binned features
 */
void
hp_bins_free (HpBins *bins)
{
  if (bins == NULL)
    return;
  g_free (bins->codes);
  g_free (bins->n_cuts);
  g_free (bins->cuts);
  g_free (bins->has_missing);
  g_free (bins);
}

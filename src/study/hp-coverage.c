/* hp-coverage.c - how well intervals hold prices
 *
 * The interval score (Gneiting and Raftery 2007) is the width, plus 2 / (1 - level) times by how much the price is
 * outside: the smaller the better, and it is smallest on average for the true quantiles.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-coverage.h"
#include "hp-number.h"
#include "hp-spread.h"

#include <math.h>

typedef struct
{
  double covered, width, score;
} Sums;

static void
add_interval (Sums *sums, double level, double price, double low, double high)
{
  double outside = price < low ? low - price : price > high ? price - high : 0;

  sums->covered += outside == 0;
  sums->width += high - low;
  sums->score += high - low + 2 / (1 - level) * outside;
}

/* How far off the price was, on that scale */
static double
distance (HpTarget scale, double predicted, double price)
{
  return scale == HP_TARGET_LOG ? fabs (log (price / predicted)) : fabs (price - predicted) / predicted;
}

/* The narrowest band that covers so many of the sales that have an interval */
static double
find_band (const HpIntervals *intervals, HpTarget scale, gsize n_covered)
{
  g_autofree double *distances = g_new (double, intervals->n + 1);
  gsize n = 0;

  if (n_covered == 0)
    return 0;
  for (gsize i = 0; i < intervals->n; i++)
    if (!isnan (intervals->low[i]))
      distances[n++] = distance (scale, intervals->predicted[i], intervals->price[i]);
  qsort (distances, n, sizeof *distances, hp_compare_doubles);
  return distances[n_covered - 1];
}

/**
 * hp_coverage_compute:
 * @intervals: sales and their intervals
 * @coverage: (out caller-allocates): what they come to; NaN where there is nothing to say
 */
void
hp_coverage_compute (const HpIntervals *intervals, HpCoverage *coverage)
{
  HpTarget scale = hp_target_scale (intervals->target);
  Sums own = { 0 }, constant = { 0 };
  gsize n = 0;
  double band;

  for (gsize i = 0; i < intervals->n; i++)
    if (!isnan (intervals->low[i]))
      {
        add_interval (&own, intervals->level, intervals->price[i], intervals->low[i], intervals->high[i]);
        n++;
      }
  band = find_band (intervals, scale, (gsize) own.covered);
  for (gsize i = 0; i < intervals->n; i++)
    {
      double predicted = intervals->predicted[i];
      gboolean is_log = scale == HP_TARGET_LOG;

      if (isnan (intervals->low[i]))
        continue;
      add_interval (&constant, intervals->level, intervals->price[i],
                    is_log ? predicted * exp (-band) : MAX (predicted * (1 - band), 0),
                    is_log ? predicted * exp (band) : predicted * (1 + band));
    }
  *coverage = (HpCoverage){ .n = intervals->n,
                            .coverage = own.covered / (double) intervals->n,
                            .mean_width = own.width / (double) n,
                            .score = own.score / (double) n,
                            .constant_band_width = constant.width / (double) n,
                            .constant_band_score = constant.score / (double) n };
}

/**
 * hp_coverage_compute_segments:
 * @intervals: sales and their intervals
 * @segment: (array length=n): index of each sale's segment; outside [0, @n_segments): in none
 * @n_segments: number of segments
 * @coverage: (out caller-allocates) (array length=n_segments): what each comes to
 *
 * hp_coverage_compute() of each segment.
 */
void
hp_coverage_compute_segments (const HpIntervals *intervals, const gint32 *segment, guint n_segments,
                              HpCoverage *coverage)
{
  g_autofree double *dealt = g_new (double, 4 * intervals->n + 1);
  g_autofree gsize *end = g_new0 (gsize, (gsize) n_segments + 1);
  gsize n = intervals->n, start = 0;

  for (gsize i = 0; i < n; i++)
    if (segment[i] >= 0 && (guint32) segment[i] < n_segments)
      end[segment[i] + 1]++;
  for (guint s = 0; s < n_segments; s++)
    end[s + 1] += end[s];
  /* end[s] is where segment s starts, and becomes where it ends. */
  for (gsize i = 0; i < n; i++)
    if (segment[i] >= 0 && (guint32) segment[i] < n_segments)
      {
        gsize place = end[segment[i]]++;

        dealt[place] = intervals->price[i];
        dealt[n + place] = intervals->predicted[i];
        dealt[2 * n + place] = intervals->low[i];
        dealt[3 * n + place] = intervals->high[i];
      }
  for (guint s = 0; s < n_segments; s++)
    {
      HpIntervals part = { .target = intervals->target,
                           .level = intervals->level,
                           .n = end[s] - start,
                           .price = dealt + start,
                           .predicted = dealt + n + start,
                           .low = dealt + 2 * n + start,
                           .high = dealt + 3 * n + start };

      hp_coverage_compute (&part, &coverage[s]);
      start = end[s];
    }
}

static int
compare_predicted (gconstpointer a, gconstpointer b, gpointer data)
{
  const double *predicted = data;
  guint32 i = *(const guint32 *) a, j = *(const guint32 *) b;

  if (predicted[i] != predicted[j])
    return (predicted[i] > predicted[j]) - (predicted[i] < predicted[j]);
  return (i > j) - (i < j);
}

/**
 * hp_coverage_deciles:
 * @predicted: (array length=n): predicted prices; NaN: none
 * @n: how many
 * @segment: (out caller-allocates) (array length=n): the decile of each, 0 for the cheapest; -1 where there is no price
 */
void
hp_coverage_deciles (const double *predicted, gsize n, gint32 *segment)
{
  g_autofree guint32 *order = g_new (guint32, n + 1);
  gsize used = 0;

  for (gsize i = 0; i < n; i++)
    {
      segment[i] = -1;
      if (!isnan (predicted[i]))
        order[used++] = (guint32) i;
    }
  g_qsort_with_data (order, (gint) used, sizeof *order, compare_predicted, (gpointer) predicted);
  for (gsize i = 0; i < used; i++)
    segment[order[i]] = (gint32) (i * HP_COVERAGE_DECILES / used);
}

/**
 * hp_coverage_within_fsd:
 * @price: (array length=n): sale prices
 * @predicted: (array length=n): predicted prices
 * @fsd: (nullable) (array length=n): of each house, relative; NaN: none
 * @n: how many
 * @n_known: (out): how many have an FSD
 *
 * Returns: how many of these have |price - predicted| ≤ FSD × predicted
 */
gsize
hp_coverage_within_fsd (const double *price, const double *predicted, const double *fsd, gsize n, gsize *n_known)
{
  gsize within = 0;

  *n_known = 0;
  for (gsize i = 0; fsd != NULL && i < n; i++)
    if (!isnan (fsd[i]))
      {
        (*n_known)++;
        within += fabs (price[i] - predicted[i]) <= fsd[i] * predicted[i];
      }
  return within;
}

/**
 * hp_coverage_write:
 * @coverage: what intervals come to
 * @writer: a writer in an object
 */
void
hp_coverage_write (const HpCoverage *coverage, HpJsonWriter *writer)
{
  double low = NAN, high = NAN;

  if (!isnan (coverage->coverage))
    hp_wilson_interval ((gsize) round (coverage->coverage * (double) coverage->n), coverage->n, HP_COVERAGE_LEVEL, &low,
                        &high);
  hp_json_writer_set_double (writer, "coverage", coverage->coverage);
  hp_json_writer_set_double (writer, "coverage_low", low);
  hp_json_writer_set_double (writer, "coverage_high", high);
  hp_json_writer_set_double (writer, "mean_width", coverage->mean_width);
  hp_json_writer_set_double (writer, "constant_band_width", coverage->constant_band_width);
  hp_json_writer_set_double (writer, "score", coverage->score);
  hp_json_writer_set_double (writer, "constant_band_score", coverage->constant_band_score);
}

/* hp-segments.c - the same study for each segment of the sales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-segments.h"

#include <math.h>

#include "hp-spread.h"

/**
 * hp_segments_foreach:
 * @predicted: (array length=n): predicted prices
 * @price: (array length=n): sale prices
 * @segment: (array length=n): index of each sale's segment; outside [0, @n_segments): in none
 * @n: number of sales
 * @n_segments: number of segments
 * @func: (scope call): called for each segment in order, with no sales for an empty one
 * @data: for @func
 *
 * Deals the sales out to their segments, each in the order of the whole.
 */
void
hp_segments_foreach (const double *predicted, const double *price, const gint32 *segment, gsize n, guint n_segments,
                     HpSegmentFunc func, gpointer data)
{
  g_autofree gsize *end = g_new0 (gsize, (gsize) n_segments + 1);
  g_autofree double *dealt_predicted = g_new (double, n);
  g_autofree double *dealt_price = g_new (double, n);
  gsize start = 0;

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

        dealt_predicted[place] = predicted[i];
        dealt_price[place] = price[i];
      }
  for (guint s = 0; s < n_segments; s++)
    {
      gsize size = end[s] - start;

      if (size > 0)
        func (s, dealt_predicted + start, dealt_price + start, size, data);
      else
        func (s, NULL, NULL, 0, data);
      start = end[s];
    }
}

static void
compute_metrics (guint segment, const double *predicted, const double *price, gsize n, gpointer data)
{
  HpMetrics *metrics = data;

  hp_metrics_compute (predicted, price, n, &metrics[segment]);
}

/**
 * hp_metrics_compute_segments:
 * @predicted: (array length=n): predicted prices
 * @price: (array length=n): sale prices
 * @segment: (array length=n): index of each sale's segment; outside [0, @n_segments): in none
 * @n: number of sales
 * @n_segments: number of segments
 * @metrics: (out caller-allocates) (array length=n_segments): the metrics of each segment
 *
 * hp_metrics_compute() of each segment.
 */
void
hp_metrics_compute_segments (const double *predicted, const double *price, const gint32 *segment, gsize n,
                             guint n_segments, HpMetrics *metrics)
{
  hp_segments_foreach (predicted, price, segment, n, n_segments, compute_metrics, metrics);
}

typedef struct
{
  const HpRatioOptions *options;
  HpTeam *team;
  HpRatioStudy *studies;
} Studies;

static void
compute_study (guint segment, const double *estimate, const double *price, gsize n, gpointer data)
{
  Studies *studies = data;

  hp_ratio_study_compute (estimate, price, n, studies->options, studies->team, &studies->studies[segment]);
}

/**
 * hp_ratio_study_compute_segments:
 * @estimate: (array length=n): estimates
 * @price: (array length=n): sale prices
 * @segment: (array length=n): index of each sale's segment; outside [0, @n_segments): in none
 * @n: number of sales
 * @n_segments: number of segments
 * @options: (nullable): as for hp_ratio_study_compute()
 * @team: (nullable): threads
 * @studies: (out caller-allocates) (array length=n_segments): the study of each segment
 *
 * hp_ratio_study_compute() of each segment.
 */
void
hp_ratio_study_compute_segments (const double *estimate, const double *price, const gint32 *segment, gsize n,
                                 guint n_segments, const HpRatioOptions *options, HpTeam *team, HpRatioStudy *studies)
{
  Studies data = { options, team, studies };

  hp_segments_foreach (estimate, price, segment, n, n_segments, compute_study, &data);
}

static void
begin_segment (const HpSegmentation *segmentation, guint segment, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "by", segmentation->by);
  hp_json_writer_set_string (writer, "value", segmentation->keys[segment]);
  if (isnan (segmentation->from[segment]))
    return;
  hp_json_writer_set_double (writer, "from", segmentation->from[segment]);
  hp_json_writer_set_double (writer, "to", segmentation->to[segment]);
}

static void
write_shares (const HpMetrics *metrics, HpJsonWriter *writer)
{
  static const HpMetric shares[] = { HP_METRIC_PPE5, HP_METRIC_PPE10, HP_METRIC_PPE20 };
  double low[G_N_ELEMENTS (shares)], high[G_N_ELEMENTS (shares)];

  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      double share = metrics->value[shares[i]];

      if (isnan (share))
        low[i] = high[i] = NAN;
      else
        hp_wilson_interval ((gsize) round (share * (double) metrics->n), metrics->n, HP_BOOTSTRAP_LEVEL, &low[i],
                            &high[i]);
    }
  hp_metrics_write_intervals (shares, G_N_ELEMENTS (shares), HP_BOOTSTRAP_LEVEL, low, high, writer);
}

/**
 * hp_metrics_write_segments:
 * @segmentation: the segments
 * @metrics: (array): their metrics
 * @coverage: (nullable) (array): what their intervals come to
 * @writer: a writer inside an array
 *
 * `graded` is whether a segment has sales enough to be judged.
 */
void
hp_metrics_write_segments (const HpSegmentation *segmentation, const HpMetrics *metrics, const HpCoverage *coverage,
                           HpJsonWriter *writer)
{
  for (guint s = 0; s < segmentation->n; s++)
    {
      if (metrics[s].n == 0)
        continue;
      begin_segment (segmentation, s, writer);
      hp_json_writer_set_int (writer, "n", metrics[s].n);
      hp_json_writer_set_boolean (writer, "graded", metrics[s].n >= HP_RATIO_MIN_GRADED);
      hp_metrics_write (&metrics[s], NULL, 0, writer);
      write_shares (&metrics[s], writer);
      if (coverage != NULL)
        {
          hp_json_writer_key (writer, "interval");
          hp_json_writer_begin_object (writer);
          hp_coverage_write (&coverage[s], writer);
          hp_json_writer_end_object (writer);
        }
      hp_json_writer_end_object (writer);
    }
}

/**
 * hp_ratio_study_write_segments:
 * @segmentation: the segments
 * @studies: (array): their studies
 * @writer: a writer inside an array
 *
 * Writes each as hp_ratio_study_write() does.
 */
void
hp_ratio_study_write_segments (const HpSegmentation *segmentation, const HpRatioStudy *studies, HpJsonWriter *writer)
{
  for (guint s = 0; s < segmentation->n; s++)
    {
      if (studies[s].n == 0)
        continue;
      begin_segment (segmentation, s, writer);
      hp_ratio_study_write (&studies[s], writer);
      hp_json_writer_end_object (writer);
    }
}

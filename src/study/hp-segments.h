/* hp-segments.h - the same study for each segment of the sales ("--by COLUMN")
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-coverage.h"
#include "hp-ratio.h"
#include "hp-segmentation.h"

G_BEGIN_DECLS

/* predicted and price of one segment, in the order of the whole; valid during the call */
typedef void (*HpSegmentFunc) (guint segment, const double *predicted, const double *price, gsize n, gpointer data);

/* segment[i] in [0, n_segments) is the segment of sale i; anything else: in none. Empty segments are visited too. */
void hp_segments_foreach (const double *predicted,
                          const double *price,
                          const gint32 *segment,
                          gsize         n,
                          guint         n_segments,
                          HpSegmentFunc func,
                          gpointer      data);

/* metrics[n_segments], studies[n_segments] */
void hp_metrics_compute_segments     (const double *predicted,
                                      const double *price,
                                      const gint32 *segment,
                                      gsize         n,
                                      guint         n_segments,
                                      HpMetrics    *metrics);
void hp_ratio_study_compute_segments (const double         *estimate,
                                      const double         *price,
                                      const gint32         *segment,
                                      gsize                 n,
                                      guint                 n_segments,
                                      const HpRatioOptions *options,
                                      HpTeam               *team,
                                      HpRatioStudy         *studies);

/* The objects {"by": …, "value": …, "from": …, "to": …, "n": …, "graded": …, …} of the segments that have sales, into an array that is
 * open; from and to of bands only, null where they are open. Shares have Wilson's intervals. coverage: (nullable), of each segment. */
void hp_metrics_write_segments     (const HpSegmentation *segmentation,
                                    const HpMetrics      *metrics,
                                    const HpCoverage     *coverage,
                                    HpJsonWriter         *writer);
void hp_ratio_study_write_segments (const HpSegmentation *segmentation,
                                    const HpRatioStudy   *studies,
                                    HpJsonWriter         *writer);

G_END_DECLS

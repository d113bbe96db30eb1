/* hp-coverage.h - how well intervals hold prices: coverage, width, interval score, also by segment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-json.h"
#include "hp-model.h"

G_BEGIN_DECLS

/* Sales with their intervals; low and high NaN: no interval, so not covered */
typedef struct
{
  HpTarget      target;      /* the model's: on its scale one width in per cent is one width */
  double        level;
  gsize         n;
  const double *price, *predicted, *low, *high;
} HpIntervals;

typedef struct
{
  gsize  n;
  double coverage;            /* share of the sales */
  double mean_width, score;   /* of the intervals, in the price's currency; NaN if there is none */
  /* The same of the narrowest band of one width in per cent that covers as many of the sales */
  double constant_band_width, constant_band_score;
} HpCoverage;

#define HP_COVERAGE_DECILES 10
#define HP_COVERAGE_LEVEL   0.95 /* of the interval of a share, as of the metrics' */

void hp_coverage_compute          (const HpIntervals *intervals, HpCoverage *coverage);
/* segment[i] in [0, n_segments) is the segment of sale i; anything else: in none. coverage[n_segments] */
void hp_coverage_compute_segments (const HpIntervals *intervals, const gint32 *segment, guint n_segments, HpCoverage *coverage);
/* segment[i]: by tenths of the sales in order of the predicted price; -1 where there is none */
void hp_coverage_deciles          (const double *predicted, gsize n, gint32 *segment);
/* How many of the prices are within the predicted ones ± their FSD: about 68.3 % should be. n_known: (out): those that have an FSD */
gsize hp_coverage_within_fsd      (const double *price, const double *predicted, const double *fsd, gsize n, gsize *n_known);
/* Into an object that is open; with Wilson's interval of the share that is covered */
void hp_coverage_write            (const HpCoverage *coverage, HpJsonWriter *writer);

G_END_DECLS

/* hp-spread.h - how values are spread: histograms, boxes, normal quantiles, shares, correlations
 *
 * Values that are not finite are left out everywhere.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HP_HISTOGRAM_MAX_BINS 120

/* Bin i holds from + i width <= value < from + (i + 1) width; edges are multiples of width, which is 1, 2 or 5 times a power of ten */
typedef struct { double from, width; guint n_bins; gsize n; gsize *count; } HpHistogram;

/* As many bins as Freedman and Diaconis' rule asks for, about, at most HP_HISTOGRAM_MAX_BINS. n_bins is 0 without values. */
HpHistogram  *hp_histogram_new       (const double *values, gsize n);
void          hp_histogram_free      (HpHistogram *histogram);

/* Tukey's box, as R's boxplot.stats(): hinges, whiskers to the last value within 1.5 boxes, a notch of the median's 95 % interval */
typedef struct
{
  gsize    n;
  double   whisker_low, q1, median, q3, whisker_high; /* NaN without values */
  double   notch_low, notch_high;
  gsize    n_outliers;
  guint32 *outliers;   /* indices into the values, ascending by value */
} HpBox;

void          hp_box_compute         (const double *values, gsize n, HpBox *box);
void          hp_box_clear           (HpBox *box);

/* Values against the quantiles of a normal distribution. The line goes through the quartiles of both. The band is pointwise: between the
 * quantiles, at level, of the order statistic (a Beta) of a normal sample on that line; at some ranks only when n is large. */
typedef struct
{
  gsize    n;
  double  *theoretical, *sample; /* ascending */
  guint32 *index;                /* of each into the values */
  double   intercept, slope;     /* of the line; NaN for fewer than two values */
  gsize    n_band;
  double  *band_x, *band_low, *band_high;
  double   share_within;         /* of the sample, within the band */
} HpNormalPlot;

HpNormalPlot *hp_normal_plot_new     (const double *values, gsize n, double level);
void          hp_normal_plot_free    (HpNormalPlot *plot);

/* √(|value| / standard deviation): whether errors grow with what they are plotted against. scaled[n]; NaN for what is not finite */
void          hp_scale_location      (const double *residuals, gsize n, double *scaled);

/* Wilson's score interval of a share, count of n, at level; NaN when n is 0 */
void          hp_wilson_interval     (gsize count, gsize n, double level, double *low, double *high);

/* Of the pairs that are there, both of them; NaN for fewer than 3 or without a spread. n_used: (out) (optional) */
double        hp_correlation         (const double *x, const double *y, gsize n, gsize *n_used); /* Pearson */
double        hp_rank_correlation    (const double *x, const double *y, gsize n, gsize *n_used); /* Spearman, ties share their mean rank */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpHistogram, hp_histogram_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpNormalPlot, hp_normal_plot_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HpBox, hp_box_clear)

G_END_DECLS

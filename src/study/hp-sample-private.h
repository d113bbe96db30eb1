/* hp-sample-private.h - pairs of predicted and sale price, sorted once for every statistic and resample
 *
 * A bootstrap resample is a count of how often each sale was drawn. With the sales held in the orders
 * that medians, Gini indices and value groups need, every statistic of a resample is a walk along them:
 * nothing is copied and nothing is sorted again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-parallel.h"
#include "hp-ratio.h"

G_BEGIN_DECLS

#define HP_STATISTIC(id)   (1u << (id))
#define HP_STATISTICS_ALL  (HP_STATISTIC (HP_N_RATIO) - 1)
#define HP_VEI_MIN         20   /* sales */
#define HP_VEI_GROUP_LEVEL 0.90 /* of the groups' intervals */

typedef struct
{
  gsize    n;
  gboolean finite;   /* all values are finite: there are errors */
  gboolean positive; /* and all prices are above 0: there are ratios */

  /* In order of ratio (then price, then predicted), so that results do not depend on the order of the sales */
  double  *predicted, *price, *ratio;
  double  *relative; /* |predicted - price| / price */
  guint32 *origin;   /* index of each as it came; NULL where there are no ratios and the order is that in which they came */

  /* Indices into the above */
  guint32 *by_price; /* equal prices in the order in which the sales came */
  guint32 *by_relative;
  guint32 *by_proxy;
  double  *proxy;    /* in order of by_proxy: ascending */

  double   mean_price, mean_ratio, median_ratio;
  double   min_predicted;
} HpSample;

/* A house's value that leans neither on the price nor on the prediction; the ratio's median takes out their general
 * difference (IAAO, Standard on Ratio Studies) */
static inline double
hp_proxy (const HpSample *sample, gsize i, double median_ratio)
{
  return 0.5 * sample->price[i] + 0.5 * sample->predicted[i] / median_ratio;
}

typedef struct { double value; guint32 count; } HpWeighted;

/* A resample and the memory to evaluate it with; one per thread */
typedef struct
{
  guint32    *count; /* of each sale, in order of ratio; they add up to n */
  guint32    *member;
  HpWeighted *window;
} HpResample;

HpSample   *hp_sample_new       (const double *predicted, const double *price, gsize n);
void        hp_sample_free      (HpSample *sample);
HpResample *hp_resample_new     (const HpSample *sample); /* the sample itself: every count is 1 */
void        hp_resample_free    (HpResample *resample);
void        hp_resample_draw    (HpResample *resample, gsize n, guint64 seed, guint64 stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpSample, hp_sample_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpResample, hp_resample_free)

/* The value of 0-based rank among sorted values that occur count times each; and the median of total of them */
double      hp_weighted_rank    (const double *sorted, const guint32 *count, gsize n, gsize rank);
double      hp_weighted_median  (const double *sorted, const guint32 *count, gsize n, gsize total);

/* The statistics of wanted (HP_STATISTIC flags) into value[HP_N_RATIO]; the others and PRB, which has its own
 * function, are NaN or not. */
void        hp_sample_evaluate  (const HpSample *sample, HpResample *resample, guint wanted, double *value);
void        hp_sample_bias      (const HpSample *sample, double level, HpRatioBias *bias);
/* Its slope alone, of a resample with the given median ratio; NaN where there is none */
double      hp_bias_of_resample (const HpSample *sample, HpResample *resample, double median_ratio);

/* Percentile intervals of the wanted statistics, by resampling pairs; PRB by its t-interval. NaN where there is none. */
void        hp_sample_bootstrap (const HpSample *sample,
                                 guint           wanted,
                                 guint           replicates,
                                 double          level,
                                 guint64         seed,
                                 HpTeam         *team,
                                 double         *low,
                                 double         *high);

void        hp_percentile_interval (double *values, guint replicates, double level, double *low, double *high); /* sorts values */

/* Which of the ratio study's statistics a metric is (hp-metrics.c) */
HpRatioId   hp_ratio_of_metric  (HpMetric metric);

/* VEI of a resample with the given median ratio; and the groups of the sample itself, with the VEI's significance */
double      hp_vei_of_resample  (const HpSample *sample, HpResample *resample, double median_ratio);
void        hp_vei_groups       (const HpSample *sample, HpResample *resample, HpRatioStudy *study);

G_END_DECLS

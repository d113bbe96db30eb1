/* hp-metrics.h - how well predicted prices meet sale prices
 *
 * Shares and relative errors are fractions (0.61 is 61 %); COD and VEI are per cent, as assessors write them.
 * A value that is not defined is NaN (JSON null): see hp_metrics_compute().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-json.h"
#include "hp-parallel.h"

G_BEGIN_DECLS

typedef enum
{
  HP_METRIC_R2,           /* 1 - squared error / squared deviation from the mean price */
  HP_METRIC_MAE,          /* mean absolute error, in the price's currency */
  HP_METRIC_RMSE,         /* root mean squared error, in the price's currency */
  HP_METRIC_MAPE,         /* mean relative absolute error */
  HP_METRIC_MDAPE,        /* median relative absolute error */
  HP_METRIC_PPE5,         /* share of sales within 5 % of the price */
  HP_METRIC_PPE10,        /* … 10 % */
  HP_METRIC_PPE20,        /* … 20 % */
  HP_METRIC_MEDIAN_RATIO, /* median of predicted / price */
  HP_METRIC_COD,          /* coefficient of dispersion, per cent */
  HP_METRIC_PRD,          /* price-related differential */
  HP_METRIC_PRB,          /* coefficient of price-related bias */
  HP_METRIC_MKI,          /* modified Kakwani index */
  HP_METRIC_VEI,          /* vertical equity indicator, per cent */
  HP_N_METRICS
} HpMetric;

typedef struct
{
  gsize  n;
  double value[HP_N_METRICS];
} HpMetrics;

#define HP_BOOTSTRAP_REPLICATES 1000
#define HP_BOOTSTRAP_LEVEL      0.95

const char *hp_metric_name      (HpMetric metric);                   /* "r2", "mae" … as in JSON and schemas */
const char *hp_metric_label     (HpMetric metric);                   /* "R²", "Median ratio" …, translated */
gboolean    hp_metric_from_name (const char *name, HpMetric *metric);

void        hp_metrics_compute   (const double *predicted, const double *price, gsize n, HpMetrics *metrics);

/* Intervals of the n_which metrics in which (NULL: all HP_N_METRICS, in order), low and high in that order too.
 * team may be NULL; the result is the same for any team. */
void        hp_metrics_bootstrap (const double   *predicted,
                                  const double   *price,
                                  gsize           n,
                                  const HpMetric *which,
                                  gsize           n_which,
                                  guint           replicates,
                                  double          level,
                                  guint64         seed,
                                  HpTeam         *team,
                                  double         *low,
                                  double         *high);

/* Into an object that is open: "NAME": value for each of which (NULL: all). The caller writes "n" where it wants it. */
void        hp_metrics_write           (const HpMetrics *metrics, const HpMetric *which, gsize n_which, HpJsonWriter *writer);
/* Into an object that is open: "intervals": {"level": 0.95, "NAME": {"low": …, "high": …}, …} */
void        hp_metrics_write_intervals (const HpMetric *which,
                                        gsize           n_which,
                                        double          level,
                                        const double   *low,
                                        const double   *high,
                                        HpJsonWriter   *writer);

G_END_DECLS

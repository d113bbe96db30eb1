/* hp-ratio.h - a ratio study: the level and the equity of estimates, graded by the IAAO's standards
 *
 * Needs estimates and sale prices, nothing else: ours, an assessor's roll, another model's.
 * Units are those of hp-metrics.h; COV is per cent.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <math.h>

#include "hp-json.h"
#include "hp-metrics.h"
#include "hp-parallel.h"

G_BEGIN_DECLS

/* In the order in which they are shown. */
typedef enum
{
  HP_RATIO_MEDIAN,
  HP_RATIO_MEAN,
  HP_RATIO_WEIGHTED_MEAN,
  HP_RATIO_COD,
  HP_RATIO_COV,
  HP_RATIO_PRD,
  HP_RATIO_PRB,
  HP_RATIO_MKI,
  HP_RATIO_KI,
  HP_RATIO_VEI,
  HP_RATIO_R2,
  HP_RATIO_MAE,
  HP_RATIO_RMSE,
  HP_RATIO_MAPE,
  HP_RATIO_MDAPE,
  HP_RATIO_PPE5,
  HP_RATIO_PPE10,
  HP_RATIO_PPE20,
  HP_N_RATIO
} HpRatioId;

typedef enum
{
  HP_GRADE_NOT_GRADED, /* no standard, no value, or fewer than HP_RATIO_MIN_GRADED sales */
  HP_GRADE_PASS,
  HP_GRADE_FAIL,
} HpGrade;

#define HP_RATIO_MIN_GRADED 30
#define HP_RATIO_MAX_GROUPS 10

typedef struct
{
  double   value;                       /* NaN: not defined */
  double   low, high;                   /* NaN unless has_interval */
  gboolean has_interval;
  double   standard_low, standard_high; /* NaN: no standard */
  HpGrade  pass;
} HpRatioStatistic;

/* The regression behind PRB; its slope is the PRB. */
typedef struct
{
  double slope, intercept;
  double se, t, p; /* of the slope; p is two-sided */
  double low, high;
  double df;
} HpRatioBias;

/* One group of houses of like value, of the VEI */
typedef struct
{
  gsize  n;
  double median_proxy, median_ratio;
  double low, high; /* 90 % interval of the median ratio; NaN for a group too small for one */
} HpRatioGroup;

typedef struct
{
  gsize            n;
  double           level;             /* of all intervals but the VEI groups' */
  HpRatioStatistic statistic[HP_N_RATIO];
  HpRatioBias      bias;
  gboolean         bias_unacceptable; /* the interval of PRB lies wholly outside ±0.10 */
  gboolean         chasing_hint;      /* COD below 5: estimates that follow the sale prices? */
  double           vei_significance;  /* gap between the first and last groups' intervals, per cent; beyond ±10 VEI fails if this is above 10 */
  guint            n_groups;
  HpRatioGroup     group[HP_RATIO_MAX_GROUPS];
} HpRatioStudy;

typedef struct
{
  double  level;      /* 0.95 */
  guint   replicates; /* of the bootstrap; 0: no bootstrap, so only median ratio and PRB have intervals */
  guint64 seed;
} HpRatioOptions;

#define HP_RATIO_OPTIONS_DEFAULT { HP_BOOTSTRAP_LEVEL, HP_BOOTSTRAP_REPLICATES, 42 }

const char *hp_ratio_name          (HpRatioId id);                  /* "median_ratio", "cod" … as in JSON */
const char *hp_ratio_label         (HpRatioId id);                  /* translated */

/* Can this pair be in a ratio study? Leave the others out, and count them. */
static inline gboolean
hp_ratio_pair_is_usable (double estimate, double price)
{
  return isfinite (estimate) && isfinite (price) && estimate > 0 && price > 0;
}

/* options NULL: the default; team NULL: this thread. The study holds no memory of its own. */
void        hp_ratio_study_compute (const double         *estimate,
                                    const double         *price,
                                    gsize                 n,
                                    const HpRatioOptions *options,
                                    HpTeam               *team,
                                    HpRatioStudy         *study);

/* Into an object that is open: "n", then "NAME": {"value", "low", "high", "pass"} for each statistic. */
void        hp_ratio_study_write   (const HpRatioStudy *study, HpJsonWriter *writer);

G_END_DECLS

/* hp-comparison.h - two to eight versions on the same sales: differences with intervals, and a verdict
 *
 * The verdict is on the MAE alone, and asks for more than a difference: the whole interval must lie beyond what anyone would
 * care about (the ROPE). Models that differ only by their seed would otherwise be told apart once in ten or twenty times.
 * What is left is that the bootstrap draws other sales, not other trainings: the luck of a seed is not in the interval (on the
 * shipped sales the difference of two seeds of gradient_boosting has a standard deviation of 198, the bootstrap says 173), so
 * 2 of 100 such pairs are still called better or worse. The folds could not tell these: with another seed they are others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-metrics.h"
#include "hp-mover-reasons.h"
#include "hp-residual-set.h"

G_BEGIN_DECLS

#define HP_COMPARISON_MAX 8
#define HP_COMPARISON_MIN_SALES 30 /* for a verdict */

typedef enum
{
  HP_VERDICT_NONE,        /* too few sales to say (fewer than 30) */
  HP_VERDICT_BETTER,      /* b than a: the interval of the difference in MAE lies wholly beyond the ROPE */
  HP_VERDICT_WORSE,
  HP_VERDICT_SAME,        /* wholly within: practically the same */
  HP_VERDICT_UNKNOWN,     /* no evidence of a difference */
} HpVerdict;

typedef struct
{
  guint   a, b;                                     /* indices of the versions, a < b */
  gsize   n;
  double  value[HP_N_METRICS];                      /* metric of b minus metric of a */
  double  low[HP_N_METRICS], high[HP_N_METRICS];    /* paired bootstrap, at level */
  double  rope;                                     /* in currency: ±; a share of a's MAE */
  HpVerdict verdict;                                /* of b against a, on MAE */
  gboolean has_folds;                               /* the folds were the same, so: */
  guint   n_folds;
  double  t, p;                                     /* corrected resampled t-test of the folds' MAEs (Nadeau & Bengio) */
  double  p_better, p_same, p_worse;                /* correlated Bayesian t-test: b's MAE lower by more than the ROPE, within, higher */
} HpPair;

typedef struct
{
  char   *by, *by_label; /* what it is a segment of; for people */
  char   *key, *label;   /* which: in JSON; for people */
  gsize   n;
  double *mae;          /* of each version */
  HpPair *pairs;        /* n_pairs; only MAE is bootstrapped; verdict HP_VERDICT_NONE where n is small */
} HpComparisonSegment;

typedef struct
{
  guint64 row;
  gsize   index;        /* into the common sets */
  double  price;
  double  predicted[HP_COMPARISON_MAX];
  double  change;       /* b - a, of the first and the last version */
  GPtrArray *reasons;   /* (nullable) (element-type HpMoverReason), where hp_comparison_explain() found them */
} HpMover;

typedef struct
{
  guint           n_versions;
  double          level, rope;  /* as asked for */
  char          **names;
  HpResidualSet **sets;       /* n_versions: the common sales, same rows in the same order */
  gsize          *n_own;      /* how many sales each had before */
  gboolean        by_content; /* the same sales by price and attributes, since rows are those of different files */
  HpMetrics      *metrics;    /* of each */
  double         *metric_low, *metric_high; /* n_versions × HP_N_METRICS */
  guint           n_pairs;
  HpPair         *pairs;      /* every a < b, in order */
  GPtrArray      *segments;   /* (element-type HpComparisonSegment) */
  GPtrArray      *movers;     /* (element-type HpMover) largest |change| relative to price first */
} HpComparison;

typedef struct
{
  double      level;       /* 0.95 */
  double      rope;        /* 0.01: of the MAE of a */
  guint       replicates;  /* 1000 */
  guint64     seed;        /* 42 */
  char      **by;          /* what to segment by (hp-segmentation.h); NULL: what is worth looking at; empty: nothing */
  guint       n_movers;    /* 10 */
} HpComparisonOptions;

#define HP_COMPARISON_OPTIONS_DEFAULT { 0.95, 0.01, 1000, 42, NULL, 10 }

/* What changed for the movers: predictors of the first and the last version, models as they are registered. Movers that one of
 * them can't value have none. */
void          hp_comparison_explain    (HpComparison *comparison, const HpPredictor *first, const HpPredictor *last);
/* sets: 2 to 8, not changed. HP_ERROR_BAD_DATA: no common sales. */
HpComparison *hp_comparison_new        (HpResidualSet *const *sets, guint n_sets, const HpComparisonOptions *options, HpTeam *team, GError **error);
void          hp_comparison_free       (HpComparison *comparison);
const char   *hp_verdict_name          (HpVerdict verdict);   /* "better", "worse", "same", "unknown", "too_few" as in JSON */
/* For people, translated: "practically the same"; "same", where there is no room for more */
const char   *hp_verdict_label         (HpVerdict verdict);
const char   *hp_verdict_short_label   (HpVerdict verdict);
/* "Version 4 is better than version 3", translated; (transfer full) */
char         *hp_pair_to_sentence      (const HpComparison *comparison, const HpPair *pair);
/* `compare --json` of the command line, into an object that is open */
void          hp_comparison_write_json (const HpComparison *comparison, HpJsonWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpComparison, hp_comparison_free)

G_END_DECLS

/* hp-drift.h - have houses, predicted prices or errors changed since a version was trained?
 *
 * The reference lives in the bundle: the sales it was trained on (sales.csv) and its out-of-sample predictions (holdout.csv). Against
 * it stand new houses, with or without prices. An alarm asks for a difference that is both large and more than chance:
 * with few houses every distribution looks changed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-house-set.h"
#include "hp-json.h"
#include "hp-parallel.h"
#include "hp-preprocessor.h"
#include "hp-table.h"

G_BEGIN_DECLS

#define HP_DRIFT_MIN 30 /* houses for a grade */

typedef enum
{
  HP_DRIFT_NOT_GRADED, /* too few houses, or nothing that an alarm should be made of */
  HP_DRIFT_NONE,
  HP_DRIFT_WARNING,
  HP_DRIFT_ALARM,
} HpDriftGrade;

typedef struct
{
  double psi_warning, psi_alarm;       /* 0.1, 0.25 */
  double ks_alarm, p_alarm;            /* D at least 0.1 and p below 0.01; the latter is what chance is for PSI too */
  double error_warning, error_alarm;   /* MdAPE higher by a tenth, a quarter, and not by chance (level) */
  double ratio_warning, ratio_alarm;   /* median ratio off by 0.05, 0.10, and not by chance */
  double  level;                       /* 0.95 */
  guint   replicates;
  guint64 seed;
} HpDriftOptions;

#define HP_DRIFT_OPTIONS_DEFAULT { 0.1, 0.25, 0.1, 0.01, 0.1, 0.25, 0.05, 0.1, 0.95, 1000, 42 }

/* One distribution against its reference */
typedef struct
{
  char        *name;              /* of the attribute; "predicted_price" */
  gboolean     is_category;
  gsize        n_reference, n;    /* houses that have a value */
  gsize        n_missing_reference, n_missing;
  guint        n_bins;
  double       psi, psi_by_chance; /* what it stays below without drift, with probability 1 - p_alarm */
  double       ks, ks_p;          /* NaN of a category */
  gboolean     ks_exact;
  double       median_reference, median; /* NaN of a category */
  char       **new_categories;    /* (nullable) as they are written, the most frequent first … */
  gsize       *new_counts;        /* … and how many houses each has */
  HpDriftGrade grade;
} HpDriftDistribution;

/* A measure of error now and out of sample */
typedef struct
{
  double       reference, value;
  double       change;            /* relative, for MdAPE; value - reference for the median ratio */
  double       low, high;         /* of the change, by bootstrap of both */
  HpDriftGrade grade;
} HpDriftError;

typedef struct
{
  gsize          n_reference, n;   /* houses */
  gsize          n_priced;         /* of them with a price and a prediction */
  HpDriftOptions options;
  GPtrArray     *attributes;       /* (element-type HpDriftDistribution) in the model's order */
  HpDriftDistribution *predicted;  /* (nullable) */
  gboolean       has_errors;
  HpDriftError   mdape, median_ratio;
  HpDriftGrade   grade;            /* the worst */
} HpDrift;

/* reference: the training sales; data: rows[n] of a table (NULL: all n). options NULL: the default */
HpDrift    *hp_drift_new           (const HpPreprocessor *pre, const HpHouseSet *reference, const HpTable *data, const guint32 *rows, gsize n, const HpDriftOptions *options);
void        hp_drift_free          (HpDrift *drift);
/* Prices out of sample, and of the new houses; NaN: none */
void        hp_drift_set_predicted (HpDrift *drift, const double *reference, gsize n_reference, const double *predicted, gsize n);
/* Pairs out of sample and new ones; those without a usable pair are left out */
void        hp_drift_set_errors    (HpDrift *drift, const double *reference_predicted, const double *reference_price, gsize n_reference, const double *predicted, const double *price, gsize n, HpTeam *team);
const char *hp_drift_grade_name    (HpDriftGrade grade);  /* "not_graded", "none", "warning", "alarm" as in JSON */
/* Into an object that is open */
void        hp_drift_write_json    (const HpDrift *drift, HpJsonWriter *writer);

/* The parts, for other watches: two arrays (NaN: missing) or counts of levels in the same order. (transfer full) */
HpDriftDistribution *hp_drift_numbers    (const char *name, const double *reference, gsize n_reference, const double *current, gsize n, const HpDriftOptions *options);
HpDriftDistribution *hp_drift_categories (const char *name, const gsize *reference, const gsize *current, gsize n_levels, const HpDriftOptions *options);
void                 hp_drift_distribution_free (HpDriftDistribution *distribution);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpDrift, hp_drift_free)

G_END_DECLS

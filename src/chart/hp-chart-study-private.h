/* hp-chart-study-private.h - what the kinds of charts share, and the kinds themselves
 *
 * Errors are shown as parts of the predicted price where the model's errors are alike in proportion, else in currency. Statistics of
 * their distribution are on the model's own scale: of the logarithm, or the price.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-chart-study.h"
#include "hp-smooth.h"

G_BEGIN_DECLS

#define HP_CHART_FEW    30   /* sales: groups of fewer are faint */
#define HP_CHART_LABELS 8    /* outliers that are named at most */
#define HP_CHART_CURVE  200  /* points of a trend at most */
#define HP_CHART_LEVEL  0.95 /* of bands and ranges */

/* What a chart is made from: the sets (with two or more, of the same sales), and how their errors are told */
typedef struct
{
  const HpChartSource  *source;
  HpResidualSet *const *sets;
  guint                 n_sets;
  gboolean              relative;  /* the errors of one of the versions at least are alike in proportion */
  const char           *currency;  /* (nullable) */
  const char           *attribute; /* (nullable) that the kind's name names */
} HpChartInput;

/* Fills the chart; FALSE: error is set. A chart without anything to show has `empty` set. */
typedef gboolean (*HpChartMake) (HpChart *chart, const HpChartInput *input, GError **error);

gboolean _hp_chart_residuals_fitted   (HpChart *chart, const HpChartInput *input, GError **error);
gboolean _hp_chart_scale_location     (HpChart *chart, const HpChartInput *input, GError **error);
gboolean _hp_chart_actual_predicted   (HpChart *chart, const HpChartInput *input, GError **error);
gboolean _hp_chart_qq                 (HpChart *chart, const HpChartInput *input, GError **error);
gboolean _hp_chart_histogram          (HpChart *chart, const HpChartInput *input, GError **error);
gboolean _hp_chart_residuals_attribute (HpChart *chart, const HpChartInput *input, GError **error);
gboolean _hp_chart_residuals_time     (HpChart *chart, const HpChartInput *input, GError **error);
gboolean _hp_chart_ratio_decile       (HpChart *chart, const HpChartInput *input, GError **error);
gboolean _hp_chart_coverage           (HpChart *chart, const HpChartInput *input, GError **error);
gboolean _hp_chart_map                (HpChart *chart, const HpChartInput *input, GError **error);
gboolean _hp_chart_leverage           (HpChart *chart, const HpChartInput *input, GError **error);
gboolean _hp_chart_learning_curve     (HpChart *chart, const HpChartInput *input, GError **error);
gboolean _hp_chart_importance         (HpChart *chart, const HpChartInput *input, GError **error);
gboolean _hp_chart_dependence         (HpChart *chart, const HpChartInput *input, GError **error);
gboolean _hp_chart_waterfall          (HpChart *chart, const HpChartInput *input, GError **error);
gboolean _hp_chart_compare_delta      (HpChart *chart, const HpChartInput *input, GError **error);
/* Part of residuals-ATTRIBUTE: of a category, a column of the first set; label: of it, fit to show */
void     _hp_chart_boxes              (HpChart *chart, const HpChartInput *input, const HpSetColumn *column, const char *label);

/* All (transfer full) */
char    *_hp_chart_version            (const char *name);              /* "version 3"; what is no number is its own name */
char    *_hp_chart_versions           (const HpChartInput *input);     /* "versions 1, 3" */
char    *_hp_chart_error_text         (const HpChartInput *input, double value); /* as _hp_chart_errors() has it: "3.1 %", "$1,200" */
char    *_hp_chart_scaled_text        (const HpChartInput *input, double value); /* as _hp_chart_scaled() has it */
/* "A (version 1), B (version 3)" */
char    *_hp_chart_join               (const HpChartInput *input, char *const *texts);

/* n of the set; NaN where they can't be told */
double  *_hp_chart_residuals          (const HpResidualSet *set);      /* price - predicted */
double  *_hp_chart_errors             (const HpChartInput *input, const HpResidualSet *set);
double  *_hp_chart_scaled             (const HpChartInput *input, const HpResidualSet *set);
void     _hp_chart_errors_axis        (const HpChartInput *input, HpChartAxis *axis);
void     _hp_chart_scaled_axis        (const HpChartInput *input, HpChartAxis *axis);

/* The finite ones; (transfer full), n_finite of them */
double  *_hp_chart_finite             (const double *values, gsize n, gsize *n_finite);

/* What lies far out, robustly. flags: (nullable) n zeros, of which those become HP_POINT_OUTLIER. labelled: (out) (array
 * length=HP_CHART_LABELS): the farthest ones first. Returns how many labels there are */
guint    _hp_chart_find_outliers      (const double *values, gsize n, guint8 *flags, guint32 *labelled);

/* The sales of version k whose x and y are finite, with their rows. Outliers of scaled (nullable) are flagged, and labelled if there is
 * one version only */
HpChartSeries *_hp_chart_add_points   (HpChart *chart, const HpChartInput *input, guint k, const double *x, const double *y,
                                       const double *scaled);
/* The trend of version k; NULL if there is none, as of one sale */
HpChartSeries *_hp_chart_add_trend    (HpChart *chart, const HpChartInput *input, guint k, const double *x, const double *y);
/* (transfer none) */
HpChartSeries *_hp_chart_add_curve    (HpChart *chart, HpChartRole role, const char *label, const HpCurve *curve);
/* "half of all errors lie within …", of several versions */
char    *_hp_chart_summarize_errors   (const HpChartInput *input);
/* Says that no sale has that; takes reason */
gboolean _hp_chart_set_empty          (HpChart *chart, char *reason);
/* Role of version k */
#define _HP_CHART_ROLE(k) ((HpChartRole) (HP_ROLE_SERIES_1 + (k)))

G_END_DECLS

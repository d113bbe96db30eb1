/* hp-chart-study.h - the kinds of charts that there are of a study's results
 *
 * One table of kinds, which command lines, menus and reports go by, and one way to make any of them. What takes long is computed by the
 * caller and handed in with the source; what is quick (a trend, quantiles) is computed here. Three cases that are not the same:
 *
 * - the source lacks something that the kind needs: an error that says what to do;
 * - an unknown kind or attribute, or more versions than can be told apart: an error too;
 * - the sales have nothing to show (no dates, no places, no intervals, no sales at all): a chart whose `empty` says why, because views
 *   and reports with many charts show it in the chart's place.
 *
 * Several versions are compared on the sales that all of them have.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-chart.h"
#include "hp-comparison.h"
#include "hp-importance.h"
#include "hp-influence.h"
#include "hp-learning-curve-data.h"
#include "hp-partial-dependence.h"
#include "hp-residual-set.h"
#include "hp-valuation.h"

G_BEGIN_DECLS

/* What a kind is made of */
typedef enum
{
  HP_CHART_NEEDS_SETS,           /* sales with predictions: HpChartSource.sets */
  HP_CHART_NEEDS_COMPARISON,
  HP_CHART_NEEDS_INFLUENCE,
  HP_CHART_NEEDS_LEARNING_CURVE,
  HP_CHART_NEEDS_IMPORTANCE,
  HP_CHART_NEEDS_DEPENDENCE,
  HP_CHART_NEEDS_VALUATION,
} HpChartNeeds;

typedef struct
{
  const char  *name;          /* "residuals-fitted"; of one for each attribute what comes before it: "residuals-" */
  const char  *title;         /* not translated: see hp_chart_kind_title() */
  const char  *about;         /* one line, not translated: see hp_chart_kind_about() */
  HpChartNeeds needs;
  guint        max_sets;      /* versions that one chart can hold; 0: it is not made of sets */
  gboolean     has_attribute; /* the name goes on with an attribute's */
} HpChartKind;

#define HP_CHART_MAX_SETS   8
#define HP_CHART_MAX_GROUPS 30 /* of a chart by category */

typedef struct
{
  HpResidualSet *const      *sets;           /* (nullable) n_sets, filtered as they should be shown */
  guint                      n_sets;
  const HpComparison        *comparison;     /* (nullable) these too */
  const HpInfluence         *influence;
  const HpLearningCurve     *learning_curve;
  const HpImportance        *importance;
  const HpPartialDependence *dependence;
  const HpValuation         *valuation;
  const char *const         *reasons;        /* (nullable) of each of its contributions: the attribute and its value as people read them,
                                              * "Living area: 1,656 ft²"; NULL: as data files write them */
  const char                *name;           /* (nullable) the version, where there are no sets: "3" */
  const char                *currency;       /* (nullable) where there are no sets */
  const char                *filter;         /* (nullable) what the sales were filtered by, for people: "Location: North Ames" */
} HpChartSource;

/* (transfer none): the table, in the order of menus */
const HpChartKind *hp_chart_kinds      (guint *n_kinds);
/* attribute: (out) (nullable) (optional): within text. HP_ERROR_NOT_FOUND: there is no such kind; the nearest is suggested */
const HpChartKind *hp_chart_kind_find  (const char *text, const char **attribute, GError **error);
const char        *hp_chart_kind_title (const HpChartKind *kind); /* translated */
const char        *hp_chart_kind_about (const HpChartKind *kind);

/* A finished chart. HP_ERROR_NOT_FOUND, HP_ERROR_USAGE */
HpChart           *hp_chart_study_new  (const char *kind, const HpChartSource *source, GError **error);

G_END_DECLS

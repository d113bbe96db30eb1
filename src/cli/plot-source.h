/* plot-source.h - what a chart is made of, gathered from the registry and from files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-chart-study.h"
#include "hp-cli-plot.h"

G_BEGIN_DECLS

typedef struct
{
  HpChartSource source; /* what is below, and of bundles */

  GPtrArray *bundles;           /* (element-type HpBundle) in the order asked for */
  GPtrArray *sets;              /* (element-type HpResidualSet) */
  HpComparison *comparison;     /* (nullable) and so on */
  HpImportance *importance;
  HpPartialDependence *dependence;
  HpValuation *valuation;
  char **reasons;               /* as people read them */
  char *name, *currency, *filter;
} HpPlotSource;

/* attribute: (nullable) within the kind's name. words: versions, or KEY=VALUE. NULL: error is set */
HpPlotSource *hp_plot_source_new  (HpCli *cli, const HpCliPlotOptions *options, const HpChartKind *kind, const char *attribute,
                                   char **words, GError **error);
void          hp_plot_source_free (HpPlotSource *source);

/* plot-where.c: only the sales of those segments. sets: replaced; filter: (out) what was asked for, for people */
gboolean      hp_plot_where       (GPtrArray *sets, char **where, char **filter, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpPlotSource, hp_plot_source_free)

G_END_DECLS

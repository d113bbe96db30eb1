/* hp-shared-chart.h - a chart that nobody changes any more, and its sales from left to right
 *
 * The widget that shows it and the threads that draw it each hold a reference.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-chart.h"

G_BEGIN_DECLS

/* A sale in the chart, where it is drawn first */
typedef struct
{
  double x, y;
  guint64 row;
} HpChartPlace;

typedef struct
{
  HpChart *chart;
  GArray *places; /* (element-type HpChartPlace) each sale once, by x */
} HpSharedChart;

/* chart: (transfer full). In any thread. */
HpSharedChart *hp_shared_chart_new   (HpChart *chart);
HpSharedChart *hp_shared_chart_ref   (HpSharedChart *shared);
void           hp_shared_chart_unref (HpSharedChart *shared);
/* Its place among places; -1: it is not drawn */
int            hp_shared_chart_find  (const HpSharedChart *shared, guint64 row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpSharedChart, hp_shared_chart_unref)

G_END_DECLS

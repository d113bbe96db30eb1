/* hp-chart-private.h - ticks with their texts, and the label that says their unit
 *
 * All ticks of an axis are written alike: in one unit (thousands, millions) and with as many decimals. Where the ticks are is
 * the business of hp-tick-axis.h, as everywhere.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-chart.h"

G_BEGIN_DECLS

/* Between from and to, replacing those there are; label: (inout) (nullable) made from name and unit if there is a name */
void hp_chart_make_ticks (GArray        *ticks,
                          double         from,
                          double         to,
                          gboolean       date,
                          HpChartFormat  format,
                          const char    *name,
                          const char    *unit,
                          char         **label);

G_END_DECLS

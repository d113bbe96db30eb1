/* hp-tick-axis.h - where the ticks of an axis are: at round numbers, or at years and months
 *
 * For every axis there is: charts, what-if curves in windows and in terminals.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double from, to;
  double step;     /* between ticks, which are at multiples of it */
  int    decimals; /* that ticks need */
} HpTickAxis;

/* At most max_ticks + 1 ticks, but two if that is possible. whole: never between two whole numbers */
HpTickAxis hp_tick_axis_new        (double from, double to, int max_ticks, gboolean whole);
/* from and to are months: ticks are at years, or parts of them */
HpTickAxis hp_tick_axis_new_months (double from, double to, int max_ticks);
/* The first tick */
double     hp_tick_axis_first      (const HpTickAxis *axis);
guint      hp_tick_axis_n_ticks    (const HpTickAxis *axis);
/* Counted from 0 */
double     hp_tick_axis_tick       (const HpTickAxis *axis, guint i);
/* 0 to 1 of from to to */
double     hp_tick_axis_place      (const HpTickAxis *axis, double value);
/* A tick of an axis of months: "2010", or "2010-05" between years; (transfer full) */
char      *hp_tick_axis_month_text (const HpTickAxis *axis, double tick);

G_END_DECLS

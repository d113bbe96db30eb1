/* hp-tui-axis.h - where the ticks of an axis are: at round numbers, or at years and months
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double from, to;
  double step;  /* between ticks, which are at multiples of it */
  int    decimals; /* that ticks need */
} HpTuiAxis;

/* At most max_ticks + 1 ticks. whole: never between two whole numbers */
HpTuiAxis hp_tui_axis_new       (double from, double to, int max_ticks, gboolean whole);
/* from and to are months: ticks are at years, or parts of them */
HpTuiAxis hp_tui_axis_new_months (double from, double to, int max_ticks);
/* The first tick */
double    hp_tui_axis_first     (const HpTuiAxis *axis);
guint     hp_tui_axis_n_ticks   (const HpTuiAxis *axis);
/* Counted from 0 */
double    hp_tui_axis_tick      (const HpTuiAxis *axis, guint i);
/* 0 to 1 of from to to */
double    hp_tui_axis_place     (const HpTuiAxis *axis, double value);

G_END_DECLS

/* hp-axis.h - round numbers along an axis
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 1, 2 or 5 of a decimal place, so that a range has at most that many steps; range above 0 */
double hp_axis_step   (double range, guint most);
/* The same for months: 1, 3, 6, 12 … */
double hp_axis_months (double range, guint most);

G_END_DECLS

/* hp-what-if-chart.h - the price along an attribute: a curve with its band, or a dot for each category
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "hp-what-if.h"

G_BEGIN_DECLS

#define HP_TYPE_WHAT_IF_CHART (hp_what_if_chart_get_type ())
G_DECLARE_FINAL_TYPE (HpWhatIfChart, hp_what_if_chart, HP, WHAT_IF_CHART, GtkWidget)

/* Signal "moved": the cursor is at another point. Arrow keys and the pointer move it */
GtkWidget *hp_what_if_chart_new        (void);
/* Its points are the what-if's from here on */
void       hp_what_if_chart_set        (HpWhatIfChart *chart, HpWhatIf *what_if);
int        hp_what_if_chart_get_cursor (HpWhatIfChart *chart); /* index of a point; -1: nowhere */

G_END_DECLS

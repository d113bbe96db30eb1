/* hp-interval-bar.h - where a price lies in its interval
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HP_TYPE_INTERVAL_BAR (hp_interval_bar_get_type ())
G_DECLARE_FINAL_TYPE (HpIntervalBar, hp_interval_bar, HP, INTERVAL_BAR, GtkWidget)

GtkWidget *hp_interval_bar_new          (void);
/* Any of them not finite, or no interval: an empty bar */
void       hp_interval_bar_set_interval (HpIntervalBar *bar, double low, double price, double high);
/* Where the price lies, 0 at low to 1 at high; NaN: an empty bar */
double     hp_interval_bar_get_position (HpIntervalBar *bar);

G_END_DECLS

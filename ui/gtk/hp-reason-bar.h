/* hp-reason-bar.h - one step of a waterfall: from one price to the next
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HP_TYPE_REASON_BAR (hp_reason_bar_get_type ())
G_DECLARE_FINAL_TYPE (HpReasonBar, hp_reason_bar, HP, REASON_BAR, GtkWidget)

GtkWidget *hp_reason_bar_new (void);
/* Both are shares of the bar's width, 0 to 1; equal: a mark. NaN: nothing */
void       hp_reason_bar_set (HpReasonBar *bar, double from, double to);

G_END_DECLS

/* hp-what-if-view.h - what one attribute does to the price of the house
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-what-if.h"

G_BEGIN_DECLS

#define HP_TYPE_WHAT_IF_VIEW (hp_what_if_view_get_type ())
G_DECLARE_FINAL_TYPE (HpWhatIfView, hp_what_if_view, HP, WHAT_IF_VIEW, AdwBin)

GtkWidget *hp_what_if_view_new         (void);
/* Once; hidden while there is no curve and nothing to say of it */
void       hp_what_if_view_set_what_if (HpWhatIfView *view, HpWhatIf *what_if);
/* The form's house has no price: the curve, which is of another one, steps back */
void       hp_what_if_view_set_stale   (HpWhatIfView *view, gboolean stale);

G_END_DECLS

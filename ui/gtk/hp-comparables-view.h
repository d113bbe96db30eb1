/* hp-comparables-view.h - the sales that are most like the house
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-description.h"
#include "hp-valuation.h"

G_BEGIN_DECLS

#define HP_TYPE_COMPARABLES_VIEW (hp_comparables_view_get_type ())
G_DECLARE_FINAL_TYPE (HpComparablesView, hp_comparables_view, HP, COMPARABLES_VIEW, AdwBin)

GtkWidget *hp_comparables_view_new (void);
/* Both (nullable); hidden without a valuation */
void       hp_comparables_view_set (HpComparablesView *view, const HpDescription *description, const HpValuation *valuation);

G_END_DECLS

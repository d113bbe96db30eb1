/* hp-reasons-view.h - why the price is what it is: from the base price, step by step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-description.h"
#include "hp-valuation.h"

G_BEGIN_DECLS

#define HP_TYPE_REASONS_VIEW (hp_reasons_view_get_type ())
G_DECLARE_FINAL_TYPE (HpReasonsView, hp_reasons_view, HP, REASONS_VIEW, AdwBin)

GtkWidget *hp_reasons_view_new (void);
/* Both (nullable); without a valuation, or one that gives no reasons, it is hidden. Called whenever either is another */
void       hp_reasons_view_set (HpReasonsView *view, const HpDescription *description, const HpValuation *valuation);

G_END_DECLS

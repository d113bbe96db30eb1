/* hp-tui-price-pane.h - the price of the house, how sure it is, who says so, and what is odd about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-tui-layout.h"
#include "hp-tui-view.h"

G_BEGIN_DECLS

void hp_tui_price_pane_draw (const HpTuiView *view, const HpTuiLayout *layout);
/* What is wrong in the form, else what the valuation warns of, in area's rows */
void hp_tui_remarks_draw    (const HpTuiView *view, const HpArea *area);

G_END_DECLS

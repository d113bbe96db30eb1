/* hp-tui-price-pane.h - the price of the house, how sure it is, who says so, and what is odd about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-tui-app.h"

G_BEGIN_DECLS

void hp_tui_price_pane_draw (HpTuiApp *app, HpCanvas *canvas, const HpArea *area);

G_END_DECLS

/* hp-price-view.h - the price, how sure it is, and who says so
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-live-valuation.h"

G_BEGIN_DECLS

#define HP_TYPE_PRICE_VIEW (hp_price_view_get_type ())
G_DECLARE_FINAL_TYPE (HpPriceView, hp_price_view, HP, PRICE_VIEW, AdwBin)

GtkWidget  *hp_price_view_new       (void);
/* Shows its valuation from here on */
void        hp_price_view_set_live  (HpPriceView *view, HpLiveValuation *live);
/* Does the form have mistakes? Then there is no price, and that is why. */
void        hp_price_view_set_valid (HpPriceView *view, gboolean valid);
/* The price as it stands there; NULL: there is none. Property "price" */
const char *hp_price_view_get_price (HpPriceView *view);

G_END_DECLS

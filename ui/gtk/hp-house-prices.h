/* hp-house-prices.h - the form's house as several versions price it, side by side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-data-table.h"
#include "hp-form.h"
#include "hp-registry.h"

G_BEGIN_DECLS

#define HP_TYPE_HOUSE_PRICES (hp_house_prices_get_type ())
G_DECLARE_FINAL_TYPE (HpHousePrices, hp_house_prices, HP, HOUSE_PRICES, AdwBin)

GtkWidget   *hp_house_prices_new       (void);
void         hp_house_prices_set       (HpHousePrices *prices, HpRegistry *registry, HpForm *form);
/* NULL-terminated; asked at once, as the form is now */
void         hp_house_prices_ask       (HpHousePrices *prices, const char *const *versions);
HpDataTable *hp_house_prices_get_table (HpHousePrices *prices);
gboolean     hp_house_prices_is_waiting (HpHousePrices *prices);

G_END_DECLS

/* hp-tui-house-prices.h - what several versions say of the house in the form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-tui-app.h"

G_BEGIN_DECLS

typedef struct _HpTuiHousePrices HpTuiHousePrices;

HpTuiHousePrices *hp_tui_house_prices_new  (HpTuiApp *app);
void              hp_tui_house_prices_free (HpTuiHousePrices *prices);
/* Asks these versions, if the house or they are others than those asked last */
void              hp_tui_house_prices_ask  (HpTuiHousePrices *prices, const char *const *versions);
/* (nullable) (element-type HpTuiHousePrice) once all have answered */
const GPtrArray  *hp_tui_house_prices_get  (HpTuiHousePrices *prices);

G_END_DECLS

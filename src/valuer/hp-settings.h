/* hp-settings.h - the one store of settings that all front ends share
 *
 * GSettings over `$XDG_CONFIG_HOME/house-price/settings.ini`. A program whose schema is not installed uses the defaults and keeps changes to itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HP_SETTINGS_ID "org.housepricepredictor.HousePrice"

/* (nullable): the schema isn't there */
GSettings *hp_settings_new        (void);
/* The server to ask: $HOUSE_PRICE_SERVER if set (empty: none), else the setting "server-url". (nullable) (transfer full) */
char      *hp_settings_get_server (GSettings *settings /* (nullable) */);

G_END_DECLS

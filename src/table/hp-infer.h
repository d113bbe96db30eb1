/* hp-infer.h - what names and values suggest about columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-table.h"

G_BEGIN_DECLS

/* All of these take a column's name in any writing: "SalePrice", "sale_price" and "Sale Price" are the same. */
int         _hp_infer_target_rank   (const char *name); /* 0: surely the price; higher: less sure; -1: no */
const char *_hp_infer_unit          (const char *name); /* (nullable) "ft²", "m²", "acres" … */
const char *_hp_infer_currency      (const char *name); /* (nullable) "EUR" … */
gboolean    _hp_infer_is_year       (const char *name);
gboolean    _hp_infer_is_year_built (const char *name);
gboolean    _hp_infer_is_bedrooms   (const char *name);
gboolean    _hp_infer_is_bathrooms  (const char *name);
gboolean    _hp_infer_is_latitude   (const char *name);
gboolean    _hp_infer_is_longitude  (const char *name);
gboolean    _hp_infer_is_sale_date  (const char *name);
gboolean    _hp_infer_is_id         (const char *name);
gboolean    _hp_infer_is_address    (const char *name);
gboolean    _hp_infer_is_code       (const char *name); /* digits that name a place or a kind: zip, tract … */
gboolean    _hp_infer_is_place      (const char *name);
gboolean    _hp_infer_is_price      (const char *name); /* another price: asked, per area … */

/* (nullable): the grades, worst first, among which all the levels are */
const char *const *_hp_infer_scale  (const GPtrArray *levels);

/* Round numbers, 1, 2 or 5 times a power of ten, at most and at least value; value > 0 */
double      _hp_infer_round_down    (double value);
double      _hp_infer_round_up      (double value);

G_END_DECLS

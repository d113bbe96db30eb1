/* hp-value-view.h - the Value view: a house's form and its price; where no model is, the way to one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-form-view.h"
#include "hp-price-view.h"
#include "hp-workbench.h"

G_BEGIN_DECLS

#define HP_TYPE_VALUE_VIEW (hp_value_view_get_type ())
G_DECLARE_FINAL_TYPE (HpValueView, hp_value_view, HP, VALUE_VIEW, AdwBin)

GtkWidget   *hp_value_view_new            (void);
void         hp_value_view_set_workbench  (HpValueView *view, HpWorkbench *workbench);
/* "empty", "loading", "first-start", "failed" or "house" */
const char  *hp_value_view_get_page       (HpValueView *view);
HpFormView  *hp_value_view_get_form_view  (HpValueView *view);
HpPriceView *hp_value_view_get_price_view (HpValueView *view);

G_END_DECLS

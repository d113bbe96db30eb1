/* hp-tui-sale.h - a comparable sale in words and figures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-tui-view.h"

G_BEGIN_DECLS

/* All (transfer full); "–" what is not known */
char       *hp_tui_sale_date       (const HpComparable *sale);
char       *hp_tui_sale_price      (const HpTuiView *view, double price);
char       *hp_tui_sale_similarity (const HpComparable *sale);
char       *hp_tui_sale_distance   (const HpComparable *sale);
/* In a line: that it is the same property, and its values that are others than the house's */
char       *hp_tui_sale_differs    (const HpTuiView *view, const HpComparable *sale);
/* Is name known to be another than the house's? */
gboolean    hp_tui_sale_has_other  (const HpComparable *sale, const char *name);

G_END_DECLS

/* hp-what-if-grid.h - at which values of an attribute a house is valued to see what the attribute does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-attribute.h"
#include "hp-what-if.h"

G_BEGIN_DECLS

/* own: the form's text; reference: the date that an empty effective date stands for, 0: none. (element-type HpWhatIfPoint) without prices,
 * by x; none if there is nothing to vary */
GPtrArray *_hp_what_if_grid        (const HpAttribute *attribute, const char *own, HpDate reference);
/* Once prices are known: categories by price, x being the place */
void       _hp_what_if_grid_rank   (GPtrArray *points);

G_END_DECLS

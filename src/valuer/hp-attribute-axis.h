/* hp-attribute-axis.h - the ticks of an axis of an attribute's values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-attribute.h"
#include "hp-tick-axis.h"

G_BEGIN_DECLS

/* Of an attribute's values (HpWhatIfPoint.x), which is no category */
HpTickAxis hp_attribute_axis_new  (const HpAttribute *attribute, double from, double to, int max_ticks);
/* A tick of such values as people read it; (transfer full) */
char      *hp_attribute_axis_text (const HpTickAxis *axis, const HpAttribute *attribute, double tick);

G_END_DECLS

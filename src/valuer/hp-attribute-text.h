/* hp-attribute-text.h - an attribute's values as people read them, in their locale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-attribute.h"

G_BEGIN_DECLS

/* All (transfer full) and fit to show. plain: as a form or a data file writes it */
/* "1656.5" → "1,656.5" or "1.656,5"; what is no number, and a year, stay as they are */
char *hp_attribute_text_number (const HpAttribute *attribute, const char *plain);
/* The same with the unit, "1,656 ft²"; a category's or a date's text; "–" if there is none */
char *hp_attribute_text_value  (const HpAttribute *attribute, const char *plain);

/* Whether it counts something in halves, as far as training shows: baths, storeys */
gboolean hp_attribute_text_counts_halves (const HpAttribute *attribute);

G_END_DECLS

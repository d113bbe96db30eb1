/* hp-house-text.h - a house as names and texts: kept to be put back, or taken from a sale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-form.h"
#include "hp-residual-set.h"

G_BEGIN_DECLS

#define HP_HOUSE_TEXT_TYPE "a(ss)"

/* All (transfer floating), arrays of (name, text) as a form holds them */
GVariant *hp_house_text_keep (HpForm *form);
/* What the set knows of a sale; what is missing is the empty text */
GVariant *hp_house_text_sale (const HpResidualSet *set, gsize index);
/* Fields that the house does not name stay as they are */
void      hp_house_text_put  (HpForm *form, GVariant *house);

/* A value of a column as a form or a data file writes it: (transfer full), empty if it is missing */
char     *hp_house_text_plain (const HpSetColumn *column, double value);
/* The same as people read it, with its unit: (transfer full) */
char     *hp_house_text_shown (const HpSetColumn *column, double value);

G_END_DECLS

/* hp-number-text.h - numbers that people type, in their locale
 *
 * A form holds numbers as data files write them; a field shows and takes them as the user's country does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-attribute.h"

G_BEGIN_DECLS

/* The way back from hp_attribute_text_number(): "1.656,5" → "1656.5"; (transfer full) */
char  *hp_number_text_read  (const char *typed);
/* By how much a press on + or − changes it */
double hp_number_text_step  (const HpAttribute *attribute);
/* A value that was reached by steps, without the dust of binary fractions; (transfer full) */
char  *hp_number_text_plain (double value);

G_END_DECLS

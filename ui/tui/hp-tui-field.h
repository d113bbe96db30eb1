/* hp-tui-field.h - how the value of an attribute is shown, explained and stepped; of any attribute, by its description alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-attribute.h"

G_BEGIN_DECLS

/* What a field shows of text while nobody types in it: numbers with the locale's separators; (transfer full) */
char    *hp_tui_field_show        (const HpAttribute *attribute, const char *text);
/* One step up (direction 1) or down (-1) from text; NULL: it can't be stepped, or is at its end. (transfer full) */
char    *hp_tui_field_step        (const HpAttribute *attribute, const char *text, int direction);
/* What may be typed, in a line; (transfer full) */
char    *hp_tui_field_hint        (const HpAttribute *attribute);
/* What training saw, "334 – 5,642"; NULL: no range. (transfer full) */
char    *hp_tui_field_range       (const HpAttribute *attribute);
/* Does "-" begin a value? */
gboolean hp_tui_field_is_signed   (const HpAttribute *attribute);
/* A problem of the form, by the field's label; (transfer full) */
char    *hp_tui_field_problem     (const HpAttribute *attribute, const char *problem);
/* What was typed as the form reads it: separators of thousands are left out; (transfer full) */
char    *hp_tui_field_normalise   (const HpAttribute *attribute, const char *text);

G_END_DECLS

/* hp-choice-popover.h - the choices of a category, searched by any part of a name
 *
 * What isn't among them can be used too: a model warns of a category that it has not seen, it doesn't refuse it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "hp-attribute.h"

G_BEGIN_DECLS

#define HP_TYPE_CHOICE_POPOVER (hp_choice_popover_get_type ())
G_DECLARE_FINAL_TYPE (HpChoicePopover, hp_choice_popover, HP, CHOICE_POPOVER, GtkPopover)

/* Signal "chosen" (const char *text): one was, and the popover closes */
GtkWidget *hp_choice_popover_new   (void);
/* Call before it opens; current: what is chosen now */
void       hp_choice_popover_offer (HpChoicePopover *popover, const HpAttribute *attribute, const char *current);

G_END_DECLS

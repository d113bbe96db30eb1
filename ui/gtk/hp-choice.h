/* hp-choice.h - a category of an attribute as an item of a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "hp-attribute.h"

G_BEGIN_DECLS

#define HP_TYPE_CHOICE (hp_choice_get_type ())
G_DECLARE_FINAL_TYPE (HpChoice, hp_choice, HP, CHOICE, GObject)

/* (element-type HpChoice), the model's order */
GListModel *hp_choice_list     (const HpAttribute *attribute);
const char *hp_choice_get_text (HpChoice *choice);
guint       hp_choice_get_sales (HpChoice *choice); /* that training knows; 0: unknown */
/* Does the text contain what somebody searches for, letter case aside? key: hp_text_key() of that */
gboolean    hp_choice_matches  (HpChoice *choice, const char *key);

G_END_DECLS

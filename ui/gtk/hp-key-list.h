/* hp-key-list.h - a drop-down of things that have a key and a label
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is chosen stays so if it is there again. Searchable when there are many. Nothing is told of what this changes. */
GtkWidget  *hp_key_list_new    (const char *label);
/* keys, labels: NULL-terminated, of one length; a key "" is no key */
void        hp_key_list_set    (GtkDropDown *list, const char *const *keys, const char *const *labels);
const char *hp_key_list_get    (GtkDropDown *list); /* (nullable) the chosen key */
/* FALSE: there is no such key */
gboolean    hp_key_list_choose (GtkDropDown *list, const char *key);

G_END_DECLS

/* hp-toast.h - a notice of what has happened, from any widget
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* text: plain, not markup */
void hp_toast_show (GtkWidget *widget, const char *text);
/* With a button that takes it back */
void hp_toast_show_undo (GtkWidget *widget, const char *text, const char *action, GVariant *target);

G_END_DECLS

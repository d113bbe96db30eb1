/* hp-style.h - colours of the style for what is drawn by hand, and its classes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A colour of the style by name, the text's where a theme lacks it */
GdkRGBA hp_style_color (GtkWidget *widget, const char *name);
/* The text's, made fainter: 1 is as it is */
GdkRGBA hp_style_text  (GtkWidget *widget, float alpha);
/* High contrast is wanted */
gboolean hp_style_is_high_contrast (void);
/* Gives a widget a class, or takes it away */
void     hp_style_set_class (GtkWidget *widget, const char *name, gboolean on);

G_END_DECLS

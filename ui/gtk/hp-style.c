/* hp-style.c - colours of the style for what is drawn by hand, and its classes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "hp-style.h"

/**
 * hp_style_color:
 * @widget: a widget
 * @name: a colour's name in the style sheets
 *
 * Returns: the colour, in the light, dark or high-contrast style that is in use; the text's if there is none of that
 * name
 */
GdkRGBA
hp_style_color (GtkWidget *widget, const char *name)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (context, name, &color))
    gtk_style_context_get_color (context, &color);
  return color;
}

/**
 * hp_style_text:
 * @widget: a widget
 * @alpha: 0 to 1; nothing is fainter than a third where high contrast is wanted
 *
 * Returns: the colour of its text
 */
GdkRGBA
hp_style_text (GtkWidget *widget, float alpha)
{
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  color.alpha *= hp_style_is_high_contrast () ? MAX (alpha, 0.35f) : alpha;
  return color;
}

/**
 * hp_style_is_high_contrast:
 *
 * Returns: whether the desktop asks for high contrast
 */
gboolean
hp_style_is_high_contrast (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
}

/**
 * hp_style_set_class:
 * @widget: a widget
 * @name: a class of the style sheets
 * @on: whether it shall have it
 */
void
hp_style_set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

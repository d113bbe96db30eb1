/* hp-toast.c - a notice of what has happened, from any widget
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-toast.h"

/* Who goes there by Tab needs longer than the usual five seconds */
#define UNDO_S 30

static AdwToast *
make (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

static void
show (GtkWidget *widget, AdwToast *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else /* its window is gone */
    g_object_unref (toast);
}

/**
 * hp_toast_show:
 * @widget: a widget of the window that shows it
 * @text: what has happened
 */
void
hp_toast_show (GtkWidget *widget, const char *text)
{
  show (widget, make (text));
}

/**
 * hp_toast_show_undo:
 * @widget: a widget of the window that shows it
 * @text: what has happened
 * @action: the action that takes it back
 * @target: (transfer floating): its parameter
 */
void
hp_toast_show_undo (GtkWidget *widget, const char *text, const char *action, GVariant *target)
{
  AdwToast *toast = make (text);

  /* What can be undone does not wait behind a mere notice */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, UNDO_S);
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_action_name (toast, action);
  adw_toast_set_action_target_value (toast, target);
  show (widget, toast);
}

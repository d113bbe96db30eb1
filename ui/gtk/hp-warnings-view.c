/* hp-warnings-view.c - what is to be known about a price: its warnings, or why there is none
 *
 * What takes the trust from a price comes first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-text.h"
#include "hp-valuation-text.h"
#include "hp-warnings-view.h"

/* A server may send any number of warnings */
#define MAX_NOTICES      50
#define MAX_NOTICE_CHARS 600

struct _HpWarningsView
{
  AdwBin parent_instance;

  GtkListBox *list;
  char *key; /* of what is shown */
};

G_DEFINE_FINAL_TYPE (HpWarningsView, hp_warnings_view, ADW_TYPE_BIN)

/* A sentence on its own begins with a capital; (transfer full) */
static char *
sentence (const char *text)
{
  gunichar first = g_utf8_get_char (text);
  g_autoptr (GString) sentence = g_string_new (NULL);

  if (*text == '\0')
    return g_strdup ("");
  g_string_append_unichar (sentence, g_unichar_toupper (first));
  g_string_append (sentence, g_utf8_next_char (text));
  return g_string_free (g_steal_pointer (&sentence), FALSE);
}

static GtkWidget *
add_notice (GtkListBox *list, const char *icon, const char *kind, const char *text)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  g_autofree char *printable = hp_text_printable (text, -1, MAX_NOTICE_CHARS);
  g_autofree char *shown = sentence (printable);
  GtkWidget *label = gtk_label_new (shown);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", kind, shown);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (image, kind);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (list, row);
  return row;
}

static void
clear (HpWarningsView *view)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (view->list, 0)) != NULL)
    gtk_list_box_remove (view->list, GTK_WIDGET (row));
}

static void
hp_warnings_view_finalize (GObject *object)
{
  g_free (HP_WARNINGS_VIEW (object)->key);
  G_OBJECT_CLASS (hp_warnings_view_parent_class)->finalize (object);
}

static void
hp_warnings_view_class_init (HpWarningsViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hp_warnings_view_finalize;
}

static void
hp_warnings_view_init (HpWarningsView *view)
{
  view->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (view->list, GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Warnings"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (view->list), "boxed-list");
  gtk_widget_add_css_class (GTK_WIDGET (view->list), "notices");
  adw_bin_set_child (ADW_BIN (view), GTK_WIDGET (view->list));
  gtk_widget_set_visible (GTK_WIDGET (view), FALSE);
}

/**
 * hp_warnings_view_new:
 *
 * Returns: (transfer floating): a view that says nothing, and is hidden
 */
GtkWidget *
hp_warnings_view_new (void)
{
  return g_object_new (HP_TYPE_WARNINGS_VIEW, NULL);
}

static void
add_warning (HpWarningsView *view, const HpWarning *warning)
{
  if (hp_valuation_text_is_grave (warning))
    {
      g_autofree char *text = g_strdup_printf (_ ("Not to be trusted: %s"), warning->message);
      GtkWidget *row = add_notice (view->list, "dialog-error-symbolic", _ ("Error"), text);

      gtk_widget_add_css_class (row, "grave");
    }
  else
    add_notice (view->list, "dialog-warning-symbolic", _ ("Warning"), warning->message);
}

/**
 * hp_warnings_view_set:
 * @view: a view
 * @error: (nullable): why there is no price
 * @warnings: (nullable) (element-type HpWarning): what is odd about the price
 *
 * Rows are made anew only when they say something else: a pointer or a screen reader may be on one.
 */
void
hp_warnings_view_set (HpWarningsView *view, const char *error, const GPtrArray *warnings)
{
  g_autoptr (GPtrArray) sorted = hp_valuation_text_sort_warnings (warnings);
  guint n = MIN (sorted->len, MAX_NOTICES);
  g_autoptr (GString) key = g_string_new (error);

  g_return_if_fail (HP_IS_WARNINGS_VIEW (view));

  for (guint i = 0; i < n; i++)
    g_string_append_printf (key, "\n%s %s", ((const HpWarning *) sorted->pdata[i])->code,
                            ((const HpWarning *) sorted->pdata[i])->message);
  if (g_strcmp0 (key->str, view->key) == 0)
    return;
  g_free (view->key);
  view->key = g_strdup (key->str);
  clear (view);
  if (error != NULL)
    add_notice (view->list, "dialog-error-symbolic", _ ("Error"), error);
  for (guint i = 0; i < n; i++)
    add_warning (view, sorted->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (view), gtk_list_box_get_row_at_index (view->list, 0) != NULL);
}

/* hp-choice-row.c - a category in a house's form: one of the choices, or a word that the model has not seen
 *
 * The list of choices is made when it is opened: a form with many categories of many choices shows at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-choice-popover.h"
#include "hp-choice-row.h"
#include "hp-display.h"

#define WIDTH_CHARS 16

struct _HpChoiceRow
{
  HpFieldRow parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (HpChoiceRow, hp_choice_row, HP_TYPE_FIELD_ROW)

static void
chosen_cb (HpChoiceRow *row, const char *text)
{
  hp_field_row_set_text (HP_FIELD_ROW (row), text);
}

static void
create_popup_cb (GtkMenuButton *button, gpointer data)
{
  HpFieldRow *row = data;
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (button));
  const HpAttribute *attribute = hp_field_row_get_attribute (row);

  if (popover == NULL)
    {
      popover = hp_choice_popover_new ();
      g_signal_connect_object (popover, "chosen", G_CALLBACK (chosen_cb), row, G_CONNECT_SWAPPED);
      gtk_menu_button_set_popover (button, popover);
    }
  if (attribute != NULL)
    hp_choice_popover_offer (HP_CHOICE_POPOVER (popover), attribute, hp_field_row_get_text (row));
}

static GtkWidget *
hp_choice_row_make_editor (HpFieldRow *field)
{
  HpChoiceRow *row = HP_CHOICE_ROW (field);
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  row->button = GTK_MENU_BUTTON (button);
  row->label = GTK_LABEL (label);
  gtk_label_set_xalign (row->label, 0);
  gtk_label_set_ellipsize (row->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (row->label, WIDTH_CHARS);
  gtk_label_set_max_width_chars (row->label, WIDTH_CHARS);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_menu_button_set_child (row->button, label);
  gtk_menu_button_set_always_show_arrow (row->button, TRUE);
  gtk_menu_button_set_create_popup_func (row->button, create_popup_cb, row, NULL);
  return button;
}

static void
hp_choice_row_describe (HpFieldRow *field, const HpAttribute *attribute)
{
}

/* The button inside the menu button is what has the focus: a screen reader must hear there which attribute it is. */
static void
update_accessible (HpChoiceRow *row, const char *text)
{
  GtkWidget *inside = gtk_widget_get_first_child (GTK_WIDGET (row->button));
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), title, *text != '\0' ? text : _ ("nothing chosen"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (inside), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
hp_choice_row_show (HpFieldRow *field, const char *text)
{
  HpChoiceRow *row = HP_CHOICE_ROW (field);

  gtk_label_set_text (row->label, *text != '\0' ? text : _ ("Choose"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (row->label), text);
  update_accessible (row, text);
}

static char *
hp_choice_row_hint (HpFieldRow *field, const HpAttribute *attribute, const char *text)
{
  int choice = hp_attribute_find_choice (attribute, text, strlen (text));
  guint sales = choice >= 0 && attribute->choice_counts != NULL ? attribute->choice_counts[choice] : 0;
  g_autofree char *count = hp_display_count (sales);

  if (*text == '\0')
    return NULL;
  if (choice < 0)
    return g_strdup (_ ("Not known to the model"));
  return sales > 0 ? g_strdup_printf (ngettext ("%s sale", "%s sales", sales), count) : NULL;
}

static void
hp_choice_row_class_init (HpChoiceRowClass *klass)
{
  HpFieldRowClass *row_class = HP_FIELD_ROW_CLASS (klass);

  row_class->make_editor = hp_choice_row_make_editor;
  row_class->describe = hp_choice_row_describe;
  row_class->show = hp_choice_row_show;
  row_class->hint = hp_choice_row_hint;
}

static void
hp_choice_row_init (HpChoiceRow *row)
{
}

/* hp-date-row.c - a date in a house's form: a year, a month or a day
 *
 * Typed rather than picked: a calendar can't say "2010" or "2010-07", which is as much as is known of most sales.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-date-row.h"

#define WIDTH_CHARS 11

struct _HpDateRow
{
  HpFieldRow parent_instance;

  GtkEditable *entry;
};

G_DEFINE_FINAL_TYPE (HpDateRow, hp_date_row, HP_TYPE_FIELD_ROW)

static void
text_changed_cb (GtkEditable *editable, HpDateRow *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (editable)));

  hp_field_row_set_text (HP_FIELD_ROW (row), text);
}

static GtkWidget *
hp_date_row_make_editor (HpFieldRow *field)
{
  HpDateRow *row = HP_DATE_ROW (field);
  GtkWidget *entry = gtk_entry_new ();

  row->entry = GTK_EDITABLE (entry);
  gtk_editable_set_width_chars (row->entry, WIDTH_CHARS);
  gtk_editable_set_max_width_chars (row->entry, WIDTH_CHARS);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("YYYY-MM-DD"));
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_add_css_class (entry, "numeric");
  g_signal_connect (entry, "changed", G_CALLBACK (text_changed_cb), row);
  return entry;
}

static void
hp_date_row_describe (HpFieldRow *field, const HpAttribute *attribute)
{
  gtk_widget_set_tooltip_text (GTK_WIDGET (field), attribute->is_effective_date ? _ (
                                                     "The date that the house is valued at: a year, a month or a day")
                                                                                : _ ("A year, a month or a day"));
}

static void
hp_date_row_show (HpFieldRow *field, const char *text)
{
  HpDateRow *row = HP_DATE_ROW (field);
  g_autofree char *shown = g_strstrip (g_strdup (gtk_editable_get_text (row->entry)));

  if (g_str_equal (shown, text))
    return;
  g_signal_handlers_block_by_func (row->entry, text_changed_cb, row);
  gtk_editable_set_text (row->entry, text);
  g_signal_handlers_unblock_by_func (row->entry, text_changed_cb, row);
}

static char *
hp_date_row_hint (HpFieldRow *field, const HpAttribute *attribute, const char *text)
{
  HpDescription *description = hp_form_get_description (hp_field_row_get_form (field));
  char reference[HP_DATE_BUFFER];
  g_autofree char *low = NULL, *high = NULL;

  if (attribute->is_effective_date && *text == '\0' && description->reference_date != 0)
    {
      hp_date_format (reference, description->reference_date);
      return g_strdup_printf (_ ("If empty: %s"), reference);
    }
  if (!isfinite (attribute->seen_min) || !isfinite (attribute->seen_max))
    return NULL;
  low = hp_attribute_format (attribute, attribute->seen_min);
  high = hp_attribute_format (attribute, attribute->seen_max);
  return g_strdup_printf (_ ("%s – %s"), low, high);
}

static void
hp_date_row_class_init (HpDateRowClass *klass)
{
  HpFieldRowClass *row_class = HP_FIELD_ROW_CLASS (klass);

  row_class->make_editor = hp_date_row_make_editor;
  row_class->describe = hp_date_row_describe;
  row_class->show = hp_date_row_show;
  row_class->hint = hp_date_row_hint;
}

static void
hp_date_row_init (HpDateRow *row)
{
}

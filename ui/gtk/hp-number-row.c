/* hp-number-row.c - a number in a house's form: typed, or stepped up and down
 *
 * A spin button left to itself takes what is typed only when it loses the focus, and then silently replaces what is out
 * of range or no number. Here the text belongs to the form: each key stroke goes there, what is wrong stays and is
 * said, and the adjustment merely follows, so that steps start from what is typed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-attribute-text.h"
#include "hp-number-row.h"
#include "hp-number-text.h"
#include "hp-number.h"

#define WIDTH_CHARS 8
/* Where the schema sets no limit */
#define NO_LIMIT   1e12
#define PAGE_STEPS 10

struct _HpNumberRow
{
  HpFieldRow parent_instance;

  GtkSpinButton *spin;
  double value;       /* of the adjustment when it last agreed with the text */
  gboolean following; /* the adjustment is being set after the text */
  gboolean typing;    /* the form is being told of what is typed: the text stays as it is */
};

G_DEFINE_FINAL_TYPE (HpNumberRow, hp_number_row, HP_TYPE_FIELD_ROW)

static void
follow (HpNumberRow *row, const char *plain)
{
  GtkAdjustment *adjustment = gtk_spin_button_get_adjustment (row->spin);
  double value;

  row->following = TRUE;
  if (hp_number_parse (plain, strlen (plain), &value))
    gtk_adjustment_set_value (adjustment, value);
  row->value = gtk_adjustment_get_value (adjustment);
  row->following = FALSE;
}

static void
text_changed_cb (GtkEditable *editable, HpNumberRow *row)
{
  g_autofree char *plain = hp_number_text_read (gtk_editable_get_text (editable));

  follow (row, plain);
  row->typing = TRUE;
  hp_field_row_set_text (HP_FIELD_ROW (row), plain);
  row->typing = FALSE;
}

/* The spin button asks what its text means: what the adjustment has already */
static int
input_cb (GtkSpinButton *spin, double *value, HpNumberRow *row)
{
  *value = gtk_adjustment_get_value (gtk_spin_button_get_adjustment (spin));
  return TRUE;
}

/* The spin button wants to write its value: only after a step is there anything to write */
static gboolean
output_cb (GtkSpinButton *spin, HpNumberRow *row)
{
  double value = gtk_adjustment_get_value (gtk_spin_button_get_adjustment (spin));
  g_autofree char *plain = NULL;

  if (row->following || value == row->value)
    return TRUE;
  row->value = value;
  plain = hp_number_text_plain (value);
  hp_field_row_set_text (HP_FIELD_ROW (row), plain);
  return TRUE;
}

static void
write_text (HpNumberRow *row, const char *text)
{
  const HpAttribute *attribute = hp_field_row_get_attribute (HP_FIELD_ROW (row));
  GtkEditable *editable = GTK_EDITABLE (row->spin);
  g_autofree char *shown = attribute != NULL ? hp_attribute_text_number (attribute, text) : NULL;

  if (shown != NULL && !g_str_equal (shown, gtk_editable_get_text (editable)))
    {
      g_signal_handlers_block_by_func (editable, text_changed_cb, row);
      gtk_editable_set_text (editable, shown);
      g_signal_handlers_unblock_by_func (editable, text_changed_cb, row);
    }
}

/* Is it being typed, and means what the form holds? Then separators must not come under the cursor. */
static gboolean
is_at_work (HpNumberRow *row, const char *text)
{
  g_autofree char *plain = hp_number_text_read (gtk_editable_get_text (GTK_EDITABLE (row->spin)));

  return gtk_widget_is_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row->spin))))
         && g_str_equal (plain, text);
}

static void
hp_number_row_show (HpFieldRow *field, const char *text)
{
  HpNumberRow *row = HP_NUMBER_ROW (field);

  if (row->typing)
    return;
  if (!is_at_work (row, text))
    write_text (row, text);
  follow (row, text);
}

/* When one is done typing, the number gets its separators */
static void
done_cb (HpNumberRow *row)
{
  write_text (row, hp_field_row_get_text (HP_FIELD_ROW (row)));
}

/* The Tab key selects all of a number; two fields that look selected would be one too many */
static void
left_cb (HpNumberRow *row)
{
  done_cb (row);
  gtk_editable_select_region (GTK_EDITABLE (row->spin), 0, 0);
}

/* A wheel that scrolls the form must not change the number that happens to come under the pointer. */
static void
ignore_scrolling (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static GtkWidget *
hp_number_row_make_editor (HpFieldRow *field)
{
  HpNumberRow *row = HP_NUMBER_ROW (field);
  GtkAdjustment *adjustment = gtk_adjustment_new (0, -NO_LIMIT, NO_LIMIT, 1, PAGE_STEPS, 0);
  GtkWidget *spin = gtk_spin_button_new (adjustment, 1, 0);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  row->spin = GTK_SPIN_BUTTON (spin);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), WIDTH_CHARS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), WIDTH_CHARS);
  gtk_editable_set_alignment (GTK_EDITABLE (spin), 1);
  gtk_widget_add_css_class (spin, "numeric");
  ignore_scrolling (spin);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), row);
  gtk_widget_add_controller (spin, focus);
  g_signal_connect (spin, "input", G_CALLBACK (input_cb), row);
  g_signal_connect (spin, "output", G_CALLBACK (output_cb), row);
  g_signal_connect (spin, "changed", G_CALLBACK (text_changed_cb), row);
  g_signal_connect_swapped (gtk_editable_get_delegate (GTK_EDITABLE (spin)), "activate", G_CALLBACK (done_cb), row);
  return spin;
}

static char *
range_text (const HpAttribute *attribute, double min, double max)
{
  g_autofree char *low = hp_attribute_format (attribute, min);
  g_autofree char *high = hp_attribute_format (attribute, max);
  g_autofree char *low_shown = hp_attribute_text_number (attribute, low);
  g_autofree char *high_shown = hp_attribute_text_number (attribute, high);

  if (isfinite (min) && isfinite (max))
    return g_strdup_printf (_ ("%s – %s"), low_shown, high_shown);
  if (isfinite (min))
    return g_strdup_printf (_ ("from %s"), low_shown);
  return isfinite (max) ? g_strdup_printf (_ ("up to %s"), high_shown) : NULL;
}

static void
hp_number_row_describe (HpFieldRow *field, const HpAttribute *attribute)
{
  HpNumberRow *row = HP_NUMBER_ROW (field);
  double step = hp_number_text_step (attribute);
  double min = isfinite (attribute->min) ? attribute->min : -NO_LIMIT;
  double max = isfinite (attribute->max) ? attribute->max : NO_LIMIT;
  g_autofree char *allowed = range_text (attribute, attribute->min, attribute->max);
  g_autofree char *seen = range_text (attribute, attribute->seen_min, attribute->seen_max);
  g_autoptr (GString) tip = g_string_new (NULL);

  row->following = TRUE;
  gtk_adjustment_configure (gtk_spin_button_get_adjustment (row->spin), row->value, min, max, step, PAGE_STEPS * step,
                            0);
  row->following = FALSE;
  if (allowed != NULL)
    g_string_append_printf (tip, _ ("Allowed: %s"), allowed);
  if (seen != NULL)
    {
      g_string_append (tip, tip->len > 0 ? "\n" : "");
      g_string_append_printf (tip, _ ("In the sales that the model knows: %s"), seen);
    }
  gtk_widget_set_tooltip_text (GTK_WIDGET (field), tip->len > 0 ? tip->str : NULL);
}

static char *
hp_number_row_hint (HpFieldRow *field, const HpAttribute *attribute, const char *text)
{
  g_autofree char *seen = range_text (attribute, attribute->seen_min, attribute->seen_max);

  return seen != NULL ? g_steal_pointer (&seen) : range_text (attribute, attribute->min, attribute->max);
}

static void
hp_number_row_class_init (HpNumberRowClass *klass)
{
  HpFieldRowClass *row_class = HP_FIELD_ROW_CLASS (klass);

  row_class->make_editor = hp_number_row_make_editor;
  row_class->describe = hp_number_row_describe;
  row_class->show = hp_number_row_show;
  row_class->hint = hp_number_row_hint;
}

static void
hp_number_row_init (HpNumberRow *row)
{
}

/* hp-field-row.h - one field of a house's form as a row of a list
 *
 * What all rows have in common: title and hint, the problem in the hint's place, and that the form's text and the widget's agree. What they take
 * a value with is the business of the row for numbers, for choices, or for dates.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-form.h"

G_BEGIN_DECLS

#define HP_TYPE_FIELD_ROW (hp_field_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (HpFieldRow, hp_field_row, HP, FIELD_ROW, AdwActionRow)

struct _HpFieldRowClass
{
  AdwActionRowClass parent_class;

  /* The widget that holds the value */
  GtkWidget *(*make_editor) (HpFieldRow *row);
  /* The attribute is known, or another version's takes its place */
  void       (*describe)    (HpFieldRow *row, const HpAttribute *attribute);
  /* The form's text is another */
  void       (*show)        (HpFieldRow *row, const char *text);
  /* What stands below the title while nothing is wrong; (transfer full) (nullable) */
  char      *(*hint)        (HpFieldRow *row, const HpAttribute *attribute, const char *text);
};

/* The row that fits the field's type */
GtkWidget         *hp_field_row_new           (HpForm *form, guint field);
/* The form has another description. Is the field the same, so that the row (and the cursor in it) can stay? */
gboolean           hp_field_row_is_same       (HpFieldRow *row);
void               hp_field_row_refresh       (HpFieldRow *row);
/* It is not: the row is about to go, and tells the form nothing more */
void               hp_field_row_detach        (HpFieldRow *row);
const char        *hp_field_row_get_name      (HpFieldRow *row); /* of the attribute it was made for */
HpForm            *hp_field_row_get_form      (HpFieldRow *row); /* (nullable): of a detached row */
const HpAttribute *hp_field_row_get_attribute (HpFieldRow *row);
const char        *hp_field_row_get_text      (HpFieldRow *row);
GtkWidget         *hp_field_row_get_editor    (HpFieldRow *row);
/* For subclasses: the user changed the value */
void               hp_field_row_set_text      (HpFieldRow *row, const char *text);
/* What whoever values says about the field, until its text changes; NULL: nothing */
void               hp_field_row_set_refusal   (HpFieldRow *row, const char *message);
/* The message that is shown; (nullable) */
const char        *hp_field_row_get_problem   (HpFieldRow *row);

G_END_DECLS

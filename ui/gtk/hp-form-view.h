/* hp-form-view.h - a house's form: a row for each field that the model asks for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-field-row.h"
#include "hp-form.h"

G_BEGIN_DECLS

#define HP_TYPE_FORM_VIEW (hp_form_view_get_type ())
G_DECLARE_FINAL_TYPE (HpFormView, hp_form_view, HP, FORM_VIEW, AdwBin)

GtkWidget  *hp_form_view_new         (void);
void        hp_form_view_set_form    (HpFormView *view, HpForm *form);
/* Puts the cursor into the first field. Not what grabbing the focus does: that is also how the Tab key comes in, past the header. */
void        hp_form_view_start       (HpFormView *view);
HpFieldRow *hp_form_view_get_row     (HpFormView *view, const char *name); /* (nullable): of the attribute with that name */
/* Says at the field, if it is one, why whoever values refused it; NULL, NULL: nothing is refused */
void        hp_form_view_set_refusal (HpFormView *view, const char *field, const char *message);

G_END_DECLS

/* hp-form.h - the fields of a house's form, without a toolkit
 *
 * Made of a version's description; both front ends show one. Keeps what was typed, says what is wrong with it as it is typed, and
 * carries it over when another version's description takes the place of the first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-description.h"
#include "hp-question.h"

G_BEGIN_DECLS

#define HP_TYPE_FORM (hp_form_get_type ())
G_DECLARE_FINAL_TYPE (HpForm, hp_form, HP, FORM, GObject)

/* Signals: "described": the fields are others; "changed" (guint field): a field's text or problem is another */
HpForm            *hp_form_new             (void);
/* Fields with the name of an earlier one keep its text; the others start with the typical value of training */
void               hp_form_set_description (HpForm *form, HpDescription *description);
HpDescription     *hp_form_get_description (HpForm *form);            /* (nullable) (transfer none) */
guint              hp_form_get_n_fields    (HpForm *form);
const HpAttribute *hp_form_get_attribute   (HpForm *form, guint field);
const char        *hp_form_get_text        (HpForm *form, guint field);
void               hp_form_set_text        (HpForm *form, guint field, const char *text);
/* What is wrong with a field, for people; NULL: nothing. Empty and required: "a value is needed". A category that the model has not seen is
 * allowed (the valuation warns of it). */
const char        *hp_form_get_problem     (HpForm *form, guint field);
gboolean           hp_form_is_valid        (HpForm *form);            /* described, and no field has a problem */
void               hp_form_reset           (HpForm *form);            /* the typical house again */
/* What the form asks, (transfer full); options are the caller's to set. NULL while it is not valid */
HpQuestion        *hp_form_get_question    (HpForm *form);

G_END_DECLS

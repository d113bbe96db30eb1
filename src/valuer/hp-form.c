/* hp-form.c - the fields of a house's form, without a toolkit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-form.h"

typedef struct
{
  char *text;
  char *problem; /* (nullable) */
} Field;

struct _HpForm
{
  GObject parent_instance;

  HpDescription *description; /* (nullable) */
  GPtrArray *fields;          /* (element-type Field) one of each attribute */
};

G_DEFINE_FINAL_TYPE (HpForm, hp_form, G_TYPE_OBJECT)

enum
{
  DESCRIBED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
field_free (gpointer data)
{
  Field *field = data;

  g_free (field->text);
  g_free (field->problem);
  g_free (field);
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\n\r")] == '\0';
}

static char *
find_problem (const HpAttribute *attribute, const char *text)
{
  g_autoptr (GError) error = NULL;
  double value = NAN;

  if (is_blank (text))
    return attribute->required ? g_strdup_printf (_ ("%s: a value is needed"), attribute->label) : NULL;
  if (attribute->type == HP_COLUMN_CATEGORY)
    return NULL;
  if (!hp_attribute_read_text (attribute, text, strlen (text), &value, &error))
    return g_strdup (error->message);
  if (isnan (value) && attribute->required)
    return g_strdup_printf (_ ("%s: a value is needed"), attribute->label);
  return NULL;
}

static Field *
get_field (HpForm *self, guint field)
{
  return g_ptr_array_index (self->fields, field);
}

/* Returns whether anything is another; text: (transfer full) */
static gboolean
set_text (HpForm *self, guint field, char *text)
{
  Field *of = get_field (self, field);

  if (g_strcmp0 (of->text, text) == 0)
    {
      g_free (text);
      return FALSE;
    }
  g_free (of->text);
  of->text = text;
  g_free (of->problem);
  of->problem = find_problem (hp_form_get_attribute (self, field), text);
  return TRUE;
}

/* The effective date is empty at first: the description's reference date stands in for it. So is where the house is:
 * there is no typical place. */
static char *
typical_text (const HpAttribute *attribute)
{
  return attribute->is_effective_date || attribute->is_place ? g_strdup ("")
                                                             : hp_attribute_format (attribute, attribute->impute);
}

static void
hp_form_finalize (GObject *object)
{
  HpForm *self = HP_FORM (object);

  g_clear_pointer (&self->description, hp_description_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  G_OBJECT_CLASS (hp_form_parent_class)->finalize (object);
}

static void
hp_form_class_init (HpFormClass *class)
{
  G_OBJECT_CLASS (class)->finalize = hp_form_finalize;

  /**
   * HpForm::described:
   * @form: a form
   *
   * The fields are others than before.
   */
  signals[DESCRIBED]
    = g_signal_new ("described", HP_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * HpForm::changed:
   * @form: a form
   * @field: which field
   *
   * A field's text, and with it perhaps its problem, is another.
   */
  signals[CHANGED]
    = g_signal_new ("changed", HP_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
hp_form_init (HpForm *self)
{
  self->fields = g_ptr_array_new_with_free_func (field_free);
}

/**
 * hp_form_new:
 *
 * Returns: (transfer full): a form without fields
 */
HpForm *
hp_form_new (void)
{
  return g_object_new (HP_TYPE_FORM, NULL);
}

/**
 * hp_form_set_description:
 * @form: a form
 * @description: of the version that shall value the house
 *
 * Makes the form's fields. One with the name of an earlier field keeps its text, the others start with the value that is
 * typical of training. Emits #HpForm::described.
 */
void
hp_form_set_description (HpForm *form, HpDescription *description)
{
  g_autoptr (HpDescription) old = NULL;
  g_autoptr (GPtrArray) old_fields = NULL;

  g_return_if_fail (HP_IS_FORM (form));
  g_return_if_fail (description != NULL);

  old = g_steal_pointer (&form->description);
  old_fields = g_steal_pointer (&form->fields);
  form->description = hp_description_ref (description);
  form->fields = g_ptr_array_new_with_free_func (field_free);
  for (guint i = 0; i < description->attributes->len; i++)
    {
      const HpAttribute *attribute = hp_description_get_attribute (description, i);
      int before = old != NULL ? hp_description_find_attribute (old, attribute->name) : -1;

      g_ptr_array_add (form->fields, g_new0 (Field, 1));
      set_text (form, i,
                before >= 0 ? g_strdup (((Field *) g_ptr_array_index (old_fields, before))->text)
                            : typical_text (attribute));
    }
  g_signal_emit (form, signals[DESCRIBED], 0);
}

/**
 * hp_form_get_description:
 * @form: a form
 *
 * Returns: (transfer none) (nullable): what the form was made of
 */
HpDescription *
hp_form_get_description (HpForm *form)
{
  g_return_val_if_fail (HP_IS_FORM (form), NULL);

  return form->description;
}

/**
 * hp_form_get_n_fields:
 * @form: a form
 *
 * Returns: how many fields it has
 */
guint
hp_form_get_n_fields (HpForm *form)
{
  g_return_val_if_fail (HP_IS_FORM (form), 0);

  return form->fields->len;
}

/**
 * hp_form_get_attribute:
 * @form: a form
 * @field: which field
 *
 * Returns: (transfer none): the attribute that the field asks for; valid until the form is described anew
 */
const HpAttribute *
hp_form_get_attribute (HpForm *form, guint field)
{
  g_return_val_if_fail (HP_IS_FORM (form) && field < form->fields->len, NULL);

  return hp_description_get_attribute (form->description, field);
}

/**
 * hp_form_get_text:
 * @form: a form
 * @field: which field
 *
 * Returns: (transfer none): what the field holds; numbers as data files write them
 */
const char *
hp_form_get_text (HpForm *form, guint field)
{
  g_return_val_if_fail (HP_IS_FORM (form) && field < form->fields->len, NULL);

  return get_field (form, field)->text;
}

/**
 * hp_form_set_text:
 * @form: a form
 * @field: which field
 * @text: what it shall hold; numbers as data files write them
 *
 * Emits #HpForm::changed if that is another text than before.
 */
void
hp_form_set_text (HpForm *form, guint field, const char *text)
{
  g_return_if_fail (HP_IS_FORM (form) && field < form->fields->len);
  g_return_if_fail (text != NULL);

  if (set_text (form, field, g_strdup (text)))
    g_signal_emit (form, signals[CHANGED], 0, field);
}

/**
 * hp_form_get_problem:
 * @form: a form
 * @field: which field
 *
 * A category that the model has not seen is no problem: the valuation warns of it.
 *
 * Returns: (transfer none) (nullable): what is wrong with the field, for people
 */
const char *
hp_form_get_problem (HpForm *form, guint field)
{
  g_return_val_if_fail (HP_IS_FORM (form) && field < form->fields->len, NULL);

  return get_field (form, field)->problem;
}

/**
 * hp_form_is_valid:
 * @form: a form
 *
 * Returns: whether the house can be valued: the form is described, and no field has a problem
 */
gboolean
hp_form_is_valid (HpForm *form)
{
  g_return_val_if_fail (HP_IS_FORM (form), FALSE);

  for (guint i = 0; i < form->fields->len; i++)
    if (get_field (form, i)->problem != NULL)
      return FALSE;
  return form->description != NULL;
}

/**
 * hp_form_reset:
 * @form: a form
 *
 * Gives every field the value that is typical of training.
 */
void
hp_form_reset (HpForm *form)
{
  g_return_if_fail (HP_IS_FORM (form));

  for (guint i = 0; i < form->fields->len; i++)
    if (set_text (form, i, typical_text (hp_form_get_attribute (form, i))))
      g_signal_emit (form, signals[CHANGED], 0, i);
}

/**
 * hp_form_get_question:
 * @form: a form
 *
 * Empty fields are left out of the question: the house doesn't say.
 *
 * Returns: (transfer full) (nullable): what the form asks of the champion, its options being the caller's to set; %NULL
 *   if it is not valid
 */
HpQuestion *
hp_form_get_question (HpForm *form)
{
  HpQuestion *question;

  g_return_val_if_fail (HP_IS_FORM (form), NULL);

  if (!hp_form_is_valid (form))
    return NULL;
  question = hp_question_new ();
  for (guint i = 0; i < form->fields->len; i++)
    if (!is_blank (get_field (form, i)->text))
      hp_question_set (question, hp_form_get_attribute (form, i)->name, get_field (form, i)->text);
  return question;
}

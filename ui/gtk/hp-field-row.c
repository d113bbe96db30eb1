/* hp-field-row.c - one field of a house's form as a row of a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-choice-row.h"
#include "hp-date-row.h"
#include "hp-field-row.h"
#include "hp-number-row.h"
#include "hp-text.h"

/* Names come from a schema, or from a server: long ones wrap, endless ones end. */
#define TITLE_LINES   6
#define TITLE_CHARS   100
#define MESSAGE_CHARS 300

typedef struct
{
  HpForm *form;
  guint field;
  char *name;
  char *title;
  GtkWidget *editor;
  char *refusal;
} HpFieldRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HpFieldRow, hp_field_row, ADW_TYPE_ACTION_ROW)

static void
update_accessible (HpFieldRow *row, const char *problem)
{
  HpFieldRowPrivate *priv = hp_field_row_get_instance_private (row);
  const char *below = adw_action_row_get_subtitle (ADW_ACTION_ROW (row));

  gtk_accessible_update_state (GTK_ACCESSIBLE (priv->editor), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->editor), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  below != NULL ? below : "", -1);
}

/* A message begins with the attribute, which stands right above it here */
static char *
shorten (const HpAttribute *attribute, const char *problem)
{
  const char *const names[] = { attribute->name, attribute->label };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (problem, names[i]) && g_str_has_prefix (problem + strlen (names[i]), ": "))
      return hp_text_printable (problem + strlen (names[i]) + 2, -1, MESSAGE_CHARS);
  return hp_text_printable (problem, -1, MESSAGE_CHARS);
}

static void
update_hint (HpFieldRow *row)
{
  const HpAttribute *attribute = hp_field_row_get_attribute (row);
  const char *problem = hp_field_row_get_problem (row);
  g_autofree char *hint = NULL;

  hint = problem != NULL ? shorten (attribute, problem)
                         : HP_FIELD_ROW_GET_CLASS (row)->hint (row, attribute, hp_field_row_get_text (row));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), hint != NULL ? hint : "");
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  update_accessible (row, problem);
}

static GType
row_type (const HpAttribute *attribute)
{
  switch (attribute->type)
    {
    case HP_COLUMN_NUMBER:
    case HP_COLUMN_INTEGER:
      return HP_TYPE_NUMBER_ROW;
    case HP_COLUMN_DATE:
      return HP_TYPE_DATE_ROW;
    default:
      return HP_TYPE_CHOICE_ROW;
    }
}

/* "Living area (ft²)". The date that stands for today has a name of its own: everywhere it is what the valuation is "as
 * of". */
static char *
make_title (const HpAttribute *attribute)
{
  g_autofree char *label = hp_text_printable (attribute->label, -1, TITLE_CHARS);
  g_autofree char *unit = attribute->unit != NULL ? hp_text_printable (attribute->unit, -1, TITLE_CHARS) : NULL;

  if (attribute->is_effective_date)
    return g_strdup (_ ("As of"));
  return unit != NULL ? g_strdup_printf (_ ("%s (%s)"), label, unit) : g_steal_pointer (&label);
}

static void
show (HpFieldRow *row)
{
  HP_FIELD_ROW_GET_CLASS (row)->show (row, hp_field_row_get_text (row));
  update_hint (row);
}

static void
form_changed_cb (HpForm *form, guint field, HpFieldRow *row)
{
  HpFieldRowPrivate *priv = hp_field_row_get_instance_private (row);

  if (priv->form == NULL || field != priv->field)
    return;
  g_clear_pointer (&priv->refusal, g_free);
  show (row);
}

/* One stop of the Tab key a field, not one for the row and one for what is in it */
static gboolean
hp_field_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)), direction);
}

static gboolean
hp_field_row_grab_focus (GtkWidget *widget)
{
  HpFieldRowPrivate *priv = hp_field_row_get_instance_private (HP_FIELD_ROW (widget));

  return gtk_widget_grab_focus (priv->editor);
}

static void
hp_field_row_dispose (GObject *object)
{
  HpFieldRowPrivate *priv = hp_field_row_get_instance_private (HP_FIELD_ROW (object));

  g_clear_object (&priv->form);
  G_OBJECT_CLASS (hp_field_row_parent_class)->dispose (object);
}

static void
hp_field_row_finalize (GObject *object)
{
  HpFieldRowPrivate *priv = hp_field_row_get_instance_private (HP_FIELD_ROW (object));

  g_free (priv->name);
  g_free (priv->title);
  g_free (priv->refusal);
  G_OBJECT_CLASS (hp_field_row_parent_class)->finalize (object);
}

static void
hp_field_row_class_init (HpFieldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  GTK_WIDGET_CLASS (klass)->focus = hp_field_row_focus;
  GTK_WIDGET_CLASS (klass)->grab_focus = hp_field_row_grab_focus;
  object_class->dispose = hp_field_row_dispose;
  object_class->finalize = hp_field_row_finalize;
}

static void
hp_field_row_init (HpFieldRow *row)
{
  gtk_widget_add_css_class (GTK_WIDGET (row), "field");
}

/**
 * hp_field_row_new:
 * @form: a form
 * @field: one of its fields
 *
 * Returns: (transfer floating): a row that shows the field and changes it
 */
GtkWidget *
hp_field_row_new (HpForm *form, guint field)
{
  const HpAttribute *attribute;
  HpFieldRowPrivate *priv;
  HpFieldRow *row;

  g_return_val_if_fail (HP_IS_FORM (form) && field < hp_form_get_n_fields (form), NULL);

  attribute = hp_form_get_attribute (form, field);
  /* Not while the row is being constructed: its properties reach its labels in the wrong order then, and a name would
   * be read as markup. */
  row = g_object_new (row_type (attribute), "use-markup", FALSE, "focusable", FALSE, NULL);
  priv = hp_field_row_get_instance_private (row);
  priv->form = g_object_ref (form);
  priv->field = field;
  priv->name = g_strdup (attribute->name);
  priv->title = make_title (attribute);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), priv->title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), TITLE_LINES);
  priv->editor = HP_FIELD_ROW_GET_CLASS (row)->make_editor (row);
  gtk_widget_set_valign (priv->editor, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), priv->editor);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), priv->editor);
  g_signal_connect_object (form, "changed", G_CALLBACK (form_changed_cb), row, 0);
  hp_field_row_refresh (row);
  return GTK_WIDGET (row);
}

/**
 * hp_field_row_is_same:
 * @row: a row
 *
 * Returns: whether the field of the form's present description is the one that the row was made for
 */
gboolean
hp_field_row_is_same (HpFieldRow *row)
{
  HpFieldRowPrivate *priv = hp_field_row_get_instance_private (row);
  const HpAttribute *attribute;
  g_autofree char *title = NULL;

  if (priv->field >= hp_form_get_n_fields (priv->form))
    return FALSE;
  attribute = hp_field_row_get_attribute (row);
  title = make_title (attribute);
  return g_str_equal (attribute->name, priv->name) && g_str_equal (title, priv->title)
         && row_type (attribute) == G_OBJECT_TYPE (row);
}

/**
 * hp_field_row_refresh:
 * @row: a row whose field is still the same
 *
 * Shows ranges and choices of the form's present description.
 */
void
hp_field_row_refresh (HpFieldRow *row)
{
  HP_FIELD_ROW_GET_CLASS (row)->describe (row, hp_field_row_get_attribute (row));
  show (row);
}

/**
 * hp_field_row_detach:
 * @row: a row that is about to be removed
 *
 * A widget tells of its text even while it is taken down, when its field may already be another's.
 */
void
hp_field_row_detach (HpFieldRow *row)
{
  HpFieldRowPrivate *priv = hp_field_row_get_instance_private (row);

  g_clear_object (&priv->form);
}

/**
 * hp_field_row_get_name:
 * @row: a row
 *
 * Returns: (transfer none): name of the attribute that it was made for
 */
const char *
hp_field_row_get_name (HpFieldRow *row)
{
  HpFieldRowPrivate *priv = hp_field_row_get_instance_private (row);

  return priv->name;
}

/**
 * hp_field_row_get_editor:
 * @row: a row
 *
 * Returns: (transfer none): the widget that holds the value
 */
GtkWidget *
hp_field_row_get_editor (HpFieldRow *row)
{
  HpFieldRowPrivate *priv = hp_field_row_get_instance_private (row);

  return priv->editor;
}

/**
 * hp_field_row_get_form:
 * @row: a row
 *
 * Returns: (transfer none) (nullable): the form; %NULL of a detached row
 */
HpForm *
hp_field_row_get_form (HpFieldRow *row)
{
  HpFieldRowPrivate *priv = hp_field_row_get_instance_private (row);

  return priv->form;
}

/**
 * hp_field_row_get_attribute:
 * @row: a row
 *
 * Returns: (transfer none) (nullable): the attribute that the field asks for; %NULL of a detached row
 */
const HpAttribute *
hp_field_row_get_attribute (HpFieldRow *row)
{
  HpFieldRowPrivate *priv = hp_field_row_get_instance_private (row);

  return priv->form != NULL ? hp_form_get_attribute (priv->form, priv->field) : NULL;
}

/**
 * hp_field_row_get_text:
 * @row: a row
 *
 * Returns: (transfer none): what the form holds for the field
 */
const char *
hp_field_row_get_text (HpFieldRow *row)
{
  HpFieldRowPrivate *priv = hp_field_row_get_instance_private (row);

  return priv->form != NULL ? hp_form_get_text (priv->form, priv->field) : "";
}

/**
 * hp_field_row_set_text:
 * @row: a row
 * @text: what the user wants the form to hold
 */
void
hp_field_row_set_text (HpFieldRow *row, const char *text)
{
  HpFieldRowPrivate *priv = hp_field_row_get_instance_private (row);

  if (priv->form != NULL && g_strcmp0 (hp_field_row_get_text (row), text) != 0)
    hp_form_set_text (priv->form, priv->field, text);
}

/**
 * hp_field_row_set_refusal:
 * @row: a row
 * @message: (nullable): why whoever values refused the field
 */
void
hp_field_row_set_refusal (HpFieldRow *row, const char *message)
{
  HpFieldRowPrivate *priv = hp_field_row_get_instance_private (row);

  if (g_strcmp0 (priv->refusal, message) == 0)
    return;
  g_free (priv->refusal);
  priv->refusal = g_strdup (message);
  update_hint (row);
}

/**
 * hp_field_row_get_problem:
 * @row: a row
 *
 * Returns: (transfer none) (nullable): what is wrong with the field
 */
const char *
hp_field_row_get_problem (HpFieldRow *row)
{
  HpFieldRowPrivate *priv = hp_field_row_get_instance_private (row);
  const char *problem = priv->form != NULL ? hp_form_get_problem (priv->form, priv->field) : NULL;

  return problem != NULL ? problem : priv->refusal;
}

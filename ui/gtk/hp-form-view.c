/* hp-form-view.c - a house's form: a row for each field that the model asks for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-form-view.h"

/* So long somebody stays who has come to a field for its own sake */
#define DWELL_MS 250

struct _HpFormView
{
  AdwBin parent_instance;

  HpForm *form;
  GPtrArray *rows; /* (element-type HpFieldRow) owned by the group */
  AdwPreferencesGroup *group;
  char *attended; /* (nullable) the field that somebody was at last */
  guint dwelling; /* source id, 0: nobody has just come to a field */
};

enum
{
  ATTENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HpFormView, hp_form_view, ADW_TYPE_BIN)

/* Are the rows those of the form's present description? Another version of the model mostly asks for the same. */
static gboolean
rows_fit (HpFormView *view)
{
  if (view->rows->len != hp_form_get_n_fields (view->form))
    return FALSE;
  for (guint i = 0; i < view->rows->len; i++)
    if (!hp_field_row_is_same (view->rows->pdata[i]))
      return FALSE;
  return TRUE;
}

/* The name of the field that has the focus, so that it keeps it; (nullable) */
static char *
focused_field (HpFormView *view)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (view));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, HP_TYPE_FIELD_ROW) : NULL;

  return row != NULL ? g_strdup (hp_field_row_get_name (HP_FIELD_ROW (row))) : NULL;
}

static void
attend (HpFormView *view, const char *name)
{
  char *copy = g_strdup (name);

  g_free (view->attended);
  view->attended = copy;
  g_signal_emit (view, signals[ATTENDED], 0, view->attended);
}

static gboolean
dwelt_cb (gpointer data)
{
  HpFormView *view = data;
  g_autofree char *focused = focused_field (view);

  view->dwelling = 0;
  if (focused != NULL && g_strcmp0 (focused, view->attended) != 0)
    attend (view, focused);
  return G_SOURCE_REMOVE;
}

/* Who only passes by on the way to another field is not interested in this one.
 * The focus that the program gave to the first field, or that comes back with the window, is nobody's interest */
static void
entered_cb (GtkEventController *controller, HpFormView *view)
{
  g_clear_handle_id (&view->dwelling, g_source_remove);
  view->dwelling = g_timeout_add (DWELL_MS, dwelt_cb, view);
}

/* Who types into a field is interested in it, though it may be the first */
static void
form_changed_cb (HpFormView *view, guint field)
{
  g_autofree char *focused = focused_field (view);

  if (g_strcmp0 (focused, hp_form_get_attribute (view->form, field)->name) == 0)
    attend (view, focused);
}

static void
follow_focus (HpFormView *view, HpFieldRow *row)
{
  GtkEventController *controller = gtk_event_controller_focus_new ();

  g_signal_connect_object (controller, "enter", G_CALLBACK (entered_cb), view, 0);
  gtk_widget_add_controller (GTK_WIDGET (row), controller);
}

static void
make_rows (HpFormView *view)
{
  g_autofree char *focused = focused_field (view);
  g_autoptr (GtkSizeGroup) width = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  HpFieldRow *row;

  for (guint i = 0; i < view->rows->len; i++)
    hp_field_row_detach (view->rows->pdata[i]);
  for (guint i = 0; i < view->rows->len; i++)
    adw_preferences_group_remove (view->group, view->rows->pdata[i]);
  g_ptr_array_set_size (view->rows, 0);
  for (guint i = 0; i < hp_form_get_n_fields (view->form); i++)
    {
      row = HP_FIELD_ROW (hp_field_row_new (view->form, i));
      gtk_size_group_add_widget (width, hp_field_row_get_editor (row));
      adw_preferences_group_add (view->group, GTK_WIDGET (row));
      follow_focus (view, row);
      g_ptr_array_add (view->rows, row);
    }
  row = focused != NULL ? hp_form_view_get_row (view, focused) : NULL;
  if (row != NULL)
    gtk_widget_grab_focus (hp_field_row_get_editor (row));
}

static void
described_cb (HpFormView *view)
{
  if (!rows_fit (view))
    {
      make_rows (view);
      return;
    }
  for (guint i = 0; i < view->rows->len; i++)
    hp_field_row_refresh (view->rows->pdata[i]);
}

static void
hp_form_view_dispose (GObject *object)
{
  HpFormView *view = HP_FORM_VIEW (object);

  g_clear_handle_id (&view->dwelling, g_source_remove);
  for (guint i = 0; i < view->rows->len; i++)
    hp_field_row_detach (view->rows->pdata[i]);
  g_ptr_array_set_size (view->rows, 0);
  g_clear_object (&view->form);
  G_OBJECT_CLASS (hp_form_view_parent_class)->dispose (object);
}

static void
hp_form_view_finalize (GObject *object)
{
  HpFormView *view = HP_FORM_VIEW (object);

  g_ptr_array_unref (view->rows);
  g_free (view->attended);
  G_OBJECT_CLASS (hp_form_view_parent_class)->finalize (object);
}

static void
hp_form_view_class_init (HpFormViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hp_form_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = hp_form_view_finalize;

  /**
   * HpFormView::attended:
   * @view: a view
   * @name: of an attribute
   *
   * Somebody turned to this field, or typed into it.
   */
  signals[ATTENDED] = g_signal_new ("attended", HP_TYPE_FORM_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                    1, G_TYPE_STRING);
}

static void
hp_form_view_init (HpFormView *view)
{
  GtkWidget *reset = gtk_button_new_with_label (_ ("Reset"));

  view->rows = g_ptr_array_new ();
  view->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (view->group, _ ("House"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (view->group), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("House"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (reset), "win.reset");
  gtk_widget_set_tooltip_text (reset, _ ("Start again from a typical house"));
  gtk_widget_add_css_class (reset, "flat");
  adw_preferences_group_set_header_suffix (view->group, reset);
  adw_bin_set_child (ADW_BIN (view), GTK_WIDGET (view->group));
}

/**
 * hp_form_view_new:
 *
 * Returns: (transfer floating): a view without a form
 */
GtkWidget *
hp_form_view_new (void)
{
  return g_object_new (HP_TYPE_FORM_VIEW, NULL);
}

/**
 * hp_form_view_set_form:
 * @view: a view
 * @form: the form that it shows and changes
 */
void
hp_form_view_set_form (HpFormView *view, HpForm *form)
{
  g_return_if_fail (HP_IS_FORM_VIEW (view) && HP_IS_FORM (form) && view->form == NULL);

  view->form = g_object_ref (form);
  g_signal_connect_object (form, "described", G_CALLBACK (described_cb), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "changed", G_CALLBACK (form_changed_cb), view, G_CONNECT_SWAPPED);
  described_cb (view);
}

/**
 * hp_form_view_start:
 * @view: a view with a described form
 *
 * Puts the cursor into the first field.
 */
void
hp_form_view_start (HpFormView *view)
{
  g_return_if_fail (HP_IS_FORM_VIEW (view));

  if (view->rows->len == 0)
    return;
  g_free (view->attended);
  view->attended = g_strdup (hp_field_row_get_name (view->rows->pdata[0]));
  gtk_widget_grab_focus (hp_field_row_get_editor (view->rows->pdata[0]));
}

/**
 * hp_form_view_get_row:
 * @view: a view
 * @name: of an attribute
 *
 * Returns: (transfer none) (nullable): its row
 */
HpFieldRow *
hp_form_view_get_row (HpFormView *view, const char *name)
{
  g_return_val_if_fail (HP_IS_FORM_VIEW (view), NULL);

  for (guint i = 0; i < view->rows->len; i++)
    if (g_str_equal (hp_field_row_get_name (view->rows->pdata[i]), name))
      return view->rows->pdata[i];
  return NULL;
}

/**
 * hp_form_view_set_refusal:
 * @view: a view
 * @field: (nullable): the attribute that was refused
 * @message: (nullable): why
 */
void
hp_form_view_set_refusal (HpFormView *view, const char *field, const char *message)
{
  g_return_if_fail (HP_IS_FORM_VIEW (view));

  for (guint i = 0; i < view->rows->len; i++)
    {
      HpFieldRow *row = view->rows->pdata[i];
      gboolean meant = g_strcmp0 (hp_field_row_get_name (row), field) == 0;

      hp_field_row_set_refusal (row, meant ? message : NULL);
    }
}

/* hp-study-controls.c - the row of controls above the residuals: versions, data, kind of chart, segment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-chart-study.h"
#include "hp-key-list.h"
#include "hp-study-controls.h"
#include "hp-text.h"

#define FIRST_KIND  "residuals-fitted"
#define LABEL_CHARS 40

struct _HpStudyControls
{
  AdwBin parent_instance;

  gboolean filling; /* not by its users */
  char *path;       /* (nullable) */
  HpVersionPicker *picker;
  GtkLabel *data; /* on its button */
  GtkDropDown *kinds, *by, *segments;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HpStudyControls, hp_study_controls, ADW_TYPE_BIN)

static void
changed_cb (HpStudyControls *controls)
{
  if (!controls->filling)
    g_signal_emit (controls, signals[CHANGED], 0);
}

/* Another way to deal the sales: all of them first */
static void
by_cb (HpStudyControls *controls)
{
  static const char *const none[] = { "", NULL };

  if (controls->filling)
    return;
  controls->filling = TRUE;
  hp_key_list_set (controls->segments, none, none);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (controls->segments)), FALSE);
  controls->filling = FALSE;
  changed_cb (controls);
}

static void
show_data (HpStudyControls *controls)
{
  g_autofree char *name = controls->path != NULL ? g_path_get_basename (controls->path) : NULL;
  g_autofree char *shown = name != NULL ? hp_text_printable (name, -1, LABEL_CHARS) : NULL;

  gtk_label_set_text (controls->data, shown != NULL ? shown : _ ("Hold-out sales"));
}

static void
holdout (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hp_study_controls_set_path (HP_STUDY_CONTROLS (widget), NULL);
}

static void
opened_cb (HpStudyControls *controls, int response, GtkNativeDialog *dialog)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    hp_study_controls_set_path (controls, path);
  g_object_unref (dialog);
}

static void
open_file (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW));
  GtkFileChooserNative *dialog
    = gtk_file_chooser_native_new (_ ("Open Sales"), window, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("CSV files"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_mime_type (filter, "text/csv");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (opened_cb), widget, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
hp_study_controls_finalize (GObject *object)
{
  g_free (HP_STUDY_CONTROLS (object)->path);
  G_OBJECT_CLASS (hp_study_controls_parent_class)->finalize (object);
}

static void
hp_study_controls_class_init (HpStudyControlsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hp_study_controls_finalize;
  signals[CHANGED]
    = g_signal_new ("changed", HP_TYPE_STUDY_CONTROLS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "study.holdout", NULL, holdout);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "study.open", NULL, open_file);
}

/* Wraps where there is no room; its children, not their places, have the focus */
static void
add (GtkFlowBox *box, GtkWidget *widget)
{
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), widget);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_append (box, child);
}

static GtkWidget *
make_data_button (HpStudyControls *controls)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("_Hold-Out Sales"), "study.holdout");
  g_menu_append (menu, _ ("_Open a CSV of Sales…"), "study.open");
  controls->data = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, "xalign", 0.0, NULL));
  return g_object_new (GTK_TYPE_MENU_BUTTON, "menu-model", menu, "child", controls->data, "always-show-arrow", TRUE,
                       "tooltip-text", _ ("Sales to look at"), NULL);
}

static void
hp_study_controls_init (HpStudyControls *controls)
{
  GtkWidget *box = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE, "min-children-per-line", 2,
                                 "max-children-per-line", 5, "column-spacing", 6, "row-spacing", 6, NULL);

  controls->picker = HP_VERSION_PICKER (hp_version_picker_new (1, 4));
  controls->kinds = GTK_DROP_DOWN (hp_key_list_new (_ ("Kind of chart")));
  controls->by = GTK_DROP_DOWN (hp_key_list_new (_ ("Sales by")));
  controls->segments = GTK_DROP_DOWN (hp_key_list_new (_ ("Segment")));
  add (GTK_FLOW_BOX (box), GTK_WIDGET (controls->picker));
  add (GTK_FLOW_BOX (box), make_data_button (controls));
  add (GTK_FLOW_BOX (box), GTK_WIDGET (controls->kinds));
  add (GTK_FLOW_BOX (box), GTK_WIDGET (controls->by));
  add (GTK_FLOW_BOX (box), GTK_WIDGET (controls->segments));
  adw_bin_set_child (ADW_BIN (controls), box);
  g_signal_connect_object (controls->picker, "changed", G_CALLBACK (changed_cb), controls, G_CONNECT_SWAPPED);
  g_signal_connect_object (controls->kinds, "notify::selected", G_CALLBACK (changed_cb), controls, G_CONNECT_SWAPPED);
  g_signal_connect_object (controls->by, "notify::selected", G_CALLBACK (by_cb), controls, G_CONNECT_SWAPPED);
  g_signal_connect_object (controls->segments, "notify::selected", G_CALLBACK (changed_cb), controls,
                           G_CONNECT_SWAPPED);
  show_data (controls);
  hp_study_controls_set_study (controls, NULL);
}

/**
 * hp_study_controls_new:
 *
 * Returns: (transfer floating): controls without versions
 */
GtkWidget *
hp_study_controls_new (void)
{
  return g_object_new (HP_TYPE_STUDY_CONTROLS, NULL);
}

typedef struct
{
  GPtrArray *keys, *labels; /* (element-type utf8) NULL-terminated at last */
} List;

static List
list_new (void)
{
  return (List){ g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free) };
}

static void
list_add (List *list, const char *key, const char *label)
{
  g_ptr_array_add (list->keys, g_strdup (key));
  g_ptr_array_add (list->labels, hp_text_printable (label, -1, LABEL_CHARS));
}

/* Takes the list */
static void
list_show (List *list, GtkDropDown *shown)
{
  g_ptr_array_add (list->keys, NULL);
  g_ptr_array_add (list->labels, NULL);
  hp_key_list_set (shown, (const char *const *) list->keys->pdata, (const char *const *) list->labels->pdata);
  g_ptr_array_unref (list->keys);
  g_ptr_array_unref (list->labels);
}

static gboolean
is_offered (const HpChartKind *kind)
{
  /* a comparison and a valuation have views of their own */
  return kind->needs != HP_CHART_NEEDS_COMPARISON && kind->needs != HP_CHART_NEEDS_VALUATION;
}

/* One for each attribute */
static void
add_attributes (List *list, const HpChartKind *kind, const HpResidualSet *set)
{
  for (guint i = 0; i < set->columns->len; i++)
    {
      const HpSetColumn *column = set->columns->pdata[i];
      g_autofree char *key = g_strconcat (kind->name, column->name, NULL);
      g_autofree char *label = kind->needs == HP_CHART_NEEDS_SETS
                                 ? g_strdup_printf (_ ("Residuals by %s"), column->label)
                                 : g_strdup_printf (_ ("Partial dependence on %s"), column->label);

      list_add (list, key, label);
    }
}

static void
fill_kinds (HpStudyControls *controls, const HpResidualSet *set)
{
  List list = list_new ();
  guint n;
  const HpChartKind *kinds = hp_chart_kinds (&n);

  for (guint i = 0; i < n; i++)
    if (is_offered (&kinds[i]) && !kinds[i].has_attribute)
      list_add (&list, kinds[i].name, hp_chart_kind_title (&kinds[i]));
  for (guint i = 0; i < n && set != NULL; i++)
    if (is_offered (&kinds[i]) && kinds[i].has_attribute)
      add_attributes (&list, &kinds[i], set);
  list_show (&list, controls->kinds);
}

static const char *
label_of (const HpResidualSet *set, const char *by)
{
  const HpSetColumn *column = hp_residual_set_get_column (set, by);

  if (column != NULL)
    return column->label;
  return g_str_equal (by, HP_BY_PRICE_DECILE) ? _ ("Price decile") : g_str_equal (by, HP_BY_AGE_BAND) ? _ ("Age") : by;
}

/* What is worth looking at first, then all else */
static void
fill_by (HpStudyControls *controls, const HpResidualSet *set)
{
  List list = list_new ();
  g_auto (GStrv) suggested = set != NULL ? hp_segmentation_suggest (set) : NULL;

  list_add (&list, "", _ ("All sales"));
  for (guint i = 0; suggested != NULL && suggested[i] != NULL; i++)
    list_add (&list, suggested[i], label_of (set, suggested[i]));
  for (guint i = 0; set != NULL && i < set->columns->len; i++)
    {
      const HpSetColumn *column = set->columns->pdata[i];

      if (!g_strv_contains ((const char *const *) suggested, column->name))
        list_add (&list, column->name, column->label);
    }
  list_show (&list, controls->by);
}

static void
fill_segments (HpStudyControls *controls, const HpSegmentation *segments)
{
  List list = list_new ();

  list_add (&list, "", _ ("All"));
  for (guint i = 0; segments != NULL && i < segments->n; i++)
    if (segments->sizes[i] > 0)
      list_add (&list, segments->keys[i], segments->labels[i]);
  list_show (&list, controls->segments);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (controls->segments)), segments != NULL);
}

/**
 * hp_study_controls_set_study:
 * @controls: controls
 * @study: (nullable): what is shown: its attributes are offered, and its segments
 */
void
hp_study_controls_set_study (HpStudyControls *controls, const HpResidualsStudy *study)
{
  const HpResidualSet *set = study != NULL ? study->sets[0] : NULL;

  g_return_if_fail (HP_IS_STUDY_CONTROLS (controls));

  controls->filling = TRUE;
  fill_kinds (controls, set);
  fill_by (controls, set);
  fill_segments (controls, study != NULL ? study->segments : NULL);
  controls->filling = FALSE;
}

/**
 * hp_study_controls_get_picker:
 * @controls: controls
 *
 * Returns: (transfer none): where versions are chosen
 */
HpVersionPicker *
hp_study_controls_get_picker (HpStudyControls *controls)
{
  g_return_val_if_fail (HP_IS_STUDY_CONTROLS (controls), NULL);

  return controls->picker;
}

/**
 * hp_study_controls_get_choice:
 * @controls: controls
 *
 * Returns: what is asked for, to be cleared with hp_residuals_choice_clear()
 */
HpResidualsChoice
hp_study_controls_get_choice (HpStudyControls *controls)
{
  const char *kind = hp_key_list_get (controls->kinds);

  return (HpResidualsChoice){ hp_version_picker_get_chosen (controls->picker), g_strdup (controls->path),
                              g_strdup (kind != NULL ? kind : FIRST_KIND), g_strdup (hp_key_list_get (controls->by)),
                              g_strdup (hp_key_list_get (controls->segments)) };
}

/**
 * hp_study_controls_set_path:
 * @controls: controls
 * @path: (nullable): a CSV of sales; %NULL: the versions' own hold-out sales
 */
void
hp_study_controls_set_path (HpStudyControls *controls, const char *path)
{
  g_return_if_fail (HP_IS_STUDY_CONTROLS (controls));

  if (g_strcmp0 (path, controls->path) == 0)
    return;
  g_free (controls->path);
  controls->path = g_strdup (path);
  show_data (controls);
  changed_cb (controls);
}

/**
 * hp_study_controls_set_kind:
 * @controls: controls
 * @kind: one of those that are offered
 */
void
hp_study_controls_set_kind (HpStudyControls *controls, const char *kind)
{
  g_return_if_fail (HP_IS_STUDY_CONTROLS (controls));

  hp_key_list_choose (controls->kinds, kind);
}

/**
 * hp_study_controls_set_segment:
 * @controls: controls
 * @by: (nullable): what is filtered by; %NULL: nothing
 * @segment: (nullable): the key of one of the segments that are offered
 */
void
hp_study_controls_set_segment (HpStudyControls *controls, const char *by, const char *segment)
{
  g_return_if_fail (HP_IS_STUDY_CONTROLS (controls));

  hp_key_list_choose (controls->by, by != NULL ? by : "");
  hp_key_list_choose (controls->segments, segment != NULL ? segment : "");
}

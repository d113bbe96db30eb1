/* hp-residuals-view.c - the Residuals view: where a version errs, sale by sale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-residuals-view.h"
#include "hp-text.h"
#include "hp-weak.h"

#define TEMPLATE "/org/housepricepredictor/HousePrice/hp-residuals-view.ui"
/* A wait is shown only when it is one */
#define PATIENCE_MS   300
#define MESSAGE_CHARS 600

struct _HpResidualsView
{
  AdwBin parent_instance;

  HpWorkbench *workbench;
  HpStudies *studies;        /* (nullable) */
  HpResidualsStudy *study;   /* (nullable) what is shown */
  GCancellable *listing;     /* (nullable) of the list of versions */
  GCancellable *cancellable; /* (nullable) of the study that is being made */
  guint patience;            /* source id, 0: not waiting */

  GtkStack *pages;
  AdwStatusPage *failed;
  GtkWidget *problem, *waiting, *open_other;
  GtkLabel *problem_label;
  HpStudyControls *controls;
  HpStudyPane *pane;
};

G_DEFINE_FINAL_TYPE (HpResidualsView, hp_residuals_view, ADW_TYPE_BIN)

static void
show_page (HpResidualsView *view, const char *name)
{
  gtk_stack_set_visible_child_name (view->pages, name);
}

static void
show_waiting (HpResidualsView *view, gboolean waiting)
{
  gtk_widget_set_visible (view->waiting, waiting);
  if (waiting && view->study == NULL)
    show_page (view, "loading");
}

static gboolean
patience_cb (gpointer data)
{
  HpResidualsView *view = data;

  view->patience = 0;
  show_waiting (view, TRUE);
  return G_SOURCE_REMOVE;
}

static void
stop_waiting (HpResidualsView *view)
{
  g_clear_handle_id (&view->patience, g_source_remove);
  show_waiting (view, FALSE);
}

static void
cancel_loading (HpResidualsView *view)
{
  hp_weak_cancel (&view->cancellable);
  stop_waiting (view);
}

static void
set_problem (HpResidualsView *view, const char *message, gboolean of_file)
{
  g_autofree char *shown = message != NULL ? hp_text_printable (message, -1, MESSAGE_CHARS) : NULL;

  gtk_label_set_text (view->problem_label, shown != NULL ? shown : "");
  gtk_widget_set_visible (view->problem, message != NULL);
  gtk_widget_set_visible (view->open_other, of_file);
}

static void
show_failure (HpResidualsView *view, const GError *error, gboolean of_file)
{
  g_autofree char *shown = hp_text_printable (error->message, -1, MESSAGE_CHARS);
  g_autofree char *escaped = g_markup_escape_text (shown, -1);

  if (of_file)
    hp_study_controls_set_path (view->controls, NULL); /* which loads the hold-out sales again */
  if (view->study != NULL || of_file)
    set_problem (view, error->message, of_file);
  else
    {
      adw_status_page_set_description (view->failed, escaped);
      show_page (view, "failed");
    }
}

typedef struct
{
  gpointer weak;
  GCancellable *cancellable; /* tells the newest from those that it overtook */
  gboolean of_file;
} Loading;

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Loading *loading = data;
  g_autoptr (HpResidualsView) view = hp_weak_take (loading->weak);
  g_autoptr (GCancellable) cancellable = loading->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (HpResidualsStudy) study = hp_residuals_study_new_finish (result, &error);

  if (view == NULL || view->cancellable != cancellable)
    return;
  g_clear_object (&view->cancellable);
  stop_waiting (view);
  if (study == NULL)
    {
      show_failure (view, error, loading->of_file);
      return;
    }
  hp_study_controls_set_study (view->controls, study);
  hp_study_pane_set_study (view->pane, study);
  g_clear_pointer (&view->study, hp_residuals_study_unref);
  view->study = g_steal_pointer (&study);
  show_page (view, "study");
}

/* What the controls ask for */
static void
load (HpResidualsView *view)
{
  HpResidualsChoice choice = hp_study_controls_get_choice (view->controls);
  Loading *loading;

  cancel_loading (view);
  if (choice.versions[0] != NULL)
    {
      view->cancellable = g_cancellable_new ();
      view->patience = g_timeout_add (PATIENCE_MS, patience_cb, view);
      loading = g_new (Loading, 1);
      *loading = (Loading){ hp_weak_new (view), g_object_ref (view->cancellable), choice.path != NULL };
      hp_residuals_study_new_async (view->studies, &choice, view->study, view->cancellable, loaded_cb, loading);
    }
  hp_residuals_choice_clear (&choice);
}

static void
controls_cb (HpResidualsView *view)
{
  set_problem (view, NULL, FALSE);
  load (view);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HpResidualsView) view = hp_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions = hp_studies_list_finish (HP_STUDIES (source), result, &error);

  if (view == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&view->listing);
  if (versions == NULL)
    show_failure (view, error, FALSE);
  else if (versions->len == 0)
    {
      cancel_loading (view);
      show_page (view, "no-versions");
    }
  else
    {
      hp_version_picker_set_versions (hp_study_controls_get_picker (view->controls), versions);
      /* Others than before were loaded at once */
      if (view->study == NULL && view->cancellable == NULL)
        load (view);
      else if (view->study != NULL)
        show_page (view, "study");
    }
}

/* Versions may have come or gone since the view was looked at */
static void
refresh (HpResidualsView *view)
{
  if (view->studies == NULL)
    {
      show_page (view, "no-versions");
      return;
    }
  if (view->listing != NULL)
    return;
  view->listing = g_cancellable_new ();
  hp_studies_list_async (view->studies, view->listing, listed_cb, hp_weak_new (view));
}

static void
workbench_cb (HpResidualsView *view)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (view)))
    refresh (view);
}

static void
hp_residuals_view_map (GtkWidget *widget)
{
  HpResidualsView *view = HP_RESIDUALS_VIEW (widget);

  GTK_WIDGET_CLASS (hp_residuals_view_parent_class)->map (widget);
  if (view->workbench != NULL)
    refresh (view);
}

static void
dismiss_cb (HpResidualsView *view)
{
  set_problem (view, NULL, FALSE);
}

static void
open_other_cb (HpResidualsView *view)
{
  gtk_widget_activate_action (GTK_WIDGET (view->controls), "study.open", NULL);
}

static void
cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HpResidualsView *view = HP_RESIDUALS_VIEW (widget);

  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled"));

  cancel_loading (view);
  if (view->study == NULL)
    show_failure (view, cancelled, FALSE);
}

static void
refresh_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  refresh (HP_RESIDUALS_VIEW (widget));
}

static void
hp_residuals_view_dispose (GObject *object)
{
  HpResidualsView *view = HP_RESIDUALS_VIEW (object);

  hp_weak_cancel (&view->listing);
  hp_weak_cancel (&view->cancellable);
  g_clear_handle_id (&view->patience, g_source_remove);
  g_clear_pointer (&view->study, hp_residuals_study_unref);
  g_clear_object (&view->studies);
  g_clear_object (&view->workbench);
  /* Before the template goes, or the bin would let go of a child that is no more */
  adw_bin_set_child (ADW_BIN (view), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (view), HP_TYPE_RESIDUALS_VIEW);
  G_OBJECT_CLASS (hp_residuals_view_parent_class)->dispose (object);
}

static void
hp_residuals_view_class_init (HpResidualsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hp_residuals_view_dispose;
  widget_class->map = hp_residuals_view_map;
  g_type_ensure (HP_TYPE_STUDY_CONTROLS);
  g_type_ensure (HP_TYPE_STUDY_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, TEMPLATE);
  gtk_widget_class_bind_template_child (widget_class, HpResidualsView, pages);
  gtk_widget_class_bind_template_child (widget_class, HpResidualsView, waiting);
  gtk_widget_class_bind_template_child (widget_class, HpResidualsView, failed);
  gtk_widget_class_bind_template_child (widget_class, HpResidualsView, problem);
  gtk_widget_class_bind_template_child (widget_class, HpResidualsView, problem_label);
  gtk_widget_class_bind_template_child (widget_class, HpResidualsView, open_other);
  gtk_widget_class_bind_template_child (widget_class, HpResidualsView, controls);
  gtk_widget_class_bind_template_child (widget_class, HpResidualsView, pane);
  gtk_widget_class_bind_template_callback (widget_class, controls_cb);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_other_cb);
  gtk_widget_class_install_action (widget_class, "residuals.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "residuals.cancel", NULL, cancel);
}

static void
hp_residuals_view_init (HpResidualsView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
}

/**
 * hp_residuals_view_new:
 *
 * Returns: (transfer floating): a view that shows nothing yet
 */
GtkWidget *
hp_residuals_view_new (void)
{
  return g_object_new (HP_TYPE_RESIDUALS_VIEW, NULL);
}

/**
 * hp_residuals_view_set_workbench:
 * @view: a view
 * @workbench: whose versions it shows, and whose form gets the house of a sale
 * @studies: (nullable): of the versions on this computer; %NULL: there are none
 */
void
hp_residuals_view_set_workbench (HpResidualsView *view, HpWorkbench *workbench, HpStudies *studies)
{
  g_return_if_fail (HP_IS_RESIDUALS_VIEW (view) && HP_IS_WORKBENCH (workbench) && view->workbench == NULL);

  view->workbench = g_object_ref (workbench);
  view->studies = studies != NULL ? g_object_ref (studies) : NULL;
  g_signal_connect_object (workbench, "changed", G_CALLBACK (workbench_cb), view, G_CONNECT_SWAPPED);
  workbench_cb (view);
}

/**
 * hp_residuals_view_get_page:
 * @view: a view
 *
 * Returns: (transfer none): the name of what is shown
 */
const char *
hp_residuals_view_get_page (HpResidualsView *view)
{
  g_return_val_if_fail (HP_IS_RESIDUALS_VIEW (view), NULL);

  return gtk_stack_get_visible_child_name (view->pages);
}

/**
 * hp_residuals_view_get_controls:
 * @view: a view
 *
 * Returns: (transfer none): what is asked for
 */
HpStudyControls *
hp_residuals_view_get_controls (HpResidualsView *view)
{
  g_return_val_if_fail (HP_IS_RESIDUALS_VIEW (view), NULL);

  return view->controls;
}

/**
 * hp_residuals_view_get_pane:
 * @view: a view
 *
 * Returns: (transfer none): what is shown
 */
HpStudyPane *
hp_residuals_view_get_pane (HpResidualsView *view)
{
  g_return_val_if_fail (HP_IS_RESIDUALS_VIEW (view), NULL);

  return view->pane;
}

/**
 * hp_residuals_view_get_problem:
 * @view: a view
 *
 * Returns: (transfer none) (nullable): what its bar says is wrong
 */
const char *
hp_residuals_view_get_problem (HpResidualsView *view)
{
  g_return_val_if_fail (HP_IS_RESIDUALS_VIEW (view), NULL);

  return gtk_widget_get_visible (view->problem) ? gtk_label_get_text (view->problem_label) : NULL;
}

/**
 * hp_residuals_view_is_settled:
 * @view: a view
 *
 * Returns: whether nothing is being loaded, and its chart is drawn if it has one
 */
gboolean
hp_residuals_view_is_settled (HpResidualsView *view)
{
  g_return_val_if_fail (HP_IS_RESIDUALS_VIEW (view), FALSE);

  return view->listing == NULL && view->cancellable == NULL
         && (view->study == NULL || hp_study_pane_is_drawn (view->pane));
}

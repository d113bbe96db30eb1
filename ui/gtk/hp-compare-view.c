/* hp-compare-view.c - the Compare view: is one version better than another, where, and for which houses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-compare-report.h"
#include "hp-compare-view.h"
#include "hp-text.h"
#include "hp-weak.h"

/* A wait is shown only when it is one */
#define PATIENCE_MS   300
#define MESSAGE_CHARS 600

struct _HpCompareView
{
  AdwBin parent_instance;

  HpWorkbench *workbench;
  HpStudies *studies;        /* (nullable) */
  HpCompareStudy *study;     /* (nullable) what is shown */
  GCancellable *listing;     /* (nullable) of the list of versions */
  GCancellable *cancellable; /* (nullable) of the comparison that is being made */
  guint patience;            /* source id, 0: not waiting */

  GtkStack *pages;
  AdwStatusPage *too_few, *failed;
  AdwBin *picker_place;
  HpVersionPicker *picker;
  GtkWidget *waiting;
  GtkLabel *problem;
  HpComparePage *figures;
};

G_DEFINE_FINAL_TYPE (HpCompareView, hp_compare_view, ADW_TYPE_BIN)

static void
show_page (HpCompareView *view, const char *name)
{
  gtk_stack_set_visible_child_name (view->pages, name);
}

static void
show_waiting (HpCompareView *view, gboolean waiting)
{
  gtk_widget_set_visible (view->waiting, waiting);
  if (waiting && view->study == NULL)
    show_page (view, "loading");
}

static gboolean
patience_cb (gpointer data)
{
  HpCompareView *view = data;

  view->patience = 0;
  show_waiting (view, TRUE);
  return G_SOURCE_REMOVE;
}

static void
stop_waiting (HpCompareView *view)
{
  hp_weak_cancel (&view->cancellable);
  g_clear_handle_id (&view->patience, g_source_remove);
  show_waiting (view, FALSE);
}

static void
set_problem (HpCompareView *view, const char *message)
{
  g_autofree char *shown = message != NULL ? hp_text_printable (message, -1, MESSAGE_CHARS) : NULL;
  g_autofree char *escaped = shown != NULL ? g_markup_escape_text (shown, -1) : NULL;

  gtk_label_set_text (view->problem, shown != NULL ? shown : "");
  gtk_widget_set_visible (GTK_WIDGET (view->problem), shown != NULL);
  adw_status_page_set_description (view->failed, escaped != NULL ? escaped : "");
}

static void
show_too_few (HpCompareView *view, guint n)
{
  adw_status_page_set_description (
    view->too_few, n == 0 ? _ ("Two versions are compared on the same sales. Train a model on this computer first.")
                          : _ ("There is one version on this computer. Train another one to see which is better: "
                               "“house-price train” in a terminal, with other data or settings."));
  show_page (view, "too-few");
}

typedef struct
{
  gpointer weak;
  GCancellable *cancellable; /* tells the newest from those that it overtook */
} Loading;

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Loading *loading = data;
  g_autoptr (HpCompareView) view = hp_weak_take (loading->weak);
  g_autoptr (GCancellable) cancellable = loading->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (HpCompareStudy) study = hp_compare_study_new_finish (result, &error);

  if (view == NULL || view->cancellable != cancellable)
    return;
  stop_waiting (view);
  if (study == NULL)
    {
      set_problem (view, error->message);
      show_page (view, view->study != NULL ? "comparison" : "failed");
      return;
    }
  set_problem (view, NULL);
  hp_compare_page_set_study (view->figures, study);
  g_clear_pointer (&view->study, hp_compare_study_unref);
  view->study = g_steal_pointer (&study);
  show_page (view, "comparison");
}

/* The versions that are chosen */
static void
compare (HpCompareView *view)
{
  g_auto (GStrv) versions = hp_version_picker_get_chosen (view->picker);
  Loading *loading;

  stop_waiting (view);
  if (versions[0] == NULL)
    return;
  view->cancellable = g_cancellable_new ();
  view->patience = g_timeout_add (PATIENCE_MS, patience_cb, view);
  loading = g_new (Loading, 1);
  *loading = (Loading){ hp_weak_new (view), g_object_ref (view->cancellable) };
  hp_compare_study_new_async (view->studies, (const char *const *) versions, view->cancellable, compared_cb, loading);
}

static void
ask_prices (HpCompareView *view)
{
  g_auto (GStrv) versions = hp_version_picker_get_chosen (view->picker);

  hp_house_prices_ask (hp_compare_page_get_prices (view->figures), (const char *const *) versions);
}

static void
picked_cb (HpCompareView *view)
{
  compare (view);
  ask_prices (view);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HpCompareView) view = hp_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions = hp_studies_list_finish (HP_STUDIES (source), result, &error);

  if (view == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&view->listing);
  if (versions == NULL)
    {
      set_problem (view, error->message);
      show_page (view, "failed");
    }
  else if (versions->len < 2)
    {
      stop_waiting (view);
      show_too_few (view, versions->len);
    }
  else
    {
      hp_version_picker_set_versions (view->picker, versions);
      /* Others than before are being compared already */
      if (view->study == NULL && view->cancellable == NULL)
        compare (view);
      else if (view->study != NULL)
        show_page (view, "comparison");
      ask_prices (view);
    }
}

/* Versions may have come or gone since the view was looked at, and the house may be another one */
static void
refresh (HpCompareView *view)
{
  if (view->studies == NULL)
    {
      show_too_few (view, 0);
      return;
    }
  if (view->listing != NULL)
    return;
  view->listing = g_cancellable_new ();
  hp_studies_list_async (view->studies, view->listing, listed_cb, hp_weak_new (view));
}

static void
workbench_cb (HpCompareView *view)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (view)))
    refresh (view);
}

static void
hp_compare_view_map (GtkWidget *widget)
{
  HpCompareView *view = HP_COMPARE_VIEW (widget);

  GTK_WIDGET_CLASS (hp_compare_view_parent_class)->map (widget);
  if (view->workbench != NULL)
    refresh (view);
}

static void
cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HpCompareView *view = HP_COMPARE_VIEW (widget);

  stop_waiting (view);
  if (view->study == NULL)
    {
      set_problem (view, _ ("Cancelled"));
      show_page (view, "failed");
    }
}

static void
write_report (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HpCompareView *view = HP_COMPARE_VIEW (widget);

  if (view->study != NULL)
    hp_compare_report_ask (widget, view->study, hp_studies_get_registry (view->studies));
}

static void
refresh_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  refresh (HP_COMPARE_VIEW (widget));
}

static void
hp_compare_view_dispose (GObject *object)
{
  HpCompareView *view = HP_COMPARE_VIEW (object);

  hp_weak_cancel (&view->listing);
  hp_weak_cancel (&view->cancellable);
  g_clear_handle_id (&view->patience, g_source_remove);
  g_clear_pointer (&view->study, hp_compare_study_unref);
  g_clear_object (&view->studies);
  g_clear_object (&view->workbench);
  /* Before the template goes, or the bin would let go of a child that is no more */
  adw_bin_set_child (ADW_BIN (view), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (view), HP_TYPE_COMPARE_VIEW);
  G_OBJECT_CLASS (hp_compare_view_parent_class)->dispose (object);
}

static void
hp_compare_view_class_init (HpCompareViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hp_compare_view_dispose;
  widget_class->map = hp_compare_view_map;
  g_type_ensure (HP_TYPE_COMPARE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/housepricepredictor/HousePrice/hp-compare-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HpCompareView, pages);
  gtk_widget_class_bind_template_child (widget_class, HpCompareView, waiting);
  gtk_widget_class_bind_template_child (widget_class, HpCompareView, too_few);
  gtk_widget_class_bind_template_child (widget_class, HpCompareView, failed);
  gtk_widget_class_bind_template_child (widget_class, HpCompareView, picker_place);
  gtk_widget_class_bind_template_child (widget_class, HpCompareView, problem);
  gtk_widget_class_bind_template_child (widget_class, HpCompareView, figures);
  gtk_widget_class_install_action (widget_class, "compare.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "compare.cancel", NULL, cancel);
  gtk_widget_class_install_action (widget_class, "compare.write-report", NULL, write_report);
}

static void
hp_compare_view_init (HpCompareView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
  view->picker = HP_VERSION_PICKER (hp_version_picker_new (2, HP_COMPARISON_MAX));
  adw_bin_set_child (view->picker_place, GTK_WIDGET (view->picker));
  g_signal_connect_object (view->picker, "changed", G_CALLBACK (picked_cb), view, G_CONNECT_SWAPPED);
}

/**
 * hp_compare_view_new:
 *
 * Returns: (transfer floating): a view that shows nothing yet
 */
GtkWidget *
hp_compare_view_new (void)
{
  return g_object_new (HP_TYPE_COMPARE_VIEW, NULL);
}

/**
 * hp_compare_view_set_workbench:
 * @view: a view
 * @workbench: whose house is priced by each version
 * @studies: (nullable): of the versions on this computer; %NULL: there are none
 */
void
hp_compare_view_set_workbench (HpCompareView *view, HpWorkbench *workbench, HpStudies *studies)
{
  g_return_if_fail (HP_IS_COMPARE_VIEW (view) && HP_IS_WORKBENCH (workbench) && view->workbench == NULL);

  view->workbench = g_object_ref (workbench);
  if (studies != NULL)
    {
      view->studies = g_object_ref (studies);
      hp_house_prices_set (hp_compare_page_get_prices (view->figures), hp_studies_get_registry (studies),
                           hp_workbench_get_form (workbench));
    }
  g_signal_connect_object (workbench, "changed", G_CALLBACK (workbench_cb), view, G_CONNECT_SWAPPED);
  workbench_cb (view);
}

/**
 * hp_compare_view_get_page:
 * @view: a view
 *
 * Returns: (transfer none): the name of what is shown
 */
const char *
hp_compare_view_get_page (HpCompareView *view)
{
  g_return_val_if_fail (HP_IS_COMPARE_VIEW (view), NULL);

  return gtk_stack_get_visible_child_name (view->pages);
}

/**
 * hp_compare_view_get_picker:
 * @view: a view
 *
 * Returns: (transfer none): where versions are chosen
 */
HpVersionPicker *
hp_compare_view_get_picker (HpCompareView *view)
{
  g_return_val_if_fail (HP_IS_COMPARE_VIEW (view), NULL);

  return view->picker;
}

/**
 * hp_compare_view_get_figures:
 * @view: a view
 *
 * Returns: (transfer none): the comparison that is shown
 */
HpComparePage *
hp_compare_view_get_figures (HpCompareView *view)
{
  g_return_val_if_fail (HP_IS_COMPARE_VIEW (view), NULL);

  return view->figures;
}

/**
 * hp_compare_view_get_prices:
 * @view: a view
 *
 * Returns: (transfer none): the form's house by version
 */
HpHousePrices *
hp_compare_view_get_prices (HpCompareView *view)
{
  g_return_val_if_fail (HP_IS_COMPARE_VIEW (view), NULL);

  return hp_compare_page_get_prices (view->figures);
}

/**
 * hp_compare_view_is_settled:
 * @view: a view
 *
 * Returns: whether nothing is being loaded
 */
gboolean
hp_compare_view_is_settled (HpCompareView *view)
{
  g_return_val_if_fail (HP_IS_COMPARE_VIEW (view), FALSE);

  return view->listing == NULL && view->cancellable == NULL && hp_compare_page_is_filled (view->figures)
         && !hp_house_prices_is_waiting (hp_compare_page_get_prices (view->figures));
}

/* hp-first-start.c - what there is to do where no model is: one button that trains one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-display.h"
#include "hp-first-start.h"
#include "hp-text.h"

#define MESSAGE_CHARS 1000

struct _HpFirstStart
{
  AdwBin parent_instance;

  HpWorkbench *workbench;
  HpTraining *training;      /* (nullable) while one is under way */
  GCancellable *cancellable; /* of it */

  AdwStatusPage *page;
  GtkStack *steps;
  GtkButton *train;
  GtkWidget *failure_box;
  GtkLabel *failure;
  GtkProgressBar *progress;
  GtkLabel *stage;
  GtkLabel *left;
  GtkWidget *cancel;
};

G_DEFINE_FINAL_TYPE (HpFirstStart, hp_first_start, ADW_TYPE_BIN)

static void
progress_cb (HpFirstStart *page)
{
  double left = hp_training_get_left (page->training);
  const char *stage = hp_training_get_stage (page->training);
  g_autofree char *duration = hp_display_duration (isfinite (left) ? MAX (left, 0) : 0);
  g_autofree char *remaining = g_strdup_printf (_ ("%s left"), duration);

  gtk_progress_bar_set_fraction (page->progress, hp_training_get_fraction (page->training));
  gtk_label_set_text (page->stage, stage != NULL && *stage != '\0' ? stage : _ ("Starting"));
  gtk_label_set_text (page->left, isfinite (left) ? remaining : "");
}

static void
set_failure (HpFirstStart *page, const char *message)
{
  g_autofree char *shown = message != NULL ? hp_text_printable (message, -1, MESSAGE_CHARS) : NULL;

  gtk_label_set_text (page->failure, shown != NULL ? shown : "");
  gtk_widget_set_visible (page->failure_box, message != NULL);
  gtk_button_set_label (page->train, message != NULL ? _ ("Try Again") : _ ("Train on the Shipped Sales"));
}

static void
trained_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GWeakRef *weak = data;
  g_autoptr (HpFirstStart) page = g_weak_ref_get (weak);
  g_autoptr (GError) error = NULL;
  gboolean trained = hp_training_run_finish (HP_TRAINING (source), result, &error);

  g_weak_ref_clear (weak);
  g_free (weak);
  if (page == NULL || page->workbench == NULL) /* the window was closed meanwhile */
    return;
  g_clear_object (&page->training);
  g_clear_object (&page->cancellable);
  gtk_stack_set_visible_child_name (page->steps, "offer");
  if (trained)
    hp_workbench_reload (page->workbench);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_failure (page, error->message);
  if (!trained)
    gtk_widget_grab_focus (GTK_WIDGET (page->train));
}

static void
train_cb (HpFirstStart *page)
{
  GWeakRef *weak;

  if (page->training != NULL)
    return;
  set_failure (page, NULL);
  page->training = hp_workbench_new_training (page->workbench);
  page->cancellable = g_cancellable_new ();
  g_signal_connect_object (page->training, "progress", G_CALLBACK (progress_cb), page, G_CONNECT_SWAPPED);
  progress_cb (page);
  gtk_stack_set_visible_child_name (page->steps, "training");
  gtk_widget_grab_focus (page->cancel);
  weak = g_new (GWeakRef, 1);
  g_weak_ref_init (weak, page);
  hp_training_run_async (page->training, page->cancellable, trained_cb, weak);
}

static void
cancel_cb (HpFirstStart *page)
{
  if (page->cancellable != NULL)
    g_cancellable_cancel (page->cancellable);
}

/* The server that is configured comes first: who waits for it should know that it is the trouble */
static void
update (HpFirstStart *page)
{
  HpValuerState state = hp_auto_valuer_get_state (hp_workbench_get_valuer (page->workbench));

  adw_status_page_set_description (
    page->page,
    state == HP_VALUER_LOCAL
      ? _ (
        "There is no model on this computer yet. Train one on 2,930 real sales from Ames, Iowa: it takes less than a "
        "minute, and a price follows.")
      : _ ("The server does not answer, and there is no model on this computer yet. Train one on 2,930 real sales from "
           "Ames, Iowa: it takes less than a minute, and a price follows."));
}

static gboolean
hp_first_start_grab_focus (GtkWidget *widget)
{
  HpFirstStart *page = HP_FIRST_START (widget);

  return gtk_widget_grab_focus (page->training != NULL ? page->cancel : GTK_WIDGET (page->train));
}

static void
hp_first_start_dispose (GObject *object)
{
  HpFirstStart *page = HP_FIRST_START (object);

  cancel_cb (page);
  g_clear_object (&page->training);
  g_clear_object (&page->cancellable);
  g_clear_object (&page->workbench);
  /* Before the template goes, or the bin would let go of a child that is no more */
  adw_bin_set_child (ADW_BIN (page), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (page), HP_TYPE_FIRST_START);
  G_OBJECT_CLASS (hp_first_start_parent_class)->dispose (object);
}

static void
hp_first_start_class_init (HpFirstStartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hp_first_start_dispose;
  widget_class->grab_focus = hp_first_start_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/housepricepredictor/HousePrice/hp-first-start.ui");
  gtk_widget_class_bind_template_child (widget_class, HpFirstStart, page);
  gtk_widget_class_bind_template_child (widget_class, HpFirstStart, steps);
  gtk_widget_class_bind_template_child (widget_class, HpFirstStart, train);
  gtk_widget_class_bind_template_child (widget_class, HpFirstStart, failure_box);
  gtk_widget_class_bind_template_child (widget_class, HpFirstStart, failure);
  gtk_widget_class_bind_template_child (widget_class, HpFirstStart, progress);
  gtk_widget_class_bind_template_child (widget_class, HpFirstStart, stage);
  gtk_widget_class_bind_template_child (widget_class, HpFirstStart, left);
  gtk_widget_class_bind_template_child (widget_class, HpFirstStart, cancel);
  gtk_widget_class_bind_template_callback (widget_class, train_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
hp_first_start_init (HpFirstStart *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

/**
 * hp_first_start_new:
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
hp_first_start_new (void)
{
  return g_object_new (HP_TYPE_FIRST_START, NULL);
}

/**
 * hp_first_start_set_workbench:
 * @page: a page
 * @workbench: what it trains a model for
 */
void
hp_first_start_set_workbench (HpFirstStart *page, HpWorkbench *workbench)
{
  g_return_if_fail (HP_IS_FIRST_START (page) && HP_IS_WORKBENCH (workbench) && page->workbench == NULL);

  page->workbench = g_object_ref (workbench);
  g_signal_connect_object (workbench, "changed", G_CALLBACK (update), page, G_CONNECT_SWAPPED);
  update (page);
}

/**
 * hp_first_start_is_training:
 * @page: a page
 *
 * Returns: whether a training is under way
 */
gboolean
hp_first_start_is_training (HpFirstStart *page)
{
  g_return_val_if_fail (HP_IS_FIRST_START (page), FALSE);

  return page->training != NULL;
}

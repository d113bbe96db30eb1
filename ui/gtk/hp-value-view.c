/* hp-value-view.c - the Value view: a house's form and its price; where no model is, the way to one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-comparables-view.h"
#include "hp-error.h"
#include "hp-first-start.h"
#include "hp-pair.h"
#include "hp-reasons-view.h"
#include "hp-style.h"
#include "hp-text.h"
#include "hp-value-view.h"
#include "hp-what-if-view.h"

/* A wait is shown only when it is one */
#define PATIENCE_MS   300
#define MESSAGE_CHARS 1000

struct _HpValueView
{
  AdwBin parent_instance;

  HpWorkbench *workbench;
  guint patience; /* source id, 0: not waiting */

  GtkStack *pages;
  GtkSpinner *spinner;
  HpFirstStart *first_start;
  AdwStatusPage *failed;
  GtkWidget *retry;
  HpFormView *form_view;
  HpPriceView *price_view;
  HpReasonsView *reasons;
  HpComparablesView *comparables;
  HpWhatIfView *what_if_view;
  HpWhatIf *what_if;
  const HpValuation *shown; /* (nullable) whose evidence stands there: only ever compared, it may be gone */
};

G_DEFINE_FINAL_TYPE (HpValueView, hp_value_view, ADW_TYPE_BIN)

/* Returns whether it is another page than before, which then wants the focus */
static gboolean
show_page (HpValueView *view, const char *name)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (view->pages), name) == 0)
    return FALSE;
  gtk_stack_set_visible_child_name (view->pages, name);
  gtk_spinner_set_spinning (view->spinner, g_str_equal (name, "loading"));
  return TRUE;
}

static gboolean
patience_cb (gpointer data)
{
  HpValueView *view = data;

  view->patience = 0;
  show_page (view, "loading");
  return G_SOURCE_REMOVE;
}

static void
show_loading (HpValueView *view)
{
  if (view->patience == 0)
    view->patience = g_timeout_add (PATIENCE_MS, patience_cb, view);
}

static void
show_failed (HpValueView *view)
{
  const GError *error = hp_workbench_get_error (view->workbench);
  g_autofree char *shown = hp_text_printable (error->message, -1, MESSAGE_CHARS);
  g_autofree char *escaped = g_markup_escape_text (shown, -1);

  adw_status_page_set_description (view->failed, escaped);
  if (show_page (view, "failed"))
    gtk_widget_grab_focus (view->retry);
}

static void
workbench_changed_cb (HpValueView *view)
{
  HpWorkbenchState state = hp_workbench_get_state (view->workbench);

  if (state != HP_WORKBENCH_LOADING)
    g_clear_handle_id (&view->patience, g_source_remove);
  switch (state)
    {
    case HP_WORKBENCH_LOADING:
      show_loading (view);
      break;
    case HP_WORKBENCH_NO_MODEL:
      if (show_page (view, "first-start"))
        gtk_widget_grab_focus (GTK_WIDGET (view->first_start));
      break;
    case HP_WORKBENCH_FAILED:
      show_failed (view);
      break;
    case HP_WORKBENCH_READY:
      if (!hp_first_start_is_training (view->first_start) && show_page (view, "house"))
        hp_form_view_start (view->form_view);
      break;
    }
}

/* For a house without a price the evidence of the one before it stays, faint: it comes back with the next key stroke */
static void
show_staleness (HpValueView *view)
{
  HpForm *form = hp_workbench_get_form (view->workbench);
  gboolean stale
    = !hp_form_is_valid (form) || hp_live_valuation_get_error (hp_workbench_get_live (view->workbench)) != NULL;

  /* each by itself: the chart knows a reason of its own, and fainter than faint can't be seen */
  hp_style_set_class (GTK_WIDGET (view->reasons), "stale", stale);
  hp_style_set_class (GTK_WIDGET (view->comparables), "stale", stale);
  hp_what_if_view_set_stale (view->what_if_view, stale);
}

/* Reasons of the price that stands there, and sales like it */
static void
fill_evidence (HpValueView *view)
{
  HpDescription *description = hp_form_get_description (hp_workbench_get_form (view->workbench));

  view->shown = hp_live_valuation_get_valuation (hp_workbench_get_live (view->workbench));
  hp_reasons_view_set (view->reasons, description, view->shown);
  hp_comparables_view_set (view->comparables, description, view->shown);
}

static void
form_changed_cb (HpValueView *view)
{
  hp_price_view_set_valid (view->price_view, hp_form_is_valid (hp_workbench_get_form (view->workbench)));
  show_staleness (view);
}

/* The same evidence under other labels */
static void
form_described_cb (HpValueView *view)
{
  form_changed_cb (view);
  fill_evidence (view);
}

/* The curve is of the field that somebody is at */
static void
attended_cb (HpValueView *view, const char *name)
{
  hp_what_if_set_field (view->what_if, name);
}

/* What is wrong with one field is said there */
static void
live_changed_cb (HpValueView *view)
{
  HpLiveValuation *live = hp_workbench_get_live (view->workbench);
  const GError *error = hp_live_valuation_get_error (live);

  show_staleness (view);
  /* It tells of each valuation, and has the next one before it lets one go: another one is at another address */
  if (hp_live_valuation_get_valuation (live) != view->shown)
    fill_evidence (view);
  if (g_error_matches (error, HP_ERROR, HP_ERROR_BAD_ATTRIBUTE))
    hp_form_view_set_refusal (view->form_view, hp_error_get_field (error), error->message);
  else
    hp_form_view_set_refusal (view->form_view, NULL, NULL);
}

static void
hp_value_view_dispose (GObject *object)
{
  HpValueView *view = HP_VALUE_VIEW (object);

  g_clear_handle_id (&view->patience, g_source_remove);
  g_clear_object (&view->what_if);
  g_clear_object (&view->workbench);
  /* Before the template goes, or the bin would let go of a child that is no more */
  adw_bin_set_child (ADW_BIN (view), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (view), HP_TYPE_VALUE_VIEW);
  G_OBJECT_CLASS (hp_value_view_parent_class)->dispose (object);
}

static void
hp_value_view_class_init (HpValueViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hp_value_view_dispose;
  g_type_ensure (HP_TYPE_COMPARABLES_VIEW);
  g_type_ensure (HP_TYPE_FIRST_START);
  g_type_ensure (HP_TYPE_FORM_VIEW);
  g_type_ensure (HP_TYPE_PAIR);
  g_type_ensure (HP_TYPE_PRICE_VIEW);
  g_type_ensure (HP_TYPE_REASONS_VIEW);
  g_type_ensure (HP_TYPE_WHAT_IF_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/housepricepredictor/HousePrice/hp-value-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HpValueView, pages);
  gtk_widget_class_bind_template_child (widget_class, HpValueView, spinner);
  gtk_widget_class_bind_template_child (widget_class, HpValueView, first_start);
  gtk_widget_class_bind_template_child (widget_class, HpValueView, failed);
  gtk_widget_class_bind_template_child (widget_class, HpValueView, retry);
  gtk_widget_class_bind_template_child (widget_class, HpValueView, form_view);
  gtk_widget_class_bind_template_child (widget_class, HpValueView, price_view);
  gtk_widget_class_bind_template_child (widget_class, HpValueView, reasons);
  gtk_widget_class_bind_template_child (widget_class, HpValueView, comparables);
  gtk_widget_class_bind_template_child (widget_class, HpValueView, what_if_view);
}

static void
hp_value_view_init (HpValueView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
}

/**
 * hp_value_view_new:
 *
 * Returns: (transfer floating): a view that shows nothing yet
 */
GtkWidget *
hp_value_view_new (void)
{
  return g_object_new (HP_TYPE_VALUE_VIEW, NULL);
}

/**
 * hp_value_view_set_workbench:
 * @view: a view
 * @workbench: what it shows
 */
void
hp_value_view_set_workbench (HpValueView *view, HpWorkbench *workbench)
{
  HpForm *form;
  HpLiveValuation *live;

  g_return_if_fail (HP_IS_VALUE_VIEW (view) && HP_IS_WORKBENCH (workbench) && view->workbench == NULL);

  view->workbench = g_object_ref (workbench);
  form = hp_workbench_get_form (workbench);
  live = hp_workbench_get_live (workbench);
  hp_first_start_set_workbench (view->first_start, workbench);
  hp_form_view_set_form (view->form_view, form);
  hp_price_view_set_live (view->price_view, live);
  view->what_if = hp_what_if_new (workbench, NULL);
  hp_what_if_view_set_what_if (view->what_if_view, view->what_if);
  g_signal_connect_object (view->form_view, "attended", G_CALLBACK (attended_cb), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "changed", G_CALLBACK (form_changed_cb), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "described", G_CALLBACK (form_described_cb), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (live, "changed", G_CALLBACK (live_changed_cb), view, G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench, "changed", G_CALLBACK (workbench_changed_cb), view, G_CONNECT_SWAPPED);
  workbench_changed_cb (view);
}

/**
 * hp_value_view_get_page:
 * @view: a view
 *
 * Returns: (transfer none): the name of what is shown
 */
const char *
hp_value_view_get_page (HpValueView *view)
{
  g_return_val_if_fail (HP_IS_VALUE_VIEW (view), NULL);

  return gtk_stack_get_visible_child_name (view->pages);
}

/**
 * hp_value_view_get_form_view:
 * @view: a view
 *
 * Returns: (transfer none): the form
 */
HpFormView *
hp_value_view_get_form_view (HpValueView *view)
{
  g_return_val_if_fail (HP_IS_VALUE_VIEW (view), NULL);

  return view->form_view;
}

/**
 * hp_value_view_get_price_view:
 * @view: a view
 *
 * Returns: (transfer none): the price
 */
HpPriceView *
hp_value_view_get_price_view (HpValueView *view)
{
  g_return_val_if_fail (HP_IS_VALUE_VIEW (view), NULL);

  return view->price_view;
}

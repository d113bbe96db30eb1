/* hp-window.c - the window: views, the source, and the bar that says when the server is lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-house-text.h"
#include "hp-source-button.h"
#include "hp-text.h"
#include "hp-toast.h"
#include "hp-window.h"

#define VERSION_CHARS 20
/* Below this width a header bar with the source, the menu and three window buttons has no room for a title */
#define NARROW 480

struct _HpWindow
{
  AdwApplicationWindow parent_instance;

  HpWorkbench *workbench;
  GSettings *settings; /* (nullable) */

  gboolean narrow;
  guint retitle; /* source id, 0: none */

  AdwViewSwitcherTitle *switcher;
  HpSourceButton *source;
  GtkWidget *menu_button;
  GtkInfoBar *offline;
  GtkLabel *offline_label;
  AdwViewStack *views;
  HpValueView *value;
  HpCompareView *compare;
  HpResidualsView *residuals;
};

G_DEFINE_FINAL_TYPE (HpWindow, hp_window, ADW_TYPE_APPLICATION_WINDOW)

static void
update_offline (HpWindow *window)
{
  HpValuerState state = hp_auto_valuer_get_state (hp_workbench_get_valuer (window->workbench));
  const char *version = hp_workbench_get_local_version (window->workbench);
  g_autofree char *shown = version != NULL ? hp_text_printable (version, -1, VERSION_CHARS) : NULL;
  g_autofree char *text = NULL;

  if (state == HP_VALUER_OFFLINE)
    {
      text
        = shown != NULL
            ? g_strdup_printf (_ ("The server does not answer: prices are by the model on this computer, version %s."),
                               shown)
            : g_strdup (_ ("The server does not answer, and there is no model on this computer."));
      gtk_label_set_text (window->offline_label, text);
      gtk_widget_set_visible (GTK_WIDGET (window->offline), TRUE);
    }
  /* On its way out the bar keeps its words; bar_moved_cb() hides it then */
  gtk_info_bar_set_revealed (window->offline, state == HP_VALUER_OFFLINE);
}

/* A bar that has slid away is still there for screen readers unless it is hidden, too. */
static void
bar_moved_cb (HpWindow *window, GParamSpec *pspec, GtkRevealer *revealer)
{
  if (!gtk_revealer_get_child_revealed (revealer) && !gtk_info_bar_get_revealed (window->offline))
    gtk_widget_set_visible (GTK_WIDGET (window->offline), FALSE);
}

static void
update_actions (HpWindow *window)
{
  HpPriceView *price_view = hp_value_view_get_price_view (window->value);

  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.copy-price", hp_price_view_get_price (price_view) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.reset",
                                 hp_workbench_get_state (window->workbench) == HP_WORKBENCH_READY);
}

static void
copy_price (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HpWindow *window = HP_WINDOW (widget);
  const char *price = hp_price_view_get_price (hp_value_view_get_price_view (window->value));
  g_autofree char *told = NULL;

  if (price == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), price);
  told = g_strdup_printf (_ ("%s copied"), price);
  hp_toast_show (GTK_WIDGET (window->views), told);
}

static void
reset (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HpWindow *window = HP_WINDOW (widget);
  HpForm *form = hp_workbench_get_form (window->workbench);
  g_autoptr (GVariant) before = g_variant_ref_sink (hp_house_text_keep (form));

  hp_form_reset (form);
  hp_toast_show_undo (GTK_WIDGET (window->views), _ ("House reset"), "win.restore", before);
}

static void
restore (GtkWidget *widget, const char *action, GVariant *house)
{
  hp_house_text_put (hp_workbench_get_form (HP_WINDOW (widget)->workbench), house);
}

/* A sale of a study becomes the house of the form */
static void
open_house (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HpWindow *window = HP_WINDOW (widget);
  HpForm *form = hp_workbench_get_form (window->workbench);
  g_autoptr (GVariant) house = NULL, before = NULL;
  const char *told;

  if (hp_workbench_get_state (window->workbench) != HP_WORKBENCH_READY)
    return;
  g_variant_get (parameter, "(&s@" HP_HOUSE_TEXT_TYPE ")", &told, &house);
  before = g_variant_ref_sink (hp_house_text_keep (form));
  hp_house_text_put (form, house);
  adw_view_stack_set_visible_child_name (window->views, "value");
  hp_toast_show_undo (GTK_WIDGET (window->views), told, "win.restore", before);
}

static void
show_page (GtkWidget *widget, const char *action, GVariant *page)
{
  hp_window_show_page (HP_WINDOW (widget), g_variant_get_string (page, NULL));
}

static void
retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HpWindow *window = HP_WINDOW (widget);

  hp_auto_valuer_retry (hp_workbench_get_valuer (window->workbench));
  if (hp_workbench_get_state (window->workbench) != HP_WORKBENCH_READY)
    hp_workbench_reload (window->workbench);
}

static void
retitle (HpWindow *window)
{
  adw_view_switcher_title_set_title (window->switcher,
                                     window->narrow ? "" : gtk_window_get_title (GTK_WINDOW (window)));
}

static gboolean
retitle_cb (gpointer data)
{
  HpWindow *window = data;

  window->retitle = 0;
  retitle (window);
  return G_SOURCE_REMOVE;
}

/* Rather no title than a cut one; not while sizes are being given out */
static void
hp_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HpWindow *window = HP_WINDOW (widget);

  GTK_WIDGET_CLASS (hp_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (window->narrow == (width < NARROW))
    return;
  window->narrow = width < NARROW;
  if (window->retitle == 0)
    window->retitle = g_idle_add (retitle_cb, window);
}

static void
restore_state (HpWindow *window)
{
  int width = g_settings_get_int (window->settings, "window-width");
  g_autofree char *page = g_settings_get_string (window->settings, "window-page");

  gtk_window_set_default_size (GTK_WINDOW (window), width, g_settings_get_int (window->settings, "window-height"));
  /* Known before the first size is given out: a title would make that larger than it was */
  window->narrow = width < NARROW;
  retitle (window);
  if (g_settings_get_boolean (window->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (window));
  hp_window_show_page (window, page);
}

/* The default size of a window follows what its user makes of it, the maximised state aside */
static gboolean
hp_window_close_request (GtkWindow *gtk_window)
{
  HpWindow *window = HP_WINDOW (gtk_window);
  int width, height;

  if (window->settings != NULL)
    {
      gtk_window_get_default_size (gtk_window, &width, &height);
      g_settings_set_int (window->settings, "window-width", width);
      g_settings_set_int (window->settings, "window-height", height);
      g_settings_set_boolean (window->settings, "window-maximized", gtk_window_is_maximized (gtk_window));
      g_settings_set_string (window->settings, "window-page", hp_window_get_page (window));
    }
  return GTK_WINDOW_CLASS (hp_window_parent_class)->close_request (gtk_window);
}

static void
hp_window_dispose (GObject *object)
{
  HpWindow *window = HP_WINDOW (object);

  g_clear_handle_id (&window->retitle, g_source_remove);
  g_clear_object (&window->workbench);
  g_clear_object (&window->settings);
  gtk_widget_dispose_template (GTK_WIDGET (window), HP_TYPE_WINDOW);
  G_OBJECT_CLASS (hp_window_parent_class)->dispose (object);
}

static void
hp_window_class_init (HpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hp_window_dispose;
  widget_class->size_allocate = hp_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = hp_window_close_request;
  g_type_ensure (HP_TYPE_COMPARE_VIEW);
  g_type_ensure (HP_TYPE_RESIDUALS_VIEW);
  g_type_ensure (HP_TYPE_SOURCE_BUTTON);
  g_type_ensure (HP_TYPE_VALUE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/housepricepredictor/HousePrice/hp-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HpWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, HpWindow, source);
  gtk_widget_class_bind_template_child (widget_class, HpWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, HpWindow, offline);
  gtk_widget_class_bind_template_child (widget_class, HpWindow, offline_label);
  gtk_widget_class_bind_template_child (widget_class, HpWindow, views);
  gtk_widget_class_bind_template_child (widget_class, HpWindow, value);
  gtk_widget_class_bind_template_child (widget_class, HpWindow, compare);
  gtk_widget_class_bind_template_child (widget_class, HpWindow, residuals);
  gtk_widget_class_install_action (widget_class, "win.copy-price", NULL, copy_price);
  gtk_widget_class_install_action (widget_class, "win.reset", NULL, reset);
  gtk_widget_class_install_action (widget_class, "win.restore", HP_HOUSE_TEXT_TYPE, restore);
  gtk_widget_class_install_action (widget_class, "win.open-house", "(s" HP_HOUSE_TEXT_TYPE ")", open_house);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry);
}

static void
hp_window_init (HpWindow *window)
{
  GtkWidget *revealer;

  gtk_widget_init_template (GTK_WIDGET (window));
  revealer = gtk_widget_get_first_child (GTK_WIDGET (window->offline));
  g_signal_connect_object (revealer, "notify::child-revealed", G_CALLBACK (bar_moved_cb), window, G_CONNECT_SWAPPED);
}

/**
 * hp_window_new:
 * @application: the application
 * @workbench: what the window works on; it is started here
 * @settings: (nullable): where the window's size is remembered
 *
 * Returns: (transfer none): a window
 */
GtkWidget *
hp_window_new (GtkApplication *application, HpWorkbench *workbench, GSettings *settings)
{
  HpWindow *window = g_object_new (HP_TYPE_WINDOW, "application", application, NULL);
  HpPriceView *price_view = hp_value_view_get_price_view (window->value);
  HpRegistry *registry = hp_workbench_get_registry (workbench);
  g_autoptr (HpStudies) studies = registry != NULL ? hp_studies_new (registry) : NULL;

  window->workbench = g_object_ref (workbench);
  if (settings != NULL)
    {
      window->settings = g_object_ref (settings);
      restore_state (window);
    }
  hp_source_button_set_workbench (window->source, workbench);
  hp_value_view_set_workbench (window->value, workbench);
  hp_compare_view_set_workbench (window->compare, workbench, studies);
  hp_residuals_view_set_workbench (window->residuals, workbench, studies);
  g_signal_connect_object (price_view, "notify::price", G_CALLBACK (update_actions), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench, "changed", G_CALLBACK (update_actions), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (workbench, "changed", G_CALLBACK (update_offline), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (hp_workbench_get_valuer (workbench), "notify::state", G_CALLBACK (update_offline), window,
                           G_CONNECT_SWAPPED);
  update_actions (window);
  update_offline (window);
  hp_workbench_start (workbench);
  return GTK_WIDGET (window);
}

/**
 * hp_window_get_workbench:
 * @window: a window
 *
 * Returns: (transfer none): what it works on
 */
HpWorkbench *
hp_window_get_workbench (HpWindow *window)
{
  g_return_val_if_fail (HP_IS_WINDOW (window), NULL);

  return window->workbench;
}

/**
 * hp_window_get_value_view:
 * @window: a window
 *
 * Returns: (transfer none): its Value view
 */
HpValueView *
hp_window_get_value_view (HpWindow *window)
{
  g_return_val_if_fail (HP_IS_WINDOW (window), NULL);

  return window->value;
}

/**
 * hp_window_get_warns:
 * @window: a window
 *
 * Returns: whether it says that the server is lost
 */
gboolean
hp_window_get_warns (HpWindow *window)
{
  g_return_val_if_fail (HP_IS_WINDOW (window), FALSE);

  return gtk_info_bar_get_revealed (window->offline);
}

/**
 * hp_window_show_page:
 * @window: a window
 * @page: "value", "compare" or "residuals"; any other is ignored
 */
void
hp_window_show_page (HpWindow *window, const char *page)
{
  g_return_if_fail (HP_IS_WINDOW (window) && page != NULL);

  if (adw_view_stack_get_child_by_name (window->views, page) != NULL)
    adw_view_stack_set_visible_child_name (window->views, page);
}

/**
 * hp_window_get_page:
 * @window: a window
 *
 * Returns: (transfer none): the name of the page that is shown
 */
const char *
hp_window_get_page (HpWindow *window)
{
  g_return_val_if_fail (HP_IS_WINDOW (window), NULL);

  return adw_view_stack_get_visible_child_name (window->views);
}

/**
 * hp_window_get_compare_view:
 * @window: a window
 *
 * Returns: (transfer none): its Compare view
 */
HpCompareView *
hp_window_get_compare_view (HpWindow *window)
{
  g_return_val_if_fail (HP_IS_WINDOW (window), NULL);

  return window->compare;
}

/**
 * hp_window_get_residuals_view:
 * @window: a window
 *
 * Returns: (transfer none): its Residuals view
 */
HpResidualsView *
hp_window_get_residuals_view (HpWindow *window)
{
  g_return_val_if_fail (HP_IS_WINDOW (window), NULL);

  return window->residuals;
}

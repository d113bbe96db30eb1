/* hp-chart-view.c - a chart with its menu: copy, export
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-chart-export.h"
#include "hp-chart-view.h"

struct _HpChartView
{
  AdwBin parent_instance;

  HpChartArea *area;
  GtkWidget *menu_button;
  GtkWidget *popover; /* of the secondary button */
};

G_DEFINE_FINAL_TYPE (HpChartView, hp_chart_view, ADW_TYPE_BIN)

static void
copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HpSharedChart *chart = hp_chart_area_get_chart (HP_CHART_VIEW (widget)->area);

  if (chart != NULL)
    hp_chart_copy (widget, chart);
}

static void export(GtkWidget *widget, const char *action, GVariant *parameter)
{
  HpSharedChart *chart = hp_chart_area_get_chart (HP_CHART_VIEW (widget)->area);

  if (chart != NULL)
    hp_chart_export_ask (widget, chart, g_variant_get_string (parameter, NULL));
}

static gboolean
menu_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  HpChartView *view = HP_CHART_VIEW (widget);

  gtk_popover_set_pointing_to (GTK_POPOVER (view->popover), NULL);
  gtk_popover_popup (GTK_POPOVER (view->popover));
  return GDK_EVENT_STOP;
}

static void
secondary_cb (HpChartView *view, int n_presses, double x, double y)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (view->popover), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (view->popover));
}

static void
hp_chart_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (hp_chart_view_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_popover_present (GTK_POPOVER (HP_CHART_VIEW (widget)->popover));
}

static void
hp_chart_view_dispose (GObject *object)
{
  HpChartView *view = HP_CHART_VIEW (object);

  g_clear_pointer (&view->popover, gtk_widget_unparent);
  G_OBJECT_CLASS (hp_chart_view_parent_class)->dispose (object);
}

static void
hp_chart_view_class_init (HpChartViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hp_chart_view_dispose;
  widget_class->size_allocate = hp_chart_view_size_allocate;
  gtk_widget_class_install_action (widget_class, "chart.copy", NULL, copy);
  gtk_widget_class_install_action (widget_class, "chart.export", "s", export);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_cb, NULL);
}

static GMenuModel *
make_menu (void)
{
  static const struct
  {
    const char *label, *action;
  } items[] = { { N_ ("Export as S_VG…"), "chart.export::svg" },
                { N_ ("Export as _PNG…"), "chart.export::png" },
                { N_ ("Export as P_DF…"), "chart.export::pdf" } };
  g_autoptr (GMenu) exports = g_menu_new ();
  GMenu *menu = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    g_menu_append (exports, _ (items[i].label), items[i].action);
  g_menu_append (menu, _ ("_Copy Picture"), "chart.copy");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (exports));
  return G_MENU_MODEL (menu);
}

static void
hp_chart_view_init (HpChartView *view)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();
  g_autoptr (GMenuModel) menu = make_menu ();

  view->area = HP_CHART_AREA (hp_chart_area_new ());
  view->menu_button
    = g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "view-more-symbolic", "menu-model", menu, "halign",
                    GTK_ALIGN_END, "valign", GTK_ALIGN_START, "tooltip-text", _ ("Copy or Export the Chart"), NULL);
  gtk_widget_add_css_class (view->menu_button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Copy or Export the Chart"), -1);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (view->area));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), view->menu_button);
  adw_bin_set_child (ADW_BIN (view), overlay);

  view->popover = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (view->popover), FALSE);
  gtk_widget_set_halign (view->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (view->popover, GTK_WIDGET (view));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (secondary, "pressed", G_CALLBACK (secondary_cb), view);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (secondary));
}

/**
 * hp_chart_view_new:
 *
 * Returns: (transfer floating): a view without a chart
 */
GtkWidget *
hp_chart_view_new (void)
{
  return g_object_new (HP_TYPE_CHART_VIEW, NULL);
}

/**
 * hp_chart_view_set_chart:
 * @view: a view
 * @chart: (nullable): what it shows
 */
void
hp_chart_view_set_chart (HpChartView *view, HpSharedChart *chart)
{
  g_return_if_fail (HP_IS_CHART_VIEW (view));

  hp_chart_area_set_chart (view->area, chart);
  gtk_widget_action_set_enabled (GTK_WIDGET (view), "chart.copy", chart != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (view), "chart.export", chart != NULL);
}

/**
 * hp_chart_view_get_area:
 * @view: a view
 *
 * Returns: (transfer none): where it is drawn, looked at, selected in
 */
HpChartArea *
hp_chart_view_get_area (HpChartView *view)
{
  g_return_val_if_fail (HP_IS_CHART_VIEW (view), NULL);

  return view->area;
}

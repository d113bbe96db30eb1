/* hp-chart-area-input.c - a chart's keys and pointers: which sale is looked at, which is selected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-chart-area-private.h"

/* As near as a pointer must come */
#define REACH 12

static guint64
pick (HpChartArea *area, double x, double y)
{
  HpPlot *plot = _hp_chart_area_get_plot (area);
  guint64 row;

  return plot != NULL && hp_plot_pick (plot, x, y, REACH, &row) ? row : 0;
}

static void
motion_cb (HpChartArea *area, double x, double y)
{
  _hp_chart_area_hover (area, pick (area, x, y));
}

static void
leave_cb (HpChartArea *area)
{
  _hp_chart_area_hover (area, 0);
}

static void
pressed_cb (HpChartArea *area, int n_presses, double x, double y)
{
  guint64 row = pick (area, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (area));
  hp_chart_area_select (area, row);
  if (n_presses == 2 && row != 0)
    _hp_chart_area_activate (area, row);
}

static void
move_to (HpChartArea *area, int index)
{
  GArray *places = area->chart->places;

  area->hovered = 0;
  hp_chart_area_select (area,
                        g_array_index (places, HpChartPlace, (guint) CLAMP (index, 0, (int) places->len - 1)).row);
}

static gboolean
key_cb (HpChartArea *area, guint key, guint code, GdkModifierType state)
{
  int n = area->chart != NULL ? (int) area->chart->places->len : 0;
  int at = n > 0 && area->selected != 0 ? hp_shared_chart_find (area->chart, area->selected) : -1;

  if (n == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Up:
      move_to (area, at < 0 ? 0 : at - 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_Down:
      move_to (area, at + 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
      move_to (area, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
      move_to (area, n - 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (at < 0)
        return GDK_EVENT_PROPAGATE;
      _hp_chart_area_activate (area, area->selected);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (area->selected == 0)
        return GDK_EVENT_PROPAGATE;
      hp_chart_area_select (area, 0);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

void
_hp_chart_area_add_controllers (HpChartArea *area)
{
  GtkWidget *widget = GTK_WIDGET (area);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *pointer = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), area);
  g_signal_connect_swapped (pointer, "enter", G_CALLBACK (motion_cb), area);
  g_signal_connect_swapped (pointer, "motion", G_CALLBACK (motion_cb), area);
  g_signal_connect_swapped (pointer, "leave", G_CALLBACK (leave_cb), area);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), area);
  gtk_widget_add_controller (widget, keys);
  gtk_widget_add_controller (widget, pointer);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
}

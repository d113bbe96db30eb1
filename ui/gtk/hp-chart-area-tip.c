/* hp-chart-area-tip.c - what a chart says of the sale that is looked at: a box beside it, and words for those who
 * listen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-chart-area-private.h"

#define GAP       12 /* between a sale and its box */
#define MAX_CHARS 44

guint64
_hp_chart_area_shown_row (HpChartArea *area)
{
  return area->hovered != 0 ? area->hovered : area->selected;
}

/* To the side of the point that has more room, never over it */
void
_hp_chart_area_place_tip (HpChartArea *area, int width, int height)
{
  GtkRequisition size;
  double x, y;
  int left, top;

  gtk_widget_get_preferred_size (area->tip, NULL, &size);
  if (!hp_chart_area_locate (area, _hp_chart_area_shown_row (area), &x, &y))
    x = y = 0;
  size.width = MIN (size.width, width);
  left = x > width / 2.0 ? (int) x - GAP - size.width : (int) x + GAP;
  top = y > height / 2.0 ? (int) y - GAP - size.height : (int) y + GAP;
  gtk_widget_size_allocate (area->tip,
                            &(GtkAllocation){ CLAMP (left, 0, MAX (0, width - size.width)),
                                              CLAMP (top, 0, MAX (0, height - size.height)), size.width, size.height },
                            -1);
}

/* What those who listen hear: the sale that is looked at, else what there is to see */
static void
describe_to_listeners (HpChartArea *area, const char *text)
{
  const HpChart *chart = area->chart != NULL ? area->chart->chart : NULL;
  const char *summary = chart == NULL ? "" : chart->empty != NULL ? chart->empty : chart->summary;

  gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  chart != NULL && chart->title != NULL ? chart->title : "",
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL      ? text
                                  : summary != NULL ? summary
                                                    : "",
                                  -1);
}

void
_hp_chart_area_show_tip (HpChartArea *area)
{
  guint64 row = _hp_chart_area_shown_row (area);
  g_autofree char *text = row != 0 && area->describe != NULL ? area->describe (area->describe_data, row) : NULL;

  gtk_label_set_text (GTK_LABEL (area->tip), text != NULL ? text : "");
  gtk_widget_set_visible (area->tip, text != NULL);
  describe_to_listeners (area, text);
  gtk_widget_queue_allocate (GTK_WIDGET (area));
  gtk_widget_queue_draw (GTK_WIDGET (area));
}

void
_hp_chart_area_add_tip (HpChartArea *area)
{
  area->tip = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "xalign", 0.0, "wrap",
                            TRUE, "max-width-chars", MAX_CHARS, "visible", FALSE, "can-target", FALSE, NULL);
  gtk_widget_add_css_class (area->tip, "charttip");
  gtk_widget_set_parent (area->tip, GTK_WIDGET (area));
}

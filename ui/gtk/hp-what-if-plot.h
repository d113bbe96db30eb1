/* hp-what-if-plot.h - where on a chart the points of a what-if lie
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "hp-attribute-axis.h"
#include "hp-what-if.h"

G_BEGIN_DECLS

#define HP_WHAT_IF_GAP        6
#define HP_WHAT_IF_DOT        5
#define HP_WHAT_IF_ROW_HEIGHT 20

/* As long as the what-if has the same points, and the widget its size and style */
typedef struct
{
  const GPtrArray   *points;
  const HpAttribute *attribute;
  const char        *currency; /* (nullable) */
  gboolean           categories;
  int                width, height;            /* of the widget */
  double             left, right, top, bottom; /* of the plot */
  HpTickAxis         prices;
  HpTickAxis         x; /* no categories */
} HpWhatIfPlot;

/* Returns FALSE where there is nothing to show, or no room for it */
gboolean             hp_what_if_plot_init   (HpWhatIfPlot *plot, GtkWidget *widget, HpWhatIf *what_if);
const HpWhatIfPoint *hp_what_if_plot_point  (const HpWhatIfPlot *plot, guint i);
/* Where the prices lie, and where the values: one of them is along the bottom */
double               hp_what_if_plot_price  (const HpWhatIfPlot *plot, double price);
double               hp_what_if_plot_x      (const HpWhatIfPlot *plot, double x);
/* The point whose value is nearest to a place of the widget */
int                  hp_what_if_plot_find   (const HpWhatIfPlot *plot, double x, double y);
/* What a category is called on the chart; (transfer full) */
char                *hp_what_if_plot_name   (const HpWhatIfPoint *point);
/* A text as the chart writes it; (transfer full) */
PangoLayout         *hp_what_if_plot_layout (GtkWidget *widget, const char *text);
/* How high its lines are */
int                  hp_what_if_plot_line   (GtkWidget *widget);

G_END_DECLS

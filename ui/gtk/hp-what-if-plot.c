/* hp-what-if-plot.c - where on a chart the points of a what-if lie
 *
 * Numbers and dates lie along the bottom, prices along the left. Categories stand below each other, so that their names
 * can be read, and prices along the top.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-display.h"
#include "hp-text.h"
#include "hp-what-if-plot.h"

/* Between two labels of an axis */
#define LABEL_ROOM_X 62
#define LABEL_ROOM_Y 30
/* Names of categories take no more than this of the width */
#define NAMES_SHARE 0.4
#define NAME_CHARS  60

/**
 * hp_what_if_plot_point:
 * @plot: a plot
 * @i: which
 *
 * Returns: (transfer none): a point
 */
const HpWhatIfPoint *
hp_what_if_plot_point (const HpWhatIfPlot *plot, guint i)
{
  return plot->points->pdata[i];
}

/**
 * hp_what_if_plot_layout:
 * @widget: a chart
 * @text: a label
 *
 * Returns: (transfer full): the label in the size that labels have
 */
PangoLayout *
hp_what_if_plot_layout (GtkWidget *widget, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

/**
 * hp_what_if_plot_line:
 * @widget: a chart
 *
 * Returns: the height of a label
 */
int
hp_what_if_plot_line (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = hp_what_if_plot_layout (widget, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static int
width_of (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = hp_what_if_plot_layout (widget, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/**
 * hp_what_if_plot_name:
 * @point: of a category
 *
 * Returns: (transfer full): what the category is called on the chart
 */
char *
hp_what_if_plot_name (const HpWhatIfPoint *point)
{
  return hp_text_printable (point->text, -1, NAME_CHARS);
}

/**
 * hp_what_if_plot_price:
 * @plot: a plot
 * @price: a price
 *
 * Returns: where it lies: across if the plot is of categories, else down
 */
double
hp_what_if_plot_price (const HpWhatIfPlot *plot, double price)
{
  double share = hp_tick_axis_place (&plot->prices, price);

  return plot->categories ? plot->left + share * (plot->right - plot->left)
                          : plot->bottom - share * (plot->bottom - plot->top);
}

/**
 * hp_what_if_plot_x:
 * @plot: a plot
 * @x: of a point
 *
 * Returns: where it lies: down if the plot is of categories, else across
 */
double
hp_what_if_plot_x (const HpWhatIfPlot *plot, double x)
{
  if (plot->categories)
    return plot->top + (x + 0.5) * HP_WHAT_IF_ROW_HEIGHT;
  return plot->left + hp_tick_axis_place (&plot->x, x) * (plot->right - plot->left);
}

/**
 * hp_what_if_plot_find:
 * @plot: a plot
 * @x: across the widget
 * @y: down the widget
 *
 * Returns: which point's value is nearest
 */
int
hp_what_if_plot_find (const HpWhatIfPlot *plot, double x, double y)
{
  double nearest = INFINITY;
  int found = -1;

  for (guint i = 0; i < plot->points->len; i++)
    {
      double away = fabs (hp_what_if_plot_x (plot, hp_what_if_plot_point (plot, i)->x) - (plot->categories ? y : x));

      if (away < nearest)
        {
          nearest = away;
          found = (int) i;
        }
    }
  return found;
}

static void
find_range (HpWhatIfPlot *plot)
{
  double least = INFINITY, most = -INFINITY, pad;

  for (guint i = 0; i < plot->points->len; i++)
    {
      const HpWhatIfPoint *point = hp_what_if_plot_point (plot, i);

      least = MIN (least, isfinite (point->low) ? point->low : point->price);
      most = MAX (most, isfinite (point->high) ? point->high : point->price);
    }
  /* no line along the edge, and a range even where all prices are one */
  pad = most > least ? 0.04 * (most - least) : MAX (0.1 * fabs (most), 1);
  plot->prices.from = least >= 0 ? MAX (least - pad, 0) : least - pad;
  plot->prices.to = most + pad;
}

static int
count_labels (double length, double room)
{
  return (int) MAX (length / room, 1);
}

static void
choose_prices (HpWhatIfPlot *plot, double length, double room)
{
  plot->prices = hp_tick_axis_new (plot->prices.from, plot->prices.to, count_labels (length, room), TRUE);
}

static void
choose_values (HpWhatIfPlot *plot)
{
  double first = hp_what_if_plot_point (plot, 0)->x;
  double last = hp_what_if_plot_point (plot, plot->points->len - 1)->x;

  plot->x
    = hp_attribute_axis_new (plot->attribute, first, last, count_labels (plot->right - plot->left, LABEL_ROOM_X));
}

/* Room for names at the left, and for prices above: the rows may go on beyond the lower edge of the window */
static void
lay_out_categories (HpWhatIfPlot *plot, GtkWidget *widget)
{
  g_autofree char *longest = hp_display_price (plot->prices.to, plot->currency);
  int widest = 0;

  plot->top = hp_what_if_plot_line (widget) + HP_WHAT_IF_GAP;
  plot->bottom = plot->height;
  for (guint i = 0; i < plot->points->len; i++)
    {
      g_autofree char *name = hp_what_if_plot_name (hp_what_if_plot_point (plot, i));

      widest = MAX (widest, width_of (widget, name));
    }
  plot->left = MIN (widest, plot->width * NAMES_SHARE) + HP_WHAT_IF_GAP;
  choose_prices (plot, plot->right - plot->left, width_of (widget, longest) + 2 * HP_WHAT_IF_GAP);
}

/* Room for prices at the left, and for values below */
static void
lay_out_curve (HpWhatIfPlot *plot, GtkWidget *widget)
{
  int line = hp_what_if_plot_line (widget), widest = 0;

  plot->top = line / 2.0;
  plot->bottom = plot->height - line - HP_WHAT_IF_GAP;
  choose_prices (plot, plot->bottom - plot->top, LABEL_ROOM_Y);
  for (guint i = 0; i < hp_tick_axis_n_ticks (&plot->prices); i++)
    {
      g_autofree char *text = hp_display_price (hp_tick_axis_tick (&plot->prices, i), plot->currency);

      widest = MAX (widest, width_of (widget, text));
    }
  plot->left = MIN (widest, plot->width * NAMES_SHARE) + HP_WHAT_IF_GAP;
  choose_values (plot);
}

/**
 * hp_what_if_plot_init:
 * @plot: (out caller-allocates): a plot
 * @widget: what it is drawn on
 * @what_if: whose points it shows
 *
 * Every label is set to be measured: once for a curve, a size and a style, not for each movement of a pointer.
 *
 * Returns: whether there are points, and room for them
 */
gboolean
hp_what_if_plot_init (HpWhatIfPlot *plot, GtkWidget *widget, HpWhatIf *what_if)
{
  plot->points = hp_what_if_get_points (what_if);
  if (plot->points->len == 0)
    return FALSE;
  plot->attribute = hp_what_if_get_attribute (what_if);
  plot->currency = hp_what_if_get_currency (what_if);
  plot->categories = plot->attribute->type == HP_COLUMN_CATEGORY;
  plot->width = gtk_widget_get_width (widget);
  plot->height = gtk_widget_get_height (widget);
  plot->right = plot->width - HP_WHAT_IF_DOT - HP_WHAT_IF_GAP;
  find_range (plot);
  (plot->categories ? lay_out_categories : lay_out_curve) (plot, widget);
  return plot->right > plot->left && plot->bottom > plot->top;
}

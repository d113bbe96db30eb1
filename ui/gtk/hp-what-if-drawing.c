/* hp-what-if-drawing.c - a what-if as it is drawn: a curve with its band, or a dot for each category
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-display.h"
#include "hp-style.h"
#include "hp-what-if-drawing.h"

#define SMALL_DOT 3.5
#define LINE      2

static void
set_color (cairo_t *cr, GdkRGBA color, double alpha)
{
  color.alpha *= alpha;
  gdk_cairo_set_source_rgba (cr, &color);
}

/* Ends at x; at the middle of the line at y */
static void
draw_label (GtkWidget *widget, cairo_t *cr, const char *text, double x, double y, double room)
{
  g_autoptr (PangoLayout) layout = hp_what_if_plot_layout (widget, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > room)
    {
      pango_layout_set_width (layout, (int) (room * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      width = (int) room;
    }
  cairo_move_to (cr, rint (MAX (x - width, 0)), rint (y - height / 2.0));
  pango_cairo_show_layout (cr, layout);
}

/* At x, or as near as the widget's edges allow, unless the one before it is there; free_from: where that one ends */
static void
draw_label_along (GtkWidget *widget, cairo_t *cr, const HpWhatIfPlot *plot, const char *text, double x, double y,
                  double *free_from)
{
  g_autoptr (PangoLayout) layout = hp_what_if_plot_layout (widget, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  x = rint (CLAMP (x - width / 2.0, 0, MAX (plot->width - width, 0)));
  if (x < *free_from)
    return;
  *free_from = x + width + HP_WHAT_IF_GAP;
  cairo_move_to (cr, x, rint (y - height / 2.0));
  pango_cairo_show_layout (cr, layout);
}

static void
draw_line (cairo_t *cr, double x1, double y1, double x2, double y2)
{
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

static void
draw_price_axis (GtkWidget *widget, cairo_t *cr, const HpWhatIfPlot *plot)
{
  double above = (plot->top - HP_WHAT_IF_GAP) / 2, free_from = 0;

  for (guint i = 0; i < hp_tick_axis_n_ticks (&plot->prices); i++)
    {
      double tick = hp_tick_axis_tick (&plot->prices, i);
      g_autofree char *text = hp_display_price (tick, plot->currency);
      double at = floor (hp_what_if_plot_price (plot, tick)) + 0.5;

      set_color (cr, hp_style_text (widget, 0.15f), 1);
      if (plot->categories)
        draw_line (cr, at, plot->top, at, plot->bottom);
      else
        draw_line (cr, plot->left, at, plot->right, at);
      set_color (cr, hp_style_text (widget, 0.75f), 1);
      if (plot->categories)
        draw_label_along (widget, cr, plot, text, at, above, &free_from);
      else
        draw_label (widget, cr, text, plot->left - HP_WHAT_IF_GAP, at, plot->left);
    }
}

static void
draw_x_axis (GtkWidget *widget, cairo_t *cr, const HpWhatIfPlot *plot)
{
  double under = (plot->bottom + plot->height + HP_WHAT_IF_GAP) / 2, free_from = 0;

  for (guint i = 0; i < hp_tick_axis_n_ticks (&plot->x); i++)
    {
      double tick = hp_tick_axis_tick (&plot->x, i);
      g_autofree char *text = hp_attribute_axis_text (&plot->x, plot->attribute, tick);
      double at = floor (hp_what_if_plot_x (plot, tick)) + 0.5;

      set_color (cr, hp_style_text (widget, 0.4f), 1);
      draw_line (cr, at, plot->bottom, at, plot->bottom + 4);
      set_color (cr, hp_style_text (widget, 0.75f), 1);
      draw_label_along (widget, cr, plot, text, at, under, &free_from);
    }
  set_color (cr, hp_style_text (widget, 0.4f), 1);
  draw_line (cr, plot->left, floor (plot->bottom) + 0.5, plot->right, floor (plot->bottom) + 0.5);
}

static void
draw_dot (GtkWidget *widget, cairo_t *cr, double x, double y, double radius, GdkRGBA color)
{
  /* a ring of the background keeps it apart from lines */
  set_color (cr, hp_style_color (widget, "window_bg_color"), 1);
  cairo_arc (cr, x, y, radius + 1.5, 0, 2 * G_PI);
  cairo_fill (cr);
  set_color (cr, color, 1);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (cr);
}

/* The band is there where the interval is: a gap has none */
static void
draw_band (GtkWidget *widget, cairo_t *cr, const HpWhatIfPlot *plot, GdkRGBA color)
{
  double alpha = hp_style_is_high_contrast () ? 0.35 : 0.2;

  for (guint i = 0; i + 1 < plot->points->len; i++)
    {
      const HpWhatIfPoint *a = hp_what_if_plot_point (plot, i), *b = hp_what_if_plot_point (plot, i + 1);

      if (!isfinite (a->low) || !isfinite (b->low))
        continue;
      cairo_move_to (cr, hp_what_if_plot_x (plot, a->x), hp_what_if_plot_price (plot, a->low));
      cairo_line_to (cr, hp_what_if_plot_x (plot, a->x), hp_what_if_plot_price (plot, a->high));
      cairo_line_to (cr, hp_what_if_plot_x (plot, b->x), hp_what_if_plot_price (plot, b->high));
      cairo_line_to (cr, hp_what_if_plot_x (plot, b->x), hp_what_if_plot_price (plot, b->low));
      cairo_close_path (cr);
    }
  set_color (cr, color, alpha);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_fill (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
}

static void
draw_curve (GtkWidget *widget, cairo_t *cr, const HpWhatIfPlot *plot)
{
  GdkRGBA color = hp_style_color (widget, "accent_color");

  draw_band (widget, cr, plot, color);
  set_color (cr, color, 1);
  cairo_set_line_width (cr, LINE);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < plot->points->len; i++)
    cairo_line_to (cr, hp_what_if_plot_x (plot, hp_what_if_plot_point (plot, i)->x),
                   hp_what_if_plot_price (plot, hp_what_if_plot_point (plot, i)->price));
  cairo_stroke (cr);
  cairo_set_line_width (cr, 1);
}

static void
draw_categories (GtkWidget *widget, cairo_t *cr, const HpWhatIfPlot *plot)
{
  GdkRGBA color = hp_style_color (widget, "accent_color");

  for (guint i = 0; i < plot->points->len; i++)
    {
      const HpWhatIfPoint *point = hp_what_if_plot_point (plot, i);
      g_autofree char *name = hp_what_if_plot_name (point);
      double y = floor (hp_what_if_plot_x (plot, point->x)) + 0.5;

      set_color (cr, hp_style_text (widget, point->own ? 1 : 0.75f), 1);
      draw_label (widget, cr, name, plot->left - HP_WHAT_IF_GAP, y, plot->left - HP_WHAT_IF_GAP);
      if (isfinite (point->low))
        {
          set_color (cr, color, hp_style_is_high_contrast () ? 1 : 0.5);
          cairo_set_line_width (cr, LINE);
          draw_line (cr, hp_what_if_plot_price (plot, point->low), y, hp_what_if_plot_price (plot, point->high), y);
          cairo_set_line_width (cr, 1);
        }
      draw_dot (widget, cr, hp_what_if_plot_price (plot, point->price), y, SMALL_DOT, color);
    }
}

/* A point that is talked about: the house as it is, or where the cursor is */
static void
draw_mark (GtkWidget *widget, cairo_t *cr, const HpWhatIfPlot *plot, guint i, gboolean own)
{
  const HpWhatIfPoint *point = hp_what_if_plot_point (plot, i);
  double at = floor (hp_what_if_plot_x (plot, point->x)) + 0.5, price = hp_what_if_plot_price (plot, point->price);
  const double dashes[] = { 3, 3 };

  set_color (cr, hp_style_text (widget, own ? 0.5f : 0.8f), 1);
  cairo_set_dash (cr, dashes, own ? 2 : 0, 0);
  if (plot->categories && own)
    /* what is left of it is less, what is right of it is more */
    draw_line (cr, floor (price) + 0.5, plot->top, floor (price) + 0.5, plot->bottom);
  else if (!plot->categories)
    draw_line (cr, at, own ? price : plot->top, at, plot->bottom);
  cairo_set_dash (cr, NULL, 0, 0);
  draw_dot (widget, cr, plot->categories ? price : at, plot->categories ? at : price, HP_WHAT_IF_DOT,
            own ? hp_style_text (widget, 1) : hp_style_color (widget, "accent_color"));
}

/**
 * hp_what_if_draw:
 * @widget: whose style and size it has
 * @cr: where to
 * @plot: what
 * @own: the point that is the house as it is, or -1
 * @cursor: the point that somebody looks at, or -1
 */
void
hp_what_if_draw (GtkWidget *widget, cairo_t *cr, const HpWhatIfPlot *plot, int own, int cursor)
{
  cairo_set_line_width (cr, 1);
  draw_price_axis (widget, cr, plot);
  if (plot->categories)
    draw_categories (widget, cr, plot);
  else
    {
      draw_x_axis (widget, cr, plot);
      draw_curve (widget, cr, plot);
    }
  if (own >= 0)
    draw_mark (widget, cr, plot, (guint) own, TRUE);
  if (cursor >= 0)
    draw_mark (widget, cr, plot, (guint) cursor, FALSE);
}

/* hp-interval-bar.c - where a price lies in its interval
 *
 * A line between two end marks and a dot on it. The figures stand beside it as text, so that it needs no words of its
 * own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-interval-bar.h"
#include "hp-style.h"

#define HEIGHT     16
#define MIN_WIDTH  48
#define LINE_WIDTH 4
#define MARK_WIDTH 2
#define DOT_RADIUS 6

struct _HpIntervalBar
{
  GtkWidget parent_instance;

  double position; /* 0–1, NaN: nothing to show */
};

G_DEFINE_FINAL_TYPE (HpIntervalBar, hp_interval_bar, GTK_TYPE_WIDGET)

static void
hp_interval_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT;
  *natural = *minimum;
}

static void
add_rounded (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y, float width, float height, float radius)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x, y, width, height), radius);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
hp_interval_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HpIntervalBar *bar = HP_INTERVAL_BAR (widget);
  float width = gtk_widget_get_width (widget);
  float middle = gtk_widget_get_height (widget) / 2.0f;
  float left = DOT_RADIUS, right = width - DOT_RADIUS;
  GdkRGBA line, accent, hole = hp_style_color (widget, "window_bg_color");
  double at = bar->position;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &line);
  accent = hp_style_color (widget, "accent_color");
  line.alpha *= isnan (at) ? 0.15f : 0.35f;
  add_rounded (snapshot, &line, left, middle - LINE_WIDTH / 2.0f, right - left, LINE_WIDTH, LINE_WIDTH / 2.0f);
  add_rounded (snapshot, &line, left - MARK_WIDTH, middle - DOT_RADIUS, MARK_WIDTH, 2 * DOT_RADIUS, MARK_WIDTH / 2.0f);
  add_rounded (snapshot, &line, right, middle - DOT_RADIUS, MARK_WIDTH, 2 * DOT_RADIUS, MARK_WIDTH / 2.0f);
  if (isnan (at))
    return;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    at = 1 - at;
  at = left + at * (right - left);
  /* A ring of the background keeps the dot apart from the line */
  add_rounded (snapshot, &hole, at - DOT_RADIUS - 2, middle - DOT_RADIUS - 2, 2 * DOT_RADIUS + 4, 2 * DOT_RADIUS + 4,
               DOT_RADIUS + 2);
  add_rounded (snapshot, &accent, at - DOT_RADIUS, middle - DOT_RADIUS, 2 * DOT_RADIUS, 2 * DOT_RADIUS, DOT_RADIUS);
}

static void
hp_interval_bar_class_init (HpIntervalBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = hp_interval_bar_measure;
  widget_class->snapshot = hp_interval_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "intervalbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
hp_interval_bar_init (HpIntervalBar *bar)
{
  bar->position = NAN;
}

/**
 * hp_interval_bar_new:
 *
 * Returns: (transfer floating): an empty bar
 */
GtkWidget *
hp_interval_bar_new (void)
{
  return g_object_new (HP_TYPE_INTERVAL_BAR, NULL);
}

/**
 * hp_interval_bar_set_interval:
 * @bar: a bar
 * @low: lower end of the interval
 * @price: the price
 * @high: upper end of the interval
 */
void
hp_interval_bar_set_interval (HpIntervalBar *bar, double low, double price, double high)
{
  double position;

  g_return_if_fail (HP_IS_INTERVAL_BAR (bar));

  position = high > low ? CLAMP ((price - low) / (high - low), 0, 1) : NAN;
  if (position == bar->position || (isnan (position) && isnan (bar->position)))
    return;
  bar->position = position;
  gtk_widget_queue_draw (GTK_WIDGET (bar));
}

/**
 * hp_interval_bar_get_position:
 * @bar: a bar
 *
 * Returns: where the price lies, 0 at the lower end to 1 at the upper; NaN if there is nothing to show
 */
double
hp_interval_bar_get_position (HpIntervalBar *bar)
{
  g_return_val_if_fail (HP_IS_INTERVAL_BAR (bar), NAN);

  return bar->position;
}

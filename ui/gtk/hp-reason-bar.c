/* hp-reason-bar.c - one step of a waterfall: from one price to the next
 *
 * What raises the price goes to the right, what lowers it to the left, each in its colour; figures with their signs
 * stand beside it, so that it needs no words of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-reason-bar.h"
#include "hp-style.h"

#define MIN_WIDTH  48
#define HEIGHT     14
#define MIN_LENGTH 2

struct _HpReasonBar
{
  GtkWidget parent_instance;

  double from, to;
};

G_DEFINE_FINAL_TYPE (HpReasonBar, hp_reason_bar, GTK_TYPE_WIDGET)

static void
hp_reason_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT;
  *natural = *minimum;
}

static void
hp_reason_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HpReasonBar *bar = HP_REASON_BAR (widget);
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  float top = floorf ((height - HEIGHT) / 2);
  double left = MIN (bar->from, bar->to) * width, right = MAX (bar->from, bar->to) * width;
  GdkRGBA color, start = hp_style_text (widget, 0.35f);

  if (isnan (left) || isnan (right))
    return;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    {
      double turned = width - right;

      right = width - left;
      left = turned;
    }
  if (bar->from == bar->to)
    color = hp_style_text (widget, 0.8f);
  else
    color = hp_style_color (widget, bar->to > bar->from ? "raises_color" : "lowers_color");
  left = CLAMP (rint (left), 0, width - MIN_LENGTH);
  right = CLAMP (rint (right), left + MIN_LENGTH, width);
  gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (left, top, right - left, HEIGHT));
  /* where the step before it ended: the eye goes down from bar to bar along these */
  if (bar->from != bar->to)
    {
      double x
        = CLAMP (rint ((gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? 1 - bar->from : bar->from) * width), 0,
                 width - 1);

      gtk_snapshot_append_color (snapshot, &start, &GRAPHENE_RECT_INIT (x, 0, 1, height));
    }
}

static void
hp_reason_bar_class_init (HpReasonBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = hp_reason_bar_measure;
  widget_class->snapshot = hp_reason_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "reasonbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
hp_reason_bar_init (HpReasonBar *bar)
{
  bar->from = bar->to = NAN;
}

/**
 * hp_reason_bar_new:
 *
 * Returns: (transfer floating): an empty bar
 */
GtkWidget *
hp_reason_bar_new (void)
{
  return g_object_new (HP_TYPE_REASON_BAR, NULL);
}

/**
 * hp_reason_bar_set:
 * @bar: a bar
 * @from: where the step begins, 0 to 1 of the width
 * @to: where it ends; the same: a mark at that place
 */
void
hp_reason_bar_set (HpReasonBar *bar, double from, double to)
{
  g_return_if_fail (HP_IS_REASON_BAR (bar));

  if (bar->from == from && bar->to == to)
    return;
  bar->from = from;
  bar->to = to;
  gtk_widget_queue_draw (GTK_WIDGET (bar));
}

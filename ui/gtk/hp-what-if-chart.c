/* hp-what-if-chart.c - the price along an attribute: a curve with its band, or a dot for each category
 *
 * Numbers and dates lie along the bottom, prices along the left. Categories stand below each other, so that their names
 * can be read, and prices along the top.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-attribute-text.h"
#include "hp-axis.h"
#include "hp-display.h"
#include "hp-number.h"
#include "hp-style.h"
#include "hp-text.h"
#include "hp-what-if-chart.h"

#define MIN_WIDTH    200
#define CURVE_HEIGHT 190
#define ROW_HEIGHT   20
#define GAP          6
#define DOT          5
#define SMALL_DOT    3.5
#define LINE         2
/* Between two labels of an axis */
#define LABEL_ROOM_X 62
#define LABEL_ROOM_Y 30
/* Names of categories take no more than this of the width */
#define NAMES_SHARE 0.4
#define NAME_CHARS  60

struct _HpWhatIfChart
{
  GtkWidget parent_instance;

  HpWhatIf *what_if; /* (nullable) */
  int cursor;
  char *looked_attribute, *looked_text; /* (nullable) where it is, for the curves to come */
  gboolean pointed;                     /* by the pointer, which takes it away when it leaves */
  double pointer_x, pointer_y;          /* where in the window the pointer was last */
};

G_DEFINE_FINAL_TYPE (HpWhatIfChart, hp_what_if_chart, GTK_TYPE_WIDGET)

enum
{
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Where what lies */
typedef struct
{
  const GPtrArray *points;
  const HpAttribute *attribute;
  const char *currency;
  gboolean categories;
  double left, right, top, bottom; /* of the plot */
  double least, most;              /* prices */
  double first, last;              /* x */
} Plot;

static const HpWhatIfPoint *
get_point (const Plot *plot, guint i)
{
  return plot->points->pdata[i];
}

static guint
n_points (HpWhatIfChart *chart)
{
  return chart->what_if != NULL ? hp_what_if_get_points (chart->what_if)->len : 0;
}

static gboolean
is_of_categories (HpWhatIfChart *chart)
{
  return n_points (chart) > 0 && hp_what_if_get_attribute (chart->what_if)->type == HP_COLUMN_CATEGORY;
}

static PangoLayout *
make_label (HpWhatIfChart *chart, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (chart), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

static void
measure_label (HpWhatIfChart *chart, const char *text, int *width, int *height)
{
  g_autoptr (PangoLayout) layout = make_label (chart, text);

  pango_layout_get_pixel_size (layout, width, height);
}

static double
price_to (const Plot *plot, double price)
{
  double share = (price - plot->least) / (plot->most - plot->least);

  return plot->categories ? plot->left + share * (plot->right - plot->left)
                          : plot->bottom - share * (plot->bottom - plot->top);
}

static double
x_to (const Plot *plot, double x)
{
  if (plot->categories)
    return plot->top + (x + 0.5) * ROW_HEIGHT;
  if (plot->last <= plot->first)
    return (plot->left + plot->right) / 2;
  return plot->left + (x - plot->first) / (plot->last - plot->first) * (plot->right - plot->left);
}

static void
find_ranges (Plot *plot)
{
  double least = INFINITY, most = -INFINITY, pad;

  for (guint i = 0; i < plot->points->len; i++)
    {
      const HpWhatIfPoint *point = get_point (plot, i);

      least = MIN (least, isfinite (point->low) ? point->low : point->price);
      most = MAX (most, isfinite (point->high) ? point->high : point->price);
    }
  /* no line along the edge, and a range even where all prices are one */
  pad = most > least ? 0.04 * (most - least) : MAX (0.1 * fabs (most), 1);
  plot->least = least >= 0 ? MAX (least - pad, 0) : least - pad;
  plot->most = most + pad;
  plot->first = get_point (plot, 0)->x;
  plot->last = get_point (plot, plot->points->len - 1)->x;
}

static double
first_tick (double from, double step)
{
  /* 0 has no sign to show */
  return ceil (from / step - 1e-9) * step + 0.0;
}

static guint
n_ticks (double from, double to, double step)
{
  double steps = floor ((to - first_tick (from, step)) / step + 1e-9);

  return steps >= 0 ? (guint) steps + 1 : 0;
}

static double
price_step (HpWhatIfChart *chart, const Plot *plot)
{
  double length = plot->categories ? plot->right - plot->left : plot->bottom - plot->top, room = LABEL_ROOM_Y;
  guint most;

  if (plot->categories)
    {
      g_autofree char *longest = hp_display_price (plot->most, plot->currency);
      int width;

      measure_label (chart, longest, &width, NULL);
      room = width + 2 * GAP;
    }
  most = (guint) MAX (length / room, 1);
  return MAX (hp_axis_step (plot->most - plot->least, most), 1);
}

/* Room for the labels at the left and at the bottom */
static void
lay_out (HpWhatIfChart *chart, Plot *plot)
{
  int width = gtk_widget_get_width (GTK_WIDGET (chart)), height = gtk_widget_get_height (GTK_WIDGET (chart));
  int widest = 0, label, line = 0;

  measure_label (chart, "0", &label, &line);
  /* prices stand above categories, which may go on beyond the lower edge of the window */
  plot->top = plot->categories ? line + GAP : line / 2.0;
  plot->bottom = plot->categories ? height : height - line - GAP;
  if (plot->categories)
    for (guint i = 0; i < plot->points->len; i++)
      {
        measure_label (chart, get_point (plot, i)->text, &label, NULL);
        widest = MAX (widest, label);
      }
  else
    for (guint i = 0; i < n_ticks (plot->least, plot->most, price_step (chart, plot)); i++)
      {
        double step = price_step (chart, plot);
        g_autofree char *text = hp_display_price (first_tick (plot->least, step) + i * step, plot->currency);

        measure_label (chart, text, &label, NULL);
        widest = MAX (widest, label);
      }
  plot->left = MIN (widest, width * NAMES_SHARE) + GAP;
  plot->right = width - DOT - GAP;
}

static gboolean
make_plot (HpWhatIfChart *chart, Plot *plot)
{
  if (n_points (chart) == 0)
    return FALSE;
  plot->points = hp_what_if_get_points (chart->what_if);
  plot->attribute = hp_what_if_get_attribute (chart->what_if);
  plot->currency = hp_what_if_get_currency (chart->what_if);
  plot->categories = is_of_categories (chart);
  find_ranges (plot);
  lay_out (chart, plot);
  return plot->right > plot->left && plot->bottom > plot->top;
}

static void
set_color (cairo_t *cr, GdkRGBA color, double alpha)
{
  color.alpha *= alpha;
  gdk_cairo_set_source_rgba (cr, &color);
}

/* xalign: which part of the text is at x; at the middle of the line at y */
static void
draw_label (HpWhatIfChart *chart, cairo_t *cr, const char *text, double x, double y, double xalign, double room)
{
  g_autoptr (PangoLayout) layout = make_label (chart, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > room)
    {
      pango_layout_set_width (layout, (int) (room * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      width = (int) room;
    }
  /* inside of the widget, whatever a label at the edge would like */
  x = CLAMP (x - xalign * width, 0, MAX (gtk_widget_get_width (GTK_WIDGET (chart)) - width, 0));
  cairo_move_to (cr, rint (x), rint (y - height / 2.0));
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
draw_price_axis (HpWhatIfChart *chart, cairo_t *cr, const Plot *plot)
{
  double step = price_step (chart, plot), above = (plot->top - GAP) / 2;

  for (guint i = 0; i < n_ticks (plot->least, plot->most, step); i++)
    {
      double tick = first_tick (plot->least, step) + i * step;
      g_autofree char *text = hp_display_price (tick, plot->currency);
      double at = floor (price_to (plot, tick)) + 0.5;

      set_color (cr, hp_style_text (GTK_WIDGET (chart), 0.15f), 1);
      if (plot->categories)
        draw_line (cr, at, plot->top, at, plot->bottom);
      else
        draw_line (cr, plot->left, at, plot->right, at);
      set_color (cr, hp_style_text (GTK_WIDGET (chart), 0.75f), 1);
      if (plot->categories)
        draw_label (chart, cr, text, at, above, 0.5, INFINITY);
      else
        draw_label (chart, cr, text, plot->left - GAP, at, 1, plot->left);
    }
}

static char *
x_label (const Plot *plot, double x, double step)
{
  char plain[HP_NUMBER_BUFFER];

  if (plot->attribute->type == HP_COLUMN_DATE)
    return fmod (step, 12) == 0 ? g_strdup_printf ("%d", (int) (x / 12))
                                : g_strdup_printf ("%d-%02d", (int) (x / 12), (int) fmod (x, 12) + 1);
  /* a sum of decimal steps has dust at its end */
  hp_number_format (plain, fabs (x) < 1e6 ? rint (x * 1e6) / 1e6 : x);
  return hp_attribute_text_number (plot->attribute, plain);
}

static void
draw_x_axis (HpWhatIfChart *chart, cairo_t *cr, const Plot *plot)
{
  guint most = (guint) MAX ((plot->right - plot->left) / LABEL_ROOM_X, 1);
  double range = plot->last - plot->first, step = 1;
  double under = (plot->bottom + gtk_widget_get_height (GTK_WIDGET (chart)) + GAP) / 2;

  if (range > 0)
    step = plot->attribute->type == HP_COLUMN_DATE ? hp_axis_months (range, most) : hp_axis_step (range, most);
  if (plot->attribute->type == HP_COLUMN_INTEGER)
    step = MAX (step, 1);
  for (guint i = 0; i < n_ticks (plot->first, plot->last, step); i++)
    {
      double tick = first_tick (plot->first, step) + i * step;
      g_autofree char *text = x_label (plot, tick, step);
      double at = floor (x_to (plot, tick)) + 0.5;

      set_color (cr, hp_style_text (GTK_WIDGET (chart), 0.4f), 1);
      draw_line (cr, at, plot->bottom, at, plot->bottom + 4);
      set_color (cr, hp_style_text (GTK_WIDGET (chart), 0.75f), 1);
      draw_label (chart, cr, text, at, under, 0.5, INFINITY);
    }
  set_color (cr, hp_style_text (GTK_WIDGET (chart), 0.4f), 1);
  draw_line (cr, plot->left, floor (plot->bottom) + 0.5, plot->right, floor (plot->bottom) + 0.5);
}

static void
draw_dot (HpWhatIfChart *chart, cairo_t *cr, double x, double y, double radius, GdkRGBA color)
{
  /* a ring of the background keeps it apart from lines */
  set_color (cr, hp_style_color (GTK_WIDGET (chart), "window_bg_color"), 1);
  cairo_arc (cr, x, y, radius + 1.5, 0, 2 * G_PI);
  cairo_fill (cr);
  set_color (cr, color, 1);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (cr);
}

/* The band is there where the interval is: a gap has none */
static void
draw_band (HpWhatIfChart *chart, cairo_t *cr, const Plot *plot, GdkRGBA color)
{
  double alpha = hp_style_is_high_contrast () ? 0.35 : 0.2;

  for (guint i = 0; i + 1 < plot->points->len; i++)
    {
      const HpWhatIfPoint *a = get_point (plot, i), *b = get_point (plot, i + 1);

      if (!isfinite (a->low) || !isfinite (b->low))
        continue;
      cairo_move_to (cr, x_to (plot, a->x), price_to (plot, a->low));
      cairo_line_to (cr, x_to (plot, a->x), price_to (plot, a->high));
      cairo_line_to (cr, x_to (plot, b->x), price_to (plot, b->high));
      cairo_line_to (cr, x_to (plot, b->x), price_to (plot, b->low));
      cairo_close_path (cr);
    }
  set_color (cr, color, alpha);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_fill (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
}

static void
draw_curve (HpWhatIfChart *chart, cairo_t *cr, const Plot *plot)
{
  GdkRGBA color = hp_style_color (GTK_WIDGET (chart), "accent_color");

  draw_band (chart, cr, plot, color);
  set_color (cr, color, 1);
  cairo_set_line_width (cr, LINE);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < plot->points->len; i++)
    cairo_line_to (cr, x_to (plot, get_point (plot, i)->x), price_to (plot, get_point (plot, i)->price));
  cairo_stroke (cr);
  cairo_set_line_width (cr, 1);
}

static void
draw_categories (HpWhatIfChart *chart, cairo_t *cr, const Plot *plot)
{
  GdkRGBA color = hp_style_color (GTK_WIDGET (chart), "accent_color");

  for (guint i = 0; i < plot->points->len; i++)
    {
      const HpWhatIfPoint *point = get_point (plot, i);
      g_autofree char *name = hp_text_printable (point->text, -1, NAME_CHARS);
      double y = floor (x_to (plot, point->x)) + 0.5;

      set_color (cr, hp_style_text (GTK_WIDGET (chart), point->own ? 1 : 0.75f), 1);
      draw_label (chart, cr, name, plot->left - GAP, y, 1, plot->left - GAP);
      if (isfinite (point->low))
        {
          set_color (cr, color, hp_style_is_high_contrast () ? 1 : 0.5);
          cairo_set_line_width (cr, LINE);
          draw_line (cr, price_to (plot, point->low), y, price_to (plot, point->high), y);
          cairo_set_line_width (cr, 1);
        }
      draw_dot (chart, cr, price_to (plot, point->price), y, SMALL_DOT, color);
    }
}

/* A point that is talked about: the house as it is, or where the cursor is */
static void
draw_mark (HpWhatIfChart *chart, cairo_t *cr, const Plot *plot, guint i, gboolean own)
{
  const HpWhatIfPoint *point = get_point (plot, i);
  double at = floor (x_to (plot, point->x)) + 0.5, price = price_to (plot, point->price);
  const double dashes[] = { 3, 3 };

  set_color (cr, hp_style_text (GTK_WIDGET (chart), own ? 0.5f : 0.8f), 1);
  cairo_set_dash (cr, dashes, own ? 2 : 0, 0);
  if (plot->categories && own)
    /* what is left of it is less, what is right of it is more */
    draw_line (cr, floor (price) + 0.5, plot->top, floor (price) + 0.5, plot->bottom);
  else if (!plot->categories)
    draw_line (cr, at, own ? price : plot->top, at, plot->bottom);
  cairo_set_dash (cr, NULL, 0, 0);
  draw_dot (chart, cr, plot->categories ? price : at, plot->categories ? at : price, DOT,
            own ? hp_style_text (GTK_WIDGET (chart), 1) : hp_style_color (GTK_WIDGET (chart), "accent_color"));
}

static void
hp_what_if_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HpWhatIfChart *chart = HP_WHAT_IF_CHART (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), own;
  cairo_t *cr;
  Plot plot;

  if (!make_plot (chart, &plot))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_set_line_width (cr, 1);
  draw_price_axis (chart, cr, &plot);
  if (plot.categories)
    draw_categories (chart, cr, &plot);
  else
    {
      draw_x_axis (chart, cr, &plot);
      draw_curve (chart, cr, &plot);
    }
  own = hp_what_if_get_own (chart->what_if);
  if (own >= 0)
    draw_mark (chart, cr, &plot, own, TRUE);
  if (chart->cursor >= 0)
    draw_mark (chart, cr, &plot, chart->cursor, FALSE);
  cairo_destroy (cr);
}

static void
hp_what_if_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  HpWhatIfChart *chart = HP_WHAT_IF_CHART (widget);
  int line;

  *minimum = *natural = MIN_WIDTH;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  measure_label (chart, "0", NULL, &line);
  *minimum = CURVE_HEIGHT;
  if (is_of_categories (chart))
    *minimum = (int) n_points (chart) * ROW_HEIGHT + line + GAP;
  *natural = *minimum;
}

/* The point at the cursor in words, which outlive the points */
static void
keep_look (HpWhatIfChart *chart)
{
  const GPtrArray *points = hp_what_if_get_points (chart->what_if);

  g_clear_pointer (&chart->looked_attribute, g_free);
  g_clear_pointer (&chart->looked_text, g_free);
  if (chart->cursor < 0)
    return;
  chart->looked_attribute = g_strdup (hp_what_if_get_attribute (chart->what_if)->name);
  chart->looked_text = g_strdup (((const HpWhatIfPoint *) points->pdata[chart->cursor])->text);
}

/* Where the cursor's point is on another curve; -1: it is not */
static int
find_look (HpWhatIfChart *chart)
{
  const GPtrArray *points = hp_what_if_get_points (chart->what_if);
  const HpAttribute *attribute = hp_what_if_get_attribute (chart->what_if);

  if (chart->cursor < 0 || attribute == NULL || g_strcmp0 (attribute->name, chart->looked_attribute) != 0)
    return -1;
  for (guint i = 0; i < points->len; i++)
    if (g_str_equal (((const HpWhatIfPoint *) points->pdata[i])->text, chart->looked_text))
      return (int) i;
  return -1;
}

static void
move_to (HpWhatIfChart *chart, int cursor, gboolean pointed)
{
  chart->pointed = pointed;
  if (cursor == chart->cursor)
    return;
  chart->cursor = cursor;
  keep_look (chart);
  gtk_widget_queue_draw (GTK_WIDGET (chart));
  g_signal_emit (chart, signals[MOVED], 0);
}

static gboolean
key_cb (HpWhatIfChart *chart, guint key, guint code, GdkModifierType state)
{
  int n = (int) n_points (chart), at = chart->cursor;

  if (n == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (at < 0)
    at = hp_what_if_get_own (chart->what_if);
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Up:
      move_to (chart, MAX (at - 1, 0), FALSE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_Down:
      move_to (chart, MIN (at + 1, n - 1), FALSE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
      move_to (chart, 0, FALSE);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
      move_to (chart, n - 1, FALSE);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (chart->cursor < 0)
        return GDK_EVENT_PROPAGATE;
      move_to (chart, -1, FALSE);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* Whether the pointer itself moved: a chart that is laid out anew below a pointer at rest is no reason to leave the
 * keys' point */
static gboolean
has_moved (HpWhatIfChart *chart, GtkEventController *controller)
{
  GdkEvent *event = gtk_event_controller_get_current_event (controller);
  double x = NAN, y = NAN;
  gboolean moved;

  if (event == NULL || !gdk_event_get_position (event, &x, &y))
    return FALSE;
  /* the first that is heard of it may be that it was there before the chart */
  moved = !isnan (chart->pointer_x) && (x != chart->pointer_x || y != chart->pointer_y);
  chart->pointer_x = x;
  chart->pointer_y = y;
  return moved;
}

static void
enter_cb (HpWhatIfChart *chart, double x, double y, GtkEventController *controller)
{
  has_moved (chart, controller);
}

static void
motion_cb (HpWhatIfChart *chart, double x, double y, GtkEventController *controller)
{
  double nearest = INFINITY;
  int found = -1;
  Plot plot;

  if (!has_moved (chart, controller) || !make_plot (chart, &plot))
    return;
  for (guint i = 0; i < plot.points->len; i++)
    {
      double away = fabs (x_to (&plot, get_point (&plot, i)->x) - (plot.categories ? y : x));

      if (away < nearest)
        {
          nearest = away;
          found = (int) i;
        }
    }
  move_to (chart, found, TRUE);
}

static void
leave_cb (HpWhatIfChart *chart)
{
  if (chart->pointed)
    move_to (chart, -1, FALSE);
}

static void
unfocus_cb (HpWhatIfChart *chart)
{
  move_to (chart, -1, FALSE);
}

static void
hp_what_if_chart_dispose (GObject *object)
{
  g_clear_object (&HP_WHAT_IF_CHART (object)->what_if);
  G_OBJECT_CLASS (hp_what_if_chart_parent_class)->dispose (object);
}

static void
hp_what_if_chart_finalize (GObject *object)
{
  HpWhatIfChart *chart = HP_WHAT_IF_CHART (object);

  g_free (chart->looked_attribute);
  g_free (chart->looked_text);
  G_OBJECT_CLASS (hp_what_if_chart_parent_class)->finalize (object);
}

static void
hp_what_if_chart_class_init (HpWhatIfChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hp_what_if_chart_dispose;
  G_OBJECT_CLASS (klass)->finalize = hp_what_if_chart_finalize;
  widget_class->measure = hp_what_if_chart_measure;
  widget_class->snapshot = hp_what_if_chart_snapshot;
  signals[MOVED]
    = g_signal_new ("moved", HP_TYPE_WHAT_IF_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "whatifchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
hp_what_if_chart_init (HpWhatIfChart *chart)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *pointer = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  chart->cursor = -1;
  chart->pointer_x = chart->pointer_y = NAN;
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), chart);
  g_signal_connect_swapped (pointer, "enter", G_CALLBACK (enter_cb), chart);
  g_signal_connect_swapped (pointer, "motion", G_CALLBACK (motion_cb), chart);
  g_signal_connect_swapped (pointer, "leave", G_CALLBACK (leave_cb), chart);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (unfocus_cb), chart);
  gtk_widget_add_controller (GTK_WIDGET (chart), keys);
  gtk_widget_add_controller (GTK_WIDGET (chart), pointer);
  gtk_widget_add_controller (GTK_WIDGET (chart), focus);
  gtk_widget_set_focusable (GTK_WIDGET (chart), TRUE);
}

/**
 * hp_what_if_chart_new:
 *
 * Returns: (transfer floating): an empty chart
 */
GtkWidget *
hp_what_if_chart_new (void)
{
  return g_object_new (HP_TYPE_WHAT_IF_CHART, NULL);
}

/**
 * hp_what_if_chart_set:
 * @chart: a chart
 * @what_if: whose points it shows; to be called again when they are others
 *
 * Who looks at a point goes on looking at the same value of the same attribute, wherever it is now; if it is nowhere,
 * at none.
 */
void
hp_what_if_chart_set (HpWhatIfChart *chart, HpWhatIf *what_if)
{
  g_return_if_fail (HP_IS_WHAT_IF_CHART (chart) && HP_IS_WHAT_IF (what_if));

  g_set_object (&chart->what_if, what_if);
  chart->cursor = find_look (chart);
  keep_look (chart);
  gtk_widget_queue_resize (GTK_WIDGET (chart));
}

/**
 * hp_what_if_chart_get_cursor:
 * @chart: a chart
 *
 * Returns: the point that somebody looks at, or -1
 */
int
hp_what_if_chart_get_cursor (HpWhatIfChart *chart)
{
  g_return_val_if_fail (HP_IS_WHAT_IF_CHART (chart), -1);

  return chart->cursor;
}

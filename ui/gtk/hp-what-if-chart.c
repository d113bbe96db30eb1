/* hp-what-if-chart.c - the price along an attribute, to be looked at point by point with keys and pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-what-if-chart.h"
#include "hp-what-if-drawing.h"

#define MIN_WIDTH    200
#define CURVE_HEIGHT 190

struct _HpWhatIfChart
{
  GtkWidget parent_instance;

  HpWhatIf *what_if; /* (nullable) */
  HpWhatIfPlot plot;
  gboolean planned, fits; /* the plot is of what there is now; and it can be drawn */
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

/* Kept from one time to the next: pointers move and frames come far more often than there is another curve, size or
 * style. Returns NULL where there is nothing to show */
static const HpWhatIfPlot *
get_plot (HpWhatIfChart *chart)
{
  if (!chart->planned)
    chart->fits = chart->what_if != NULL && hp_what_if_plot_init (&chart->plot, GTK_WIDGET (chart), chart->what_if);
  chart->planned = TRUE;
  return chart->fits ? &chart->plot : NULL;
}

static void
hp_what_if_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HpWhatIfChart *chart = HP_WHAT_IF_CHART (widget);
  const HpWhatIfPlot *plot = get_plot (chart);
  cairo_t *cr;

  if (plot == NULL)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, plot->width, plot->height));
  hp_what_if_draw (widget, cr, plot, hp_what_if_get_own (chart->what_if), chart->cursor);
  cairo_destroy (cr);
}

static void
hp_what_if_chart_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HP_WHAT_IF_CHART (widget)->planned = FALSE;
}

static void
hp_what_if_chart_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  HP_WHAT_IF_CHART (widget)->planned = FALSE;
  GTK_WIDGET_CLASS (hp_what_if_chart_parent_class)->css_changed (widget, change);
}

/* How large letters are is a setting of the system, too */
static void
hp_what_if_chart_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  HP_WHAT_IF_CHART (widget)->planned = FALSE;
  GTK_WIDGET_CLASS (hp_what_if_chart_parent_class)->system_setting_changed (widget, setting);
}

static void
hp_what_if_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  HpWhatIfChart *chart = HP_WHAT_IF_CHART (widget);

  *minimum = *natural = MIN_WIDTH;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  *minimum = CURVE_HEIGHT;
  if (is_of_categories (chart))
    *minimum = (int) n_points (chart) * HP_WHAT_IF_ROW_HEIGHT + hp_what_if_plot_line (widget) + HP_WHAT_IF_GAP;
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
  const HpWhatIfPlot *plot = has_moved (chart, controller) ? get_plot (chart) : NULL;

  if (plot != NULL)
    move_to (chart, hp_what_if_plot_find (plot, x, y), TRUE);
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
  widget_class->size_allocate = hp_what_if_chart_size_allocate;
  widget_class->css_changed = hp_what_if_chart_css_changed;
  widget_class->system_setting_changed = hp_what_if_chart_system_setting_changed;
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
  chart->planned = FALSE;
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

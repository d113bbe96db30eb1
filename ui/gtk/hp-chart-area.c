/* hp-chart-area.c - a chart on the screen, to be looked at sale by sale with keys and pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "hp-chart-area-private.h"
#include "hp-weak.h"

#define MIN_WIDTH  240
#define MIN_HEIGHT 200

enum
{
  PROP_SELECTED_ROW = 1,
  N_PROPS
};

enum
{
  ACTIVATED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HpChartArea, hp_chart_area, GTK_TYPE_WIDGET)

static HpChartRequest
make_request (HpChartArea *area)
{
  GtkWidget *widget = GTK_WIDGET (area);

  return (HpChartRequest){ area->chart, gtk_widget_get_width (widget), gtk_widget_get_height (widget),
                           gtk_widget_get_scale_factor (widget), hp_chart_picture_palette () };
}

HpPlot *
_hp_chart_area_get_plot (HpChartArea *area)
{
  return area->picture != NULL && area->picture->request.chart == area->chart ? area->picture->plot : NULL;
}

static void request_picture (HpChartArea *area);

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HpChartArea) area = hp_weak_take (data);
  HpChartPicture *picture = hp_chart_picture_new_finish (result, NULL);

  if (area == NULL || picture == NULL) /* the widget is on its way out */
    {
      g_clear_pointer (&picture, hp_chart_picture_free);
      return;
    }
  area->drawing = FALSE;
  g_clear_pointer (&area->picture, hp_chart_picture_free);
  area->picture = picture;
  gtk_widget_queue_allocate (GTK_WIDGET (area));
  gtk_widget_queue_draw (GTK_WIDGET (area));
  request_picture (area);
}

/* One at a time: what comes meanwhile is drawn next, and only the newest */
static void
request_picture (HpChartArea *area)
{
  HpChartRequest request = make_request (area);

  if (area->drawing || area->chart == NULL || request.width <= 0 || request.height <= 0
      || !gtk_widget_get_mapped (GTK_WIDGET (area))
      || (area->picture != NULL && hp_chart_request_equal (&area->picture->request, &request)))
    return;
  area->drawing = TRUE;
  hp_chart_picture_new_async (&request, area->cancellable, drawn_cb, hp_weak_new (area));
}

static void
hp_chart_area_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HpChartArea *area = HP_CHART_AREA (widget);
  const HpChartPicture *picture = area->picture;
  guint64 rows[] = { area->selected, area->hovered };
  cairo_t *cairo;

  if (picture == NULL || area->chart == NULL)
    return;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                         (float) gtk_widget_get_height (widget)));
  gtk_snapshot_append_texture (snapshot, picture->texture,
                               &GRAPHENE_RECT_INIT (0, 0, (float) picture->request.width,
                                                    (float) picture->request.height));
  if (_hp_chart_area_get_plot (area) != NULL && _hp_chart_area_shown_row (area) != 0)
    {
      cairo = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) picture->request.width,
                                                                        (float) picture->request.height));
      for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        if (rows[i] != 0 && (i == 0 || rows[i] != rows[0]))
          hp_plot_draw_highlight (picture->plot, cairo, rows[i]);
      cairo_destroy (cairo);
    }
  gtk_widget_snapshot_child (widget, area->tip, snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
hp_chart_area_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 2 * MIN_WIDTH : 3 * MIN_HEIGHT / 2;
}

static void
hp_chart_area_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HpChartArea *area = HP_CHART_AREA (widget);

  if (gtk_widget_should_layout (area->tip))
    _hp_chart_area_place_tip (area, width, height);
  request_picture (area);
}

static void
hp_chart_area_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hp_chart_area_parent_class)->map (widget);
  request_picture (HP_CHART_AREA (widget));
}

void
_hp_chart_area_hover (HpChartArea *area, guint64 row)
{
  if (row == area->hovered)
    return;
  area->hovered = row;
  _hp_chart_area_show_tip (area);
}

void
_hp_chart_area_activate (HpChartArea *area, guint64 row)
{
  g_signal_emit (area, signals[ACTIVATED], 0, row);
}

static void
hp_chart_area_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SELECTED_ROW)
    g_value_set_uint64 (value, HP_CHART_AREA (object)->selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hp_chart_area_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SELECTED_ROW)
    hp_chart_area_select (HP_CHART_AREA (object), g_value_get_uint64 (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hp_chart_area_dispose (GObject *object)
{
  HpChartArea *area = HP_CHART_AREA (object);

  g_cancellable_cancel (area->cancellable);
  g_clear_pointer (&area->tip, gtk_widget_unparent);
  g_clear_pointer (&area->picture, hp_chart_picture_free);
  g_clear_pointer (&area->chart, hp_shared_chart_unref);
  G_OBJECT_CLASS (hp_chart_area_parent_class)->dispose (object);
}

static void
hp_chart_area_finalize (GObject *object)
{
  g_object_unref (HP_CHART_AREA (object)->cancellable);
  G_OBJECT_CLASS (hp_chart_area_parent_class)->finalize (object);
}

static void
hp_chart_area_class_init (HpChartAreaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = hp_chart_area_get_property;
  object_class->set_property = hp_chart_area_set_property;
  object_class->dispose = hp_chart_area_dispose;
  object_class->finalize = hp_chart_area_finalize;
  widget_class->measure = hp_chart_area_measure;
  widget_class->size_allocate = hp_chart_area_size_allocate;
  widget_class->snapshot = hp_chart_area_snapshot;
  widget_class->map = hp_chart_area_map;
  props[PROP_SELECTED_ROW] = g_param_spec_uint64 ("selected-row", NULL, NULL, 0, G_MAXUINT64, 0,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[ACTIVATED] = g_signal_new ("activated", HP_TYPE_CHART_AREA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_UINT64);
  gtk_widget_class_set_css_name (widget_class, "chartarea");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
hp_chart_area_init (HpChartArea *area)
{
  GtkWidget *widget = GTK_WIDGET (area);
  AdwStyleManager *style = adw_style_manager_get_default ();

  area->cancellable = g_cancellable_new ();
  _hp_chart_area_add_tip (area);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (request_picture), area, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (request_picture), area, G_CONNECT_SWAPPED);
  g_signal_connect (area, "notify::scale-factor", G_CALLBACK (request_picture), NULL);
  _hp_chart_area_add_controllers (area);
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
}

/**
 * hp_chart_area_new:
 *
 * Returns: (transfer floating): a widget without a chart
 */
GtkWidget *
hp_chart_area_new (void)
{
  return g_object_new (HP_TYPE_CHART_AREA, NULL);
}

/**
 * hp_chart_area_set_chart:
 * @area: a chart's widget
 * @chart: (nullable): what it shows
 *
 * The picture of the chart before stays until this one is drawn, which is soon. The selected sale stays so if this
 * chart has it, too.
 */
void
hp_chart_area_set_chart (HpChartArea *area, HpSharedChart *chart)
{
  HpSharedChart *before;

  g_return_if_fail (HP_IS_CHART_AREA (area));

  before = area->chart;
  area->chart = chart != NULL ? hp_shared_chart_ref (chart) : NULL;
  g_clear_pointer (&before, hp_shared_chart_unref);
  area->hovered = 0;
  if (chart == NULL)
    g_clear_pointer (&area->picture, hp_chart_picture_free);
  if (area->selected != 0 && (chart == NULL || hp_shared_chart_find (chart, area->selected) < 0))
    hp_chart_area_select (area, 0);
  _hp_chart_area_show_tip (area);
  request_picture (area);
}

/**
 * hp_chart_area_get_chart:
 * @area: a chart's widget
 *
 * Returns: (transfer none) (nullable): what it shows
 */
HpSharedChart *
hp_chart_area_get_chart (HpChartArea *area)
{
  g_return_val_if_fail (HP_IS_CHART_AREA (area), NULL);

  return area->chart;
}

/**
 * hp_chart_area_set_describe:
 * @area: a chart's widget
 * @describe: (nullable): what to say of a sale
 * @data: for @describe; it must live as long as the widget
 */
void
hp_chart_area_set_describe (HpChartArea *area, HpChartDescribe describe, gpointer data)
{
  g_return_if_fail (HP_IS_CHART_AREA (area));

  area->describe = describe;
  area->describe_data = data;
  _hp_chart_area_show_tip (area);
}

/**
 * hp_chart_area_select:
 * @area: a chart's widget
 * @row: a sale; 0: none
 */
void
hp_chart_area_select (HpChartArea *area, guint64 row)
{
  g_return_if_fail (HP_IS_CHART_AREA (area));

  if (row == area->selected)
    return;
  area->selected = row;
  _hp_chart_area_show_tip (area);
  g_object_notify_by_pspec (G_OBJECT (area), props[PROP_SELECTED_ROW]);
}

/**
 * hp_chart_area_get_selected:
 * @area: a chart's widget
 *
 * Returns: the selected sale; 0: none
 */
guint64
hp_chart_area_get_selected (HpChartArea *area)
{
  g_return_val_if_fail (HP_IS_CHART_AREA (area), 0);

  return area->selected;
}

/**
 * hp_chart_area_get_tip:
 * @area: a chart's widget
 *
 * Returns: (transfer none) (nullable): what the box beside a sale says
 */
const char *
hp_chart_area_get_tip (HpChartArea *area)
{
  g_return_val_if_fail (HP_IS_CHART_AREA (area), NULL);

  return gtk_widget_get_visible (area->tip) ? gtk_label_get_text (GTK_LABEL (area->tip)) : NULL;
}

/**
 * hp_chart_area_is_drawn:
 * @area: a chart's widget
 *
 * Returns: whether its picture is of the chart, the size and the style there are now
 */
gboolean
hp_chart_area_is_drawn (HpChartArea *area)
{
  HpChartRequest request;

  g_return_val_if_fail (HP_IS_CHART_AREA (area), FALSE);

  request = make_request (area);
  return area->picture != NULL && hp_chart_request_equal (&area->picture->request, &request);
}

/**
 * hp_chart_area_locate:
 * @area: a chart's widget
 * @row: a sale
 * @x: (out): where it is, from the left
 * @y: (out): and from the top
 *
 * Returns: whether it is anywhere: the chart is drawn and has it
 */
gboolean
hp_chart_area_locate (HpChartArea *area, guint64 row, double *x, double *y)
{
  HpPlot *plot;
  int index;

  g_return_val_if_fail (HP_IS_CHART_AREA (area), FALSE);

  plot = _hp_chart_area_get_plot (area);
  index = plot != NULL && row != 0 ? hp_shared_chart_find (area->chart, row) : -1;
  if (index >= 0)
    {
      const HpChartPlace *place = &g_array_index (area->chart->places, HpChartPlace, (guint) index);

      hp_plot_to_pixels (plot, place->x, place->y, x, y);
    }
  return index >= 0;
}

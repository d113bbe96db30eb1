/* hp-plot-points.c - clouds of points: on pixels by stamps, on vectors by paths
 *
 * On vectors points are dots of a few long paths, each with points that don't touch, so that they darken each other
 * where they are many; a tenth of the size of as many paths.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-plot-points-private.h"

#define MAX_LAYERS 12 /* of points on top of each other; beyond that nothing changes */

gboolean
_hp_plot_is_vector (cairo_t *cairo)
{
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_group_target (cairo));

  return type == CAIRO_SURFACE_TYPE_SVG || type == CAIRO_SURFACE_TYPE_PDF || type == CAIRO_SURFACE_TYPE_PS;
}

gboolean
_hp_plot_place_point (const HpPlot *plot, const HpChartSeries *series, gsize i, double *x, double *y)
{
  const HpChartAxis *across = &plot->chart->x, *along = &plot->chart->y;

  if (!(series->x[i] >= across->from && series->x[i] <= across->to && series->y[i] >= along->from
        && series->y[i] <= along->to))
    return FALSE;
  *x = _hp_plot_place_x (plot, series->x[i]);
  *y = _hp_plot_place_y (plot, series->y[i]);
  return TRUE;
}

gboolean
_hp_plot_is_outlier (const HpChartSeries *series, gsize i)
{
  return series->flags != NULL && (series->flags[i] & HP_POINT_OUTLIER) != 0;
}

/* Colours that tell values must not mix much */
double
_hp_plot_points_alpha (const HpPlot *plot, const HpChartSeries *series)
{
  double alpha = series->role == HP_ROLE_VALUE ? MAX (plot->mark.alpha, 0.75) : plot->mark.alpha;

  return series->faint ? MAX (alpha * 0.65, 0.2) : alpha;
}

void
_hp_plot_find_colors (const HpPlot *plot, const HpChartSeries *series, HpPlotColors *colors)
{
  const HpChartScale *scale = &plot->chart->scale;

  colors->n = series->role == HP_ROLE_VALUE && series->value != NULL ? HP_PLOT_SHADES + 1 : 1;
  colors->shades[0] = _hp_plot_series_color (plot, series);
  if (colors->n == 1)
    return;
  for (guint i = 0; i < HP_PLOT_SHADES; i++)
    colors->shades[i] = hp_palette_value (plot->palette_id, scale,
                                          scale->low + (i + 0.5) / HP_PLOT_SHADES * (scale->high - scale->low));
  colors->shades[HP_PLOT_SHADES] = hp_palette_value (plot->palette_id, scale, NAN);
}

guint
_hp_plot_shade_of (const HpPlot *plot, const HpChartSeries *series, const HpPlotColors *colors, gsize i)
{
  const HpChartScale *scale = &plot->chart->scale;
  double share;

  if (colors->n == 1)
    return 0;
  if (isnan (series->value[i]))
    return HP_PLOT_SHADES;
  share = (series->value[i] - scale->low) / (scale->high - scale->low);
  return share > 0 ? MIN ((guint) (MIN (share, 1) * HP_PLOT_SHADES), HP_PLOT_SHADES - 1) : 0;
}

/* How far a shade is from what is usual: the farther, the later it is drawn */
static guint
rank_of (const HpPlot *plot, guint shade)
{
  const HpChartScale *scale = &plot->chart->scale;
  double middle = scale->diverging ? (scale->middle - scale->low) / (scale->high - scale->low) * HP_PLOT_SHADES : 0;

  return shade == HP_PLOT_SHADES ? 0 : (guint) (1 + fabs (shade + 0.5 - middle));
}

/* The points as they are drawn, those of great values on top */
guint32 *
_hp_plot_points_order (const HpPlot *plot, const HpChartSeries *series, const HpPlotColors *colors, gsize *n)
{
  guint32 *order = g_new (guint32, series->n + 1), starts[HP_PLOT_SHADES + 3] = { 0 };

  *n = MIN (series->n, G_MAXUINT32);
  for (gsize i = 0; i < *n; i++)
    starts[1 + rank_of (plot, _hp_plot_shade_of (plot, series, colors, i))]++;
  for (guint rank = 1; rank < G_N_ELEMENTS (starts); rank++)
    starts[rank] += starts[rank - 1];
  for (gsize i = 0; i < *n; i++)
    order[starts[rank_of (plot, _hp_plot_shade_of (plot, series, colors, i))]++] = (guint32) i;
  return order;
}

/* Pixels of the target in a unit */
static double
find_scale (cairo_t *cairo)
{
  double x = 1, y = 0, scale_x, scale_y;

  cairo_user_to_device_distance (cairo, &x, &y);
  cairo_surface_get_device_scale (cairo_get_group_target (cairo), &scale_x, &scale_y);
  return CLAMP (hypot (x, y) * scale_x, 0.1, 16);
}

/* Which layer each point is in: how many were before it at its place. MAX_LAYERS: not drawn. Colours that tell values
 * are in one, which lies in the order of the values */
static guint8 *
find_layers (const HpPlot *plot, const HpChartSeries *series, gboolean of_values)
{
  double cell = plot->mark.radius * 1.6, x, y;
  int columns = 1 + (int) (plot->frame.width / cell), rows = 1 + (int) (plot->frame.height / cell);
  g_autofree guint8 *counts = g_new0 (guint8, (gsize) columns * (gsize) rows);
  guint8 *layers = g_new (guint8, series->n + 1);

  for (gsize i = 0; i < series->n; i++)
    {
      guint8 *count;

      layers[i] = MAX_LAYERS;
      if (!_hp_plot_place_point (plot, series, i, &x, &y))
        continue;
      count = &counts[CLAMP ((int) ((y - plot->frame.y) / cell), 0, rows - 1) * columns
                      + CLAMP ((int) ((x - plot->frame.x) / cell), 0, columns - 1)];
      if (of_values)
        layers[i] = 0;
      else if (*count < MAX_LAYERS)
        layers[i] = (*count)++;
    }
  return layers;
}

/* Of a path that holds all points of a colour in a layer */
static void
add_to_path (cairo_t *cairo, guint shape, double x, double y, double radius)
{
  x = round (x * 4) / 4;
  y = round (y * 4) / 4;
  if (shape == 0)
    {
      cairo_move_to (cairo, x, y);
      cairo_line_to (cairo, x, y);
    }
  else
    _hp_plot_mark_trace (cairo, shape, x, y, radius);
}

static void
end_path (cairo_t *cairo, guint shape, HpColor color, double alpha, double radius)
{
  cairo_set_source_rgba (cairo, color.red, color.green, color.blue, alpha);
  cairo_set_line_width (cairo, radius * 2);
  if (shape == 0)
    cairo_stroke (cairo);
  else
    cairo_fill (cairo);
}

static void
sort_shades (const HpPlot *plot, guint n, guint *shades)
{
  for (guint i = 0; i < n; i++)
    {
      guint k = i;

      for (; n > 1 && k > 0 && rank_of (plot, shades[k - 1]) > rank_of (plot, i); k--)
        shades[k] = shades[k - 1];
      shades[k] = i;
    }
}

static void
draw_vectors (const HpPlot *plot, cairo_t *cairo, const HpChartSeries *series, guint shape)
{
  g_autofree guint8 *layers = find_layers (plot, series, series->role == HP_ROLE_VALUE);
  double alpha = _hp_plot_points_alpha (plot, series), radius = plot->mark.radius, x, y;
  guint shades[HP_PLOT_SHADES + 1];
  HpPlotColors colors;

  _hp_plot_find_colors (plot, series, &colors);
  sort_shades (plot, colors.n, shades);
  cairo_save (cairo);
  cairo_set_line_cap (cairo, CAIRO_LINE_CAP_ROUND);
  for (guint layer = 0; layer < MAX_LAYERS; layer++)
    for (guint k = 0; k < colors.n; k++)
      {
        gboolean any = FALSE;
        guint shade = shades[k];

        for (gsize i = 0; i < series->n; i++)
          if (layers[i] == layer && !_hp_plot_is_outlier (series, i)
              && _hp_plot_shade_of (plot, series, &colors, i) == shade
              && _hp_plot_place_point (plot, series, i, &x, &y))
            {
              add_to_path (cairo, shape, x, y, radius);
              any = TRUE;
            }
        if (any)
          end_path (cairo, shape, colors.shades[shade], alpha, radius);
      }
  for (gsize i = 0; i < series->n; i++)
    if (_hp_plot_is_outlier (series, i) && _hp_plot_place_point (plot, series, i, &x, &y))
      {
        add_to_path (cairo, shape, x, y, radius);
        end_path (cairo, shape, colors.shades[_hp_plot_shade_of (plot, series, &colors, i)], 1, radius);
      }
  cairo_restore (cairo);
}

void
_hp_plot_draw_points (HpPlot *plot, cairo_t *cairo, const HpChartSeries *series, guint shape)
{
  double scale = find_scale (cairo);

  if (_hp_plot_is_vector (cairo) || plot->mark.radius * scale > HP_PLOT_LARGEST_STAMP)
    draw_vectors (plot, cairo, series, shape);
  else
    _hp_plot_stamp_points (plot, cairo, series, shape, scale);
}

/* hp-plot-points.c - clouds of points, drawn quickly
 *
 * PLplot's glyphs take 22 µs a point, so that 20,000 would take 440 ms. On pixels a mark is prepared once, at sixteen
 * places within a pixel, and blended by a loop of our own (5 ms). On vectors points are dots of a few long paths, each
 * with points that don't touch, so that they darken each other where they are many; a tenth of the size of as many
 * paths.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-plot-private.h"

#define FINE       4  /* places of a mark within a pixel, across and along */
#define SAMPLES    4  /* of a pixel of a mark, across and along, at each place */
#define MAX_SIDE   96 /* pixels of a mark */
#define SHADES     64 /* of a scale of colours */
#define MAX_LAYERS 12 /* of points on top of each other; beyond that nothing changes */

gboolean
_hp_plot_is_vector (cairo_t *cairo)
{
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_group_target (cairo));

  return type == CAIRO_SURFACE_TYPE_SVG || type == CAIRO_SURFACE_TYPE_PDF || type == CAIRO_SURFACE_TYPE_PS;
}

/* What a category has of the frame: points of one don't reach into the next */
static double
smallest_place (const HpPlot *plot)
{
  const HpChartAxis *x = &plot->chart->x, *y = &plot->chart->y;
  double across = x->kind == HP_AXIS_CATEGORY ? plot->frame.width / (x->to - x->from) : G_MAXDOUBLE;
  double along = y->kind == HP_AXIS_CATEGORY ? plot->frame.height / (y->to - y->from) : G_MAXDOUBLE;

  return MIN (across, along);
}

/* The more points, the smaller and the fainter */
HpPlotMark
_hp_plot_choose_mark (const HpPlot *plot)
{
  gsize n = 1;
  double size = sqrt (plot->frame.width * plot->frame.height / (600 * 400));
  HpPlotMark mark;

  for (guint i = 0; i < plot->chart->series->len; i++)
    {
      const HpChartSeries *series = g_ptr_array_index (plot->chart->series, i);

      n += series->kind == HP_SERIES_POINTS ? series->n : 0;
    }
  mark.radius = CLAMP (7.6 * pow ((double) n, -0.165), 1.3, 4.2) * CLAMP (size, 0.75, 1.4);
  mark.radius = MIN (mark.radius, MAX (smallest_place (plot) * 0.3, 1.3));
  mark.alpha = CLAMP (2.1 * pow ((double) n, -0.2), 0.25, 0.85);
  if (plot->palette_id == HP_PALETTE_HIGH_CONTRAST || plot->palette_id == HP_PALETTE_HIGH_CONTRAST_DARK)
    mark.alpha = MIN (mark.alpha * 1.4, 1);
  return mark;
}

/* Versions that overlay differ in shape too, since colours aren't seen by all: 0 if it is the only cloud */
guint
_hp_plot_series_shape (const HpPlot *plot, const HpChartSeries *series)
{
  guint shape = 0;

  for (guint i = 0; i < plot->chart->series->len; i++)
    {
      const HpChartSeries *other = g_ptr_array_index (plot->chart->series, i);

      if (other == series)
        return shape % 4;
      shape += other->kind == HP_SERIES_POINTS && other->label != NULL && other->role < HP_ROLE_REFERENCE;
    }
  return 0;
}

HpColor
_hp_plot_series_color (const HpPlot *plot, const HpChartSeries *series)
{
  const HpChartScale *scale = &plot->chart->scale;

  if (series->role < HP_ROLE_VALUE)
    return plot->palette->role[series->role];
  return hp_palette_value (plot->palette_id, scale, (scale->low + scale->high) / 2);
}

/* Circle, square, diamond, triangle: of like areas. Is a place in units of the radius within? */
static gboolean
is_within (guint shape, double x, double y)
{
  switch (shape)
    {
    case 1:
      return fabs (x) <= 0.87 && fabs (y) <= 0.87;
    case 2:
      return fabs (x) + fabs (y) <= 1.25;
    case 3:
      return y <= 0.8 && y >= -1.1 && fabs (x) <= (y + 1.1) * 0.68;
    default:
      return x * x + y * y <= 1;
    }
}

static void
trace (cairo_t *cairo, guint shape, double x, double y, double radius)
{
  cairo_new_sub_path (cairo);
  switch (shape)
    {
    case 1:
      cairo_rectangle (cairo, x - radius * 0.87, y - radius * 0.87, radius * 1.74, radius * 1.74);
      return;
    case 2:
      cairo_move_to (cairo, x - radius * 1.25, y);
      cairo_line_to (cairo, x, y - radius * 1.25);
      cairo_line_to (cairo, x + radius * 1.25, y);
      cairo_line_to (cairo, x, y + radius * 1.25);
      break;
    case 3:
      cairo_move_to (cairo, x - radius * 1.29, y + radius * 0.8);
      cairo_line_to (cairo, x, y - radius * 1.1);
      cairo_line_to (cairo, x + radius * 1.29, y + radius * 0.8);
      break;
    default:
      cairo_arc (cairo, x, y, radius, 0, 2 * G_PI);
      return;
    }
  cairo_close_path (cairo);
}

static gboolean
place (const HpPlot *plot, const HpChartSeries *series, gsize i, double *x, double *y)
{
  const HpChartAxis *across = &plot->chart->x, *along = &plot->chart->y;

  if (!(series->x[i] >= across->from && series->x[i] <= across->to && series->y[i] >= along->from
        && series->y[i] <= along->to))
    return FALSE;
  *x = _hp_plot_place_x (plot, series->x[i]);
  *y = _hp_plot_place_y (plot, series->y[i]);
  return TRUE;
}

static gboolean
is_outlier (const HpChartSeries *series, gsize i)
{
  return series->flags != NULL && (series->flags[i] & HP_POINT_OUTLIER) != 0;
}

/* Colours that tell values must not mix much */
static double
find_alpha (const HpPlot *plot, const HpChartSeries *series)
{
  double alpha = series->role == HP_ROLE_VALUE ? MAX (plot->mark.alpha, 0.75) : plot->mark.alpha;

  return series->faint ? MAX (alpha * 0.65, 0.2) : alpha;
}

/* The colours that points may have: one, or the shades of the scale */
typedef struct
{
  HpColor shades[SHADES + 1]; /* the last: of no value */
  guint n;
} Colors;

static void
find_colors (const HpPlot *plot, const HpChartSeries *series, Colors *colors)
{
  const HpChartScale *scale = &plot->chart->scale;

  colors->n = series->role == HP_ROLE_VALUE && series->value != NULL ? SHADES + 1 : 1;
  colors->shades[0] = _hp_plot_series_color (plot, series);
  if (colors->n == 1)
    return;
  for (guint i = 0; i < SHADES; i++)
    colors->shades[i]
      = hp_palette_value (plot->palette_id, scale, scale->low + (i + 0.5) / SHADES * (scale->high - scale->low));
  colors->shades[SHADES] = hp_palette_value (plot->palette_id, scale, NAN);
}

static guint
shade_of (const HpPlot *plot, const HpChartSeries *series, const Colors *colors, gsize i)
{
  const HpChartScale *scale = &plot->chart->scale;
  double share;

  if (colors->n == 1)
    return 0;
  if (isnan (series->value[i]))
    return SHADES;
  share = (series->value[i] - scale->low) / (scale->high - scale->low);
  return share > 0 ? MIN ((guint) (MIN (share, 1) * SHADES), SHADES - 1) : 0;
}

/* How far a shade is from what is usual: the farther, the later it is drawn */
static guint
rank_of (const HpPlot *plot, guint shade)
{
  const HpChartScale *scale = &plot->chart->scale;
  double middle = scale->diverging ? (scale->middle - scale->low) / (scale->high - scale->low) * SHADES : 0;

  return shade == SHADES ? 0 : (guint) (1 + fabs (shade + 0.5 - middle));
}

/* The points as they are drawn, those of great values on top */
static guint32 *
find_order (const HpPlot *plot, const HpChartSeries *series, const Colors *colors, gsize *n)
{
  guint32 *order = g_new (guint32, series->n + 1), starts[SHADES + 3] = { 0 };

  *n = MIN (series->n, G_MAXUINT32);
  for (gsize i = 0; i < *n; i++)
    starts[1 + rank_of (plot, shade_of (plot, series, colors, i))]++;
  for (guint rank = 1; rank < G_N_ELEMENTS (starts); rank++)
    starts[rank] += starts[rank - 1];
  for (gsize i = 0; i < *n; i++)
    order[starts[rank_of (plot, shade_of (plot, series, colors, i))]++] = (guint32) i;
  return order;
}

/* A mark at each place within a pixel: coverages of 0 to 255, side × side each */
typedef struct
{
  guint8 *coverage;
  int side;
  double radius; /* pixels */
} Stamps;

static guint8
cover (guint shape, double x, double y, double radius)
{
  guint within = 0;

  for (int row = 0; row < SAMPLES; row++)
    for (int column = 0; column < SAMPLES; column++)
      within += is_within (shape, (x + (column + 0.5) / SAMPLES) / radius, (y + (row + 0.5) / SAMPLES) / radius);
  return (guint8) (within * 255 / (SAMPLES * SAMPLES));
}

static void
stamps_init (Stamps *stamps, guint shape, double radius)
{
  guint8 *at;

  stamps->radius = MIN (radius, MAX_SIDE / 3.0);
  stamps->side = 2 * (int) ceil (stamps->radius * 1.3) + 2;
  at = stamps->coverage = g_malloc ((gsize) (FINE * FINE * stamps->side * stamps->side));
  for (int place_y = 0; place_y < FINE; place_y++)
    for (int place_x = 0; place_x < FINE; place_x++)
      for (int y = 0; y < stamps->side; y++)
        for (int x = 0; x < stamps->side; x++)
          *at++ = cover (shape, x - stamps->side / 2 - (place_x + 0.5) / FINE,
                         y - stamps->side / 2 - (place_y + 0.5) / FINE, stamps->radius);
}

typedef struct
{
  guint32 *pixels; /* premultiplied ARGB */
  int width, height, stride;
} Canvas;

static inline guint32
divide_by_255 (guint32 value)
{
  value += 128;
  return (value + (value >> 8)) >> 8;
}

/* color: premultiplied and of full coverage */
static inline guint32
blend (guint32 below, const guint32 color[4], guint32 coverage)
{
  guint32 keep = 255 - divide_by_255 (color[0] * coverage), result = 0;

  for (int i = 0; i < 4; i++)
    {
      int shift = 24 - 8 * i;

      result |= (divide_by_255 (color[i] * coverage) + divide_by_255 (((below >> shift) & 255) * keep)) << shift;
    }
  return result;
}

static void
stamp (const Canvas *canvas, const Stamps *stamps, double x, double y, const guint32 color[4])
{
  double left = floor (x), top = floor (y);
  int fine_x = (int) ((x - left) * FINE), fine_y = (int) ((y - top) * FINE), side = stamps->side;
  const guint8 *coverage = stamps->coverage + (gsize) (fine_y * FINE + fine_x) * (gsize) (side * side);
  int x0 = (int) left - side / 2, y0 = (int) top - side / 2;

  for (int row = MAX (0, -y0); row < MIN (side, canvas->height - y0); row++)
    {
      guint32 *pixels = canvas->pixels + (gsize) (y0 + row) * canvas->stride;

      for (int column = MAX (0, -x0); column < MIN (side, canvas->width - x0); column++)
        if (coverage[row * side + column] != 0)
          pixels[x0 + column] = blend (pixels[x0 + column], color, coverage[row * side + column]);
    }
}

static void
premultiply (HpColor color, double alpha, guint32 out[4])
{
  out[0] = (guint32) lround (alpha * 255);
  out[1] = (guint32) lround (color.red * alpha * 255);
  out[2] = (guint32) lround (color.green * alpha * 255);
  out[3] = (guint32) lround (color.blue * alpha * 255);
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

static void
draw_pixels (const HpPlot *plot, cairo_t *cairo, const HpChartSeries *series, guint shape, double scale)
{
  /* Marks at the frame's edge are whole */
  double border = ceil (plot->mark.radius * 2), left = plot->frame.x - border, top = plot->frame.y - border;
  cairo_surface_t *surface
    = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil ((plot->frame.width + 2 * border) * scale),
                                  (int) ceil ((plot->frame.height + 2 * border) * scale));
  Canvas canvas
    = { (guint32 *) (gpointer) cairo_image_surface_get_data (surface), cairo_image_surface_get_width (surface),
        cairo_image_surface_get_height (surface), cairo_image_surface_get_stride (surface) / 4 };
  guint32 inks[2][SHADES + 1][4];
  double alpha = find_alpha (plot, series), x, y;
  g_autofree guint32 *order = NULL;
  gsize n;
  Colors colors;
  Stamps stamps;

  if (canvas.pixels == NULL)
    {
      cairo_surface_destroy (surface);
      return;
    }
  find_colors (plot, series, &colors);
  for (guint i = 0; i < colors.n; i++)
    {
      premultiply (colors.shades[i], alpha, inks[0][i]);
      premultiply (colors.shades[i], 1, inks[1][i]);
    }
  stamps_init (&stamps, shape, plot->mark.radius * scale);
  cairo_surface_flush (surface);
  order = find_order (plot, series, &colors, &n);
  for (int outlier = 0; outlier < (series->flags != NULL ? 2 : 1); outlier++)
    for (gsize k = 0; k < n; k++)
      if (is_outlier (series, order[k]) == outlier && place (plot, series, order[k], &x, &y))
        stamp (&canvas, &stamps, (x - left) * scale, (y - top) * scale,
               inks[outlier][shade_of (plot, series, &colors, order[k])]);
  g_free (stamps.coverage);
  cairo_surface_mark_dirty (surface);
  cairo_save (cairo);
  cairo_translate (cairo, left, top);
  cairo_scale (cairo, 1 / scale, 1 / scale);
  cairo_set_source_surface (cairo, surface, 0, 0);
  cairo_paint (cairo);
  cairo_restore (cairo);
  cairo_surface_destroy (surface);
}

/* Which layer each point is in: how many were before it at its place. MAX_LAYERS: not drawn */
static guint8 *
find_layers (const HpPlot *plot, const HpChartSeries *series)
{
  double cell = plot->mark.radius * 1.6, x, y;
  int columns = 1 + (int) (plot->frame.width / cell), rows = 1 + (int) (plot->frame.height / cell);
  g_autofree guint8 *counts = g_new0 (guint8, (gsize) columns * (gsize) rows);
  guint8 *layers = g_new (guint8, series->n + 1);

  for (gsize i = 0; i < series->n; i++)
    {
      guint8 *count;

      layers[i] = MAX_LAYERS;
      if (!place (plot, series, i, &x, &y))
        continue;
      count = &counts[CLAMP ((int) ((y - plot->frame.y) / cell), 0, rows - 1) * columns
                      + CLAMP ((int) ((x - plot->frame.x) / cell), 0, columns - 1)];
      if (*count < MAX_LAYERS)
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
    trace (cairo, shape, x, y, radius);
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
  g_autofree guint8 *layers = find_layers (plot, series);
  double alpha = find_alpha (plot, series), radius = plot->mark.radius, x, y;
  guint shades[SHADES + 1];
  Colors colors;

  find_colors (plot, series, &colors);
  sort_shades (plot, colors.n, shades);
  cairo_save (cairo);
  cairo_set_line_cap (cairo, CAIRO_LINE_CAP_ROUND);
  for (guint layer = 0; layer < MAX_LAYERS; layer++)
    for (guint k = 0; k < colors.n; k++)
      {
        gboolean any = FALSE;
        guint shade = shades[k];

        for (gsize i = 0; i < series->n; i++)
          if (layers[i] == layer && !is_outlier (series, i) && shade_of (plot, series, &colors, i) == shade
              && place (plot, series, i, &x, &y))
            {
              add_to_path (cairo, shape, x, y, radius);
              any = TRUE;
            }
        if (any)
          end_path (cairo, shape, colors.shades[shade], alpha, radius);
      }
  for (gsize i = 0; i < series->n; i++)
    if (is_outlier (series, i) && place (plot, series, i, &x, &y))
      {
        add_to_path (cairo, shape, x, y, radius);
        end_path (cairo, shape, colors.shades[shade_of (plot, series, &colors, i)], 1, radius);
      }
  cairo_restore (cairo);
}

void
_hp_plot_draw_points (HpPlot *plot, cairo_t *cairo, const HpChartSeries *series, guint shape)
{
  if (_hp_plot_is_vector (cairo))
    draw_vectors (plot, cairo, series, shape);
  else
    draw_pixels (plot, cairo, series, shape, find_scale (cairo));
}

void
_hp_plot_draw_mark (const HpPlot *plot, cairo_t *cairo, const HpChartSeries *series, guint shape, double x, double y)
{
  HpColor color = _hp_plot_series_color (plot, series);

  cairo_new_path (cairo);
  trace (cairo, shape, x, y, CLAMP (plot->mark.radius, 3, 4.5));
  cairo_set_source_rgba (cairo, color.red, color.green, color.blue, MAX (plot->mark.alpha, 0.8));
  cairo_fill (cairo);
}

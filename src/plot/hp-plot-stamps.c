/* hp-plot-stamps.c - points as pixels
 *
 * PLplot's glyphs take 22 µs a point, so that 20,000 would take 440 ms. Here a mark is prepared once, at sixteen places
 * within a pixel, and blended where each point is: 5 ms.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-plot-points-private.h"

#define FINE    4 /* places of a mark within a pixel, across and along */
#define SAMPLES 4 /* of a pixel of a mark, across and along, at each place */

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
      within
        += _hp_plot_mark_covers (shape, (x + (column + 0.5) / SAMPLES) / radius, (y + (row + 0.5) / SAMPLES) / radius);
  return (guint8) (within * 255 / (SAMPLES * SAMPLES));
}

static void
stamps_init (Stamps *stamps, guint shape, double radius)
{
  guint8 *at;
  int middle;

  stamps->radius = MIN (radius, HP_PLOT_LARGEST_STAMP);
  stamps->side = 2 * (int) ceil (stamps->radius * 1.3) + 2;
  middle = stamps->side / 2;
  at = stamps->coverage = g_malloc ((gsize) (FINE * FINE * stamps->side * stamps->side));
  for (int place_y = 0; place_y < FINE; place_y++)
    for (int place_x = 0; place_x < FINE; place_x++)
      for (int y = 0; y < stamps->side; y++)
        for (int x = 0; x < stamps->side; x++)
          *at++
            = cover (shape, x - middle - (place_x + 0.5) / FINE, y - middle - (place_y + 0.5) / FINE, stamps->radius);
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

void
_hp_plot_stamp_points (const HpPlot *plot, cairo_t *cairo, const HpChartSeries *series, guint shape, double scale)
{
  /* Marks at the frame's edge are whole */
  double border = ceil (plot->mark.radius * 2), left = plot->frame.x - border, top = plot->frame.y - border;
  cairo_surface_t *surface
    = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil ((plot->frame.width + 2 * border) * scale),
                                  (int) ceil ((plot->frame.height + 2 * border) * scale));
  Canvas canvas
    = { (guint32 *) (gpointer) cairo_image_surface_get_data (surface), cairo_image_surface_get_width (surface),
        cairo_image_surface_get_height (surface), cairo_image_surface_get_stride (surface) / 4 };
  guint32 inks[2][HP_PLOT_SHADES + 1][4];
  double alpha = _hp_plot_points_alpha (plot, series), x, y;
  g_autofree guint32 *order = NULL;
  gsize n;
  HpPlotColors colors;
  Stamps stamps;

  if (canvas.pixels == NULL)
    {
      cairo_surface_destroy (surface);
      return;
    }
  _hp_plot_find_colors (plot, series, &colors);
  for (guint i = 0; i < colors.n; i++)
    {
      premultiply (colors.shades[i], alpha, inks[0][i]);
      premultiply (colors.shades[i], 1, inks[1][i]);
    }
  stamps_init (&stamps, shape, plot->mark.radius * scale);
  cairo_surface_flush (surface);
  order = _hp_plot_points_order (plot, series, &colors, &n);
  for (int outlier = 0; outlier < (series->flags != NULL ? 2 : 1); outlier++)
    for (gsize k = 0; k < n; k++)
      if (_hp_plot_is_outlier (series, order[k]) == outlier && _hp_plot_place_point (plot, series, order[k], &x, &y))
        stamp (&canvas, &stamps, (x - left) * scale, (y - top) * scale,
               inks[outlier][_hp_plot_shade_of (plot, series, &colors, order[k])]);
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

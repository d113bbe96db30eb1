/* hp-plot-file.c - charts as PNG, SVG and PDF, in memory
 *
 * The same chart is the same bytes: nothing in the files says when they were made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-error.h"
#include "hp-plot-pen-private.h"
#include "hp-plot-private.h"

#define SMALLEST   100.0
#define LARGEST    10000.0
#define MAX_PIXELS 64000000.0

static gboolean
check (double width, double height, double scale, GError **error)
{
  if (!(width >= SMALLEST && height >= SMALLEST && width <= LARGEST && height <= LARGEST))
    hp_set_error (error, HP_ERROR_USAGE, "size", _ ("a chart of %g × %g can't be drawn; choose from %g to %g for each"),
                  width, height, SMALLEST, LARGEST);
  else if (!(scale >= 0.1 && scale <= 16 && width * scale * height * scale <= MAX_PIXELS))
    hp_set_error (error, HP_ERROR_USAGE, "scale",
                  _ ("a picture of %g × %g at scale %g is too large; choose a smaller size or scale"), width, height,
                  scale);
  else
    return _hp_plot_pen_check (error);
  return FALSE;
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  GByteArray *bytes = closure;

  if (length > G_MAXUINT - bytes->len)
    return CAIRO_STATUS_WRITE_ERROR;
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status != CAIRO_STATUS_SUCCESS)
    hp_set_error (error, HP_ERROR_FAILED, NULL, _ ("the chart can't be drawn: %s"), cairo_status_to_string (status));
  return status == CAIRO_STATUS_SUCCESS;
}

/* Draws, and takes the surface */
static gboolean
draw_on (cairo_surface_t *surface, const HpChart *chart, double width, double height, double scale, HpPaletteId palette,
         GError **error)
{
  cairo_t *cairo = cairo_create (surface);
  cairo_status_t status;

  cairo_scale (cairo, scale, scale);
  hp_plot_draw_chart (chart, cairo, width, height, palette);
  status = cairo_status (cairo);
  cairo_destroy (cairo);
  return check_status (status, error);
}

/**
 * hp_plot_to_png:
 * @chart: a finished chart
 * @width: of the picture, in points
 * @height: of the picture
 * @scale: pixels in a point: 1, or 2 for dense screens
 * @palette: colours
 * @error: return location for a #GError: %HP_ERROR_USAGE for a size that can't be, %HP_ERROR_NOT_FOUND without PLplot's
 *   driver
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *
hp_plot_to_png (const HpChart *chart, double width, double height, double scale, HpPaletteId palette, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  gboolean done;

  g_return_val_if_fail (chart != NULL, NULL);

  if (!check (width, height, scale, error))
    return NULL;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (width * scale), (int) ceil (height * scale));
  done = draw_on (surface, chart, width, height, scale, palette, error)
         && check_status (cairo_surface_write_to_png_stream (surface, write_cb, bytes), error);
  cairo_surface_destroy (surface);
  return done ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

/**
 * hp_plot_to_svg:
 * @chart: a finished chart
 * @width: of the picture, in CSS pixels
 * @height: of the picture
 * @palette: colours
 * @error: return location for a #GError, as of hp_plot_to_png()
 *
 * Makes an SVG that needs no fonts. It has no prolog, its title and summary are those of the chart, and its ids are of
 * no other chart's: several may be put into one page of HTML as they are.
 *
 * Returns: (transfer full) (nullable): the file, without a byte 0 at its end
 */
GBytes *
hp_plot_to_svg (const HpChart *chart, double width, double height, HpPaletteId palette, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  gboolean done;
  char *svg;

  g_return_val_if_fail (chart != NULL, NULL);

  if (!check (width, height, 1, error))
    return NULL;
  surface = cairo_svg_surface_create_for_stream (write_cb, bytes, width, height);
  done = draw_on (surface, chart, width, height, 1, palette, error);
  cairo_surface_finish (surface);
  done = done && check_status (cairo_surface_status (surface), error);
  cairo_surface_destroy (surface);
  if (!done)
    return NULL;
  svg = _hp_plot_svg_tidy ((const char *) bytes->data, bytes->len, chart->title, chart->summary);
  return g_bytes_new_take (svg, strlen (svg));
}

/**
 * hp_plot_to_pdf:
 * @chart: a finished chart
 * @width: of the page, in points
 * @height: of the page
 * @palette: colours
 * @error: return location for a #GError, as of hp_plot_to_png()
 *
 * Makes a page as large as the chart, whose texts can be searched.
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *
hp_plot_to_pdf (const HpChart *chart, double width, double height, HpPaletteId palette, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  gboolean done;

  g_return_val_if_fail (chart != NULL, NULL);

  if (!check (width, height, 1, error))
    return NULL;
  surface = cairo_pdf_surface_create_for_stream (write_cb, bytes, width, height);
  /* No date */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  if (chart->title != NULL && g_utf8_validate (chart->title, -1, NULL))
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, chart->title);
  done = draw_on (surface, chart, width, height, 1, palette, error);
  cairo_surface_finish (surface);
  done = done && check_status (cairo_surface_status (surface), error);
  cairo_surface_destroy (surface);
  return done ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

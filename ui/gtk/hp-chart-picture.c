/* hp-chart-picture.c - a chart as it was drawn once, for one size, scale and palette
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "hp-chart-picture.h"

/**
 * hp_chart_request_equal:
 * @a: what is drawn
 * @b: something else
 *
 * Returns: whether the two make the same picture
 */
gboolean
hp_chart_request_equal (const HpChartRequest *a, const HpChartRequest *b)
{
  return a->chart == b->chart && a->width == b->width && a->height == b->height && a->scale == b->scale
         && a->palette == b->palette;
}

/**
 * hp_chart_picture_palette:
 *
 * Returns: the palette of the style that is in use: light or dark, of high contrast or not
 */
HpPaletteId
hp_chart_picture_palette (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  if (adw_style_manager_get_high_contrast (style))
    return adw_style_manager_get_dark (style) ? HP_PALETTE_HIGH_CONTRAST_DARK : HP_PALETTE_HIGH_CONTRAST;
  return adw_style_manager_get_dark (style) ? HP_PALETTE_DARK : HP_PALETTE_LIGHT;
}

/**
 * hp_chart_picture_free:
 * @picture: (transfer full): a picture
 */
void
hp_chart_picture_free (HpChartPicture *picture)
{
  g_clear_object (&picture->texture);
  g_clear_pointer (&picture->plot, hp_plot_free);
  g_clear_pointer (&picture->request.chart, hp_shared_chart_unref);
  g_free (picture);
}

static GdkTexture *
draw (HpPlot *plot, const HpChartRequest *request)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, request->width * request->scale,
                                                         request->height * request->scale);
  cairo_t *cairo;
  g_autoptr (GBytes) bytes = NULL;
  int stride;

  cairo_surface_set_device_scale (surface, request->scale, request->scale);
  cairo = cairo_create (surface);
  hp_plot_draw (plot, cairo);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  stride = cairo_image_surface_get_stride (surface);
  /* The surface goes when the texture does */
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize) stride * (gsize) (request->height * request->scale),
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (request->width * request->scale, request->height * request->scale, GDK_MEMORY_DEFAULT,
                                 bytes, (gsize) stride);
}

static void
work (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  HpChartPicture *picture = task_data;
  HpChartPicture *drawn;

  if (g_task_return_error_if_cancelled (task))
    return;
  drawn = g_new (HpChartPicture, 1);
  drawn->request = picture->request;
  hp_shared_chart_ref (drawn->request.chart);
  drawn->plot
    = hp_plot_new (drawn->request.chart->chart, drawn->request.width, drawn->request.height, drawn->request.palette);
  drawn->texture = draw (drawn->plot, &drawn->request);
  g_task_return_pointer (task, drawn, (GDestroyNotify) hp_chart_picture_free);
}

/**
 * hp_chart_picture_new_async:
 * @request: what is to be drawn: a chart, and a size above 0
 * @cancellable: (nullable): to give up
 * @callback: called when it is drawn
 * @data: for @callback
 */
void
hp_chart_picture_new_async (const HpChartRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  HpChartPicture *picture;

  g_return_if_fail (request->chart != NULL && request->width > 0 && request->height > 0 && request->scale > 0);

  picture = g_new0 (HpChartPicture, 1);
  picture->request = *request;
  hp_shared_chart_ref (picture->request.chart);
  g_task_set_source_tag (task, hp_chart_picture_new_async);
  g_task_set_task_data (task, picture, (GDestroyNotify) hp_chart_picture_free);
  g_task_run_in_thread (task, work);
}

/**
 * hp_chart_picture_new_finish:
 * @result: what the callback was given
 * @error: return location for a #GError: cancelled
 *
 * Returns: (transfer full) (nullable): the picture
 */
HpChartPicture *
hp_chart_picture_new_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* hp-chart-picture.h - a chart as it was drawn once, for one size, scale and palette
 *
 * Drawn in a thread: thousands of points take longer than a frame may, and a report that is being made may have the pen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "hp-plot.h"
#include "hp-shared-chart.h"

G_BEGIN_DECLS

/* What is drawn */
typedef struct
{
  HpSharedChart *chart; /* (nullable) */
  int width, height;    /* in pixels of the application */
  int scale;            /* of the device in each of them */
  HpPaletteId palette;
} HpChartRequest;

typedef struct
{
  HpChartRequest request;
  GdkTexture *texture;
  HpPlot *plot; /* where things are in it */
} HpChartPicture;

gboolean        hp_chart_request_equal      (const HpChartRequest *a, const HpChartRequest *b);
void            hp_chart_picture_new_async  (const HpChartRequest *request, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer data);
HpChartPicture *hp_chart_picture_new_finish (GAsyncResult *result, GError **error); /* (transfer full) */
void            hp_chart_picture_free       (HpChartPicture *picture);

/* The palette of the style that is in use */
HpPaletteId     hp_chart_picture_palette    (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpChartPicture, hp_chart_picture_free)

G_END_DECLS

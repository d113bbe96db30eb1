/* hp-chart-export.h - a chart as a file, or as a picture on the clipboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "hp-shared-chart.h"

G_BEGIN_DECLS

/* format: "svg", "png", "pdf". Drawn for paper, in a thread; the file is replaced as a whole. */
void        hp_chart_export_async  (HpSharedChart *chart, GFile *file, const char *format, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);
gboolean    hp_chart_export_finish (GAsyncResult *result, GError **error);

/* As a picture, sharp enough for a document; (transfer full) */
void        hp_chart_texture_async  (HpSharedChart *chart, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
GdkTexture *hp_chart_texture_finish (GAsyncResult *result, GError **error);

/* Asks where, exports, and tells how it went; parent: whose window asks */
void        hp_chart_export_ask     (GtkWidget *parent, HpSharedChart *chart, const char *format);
void        hp_chart_copy           (GtkWidget *parent, HpSharedChart *chart);

G_END_DECLS

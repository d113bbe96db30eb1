/* hp-compare-report.h - a comparison as a report: HTML, PDF or Markdown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "hp-compare-study.h"

G_BEGIN_DECLS

/* What the name of the file ends in says which; HTML if nothing else. In a thread */
void     hp_compare_report_async  (HpCompareStudy *study, HpRegistry *registry, GFile *file, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);
gboolean hp_compare_report_finish (GAsyncResult *result, GError **error);
/* Asks where, writes it, and tells how it went */
void     hp_compare_report_ask    (GtkWidget *parent, HpCompareStudy *study, HpRegistry *registry);

G_END_DECLS

/* hp-export.h - files that somebody asked for: written as a whole, and told of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* In a thread. A file that was there is replaced as a whole */
gboolean hp_export_replace (GFile *file, GBytes *bytes, GCancellable *cancellable, GError **error);
/* A notice that it is not there, and why */
void     hp_export_tell_failure (GtkWidget *widget, const GError *error);

G_END_DECLS

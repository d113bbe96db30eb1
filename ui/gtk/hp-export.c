/* hp-export.c - files that somebody asked for: written as a whole, and told of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-export.h"
#include "hp-file.h"
#include "hp-text.h"
#include "hp-toast.h"

#define MESSAGE_CHARS 200

/**
 * hp_export_replace:
 * @file: where to
 * @bytes: what
 * @cancellable: (nullable): to give up
 * @error: return location for a #GError
 *
 * Returns: whether the file is there, whole
 */
gboolean
hp_export_replace (GFile *file, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (path != NULL)
    return hp_file_replace (path, data, length, error);
  return g_file_replace_contents (file, data, length, NULL, FALSE, G_FILE_CREATE_NONE, NULL, cancellable, error);
}

/**
 * hp_export_tell_failure:
 * @widget: a widget of the window that tells of it
 * @error: what went wrong
 */
void
hp_export_tell_failure (GtkWidget *widget, const GError *error)
{
  g_autofree char *shown = hp_text_printable (error->message, -1, MESSAGE_CHARS);
  g_autofree char *text = g_strdup_printf (_ ("Not exported: %s"), shown);

  hp_toast_show (widget, text);
}

/* hp-file.h - files that are whole or not there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads a regular file (or, for "-", standard input) of at most max_bytes. HP_ERROR_NOT_FOUND, _IO, _BAD_DATA (too big). NUL is appended. */
char    *hp_file_read        (const char *path, gsize max_bytes, gsize *length, GError **error);
/* Atomic and durable: temporary file beside it, fsync, rename, fsync of the folder. */
gboolean hp_file_replace     (const char *path, const char *data, gsize length, GError **error);
gboolean hp_file_replace_private (const char *path, const char *data, gsize length, GError **error); /* the same, with mode 0600 */
gboolean hp_file_sync_folder (const char *folder, GError **error);
gboolean hp_file_make_folder (const char *folder, GError **error);             /* with parents */
gboolean hp_file_remove_tree (const char *folder, GError **error);             /* follows no link; no error if absent */
char    *hp_file_sha256      (const char *path, guint64 *size, GError **error); /* hex */

/* An output that appears only when committed (a path), or standard output ("-" or NULL). Buffered; every write error is kept until commit. */
typedef struct _HpOutput HpOutput;

HpOutput *hp_output_open    (const char *path, GError **error);
void      hp_output_write   (HpOutput *output, const char *data, gsize length);
void      hp_output_printf  (HpOutput *output, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean  hp_output_commit  (HpOutput *output, GError **error); /* flush, fsync, rename; EPIPE on standard output is HP_ERROR_IO too */
gboolean  hp_output_failed  (HpOutput *output);                 /* a write has failed already: stop early */
void      hp_output_free    (HpOutput *output);                 /* not committed: the temporary file is removed */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpOutput, hp_output_free)

/* Advisory lock on a file between processes (flock), waits; released by hp_lock_free or by the death of the process. */
typedef struct _HpLock HpLock;

HpLock *hp_lock_take (const char *path, GError **error);
void    hp_lock_free (HpLock *lock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpLock, hp_lock_free)

G_END_DECLS

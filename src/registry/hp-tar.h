/* hp-tar.h - bundles as ustar archives: plain files in one folder, nothing else
 *
 * The writer makes the same bytes of the same files. The reader takes what GNU tar and bsdtar make of a folder of plain
 * files and refuses everything an archive could do harm with: links, devices, paths, duplicates, sizes without bounds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HP_TAR_BLOCK          512
#define HP_TAR_MAX_FILES      64
#define HP_TAR_MAX_FILE_SIZE  (G_GUINT64_CONSTANT (1) << 30)
#define HP_TAR_MAX_TOTAL_SIZE (G_GUINT64_CONSTANT (1) << 31)

void hp_tar_make_header (char header[HP_TAR_BLOCK], const char *folder, const char *file, guint64 size);

/* Fills buffer with up to length bytes. Returns how many, 0 at the end, -1 with error. */
typedef gssize (*HpTarReadFunc) (gpointer data, void *buffer, gsize length, GError **error);

typedef struct _HpTarReader HpTarReader;

HpTarReader *hp_tar_reader_new (HpTarReadFunc read, gpointer data, const char *name);
void hp_tar_reader_free (HpTarReader *reader);
/* The next file, its folder taken off; TRUE with *file NULL at the end of the archive */
gboolean hp_tar_reader_next (HpTarReader *reader, const char **file, guint64 *size, GError **error);
gssize hp_tar_reader_read (HpTarReader *reader, void *buffer, gsize length, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpTarReader, hp_tar_reader_free)

G_END_DECLS

/* hp-staging.h - the temporary folder that a bundle is written in before it appears
 *
 * It lies beside the versions, named .new-PID-RANDOM, and is locked (flock) for as long as its writer lives: one that
 * can be locked was left behind by a process that died, and the next writer removes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HpStaging HpStaging;

/* folder: the model's, whose lock the caller holds */
HpStaging *hp_staging_new (const char *folder, GError **error);
void hp_staging_free (HpStaging *staging);
const char *hp_staging_get_path (HpStaging *staging);
/* One file at a time: begin, append …, end (which syncs); or all at once */
gboolean hp_staging_begin (HpStaging *staging, const char *file, GError **error);
gboolean hp_staging_append (HpStaging *staging, const void *data, gsize length, GError **error);
gboolean hp_staging_end (HpStaging *staging, GError **error);
gboolean hp_staging_write (HpStaging *staging, const char *file, const void *data, gsize length, GError **error);
/* Syncs the folder, renames it to path if there is nothing of that name, and syncs what it lies in. The lock must be
 * held. */
gboolean hp_staging_commit (HpStaging *staging, const char *path, GError **error);

/* Removes what dead writers and interrupted deletions left in folder, whose lock the caller holds */
void hp_staging_clean (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpStaging, hp_staging_free)

G_END_DECLS

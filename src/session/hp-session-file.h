/* hp-session-file.h - sessions on disk: load, save, and what is left after a crash
 *
 * A file is replaced whole or not at all, and never over changes that somebody else has made since it was read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-session.h"

G_BEGIN_DECLS

/* HP_ERROR_NOT_FOUND, _IO, _BAD_DATA. A trail of decisions that is not sound is no error: hp_audit_get_problem() */
HpSession *hp_session_load         (const char *path, GError **error);
void       hp_session_load_async   (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
HpSession *hp_session_load_finish  (GAsyncResult *result, GError **error);

/* path: NULL for the session's own; another one becomes its own. HP_ERROR_CONFLICT unless force: the file is not as it was when this session
 * was loaded or last saved, or there is one already at another path. HP_ERROR_IO: what was there is still there.
 * HP_ERROR_USAGE: it has no path */
gboolean   hp_session_save         (HpSession *session, const char *path, gboolean force, GError **error);
/* What the session is now is saved; it may be changed meanwhile, and stays modified then */
void       hp_session_save_async   (HpSession *session, const char *path, gboolean force, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean   hp_session_save_finish  (HpSession *session, GAsyncResult *result, GError **error);

/* Recovery. A copy of a modified session, $XDG_DATA_HOME/house-price/sessions/recover-….hpsession, one for each session; its lock is held as
 * long as the session lives, so that only what a crash has left is found. */
gboolean   hp_session_autosave        (HpSession *session, GError **error);
void       hp_session_autosave_async  (HpSession *session, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean   hp_session_autosave_finish (HpSession *session, GAsyncResult *result, GError **error);
/* The copy is not needed any more: saved, or closed on purpose */
void       hp_session_autosave_discard (HpSession *session);

typedef struct
{
  char  *file;    /* the copy */
  char  *path;    /* (nullable) the session that it is a copy of */
  gint64 changed; /* its last change */
  guint  n_houses;
} HpRecovery;

void       hp_recovery_free    (HpRecovery *recovery);
/* What sessions that ended without saving left, newest first; (transfer full) (element-type HpRecovery). Copies that can't be read are left out, and left alone */
GPtrArray *hp_recovery_list    (void);
/* Modified, at its old path; it goes on with the same copy */
HpSession *hp_recovery_open    (const HpRecovery *recovery, GError **error);
void       hp_recovery_discard (const HpRecovery *recovery);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpRecovery, hp_recovery_free)

G_END_DECLS

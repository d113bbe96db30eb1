/* hp-session-file.c - sessions on disk: load and save
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "hp-error.h"
#include "hp-file.h"
#include "hp-session-file.h"
#include "hp-session-private.h"
#include "hp-text.h"

/**
 * hp_session_load:
 * @path: (type filename): a session's file
 * @error: %HP_ERROR_NOT_FOUND, %HP_ERROR_IO, or %HP_ERROR_BAD_DATA as from hp_session_from_json()
 *
 * Returns: (transfer full) (nullable): the session
 */
HpSession *
hp_session_load (const char *path, GError **error)
{
  g_autofree char *text = NULL, *folder = NULL, *absolute = NULL, *sha256 = NULL;
  HpSession *session;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  absolute = g_canonicalize_filename (path, NULL);
  text = hp_file_read (absolute, HP_SESSION_MAX_BYTES, &length, error);
  if (text == NULL)
    return NULL;
  folder = g_path_get_dirname (absolute);
  session = hp_session_from_json (text, length, path, folder, error);
  if (session == NULL)
    return NULL;
  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
  _hp_session_seen_unref (session->seen);
  session->seen = _hp_session_seen_new (absolute, sha256);
  _hp_session_set_path (session, absolute);
  return session;
}

static void
load_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  HpSession *session;

  if (g_task_return_error_if_cancelled (task))
    return;
  session = hp_session_load (data, &error);
  if (session != NULL)
    g_task_return_pointer (task, session, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * hp_session_load_async:
 * @path: (type filename): a session's file
 * @cancellable: (nullable): stops it
 * @callback: called when it is loaded
 * @data: for @callback
 *
 * hp_session_load() in a thread.
 */
void
hp_session_load_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_return_if_fail (path != NULL);

  g_task_set_source_tag (task, hp_session_load_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, load_worker);
}

/**
 * hp_session_load_finish:
 * @result: what the callback was given
 * @error: as hp_session_load(), and %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the session
 */
HpSession *
hp_session_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* One save: what is written, and what has to be there before */
typedef struct
{
  HpSessionJob job;
  char *path, *text;
  gsize length;
  guint64 revision;
  gboolean force;
  HpSessionSeen *seen;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_free (job->text);
  _hp_session_seen_unref (job->seen);
  g_free (job);
}

static Job *
job_new (HpSession *session, const char *path, gboolean force, GError **error)
{
  g_autofree char *absolute = NULL, *folder = NULL;
  Job *job;

  if (path == NULL)
    path = session->path;
  if (path == NULL)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("the session has no file yet: name one"));
      return NULL;
    }
  absolute = g_canonicalize_filename (path, NULL);
  folder = g_path_get_dirname (absolute);
  job = g_new0 (Job, 1);
  job->text = hp_session_to_json (session, folder, &job->length);
  job->path = g_steal_pointer (&absolute);
  job->revision = session->revision;
  job->force = force;
  job->seen = _hp_session_seen_ref (session->seen);
  if (job->length <= HP_SESSION_MAX_BYTES)
    return job;
  hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                _ ("the session has become too big for a file: divide its houses among several sessions"));
  job_free (job);
  return NULL;
}

/* Programs that save into the same folder do it one after the other; the lock is the folder's, so that nothing is left
 * there. Where folders can't be locked, as on some network drives, they go without. */
static int
lock_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  while (fd >= 0 && flock (fd, LOCK_EX) < 0 && errno == EINTR)
    ;
  return fd;
}

/* What is in the file is what was there when it was read or written last. */
static gboolean
check_unchanged (const Job *job, GError **error)
{
  gboolean own = g_strcmp0 (job->path, job->seen->path) == 0;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sha256 = hp_file_sha256 (job->path, NULL, &local_error), *shown = NULL;

  if (g_error_matches (local_error, HP_ERROR, HP_ERROR_NOT_FOUND))
    return TRUE;
  if (sha256 == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (own && g_strcmp0 (sha256, job->seen->sha256) == 0)
    return TRUE;
  shown = hp_text_printable (job->path, -1, 0);
  if (own)
    hp_set_error (error, HP_ERROR_CONFLICT, NULL,
                  _ ("%s was changed by another program since it was opened: save under another name, or replace it"),
                  shown);
  else
    hp_set_error (error, HP_ERROR_CONFLICT, NULL, _ ("%s exists already: take another name, or replace it"), shown);
  return FALSE;
}

static gboolean
write_file (Job *job, GError **error)
{
  if (!job->force && !check_unchanged (job, error))
    return FALSE;
  if (!hp_file_replace (job->path, job->text, job->length, error))
    return FALSE;
  g_free (job->seen->path);
  g_free (job->seen->sha256);
  job->seen->path = g_strdup (job->path);
  job->seen->sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) job->text, job->length);
  job->seen->revision = job->revision;
  return TRUE;
}

/* In any thread. Of two saves to one file that overtake each other the older has nothing to do. */
static gboolean
run_job (gpointer data, GError **error)
{
  Job *job = data;
  gboolean saved;

  g_mutex_lock (&job->seen->lock);
  if (job->seen->revision > job->revision && g_strcmp0 (job->seen->path, job->path) == 0)
    saved = TRUE;
  else
    {
      int fd = lock_folder (job->path);

      saved = write_file (job, error);
      if (fd >= 0)
        close (fd);
    }
  g_mutex_unlock (&job->seen->lock);
  return saved;
}

static void
take_saved (HpSession *session, gpointer data)
{
  const Job *job = data;

  _hp_session_set_path (session, job->path);
  if (session->revision == job->revision)
    _hp_session_set_modified (session, FALSE);
}

/**
 * hp_session_save:
 * @session: a session
 * @path: (nullable) (type filename): where to; %NULL: its own file. Another becomes its own
 * @force: replaces whatever is there
 * @error: %HP_ERROR_USAGE: it has no file; %HP_ERROR_CONFLICT: unless @force, the file is another than was loaded or
 *   last saved, or there is one at a new path; %HP_ERROR_IO: what was there still is; %HP_ERROR_BAD_DATA: too big
 *
 * Replaces the file at once and as a whole, and keeps its mode.
 *
 * Returns: whether it was saved
 */
gboolean
hp_session_save (HpSession *session, const char *path, gboolean force, GError **error)
{
  Job *job;
  gboolean saved;

  g_return_val_if_fail (HP_IS_SESSION (session), FALSE);

  job = job_new (session, path, force, error);
  if (job == NULL)
    return FALSE;
  saved = run_job (job, error);
  if (saved)
    take_saved (session, job);
  job_free (job);
  return saved;
}

static void
write_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const HpSessionJob *job = data;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (job->run (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* In the session's own thread again */
static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  HpSessionJob *job = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  gboolean written = g_task_propagate_boolean (G_TASK (result), &error);

  if (written && job->done != NULL)
    job->done (g_task_get_source_object (task), job);
  if (written)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
_hp_session_write_in_thread (GTask *task, HpSessionJob *job, GDestroyNotify free_job, GCancellable *cancellable)
{
  /* Without the session: whoever watches it must not be told of its end in the worker's thread */
  g_autoptr (GTask) writing = g_task_new (NULL, cancellable, written_cb, task);

  g_task_set_check_cancellable (writing, FALSE);
  g_task_set_task_data (writing, job, free_job);
  g_task_run_in_thread (writing, write_worker);
}

/**
 * hp_session_save_async:
 * @session: a session
 * @path: (nullable) (type filename): where to, as in hp_session_save()
 * @force: replaces whatever is there
 * @cancellable: (nullable): stops it if it has not begun to write
 * @callback: called when it is saved, in the caller's main context
 * @data: for @callback
 *
 * hp_session_save() of what the session is now; a thread writes it. What is changed meanwhile is not in it, and leaves
 * the session modified.
 */
void
hp_session_save_async (HpSession *session, const char *path, gboolean force, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Job *job;

  g_return_if_fail (HP_IS_SESSION (session));

  task = g_task_new (session, NULL, callback, data);
  g_task_set_source_tag (task, hp_session_save_async);
  job = job_new (session, path, force, &error);
  if (job != NULL)
    {
      job->job = (HpSessionJob){ run_job, take_saved };
      _hp_session_write_in_thread (g_steal_pointer (&task), &job->job, job_free, cancellable);
    }
  else
    g_task_return_error (task, error);
}

/**
 * hp_session_save_finish:
 * @session: a session
 * @result: what the callback was given
 * @error: as hp_session_save(), and %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was saved
 */
gboolean
hp_session_save_finish (HpSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

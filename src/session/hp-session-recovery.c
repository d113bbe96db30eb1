/* hp-session-recovery.c - copies of sessions that survive a crash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "hp-error.h"
#include "hp-file.h"
#include "hp-session-file.h"
#include "hp-session-private.h"

#define PREFIX      "recover-"
#define LOCK_SUFFIX ".lock"

struct _HpSessionCopy
{
  GMutex lock;
  char *file;
  int fd;           /* of the lock file */
  guint64 revision; /* of the session that was copied last */
  gboolean discarded;
};

static char *
copies_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "house-price", "sessions", NULL);
}

static char *
lock_file (const char *file)
{
  g_autofree char *stem = g_strndup (file, strlen (file) - strlen (HP_SESSION_SUFFIX));

  return g_strconcat (stem, LOCK_SUFFIX, NULL);
}

/* The lock of a copy, unless a living session has it: -1 */
static int
try_lock (const char *file)
{
  g_autofree char *path = lock_file (file);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) < 0)
    {
      close (fd);
      return -1;
    }
  return fd;
}

static void
copy_clear (gpointer data)
{
  HpSessionCopy *copy = data;

  if (copy->fd >= 0)
    close (copy->fd);
  g_mutex_clear (&copy->lock);
  g_free (copy->file);
}

void
_hp_session_copy_unref (HpSessionCopy *copy)
{
  g_atomic_rc_box_release_full (copy, copy_clear);
}

static HpSessionCopy *
copy_new (const char *file, int fd)
{
  HpSessionCopy *copy = g_atomic_rc_box_new0 (HpSessionCopy);

  g_mutex_init (&copy->lock);
  copy->file = g_strdup (file);
  copy->fd = fd;
  return copy;
}

static void
remove_files (const char *file)
{
  g_autofree char *lock = lock_file (file);

  g_unlink (file);
  g_unlink (lock);
}

/* A name that nobody has, with its lock: names that are drawn alike, as by two halves of a fork, stay apart. */
static int
create_copy (const char *folder, char **file)
{
  for (;;)
    {
      g_autofree char *id = g_uuid_string_random (), *name = g_strconcat (PREFIX, id, HP_SESSION_SUFFIX, NULL);
      g_autofree char *candidate = g_build_filename (folder, name, NULL), *lock = lock_file (candidate);
      int fd = open (lock, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

      if (fd < 0 && errno == EEXIST)
        continue;
      *file = g_steal_pointer (&candidate);
      if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) < 0)
        {
          int errsv = errno;

          close (fd);
          errno = errsv;
          fd = -1;
        }
      return fd;
    }
}

/* What is not saved yet is nobody else's business. A folder that is there keeps its mode, as its copies have their own.
 */
static gboolean
make_folder (const char *folder, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (folder);

  if (!hp_file_make_folder (parent, error))
    return FALSE;
  if (g_mkdir (folder, 0700) == 0 || errno == EEXIST)
    return TRUE;
  hp_set_error_errno (error, errno, folder, _ ("can't be made"));
  return FALSE;
}

/* Before the first copy is written */
static gboolean
begin_copy (HpSession *session, GError **error)
{
  g_autofree char *folder = NULL, *file = NULL;
  int fd;

  if (session->copy != NULL)
    return TRUE;
  folder = copies_folder ();
  if (!make_folder (folder, error))
    return FALSE;
  fd = create_copy (folder, &file);
  if (fd < 0)
    {
      hp_set_error_errno (error, errno, file, _ ("can't be created"));
      return FALSE;
    }
  session->copy = copy_new (file, fd);
  return TRUE;
}

typedef struct
{
  HpSessionJob job;
  HpSessionCopy *copy;
  char *text;
  gsize length;
  guint64 revision;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  _hp_session_copy_unref (job->copy);
  g_free (job->text);
  g_free (job);
}

static Job *
job_new (HpSession *session, GError **error)
{
  Job *job;

  if (!begin_copy (session, error))
    return NULL;
  job = g_new0 (Job, 1);
  job->copy = g_atomic_rc_box_acquire (session->copy);
  job->text = _hp_session_to_json (session, NULL, TRUE, &job->length);
  job->revision = session->revision;
  return job;
}

/* In any thread. A copy that was discarded meanwhile does not come back, nor does an older one. */
static gboolean
run_job (gpointer data, GError **error)
{
  const Job *job = data;
  HpSessionCopy *copy = job->copy;
  gboolean written = TRUE;

  g_mutex_lock (&copy->lock);
  if (!copy->discarded && copy->revision <= job->revision)
    {
      written = hp_file_replace_private (copy->file, job->text, job->length, error);
      if (written)
        copy->revision = job->revision;
    }
  g_mutex_unlock (&copy->lock);
  return written;
}

/**
 * hp_session_autosave:
 * @session: a session
 * @error: %HP_ERROR_IO, %HP_ERROR_NOT_FOUND
 *
 * Writes a copy of the session to where hp_recovery_list() finds it after a crash. The session itself is as modified as
 * before.
 *
 * Returns: whether there is such a copy now
 */
gboolean
hp_session_autosave (HpSession *session, GError **error)
{
  gboolean written;
  Job *job;

  g_return_val_if_fail (HP_IS_SESSION (session), FALSE);

  job = job_new (session, error);
  if (job == NULL)
    return FALSE;
  written = run_job (job, error);
  job_free (job);
  return written;
}

/**
 * hp_session_autosave_async:
 * @session: a session
 * @cancellable: (nullable): stops it if it has not begun to write
 * @callback: called when the copy is there
 * @data: for @callback
 *
 * hp_session_autosave() of what the session is now; a thread writes it.
 */
void
hp_session_autosave_async (HpSession *session, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Job *job;

  g_return_if_fail (HP_IS_SESSION (session));

  task = g_task_new (session, NULL, callback, data);
  g_task_set_source_tag (task, hp_session_autosave_async);
  job = job_new (session, &error);
  if (job != NULL)
    {
      job->job.run = run_job;
      _hp_session_write_in_thread (g_steal_pointer (&task), &job->job, job_free, cancellable);
    }
  else
    g_task_return_error (task, error);
}

/**
 * hp_session_autosave_finish:
 * @session: a session
 * @result: what the callback was given
 * @error: as hp_session_autosave(), and %G_IO_ERROR_CANCELLED
 *
 * Returns: whether there is a copy now
 */
gboolean
hp_session_autosave_finish (HpSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * hp_session_autosave_discard:
 * @session: a session
 *
 * Removes the copy, if there is one: the session was saved, or its changes are not wanted.
 */
void
hp_session_autosave_discard (HpSession *session)
{
  HpSessionCopy *copy;

  g_return_if_fail (HP_IS_SESSION (session));

  copy = g_steal_pointer (&session->copy);
  if (copy == NULL)
    return;
  g_mutex_lock (&copy->lock);
  copy->discarded = TRUE;
  remove_files (copy->file);
  g_mutex_unlock (&copy->lock);
  _hp_session_copy_unref (copy);
}

/**
 * hp_recovery_free:
 * @recovery: (transfer full) (nullable): what was found
 */
void
hp_recovery_free (HpRecovery *recovery)
{
  if (recovery == NULL)
    return;
  g_free (recovery->file);
  g_free (recovery->path);
  g_free (recovery);
}

static HpSession *
read_copy (const char *file, GError **error)
{
  gsize length;
  g_autofree char *text = hp_file_read (file, HP_SESSION_MAX_BYTES, &length, error);

  return text != NULL ? hp_session_from_json (text, length, file, NULL, error) : NULL;
}

static HpRecovery *
examine (const char *file)
{
  g_autoptr (HpSession) session = NULL;
  HpRecovery *recovery;
  int fd = try_lock (file);

  if (fd < 0)
    return NULL;
  session = read_copy (file, NULL);
  close (fd);
  if (session == NULL)
    return NULL;
  recovery = g_new0 (HpRecovery, 1);
  recovery->file = g_strdup (file);
  recovery->path = g_strdup (session->path);
  recovery->changed = session->changed;
  recovery->n_houses = session->houses->len;
  return recovery;
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  const HpRecovery *x = *(const HpRecovery *const *) a, *y = *(const HpRecovery *const *) b;

  return x->changed != y->changed ? (x->changed < y->changed) - (x->changed > y->changed) : strcmp (x->file, y->file);
}

/**
 * hp_recovery_list:
 *
 * Looks for copies of sessions whose program has ended without saving or discarding them.
 *
 * Returns: (transfer full) (element-type HpRecovery): what can be recovered, newest first
 */
GPtrArray *
hp_recovery_list (void)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_recovery_free);
  g_autofree char *folder = copies_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, PREFIX) && g_str_has_suffix (name, HP_SESSION_SUFFIX))
      {
        g_autofree char *file = g_build_filename (folder, name, NULL);
        HpRecovery *recovery = examine (file);

        if (recovery != NULL)
          g_ptr_array_add (found, recovery);
      }
  g_ptr_array_sort (found, compare_newest);
  return found;
}

/**
 * hp_recovery_open:
 * @recovery: what was found
 * @error: %HP_ERROR_CONFLICT if another program has opened it meanwhile; as hp_session_load()
 *
 * Returns: (transfer full) (nullable): the session as it was, modified, at the path of the original, which is not
 * touched before it is saved. Its next copies take the place of this one
 */
HpSession *
hp_recovery_open (const HpRecovery *recovery, GError **error)
{
  HpSession *session;
  int fd;

  g_return_val_if_fail (recovery != NULL, NULL);

  fd = try_lock (recovery->file);
  if (fd < 0)
    {
      hp_set_error (error, HP_ERROR_CONFLICT, NULL, _ ("another program is recovering this session"));
      return NULL;
    }
  session = read_copy (recovery->file, error);
  if (session == NULL)
    {
      close (fd);
      return NULL;
    }
  session->copy = copy_new (recovery->file, fd);
  session->revision = 1;
  _hp_session_set_modified (session, TRUE);
  return session;
}

/**
 * hp_recovery_discard:
 * @recovery: what was found
 *
 * Removes the copy, unless another program has opened it.
 */
void
hp_recovery_discard (const HpRecovery *recovery)
{
  int fd;

  g_return_if_fail (recovery != NULL);

  fd = try_lock (recovery->file);
  if (fd < 0)
    return;
  remove_files (recovery->file);
  close (fd);
}

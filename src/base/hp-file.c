/* hp-file.c - reading files, folders, checksums and locks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hp-error.h"
#include "hp-file.h"
#include "hp-text.h"

#define CHUNK (64 * 1024)

static gssize
read_retrying (int fd, char *data, gsize length)
{
  gssize n;

  do
    n = read (fd, data, length);
  while (n < 0 && errno == EINTR);
  return n;
}

/* Opens a regular file. O_NONBLOCK: a named pipe must not hold us up before we see that it is one. */
static int
open_regular (const char *path, struct stat *status, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0)
    {
      hp_set_error_errno (error, errno, path, _ ("can't be opened"));
      return -1;
    }
  if (fstat (fd, status) < 0)
    {
      hp_set_error_errno (error, errno, path, _ ("can't be examined"));
      close (fd);
      return -1;
    }
  if (!S_ISREG (status->st_mode))
    {
      g_autofree char *shown = hp_text_printable (path, -1, 0);

      hp_set_error (error, HP_ERROR_IO, NULL,
                    S_ISDIR (status->st_mode) ? _ ("%s: is a folder, not a file") : _ ("%s: is not a regular file"),
                    shown);
      close (fd);
      return -1;
    }
  return fd;
}

static void
set_too_big (GError **error, const char *path, gsize max_bytes)
{
  g_autofree char *shown = hp_text_printable (path, -1, 0);
  g_autofree char *limit = g_format_size_full (max_bytes, G_FORMAT_SIZE_IEC_UNITS);

  hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: is too big: at most %s are read"), shown, limit);
}

/**
 * hp_file_read:
 * @path: (type filename): a regular file, or `-` for standard input
 * @max_bytes: the most it may contain
 * @length: (out) (optional): how many bytes it contains
 * @error: %HP_ERROR_NOT_FOUND, %HP_ERROR_IO, or %HP_ERROR_BAD_DATA if it is too big
 *
 * Reads a whole file. No more than @max_bytes is ever held, whatever the file's size claims to be.
 *
 * Returns: (transfer full) (array length=length): the contents, with a NUL after them
 */
char *
hp_file_read (const char *path, gsize max_bytes, gsize *length, GError **error)
{
  gboolean standard_input;
  struct stat status = { 0 };
  g_autofree char *data = NULL;
  gsize size, used = 0;
  int fd;

  g_return_val_if_fail (path != NULL && max_bytes < G_MAXSIZE / 4, NULL);

  if (length != NULL)
    *length = 0;
  standard_input = strcmp (path, "-") == 0;
  fd = standard_input ? STDIN_FILENO : open_regular (path, &status, error);
  if (fd < 0)
    return NULL;
  if ((guint64) status.st_size > max_bytes)
    {
      set_too_big (error, path, max_bytes);
      close (fd);
      return NULL;
    }

  /* One byte more than expected, so that the end is found without growing; one for the NUL. */
  size = status.st_size > 0 ? (gsize) status.st_size + 1 : MIN (CHUNK, max_bytes + 1);
  data = g_malloc (size + 1);
  for (;;)
    {
      gssize n = read_retrying (fd, data + used, size - used);

      if (n < 0)
        hp_set_error_errno (error, errno, standard_input ? _ ("standard input") : path, _ ("can't be read"));
      else if ((used += n) > max_bytes)
        set_too_big (error, standard_input ? _ ("standard input") : path, max_bytes);
      if (n < 0 || used > max_bytes)
        {
          if (!standard_input)
            close (fd);
          return NULL;
        }
      if (n == 0)
        break;
      if (used == size)
        {
          size = MIN (size * 2, max_bytes + 1);
          data = g_realloc (data, size + 1);
        }
    }
  if (!standard_input)
    close (fd);
  data[used] = '\0';
  if (length != NULL)
    *length = used;
  return g_steal_pointer (&data);
}

/**
 * hp_file_sync_folder:
 * @folder: (type filename): a folder
 * @error: %HP_ERROR_NOT_FOUND or %HP_ERROR_IO
 *
 * Makes the names in @folder durable: what was created, renamed or removed there is so after a crash.
 *
 * Returns: whether that worked; file systems that can't do it count as having done it
 */
gboolean
hp_file_sync_folder (const char *folder, GError **error)
{
  int fd, status, errsv;

  g_return_val_if_fail (folder != NULL, FALSE);

  fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    {
      hp_set_error_errno (error, errno, folder, _ ("can't be opened"));
      return FALSE;
    }
  status = fsync (fd);
  errsv = errno;
  close (fd);
  if (status < 0 && errsv != EINVAL && errsv != ENOTSUP && errsv != EROFS)
    {
      hp_set_error_errno (error, errsv, folder, _ ("can't be written to the disk"));
      return FALSE;
    }
  return TRUE;
}

/**
 * hp_file_make_folder:
 * @folder: (type filename): a folder
 * @error: %HP_ERROR_NOT_FOUND or %HP_ERROR_IO
 *
 * Makes a folder and those it is in, unless they exist.
 *
 * Returns: whether there is such a folder now
 */
gboolean
hp_file_make_folder (const char *folder, GError **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);

  if (g_mkdir_with_parents (folder, 0777) == 0)
    return TRUE;
  hp_set_error_errno (error, errno, folder, _ ("can't be made"));
  return FALSE;
}

/* Removes `name` in the folder `parent`; `path` is for messages. */
static gboolean
remove_at (int parent, const char *name, const char *path, GError **error)
{
  struct dirent *entry;
  DIR *folder;
  int fd;

  if (unlinkat (parent, name, 0) == 0 || errno == ENOENT)
    return TRUE;
  if (errno != EISDIR)
    {
      hp_set_error_errno (error, errno, path, _ ("can't be removed"));
      return FALSE;
    }

  fd = openat (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  folder = fd < 0 ? NULL : fdopendir (fd);
  if (folder == NULL)
    {
      hp_set_error_errno (error, errno, path, _ ("can't be removed"));
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  while ((entry = readdir (folder)) != NULL)
    {
      g_autofree char *inner = NULL;

      if (strcmp (entry->d_name, ".") == 0 || strcmp (entry->d_name, "..") == 0)
        continue;
      inner = g_build_filename (path, entry->d_name, NULL);
      if (!remove_at (fd, entry->d_name, inner, error))
        {
          closedir (folder);
          return FALSE;
        }
    }
  closedir (folder);
  if (unlinkat (parent, name, AT_REMOVEDIR) < 0 && errno != ENOENT)
    {
      hp_set_error_errno (error, errno, path, _ ("can't be removed"));
      return FALSE;
    }
  return TRUE;
}

/**
 * hp_file_remove_tree:
 * @folder: (type filename): a folder
 * @error: %HP_ERROR_IO
 *
 * Removes a folder and everything in it. Symbolic links are removed, never followed; @folder itself
 * may be a link or a file. Something else may be put there meanwhile by another process without harm to
 * what is outside of @folder. Stops at the first thing that can't be removed.
 *
 * Returns: whether there is no such folder now, as when there was none
 */
gboolean
hp_file_remove_tree (const char *folder, GError **error)
{
  g_return_val_if_fail (folder != NULL && *folder != '\0', FALSE);

  return remove_at (AT_FDCWD, folder, folder, error);
}

/**
 * hp_file_sha256:
 * @path: (type filename): a regular file of any size
 * @size: (out) (optional): how many bytes it contains
 * @error: %HP_ERROR_NOT_FOUND or %HP_ERROR_IO
 *
 * Returns: (transfer full): the SHA-256 of the file's contents in lower-case hexadecimal
 */
char *
hp_file_sha256 (const char *path, guint64 *size, GError **error)
{
  g_autoptr (GChecksum) checksum = NULL;
  g_autofree char *chunk = NULL;
  struct stat status;
  guint64 total = 0;
  gssize n;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = open_regular (path, &status, error);
  if (fd < 0)
    return NULL;
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  chunk = g_malloc (CHUNK);
  while ((n = read_retrying (fd, chunk, CHUNK)) > 0)
    {
      g_checksum_update (checksum, (const guchar *) chunk, n);
      total += n;
    }
  if (n < 0)
    hp_set_error_errno (error, errno, path, _ ("can't be read"));
  close (fd);
  if (n < 0)
    return NULL;
  if (size != NULL)
    *size = total;
  return g_strdup (g_checksum_get_string (checksum));
}

struct _HpLock
{
  int fd;
};

/**
 * hp_lock_take:
 * @path: (type filename): the lock's file; it is made if it does not exist, and stays
 * @error: %HP_ERROR_NOT_FOUND (the folder) or %HP_ERROR_IO
 *
 * Waits until nobody else, in this process or another, holds the lock, and takes it. It is given back
 * by hp_lock_free(), or when the process ends in whatever way. It only keeps off those who take it too.
 *
 * Returns: (transfer full): the lock
 */
HpLock *
hp_lock_take (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  for (;;)
    {
      struct stat ours, there;
      int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0666), status;
      HpLock *lock;

      if (fd < 0)
        {
          hp_set_error_errno (error, errno, path, _ ("can't be opened"));
          return NULL;
        }
      do
        status = flock (fd, LOCK_EX);
      while (status < 0 && errno == EINTR);
      if (status < 0 || fstat (fd, &ours) < 0)
        {
          hp_set_error_errno (error, errno, path, _ ("can't be locked"));
          close (fd);
          return NULL;
        }
      /* The file may have been removed while we waited: then others lock another one. */
      if (stat (path, &there) < 0 || there.st_dev != ours.st_dev || there.st_ino != ours.st_ino)
        {
          close (fd);
          continue;
        }
      lock = g_new (HpLock, 1);
      lock->fd = fd;
      return lock;
    }
}

/**
 * hp_lock_free:
 * @lock: (transfer full) (nullable): a lock
 *
 * Gives the lock back.
 */
void
hp_lock_free (HpLock *lock)
{
  if (lock == NULL)
    return;
  close (lock->fd);
  g_free (lock);
}

/* hp-staging.c - writes a folder that is whole or not there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "hp-error.h"
#include "hp-file.h"
#include "hp-staging.h"

#define OLD_SECONDS (24 * 60 * 60)

struct _HpStaging
{
  char *folder; /* the model's */
  char *path;
  int fd;      /* of path, with its lock */
  char *file;  /* (nullable) being written … */
  int file_fd; /* … to here */
  gboolean committed;
};

static void
set_write_error (HpStaging *staging, int errsv, GError **error)
{
  g_autofree char *path = g_build_filename (staging->path, staging->file, NULL);

  hp_set_error_errno (error, errsv, path, _ ("can't be written"));
}

static gboolean
make_folder (HpStaging *staging, GError **error)
{
  for (guint attempt = 0; attempt < 100; attempt++)
    {
      g_free (staging->path);
      staging->path = g_strdup_printf ("%s/.new-%d-%08x", staging->folder, (int) getpid (), g_random_int ());
      if (mkdir (staging->path, 0777) == 0)
        return TRUE;
      if (errno != EEXIST)
        break;
    }
  hp_set_error_errno (error, errno, staging->path, _ ("can't be made"));
  g_clear_pointer (&staging->path, g_free);
  return FALSE;
}

/**
 * hp_staging_new:
 * @folder: a model's folder, whose lock the caller holds
 * @error: return location
 *
 * The lock may be given back while the files are written.
 *
 * Returns: (transfer full) (nullable): an empty temporary folder, or %NULL with %HP_ERROR_IO
 */
HpStaging *
hp_staging_new (const char *folder, GError **error)
{
  g_autoptr (HpStaging) staging = g_new0 (HpStaging, 1);

  staging->folder = g_strdup (folder);
  staging->fd = staging->file_fd = -1;
  if (!make_folder (staging, error))
    return NULL;
  staging->fd = open (staging->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (staging->fd < 0)
    {
      hp_set_error_errno (error, errno, staging->path, _ ("can't be opened"));
      return NULL;
    }
  /* A file system without locks on folders (NFS) refuses this; it refuses hp_staging_clean() too, which then leaves the
   * folder alone. */
  while (flock (staging->fd, LOCK_EX | LOCK_NB) != 0 && errno == EINTR)
    ;
  return g_steal_pointer (&staging);
}

/**
 * hp_staging_free:
 * @staging: (nullable) (transfer full): a temporary folder
 *
 * One that was not committed is removed with all that is in it.
 */
void
hp_staging_free (HpStaging *staging)
{
  if (staging == NULL)
    return;
  if (staging->file_fd >= 0)
    close (staging->file_fd);
  if (!staging->committed && staging->path != NULL)
    hp_file_remove_tree (staging->path, NULL);
  if (staging->fd >= 0)
    close (staging->fd);
  g_free (staging->folder);
  g_free (staging->path);
  g_free (staging->file);
  g_free (staging);
}

/**
 * hp_staging_get_path:
 * @staging: a temporary folder
 *
 * Returns: (transfer none): where it is
 */
const char *
hp_staging_get_path (HpStaging *staging)
{
  return staging->path;
}

/**
 * hp_staging_begin:
 * @staging: a temporary folder with no file open
 * @file: a plain name that it does not have yet
 * @error: return location
 *
 * Returns: %FALSE with %HP_ERROR_IO
 */
gboolean
hp_staging_begin (HpStaging *staging, const char *file, GError **error)
{
  g_assert (staging->file_fd < 0);

  g_free (staging->file);
  staging->file = g_strdup (file);
  staging->file_fd = openat (staging->fd, file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (staging->file_fd >= 0)
    return TRUE;
  set_write_error (staging, errno, error);
  return FALSE;
}

/**
 * hp_staging_append:
 * @staging: a temporary folder with a file open
 * @data: (array length=length): what to write
 * @length: its bytes
 * @error: return location
 *
 * Returns: %FALSE with %HP_ERROR_IO naming the file
 */
gboolean
hp_staging_append (HpStaging *staging, const void *data, gsize length, GError **error)
{
  const char *p = data;

  g_assert (staging->file_fd >= 0);

  while (length > 0)
    {
      gssize n = write (staging->file_fd, p, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          set_write_error (staging, n < 0 ? errno : EIO, error);
          return FALSE;
        }
      p += n;
      length -= n;
    }
  return TRUE;
}

/**
 * hp_staging_end:
 * @staging: a temporary folder with a file open
 * @error: return location
 *
 * Returns: %FALSE with %HP_ERROR_IO if the file is not safely on the disk
 */
gboolean
hp_staging_end (HpStaging *staging, GError **error)
{
  int fd = staging->file_fd, errsv = 0;

  g_assert (fd >= 0);

  staging->file_fd = -1;
  if (fsync (fd) != 0)
    errsv = errno;
  if (close (fd) != 0 && errsv == 0)
    errsv = errno;
  if (errsv == 0)
    return TRUE;
  set_write_error (staging, errsv, error);
  return FALSE;
}

/**
 * hp_staging_write:
 * @staging: a temporary folder with no file open
 * @file: a plain name that it does not have yet
 * @data: (array length=length): all that goes into it
 * @length: bytes
 * @error: return location
 *
 * Returns: %FALSE with %HP_ERROR_IO naming the file
 */
gboolean
hp_staging_write (HpStaging *staging, const char *file, const void *data, gsize length, GError **error)
{
  return hp_staging_begin (staging, file, error) && hp_staging_append (staging, data, length, error)
         && hp_staging_end (staging, error);
}

/* Some file systems can't refuse to replace; there the registry's lock keeps other writers away between test and
 * rename. */
static int
rename_without_replacing (const char *from, const char *to)
{
  struct stat info;

  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return -1;
  if (lstat (to, &info) == 0)
    {
      errno = EEXIST;
      return -1;
    }
  return rename (from, to);
}

/**
 * hp_staging_commit:
 * @staging: a temporary folder with all its files written
 * @path: what it is to be called, in the same folder
 * @error: return location
 *
 * Returns: %FALSE with %HP_ERROR_IO; after it @path is there as a whole, or not at all
 */
gboolean
hp_staging_commit (HpStaging *staging, const char *path, GError **error)
{
  g_assert (staging->file_fd < 0);

  if (fsync (staging->fd) != 0)
    {
      hp_set_error_errno (error, errno, staging->path, _ ("can't be written to the disk"));
      return FALSE;
    }
  if (rename_without_replacing (staging->path, path) != 0)
    {
      hp_set_error_errno (error, errno, path, _ ("can't be given its name"));
      return FALSE;
    }
  staging->committed = TRUE;
  return hp_file_sync_folder (staging->folder, error);
}

/* aliases.json is replaced under the registry's lock, but someone may be writing an export of his own here: let it grow
 * old first. */
static gboolean
is_old (int folder, const char *name)
{
  struct stat info;

  return fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG (info.st_mode)
         && info.st_mtime < time (NULL) - OLD_SECONDS;
}

static gboolean
is_abandoned (int folder, const char *name)
{
  gboolean abandoned;
  int fd;

  if (g_str_has_prefix (name, ".house-price-"))
    return is_old (folder, name);

  /* What is to be deleted belongs to whoever holds the registry's lock. */
  if (g_str_has_prefix (name, ".trash-"))
    return TRUE;
  if (!g_str_has_prefix (name, ".new-"))
    return FALSE;
  fd = openat (folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  abandoned = flock (fd, LOCK_EX | LOCK_NB) == 0;
  close (fd);
  return abandoned;
}

/**
 * hp_staging_clean:
 * @folder: a model's folder, whose lock the caller holds
 *
 * What can't be removed now is left to the next writer: it is in nobody's way.
 */
void
hp_staging_clean (const char *folder)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  DIR *dir = opendir (folder);
  struct dirent *entry;

  if (dir == NULL)
    return;
  while ((entry = readdir (dir)) != NULL)
    if (is_abandoned (dirfd (dir), entry->d_name))
      g_ptr_array_add (paths, g_build_filename (folder, entry->d_name, NULL));
  closedir (dir);
  for (guint i = 0; i < paths->len; i++)
    hp_file_remove_tree (g_ptr_array_index (paths, i), NULL);
}

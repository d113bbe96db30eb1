/* hp-output.c - outputs that appear when they are complete
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hp-error.h"
#include "hp-file.h"

#define BUFFER_SIZE (256 * 1024)

struct _HpOutput
{
  int fd;
  char *path;      /* what the caller calls it; NULL for standard output */
  char *target;    /* the same with symbolic links resolved */
  char *temporary; /* where it is until the end; NULL if it goes straight there */
  GError *error;   /* the first one */
  gboolean committed;
  gsize used;
  char buffer[BUFFER_SIZE];
};

static const char *
shown_path (HpOutput *output)
{
  return output->path != NULL ? output->path : _ ("standard output");
}

static void
fail (HpOutput *output, int errsv, const char *what)
{
  if (output->error == NULL)
    hp_set_error_errno (&output->error, errsv, shown_path (output), what);
}

/* Opens a new file beside `output->path`, with the mode of the file that it will replace, or for its owner alone. */
static gboolean
open_temporary (HpOutput *output, gboolean private, const struct stat *replaced, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (output->target);
  g_autofree char *temporary = g_build_filename (folder, ".house-price-XXXXXX", NULL);

  output->fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, private ? 0600 : 0666);
  if (output->fd < 0)
    {
      hp_set_error_errno (error, errno, output->path, _ ("can't be created"));
      return FALSE;
    }
  output->temporary = g_steal_pointer (&temporary);
  if (!private && replaced != NULL && fchmod (output->fd, replaced->st_mode & 0777) < 0)
    {
      hp_set_error_errno (error, errno, output->path, _ ("can't be created"));
      return FALSE;
    }
  return TRUE;
}

static HpOutput *
open_output (const char *path, gboolean private, GError **error)
{
  g_autoptr (HpOutput) output = g_new0 (HpOutput, 1);
  struct stat status;
  char *target;

  output->fd = -1;
  if (path == NULL || strcmp (path, "-") == 0)
    {
      fflush (stdout);
      output->fd = STDOUT_FILENO;
      return g_steal_pointer (&output);
    }

  output->path = g_strdup (path);
  target = realpath (path, NULL);
  output->target = g_strdup (target != NULL ? target : path);
  free (target);
  if (stat (path, &status) < 0)
    return open_temporary (output, private, NULL, error) ? g_steal_pointer (&output) : NULL;
  if (S_ISREG (status.st_mode))
    return open_temporary (output, private, &status, error) ? g_steal_pointer (&output) : NULL;

  output->fd = open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (output->fd >= 0)
    return g_steal_pointer (&output);
  hp_set_error_errno (error, errno, path, _ ("can't be opened"));
  return NULL;
}

/**
 * hp_output_open:
 * @path: (type filename) (nullable): a file, or `-` or %NULL for standard output
 * @error: %HP_ERROR_NOT_FOUND (the folder) or %HP_ERROR_IO
 *
 * Opens an output. What is written to a file goes to a temporary one in the same folder: until
 * hp_output_commit() whatever was at @path stays as it was. A symbolic link stays, and what it points
 * at is replaced; a device or a pipe is written directly. Standard output is written as the buffer
 * fills; a program that writes there has to ignore `SIGPIPE` to see the error instead.
 *
 * Returns: (transfer full): the output
 */
HpOutput *
hp_output_open (const char *path, GError **error)
{
  return open_output (path, FALSE, error);
}

static void
write_out (HpOutput *output, const char *data, gsize length)
{
  while (length > 0 && output->error == NULL)
    {
      gssize n = write (output->fd, data, length);

      if (n >= 0)
        {
          data += n;
          length -= n;
        }
      else if (errno == EAGAIN)
        {
          /* Somebody we share a terminal or a pipe with has made it non-blocking. */
          struct pollfd ready = { .fd = output->fd, .events = POLLOUT };

          poll (&ready, 1, -1);
        }
      else if (errno != EINTR)
        fail (output, errno, _ ("can't be written"));
    }
}

static void
flush (HpOutput *output)
{
  write_out (output, output->buffer, output->used);
  output->used = 0;
}

/**
 * hp_output_write:
 * @output: an output
 * @data: (array length=length): what to write
 * @length: how many bytes
 *
 * Writes. An error is kept for hp_output_commit(); after one nothing is written any more.
 */
void
hp_output_write (HpOutput *output, const char *data, gsize length)
{
  g_return_if_fail (output != NULL && !output->committed);
  g_return_if_fail (data != NULL || length == 0);

  if (length > BUFFER_SIZE - output->used)
    flush (output);
  if (length > BUFFER_SIZE)
    {
      write_out (output, data, length);
      return;
    }
  if (length > 0)
    memcpy (output->buffer + output->used, data, length);
  output->used += length;
}

/**
 * hp_output_printf:
 * @output: an output
 * @format: as for printf(); not for numbers with a fraction, which it would write as the locale does
 * @...: its arguments
 *
 * Writes formatted text, as hp_output_write() does.
 */
void
hp_output_printf (HpOutput *output, const char *format, ...)
{
  gsize room;
  va_list args;
  int length;

  g_return_if_fail (output != NULL && !output->committed);

  room = BUFFER_SIZE - output->used;
  va_start (args, format);
  length = g_vsnprintf (output->buffer + output->used, room, format, args);
  va_end (args);
  if (length >= 0 && (gsize) length < room)
    output->used += length;
  else
    {
      g_autofree char *text = NULL;

      va_start (args, format);
      text = g_strdup_vprintf (format, args);
      va_end (args);
      hp_output_write (output, text, strlen (text));
    }
}

/**
 * hp_output_failed:
 * @output: an output
 *
 * Tells a long job that writing on is of no use. Since writes are buffered, %FALSE promises nothing.
 *
 * Returns: whether a write has failed
 */
gboolean
hp_output_failed (HpOutput *output)
{
  g_return_val_if_fail (output != NULL, TRUE);

  return output->error != NULL;
}

static void
close_file (HpOutput *output)
{
  if (output->fd >= 0 && output->fd != STDOUT_FILENO && close (output->fd) < 0 && errno != EINTR)
    fail (output, errno, _ ("can't be written"));
  output->fd = -1;
}

/**
 * hp_output_commit:
 * @output: an output that hasn't been committed
 * @error: %HP_ERROR_IO, with the first error since the output was opened
 *
 * Completes the output: writes what is buffered, and makes a file durable and visible under its name. If
 * that fails, what was there before is still there, as it was.
 *
 * Returns: whether all that was written has arrived
 */
gboolean
hp_output_commit (HpOutput *output, GError **error)
{
  g_return_val_if_fail (output != NULL && !output->committed, FALSE);

  flush (output);
  output->committed = TRUE;
  if (output->temporary != NULL && output->error == NULL && fsync (output->fd) < 0)
    fail (output, errno, _ ("can't be written to the disk"));
  close_file (output);
  if (output->temporary != NULL && output->error == NULL)
    {
      if (rename (output->temporary, output->target) < 0)
        fail (output, errno, _ ("can't be replaced"));
      else
        {
          g_autofree char *folder = g_path_get_dirname (output->target);

          g_clear_pointer (&output->temporary, g_free);
          hp_file_sync_folder (folder, &output->error);
        }
    }
  if (output->error == NULL)
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (output->error);
  return FALSE;
}

/**
 * hp_output_free:
 * @output: (transfer full) (nullable): an output
 *
 * Frees the output. If it wasn't committed, or that failed, the temporary file is removed; on standard
 * output, what is still buffered is dropped.
 */
void
hp_output_free (HpOutput *output)
{
  if (output == NULL)
    return;
  close_file (output);
  if (output->temporary != NULL)
    g_unlink (output->temporary);
  g_clear_error (&output->error);
  g_free (output->temporary);
  g_free (output->target);
  g_free (output->path);
  g_free (output);
}

static gboolean
replace (const char *path, const char *data, gsize length, gboolean private, GError **error)
{
  g_autoptr (HpOutput) output = open_output (path, private, error);

  if (output == NULL)
    return FALSE;
  hp_output_write (output, data, length);
  return hp_output_commit (output, error);
}

/**
 * hp_file_replace:
 * @path: (type filename): a file, existing or not
 * @data: (array length=length): its new contents
 * @length: how many bytes
 * @error: %HP_ERROR_NOT_FOUND (the folder) or %HP_ERROR_IO
 *
 * Gives a file new contents, durably and at once: at any moment, and after a crash, it has either the old
 * ones or the new ones. Its mode is kept; a new file gets what the umask leaves of 0666.
 *
 * Returns: whether it has the new contents; if not, it has the old ones
 */
gboolean
hp_file_replace (const char *path, const char *data, gsize length, GError **error)
{
  g_return_val_if_fail (path != NULL && (data != NULL || length == 0), FALSE);

  return replace (path, data, length, FALSE, error);
}

/**
 * hp_file_replace_private:
 * @path: (type filename): a file, existing or not
 * @data: (array length=length): its new contents
 * @length: how many bytes
 * @error: as hp_file_replace()
 *
 * hp_file_replace() of what is nobody else's business: whatever the umask and the old file's mode, only the owner may
 * read and write the new one (0600), from its first byte on.
 *
 * Returns: whether it has the new contents; if not, it has the old ones
 */
gboolean
hp_file_replace_private (const char *path, const char *data, gsize length, GError **error)
{
  g_return_val_if_fail (path != NULL && (data != NULL || length == 0), FALSE);

  return replace (path, data, length, TRUE, error);
}

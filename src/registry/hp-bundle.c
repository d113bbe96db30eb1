/* hp-bundle.c - one version on disk: every byte that is used has been checked against the manifest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hp-bundle-private.h"
#include "hp-error.h"

const char *const _hp_bundle_required[HP_BUNDLE_N_REQUIRED] = {
  "config.yaml", "holdout.csv", "metrics.json", "model.json", "preprocessor.json", "sales.csv",
};

G_DEFINE_FINAL_TYPE (HpBundle, hp_bundle, G_TYPE_OBJECT)

static void
hp_bundle_finalize (GObject *object)
{
  HpBundle *self = HP_BUNDLE (object);

  g_clear_pointer (&self->predictor, hp_predictor_free);
  g_clear_pointer (&self->diagnostics, hp_diagnostics_free);
  g_clear_pointer (&self->metrics, json_node_unref);
  g_clear_pointer (&self->manifest_bytes, g_bytes_unref);
  g_clear_pointer (&self->manifest, hp_manifest_free);
  g_clear_pointer (&self->path, g_free);
  if (self->folder >= 0)
    close (self->folder);
  G_OBJECT_CLASS (hp_bundle_parent_class)->finalize (object);
}

static void
hp_bundle_class_init (HpBundleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hp_bundle_finalize;
}

static void
hp_bundle_init (HpBundle *self)
{
  self->folder = -1;
}

static gboolean
is_still_there (HpBundle *self)
{
  struct stat mine, theirs;

  return fstat (self->folder, &mine) == 0 && lstat (self->path, &theirs) == 0 && mine.st_dev == theirs.st_dev
         && mine.st_ino == theirs.st_ino;
}

static int
open_file (HpBundle *self, const char *file, guint64 *size, GError **error)
{
  /* A named pipe must not make the open wait. */
  int fd = openat (self->folder, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat info;

  if (fd < 0 && errno == ENOENT && !is_still_there (self))
    hp_set_error (error, HP_ERROR_NOT_FOUND, NULL, _ ("%s was deleted in the meantime"), self->path);
  else if (fd < 0 && errno == ENOENT)
    hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("%s/%s is missing"), self->path, file);
  else if (fd < 0 && (errno == ELOOP || errno == ENXIO))
    hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("%s/%s is not a plain file"), self->path, file);
  else if (fd < 0)
    {
      int errsv = errno;
      g_autofree char *path = g_build_filename (self->path, file, NULL);

      hp_set_error_errno (error, errsv, path, _ ("can't be opened"));
    }
  if (fd < 0)
    return -1;
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("%s/%s is not a plain file"), self->path, file);
      close (fd);
      return -1;
    }
  *size = info.st_size;
  return fd;
}

static int
open_listed (HpBundle *self, const HpManifestFile *entry, GError **error)
{
  guint64 size;
  int fd = open_file (self, entry->name, &size, error);

  if (fd >= 0 && size != entry->size)
    {
      g_autofree char *is = g_strdup_printf ("%" G_GUINT64_FORMAT, size);
      g_autofree char *should = g_strdup_printf ("%" G_GUINT64_FORMAT, entry->size);

      hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("%s/%s has %s bytes instead of %s"), self->path, entry->name, is,
                    should);
      close (fd);
      return -1;
    }
  return fd;
}

/* Returns the bytes read, fewer than length only at the file's end, or -1 with error */
static gssize
read_up_to (HpBundle *self, const char *file, int fd, void *buffer, gsize length, GError **error)
{
  char *p = buffer;
  gsize got = 0;

  while (got < length)
    {
      gssize n = read (fd, p + got, length - got);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          int errsv = errno;
          g_autofree char *path = g_build_filename (self->path, file, NULL);

          hp_set_error_errno (error, errsv, path, _ ("can't be read"));
          return -1;
        }
      if (n == 0)
        break;
      got += n;
    }
  return got;
}

static gboolean
check_sum (HpBundle *self, const HpManifestFile *entry, GChecksum *checksum, guint64 size, GError **error)
{
  if (size == entry->size && strcmp (g_checksum_get_string (checksum), entry->sha256) == 0)
    return TRUE;
  hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("%s/%s is damaged: its SHA-256 is not the one in %s"), self->path,
                entry->name, HP_MANIFEST_NAME);
  return FALSE;
}

static gboolean
read_manifest (HpBundle *self, GError **error)
{
  g_autofree char *name = g_build_filename (self->path, HP_MANIFEST_NAME, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;
  guint64 size;
  gssize got = -1;
  int fd = open_file (self, HP_MANIFEST_NAME, &size, error);

  if (fd < 0)
    return FALSE;
  if (size <= HP_MANIFEST_MAX_BYTES)
    {
      text = g_malloc (size + 1);
      got = read_up_to (self, HP_MANIFEST_NAME, fd, text, size, error);
    }
  else
    hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("%s is too big"), name);
  close (fd);
  if (got < 0)
    return FALSE;
  self->manifest = hp_manifest_parse (text, got, name, &cause);
  self->manifest_bytes = g_bytes_new_take (g_steal_pointer (&text), got);
  if (self->manifest == NULL)
    hp_set_error (error, HP_ERROR_DAMAGED, NULL, "%s", cause->message);
  return self->manifest != NULL;
}

static HpBundle *
open_folder (const char *path, GError **error)
{
  g_autoptr (HpBundle) self = g_object_new (HP_TYPE_BUNDLE, NULL);
  int errsv;

  self->path = g_strdup (path);
  self->folder = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  errsv = errno;
  if (self->folder < 0 && (errsv == ELOOP || errsv == ENOTDIR))
    hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("%s is not a folder"), path);
  else if (self->folder < 0)
    hp_set_error_errno (error, errsv, path, _ ("can't be opened"));
  return self->folder < 0 ? NULL : g_steal_pointer (&self);
}

/**
 * _hp_bundle_open:
 * @path: a version's folder
 * @model: whose version
 * @version: which
 * @error: return location
 *
 * Reads the manifest only.
 *
 * Returns: (transfer full) (nullable): the bundle
 */
HpBundle *
_hp_bundle_open (const char *path, const char *model, guint version, GError **error)
{
  g_autoptr (HpBundle) self = open_folder (path, error);

  if (self == NULL || !read_manifest (self, error))
    return NULL;
  if (self->manifest->version != version || strcmp (self->manifest->model, model) != 0)
    {
      hp_set_error (error, HP_ERROR_DAMAGED, NULL,
                    _ ("%s holds %s %u: copy bundles with “house-price models export” and “install”"), path,
                    self->manifest->model, self->manifest->version);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * _hp_bundle_new_unpacked:
 * @path: the folder that holds the files
 * @manifest: (transfer full): the manifest that they came with
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the bundle
 */
HpBundle *
_hp_bundle_new_unpacked (const char *path, HpManifest *manifest, GError **error)
{
  HpBundle *self = open_folder (path, error);

  if (self == NULL)
    hp_manifest_free (manifest);
  else
    self->manifest = manifest;
  return self;
}

/**
 * _hp_bundle_get_manifest:
 * @bundle: a bundle
 *
 * Returns: (transfer none): its manifest
 */
const HpManifest *
_hp_bundle_get_manifest (HpBundle *bundle)
{
  return bundle->manifest;
}

/**
 * _hp_bundle_get_manifest_bytes:
 * @bundle: a bundle that was opened
 *
 * Returns: (transfer none): MANIFEST.json as it is on disk
 */
GBytes *
_hp_bundle_get_manifest_bytes (HpBundle *bundle)
{
  return bundle->manifest_bytes;
}

/**
 * hp_bundle_get_version:
 * @bundle: a bundle
 *
 * Returns: its version, from 1
 */
guint
hp_bundle_get_version (HpBundle *bundle)
{
  g_return_val_if_fail (HP_IS_BUNDLE (bundle), 0);
  return bundle->manifest->version;
}

/**
 * hp_bundle_get_path:
 * @bundle: a bundle
 *
 * Returns: (transfer none): its folder
 */
const char *
hp_bundle_get_path (HpBundle *bundle)
{
  g_return_val_if_fail (HP_IS_BUNDLE (bundle), NULL);
  return bundle->path;
}

static const HpManifestFile *
find_listed (HpBundle *self, const char *file, GError **error)
{
  const HpManifestFile *entry = hp_manifest_find (self->manifest, file);

  if (entry == NULL)
    hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("%s/%s lists no “%s”"), self->path, HP_MANIFEST_NAME, file);
  return entry;
}

/**
 * hp_bundle_read:
 * @bundle: a bundle
 * @file: the name of a file in its manifest
 * @error: return location
 *
 * What comes back has been hashed after it was read, so a file that changes meanwhile is found
 * out too. A NUL byte follows the data.
 *
 * Returns: (transfer full) (nullable): the file's bytes, or %NULL with %HP_ERROR_DAMAGED if it is
 *   not in the manifest, missing, not a plain file, or not what the manifest says;
 *   %HP_ERROR_NOT_FOUND if the version was deleted meanwhile, %HP_ERROR_IO if reading fails
 */
GBytes *
hp_bundle_read (HpBundle *bundle, const char *file, GError **error)
{
  const HpManifestFile *entry;
  g_autoptr (GChecksum) checksum = NULL;
  g_autofree char *data = NULL;
  gssize got;
  int fd;

  g_return_val_if_fail (HP_IS_BUNDLE (bundle) && file != NULL, NULL);

  entry = find_listed (bundle, file, error);
  fd = entry != NULL ? open_listed (bundle, entry, error) : -1;
  if (fd < 0)
    return NULL;
  data = g_try_malloc (entry->size + 1);
  if (data == NULL)
    {
      close (fd);
      hp_set_error (error, HP_ERROR_IO, NULL, _ ("%s/%s: not enough memory"), bundle->path, file);
      return NULL;
    }
  got = read_up_to (bundle, file, fd, data, entry->size, error);
  close (fd);
  if (got < 0)
    return NULL;
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *) data, got);
  if (!check_sum (bundle, entry, checksum, got, error))
    return NULL;
  data[got] = '\0';
  return g_bytes_new_take (g_steal_pointer (&data), got);
}

static gboolean
check_file (HpBundle *self, const HpManifestFile *entry, GError **error)
{
  const gsize length = 128 * 1024;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *buffer = g_malloc (length);
  int fd = open_listed (self, entry, error);
  guint64 size = 0;
  gssize got;

  if (fd < 0)
    return FALSE;
  do
    {
      got = read_up_to (self, entry->name, fd, buffer, length, error);
      g_checksum_update (checksum, buffer, MAX (got, 0));
      size += MAX (got, 0);
    }
  while (got == (gssize) length && size <= entry->size);
  close (fd);
  return got >= 0 && check_sum (self, entry, checksum, size, error);
}

/* A problem is noted, and the search goes on if they are collected; what is no damage (I/O, deleted) ends it. */
static gboolean
note (GPtrArray *problems, GError *problem, GError **error)
{
  gboolean go_on = problems != NULL && g_error_matches (problem, HP_ERROR, HP_ERROR_DAMAGED);

  if (!go_on)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_ptr_array_add (problems, g_strdup (problem->message));
  g_error_free (problem);
  return TRUE;
}

static gboolean
check_nothing_else (HpBundle *self, GPtrArray *problems, GError **error)
{
  int fd = openat (self->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *dir = fd >= 0 ? fdopendir (fd) : NULL;
  struct dirent *entry;
  gboolean ok = TRUE;

  if (dir == NULL)
    {
      int errsv = errno;

      if (fd >= 0)
        close (fd);
      hp_set_error_errno (error, errsv, self->path, _ ("can't be read"));
      return FALSE;
    }
  while (ok && (entry = readdir (dir)) != NULL)
    {
      GError *problem = NULL;
      g_autofree char *shown = NULL;

      if (strcmp (entry->d_name, ".") == 0 || strcmp (entry->d_name, "..") == 0
          || strcmp (entry->d_name, HP_MANIFEST_NAME) == 0 || hp_manifest_find (self->manifest, entry->d_name) != NULL)
        continue;
      shown = g_strescape (entry->d_name, NULL);
      hp_set_error (&problem, HP_ERROR_DAMAGED, NULL, _ ("%s/%s is not in %s: a bundle holds nothing else"), self->path,
                    shown, HP_MANIFEST_NAME);
      ok = note (problems, problem, error);
    }
  closedir (dir);
  return ok;
}

/**
 * _hp_bundle_check:
 * @bundle: a bundle
 * @problems: (nullable) (element-type utf8): takes all that is wrong, a line each
 * @error: return location
 *
 * Every file of the manifest is there and hashes right, all that a bundle needs is among them, and
 * nothing else lies beside them.
 *
 * Returns: without @problems, %FALSE with %HP_ERROR_DAMAGED for the first problem; with them,
 *   %FALSE only if the search could not go on
 */
gboolean
_hp_bundle_check (HpBundle *bundle, GPtrArray *problems, GError **error)
{
  const GPtrArray *files = bundle->manifest->files;
  GError *problem = NULL;

  for (guint i = 0; i < HP_BUNDLE_N_REQUIRED; i++)
    if (find_listed (bundle, _hp_bundle_required[i], &problem) == NULL)
      {
        if (!note (problems, g_steal_pointer (&problem), error))
          return FALSE;
      }
  for (guint i = 0; i < files->len; i++)
    if (!check_file (bundle, g_ptr_array_index (files, i), &problem))
      {
        if (!note (problems, g_steal_pointer (&problem), error))
          return FALSE;
      }
  return check_nothing_else (bundle, problems, error);
}

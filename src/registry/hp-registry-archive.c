/* hp-registry-archive.c - a version out of a registry as an archive, and into another one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "hp-error.h"
#include "hp-registry-private.h"
#include "hp-tar.h"

#define CHUNK       (128 * 1024)
#define MAX_DRAINED 64 /* reads */

static void
write_entry (HpOutput *output, const char *folder, const char *file, GBytes *bytes)
{
  static const char zeros[HP_TAR_BLOCK];
  char header[HP_TAR_BLOCK];
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  hp_tar_make_header (header, folder, file, length);
  hp_output_write (output, header, sizeof header);
  hp_output_write (output, data, length);
  hp_output_write (output, zeros, -length % HP_TAR_BLOCK);
}

/**
 * hp_registry_export:
 * @registry: a registry
 * @version: a version
 * @path: (type filename): the archive to write; `-` for standard output
 * @error: return location
 *
 * A ustar archive of a folder NAME-VERSION with the manifest first: the same bytes for the same
 * version at any time. Every file is verified on its way out.
 *
 * Returns: %FALSE with %HP_ERROR_NOT_FOUND, %HP_ERROR_DAMAGED, %HP_ERROR_IO; there is no archive then
 */
gboolean
hp_registry_export (HpRegistry *registry, guint version, const char *path, GError **error)
{
  static const char zeros[2 * HP_TAR_BLOCK];
  g_autoptr (HpBundle) bundle = NULL;
  g_autoptr (HpOutput) output = NULL;
  g_autofree char *folder = NULL;
  const GPtrArray *files;

  g_return_val_if_fail (HP_IS_REGISTRY (registry) && path != NULL, FALSE);

  bundle = _hp_registry_open (registry, version, error);
  if (bundle == NULL || !_hp_bundle_check (bundle, NULL, error))
    return FALSE;
  output = hp_output_open (path, error);
  if (output == NULL)
    return FALSE;
  folder = g_strdup_printf ("%s-%u", registry->name, version);
  /* As it is on disk: others know the bundle by its hash. */
  write_entry (output, folder, HP_MANIFEST_NAME, _hp_bundle_get_manifest_bytes (bundle));
  files = _hp_bundle_get_manifest (bundle)->files;
  for (guint i = 0; i < files->len && !hp_output_failed (output); i++)
    {
      const HpManifestFile *file = g_ptr_array_index (files, i);
      g_autoptr (GBytes) bytes = hp_bundle_read (bundle, file->name, error);

      if (bytes == NULL)
        return FALSE;
      write_entry (output, folder, file->name, bytes);
    }
  hp_output_write (output, zeros, sizeof zeros);
  return hp_output_commit (output, error);
}

typedef struct
{
  int fd;
  const char *path;
} Source;

static gssize
read_source (gpointer data, void *buffer, gsize length, GError **error)
{
  const Source *source = data;
  gssize n;

  do
    n = read (source->fd, buffer, length);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    hp_set_error_errno (error, errno, source->path, _ ("can't be read"));
  return n;
}

/* The rest of the last record, so that a program that pipes the archive to us can finish writing it */
static void
drain (Source *source)
{
  g_autofree char *buffer = g_malloc (CHUNK);

  for (guint i = 0; i < MAX_DRAINED && read_source (source, buffer, CHUNK, NULL) > 0; i++)
    ;
}

/* A file of the archive as it was found */
typedef struct
{
  guint64 size;
  GChecksum *checksum;
} Unpacked;

static void
unpacked_free (gpointer data)
{
  Unpacked *unpacked = data;

  g_checksum_free (unpacked->checksum);
  g_free (unpacked);
}

static gboolean
unpack_file (HpTarReader *reader, HpStaging *staging, const char *file, Unpacked *unpacked, GError **error)
{
  g_autofree char *buffer = g_malloc (CHUNK);
  gssize n;

  if (!hp_staging_begin (staging, file, error))
    return FALSE;
  while ((n = hp_tar_reader_read (reader, buffer, CHUNK, error)) > 0)
    {
      g_checksum_update (unpacked->checksum, (const guchar *) buffer, n);
      if (!hp_staging_append (staging, buffer, n, error))
        return FALSE;
    }
  return n == 0 && hp_staging_end (staging, error);
}

/* The manifest stays in memory: what is written in the end has this registry's version in it. */
static gboolean
unpack_manifest (HpTarReader *reader, const char *path, guint64 size, GBytes **manifest, GError **error)
{
  g_autofree char *text = NULL;
  gsize used = 0;

  if (size > HP_MANIFEST_MAX_BYTES)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: its %s is too big"), path, HP_MANIFEST_NAME);
      return FALSE;
    }
  text = g_malloc (size + 1);
  while (used < size)
    {
      gssize n = hp_tar_reader_read (reader, text + used, size - used, error);

      if (n < 0)
        return FALSE;
      used += n;
    }
  *manifest = g_bytes_new_take (g_steal_pointer (&text), size);
  return TRUE;
}

static gboolean
unpack (HpTarReader *reader, HpStaging *staging, const char *path, GHashTable *files, GBytes **manifest, GError **error)
{
  const char *file;
  guint64 size;

  for (;;)
    {
      Unpacked *unpacked;

      if (!hp_tar_reader_next (reader, &file, &size, error))
        return FALSE;
      if (file == NULL)
        break;
      if (strcmp (file, HP_MANIFEST_NAME) == 0)
        {
          if (!unpack_manifest (reader, path, size, manifest, error))
            return FALSE;
          continue;
        }
      unpacked = g_new (Unpacked, 1);
      unpacked->size = size;
      unpacked->checksum = g_checksum_new (G_CHECKSUM_SHA256);
      g_hash_table_insert (files, g_strdup (file), unpacked);
      if (!unpack_file (reader, staging, file, unpacked, error))
        return FALSE;
    }
  if (*manifest != NULL)
    return TRUE;
  hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: no %s in it: it is not a bundle"), path, HP_MANIFEST_NAME);
  return FALSE;
}

static gboolean
check_unpacked (const HpManifest *manifest, GHashTable *files, const char *path, GError **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (hp_manifest_find (manifest, name) == NULL)
      {
        hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("%s: “%s” is not in %s"), path, (const char *) name,
                      HP_MANIFEST_NAME);
        return FALSE;
      }
  for (guint i = 0; i < manifest->files->len; i++)
    {
      const HpManifestFile *file = g_ptr_array_index (manifest->files, i);
      const Unpacked *unpacked = g_hash_table_lookup (files, file->name);

      if (unpacked == NULL)
        hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("%s: “%s” is missing"), path, file->name);
      else if (unpacked->size != file->size || strcmp (g_checksum_get_string (unpacked->checksum), file->sha256) != 0)
        hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("%s: “%s” is damaged: its SHA-256 is not the one in %s"), path,
                      file->name, HP_MANIFEST_NAME);
      else
        continue;
      return FALSE;
    }
  for (guint i = 0; i < HP_BUNDLE_N_REQUIRED; i++)
    if (!g_hash_table_contains (files, _hp_bundle_required[i]))
      {
        hp_set_error (error, HP_ERROR_DAMAGED, NULL, _ ("%s: “%s” is missing"), path, _hp_bundle_required[i]);
        return FALSE;
      }
  return TRUE;
}

static HpManifest *
parse_manifest (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *name = g_strconcat (path, ": ", HP_MANIFEST_NAME, NULL);

  return hp_manifest_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), name, error);
}

/* A bundle whose hashes are right may still hold what this program can't use: better said now than at the first
 * valuation. */
static gboolean
check_loads (HpStaging *staging, const char *path, GBytes *bytes, GError **error)
{
  HpManifest *manifest = parse_manifest (path, bytes, error);
  g_autoptr (HpBundle) bundle = NULL;
  g_autoptr (GError) cause = NULL;
  g_autofree char *prefix = NULL;

  if (manifest == NULL)
    return FALSE;
  bundle = _hp_bundle_new_unpacked (hp_staging_get_path (staging), manifest, error);
  if (bundle == NULL)
    return FALSE;
  if (hp_bundle_get_predictor (bundle, TRUE, &cause) != NULL)
    return TRUE;
  /* The folder that it was unpacked into is gone when people read this. */
  prefix = g_strconcat (hp_staging_get_path (staging), "/", NULL);
  hp_set_error (error, cause->domain == HP_ERROR ? (HpErrorCode) cause->code : HP_ERROR_FAILED, NULL, "%s: %s", path,
                g_str_has_prefix (cause->message, prefix) ? cause->message + strlen (prefix) : cause->message);
  return FALSE;
}

static gboolean
install (HpRegistry *registry, HpTarReader *reader, const char *path, guint *version, GError **error)
{
  g_autoptr (GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unpacked_free);
  g_autoptr (HpStaging) staging = _hp_registry_stage (registry, error);
  g_autoptr (HpManifest) manifest = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (staging == NULL || !unpack (reader, staging, path, files, &bytes, error))
    return FALSE;
  manifest = parse_manifest (path, bytes, error);
  if (manifest == NULL || !check_unpacked (manifest, files, path, error) || !check_loads (staging, path, bytes, error))
    return FALSE;
  g_free (manifest->from_model);
  g_free (manifest->from_sha256);
  manifest->from_model = g_strdup (manifest->model);
  manifest->from_version = manifest->version;
  manifest->from_sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return _hp_registry_publish (registry, staging, manifest, version, error);
}

/**
 * hp_registry_install:
 * @registry: a registry
 * @path: (type filename): an archive as hp_registry_export() or tar makes them of a bundle's folder;
 *   `-` for standard input
 * @version: (out) (optional): the version it has become here
 * @error: return location
 *
 * Takes plain files only, checks them against the archive's manifest, and loads the model once,
 * before the version appears. The manifest then has this registry's version, and says under
 * `installed_from` which one it was.
 *
 * Returns: %FALSE with %HP_ERROR_BAD_DATA for what is no archive of a bundle, %HP_ERROR_DAMAGED for
 *   one that fails its checksums or doesn't load, %HP_ERROR_NOT_FOUND, %HP_ERROR_IO; nothing is left of it then
 */
gboolean
hp_registry_install (HpRegistry *registry, const char *path, guint *version, GError **error)
{
  gboolean standard_input;
  g_autoptr (HpTarReader) reader = NULL;
  Source source;
  gboolean ok;

  g_return_val_if_fail (HP_IS_REGISTRY (registry) && path != NULL, FALSE);

  standard_input = strcmp (path, "-") == 0;
  source.path = standard_input ? _ ("standard input") : path;
  source.fd = standard_input ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);
  if (source.fd < 0)
    {
      hp_set_error_errno (error, errno, path, _ ("can't be opened"));
      return FALSE;
    }
  reader = hp_tar_reader_new (read_source, &source, source.path);
  ok = install (registry, reader, source.path, version, error);
  if (standard_input)
    drain (&source);
  else
    close (source.fd);
  return ok;
}

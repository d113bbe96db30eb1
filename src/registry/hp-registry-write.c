/* hp-registry-write.c - adds versions and deletes them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "hp-error.h"
#include "hp-registry-private.h"

/* The lock is held. Numbers of deleted versions are kept from being given again by aliases.json. */
static gboolean
next_version (HpRegistry *registry, const HpAliases *aliases, guint *next, GError **error)
{
  g_autoptr (GPtrArray) places = _hp_registry_scan (registry, error);
  guint highest = 0;

  if (places == NULL)
    return FALSE;
  if (places->len > 0)
    highest = ((HpVersionPlace *) g_ptr_array_index (places, places->len - 1))->version;
  *next = MAX (highest + 1, MAX (aliases->next, 1));
  if (*next <= HP_VERSION_MAX)
    return TRUE;
  hp_set_error (error, HP_ERROR_FAILED, NULL, _ ("%s: there are no more version numbers"),
                _hp_registry_own_folder (registry));
  return FALSE;
}

/**
 * _hp_registry_stage:
 * @registry: a registry
 * @error: return location
 *
 * Also clears away what dead writers left.
 *
 * Returns: (transfer full) (nullable): a folder to write a bundle in; the registry isn't locked meanwhile
 */
HpStaging *
_hp_registry_stage (HpRegistry *registry, GError **error)
{
  g_autoptr (HpLock) lock = _hp_registry_lock (registry, error);

  if (lock == NULL)
    return NULL;
  hp_staging_clean (_hp_registry_own_folder (registry));
  return hp_staging_new (_hp_registry_own_folder (registry), error);
}

/**
 * _hp_registry_publish:
 * @registry: a registry
 * @staging: holds all the files of @manifest, and no manifest yet
 * @manifest: gets its model and version here
 * @version: (out) (optional): the number given
 * @error: return location
 *
 * The number is noted as given before the version appears: a crash in between loses a number, never a version.
 *
 * Returns: %FALSE with an error, and there is no new version
 */
gboolean
_hp_registry_publish (HpRegistry *registry, HpStaging *staging, HpManifest *manifest, guint *version, GError **error)
{
  const char *folder = _hp_registry_own_folder (registry);
  g_autoptr (HpLock) lock = _hp_registry_lock (registry, error);
  g_autoptr (HpAliases) aliases = lock != NULL ? hp_aliases_load (folder, error) : NULL;
  g_autofree char *text = NULL, *path = NULL;
  gsize length;
  guint number;

  if (aliases == NULL || !next_version (registry, aliases, &number, error))
    return FALSE;
  g_free (manifest->model);
  manifest->model = g_strdup (registry->name);
  manifest->version = number;
  text = hp_manifest_to_json (manifest, &length);
  path = g_strdup_printf ("%s/%u", folder, number);
  aliases->next = number + 1;
  if (!hp_staging_write (staging, HP_MANIFEST_NAME, text, length, error) || !hp_aliases_save (aliases, folder, error)
      || !hp_staging_commit (staging, path, error))
    return FALSE;
  if (version != NULL)
    *version = number;
  return TRUE;
}

static gboolean
check_names (GHashTable *files, GError **error)
{
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < HP_BUNDLE_N_REQUIRED; i++)
    if (!g_hash_table_contains (files, _hp_bundle_required[i]))
      {
        hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("a bundle needs a file %s"), _hp_bundle_required[i]);
        return FALSE;
      }
  if (g_hash_table_size (files) > HP_MANIFEST_MAX_FILES)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("a bundle holds at most %d files"), HP_MANIFEST_MAX_FILES);
      return FALSE;
    }
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!hp_name_is_plain (name) || strcmp (name, HP_MANIFEST_NAME) == 0)
      {
        hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("“%s” can't name a bundle's file"), (const char *) name);
        return FALSE;
      }
  return TRUE;
}

static gboolean
add_to_manifest (HpManifest *manifest, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  if (g_bytes_get_size (bytes) > HP_MANIFEST_MAX_FILE_SIZE)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s is bigger than 1 GiB, which a bundle can't hold"), name);
      return FALSE;
    }
  hp_manifest_add (manifest, name, g_bytes_get_size (bytes), sha256);
  if (hp_manifest_get_total_size (manifest) <= HP_MANIFEST_MAX_TOTAL_SIZE)
    return TRUE;
  hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                _ ("the files are more than 2 GiB together, which a bundle can't hold"));
  return FALSE;
}

/**
 * hp_registry_add:
 * @registry: a registry
 * @files: (element-type utf8 GBytes): name to contents; the six files that every bundle has, and any other
 * @parent: (nullable): the run that made them
 * @version: (out) (optional): the new version
 * @error: return location
 *
 * Everything is synced to the disk before the version appears under its number, so it is whole or
 * it isn't there, whatever happens. Numbers are never given twice.
 *
 * Returns: %FALSE with %HP_ERROR_IO naming the file that couldn't be written (nothing is left of
 *   it), %HP_ERROR_BAD_DATA if @files isn't a bundle, %HP_ERROR_DAMAGED if aliases.json doesn't read
 */
gboolean
hp_registry_add (HpRegistry *registry, GHashTable *files, const char *parent, guint *version, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *created = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autoptr (HpManifest) manifest = NULL;
  g_autoptr (HpStaging) staging = NULL;
  GHashTableIter iter;
  gpointer name, bytes;

  g_return_val_if_fail (HP_IS_REGISTRY (registry) && files != NULL, FALSE);

  if (!check_names (files, error))
    return FALSE;
  if (parent != NULL && (strlen (parent) > HP_MANIFEST_MAX_TEXT || !g_utf8_validate (parent, -1, NULL)))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("the parent run's name is not UTF-8 of at most %d bytes"),
                    HP_MANIFEST_MAX_TEXT);
      return FALSE;
    }
  manifest = hp_manifest_new (registry->name, 1, created, parent);
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    if (!add_to_manifest (manifest, name, bytes, error))
      return FALSE;
  staging = _hp_registry_stage (registry, error);
  if (staging == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    if (!hp_staging_write (staging, name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error))
      return FALSE;
  return _hp_registry_publish (registry, staging, manifest, version, error);
}

static gboolean
check_unnamed (const HpAliases *aliases, guint version, GError **error)
{
  g_auto (GStrv) names = hp_aliases_get_names (aliases);

  for (guint i = 0; names[i] != NULL; i++)
    if (hp_aliases_get (aliases, names[i]) == version)
      {
        hp_set_error (error, HP_ERROR_CONFLICT, NULL,
                      _ ("version %u is “%s”: give that alias to another version first"), version, names[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_own (HpRegistry *registry, guint version, GError **error)
{
  g_autofree char *own = g_strdup_printf ("%s/%u", _hp_registry_own_folder (registry), version);
  g_autofree char *path = _hp_registry_find (registry, version, error);

  if (path == NULL)
    return FALSE;
  if (strcmp (path, own) == 0)
    return TRUE;
  hp_set_error (error, HP_ERROR_CONFLICT, NULL, _ ("%s is in a system registry, which is only read"), path);
  return FALSE;
}

/**
 * hp_registry_delete:
 * @registry: a registry
 * @version: a version
 * @error: return location
 *
 * Its number will not be given again.
 *
 * Returns: %FALSE with %HP_ERROR_CONFLICT if an alias names the version or a system registry has it,
 *   %HP_ERROR_NOT_FOUND, %HP_ERROR_IO
 */
gboolean
hp_registry_delete (HpRegistry *registry, guint version, GError **error)
{
  const char *folder;
  g_autoptr (HpLock) lock = NULL;
  g_autoptr (HpAliases) aliases = NULL;
  g_autofree char *path = NULL, *trash = NULL;
  guint next;

  g_return_val_if_fail (HP_IS_REGISTRY (registry), FALSE);

  folder = _hp_registry_own_folder (registry);
  if (!check_own (registry, version, error))
    return FALSE;
  lock = _hp_registry_lock (registry, error);
  if (lock == NULL)
    return FALSE;
  hp_staging_clean (folder);
  aliases = hp_aliases_load (folder, error);
  if (aliases == NULL || !check_own (registry, version, error) || !check_unnamed (aliases, version, error)
      || !next_version (registry, aliases, &next, error))
    return FALSE;
  if (next != aliases->next)
    {
      aliases->next = next;
      if (!hp_aliases_save (aliases, folder, error))
        return FALSE;
    }
  path = g_strdup_printf ("%s/%u", folder, version);
  trash = g_strdup_printf ("%s/.trash-%u-%08x", folder, version, g_random_int ());
  if (rename (path, trash) != 0)
    {
      hp_set_error_errno (error, errno, path, _ ("can't be deleted"));
      return FALSE;
    }
  return hp_file_sync_folder (folder, error) && hp_file_remove_tree (trash, error);
}

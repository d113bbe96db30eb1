/* hp-registry.c - where a registry is and which versions are in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "hp-error.h"
#include "hp-registry-private.h"
#include "hp-text.h"

#define DEFAULT_NAME       "house-price"
#define MAX_VERSIONS_NAMED 10

G_DEFINE_FINAL_TYPE (HpRegistry, hp_registry, G_TYPE_OBJECT)

static void
hp_registry_finalize (GObject *object)
{
  HpRegistry *self = HP_REGISTRY (object);

  g_clear_pointer (&self->root, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->folders, g_strfreev);
  G_OBJECT_CLASS (hp_registry_parent_class)->finalize (object);
}

static void
hp_registry_class_init (HpRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hp_registry_finalize;
}

static void
hp_registry_init (HpRegistry *self)
{
}

static char **
make_folders (const char *root, const char *name, gboolean with_system)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *own = g_build_filename (root, name, NULL);
  const char *const *dirs = g_get_system_data_dirs ();

  g_strv_builder_add (builder, own);
  for (guint i = 0; with_system && dirs[i] != NULL; i++)
    {
      g_autofree char *folder = g_build_filename (dirs[i], "house-price", "registry", name, NULL);

      if (strcmp (folder, own) != 0)
        g_strv_builder_add (builder, folder);
    }
  return g_strv_builder_end (builder);
}

/**
 * hp_registry_new:
 * @root: (nullable) (type filename): the registry's folder; %NULL for `$HOUSE_PRICE_REGISTRY`, else
 *   `$XDG_DATA_HOME/house-price/registry`
 * @name: (nullable): the model's name; %NULL for `house-price`
 * @error: return location
 *
 * Creates nothing. System registries (`$XDG_DATA_DIRS/house-price/registry`) are searched after the
 * user's own default one only: whoever names a registry means that one.
 *
 * Returns: (transfer full) (nullable): the registry, or %NULL with %HP_ERROR_USAGE for a @name that
 *   can't be one
 */
HpRegistry *
hp_registry_new (const char *root, const char *name, GError **error)
{
  const char *variable = g_getenv ("HOUSE_PRICE_REGISTRY");
  HpRegistry *self;

  if (name == NULL)
    name = DEFAULT_NAME;
  if (!hp_name_is_plain (name))
    {
      g_autofree char *shown = hp_text_printable (name, -1, 80);

      hp_set_error (
        error, HP_ERROR_USAGE, NULL,
        _ ("“%s” can't name a model: use at most 64 letters, digits, “-”, “_” and “.”, a letter or digit first"),
        shown);
      return NULL;
    }
  if (root == NULL && variable != NULL && variable[0] != '\0')
    root = variable;
  if (root != NULL && root[0] == '\0')
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("the registry's folder has no name"));
      return NULL;
    }
  self = g_object_new (HP_TYPE_REGISTRY, NULL);
  self->root = root != NULL ? g_canonicalize_filename (root, NULL)
                            : g_build_filename (g_get_user_data_dir (), "house-price", "registry", NULL);
  self->name = g_strdup (name);
  self->folders = make_folders (self->root, name, root == NULL);
  return self;
}

/**
 * hp_registry_get_root:
 * @registry: a registry
 *
 * Returns: (transfer none) (type filename): the folder that new versions go into, below it by model
 */
const char *
hp_registry_get_root (HpRegistry *registry)
{
  g_return_val_if_fail (HP_IS_REGISTRY (registry), NULL);
  return registry->root;
}

/**
 * hp_registry_get_name:
 * @registry: a registry
 *
 * Returns: (transfer none): the model's name
 */
const char *
hp_registry_get_name (HpRegistry *registry)
{
  g_return_val_if_fail (HP_IS_REGISTRY (registry), NULL);
  return registry->name;
}

/**
 * _hp_version_parse:
 * @text: text
 * @version: (out): the number
 *
 * Returns: whether @text is a version as its folder is called: digits that don't begin with 0
 */
gboolean
_hp_version_parse (const char *text, guint *version)
{
  guint value = 0, n;

  /* HP_VERSION_MAX has nine digits. */
  for (n = 0; n < 9 && g_ascii_isdigit (text[n]); n++)
    value = value * 10 + (guint) (text[n] - '0');
  *version = value;
  return n > 0 && text[n] == '\0' && text[0] != '0';
}

static void
place_free (gpointer data)
{
  HpVersionPlace *place = data;

  g_free (place->path);
  g_free (place);
}

static gint
compare_places (gconstpointer a, gconstpointer b)
{
  const HpVersionPlace *const *x = a, *const *y = b;

  return (*x)->version < (*y)->version ? -1 : (*x)->version > (*y)->version;
}

static gboolean
scan_folder (const char *folder, GHashTable *seen, GPtrArray *places, GError **error)
{
  DIR *dir = opendir (folder);
  struct dirent *entry;
  guint version;

  if (dir == NULL)
    {
      if (errno == ENOENT)
        return TRUE;
      hp_set_error_errno (error, errno, folder, _ ("can't be read"));
      return FALSE;
    }
  while ((entry = readdir (dir)) != NULL)
    if (_hp_version_parse (entry->d_name, &version) && g_hash_table_add (seen, GUINT_TO_POINTER (version)))
      {
        HpVersionPlace *place = g_new (HpVersionPlace, 1);

        place->version = version;
        place->path = g_build_filename (folder, entry->d_name, NULL);
        g_ptr_array_add (places, place);
      }
  closedir (dir);
  return TRUE;
}

/**
 * _hp_registry_scan:
 * @registry: a registry
 * @error: return location
 *
 * Returns: (transfer full) (element-type HpVersionPlace) (nullable): all versions, ascending; %NULL
 *   with %HP_ERROR_IO
 */
GPtrArray *
_hp_registry_scan (HpRegistry *registry, GError **error)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (place_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; registry->folders[i] != NULL; i++)
    if (!scan_folder (registry->folders[i], seen, places, error))
      return NULL;
  g_ptr_array_sort (places, compare_places);
  return g_steal_pointer (&places);
}

/**
 * _hp_registry_name_versions:
 * @registry: a registry
 *
 * Returns: (transfer full) (nullable): "1, 2, 3", the newest if there are many; %NULL if there are
 *   none, or that can't be found out
 */
char *
_hp_registry_name_versions (HpRegistry *registry)
{
  g_autoptr (GPtrArray) places = _hp_registry_scan (registry, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  guint first;

  if (places == NULL || places->len == 0)
    return NULL;
  first = places->len > MAX_VERSIONS_NAMED ? places->len - MAX_VERSIONS_NAMED : 0;
  if (first > 0)
    g_string_append (text, "…");
  for (guint i = first; i < places->len; i++)
    g_string_append_printf (text, "%s%u", text->len > 0 ? ", " : "",
                            ((HpVersionPlace *) g_ptr_array_index (places, i))->version);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * _hp_registry_set_not_found:
 * @registry: a registry
 * @problem: what wasn't found; the message begins with it
 * @error: return location
 *
 * Sets %HP_ERROR_NOT_FOUND with a message that says what there is instead.
 */
void
_hp_registry_set_not_found (HpRegistry *registry, const char *problem, GError **error)
{
  g_autofree char *versions = _hp_registry_name_versions (registry);

  if (versions == NULL)
    hp_set_error (error, HP_ERROR_NOT_FOUND, NULL,
                  _ ("%s: %s has no versions yet; make one with “house-price train DATA”"), problem,
                  registry->folders[0]);
  else
    hp_set_error (error, HP_ERROR_NOT_FOUND, NULL, _ ("%s; there are: %s"), problem, versions);
}

/**
 * _hp_registry_find:
 * @registry: a registry
 * @version: a version
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its folder; %NULL with %HP_ERROR_NOT_FOUND naming those that exist
 */
char *
_hp_registry_find (HpRegistry *registry, guint version, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%u", version), *problem = NULL;

  for (guint i = 0; registry->folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (registry->folders[i], number, NULL);
      struct stat info;

      if (lstat (path, &info) == 0)
        return g_steal_pointer (&path);
      if (errno != ENOENT && errno != ENOTDIR)
        {
          hp_set_error_errno (error, errno, path, _ ("can't be opened"));
          return NULL;
        }
    }
  problem = g_strdup_printf (_ ("no version %u of %s"), version, registry->name);
  _hp_registry_set_not_found (registry, problem, error);
  return NULL;
}

/**
 * _hp_registry_open:
 * @registry: a registry
 * @version: a version
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the bundle, its manifest read
 */
HpBundle *
_hp_registry_open (HpRegistry *registry, guint version, GError **error)
{
  g_autofree char *path = _hp_registry_find (registry, version, error);

  return path != NULL ? _hp_bundle_open (path, registry->name, version, error) : NULL;
}

/**
 * _hp_registry_lock:
 * @registry: a registry
 * @error: return location
 *
 * System registries are never locked, for they are never written.
 *
 * Returns: (transfer full) (nullable): the lock that every writer holds, or %NULL with %HP_ERROR_IO
 */
HpLock *
_hp_registry_lock (HpRegistry *registry, GError **error)
{
  const char *folder = _hp_registry_own_folder (registry);
  g_autofree char *path = g_build_filename (folder, ".lock", NULL);
  struct stat info;

  if (stat (folder, &info) != 0 && errno == ENOENT
      && (!hp_file_make_folder (folder, error) || !hp_file_sync_folder (registry->root, error)))
    return NULL;
  return hp_lock_take (path, error);
}

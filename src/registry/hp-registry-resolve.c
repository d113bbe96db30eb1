/* hp-registry-resolve.c - which version a number, an alias or nothing at all means
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-error.h"
#include "hp-registry-private.h"
#include "hp-text.h"

#define ALIAS_ATTEMPTS 5

/**
 * _hp_registry_get_alias:
 * @registry: a registry
 * @alias: a name
 * @version: (out): what it names, 0 if nothing
 * @error: return location
 *
 * System registries are asked only if the own one doesn't know the name.
 *
 * Returns: %FALSE with an error of hp_aliases_load()
 */
gboolean
_hp_registry_get_alias (HpRegistry *registry, const char *alias, guint *version, GError **error)
{
  *version = 0;
  for (guint i = 0; *version == 0 && registry->folders[i] != NULL; i++)
    {
      g_autoptr (HpAliases) aliases = hp_aliases_load (registry->folders[i], error);

      if (aliases == NULL)
        return FALSE;
      *version = hp_aliases_get (aliases, alias);
    }
  return TRUE;
}

/**
 * _hp_registry_get_aliases:
 * @registry: a registry
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8 guint) (nullable): what every alias names
 */
GHashTable *
_hp_registry_get_aliases (HpRegistry *registry, GError **error)
{
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; registry->folders[i] != NULL; i++)
    {
      g_autoptr (HpAliases) aliases = hp_aliases_load (registry->folders[i], error);
      GHashTableIter iter;
      gpointer name, version;

      if (aliases == NULL)
        return NULL;
      g_hash_table_iter_init (&iter, aliases->versions);
      while (g_hash_table_iter_next (&iter, &name, &version))
        if (!g_hash_table_contains (all, name))
          g_hash_table_insert (all, g_strdup (name), version);
    }
  return g_steal_pointer (&all);
}

static void
set_no_alias (HpRegistry *registry, const char *alias, GError **error)
{
  g_autoptr (GHashTable) all = _hp_registry_get_aliases (registry, NULL);
  g_autofree char *shown = hp_text_printable (alias, -1, 80), *problem = NULL;
  g_autofree char *versions = _hp_registry_name_versions (registry);
  g_autofree const char **names = NULL;
  const char *near = NULL;

  if (versions != NULL && strcmp (alias, HP_ALIAS_CHAMPION) == 0)
    {
      hp_set_error (error, HP_ERROR_NOT_FOUND, NULL,
                    _ ("%s has no champion: choose one of its versions (%s) with “house-price models promote VERSION”"),
                    registry->name, versions);
      return;
    }
  if (all != NULL)
    {
      names = (const char **) g_hash_table_get_keys_as_array (all, NULL);
      near = hp_text_suggest (alias, names);
    }
  if (near != NULL)
    problem = g_strdup_printf (_ ("no version or alias “%s” of %s: did you mean “%s”?"), shown, registry->name, near);
  else if (strcmp (alias, HP_ALIAS_CHAMPION) == 0)
    problem = g_strdup_printf (_ ("%s has no champion"), registry->name);
  else
    problem = g_strdup_printf (_ ("no version or alias “%s” of %s"), shown, registry->name);
  _hp_registry_set_not_found (registry, problem, error);
}

static gboolean
resolve_alias (HpRegistry *registry, const char *alias, guint *version, GError **error)
{
  g_autofree char *problem = NULL;

  /* The alias may move and the version it named go between the two looks: look again. */
  for (guint attempt = 0; attempt < ALIAS_ATTEMPTS; attempt++)
    {
      g_autofree char *path = NULL;

      if (!_hp_registry_get_alias (registry, alias, version, error))
        return FALSE;
      if (*version == 0)
        {
          set_no_alias (registry, alias, error);
          return FALSE;
        }
      path = _hp_registry_find (registry, *version, NULL);
      if (path != NULL)
        return TRUE;
    }
  problem = g_strdup_printf (_ ("“%s” of %s is version %u, which is gone"), alias, registry->name, *version);
  _hp_registry_set_not_found (registry, problem, error);
  return FALSE;
}

/**
 * hp_registry_resolve:
 * @registry: a registry
 * @reference: (nullable): `3`, `v3`, an alias, or %NULL for the champion
 * @version: (out): the version it means
 * @error: return location
 *
 * Returns: %TRUE if there is such a version; %FALSE with %HP_ERROR_NOT_FOUND saying what there is, or
 *   %HP_ERROR_DAMAGED if the aliases don't read
 */
gboolean
hp_registry_resolve (HpRegistry *registry, const char *reference, guint *version, GError **error)
{
  g_autofree char *path = NULL;
  guint found;

  g_return_val_if_fail (HP_IS_REGISTRY (registry), FALSE);

  if (reference == NULL)
    reference = HP_ALIAS_CHAMPION;
  if (!_hp_version_parse (reference + (reference[0] == 'v'), &found))
    {
      if (!resolve_alias (registry, reference, &found, error))
        return FALSE;
    }
  else
    {
      path = _hp_registry_find (registry, found, error);
      if (path == NULL)
        return FALSE;
    }
  if (version != NULL)
    *version = found;
  return TRUE;
}

/**
 * hp_registry_load:
 * @registry: a registry
 * @reference: (nullable): as for hp_registry_resolve()
 * @error: return location
 *
 * Reads the manifest; the files are read and checked when they are asked for.
 *
 * Returns: (transfer full) (nullable): the bundle, or %NULL with an error of hp_registry_resolve() or
 *   %HP_ERROR_DAMAGED
 */
HpBundle *
hp_registry_load (HpRegistry *registry, const char *reference, GError **error)
{
  guint version;

  g_return_val_if_fail (HP_IS_REGISTRY (registry), NULL);

  return hp_registry_resolve (registry, reference, &version, error) ? _hp_registry_open (registry, version, error)
                                                                    : NULL;
}

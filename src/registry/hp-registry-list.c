/* hp-registry-list.c - looks at all versions: for a list, and for damage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-json.h"
#include "hp-registry-private.h"

#define ALIAS_ATTEMPTS 5

/**
 * hp_version_info_free:
 * @info: (nullable) (transfer full): what a list shows of a version
 */
void
hp_version_info_free (HpVersionInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->family);
  g_free (info->created);
  g_strfreev (info->aliases);
  g_free (info->path);
  g_free (info);
}

static gint
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* NULL if no alias names the version */
static char **
get_aliases_of (GHashTable *aliases, guint version)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, aliases);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (GPOINTER_TO_UINT (value) == version)
      g_ptr_array_add (names, g_strdup (name));
  if (names->len == 0)
    return NULL;
  g_ptr_array_sort (names, compare_strings);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* metrics[group][metric], NaN where there is no such number */
static double
get_metric (JsonObject *metrics, const char *group, const char *metric)
{
  JsonObject *object = hp_json_get_object (metrics, group, NULL);
  double value;

  return object != NULL && hp_json_get_double (object, metric, &value, NULL) ? value : NAN;
}

static void
read_info (HpVersionInfo *info, HpBundle *bundle)
{
  const HpManifest *manifest = _hp_bundle_get_manifest (bundle);
  JsonObject *metrics = hp_bundle_get_metrics (bundle, NULL);
  g_autofree char *failed = NULL;
  const char *family;

  info->created = g_strdup (manifest->created);
  info->size = hp_manifest_get_total_size (manifest);
  info->damaged = metrics == NULL;
  if (metrics == NULL)
    return;
  if (hp_json_get_string (metrics, "family", &family, NULL))
    info->family = g_strdup (family);
  _hp_bundle_get_gates (bundle, &info->gates_passed, &failed, NULL);
  info->oof_mae = get_metric (metrics, "oof", "mae");
  info->test_mae = get_metric (metrics, "test", "mae");
  info->test_rmse = get_metric (metrics, "test", "rmse");
  info->test_r2 = get_metric (metrics, "test", "r2");
}

/**
 * hp_registry_list:
 * @registry: a registry
 * @error: return location
 *
 * Reads each version's manifest and metrics.json, not its model. A version of which one of the two
 * does not read is listed as damaged; hp_registry_verify() says why.
 *
 * Returns: (transfer full) (element-type HpVersionInfo) (nullable): all versions, ascending; %NULL
 *   with %HP_ERROR_DAMAGED if aliases.json doesn't read, with %HP_ERROR_IO
 */
GPtrArray *
hp_registry_list (HpRegistry *registry, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_version_info_free);
  g_autoptr (GHashTable) aliases = NULL;
  g_autoptr (GPtrArray) places = NULL;

  g_return_val_if_fail (HP_IS_REGISTRY (registry), NULL);

  aliases = _hp_registry_get_aliases (registry, error);
  places = aliases != NULL ? _hp_registry_scan (registry, error) : NULL;
  if (places == NULL)
    return NULL;
  for (guint i = 0; i < places->len; i++)
    {
      const HpVersionPlace *place = g_ptr_array_index (places, i);
      g_autoptr (GError) cause = NULL;
      g_autoptr (HpBundle) bundle = _hp_bundle_open (place->path, registry->name, place->version, &cause);
      HpVersionInfo *info;

      /* Deleted since the scan */
      if (g_error_matches (cause, HP_ERROR, HP_ERROR_NOT_FOUND))
        continue;
      info = g_new0 (HpVersionInfo, 1);
      info->version = place->version;
      info->path = g_strdup (place->path);
      info->aliases = get_aliases_of (aliases, place->version);
      info->oof_mae = info->test_mae = info->test_rmse = info->test_r2 = NAN;
      info->damaged = TRUE;
      if (bundle != NULL)
        read_info (info, bundle);
      g_ptr_array_add (list, info);
    }
  return g_steal_pointer (&list);
}

/* Damage goes to problems; FALSE for what keeps from looking at all */
static gboolean
verify_place (HpRegistry *registry, const HpVersionPlace *place, GPtrArray *problems, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (HpBundle) bundle = _hp_bundle_open (place->path, registry->name, place->version, &cause);

  if (bundle != NULL && _hp_bundle_check (bundle, problems, &cause))
    return TRUE;
  if (g_error_matches (cause, HP_ERROR, HP_ERROR_DAMAGED))
    {
      g_ptr_array_add (problems, g_strdup (cause->message));
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
verify_places (HpRegistry *registry, GPtrArray *problems, GError **error)
{
  g_autoptr (GPtrArray) places = _hp_registry_scan (registry, error);

  if (places == NULL)
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    {
      GError *cause = NULL;

      if (verify_place (registry, g_ptr_array_index (places, i), problems, &cause))
        continue;
      if (!g_error_matches (cause, HP_ERROR, HP_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, cause);
          return FALSE;
        }
      g_error_free (cause);
    }
  return TRUE;
}

static gboolean
find_gone_alias (HpRegistry *registry, HpAliases *aliases, const char **alias)
{
  GHashTableIter iter;
  gpointer name, version;

  g_hash_table_iter_init (&iter, aliases->versions);
  while (g_hash_table_iter_next (&iter, &name, &version))
    {
      g_autofree char *path = _hp_registry_find (registry, GPOINTER_TO_UINT (version), NULL);

      if (path == NULL)
        {
          *alias = name;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
verify_aliases (HpRegistry *registry, const char *folder, GPtrArray *problems, GError **error)
{
  /* An alias that moved between the looks at it and at its version is no damage: look again. */
  for (guint attempt = 1;; attempt++)
    {
      g_autoptr (GError) cause = NULL;
      g_autoptr (HpAliases) aliases = hp_aliases_load (folder, &cause);
      const char *alias;

      if (aliases == NULL && g_error_matches (cause, HP_ERROR, HP_ERROR_DAMAGED))
        {
          g_ptr_array_add (problems, g_strdup (cause->message));
          return TRUE;
        }
      if (aliases == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      if (!find_gone_alias (registry, aliases, &alias))
        return TRUE;
      if (attempt == ALIAS_ATTEMPTS)
        {
          g_ptr_array_add (problems, g_strdup_printf (_ ("%s/%s: “%s” is version %u, which is gone"), folder,
                                                      HP_ALIASES_NAME, alias, hp_aliases_get (aliases, alias)));
          return TRUE;
        }
    }
}

static gboolean
verify_all (HpRegistry *registry, GPtrArray *problems, GError **error)
{
  if (!verify_places (registry, problems, error))
    return FALSE;
  for (guint i = 0; registry->folders[i] != NULL; i++)
    if (!verify_aliases (registry, registry->folders[i], problems, error))
      return FALSE;
  return TRUE;
}

/**
 * hp_registry_verify:
 * @registry: a registry
 * @version: a version, or 0 for all of them and the aliases
 * @damaged: (nullable) (element-type utf8): takes what is wrong, a line each
 * @error: return location
 *
 * Hashes every file. Temporary folders of writers, dead or alive, are no damage.
 *
 * Returns: %TRUE if nothing is wrong; %FALSE with %HP_ERROR_DAMAGED and the first problem, with
 *   %HP_ERROR_NOT_FOUND if there is no such version, with %HP_ERROR_IO if reading fails
 */
gboolean
hp_registry_verify (HpRegistry *registry, guint version, GPtrArray *damaged, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (HP_IS_REGISTRY (registry), FALSE);

  if (version == 0)
    {
      if (!verify_all (registry, problems, error))
        return FALSE;
    }
  else
    {
      g_autofree char *path = _hp_registry_find (registry, version, error);
      const HpVersionPlace place = { version, path };

      if (path == NULL || !verify_place (registry, &place, problems, error))
        return FALSE;
    }
  for (guint i = 0; damaged != NULL && i < problems->len; i++)
    g_ptr_array_add (damaged, g_strdup (g_ptr_array_index (problems, i)));
  if (problems->len == 1)
    hp_set_error (error, HP_ERROR_DAMAGED, NULL, "%s", (const char *) g_ptr_array_index (problems, 0));
  else if (problems->len > 1)
    hp_set_error (error, HP_ERROR_DAMAGED, NULL,
                  g_dngettext (GETTEXT_PACKAGE, "%s (and %u more problem)", "%s (and %u more problems)",
                               problems->len - 1),
                  (const char *) g_ptr_array_index (problems, 0), problems->len - 1);
  return problems->len == 0;
}

/* hp-registry-promote.c - who is champion: promotion, rollback and other aliases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-error.h"
#include "hp-registry-compare.h"
#include "hp-registry-private.h"
#include "hp-text.h"

/* Under the lock: applies the change if the version is (still) there, and noting it isn't noting nothing */
static gboolean
apply (HpRegistry *registry, HpAliases *aliases, HpAliasChange *change, GError **error)
{
  g_autofree char *path = NULL;

  if (change->version != 0)
    {
      path = _hp_registry_find (registry, change->version, error);
      if (path == NULL)
        return FALSE;
    }
  return hp_aliases_apply (aliases, change, error)
         && hp_aliases_save (aliases, _hp_registry_own_folder (registry), error);
}

static gboolean
point_alias (HpRegistry *registry, HpAliasChange *change, GError **error)
{
  g_autoptr (HpLock) lock = _hp_registry_lock (registry, error);
  g_autoptr (HpAliases) aliases = NULL;

  if (lock == NULL)
    return FALSE;
  hp_staging_clean (_hp_registry_own_folder (registry));
  aliases = hp_aliases_load (_hp_registry_own_folder (registry), error);
  if (aliases == NULL || !_hp_registry_get_alias (registry, change->alias, &change->previous, error))
    return FALSE;
  /* The same again must not push the one before out of a rollback's reach. */
  if (change->version != 0 && hp_aliases_get (aliases, change->alias) == change->version)
    return TRUE;
  if (change->version == 0 && hp_aliases_get (aliases, change->alias) == 0)
    {
      hp_set_error (error, change->previous == 0 ? HP_ERROR_NOT_FOUND : HP_ERROR_CONFLICT, NULL,
                    change->previous == 0 ? _ ("there is no alias “%s”")
                                          : _ ("the alias “%s” is in a system registry, which is only read"),
                    change->alias);
      return FALSE;
    }
  return apply (registry, aliases, change, error);
}

static gboolean
check_reason (gboolean force, const char *reason, GError **error)
{
  g_autofree char *stripped = reason != NULL ? g_strstrip (g_strdup (reason)) : g_strdup ("");

  if (force && stripped[0] == '\0')
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL,
                    _ ("forcing needs a reason, which is kept in the history: --reason TEXT"));
      return FALSE;
    }
  if (!g_utf8_validate (stripped, -1, NULL) || g_utf8_strlen (stripped, -1) > HP_ALIASES_MAX_REASON)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("the reason is not UTF-8 of at most %d characters"),
                    HP_ALIASES_MAX_REASON);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_gates (HpBundle *bundle, gboolean force, gboolean *passed, GError **error)
{
  guint version = hp_bundle_get_version (bundle);
  g_autofree char *failed = NULL;

  if (!_hp_bundle_get_gates (bundle, passed, &failed, error))
    return FALSE;
  if (_hp_metrics_without_calibration (hp_bundle_get_metrics (bundle, NULL)))
    {
      hp_set_error (
        error, HP_ERROR_CONFLICT, NULL,
        _ ("version %u was imported without sales, so it has no interval to give with a price: import it again "
           "with --data"),
        version);
      return FALSE;
    }
  if (*passed || force)
    return TRUE;
  if (failed != NULL)
    {
      g_autofree char *shown = hp_text_printable (failed, -1, 200);

      hp_set_error (
        error, HP_ERROR_CONFLICT, NULL,
        _ ("version %u did not pass its gates (%s): promote another one, or this one with --force --reason TEXT"),
        version, shown);
    }
  else
    hp_set_error (error, HP_ERROR_CONFLICT, NULL,
                  _ (
                    "version %u has not passed any gates: promote another one, or this one with --force --reason TEXT"),
                  version);
  return FALSE;
}

/* "Promote only if not worse", where both were tested on the same sales. A champion that doesn't read, or has no such
 * sales, is no bar: it must be possible to replace it. */
static gboolean
check_not_worse (HpRegistry *registry, guint version, gboolean force, gboolean *worse, GError **error)
{
  g_autoptr (HpComparison) comparison = hp_registry_compare_with_champion (registry, version, NULL, NULL);
  g_autofree char *sentence = NULL;

  *worse = comparison != NULL && comparison->pairs[0].verdict == HP_VERDICT_WORSE;
  if (!*worse || force)
    return TRUE;
  sentence = hp_pair_to_sentence (comparison, &comparison->pairs[0]);
  hp_set_error (error, HP_ERROR_CONFLICT, NULL,
                _ ("%s Promote another one, or this one with --force --reason TEXT"), sentence);
  return FALSE;
}

/**
 * hp_registry_promote:
 * @registry: a registry
 * @version: the version to become champion
 * @force: whether to do so though its gates did not pass, or it is worse than the champion
 * @reason: (nullable): why; needed with @force, kept in the history
 * @error: return location
 *
 * All its files are verified first: no force promotes a damaged version. Promoting the champion
 * changes nothing. A version that passed its gates still has to be not worse than the champion: by the
 * verdict of a comparison on the sales that neither was trained on, where there are enough of them.
 *
 * Returns: %FALSE with %HP_ERROR_CONFLICT naming the gates that failed or saying by how much it is worse,
 *   %HP_ERROR_USAGE if the reason is missing, %HP_ERROR_DAMAGED, %HP_ERROR_NOT_FOUND, %HP_ERROR_IO
 */
gboolean
hp_registry_promote (HpRegistry *registry, guint version, gboolean force, const char *reason, GError **error)
{
  HpAliasChange change = { .alias = (char *) HP_ALIAS_CHAMPION, .version = version };
  g_autoptr (HpBundle) bundle = NULL;
  gboolean passed, worse;

  g_return_val_if_fail (HP_IS_REGISTRY (registry), FALSE);

  if (!check_reason (force, reason, error))
    return FALSE;
  bundle = _hp_registry_open (registry, version, error);
  if (bundle == NULL || !_hp_bundle_check (bundle, NULL, error) || !check_gates (bundle, force, &passed, error)
      || !check_not_worse (registry, version, force, &worse, error))
    return FALSE;
  change.forced = force && (!passed || worse);
  change.reason = (char *) reason;
  return point_alias (registry, &change, error);
}

static gboolean
is_whole (HpRegistry *registry, guint version)
{
  g_autoptr (HpBundle) bundle = version != 0 ? _hp_registry_open (registry, version, NULL) : NULL;

  return bundle != NULL && _hp_bundle_check (bundle, NULL, NULL);
}

/* The champion before the present one that can still serve; 0: none */
static guint
find_former (HpRegistry *registry, const HpAliases *aliases, guint champion)
{
  g_autoptr (GArray) champions = hp_aliases_get_champions (aliases);
  guint i = champions->len;

  if (i > 0 && g_array_index (champions, guint, i - 1) == champion)
    i--;
  while (i-- > 0)
    {
      guint version = g_array_index (champions, guint, i);

      if (version != champion && is_whole (registry, version))
        return version;
    }
  return 0;
}

/**
 * hp_registry_rollback:
 * @registry: a registry
 * @version: (out) (optional): the champion now
 * @error: return location
 *
 * Back to the champion before, passing over those that are deleted or damaged. Each further rollback goes
 * back further; a promotion starts anew from where it stands.
 *
 * Returns: %FALSE with %HP_ERROR_NOT_FOUND if there is nothing to go back to, %HP_ERROR_DAMAGED if
 *   aliases.json doesn't read, %HP_ERROR_IO
 */
gboolean
hp_registry_rollback (HpRegistry *registry, guint *version, GError **error)
{
  HpAliasChange change = { .alias = (char *) HP_ALIAS_CHAMPION, .rollback = TRUE };
  g_autoptr (HpAliases) aliases = NULL;
  g_autoptr (HpLock) lock = NULL;

  g_return_val_if_fail (HP_IS_REGISTRY (registry), FALSE);

  /* A look without the lock, which would make the folder of a registry that isn't there */
  aliases = hp_aliases_load (_hp_registry_own_folder (registry), error);
  if (aliases == NULL)
    return FALSE;
  if (aliases->history->len > 0)
    {
      lock = _hp_registry_lock (registry, error);
      if (lock == NULL)
        return FALSE;
      hp_aliases_free (g_steal_pointer (&aliases));
      aliases = hp_aliases_load (_hp_registry_own_folder (registry), error);
      if (aliases == NULL || !_hp_registry_get_alias (registry, HP_ALIAS_CHAMPION, &change.previous, error))
        return FALSE;
      change.version = find_former (registry, aliases, change.previous);
    }
  if (change.version == 0)
    {
      hp_set_error (error, HP_ERROR_NOT_FOUND, NULL, _ ("%s has no earlier champion to go back to"), registry->name);
      return FALSE;
    }
  if (!apply (registry, aliases, &change, error))
    return FALSE;
  if (version != NULL)
    *version = change.version;
  return TRUE;
}

/**
 * hp_registry_set_alias:
 * @registry: a registry
 * @alias: a lower-case letter, then at most 63 lower-case letters, digits, `_` and `-`; not `v3`
 * @version: what it is to name; 0 removes it
 * @error: return location
 *
 * `champion` is given by hp_registry_promote()'s rules, without force.
 *
 * Returns: %FALSE with %HP_ERROR_USAGE for a name that can't be an alias, %HP_ERROR_NOT_FOUND if
 *   there is no such version (or, to remove, no such alias), an error of hp_registry_promote()
 */
gboolean
hp_registry_set_alias (HpRegistry *registry, const char *alias, guint version, GError **error)
{
  HpAliasChange change = { .alias = (char *) alias, .version = version };
  g_autofree char *path = NULL;

  g_return_val_if_fail (HP_IS_REGISTRY (registry), FALSE);

  if (!hp_alias_is_valid (alias))
    {
      g_autofree char *shown = hp_text_printable (alias != NULL ? alias : "", -1, 80);

      hp_set_error (
        error, HP_ERROR_USAGE, NULL,
        _ ("“%s” can't be an alias: use a lower-case letter, then at most 63 lower-case letters, digits, “_” "
           "and “-”; not a version like “v3”"),
        shown);
      return FALSE;
    }
  if (version != 0 && strcmp (alias, HP_ALIAS_CHAMPION) == 0)
    return hp_registry_promote (registry, version, FALSE, NULL, error);
  if (version != 0)
    {
      path = _hp_registry_find (registry, version, error);
      if (path == NULL)
        return FALSE;
    }
  else if (!_hp_registry_get_alias (registry, alias, &change.previous, error))
    return FALSE;
  else if (change.previous == 0)
    {
      hp_set_error (error, HP_ERROR_NOT_FOUND, NULL, _ ("there is no alias “%s”"), alias);
      return FALSE;
    }
  return point_alias (registry, &change, error);
}

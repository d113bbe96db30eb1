/* hp-registry-compare.c - a registry's versions against each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-registry-compare.h"

#include <glib/gi18n-lib.h>

#include "hp-aliases.h"
#include "hp-bundle-study.h"
#include "hp-error.h"

/**
 * hp_registry_check_distinct:
 * @references: (array length=n): what versions were asked for by
 * @versions: (array length=n): which they are
 * @n: how many
 * @error: return location: %HP_ERROR_USAGE
 *
 * Returns: whether no two are the same, such as `champion` and the number of the champion
 */
gboolean
hp_registry_check_distinct (const char *const *references, const guint *versions, guint n, GError **error)
{
  for (guint v = 1; v < n; v++)
    for (guint w = 0; w < v; w++)
      if (versions[v] == versions[w])
        {
          hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("%s and %s are the same version: name two that differ"),
                        references[w], references[v]);
          return FALSE;
        }
  return TRUE;
}

/**
 * hp_registry_compare:
 * @registry: a registry
 * @references: versions or aliases, 2 to 8, then %NULL
 * @options: (nullable): as of hp_comparison_new()
 * @team: (nullable): threads
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the comparison of their out-of-sample predictions, or %NULL with an error of
 *   hp_registry_load(), hp_registry_check_distinct(), hp_bundle_get_residuals() or hp_comparison_new()
 */
HpComparison *
hp_registry_compare (HpRegistry *registry, const char *const *references, const HpComparisonOptions *options,
                     HpTeam *team, GError **error)
{
  guint n = 0;
  HpResidualSet *sets[HP_COMPARISON_MAX] = { NULL };
  guint versions[HP_COMPARISON_MAX];
  HpComparison *comparison = NULL;
  gboolean loaded = TRUE;

  g_return_val_if_fail (g_strv_length ((char **) references) >= 2, NULL);
  g_return_val_if_fail (g_strv_length ((char **) references) <= HP_COMPARISON_MAX, NULL);

  for (; loaded && references[n] != NULL; n++)
    {
      g_autoptr (HpBundle) bundle = hp_registry_load (registry, references[n], error);

      versions[n] = bundle != NULL ? hp_bundle_get_version (bundle) : 0;
      if (bundle != NULL && hp_registry_check_distinct (references, versions, n + 1, error))
        sets[n] = hp_bundle_get_residuals (bundle, error);
      loaded = sets[n] != NULL;
    }
  if (loaded)
    comparison = hp_comparison_new (sets, n, options, team, error);
  for (guint v = 0; v < n; v++)
    hp_residual_set_free (sets[v]);
  return comparison;
}

/**
 * hp_registry_compare_with_champion:
 * @registry: a registry
 * @version: a version
 * @team: (nullable): threads
 * @error: return location
 *
 * What "promote only if not worse" rests on: the verdict of the one pair, of @version against the champion, without
 * segments and movers.
 *
 * Returns: (transfer full) (nullable): the comparison; %NULL without an error if there is no champion or it is @version
 */
HpComparison *
hp_registry_compare_with_champion (HpRegistry *registry, guint version, HpTeam *team, GError **error)
{
  HpComparisonOptions options = HP_COMPARISON_OPTIONS_DEFAULT;
  g_autofree char *number = g_strdup_printf ("%u", version);
  const char *const references[] = { HP_ALIAS_CHAMPION, number, NULL };
  char *nothing[] = { NULL };
  g_autoptr (GError) none = NULL;
  guint champion;

  if (!hp_registry_resolve (registry, HP_ALIAS_CHAMPION, &champion, &none))
    {
      if (!g_error_matches (none, HP_ERROR, HP_ERROR_NOT_FOUND))
        g_propagate_error (error, g_steal_pointer (&none));
      return NULL;
    }
  if (champion == version)
    return NULL;
  options.by = nothing;
  options.n_movers = 0;
  return hp_registry_compare (registry, references, &options, team, error);
}

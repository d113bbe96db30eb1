/* hp-registry-compare.c - a registry's versions against each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-registry-compare.h"

#include "hp-aliases.h"
#include "hp-bundle-study.h"
#include "hp-error.h"

/**
 * hp_registry_compare:
 * @registry: a registry
 * @references: versions or aliases, 2 to 8, then %NULL
 * @options: (nullable): as of hp_comparison_new()
 * @team: (nullable): threads
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the comparison of their out-of-sample predictions, or %NULL with an error of
 *   hp_registry_load(), hp_bundle_get_residuals() or hp_comparison_new()
 */
HpComparison *
hp_registry_compare (HpRegistry *registry, const char *const *references, const HpComparisonOptions *options,
                     HpTeam *team, GError **error)
{
  guint n = g_strv_length ((char **) references);
  HpResidualSet *sets[HP_COMPARISON_MAX] = { NULL };
  HpComparison *comparison = NULL;
  gboolean loaded = TRUE;

  g_return_val_if_fail (n >= 2 && n <= HP_COMPARISON_MAX, NULL);

  for (guint v = 0; v < n && loaded; v++)
    {
      g_autoptr (HpBundle) bundle = hp_registry_load (registry, references[v], error);

      sets[v] = bundle != NULL ? hp_bundle_get_residuals (bundle, error) : NULL;
      loaded = sets[v] != NULL;
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

/* hp-cli-versions.c - versions and their sales: those that they have not seen, or those of a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-cli-versions.h"
#include "hp-registry-compare.h"

#define INTERVAL_LEVEL 0.9 /* of each price */

/**
 * hp_cli_warn_of_overlap:
 * @cli: the context
 * @bundle: a version
 * @sales: its answers to the sales of a file
 *
 * Warns if the version was trained on some of them, or if that can't be told.
 */
void
hp_cli_warn_of_overlap (HpCli *cli, HpBundle *bundle, const HpValuedSales *sales)
{
  g_autofree char *seen = hp_display_count (sales->n_overlap), *all = hp_display_count (sales->cleaned->n_rows);

  if (!sales->overlap_known)
    hp_cli_warning (cli, _ ("can't tell whether version %u was trained on these sales"),
                    hp_bundle_get_version (bundle));
  else if (sales->n_overlap > 0)
    hp_cli_warning (
      cli,
      g_dngettext (GETTEXT_PACKAGE,
                   "%s of %s sale was in version %u's training data: it looks better than it would on "
                   "new sales",
                   "%s of the %s sales were in version %u's training data: it looks better than it would on "
                   "new sales",
                   sales->cleaned->n_rows),
      seen, all, hp_bundle_get_version (bundle));
}

/**
 * hp_cli_version_sales:
 * @cli: the context
 * @bundle: a version
 * @data: (nullable): a CSV of sales; %NULL: those that the version has not seen when it predicted them
 * @error: return location for a #GError
 *
 * Gets sales with what a version predicts for them, and warns of those of a file that it was trained on.
 *
 * Returns: (transfer full) (nullable): the sales
 */
HpResidualSet *
hp_cli_version_sales (HpCli *cli, HpBundle *bundle, const char *data, GError **error)
{
  g_autoptr (HpFindings) findings = NULL;
  g_autoptr (HpValuedSales) sales = NULL;

  if (data == NULL)
    return hp_bundle_get_residuals (bundle, error);
  findings = hp_findings_new (data);
  sales = hp_bundle_value_sales (bundle, data, INTERVAL_LEVEL, findings, error);
  if (sales == NULL)
    return NULL;
  hp_cli_warn_of_overlap (cli, bundle, sales);
  return g_steal_pointer (&sales->set);
}

/**
 * hp_cli_versions_clear:
 * @versions: versions
 *
 * Lets go of them.
 */
void
hp_cli_versions_clear (HpCliVersions *versions)
{
  for (guint v = 0; v < versions->n; v++)
    {
      g_clear_object (&versions->bundles[v]);
      hp_residual_set_free (versions->sets[v]);
    }
  versions->n = 0;
}

static gboolean
load_bundles (HpRegistry *registry, char **references, HpCliVersions *versions, GError **error)
{
  guint numbers[HP_COMPARISON_MAX];

  for (guint v = 0; references[v] != NULL; v++)
    {
      versions->bundles[v] = hp_registry_load (registry, references[v], error);
      versions->n = v + 1;
      if (versions->bundles[v] == NULL)
        return FALSE;
      numbers[v] = hp_bundle_get_version (versions->bundles[v]);
      if (!hp_registry_check_distinct ((const char *const *) references, numbers, v + 1, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * hp_cli_version_predictor:
 * @cli: the context
 * @bundle: a version
 *
 * Gets a model for what can do without it. If it is damaged, that is warned of.
 *
 * Returns: (transfer none) (nullable): the version's predictor
 */
HpPredictor *
hp_cli_version_predictor (HpCli *cli, HpBundle *bundle)
{
  g_autoptr (GError) error = NULL;
  HpPredictor *predictor = hp_bundle_get_predictor (bundle, FALSE, &error);

  if (g_error_matches (error, HP_ERROR, HP_ERROR_DAMAGED))
    hp_cli_warning (cli, _ ("what needs the model of version %u is left out: %s"), hp_bundle_get_version (bundle),
                    error->message);
  return predictor;
}

/**
 * hp_cli_versions_load:
 * @cli: the context
 * @registry: the registry
 * @references: (array zero-terminated=1): versions or aliases, at most %HP_COMPARISON_MAX
 * @data: (nullable): as for hp_cli_version_sales()
 * @versions: (inout): where they go, empty so far
 * @error: return location for a #GError
 *
 * Returns: whether all are there, no two are the same, and all have sales
 */
gboolean
hp_cli_versions_load (HpCli *cli, HpRegistry *registry, char **references, const char *data, HpCliVersions *versions,
                      GError **error)
{
  if (!load_bundles (registry, references, versions, error))
    return FALSE;
  for (guint v = 0; v < versions->n; v++)
    {
      versions->sets[v] = hp_cli_version_sales (cli, versions->bundles[v], data, error);
      if (versions->sets[v] == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * hp_cli_versions_compare:
 * @cli: the context
 * @versions: versions with their sales
 * @options: how to compare
 * @team: threads
 * @error: return location for a #GError
 *
 * Compares them, and finds what changed for the largest movers. A model that doesn't load has no reasons to give, and a
 * warning tells so; the comparison stands without.
 *
 * Returns: (transfer full) (nullable): the comparison
 */
HpComparison *
hp_cli_versions_compare (HpCli *cli, const HpCliVersions *versions, const HpComparisonOptions *options, HpTeam *team,
                         GError **error)
{
  HpComparison *comparison = hp_comparison_new (versions->sets, versions->n, options, team, error);
  const HpPredictor *first, *last;

  if (comparison == NULL)
    return NULL;
  first = hp_cli_version_predictor (cli, versions->bundles[0]);
  last = hp_cli_version_predictor (cli, versions->bundles[versions->n - 1]);
  if (first != NULL && last != NULL)
    hp_comparison_explain (comparison, first, last);
  return comparison;
}

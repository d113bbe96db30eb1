/* hp-cli-versions.c - a version's sales: those that it has not seen, or those of a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-cli-versions.h"

#define INTERVAL_LEVEL 0.9 /* of each price */

static void
warn_of_overlap (HpCli *cli, HpBundle *bundle, const HpValuedSales *sales)
{
  g_autofree char *seen = hp_display_count (sales->n_overlap), *all = hp_display_count (sales->cleaned->n_rows);

  if (!sales->overlap_known)
    hp_cli_warning (cli, _ ("can't tell whether version %u was trained on these sales"),
                    hp_bundle_get_version (bundle));
  else if (sales->n_overlap > 0)
    hp_cli_warning (cli,
                    _ ("%s of the %s sales were in version %u's training data: it looks better than it would on "
                       "new sales"),
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
  warn_of_overlap (cli, bundle, sales);
  return g_steal_pointer (&sales->set);
}

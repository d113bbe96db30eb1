/* hp-cli-versions.h - versions and their sales: those that they have not seen, or those of a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-bundle-study.h"
#include "hp-cli.h"
#include "hp-comparison.h"

G_BEGIN_DECLS

void           hp_cli_warn_of_overlap (HpCli *cli, HpBundle *bundle, const HpValuedSales *sales);
/* data: (nullable) a CSV of sales; warns of those that the version was trained on. (transfer full) */
HpResidualSet *hp_cli_version_sales (HpCli *cli, HpBundle *bundle, const char *data, GError **error);

/* Several to be compared, in the order asked for; cleared, what began as zeros */
typedef struct
{
  guint n;
  HpBundle *bundles[HP_COMPARISON_MAX];
  HpResidualSet *sets[HP_COMPARISON_MAX];
} HpCliVersions;

/* HP_ERROR_NOT_FOUND; HP_ERROR_USAGE: two are the same */
gboolean hp_cli_versions_load (HpCli *cli, HpRegistry *registry, char **references, const char *data,
                               HpCliVersions *versions, GError **error);
HpComparison *hp_cli_versions_compare (HpCli *cli, const HpCliVersions *versions, const HpComparisonOptions *options,
                                       HpTeam *team, GError **error);
HpPredictor *hp_cli_version_predictor (HpCli *cli, HpBundle *bundle); /* NULL: it doesn't load */
void hp_cli_versions_clear (HpCliVersions *versions);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HpCliVersions, hp_cli_versions_clear)

G_END_DECLS

/* hp-cli-versions.h - a version's sales: those that it has not seen, or those of a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-bundle-study.h"
#include "hp-cli.h"

G_BEGIN_DECLS

/* data: (nullable) a CSV of sales; warns of those that the version was trained on. (transfer full) */
HpResidualSet *hp_cli_version_sales (HpCli *cli, HpBundle *bundle, const char *data, GError **error);

G_END_DECLS

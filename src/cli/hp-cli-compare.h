/* hp-cli-compare.h - a comparison as people read it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-cli.h"
#include "hp-comparison.h"

G_BEGIN_DECLS

/* (transfer full) label: the features' names for people are the schema's */
char *hp_cli_compare_text (HpCli *cli, const HpComparison *comparison, const char *title, const HpSchema *schema);

G_END_DECLS

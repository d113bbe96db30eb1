/* hp-validate.h - the checks of a loaded table, in two halves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-table.h"

G_BEGIN_DECLS

#define HP_FEWEST_SALES 5 /* of a category that can be learnt */

/* Column by column: missing, constant, rare, far out */
void _hp_validate_columns (const HpTable *table, const HpSchema *schema, HpFindings *findings);
/* Row by row: repeated, excluded, impossible, in the future, off the globe. today: for future sale dates */
void _hp_validate_rows    (const HpTable *table, const HpSchema *schema, HpDate today, HpFindings *findings);
/* Columns that give the price away */
void _hp_validate_leakage (const HpTable *table, const HpSchema *schema, HpFindings *findings);

G_END_DECLS

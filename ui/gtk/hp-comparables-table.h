/* hp-comparables-table.h - similar sales in columns, for a wide or for a narrow place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "hp-description.h"
#include "hp-valuation.h"

G_BEGIN_DECLS

#define HP_TYPE_COMPARABLES_TABLE (hp_comparables_table_get_type ())
G_DECLARE_FINAL_TYPE (HpComparablesTable, hp_comparables_table, HP, COMPARABLES_TABLE, AdwBin)

/* narrow: dates and distances go beneath */
GtkWidget *hp_comparables_table_new (gboolean narrow);
/* description: (nullable) */
void       hp_comparables_table_set (HpComparablesTable *table, const HpDescription *description, const HpValuation *valuation);

G_END_DECLS

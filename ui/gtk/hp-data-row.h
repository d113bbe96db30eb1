/* hp-data-row.h - a row's place in a table's source, as lists want it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define HP_TYPE_DATA_ROW (hp_data_row_get_type ())
G_DECLARE_FINAL_TYPE (HpDataRow, hp_data_row, HP, DATA_ROW, GObject)

HpDataRow *hp_data_row_new       (guint index);
guint      hp_data_row_get_index (HpDataRow *row);

G_END_DECLS

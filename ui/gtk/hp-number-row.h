/* hp-number-row.h - a number in a house's form: typed, or stepped up and down
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-field-row.h"

G_BEGIN_DECLS

#define HP_TYPE_NUMBER_ROW (hp_number_row_get_type ())
G_DECLARE_FINAL_TYPE (HpNumberRow, hp_number_row, HP, NUMBER_ROW, HpFieldRow)

G_END_DECLS

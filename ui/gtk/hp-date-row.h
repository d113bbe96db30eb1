/* hp-date-row.h - a date in a house's form: a year, a month or a day
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-field-row.h"

G_BEGIN_DECLS

#define HP_TYPE_DATE_ROW (hp_date_row_get_type ())
G_DECLARE_FINAL_TYPE (HpDateRow, hp_date_row, HP, DATE_ROW, HpFieldRow)

G_END_DECLS

/* hp-choice-row.h - a category in a house's form: one of the choices, or a word that the model has not seen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-field-row.h"

G_BEGIN_DECLS

#define HP_TYPE_CHOICE_ROW (hp_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (HpChoiceRow, hp_choice_row, HP, CHOICE_ROW, HpFieldRow)

G_END_DECLS

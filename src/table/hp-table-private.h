/* hp-table-private.h - what the table's files share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-table.h"

G_BEGIN_DECLS

void         _hp_column_free       (gpointer column);
gboolean     _hp_column_is_number  (const HpColumn *column); /* number or integer */
static inline gboolean
_hp_column_is_missing (const HpColumn *column, gsize row)
{
  return column->numbers != NULL ? column->numbers[row] != column->numbers[row] : column->codes[row] < 0;
}

/* The type that a column's texts suggest: levels and how often each stands there. Dates have at least a month, unless the
 * name speaks of a date; up to one cell in twenty may be wrong. */
HpColumnType _hp_column_guess_type (const char *name, const GPtrArray *levels, const guint32 *counts, gsize n_present);
/* Turns a column of texts into numbers; what is none becomes missing and is counted. line_of: (nullable) for findings */
void         _hp_column_retype     (HpColumn *column, HpColumnType type, gsize n_rows, const guint64 *lines,
                                    HpFindings *findings);

/* Did this row's year or date come after the one its age is counted to: built after sold */
gboolean     _hp_table_is_impossible (const HpTable *table, const HpColumn *from, const HpColumn *to, gsize row);
/* (array length=n_rows) (transfer full): for each row the first row that is equal to it in all columns, or itself */
guint32     *_hp_table_find_duplicates (const HpTable *table);

/* Fences of Tukey's far-out values: quartiles (type 7) and k times their distance beyond. FALSE: fewer than 20 values or
 * no distance between the quartiles. values: reordered */
gboolean     _hp_fences            (double *values, gsize n, double k, double *low, double *high);

G_END_DECLS

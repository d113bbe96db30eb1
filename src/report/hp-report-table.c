/* hp-report-table.c - the tables of a report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>

#include "hp-report-private.h"

static void
column_free (gpointer data)
{
  HpReportColumn *column = data;

  g_free (column->title);
  g_free (column->unit);
  g_free (column);
}

static void
cell_free (gpointer data)
{
  HpReportCell *cell = data;

  g_free (cell->text);
  g_free (cell);
}

static void
row_free (gpointer data)
{
  HpReportRow *row = data;

  g_ptr_array_unref (row->cells);
  g_free (row);
}

/**
 * hp_report_table_new:
 *
 * Returns: (transfer full): an empty table
 */
HpReportTable *
hp_report_table_new (void)
{
  HpReportTable *table = g_new0 (HpReportTable, 1);

  table->columns = g_ptr_array_new_with_free_func (column_free);
  table->rows = g_ptr_array_new_with_free_func (row_free);
  return table;
}

/**
 * hp_report_table_free:
 * @table: a table
 *
 * Frees it.
 */
void
hp_report_table_free (HpReportTable *table)
{
  g_ptr_array_unref (table->columns);
  g_ptr_array_unref (table->rows);
  g_free (table);
}

/**
 * hp_report_table_add_column:
 * @table: a table without rows
 * @title: (nullable): head of the column
 * @unit: (nullable): of its numbers
 * @align: numbers are set to the right
 *
 * Adds a column; the first one holds the heads of the rows.
 */
void
hp_report_table_add_column (HpReportTable *table, const char *title, const char *unit, HpReportAlign align)
{
  HpReportColumn *column = g_new0 (HpReportColumn, 1);

  g_assert (table->rows->len == 0);
  column->title = hp_report_clean (title);
  column->unit = unit != NULL && *unit != '\0' ? hp_report_clean (unit) : NULL;
  column->align = align;
  g_ptr_array_add (table->columns, column);
}

/**
 * hp_report_table_begin_row:
 * @table: a table with its columns
 * @tone: of all cells that don't have their own
 *
 * Begins a row.
 */
void
hp_report_table_begin_row (HpReportTable *table, HpReportTone tone)
{
  HpReportRow *row = g_new0 (HpReportRow, 1);

  row->tone = tone;
  row->cells = g_ptr_array_new_with_free_func (cell_free);
  g_ptr_array_add (table->rows, row);
}

/**
 * hp_report_table_add_cell:
 * @table: a table whose last row has room
 * @text: (nullable): what stands there
 *
 * Returns: (transfer none): the cell, with the tone of its row
 */
HpReportCell *
hp_report_table_add_cell (HpReportTable *table, const char *text)
{
  HpReportRow *row = table->rows->pdata[table->rows->len - 1];
  HpReportCell *cell = g_new0 (HpReportCell, 1);

  g_assert (row->cells->len < table->columns->len);
  cell->text = hp_report_clean (text);
  cell->tone = row->tone;
  g_ptr_array_add (row->cells, cell);
  return cell;
}

/**
 * hp_report_table_add_row:
 * @table: a table with its columns
 * @tone: of all cells
 * @...: what stands in them, then %NULL
 *
 * Adds a whole row.
 */
void
hp_report_table_add_row (HpReportTable *table, HpReportTone tone, ...)
{
  va_list cells;
  const char *text;

  hp_report_table_begin_row (table, tone);
  va_start (cells, tone);
  while ((text = va_arg (cells, const char *)) != NULL)
    hp_report_table_add_cell (table, text);
  va_end (cells);
}

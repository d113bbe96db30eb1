/* hp-data-source.c - what a table of figures shows, and a row's place in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-data-row.h"
#include "hp-data-table.h"

struct _HpDataRow
{
  GObject parent_instance;

  guint index;
};

G_DEFINE_FINAL_TYPE (HpDataRow, hp_data_row, G_TYPE_OBJECT)

static void
hp_data_row_class_init (HpDataRowClass *klass)
{
}

static void
hp_data_row_init (HpDataRow *row)
{
}

/**
 * hp_data_row_new:
 * @index: from 0
 *
 * Returns: (transfer full): a row
 */
HpDataRow *
hp_data_row_new (guint index)
{
  HpDataRow *row = g_object_new (HP_TYPE_DATA_ROW, NULL);

  row->index = index;
  return row;
}

/**
 * hp_data_row_get_index:
 * @row: a row
 *
 * Returns: its place in the source
 */
guint
hp_data_row_get_index (HpDataRow *row)
{
  return row->index;
}

static void
clear_column (gpointer data)
{
  g_free (((HpDataColumn *) data)->title);
}

/**
 * hp_data_source_new:
 *
 * Returns: (transfer full): a source without columns and rows
 */
HpDataSource *
hp_data_source_new (void)
{
  HpDataSource *source = g_new0 (HpDataSource, 1);

  source->columns = g_array_new (FALSE, FALSE, sizeof (HpDataColumn));
  g_array_set_clear_func (source->columns, clear_column);
  return source;
}

/**
 * hp_data_source_free:
 * @source: (transfer full): a source
 */
void
hp_data_source_free (HpDataSource *source)
{
  if (source->destroy != NULL)
    source->destroy (source->data);
  g_array_unref (source->columns);
  g_free (source);
}

/**
 * hp_data_source_add_column:
 * @source: a source
 * @title: its title
 * @number: whether it holds numbers; the first column of words takes the room that is left
 */
void
hp_data_source_add_column (HpDataSource *source, const char *title, gboolean number)
{
  HpDataColumn column = { g_strdup (title), number, !number };

  for (guint i = 0; i < source->columns->len; i++)
    column.wide &= !g_array_index (source->columns, HpDataColumn, i).wide;
  g_array_append_val (source->columns, column);
}

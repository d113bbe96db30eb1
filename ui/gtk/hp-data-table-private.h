/* hp-data-table-private.h - what a table of figures shares with its columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-data-table.h"

G_BEGIN_DECLS

struct _HpDataTable
{
  AdwBin parent_instance;

  HpDataSource *source; /* (nullable) */
  GListStore *rows;     /* of HpDataRow */
  GtkSortListModel *sorted;
  GtkSingleSelection *selection;
  GtkColumnView *view;
  GHashTable *cells; /* those that are looked at: GtkListItem, its column */
  guint *chars;      /* (nullable) how wide each column is */
  guint filling;     /* source id, 0: all rows are there */
  int selected;
};

/* Those of its source, in place of all that it has */
void     _hp_data_table_make_columns     (HpDataTable *table);
/* What is looked at, anew */
void     _hp_data_table_show_cells       (HpDataTable *table);
gboolean _hp_data_source_has_same_columns (const HpDataSource *a, const HpDataSource *b);

G_END_DECLS

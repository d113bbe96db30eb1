/* hp-data-table.h - a table of figures: sorted by any column, one row selected, copied as TSV
 *
 * Whoever owns the figures says how many rows there are and what stands in a cell; cells are made when they are looked at, so
 * that a table may have as many rows as there are sales.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A column */
typedef struct
{
  char    *title;
  gboolean number; /* to the right, in tabular figures, sorted by value */
  gboolean wide;   /* takes the room that is left */
} HpDataColumn;

/* What a table shows. Rows are counted from 0, in the order they stand in before anybody sorts them. */
typedef struct
{
  GArray *columns; /* (element-type HpDataColumn) */
  guint   n_rows;
  /* (transfer full): a cell. plain: for other programs, numbers whole and in the C locale */
  char *(*get_text) (gpointer data, guint row, guint column, gboolean plain);
  /* (nullable: it can't be sorted) of columns of numbers; NaN: there is none */
  double (*get_key) (gpointer data, guint row, guint column);
  gpointer       data;
  GDestroyNotify destroy; /* (nullable) of data */
} HpDataSource;

HpDataSource *hp_data_source_new        (void);
void          hp_data_source_free       (HpDataSource *source);
void          hp_data_source_add_column (HpDataSource *source, const char *title, gboolean number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpDataSource, hp_data_source_free)

#define HP_TYPE_DATA_TABLE (hp_data_table_get_type ())
G_DECLARE_FINAL_TYPE (HpDataTable, hp_data_table, HP, DATA_TABLE, AdwBin)

/* Signals: "selected" (gint row, -1: none), by its users and by hp_data_table_select(); "activated" (guint row).
 * scrolls: within itself; else it is as high as its rows. label: for those who listen */
GtkWidget *hp_data_table_new          (const char *label, gboolean scrolls);
void       hp_data_table_set          (HpDataTable *table, HpDataSource *source);
guint      hp_data_table_get_n_rows   (HpDataTable *table);
void       hp_data_table_select       (HpDataTable *table, int row); /* -1: none; scrolls there */
int        hp_data_table_get_selected (HpDataTable *table);          /* -1: none */
/* As they stand there; only: just the selected row, if there is one. (transfer full) */
char      *hp_data_table_to_tsv       (HpDataTable *table, gboolean only);
void       hp_data_table_copy         (HpDataTable *table);          /* all rows, to the clipboard */

G_END_DECLS

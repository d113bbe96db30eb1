/* hp-data-table.c - a table of figures: sorted by any column, one row selected, copied as TSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-data-row.h"
#include "hp-data-table-private.h"

/* Rows made between two frames, and how many it takes until no more are looked at */
#define SLICE 8
#define MANY  240

enum
{
  SELECTED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HpDataTable, hp_data_table, ADW_TYPE_BIN)

static guint
row_at (HpDataTable *table, guint position)
{
  g_autoptr (HpDataRow) row = g_list_model_get_item (G_LIST_MODEL (table->selection), position);

  return hp_data_row_get_index (row);
}

static guint
n_filled (HpDataTable *table)
{
  return g_list_model_get_n_items (G_LIST_MODEL (table->rows));
}

/* So many more rows; a row is but a number, and stays when the source is another */
static void
add_rows (HpDataTable *table, guint n)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint first = n_filled (table);

  for (guint i = first; i < table->source->n_rows && i - first < n; i++)
    g_ptr_array_add (rows, hp_data_row_new (i));
  g_list_store_splice (table->rows, first, 0, rows->pdata, rows->len);
}

static gboolean
fill_cb (gpointer data)
{
  HpDataTable *table = data;

  add_rows (table, n_filled (table) < MANY ? SLICE : G_MAXUINT);
  if (n_filled (table) < table->source->n_rows)
    return G_SOURCE_CONTINUE;
  table->filling = 0;
  return G_SOURCE_REMOVE;
}

/* GTK makes widgets for some two hundred rows at once, of which a few are seen: that takes longer than a frame may */
static void
fill (HpDataTable *table)
{
  guint n = n_filled (table);

  if (n > table->source->n_rows)
    g_list_store_splice (table->rows, table->source->n_rows, n - table->source->n_rows, NULL, 0);
  else if (n == 0)
    add_rows (table, SLICE);
  if (n_filled (table) < table->source->n_rows && table->filling == 0)
    table->filling = g_idle_add (fill_cb, table);
}

static void
fill_all (HpDataTable *table)
{
  if (table->filling == 0)
    return;
  g_clear_handle_id (&table->filling, g_source_remove);
  add_rows (table, G_MAXUINT);
}

static void
selection_cb (HpDataTable *table)
{
  guint position = gtk_single_selection_get_selected (table->selection);
  int selected = position == GTK_INVALID_LIST_POSITION ? -1 : (int) row_at (table, position);

  if (selected == table->selected)
    return;
  table->selected = selected;
  g_signal_emit (table, signals[SELECTED], 0, selected);
}

static void
activate_cb (HpDataTable *table, guint position)
{
  g_signal_emit (table, signals[ACTIVATED], 0, row_at (table, position));
}

static gboolean
copy_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  g_autofree char *text = hp_data_table_to_tsv (HP_DATA_TABLE (widget), TRUE);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  return GDK_EVENT_STOP;
}

static void
hp_data_table_dispose (GObject *object)
{
  HpDataTable *table = HP_DATA_TABLE (object);

  g_clear_handle_id (&table->filling, g_source_remove);
  if (table->view != NULL)
    gtk_column_view_set_model (table->view, NULL);
  table->view = NULL;
  g_clear_object (&table->selection);
  g_clear_object (&table->sorted);
  g_clear_object (&table->rows);
  G_OBJECT_CLASS (hp_data_table_parent_class)->dispose (object);
}

static void
hp_data_table_finalize (GObject *object)
{
  g_clear_pointer (&HP_DATA_TABLE (object)->source, hp_data_source_free);
  g_hash_table_unref (HP_DATA_TABLE (object)->cells);
  g_free (HP_DATA_TABLE (object)->chars);
  G_OBJECT_CLASS (hp_data_table_parent_class)->finalize (object);
}

static void
hp_data_table_class_init (HpDataTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hp_data_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = hp_data_table_finalize;
  signals[SELECTED]
    = g_signal_new ("selected", HP_TYPE_DATA_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[ACTIVATED] = g_signal_new ("activated", HP_TYPE_DATA_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_c, GDK_CONTROL_MASK, copy_cb, NULL);
}

static void
hp_data_table_init (HpDataTable *table)
{
  GtkSorter *sorter;

  table->selected = -1;
  table->cells = g_hash_table_new (NULL, NULL);
  table->rows = g_list_store_new (HP_TYPE_DATA_ROW);
  table->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  sorter = gtk_column_view_get_sorter (table->view);
  table->sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (table->rows)), g_object_ref (sorter));
  /* Thousands of rows are sorted a slice at a time */
  gtk_sort_list_model_set_incremental (table->sorted, TRUE);
  table->selection
    = g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect", TRUE, "model", table->sorted, NULL);
  gtk_column_view_set_model (table->view, GTK_SELECTION_MODEL (table->selection));
  gtk_widget_add_css_class (GTK_WIDGET (table->view), "data-table");
  g_signal_connect_object (table->selection, "notify::selected", G_CALLBACK (selection_cb), table, G_CONNECT_SWAPPED);
  g_signal_connect_object (table->view, "activate", G_CALLBACK (activate_cb), table, G_CONNECT_SWAPPED);
}

/* A scrolled window takes all that the wheel does, even where it can't scroll that way: what is as high as its rows
 * leaves it to what it is in */
static void
leave_wheel (GtkWidget *scroller)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (scroller);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_scroll_set_flags (GTK_EVENT_CONTROLLER_SCROLL (controller),
                                               GTK_EVENT_CONTROLLER_SCROLL_HORIZONTAL);
    }
}

/**
 * hp_data_table_new:
 * @label: what it is a table of
 * @scrolls: whether it scrolls within itself; else it is as high as its rows
 *
 * Returns: (transfer floating): an empty table
 */
GtkWidget *
hp_data_table_new (const char *label, gboolean scrolls)
{
  HpDataTable *table = g_object_new (HP_TYPE_DATA_TABLE, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  scrolls ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (table->view));
  if (!scrolls)
    leave_wheel (scroller);
  gtk_accessible_update_property (GTK_ACCESSIBLE (table->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_bin_set_child (ADW_BIN (table), scroller);
  return GTK_WIDGET (table);
}

/**
 * hp_data_table_set:
 * @table: a table
 * @source: (transfer full): what it shows
 *
 * Columns that stay the same keep their widths and what they sort by. Nothing is selected.
 */
void
hp_data_table_set (HpDataTable *table, HpDataSource *source)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (table->view);
  HpDataSource *before;

  g_return_if_fail (HP_IS_DATA_TABLE (table) && source != NULL);

  hp_data_table_select (table, -1);
  before = g_steal_pointer (&table->source);
  table->source = source;
  if (before == NULL || !_hp_data_source_has_same_columns (before, source))
    {
      g_list_store_remove_all (table->rows);
      _hp_data_table_make_columns (table);
    }
  g_clear_pointer (&before, hp_data_source_free);
  fill (table);
  _hp_data_table_show_cells (table);
  if (gtk_sorter_get_order (sorter) != GTK_SORTER_ORDER_NONE)
    gtk_sorter_changed (sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

/**
 * hp_data_table_get_n_rows:
 * @table: a table
 *
 * Returns: how many rows it has
 */
guint
hp_data_table_get_n_rows (HpDataTable *table)
{
  g_return_val_if_fail (HP_IS_DATA_TABLE (table), 0);

  return table->source != NULL ? table->source->n_rows : 0;
}

/* GtkColumnView can't be asked to scroll, the list in it can */
static void
scroll_to (HpDataTable *table, guint position)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (table->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
}

/**
 * hp_data_table_select:
 * @table: a table
 * @row: which, or -1
 */
void
hp_data_table_select (HpDataTable *table, int row)
{
  guint n;

  g_return_if_fail (HP_IS_DATA_TABLE (table));

  if (row == table->selected)
    return;
  if (row >= 0)
    fill_all (table);
  n = g_list_model_get_n_items (G_LIST_MODEL (table->selection));
  for (guint i = 0; row >= 0 && i < n; i++)
    if (row_at (table, i) == (guint) row)
      {
        gtk_single_selection_set_selected (table->selection, i);
        scroll_to (table, i);
        return;
      }
  gtk_single_selection_set_selected (table->selection, GTK_INVALID_LIST_POSITION);
}

/**
 * hp_data_table_get_selected:
 * @table: a table
 *
 * Returns: the selected row, or -1
 */
int
hp_data_table_get_selected (HpDataTable *table)
{
  g_return_val_if_fail (HP_IS_DATA_TABLE (table), -1);

  return table->selected;
}

/* No cell may end its line or its row */
static void
append_cell (HpDataTable *table, GString *text, guint row, guint column)
{
  g_autofree char *cell = table->source->get_text (table->source->data, row, column, TRUE);

  g_string_append (text, g_strdelimit (cell, "\t\n\r", ' '));
  g_string_append_c (text, column + 1 < table->source->columns->len ? '\t' : '\n');
}

/**
 * hp_data_table_to_tsv:
 * @table: a table
 * @only: just the selected row, if there is one
 *
 * Returns: (transfer full): a line of titles, then the rows as they stand there, cells parted by tabs
 */
char *
hp_data_table_to_tsv (HpDataTable *table, gboolean only)
{
  GString *text = g_string_new (NULL);
  guint n, n_columns;

  g_return_val_if_fail (HP_IS_DATA_TABLE (table), NULL);

  fill_all (table);
  n = g_list_model_get_n_items (G_LIST_MODEL (table->selection));
  n_columns = table->source != NULL ? table->source->columns->len : 0;
  for (guint c = 0; c < n_columns; c++)
    g_string_append_printf (text, "%s%c", g_array_index (table->source->columns, HpDataColumn, c).title,
                            c + 1 < n_columns ? '\t' : '\n');
  for (guint i = 0; i < n; i++)
    {
      guint row = row_at (table, i);

      if (only && table->selected >= 0 && row != (guint) table->selected)
        continue;
      for (guint c = 0; c < n_columns; c++)
        append_cell (table, text, row, c);
    }
  return g_string_free (text, FALSE);
}

/**
 * hp_data_table_copy:
 * @table: a table
 *
 * Puts all of it on the clipboard.
 */
void
hp_data_table_copy (HpDataTable *table)
{
  g_autofree char *text = hp_data_table_to_tsv (table, FALSE);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (table)), text);
}

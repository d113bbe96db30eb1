/* hp-data-columns.c - the columns of a table of figures: cells, sorting, titles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-data-row.h"
#include "hp-data-table-private.h"

#define SAMPLE    60
#define MAX_CHARS 60

/* The column of a cell, a sorter, a factory */
static GQuark
column_quark (void)
{
  return g_quark_from_static_string ("hp-data-column");
}

static void
setup_cb (HpDataTable *table, GtkListItem *item, GtkSignalListItemFactory *factory)
{
  guint column = GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (factory), column_quark ()));
  gboolean number = g_array_index (table->source->columns, HpDataColumn, column).number;
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), number ? 1 : 0);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), table->chars[column]);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), table->chars[column]);
  if (number)
    gtk_widget_add_css_class (cell, "numeric");
  gtk_list_item_set_child (item, cell);
}

static void
show (HpDataTable *table, GtkListItem *item, guint column)
{
  guint row = hp_data_row_get_index (gtk_list_item_get_item (item));
  g_autofree char *text = table->source->get_text (table->source->data, row, column, FALSE);

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
}

static void
bind_cb (HpDataTable *table, GtkListItem *item, GtkSignalListItemFactory *factory)
{
  gpointer column = g_object_get_qdata (G_OBJECT (factory), column_quark ());

  g_hash_table_insert (table->cells, item, column);
  show (table, item, GPOINTER_TO_UINT (column));
}

static void
unbind_cb (HpDataTable *table, GtkListItem *item, GtkSignalListItemFactory *factory)
{
  g_hash_table_remove (table->cells, item);
}

void
_hp_data_table_show_cells (HpDataTable *table)
{
  gpointer item, column;
  GHashTableIter iter;

  g_hash_table_iter_init (&iter, table->cells);
  while (g_hash_table_iter_next (&iter, &item, &column))
    show (table, item, GPOINTER_TO_UINT (column));
}

typedef struct
{
  HpDataTable *table; /* which lives as long as its columns */
  guint column;
} SortKey;

static int
compare_numbers (double a, double b)
{
  if (isnan (a) || isnan (b))
    return isnan (b) - isnan (a);
  return a < b ? -1 : a > b;
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const SortKey *key = user_data;
  const HpDataSource *source = key->table->source;
  guint rows[] = { hp_data_row_get_index ((gpointer) a), hp_data_row_get_index ((gpointer) b) };
  g_autofree char *text = NULL, *other = NULL;

  if (g_array_index (source->columns, HpDataColumn, key->column).number)
    return compare_numbers (source->get_key (source->data, rows[0], key->column),
                            source->get_key (source->data, rows[1], key->column));
  text = source->get_text (source->data, rows[0], key->column, FALSE);
  other = source->get_text (source->data, rows[1], key->column, FALSE);
  return g_utf8_collate (text, other);
}

static void
add_column (HpDataTable *table, guint i)
{
  const HpDataColumn *column = &g_array_index (table->source->columns, HpDataColumn, i);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *view_column = gtk_column_view_column_new (column->title, factory);
  g_autoptr (GtkSorter) sorter = NULL;
  SortKey *key = g_new (SortKey, 1);

  *key = (SortKey){ table, i };
  sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, key, g_free));
  g_object_set_qdata (G_OBJECT (factory), column_quark (), GUINT_TO_POINTER (i));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), table, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), table, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), table, G_CONNECT_SWAPPED);
  /* What has no keys stays in its order */
  if (table->source->get_key != NULL)
    gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_column_set_expand (view_column, column->wide);
  gtk_column_view_append_column (table->view, view_column);
  g_object_unref (view_column);
}

/* Titles of numbers stand above them, at the right: a column view has no word for it, but its title is a label */
static void
align_titles (HpDataTable *table)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (table->view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; title != NULL && i < table->source->columns->len; title = gtk_widget_get_next_sibling (title), i++)
    {
      GtkWidget *box = gtk_widget_get_first_child (title);
      GtkWidget *label = box != NULL ? gtk_widget_get_first_child (box) : NULL;

      if (GTK_IS_LABEL (label) && g_array_index (table->source->columns, HpDataColumn, i).number)
        {
          gtk_widget_set_hexpand (label, TRUE);
          gtk_label_set_xalign (GTK_LABEL (label), 1);
        }
    }
}

static void
remove_columns (HpDataTable *table)
{
  GListModel *columns = gtk_column_view_get_columns (table->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (table->view, column);
    }
}

gboolean
_hp_data_source_has_same_columns (const HpDataSource *a, const HpDataSource *b)
{
  if (a->columns->len != b->columns->len)
    return FALSE;
  for (guint i = 0; i < a->columns->len; i++)
    {
      const HpDataColumn *one = &g_array_index (a->columns, HpDataColumn, i),
                         *other = &g_array_index (b->columns, HpDataColumn, i);

      if (!g_str_equal (one->title, other->title) || one->number != other->number || one->wide != other->wide)
        return FALSE;
    }
  return TRUE;
}

/* As wide as some of its cells: a column that finds its width as one scrolls jumps */
static guint
measure (const HpDataSource *source, guint column)
{
  guint widest = 1;

  for (guint i = 0; i < source->n_rows; i += MAX (1, source->n_rows / SAMPLE))
    {
      g_autofree char *text = source->get_text (source->data, i, column, FALSE);

      widest = MAX (widest, (guint) g_utf8_strlen (text, -1));
    }
  return MIN (widest, MAX_CHARS);
}

void
_hp_data_table_make_columns (HpDataTable *table)
{
  remove_columns (table);
  g_free (table->chars);
  table->chars = g_new (guint, table->source->columns->len);
  for (guint i = 0; i < table->source->columns->len; i++)
    {
      table->chars[i] = measure (table->source, i);
      add_column (table, i);
    }
  align_titles (table);
}

/* hp-comparables-table.c - similar sales in columns, for a wide or for a narrow place
 *
 * A row is a line of figures and beneath it, smaller, what else there is to know. Columns of which nothing is known are
 * left out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-comparables-table.h"
#include "hp-display.h"
#include "hp-evidence-text.h"
#include "hp-text.h"
#include "hp-valuation-text.h"

/* A server may send any number */
#define MOST_ROWS 50
#define MAX_CHARS 40
/* "Sale 1234" is there in full */
#define SALE_CHARS 9

typedef enum
{
  SALE,
  SOLD,
  DISTANCE,
  PRICE,
  ADJUSTED,
  SIMILARITY,
  N_COLUMNS
} Column;

static const char *const titles[]
  = { N_ ("Sale"), N_ ("Sold"), N_ ("Away"), N_ ("Price"), N_ ("Adjusted"), N_ ("Similar") };

typedef struct
{
  GtkWidget *row;
  GtkLabel *cells[N_COLUMNS];
  GtkLabel *more;
} Row;

struct _HpComparablesTable
{
  AdwBin parent_instance;

  gboolean narrow;
  GtkBox *list;
  GtkLabel *headers[N_COLUMNS];
  GtkSizeGroup *columns[N_COLUMNS];
  GArray *rows; /* of Row */
};

G_DEFINE_FINAL_TYPE (HpComparablesTable, hp_comparables_table, ADW_TYPE_BIN)

static GtkLabel *
add_cell (HpComparablesTable *table, GtkBox *line, Column column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column == SALE ? 0 : 1);
  gtk_widget_set_hexpand (label, column == SALE);
  if (column == SALE)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), SALE_CHARS);
    }
  gtk_widget_add_css_class (label, "numeric");
  gtk_size_group_add_widget (table->columns[column], label);
  gtk_box_append (line, label);
  return GTK_LABEL (label);
}

static void
add_row (HpComparablesTable *table)
{
  Row row;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, table->narrow ? 9 : 15);
  GtkWidget *more = gtk_label_new (NULL);

  row.row = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, "orientation",
                          GTK_ORIENTATION_VERTICAL, NULL);
  for (Column i = 0; i < N_COLUMNS; i++)
    row.cells[i] = add_cell (table, GTK_BOX (line), i);
  row.more = GTK_LABEL (more);
  gtk_label_set_xalign (row.more, 0);
  gtk_label_set_wrap (row.more, TRUE);
  gtk_label_set_wrap_mode (row.more, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (row.more, 2);
  gtk_label_set_ellipsize (row.more, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (more, "caption");
  gtk_widget_add_css_class (more, "dim-label");
  gtk_widget_add_css_class (row.row, "comparable");
  gtk_box_append (GTK_BOX (row.row), line);
  gtk_box_append (GTK_BOX (row.row), more);
  gtk_box_append (table->list, row.row);
  g_array_append_val (table->rows, row);
}

static void
set_n_rows (HpComparablesTable *table, guint n)
{
  while (table->rows->len < n)
    add_row (table);
  while (table->rows->len > n)
    {
      gtk_box_remove (table->list, g_array_index (table->rows, Row, table->rows->len - 1).row);
      g_array_set_size (table->rows, table->rows->len - 1);
    }
}

static void
append_more (GString *text, const char *part)
{
  if (part != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static char *
make_more (HpComparablesTable *table, const HpDescription *description, const HpComparable *sale, const char *sold,
           const char *distance)
{
  g_autofree char *differs = hp_evidence_text_differs (description, sale);
  g_autoptr (GString) text = g_string_new (NULL);

  if (sale->repeat_sale)
    append_more (text, _ ("Same property"));
  if (table->narrow)
    {
      append_more (text, sold);
      append_more (text, distance);
    }
  if (sale->differs != NULL && sale->differs->len > 0)
    {
      g_autofree char *sentence = g_strdup_printf (_ ("Differs: %s"), differs);

      append_more (text, sentence);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
set_row (HpComparablesTable *table, guint i, const HpDescription *description, const HpComparable *sale,
         const char *currency)
{
  Row *row = &g_array_index (table->rows, Row, i);
  g_autofree char *name = hp_evidence_text_sale (sale);
  g_autofree char *sold = sale->sale_date != NULL ? hp_text_printable (sale->sale_date, -1, MAX_CHARS) : NULL;
  g_autofree char *distance = hp_evidence_text_distance (sale);
  g_autofree char *price = hp_display_price (sale->price, currency);
  g_autofree char *adjusted = hp_display_price (sale->adjusted_price, currency);
  g_autofree char *similarity = hp_evidence_text_similarity (sale);
  g_autofree char *more = make_more (table, description, sale, sold, distance);
  g_autofree char *spoken = hp_evidence_text_comparable (description, sale, currency);

  gtk_label_set_text (row->cells[SALE], name);
  gtk_label_set_text (row->cells[SOLD], sold != NULL ? sold : "–");
  gtk_label_set_text (row->cells[DISTANCE], distance != NULL ? distance : "–");
  gtk_label_set_text (row->cells[PRICE], price);
  gtk_label_set_text (row->cells[ADJUSTED], adjusted);
  gtk_label_set_text (row->cells[SIMILARITY], similarity);
  gtk_label_set_text (row->more, more);
  gtk_widget_set_visible (GTK_WIDGET (row->more), *more != '\0');
  gtk_widget_set_tooltip_text (row->row, spoken);
  if (sale->repeat_sale)
    gtk_widget_add_css_class (row->row, "repeat");
  else
    gtk_widget_remove_css_class (row->row, "repeat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
show_columns (HpComparablesTable *table, const GPtrArray *sales)
{
  gboolean shown[N_COLUMNS] = { [SALE] = TRUE, [PRICE] = TRUE, [SIMILARITY] = TRUE };

  for (guint i = 0; i < table->rows->len; i++)
    {
      const HpComparable *sale = sales->pdata[i];

      shown[SOLD] |= sale->sale_date != NULL && !table->narrow;
      shown[DISTANCE] |= isfinite (sale->distance_km) && !table->narrow;
      shown[ADJUSTED] |= isfinite (sale->adjusted_price);
    }
  for (Column c = 0; c < N_COLUMNS; c++)
    {
      gtk_widget_set_visible (GTK_WIDGET (table->headers[c]), shown[c]);
      for (guint i = 0; i < table->rows->len; i++)
        gtk_widget_set_visible (GTK_WIDGET (g_array_index (table->rows, Row, i).cells[c]), shown[c]);
    }
}

static void
hp_comparables_table_dispose (GObject *object)
{
  g_array_set_size (HP_COMPARABLES_TABLE (object)->rows, 0);
  G_OBJECT_CLASS (hp_comparables_table_parent_class)->dispose (object);
}

static void
hp_comparables_table_finalize (GObject *object)
{
  HpComparablesTable *table = HP_COMPARABLES_TABLE (object);

  g_array_unref (table->rows);
  for (Column i = 0; i < N_COLUMNS; i++)
    g_object_unref (table->columns[i]);
  G_OBJECT_CLASS (hp_comparables_table_parent_class)->finalize (object);
}

static void
hp_comparables_table_class_init (HpComparablesTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hp_comparables_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = hp_comparables_table_finalize;
}

static void
hp_comparables_table_init (HpComparablesTable *table)
{
  table->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  for (Column i = 0; i < N_COLUMNS; i++)
    table->columns[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
}

/**
 * hp_comparables_table_new:
 * @narrow: for a place without room for all columns
 *
 * Returns: (transfer floating): a table without rows
 */
GtkWidget *
hp_comparables_table_new (gboolean narrow)
{
  HpComparablesTable *table = g_object_new (HP_TYPE_COMPARABLES_TABLE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  /* each row says all of it for itself */
  GtkWidget *header = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "spacing",
                                    narrow ? 9 : 15, NULL);

  table->narrow = narrow;
  table->list = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, "orientation",
                              GTK_ORIENTATION_VERTICAL, "spacing", 6, NULL);
  for (Column i = 0; i < N_COLUMNS; i++)
    {
      table->headers[i] = add_cell (table, GTK_BOX (header), i);
      gtk_label_set_text (table->headers[i], _ (titles[i]));
      gtk_widget_add_css_class (GTK_WIDGET (table->headers[i]), "caption-heading");
      gtk_widget_add_css_class (GTK_WIDGET (table->headers[i]), "dim-label");
    }
  gtk_widget_set_tooltip_text (
    GTK_WIDGET (table->headers[ADJUSTED]),
    _ ("What the sale says of this house: its price, changed by what the model makes of the difference"));
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (table->list));
  adw_bin_set_child (ADW_BIN (table), box);
  return GTK_WIDGET (table);
}

/**
 * hp_comparables_table_set:
 * @table: a table
 * @description: (nullable): whose labels are used
 * @valuation: whose comparable sales are shown
 */
void
hp_comparables_table_set (HpComparablesTable *table, const HpDescription *description, const HpValuation *valuation)
{
  g_return_if_fail (HP_IS_COMPARABLES_TABLE (table));

  set_n_rows (table, MIN (valuation->comparables->len, MOST_ROWS));
  for (guint i = 0; i < table->rows->len; i++)
    set_row (table, i, description, valuation->comparables->pdata[i], valuation->currency);
  show_columns (table, valuation->comparables);
}

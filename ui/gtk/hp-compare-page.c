/* hp-compare-page.c - a comparison to read: verdict, metrics, chart, segments, houses whose price moved most
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-compare-page.h"
#include "hp-compare-tables.h"
#include "hp-display.h"
#include "hp-house-text.h"
#include "hp-toast.h"

#define CHART_HEIGHT 320

struct _HpComparePage
{
  AdwBin parent_instance;

  HpCompareStudy *study; /* (nullable) */
  GtkLabel *verdict, *evidence, *others;
  HpChartView *chart;
  HpHousePrices *prices;
  guint filling;       /* source id, 0: the tables are the study's */
  HpCompareTable next; /* to be filled */
  HpDataTable *tables[HP_N_COMPARE_TABLES];
};

G_DEFINE_FINAL_TYPE (HpComparePage, hp_compare_page, ADW_TYPE_BIN)

static const char *const titles[] = { N_ ("Metrics"), N_ ("By segment"), N_ ("Houses whose price moved most") };

/* A sale of the chart or of the movers becomes the house of the form */
static void
open_sale (HpComparePage *page, guint64 row)
{
  const HpResidualSet *set = page->study->compared->comparison->sets[0];
  g_autofree char *count = hp_display_count (row);
  g_autofree char *told = g_strdup_printf (_ ("Sale %s is the house now"), count);

  for (gsize i = 0; i < set->n; i++)
    if (set->row[i] == row)
      {
        gtk_widget_activate_action (GTK_WIDGET (page), "win.open-house", "(s@" HP_HOUSE_TEXT_TYPE ")", told,
                                    hp_house_text_sale (set, i));
        return;
      }
}

static void
mover_cb (HpComparePage *page, guint row)
{
  const GPtrArray *movers = page->study->compared->comparison->movers;

  /* the table may still be the one before */
  if (page->filling == 0 && row < movers->len)
    open_sale (page, ((const HpMover *) movers->pdata[row])->row);
}

static char *
describe (gpointer data, guint64 row)
{
  HpComparePage *page = data;
  const HpComparison *comparison = page->study != NULL ? page->study->compared->comparison : NULL;
  const HpResidualSet *set = comparison != NULL ? comparison->sets[0] : NULL;
  GString *text;

  for (gsize i = 0; set != NULL && i < set->n; i++)
    if (set->row[i] == row)
      {
        g_autofree char *count = hp_display_count (row);
        g_autofree char *price = hp_display_price (set->price[i], set->currency);

        text = g_string_new (NULL);
        g_string_append_printf (text, _ ("Sale %s: %s"), count, price);
        for (guint v = 0; v < comparison->n_versions; v++)
          {
            g_autofree char *predicted = hp_display_price (comparison->sets[v]->predicted[i], set->currency);

            g_string_append_c (text, '\n');
            g_string_append_printf (text, _ ("version %s: %s"), comparison->names[v], predicted);
          }
        return g_string_free (text, FALSE);
      }
  return NULL;
}

static void
copy_table (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guint table = g_variant_get_uint32 (parameter);

  if (table >= HP_N_COMPARE_TABLES)
    return;
  hp_data_table_copy (HP_COMPARE_PAGE (widget)->tables[table]);
  hp_toast_show (widget, _ ("Table copied"));
}

static void
hp_compare_page_dispose (GObject *object)
{
  g_clear_handle_id (&HP_COMPARE_PAGE (object)->filling, g_source_remove);
  g_clear_pointer (&HP_COMPARE_PAGE (object)->study, hp_compare_study_unref);
  G_OBJECT_CLASS (hp_compare_page_parent_class)->dispose (object);
}

static void
hp_compare_page_class_init (HpComparePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hp_compare_page_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "compare.copy-table", "u", copy_table);
}

static GtkLabel *
add_label (GtkBox *box, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "selectable", TRUE, NULL);

  gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static void
add_table (HpComparePage *page, GtkBox *box, HpCompareTable table)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", _ (titles[table]), "xalign", 0.0, "hexpand", TRUE, NULL);
  GtkWidget *copy
    = g_object_new (GTK_TYPE_BUTTON, "icon-name", "edit-copy-symbolic", "tooltip-text", _ ("Copy the Table"), NULL);

  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_add_css_class (copy, "beside-heading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Copy the Table"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (copy), "compare.copy-table");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (copy), "u", (guint) table);
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), copy);
  page->tables[table] = HP_DATA_TABLE (hp_data_table_new (_ (titles[table]), FALSE));
  gtk_box_append (box, line);
  gtk_box_append (box, GTK_WIDGET (page->tables[table]));
}

static void
add_prices (HpComparePage *page, GtkBox *box)
{
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", _ ("This house by version"), "xalign", 0.0, NULL);

  gtk_widget_add_css_class (title, "heading");
  page->prices = HP_HOUSE_PRICES (hp_house_prices_new ());
  gtk_box_append (box, title);
  gtk_box_append (box, GTK_WIDGET (page->prices));
}

static void
hp_compare_page_init (HpComparePage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  HpChartArea *area;

  page->verdict = add_label (GTK_BOX (box), "title-2");
  page->evidence = add_label (GTK_BOX (box), "body");
  page->others = add_label (GTK_BOX (box), "dim-label");
  add_table (page, GTK_BOX (box), HP_COMPARE_METRICS);
  add_prices (page, GTK_BOX (box));
  page->chart = HP_CHART_VIEW (hp_chart_view_new ());
  gtk_widget_set_size_request (GTK_WIDGET (page->chart), -1, CHART_HEIGHT);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (page->chart));
  add_table (page, GTK_BOX (box), HP_COMPARE_MOVERS);
  /* the longest comes last */
  add_table (page, GTK_BOX (box), HP_COMPARE_SEGMENTS);
  adw_bin_set_child (ADW_BIN (page), box);
  area = hp_chart_view_get_area (page->chart);
  hp_chart_area_set_describe (area, describe, page);
  g_signal_connect_object (area, "activated", G_CALLBACK (open_sale), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (page->tables[HP_COMPARE_MOVERS], "activated", G_CALLBACK (mover_cb), page,
                           G_CONNECT_SWAPPED);
}

/**
 * hp_compare_page_new:
 *
 * Returns: (transfer floating): a page without a comparison
 */
GtkWidget *
hp_compare_page_new (void)
{
  return g_object_new (HP_TYPE_COMPARE_PAGE, NULL);
}

/* The pairs that the verdict is not of, a line each */
static char *
describe_others (const HpComparison *comparison)
{
  GString *text = g_string_new (NULL);
  const HpPair *main_pair = hp_compare_tables_pair (comparison, comparison->pairs);

  for (guint i = 0; i < comparison->n_pairs; i++)
    if (&comparison->pairs[i] != main_pair)
      {
        g_autofree char *sentence = hp_pair_to_sentence (comparison, &comparison->pairs[i]);

        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", sentence);
      }
  return g_string_free (text, FALSE);
}

/* One table between two frames */
static gboolean
fill_cb (gpointer data)
{
  static HpDataSource *(*const make[]) (HpCompareStudy *)
    = { hp_compare_tables_metrics, hp_compare_tables_segments, hp_compare_tables_movers };
  HpComparePage *page = data;

  hp_data_table_set (page->tables[page->next], make[page->next](page->study));
  if (++page->next < HP_N_COMPARE_TABLES)
    return G_SOURCE_CONTINUE;
  page->filling = 0;
  return G_SOURCE_REMOVE;
}

/**
 * hp_compare_page_set_study:
 * @page: a page
 * @study: what it shows
 */
void
hp_compare_page_set_study (HpComparePage *page, HpCompareStudy *study)
{
  const HpComparison *comparison = study->compared->comparison;
  g_autofree char *verdict = hp_pair_to_sentence (comparison, hp_compare_tables_pair (comparison, comparison->pairs));
  g_autofree char *evidence = hp_compare_tables_evidence (comparison);
  g_autofree char *others = describe_others (comparison);

  g_return_if_fail (HP_IS_COMPARE_PAGE (page));

  hp_compare_study_ref (study);
  g_clear_pointer (&page->study, hp_compare_study_unref);
  page->study = study;
  gtk_label_set_text (page->verdict, verdict);
  gtk_label_set_text (page->evidence, evidence);
  gtk_label_set_text (page->others, others);
  gtk_widget_set_visible (GTK_WIDGET (page->others), *others != '\0');
  hp_chart_view_set_chart (page->chart, study->chart);
  page->next = HP_COMPARE_METRICS;
  if (page->filling == 0)
    page->filling = g_idle_add (fill_cb, page);
}

/**
 * hp_compare_page_get_verdict:
 * @page: a page
 *
 * Returns: (transfer none): its sentence
 */
const char *
hp_compare_page_get_verdict (HpComparePage *page)
{
  g_return_val_if_fail (HP_IS_COMPARE_PAGE (page), NULL);

  return gtk_label_get_text (page->verdict);
}

/**
 * hp_compare_page_get_table:
 * @page: a page
 * @table: which
 *
 * Returns: (transfer none): one of its tables
 */
HpDataTable *
hp_compare_page_get_table (HpComparePage *page, HpCompareTable table)
{
  g_return_val_if_fail (HP_IS_COMPARE_PAGE (page) && table < HP_N_COMPARE_TABLES, NULL);

  return page->tables[table];
}

/**
 * hp_compare_page_get_chart:
 * @page: a page
 *
 * Returns: (transfer none): its chart of differences
 */
HpChartView *
hp_compare_page_get_chart (HpComparePage *page)
{
  g_return_val_if_fail (HP_IS_COMPARE_PAGE (page), NULL);

  return page->chart;
}

/**
 * hp_compare_page_get_prices:
 * @page: a page
 *
 * Returns: (transfer none): the form's house by version
 */
HpHousePrices *
hp_compare_page_get_prices (HpComparePage *page)
{
  g_return_val_if_fail (HP_IS_COMPARE_PAGE (page), NULL);

  return page->prices;
}

/**
 * hp_compare_page_is_filled:
 * @page: a page
 *
 * Returns: whether its tables are those of the comparison
 */
gboolean
hp_compare_page_is_filled (HpComparePage *page)
{
  g_return_val_if_fail (HP_IS_COMPARE_PAGE (page), FALSE);

  return page->filling == 0;
}

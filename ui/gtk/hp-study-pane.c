/* hp-study-pane.c - the chart of a study and beneath it its sales: what is selected in one is selected in the other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-display.h"
#include "hp-house-text.h"
#include "hp-sales-source.h"
#include "hp-study-pane.h"
#include "hp-toast.h"

#define TABLE_HEIGHT 110

struct _HpStudyPane
{
  AdwBin parent_instance;

  HpResidualsStudy *study; /* (nullable) */
  gboolean selecting;      /* one of the two after the other */
  gboolean placed;         /* the line between them */
  HpChartView *chart;
  GtkLabel *summary;
  HpDataTable *table;
};

G_DEFINE_FINAL_TYPE (HpStudyPane, hp_study_pane, ADW_TYPE_BIN)

/* How many sales there are to see, and what to keep in mind of them */
static char *
make_summary (const HpResidualsStudy *study)
{
  const HpChart *chart = study->chart->chart;
  const HpStudySet *last = study->loaded->pdata[study->loaded->len - 1];
  GString *text = g_string_new (chart->empty != NULL ? chart->empty : chart->summary);
  g_autofree char *shown = hp_display_count (study->sets[0]->n);
  g_autofree char *all = hp_display_count (study->n_common);

  if (study->sets[0]->n < study->n_common)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, _ ("%s of %s sales."), shown, all);
    }
  if (last->overlap_known && last->n_overlap > 0)
    {
      g_autofree char *overlap = hp_display_count (last->n_overlap);

      g_string_append_c (text, ' ');
      g_string_append_printf (text, _ ("Version %u was trained on %s of them: it errs less there."), last->version,
                              overlap);
    }
  return g_string_free (text, FALSE);
}

static char *
describe (gpointer data, guint64 row)
{
  HpStudyPane *pane = data;
  gssize sale = pane->study != NULL ? hp_residuals_study_find (pane->study, row) : -1;

  return sale >= 0 ? hp_sales_source_describe (pane->study, (gsize) sale) : NULL;
}

static void
chart_selected_cb (HpStudyPane *pane, GParamSpec *pspec, HpChartArea *area)
{
  if (pane->selecting || pane->study == NULL)
    return;
  pane->selecting = TRUE;
  hp_data_table_select (pane->table, hp_sales_source_find (pane->study, hp_chart_area_get_selected (area)));
  pane->selecting = FALSE;
}

static void
table_selected_cb (HpStudyPane *pane, int row)
{
  if (pane->selecting || pane->study == NULL)
    return;
  pane->selecting = TRUE;
  hp_chart_area_select (hp_chart_view_get_area (pane->chart),
                        row >= 0 ? hp_sales_source_row (pane->study, (guint) row) : 0);
  pane->selecting = FALSE;
}

static void
open_sale (HpStudyPane *pane, guint64 row)
{
  gssize sale = pane->study != NULL ? hp_residuals_study_find (pane->study, row) : -1;
  g_autofree char *count = hp_display_count (row);
  g_autofree char *told = g_strdup_printf (_ ("Sale %s is the house now"), count);

  if (sale >= 0)
    gtk_widget_activate_action (GTK_WIDGET (pane), "win.open-house", "(s@" HP_HOUSE_TEXT_TYPE ")", told,
                                hp_house_text_sale (pane->study->sets[0], (gsize) sale));
}

static void
table_activated_cb (HpStudyPane *pane, guint row)
{
  open_sale (pane, hp_sales_source_row (pane->study, row));
}

static void
copy_table (GtkWidget *widget, const char *action, GVariant *parameter)
{
  hp_data_table_copy (HP_STUDY_PANE (widget)->table);
  hp_toast_show (widget, _ ("Table copied"));
}

/* Two thirds, until somebody moves it */
static void
place_cb (HpStudyPane *pane, GParamSpec *pspec, GtkPaned *paned)
{
  int height = gtk_widget_get_height (GTK_WIDGET (paned));

  if (pane->placed || height <= 0)
    return;
  pane->placed = TRUE;
  gtk_paned_set_position (paned, 2 * height / 3);
}

static void
hp_study_pane_dispose (GObject *object)
{
  g_clear_pointer (&HP_STUDY_PANE (object)->study, hp_residuals_study_unref);
  G_OBJECT_CLASS (hp_study_pane_parent_class)->dispose (object);
}

static void
hp_study_pane_class_init (HpStudyPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hp_study_pane_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "study.copy-table", NULL, copy_table);
}

static GtkWidget *
make_line (HpStudyPane *pane)
{
  GtkWidget *line = g_object_new (GTK_TYPE_BOX, "spacing", 12, "margin-top", 6, "margin-bottom", 6, "margin-start", 12,
                                  "margin-end", 12, NULL);
  GtkWidget *copy
    = g_object_new (GTK_TYPE_BUTTON, "icon-name", "edit-copy-symbolic", "tooltip-text", _ ("Copy the Table"),
                    "action-name", "study.copy-table", "valign", GTK_ALIGN_CENTER, NULL);

  pane->summary = g_object_new (GTK_TYPE_LABEL, "hexpand", TRUE, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                                PANGO_WRAP_WORD_CHAR, "selectable", TRUE, NULL);
  gtk_widget_add_css_class (copy, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Copy the Table"), -1);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (pane->summary));
  gtk_box_append (GTK_BOX (line), copy);
  return line;
}

static void
hp_study_pane_init (HpStudyPane *pane)
{
  GtkWidget *paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  GtkWidget *below = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  HpChartArea *area;

  pane->chart = HP_CHART_VIEW (hp_chart_view_new ());
  pane->table = HP_DATA_TABLE (hp_data_table_new (_ ("Sales, largest error first"), TRUE));
  gtk_widget_set_size_request (GTK_WIDGET (pane->table), -1, TABLE_HEIGHT);
  gtk_widget_set_vexpand (GTK_WIDGET (pane->table), TRUE);
  gtk_box_append (GTK_BOX (below), make_line (pane));
  gtk_box_append (GTK_BOX (below), GTK_WIDGET (pane->table));
  gtk_paned_set_start_child (GTK_PANED (paned), GTK_WIDGET (pane->chart));
  gtk_paned_set_end_child (GTK_PANED (paned), below);
  gtk_paned_set_shrink_start_child (GTK_PANED (paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (paned), FALSE);
  adw_bin_set_child (ADW_BIN (pane), paned);
  area = hp_chart_view_get_area (pane->chart);
  hp_chart_area_set_describe (area, describe, pane);
  g_signal_connect_object (area, "notify::selected-row", G_CALLBACK (chart_selected_cb), pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (area, "activated", G_CALLBACK (open_sale), pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane->table, "selected", G_CALLBACK (table_selected_cb), pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane->table, "activated", G_CALLBACK (table_activated_cb), pane, G_CONNECT_SWAPPED);
  g_signal_connect_object (paned, "notify::max-position", G_CALLBACK (place_cb), pane, G_CONNECT_SWAPPED);
}

/**
 * hp_study_pane_new:
 *
 * Returns: (transfer floating): a pane without a study
 */
GtkWidget *
hp_study_pane_new (void)
{
  return g_object_new (HP_TYPE_STUDY_PANE, NULL);
}

/**
 * hp_study_pane_set_study:
 * @pane: a pane
 * @study: what it shows; a sale that was selected stays so if this study has it, too
 */
void
hp_study_pane_set_study (HpStudyPane *pane, HpResidualsStudy *study)
{
  HpChartArea *area = hp_chart_view_get_area (pane->chart);
  g_autofree char *summary = make_summary (study);

  gboolean same = pane->study != NULL && pane->study->sets == study->sets;

  pane->selecting = TRUE;
  hp_residuals_study_ref (study);
  g_clear_pointer (&pane->study, hp_residuals_study_unref);
  pane->study = study;
  gtk_label_set_text (pane->summary, summary);
  if (!same)
    hp_data_table_set (pane->table, hp_sales_source_new (study));
  hp_chart_view_set_chart (pane->chart, study->chart);
  hp_data_table_select (pane->table, hp_sales_source_find (study, hp_chart_area_get_selected (area)));
  pane->selecting = FALSE;
}

/**
 * hp_study_pane_get_chart:
 * @pane: a pane
 *
 * Returns: (transfer none): its chart
 */
HpChartView *
hp_study_pane_get_chart (HpStudyPane *pane)
{
  g_return_val_if_fail (HP_IS_STUDY_PANE (pane), NULL);

  return pane->chart;
}

/**
 * hp_study_pane_get_table:
 * @pane: a pane
 *
 * Returns: (transfer none): its table of sales
 */
HpDataTable *
hp_study_pane_get_table (HpStudyPane *pane)
{
  g_return_val_if_fail (HP_IS_STUDY_PANE (pane), NULL);

  return pane->table;
}

/**
 * hp_study_pane_get_summary:
 * @pane: a pane
 *
 * Returns: (transfer none): what there is to see, in words
 */
const char *
hp_study_pane_get_summary (HpStudyPane *pane)
{
  g_return_val_if_fail (HP_IS_STUDY_PANE (pane), NULL);

  return gtk_label_get_text (pane->summary);
}

/**
 * hp_study_pane_is_drawn:
 * @pane: a pane
 *
 * Returns: whether the chart that is seen is the study's
 */
gboolean
hp_study_pane_is_drawn (HpStudyPane *pane)
{
  g_return_val_if_fail (HP_IS_STUDY_PANE (pane), FALSE);

  return hp_chart_area_is_drawn (hp_chart_view_get_area (pane->chart));
}

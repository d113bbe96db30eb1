/* hp-reasons-view.c - why the price is what it is: from the base price, step by step
 *
 * Rows keep their places: another price changes what they say, not where they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-display.h"
#include "hp-evidence-text.h"
#include "hp-reason-bar.h"
#include "hp-reasons-view.h"
#include "hp-valuation-text.h"

/* So many are shown until all are asked for; the rest is one sum */
#define MOST_SHOWN 7
/* A server may send any number of them */
#define MOST_ROWS 200

/* base price, contributions, others, price */
typedef struct
{
  GtkWidget *row;
  GtkLabel *label, *value, *amount;
  HpReasonBar *bar;
} Row;

struct _HpReasonsView
{
  AdwBin parent_instance;

  GtkBox *box;
  GtkBox *list;
  GtkToggleButton *all;
  GtkSizeGroup *labels, *amounts;
  GArray *rows;               /* of Row */
  HpDescription *description; /* (nullable) */
  GPtrArray *contributions;   /* (element-type HpContribution) a copy: all may be asked for at any time */
  double base, price;
  char *currency;
};

G_DEFINE_FINAL_TYPE (HpReasonsView, hp_reasons_view, ADW_TYPE_BIN)

static void
contribution_free (gpointer data)
{
  HpContribution *contribution = data;

  g_free (contribution->feature);
  g_free (contribution->value);
  g_free (contribution);
}

static GtkLabel *
add_label (GtkBox *row, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (row, label);
  return GTK_LABEL (label);
}

static void
add_row (HpReasonsView *view)
{
  Row row;
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = hp_reason_bar_new ();

  row.row = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, "spacing", 9, NULL);
  gtk_box_append (GTK_BOX (row.row), names);
  row.label = add_label (GTK_BOX (names), 0);
  row.value = add_label (GTK_BOX (names), 0);
  gtk_label_set_max_width_chars (row.label, 20);
  gtk_label_set_width_chars (row.label, 10);
  gtk_label_set_max_width_chars (row.value, 20);
  gtk_widget_add_css_class (GTK_WIDGET (row.value), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (row.value), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (row.value), "numeric");
  gtk_widget_set_valign (names, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (bar, TRUE);
  row.bar = HP_REASON_BAR (bar);
  gtk_box_append (GTK_BOX (row.row), bar);
  row.amount = add_label (GTK_BOX (row.row), 1);
  gtk_label_set_ellipsize (row.amount, PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (row.amount), "numeric");
  gtk_size_group_add_widget (view->labels, names);
  gtk_size_group_add_widget (view->amounts, GTK_WIDGET (row.amount));
  gtk_widget_add_css_class (row.row, "reason");
  gtk_box_append (view->list, row.row);
  g_array_append_val (view->rows, row);
}

static void
set_n_rows (HpReasonsView *view, guint n)
{
  while (view->rows->len < n)
    add_row (view);
  while (view->rows->len > n)
    {
      gtk_box_remove (view->list, g_array_index (view->rows, Row, view->rows->len - 1).row);
      g_array_set_size (view->rows, view->rows->len - 1);
    }
}

static void
set_row (HpReasonsView *view, guint i, const char *label, const char *value, const char *amount, const char *exact,
         gboolean is_total)
{
  Row *row = &g_array_index (view->rows, Row, i);
  g_autofree char *spoken
    = value != NULL ? g_strdup_printf ("%s %s: %s", label, value, amount) : g_strdup_printf ("%s: %s", label, amount);

  gtk_label_set_text (row->label, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row->label), label);
  gtk_label_set_text (row->value, value != NULL ? value : "");
  gtk_widget_set_visible (GTK_WIDGET (row->value), value != NULL);
  gtk_label_set_text (row->amount, amount);
  gtk_widget_set_tooltip_text (GTK_WIDGET (row->amount), exact);
  if (is_total)
    gtk_widget_add_css_class (row->row, "total");
  else
    gtk_widget_remove_css_class (row->row, "total");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
set_total (HpReasonsView *view, guint i, const char *label, double price)
{
  g_autofree char *shown = hp_display_price (price, view->currency);
  g_autofree char *exact = hp_valuation_text_exact (price, view->currency);

  set_row (view, i, label, NULL, shown, exact, TRUE);
}

static double
amount_of (HpReasonsView *view, guint i)
{
  return ((const HpContribution *) view->contributions->pdata[i])->amount;
}

/* All bars on one scale: from the least to the greatest price on the way */
static void
place_bars (HpReasonsView *view, guint n_shown, double others)
{
  double at = view->base, least = at, most = at, span;
  guint n_rows = view->rows->len;

  for (guint i = 0; i < n_shown; i++)
    {
      at += amount_of (view, i);
      least = MIN (least, at);
      most = MAX (most, at);
    }
  least = MIN (least, at + others);
  most = MAX (most, at + others);
  span = most > least ? most - least : 1;
  at = view->base;
  hp_reason_bar_set (g_array_index (view->rows, Row, 0).bar, (at - least) / span, (at - least) / span);
  for (guint i = 1; i + 1 < n_rows; i++)
    {
      double to = at + (i <= n_shown ? amount_of (view, i - 1) : others);

      hp_reason_bar_set (g_array_index (view->rows, Row, i).bar, (at - least) / span, (to - least) / span);
      at = to;
    }
  hp_reason_bar_set (g_array_index (view->rows, Row, n_rows - 1).bar, (at - least) / span, (at - least) / span);
}

static void
show_rows (HpReasonsView *view)
{
  guint n = view->contributions->len;
  gboolean all = gtk_toggle_button_get_active (view->all) || n <= MOST_SHOWN + 1;
  guint n_shown = all ? n : MOST_SHOWN;
  double others = 0;

  set_n_rows (view, n_shown + (all ? 0 : 1) + 2);
  set_total (view, 0, _ ("Base price"), view->base);
  for (guint i = 0; i < n_shown; i++)
    {
      const HpContribution *contribution = view->contributions->pdata[i];
      g_autofree char *label = hp_evidence_text_feature (view->description, contribution->feature);
      g_autofree char *value = hp_evidence_text_contribution (view->description, contribution);
      g_autofree char *amount = hp_evidence_text_amount (contribution->amount);
      g_autofree char *exact = hp_valuation_text_exact (contribution->amount, view->currency);

      set_row (view, i + 1, label, value, amount, exact, FALSE);
    }
  if (!all)
    {
      g_autofree char *label = hp_evidence_text_others (n - n_shown);
      g_autofree char *amount = NULL;

      for (guint i = n_shown; i < n; i++)
        others += amount_of (view, i);
      amount = hp_evidence_text_amount (others);
      set_row (view, n_shown + 1, label, NULL, amount, NULL, FALSE);
    }
  set_total (view, view->rows->len - 1, _ ("Price"), view->price);
  place_bars (view, n_shown, others);
  gtk_widget_set_visible (GTK_WIDGET (view->all), n > MOST_SHOWN + 1);
}

static void
hp_reasons_view_dispose (GObject *object)
{
  g_array_set_size (HP_REASONS_VIEW (object)->rows, 0);
  G_OBJECT_CLASS (hp_reasons_view_parent_class)->dispose (object);
}

static void
hp_reasons_view_finalize (GObject *object)
{
  HpReasonsView *view = HP_REASONS_VIEW (object);

  g_array_unref (view->rows);
  g_ptr_array_unref (view->contributions);
  g_object_unref (view->labels);
  g_object_unref (view->amounts);
  g_clear_pointer (&view->description, hp_description_unref);
  g_free (view->currency);
  G_OBJECT_CLASS (hp_reasons_view_parent_class)->finalize (object);
}

static void
hp_reasons_view_class_init (HpReasonsViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hp_reasons_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = hp_reasons_view_finalize;
}

static void
hp_reasons_view_init (HpReasonsView *view)
{
  GtkWidget *title = gtk_label_new (_ ("Why"));
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  view->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  view->contributions = g_ptr_array_new_with_free_func (contribution_free);
  view->labels = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  view->amounts = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  view->box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "orientation",
                            GTK_ORIENTATION_VERTICAL, "spacing", 6, NULL);
  view->list = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, "orientation",
                             GTK_ORIENTATION_VERTICAL, "spacing", 3, NULL);
  view->all = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("All")));
  gtk_widget_set_tooltip_text (GTK_WIDGET (view->all), _ ("Show every contribution"));
  gtk_widget_add_css_class (GTK_WIDGET (view->all), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (view->all), "beside-heading");
  g_signal_connect_object (view->all, "toggled", G_CALLBACK (show_rows), view, G_CONNECT_SWAPPED);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (header), title);
  gtk_box_append (GTK_BOX (header), GTK_WIDGET (view->all));
  gtk_box_append (view->box, header);
  gtk_box_append (view->box, GTK_WIDGET (view->list));
  gtk_accessible_update_property (GTK_ACCESSIBLE (view->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Why"), -1);
  adw_bin_set_child (ADW_BIN (view), GTK_WIDGET (view->box));
  gtk_widget_set_visible (GTK_WIDGET (view), FALSE);
}

/**
 * hp_reasons_view_new:
 *
 * Returns: (transfer floating): a view without reasons, hidden
 */
GtkWidget *
hp_reasons_view_new (void)
{
  return g_object_new (HP_TYPE_REASONS_VIEW, NULL);
}

/**
 * hp_reasons_view_set:
 * @view: a view
 * @description: (nullable): whose labels are used
 * @valuation: (nullable): a price, with its reasons if they are known
 */
void
hp_reasons_view_set (HpReasonsView *view, const HpDescription *description, const HpValuation *valuation)
{
  gboolean explained = valuation != NULL && valuation->explained;
  g_autofree char *spoken = NULL;

  g_return_if_fail (HP_IS_REASONS_VIEW (view));

  gtk_widget_set_visible (GTK_WIDGET (view), explained);
  if (!explained)
    return;
  g_clear_pointer (&view->description, hp_description_unref);
  view->description = description != NULL ? hp_description_ref ((HpDescription *) description) : NULL;
  g_ptr_array_set_size (view->contributions, 0);
  for (guint i = 0; i < MIN (valuation->contributions->len, MOST_ROWS); i++)
    {
      HpContribution *copy = g_memdup2 (valuation->contributions->pdata[i], sizeof *copy);

      copy->feature = g_strdup (copy->feature);
      copy->value = g_strdup (copy->value);
      g_ptr_array_add (view->contributions, copy);
    }
  view->base = valuation->base_price;
  view->price = valuation->predicted_price;
  g_free (view->currency);
  view->currency = g_strdup (valuation->currency);
  show_rows (view);
  spoken = hp_evidence_text_reasons (description, valuation);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view->box), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
}

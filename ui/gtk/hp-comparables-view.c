/* hp-comparables-view.c - the sales that are most like the house
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-comparables-table.h"
#include "hp-comparables-view.h"

struct _HpComparablesView
{
  AdwBin parent_instance;

  AdwSqueezer *squeezer;
  HpComparablesTable *tables[2]; /* wide, narrow */
  GtkWidget *none;
};

G_DEFINE_FINAL_TYPE (HpComparablesView, hp_comparables_view, ADW_TYPE_BIN)

static void
hp_comparables_view_class_init (HpComparablesViewClass *klass)
{
}

static void
hp_comparables_view_init (HpComparablesView *view)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "orientation",
                                 GTK_ORIENTATION_VERTICAL, "spacing", 6, NULL);
  GtkWidget *title = gtk_label_new (_ ("Comparables"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  view->none = gtk_label_new (_ ("No sale that this version knows is like this house"));
  gtk_label_set_xalign (GTK_LABEL (view->none), 0);
  gtk_label_set_wrap (GTK_LABEL (view->none), TRUE);
  gtk_widget_add_css_class (view->none, "dim-label");
  view->squeezer = ADW_SQUEEZER (adw_squeezer_new ());
  adw_squeezer_set_homogeneous (view->squeezer, FALSE);
  for (int narrow = 0; narrow <= 1; narrow++)
    {
      view->tables[narrow] = HP_COMPARABLES_TABLE (hp_comparables_table_new (narrow));
      adw_squeezer_add (view->squeezer, GTK_WIDGET (view->tables[narrow]));
    }
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), view->none);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (view->squeezer));
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Comparables"), -1);
  adw_bin_set_child (ADW_BIN (view), box);
  gtk_widget_set_visible (GTK_WIDGET (view), FALSE);
}

/**
 * hp_comparables_view_new:
 *
 * Returns: (transfer floating): a view without sales, hidden
 */
GtkWidget *
hp_comparables_view_new (void)
{
  return g_object_new (HP_TYPE_COMPARABLES_VIEW, NULL);
}

/**
 * hp_comparables_view_set:
 * @view: a view
 * @description: (nullable): whose labels are used
 * @valuation: (nullable): whose comparable sales are shown
 */
void
hp_comparables_view_set (HpComparablesView *view, const HpDescription *description, const HpValuation *valuation)
{
  gboolean any;

  g_return_if_fail (HP_IS_COMPARABLES_VIEW (view));

  gtk_widget_set_visible (GTK_WIDGET (view), valuation != NULL);
  if (valuation == NULL)
    return;
  any = valuation->comparables->len > 0;
  gtk_widget_set_visible (view->none, !any);
  gtk_widget_set_visible (GTK_WIDGET (view->squeezer), any);
  for (int narrow = 0; any && narrow <= 1; narrow++)
    hp_comparables_table_set (view->tables[narrow], description, valuation);
}

/* hp-what-if-view.c - what one attribute does to the price of the house
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-evidence-text.h"
#include "hp-style.h"
#include "hp-text.h"
#include "hp-what-if-chart.h"
#include "hp-what-if-view.h"

#define LABEL_CHARS 60
#define ERROR_CHARS 300

struct _HpWhatIfView
{
  AdwBin parent_instance;

  HpWhatIf *what_if; /* (nullable) */
  gboolean stale;    /* the form's house has no price */
  GtkLabel *title;
  HpWhatIfChart *chart;
  GtkLabel *readout;
};

G_DEFINE_FINAL_TYPE (HpWhatIfView, hp_what_if_view, ADW_TYPE_BIN)

static void
show_title (HpWhatIfView *view, const HpAttribute *attribute)
{
  g_autofree char *label = attribute != NULL ? hp_text_printable (attribute->label, -1, LABEL_CHARS) : NULL;
  g_autofree char *named = NULL, *title = NULL;

  if (label == NULL)
    title = g_strdup (_ ("What if"));
  else
    {
      named = attribute->unit != NULL ? g_strdup_printf ("%s (%s)", label, attribute->unit) : g_strdup (label);
      title = g_strdup_printf (_ ("What if: %s"), named);
    }
  gtk_label_set_text (view->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (view->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view->chart), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/* The point that is looked at, else the house as it is; why there is no curve comes before both */
static char *
make_readout (HpWhatIfView *view)
{
  const GError *error = hp_what_if_get_error (view->what_if);
  const GPtrArray *points = hp_what_if_get_points (view->what_if);
  int cursor = hp_what_if_chart_get_cursor (view->chart), own = hp_what_if_get_own (view->what_if);
  g_autofree char *point = NULL;

  if (error != NULL)
    {
      g_autofree char *why = hp_text_printable (error->message, -1, ERROR_CHARS);

      return g_strdup_printf (_ ("No curve: %s"), why);
    }
  if (points->len == 0 || (cursor < 0 && own < 0))
    return g_strdup ("");
  point = hp_evidence_text_point (hp_what_if_get_attribute (view->what_if), points->pdata[cursor >= 0 ? cursor : own],
                                  hp_what_if_get_currency (view->what_if));
  return cursor < 0 || cursor == own ? g_strdup_printf (_ ("This house, %s"), point) : g_steal_pointer (&point);
}

static void
show_readout (HpWhatIfView *view)
{
  g_autofree char *readout = make_readout (view);
  g_autofree char *summary = hp_evidence_text_what_if (view->what_if);
  g_autofree char *spoken
    = hp_what_if_chart_get_cursor (view->chart) >= 0 || summary == NULL ? g_strdup (readout) : g_strdup (summary);

  gtk_label_set_text (view->readout, readout);
  gtk_widget_set_tooltip_text (GTK_WIDGET (view->readout), *readout != '\0' ? readout : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view->chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
}

/* Why there is no curve is to be read */
static void
show_staleness (HpWhatIfView *view)
{
  gboolean failed = hp_what_if_get_error (view->what_if) != NULL;

  hp_style_set_class (GTK_WIDGET (view->chart), "stale", view->stale || failed);
  hp_style_set_class (GTK_WIDGET (view->readout), "stale", view->stale && !failed);
}

static void
changed_cb (HpWhatIfView *view)
{
  const GError *error = hp_what_if_get_error (view->what_if);
  gboolean any = hp_what_if_get_points (view->what_if)->len > 0;

  show_title (view, hp_what_if_get_attribute (view->what_if));
  hp_what_if_chart_set (view->chart, view->what_if);
  show_readout (view);
  gtk_widget_set_visible (GTK_WIDGET (view->chart), any);
  gtk_widget_set_visible (GTK_WIDGET (view), any || error != NULL);
  show_staleness (view);
}

static void
hp_what_if_view_dispose (GObject *object)
{
  g_clear_object (&HP_WHAT_IF_VIEW (object)->what_if);
  G_OBJECT_CLASS (hp_what_if_view_parent_class)->dispose (object);
}

static void
hp_what_if_view_class_init (HpWhatIfViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hp_what_if_view_dispose;
}

static GtkLabel *
make_label (GtkBox *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static void
hp_what_if_view_init (HpWhatIfView *view)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  view->title = make_label (GTK_BOX (box), "heading");
  gtk_label_set_ellipsize (view->title, PANGO_ELLIPSIZE_END);
  view->readout = make_label (GTK_BOX (box), "numeric");
  /* two lines are kept for it, so that the chart stays where it is */
  gtk_label_set_wrap (view->readout, TRUE);
  gtk_label_set_wrap_mode (view->readout, PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (GTK_WIDGET (view->readout), "dim-label");
  view->chart = HP_WHAT_IF_CHART (hp_what_if_chart_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (view->chart));
  g_signal_connect_object (view->chart, "moved", G_CALLBACK (show_readout), view, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (view), box);
  gtk_widget_set_visible (GTK_WIDGET (view), FALSE);
}

/**
 * hp_what_if_view_new:
 *
 * Returns: (transfer floating): a view without a curve, hidden
 */
GtkWidget *
hp_what_if_view_new (void)
{
  return g_object_new (HP_TYPE_WHAT_IF_VIEW, NULL);
}

/**
 * hp_what_if_view_set_what_if:
 * @view: a view
 * @what_if: whose curve it shows from here on
 */
void
hp_what_if_view_set_what_if (HpWhatIfView *view, HpWhatIf *what_if)
{
  g_return_if_fail (HP_IS_WHAT_IF_VIEW (view) && HP_IS_WHAT_IF (what_if) && view->what_if == NULL);

  view->what_if = g_object_ref (what_if);
  g_signal_connect_object (what_if, "changed", G_CALLBACK (changed_cb), view, G_CONNECT_SWAPPED);
  changed_cb (view);
}

/**
 * hp_what_if_view_set_stale:
 * @view: a view that has a what-if
 * @stale: whether the curve that stands there is of another house than the form's, which has no price
 */
void
hp_what_if_view_set_stale (HpWhatIfView *view, gboolean stale)
{
  g_return_if_fail (HP_IS_WHAT_IF_VIEW (view) && view->what_if != NULL);

  view->stale = stale;
  show_staleness (view);
}

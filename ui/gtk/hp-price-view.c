/* hp-price-view.c - the price, how sure it is, and who says so
 *
 * Every line keeps its place whatever it says, so that the eye finds the figure where it was; only the warnings, which
 * come last, grow and shrink.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-interval-bar.h"
#include "hp-price-view.h"
#include "hp-text.h"
#include "hp-valuation-text.h"

/* What stands where a figure would */
#define NOTHING "–"
/* Longer prices are set smaller, so that they fit the narrowest window */
#define LONG_PRICE 9
/* A server may send any number of warnings */
#define MAX_NOTICES      50
#define MAX_NOTICE_CHARS 600

struct _HpPriceView
{
  AdwBin parent_instance;

  HpLiveValuation *live;
  gboolean valid;
  char *shown; /* (nullable) the price that stands there */
  char *notices_key;

  GtkWidget *group;
  GtkLabel *price;
  GtkSpinner *spinner;
  GtkLabel *level;
  GtkLabel *low;
  HpIntervalBar *bar;
  GtkLabel *high;
  GtkLabel *within;
  GtkLabel *fsd;
  GtkLabel *maker;
  GtkListBox *notices;
};

enum
{
  PROP_PRICE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (HpPriceView, hp_price_view, ADW_TYPE_BIN)

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
set_price (HpPriceView *view, const char *text /* (nullable) */)
{
  gtk_label_set_text (view->price, text != NULL ? text : NOTHING);
  set_class (GTK_WIDGET (view->price), "long", text != NULL && g_utf8_strlen (text, -1) > LONG_PRICE);
  if (g_strcmp0 (view->shown, text) == 0)
    return;
  g_free (view->shown);
  view->shown = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (view), properties[PROP_PRICE]);
}

static void
show_figures (HpPriceView *view, const HpValuation *valuation)
{
  g_autofree char *price = hp_valuation_text_price (valuation);
  g_autofree char *low = hp_valuation_text_low (valuation);
  g_autofree char *high = hp_valuation_text_high (valuation);
  g_autofree char *level = hp_valuation_text_level (valuation);
  g_autofree char *within = hp_valuation_text_confidence (valuation);
  g_autofree char *fsd = hp_valuation_text_fsd (valuation);
  g_autofree char *exact = hp_valuation_text_exact (valuation->predicted_price, valuation->currency);
  g_autofree char *exact_low = hp_valuation_text_exact (valuation->low, valuation->currency);
  g_autofree char *exact_high = hp_valuation_text_exact (valuation->high, valuation->currency);

  set_price (view, price);
  gtk_widget_set_tooltip_text (GTK_WIDGET (view->price), exact);
  gtk_label_set_text (view->level, level);
  gtk_label_set_text (view->low, low);
  gtk_widget_set_tooltip_text (GTK_WIDGET (view->low), exact_low);
  gtk_label_set_text (view->high, high);
  gtk_widget_set_tooltip_text (GTK_WIDGET (view->high), exact_high);
  hp_interval_bar_set_interval (view->bar, valuation->low, valuation->predicted_price, valuation->high);
  gtk_label_set_text (view->within, within);
  gtk_label_set_text (view->fsd, fsd);
}

static void
show_nothing (HpPriceView *view)
{
  set_price (view, NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (view->price), NULL);
  gtk_label_set_text (view->level, _ ("No price"));
  gtk_label_set_text (view->low, NOTHING);
  gtk_widget_set_tooltip_text (GTK_WIDGET (view->low), NULL);
  gtk_label_set_text (view->high, NOTHING);
  gtk_widget_set_tooltip_text (GTK_WIDGET (view->high), NULL);
  hp_interval_bar_set_interval (view->bar, NAN, NAN, NAN);
  gtk_label_set_text (view->within, NOTHING);
  gtk_label_set_text (view->fsd, "");
}

/* A sentence on its own begins with a capital; (transfer full) */
static char *
sentence (const char *text)
{
  gunichar first = g_utf8_get_char (text);
  g_autoptr (GString) sentence = g_string_new (NULL);

  if (*text == '\0')
    return g_strdup ("");
  g_string_append_unichar (sentence, g_unichar_toupper (first));
  g_string_append (sentence, g_utf8_next_char (text));
  return g_string_free (g_steal_pointer (&sentence), FALSE);
}

static void
add_notice (GtkListBox *list, const char *icon, const char *kind, const char *text)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  g_autofree char *printable = hp_text_printable (text, -1, MAX_NOTICE_CHARS);
  g_autofree char *shown = sentence (printable);
  GtkWidget *label = gtk_label_new (shown);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", kind, shown);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (image, kind);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (list, row);
}

static void
clear_notices (HpPriceView *view)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (view->notices, 0)) != NULL)
    gtk_list_box_remove (view->notices, GTK_WIDGET (row));
}

/* Rows are made anew only when they say something else: a pointer or a screen reader may be on one. */
static void
show_notices (HpPriceView *view, const char *error, const GPtrArray *warnings)
{
  guint n = warnings != NULL ? MIN (warnings->len, MAX_NOTICES) : 0;
  g_autoptr (GString) key = g_string_new (error);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (key, "\n%s", ((const HpWarning *) warnings->pdata[i])->message);
  if (g_strcmp0 (key->str, view->notices_key) == 0)
    return;
  g_free (view->notices_key);
  view->notices_key = g_strdup (key->str);
  clear_notices (view);
  if (error != NULL)
    add_notice (view->notices, "dialog-error-symbolic", _ ("Error"), error);
  for (guint i = 0; i < n; i++)
    add_notice (view->notices, "dialog-warning-symbolic", _ ("Warning"),
                ((const HpWarning *) warnings->pdata[i])->message);
  gtk_widget_set_visible (GTK_WIDGET (view->notices), error != NULL || n > 0);
}

static void
update (HpPriceView *view)
{
  const HpValuation *valuation = view->live != NULL ? hp_live_valuation_get_valuation (view->live) : NULL;
  const GError *error = view->live != NULL ? hp_live_valuation_get_error (view->live) : NULL;
  gboolean waiting = view->live != NULL && hp_live_valuation_is_waiting (view->live);
  gboolean provisional = view->live != NULL && hp_live_valuation_is_provisional (view->live);
  gboolean show = valuation != NULL && error == NULL && view->valid;
  g_autofree char *maker = NULL;
  g_autofree char *spoken = NULL;

  gtk_spinner_set_spinning (view->spinner, waiting);
  set_class (view->group, "provisional", show && (provisional || waiting));
  if (show)
    {
      show_figures (view, valuation);
      maker = provisional ? g_strdup (_ ("Valued on this computer; asking the server…"))
                          : hp_valuation_text_maker (valuation);
      spoken = hp_valuation_text_spoken (valuation);
    }
  else
    {
      show_nothing (view);
      maker = g_strdup (!view->valid    ? _ ("Correct what is marked to see the price")
                        : error != NULL ? _ ("This house has no price")
                                        : _ ("Waiting for a price"));
      spoken = g_strdup (maker);
    }
  gtk_label_set_text (view->maker, maker);
  show_notices (view, view->valid && error != NULL ? error->message : NULL, show ? valuation->warnings : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view->group), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (view->group), GTK_ACCESSIBLE_STATE_BUSY, waiting, -1);
}

static void
hp_price_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HpPriceView *view = HP_PRICE_VIEW (object);

  switch (id)
    {
    case PROP_PRICE:
      g_value_set_string (value, view->shown);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hp_price_view_dispose (GObject *object)
{
  HpPriceView *view = HP_PRICE_VIEW (object);

  g_clear_object (&view->live);
  /* Before the template goes, or the bin would let go of a child that is no more */
  adw_bin_set_child (ADW_BIN (view), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (view), HP_TYPE_PRICE_VIEW);
  G_OBJECT_CLASS (hp_price_view_parent_class)->dispose (object);
}

static void
hp_price_view_finalize (GObject *object)
{
  HpPriceView *view = HP_PRICE_VIEW (object);

  g_free (view->shown);
  g_free (view->notices_key);
  G_OBJECT_CLASS (hp_price_view_parent_class)->finalize (object);
}

static void
hp_price_view_class_init (HpPriceViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hp_price_view_get_property;
  object_class->dispose = hp_price_view_dispose;
  object_class->finalize = hp_price_view_finalize;
  /**
   * HpPriceView:price:
   *
   * The price as it stands there, to be copied; %NULL if there is none.
   */
  properties[PROP_PRICE] = g_param_spec_string ("price", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_type_ensure (HP_TYPE_INTERVAL_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/housepricepredictor/HousePrice/hp-price-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, group);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, price);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, spinner);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, level);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, low);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, bar);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, high);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, within);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, fsd);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, maker);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, notices);
}

static void
hp_price_view_init (HpPriceView *view)
{
  view->valid = TRUE;
  gtk_widget_init_template (GTK_WIDGET (view));
  update (view);
}

/**
 * hp_price_view_new:
 *
 * Returns: (transfer floating): a view without a price
 */
GtkWidget *
hp_price_view_new (void)
{
  return g_object_new (HP_TYPE_PRICE_VIEW, NULL);
}

/**
 * hp_price_view_set_live:
 * @view: a view
 * @live: whose valuation it shows from here on
 */
void
hp_price_view_set_live (HpPriceView *view, HpLiveValuation *live)
{
  g_return_if_fail (HP_IS_PRICE_VIEW (view) && HP_IS_LIVE_VALUATION (live) && view->live == NULL);

  view->live = g_object_ref (live);
  g_signal_connect_object (live, "changed", G_CALLBACK (update), view, G_CONNECT_SWAPPED);
  update (view);
}

/**
 * hp_price_view_set_valid:
 * @view: a view
 * @valid: whether the form has no mistakes
 */
void
hp_price_view_set_valid (HpPriceView *view, gboolean valid)
{
  g_return_if_fail (HP_IS_PRICE_VIEW (view));

  if (view->valid == valid)
    return;
  view->valid = valid;
  update (view);
}

/**
 * hp_price_view_get_price:
 * @view: a view
 *
 * Returns: (transfer none) (nullable): the price as it stands there; %NULL if there is none
 */
const char *
hp_price_view_get_price (HpPriceView *view)
{
  g_return_val_if_fail (HP_IS_PRICE_VIEW (view), NULL);

  return view->shown;
}

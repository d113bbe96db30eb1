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
#include "hp-style.h"
#include "hp-valuation-text.h"
#include "hp-warnings-view.h"

/* What stands where a figure would */
#define NOTHING "–"
/* Longer prices are set smaller, so that they fit the narrowest window */
#define LONG_PRICE 9

struct _HpPriceView
{
  AdwBin parent_instance;

  HpLiveValuation *live;
  gboolean valid;
  char *shown; /* (nullable) the price that stands there */

  GtkWidget *group;
  GtkLabel *price;
  GtkSpinner *spinner;
  GtkLabel *level;
  GtkWidget *interval;
  GtkLabel *low;
  HpIntervalBar *bar;
  GtkLabel *high;
  GtkWidget *figures;
  GtkLabel *within;
  GtkLabel *fsd;
  GtkLabel *maker;
  HpWarningsView *warnings;
};

enum
{
  PROP_PRICE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (HpPriceView, hp_price_view, ADW_TYPE_BIN)

static void
set_price (HpPriceView *view, const char *text /* (nullable) */)
{
  gtk_label_set_text (view->price, text != NULL ? text : NOTHING);
  hp_style_set_class (GTK_WIDGET (view->price), "long", text != NULL && g_utf8_strlen (text, -1) > LONG_PRICE);
  if (g_strcmp0 (view->shown, text) == 0)
    return;
  g_free (view->shown);
  view->shown = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (view), properties[PROP_PRICE]);
}

static void
show_interval (HpPriceView *view, const HpValuation *valuation)
{
  g_autofree char *low = hp_valuation_text_low (valuation);
  g_autofree char *high = hp_valuation_text_high (valuation);
  g_autofree char *level = hp_valuation_text_level (valuation);
  g_autofree char *within = hp_valuation_text_confidence (valuation);
  g_autofree char *fsd = hp_valuation_text_fsd (valuation);
  g_autofree char *exact_low = hp_valuation_text_exact (valuation->low, valuation->currency);
  g_autofree char *exact_high = hp_valuation_text_exact (valuation->high, valuation->currency);

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
show_no_interval (HpPriceView *view, const char *why, const char *within)
{
  gtk_label_set_text (view->level, why);
  gtk_label_set_text (view->low, NOTHING);
  gtk_widget_set_tooltip_text (GTK_WIDGET (view->low), NULL);
  gtk_label_set_text (view->high, NOTHING);
  gtk_widget_set_tooltip_text (GTK_WIDGET (view->high), NULL);
  hp_interval_bar_set_interval (view->bar, NAN, NAN, NAN);
  gtk_label_set_text (view->within, within);
  gtk_label_set_text (view->fsd, "");
}

static void
show_figures (HpPriceView *view, const HpValuation *valuation)
{
  g_autofree char *price = hp_valuation_text_price (valuation);
  g_autofree char *exact = hp_valuation_text_exact (valuation->predicted_price, valuation->currency);
  g_autofree char *no_interval = hp_valuation_text_no_interval (valuation);

  set_price (view, price);
  gtk_widget_set_tooltip_text (GTK_WIDGET (view->price), exact);
  /* Not a bar without ends: a sentence instead of it */
  gtk_widget_set_visible (view->interval, no_interval == NULL);
  gtk_widget_set_visible (view->figures, no_interval == NULL);
  hp_style_set_class (GTK_WIDGET (view->level), "caption-heading", no_interval == NULL);
  if (no_interval == NULL)
    show_interval (view, valuation);
  else
    show_no_interval (view, no_interval, "");
}

static void
show_nothing (HpPriceView *view)
{
  set_price (view, NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (view->price), NULL);
  gtk_widget_set_visible (view->interval, TRUE);
  gtk_widget_set_visible (view->figures, TRUE);
  hp_style_set_class (GTK_WIDGET (view->level), "caption-heading", TRUE);
  show_no_interval (view, _ ("No price"), NOTHING);
}

/* Values are missing: their warnings stand above the figures instead of below, and the price steps back */
static void
show_doubt (HpPriceView *view, gboolean doubtful)
{
  GtkBox *box = GTK_BOX (view->group);
  GtkWidget *warnings = GTK_WIDGET (view->warnings);

  hp_style_set_class (view->group, "doubtful", doubtful);
  gtk_box_reorder_child_after (box, warnings, doubtful ? NULL : GTK_WIDGET (view->maker));
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
  hp_style_set_class (view->group, "provisional", show && (provisional || waiting));
  show_doubt (view, show && hp_valuation_text_is_doubtful (valuation));
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
  hp_warnings_view_set (view->warnings, view->valid && error != NULL ? error->message : NULL,
                        show ? valuation->warnings : NULL);
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
  g_type_ensure (HP_TYPE_WARNINGS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/housepricepredictor/HousePrice/hp-price-view.ui");
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, group);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, price);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, spinner);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, level);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, interval);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, low);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, bar);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, high);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, figures);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, within);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, fsd);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, maker);
  gtk_widget_class_bind_template_child (widget_class, HpPriceView, warnings);
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

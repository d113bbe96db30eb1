/* hp-tui-details.c - pages about a valuation: all its reasons and warnings, all about a comparable sale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hp-evidence-text.h"
#include "hp-tui-evidence.h"
#include "hp-tui-page-screen.h"
#include "hp-tui-sale.h"
#include "hp-valuation-text.h"

/* Columns of values on a page */
#define VALUE_WIDTH  20
#define AMOUNT_WIDTH 13

/* Appends text to line so that it takes width columns; right: at their right side */
static void
append_column (GString *line, const char *text, int width, gboolean right)
{
  int columns = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    columns += hp_columns_of (g_utf8_get_char (p));
  if (!right)
    g_string_append (line, text);
  for (int i = columns; i < width; i++)
    g_string_append_c (line, ' ');
  if (right)
    g_string_append (line, text);
}

static void
add_empty (HpTuiScreen *page)
{
  hp_tui_page_add (page, HP_STYLE_NORMAL, NULL, g_strdup (""));
}

static void
add_heading (HpTuiScreen *page, const char *text)
{
  add_empty (page);
  hp_tui_page_add (page, HP_STYLE_HEADING, NULL, g_strdup (text));
}

/* Two columns of values; amount is at the right side of its column */
static void
add_row (HpTuiScreen *page, HpStyle style, const char *label, const char *value, const char *amount)
{
  g_autoptr (GString) line = g_string_new (NULL);

  append_column (line, value, VALUE_WIDTH, FALSE);
  append_column (line, amount, AMOUNT_WIDTH, TRUE);
  hp_tui_page_add (page, style, g_strdup (label), g_string_free (g_steal_pointer (&line), FALSE));
}

static void
add_price (HpTuiScreen *page, const HpTuiView *view)
{
  const HpValuation *valuation = view->valuation;
  g_autofree char *level = hp_valuation_text_level (valuation), *low = hp_valuation_text_low (valuation);
  g_autofree char *high = hp_valuation_text_high (valuation), *within = hp_valuation_text_confidence (valuation);
  g_autofree char *fsd = hp_valuation_text_fsd (valuation), *no_interval = hp_valuation_text_no_interval (valuation);

  hp_tui_page_add (page, HP_STYLE_PRICE, g_strdup (_ ("Price")),
                   hp_valuation_text_exact (valuation->predicted_price, valuation->currency));
  if (no_interval != NULL)
    hp_tui_page_add (page, HP_STYLE_FAINT, NULL, g_steal_pointer (&no_interval));
  else
    {
      hp_tui_page_add (page, HP_STYLE_NORMAL, g_steal_pointer (&level), g_strdup_printf ("%s – %s", low, high));
      hp_tui_page_add (page, HP_STYLE_NORMAL, g_strdup (_ ("Confidence")), g_strdup_printf ("%s  %s", within, fsd));
    }
  hp_tui_page_add (page, HP_STYLE_NORMAL, g_strdup (_ ("Made by")), hp_valuation_text_maker (valuation));
}

static void
add_warnings (HpTuiScreen *page, const HpTuiView *view)
{
  g_autoptr (GPtrArray) warnings = hp_valuation_text_sort_warnings (view->valuation->warnings);

  if (warnings->len > 0)
    add_heading (page, _ ("Warnings"));
  for (guint i = 0; i < warnings->len; i++)
    {
      const HpWarning *warning = warnings->pdata[i];

      hp_tui_page_add (page, hp_valuation_text_is_grave (warning) ? HP_STYLE_ERROR : HP_STYLE_WARNING, NULL,
                       g_strdup (warning->message));
    }
}

/**
 * hp_tui_reasons_page:
 * @app: a program with a valuation
 *
 * Returns: (transfer full): the valuation's warnings and reasons, to the cent
 */
HpTuiScreen *
hp_tui_reasons_page (HpTuiApp *app)
{
  const HpTuiView view = hp_tui_view_new (app, NULL);
  HpTuiScreen *page = hp_tui_page_new (app, _ ("Why"), NULL);
  g_autofree char *base = hp_valuation_text_exact (view.valuation->base_price, NULL);
  g_autofree char *price = hp_valuation_text_exact (view.valuation->predicted_price, NULL);

  add_price (page, &view);
  add_warnings (page, &view);
  add_heading (page, _ ("Reasons"));
  if (!view.valuation->explained)
    {
      hp_tui_page_add (page, HP_STYLE_FAINT, NULL, g_strdup (_ ("Whoever made this price gave no reasons.")));
      return page;
    }
  add_row (page, HP_STYLE_NORMAL, _ ("Base price"), "", base);
  for (guint i = 0; i < view.valuation->contributions->len; i++)
    {
      const HpContribution *reason = view.valuation->contributions->pdata[i];
      g_autofree char *label = hp_tui_view_label (&view, reason->feature),
                      *value = hp_evidence_text_contribution (view.description, reason);
      g_autofree char *number = hp_valuation_text_exact (reason->amount, NULL);
      g_autofree char *amount = g_strconcat (reason->amount >= 0.005 ? "+" : "", number, NULL);

      add_row (page, HP_STYLE_NORMAL, label, value, amount);
    }
  add_row (page, HP_STYLE_PRICE, _ ("Price"), "", price);
  return page;
}

/* What the form holds for an attribute; NULL: it does not ask for it */
static const char *
house_value (HpTuiApp *app, const HpTuiView *view, const char *name)
{
  int field = view->description != NULL ? hp_description_find_attribute (view->description, name) : -1;

  return field >= 0 ? hp_form_get_text (hp_tui_house_get_form (hp_tui_app_get_house (app)), (guint) field) : NULL;
}

static void
add_attribute (HpTuiScreen *page, const HpTuiView *view, const HpComparable *sale, guint i)
{
  const char *name = sale->names->pdata[i], *mine = house_value (view->app, view, name);
  gboolean other = hp_tui_sale_has_other (sale, name);
  g_autofree char *label = hp_tui_view_label (view, name);
  g_autofree char *value = hp_tui_view_value (view, name, sale->values->pdata[i]);
  g_autofree char *house = mine != NULL ? hp_tui_view_value (view, name, mine) : g_strdup ("");
  g_autoptr (GString) line = g_string_new (NULL);

  append_column (line, value, VALUE_WIDTH, FALSE);
  append_column (line, " ", 1, FALSE);
  append_column (line, house, VALUE_WIDTH, FALSE);
  if (other)
    g_string_append (line, _ ("differs"));
  hp_tui_page_add (page, other ? HP_STYLE_VALUE : HP_STYLE_NORMAL, g_steal_pointer (&label),
                   g_string_free (g_steal_pointer (&line), FALSE));
}

/**
 * hp_tui_comparable_page:
 * @app: a program with a valuation
 * @comparable: which of its comparables
 *
 * Returns: (transfer full): all about that sale, beside the house
 */
HpTuiScreen *
hp_tui_comparable_page (HpTuiApp *app, guint comparable)
{
  const HpTuiView view = hp_tui_view_new (app, NULL);
  const HpComparable *sale = view.valuation->comparables->pdata[comparable];
  HpTuiScreen *page = hp_tui_page_new (app, _ ("Comparable sale"), NULL);
  g_autoptr (GString) titles = g_string_new (NULL);

  if (sale->repeat_sale)
    hp_tui_page_add (page, HP_STYLE_NOTICE, NULL, g_strdup (_ ("An earlier sale of the same property")));
  hp_tui_page_add (page, HP_STYLE_NORMAL, g_strdup (_ ("Sold")), hp_tui_sale_date (sale));
  hp_tui_page_add (page, HP_STYLE_PRICE, g_strdup (_ ("Price")), hp_tui_sale_price (&view, sale->price));
  if (isfinite (sale->adjusted_price))
    hp_tui_page_add (page, HP_STYLE_NORMAL, g_strdup (_ ("Adjusted to this house")),
                     hp_tui_sale_price (&view, sale->adjusted_price));
  hp_tui_page_add (page, HP_STYLE_NORMAL, g_strdup (_ ("Similarity")), hp_tui_sale_similarity (sale));
  if (isfinite (sale->distance_km))
    hp_tui_page_add (page, HP_STYLE_NORMAL, g_strdup (_ ("Distance")), hp_tui_sale_distance (sale));
  hp_tui_page_add (page, HP_STYLE_NORMAL, g_strdup (_ ("Row of the training data")),
                   g_strdup_printf ("%" G_GUINT64_FORMAT, sale->row));
  add_empty (page);
  append_column (titles, _ ("This sale"), VALUE_WIDTH, FALSE);
  append_column (titles, " ", 1, FALSE);
  append_column (titles, _ ("The house"), VALUE_WIDTH, FALSE);
  hp_tui_page_add (page, HP_STYLE_HEADING, g_strdup (_ ("Attribute")),
                   g_string_free (g_steal_pointer (&titles), FALSE));
  for (guint i = 0; i < sale->names->len && i < sale->values->len; i++)
    add_attribute (page, &view, sale, i);
  return page;
}

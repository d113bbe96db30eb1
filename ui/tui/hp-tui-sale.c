/* hp-tui-sale.c - what is told of a comparable sale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "hp-display.h"
#include "hp-evidence-text.h"
#include "hp-tui-sale.h"

/**
 * hp_tui_sale_date:
 * @sale: a comparable
 *
 * Returns: (transfer full): when it was sold
 */
char *
hp_tui_sale_date (const HpComparable *sale)
{
  return g_strdup (sale->sale_date != NULL && *sale->sale_date != '\0' ? sale->sale_date : "–");
}

/**
 * hp_tui_sale_price:
 * @view: whose currency
 * @price: what it was sold for, or what that says of the house
 *
 * Returns: (transfer full): the price
 */
char *
hp_tui_sale_price (const HpTuiView *view, double price)
{
  return hp_display_price (price, view->valuation->currency);
}

/**
 * hp_tui_sale_similarity:
 * @sale: a comparable
 *
 * Returns: (transfer full): how similar the model finds it
 */
char *
hp_tui_sale_similarity (const HpComparable *sale)
{
  return hp_evidence_text_similarity (sale);
}

/**
 * hp_tui_sale_distance:
 * @sale: a comparable
 *
 * Returns: (transfer full): how far away it is
 */
char *
hp_tui_sale_distance (const HpComparable *sale)
{
  char *text = hp_evidence_text_distance (sale);

  return text != NULL ? text : g_strdup ("–");
}

/**
 * hp_tui_sale_has_other:
 * @sale: a comparable
 * @name: an attribute
 *
 * Returns: whether its value is known to be another than the house's
 */
gboolean
hp_tui_sale_has_other (const HpComparable *sale, const char *name)
{
  for (guint i = 0; sale->differs != NULL && i < sale->differs->len; i++)
    if (g_str_equal (sale->differs->pdata[i], name))
      return TRUE;
  return FALSE;
}

/**
 * hp_tui_sale_differs:
 * @view: whose labels
 * @sale: a comparable
 *
 * Returns: (transfer full): that it is the same property if it is, and its values that are others than the house's
 */
char *
hp_tui_sale_differs (const HpTuiView *view, const HpComparable *sale)
{
  g_autofree char *differs = hp_evidence_text_differs (view->description, sale);

  if (!sale->repeat_sale)
    return differs != NULL ? g_steal_pointer (&differs) : g_strdup ("–");
  return differs != NULL ? g_strdup_printf (_ ("same property; %s"), differs) : g_strdup (_ ("same property"));
}

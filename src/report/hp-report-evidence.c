/* hp-report-evidence.c - why a house has its value: contributions, and comparable sales side by side with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-report-house-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-display.h"
#include "hp-evidence-text.h"

#define GRID_SALES 5 /* beside the house in one grid, on a page */

/**
 * hp_report_add_reasons:
 * @report: a report
 * @house: a house
 * @with_chart: whether there is a picture of it too
 *
 * Adds what each attribute adds to the base price, and the sum.
 */
void
hp_report_add_reasons (HpReport *report, const HpReportHouse *house, gboolean with_chart)
{
  const HpValuation *valuation = house->valuation;
  g_autofree char *base = NULL, *base_number = NULL, *price = NULL;
  HpReportTable *table;

  if (!valuation->explained || valuation->contributions == NULL)
    return;
  base = hp_display_price (valuation->base_price, valuation->currency);
  base_number = hp_display_number (valuation->base_price, 0);
  price = hp_display_number (valuation->predicted_price, 0);
  hp_report_add_heading (report, 2, _ ("Why this value"));
  hp_report_add_paragraphf (
    report,
    _ ("From the base price of %s, which is that of an average house by this model, each attribute of this house "
       "adds to the value or takes from it."),
    base);
  table = hp_report_add_table (report, _ ("From the base price to the value"));
  hp_report_table_add_column (table, _ ("Attribute"), NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, _ ("This house"), NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, _ ("Contribution"), valuation->currency, HP_COLUMN_RIGHT);
  hp_report_table_add_row (table, HP_TONE_PLAIN, _ ("Base price"), "", base_number, NULL);
  for (guint i = 0; i < valuation->contributions->len; i++)
    {
      const HpContribution *contribution = valuation->contributions->pdata[i];
      g_autofree char *label = hp_evidence_text_feature (house->description, contribution->feature);
      g_autofree char *value = hp_evidence_text_contribution (house->description, contribution);
      g_autofree char *amount = hp_evidence_text_amount (contribution->amount);

      hp_report_table_add_row (table, HP_TONE_PLAIN, label, value, amount, NULL);
    }
  hp_report_table_add_row (table, HP_TONE_STRONG, _ ("Value by the model"), "", price, NULL);
  if (with_chart)
    hp_report_add_house_charts (report, house);
}

static gboolean
differs (const HpComparable *sale, const char *name)
{
  return sale->differs != NULL && g_ptr_array_find_with_equal_func (sale->differs, name, g_str_equal, NULL);
}

static const char *
get_value (const HpComparable *sale, const char *name)
{
  guint i;

  return sale->names != NULL && g_ptr_array_find_with_equal_func (sale->names, name, g_str_equal, &i)
           ? sale->values->pdata[i]
           : NULL;
}

/* A row of the grid about the sales themselves; text: (transfer full) */
static void
add_sale_row (HpReportTable *table, const char *label, const char *own, HpReportTone tone, const GPtrArray *sales,
              guint from, guint n, char *(*text) (const HpComparable *sale, const char *currency), const char *currency)
{
  hp_report_table_begin_row (table, tone);
  hp_report_table_add_cell (table, label);
  hp_report_table_add_cell (table, own);
  for (guint i = from; i < from + n; i++)
    {
      g_autofree char *cell = text (sales->pdata[i], currency);

      hp_report_table_add_cell (table, cell);
    }
}

static char *
price_text (const HpComparable *sale, const char *currency)
{
  return hp_display_price (sale->price, currency);
}

static char *
adjusted_text (const HpComparable *sale, const char *currency)
{
  return hp_display_price (sale->adjusted_price, currency);
}

static char *
date_text (const HpComparable *sale, const char *currency)
{
  return g_strdup (sale->sale_date != NULL ? sale->sale_date : "–");
}

static char *
similarity_text (const HpComparable *sale, const char *currency)
{
  return hp_evidence_text_similarity (sale);
}

static char *
distance_text (const HpComparable *sale, const char *currency)
{
  char *text = hp_evidence_text_distance (sale);

  return text != NULL ? text : g_strdup ("–");
}

/* Where a house is says its distance */
static gboolean
is_place (const HpDescription *description, const char *name)
{
  int i = description != NULL ? hp_description_find_attribute (description, name) : -1;

  return i >= 0 && hp_description_get_attribute (description, i)->is_place;
}

/* Attributes of any of the sales, in the order in which they come */
static GPtrArray *
collect_names (const HpDescription *description, const GPtrArray *sales)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < sales->len; i++)
    {
      const HpComparable *sale = sales->pdata[i];

      for (guint k = 0; sale->names != NULL && k < sale->names->len; k++)
        if (!is_place (description, sale->names->pdata[k])
            && !g_ptr_array_find_with_equal_func (names, sale->names->pdata[k], g_str_equal, NULL))
          g_ptr_array_add (names, sale->names->pdata[k]);
    }
  return names;
}

static gboolean
any_distance (const GPtrArray *sales)
{
  for (guint i = 0; i < sales->len; i++)
    if (isfinite (((HpComparable *) sales->pdata[i])->distance_km))
      return TRUE;
  return FALSE;
}

static void
add_grid (HpReport *report, const HpReportHouse *house, const GPtrArray *names, guint from, guint n)
{
  const GPtrArray *sales = house->valuation->comparables;
  const char *currency = house->valuation->currency;
  g_autofree char *value = hp_display_price (house->valuation->predicted_price, currency);
  HpReportTable *table = hp_report_add_table (report, _ ("Comparable sales beside this house"));

  hp_report_table_add_column (table, NULL, NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, _ ("This house"), NULL, HP_COLUMN_RIGHT);
  for (guint i = from; i < from + n; i++)
    {
      g_autofree char *title = hp_evidence_text_sale (sales->pdata[i]);

      hp_report_table_add_column (table, title, NULL, HP_COLUMN_RIGHT);
    }
  add_sale_row (table, _ ("Similarity"), "", HP_TONE_PLAIN, sales, from, n, similarity_text, currency);
  if (any_distance (sales))
    add_sale_row (table, _ ("Distance"), "", HP_TONE_PLAIN, sales, from, n, distance_text, currency);
  add_sale_row (table, _ ("Sold"), "", HP_TONE_PLAIN, sales, from, n, date_text, currency);
  for (guint k = 0; k < names->len; k++)
    {
      const char *name = names->pdata[k], *own = hp_report_house_get_text (house, name);
      g_autofree char *label = hp_evidence_text_feature (house->description, name);
      g_autofree char *shown = hp_report_house_value (house, name, own);

      hp_report_table_begin_row (table, HP_TONE_PLAIN);
      hp_report_table_add_cell (table, label);
      hp_report_table_add_cell (table, shown);
      for (guint i = from; i < from + n; i++)
        {
          const HpComparable *sale = sales->pdata[i];
          g_autofree char *cell = hp_report_house_value (house, name, get_value (sale, name));

          hp_report_table_add_cell (table, cell)->tone = differs (sale, name) ? HP_TONE_DIFFERS : HP_TONE_PLAIN;
        }
    }
  add_sale_row (table, _ ("Price paid"), "", HP_TONE_PLAIN, sales, from, n, price_text, currency);
  add_sale_row (table, _ ("Adjusted to this house"), value, HP_TONE_STRONG, sales, from, n, adjusted_text, currency);
}

/**
 * hp_report_add_comparables:
 * @report: a report
 * @house: a house
 *
 * Adds the comparable sales in grids, a few in each, with what differs marked and the prices adjusted.
 */
void
hp_report_add_comparables (HpReport *report, const HpReportHouse *house)
{
  const GPtrArray *sales = house->valuation->comparables;
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *from_text = NULL, *to_text = NULL;
  double low = INFINITY, high = -INFINITY;

  if (sales == NULL || sales->len == 0)
    return;
  hp_report_add_heading (report, 2, _ ("Comparable sales"));
  for (guint i = 0; i < sales->len; i++)
    {
      double adjusted = ((HpComparable *) sales->pdata[i])->adjusted_price;

      if (isfinite (adjusted))
        {
          low = fmin (low, adjusted);
          high = fmax (high, adjusted);
        }
    }
  from_text = hp_display_price (low, house->valuation->currency);
  to_text = hp_display_price (high, house->valuation->currency);
  hp_report_add_paragraph (report,
                           _ ("The sales that the model treats most like this house, each named by its row in the "
                              "training data. What differs from this house is marked."));
  if (isfinite (low))
    hp_report_add_paragraphf (report, _ ("Adjusted to this house their prices go from %s to %s."), from_text, to_text);
  names = collect_names (house->description, sales);
  for (guint from = 0; from < sales->len; from += GRID_SALES)
    add_grid (report, house, names, from, MIN (GRID_SALES, sales->len - from));
}

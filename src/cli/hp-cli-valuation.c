/* hp-cli-valuation.c - a valuation as a person reads it in a terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-cli-predict.h"
#include "hp-evidence-text.h"
#include "hp-text.h"
#include "hp-valuation-text.h"

static void
append_price (GString *text, HpCli *cli, const HpValuation *valuation)
{
  g_autofree char *price = hp_valuation_text_price (valuation), *level = hp_valuation_text_level (valuation);
  g_autofree char *low = hp_valuation_text_low (valuation), *high = hp_valuation_text_high (valuation);
  g_autofree char *within = hp_display_percent (valuation->within_10_percent, 0);
  g_autofree char *fsd = hp_display_number (valuation->fsd, 2);

  hp_cli_append_styled (text, cli->color_stdout, HP_STYLE_BOLD, price);
  g_string_append_c (text, '\n');
  if (isnan (valuation->low))
    return;
  g_string_append_printf (text, "%s   %s – %s\n", level, low, high);
  g_string_append_printf (text, _ ("within 10 %%     %s of houses like it (FSD %s)\n"), within, fsd);
}

static void
append_reasons (GString *text, HpCli *cli, const HpValuation *valuation, const HpDescription *description)
{
  const char *const titles[] = { _ ("Why"), "", _ ("Amount"), NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "lrr");
  g_autofree char *base = hp_display_price (valuation->base_price, valuation->currency);
  g_autofree char *total = hp_display_price (valuation->predicted_price, valuation->currency);

  hp_cli_table_add (table, HP_STYLE_NONE, _ ("Base price"), "", base, NULL);
  for (guint i = 0; i < valuation->contributions->len; i++)
    {
      const HpContribution *part = valuation->contributions->pdata[i];
      g_autofree char *label = hp_evidence_text_feature (description, part->feature);
      g_autofree char *value = hp_evidence_text_contribution (description, part);
      g_autofree char *amount = hp_evidence_text_amount (part->amount);

      hp_cli_table_add (table, HP_STYLE_NONE, label, value, amount, NULL);
    }
  hp_cli_table_add (table, HP_STYLE_BOLD, _ ("Predicted price"), "", total, NULL);
  g_string_append_c (text, '\n');
  hp_cli_table_append (table, text, cli->color_stdout);
}

static gboolean
any_distance (const HpValuation *valuation)
{
  for (guint i = 0; i < valuation->comparables->len; i++)
    if (!isnan (((HpComparable *) valuation->comparables->pdata[i])->distance_km))
      return TRUE;
  return FALSE;
}

static void
append_comparables (GString *text, HpCli *cli, const HpValuation *valuation, const HpDescription *description)
{
  gboolean distances = any_distance (valuation);
  const char *const near[] = { _ ("Similar sale"), _ ("Similarity"), _ ("Sold"),         _ ("Price"),
                               _ ("Adjusted"),     _ ("km"),         _ ("What differs"), NULL };
  const char *const plain[]
    = { _ ("Similar sale"), _ ("Similarity"), _ ("Sold"), _ ("Price"), _ ("Adjusted"), _ ("What differs"), NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (distances ? near : plain, distances ? "lrlrrrl" : "lrlrrl");

  for (guint i = 0; i < valuation->comparables->len; i++)
    {
      const HpComparable *sale = valuation->comparables->pdata[i];
      g_autofree char *row
        = g_strdup_printf (sale->repeat_sale ? _ ("row %lu, same property") : _ ("row %lu"), (gulong) sale->row);
      g_autofree char *similarity = hp_evidence_text_similarity (sale);
      g_autofree char *price = hp_display_price (sale->price, valuation->currency);
      g_autofree char *adjusted
        = isnan (sale->adjusted_price) ? g_strdup ("–") : hp_display_price (sale->adjusted_price, valuation->currency);
      g_autofree char *distance = isnan (sale->distance_km) ? g_strdup ("–") : hp_display_number (sale->distance_km, 1);
      g_autofree char *differences = hp_evidence_text_differs (description, sale);
      const char *sold = sale->sale_date != NULL ? sale->sale_date : "–",
                 *differs = differences != NULL ? differences : "–";

      if (distances)
        hp_cli_table_add (table, HP_STYLE_NONE, row, similarity, sold, price, adjusted, distance, differs, NULL);
      else
        hp_cli_table_add (table, HP_STYLE_NONE, row, similarity, sold, price, adjusted, differs, NULL);
    }
  g_string_append_c (text, '\n');
  hp_cli_table_append (table, text, cli->color_stdout);
}

/**
 * hp_cli_valuation_text:
 * @cli: the context
 * @valuation: a valuation
 * @description: of the version that made it, for labels and units
 *
 * Returns: (transfer full): price, interval, confidence, reasons, similar sales, warnings, and who made it
 */
char *
hp_cli_valuation_text (HpCli *cli, const HpValuation *valuation, const HpDescription *description)
{
  GString *text = g_string_new (NULL);

  append_price (text, cli, valuation);
  if (valuation->explained)
    append_reasons (text, cli, valuation, description);
  if (valuation->comparables != NULL && valuation->comparables->len > 0)
    append_comparables (text, cli, valuation, description);
  g_string_append_c (text, '\n');
  for (guint i = 0; valuation->warnings != NULL && i < valuation->warnings->len; i++)
    {
      const HpWarning *warning = valuation->warnings->pdata[i];
      g_autofree char *shown = hp_text_printable (warning->message, -1, 0);

      hp_cli_append_styled (text, cli->color_stdout, HP_STYLE_WARN, _ ("warning:"));
      g_string_append_printf (text, " %s\n", shown);
    }
  g_string_append_printf (text, _ ("Valued by %s version %s (%s)\n"), valuation->model, valuation->version,
                          valuation->source);
  return g_string_free (text, FALSE);
}

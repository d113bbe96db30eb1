/* hp-cli-valuation.c - a valuation as a person reads it in a terminal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-cli-predict.h"
#include "hp-text.h"
#include "hp-valuation-text.h"

static const HpAttribute *
find_attribute (const HpDescription *description, const char *name)
{
  int i = hp_description_find_attribute (description, name);

  return i >= 0 ? hp_description_get_attribute (description, i) : NULL;
}

static char *
feature_value (const HpDescription *description, const HpContribution *part)
{
  const HpAttribute *attribute = find_attribute (description, part->feature);
  gboolean whole = part->is_number && part->number == rint (part->number);
  g_autofree char *number = NULL;

  if (!part->is_number)
    return g_strdup (part->value != NULL ? part->value : "–");
  if (!isfinite (part->number))
    return g_strdup ("–");
  /* A year is not a quantity: no separators in it. */
  if (whole && fabs (part->number) < 10000 && (attribute == NULL || attribute->unit == NULL))
    return g_strdup_printf ("%.0f", part->number);
  number = hp_display_number (part->number, whole ? 0 : 2);
  return attribute != NULL && attribute->unit != NULL ? g_strdup_printf ("%s %s", number, attribute->unit)
                                                      : g_steal_pointer (&number);
}

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
      g_autofree char *label = hp_description_feature_label (description, part->feature);
      g_autofree char *value = feature_value (description, part);
      g_autofree char *number = hp_display_number (part->amount, 0);
      g_autofree char *amount = g_strconcat (part->amount > 0 ? "+" : "", number, NULL);

      hp_cli_table_add (table, HP_STYLE_NONE, label, value, amount, NULL);
    }
  hp_cli_table_add (table, HP_STYLE_BOLD, _ ("Predicted price"), "", total, NULL);
  g_string_append_c (text, '\n');
  hp_cli_table_append (table, text, cli->color_stdout);
}

static char *
comparable_attributes (const HpComparable *sale)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < sale->names->len && i < sale->values->len; i++)
    {
      const char *value = sale->values->pdata[i];

      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", value != NULL ? value : "–");
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
append_comparables (GString *text, HpCli *cli, const HpValuation *valuation)
{
  const char *const titles[]
    = { _ ("Similar sale"), _ ("Similarity"), _ ("Price"), _ ("Sold"), _ ("Attributes"), NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "lrrll");

  for (guint i = 0; i < valuation->comparables->len; i++)
    {
      const HpComparable *sale = valuation->comparables->pdata[i];
      g_autofree char *row = g_strdup_printf (_ ("row %lu"), (gulong) sale->row);
      g_autofree char *similarity = hp_display_number (sale->similarity, 2);
      g_autofree char *price = hp_display_price (sale->price, valuation->currency);
      g_autofree char *attributes = comparable_attributes (sale);

      hp_cli_table_add (table, HP_STYLE_NONE, row, similarity, price, sale->sale_date != NULL ? sale->sale_date : "–",
                        attributes, NULL);
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
    append_comparables (text, cli, valuation);
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

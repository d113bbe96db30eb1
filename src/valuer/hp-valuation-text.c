/* hp-valuation-text.c - a valuation in words and figures, as the command line writes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-display.h"
#include "hp-text.h"
#include "hp-valuation-text.h"

/* Bounds are known to no more than a hundred when the interval is wider than this share of the price. */
#define COARSE_WIDTH 0.02
/* A server's name for a version is not longer than this where it is shown */
#define VERSION_CHARS 20

static double
bound_step (const HpValuation *valuation)
{
  return valuation->high - valuation->low > COARSE_WIDTH * valuation->predicted_price ? 100 : 1;
}

static char *
level_number (const HpValuation *valuation)
{
  double percent = 100 * valuation->level;

  return hp_display_number (percent, fabs (percent - rint (percent)) > 1e-9);
}

/**
 * hp_valuation_text_price:
 * @valuation: a valuation
 *
 * Returns: (transfer full): the price in whole units of the currency
 */
char *
hp_valuation_text_price (const HpValuation *valuation)
{
  return hp_display_price (valuation->predicted_price, valuation->currency);
}

/**
 * hp_valuation_text_low:
 * @valuation: a valuation
 *
 * Returns: (transfer full): the lower end of the interval, no more precise than it is known
 */
char *
hp_valuation_text_low (const HpValuation *valuation)
{
  return hp_display_price_rounded (valuation->low, bound_step (valuation), valuation->currency);
}

/**
 * hp_valuation_text_high:
 * @valuation: a valuation
 *
 * Returns: (transfer full): the upper end of the interval, no more precise than it is known
 */
char *
hp_valuation_text_high (const HpValuation *valuation)
{
  return hp_display_price_rounded (valuation->high, bound_step (valuation), valuation->currency);
}

/**
 * hp_valuation_text_level:
 * @valuation: a valuation
 *
 * Returns: (transfer full): how sure the interval is
 */
char *
hp_valuation_text_level (const HpValuation *valuation)
{
  g_autofree char *level = level_number (valuation);

  return g_strdup_printf (_ ("%s %% interval"), level);
}

/**
 * hp_valuation_text_confidence:
 * @valuation: a valuation
 *
 * Returns: (transfer full): how many houses like it sold within a tenth of their price
 */
char *
hp_valuation_text_confidence (const HpValuation *valuation)
{
  g_autofree char *within = hp_display_percent (valuation->within_10_percent, 0);

  return g_strdup_printf (_ ("within 10 %%: %s"), within);
}

/**
 * hp_valuation_text_fsd:
 * @valuation: a valuation
 *
 * Returns: (transfer full): the forecast standard deviation
 */
char *
hp_valuation_text_fsd (const HpValuation *valuation)
{
  g_autofree char *fsd = hp_display_number (valuation->fsd, 2);

  return g_strdup_printf (_ ("FSD %s"), fsd);
}

/**
 * hp_valuation_text_exact:
 * @price: a price
 * @currency: (nullable): its currency
 *
 * Returns: (transfer full): the price to the cent
 */
char *
hp_valuation_text_exact (double price, const char *currency)
{
  g_autofree char *number = hp_display_number (price, 2);

  return currency != NULL ? g_strdup_printf ("%s %s", number, currency) : g_steal_pointer (&number);
}

/**
 * hp_valuation_text_maker:
 * @valuation: a valuation
 *
 * Returns: (transfer full): which version made it, and where
 */
char *
hp_valuation_text_maker (const HpValuation *valuation)
{
  g_autofree char *version = hp_text_printable (valuation->version, -1, VERSION_CHARS);

  return g_strcmp0 (valuation->source, "server") == 0
           ? g_strdup_printf (_ ("Valued by version %s on the server"), version)
           : g_strdup_printf (_ ("Valued by version %s on this computer"), version);
}

/**
 * hp_valuation_text_spoken:
 * @valuation: a valuation
 *
 * Returns: (transfer full): price, interval, confidence and warnings as sentences
 */
char *
hp_valuation_text_spoken (const HpValuation *valuation)
{
  g_autofree char *price = hp_valuation_text_price (valuation);
  g_autofree char *low = hp_valuation_text_low (valuation);
  g_autofree char *high = hp_valuation_text_high (valuation);
  g_autofree char *level = level_number (valuation);
  g_autofree char *within = hp_display_percent (valuation->within_10_percent, 0);
  g_autofree char *maker = hp_valuation_text_maker (valuation);
  guint n = valuation->warnings != NULL ? valuation->warnings->len : 0;
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (
    text,
    _ ("Price %s. With %s percent certainty between %s and %s. %s of houses like it sold within 10 percent "
       "of their price. %s."),
    price, level, low, high, within, maker);
  if (n > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%u warning.", "%u warnings.", n), n);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

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
#define COARSE_PRICE 10000
/* A server's name for a version is not longer than this where it is shown */
#define VERSION_CHARS 20
/* A server's reason for having no interval */
#define REASON_CHARS 300

/**
 * hp_valuation_text_bound_step:
 * @price: a price
 * @low: the lower end of its interval
 * @high: the upper end
 *
 * Returns: what the ends are rounded to where they are shown: a hundred, unless the interval is narrow, or a hundred is
 * no small part of the price (a model may tell prices in thousands)
 */
double
hp_valuation_text_bound_step (double price, double low, double high)
{
  return high - low > COARSE_WIDTH * price && price >= COARSE_PRICE ? 100 : 1;
}

static double
bound_step (const HpValuation *valuation)
{
  return hp_valuation_text_bound_step (valuation->predicted_price, valuation->low, valuation->high);
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
 * hp_valuation_text_is_grave:
 * @warning: a warning
 *
 * Returns: whether it takes the trust from a price, which does without a value that the model needs
 */
gboolean
hp_valuation_text_is_grave (const HpWarning *warning)
{
  return g_strcmp0 (warning->code, "no_value") == 0;
}

/**
 * hp_valuation_text_is_said_elsewhere:
 * @warning: a warning
 *
 * Returns: whether it is what hp_valuation_text_no_interval() says where the interval would be
 */
gboolean
hp_valuation_text_is_said_elsewhere (const HpWarning *warning)
{
  return g_strcmp0 (warning->code, "no_interval") == 0;
}

/**
 * hp_valuation_text_sort_warnings:
 * @warnings: (nullable) (element-type HpWarning): of a valuation
 *
 * Returns: (transfer container) (element-type HpWarning): those that are not said elsewhere, grave ones first
 */
GPtrArray *
hp_valuation_text_sort_warnings (const GPtrArray *warnings)
{
  GPtrArray *sorted = g_ptr_array_new ();

  for (int grave = 1; grave >= 0; grave--)
    for (guint i = 0; warnings != NULL && i < warnings->len; i++)
      if (hp_valuation_text_is_grave (warnings->pdata[i]) == grave
          && !hp_valuation_text_is_said_elsewhere (warnings->pdata[i]))
        g_ptr_array_add (sorted, warnings->pdata[i]);
  return sorted;
}

/**
 * hp_valuation_text_is_doubtful:
 * @valuation: a valuation
 *
 * Returns: whether the house lacks a value that the model needs, so that its price is not to be trusted
 */
gboolean
hp_valuation_text_is_doubtful (const HpValuation *valuation)
{
  for (guint i = 0; valuation->warnings != NULL && i < valuation->warnings->len; i++)
    if (hp_valuation_text_is_grave (valuation->warnings->pdata[i]))
      return TRUE;
  return FALSE;
}

/**
 * hp_valuation_text_no_interval:
 * @valuation: a valuation
 *
 * Returns: (transfer full) (nullable): why it has no interval; %NULL if it has one
 */
char *
hp_valuation_text_no_interval (const HpValuation *valuation)
{
  if (isfinite (valuation->low))
    return NULL;
  for (guint i = 0; valuation->warnings != NULL && i < valuation->warnings->len; i++)
    {
      const HpWarning *warning = valuation->warnings->pdata[i];
      g_autofree char *why = NULL;

      if (!hp_valuation_text_is_said_elsewhere (warning))
        continue;
      why = hp_text_printable (warning->message, -1, REASON_CHARS);
      return g_strdup_printf (_ ("No interval: %s"), why);
    }
  return g_strdup (_ ("No interval: this version does not know how sure it is"));
}

/* What is said of the interval: how far, and how sure; or why there is none */
static char *
interval_spoken (const HpValuation *valuation)
{
  g_autofree char *low = hp_valuation_text_low (valuation);
  g_autofree char *high = hp_valuation_text_high (valuation);
  g_autofree char *level = level_number (valuation);
  g_autofree char *within = hp_display_percent (valuation->within_10_percent, 0);
  g_autofree char *none = hp_valuation_text_no_interval (valuation);

  if (none != NULL)
    return g_strdup_printf ("%s.", none);
  return g_strdup_printf (_ ("With %s percent certainty between %s and %s. %s of houses like it sold within 10 percent "
                             "of their price."),
                          level, low, high, within);
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
  g_autofree char *interval = interval_spoken (valuation);
  g_autofree char *maker = hp_valuation_text_maker (valuation);
  guint n = valuation->warnings != NULL ? valuation->warnings->len : 0;
  g_autoptr (GString) text = g_string_new (NULL);

  if (hp_valuation_text_is_doubtful (valuation))
    g_string_append_printf (text, "%s. ", _ ("This price is not to be trusted: values are missing"));
  g_string_append_printf (text, _ ("Price %s. %s %s."), price, interval, maker);
  if (n > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%u warning.", "%u warnings.", n), n);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

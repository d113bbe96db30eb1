/* hp-what-if-text.c - what a what-if curve shows, in words and figures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-attribute-text.h"
#include "hp-display.h"
#include "hp-evidence-text.h"
#include "hp-text.h"
#include "hp-valuation-text.h"

/* Of a stranger's names and values */
#define MAX_CHARS 60

/**
 * hp_evidence_text_point:
 * @attribute: what is varied
 * @point: a value of it, and the price there
 * @currency: (nullable): of the price
 *
 * Returns: (transfer full): value, price and interval
 */
char *
hp_evidence_text_point (const HpAttribute *attribute, const HpWhatIfPoint *point, const char *currency)
{
  g_autofree char *value
    = *point->text == '\0' ? g_strdup (_ ("as it is")) : hp_attribute_text_value (attribute, point->text);
  g_autofree char *price = hp_display_price (point->price, currency);
  double step = hp_valuation_text_bound_step (point->price, point->low, point->high);
  g_autofree char *low = hp_display_price_rounded (point->low, step, currency);
  g_autofree char *high = hp_display_price_rounded (point->high, step, currency);

  if (isfinite (point->low))
    return g_strdup_printf ("%s: %s (%s – %s)", value, price, low, high);
  return g_strdup_printf ("%s: %s", value, price);
}

/**
 * hp_evidence_text_what_if:
 * @what_if: a what-if
 *
 * Returns: (transfer full) (nullable): what is varied, the least and the greatest price, and that of the house as it
 * is; %NULL if there is no curve
 */
char *
hp_evidence_text_what_if (HpWhatIf *what_if)
{
  const GPtrArray *points = hp_what_if_get_points (what_if);
  const HpAttribute *attribute = hp_what_if_get_attribute (what_if);
  const char *currency = hp_what_if_get_currency (what_if);
  const HpWhatIfPoint *least, *most;
  int own = hp_what_if_get_own (what_if);
  g_autofree char *label = NULL, *lower = NULL, *upper = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (points->len == 0)
    return NULL;
  least = most = points->pdata[0];
  for (guint i = 1; i < points->len; i++)
    {
      const HpWhatIfPoint *point = points->pdata[i];

      least = point->price < least->price ? point : least;
      most = point->price > most->price ? point : most;
    }
  label = hp_text_printable (attribute->label, -1, MAX_CHARS);
  lower = hp_evidence_text_point (attribute, least, currency);
  upper = hp_evidence_text_point (attribute, most, currency);
  g_string_append_printf (text, _ ("Price if %s were another. Least: %s. Greatest: %s."), label, lower, upper);
  if (own >= 0)
    {
      g_autofree char *here = hp_evidence_text_point (attribute, points->pdata[own], currency);

      g_string_append_c (text, ' ');
      g_string_append_printf (text, _ ("This house: %s."), here);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

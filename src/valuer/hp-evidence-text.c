/* hp-evidence-text.c - why a house has its price, in words and figures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-attribute-text.h"
#include "hp-display.h"
#include "hp-evidence-text.h"
#include "hp-text.h"

/* Of a stranger's names and values */
#define MAX_CHARS 60

static const HpAttribute *
find (const HpDescription *description, const char *name)
{
  int i = description != NULL ? hp_description_find_attribute (description, name) : -1;

  return i >= 0 ? hp_description_get_attribute (description, i) : NULL;
}

/**
 * hp_evidence_text_feature:
 * @description: (nullable): of the version that made the price
 * @feature: an attribute, or what is derived from some
 *
 * Returns: (transfer full): what people call it
 */
char *
hp_evidence_text_feature (const HpDescription *description, const char *feature)
{
  g_autofree char *label
    = description != NULL ? hp_description_feature_label (description, feature) : g_strdup (feature);

  return hp_text_printable (label, -1, MAX_CHARS);
}

/**
 * hp_evidence_text_contribution:
 * @description: (nullable): of the version that made the price
 * @contribution: a contribution
 *
 * Returns: (transfer full): the value that contributes; a dash if the house doesn't say
 */
char *
hp_evidence_text_contribution (const HpDescription *description, const HpContribution *contribution)
{
  const HpAttribute *attribute = find (description, contribution->feature);

  if (attribute != NULL)
    return hp_attribute_text_value (attribute, contribution->value);
  if (contribution->value == NULL)
    return g_strdup ("–");
  /* derived, in whatever precision a division leaves */
  if (contribution->is_number)
    return hp_display_number (contribution->number, contribution->number == rint (contribution->number) ? 0 : 2);
  return hp_text_printable (contribution->value, -1, MAX_CHARS);
}

/**
 * hp_evidence_text_labels:
 * @description: (nullable): of the version that made the price
 * @contributions: (element-type HpContribution): what a price is made of
 *
 * Returns: (transfer full) (array zero-terminated=1): of each, the attribute and its value
 */
char **
hp_evidence_text_labels (const HpDescription *description, const GPtrArray *contributions)
{
  char **labels = g_new0 (char *, contributions->len + 1);

  for (guint i = 0; i < contributions->len; i++)
    {
      const HpContribution *contribution = contributions->pdata[i];
      g_autofree char *feature = hp_evidence_text_feature (description, contribution->feature);
      g_autofree char *value = hp_evidence_text_contribution (description, contribution);

      /* Translators: an attribute and its value */
      labels[i] = g_strdup_printf (_ ("%s: %s"), feature, value);
    }
  return labels;
}

/**
 * hp_evidence_text_amount:
 * @amount: by how much a price is more or less
 *
 * Returns: (transfer full): it in whole units, with its sign
 */
char *
hp_evidence_text_amount (double amount)
{
  g_autofree char *number = hp_display_number (amount, 0);

  return amount >= 0.5 ? g_strconcat ("+", number, NULL) : g_steal_pointer (&number);
}

/**
 * hp_evidence_text_others:
 * @n: how many contributions are added up
 *
 * Returns: (transfer full): what their sum is called
 */
char *
hp_evidence_text_others (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u other", "%u others", n), n);
}

/**
 * hp_evidence_text_reasons:
 * @description: (nullable): of the version that made the price
 * @valuation: a valuation with contributions
 *
 * Returns: (transfer full): base price, contributions and price as sentences
 */
char *
hp_evidence_text_reasons (const HpDescription *description, const HpValuation *valuation)
{
  g_autofree char *base = hp_display_price (valuation->base_price, valuation->currency);
  g_autofree char *price = hp_display_price (valuation->predicted_price, valuation->currency);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Base price %s."), base);
  for (guint i = 0; i < valuation->contributions->len; i++)
    {
      const HpContribution *contribution = valuation->contributions->pdata[i];
      g_autofree char *label = hp_evidence_text_feature (description, contribution->feature);
      g_autofree char *value = hp_evidence_text_contribution (description, contribution);
      g_autofree char *amount = hp_evidence_text_amount (contribution->amount);

      g_string_append_printf (text, " %s %s: %s.", label, value, amount);
    }
  g_string_append_c (text, ' ');
  g_string_append_printf (text, _ ("Together %s."), price);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * hp_evidence_text_sale:
 * @comparable: a comparable sale
 *
 * Returns: (transfer full): by what it is found in the training data
 */
char *
hp_evidence_text_sale (const HpComparable *comparable)
{
  return g_strdup_printf (_ ("Sale %" G_GUINT64_FORMAT), comparable->row);
}

/**
 * hp_evidence_text_similarity:
 * @comparable: a comparable sale
 *
 * Returns: (transfer full): how similar it is
 */
char *
hp_evidence_text_similarity (const HpComparable *comparable)
{
  return hp_display_percent (comparable->similarity, 0);
}

/**
 * hp_evidence_text_distance:
 * @comparable: a comparable sale
 *
 * Returns: (transfer full) (nullable): how far away it is; %NULL if that is not known
 */
char *
hp_evidence_text_distance (const HpComparable *comparable)
{
  g_autofree char *number = NULL;

  if (!isfinite (comparable->distance_km))
    return NULL;
  number = hp_display_number (comparable->distance_km, comparable->distance_km < 10 ? 1 : 0);
  return g_strdup_printf (_ ("%s km"), number);
}

static const char *
get_value (const HpComparable *comparable, const char *name)
{
  guint i;

  return g_ptr_array_find_with_equal_func (comparable->names, name, g_str_equal, &i)
           ? g_ptr_array_index (comparable->values, i)
           : NULL;
}

/**
 * hp_evidence_text_differs:
 * @description: (nullable): of the version that made the price
 * @comparable: a comparable sale
 *
 * Returns: (transfer full) (nullable): what is not the same, with the sale's own values; %NULL if that is not known
 */
char *
hp_evidence_text_differs (const HpDescription *description, const HpComparable *comparable)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (comparable->differs == NULL)
    return NULL;
  for (guint i = 0; i < comparable->differs->len; i++)
    {
      const char *name = comparable->differs->pdata[i];
      const HpAttribute *attribute = find (description, name);
      const char *plain = get_value (comparable, name);
      g_autofree char *label = hp_evidence_text_feature (description, name);
      g_autofree char *value = attribute != NULL ? hp_attribute_text_value (attribute, plain)
                                                 : hp_text_printable (plain != NULL ? plain : "–", -1, MAX_CHARS);

      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", label, value);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : g_strdup (_ ("no difference"));
}

/**
 * hp_evidence_text_comparable:
 * @description: (nullable): of the version that made the price
 * @comparable: a comparable sale
 * @currency: (nullable): of its price
 *
 * Returns: (transfer full): all that is known of it, as a sentence
 */
char *
hp_evidence_text_comparable (const HpDescription *description, const HpComparable *comparable, const char *currency)
{
  g_autofree char *sale = hp_evidence_text_sale (comparable);
  g_autofree char *price = hp_display_price (comparable->price, currency);
  g_autofree char *adjusted = hp_display_price (comparable->adjusted_price, currency);
  g_autofree char *similarity = hp_evidence_text_similarity (comparable);
  g_autofree char *distance = hp_evidence_text_distance (comparable);
  g_autofree char *differs = hp_evidence_text_differs (description, comparable);
  g_autoptr (GString) text = g_string_new (sale);

  if (comparable->repeat_sale)
    g_string_append_printf (text, ", %s", _ ("the same property"));
  if (comparable->sale_date != NULL)
    {
      g_autofree char *date = hp_text_printable (comparable->sale_date, -1, MAX_CHARS);

      g_string_append (text, ", ");
      g_string_append_printf (text, _ ("sold %s"), date);
    }
  g_string_append_printf (text, ", %s", price);
  if (isfinite (comparable->adjusted_price))
    {
      g_string_append (text, ", ");
      g_string_append_printf (text, _ ("adjusted %s"), adjusted);
    }
  g_string_append (text, ", ");
  g_string_append_printf (text, _ ("similarity %s"), similarity);
  if (distance != NULL)
    g_string_append_printf (text, ", %s", distance);
  if (differs != NULL)
    {
      g_string_append (text, ", ");
      g_string_append_printf (text, _ ("differs: %s"), differs);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

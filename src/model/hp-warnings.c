/* hp-warnings.c - what is odd about a house, in words and in codes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-number.h"
#include "hp-predictor-private.h"
#include "hp-text.h"

int
_hp_house_negative_age (const HpHouse *house, const HpPreprocessor *pre, HpDate effective)
{
  for (guint k = 0; k < pre->named->len; k++)
    {
      const HpNamed *named = _hp_preprocessor_named (pre, k);

      if (_hp_named_is_negative_age (pre, named, house, effective))
        return named->a;
    }
  return -1;
}

/* A value as people write it; buffer: HP_NUMBER_BUFFER bytes */
static const char *
show (char *buffer, const HpAttribute *attribute, double value)
{
  if (attribute->type == HP_COLUMN_CATEGORY)
    return attribute->choices[(guint) value];
  if (attribute->type == HP_COLUMN_DATE)
    hp_date_format (buffer, (HpDate) value);
  else
    hp_number_format (buffer, value);
  return buffer;
}

static void
warn_out_of_range (HpValuation *valuation, const HpAttribute *attribute, double value)
{
  char given[HP_NUMBER_BUFFER], low[HP_NUMBER_BUFFER], high[HP_NUMBER_BUFFER];
  const char *space = attribute->unit != NULL ? " " : "", *unit = attribute->unit != NULL ? attribute->unit : "";

  hp_valuation_add_warning (valuation, "out_of_range", attribute->name,
                            _ ("%s: %s%s%s is outside what training saw (%s to %s), so the price is extrapolated"),
                            attribute->label, show (given, attribute, value), space, unit,
                            show (low, attribute, attribute->seen_min), show (high, attribute, attribute->seen_max));
}

static void
warn_unseen (HpValuation *valuation, const HpAttribute *attribute, const char *written, gboolean does_without)
{
  const char *suggestion = NULL;

  if (written == NULL)
    written = "";
  suggestion = hp_text_suggest (written, (const char *const *) attribute->choices);
  if (suggestion != NULL)
    hp_valuation_add_warning (
      valuation, "unseen_category", attribute->name,
      does_without ? _ ("%s: this model has not seen \"%s\" and does without it; did you mean \"%s\"?")
                   : _ ("%s: this model has not seen \"%s\" and takes it for an average one; did you mean \"%s\"?"),
      attribute->label, written, suggestion);
  else
    hp_valuation_add_warning (valuation, "unseen_category", attribute->name,
                              does_without ? _ ("%s: this model has not seen \"%s\" and does without it")
                                           : _ ("%s: this model has not seen \"%s\" and takes it for an average one"),
                              attribute->label, written);
}

void
_hp_valuation_warn_house (HpValuation *valuation, const HpPreprocessor *pre, const HpHouse *house, HpDate effective)
{
  int newer = _hp_house_negative_age (house, pre, effective);
  char buffer[HP_NUMBER_BUFFER], date[HP_DATE_BUFFER];

  for (guint i = 0; i < house->n; i++)
    {
      const HpAttribute *attribute = &_hp_preprocessor_input (pre, i)->attribute;
      double raw = house->raw[i];

      if (house->flags[i] & HP_FLAG_UNSEEN)
        warn_unseen (valuation, attribute, house->unseen[i], pre->encoding == HP_ENCODING_CODED);
      else if ((house->flags[i] & HP_FLAG_MISSING) && !isnan (raw))
        hp_valuation_add_warning (valuation, "imputed", attribute->name,
                                  _ ("%s was not given; %s, typical of training, is assumed"), attribute->label,
                                  show (buffer, attribute, raw));
      else if ((house->flags[i] & HP_FLAG_MISSING) && !attribute->is_effective_date)
        hp_valuation_add_warning (valuation, "no_value", attribute->name,
                                  _ ("%s was not given; the price does without it"), attribute->label);

      if ((int) i == newer)
        {
          hp_date_format (date, _hp_house_date (pre, house, effective));
          hp_valuation_add_warning (valuation, "out_of_range", attribute->name,
                                    _ ("%s: %s is after the date of the valuation, %s; the house is taken for new"),
                                    attribute->label, show (buffer, attribute, raw), date);
        }
      else if (house->flags[i] & HP_FLAG_OUT_OF_RANGE)
        warn_out_of_range (valuation, attribute, raw);
    }
}

static void
append (GString *text, gsize start, const char *code, const char *field)
{
  if (text->len > start)
    g_string_append_c (text, ';');
  g_string_append (text, code);
  g_string_append_c (text, ':');
  g_string_append (text, field);
}

/**
 * hp_house_append_warnings:
 * @house: a house
 * @pre: the preprocessor it was made for
 * @text: where to append
 *
 * Appends the codes and fields of the house's warnings, as in `out_of_range:sqft;unseen_category:location`; nothing if
 * there are none. The date is the house's own, or the reference date.
 */
void
hp_house_append_warnings (const HpHouse *house, const HpPreprocessor *pre, GString *text)
{
  int newer = _hp_house_negative_age (house, pre, 0);
  gsize start = text->len;

  for (guint i = 0; i < house->n; i++)
    {
      const HpAttribute *attribute = &_hp_preprocessor_input (pre, i)->attribute;

      if (house->flags[i] & HP_FLAG_UNSEEN)
        append (text, start, "unseen_category", attribute->name);
      else if ((house->flags[i] & HP_FLAG_MISSING) && !isnan (house->raw[i]))
        append (text, start, "imputed", attribute->name);
      else if ((house->flags[i] & HP_FLAG_MISSING) && !attribute->is_effective_date)
        append (text, start, "no_value", attribute->name);
      if ((int) i == newer || (house->flags[i] & HP_FLAG_OUT_OF_RANGE))
        append (text, start, "out_of_range", attribute->name);
    }
}

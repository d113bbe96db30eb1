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

/* What is odd about a house; each comes with the attribute */
typedef enum
{
  ODD_UNSEEN,
  ODD_IMPUTED,
  ODD_NO_VALUE,
  ODD_NEWER, /* than the valuation */
  ODD_OUT_OF_RANGE,
} Odd;

typedef void (*Tell) (gpointer data, Odd odd, guint input);

/* Words and codes both come from here, so a house of a file is warned of as one alone is. */
static void
tell_each (const HpPreprocessor *pre, const HpHouse *house, HpDate effective, Tell tell, gpointer data)
{
  int newer = _hp_house_negative_age (house, pre, effective);

  for (guint i = 0; i < house->n; i++)
    {
      const HpAttribute *attribute = &_hp_preprocessor_input (pre, i)->attribute;

      if (house->flags[i] & HP_FLAG_UNSEEN)
        tell (data, ODD_UNSEEN, i);
      else if ((house->flags[i] & HP_FLAG_MISSING) && !isnan (house->raw[i]))
        tell (data, ODD_IMPUTED, i);
      else if ((house->flags[i] & HP_FLAG_MISSING) && !attribute->is_effective_date && !attribute->is_place)
        tell (data, ODD_NO_VALUE, i);
      if ((int) i == newer)
        tell (data, ODD_NEWER, i);
      else if (house->flags[i] & HP_FLAG_OUT_OF_RANGE)
        tell (data, ODD_OUT_OF_RANGE, i);
    }
}

typedef struct
{
  HpValuation *valuation;
  const HpPreprocessor *pre;
  const HpHouse *house;
  HpDate effective;
} Words;

static void
tell_in_words (gpointer data, Odd odd, guint input)
{
  const Words *words = data;
  const HpAttribute *attribute = &_hp_preprocessor_input (words->pre, input)->attribute;
  double raw = words->house->raw[input];
  char buffer[HP_NUMBER_BUFFER], date[HP_DATE_BUFFER];

  switch (odd)
    {
    case ODD_UNSEEN:
      warn_unseen (words->valuation, attribute, words->house->unseen[input], words->pre->encoding == HP_ENCODING_CODED);
      break;
    case ODD_IMPUTED:
      hp_valuation_add_warning (words->valuation, "imputed", attribute->name,
                                _ ("%s was not given; %s, typical of training, is assumed"), attribute->label,
                                show (buffer, attribute, raw));
      break;
    case ODD_NO_VALUE:
      hp_valuation_add_warning (words->valuation, "no_value", attribute->name,
                                _ ("%s was not given; the price does without it"), attribute->label);
      break;
    case ODD_NEWER:
      hp_date_format (date, _hp_house_date (words->pre, words->house, words->effective));
      hp_valuation_add_warning (words->valuation, "out_of_range", attribute->name,
                                _ ("%s: %s is after the date of the valuation, %s; the house is taken for new"),
                                attribute->label, show (buffer, attribute, raw), date);
      break;
    case ODD_OUT_OF_RANGE:
    default:
      warn_out_of_range (words->valuation, attribute, raw);
      break;
    }
}

void
_hp_valuation_warn_house (HpValuation *valuation, const HpPreprocessor *pre, const HpHouse *house, HpDate effective)
{
  Words words = { valuation, pre, house, effective };

  tell_each (pre, house, effective, tell_in_words, &words);
}

/* Months from the newest sale that the model knows to the valuation, if they are too many; else 0 */
static double
stale_months (const HpPreprocessor *pre, const HpHouse *house, HpDate effective)
{
  HpDate date = _hp_house_date (pre, house, effective);
  double months;

  if (date == 0 || pre->newest_sale == 0)
    return 0;
  months = hp_date_to_months (date) - hp_date_to_months (pre->newest_sale);
  return months > HP_STALE_MONTHS ? months : 0;
}

void
_hp_valuation_warn_stale (HpValuation *valuation, const HpPreprocessor *pre, const HpHouse *house, HpDate effective)
{
  double months = stale_months (pre, house, effective);
  char newest[HP_DATE_BUFFER];

  if (months == 0)
    return;
  hp_date_format (newest, pre->newest_sale);
  hp_valuation_add_warning (
    valuation, "stale_model", NULL,
    _ ("the newest sale that this model knows is of %s, %.0f months before the valuation; retrain it"), newest, months);
}

static void
tell_that_any (gpointer data, Odd odd, guint input)
{
  *(gboolean *) data = TRUE;
}

gboolean
_hp_house_is_odd (const HpHouse *house, const HpPreprocessor *pre, HpDate effective)
{
  gboolean odd = stale_months (pre, house, effective) > 0;

  tell_each (pre, house, effective, tell_that_any, &odd);
  return odd;
}

typedef struct
{
  GString *text;
  gsize start;
  const HpPreprocessor *pre;
} Codes;

static void
append (const Codes *codes, const char *code, const char *field)
{
  if (codes->text->len > codes->start)
    g_string_append_c (codes->text, ';');
  g_string_append (codes->text, code);
  if (field == NULL)
    return;
  g_string_append_c (codes->text, ':');
  g_string_append (codes->text, field);
}

static void
tell_in_codes (gpointer data, Odd odd, guint input)
{
  static const char *const codes[] = {
    [ODD_UNSEEN] = "unseen_category", [ODD_IMPUTED] = "imputed",           [ODD_NO_VALUE] = "no_value",
    [ODD_NEWER] = "out_of_range",     [ODD_OUT_OF_RANGE] = "out_of_range",
  };

  append (data, codes[odd], _hp_preprocessor_input (((Codes *) data)->pre, input)->attribute.name);
}

/**
 * hp_house_append_warnings:
 * @house: a house
 * @pre: the preprocessor it was made for
 * @effective: the date of the valuation; 0: the house's own date if it has one, else the reference date
 * @text: where to append
 *
 * Appends the codes of the warnings that hp_predictor_value() gives before there is a price, each with the attribute it
 * is about, as in `out_of_range:sqft;unseen_category:location;stale_model`; nothing if there are none.
 */
void
hp_house_append_warnings (const HpHouse *house, const HpPreprocessor *pre, HpDate effective, GString *text)
{
  Codes codes = { text, text->len, pre };

  tell_each (pre, house, effective, tell_in_codes, &codes);
  if (stale_months (pre, house, effective) > 0)
    append (&codes, "stale_model", NULL);
}

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
  ODD_MISSING,
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
        tell (data, ODD_MISSING, i);
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
    case ODD_MISSING:
      hp_valuation_add_warning (words->valuation, "missing", attribute->name,
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

/* Does training say nothing of such a value? It has not seen the category, or the number is farther outside what it saw
 * than half the way from the least to the greatest. */
static gboolean
is_unsupported (const HpHouse *house, const HpPreprocessor *pre, guint i)
{
  const HpAttribute *attribute = &_hp_preprocessor_input (pre, i)->attribute;
  double reach = (attribute->seen_max - attribute->seen_min) / 2;

  if (house->flags[i] & HP_FLAG_UNSEEN)
    return TRUE;
  return house->flags[i] & HP_FLAG_OUT_OF_RANGE
         && (attribute->type == HP_COLUMN_NUMBER || attribute->type == HP_COLUMN_INTEGER) && reach > 0
         && (house->raw[i] < attribute->seen_min - reach || house->raw[i] > attribute->seen_max + reach);
}

/**
 * hp_house_is_supported:
 * @house: a house
 * @pre: the preprocessor it was made for
 *
 * One attribute that training says nothing of makes a price uncertain; with %HP_UNSUPPORTED of them it is a guess,
 * whatever the interval says.
 *
 * Returns: whether it is honest to value the house
 */
gboolean
hp_house_is_supported (const HpHouse *house, const HpPreprocessor *pre)
{
  guint n = 0;

  for (guint i = 0; i < house->n; i++)
    n += house->flags[i] != HP_FLAG_OK && is_unsupported (house, pre, i);
  return n < HP_UNSUPPORTED;
}

static void
warn_no_value (HpValuation *valuation, const HpPreprocessor *pre, const HpHouse *house)
{
  g_autoptr (GString) labels = g_string_new (NULL);

  for (guint i = 0; i < house->n; i++)
    if (is_unsupported (house, pre, i))
      g_string_append_printf (labels, "%s%s", labels->len > 0 ? ", " : "",
                              _hp_preprocessor_input (pre, i)->attribute.label);
  hp_valuation_add_warning (valuation, "no_value", NULL,
                            _ ("no value: training says nothing of such a house (%s), so the price is a guess of the "
                               "model's, not a valuation"),
                            labels->str);
}

void
_hp_valuation_warn_support (HpValuation *valuation, const HpPreprocessor *pre, const HpHouse *house)
{
  if (!hp_house_is_supported (house, pre))
    warn_no_value (valuation, pre, house);
}

void
_hp_valuation_warn_sales (HpValuation *valuation, guint n_similar, guint n_sales)
{
  if (n_similar == 0)
    hp_valuation_add_warning (valuation, "no_value", NULL,
                              _ ("no value: not one of %u training sales resembles this house, so the price is a guess "
                                 "of the model's, not a valuation"),
                              n_sales);
  else if (n_similar < HP_ENOUGH_SIMILAR)
    hp_valuation_add_warning (valuation, "thin_support", NULL,
                              g_dngettext (GETTEXT_PACKAGE, "only %u of %u training sales resembles this house",
                                           "only %u of %u training sales resemble this house", n_similar),
                              n_similar, n_sales);
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

gboolean
_hp_interval_is_wide (double price, double low, double high)
{
  return (high - low) / price > HP_WIDE_INTERVAL;
}

void
_hp_valuation_warn_interval (HpValuation *valuation)
{
  if (isnan (valuation->low))
    hp_valuation_add_warning (valuation, "no_interval", NULL,
                              _ ("this version was imported without sales: how far off its prices are is not known"));
  else if (_hp_interval_is_wide (valuation->predicted_price, valuation->low, valuation->high))
    hp_valuation_add_warning (valuation, "wide_interval", NULL,
                              _ ("the interval is %.0f %% as wide as the price: too wide to rely on"),
                              (valuation->high - valuation->low) / valuation->predicted_price * 100);
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
    [ODD_UNSEEN] = "unseen_category", [ODD_IMPUTED] = "imputed",           [ODD_MISSING] = "missing",
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
 * is about, as in `out_of_range:sqft;unseen_category:location;stale_model`; nothing if there are none. What the price
 * adds comes from hp_price_append_warnings(); comparable sales are not looked for.
 */
void
hp_house_append_warnings (const HpHouse *house, const HpPreprocessor *pre, HpDate effective, GString *text)
{
  Codes codes = { text, text->len, pre };

  tell_each (pre, house, effective, tell_in_codes, &codes);
  if (!hp_house_is_supported (house, pre))
    append (&codes, "no_value", NULL);
  if (stale_months (pre, house, effective) > 0)
    append (&codes, "stale_model", NULL);
}

/**
 * hp_price_append_warnings:
 * @price: what hp_predictor_prices() gave
 * @low: the same
 * @high: the same
 * @text: where to append
 * @start: where the codes of this house begin in @text, from hp_house_append_warnings()
 *
 * Appends the code of what the numbers say: `wide_interval`, `no_interval` where there is none, or `no_value` where
 * there is no price.
 */
void
hp_price_append_warnings (double price, double low, double high, GString *text, gsize start)
{
  const Codes codes = { text, start, NULL };

  if (isnan (price))
    append (&codes, "no_value", NULL);
  else if (isnan (low))
    append (&codes, "no_interval", NULL);
  else if (_hp_interval_is_wide (price, low, high))
    append (&codes, "wide_interval", NULL);
}

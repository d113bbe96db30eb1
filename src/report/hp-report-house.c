/* hp-report-house.c - the report of one house: what it is worth, how sure that is, why, and who says so
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-report-house-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-attribute-text.h"
#include "hp-display.h"
#include "hp-evidence-text.h"
#include "hp-valuation-text.h"

/**
 * hp_report_house_get_text:
 * @house: a house
 * @name: of an attribute
 *
 * Returns: (transfer none) (nullable): what was written of it
 */
const char *
hp_report_house_get_text (const HpReportHouse *house, const char *name)
{
  return house->question != NULL ? hp_question_get (house->question, name) : NULL;
}

/**
 * hp_report_house_value:
 * @house: a house
 * @name: of an attribute
 * @text: (nullable): a value as a form writes it
 *
 * Returns: (transfer full): it as people read it, with its unit
 */
char *
hp_report_house_value (const HpReportHouse *house, const char *name, const char *text)
{
  int i = house->description != NULL ? hp_description_find_attribute (house->description, name) : -1;

  if (i >= 0)
    return hp_attribute_text_value (hp_description_get_attribute (house->description, i), text);
  return g_strdup (text != NULL ? text : "–");
}

/**
 * hp_report_time:
 * @when: seconds since 1970
 *
 * Returns: (transfer full): the time, to the minute
 */
char *
hp_report_time (gint64 when)
{
  g_autoptr (GDateTime) time = when > 0 ? g_date_time_new_from_unix_utc (when) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M UTC") : g_strdup ("–");
}

static void
add_figures (HpReport *report, const HpValuation *valuation)
{
  HpReportBlock *block = hp_report_add_pairs (report, HP_BLOCK_FIGURES);
  g_autofree char *price = hp_valuation_text_price (valuation), *none = hp_valuation_text_no_interval (valuation);
  g_autofree char *detail = NULL;

  if (none == NULL)
    {
      g_autofree char *low = hp_valuation_text_low (valuation), *high = hp_valuation_text_high (valuation);
      g_autofree char *level = hp_valuation_text_level (valuation), *range = hp_report_range (low, high);

      detail = g_strdup_printf ("%s: %s", level, range);
    }
  hp_report_block_add_pair (block, _ ("Value by the model"), price, none != NULL ? none : detail)->tone
    = HP_TONE_STRONG;
  if (isfinite (valuation->within_10_percent))
    {
      g_autofree char *share = hp_display_percent (valuation->within_10_percent, 0);

      hp_report_block_add_pair (block, _ ("Chance of being within 10 %"), share, _ ("of the price that would be paid"));
    }
  if (isfinite (valuation->fsd))
    {
      g_autofree char *fsd = hp_display_number (valuation->fsd, 2);

      hp_report_block_add_pair (block, _ ("FSD"), fsd, _ ("the smaller, the surer"));
    }
}

/* What makes the value doubtful stands before all else; the other warnings with it. */
static void
add_warnings (HpReport *report, const HpValuation *valuation)
{
  g_autoptr (GPtrArray) warnings = hp_valuation_text_sort_warnings (valuation->warnings);

  if (hp_valuation_text_is_doubtful (valuation))
    hp_report_add_callout (
      report, HP_TONE_BAD, _ ("This value is doubtful"),
      _ ("Attributes are missing that the model needs. The price is shown, but should not be relied on."));
  for (guint i = 0; i < warnings->len; i++)
    {
      const HpWarning *warning = warnings->pdata[i];

      hp_report_add_callout (report, hp_valuation_text_is_grave (warning) ? HP_TONE_BAD : HP_TONE_WARN,
                             warning->message, NULL);
    }
}

static char *
effective_date (const HpReportHouse *house)
{
  HpDate date = house->question != NULL ? house->question->options.as_of : 0;
  char text[HP_DATE_BUFFER];

  if (date == 0 && house->description != NULL)
    date = house->description->reference_date;
  if (date == 0)
    return NULL;
  hp_date_format (text, date);
  return g_strdup (text);
}

static void
add_facts (HpReport *report, const HpReportHouse *house)
{
  const HpValuation *valuation = house->valuation;
  g_autofree char *date = effective_date (house), *maker = hp_valuation_text_maker (valuation);
  HpReportBlock *facts = hp_report_add_pairs (report, HP_BLOCK_FACTS);

  if (house->name != NULL)
    hp_report_block_add_pair (facts, _ ("House"), house->name, NULL);
  if (house->note != NULL && *house->note != '\0')
    hp_report_block_add_pair (facts, _ ("Note"), house->note, NULL);
  if (date != NULL)
    hp_report_block_add_pair (facts, _ ("Effective date"), date, NULL);
  hp_report_block_add_pair (facts, _ ("Made by"), maker, NULL);
  if (valuation->model != NULL)
    hp_report_block_add_pair (facts, _ ("Model"), valuation->model, NULL);
}

static void
add_attributes (HpReport *report, const HpReportHouse *house)
{
  HpReportBlock *facts = NULL;
  guint n = house->description != NULL ? house->description->attributes->len
            : house->question != NULL  ? house->question->names->len
                                       : 0;

  for (guint i = 0; i < n; i++)
    {
      const char *name = house->description != NULL ? hp_description_get_attribute (house->description, i)->name
                                                    : house->question->names->pdata[i];
      const char *text = hp_report_house_get_text (house, name);
      g_autofree char *label = hp_evidence_text_feature (house->description, name);
      g_autofree char *value = hp_report_house_value (house, name, text);

      /* what is not asked for and was not said needs no line */
      if (text == NULL && house->description != NULL && !hp_description_get_attribute (house->description, i)->required)
        continue;
      if (facts == NULL)
        {
          hp_report_add_heading (report, 2, _ ("The house"));
          facts = hp_report_add_pairs (report, HP_BLOCK_FACTS);
        }
      hp_report_block_add_pair (facts, label, value, NULL);
    }
}

static void
add_signatures (HpReport *report, const HpReportHouse *house)
{
  HpReportBlock *block;

  hp_report_add_heading (report, 2, _ ("Sign-off"));
  hp_report_add_paragraph (
    report,
    _ ("The value above was made by a statistical model. Whoever signs has looked at it, and stands by the value "
       "decided."));
  block = hp_report_add_pairs (report, HP_BLOCK_SIGNATURES);
  hp_report_block_add_pair (block, _ ("Name"), house->author, NULL);
  hp_report_block_add_pair (block, _ ("Licence no."), NULL, NULL);
  hp_report_block_add_pair (block, _ ("Date"), NULL, NULL);
  hp_report_block_add_pair (block, _ ("Signature"), NULL, NULL);
}

static void
add_words (HpReport *report, const HpValuation *valuation)
{
  HpReportWord words[8];
  guint n = 0;

  if (isfinite (valuation->low))
    words[n++] = HP_WORD_PRICE_INTERVAL;
  if (isfinite (valuation->fsd))
    words[n++] = HP_WORD_FSD;
  if (valuation->explained)
    words[n++] = HP_WORD_CONTRIBUTION;
  if (valuation->comparables != NULL && valuation->comparables->len > 0)
    {
      words[n++] = HP_WORD_COMPARABLE;
      words[n++] = HP_WORD_ADJUSTED;
    }
  words[n] = HP_N_WORDS;
  if (n > 0)
    hp_report_add_words (report, words);
}

/**
 * hp_report_new_house:
 * @house: a house with its valuation
 * @options: what is asked for
 *
 * The report of one house: value, interval and confidence; attributes; reasons; comparable sales; what was decided, and
 * why; lines to sign.
 *
 * Returns: (transfer full): the report
 */
HpReport *
hp_report_new_house (const HpReportHouse *house, const HpReportOptions *options)
{
  g_autofree char *title
    = house->name != NULL ? g_strdup_printf (_ ("Valuation: %s"), house->name) : g_strdup (_ ("Valuation of a house"));
  g_autofree char *date = effective_date (house);
  g_autofree char *subtitle = date != NULL ? g_strdup_printf (_ ("Valued as of %s"), date) : NULL;
  g_autoptr (HpReport) report
    = hp_report_new (options->title != NULL ? options->title : title, subtitle, options->made);

  hp_report_add_decision (report, house);
  add_figures (report, house->valuation);
  add_warnings (report, house->valuation);
  add_facts (report, house);
  add_attributes (report, house);
  hp_report_add_reasons (report, house, !options->no_charts);
  hp_report_add_comparables (report, house);
  hp_report_add_other_values (report, house);
  hp_report_add_trail (report, house);
  add_signatures (report, house);
  add_words (report, house->valuation);
  return g_steal_pointer (&report);
}

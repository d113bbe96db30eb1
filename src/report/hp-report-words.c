/* hp-report-words.c - figures in words, and the words that need an explanation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-report-words-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-display.h"
#include "hp-metric-text.h"

static const struct
{
  const char *word, *meaning;
} words[HP_N_WORDS] = {
  [HP_WORD_OUT_OF_SAMPLE]
  = { N_ ("Out of sample"),
      N_ ("A price is predicted out of sample if the model that predicts it has not seen that sale. Only such "
          "predictions are counted in this report.") },
  [HP_WORD_FOLD]
  = { N_ ("Fold and test sales"),
      N_ ("The training sales are dealt into folds; each is predicted by a model fitted on the others. The "
          "test sales are kept aside from all of that until the end.") },
  [HP_WORD_INTERVAL]
  = { N_ ("95 % interval of a statistic"),
      N_ ("How far the statistic would move by chance if other sales of the same kind had been drawn: "
          "in 95 of 100 cases it is within. Found by drawing the sales again, 1,000 times "
          "(bootstrap).") },
  [HP_WORD_PRICE_INTERVAL]
  = { N_ ("Interval of a price"),
      N_ ("Made so that the price paid lies within it as often as its level says: nine times in ten at 90 %.") },
  [HP_WORD_MAE]
  = { N_ ("Mean absolute error (MAE)"), N_ ("By how much predictions differ from the prices paid, on average; too high "
                                            "and too low count alike.") },
  [HP_WORD_RMSE]
  = { N_ ("Root mean squared error (RMSE)"), N_ ("The same kind of average, in which large errors weigh more.") },
  [HP_WORD_R2]
  = { N_ ("R²"),
      N_ ("How much of the differences between the sale prices the predictions explain: 1 is all, 0 is no more "
          "than the average price does.") },
  [HP_WORD_MAPE]
  = { N_ ("MAPE, MdAPE"), N_ ("The average and the middle error in per cent of the price paid. Half of the sales are "
                              "nearer than the middle one.") },
  [HP_WORD_PPE]
  = { N_ ("Within 10 % (PPE10)"), N_ ("The share of sales whose prediction is within 10 % of the price paid.") },
  [HP_WORD_RATIO] = { N_ ("Ratio, median ratio"),
                      N_ ("Predicted price divided by price paid. The median, the middle one of all ratios, "
                          "says whether values are too high (above 1) or too low altogether.") },
  [HP_WORD_COD] = { N_ ("COD, coefficient of dispersion"),
                    N_ ("How far ratios lie from their median, on average, in per cent: how alike "
                        "houses are treated.") },
  [HP_WORD_PRD] = { N_ ("PRD, price-related differential"),
                    N_ ("The average ratio divided by the ratio of the sums. Above 1 dear houses "
                        "are valued lower than cheap ones, relative to their prices; below 1 "
                        "higher.") },
  [HP_WORD_PRB] = { N_ ("PRB, coefficient of price-related bias"),
                    N_ ("By which share ratios change when the value doubles: −0.05 means "
                        "they are 5 % lower.") },
  [HP_WORD_MKI]
  = { N_ ("MKI, KI, Kakwani indices"), N_ ("Compare how unequal predicted prices are with how unequal prices paid are: "
                                           "the first by division (alike: 1), the second by subtraction (alike: 0).") },
  [HP_WORD_VEI]
  = { N_ ("VEI, vertical equity indicator"), N_ ("By how many per cent the median ratio of the dearest group of houses "
                                                 "differs from that of the cheapest.") },
  [HP_WORD_GATE]
  = { N_ ("Gate"), N_ ("A bound that a statistic of the test sales must keep before a version may be put to use, set "
                       "beforehand in the schema of the data.") },
  [HP_WORD_DECILE]
  = { N_ ("Decile"), N_ ("A tenth of the sales, in order of the predicted price: the first has the cheapest houses.") },
  [HP_WORD_FSD] = { N_ ("Forecast standard deviation (FSD)"),
                    N_ ("Half the width of this house's 68 % interval, as a share of its price: "
                        "the smaller, the surer.") },
  [HP_WORD_ROPE]
  = { N_ ("Difference that matters"), N_ ("Differences in the mean absolute error below 1 % of it are taken for no "
                                          "difference in practice.") },
  [HP_WORD_CONTRIBUTION]
  = { N_ ("Contribution"),
      N_ ("What an attribute adds to the base price or takes from it, for this house. The base price and all "
          "contributions add up to the value.") },
  [HP_WORD_COMPARABLE]
  = { N_ ("Comparable sale, similarity"), N_ ("A sale of the training data that the model treats most like this "
                                              "house. Similarity is 100 % if it can't tell them apart.") },
  [HP_WORD_ADJUSTED]
  = { N_ ("Adjusted price"), N_ ("The comparable's price, changed by the ratio of the two houses' values by the "
                                 "model: what it says of the house valued.") },
  [HP_WORD_SHA256]
  = { N_ ("SHA-256"), N_ ("A fingerprint of a file: if one byte of it changes, so does the fingerprint.") },
};

/**
 * hp_report_add_words:
 * @report: a report
 * @list: (array): words, then %HP_N_WORDS
 *
 * Adds a section that explains them.
 */
void
hp_report_add_words (HpReport *report, const HpReportWord *list)
{
  HpReportBlock *block;

  hp_report_add_heading (report, 2, _ ("Words used here"));
  block = hp_report_add_pairs (report, HP_BLOCK_TERMS);
  for (; *list < HP_N_WORDS; list++)
    hp_report_block_add_pair (block, _ (words[*list].word), _ (words[*list].meaning), NULL);
}

/**
 * hp_report_range:
 * @low: its lower end
 * @high: its upper end
 *
 * Returns: (transfer full): "low – high", which no line ends within
 */
char *
hp_report_range (const char *low, const char *high)
{
  return g_strconcat (low, "\xc2\xa0–\xc2\xa0", high, NULL);
}

/* Where minus signs are about, a dash between the two would be one too many. */
static char *
join_range (double low, double high, const char *from, const char *to)
{
  if (isnan (low) || isnan (high))
    return g_strdup ("–");
  return low < 0 ? g_strdup_printf (_ ("%s to %s"), from, to) : hp_report_range (from, to);
}

/**
 * hp_report_standard:
 * @id: a statistic with a standard
 * @statistic: its grade
 *
 * Returns: (transfer full): the standard, as it is written in books: "0.98 – 1.03", "5 – 15"
 */
char *
hp_report_standard (HpRatioId id, const HpRatioStatistic *statistic)
{
  int decimals = id == HP_RATIO_COD || id == HP_RATIO_VEI ? 0 : 2;
  g_autofree char *from = hp_display_number (statistic->standard_low, decimals);
  g_autofree char *to = hp_display_number (statistic->standard_high, decimals);

  return join_range (statistic->standard_low, statistic->standard_high, from, to);
}

/**
 * hp_report_version_words:
 * @name: of a version or a file
 *
 * Returns: (transfer full): "Version 3", or the file's name
 */
char *
hp_report_version_words (const char *name)
{
  return strspn (name, "0123456789") == strlen (name) ? g_strdup_printf (_ ("Version %s"), name) : g_strdup (name);
}

/**
 * hp_report_metric_range:
 * @metric: which
 * @low: lower end; NaN: there is none
 * @high: upper end
 * @currency: (nullable): of the prices
 *
 * Returns: (transfer full): both; a dash if there is no range
 */
char *
hp_report_metric_range (HpMetric metric, double low, double high, const char *currency)
{
  g_autofree char *from = hp_metric_to_text (metric, low, currency), *to = hp_metric_to_text (metric, high, currency);

  return join_range (low, high, from, to);
}

/**
 * hp_report_ratio_range:
 * @id: which statistic
 * @low: lower end; NaN: there is none
 * @high: upper end
 * @currency: (nullable): of the prices
 *
 * Returns: (transfer full): both; a dash if there is no range
 */
char *
hp_report_ratio_range (HpRatioId id, double low, double high, const char *currency)
{
  g_autofree char *from = hp_ratio_to_text (id, low, currency), *to = hp_ratio_to_text (id, high, currency);

  return join_range (low, high, from, to);
}

/**
 * hp_report_metric_words:
 * @metric: which
 *
 * Returns: (transfer none): its name as people say it, with the letters by which they know it
 */
const char *
hp_report_metric_words (HpMetric metric)
{
  static const char *const names[HP_N_METRICS] = {
    [HP_METRIC_R2] = N_ ("Share of differences explained (R²)"),
    [HP_METRIC_MAE] = N_ ("Mean absolute error (MAE)"),
    [HP_METRIC_RMSE] = N_ ("Root mean squared error (RMSE)"),
    [HP_METRIC_MAPE] = N_ ("Mean error in % of the price (MAPE)"),
    [HP_METRIC_MDAPE] = N_ ("Middle error in % of the price (MdAPE)"),
    [HP_METRIC_PPE5] = N_ ("Within 5 % of the price (PPE5)"),
    [HP_METRIC_PPE10] = N_ ("Within 10 % of the price (PPE10)"),
    [HP_METRIC_PPE20] = N_ ("Within 20 % of the price (PPE20)"),
    [HP_METRIC_MEDIAN_RATIO] = N_ ("Median ratio"),
    [HP_METRIC_COD] = N_ ("Dispersion of the ratios (COD)"),
    [HP_METRIC_PRD] = N_ ("Price-related differential (PRD)"),
    [HP_METRIC_PRB] = N_ ("Price-related bias (PRB)"),
    [HP_METRIC_MKI] = N_ ("Modified Kakwani index (MKI)"),
    [HP_METRIC_VEI] = N_ ("Vertical equity indicator (VEI)"),
  };

  return _ (names[metric]);
}

/**
 * hp_report_ratio_words:
 * @id: which statistic
 *
 * Returns: (transfer none): as hp_report_metric_words()
 */
const char *
hp_report_ratio_words (HpRatioId id)
{
  HpMetric metric;

  if (hp_metric_from_name (hp_ratio_name (id), &metric))
    return hp_report_metric_words (metric);
  switch (id)
    {
    case HP_RATIO_MEAN:
      return _ ("Mean ratio");
    case HP_RATIO_WEIGHTED_MEAN:
      return _ ("Ratio of the sums (weighted mean)");
    case HP_RATIO_COV:
      return _ ("Coefficient of variation (COV)");
    case HP_RATIO_KI:
      return _ ("Kakwani index (KI)");
    default:
      return hp_ratio_label (id);
    }
}

/**
 * hp_report_family_words:
 * @family: (nullable): of metrics.json
 *
 * Returns: (transfer full): what kind of model it is; the name itself if it is not known here
 */
char *
hp_report_family_words (const char *family)
{
  static const struct
  {
    const char *name, *words;
  } families[] = {
    { "linear", N_ ("linear model: each attribute adds its share to the price (ridge regression)") },
    { "random_forest", N_ ("random forest: the average of many decision trees") },
    { "gradient_boosting",
      N_ ("gradient boosting: many small decision trees, each mending what those before it missed") },
    { "xgboost", N_ ("XGBoost: many small decision trees, each mending what those before it missed") },
  };

  for (gsize i = 0; family != NULL && i < G_N_ELEMENTS (families); i++)
    if (g_str_equal (family, families[i].name))
      return g_strdup (_ (families[i].words));
  return g_strdup (family != NULL ? family : _ ("not known"));
}

/* hp-report-ratio.c - the ratio study: each statistic, which standard it keeps, and what that means
 *
 * The standards are those of the International Association of Assessing Officers, as hp-ratio.c grades by them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-report-version-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-display.h"
#include "hp-metric-text.h"

/* "This keeps the standard of 0.90 – 1.10." */
static char *
grade_words (HpRatioId id, const HpRatioStatistic *statistic)
{
  g_autofree char *standard = hp_report_standard (id, statistic);

  switch (statistic->pass)
    {
    case HP_GRADE_PASS:
      return g_strdup_printf (_ ("This keeps the standard (%s)."), standard);
    case HP_GRADE_FAIL:
      return g_strdup_printf (_ ("This misses the standard (%s)."), standard);
    case HP_GRADE_NOT_GRADED:
    default:
      return g_strdup (_ ("This is not graded."));
    }
}

static char *
level_words (const HpRatioStatistic *median)
{
  g_autofree char *value = hp_display_number (median->value, 3);
  g_autofree char *percent = hp_display_percent (fabs (median->value - 1), 1);

  if (fabs (median->value - 1) < 0.0005)
    return g_strdup_printf (
      _ ("Level: the middle ratio is %s: as many predictions are above the price paid as below it."), value);
  return median->value > 1
           ? g_strdup_printf (
             _ ("Level: the middle ratio is %s: predictions are %s above the price paid, in the middle."), value,
             percent)
           : g_strdup_printf (
             _ ("Level: the middle ratio is %s: predictions are %s below the price paid, in the middle."), value,
             percent);
}

static char *
dispersion_words (const HpRatioStatistic *cod)
{
  g_autofree char *value = hp_display_number (cod->value, 1);

  return g_strdup_printf (
    _ ("Uniformity: ratios differ from the middle one by %s %% of it on average (COD). Houses alike in price are "
       "treated the more alike the lower this is."),
    value);
}

static char *
differential_words (const HpRatioStatistic *prd)
{
  g_autofree char *value = hp_display_number (prd->value, 3);

  if (prd->pass == HP_GRADE_FAIL && prd->value > 1)
    return g_strdup_printf (_ ("Dear and cheap houses: the PRD is %s: dear houses are valued lower than cheap ones, "
                               "relative to their prices (regressive)."),
                            value);
  if (prd->pass == HP_GRADE_FAIL)
    return g_strdup_printf (_ ("Dear and cheap houses: the PRD is %s: dear houses are valued higher than cheap ones, "
                               "relative to their prices (progressive)."),
                            value);
  return g_strdup_printf (_ ("Dear and cheap houses: the PRD is %s: neither are favoured."), value);
}

static char *
bias_words (const HpRatioStatistic *prb)
{
  g_autofree char *percent = hp_display_percent (fabs (prb->value), 1);

  return prb->value < 0
           ? g_strdup_printf (_ ("Bias with value: where the value doubles, ratios are %s lower (PRB)."), percent)
           : g_strdup_printf (_ ("Bias with value: where the value doubles, ratios are %s higher (PRB)."), percent);
}

static char *
kakwani_words (const HpRatioStatistic *mki)
{
  g_autofree char *value = hp_display_number (mki->value, 3);

  return mki->value < 1
           ? g_strdup_printf (_ ("Spread: predicted prices are more alike than prices paid (MKI %s, where 1 is even)."),
                              value)
           : g_strdup_printf (
             _ ("Spread: predicted prices are no more alike than prices paid (MKI %s, where 1 is even)."), value);
}

static char *
vertical_words (const HpRatioStatistic *vei)
{
  g_autofree char *value = hp_display_number (fabs (vei->value), 1);

  return vei->value < 0 ? g_strdup_printf (_ ("Vertical equity: the middle ratio of the dearest group of houses is %s "
                                              "%% lower than that of the cheapest (VEI)."),
                                           value)
                        : g_strdup_printf (_ ("Vertical equity: the middle ratio of the dearest group of houses is %s "
                                              "%% higher than that of the cheapest (VEI)."),
                                           value);
}

static void
add_meanings (HpReport *report, const HpRatioStudy *study)
{
  static const struct
  {
    HpRatioId id;
    char *(*words) (const HpRatioStatistic *statistic);
  } said[] = {
    { HP_RATIO_MEDIAN, level_words }, { HP_RATIO_COD, dispersion_words }, { HP_RATIO_PRD, differential_words },
    { HP_RATIO_PRB, bias_words },     { HP_RATIO_MKI, kakwani_words },    { HP_RATIO_VEI, vertical_words },
  };
  HpReportBlock *list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
    {
      const HpRatioStatistic *statistic = &study->statistic[said[i].id];
      g_autofree char *words = NULL, *grade = NULL, *both = NULL;

      if (!isfinite (statistic->value))
        continue;
      if (list == NULL)
        {
          hp_report_add_heading (report, 3, _ ("What this means"));
          list = hp_report_add_list (report);
        }
      words = said[i].words (statistic);
      grade = grade_words (said[i].id, statistic);
      both = g_strdup_printf ("%s %s", words, grade);
      hp_report_block_add_item (list, both);
    }
}

static void
add_table (HpReport *report, const HpRatioStudy *study, const char *currency)
{
  HpReportTable *table = hp_report_add_table (report, _ ("Ratio study"));

  hp_report_add_note (
    report, hp_report_get_last_block (report),
    _ ("Standards: International Association of Assessing Officers (IAAO), Standard on Ratio Studies. The interval of "
       "the "
       "median ratio is that of its order statistics, the one of the PRB is that of the regression; the others are by "
       "bootstrap."));
  hp_report_table_add_column (table, _ ("Statistic"), NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, _ ("Value"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("95 % interval"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Standard"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Outcome"), NULL, HP_COLUMN_LEFT);
  for (guint id = HP_RATIO_MEDIAN; id <= HP_RATIO_VEI; id++)
    {
      const HpRatioStatistic *statistic = &study->statistic[id];
      g_autofree char *value = hp_ratio_to_text (id, statistic->value, currency);
      g_autofree char *range = hp_report_ratio_range (id, statistic->low, statistic->high, currency);
      gboolean has_standard = !isnan (statistic->standard_low);
      g_autofree char *standard = hp_report_standard (id, statistic);
      const char *outcome = statistic->pass == HP_GRADE_PASS   ? _ ("within")
                            : statistic->pass == HP_GRADE_FAIL ? _ ("outside")
                            : has_standard                     ? _ ("not graded")
                                                               : "";
      HpReportCell *cell;

      hp_report_table_begin_row (table, HP_TONE_PLAIN);
      hp_report_table_add_cell (table, hp_report_ratio_words (id));
      hp_report_table_add_cell (table, value);
      hp_report_table_add_cell (table, range);
      hp_report_table_add_cell (table, has_standard ? standard : "");
      cell = hp_report_table_add_cell (table, outcome);
      cell->tone = statistic->pass == HP_GRADE_PASS   ? HP_TONE_GOOD
                   : statistic->pass == HP_GRADE_FAIL ? HP_TONE_BAD
                                                      : HP_TONE_WEAK;
    }
}

static void
add_groups (HpReport *report, const HpRatioStudy *study, const char *currency)
{
  HpReportTable *table;

  if (study->n_groups < 2)
    return;
  table = hp_report_add_table (report, _ ("Ratios by value, from the cheapest group of houses to the dearest"));
  hp_report_add_note (
    report, hp_report_get_last_block (report),
    _ ("The value that groups houses is half the price paid and half the predicted one, taken to the same level, so "
       "that neither decides alone."));
  hp_report_table_add_column (table, _ ("Group"), NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, _ ("Sales"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Middle value"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Median ratio"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("90 % interval"), NULL, HP_COLUMN_RIGHT);
  for (guint g = 0; g < study->n_groups; g++)
    {
      const HpRatioGroup *group = &study->group[g];
      g_autofree char *number = hp_display_count (g + 1), *n = hp_display_count (group->n);
      g_autofree char *value = hp_display_price (group->median_proxy, currency);
      g_autofree char *ratio = hp_display_number (group->median_ratio, 3);
      g_autofree char *range = hp_report_ratio_range (HP_RATIO_MEDIAN, group->low, group->high, currency);

      hp_report_table_add_row (table, HP_TONE_PLAIN, number, n, value, ratio, range, NULL);
    }
}

/**
 * hp_report_add_ratio_study:
 * @report: a report
 * @study: (nullable): a ratio study; %NULL: there are no sales for one
 * @currency: (nullable): of the prices
 *
 * Adds the study with its grades, and what each means.
 */
void
hp_report_add_ratio_study (HpReport *report, const HpRatioStudy *study, const char *currency)
{
  g_autofree char *n = study != NULL ? hp_display_count (study->n) : NULL;

  hp_report_add_heading (report, 2, _ ("Ratio study"));
  if (study == NULL)
    {
      hp_report_add_paragraph (report, _ ("There are no sales to study."));
      return;
    }
  hp_report_add_paragraphf (
    report,
    ngettext ("How predicted prices relate to prices paid, for %s sale predicted out of sample (folds and test).",
              "How predicted prices relate to prices paid, for %s sales predicted out of sample (folds and test).",
              study->n),
    n);
  if (study->n < HP_RATIO_MIN_GRADED)
    hp_report_add_callout (report, HP_TONE_WARN, _ ("Not graded"),
                           _ ("A ratio study of fewer than 30 sales is not held against the standards."));
  if (study->bias_unacceptable)
    hp_report_add_callout (report, HP_TONE_BAD, _ ("The price-related bias is unacceptable"),
                           _ ("The interval of the PRB lies wholly outside ±0.10."));
  if (study->chasing_hint)
    hp_report_add_callout (report, HP_TONE_WARN, _ ("Do the values follow the sales?"),
                           _ ("A COD below 5 is rare where values are made without knowing the prices paid."));
  add_table (report, study, currency);
  add_meanings (report, study);
  add_groups (report, study, currency);
}

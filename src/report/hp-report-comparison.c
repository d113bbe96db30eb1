/* hp-report-comparison.c - the report of a comparison of two or more versions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-report-comparison-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-display.h"
#include "hp-metric-text.h"

/**
 * hp_report_verdict_tone:
 * @verdict: a verdict
 *
 * Returns: how it is shown
 */
HpReportTone
hp_report_verdict_tone (HpVerdict verdict)
{
  return verdict == HP_VERDICT_BETTER  ? HP_TONE_GOOD
         : verdict == HP_VERDICT_WORSE ? HP_TONE_BAD
         : verdict == HP_VERDICT_NONE  ? HP_TONE_WEAK
                                       : HP_TONE_PLAIN;
}

/* The version whose mean error is lowest: the one that the others are spoken of against */
static guint
find_best (const HpComparison *comparison)
{
  guint best = 0;

  for (guint v = 1; v < comparison->n_versions; v++)
    if (comparison->metrics[v].value[HP_METRIC_MAE] < comparison->metrics[best].value[HP_METRIC_MAE])
      best = v;
  return best;
}

static void
add_verdict (HpReport *report, const HpComparison *comparison, char *const *titles)
{
  guint best = find_best (comparison);
  g_autofree char *text = NULL;
  HpReportBlock *list;

  if (comparison->n_versions == 2)
    {
      g_autofree char *sentence = hp_pair_to_sentence (comparison, &comparison->pairs[0]);

      hp_report_add_callout (
        report, hp_report_verdict_tone (comparison->pairs[0].verdict), sentence,
        _ ("“Better” and “worse” are said only where the whole interval of the difference lies beyond what would "
           "matter in practice."));
      return;
    }
  text = g_strdup_printf (_ ("The lowest mean error is that of %s"), titles[best]);
  hp_report_add_callout (
    report, HP_TONE_PLAIN, text,
    _ ("Whether that is more than chance is said below, pair by pair. “Better” and “worse” are said only where the "
       "whole interval of the difference lies beyond what would matter in practice."));
  list = hp_report_add_list (report);
  for (guint i = 0; i < comparison->n_pairs; i++)
    {
      const HpPair *pair = &comparison->pairs[i];
      g_autofree char *sentence = hp_pair_to_sentence (comparison, pair);

      if (pair->a == best || pair->b == best)
        hp_report_block_add_item (list, sentence);
    }
}

static void
add_sales (HpReport *report, const HpComparison *comparison, char *const *titles)
{
  gsize n = comparison->sets[0]->n;
  g_autofree char *shown = hp_display_count (n);
  HpReportTable *table;

  hp_report_add_heading (report, 2, _ ("What was compared"));
  hp_report_add_paragraphf (
    report,
    ngettext (
      "All versions are held against the same %s sale: one that each of them predicted without having seen it.",
      "All versions are held against the same %s sales: those that each of them predicted without having seen them.",
      n),
    shown);
  if (n < HP_COMPARISON_MIN_SALES)
    hp_report_add_callout (report, HP_TONE_WARN, _ ("Too few sales for a verdict"),
                           _ ("There are fewer than 30. The figures are shown, and mean little."));
  table = hp_report_add_table (report, _ ("Versions and their sales"));
  hp_report_table_add_column (table, _ ("Version"), NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, _ ("Own sales"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Common sales"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Mean error"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("95 % interval"), NULL, HP_COLUMN_RIGHT);
  for (guint v = 0; v < comparison->n_versions; v++)
    {
      const char *currency = comparison->sets[v]->currency;
      g_autofree char *own = hp_display_count (comparison->n_own[v]);
      g_autofree char *mae = hp_metric_to_text (HP_METRIC_MAE, comparison->metrics[v].value[HP_METRIC_MAE], currency);
      g_autofree char *range
        = hp_report_metric_range (HP_METRIC_MAE, comparison->metric_low[v * HP_N_METRICS + HP_METRIC_MAE],
                                  comparison->metric_high[v * HP_N_METRICS + HP_METRIC_MAE], currency);

      hp_report_table_add_row (table, HP_TONE_PLAIN, titles[v], own, shown, mae, range, NULL);
    }
}

static void
add_pair_metrics (HpReport *report, const HpComparison *comparison, char *const *titles, const HpPair *pair)
{
  const char *currency = comparison->sets[0]->currency;
  const char *a = titles[pair->a], *b = titles[pair->b];
  g_autofree char *caption = g_strdup_printf (_ ("%s against %s"), b, a);
  HpReportTable *table = hp_report_add_table (report, caption);

  hp_report_add_note (report, hp_report_get_last_block (report),
                      _ ("Intervals by paired bootstrap: the sales are drawn again, each with the predictions of both "
                         "versions. Only the mean "
                         "absolute error has a verdict; one that is passed on many statistics at once would often be "
                         "chance. Differences of percentages are in points of a per cent."));
  hp_report_table_add_column (table, _ ("Statistic"), NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, a, NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, b, NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Difference"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("95 % interval"), NULL, HP_COLUMN_RIGHT);
  for (guint m = 0; m < HP_N_METRICS; m++)
    {
      g_autofree char *first = hp_metric_to_text (m, comparison->metrics[pair->a].value[m], currency);
      g_autofree char *second = hp_metric_to_text (m, comparison->metrics[pair->b].value[m], currency);
      g_autofree char *difference = hp_metric_to_text (m, pair->value[m], currency);
      g_autofree char *range = hp_report_metric_range (m, pair->low[m], pair->high[m], currency);

      hp_report_table_add_row (table, HP_TONE_PLAIN, hp_report_metric_words (m), first, second, difference, range,
                               NULL);
    }
}

static void
add_all_metrics (HpReport *report, const HpComparison *comparison, char *const *titles)
{
  HpReportTable *table = hp_report_add_table (report, _ ("All statistics of all versions"));

  hp_report_table_add_column (table, _ ("Statistic"), NULL, HP_COLUMN_LEFT);
  for (guint v = 0; v < comparison->n_versions; v++)
    hp_report_table_add_column (table, titles[v], NULL, HP_COLUMN_RIGHT);
  for (guint m = 0; m < HP_N_METRICS; m++)
    {
      hp_report_table_begin_row (table, HP_TONE_PLAIN);
      hp_report_table_add_cell (table, hp_report_metric_words (m));
      for (guint v = 0; v < comparison->n_versions; v++)
        {
          g_autofree char *value
            = hp_metric_to_text (m, comparison->metrics[v].value[m], comparison->sets[0]->currency);

          hp_report_table_add_cell (table, value);
        }
    }
}

static void
add_pairs (HpReport *report, const HpComparison *comparison, char *const *titles)
{
  HpReportTable *table = hp_report_add_table (report, _ ("Differences in the mean error, pair by pair"));

  hp_report_table_add_column (table, _ ("Version"), NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, _ ("Against"), NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, _ ("Difference"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("95 % interval"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Would matter from"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Verdict"), NULL, HP_COLUMN_LEFT);
  for (guint i = 0; i < comparison->n_pairs; i++)
    {
      const HpPair *pair = &comparison->pairs[i];
      const char *currency = comparison->sets[0]->currency;
      g_autofree char *difference = hp_metric_to_text (HP_METRIC_MAE, pair->value[HP_METRIC_MAE], currency);
      g_autofree char *rope = hp_metric_to_text (HP_METRIC_MAE, pair->rope, currency);
      g_autofree char *range
        = hp_report_metric_range (HP_METRIC_MAE, pair->low[HP_METRIC_MAE], pair->high[HP_METRIC_MAE], currency);

      hp_report_table_begin_row (table, HP_TONE_PLAIN);
      hp_report_table_add_cell (table, titles[pair->b]);
      hp_report_table_add_cell (table, titles[pair->a]);
      hp_report_table_add_cell (table, difference);
      hp_report_table_add_cell (table, range);
      hp_report_table_add_cell (table, rope);
      hp_report_table_add_cell (table, hp_verdict_label (pair->verdict))->tone = hp_report_verdict_tone (pair->verdict);
    }
}

static void
add_metrics (HpReport *report, const HpComparison *comparison, char *const *titles)
{
  hp_report_add_heading (report, 2, _ ("Statistics and their differences"));
  if (comparison->n_versions == 2)
    add_pair_metrics (report, comparison, titles, &comparison->pairs[0]);
  else
    {
      add_pairs (report, comparison, titles);
      add_all_metrics (report, comparison, titles);
    }
}

/* The folds ask something else: not whether these models differ on these sales, but whether the ways to make them would
 * on others. */
static void
add_folds (HpReport *report, const HpComparison *comparison, char *const *titles)
{
  HpReportTable *table = NULL;

  for (guint i = 0; i < comparison->n_pairs; i++)
    {
      const HpPair *pair = &comparison->pairs[i];
      g_autofree char *folds = NULL, *better = NULL, *same = NULL, *worse = NULL, *p = NULL;

      if (!pair->has_folds)
        continue;
      if (table == NULL)
        {
          hp_report_add_heading (report, 2, _ ("Would another training tell them apart?"));
          hp_report_add_paragraph (
            report,
            _ ("The folds were the same for these versions, so their errors, fold by fold, say how likely one way of "
               "making a model is better than the other on new sales, too."));
          table = hp_report_add_table (report, _ ("Probabilities from the folds"));
          hp_report_add_note (report, hp_report_get_last_block (report),
                              _ ("Corrected resampled t-test (Nadeau and Bengio, 2003) and its Bayesian reading "
                                 "(Corani and Benavoli, 2015)."));
          hp_report_table_add_column (table, _ ("Version"), NULL, HP_COLUMN_LEFT);
          hp_report_table_add_column (table, _ ("Against"), NULL, HP_COLUMN_LEFT);
          hp_report_table_add_column (table, _ ("Folds"), NULL, HP_COLUMN_RIGHT);
          hp_report_table_add_column (table, _ ("Better"), NULL, HP_COLUMN_RIGHT);
          hp_report_table_add_column (table, _ ("Practically the same"), NULL, HP_COLUMN_RIGHT);
          hp_report_table_add_column (table, _ ("Worse"), NULL, HP_COLUMN_RIGHT);
          hp_report_table_add_column (table, _ ("p"), NULL, HP_COLUMN_RIGHT);
        }
      folds = hp_display_count (pair->n_folds);
      better = hp_display_percent (pair->p_better, 0);
      same = hp_display_percent (pair->p_same, 0);
      worse = hp_display_percent (pair->p_worse, 0);
      p = hp_display_number (pair->p, 3);
      hp_report_table_add_row (table, HP_TONE_PLAIN, titles[pair->b], titles[pair->a], folds, better, same, worse, p,
                               NULL);
    }
}

static char **
make_titles (const HpComparison *comparison)
{
  char **titles = g_new0 (char *, comparison->n_versions + 1);

  for (guint v = 0; v < comparison->n_versions; v++)
    titles[v] = hp_report_version_words (comparison->names[v]);
  return titles;
}

/**
 * hp_report_new_comparison:
 * @comparison: of two or more versions
 * @model: name of the model
 * @schema: (nullable): whose labels are used
 * @options: what is asked for
 *
 * The report of a comparison. Reasons of the largest movers are there if hp_comparison_explain() has found them.
 *
 * Returns: (transfer full): the report
 */
HpReport *
hp_report_new_comparison (const HpComparison *comparison, const char *model, const HpSchema *schema,
                          const HpReportOptions *options)
{
  static const HpReportWord words[]
    = { HP_WORD_OUT_OF_SAMPLE, HP_WORD_FOLD,   HP_WORD_INTERVAL, HP_WORD_ROPE, HP_WORD_MAE, HP_WORD_RMSE, HP_WORD_R2,
        HP_WORD_MAPE,          HP_WORD_PPE,    HP_WORD_RATIO,    HP_WORD_COD,  HP_WORD_PRD, HP_WORD_PRB,  HP_WORD_MKI,
        HP_WORD_VEI,           HP_WORD_DECILE, HP_N_WORDS };
  g_auto (GStrv) titles = make_titles (comparison);
  g_autofree char *names = g_strjoinv (", ", comparison->names);
  g_autofree char *title = g_strdup_printf (_ ("Versions of %s compared: %s"), model, names);
  g_autoptr (HpReport) report
    = hp_report_new (options->title != NULL ? options->title : title,
                     _ ("Which of them values houses better, by how much, and where they differ."), options->made);

  add_verdict (report, comparison, titles);
  add_sales (report, comparison, titles);
  add_metrics (report, comparison, titles);
  add_folds (report, comparison, titles);
  if (!options->no_charts)
    hp_report_add_comparison_charts (report, comparison);
  hp_report_add_comparison_segments (report, comparison, titles);
  hp_report_add_movers (report, comparison, titles, schema);
  hp_report_add_words (report, words);
  return g_steal_pointer (&report);
}

/* hp-report-movers.c - where two versions differ: parts of the sales, and the houses whose price changes most
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-report-comparison-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-display.h"
#include "hp-metric-text.h"

#define SHOWN_REASONS 3

/* Of the last version against the first: pairs are in order of a, then b */
static guint
ends_pair (const HpComparison *comparison)
{
  return comparison->n_versions - 2;
}

static HpReportTable *
begin_segments (HpReport *report, const HpComparison *comparison, char *const *titles,
                const HpComparisonSegment *segment)
{
  const char *first = titles[0], *last = titles[comparison->n_versions - 1];
  g_autofree char *caption = g_strdup_printf (_ ("Mean error of %s against %s, by %s"), last, first, segment->by_label);
  HpReportTable *table = hp_report_add_table (report, caption);

  hp_report_add_note (report, hp_report_get_last_block (report),
                      _ ("Groups of fewer than 30 sales are grey: their figures move much by chance."));
  hp_report_table_add_column (table, segment->by_label, NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, _ ("Sales"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, first, NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, last, NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Difference"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("95 % interval"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Verdict"), NULL, HP_COLUMN_LEFT);
  return table;
}

/**
 * hp_report_add_comparison_segments:
 * @report: a report
 * @comparison: a comparison
 * @titles: what its versions are called
 *
 * Adds a table for each thing that its sales were segmented by: the last version against the first.
 */
void
hp_report_add_comparison_segments (HpReport *report, const HpComparison *comparison, char *const *titles)
{
  const char *currency = comparison->sets[0]->currency, *by = NULL;
  HpReportTable *table = NULL;

  for (guint i = 0; i < comparison->segments->len; i++)
    {
      const HpComparisonSegment *segment = comparison->segments->pdata[i];
      const HpPair *pair = &segment->pairs[ends_pair (comparison)];
      gboolean few = pair->verdict == HP_VERDICT_NONE;
      g_autofree char *n = hp_display_count (segment->n);
      g_autofree char *first = hp_metric_to_text (HP_METRIC_MAE, segment->mae[0], currency);
      g_autofree char *last = hp_metric_to_text (HP_METRIC_MAE, segment->mae[comparison->n_versions - 1], currency);
      g_autofree char *difference = hp_metric_to_text (HP_METRIC_MAE, pair->value[HP_METRIC_MAE], currency);
      g_autofree char *range
        = few ? g_strdup ("–")
              : hp_report_metric_range (HP_METRIC_MAE, pair->low[HP_METRIC_MAE], pair->high[HP_METRIC_MAE], currency);

      if (i == 0)
        {
          hp_report_add_heading (report, 2, _ ("Where they differ"));
          hp_report_add_paragraph (
            report,
            _ ("Many groups are looked at here: a few verdicts among them may be chance. “Practically the same” "
               "means that a difference that would matter is ruled out, “no evidence” that the sales are too few to "
               "tell."));
        }
      if (g_strcmp0 (by, segment->by) != 0)
        table = begin_segments (report, comparison, titles, segment);
      by = segment->by;
      hp_report_table_begin_row (table, few ? HP_TONE_WEAK : HP_TONE_PLAIN);
      hp_report_table_add_cell (table, segment->label);
      hp_report_table_add_cell (table, n);
      hp_report_table_add_cell (table, first);
      hp_report_table_add_cell (table, last);
      hp_report_table_add_cell (table, difference);
      hp_report_table_add_cell (table, range);
      hp_report_table_add_cell (table, hp_verdict_label (pair->verdict))->tone = hp_report_verdict_tone (pair->verdict);
    }
}

/* "Living area +12,300, Location −4,100" */
static char *
join_reasons (const HpMover *mover, const HpSchema *schema)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; mover->reasons != NULL && i < MIN (mover->reasons->len, SHOWN_REASONS); i++)
    {
      const HpMoverReason *reason = mover->reasons->pdata[i];
      g_autofree char *label = reason->feature == NULL ? g_strdup (_ ("base price"))
                               : schema != NULL        ? hp_schema_label (schema, reason->feature)
                                                       : g_strdup (reason->feature);
      g_autofree char *change = hp_display_number (reason->change, 0);

      g_string_append_printf (text, "%s%s %s%s", text->len > 0 ? ", " : "", label, reason->change >= 0.5 ? "+" : "",
                              change);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : g_strdup (_ ("not known"));
}

/**
 * hp_report_add_movers:
 * @report: a report
 * @comparison: a comparison
 * @titles: what its versions are called
 * @schema: (nullable): whose labels are used
 *
 * Adds the houses whose price changes most from the first version to the last, and what changed.
 */
void
hp_report_add_movers (HpReport *report, const HpComparison *comparison, char *const *titles, const HpSchema *schema)
{
  const char *currency = comparison->sets[0]->currency;
  guint last = comparison->n_versions - 1;
  HpReportTable *table;

  if (comparison->movers->len == 0)
    return;
  hp_report_add_heading (report, 2, _ ("Houses whose price changes most"));
  hp_report_add_paragraphf (
    report,
    _ ("From %s to %s, relative to the price paid. What changed are contributions of the models as they are "
       "registered; these may have seen the sale, the predictions have not."),
    titles[0], titles[last]);
  table = hp_report_add_table (report, _ ("Largest changes"));
  hp_report_table_add_column (table, _ ("Row"), NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, _ ("Price paid"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, titles[0], NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, titles[last], NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Change"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("What changed"), NULL, HP_COLUMN_LEFT);
  for (guint i = 0; i < comparison->movers->len; i++)
    {
      const HpMover *mover = comparison->movers->pdata[i];
      g_autofree char *row = g_strdup_printf ("%" G_GUINT64_FORMAT, mover->row);
      g_autofree char *price = hp_display_price (mover->price, currency);
      g_autofree char *before = hp_display_price (mover->predicted[0], currency);
      g_autofree char *after = hp_display_price (mover->predicted[last], currency);
      g_autofree char *change = hp_display_price (mover->change, currency);
      g_autofree char *reasons = join_reasons (mover, schema);

      hp_report_table_add_row (table, HP_TONE_PLAIN, row, price, before, after, change, reasons, NULL);
    }
}

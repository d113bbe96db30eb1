/* hp-report-coverage.c - how often prices paid lie within the intervals, overall and where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-report-version-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-coverage.h"
#include "hp-display.h"
#include "hp-segmentation.h"
#include "hp-spread.h"

static gsize
count_intervals (const HpResidualSet *set)
{
  gsize n = 0;

  for (gsize i = 0; i < set->n; i++)
    n += isfinite (set->low[i]) && isfinite (set->high[i]);
  return n;
}

static HpIntervals
get_intervals (const HpResidualSet *set)
{
  return (HpIntervals){ set->target, set->level, set->n, set->price, set->predicted, set->low, set->high };
}

static HpReportTable *
begin_table (HpReport *report, const char *caption, const char *what, const char *currency)
{
  HpReportTable *table = hp_report_add_table (report, caption);

  hp_report_table_add_column (table, what, NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, _ ("Sales"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Within"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("95 % interval"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Mean width"), NULL, HP_COLUMN_RIGHT);
  return table;
}

static void
add_row (HpReportTable *table, const char *label, const HpCoverage *coverage, double level, const char *currency)
{
  g_autofree char *n = hp_display_count (coverage->n), *share = hp_display_percent (coverage->coverage, 1);
  g_autofree char *width = hp_display_price (coverage->mean_width, currency);
  g_autofree char *from = NULL, *to = NULL, *range = NULL;
  gboolean few = coverage->n < HP_SEGMENT_MIN_SALES;
  double low, high;

  hp_wilson_interval ((gsize) rint (coverage->coverage * (double) coverage->n), coverage->n, 0.95, &low, &high);
  from = hp_display_percent (low, 0);
  to = hp_display_percent (high, 0);
  range = hp_report_range (from, to);
  hp_report_table_begin_row (table, few ? HP_TONE_WEAK : HP_TONE_PLAIN);
  hp_report_table_add_cell (table, label);
  hp_report_table_add_cell (table, n);
  /* below what was promised, by more than chance explains */
  hp_report_table_add_cell (table, share)->tone = few ? HP_TONE_WEAK : high < level ? HP_TONE_BAD : HP_TONE_PLAIN;
  hp_report_table_add_cell (table, range);
  hp_report_table_add_cell (table, width);
}

static void
add_deciles (HpReport *report, const HpResidualSet *set)
{
  HpIntervals intervals = get_intervals (set);
  g_autofree gint32 *segment = g_new (gint32, MAX (set->n, 1));
  HpCoverage coverage[HP_COVERAGE_DECILES];
  HpReportTable *table;

  if (set->n < HP_COVERAGE_DECILES)
    return;
  hp_coverage_deciles (set->predicted, set->n, segment);
  hp_coverage_compute_segments (&intervals, segment, HP_COVERAGE_DECILES, coverage);
  table = begin_table (report, _ ("Prices within their intervals, by tenths of the predicted price"), _ ("Tenth"),
                       set->currency);
  for (guint d = 0; d < HP_COVERAGE_DECILES; d++)
    {
      g_autofree char *number = hp_display_count (d + 1);
      g_autofree char *label = d == 0                         ? g_strdup_printf (_ ("%s, the cheapest"), number)
                               : d + 1 == HP_COVERAGE_DECILES ? g_strdup_printf (_ ("%s, the dearest"), number)
                                                              : g_strdup (number);

      if (coverage[d].n > 0)
        add_row (table, label, &coverage[d], set->level, set->currency);
    }
}

/* The place is a category that most schemas have, by whatever name */
static const HpSetColumn *
find_place (const HpResidualSet *set)
{
  const HpSetColumn *best = NULL;

  for (guint i = 0; i < set->columns->len; i++)
    {
      const HpSetColumn *column = set->columns->pdata[i];

      if (column->kind == HP_SET_CATEGORY && column->n_levels >= 2
          && (best == NULL || column->n_levels > best->n_levels) && column->n_levels <= set->n / 5)
        best = column;
    }
  return best;
}

static void
add_places (HpReport *report, const HpResidualSet *set)
{
  const HpSetColumn *place = find_place (set);
  g_autoptr (HpSegmentation) segmentation = place != NULL ? hp_segmentation_new (set, place->name, NULL) : NULL;
  HpIntervals intervals = get_intervals (set);
  g_autofree HpCoverage *coverage = NULL;
  g_autofree char *caption = NULL;
  HpReportTable *table;

  if (segmentation == NULL || segmentation->n == 0)
    return;
  coverage = g_new0 (HpCoverage, segmentation->n);
  hp_coverage_compute_segments (&intervals, segmentation->segment, segmentation->n, coverage);
  caption = g_strdup_printf (_ ("Prices within their intervals, by %s"), segmentation->label);
  table = begin_table (report, caption, segmentation->label, set->currency);
  hp_report_add_note (report, hp_report_get_last_block (report),
                      _ ("Groups of fewer than 30 sales are grey: their figures move much by chance."));
  for (guint s = 0; s < segmentation->n; s++)
    if (coverage[s].n > 0)
      add_row (table, segmentation->labels[s], &coverage[s], set->level, set->currency);
}

/**
 * hp_report_add_coverage:
 * @report: a report
 * @set: (nullable): out-of-sample predictions
 *
 * Adds how often prices lay within their intervals; groups that hold significantly fewer than promised stand out.
 */
void
hp_report_add_coverage (HpReport *report, const HpResidualSet *set)
{
  HpIntervals intervals;
  HpCoverage coverage;
  g_autofree char *level = NULL, *share = NULL, *n = NULL, *width = NULL, *constant = NULL;

  hp_report_add_heading (report, 2, _ ("How far to trust a single price"));
  if (set == NULL || set->n == 0 || count_intervals (set) == 0)
    {
      hp_report_add_paragraph (report,
                               _ ("This version says no intervals: how far a single price may be off is not known."));
      return;
    }
  intervals = get_intervals (set);
  hp_coverage_compute (&intervals, &coverage);
  level = hp_display_percent (set->level, 0);
  share = hp_display_percent (coverage.coverage, 1);
  n = hp_display_count (coverage.n);
  width = hp_display_price (coverage.mean_width, set->currency);
  constant = hp_display_price (coverage.constant_band_width, set->currency);
  hp_report_add_paragraphf (
    report,
    ngettext ("Each price comes with an interval that should hold the price paid in %s of cases. Of %s sale predicted "
              "out of sample it held %s.",
              "Each price comes with an interval that should hold the price paid in %s of cases. Of %s sales predicted "
              "out of sample it held %s.",
              coverage.n),
    level, n, share);
  if (isfinite (coverage.mean_width) && isfinite (coverage.constant_band_width))
    hp_report_add_paragraphf (
      report,
      _ ("It is made for each house, and %s wide on average. One margin in per cent for all houses that held as many "
         "prices would be %s wide."),
      width, constant);
  add_deciles (report, set);
  add_places (report, set);
}

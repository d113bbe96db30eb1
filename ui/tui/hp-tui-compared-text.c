/* hp-tui-compared-text.c - a comparison to read: verdict, metrics, the house, segments, houses whose price moved most
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hp-difference-text.h"
#include "hp-display.h"
#include "hp-evidence-text.h"
#include "hp-text.h"
#include "hp-tui-compared.h"

#define NAME_CHARS 40
/* What changed in words: the largest, as many as a line holds */
#define MAX_REASONS 3

typedef struct
{
  const HpComparison *comparison;
  const HpDescription *description; /* (nullable) */
  const char *currency;             /* (nullable) */
  GArray *lines;
  HpCanvas *canvas;
  int width;
} Page;

static char *
interval_text (HpMetric metric, const HpPair *pair, const char *currency)
{
  return hp_difference_text_interval (metric, pair->low[metric], pair->high[metric], currency);
}

static HpStyle
verdict_style (HpVerdict verdict)
{
  switch (verdict)
    {
    case HP_VERDICT_BETTER:
      return HP_STYLE_GAIN;
    case HP_VERDICT_WORSE:
      return HP_STYLE_LOSS;
    case HP_VERDICT_NONE:
      return HP_STYLE_FAINT;
    case HP_VERDICT_SAME:
    case HP_VERDICT_UNKNOWN:
    default:
      return HP_STYLE_NORMAL;
    }
}

static void
add_heading (const Page *page, const char *text)
{
  hp_tui_lines_add (page->lines, HP_STYLE_NORMAL, "");
  hp_tui_lines_add (page->lines, HP_STYLE_HEADING, text);
}

/* The verdict on the first and the last version, what it rests on, then those on the other pairs */
static void
add_verdicts (const Page *page)
{
  const HpComparison *comparison = page->comparison;
  const HpPair *main_pair = hp_tui_compared_pair (comparison, comparison->pairs);
  g_autofree char *verdict = hp_pair_to_sentence (comparison, main_pair);
  g_autofree char *n = hp_display_count (main_pair->n), *rope = hp_display_price (main_pair->rope, page->currency);
  g_autofree char *evidence
    = g_strdup_printf (_ ("On %s sales that none of them had seen. Up to %s either way is practically the same."), n,
                       rope);

  hp_tui_lines_wrap (page->lines, page->canvas, page->width, HP_STYLE_HEADING, verdict);
  hp_tui_lines_wrap (page->lines, page->canvas, page->width, HP_STYLE_NORMAL, evidence);
  for (guint i = 0; i < comparison->n_pairs; i++)
    if (&comparison->pairs[i] != main_pair)
      {
        g_autofree char *sentence = hp_pair_to_sentence (comparison, &comparison->pairs[i]);

        hp_tui_lines_wrap (page->lines, page->canvas, page->width, HP_STYLE_FAINT, sentence);
      }
}

static void
add_version_columns (const Page *page, HpTuiGrid *grid, const char *format, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = hp_text_printable (page->comparison->names[i], -1, NAME_CHARS);
      GString *title = g_string_new (format);

      g_string_replace (title, "%s", name, 1);
      hp_tui_grid_column (grid, title->str, TRUE);
      g_string_free (title, TRUE);
    }
}

static void
add_difference_columns (const Page *page, HpTuiGrid *grid)
{
  g_autofree char *level = hp_display_percent (page->comparison->level, 0);
  g_autofree char *title = g_strdup_printf (_ ("%s interval"), level);

  hp_tui_grid_column (grid, _ ("Difference"), TRUE);
  hp_tui_grid_column (grid, title, TRUE);
}

/* (transfer full) */
static char **
end_row (GPtrArray *cells)
{
  g_ptr_array_add (cells, NULL);
  return (char **) g_ptr_array_free (cells, FALSE);
}

static void
add_metrics (const Page *page)
{
  const HpComparison *comparison = page->comparison;
  const HpPair *pair = hp_tui_compared_pair (comparison, comparison->pairs);
  g_autoptr (HpTuiGrid) grid = hp_tui_grid_new ();

  add_heading (page, _ ("Metrics"));
  hp_tui_grid_column (grid, _ ("Metric"), FALSE);
  add_version_columns (page, grid, _ ("Version %s"), comparison->n_versions);
  add_difference_columns (page, grid);
  for (HpMetric metric = 0; metric < HP_N_METRICS; metric++)
    {
      GPtrArray *cells = g_ptr_array_new ();

      g_ptr_array_add (cells, g_strdup (hp_metric_label (metric)));
      for (guint i = 0; i < comparison->n_versions; i++)
        g_ptr_array_add (cells,
                         hp_difference_text_value (metric, comparison->metrics[i].value[metric], page->currency));
      g_ptr_array_add (cells, hp_difference_text (metric, pair->value[metric], page->currency));
      g_ptr_array_add (cells, interval_text (metric, pair, page->currency));
      hp_tui_grid_row (grid, HP_STYLE_NORMAL, end_row (cells));
    }
  hp_tui_grid_add_to (grid, page->lines, page->canvas, page->width);
}

static void
add_segment (const Page *page, HpTuiGrid *grid, const HpComparisonSegment *segment, gboolean wide)
{
  const HpPair *pair = hp_tui_compared_pair (page->comparison, segment->pairs);
  const char *currency = wide ? page->currency : NULL;
  GPtrArray *cells = g_ptr_array_new ();

  g_ptr_array_add (cells, g_strdup (segment->label));
  g_ptr_array_add (cells, hp_display_count (segment->n));
  for (guint k = 0; k < (wide ? page->comparison->n_versions : 1); k++)
    g_ptr_array_add (cells, hp_difference_text_value (HP_METRIC_MAE, segment->mae[k], page->currency));
  g_ptr_array_add (cells, hp_difference_text (HP_METRIC_MAE, pair->value[HP_METRIC_MAE], currency));
  g_ptr_array_add (cells, interval_text (HP_METRIC_MAE, pair, currency));
  g_ptr_array_add (cells, g_strdup (wide ? hp_verdict_label (pair->verdict) : hp_verdict_short_label (pair->verdict)));
  hp_tui_grid_row (grid, verdict_style (pair->verdict), end_row (cells));
}

/* Of the segments by one thing, from first to before end */
static HpTuiGrid *
make_segments (const Page *page, guint first, guint end, gboolean wide)
{
  const HpComparisonSegment *segment = page->comparison->segments->pdata[first];
  HpTuiGrid *grid = hp_tui_grid_new ();

  hp_tui_grid_column (grid, segment->by_label, FALSE);
  hp_tui_grid_column (grid, _ ("Sales"), TRUE);
  add_version_columns (page, grid, _ ("MAE of %s"), wide ? page->comparison->n_versions : 1);
  add_difference_columns (page, grid);
  hp_tui_grid_column (grid, wide ? _ ("Last version") : _ ("Verdict"), FALSE);
  for (guint i = first; i < end; i++)
    add_segment (page, grid, page->comparison->segments->pdata[i], wide);
  return grid;
}

/* A table for each thing that sales are dealt by: all of it where it fits, else what matters of it */
static void
add_segments (const Page *page)
{
  const GPtrArray *segments = page->comparison->segments;

  if (segments->len > 0)
    add_heading (page, _ ("By segment"));
  for (guint first = 0, end = 0; first < segments->len; first = end)
    {
      g_autoptr (HpTuiGrid) grid = NULL;

      while (end < segments->len
             && g_str_equal (((const HpComparisonSegment *) segments->pdata[end])->by,
                             ((const HpComparisonSegment *) segments->pdata[first])->by))
        end++;
      grid = make_segments (page, first, end, TRUE);
      if (hp_tui_grid_width (grid, page->canvas, page->width) > page->width)
        {
          hp_tui_grid_free (grid);
          grid = make_segments (page, first, end, FALSE);
        }
      if (first > 0)
        hp_tui_lines_add (page->lines, HP_STYLE_NORMAL, "");
      hp_tui_grid_add_to (grid, page->lines, page->canvas, page->width);
    }
}

static char *
reasons_text (const Page *page, const HpMover *mover)
{
  GString *text = g_string_new ("  ");

  for (guint i = 0; i < MIN (mover->reasons->len, MAX_REASONS); i++)
    {
      const HpMoverReason *reason = mover->reasons->pdata[i];
      const HpSetColumn *column
        = reason->feature != NULL ? hp_residual_set_get_column (page->comparison->sets[0], reason->feature) : NULL;
      g_autofree char *name = column != NULL            ? g_strdup (column->label)
                              : reason->feature != NULL ? hp_evidence_text_feature (page->description, reason->feature)
                                                        : g_strdup (_ ("base price"));
      g_autofree char *shown = hp_text_printable (name, -1, NAME_CHARS);
      g_autofree char *amount = hp_difference_text (HP_METRIC_MAE, reason->change, NULL);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", shown, amount);
    }
  return g_string_free (text, FALSE);
}

/* Figures in columns; beneath each house what changed, which is too long for one */
static void
add_movers (const Page *page)
{
  const HpComparison *comparison = page->comparison;

  if (comparison->movers->len == 0)
    return;
  add_heading (page, _ ("Houses whose price moved most"));
  for (guint i = 0; i < comparison->movers->len; i++)
    {
      const HpMover *mover = comparison->movers->pdata[i];
      g_autofree char *row = hp_display_count (mover->row), *sold = hp_display_price (mover->price, page->currency);
      g_autofree char *before = hp_display_price (mover->predicted[0], page->currency);
      g_autofree char *after = hp_display_price (mover->predicted[comparison->n_versions - 1], page->currency);
      g_autofree char *change = hp_difference_text (HP_METRIC_MAE, mover->change, page->currency);
      const char *first = comparison->names[0], *last = comparison->names[comparison->n_versions - 1];
      g_autofree char *line = g_strdup_printf (_ ("Sale %s, %s: version %s %s, version %s %s (%s)"), row, sold, first,
                                               before, last, after, change);

      hp_tui_lines_wrap (page->lines, page->canvas, page->width, HP_STYLE_NORMAL, line);
      if (mover->reasons != NULL && mover->reasons->len > 0)
        {
          g_autofree char *reasons = reasons_text (page, mover);

          hp_tui_lines_wrap (page->lines, page->canvas, page->width, HP_STYLE_FAINT, reasons);
        }
    }
}

static void
add_house (const Page *page, const GPtrArray *prices)
{
  g_autoptr (HpTuiGrid) grid = hp_tui_grid_new ();
  const HpValuation *first = ((const HpTuiHousePrice *) prices->pdata[0])->valuation;

  add_heading (page, _ ("This house by version"));
  hp_tui_grid_column (grid, _ ("Version"), FALSE);
  hp_tui_grid_column (grid, _ ("Price"), TRUE);
  hp_tui_grid_column (grid, _ ("Interval"), TRUE);
  hp_tui_grid_column (grid, _ ("Difference"), TRUE);
  for (guint i = 0; i < prices->len; i++)
    {
      const HpTuiHousePrice *price = prices->pdata[i];
      const HpValuation *valuation = price->valuation;
      GPtrArray *cells = g_ptr_array_new ();

      g_ptr_array_add (cells, g_strdup (price->version));
      g_ptr_array_add (cells, valuation != NULL ? hp_display_price (valuation->predicted_price, valuation->currency)
                                                : g_strdup ("–"));
      if (valuation != NULL && isfinite (valuation->low) && isfinite (valuation->high))
        {
          g_autofree char *low = hp_display_price (valuation->low, valuation->currency);
          g_autofree char *high = hp_display_price (valuation->high, valuation->currency);

          g_ptr_array_add (cells, g_strdup_printf ("%s – %s", low, high));
        }
      else
        g_ptr_array_add (cells, g_strdup ("–"));
      g_ptr_array_add (cells, hp_difference_text (HP_METRIC_MAE,
                                                  i > 0 && first != NULL && valuation != NULL
                                                    ? valuation->predicted_price - first->predicted_price
                                                    : NAN,
                                                  page->currency));
      hp_tui_grid_row (grid, HP_STYLE_NORMAL, end_row (cells));
    }
  hp_tui_grid_add_to (grid, page->lines, page->canvas, page->width);
  for (guint i = 0; i < prices->len; i++)
    {
      const HpTuiHousePrice *price = prices->pdata[i];
      g_autofree char *line
        = price->problem != NULL ? g_strdup_printf (_ ("Version %s: %s"), price->version, price->problem) : NULL;

      if (line != NULL)
        hp_tui_lines_wrap (page->lines, page->canvas, page->width, HP_STYLE_WARNING, line);
    }
}

/**
 * hp_tui_compared_lines:
 * @compared: a comparison
 * @prices: (nullable) (element-type HpTuiHousePrice): what each version says of the house in the form
 * @description: (nullable): whose labels features have
 * @canvas: where the page will be drawn
 * @width: columns
 *
 * Returns: (transfer full) (element-type HpTuiLine): the page
 */
GArray *
hp_tui_compared_lines (const HpTuiCompared *compared, const GPtrArray *prices, const HpDescription *description,
                       HpCanvas *canvas, int width)
{
  const HpComparison *comparison = compared->compared->comparison;
  Page page = { comparison, description, comparison->sets[0]->currency, hp_tui_lines_new (), canvas, width };

  add_verdicts (&page);
  add_metrics (&page);
  if (prices != NULL && prices->len > 0)
    add_house (&page, prices);
  add_segments (&page);
  add_movers (&page);
  return page.lines;
}

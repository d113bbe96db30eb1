/* compare-text.c - a comparison as people read it, in tables that fit 80 columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-cli-compare.h"

#define COLUMNS          80
#define VERSIONS_ABREAST 5
#define SHOWN_REASONS    3

static HpCliStyle
verdict_style (HpVerdict verdict)
{
  switch (verdict)
    {
    case HP_VERDICT_BETTER:
      return HP_STYLE_BOLD;
    case HP_VERDICT_WORSE:
      return HP_STYLE_WARN;
    case HP_VERDICT_NONE:
      return HP_STYLE_DIM;
    case HP_VERDICT_SAME:
    case HP_VERDICT_UNKNOWN:
    default:
      return HP_STYLE_NONE;
    }
}

/* "−1,234 to 567"; a dash where there is none */
static char *
interval (HpMetric metric, double low, double high)
{
  g_autofree char *from = hp_cli_metric (metric, low, NULL), *to = hp_cli_metric (metric, high, NULL);

  return isnan (low) || isnan (high) ? g_strdup ("–") : g_strdup_printf (_ ("%s to %s"), from, to);
}

static void
append_pair_metrics (GString *text, HpCli *cli, const HpComparison *comparison)
{
  const HpPair *pair = &comparison->pairs[0];
  const char *currency = comparison->sets[0]->currency;
  g_autofree char *level = hp_display_percent (comparison->level, 0);
  g_autofree char *last = g_strdup_printf (_ ("%s interval"), level);
  const char *const titles[]
    = { _ ("Metric"), comparison->names[0], comparison->names[1], _ ("Difference"), last, NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "lrrrr");

  for (guint i = 0; i < HP_N_METRICS; i++)
    {
      g_autofree char *a = hp_cli_metric (i, comparison->metrics[0].value[i], currency);
      g_autofree char *b = hp_cli_metric (i, comparison->metrics[1].value[i], currency);
      g_autofree char *difference = hp_cli_metric (i, pair->value[i], NULL);
      g_autofree char *range = interval (i, pair->low[i], pair->high[i]);

      hp_cli_table_add (table, HP_STYLE_NONE, hp_metric_label (i), a, b, difference, range, NULL);
    }
  hp_cli_table_append (table, text, cli->color_stdout);
}

/* A few versions' metrics abreast; the columns that are left over in the last table are empty and cost nothing. */
static void
append_metrics (GString *text, HpCli *cli, const HpComparison *comparison, guint first)
{
  const char *currency = comparison->sets[0]->currency;
  guint n = MIN (comparison->n_versions - first, VERSIONS_ABREAST);
  const char *titles[VERSIONS_ABREAST + 2] = { _ ("Metric"), "", "", "", "", "", NULL };
  g_autoptr (HpCliTable) table = NULL;

  for (guint v = 0; v < n; v++)
    titles[1 + v] = comparison->names[first + v];
  table = hp_cli_table_new (titles, "lrrrrr");
  g_string_append_c (text, '\n');
  for (guint i = 0; i < HP_N_METRICS; i++)
    {
      char *cells[VERSIONS_ABREAST];

      for (guint v = 0; v < VERSIONS_ABREAST; v++)
        cells[v] = v < n ? hp_cli_metric (i, comparison->metrics[first + v].value[i], currency) : g_strdup ("");
      hp_cli_table_add (table, HP_STYLE_NONE, hp_metric_label (i), cells[0], cells[1], cells[2], cells[3], cells[4],
                        NULL);
      for (guint v = 0; v < VERSIONS_ABREAST; v++)
        g_free (cells[v]);
    }
  hp_cli_table_append (table, text, cli->color_stdout);
}

static void
append_pairs (GString *text, HpCli *cli, const HpComparison *comparison)
{
  g_autofree char *level = hp_display_percent (comparison->level, 0);
  g_autofree char *range_title = g_strdup_printf (_ ("%s interval"), level);
  const char *const titles[] = { _ ("Version"), _ ("against"), _ ("Verdict"), _ ("MAE difference"), range_title, NULL };
  g_autoptr (HpCliTable) table = hp_cli_table_new (titles, "lllrr");

  for (guint i = 0; i < comparison->n_pairs; i++)
    {
      const HpPair *pair = &comparison->pairs[i];
      g_autofree char *difference = hp_cli_metric (HP_METRIC_MAE, pair->value[HP_METRIC_MAE], NULL);
      g_autofree char *range = interval (HP_METRIC_MAE, pair->low[HP_METRIC_MAE], pair->high[HP_METRIC_MAE]);

      hp_cli_table_add (table, verdict_style (pair->verdict), comparison->names[pair->b], comparison->names[pair->a],
                        hp_verdict_short_label (pair->verdict), difference, range, NULL);
    }
  hp_cli_table_append (table, text, cli->color_stdout);
}

/* A sentence in lines that fit */
static void
append_wrapped (GString *text, const char *sentence)
{
  g_auto (GStrv) words = g_strsplit (sentence, " ", -1);
  glong column = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      glong width = g_utf8_strlen (words[i], -1);

      if (column > 0 && column + 1 + width > COLUMNS)
        {
          g_string_append_c (text, '\n');
          column = 0;
        }
      if (column > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, words[i]);
      column += width + (column > 0);
    }
  g_string_append_c (text, '\n');
}

static void
append_folds (GString *text, const HpComparison *comparison, const HpPair *pair)
{
  g_autofree char *t = hp_display_number (pair->t, 2), *p = hp_display_number (pair->p, 3);
  g_autofree char *better = hp_display_percent (pair->p_better, 0), *same = hp_display_percent (pair->p_same, 0);
  g_autofree char *worse = hp_display_percent (pair->p_worse, 0);

  g_autofree char *sentence = NULL;

  if (!pair->has_folds)
    return;
  sentence = g_strdup_printf (_ ("By the %u folds alone %s is better than %s with probability %s, practically the same "
                                 "with %s, worse with %s (corrected t %s, p %s)."),
                              pair->n_folds, comparison->names[pair->b], comparison->names[pair->a], better, same,
                              worse, t, p);
  g_string_append_c (text, '\n');
  append_wrapped (text, sentence);
}

/* Of the last version against the first */
static guint
ends_pair (const HpComparison *comparison)
{
  return comparison->n_versions - 2;
}

static void
append_segments (GString *text, HpCli *cli, const HpComparison *comparison)
{
  const char *currency = comparison->sets[0]->currency;
  const char *first = comparison->names[0], *last = comparison->names[comparison->n_versions - 1];
  g_autofree char *level = hp_display_percent (comparison->level, 0);
  g_autofree char *range_title = g_strdup_printf (_ ("%s interval"), level);
  g_autofree char *mae_title = g_strdup_printf (_ ("MAE of %s"), first);
  g_autoptr (HpCliTable) table = NULL;
  const char *by = NULL;

  for (guint i = 0; i < comparison->segments->len; i++)
    {
      const HpComparisonSegment *segment = comparison->segments->pdata[i];
      const HpPair *pair = &segment->pairs[ends_pair (comparison)];
      g_autofree char *n = hp_display_count (segment->n);
      g_autofree char *mae = hp_cli_metric (HP_METRIC_MAE, segment->mae[0], currency);
      g_autofree char *difference = hp_cli_metric (HP_METRIC_MAE, pair->value[HP_METRIC_MAE], NULL);
      g_autofree char *range = interval (HP_METRIC_MAE, pair->low[HP_METRIC_MAE], pair->high[HP_METRIC_MAE]);
      g_autofree char *label = g_utf8_substring (segment->label, 0, MIN (g_utf8_strlen (segment->label, -1), 22));

      if (g_strcmp0 (by, segment->by) != 0)
        {
          const char *const titles[]
            = { segment->by_label, _ ("Sales"), mae_title, _ ("Change"), range_title, last, NULL };

          if (table != NULL)
            hp_cli_table_append (table, text, cli->color_stdout);
          g_clear_pointer (&table, hp_cli_table_free);
          table = hp_cli_table_new (titles, "lrrrrl");
          g_string_append_c (text, '\n');
          by = segment->by;
        }
      hp_cli_table_add (table, verdict_style (pair->verdict), label, n, mae, difference,
                        pair->verdict == HP_VERDICT_NONE ? "–" : range, hp_verdict_short_label (pair->verdict), NULL);
    }
  if (table != NULL)
    hp_cli_table_append (table, text, cli->color_stdout);
}

/* "+1,234": a change always says where it goes */
static char *
signed_amount (double amount)
{
  g_autofree char *number = hp_display_number (amount, 0);

  return g_strconcat (amount > 0 ? "+" : "", number, NULL);
}

static void
append_reasons (GString *text, const HpMover *mover, const HpSchema *schema)
{
  g_autoptr (GString) line = g_string_new ("  ");

  for (guint i = 0; i < MIN (mover->reasons->len, SHOWN_REASONS); i++)
    {
      const HpMoverReason *reason = mover->reasons->pdata[i];
      g_autofree char *label
        = reason->feature != NULL ? hp_schema_label (schema, reason->feature) : g_strdup (_ ("base price"));
      g_autofree char *change = signed_amount (reason->change);

      g_string_append_printf (line, "%s%s %s", i > 0 ? ", " : "", label, change);
    }
  g_string_append_printf (text, "%s\n", line->str);
}

static void
append_movers (GString *text, const HpComparison *comparison, const HpSchema *schema)
{
  const char *currency = comparison->sets[0]->currency;
  guint last = comparison->n_versions - 1;

  if (comparison->movers->len == 0)
    return;
  g_string_append_printf (text, _ ("\nLargest movers from %s to %s, with what changed most between the two models\n"),
                          comparison->names[0], comparison->names[last]);
  for (guint k = 0; k < comparison->movers->len; k++)
    {
      const HpMover *mover = comparison->movers->pdata[k];
      g_autofree char *sold = hp_display_price (mover->price, currency);
      g_autofree char *before = hp_display_price (mover->predicted[0], currency);
      g_autofree char *after = hp_display_price (mover->predicted[last], currency);
      g_autofree char *change = signed_amount (mover->change);

      g_string_append_printf (text, _ ("Row %" G_GUINT64_FORMAT ", sold for %s: %s → %s (%s)\n"), mover->row, sold, before,
                              after, change);
      if (mover->reasons != NULL)
        append_reasons (text, mover, schema);
    }
}

static void
append_head (GString *text, const HpComparison *comparison, const char *title)
{
  g_autofree char *n = hp_display_count (comparison->sets[0]->n);
  gsize most = 0;

  for (guint v = 0; v < comparison->n_versions; v++)
    most = MAX (most, comparison->n_own[v]);
  g_string_append_printf (text, ngettext ("%s, on %s sale", "%s, on %s sales", comparison->sets[0]->n), title, n);
  if (most > comparison->sets[0]->n)
    {
      g_autofree char *own = hp_display_count (most);

      g_string_append_printf (text, _ (" that all have (one has %s)"), own);
    }
  g_string_append (text, "\n");
  if (comparison->by_content)
    g_string_append (text, _ ("They were trained on different files: sales are matched by price and attributes.\n"));
  g_string_append_c (text, '\n');
}

/**
 * hp_cli_compare_text:
 * @cli: the context
 * @comparison: a comparison
 * @title: what is compared
 * @schema: names of features
 *
 * The verdict comes first, then what it rests on. With more than two versions segments and movers are of the last
 * against the first.
 *
 * Returns: (transfer full): the text
 */
char *
hp_cli_compare_text (HpCli *cli, const HpComparison *comparison, const char *title, const HpSchema *schema)
{
  GString *text = g_string_new (NULL);

  append_head (text, comparison, title);
  if (comparison->n_versions == 2)
    {
      g_autofree char *sentence = hp_pair_to_sentence (comparison, &comparison->pairs[0]);

      append_wrapped (text, sentence);
      g_string_append_c (text, '\n');
      append_pair_metrics (text, cli, comparison);
      append_folds (text, comparison, &comparison->pairs[0]);
    }
  else
    {
      append_pairs (text, cli, comparison);
      for (guint first = 0; first < comparison->n_versions; first += VERSIONS_ABREAST)
        append_metrics (text, cli, comparison, first);
    }
  append_segments (text, cli, comparison);
  append_movers (text, comparison, schema);
  return g_string_free (text, FALSE);
}

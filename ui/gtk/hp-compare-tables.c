/* hp-compare-tables.c - a comparison as tables: metrics, segments, houses whose price moved most
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-compare-tables.h"
#include "hp-display.h"
#include "hp-difference-text.h"
#include "hp-number.h"
#include "hp-text.h"

#define NAME_CHARS 40
/* What changed in words: the largest, as many as a line holds */
#define MAX_REASONS 3

static const HpComparison *
comparison_of (gpointer data)
{
  return ((HpCompareStudy *) data)->compared->comparison;
}

static const char *
currency_of (const HpComparison *comparison)
{
  return comparison->sets[0]->currency;
}

/**
 * hp_compare_tables_pair:
 * @comparison: a comparison
 * @pairs: its pairs, or those of one of its segments
 *
 * Returns: (transfer none): the pair of its first and its last version
 */
const HpPair *
hp_compare_tables_pair (const HpComparison *comparison, const HpPair *pairs)
{
  for (guint i = 0; i < comparison->n_pairs; i++)
    if (pairs[i].a == 0 && pairs[i].b == comparison->n_versions - 1)
      return &pairs[i];
  return pairs;
}

static char *
plain_number (double value)
{
  char buffer[HP_NUMBER_BUFFER];

  if (!isfinite (value))
    return g_strdup ("");
  hp_number_format (buffer, value);
  return g_strdup (buffer);
}

static char *
plain_interval (double low, double high)
{
  g_autofree char *from = plain_number (low), *to = plain_number (high);

  return g_strdup_printf ("%s..%s", from, to);
}

static char *
difference (HpMetric metric, const HpPair *pair, const char *currency, gboolean plain)
{
  return plain ? plain_number (pair->value[metric]) : hp_difference_text (metric, pair->value[metric], currency);
}

static char *
interval (HpMetric metric, const HpPair *pair, const char *currency, gboolean plain)
{
  return plain ? plain_interval (pair->low[metric], pair->high[metric])
               : hp_difference_text_interval (metric, pair->low[metric], pair->high[metric], currency);
}

static char *
metrics_text (gpointer data, guint row, guint column, gboolean plain)
{
  const HpComparison *comparison = comparison_of (data);
  const HpPair *pair = hp_compare_tables_pair (comparison, comparison->pairs);
  const char *currency = currency_of (comparison);

  if (column == 0)
    return g_strdup (plain ? hp_metric_name (row) : hp_metric_label (row));
  if (column <= comparison->n_versions)
    {
      double value = comparison->metrics[column - 1].value[row];

      return plain ? plain_number (value) : hp_difference_text_value (row, value, currency);
    }
  return column == comparison->n_versions + 1 ? difference (row, pair, currency, plain)
                                              : interval (row, pair, currency, plain);
}

static void
add_versions (HpDataSource *source, const HpComparison *comparison, gboolean mae)
{
  for (guint i = 0; i < comparison->n_versions; i++)
    {
      g_autofree char *name = hp_text_printable (comparison->names[i], -1, NAME_CHARS);
      g_autofree char *title = mae ? g_strdup_printf (_ ("MAE of %s"), name) : g_strdup_printf (_ ("Version %s"), name);

      hp_data_source_add_column (source, title, TRUE);
    }
}

static HpDataSource *
finish (HpDataSource *source, guint n_rows, HpCompareStudy *study)
{
  source->n_rows = n_rows;
  source->data = hp_compare_study_ref (study);
  source->destroy = (GDestroyNotify) hp_compare_study_unref;
  return source;
}

static void
add_difference (HpDataSource *source, const HpComparison *comparison)
{
  g_autofree char *level = hp_display_percent (comparison->level, 0);
  g_autofree char *title = g_strdup_printf (_ ("%s interval"), level);

  hp_data_source_add_column (source, _ ("Difference"), TRUE);
  hp_data_source_add_column (source, title, TRUE);
}

/**
 * hp_compare_tables_metrics:
 * @study: a comparison
 *
 * Returns: (transfer full): a row for each metric
 */
HpDataSource *
hp_compare_tables_metrics (HpCompareStudy *study)
{
  const HpComparison *comparison = comparison_of (study);
  HpDataSource *source = hp_data_source_new ();

  hp_data_source_add_column (source, _ ("Metric"), FALSE);
  add_versions (source, comparison, FALSE);
  add_difference (source, comparison);
  source->get_text = metrics_text;
  return finish (source, HP_N_METRICS, study);
}

static char *
segments_text (gpointer data, guint row, guint column, gboolean plain)
{
  const HpComparison *comparison = comparison_of (data);
  const HpComparisonSegment *segment = comparison->segments->pdata[row];
  const HpPair *pair = hp_compare_tables_pair (comparison, segment->pairs);
  const char *currency = currency_of (comparison);
  guint after = 2 + comparison->n_versions;

  if (column == 0)
    {
      g_autofree char *by = hp_text_printable (segment->by_label, -1, NAME_CHARS);
      g_autofree char *label = hp_text_printable (segment->label, -1, NAME_CHARS);

      return g_strdup_printf ("%s: %s", by, label);
    }
  if (column == 1)
    return plain ? g_strdup_printf ("%" G_GSIZE_FORMAT, segment->n) : hp_display_count (segment->n);
  if (column < after)
    return plain ? plain_number (segment->mae[column - 2])
                 : hp_difference_text_value (HP_METRIC_MAE, segment->mae[column - 2], currency);
  if (column == after)
    return difference (HP_METRIC_MAE, pair, currency, plain);
  if (column == after + 1)
    return interval (HP_METRIC_MAE, pair, currency, plain);
  return g_strdup (plain ? hp_verdict_name (pair->verdict) : hp_verdict_label (pair->verdict));
}

static double
segments_key (gpointer data, guint row, guint column)
{
  const HpComparison *comparison = comparison_of (data);
  const HpComparisonSegment *segment = comparison->segments->pdata[row];
  const HpPair *pair = hp_compare_tables_pair (comparison, segment->pairs);

  if (column <= 1)
    return (double) segment->n;
  return column < 2 + comparison->n_versions ? segment->mae[column - 2] : pair->value[HP_METRIC_MAE];
}

/**
 * hp_compare_tables_segments:
 * @study: a comparison
 *
 * Returns: (transfer full): a row for each segment: its mean absolute errors
 */
HpDataSource *
hp_compare_tables_segments (HpCompareStudy *study)
{
  const HpComparison *comparison = comparison_of (study);
  HpDataSource *source = hp_data_source_new ();

  hp_data_source_add_column (source, _ ("Segment"), FALSE);
  hp_data_source_add_column (source, _ ("Sales"), TRUE);
  add_versions (source, comparison, TRUE);
  add_difference (source, comparison);
  hp_data_source_add_column (source, _ ("Last version"), FALSE);
  source->get_text = segments_text;
  source->get_key = segments_key;
  return finish (source, comparison->segments->len, study);
}

static char *
reasons_text (const HpSchema *schema, const HpMover *mover)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; mover->reasons != NULL && i < MIN (mover->reasons->len, MAX_REASONS); i++)
    {
      const HpMoverReason *reason = mover->reasons->pdata[i];
      g_autofree char *name = reason->feature == NULL ? g_strdup (_ ("base price"))
                              : schema != NULL        ? hp_schema_label (schema, reason->feature)
                                                      : g_strdup (reason->feature);
      g_autofree char *shown = hp_text_printable (name, -1, NAME_CHARS);
      g_autofree char *amount = hp_difference_text (HP_METRIC_MAE, reason->change, NULL);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", shown, amount);
    }
  return g_string_free (text, FALSE);
}

static char *
movers_text (gpointer data, guint row, guint column, gboolean plain)
{
  const HpComparison *comparison = comparison_of (data);
  const HpMover *mover = comparison->movers->pdata[row];
  const char *currency = currency_of (comparison);
  guint after = 2 + comparison->n_versions;

  if (column == 0)
    return plain ? g_strdup_printf ("%" G_GUINT64_FORMAT, mover->row) : hp_display_count (mover->row);
  if (column < after)
    {
      double price = column == 1 ? mover->price : mover->predicted[column - 2];

      return plain ? plain_number (price) : hp_display_price (price, currency);
    }
  if (column == after)
    return plain ? plain_number (mover->change) : hp_difference_text (HP_METRIC_MAE, mover->change, currency);
  return reasons_text (((HpCompareStudy *) data)->compared->schema, mover);
}

static double
movers_key (gpointer data, guint row, guint column)
{
  const HpComparison *comparison = comparison_of (data);
  const HpMover *mover = comparison->movers->pdata[row];

  if (column == 0)
    return (double) mover->row;
  if (column == 1)
    return mover->price;
  return column < 2 + comparison->n_versions ? mover->predicted[column - 2] : mover->change;
}

/**
 * hp_compare_tables_movers:
 * @study: a comparison
 *
 * Returns: (transfer full): a row for each of the sales whose price moved most, and what changed
 */
HpDataSource *
hp_compare_tables_movers (HpCompareStudy *study)
{
  const HpComparison *comparison = comparison_of (study);
  HpDataSource *source = hp_data_source_new ();

  hp_data_source_add_column (source, _ ("Sale"), TRUE);
  hp_data_source_add_column (source, _ ("Price"), TRUE);
  add_versions (source, comparison, FALSE);
  hp_data_source_add_column (source, _ ("Change"), TRUE);
  hp_data_source_add_column (source, _ ("What changed"), FALSE);
  source->get_text = movers_text;
  source->get_key = movers_key;
  return finish (source, comparison->movers->len, study);
}

/**
 * hp_compare_tables_evidence:
 * @comparison: a comparison
 *
 * Returns: (transfer full): what its verdict rests on, in a sentence
 */
char *
hp_compare_tables_evidence (const HpComparison *comparison)
{
  const HpPair *pair = hp_compare_tables_pair (comparison, comparison->pairs);
  g_autofree char *n = hp_display_count (pair->n);
  g_autofree char *rope = hp_display_price (pair->rope, currency_of (comparison));

  return g_strdup_printf (_ ("On %s sales that none of them had seen. Up to %s either way is practically the same."), n,
                          rope);
}

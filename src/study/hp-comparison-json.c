/* hp-comparison-json.c - a comparison as `compare --json` of the command line writes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-comparison.h"

static void
write_versions (const HpComparison *comparison, HpJsonWriter *writer)
{
  hp_json_writer_key (writer, "versions");
  hp_json_writer_begin_array (writer);
  for (guint v = 0; v < comparison->n_versions; v++)
    {
      gsize at = (gsize) v * HP_N_METRICS;

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_string (writer, "version", comparison->names[v]);
      hp_json_writer_set_int (writer, "own_sales", comparison->n_own[v]);
      hp_json_writer_key (writer, "metrics");
      hp_json_writer_begin_object (writer);
      hp_json_writer_set_int (writer, "n", comparison->metrics[v].n);
      hp_metrics_write (&comparison->metrics[v], NULL, 0, writer);
      hp_metrics_write_intervals (NULL, 0, comparison->level, comparison->metric_low + at, comparison->metric_high + at,
                                  writer);
      hp_json_writer_end_object (writer);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
}

/* Only the MAE has a verdict. */
static void
write_delta (const HpPair *pair, guint first, guint last, HpJsonWriter *writer)
{
  hp_json_writer_key (writer, "delta");
  hp_json_writer_begin_object (writer);
  for (guint metric = first; metric <= last; metric++)
    {
      hp_json_writer_key (writer, hp_metric_name (metric));
      hp_json_writer_begin_object (writer);
      hp_json_writer_set_double (writer, "value", pair->value[metric]);
      hp_json_writer_set_double (writer, "low", pair->low[metric]);
      hp_json_writer_set_double (writer, "high", pair->high[metric]);
      hp_json_writer_set_string (writer, "verdict", metric == HP_METRIC_MAE ? hp_verdict_name (pair->verdict) : NULL);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_object (writer);
}

static void
write_pair_head (const HpComparison *comparison, const HpPair *pair, HpJsonWriter *writer)
{
  hp_json_writer_set_string (writer, "a", comparison->names[pair->a]);
  hp_json_writer_set_string (writer, "b", comparison->names[pair->b]);
  hp_json_writer_set_int (writer, "n", pair->n);
  hp_json_writer_set_string (writer, "verdict", hp_verdict_name (pair->verdict));
  hp_json_writer_set_double (writer, "rope", pair->rope);
}

static void
write_folds (const HpPair *pair, HpJsonWriter *writer)
{
  hp_json_writer_key (writer, "folds");
  if (!pair->has_folds)
    {
      hp_json_writer_null (writer);
      return;
    }
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_int (writer, "n", pair->n_folds);
  hp_json_writer_set_double (writer, "t", pair->t);
  hp_json_writer_set_double (writer, "p", pair->p);
  hp_json_writer_set_double (writer, "p_better", pair->p_better);
  hp_json_writer_set_double (writer, "p_same", pair->p_same);
  hp_json_writer_set_double (writer, "p_worse", pair->p_worse);
  hp_json_writer_end_object (writer);
}

static void
write_pairs (const HpComparison *comparison, HpJsonWriter *writer)
{
  hp_json_writer_key (writer, "pairs");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < comparison->n_pairs; i++)
    {
      const HpPair *pair = &comparison->pairs[i];
      g_autofree char *sentence = hp_pair_to_sentence (comparison, pair);

      hp_json_writer_begin_object (writer);
      write_pair_head (comparison, pair, writer);
      hp_json_writer_set_string (writer, "sentence", sentence);
      write_delta (pair, 0, HP_N_METRICS - 1, writer);
      write_folds (pair, writer);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
}

static void
write_segment (const HpComparison *comparison, const HpComparisonSegment *segment, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "by", segment->by);
  hp_json_writer_set_string (writer, "value", segment->key);
  hp_json_writer_set_int (writer, "n", segment->n);
  hp_json_writer_set_boolean (writer, "graded", segment->n >= HP_COMPARISON_MIN_SALES);
  hp_json_writer_key (writer, "mae");
  hp_json_writer_begin_array (writer);
  for (guint v = 0; v < comparison->n_versions; v++)
    hp_json_writer_double (writer, segment->mae[v]);
  hp_json_writer_end_array (writer);
  hp_json_writer_key (writer, "pairs");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < comparison->n_pairs; i++)
    {
      hp_json_writer_begin_object (writer);
      write_pair_head (comparison, &segment->pairs[i], writer);
      write_delta (&segment->pairs[i], HP_METRIC_MAE, HP_METRIC_MAE, writer);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
  hp_json_writer_end_object (writer);
}

static void
write_reasons (const HpMover *mover, HpJsonWriter *writer)
{
  hp_json_writer_key (writer, "reasons");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < mover->reasons->len; i++)
    {
      const HpMoverReason *reason = mover->reasons->pdata[i];

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_string (writer, "feature", reason->feature);
      hp_json_writer_set_double (writer, "a", reason->a);
      hp_json_writer_set_double (writer, "b", reason->b);
      hp_json_writer_set_double (writer, "change", reason->change);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
}

static void
write_movers (const HpComparison *comparison, HpJsonWriter *writer)
{
  hp_json_writer_key (writer, "movers");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < comparison->movers->len; i++)
    {
      const HpMover *mover = comparison->movers->pdata[i];

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_int (writer, "row", mover->row);
      hp_json_writer_set_double (writer, "price", mover->price);
      hp_json_writer_key (writer, "predicted");
      hp_json_writer_begin_array (writer);
      for (guint v = 0; v < comparison->n_versions; v++)
        hp_json_writer_double (writer, mover->predicted[v]);
      hp_json_writer_end_array (writer);
      hp_json_writer_set_double (writer, "change", mover->change);
      if (mover->reasons != NULL)
        write_reasons (mover, writer);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
}

/**
 * hp_comparison_write_json:
 * @comparison: a comparison
 * @writer: a writer inside an object
 *
 * Writes `n`, `level`, `rope`, `versions`, `pairs`, `segments` and `movers`. A reason whose feature is null is the base
 * price.
 */
void
hp_comparison_write_json (const HpComparison *comparison, HpJsonWriter *writer)
{
  hp_json_writer_set_int (writer, "n", comparison->sets[0]->n);
  hp_json_writer_set_string (writer, "matched_by", comparison->by_content ? "content" : "row");
  hp_json_writer_set_double (writer, "level", comparison->level);
  hp_json_writer_set_double (writer, "rope", comparison->rope);
  write_versions (comparison, writer);
  write_pairs (comparison, writer);
  hp_json_writer_key (writer, "segments");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < comparison->segments->len; i++)
    write_segment (comparison, comparison->segments->pdata[i], writer);
  hp_json_writer_end_array (writer);
  write_movers (comparison, writer);
}

/* hp-gate.c - gates: bounds on metrics that a version must keep to be promoted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-gate.h"

#include <math.h>

static void
judge (HpGateOutcome *outcome)
{
  const HpGateBound *bound = &outcome->bound;
  double above = bound->has_min ? outcome->value - bound->min : INFINITY;
  double below = bound->has_max ? bound->max - outcome->value : INFINITY;

  outcome->margin = isnan (outcome->value) ? NAN : fmin (above, below);
  outcome->passed = outcome->margin >= 0;
}

/**
 * hp_gates_evaluate:
 * @predicted: (array length=n): predicted prices, out of sample
 * @price: (array length=n): sale prices
 * @n: number of sales
 * @bounds: (array length=n_bounds): the gates
 * @n_bounds: how many
 * @replicates: resamples for the intervals; 0 for none
 * @level: confidence of the intervals, in (0, 1)
 * @seed: of the resamples
 * @team: (nullable): threads
 * @outcomes: (out caller-allocates) (array length=n_bounds): what became of each gate
 *
 * Holds the metrics against their bounds, which are allowed values themselves. A metric that is not defined fails its
 * gate; a gate without bounds then fails too, since nothing was shown. The margin of a gate without bounds is infinite.
 *
 * Returns: whether all passed
 */
gboolean
hp_gates_evaluate (const double *predicted, const double *price, gsize n, const HpGateBound *bounds, gsize n_bounds,
                   guint replicates, double level, guint64 seed, HpTeam *team, HpGateOutcome *outcomes)
{
  g_autofree HpMetric *which = g_new (HpMetric, n_bounds);
  g_autofree double *low = g_new (double, n_bounds);
  g_autofree double *high = g_new (double, n_bounds);
  gboolean passed = TRUE;
  HpMetrics metrics;

  if (n_bounds == 0)
    return TRUE;

  for (gsize i = 0; i < n_bounds; i++)
    {
      which[i] = bounds[i].metric;
      low[i] = high[i] = NAN;
    }
  hp_metrics_compute (predicted, price, n, &metrics);
  if (replicates > 0)
    hp_metrics_bootstrap (predicted, price, n, which, n_bounds, replicates, level, seed, team, low, high);
  for (gsize i = 0; i < n_bounds; i++)
    {
      outcomes[i]
        = (HpGateOutcome){ .bound = bounds[i], .value = metrics.value[which[i]], .low = low[i], .high = high[i] };
      judge (&outcomes[i]);
      passed = passed && outcomes[i].passed;
    }
  return passed;
}

static void
write_outcome (const HpGateOutcome *outcome, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "metric", hp_metric_name (outcome->bound.metric));
  if (outcome->bound.has_min)
    hp_json_writer_set_double (writer, "min", outcome->bound.min);
  if (outcome->bound.has_max)
    hp_json_writer_set_double (writer, "max", outcome->bound.max);
  hp_json_writer_set_double (writer, "value", outcome->value);
  hp_json_writer_set_double (writer, "margin", outcome->margin);
  hp_json_writer_set_double (writer, "low", outcome->low);
  hp_json_writer_set_double (writer, "high", outcome->high);
  hp_json_writer_set_boolean (writer, "passed", outcome->passed);
  hp_json_writer_end_object (writer);
}

/**
 * hp_gates_write:
 * @outcomes: (array length=n_outcomes): what became of each gate
 * @n_outcomes: how many
 * @writer: a writer where a value may stand
 *
 * Writes whether all passed, the names of the metrics that did not, and every outcome.
 */
void
hp_gates_write (const HpGateOutcome *outcomes, gsize n_outcomes, HpJsonWriter *writer)
{
  gboolean passed = TRUE;

  for (gsize i = 0; i < n_outcomes; i++)
    passed = passed && outcomes[i].passed;

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_boolean (writer, "passed", passed);
  hp_json_writer_key (writer, "failed");
  hp_json_writer_begin_array (writer);
  for (gsize i = 0; i < n_outcomes; i++)
    if (!outcomes[i].passed)
      hp_json_writer_string (writer, hp_metric_name (outcomes[i].bound.metric));
  hp_json_writer_end_array (writer);
  hp_json_writer_key (writer, "outcomes");
  hp_json_writer_begin_array (writer);
  for (gsize i = 0; i < n_outcomes; i++)
    write_outcome (&outcomes[i], writer);
  hp_json_writer_end_array (writer);
  hp_json_writer_end_object (writer);
}

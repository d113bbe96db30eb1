/* hp-report-version-json.c - what a version's metrics.json says, where it says it
 *
 * Versions of other programs and of older releases lack parts: what is missing is NULL or NaN here, and said to be
 * missing in the report.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-report-version-private.h"

#include <math.h>

static JsonNode *
get (JsonObject *object, const char *member)
{
  return object != NULL ? json_object_get_member (object, member) : NULL;
}

/**
 * hp_report_json_object:
 * @object: (nullable): where to look
 * @member: for what
 *
 * Returns: (transfer none) (nullable): the object; %NULL if there is none
 */
JsonObject *
hp_report_json_object (JsonObject *object, const char *member)
{
  JsonNode *node = get (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * hp_report_json_number:
 * @object: (nullable): where to look
 * @member: for what
 *
 * Returns: the number; NaN if there is none
 */
double
hp_report_json_number (JsonObject *object, const char *member)
{
  JsonNode *node = get (object, member);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : NAN;
}

/**
 * hp_report_json_string:
 * @object: (nullable): where to look
 * @member: for what
 *
 * Returns: (transfer none) (nullable): the text; %NULL if there is none
 */
const char *
hp_report_json_string (JsonObject *object, const char *member)
{
  JsonNode *node = get (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/**
 * hp_report_get_gates:
 * @version: a version
 * @passed: (out): whether it passed them all
 * @n_failed: (out): how many it did not
 *
 * Returns: (transfer none) (nullable): what became of each gate; %NULL if nothing was measured
 */
JsonArray *
hp_report_get_gates (const HpReportVersion *version, gboolean *passed, guint *n_failed)
{
  JsonObject *gates = hp_report_json_object (version->metrics, "gates");
  JsonNode *node = get (gates, "outcomes"), *all = get (gates, "passed"), *failed = get (gates, "failed");

  *passed = all != NULL && JSON_NODE_HOLDS_VALUE (all) && json_node_get_boolean (all);
  *n_failed
    = failed != NULL && JSON_NODE_HOLDS_ARRAY (failed) ? json_array_get_length (json_node_get_array (failed)) : 0;
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * hp_report_version_measure:
 * @version: a version
 * @metrics: (out caller-allocates): its metrics
 *
 * Measures it on its test sales, with 95 % intervals; without them takes what metrics.json says.
 */
void
hp_report_version_measure (const HpReportVersion *version, HpReportMetrics *metrics)
{
  JsonObject *test = hp_report_json_object (version->metrics, "test");
  double n = hp_report_json_number (test, "n");

  for (guint m = 0; m < HP_N_METRICS; m++)
    metrics->value[m] = metrics->low[m] = metrics->high[m] = NAN;
  if (version->test != NULL && version->test->n > 0)
    {
      HpMetrics computed;

      hp_metrics_compute (version->test->predicted, version->test->price, version->test->n, &computed);
      hp_metrics_bootstrap (version->test->predicted, version->test->price, version->test->n, NULL, HP_N_METRICS,
                            HP_BOOTSTRAP_REPLICATES, HP_BOOTSTRAP_LEVEL, 42, version->team, metrics->low,
                            metrics->high);
      for (guint m = 0; m < HP_N_METRICS; m++)
        metrics->value[m] = computed.value[m];
      metrics->n = version->test->n;
      return;
    }
  metrics->n = n >= 0 && n < 1e15 ? (gsize) n : 0;
  for (guint m = 0; m < HP_N_METRICS; m++)
    metrics->value[m] = hp_report_json_number (test, hp_metric_name (m));
}

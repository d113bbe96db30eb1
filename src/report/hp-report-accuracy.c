/* hp-report-accuracy.c - how well a version predicts, and its gates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-report-version-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-display.h"
#include "hp-metric-text.h"

/**
 * hp_report_add_accuracy:
 * @report: a report
 * @version: of which version
 * @metrics: of its test sales
 *
 * Adds the metrics that say how near predictions come to prices; the ratio study has the others.
 */
void
hp_report_add_accuracy (HpReport *report, const HpReportVersion *version, const HpReportMetrics *metrics)
{
  JsonObject *folds = hp_report_json_object (version->metrics, "oof");
  g_autofree char *n = hp_display_count (metrics->n);
  HpReportTable *table;

  hp_report_add_heading (report, 2, _ ("How near the predictions come"));
  if (metrics->n == 0)
    {
      hp_report_add_paragraph (report,
                               _ ("This is not known: the version was registered without sales to measure it on."));
      return;
    }
  hp_report_add_paragraphf (
    report,
    ngettext ("Measured on %s test sale, which had no part in making the model, nor in choosing it.",
              "Measured on %s test sales, which had no part in making the model, nor in choosing it.", metrics->n),
    n);
  if (metrics->n < 30)
    hp_report_add_callout (report, HP_TONE_WARN, _ ("Few test sales"),
                           _ ("With fewer than 30 sales these figures move much by chance. Don't rely on them alone."));
  table = hp_report_add_table (report, _ ("Predicted prices against prices paid"));
  hp_report_table_add_column (table, _ ("Statistic"), NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, _ ("Test sales"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("95 % interval"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Folds"), NULL, HP_COLUMN_RIGHT);
  for (guint m = HP_METRIC_R2; m <= HP_METRIC_PPE20; m++)
    {
      g_autofree char *value = hp_metric_to_text (m, metrics->value[m], version->currency);
      g_autofree char *range = hp_report_metric_range (m, metrics->low[m], metrics->high[m], version->currency);
      g_autofree char *fold
        = hp_metric_to_text (m, hp_report_json_number (folds, hp_metric_name (m)), version->currency);

      hp_report_table_add_row (table, HP_TONE_PLAIN, hp_report_metric_words (m), value, range, fold, NULL);
    }
}

static void
add_gate (HpReportTable *table, JsonObject *gate, const char *currency)
{
  const char *name = hp_report_json_string (gate, "metric");
  JsonNode *node = json_object_get_member (gate, "passed");
  gboolean passed = node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
  double least = hp_report_json_number (gate, "min"), most = hp_report_json_number (gate, "max");
  g_autofree char *low = NULL, *high = NULL, *bound = NULL, *value = NULL, *range = NULL;
  HpMetric metric;

  if (name == NULL || !hp_metric_from_name (name, &metric))
    return;
  low = hp_metric_to_text (metric, least, currency);
  high = hp_metric_to_text (metric, most, currency);
  bound = isnan (least)  ? g_strdup_printf (_ ("at most %s"), high)
          : isnan (most) ? g_strdup_printf (_ ("at least %s"), low)
                         : hp_report_range (low, high);
  value = hp_metric_to_text (metric, hp_report_json_number (gate, "value"), currency);
  range = hp_report_metric_range (metric, hp_report_json_number (gate, "low"), hp_report_json_number (gate, "high"),
                                  currency);
  hp_report_table_begin_row (table, HP_TONE_PLAIN);
  hp_report_table_add_cell (table, hp_report_metric_words (metric));
  hp_report_table_add_cell (table, bound);
  hp_report_table_add_cell (table, value);
  hp_report_table_add_cell (table, range);
  hp_report_table_add_cell (table, passed ? _ ("passed") : _ ("not passed"))->tone
    = passed ? HP_TONE_GOOD : HP_TONE_BAD;
}

/**
 * hp_report_add_gates:
 * @report: a report
 * @version: of which version
 *
 * Adds its gates and what became of them.
 */
void
hp_report_add_gates (HpReport *report, const HpReportVersion *version)
{
  gboolean passed;
  guint n_failed;
  JsonArray *gates = hp_report_get_gates (version, &passed, &n_failed);
  HpReportTable *table;

  hp_report_add_heading (report, 2, _ ("Gates"));
  if (gates == NULL)
    {
      hp_report_add_paragraph (
        report, _ ("Nothing was measured against the schema's gates: a version without sales can't pass them, and "
                   "can't be put to use without a reason given."));
      return;
    }
  if (json_array_get_length (gates) == 0)
    {
      hp_report_add_paragraph (report, _ ("The schema of the data sets no gates."));
      return;
    }
  hp_report_add_paragraph (
    report, _ ("Bounds that the statistics of the test sales must keep before the version may be put to use. They "
               "were set in the schema of the data before the training; the value decides, the interval says "
               "how sure that is."));
  table = hp_report_add_table (report, _ ("Gates and their outcome"));
  hp_report_table_add_column (table, _ ("Statistic"), NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, _ ("Allowed"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Value"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("95 % interval"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Outcome"), NULL, HP_COLUMN_LEFT);
  for (guint i = 0; i < json_array_get_length (gates); i++)
    {
      JsonNode *gate = json_array_get_element (gates, i);

      if (JSON_NODE_HOLDS_OBJECT (gate))
        add_gate (table, json_node_get_object (gate), version->currency);
    }
}

/* hp-report-segments.c - the same figures for parts of the sales: places, ages, tenths of the price
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-report-version-private.h"

#include <glib/gi18n-lib.h>

#include "hp-display.h"
#include "hp-metric-text.h"
#include "hp-segmentation.h"
#include "hp-segments.h"

static void
add_row (HpReportTable *table, const char *label, const HpMetrics *metrics, const char *currency)
{
  static const HpMetric shown[]
    = { HP_METRIC_MAE, HP_METRIC_MDAPE, HP_METRIC_PPE10, HP_METRIC_MEDIAN_RATIO, HP_METRIC_COD, HP_METRIC_PRD };
  gboolean few = metrics->n < HP_SEGMENT_MIN_SALES;
  g_autofree char *n = hp_display_count (metrics->n);

  hp_report_table_begin_row (table, few ? HP_TONE_WEAK : HP_TONE_PLAIN);
  hp_report_table_add_cell (table, label);
  hp_report_table_add_cell (table, n);
  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autofree char *value = hp_metric_to_text (shown[i], metrics->value[shown[i]], currency);

      hp_report_table_add_cell (table, value);
    }
}

static gboolean
add_segmentation (HpReport *report, const HpResidualSet *set, const char *by, GError **error)
{
  g_autoptr (HpSegmentation) segmentation = hp_segmentation_new (set, by, error);
  g_autofree HpMetrics *metrics = NULL;
  g_autofree char *caption = NULL;
  HpReportTable *table;

  if (segmentation == NULL)
    return FALSE;
  metrics = g_new0 (HpMetrics, MAX (segmentation->n, 1));
  hp_metrics_compute_segments (set->predicted, set->price, segmentation->segment, set->n, segmentation->n, metrics);
  caption = g_strdup_printf (_ ("By %s"), segmentation->label);
  table = hp_report_add_table (report, caption);
  hp_report_add_note (report, hp_report_get_last_block (report),
                      _ ("Groups of fewer than 30 sales are grey: their figures move much by chance."));
  hp_report_table_add_column (table, segmentation->label, NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, _ ("Sales"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Mean error"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Middle error"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Within 10 %"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("Median ratio"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("COD"), NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, _ ("PRD"), NULL, HP_COLUMN_RIGHT);
  for (guint s = 0; s < segmentation->n; s++)
    if (metrics[s].n > 0)
      add_row (table, segmentation->labels[s], &metrics[s], set->currency);
  return TRUE;
}

/**
 * hp_report_add_segments:
 * @report: a report
 * @set: (nullable): out-of-sample predictions
 * @by: (nullable): columns; %NULL: what is worth looking at
 * @team: (nullable): threads
 * @error: return location for a #GError
 *
 * Adds a table for each of them.
 *
 * Returns: %FALSE if the sales have no such column
 */
gboolean
hp_report_add_segments (HpReport *report, const HpResidualSet *set, const char *const *by, HpTeam *team, GError **error)
{
  g_auto (GStrv) suggested = NULL;

  if (set == NULL || set->n == 0)
    return TRUE;
  if (by == NULL)
    suggested = hp_segmentation_suggest (set);
  by = by != NULL ? by : (const char *const *) suggested;
  if (by[0] == NULL)
    return TRUE;
  hp_report_add_heading (report, 2, _ ("Where it predicts well, and where not"));
  hp_report_add_paragraph (report, _ ("The same figures for parts of the sales, all predicted out of sample."));
  for (; *by != NULL; by++)
    if (!add_segmentation (report, set, *by, error))
      return FALSE;
  return TRUE;
}

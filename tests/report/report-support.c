/* report-support.c - documents that tests write
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "report-support.h"

HpChart *
test_report_chart (const char *title, gsize n)
{
  HpChart *chart = hp_chart_new ("actual-predicted");
  HpChartSeries *series = hp_chart_add_series (chart, HP_SERIES_POINTS, HP_ROLE_SERIES_1, NULL, n);

  g_free (chart->title);
  chart->title = g_strdup (title);
  g_free (chart->summary);
  chart->summary = g_strdup ("Half of the sales lie within 8 % of the line.");
  for (gsize i = 0; i < n; i++)
    {
      series->x[i] = 100000 + 1000 * i;
      series->y[i] = series->x[i] * (0.9 + 0.01 * (double) (i * 7 % 20));
    }
  hp_chart_finish (chart);
  return chart;
}

static void
add_tables (HpReport *report, guint rows)
{
  HpReportTable *table = hp_report_add_table (report, "Metrics of the test sales");

  hp_report_table_add_column (table, "Statistic", NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, "Value", "USD", HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, "95 % interval", NULL, HP_COLUMN_RIGHT);
  hp_report_table_add_column (table, "Outcome", NULL, HP_COLUMN_LEFT);
  hp_report_table_add_row (table, HP_TONE_PLAIN, "Mean absolute error", "18,289", "16,548 – 20,106", "pass", NULL);
  hp_report_table_add_row (table, HP_TONE_BAD, "Root mean squared error", "38,699", "34,902 – 43,085", "fail", NULL);
  hp_report_table_add_row (table, HP_TONE_WEAK, "Too few", "–", NULL);
  hp_report_table_begin_row (table, HP_TONE_PLAIN);
  hp_report_table_add_cell (table, "Living area");
  hp_report_table_add_cell (table, "1,656")->tone = HP_TONE_DIFFERS;
  hp_report_add_note (report, hp_report_get_last_block (report), "Intervals by bootstrap.");
  table = hp_report_add_table (report, "A long table");
  hp_report_table_add_column (table, "Row", NULL, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, "What it says", NULL, HP_COLUMN_LEFT);
  for (guint i = 0; i < rows; i++)
    {
      g_autofree char *name = g_strdup_printf ("Row %u", i + 1);

      hp_report_table_add_row (table, HP_TONE_PLAIN, name, "nothing in particular, but at some length", NULL);
    }
}

HpReport *
test_report_all_blocks (guint rows)
{
  HpReport *report = hp_report_new ("Report of version 3", "house-price · gradient boosting", 1790000000);
  HpReportBlock *block;

  block = hp_report_add_callout (report, HP_TONE_GOOD, "All gates passed", "Version 3 may be used.");
  hp_report_add_note (report, block, "A gate is a bound on a statistic.");
  block = hp_report_add_pairs (report, HP_BLOCK_FIGURES);
  hp_report_block_add_pair (block, "Price", "$178,123", "90 % interval $151,000 – $209,000")->tone = HP_TONE_STRONG;
  hp_report_block_add_pair (block, "Within 10 %", "63 %", NULL);
  hp_report_block_add_pair (block, "Sales", "2,929", "of 2,930");
  hp_report_add_heading (report, 2, "What it was trained on");
  block = hp_report_add_paragraph (report, "Sales of five years, cleaned & counted.");
  hp_report_add_note (report, block, "A gate is a bound on a statistic.");
  hp_report_add_note (report, block, "One row was left out.");
  block = hp_report_add_pairs (report, HP_BLOCK_FACTS);
  hp_report_block_add_pair (block, "File", "house_data.csv", NULL);
  hp_report_block_add_pair (block, "SHA-256", "2364154699376677616c573bfdfc2bbff3e7d23e8d2a7501dd8b6d35eca18238", NULL);
  block = hp_report_add_list (report);
  hp_report_block_add_item (block, "1. No house was seen twice.");
  hp_report_block_add_item (block, "Prices are in USD.");
  hp_report_add_heading (report, 3, "In figures");
  add_tables (report, rows);
  hp_report_add_chart (report, test_report_chart ("Predicted and paid", 50), FALSE);
  hp_report_add_chart (report, test_report_chart ("Left", 20), TRUE);
  hp_report_add_chart (report, test_report_chart ("Right", 20), TRUE);
  hp_report_add_chart (report, test_report_chart ("Alone", 20), TRUE);
  hp_report_add_heading (report, 2, "Words");
  block = hp_report_add_pairs (report, HP_BLOCK_TERMS);
  hp_report_block_add_pair (block, "COD", "How far ratios lie from their median, on average.", NULL);
  block = hp_report_add_pairs (report, HP_BLOCK_SIGNATURES);
  hp_report_block_add_pair (block, "Name", "A. Praiser", NULL);
  hp_report_block_add_pair (block, "Licence no.", NULL, NULL);
  hp_report_block_add_pair (block, "Date", NULL, NULL);
  hp_report_block_add_pair (block, "Signature", NULL, NULL);
  return report;
}

HpReport *
test_report_hostile (const char *text)
{
  HpReport *report = hp_report_new (text, text, 0);
  HpReportTable *table;
  HpReportBlock *block;

  hp_report_add_note (report, hp_report_add_heading (report, 2, text), text);
  hp_report_add_paragraph (report, text);
  hp_report_add_callout (report, HP_TONE_BAD, text, text);
  hp_report_block_add_item (hp_report_add_list (report), text);
  for (int kind = HP_BLOCK_FIGURES; kind <= HP_BLOCK_TERMS; kind++)
    {
      block = hp_report_add_pairs (report, kind);
      hp_report_block_add_pair (block, text, text, text);
    }
  table = hp_report_add_table (report, text);
  hp_report_table_add_column (table, text, text, HP_COLUMN_LEFT);
  hp_report_table_add_column (table, text, text, HP_COLUMN_RIGHT);
  hp_report_table_add_row (table, HP_TONE_PLAIN, text, text, NULL);
  hp_report_add_chart (report, test_report_chart (text, 3), FALSE);
  block = hp_report_add_pairs (report, HP_BLOCK_SIGNATURES);
  hp_report_block_add_pair (block, text, text, NULL);
  return report;
}

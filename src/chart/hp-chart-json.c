/* hp-chart-json.c - a chart as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-chart.h"

static const char *const axis_kinds[] = { "number", "date", "category" };
static const char *const series_kinds[] = { "points", "line", "band", "bars", "boxes", "ranges" };
static const char *const line_kinds[] = { "horizontal", "vertical", "diagonal" };
static const char *const roles[]
  = { "series_1", "series_2",  "series_3", "series_4", "series_5", "series_6", "series_7",
      "series_8", "reference", "trend",    "up",       "down",     "muted",    "value" };

static void
set_text (HpJsonWriter *writer, const char *key, const char *text)
{
  if (text != NULL)
    hp_json_writer_set_string (writer, key, text);
}

static void
set_flag (HpJsonWriter *writer, const char *key, gboolean flag)
{
  if (flag)
    hp_json_writer_set_boolean (writer, key, TRUE);
}

static void
write_ticks (HpJsonWriter *writer, const GArray *ticks)
{
  hp_json_writer_key (writer, "ticks");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < ticks->len; i++)
    {
      const HpChartTick *tick = &g_array_index (ticks, HpChartTick, i);

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_double (writer, "at", tick->at);
      hp_json_writer_set_string (writer, "text", tick->text);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
}

static void
write_axis (HpJsonWriter *writer, const char *key, const HpChartAxis *axis)
{
  hp_json_writer_key (writer, key);
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "kind", axis_kinds[axis->kind]);
  set_text (writer, "label", axis->label);
  hp_json_writer_set_double (writer, "from", axis->from);
  hp_json_writer_set_double (writer, "to", axis->to);
  set_flag (writer, "no_grid", axis->no_grid);
  write_ticks (writer, axis->ticks);
  hp_json_writer_end_object (writer);
}

static void
write_numbers (HpJsonWriter *writer, const char *key, const double *values, gsize n)
{
  if (values == NULL)
    return;
  hp_json_writer_key (writer, key);
  hp_json_writer_begin_array (writer);
  for (gsize i = 0; i < n; i++)
    hp_json_writer_double (writer, values[i]);
  hp_json_writer_end_array (writer);
}

static void
write_extras (HpJsonWriter *writer, const HpChartSeries *series)
{
  if (series->row != NULL)
    {
      hp_json_writer_key (writer, "row");
      hp_json_writer_begin_array (writer);
      for (gsize i = 0; i < series->n; i++)
        hp_json_writer_int (writer, (gint64) series->row[i]);
      hp_json_writer_end_array (writer);
    }
  if (series->flags != NULL)
    {
      hp_json_writer_key (writer, "outliers");
      hp_json_writer_begin_array (writer);
      for (gsize i = 0; i < series->n; i++)
        if (series->flags[i] & HP_POINT_OUTLIER)
          hp_json_writer_int (writer, (gint64) i);
      hp_json_writer_end_array (writer);
    }
  if (series->texts != NULL)
    {
      hp_json_writer_key (writer, "texts");
      hp_json_writer_begin_array (writer);
      for (gsize i = 0; i < series->n; i++)
        hp_json_writer_string (writer, series->texts[i]);
      hp_json_writer_end_array (writer);
    }
}

static void
write_boxes (HpJsonWriter *writer, const GArray *boxes)
{
  hp_json_writer_key (writer, "boxes");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < boxes->len; i++)
    {
      const HpChartBox *box = &g_array_index (boxes, HpChartBox, i);

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_double (writer, "at", box->at);
      hp_json_writer_set_double (writer, "whisker_low", box->whisker_low);
      hp_json_writer_set_double (writer, "q1", box->q1);
      hp_json_writer_set_double (writer, "median", box->median);
      hp_json_writer_set_double (writer, "q3", box->q3);
      hp_json_writer_set_double (writer, "whisker_high", box->whisker_high);
      hp_json_writer_set_int (writer, "n", (gint64) box->n);
      set_flag (writer, "few", box->few);
      if (box->width > 0)
        hp_json_writer_set_double (writer, "width", box->width);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
}

static void
write_series (HpJsonWriter *writer, const HpChartSeries *series)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "kind", series_kinds[series->kind]);
  hp_json_writer_set_string (writer, "role", roles[series->role]);
  set_text (writer, "label", series->label);
  set_flag (writer, "dashed", series->dashed);
  set_flag (writer, "horizontal", series->horizontal);
  set_flag (writer, "faint", series->faint);
  if (series->width > 0)
    hp_json_writer_set_double (writer, "width", series->width);
  if (series->boxes != NULL)
    write_boxes (writer, series->boxes);
  else
    {
      write_numbers (writer, "x", series->x, series->n);
      write_numbers (writer, "y", series->y, series->n);
      write_numbers (writer, "x2", series->x2, series->n);
      write_numbers (writer, "y2", series->y2, series->n);
      write_numbers (writer, "mid", series->mid, series->n);
      write_numbers (writer, "value", series->value, series->n);
      write_extras (writer, series);
    }
  hp_json_writer_end_object (writer);
}

static void
write_line (HpJsonWriter *writer, const HpChartLine *line)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "kind", line_kinds[line->kind]);
  hp_json_writer_set_double (writer, "at", line->at);
  hp_json_writer_set_string (writer, "role", roles[line->role]);
  set_text (writer, "label", line->label);
  set_flag (writer, "dashed", line->dashed);
  hp_json_writer_end_object (writer);
}

static void
write_label (HpJsonWriter *writer, const HpChartLabel *label)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_double (writer, "x", label->x);
  hp_json_writer_set_double (writer, "y", label->y);
  hp_json_writer_set_int (writer, "row", (gint64) label->row);
  hp_json_writer_set_string (writer, "text", label->text);
  hp_json_writer_end_object (writer);
}

static void
write_scale (HpJsonWriter *writer, const HpChartScale *scale)
{
  hp_json_writer_key (writer, "scale");
  hp_json_writer_begin_object (writer);
  set_text (writer, "label", scale->label);
  hp_json_writer_set_boolean (writer, "diverging", scale->diverging);
  hp_json_writer_set_double (writer, "low", scale->low);
  if (scale->diverging)
    hp_json_writer_set_double (writer, "middle", scale->middle);
  hp_json_writer_set_double (writer, "high", scale->high);
  write_ticks (writer, scale->ticks);
  hp_json_writer_end_object (writer);
}

/**
 * hp_chart_write_json:
 * @chart: a finished chart
 * @writer: where a value may begin
 *
 * Writes an object with everything that a chart is drawn from. What is absent has no member, except that numbers
 * that are not finite are null. Axis positions of dates are months since the year 0.
 */
void
hp_chart_write_json (const HpChart *chart, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "kind", chart->kind);
  set_text (writer, "title", chart->title);
  set_text (writer, "subtitle", chart->subtitle);
  set_text (writer, "summary", chart->summary);
  set_text (writer, "empty", chart->empty);
  set_flag (writer, "equal", chart->equal);
  if (chart->equal && chart->aspect > 0)
    hp_json_writer_set_double (writer, "aspect", chart->aspect);
  write_axis (writer, "x", &chart->x);
  write_axis (writer, "y", &chart->y);
  hp_json_writer_key (writer, "series");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < chart->series->len; i++)
    write_series (writer, chart->series->pdata[i]);
  hp_json_writer_end_array (writer);
  hp_json_writer_key (writer, "lines");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < chart->lines->len; i++)
    write_line (writer, chart->lines->pdata[i]);
  hp_json_writer_end_array (writer);
  hp_json_writer_key (writer, "labels");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < chart->labels->len; i++)
    write_label (writer, chart->labels->pdata[i]);
  hp_json_writer_end_array (writer);
  if (chart->scale.shown)
    write_scale (writer, &chart->scale);
  hp_json_writer_end_object (writer);
}

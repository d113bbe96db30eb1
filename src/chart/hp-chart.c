/* hp-chart.c - builds a chart piece by piece, and frees it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-chart.h"
#include "hp-text.h"

/* Of a stranger's text */
#define MAX_UNIT_CHARS 20

static void
clear_tick (gpointer data)
{
  HpChartTick *tick = data;

  g_free (tick->text);
}

static GArray *
new_ticks (void)
{
  GArray *ticks = g_array_new (FALSE, TRUE, sizeof (HpChartTick));

  g_array_set_clear_func (ticks, clear_tick);
  return ticks;
}

static void
series_free (gpointer data)
{
  HpChartSeries *series = data;

  g_free (series->label);
  g_free (series->x);
  g_free (series->y);
  g_free (series->x2);
  g_free (series->y2);
  g_free (series->mid);
  g_free (series->value);
  g_free (series->row);
  g_free (series->flags);
  for (gsize i = 0; series->texts != NULL && i < series->n; i++)
    g_free (series->texts[i]);
  g_free (series->texts);
  g_clear_pointer (&series->boxes, g_array_unref);
  g_free (series);
}

static void
line_free (gpointer data)
{
  HpChartLine *line = data;

  g_free (line->label);
  g_free (line);
}

static void
label_free (gpointer data)
{
  HpChartLabel *label = data;

  g_free (label->text);
  g_free (label);
}

/**
 * hp_chart_new:
 * @kind: its name in files and on command lines, such as "residuals-fitted"
 *
 * Returns: (transfer full): a chart with nothing in it; hp_chart_finish() makes it ready to be drawn
 */
HpChart *
hp_chart_new (const char *kind)
{
  HpChart *chart = g_new0 (HpChart, 1);

  chart->kind = g_strdup (kind);
  chart->series = g_ptr_array_new_with_free_func (series_free);
  chart->lines = g_ptr_array_new_with_free_func (line_free);
  chart->labels = g_ptr_array_new_with_free_func (label_free);
  chart->x.ticks = new_ticks ();
  chart->y.ticks = new_ticks ();
  chart->scale.ticks = new_ticks ();
  return chart;
}

/**
 * hp_chart_new_empty:
 * @kind: as hp_chart_new()
 * @why: why there is nothing to draw, and what to do
 *
 * Returns: (transfer full): a finished chart that says so in the place of one that can't be made
 */
HpChart *
hp_chart_new_empty (const char *kind, const char *why)
{
  HpChart *chart = hp_chart_new (kind);

  chart->empty = g_strdup (why);
  hp_chart_finish (chart);
  return chart;
}

static void
axis_clear (HpChartAxis *axis)
{
  g_free (axis->label);
  g_free (axis->name);
  g_free (axis->unit);
  g_array_unref (axis->ticks);
}

/**
 * hp_chart_free:
 * @chart: (transfer full) (nullable): a chart
 *
 * Frees the chart and all that was added to it.
 */
void
hp_chart_free (HpChart *chart)
{
  if (chart == NULL)
    return;
  g_free (chart->kind);
  g_free (chart->title);
  g_free (chart->subtitle);
  g_free (chart->summary);
  g_free (chart->empty);
  axis_clear (&chart->x);
  axis_clear (&chart->y);
  g_ptr_array_unref (chart->series);
  g_ptr_array_unref (chart->lines);
  g_ptr_array_unref (chart->labels);
  g_free (chart->scale.label);
  g_free (chart->scale.name);
  g_free (chart->scale.unit);
  g_array_unref (chart->scale.ticks);
  g_free (chart);
}

/**
 * hp_chart_add_series:
 * @chart: a chart
 * @kind: how it is drawn; needs the arrays that #HpChartSeriesKind names, of which all but x and y are the caller's to
 * add
 * @role: what it is
 * @label: (nullable): in the legend; NULL: not there
 * @n: how many points, bars, …
 *
 * Returns: (transfer none): the series, drawn over those before it. Its arrays are freed with it, by g_free()
 */
HpChartSeries *
hp_chart_add_series (HpChart *chart, HpChartSeriesKind kind, HpChartRole role, const char *label, gsize n)
{
  HpChartSeries *series = g_new0 (HpChartSeries, 1);

  series->kind = kind;
  series->role = role;
  series->label = g_strdup (label);
  series->n = n;
  /* One more than there are: an array of none is still one */
  series->x = g_new0 (double, n + 1);
  series->y = g_new0 (double, n + 1);
  if (kind == HP_SERIES_BOXES)
    series->boxes = g_array_new (FALSE, TRUE, sizeof (HpChartBox));
  g_ptr_array_add (chart->series, series);
  return series;
}

/**
 * hp_chart_add_line:
 * @chart: a chart
 * @kind: how it lies; a diagonal is y = x + @at
 * @at: where
 * @label: (nullable): what it means
 *
 * Returns: (transfer none): a reference line beneath the series, from frame to frame
 */
HpChartLine *
hp_chart_add_line (HpChart *chart, HpChartLineKind kind, double at, const char *label)
{
  HpChartLine *line = g_new0 (HpChartLine, 1);

  line->kind = kind;
  line->at = at;
  line->label = g_strdup (label);
  line->role = HP_ROLE_REFERENCE;
  g_ptr_array_add (chart->lines, line);
  return line;
}

/**
 * hp_chart_add_label:
 * @chart: a chart
 * @x: where the thing is that it names
 * @y: and in the other direction
 * @row: the sale it names, 0 for none
 * @text: (nullable): what is written; NULL: the row
 *
 * The first are the most important ones.
 */
void
hp_chart_add_label (HpChart *chart, double x, double y, guint64 row, const char *text)
{
  HpChartLabel *label = g_new0 (HpChartLabel, 1);

  label->x = x;
  label->y = y;
  label->row = row;
  label->text = text != NULL ? g_strdup (text) : g_strdup_printf ("%" G_GUINT64_FORMAT, row);
  g_ptr_array_add (chart->labels, label);
}

/**
 * hp_chart_axis_set:
 * @axis: an axis of a chart
 * @name: (nullable): what it shows
 * @format: how its numbers are written
 * @unit: (nullable): of the numbers; the currency of money
 */
void
hp_chart_axis_set (HpChartAxis *axis, const char *name, HpChartFormat format, const char *unit)
{
  g_free (axis->name);
  g_free (axis->unit);
  axis->name = g_strdup (name);
  axis->unit = unit != NULL ? hp_text_printable (unit, -1, MAX_UNIT_CHARS) : NULL;
  axis->format = format;
}

/**
 * hp_chart_axis_add_category:
 * @axis: an axis of a chart
 * @label: the category, as the data has it
 *
 * Makes it an axis of categories, with one more.
 */
void
hp_chart_axis_add_category (HpChartAxis *axis, const char *label)
{
  HpChartTick tick = { axis->ticks->len, hp_text_printable (label, -1, HP_CHART_MAX_LABEL_CHARS) };

  axis->kind = HP_AXIS_CATEGORY;
  g_array_append_val (axis->ticks, tick);
}

/**
 * hp_chart_scale_set:
 * @scale: of a chart
 * @name: (nullable): what colours mean
 * @format: how its numbers are written
 * @unit: (nullable): of the numbers; the currency of money
 * @diverging: whether it goes from one colour by a neutral one to another, or from light to dark
 * @low: value of the first colour; ends that are one are moved apart
 * @middle: value of the neutral colour
 * @high: value of the last colour
 */
void
hp_chart_scale_set (HpChartScale *scale, const char *name, HpChartFormat format, const char *unit, gboolean diverging,
                    double low, double middle, double high)
{
  g_free (scale->name);
  g_free (scale->unit);
  scale->shown = TRUE;
  scale->name = g_strdup (name);
  scale->unit = g_strdup (unit);
  scale->format = format;
  scale->diverging = diverging;
  scale->low = low < high ? low : high - 1;
  scale->high = low < high ? high : high + 1;
  scale->middle = CLAMP (middle, scale->low, scale->high);
}

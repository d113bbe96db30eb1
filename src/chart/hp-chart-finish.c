/* hp-chart-finish.c - axes that hold all there is to draw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-private.h"

/* Of the range, on either side: nothing lies on the frame */
#define AIR 0.04
/* Beyond this there are no numbers, only mistakes, and their differences might overflow */
#define MAX_DRAWN 1e200

typedef struct
{
  double from, to;
  double foot; /* 0 if bars stand on it, else NaN */
} Range;

static void
include (Range *range, double value)
{
  if (!(fabs (value) <= MAX_DRAWN))
    return;
  range->from = MIN (range->from, value);
  range->to = MAX (range->to, value);
}

static void
include_all (Range *range, const double *values, gsize n)
{
  for (gsize i = 0; values != NULL && i < n; i++)
    include (range, values[i]);
}

static void
include_boxes (Range *along, Range *across, const GArray *boxes)
{
  for (guint i = 0; i < boxes->len; i++)
    {
      const HpChartBox *box = &g_array_index (boxes, HpChartBox, i);

      include (along, box->at - 0.5);
      include (along, box->at + 0.5);
      include (across, box->whisker_low);
      include (across, box->whisker_high);
    }
}

static void
include_series (Range *x, Range *y, const HpChartSeries *series)
{
  if (series->boxes != NULL)
    {
      include_boxes (series->horizontal ? y : x, series->horizontal ? x : y, series->boxes);
      return;
    }
  include_all (x, series->x, series->n);
  include_all (x, series->x2, series->n);
  include_all (y, series->y, series->n);
  include_all (y, series->y2, series->n);
  include_all (series->horizontal ? x : y, series->mid, series->n);
  if (series->kind == HP_SERIES_BARS && series->n > 0)
    {
      if (series->horizontal && series->x2 != NULL && series->x2[0] == 0)
        x->foot = 0;
      else if (!series->horizontal && series->y2 != NULL && series->y2[0] == 0)
        y->foot = 0;
    }
}

/* FALSE: categories, whose ticks are there, or nothing that needs ticks */
static gboolean
set_range (HpChartAxis *axis, Range range)
{
  double air;

  if (axis->kind == HP_AXIS_CATEGORY)
    {
      axis->from = -0.5;
      axis->to = MAX (axis->ticks->len, 1) - 0.5;
      return FALSE;
    }
  if (axis->from < axis->to)
    return TRUE;
  if (!(range.from <= range.to))
    {
      axis->from = 0;
      axis->to = 1;
      return FALSE;
    }
  if (!(range.to - range.from > 1e-12 * MAX (fabs (range.from), fabs (range.to))))
    {
      air = axis->kind == HP_AXIS_DATE ? 1 : range.from != 0 ? fabs (range.from) / 10 : 1;
      axis->from = range.from - air;
      axis->to = range.to + air;
      return TRUE;
    }
  air = (range.to - range.from) * AIR;
  axis->from = range.from == range.foot ? range.from : range.from - air;
  /* What is never below 0 has no room there: prices, sizes, shares */
  if (range.from >= 0 && axis->from < 0)
    axis->from = 0;
  axis->to = range.to == range.foot ? range.to : range.to + air;
  return TRUE;
}

static void
finish_axis (HpChartAxis *axis, Range range)
{
  if (set_range (axis, range))
    hp_chart_make_ticks (axis->ticks, axis->from, axis->to, axis->kind == HP_AXIS_DATE, axis->format, axis->name,
                         axis->unit, &axis->label);
  else if (axis->label == NULL)
    axis->label = g_strdup (axis->name);
}

/**
 * hp_chart_finish:
 * @chart: a chart with all its series and lines
 *
 * Chooses the ranges of axes that have none, which hold every finite number of the series and reference lines with some
 * air around; then ticks at round numbers, all written in one unit, which the label names.
 * A chart with nothing to draw says so in @chart.empty, unless it has said more already.
 */
void
hp_chart_finish (HpChart *chart)
{
  Range x = { INFINITY, -INFINITY, NAN }, y = x;

  for (guint i = 0; i < chart->series->len; i++)
    include_series (&x, &y, chart->series->pdata[i]);
  if (!(x.from <= x.to && y.from <= y.to) && chart->empty == NULL)
    chart->empty = g_strdup (_ ("There is nothing to draw: no sale has a value here."));
  for (guint i = 0; i < chart->lines->len; i++)
    {
      const HpChartLine *line = chart->lines->pdata[i];

      if (line->kind != HP_LINE_DIAGONAL)
        include (line->kind == HP_LINE_HORIZONTAL ? &y : &x, line->at);
    }
  finish_axis (&chart->x, x);
  finish_axis (&chart->y, y);
  if (chart->scale.shown)
    hp_chart_make_ticks (chart->scale.ticks, chart->scale.low, chart->scale.high, FALSE, chart->scale.format,
                         chart->scale.name, chart->scale.unit, &chart->scale.label);
}

/* hp-tui-curve-draw.c - prices over a number or a date: the curve, its band, its axes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-display.h"
#include "hp-attribute-axis.h"
#include "hp-tui-curve.h"
#include "hp-tui-plot.h"

/* Rows from tick to tick, and columns between their values, about */
#define TICK_ROWS 2
#define TICK_GAP  4

typedef struct
{
  const HpTuiWhatIf *what_if;
  HpTickAxis x, y;
  HpArea cells; /* of the plot */
} Chart;

static const HpWhatIfPoint *
get_point (const HpTuiWhatIf *what_if, guint i)
{
  return g_ptr_array_index (what_if->points, i);
}

static int
y_width (const Chart *chart, HpCanvas *canvas)
{
  guint last = MAX (hp_tick_axis_n_ticks (&chart->y), 1) - 1;
  g_autofree char *least = hp_display_price (hp_tick_axis_first (&chart->y), chart->what_if->currency);
  g_autofree char *largest = hp_display_price (hp_tick_axis_tick (&chart->y, last), chart->what_if->currency);

  return MAX (hp_canvas_columns (canvas, least), hp_canvas_columns (canvas, largest));
}

/* A little more than there is: the curve does not lie on the frame. */
static HpTickAxis
y_axis (const HpTuiWhatIf *what_if, int rows)
{
  double least, largest;
  HpTickAxis axis;

  hp_tui_what_if_range (what_if, &least, &largest);
  axis = hp_tick_axis_new (least, largest, MAX (rows / TICK_ROWS, 1), TRUE);
  axis.from -= (axis.to - axis.from) / 40;
  axis.to += (axis.to - axis.from) / 40;
  return axis;
}

static int
row_of (const Chart *chart, double price)
{
  return (int) lrint ((1 - hp_tick_axis_place (&chart->y, price)) * (chart->cells.height - 1));
}

static int
column_of (const Chart *chart, double x)
{
  return (int) lrint (hp_tick_axis_place (&chart->x, x) * (chart->cells.width - 1));
}

/* Prices at the left, a line between them and the plot */
static void
draw_y (const Chart *chart, HpCanvas *canvas, const HpArea *area, int margin)
{
  int before = -1;

  hp_canvas_fill (canvas, area, margin, 0, 1, chart->cells.height, HP_STYLE_RULE, canvas->glyphs->vertical);
  for (guint i = 0; i < hp_tick_axis_n_ticks (&chart->y); i++)
    {
      double tick = hp_tick_axis_tick (&chart->y, i);
      g_autofree char *text = hp_display_price (tick, chart->what_if->currency);
      int row = row_of (chart, tick);

      if (row == before)
        continue;
      before = row;
      hp_canvas_put_right (canvas, area, margin, row, HP_STYLE_FAINT, text);
      hp_canvas_put (canvas, area, margin, row, HP_STYLE_RULE, canvas->glyphs->tick_left);
    }
}

/* A line below the plot, values under its ticks */
static void
draw_x (const Chart *chart, HpCanvas *canvas, const HpArea *area, int margin)
{
  int y = chart->cells.height, free_from = 0;

  hp_canvas_put (canvas, area, margin, y, HP_STYLE_RULE, canvas->glyphs->corner);
  hp_canvas_fill (canvas, area, margin + 1, y, chart->cells.width, 1, HP_STYLE_RULE, canvas->glyphs->horizontal);
  for (guint i = 0; i < hp_tick_axis_n_ticks (&chart->x); i++)
    {
      double tick = hp_tick_axis_tick (&chart->x, i);
      g_autofree char *text = hp_attribute_axis_text (&chart->x, chart->what_if->attribute, tick);
      int column = margin + 1 + column_of (chart, tick), width = hp_canvas_columns (canvas, text);
      int start = CLAMP (column - width / 2, 0, MAX (area->width - width, 0));

      hp_canvas_put (canvas, area, column, y, HP_STYLE_RULE, canvas->glyphs->tick_down);
      if (start < free_from)
        continue;
      hp_canvas_put (canvas, area, start, y + 1, HP_STYLE_FAINT, text);
      free_from = start + width + 1;
    }
}

static double
between (double a, double b, double share)
{
  return a + (b - a) * share;
}

/* The row of dots of a price */
static int
dot_of (const Chart *chart, const HpTuiPlot *plot, double price)
{
  return (int) lrint ((1 - hp_tick_axis_place (&chart->y, price)) * (plot->height - 1));
}

static void
draw_dots (const Chart *chart, HpTuiPlot *plot)
{
  guint i = 0, n = chart->what_if->points->len;
  int before = -1;

  for (int x = 0; x < plot->width; x++)
    {
      double value = between (chart->x.from, chart->x.to, plot->width > 1 ? (double) x / (plot->width - 1) : 0);
      const HpWhatIfPoint *a, *b;
      double share;
      int at;

      while (i + 2 < n && get_point (chart->what_if, i + 1)->x < value)
        i++;
      a = get_point (chart->what_if, i);
      b = get_point (chart->what_if, MIN (i + 1, n - 1));
      share = b->x > a->x ? CLAMP ((value - a->x) / (b->x - a->x), 0, 1) : 0;
      at = dot_of (chart, plot, between (a->price, b->price, share));
      if (isfinite (a->low) && isfinite (b->low) && isfinite (a->high) && isfinite (b->high))
        hp_tui_plot_band (plot, x, dot_of (chart, plot, between (a->high, b->high, share)),
                          dot_of (chart, plot, between (a->low, b->low, share)));
      /* Joined to the dot before it, half way each */
      hp_tui_plot_curve (plot, x, before < 0 ? at : before < at ? before + 1 : before > at ? before - 1 : at, at);
      before = at;
    }
}

/* A line through the plot at the house's own value, and a dot on the curve */
static void
draw_own (const Chart *chart, HpCanvas *canvas, gboolean line)
{
  const HpWhatIfPoint *own;
  int column;

  if (chart->what_if->own < 0)
    return;
  own = get_point (chart->what_if, (guint) chart->what_if->own);
  column = column_of (chart, own->x);
  if (line)
    hp_canvas_fill (canvas, &chart->cells, column, 0, 1, chart->cells.height, HP_STYLE_RULE, canvas->glyphs->vertical);
  else
    hp_canvas_put (canvas, &chart->cells, column, row_of (chart, own->price),
                   hp_tui_what_if_style (chart->what_if, HP_STYLE_BAR_DOT), canvas->glyphs->own);
}

static HpTickAxis
x_axis (const HpTuiWhatIf *what_if, int width)
{
  const HpAttribute *attribute = what_if->attribute;
  double from = get_point (what_if, 0)->x, to = get_point (what_if, what_if->points->len - 1)->x;
  int few = MAX (width / 12, 1);
  HpTickAxis before = hp_attribute_axis_new (attribute, from, to, few);

  /* How many ticks there are room for follows from how wide their values are, which follows from the step: few first.
   */
  for (int ticks = few + 1; ticks <= MAX (width / 5, 1); ticks++)
    {
      HpTickAxis axis = hp_attribute_axis_new (attribute, from, to, ticks);
      g_autofree char *label = hp_attribute_axis_text (&axis, attribute, axis.to - fmod (axis.to, axis.step));
      int room = (int) (width * axis.step / (axis.to - axis.from));

      if (room < (int) g_utf8_strlen (label, -1) + TICK_GAP)
        return before;
      before = axis;
    }
  return before;
}

/**
 * hp_tui_what_if_draw_curve:
 * @what_if: prices by a number or a date
 * @area: where
 */
void
hp_tui_what_if_draw_curve (const HpTuiWhatIf *what_if, const HpArea *area)
{
  HpCanvas *canvas = what_if->view->canvas;
  Chart chart = { .what_if = what_if };
  g_autoptr (HpTuiPlot) plot = NULL;
  int margin, rows = area->height - 2;

  chart.y = y_axis (what_if, rows);
  margin = y_width (&chart, canvas);
  chart.cells = hp_area_part (area, margin + 1, 0, area->width - margin - 1, rows);
  if (chart.cells.width < 8 || rows < 2)
    return;
  chart.x = x_axis (what_if, chart.cells.width);
  draw_y (&chart, canvas, area, margin);
  draw_x (&chart, canvas, area, margin);
  plot = hp_tui_plot_new (canvas->glyphs->level, chart.cells.width, rows);
  draw_dots (&chart, plot);
  hp_tui_plot_draw (plot, plot->band, canvas, &chart.cells, hp_tui_what_if_style (what_if, HP_STYLE_BAND));
  draw_own (&chart, canvas, TRUE);
  hp_tui_plot_draw (plot, plot->curve, canvas, &chart.cells, hp_tui_what_if_style (what_if, HP_STYLE_CURVE));
  draw_own (&chart, canvas, FALSE);
}

/* hp-tui-comparables.c - the sales that the model finds most like the house, a row each
 *
 * Columns are added as the width allows, the most telling first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hp-tui-evidence.h"
#include "hp-tui-sale.h"

#define GAP 2
/* An area this narrow has titles and gaps that are as short as can be */
#define NARROW 40
/* What differs is shown if there is as much room */
#define MIN_DIFFERS 12

/* In the order in which they are shown */
typedef enum
{
  SOLD,
  PRICE,
  ADJUSTED,
  SIMILARITY,
  DISTANCE,
  DIFFERS,
  N_COLUMNS
} Column;

/* What goes first where there is room for some */
static const Column by_worth[] = { SOLD, PRICE, SIMILARITY, ADJUSTED, DISTANCE, DIFFERS };

typedef struct
{
  const HpTuiView *view;
  const HpArea *area;
  gboolean narrow;
  int start[N_COLUMNS], width[N_COLUMNS]; /* width: 0: not shown */
} Table;

static const HpComparable *
get_sale (const HpTuiView *view, guint i)
{
  return g_ptr_array_index (view->valuation->comparables, i);
}

static const char *
get_title (const Table *table, Column column)
{
  static const char *const titles[N_COLUMNS]
    = { N_ ("sold"), N_ ("price"), N_ ("adjusted"), N_ ("similarity"), N_ ("distance"), N_ ("what differs") };

  if (table->narrow && column == SIMILARITY)
    return _ ("sim.");
  return _ (titles[column]);
}

static char *
get_text (const HpTuiView *view, const HpComparable *sale, Column column)
{
  switch (column)
    {
    case SOLD:
      return hp_tui_sale_date (sale);
    case PRICE:
      return hp_tui_sale_price (view, sale->price);
    case ADJUSTED:
      return hp_tui_sale_price (view, sale->adjusted_price);
    case SIMILARITY:
      return hp_tui_sale_similarity (sale);
    case DISTANCE:
      return hp_tui_sale_distance (sale);
    case DIFFERS:
    default:
      return hp_tui_sale_differs (view, sale);
    }
}

/* Is there a sale of which this is known? */
static gboolean
has_any (const HpTuiView *view, Column column)
{
  for (guint i = 0; i < view->valuation->comparables->len; i++)
    {
      const HpComparable *sale = get_sale (view, i);

      if ((column != ADJUSTED && column != DISTANCE) || (column == ADJUSTED && isfinite (sale->adjusted_price))
          || (column == DISTANCE && isfinite (sale->distance_km)))
        return TRUE;
    }
  return FALSE;
}

static int
wanted_width (const Table *table, Column column)
{
  const HpTuiView *view = table->view;
  int width = hp_canvas_columns (view->canvas, get_title (table, column));

  /* Above the dates stands what the table is of, too. */
  if (column == SOLD)
    width = hp_canvas_columns (view->canvas, _ ("Comparables")) + (table->narrow ? 0 : 1 + width);
  for (guint i = 0; i < view->valuation->comparables->len; i++)
    {
      g_autofree char *text = get_text (view, get_sale (view, i), column);

      width = MAX (width, hp_canvas_columns (view->canvas, text));
    }
  return width;
}

static void
measure (Table *table)
{
  int room = table->area->width, x = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (by_worth); i++)
    {
      Column column = by_worth[i];
      int width = has_any (table->view, column) ? wanted_width (table, column) : 0;
      int gap = i == 0 ? 0 : table->narrow ? 1 : GAP;

      if (column == DIFFERS)
        width = room - gap >= MIN_DIFFERS ? room - gap : 0;
      if (width == 0 || width + gap > room)
        continue;
      table->width[column] = width;
      room -= width + gap;
    }
  for (Column column = SOLD; column < N_COLUMNS; column++)
    {
      table->start[column] = x;
      x += table->width[column] > 0 ? table->width[column] + (table->narrow ? 1 : GAP) : 0;
    }
}

static void
put (const Table *table, Column column, int y, HpStyle style, const char *text)
{
  g_autofree char *cut = hp_canvas_cut (table->view->canvas, text, table->width[column]);
  int start = table->start[column];

  if (table->width[column] == 0)
    return;
  if (column == SOLD || column == DIFFERS)
    hp_canvas_put (table->view->canvas, table->area, start, y, style, cut);
  else
    hp_canvas_put_right (table->view->canvas, table->area, start + table->width[column], y, style, cut);
}

static void
draw_titles (const Table *table)
{
  const HpTuiView *view = table->view;
  int x = hp_canvas_put (view->canvas, table->area, 0, 0, HP_STYLE_HEADING, _ ("Comparables")) + 1;

  if (!table->narrow)
    hp_canvas_put_cut (view->canvas, table->area, x, 0, table->width[SOLD] - x, HP_STYLE_FAINT,
                       get_title (table, SOLD));
  for (Column column = PRICE; column < N_COLUMNS; column++)
    put (table, column, 0, HP_STYLE_FAINT, get_title (table, column));
}

static void
draw_sale (const Table *table, const HpComparable *sale, int y, gboolean chosen)
{
  HpStyle plain = hp_tui_view_style (table->view, HP_STYLE_NORMAL);

  if (chosen)
    hp_canvas_fill (table->view->canvas, table->area, 0, y, table->area->width, 1, HP_STYLE_FOCUS, " ");
  for (Column column = SOLD; column < N_COLUMNS; column++)
    {
      g_autofree char *text = get_text (table->view, sale, column);
      HpStyle style = column == PRICE || column == ADJUSTED ? hp_tui_view_style (table->view, HP_STYLE_VALUE) : plain;

      put (table, column, y, chosen ? HP_STYLE_FOCUS : style, text);
    }
}

/**
 * hp_tui_comparables_draw:
 * @view: a view with a valuation
 * @area: where
 * @chosen: the row in focus; -1: none
 *
 * Returns: where the rows are, in the canvas
 */
HpArea
hp_tui_comparables_draw (const HpTuiView *view, const HpArea *area, int chosen)
{
  int n = (int) view->valuation->comparables->len, rows = MIN (n, area->height - 1);
  Table table = { .view = view, .area = area, .narrow = area->width < NARROW };

  if (n == 0)
    {
      hp_canvas_put (view->canvas, area, 0, 0, HP_STYLE_HEADING, _ ("Comparables"));
      hp_canvas_put_wrapped (view->canvas, area, 0, 1, 0, HP_STYLE_FAINT,
                             _ ("This version holds no sales that could be compared."));
      return hp_area_part (area, 0, 0, 0, 0);
    }
  measure (&table);
  draw_titles (&table);
  for (int i = 0; i < rows; i++)
    draw_sale (&table, get_sale (view, (guint) i), 1 + i, chosen == i);
  return hp_area_part (area, 0, 1, area->width, rows);
}

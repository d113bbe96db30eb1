/* hp-tui-curve-list.c - prices of a category's choices: a row each with its interval, the dearest first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-display.h"
#include "hp-tick-axis.h"
#include "hp-tui-curve.h"

/* From tick to tick of the scale, about */
#define TICK_COLUMNS 9

typedef struct
{
  const HpTuiWhatIf *what_if;
  HpTickAxis scale;
  int name, bar, bar_width, end; /* columns */
} List;

/* The dearest first */
static const HpWhatIfPoint *
get_row (const HpTuiWhatIf *what_if, guint row)
{
  return g_ptr_array_index (what_if->points, what_if->points->len - 1 - row);
}

static int
column_of (const List *list, double price)
{
  return list->bar + (int) lrint (CLAMP (hp_tick_axis_place (&list->scale, price), 0, 1) * (list->bar_width - 1));
}

static void
draw_row (const List *list, HpCanvas *canvas, const HpArea *area, int y, guint row)
{
  const HpTuiWhatIf *what_if = list->what_if;
  const HpWhatIfPoint *point = get_row (what_if, row);
  gboolean own = (int) (what_if->points->len - 1 - row) == what_if->own;
  g_autofree char *price = hp_display_price (point->price, what_if->currency);
  HpStyle text = hp_tui_what_if_style (what_if, own ? HP_STYLE_VALUE : HP_STYLE_NORMAL);
  HpStyle band = hp_tui_what_if_style (what_if, HP_STYLE_BAND);

  if (own)
    hp_canvas_put (canvas, area, 0, y, HP_STYLE_KEY, canvas->glyphs->focus);
  hp_canvas_put_cut (canvas, area, 1, y, list->name - 1, text, point->text);
  if (isfinite (point->low) && isfinite (point->high))
    {
      int from = column_of (list, point->low), to = column_of (list, point->high);

      hp_canvas_fill (canvas, area, from, y, to - from + 1, 1, band, canvas->glyphs->horizontal);
      hp_canvas_put (canvas, area, from, y, band, canvas->glyphs->tee_left);
      hp_canvas_put (canvas, area, to, y, band, canvas->glyphs->tee_right);
    }
  hp_canvas_put (canvas, area, column_of (list, point->price), y,
                 hp_tui_what_if_style (what_if, own ? HP_STYLE_BAR_DOT : HP_STYLE_CURVE), canvas->glyphs->dot);
  hp_canvas_put_right (canvas, area, list->end, y, text, price);
}

static void
draw_scale (const List *list, HpCanvas *canvas, const HpArea *area, int y)
{
  int free_from = 0;

  for (guint i = 0; i < hp_tick_axis_n_ticks (&list->scale); i++)
    {
      double tick = hp_tick_axis_tick (&list->scale, i);
      g_autofree char *text = hp_display_price (tick, list->what_if->currency);
      int width = hp_canvas_columns (canvas, text), column = column_of (list, tick);
      int start = CLAMP (column - width / 2, 0, MAX (list->end - width, 0));

      if (start < free_from)
        continue;
      hp_canvas_put (canvas, area, start, y, HP_STYLE_FAINT, text);
      free_from = start + width + 1;
    }
}

static void
measure (List *list, HpCanvas *canvas, const HpArea *area)
{
  const HpTuiWhatIf *what_if = list->what_if;
  int name = 0, price = 0;
  double least, largest;

  for (guint i = 0; i < what_if->points->len; i++)
    {
      g_autofree char *amount = hp_display_price (get_row (what_if, i)->price, what_if->currency);

      name = MAX (name, 1 + hp_canvas_columns (canvas, get_row (what_if, i)->text));
      price = MAX (price, hp_canvas_columns (canvas, amount));
    }
  list->name = MIN (name, area->width * 2 / 5);
  list->bar = list->name + 1;
  /* at the right end there may be a sign that there is more */
  list->end = area->width - 2;
  list->bar_width = MAX (list->end - price - 1 - list->bar, 2);
  hp_tui_what_if_range (what_if, &least, &largest);
  list->scale = hp_tick_axis_new (least, largest, MAX (list->bar_width / TICK_COLUMNS, 1), TRUE);
}

/**
 * hp_tui_what_if_draw_list:
 * @what_if: prices by category
 * @area: where
 */
void
hp_tui_what_if_draw_list (const HpTuiWhatIf *what_if, const HpArea *area)
{
  HpCanvas *canvas = what_if->view->canvas;
  List list = { .what_if = what_if };
  int n = (int) what_if->points->len, rows = MIN (n, area->height - 1);
  int own = what_if->own >= 0 ? n - 1 - what_if->own : 0, top = CLAMP (own - rows / 2, 0, n - rows);

  measure (&list, canvas, area);
  for (int i = 0; i < rows; i++)
    draw_row (&list, canvas, area, i, (guint) (top + i));
  draw_scale (&list, canvas, area, rows);
  if (top > 0)
    hp_canvas_put (canvas, area, area->width - 1, 0, HP_STYLE_HINT, canvas->glyphs->up);
  if (top + rows < n)
    hp_canvas_put (canvas, area, area->width - 1, rows - 1, HP_STYLE_HINT, canvas->glyphs->down);
}

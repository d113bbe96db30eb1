/* hp-tui-layout.c - how the rows and columns of a terminal are shared out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-tui-form-pane.h"
#include "hp-tui-layout.h"

/* Price and reasons are not drawn out over a wide terminal. */
#define MAX_WIDTH 100
/* Terminals of this many rows in the middle have some to spare */
#define AIRY_ROWS 24
/* Fewer, and comparables are shown only when they are asked for */
#define COMPARABLES_FROM 18
/* Their title and five of them */
#define COMPARABLES_ROWS 6
/* A curve with its title and axis; no wider than that beside the price */
#define CURVE_ROWS    10
#define CURVE_COLUMNS 46
#define MANY_REASONS  12

static int
count_remarks (int height)
{
  return height < 14 ? 1 : height < AIRY_ROWS ? 2 : 3;
}

/* Reasons, and the curve under them or beside them, in the rows from top to bottom of right */
static void
share_out (HpTuiLayout *layout, HpArea *right, int top, int bottom, guint n_reasons)
{
  /* Where there are none, that is said in some rows */
  int gap = layout->airy ? 1 : 0, rows = 1 + (n_reasons > 0 ? (int) n_reasons : 2) + gap, room = bottom - top;
  int wanted = MIN (rows, 1 + MANY_REASONS + gap), width = MIN (right->width, MAX_WIDTH);

  if (n_reasons > 0 && room - wanted - gap >= CURVE_ROWS)
    {
      rows = MIN (rows, room - gap - CURVE_ROWS);
      layout->curve = hp_area_part (right, 0, top + rows + gap, width, room - rows - gap);
    }
  else if (right->width >= 2 * CURVE_COLUMNS + 3)
    {
      width = right->width / 2 - 1;
      layout->curve = hp_area_part (right, width + 3, 0, right->width - width - 3, bottom);
    }
  layout->price.width = MIN (layout->price.width, width);
  layout->reasons = hp_area_part (right, 0, top, width, MIN (rows, room));
}

/**
 * hp_tui_layout_new:
 * @area: the middle of the terminal
 * @n_reasons: how many reasons the model gives
 * @show: what is wanted
 *
 * Returns: where the parts are
 */
HpTuiLayout
hp_tui_layout_new (const HpArea *area, guint n_reasons, HpTuiShow show)
{
  HpTuiLayout layout = { .airy = area->height >= AIRY_ROWS, .remarks = count_remarks (area->height) };
  int form = hp_tui_form_pane_width (area->width), gap = layout.airy ? 1 : 0;
  HpArea right = hp_area_part (area, form + 2, 0, area->width - form - 3, area->height);
  int top = 4 + gap + layout.remarks, bottom = area->height;
  gboolean beneath = show != HP_TUI_SHOW_CURVE && area->height >= COMPARABLES_FROM;

  layout.price = hp_area_part (&right, 0, 0, MIN (right.width, MAX_WIDTH), top);
  top += gap;
  if (beneath)
    {
      layout.comparables = hp_area_part (area, 1, bottom - COMPARABLES_ROWS, area->width - 2, COMPARABLES_ROWS);
      bottom -= COMPARABLES_ROWS + gap;
    }
  if (show == HP_TUI_SHOW_CURVE)
    layout.curve = hp_area_part (&right, 0, top, MIN (right.width, MAX_WIDTH), bottom - top);
  else if (show == HP_TUI_SHOW_COMPARABLES && !beneath)
    layout.comparables = hp_area_part (&right, 0, top, right.width, bottom - top);
  else
    share_out (&layout, &right, top, bottom, n_reasons);
  layout.form = hp_area_part (area, 0, 0, form, bottom);
  layout.rule = hp_area_part (area, form, 0, 1, bottom);
  return layout;
}

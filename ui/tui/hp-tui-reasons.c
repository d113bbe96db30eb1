/* hp-tui-reasons.c - why the price is what it is: from a base price by amounts, largest first, drawn as bars
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hp-display.h"
#include "hp-evidence-text.h"
#include "hp-tui-evidence.h"

/* Columns that leave room for values between labels and bars; of the values; of a bar, at most */
#define WITH_VALUES 58
#define VALUE_WIDTH 16
#define MAX_BAR     60
/* A bar takes no room from labels shorter than this, and there is none if it would be shorter than that */
#define MANY_LETTERS 16
#define MIN_BAR      9

/* Where the columns are; all rows have the same */
typedef struct
{
  int label, value, bar, bar_end, end; /* value: columns; 0: there is no room */
  double largest;
} Columns;

static const HpContribution *
get_reason (const HpTuiView *view, guint i)
{
  return g_ptr_array_index (view->valuation->contributions, i);
}

/**
 * hp_tui_reasons_count:
 * @view: a view with a valuation
 * @height: rows, with the title
 * @sum: whether the last row is for the sum
 *
 * Returns: how many rows of reasons there are, that of the others included
 */
guint
hp_tui_reasons_count (const HpTuiView *view, int height, gboolean sum)
{
  int room = MAX (height - 1 - (sum ? 1 : 0), 0);

  return view->valuation->explained ? MIN (view->valuation->contributions->len, (guint) room) : 0;
}

/* What the reasons from first on add up to */
static double
sum_from (const HpTuiView *view, guint first)
{
  double sum = 0;

  for (guint i = first; i < view->valuation->contributions->len; i++)
    sum += get_reason (view, i)->amount;
  return sum;
}

static Columns
measure (const HpTuiView *view, const HpArea *area)
{
  g_autofree char *base = hp_display_price (view->valuation->base_price, view->valuation->currency);
  Columns columns = { .end = area->width, .largest = 1 };
  int widest = 0, amount = hp_canvas_columns (view->canvas, base);

  for (guint i = 0; i < view->valuation->contributions->len; i++)
    {
      const HpContribution *reason = get_reason (view, i);
      g_autofree char *label = hp_tui_view_label (view, reason->feature),
                      *text = hp_evidence_text_amount (reason->amount);

      widest = MAX (widest, hp_canvas_columns (view->canvas, label));
      amount = MAX (amount, hp_canvas_columns (view->canvas, text));
      columns.largest = MAX (columns.largest, fabs (reason->amount));
    }
  columns.value = area->width >= WITH_VALUES ? VALUE_WIDTH : 0;
  columns.label = MIN (widest, area->width - amount - 2);
  if (area->width - columns.value - amount - 2 - MIN_BAR >= MIN (widest, MANY_LETTERS))
    columns.label = MIN (widest, area->width - columns.value - amount - 2 - MIN_BAR);
  columns.bar = columns.label + 1 + columns.value + (columns.value > 0 ? 2 : 0);
  columns.bar_end = MIN (area->width - amount - 1, columns.bar + MAX_BAR);
  columns.end = columns.bar_end + 1 + amount;
  return columns;
}

/* From the middle to the right or to the left, as the sign says too */
static void
draw_bar (const HpTuiView *view, const HpArea *area, const Columns *columns, int y, double amount)
{
  const HpGlyphs *glyphs = view->canvas->glyphs;
  int side = (columns->bar_end - columns->bar - 1) / 2, middle = columns->bar + side;
  gboolean halves = *glyphs->half_left != '\0';
  int steps = (int) lrint (fabs (amount) / columns->largest * side * (halves ? 2 : 1));
  int full = halves ? steps / 2 : steps;
  HpStyle style = hp_tui_view_style (view, amount < 0 ? HP_STYLE_LOSS : HP_STYLE_GAIN);

  if (columns->bar_end - columns->bar < MIN_BAR)
    return;
  hp_canvas_put (view->canvas, area, middle, y, HP_STYLE_RULE, glyphs->vertical);
  hp_canvas_fill (view->canvas, area, amount < 0 ? middle - full : middle + 1, y, full, 1, style, glyphs->full);
  if (halves && steps % 2 != 0)
    hp_canvas_put (view->canvas, area, amount < 0 ? middle - full - 1 : middle + 1 + full, y, style,
                   amount < 0 ? glyphs->half_right : glyphs->half_left);
}

static void
draw_row (const HpTuiView *view, const HpArea *area, const Columns *columns, int y, const char *label,
          const char *value, double amount, gboolean chosen)
{
  g_autofree char *text = hp_evidence_text_amount (amount);
  HpStyle plain = hp_tui_view_style (view, HP_STYLE_LABEL), faint = hp_tui_view_style (view, HP_STYLE_FAINT);

  if (chosen)
    hp_canvas_fill (view->canvas, area, 0, y, columns->label, 1, HP_STYLE_FOCUS, " ");
  hp_canvas_put_cut (view->canvas, area, 0, y, columns->label, chosen ? HP_STYLE_FOCUS : plain, label);
  if (columns->value > 0 && value != NULL)
    {
      g_autofree char *cut = hp_canvas_cut (view->canvas, value, columns->value);

      hp_canvas_put_right (view->canvas, area, columns->label + 1 + columns->value, y, faint, cut);
    }
  draw_bar (view, area, columns, y, amount);
  hp_canvas_put_right (view->canvas, area, columns->end, y, hp_tui_view_style (view, HP_STYLE_NORMAL), text);
}

static void
draw_title (const HpTuiView *view, const HpArea *area, const Columns *columns)
{
  g_autofree char *base = hp_display_price (view->valuation->base_price, view->valuation->currency);
  int x = hp_canvas_put (view->canvas, area, 0, 0, HP_STYLE_HEADING, _ ("Why")) + 2;

  hp_canvas_put_cut (view->canvas, area, x, 0, columns->bar_end - x, hp_tui_view_style (view, HP_STYLE_FAINT),
                     _ ("base price"));
  hp_canvas_put_right (view->canvas, area, columns->end, 0, hp_tui_view_style (view, HP_STYLE_NORMAL), base);
}

static void
draw_sum (const HpTuiView *view, const HpArea *area, const Columns *columns, int y)
{
  g_autofree char *price = hp_display_price (view->valuation->predicted_price, view->valuation->currency);

  hp_canvas_put_cut (view->canvas, area, 0, y, columns->bar_end, hp_tui_view_style (view, HP_STYLE_FAINT),
                     _ ("add up to the price"));
  hp_canvas_put_right (view->canvas, area, columns->end, y, hp_tui_view_style (view, HP_STYLE_PRICE), price);
}

/**
 * hp_tui_reasons_draw:
 * @view: a view with a valuation
 * @area: where
 * @sum: whether there is a row for the sum
 * @chosen: the row in focus; -1: none
 *
 * Returns: where the rows are, in the canvas
 */
HpArea
hp_tui_reasons_draw (const HpTuiView *view, const HpArea *area, gboolean sum, int chosen)
{
  guint n = view->valuation->contributions->len, rows = hp_tui_reasons_count (view, area->height, sum);
  Columns columns = measure (view, area);

  if (!view->valuation->explained)
    {
      hp_canvas_put (view->canvas, area, 0, 0, HP_STYLE_HEADING, _ ("Why"));
      hp_canvas_put_wrapped (view->canvas, area, 0, 1, 0, HP_STYLE_FAINT,
                             _ ("Whoever made this price gave no reasons."));
      return hp_area_part (area, 0, 0, 0, 0);
    }
  draw_title (view, area, &columns);
  for (guint i = 0; i < rows; i++)
    if (i + 1 == rows && rows < n)
      {
        guint left = n - i;
        g_autofree char *label = hp_evidence_text_others (left);

        draw_row (view, area, &columns, 1 + (int) i, label, NULL, sum_from (view, i), chosen == (int) i);
      }
    else
      {
        const HpContribution *reason = get_reason (view, i);
        g_autofree char *label = hp_tui_view_label (view, reason->feature),
                        *value = hp_evidence_text_contribution (view->description, reason);

        draw_row (view, area, &columns, 1 + (int) i, label, value, reason->amount, chosen == (int) i);
      }
  if (sum && 1 + (int) rows < area->height)
    draw_sum (view, area, &columns, 1 + (int) rows);
  return hp_area_part (area, 0, 1, columns.end, (int) rows);
}

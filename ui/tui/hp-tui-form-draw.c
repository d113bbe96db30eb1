/* hp-tui-form-draw.c - the form as rows: a sign, a label, a value, its unit, and the range of training where there is
 * room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "hp-tui-field.h"
#include "hp-tui-form-pane.h"
#include "hp-tui-typing.h"

/* The sketch's width, and the one with room for ranges */
#define NARROW    30
#define WIDE      52
#define MAX_UNIT  6
#define MIN_VALUE 8

/* Where the columns are; all rows have the same */
typedef struct
{
  int value_end, unit, range; /* range: 0: there is no room */
} Columns;

/**
 * hp_tui_form_pane_width:
 * @available: columns of the terminal
 *
 * Returns: columns for the form
 */
int
hp_tui_form_pane_width (int available)
{
  return available >= 2 * WIDE ? WIDE : NARROW;
}

static int
unit_width (HpTuiFormPane *pane, HpCanvas *canvas)
{
  int width = 1;

  for (guint i = 0; i < hp_form_get_n_fields (pane->form); i++)
    if (hp_form_get_attribute (pane->form, i)->unit != NULL)
      width = MAX (width, hp_canvas_columns (canvas, hp_form_get_attribute (pane->form, i)->unit));
  return MIN (width, MAX_UNIT);
}

static Columns
measure (HpTuiFormPane *pane, HpCanvas *canvas, const HpArea *area)
{
  int unit = unit_width (pane, canvas), narrow = MIN (area->width, NARROW);
  Columns columns = { .range = 0 };

  if (area->width >= WIDE)
    {
      narrow = 34;
      columns.range = 35;
    }
  columns.unit = narrow - 1 - unit;
  columns.value_end = columns.unit - 1;
  return columns;
}

/* The sign before a field: what is wrong with it, what is odd about it, or that keys act on it */
static void
draw_sign (HpTuiFormPane *pane, HpCanvas *canvas, const HpArea *area, guint field, int y)
{
  HpLiveValuation *live = hp_tui_house_get_live (hp_tui_app_get_house (pane->app));
  const HpValuation *valuation = hp_live_valuation_is_current (live) ? hp_live_valuation_get_valuation (live) : NULL;
  const char *name = hp_form_get_attribute (pane->form, field)->name;

  if (hp_form_get_problem (pane->form, field) != NULL)
    {
      hp_canvas_put (canvas, area, 0, y, HP_STYLE_ERROR, canvas->glyphs->error);
      return;
    }
  for (guint i = 0; valuation != NULL && i < valuation->warnings->len; i++)
    if (g_strcmp0 (((HpWarning *) valuation->warnings->pdata[i])->field, name) == 0)
      {
        hp_canvas_put (canvas, area, 0, y, HP_STYLE_WARNING, canvas->glyphs->warning);
        return;
      }
  if (field == pane->focus)
    hp_canvas_put (canvas, area, 0, y, HP_STYLE_KEY, canvas->glyphs->focus);
}

/* What stands in for a date that is not given */
static char *
reference_date (HpTuiFormPane *pane)
{
  HpDate date = hp_form_get_description (pane->form)->reference_date;
  char text[HP_DATE_BUFFER] = "";

  if (date != 0)
    hp_date_format (text, date);
  return g_strdup (text);
}

static void
draw_value (HpTuiFormPane *pane, HpCanvas *canvas, const HpArea *area, guint field, int y, int start, int end)
{
  const HpAttribute *attribute = hp_form_get_attribute (pane->form, field);
  HpLineEditor *editor = pane->choices != NULL ? pane->choices->search : pane->editor;
  g_autofree char *shown = NULL, *cut = NULL;
  HpStyle style = HP_STYLE_VALUE;

  if (field == pane->focus && editor != NULL)
    {
      hp_tui_typing_draw (editor, canvas, area, start, y, end - start, HP_STYLE_TYPING, TRUE);
      if (editor->text->len == 0 && pane->choices != NULL)
        {
          cut = hp_canvas_cut (canvas, hp_tui_choices_get_text (pane->choices), end - start);
          hp_canvas_put_right (canvas, area, end, y, HP_STYLE_TYPING, cut);
        }
      return;
    }
  shown = hp_tui_field_show (attribute, hp_form_get_text (pane->form, field));
  if (*shown == '\0' && attribute->is_effective_date)
    {
      g_free (shown);
      shown = reference_date (pane);
      style = HP_STYLE_FAINT;
    }
  cut = hp_canvas_cut (canvas, shown, end - start);
  if (field == pane->focus && !pane->away)
    style = HP_STYLE_FOCUS;
  else if (hp_form_get_problem (pane->form, field) != NULL)
    style = HP_STYLE_ERROR;
  if (style == HP_STYLE_FOCUS)
    hp_canvas_fill (canvas, area, start, y, end - start, 1, style, " ");
  hp_canvas_put_right (canvas, area, end, y, style, cut);
}

static void
draw_field (HpTuiFormPane *pane, HpCanvas *canvas, const HpArea *area, const Columns *columns, guint field, int y)
{
  const HpAttribute *attribute = hp_form_get_attribute (pane->form, field);
  g_autofree char *shown = hp_tui_field_show (attribute, hp_form_get_text (pane->form, field));
  g_autofree char *range = hp_tui_field_range (attribute);
  int value = MAX (MIN_VALUE, hp_canvas_columns (canvas, shown)), label_end;

  /* A long value gets what the label does not need, a long label what the value does not. */
  label_end = hp_canvas_columns (canvas, attribute->label) + 1;
  if (label_end + 1 + value > columns->value_end)
    label_end = MAX (columns->value_end - value - 1, MIN (label_end, columns->value_end / 2));
  hp_canvas_put_cut (canvas, area, 1, y, label_end - 1, HP_STYLE_LABEL, attribute->label);
  draw_sign (pane, canvas, area, field, y);
  draw_value (pane, canvas, area, field, y, label_end + 1, columns->value_end);
  if (attribute->type == HP_COLUMN_CATEGORY)
    hp_canvas_put (canvas, area, columns->unit, y, HP_STYLE_FAINT, canvas->glyphs->choices);
  else if (attribute->unit != NULL)
    hp_canvas_put_cut (canvas, area, columns->unit, y, MAX_UNIT, HP_STYLE_FAINT, attribute->unit);
  if (columns->range > 0 && range != NULL)
    hp_canvas_put_cut (canvas, area, columns->range, y, area->width - columns->range, HP_STYLE_FAINT, range);
}

static void
scroll_to_focus (HpTuiFormPane *pane, int rows, guint n)
{
  pane->top = MIN (pane->top, n > (guint) rows ? n - rows : 0);
  if (pane->focus < pane->top)
    pane->top = pane->focus;
  else if (pane->focus >= pane->top + rows)
    pane->top = pane->focus - rows + 1;
}

/**
 * hp_tui_form_pane_draw:
 * @pane: a form
 * @canvas: a canvas
 * @area: where
 */
void
hp_tui_form_pane_draw (HpTuiFormPane *pane, HpCanvas *canvas, const HpArea *area)
{
  guint n = hp_form_get_n_fields (pane->form);
  Columns columns = measure (pane, canvas, area);

  pane->drawn = *area;
  if (area->height < 1)
    return;
  scroll_to_focus (pane, area->height, n);
  for (int row = 0; row < area->height && pane->top + row < n; row++)
    draw_field (pane, canvas, area, &columns, pane->top + row, row);
  if (pane->top > 0)
    hp_canvas_put (canvas, area, area->width - 1, 0, HP_STYLE_HINT, canvas->glyphs->up);
  if (pane->top + area->height < n)
    hp_canvas_put (canvas, area, area->width - 1, area->height - 1, HP_STYLE_HINT, canvas->glyphs->down);
}

/**
 * hp_tui_form_pane_draw_list:
 * @pane: a form that was drawn
 * @canvas: a canvas
 * @area: what the list may cover
 */
void
hp_tui_form_pane_draw_list (HpTuiFormPane *pane, HpCanvas *canvas, const HpArea *area)
{
  if (pane->choices != NULL)
    hp_tui_choices_draw (pane->choices, canvas, area, 1, pane->drawn.y - area->y + (int) (pane->focus - pane->top));
}

/* hp-tui-picker.c - a list that opens over a view: one of it is taken, or several are marked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "hp-text.h"
#include "hp-tui-picker.h"
#include "hp-tui-typing.h"

#define MAX_WIDTH 64
#define MIN_WIDTH 30
#define MAX_ROWS  16

static void
item_clear (gpointer data)
{
  HpTuiPickerItem *item = data;

  g_free (item->key);
  g_free (item->label);
  g_free (item->detail);
}

/**
 * hp_tui_picker_new:
 * @title: what is chosen
 * @most: how many may be marked; 0: one is taken
 *
 * Returns: (transfer full): an empty list
 */
HpTuiPicker *
hp_tui_picker_new (const char *title, guint most)
{
  HpTuiPicker *picker = g_new0 (HpTuiPicker, 1);

  picker->title = g_strdup (title);
  picker->marks = most > 0;
  picker->most = most;
  picker->search = hp_line_editor_new ();
  picker->items = g_array_new (FALSE, FALSE, sizeof (HpTuiPickerItem));
  g_array_set_clear_func (picker->items, item_clear);
  picker->matches = g_array_new (FALSE, FALSE, sizeof (guint));
  return picker;
}

/**
 * hp_tui_picker_free:
 * @picker: (transfer full) (nullable): a list
 */
void
hp_tui_picker_free (HpTuiPicker *picker)
{
  if (picker == NULL)
    return;
  g_free (picker->title);
  hp_line_editor_free (picker->search);
  g_array_unref (picker->items);
  g_array_unref (picker->matches);
  g_free (picker);
}

static HpTuiPickerItem *
get_item (HpTuiPicker *picker, guint row)
{
  return &g_array_index (picker->items, HpTuiPickerItem, g_array_index (picker->matches, guint, row));
}

/**
 * hp_tui_picker_add:
 * @picker: a list
 * @key: what the view knows it by
 * @label: what people read
 * @detail: (nullable): what stands at the right
 * @marked: whether it is marked; in a list that one is taken from: whether it is the one now
 */
void
hp_tui_picker_add (HpTuiPicker *picker, const char *key, const char *label, const char *detail, gboolean marked)
{
  HpTuiPickerItem item = { g_strdup (key), g_strdup (label), g_strdup (detail), marked };
  guint i = picker->items->len;

  if (marked && (!picker->marks || picker->chosen == 0))
    picker->chosen = i;
  g_array_append_val (picker->items, item);
  g_array_append_val (picker->matches, i);
}

/**
 * hp_tui_picker_contexts:
 * @picker: a list
 *
 * Returns: which commands mean something while it is open
 */
guint
hp_tui_picker_contexts (HpTuiPicker *picker)
{
  return HP_TUI_LIST | (picker->marks ? HP_TUI_MARKS : HP_TUI_TYPING);
}

static void
move (HpTuiPicker *picker, int by)
{
  picker->chosen = (guint) MAX (CLAMP ((int) picker->chosen + by, 0, (int) picker->matches->len - 1), 0);
}

static guint
count_marked (HpTuiPicker *picker)
{
  guint n = 0;

  for (guint i = 0; i < picker->items->len; i++)
    n += g_array_index (picker->items, HpTuiPickerItem, i).marked ? 1 : 0;
  return n;
}

static void
toggle (HpTuiPicker *picker)
{
  HpTuiPickerItem *item;

  if (picker->matches->len == 0)
    return;
  item = get_item (picker, picker->chosen);
  if (item->marked || count_marked (picker) < picker->most)
    item->marked = !item->marked;
}

/* Words of what is searched, wherever they are */
static void
search (HpTuiPicker *picker)
{
  g_autofree char *wanted = hp_text_key (picker->search->text->str, -1);

  g_array_set_size (picker->matches, 0);
  for (guint i = 0; i < picker->items->len; i++)
    {
      g_autofree char *key = hp_text_key (g_array_index (picker->items, HpTuiPickerItem, i).label, -1);

      if (strstr (key, wanted) != NULL)
        g_array_append_val (picker->matches, i);
    }
  picker->chosen = picker->top = 0;
}

/**
 * hp_tui_picker_command:
 * @picker: a list
 * @command: what to do
 *
 * Returns: whether the list is left now, and how
 */
HpTuiPickerEnd
hp_tui_picker_command (HpTuiPicker *picker, HpTuiCommand command)
{
  int page = MAX (picker->drawn.height - 1, 1);

  switch (command)
    {
    case HP_TUI_COMMAND_LIST_UP:
    case HP_TUI_COMMAND_MARKS_UP:
      move (picker, -1);
      break;
    case HP_TUI_COMMAND_LIST_DOWN:
    case HP_TUI_COMMAND_MARKS_DOWN:
      move (picker, 1);
      break;
    case HP_TUI_COMMAND_LIST_PAGE_UP:
      move (picker, -page);
      break;
    case HP_TUI_COMMAND_LIST_PAGE_DOWN:
      move (picker, page);
      break;
    case HP_TUI_COMMAND_MARK:
      toggle (picker);
      move (picker, 1);
      break;
    case HP_TUI_COMMAND_MARKS_TAKE:
    case HP_TUI_COMMAND_ACCEPT:
      return picker->matches->len > 0 ? HP_TUI_PICKER_TAKEN : HP_TUI_PICKER_OPEN;
    case HP_TUI_COMMAND_MARKS_LEAVE:
    case HP_TUI_COMMAND_CANCEL:
      return HP_TUI_PICKER_LEFT;
    default:
      {
        const HpInput none = { 0 };

        if (!picker->marks && hp_tui_typing_input (picker->search, &none, command))
          search (picker);
      }
    }
  return HP_TUI_PICKER_OPEN;
}

/* A version is found by its digit; the next one with it comes after that */
static void
find_digit (HpTuiPicker *picker, const HpInput *input)
{
  if (!hp_tui_picker_takes (picker, input))
    return;
  for (guint i = 1; i <= picker->items->len; i++)
    {
      guint at = (picker->chosen + i) % picker->items->len;

      if ((guint32) *g_array_index (picker->items, HpTuiPickerItem, at).key == input->code)
        {
          picker->chosen = at;
          return;
        }
    }
}

/**
 * hp_tui_picker_takes:
 * @picker: a list
 * @input: a character
 *
 * Returns: whether it is the list's, although it is a key too
 */
gboolean
hp_tui_picker_takes (HpTuiPicker *picker, const HpInput *input)
{
  return picker->marks && input->kind == HP_INPUT_KEY && input->code >= '0' && input->code <= '9';
}

/**
 * hp_tui_picker_input:
 * @picker: a list
 * @input: text, a click, the wheel
 *
 * Returns: whether the list is left now, and how
 */
HpTuiPickerEnd
hp_tui_picker_input (HpTuiPicker *picker, const HpInput *input)
{
  int row = input->y - picker->drawn.y;

  if (input->kind == HP_INPUT_WHEEL)
    move (picker, 3 * input->delta);
  else if (input->kind == HP_INPUT_CLICK)
    {
      gboolean inside = row >= 0 && row < picker->drawn.height && input->x >= picker->drawn.x
                        && input->x < picker->drawn.x + picker->drawn.width;

      if (!inside)
        return HP_TUI_PICKER_LEFT;
      if (picker->top + (guint) row >= picker->matches->len)
        return HP_TUI_PICKER_OPEN;
      picker->chosen = picker->top + (guint) row;
      if (!picker->marks)
        return HP_TUI_PICKER_TAKEN;
      toggle (picker);
    }
  else if (picker->marks)
    find_digit (picker, input);
  else if (hp_tui_typing_input (picker->search, input, HP_TUI_NONE))
    search (picker);
  return HP_TUI_PICKER_OPEN;
}

/* The same however the search goes */
static int
width_of (HpTuiPicker *picker, HpCanvas *canvas, int most)
{
  int width = hp_canvas_columns (canvas, picker->title);

  for (guint i = 0; i < picker->items->len; i++)
    {
      const HpTuiPickerItem *item = &g_array_index (picker->items, HpTuiPickerItem, i);
      int detail = item->detail != NULL ? hp_canvas_columns (canvas, item->detail) + 2 : 0;

      width = MAX (width, hp_canvas_columns (canvas, item->label) + detail + (picker->marks ? 4 : 0));
    }
  return MIN (MAX (width + 6, MIN_WIDTH), MIN (most, MAX_WIDTH));
}

static void
draw_row (HpTuiPicker *picker, HpCanvas *canvas, const HpArea *list, guint row, int y)
{
  const HpTuiPickerItem *item = get_item (picker, row);
  HpStyle style = row == picker->chosen ? HP_STYLE_CHOSEN : HP_STYLE_LIST;
  int x = 2, end = list->width - 3;

  hp_canvas_fill (canvas, list, 1, y, list->width - 2, 1, style, " ");
  if (picker->marks)
    x = hp_canvas_put (canvas, list, x, y, style, item->marked ? "[x] " : "[ ] ");
  if (item->detail != NULL)
    {
      int label = MIN (hp_canvas_columns (canvas, item->label), (end - x) / 2);
      int detail = MIN (hp_canvas_columns (canvas, item->detail), end - x - label - 2);

      hp_canvas_put_cut (canvas, list, end - detail, y, detail, row == picker->chosen ? style : HP_STYLE_LIST_FAINT,
                         item->detail);
      end -= detail + 1;
    }
  hp_canvas_put_cut (canvas, list, x, y, end - x, style, item->label);
}

/**
 * hp_tui_picker_draw:
 * @picker: a list
 * @canvas: a canvas
 * @area: what it may cover; it opens at the upper left
 */
void
hp_tui_picker_draw (HpTuiPicker *picker, HpCanvas *canvas, const HpArea *area)
{
  int width = width_of (picker, canvas, area->width), most = MIN (area->height - 1, MAX_ROWS);
  int shown = MIN ((int) MAX (picker->items->len, 1), most), rows = (int) picker->matches->len;
  HpArea list = hp_area_part (area, 0, 0, width, shown + 1);

  hp_canvas_fill (canvas, &list, 0, 0, list.width, list.height, HP_STYLE_LIST, " ");
  hp_canvas_put_cut (canvas, &list, 2, 0, list.width - 4, HP_STYLE_HEADING, picker->title);
  picker->drawn = hp_area_part (&list, 0, 1, list.width, shown);
  picker->top = CLAMP (picker->top, (guint) MAX ((int) picker->chosen - shown + 1, 0), picker->chosen);
  picker->top = MIN (picker->top, (guint) MAX (rows - shown, 0));
  for (int y = 0; y < shown; y++)
    {
      hp_canvas_put (canvas, &picker->drawn, 0, y, HP_STYLE_LIST_FAINT, canvas->glyphs->vertical);
      hp_canvas_put (canvas, &picker->drawn, list.width - 1, y, HP_STYLE_LIST_FAINT, canvas->glyphs->vertical);
      if (picker->top + (guint) y < picker->matches->len)
        draw_row (picker, canvas, &picker->drawn, picker->top + (guint) y, y);
    }
  if (picker->top > 0)
    hp_canvas_put (canvas, &picker->drawn, width - 2, 0, HP_STYLE_LIST_FAINT, canvas->glyphs->up);
  if ((int) picker->top + shown < rows)
    hp_canvas_put (canvas, &picker->drawn, width - 2, shown - 1, HP_STYLE_LIST_FAINT, canvas->glyphs->down);
  if (!picker->marks)
    {
      int x = hp_canvas_columns (canvas, picker->title) + 3;

      hp_tui_typing_draw (picker->search, canvas, &list, x, 0, list.width - x - 2, HP_STYLE_LIST, FALSE);
    }
}

/**
 * hp_tui_picker_get_key:
 * @picker: a list
 *
 * Returns: (transfer none) (nullable): the key of the one that Enter takes
 */
const char *
hp_tui_picker_get_key (HpTuiPicker *picker)
{
  return picker->matches->len > 0 ? get_item (picker, picker->chosen)->key : NULL;
}

/**
 * hp_tui_picker_get_marked:
 * @picker: a list
 *
 * Returns: (transfer full) (array zero-terminated=1): the keys of those that are marked; if none is, of the one that
 * one is on
 */
char **
hp_tui_picker_get_marked (HpTuiPicker *picker)
{
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = 0; i < picker->items->len; i++)
    if (g_array_index (picker->items, HpTuiPickerItem, i).marked)
      g_ptr_array_add (keys, g_strdup (g_array_index (picker->items, HpTuiPickerItem, i).key));
  if (keys->len == 0 && picker->matches->len > 0)
    g_ptr_array_add (keys, g_strdup (get_item (picker, picker->chosen)->key));
  g_ptr_array_add (keys, NULL);
  return (char **) g_ptr_array_free (keys, FALSE);
}

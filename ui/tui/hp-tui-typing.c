/* hp-tui-typing.c - typing on the screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hp-tui-typing.h"

static gboolean
find_action (HpTuiCommand command, HpLineAction *action)
{
  static const struct
  {
    HpTuiCommand command;
    HpLineAction action;
  } actions[] = {
    { HP_TUI_COMMAND_LEFT, HP_LINE_LEFT },         { HP_TUI_COMMAND_RIGHT, HP_LINE_RIGHT },
    { HP_TUI_COMMAND_START, HP_LINE_START },       { HP_TUI_COMMAND_END, HP_LINE_END },
    { HP_TUI_COMMAND_RUB_OUT, HP_LINE_RUB_OUT },   { HP_TUI_COMMAND_DELETE, HP_LINE_DELETE },
    { HP_TUI_COMMAND_RUB_WORD, HP_LINE_RUB_WORD }, { HP_TUI_COMMAND_RUB_ALL, HP_LINE_RUB_ALL },
    { HP_TUI_COMMAND_REST, HP_LINE_DELETE_REST },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (actions[i].command == command)
      {
        *action = actions[i].action;
        return TRUE;
      }
  return FALSE;
}

/**
 * hp_tui_typing_input:
 * @editor: a line
 * @input: what came
 * @command: what the key means while one types
 *
 * Returns: whether it was something to do with the line
 */
gboolean
hp_tui_typing_input (HpLineEditor *editor, const HpInput *input, HpTuiCommand command)
{
  HpLineAction action;
  char text[7] = "";

  if (input->kind == HP_INPUT_PASTE)
    {
      hp_line_editor_insert (editor, input->text);
      return TRUE;
    }
  if (hp_input_is_text (input))
    {
      text[g_unichar_to_utf8 (input->code, text)] = '\0';
      hp_line_editor_insert (editor, text);
      return TRUE;
    }
  if (!find_action (command, &action))
    return FALSE;
  hp_line_editor_act (editor, action);
  return TRUE;
}

/**
 * hp_tui_typing_draw:
 * @editor: a line
 * @canvas: a canvas
 * @area: a part of it
 * @x: first column
 * @y: row
 * @width: columns there are
 * @style: how text looks
 * @right: whether short text stands at the right end
 *
 * What does not fit is out of sight so that the cursor is in sight.
 */
void
hp_tui_typing_draw (HpLineEditor *editor, HpCanvas *canvas, const HpArea *area, int x, int y, int width, HpStyle style,
                    gboolean right)
{
  HpArea box = hp_area_part (area, x, y, width, 1), around = hp_area_part (area, x, y, width + 1, 1);
  g_autofree char *before = g_strndup (editor->text->str, editor->cursor);
  int all = hp_canvas_columns (canvas, editor->text->str), to_cursor = hp_canvas_columns (canvas, before);
  int start = 0;

  hp_canvas_fill (canvas, &box, 0, 0, width, 1, style, " ");
  if (all <= width)
    start = right ? width - all : 0;
  else
    start = -CLAMP (to_cursor - width / 2, 0, all - width);
  hp_canvas_put (canvas, &box, start, 0, style, editor->text->str);
  hp_canvas_set_cursor (canvas, &around, start + to_cursor, 0);
}

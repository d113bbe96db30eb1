/* hp-tui-prompt.c - the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "hp-tui-app-private.h"
#include "hp-tui-typing.h"

void
_hp_tui_prompt_open (HpTuiApp *app)
{
  _hp_tui_prompt_close (app);
  app->prompt = hp_line_editor_new ();
}

void
_hp_tui_prompt_close (HpTuiApp *app)
{
  g_clear_pointer (&app->prompt, hp_line_editor_free);
  g_clear_pointer (&app->completions, g_ptr_array_unref);
}

/* What all of them begin with */
static char *
common_start (GPtrArray *words)
{
  char *common = g_strdup (words->pdata[0]);

  for (guint i = 1; i < words->len; i++)
    {
      const char *word = words->pdata[i];
      gsize same = 0;

      while (common[same] != '\0' && common[same] == word[same])
        same++;
      common[same] = '\0';
    }
  /* not within a character */
  while (!g_utf8_validate (common, -1, NULL))
    common[strlen (common) - 1] = '\0';
  return common;
}

static void
complete (HpTuiApp *app)
{
  gsize start = 0;
  g_autofree char *before = g_strndup (app->prompt->text->str, app->prompt->cursor);
  g_autoptr (GPtrArray) words = hp_tui_words_complete (app, before, &start);
  g_autofree char *word = NULL;

  g_clear_pointer (&app->completions, g_ptr_array_unref);
  if (words->len == 0)
    return;
  word = common_start (words);
  if (strlen (word) > strlen (before + start) || words->len == 1)
    {
      hp_line_editor_act (app->prompt, HP_LINE_RUB_ALL);
      before[start] = '\0';
      hp_line_editor_insert (app->prompt, before);
      hp_line_editor_insert (app->prompt, word);
      if (words->len == 1)
        hp_line_editor_insert (app->prompt, " ");
    }
  if (words->len > 1)
    app->completions = g_steal_pointer (&words);
}

static void
run_line (HpTuiApp *app)
{
  g_autofree char *line = g_strdup (app->prompt->text->str);
  g_autoptr (GError) error = NULL;

  _hp_tui_prompt_close (app);
  if (!hp_tui_words_run (app, line, &error))
    hp_tui_app_say (app, HP_STYLE_ERROR, "%s", error->message);
}

/* Returns whether the input was the command line's */
gboolean
_hp_tui_prompt_input (HpTuiApp *app, const HpInput *input, const char *key)
{
  HpTuiCommand command = hp_tui_command_find (HP_TUI_TYPING, FALSE, key);
  gboolean was_completing = app->completions != NULL;

  if (input->kind == HP_INPUT_CLICK)
    {
      _hp_tui_prompt_close (app);
      return FALSE;
    }
  if (g_str_equal (key, "Tab"))
    {
      complete (app);
      return TRUE;
    }
  if (was_completing)
    g_clear_pointer (&app->completions, g_ptr_array_unref);
  /* Rubbing out the colon itself */
  if (command == HP_TUI_COMMAND_RUB_OUT && app->prompt->text->len == 0)
    command = HP_TUI_COMMAND_CANCEL;
  if (hp_tui_typing_input (app->prompt, input, command))
    return TRUE;
  if (command == HP_TUI_COMMAND_ACCEPT)
    run_line (app);
  else if (command == HP_TUI_COMMAND_CANCEL || g_str_equal (key, "Ctrl+C"))
    _hp_tui_prompt_close (app);
  else
    {
      HpTuiCommand other = hp_tui_command_find (HP_TUI_EVERYWHERE, FALSE, key);

      /* Quitting and redrawing need no detour. */
      if (other == HP_TUI_COMMAND_QUIT || other == HP_TUI_COMMAND_REDRAW || other == HP_TUI_COMMAND_SUSPEND)
        hp_tui_app_run (app, other);
    }
  return TRUE;
}

void
_hp_tui_prompt_draw (HpTuiApp *app, HpCanvas *canvas, const HpArea *area)
{
  int x = hp_canvas_put (canvas, area, 0, 0, HP_STYLE_KEY, ":");

  hp_tui_typing_draw (app->prompt, canvas, area, x, 0, area->width - x - 1, HP_STYLE_NORMAL, FALSE);
  if (app->completions == NULL)
    return;
  hp_canvas_fill (canvas, area, 0, 1, area->width, 1, HP_STYLE_LIST, " ");
  x = 1;
  for (guint i = 0; i < app->completions->len && x < area->width; i++)
    {
      const char *word = app->completions->pdata[i];
      int needed = hp_canvas_columns (canvas, word), left = area->width - x;

      if (needed > left - 2 && i + 1 < app->completions->len)
        {
          hp_canvas_put (canvas, area, x, 1, HP_STYLE_LIST_FAINT, canvas->glyphs->ellipsis);
          break;
        }
      x = hp_canvas_put_cut (canvas, area, x, 1, left, HP_STYLE_LIST, word) + 2;
    }
}

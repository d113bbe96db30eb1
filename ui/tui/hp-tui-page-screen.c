/* hp-tui-page-screen.c - a page of text to scroll in; the help is one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "hp-tui-app.h"
#include "hp-tui-page-screen.h"

/* Where the help's explanations begin */
#define KEYS_WIDTH 32

typedef struct
{
  HpStyle style;
  char *keys; /* (nullable) before the text, in a column of their own */
  char *text;
} Line;

typedef struct
{
  HpTuiScreen screen;
  GArray *lines; /* of Line */
  HpStyle left;  /* of what stands before lines; NORMAL: that of the line */
  int top, height;
} Page;

static void
line_clear (gpointer data)
{
  g_free (((Line *) data)->keys);
  g_free (((Line *) data)->text);
}

/* Wrapped when it is drawn: returns how many rows a line takes */
static int
draw_line (const Line *line, HpStyle left, HpCanvas *canvas, const HpArea *area, int y)
{
  if (line->keys != NULL)
    {
      g_auto (GStrv) keys = hp_canvas_wrap (canvas, line->keys, KEYS_WIDTH - 4);
      int end = hp_canvas_put_wrapped (canvas, area, KEYS_WIDTH, y, 0, line->style, line->text);

      for (int i = 0; keys[i] != NULL; i++)
        hp_canvas_put (canvas, area, 2, y + i, left != HP_STYLE_NORMAL ? left : line->style, keys[i]);
      return MAX (end - y, (int) g_strv_length (keys));
    }
  return hp_canvas_put_wrapped (canvas, area, 1, y, 0, line->style, line->text) - y;
}

static int
draw_from (Page *page, HpCanvas *canvas, const HpArea *area, int y)
{
  for (guint i = 0; i < page->lines->len; i++)
    y += draw_line (&g_array_index (page->lines, Line, i), page->left, canvas, area, y);
  return y;
}

static void
page_draw (HpTuiScreen *screen, HpCanvas *canvas, const HpArea *area)
{
  Page *page = (Page *) screen;
  HpArea nothing = hp_area_part (area, 0, 0, area->width, 0);
  int rows;

  nothing.width = area->width;
  rows = draw_from (page, canvas, &nothing, 0);
  page->height = area->height;
  page->top = CLAMP (page->top, 0, MAX (rows - area->height, 0));
  draw_from (page, canvas, area, -page->top);
  if (page->top > 0)
    hp_canvas_put (canvas, area, area->width - 1, 0, HP_STYLE_HINT, canvas->glyphs->up);
  if (page->top + area->height < rows)
    hp_canvas_put (canvas, area, area->width - 1, area->height - 1, HP_STYLE_HINT, canvas->glyphs->down);
}

static guint
page_contexts (HpTuiScreen *screen)
{
  return HP_TUI_PAGE;
}

static gboolean
page_takes (HpTuiScreen *screen, const HpInput *input)
{
  return FALSE;
}

static gboolean
page_command (HpTuiScreen *screen, HpTuiCommand command)
{
  Page *page = (Page *) screen;

  switch (command)
    {
    case HP_TUI_COMMAND_UP:
      page->top--;
      break;
    case HP_TUI_COMMAND_DOWN:
      page->top++;
      break;
    case HP_TUI_COMMAND_PAGE_UP:
      page->top -= MAX (page->height - 1, 1);
      break;
    case HP_TUI_COMMAND_PAGE_DOWN:
      page->top += MAX (page->height - 1, 1);
      break;
    case HP_TUI_COMMAND_TOP:
      page->top = 0;
      break;
    case HP_TUI_COMMAND_BOTTOM:
      page->top = G_MAXINT / 2;
      break;
    case HP_TUI_COMMAND_CLOSE:
      hp_tui_app_close (screen->app);
      break;
    default:
      return FALSE;
    }
  return TRUE;
}

static gboolean
page_input (HpTuiScreen *screen, const HpInput *input)
{
  if (input->kind == HP_INPUT_WHEEL)
    ((Page *) screen)->top += 3 * input->delta;
  return input->kind == HP_INPUT_WHEEL;
}

static char *
page_hint (HpTuiScreen *screen, HpStyle *style)
{
  *style = HP_STYLE_HINT;
  return g_strdup (_ ("Esc goes back"));
}

static void
page_free (HpTuiScreen *screen)
{
  g_array_unref (((Page *) screen)->lines);
  g_free (screen);
}

static Page *
page_new (HpTuiApp *app, const char *title)
{
  static const HpTuiScreenOps ops
    = { page_draw, page_contexts, page_takes, page_command, page_input, page_hint, page_free };
  Page *page = g_new0 (Page, 1);

  page->screen = (HpTuiScreen){ &ops, app, title };
  page->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (page->lines, line_clear);
  return page;
}

/**
 * hp_tui_page_add:
 * @page: a page
 * @style: what the line is
 * @left: (transfer full) (nullable): what stands before it in a column of its own
 * @text: (transfer full): a line; it is wrapped where that must be
 */
void
hp_tui_page_add (HpTuiScreen *page, HpStyle style, char *left, char *text)
{
  Line line = { style, left, text };

  g_array_append_val (((Page *) page)->lines, line);
}

/**
 * hp_tui_page_new:
 * @app: the program
 * @title: what the page is called; lives on
 * @text: (transfer full) (nullable): its lines
 *
 * Returns: (transfer full): a page of text
 */
HpTuiScreen *
hp_tui_page_new (HpTuiApp *app, const char *title, char *text)
{
  Page *page = page_new (app, title);
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  for (char **line = lines; line != NULL && *line != NULL; line++)
    hp_tui_page_add (&page->screen, HP_STYLE_NORMAL, NULL, g_strdup (*line));
  g_free (text);
  return &page->screen;
}

static void
add_context (Page *page, HpTuiContext context)
{
  hp_tui_page_add (&page->screen, HP_STYLE_NORMAL, NULL, g_strdup (""));
  hp_tui_page_add (&page->screen, HP_STYLE_HEADING, NULL, g_strdup (hp_tui_context_get_title (context)));
  for (HpTuiCommand command = HP_TUI_NONE + 1; command < HP_TUI_N_COMMANDS; command++)
    if (hp_tui_command_get_info (command)->context == context)
      hp_tui_page_add (&page->screen, HP_STYLE_NORMAL, hp_tui_command_keys (command, "  "),
                       g_strdup (_ (hp_tui_command_get_info (command)->text)));
}

/**
 * hp_tui_help_screen_new:
 * @app: the program
 *
 * Returns: (transfer full): what all keys do, made of the table of commands
 */
HpTuiScreen *
hp_tui_help_screen_new (HpTuiApp *app)
{
  static const HpTuiContext order[] = { HP_TUI_FORM,  HP_TUI_TYPING,     HP_TUI_LIST, HP_TUI_VALUE, HP_TUI_EVIDENCE,
                                        HP_TUI_CURVE, HP_TUI_EVERYWHERE, HP_TUI_COMPARE, HP_TUI_RESIDUALS, HP_TUI_MARKS,
                                        HP_TUI_PAGE,  HP_TUI_START,      HP_TUI_TRAINING };
  Page *page = page_new (app, _ ("Help"));

  page->left = HP_STYLE_KEY;
  hp_tui_page_add (
    &page->screen, HP_STYLE_NORMAL, NULL,
    g_strdup (_ ("Type into a field: the house is valued at every key. In numbers and dates the first digit replaces "
                 "what was there, and letters are commands. In a category letters search its choices; j and k "
                 "move all the same.")));
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    add_context (page, order[i]);
  return &page->screen;
}

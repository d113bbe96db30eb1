/* hp-tui-frame.c - what surrounds every screen: title, notice, message, F-bar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hp-tui-app-private.h"

/* Labels of the F-bar stand in a grid as long as they are short. */
#define BUTTON_WIDTH 9

/* "Server v3" with a sign, and what it means */
static char *
source_text (HpTuiApp *app, const HpGlyphs *glyphs, HpStyle *style)
{
  HpAutoValuer *valuer = hp_tui_house_get_valuer (app->house);
  const char *version = hp_tui_house_get_local_version (app->house);
  const char *server = hp_auto_valuer_get_server_version (valuer);

  *style = HP_STYLE_TITLE;
  switch (hp_auto_valuer_get_state (valuer))
    {
    case HP_VALUER_CONNECTING:
      return g_strdup_printf ("%s %s", glyphs->offline, _ ("Connecting"));
    case HP_VALUER_ONLINE:
      *style = HP_STYLE_GOOD;
      return server != NULL ? g_strdup_printf (_ ("%s Server v%s"), glyphs->online, server)
                            : g_strdup_printf (_ ("%s Server"), glyphs->online);
    case HP_VALUER_OFFLINE:
      *style = HP_STYLE_BAD;
      return version != NULL ? g_strdup_printf (_ ("%s Offline v%s"), glyphs->offline, version)
                             : g_strdup_printf (_ ("%s Offline"), glyphs->offline);
    case HP_VALUER_LOCAL:
    default:
      return version != NULL ? g_strdup_printf (_ ("This computer v%s"), version) : g_strdup (_ ("This computer"));
    }
}

/* The view one is in; where there is room, the others beside it, to be clicked at */
static void
draw_tabs (HpTuiApp *app, HpCanvas *canvas, const HpArea *area, int x, int room)
{
  gboolean page = app->pages->len > 0;
  int needed = 0;

  g_array_set_size (app->tabs, 0);
  for (HpTuiViewId view = 0; view < HP_TUI_N_VIEWS; view++)
    needed += hp_canvas_columns (canvas, _hp_tui_app_view_title (view)) + 2;
  for (HpTuiViewId view = 0; !page && needed <= room && view < HP_TUI_N_VIEWS; view++)
    {
      const char *title = view == app->view ? _hp_tui_app_top (app)->title : _hp_tui_app_view_title (view);
      g_autofree char *tab = g_strdup_printf (" %s ", title);
      HpTuiButton button = { HP_TUI_COMMAND_VIEW_VALUE + (HpTuiCommand) view, x, 0 };

      x = hp_canvas_put (canvas, area, x, 0, view == app->view ? HP_STYLE_TAB : HP_STYLE_TITLE, tab);
      button.end = x;
      g_array_append_val (app->tabs, button);
    }
  if (page || needed > room)
    {
      g_autofree char *tab = g_strdup_printf (" %s ", _hp_tui_app_top (app)->title);

      hp_canvas_put (canvas, area, x, 0, HP_STYLE_TAB, tab);
    }
}

static void
draw_title (HpTuiApp *app, HpCanvas *canvas, const HpArea *area)
{
  HpStyle style;
  g_autofree char *source = source_text (app, canvas->glyphs, &style);
  int x;

  hp_canvas_fill (canvas, area, 0, 0, area->width, 1, HP_STYLE_TITLE, " ");
  x = hp_canvas_put (canvas, area, 1, 0, HP_STYLE_TITLE, _ ("House Price")) + 1;
  draw_tabs (app, canvas, area, x, area->width - x - hp_canvas_columns (canvas, source) - 2);
  hp_canvas_put_right (canvas, area, area->width - 1, 0, style, source);
}

/* The reason begins with the address that was asked, which there is no room for. */
static const char *
without_address (const char *reason)
{
  const char *rest = g_str_has_prefix (reason, "http") ? strstr (reason, ": ") : NULL;

  return rest != NULL ? rest + 2 : reason;
}

static char *
notice_text (HpTuiApp *app)
{
  HpAutoValuer *valuer = hp_tui_house_get_valuer (app->house);
  const char *reason = hp_auto_valuer_get_offline_reason (valuer);

  if (hp_auto_valuer_get_state (valuer) != HP_VALUER_OFFLINE)
    return NULL;
  return g_strdup_printf (_ ("The server is away: %s"), reason != NULL ? without_address (reason) : "");
}

/* The row is there even when it is empty: nothing jumps when the server goes. */
static void
draw_notice (HpTuiApp *app, HpCanvas *canvas, const HpArea *area)
{
  g_autofree char *notice = notice_text (app);
  int x;

  if (notice == NULL)
    return;
  x = hp_canvas_put (canvas, area, 1, 0, HP_STYLE_NOTICE, canvas->glyphs->warning);
  hp_canvas_put_cut (canvas, area, x + 1, 0, area->width - x - 2, HP_STYLE_NOTICE, notice);
}

static void
draw_message (HpTuiApp *app, HpCanvas *canvas, const HpArea *area)
{
  HpTuiScreen *top = _hp_tui_app_top (app);
  HpStyle style = HP_STYLE_HINT;
  g_autofree char *hint = NULL;
  int x = 1;

  if (app->message == NULL && top->ops->hint != NULL)
    hint = top->ops->hint (top, &style);
  if (app->message != NULL)
    style = app->message_style;
  if (app->message == NULL && hint == NULL)
    return;
  if (style == HP_STYLE_ERROR)
    x = hp_canvas_put (canvas, area, x, 0, style, canvas->glyphs->error) + 1;
  hp_canvas_put_cut (canvas, area, x, 0, area->width - x - 1, style, app->message != NULL ? app->message : hint);
}

/* "F8" of "F8 Ctrl+X" */
static char *
function_key (const HpTuiCommandInfo *info)
{
  return g_strndup (info->keys, strcspn (info->keys, " "));
}

static int
compare_buttons (gconstpointer a, gconstpointer b)
{
  const char *one = hp_tui_command_get_info (*(const HpTuiCommand *) a)->keys;
  const char *two = hp_tui_command_get_info (*(const HpTuiCommand *) b)->keys;

  return (int) (g_ascii_strtoull (one + 1, NULL, 10) - g_ascii_strtoull (two + 1, NULL, 10));
}

/* Columns of a label in a bar that has to be so narrow: 0: not at all, 1: no grid, 2: no room to breathe */
static int
label_width (HpCanvas *canvas, HpTuiCommand command, int narrow)
{
  int width = hp_canvas_columns (canvas, _ (hp_tui_command_get_info (command)->bar)) + (narrow == 2 ? 1 : 2);

  return narrow == 0 ? MAX (BUTTON_WIDTH, width) : width;
}

static int
bar_width (HpCanvas *canvas, GArray *commands, int narrow)
{
  int needed = 0;

  for (guint i = 0; i < commands->len; i++)
    {
      HpTuiCommand command = g_array_index (commands, HpTuiCommand, i);
      g_autofree char *key = function_key (hp_tui_command_get_info (command));

      needed += (int) strlen (key) + label_width (canvas, command, narrow);
    }
  return needed;
}

/* Where no bar is narrow enough, labels are left out, the ones before the last first: that one quits */
static int
choose_narrow (HpCanvas *canvas, GArray *commands, int width)
{
  int narrow = 0;

  while (narrow < 2 && bar_width (canvas, commands, narrow) > width)
    narrow++;
  while (commands->len > 2 && bar_width (canvas, commands, narrow) > width)
    g_array_remove_index (commands, commands->len - 2);
  return narrow;
}

static void
draw_bar (HpTuiApp *app, HpCanvas *canvas, const HpArea *area)
{
  guint contexts = _hp_tui_app_contexts (app);
  g_autoptr (GArray) commands = g_array_new (FALSE, FALSE, sizeof (HpTuiCommand));
  int x = 0, narrow;

  for (HpTuiCommand command = HP_TUI_NONE + 1; command < HP_TUI_N_COMMANDS; command++)
    if (*hp_tui_command_get_info (command)->bar != '\0' && (hp_tui_command_get_info (command)->context & contexts) != 0)
      g_array_append_val (commands, command);
  g_array_sort (commands, compare_buttons);
  g_array_set_size (app->buttons, 0);
  narrow = choose_narrow (canvas, commands, area->width);
  for (guint i = 0; i < commands->len; i++)
    {
      HpTuiCommand command = g_array_index (commands, HpTuiCommand, i);
      const HpTuiCommandInfo *info = hp_tui_command_get_info (command);
      g_autofree char *key = function_key (info);
      HpTuiButton button = { command, x, 0 };
      int start;

      start = hp_canvas_put (canvas, area, x, 0, HP_STYLE_KEY, key);
      x = start + label_width (canvas, command, narrow);
      hp_canvas_fill (canvas, area, start, 0, x - start, 1, HP_STYLE_BUTTON, " ");
      hp_canvas_put (canvas, area, start + (narrow == 2 ? 0 : 1), 0, HP_STYLE_BUTTON, _ (info->bar));
      button.end = x;
      g_array_append_val (app->buttons, button);
    }
  hp_canvas_fill (canvas, area, x, 0, area->width - x, 1, HP_STYLE_BUTTON, " ");
}

static void
draw_too_small (HpCanvas *canvas)
{
  HpArea all = hp_canvas_get_area (canvas);
  g_autofree char *text = g_strdup_printf (
    _ ("This terminal has %d × %d characters; House Price needs %d × %d. Make it larger, or quit with q."),
    canvas->width, canvas->height, HP_TUI_MIN_WIDTH, HP_TUI_MIN_HEIGHT);

  hp_canvas_put_wrapped (canvas, &all, 0, 0, 0, HP_STYLE_NORMAL, text);
}

void
_hp_tui_frame_draw (HpTuiApp *app, HpCanvas *canvas)
{
  HpTuiScreen *top = _hp_tui_app_top (app);
  HpArea all = hp_canvas_get_area (canvas), part;

  if (_hp_tui_app_too_small (app))
    {
      draw_too_small (canvas);
      return;
    }
  part = hp_area_part (&all, 0, 0, all.width, 1);
  draw_title (app, canvas, &part);
  part = hp_area_part (&all, 0, 1, all.width, 1);
  draw_notice (app, canvas, &part);
  part = hp_area_part (&all, 0, all.height - 1, all.width, 1);
  draw_bar (app, canvas, &part);
  part = hp_area_part (&all, 0, 2, all.width, all.height - 4);
  top->ops->draw (top, canvas, &part);
  part = hp_area_part (&all, 0, all.height - 2, all.width, 2);
  if (app->prompt != NULL)
    _hp_tui_prompt_draw (app, canvas, &part);
  else
    draw_message (app, canvas, &part);
}

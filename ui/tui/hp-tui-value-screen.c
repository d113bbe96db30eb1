/* hp-tui-value-screen.c - the house: its form at the left, its price at the right
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "hp-tui-form-pane.h"
#include "hp-tui-price-pane.h"

typedef struct
{
  HpTuiScreen screen;
  HpTuiFormPane *form;
} ValueScreen;

static void
value_draw (HpTuiScreen *screen, HpCanvas *canvas, const HpArea *area)
{
  ValueScreen *self = (ValueScreen *) screen;
  int width = hp_tui_form_pane_width (area->width);
  HpArea part = hp_area_part (area, 0, 0, width, area->height);

  hp_tui_form_pane_draw (self->form, canvas, &part);
  hp_canvas_fill (canvas, area, width, 0, 1, area->height, HP_STYLE_RULE, canvas->glyphs->vertical);
  part = hp_area_part (area, width + 2, 0, MIN (area->width - width - 3, 100), area->height);
  hp_tui_price_pane_draw (screen->app, canvas, &part);
  hp_tui_form_pane_draw_list (self->form, canvas, area);
}

static guint
value_contexts (HpTuiScreen *screen)
{
  return hp_tui_form_pane_contexts (((ValueScreen *) screen)->form) | HP_TUI_VALUE;
}

static gboolean
value_takes (HpTuiScreen *screen, const HpInput *input)
{
  return hp_tui_form_pane_takes (((ValueScreen *) screen)->form, input);
}

static gboolean
value_command (HpTuiScreen *screen, HpTuiCommand command)
{
  HpTuiHouse *house = hp_tui_app_get_house (screen->app);

  if (hp_tui_form_pane_command (((ValueScreen *) screen)->form, command))
    return TRUE;
  switch (command)
    {
    case HP_TUI_COMMAND_RESET:
      hp_tui_house_begin_change (house, HP_TUI_CHANGE_ALONE);
      hp_form_reset (hp_tui_house_get_form (house));
      hp_tui_app_say (screen->app, HP_STYLE_MESSAGE, _ ("A typical house again; F9 takes it back"));
      return TRUE;
    case HP_TUI_COMMAND_UNDO:
      if (hp_tui_house_undo (house))
        hp_tui_app_say (screen->app, HP_STYLE_MESSAGE, _ ("Taken back"));
      else
        hp_tui_app_say (screen->app, HP_STYLE_MESSAGE, _ ("There is nothing to take back"));
      return TRUE;
    case HP_TUI_COMMAND_REDO:
      if (hp_tui_house_redo (house))
        hp_tui_app_say (screen->app, HP_STYLE_MESSAGE, _ ("Made again"));
      else
        hp_tui_app_say (screen->app, HP_STYLE_MESSAGE, _ ("There is nothing to make again"));
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
value_input (HpTuiScreen *screen, const HpInput *input)
{
  return hp_tui_form_pane_input (((ValueScreen *) screen)->form, input);
}

static char *
value_hint (HpTuiScreen *screen, HpStyle *style)
{
  return hp_tui_form_pane_hint (((ValueScreen *) screen)->form, style);
}

static void
value_free (HpTuiScreen *screen)
{
  hp_tui_form_pane_free (((ValueScreen *) screen)->form);
  g_free (screen);
}

/**
 * hp_tui_value_screen_new:
 * @app: the program
 *
 * Returns: (transfer full): the view of the house
 */
HpTuiScreen *
hp_tui_value_screen_new (HpTuiApp *app)
{
  static const HpTuiScreenOps ops
    = { value_draw, value_contexts, value_takes, value_command, value_input, value_hint, value_free };
  ValueScreen *self = g_new0 (ValueScreen, 1);

  self->screen = (HpTuiScreen){ &ops, app, _ ("Value") };
  self->form = hp_tui_form_pane_new (app);
  return &self->screen;
}

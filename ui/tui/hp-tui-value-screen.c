/* hp-tui-value-screen.c - the house: its form at the left, its price and the reasons at the right, comparable sales
 * beneath
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "hp-tui-curve.h"
#include "hp-tui-evidence.h"
#include "hp-tui-form-pane.h"
#include "hp-tui-price-pane.h"

typedef struct
{
  HpTuiScreen screen;
  HpTuiFormPane *form;
  HpTuiEvidence evidence;
  HpTuiCurve *curve;
  gboolean zoomed; /* the curve takes the place of reasons and comparables */
} ValueScreen;

static void
value_draw (HpTuiScreen *screen, HpCanvas *canvas, const HpArea *area)
{
  ValueScreen *self = (ValueScreen *) screen;
  HpTuiView view = hp_tui_view_new (screen->app, canvas);
  guint n_reasons = view.valuation != NULL ? view.valuation->contributions->len : 0;
  HpTuiShow show = self->zoomed ? HP_TUI_SHOW_CURVE : hp_tui_evidence_show (&self->evidence);
  HpTuiLayout layout = hp_tui_layout_new (area, n_reasons, show);

  self->form->away = self->evidence.list != HP_TUI_LIST_NONE;
  hp_tui_form_pane_draw (self->form, canvas, &layout.form);
  hp_canvas_fill (canvas, &layout.rule, 0, 0, 1, layout.rule.height, HP_STYLE_RULE, canvas->glyphs->vertical);
  hp_tui_price_pane_draw (&view, &layout);
  hp_tui_evidence_draw (&self->evidence, &view, &layout);
  hp_tui_curve_draw (self->curve, &view, &layout.curve, self->form->focus);
  hp_tui_form_pane_draw_list (self->form, canvas, area);
}

static guint
value_contexts (HpTuiScreen *screen)
{
  ValueScreen *self = (ValueScreen *) screen;
  guint contexts = HP_TUI_VALUE | hp_tui_evidence_contexts (&self->evidence);

  if (self->evidence.list == HP_TUI_LIST_NONE)
    contexts |= hp_tui_form_pane_contexts (self->form);
  return self->zoomed ? contexts | HP_TUI_CURVE : contexts;
}

static gboolean
value_takes (HpTuiScreen *screen, const HpInput *input)
{
  ValueScreen *self = (ValueScreen *) screen;

  return self->evidence.list == HP_TUI_LIST_NONE && hp_tui_form_pane_takes (self->form, input);
}

static void
take_back (ValueScreen *self, HpTuiCommand command)
{
  HpTuiHouse *house = hp_tui_app_get_house (self->screen.app);

  if (command == HP_TUI_COMMAND_UNDO)
    hp_tui_app_say (self->screen.app, HP_STYLE_MESSAGE,
                    hp_tui_house_undo (house) ? _ ("Taken back") : _ ("There is nothing to take back"));
  else
    hp_tui_app_say (self->screen.app, HP_STYLE_MESSAGE,
                    hp_tui_house_redo (house) ? _ ("Made again") : _ ("There is nothing to make again"));
}

/* The curve, or what it took the place of */
static void
zoom (ValueScreen *self, gboolean zoomed)
{
  self->zoomed = zoomed;
  self->evidence.list = HP_TUI_LIST_NONE;
}

static gboolean
value_command (HpTuiScreen *screen, HpTuiCommand command)
{
  ValueScreen *self = (ValueScreen *) screen;
  HpTuiHouse *house = hp_tui_app_get_house (screen->app);

  if (hp_tui_evidence_command (&self->evidence, command))
    return TRUE;
  /* The list of choices stays open: one sees on the curve what one chooses. */
  if (command == HP_TUI_COMMAND_WHAT_IF)
    {
      zoom (self, !self->zoomed);
      return TRUE;
    }
  if (hp_tui_form_pane_command (self->form, command))
    return TRUE;
  switch (command)
    {
    case HP_TUI_COMMAND_PANE:
      self->zoomed = FALSE;
      hp_tui_evidence_next (&self->evidence);
      return TRUE;
    case HP_TUI_COMMAND_UNZOOM:
      zoom (self, FALSE);
      return TRUE;
    case HP_TUI_COMMAND_RESET:
      hp_tui_house_begin_change (house, HP_TUI_CHANGE_ALONE);
      hp_form_reset (hp_tui_house_get_form (house));
      hp_tui_app_say (screen->app, HP_STYLE_MESSAGE, _ ("A typical house again; F9 takes it back"));
      return TRUE;
    case HP_TUI_COMMAND_UNDO:
    case HP_TUI_COMMAND_REDO:
      take_back (self, command);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
value_input (HpTuiScreen *screen, const HpInput *input)
{
  ValueScreen *self = (ValueScreen *) screen;
  /* A list of choices lies over everything. */
  gboolean covered = self->form->choices != NULL;

  if (!covered && hp_tui_evidence_input (&self->evidence, input))
    {
      hp_tui_form_pane_stop (self->form);
      return TRUE;
    }
  return hp_tui_form_pane_input (self->form, input);
}

static char *
value_hint (HpTuiScreen *screen, HpStyle *style)
{
  ValueScreen *self = (ValueScreen *) screen;

  *style = HP_STYLE_HINT;
  return self->evidence.list != HP_TUI_LIST_NONE ? hp_tui_evidence_hint (&self->evidence)
                                                 : hp_tui_form_pane_hint (self->form, style);
}

static void
value_free (HpTuiScreen *screen)
{
  hp_tui_form_pane_free (((ValueScreen *) screen)->form);
  hp_tui_curve_free (((ValueScreen *) screen)->curve);
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
  self->evidence.app = app;
  self->curve = hp_tui_curve_new (app);
  return &self->screen;
}

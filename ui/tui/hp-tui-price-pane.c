/* hp-tui-price-pane.c - a valuation's price, how sure it is, who made it
 *
 * Every row is always in the same place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hp-display.h"
#include "hp-tui-price-pane.h"
#include "hp-valuation-text.h"

/* An interval's bar gets no longer than this, however wide the terminal */
#define MAX_BAR 60

/* The state of the price, beside it */
static void
draw_state (const HpTuiView *view, const HpArea *area, int x)
{
  const HpGlyphs *glyphs = view->canvas->glyphs;
  HpForm *form = hp_tui_house_get_form (hp_tui_app_get_house (view->app));
  const char *text = NULL, *sign = NULL;
  HpStyle style = HP_STYLE_FAINT, sign_style = HP_STYLE_BAR;

  if (hp_live_valuation_is_waiting (view->live))
    {
      sign = glyphs->spinner[hp_tui_app_get_frame (view->app) % glyphs->n_spinner];
      text = _ ("valuing");
    }
  else if (view->current && hp_valuation_text_is_doubtful (view->valuation))
    {
      sign = glyphs->error;
      text = _ ("not to be trusted");
      style = sign_style = HP_STYLE_ERROR;
    }
  else if (hp_live_valuation_is_provisional (view->live))
    {
      sign = glyphs->about;
      text = _ ("provisional, asking the server");
    }
  else if (!view->current && (!hp_form_is_valid (form) || hp_live_valuation_get_error (view->live) != NULL))
    text = _ ("was the price before");
  if (sign != NULL)
    x = hp_canvas_put (view->canvas, area, x, 0, sign_style, sign) + 1;
  if (text != NULL)
    hp_canvas_put_cut (view->canvas, area, x, 0, area->width - x, style, text);
}

static void
draw_price (const HpTuiView *view, const HpArea *area)
{
  g_autofree char *price = hp_valuation_text_price (view->valuation);
  HpStyle style = hp_valuation_text_is_doubtful (view->valuation) ? HP_STYLE_ERROR : HP_STYLE_PRICE;
  int x = hp_canvas_put (view->canvas, area, 0, 0, hp_tui_view_style (view, style), price) + 2;

  draw_state (view, area, x);
}

/* "90 %   $128,100 ├───●────┤ $201,200" */
static void
draw_bounds (const HpTuiView *view, const HpArea *area, int y)
{
  const HpValuation *valuation = view->valuation;
  const HpGlyphs *glyphs = view->canvas->glyphs;
  double width = valuation->high - valuation->low;
  g_autofree char *level
    = hp_display_percent (valuation->level, fabs (100 * valuation->level - rint (100 * valuation->level)) > 1e-9);
  g_autofree char *low = hp_valuation_text_low (valuation), *high = hp_valuation_text_high (valuation);
  HpStyle value = hp_tui_view_style (view, HP_STYLE_NORMAL), bar = hp_tui_view_style (view, HP_STYLE_BAR);
  int x, length, at;

  x = hp_canvas_put (view->canvas, area, 0, y, hp_tui_view_style (view, HP_STYLE_LABEL), level) + 3;
  x = hp_canvas_put (view->canvas, area, x, y, value, low) + 1;
  length = MIN (area->width - x - hp_canvas_columns (view->canvas, high) - 1, MAX_BAR);
  if (length < 5 || !(width > 0))
    {
      x = hp_canvas_put (view->canvas, area, x, y, bar, glyphs->dash) + 1;
      hp_canvas_put (view->canvas, area, x, y, value, high);
      return;
    }
  at = 1 + (int) lrint (CLAMP ((valuation->predicted_price - valuation->low) / width, 0, 1) * (length - 3));
  hp_canvas_put (view->canvas, area, x, y, bar, glyphs->tee_left);
  hp_canvas_fill (view->canvas, area, x + 1, y, length - 2, 1, bar, glyphs->horizontal);
  hp_canvas_put (view->canvas, area, x + length - 1, y, bar, glyphs->tee_right);
  hp_canvas_put (view->canvas, area, x + at, y, hp_tui_view_style (view, HP_STYLE_BAR_DOT), glyphs->dot);
  hp_canvas_put (view->canvas, area, x + length + 1, y, value, high);
}

/* Where there is none, why */
static void
draw_interval (const HpTuiView *view, const HpArea *area, int y)
{
  g_autofree char *no_interval = hp_valuation_text_no_interval (view->valuation);

  if (no_interval == NULL)
    draw_bounds (view, area, y);
  else
    hp_canvas_put_cut (view->canvas, area, 0, y, area->width, hp_tui_view_style (view, HP_STYLE_FAINT), no_interval);
}

static void
draw_confidence (const HpTuiView *view, const HpArea *area, int y)
{
  g_autofree char *within = hp_valuation_text_confidence (view->valuation),
                  *fsd = hp_valuation_text_fsd (view->valuation);
  g_autofree char *text = g_strconcat (within, "  ", fsd, NULL);

  if (isfinite (view->valuation->within_10_percent))
    hp_canvas_put_cut (view->canvas, area, 0, y, area->width, hp_tui_view_style (view, HP_STYLE_NORMAL), text);
}

static void
draw_source (const HpTuiView *view, const HpArea *area, int y)
{
  const HpValuation *valuation = view->valuation;
  const char *format = g_str_equal (valuation->source, "server") ? _ ("valued by the server, %s version %s")
                                                                 : _ ("valued by this computer, %s version %s");
  g_auto (GStrv) parts = g_strsplit (format, "%s", 3);
  g_autofree char *text = NULL;

  text = g_strconcat (parts[0], valuation->model, parts[1], valuation->version, parts[2], NULL);
  hp_canvas_put_cut (view->canvas, area, 0, y, area->width, HP_STYLE_FAINT, text);
}

/**
 * hp_tui_price_pane_draw:
 * @view: a view
 * @layout: where
 */
void
hp_tui_price_pane_draw (const HpTuiView *view, const HpTuiLayout *layout)
{
  HpTuiHouse *house = hp_tui_app_get_house (view->app);
  const HpArea *area = &layout->price;
  HpArea remarks = hp_area_part (area, 0, area->height - layout->remarks, area->width, layout->remarks);
  int y = layout->airy ? 2 : 1;

  if (view->valuation != NULL)
    {
      draw_price (view, area);
      draw_interval (view, area, y);
      draw_confidence (view, area, y + 1);
      draw_source (view, area, y + 2);
    }
  else if (hp_tui_house_get_state (house) == HP_WORKBENCH_LOADING || hp_live_valuation_is_waiting (view->live))
    {
      const HpGlyphs *glyphs = view->canvas->glyphs;
      const char *spinner = glyphs->spinner[hp_tui_app_get_frame (view->app) % glyphs->n_spinner];
      int x = hp_canvas_put (view->canvas, area, 0, 0, HP_STYLE_BAR, spinner) + 1;

      hp_canvas_put (view->canvas, area, x, 0, HP_STYLE_FAINT, _ ("loading the model"));
    }
  hp_tui_remarks_draw (view, &remarks);
}

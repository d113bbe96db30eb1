/* hp-tui-price-pane.c - a valuation on the screen
 *
 * What is always there comes first and keeps its rows; warnings, of which there are more or fewer, come last.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hp-display.h"
#include "hp-tui-field.h"
#include "hp-tui-price-pane.h"
#include "hp-valuation-text.h"

/* An interval's bar gets no longer than this, however wide the terminal */
#define MAX_BAR 60

/* What the rows share */
typedef struct
{
  HpTuiApp *app;
  HpLiveValuation *live;
  const HpValuation *valuation;
  gboolean current;
  HpCanvas *canvas;
  const HpArea *area;
} Pane;

static void
draw_price (Pane *pane, int y)
{
  const HpGlyphs *glyphs = pane->canvas->glyphs;
  HpForm *form = hp_tui_house_get_form (hp_tui_app_get_house (pane->app));
  g_autofree char *price = hp_valuation_text_price (pane->valuation);
  int x = hp_canvas_put (pane->canvas, pane->area, 0, y, pane->current ? HP_STYLE_PRICE : HP_STYLE_STALE, price) + 2;

  if (hp_live_valuation_is_waiting (pane->live))
    {
      const char *spinner = glyphs->spinner[hp_tui_app_get_frame (pane->app) % glyphs->n_spinner];

      x = hp_canvas_put (pane->canvas, pane->area, x, y, HP_STYLE_BAR, spinner) + 1;
      hp_canvas_put (pane->canvas, pane->area, x, y, HP_STYLE_FAINT, _ ("valuing"));
    }
  else if (hp_live_valuation_is_provisional (pane->live))
    {
      x = hp_canvas_put (pane->canvas, pane->area, x, y, HP_STYLE_BAR, glyphs->about) + 1;
      hp_canvas_put_cut (pane->canvas, pane->area, x, y, pane->area->width - x, HP_STYLE_FAINT,
                         _ ("provisional, asking the server"));
    }
  else if (!pane->current && (!hp_form_is_valid (form) || hp_live_valuation_get_error (pane->live) != NULL))
    hp_canvas_put_cut (pane->canvas, pane->area, x, y, pane->area->width - x, HP_STYLE_FAINT,
                       _ ("was the price before"));
}

/* "90 %   $128,100 ├───●────┤ $201,200" */
static void
draw_interval (Pane *pane, int y)
{
  const HpValuation *valuation = pane->valuation;
  const HpGlyphs *glyphs = pane->canvas->glyphs;
  double width = valuation->high - valuation->low;
  g_autofree char *level
    = hp_display_percent (valuation->level, fabs (100 * valuation->level - rint (100 * valuation->level)) > 1e-9);
  g_autofree char *low = hp_valuation_text_low (valuation), *high = hp_valuation_text_high (valuation);
  HpStyle value = pane->current ? HP_STYLE_NORMAL : HP_STYLE_STALE;
  HpStyle bar = pane->current ? HP_STYLE_BAR : HP_STYLE_STALE, dot = pane->current ? HP_STYLE_BAR_DOT : HP_STYLE_STALE;
  int x, length, at;

  x = hp_canvas_put (pane->canvas, pane->area, 0, y, HP_STYLE_LABEL, level) + 3;
  x = hp_canvas_put (pane->canvas, pane->area, x, y, value, low) + 1;
  length = MIN (pane->area->width - x - hp_canvas_columns (pane->canvas, high) - 1, MAX_BAR);
  if (length < 5 || !(width > 0))
    {
      x = hp_canvas_put (pane->canvas, pane->area, x, y, bar, glyphs->dash) + 1;
      hp_canvas_put (pane->canvas, pane->area, x, y, value, high);
      return;
    }
  at = 1 + (int) lrint (CLAMP ((valuation->predicted_price - valuation->low) / width, 0, 1) * (length - 3));
  hp_canvas_put (pane->canvas, pane->area, x, y, bar, glyphs->tee_left);
  hp_canvas_fill (pane->canvas, pane->area, x + 1, y, length - 2, 1, bar, glyphs->horizontal);
  hp_canvas_put (pane->canvas, pane->area, x + length - 1, y, bar, glyphs->tee_right);
  hp_canvas_put (pane->canvas, pane->area, x + at, y, dot, glyphs->dot);
  hp_canvas_put (pane->canvas, pane->area, x + length + 1, y, value, high);
}

static void
draw_confidence (Pane *pane, int y)
{
  g_autofree char *within = hp_valuation_text_confidence (pane->valuation),
                  *fsd = hp_valuation_text_fsd (pane->valuation);
  g_autofree char *text = g_strconcat (within, "  ", fsd, NULL);

  hp_canvas_put_cut (pane->canvas, pane->area, 0, y, pane->area->width,
                     pane->current ? HP_STYLE_NORMAL : HP_STYLE_STALE, text);
}

static void
draw_source (Pane *pane, int y)
{
  const HpValuation *valuation = pane->valuation;
  const char *format = g_str_equal (valuation->source, "server") ? _ ("valued by the server, %s version %s")
                                                                 : _ ("valued by this computer, %s version %s");
  g_auto (GStrv) parts = g_strsplit (format, "%s", 3);
  g_autofree char *text = NULL;

  text = g_strconcat (parts[0], valuation->model, parts[1], valuation->version, parts[2], NULL);
  hp_canvas_put_cut (pane->canvas, pane->area, 0, y, pane->area->width, HP_STYLE_FAINT, text);
}

/* Returns the row after it */
static int
draw_remark (Pane *pane, int y, HpStyle style, const char *sign, const char *text)
{
  int x = hp_canvas_put (pane->canvas, pane->area, 0, y, style, sign) + 1;

  return hp_canvas_put_wrapped (pane->canvas, pane->area, x, y, 0, style, text);
}

/* Why there is no price of this house: what is wrong in the form, or what the valuer said */
static int
draw_problems (Pane *pane, int y)
{
  HpForm *form = hp_tui_house_get_form (hp_tui_app_get_house (pane->app));
  const GError *error = hp_live_valuation_get_error (pane->live);
  gboolean valid = TRUE;

  for (guint i = 0; i < hp_form_get_n_fields (form); i++)
    {
      const char *problem = hp_form_get_problem (form, i);
      g_autofree char *text = problem != NULL ? hp_tui_field_problem (hp_form_get_attribute (form, i), problem) : NULL;

      if (text == NULL)
        continue;
      y = draw_remark (pane, y, HP_STYLE_ERROR, pane->canvas->glyphs->error, text);
      valid = FALSE;
    }
  if (valid && error != NULL)
    y = draw_remark (pane, y, HP_STYLE_ERROR, pane->canvas->glyphs->error, error->message);
  return y;
}

static void
draw_warnings (Pane *pane, int y)
{
  for (guint i = 0; pane->current && i < pane->valuation->warnings->len; i++)
    {
      const HpWarning *warning = pane->valuation->warnings->pdata[i];

      y = draw_remark (pane, y, HP_STYLE_WARNING, pane->canvas->glyphs->warning, warning->message);
    }
}

/**
 * hp_tui_price_pane_draw:
 * @app: the program
 * @canvas: a canvas
 * @area: where
 */
void
hp_tui_price_pane_draw (HpTuiApp *app, HpCanvas *canvas, const HpArea *area)
{
  HpTuiHouse *house = hp_tui_app_get_house (app);
  Pane pane = { app, hp_tui_house_get_live (house), NULL, FALSE, canvas, area };
  int y = 0;

  pane.valuation = hp_live_valuation_get_valuation (pane.live);
  pane.current = hp_live_valuation_is_current (pane.live);
  if (pane.valuation != NULL)
    {
      draw_price (&pane, 0);
      draw_interval (&pane, 2);
      draw_confidence (&pane, 3);
      draw_source (&pane, 4);
      y = 6;
    }
  else if (hp_tui_house_get_state (house) == HP_WORKBENCH_LOADING || hp_live_valuation_is_waiting (pane.live))
    {
      const char *spinner = canvas->glyphs->spinner[hp_tui_app_get_frame (app) % canvas->glyphs->n_spinner];
      int x = hp_canvas_put (canvas, area, 0, 0, HP_STYLE_BAR, spinner) + 1;

      hp_canvas_put (canvas, area, x, 0, HP_STYLE_FAINT, _ ("loading the model"));
    }
  y = draw_problems (&pane, y);
  if (pane.valuation != NULL)
    draw_warnings (&pane, y);
}

/* hp-tui-compare-screen.c - the Compare view: a page of verdict and figures, or the chart of the differences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "hp-tui-app.h"
#include "hp-tui-chart.h"
#include "hp-tui-compared.h"
#include "hp-tui-house-prices.h"
#include "hp-tui-picker.h"

#define LEAST 2
/* Who waits longer wants to know what for */
#define SLOW_US 300000

typedef struct
{
  HpTuiScreen screen;
  char **versions;           /* (nullable) what is wanted */
  gboolean wanted;           /* it is another than what is shown or coming */
  HpTuiCompared *shown;      /* (nullable) */
  char *problem;             /* (nullable) why there is nothing */
  GCancellable *cancellable; /* (nullable) while it is coming */
  gint64 since;
  HpTuiHousePrices *prices;
  HpTuiPicker *picker; /* (nullable) */
  gboolean chart;      /* is shown, not the page */
  int top, height;     /* of the page: rows */

  /* The page, which takes some milliseconds to make, and what it was made of */
  GArray *lines;     /* (nullable) */
  HpTuiCompared *of; /* (nullable) these too: held, so that no other is ever taken for them */
  GPtrArray *of_prices;
  HpDescription *of_description;
  const HpGlyphs *of_glyphs;
  int of_width;
} CompareScreen;

static HpTuiVersions *
get_versions (CompareScreen *self)
{
  return hp_tui_app_get_versions (self->screen.app);
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CompareScreen *self = data;
  g_autoptr (GError) error = NULL;
  HpTuiCompared *compared = hp_tui_compared_new_finish (result, &error);

  /* The screen may be gone, or want others by now: it has cancelled then */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->problem, g_free);
  if (compared != NULL)
    {
      g_clear_pointer (&self->shown, hp_tui_compared_unref);
      self->shown = compared;
      self->top = 0;
    }
  else
    self->problem = g_strdup (error->message);
  hp_tui_app_changed (self->screen.app);
}

/* Versions come and go; those that are shown stay as long as they are there */
static void
choose_versions (CompareScreen *self)
{
  g_auto (GStrv) chosen = NULL;

  if (hp_tui_versions_get (get_versions (self)) == NULL)
    return;
  chosen = hp_tui_versions_choose (get_versions (self), (const char *const *) self->versions, LEAST);
  if (self->versions != NULL && g_strv_equal ((const char *const *) chosen, (const char *const *) self->versions))
    return;
  g_strfreev (self->versions);
  self->versions = g_steal_pointer (&chosen);
  self->wanted = TRUE;
}

static gboolean
stop (CompareScreen *self)
{
  if (self->cancellable == NULL)
    return FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  return TRUE;
}

static void
ask (CompareScreen *self)
{
  HpStudies *studies = hp_tui_versions_get_studies (get_versions (self));

  choose_versions (self);
  if (!self->wanted || self->versions == NULL || studies == NULL)
    return;
  self->wanted = FALSE;
  if (!stop (self))
    self->since = g_get_monotonic_time ();
  if (g_strv_length (self->versions) < LEAST)
    {
      g_clear_pointer (&self->shown, hp_tui_compared_unref);
      return;
    }
  self->cancellable = g_cancellable_new ();
  hp_tui_compared_new_async (studies, (const char *const *) self->versions, self->cancellable, compared_cb, self);
  hp_tui_app_changed (self->screen.app);
}

/* Nothing to show: why, and what to do */
static void
draw_nothing (CompareScreen *self, HpCanvas *canvas, const HpArea *area)
{
  const GPtrArray *infos = hp_tui_versions_get (get_versions (self));
  const GError *error = hp_tui_versions_get_error (get_versions (self));
  gboolean none = hp_tui_versions_get_studies (get_versions (self)) == NULL || (infos != NULL && infos->len == 0);

  if (self->problem != NULL)
    hp_canvas_put_wrapped (canvas, area, 0, 1, 0, HP_STYLE_ERROR, self->problem);
  else if (error != NULL)
    hp_canvas_put_wrapped (canvas, area, 0, 1, 0, HP_STYLE_ERROR, error->message);
  else if (none)
    hp_canvas_put_wrapped (canvas, area, 0, 1, 0, HP_STYLE_NORMAL,
                           _ ("Two versions are compared on the same sales. Train a model on this computer first."));
  else if (infos != NULL && self->cancellable == NULL)
    hp_canvas_put_wrapped (canvas, area, 0, 1, 0, HP_STYLE_NORMAL,
                           _ ("There is one version on this computer. Train another one to see which is better: "
                              "“house-price train” in a terminal, with other data or settings, then F5."));
}

static void
forget_lines (CompareScreen *self)
{
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->of, hp_tui_compared_unref);
  g_clear_pointer (&self->of_prices, g_ptr_array_unref);
  g_clear_pointer (&self->of_description, hp_description_unref);
}

static const GArray *
get_lines (CompareScreen *self, HpCanvas *canvas, int width)
{
  GPtrArray *prices = (GPtrArray *) hp_tui_house_prices_get (self->prices);
  HpDescription *description
    = hp_form_get_description (hp_tui_house_get_form (hp_tui_app_get_house (self->screen.app)));

  if (self->lines != NULL && self->of == self->shown && self->of_prices == prices && self->of_description == description
      && self->of_glyphs == canvas->glyphs && self->of_width == width)
    return self->lines;
  forget_lines (self);
  self->of = hp_tui_compared_ref (self->shown);
  self->of_prices = prices != NULL ? g_ptr_array_ref (prices) : NULL;
  self->of_description = description != NULL ? hp_description_ref (description) : NULL;
  self->of_glyphs = canvas->glyphs;
  self->of_width = width;
  self->lines = hp_tui_compared_lines (self->shown, prices, description, canvas, width);
  return self->lines;
}

static void
draw_page (CompareScreen *self, HpCanvas *canvas, const HpArea *area)
{
  const GArray *lines = get_lines (self, canvas, area->width - 1);

  self->height = area->height;
  self->top = CLAMP (self->top, 0, MAX ((int) lines->len - area->height, 0));
  for (int y = 0; y < area->height && self->top + y < (int) lines->len; y++)
    {
      const HpTuiLine *line = &g_array_index (lines, HpTuiLine, self->top + y);

      hp_canvas_put_cut (canvas, area, 0, y, area->width - 1, line->style, line->text);
    }
  if (self->top > 0)
    hp_canvas_put (canvas, area, area->width - 1, 0, HP_STYLE_HINT, canvas->glyphs->up);
  if (self->top + area->height < (int) lines->len)
    hp_canvas_put (canvas, area, area->width - 1, area->height - 1, HP_STYLE_HINT, canvas->glyphs->down);
}

static void
draw_waiting (CompareScreen *self, HpCanvas *canvas, const HpArea *area)
{
  const HpGlyphs *glyphs = canvas->glyphs;
  g_autofree char *text = NULL;

  if (self->cancellable == NULL || g_get_monotonic_time () - self->since < SLOW_US)
    return;
  text = g_strdup_printf (" %s %s", glyphs->spinner[hp_tui_app_get_frame (self->screen.app) % glyphs->n_spinner],
                          _ ("Comparing"));
  hp_canvas_put_right (canvas, area, area->width, 0, HP_STYLE_MESSAGE, text);
}

static void
compare_draw (HpTuiScreen *screen, HpCanvas *canvas, const HpArea *area)
{
  CompareScreen *self = (CompareScreen *) screen;
  HpArea part = hp_area_part (area, 1, 0, area->width - 2, area->height);

  ask (self);
  if (self->shown == NULL || self->problem != NULL)
    draw_nothing (self, canvas, &part);
  else if (self->chart)
    hp_tui_chart_draw (self->shown->chart, NULL, canvas, &part);
  else
    {
      hp_tui_house_prices_ask (self->prices, (const char *const *) self->shown->versions);
      draw_page (self, canvas, &part);
    }
  draw_waiting (self, canvas, &part);
  if (self->picker != NULL)
    hp_tui_picker_draw (self->picker, canvas, &part);
}

static guint
compare_contexts (HpTuiScreen *screen)
{
  CompareScreen *self = (CompareScreen *) screen;

  if (self->picker != NULL)
    return hp_tui_picker_contexts (self->picker);
  return HP_TUI_COMPARE | (self->chart ? 0 : HP_TUI_PAGE);
}

static gboolean
compare_takes (HpTuiScreen *screen, const HpInput *input)
{
  CompareScreen *self = (CompareScreen *) screen;

  return self->picker != NULL && hp_tui_picker_takes (self->picker, input);
}

static void
pick (CompareScreen *self)
{
  const GPtrArray *infos = hp_tui_versions_get (get_versions (self));

  if (infos == NULL || infos->len == 0)
    return;
  self->picker = hp_tui_picker_new (_ ("Versions"), HP_COMPARISON_MAX);
  /* the newest first */
  for (guint i = infos->len; i-- > 0;)
    hp_tui_versions_add (self->picker, infos->pdata[i], (const char *const *) self->versions);
}

static void
picked (CompareScreen *self, HpTuiPickerEnd end)
{
  g_autoptr (HpTuiPicker) picker = self->picker;
  g_auto (GStrv) marked = NULL;

  if (end == HP_TUI_PICKER_OPEN)
    {
      g_steal_pointer (&picker);
      return;
    }
  self->picker = NULL;
  if (end == HP_TUI_PICKER_LEFT)
    return;
  marked = hp_tui_picker_get_marked (picker);
  g_strfreev (self->versions);
  self->versions = hp_tui_versions_choose (get_versions (self), (const char *const *) marked, LEAST);
  self->wanted = TRUE;
  g_clear_pointer (&self->problem, g_free);
}

static gboolean
scroll (CompareScreen *self, HpTuiCommand command)
{
  int page = MAX (self->height - 1, 1);

  switch (command)
    {
    case HP_TUI_COMMAND_UP:
      self->top--;
      break;
    case HP_TUI_COMMAND_DOWN:
      self->top++;
      break;
    case HP_TUI_COMMAND_PAGE_UP:
      self->top -= page;
      break;
    case HP_TUI_COMMAND_PAGE_DOWN:
      self->top += page;
      break;
    case HP_TUI_COMMAND_TOP:
      self->top = 0;
      break;
    case HP_TUI_COMMAND_BOTTOM:
      self->top = G_MAXINT / 2;
      break;
    default:
      return FALSE;
    }
  return TRUE;
}

static void
leave (CompareScreen *self)
{
  if (stop (self))
    {
      if (self->shown == NULL)
        self->problem = g_strdup (_ ("Cancelled; F5 tries again"));
    }
  else if (self->chart)
    self->chart = FALSE;
  else
    hp_tui_app_show (self->screen.app, HP_TUI_VIEW_VALUE);
}

static gboolean
compare_command (HpTuiScreen *screen, HpTuiCommand command)
{
  CompareScreen *self = (CompareScreen *) screen;

  if (self->picker != NULL)
    {
      if ((hp_tui_command_get_info (command)->context & hp_tui_picker_contexts (self->picker)) == 0)
        return FALSE;
      picked (self, hp_tui_picker_command (self->picker, command));
      return TRUE;
    }
  if (scroll (self, command))
    return TRUE;
  switch (command)
    {
    case HP_TUI_COMMAND_COMPARED_CHART:
    case HP_TUI_COMMAND_CHARTS:
      self->chart = self->shown != NULL && !self->chart;
      return TRUE;
    case HP_TUI_COMMAND_COMPARED:
    case HP_TUI_COMMAND_VERSIONS:
      pick (self);
      return TRUE;
    case HP_TUI_COMMAND_LEAVE_COMPARE:
      leave (self);
      return TRUE;
    case HP_TUI_COMMAND_REFRESH:
      self->wanted = self->wanted || self->problem != NULL;
      g_clear_pointer (&self->problem, g_free);
      return FALSE;
    /* q of a page is nothing here but what it is everywhere */
    case HP_TUI_COMMAND_CLOSE:
      hp_tui_app_run (screen->app, HP_TUI_COMMAND_QUIT);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
compare_input (HpTuiScreen *screen, const HpInput *input)
{
  CompareScreen *self = (CompareScreen *) screen;

  if (self->picker != NULL)
    picked (self, hp_tui_picker_input (self->picker, input));
  else if (input->kind == HP_INPUT_WHEEL)
    self->top += 3 * input->delta;
  else
    return FALSE;
  return TRUE;
}

static char *
compare_hint (HpTuiScreen *screen, HpStyle *style)
{
  CompareScreen *self = (CompareScreen *) screen;

  *style = HP_STYLE_HINT;
  if (self->picker != NULL)
    return g_strdup (_ ("Space marks, Enter shows what is marked, Esc leaves all as it was"));
  if (self->shown == NULL)
    return g_strdup (_ ("F8 chooses versions; Esc goes back"));
  return g_strdup (self->chart ? _ ("F7 goes back to the figures") : _ ("F7 shows the chart, F8 chooses versions"));
}

static gboolean
compare_busy (HpTuiScreen *screen)
{
  CompareScreen *self = (CompareScreen *) screen;

  return self->cancellable != NULL || hp_tui_versions_is_loading (get_versions (self));
}

static void
compare_free (HpTuiScreen *screen)
{
  CompareScreen *self = (CompareScreen *) screen;

  stop (self);
  forget_lines (self);
  hp_tui_house_prices_free (self->prices);
  g_clear_pointer (&self->shown, hp_tui_compared_unref);
  g_clear_pointer (&self->picker, hp_tui_picker_free);
  g_strfreev (self->versions);
  g_free (self->problem);
  g_free (self);
}

/**
 * hp_tui_compare_screen_new:
 * @app: the program
 *
 * Returns: (transfer full): the view of a comparison; it compares when it is shown
 */
HpTuiScreen *
hp_tui_compare_screen_new (HpTuiApp *app)
{
  static const HpTuiScreenOps ops = { compare_draw,  compare_contexts, compare_takes, compare_command,
                                      compare_input, compare_hint,     compare_free,  compare_busy };
  CompareScreen *self = g_new0 (CompareScreen, 1);

  self->screen = (HpTuiScreen){ &ops, app, _ ("Compare") };
  self->prices = hp_tui_house_prices_new (app);
  return &self->screen;
}

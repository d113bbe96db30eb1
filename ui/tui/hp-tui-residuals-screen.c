/* hp-tui-residuals-screen.c - the Residuals view: a chart of what versions missed, and the sales beneath it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "hp-display.h"
#include "hp-tui-app.h"
#include "hp-tui-residuals-view.h"

#define MAX_VERSIONS 4
/* Rows from which on there is room for both, rows of the sales at least, and rows with some to spare */
#define BOTH_ROWS  16
#define SALES_ROWS 6
#define AIRY_ROWS  24

static void
draw_both (HpTuiResidualsView *self, HpCanvas *canvas, const HpArea *area)
{
  gboolean fits = area->height >= BOTH_ROWS;
  int sales = MAX (area->height / 3, SALES_ROWS), gap = area->height >= AIRY_ROWS ? 1 : 0;
  gboolean sales_alone = self->zoom == HP_TUI_ZOOM_SALES,
           chart_alone = self->zoom == HP_TUI_ZOOM_CHART || (!fits && !sales_alone);
  HpArea chart = hp_area_part (area, 0, 0, area->width, chart_alone ? area->height : area->height - sales - gap);
  HpArea table
    = hp_area_part (area, 0, sales_alone ? 0 : area->height - sales, area->width, sales_alone ? area->height : sales);

  self->chart_alone = chart_alone;
  self->table.drawn = (HpArea){ 0 };
  if (!sales_alone)
    {
      self->chart.row = hp_tui_residuals_view_row (self);
      hp_tui_chart_draw (self->shown->chart, &self->chart, canvas, &chart);
    }
  if (!chart_alone)
    hp_tui_sales_table_draw (&self->table, self->shown, canvas, &table);
}

/* Nothing to show: why, and what to do */
static void
draw_nothing (HpTuiResidualsView *self, HpCanvas *canvas, const HpArea *area)
{
  HpTuiVersions *versions = hp_tui_app_get_versions (self->screen.app);
  const GError *error = hp_tui_versions_get_error (versions);
  gboolean none = hp_tui_versions_get_studies (versions) == NULL
                  || (self->choice.versions != NULL && self->choice.versions[0] == NULL);

  if (self->problem != NULL)
    hp_canvas_put_wrapped (canvas, area, 0, 1, 0, HP_STYLE_ERROR, self->problem);
  else if (error != NULL)
    hp_canvas_put_wrapped (canvas, area, 0, 1, 0, HP_STYLE_ERROR, error->message);
  else if (none)
    hp_canvas_put_wrapped (canvas, area, 0, 1, 0, HP_STYLE_NORMAL,
                           _ (
                             "Residuals are what a model’s prices are off by, for sales it had not seen. Train a model "
                             "on this computer first."));
}

static void
draw_waiting (HpTuiResidualsView *self, HpCanvas *canvas, const HpArea *area)
{
  const HpGlyphs *glyphs = canvas->glyphs;
  g_autofree char *text = NULL;

  if (!hp_tui_residuals_view_is_slow (self))
    return;
  text = g_strdup_printf (" %s %s", glyphs->spinner[hp_tui_app_get_frame (self->screen.app) % glyphs->n_spinner],
                          self->shown == NULL ? _ ("Loading the sales") : _ ("Making the chart"));
  hp_canvas_put_right (canvas, area, area->width, 0, HP_STYLE_MESSAGE, text);
}

static void
residuals_draw (HpTuiScreen *screen, HpCanvas *canvas, const HpArea *area)
{
  HpTuiResidualsView *self = (HpTuiResidualsView *) screen;
  HpArea part = hp_area_part (area, 1, 0, area->width - 2, area->height);

  hp_tui_residuals_view_ask (self);
  if (self->shown != NULL && self->problem == NULL)
    draw_both (self, canvas, &part);
  else
    draw_nothing (self, canvas, &part);
  draw_waiting (self, canvas, &part);
  if (self->picker != NULL)
    hp_tui_picker_draw (self->picker, canvas, &part);
  if (self->search != NULL)
    {
      HpArea all = hp_canvas_get_area (canvas);

      hp_canvas_set_cursor (canvas, &all, 2 + hp_canvas_columns (canvas, self->search->text->str), canvas->height - 2);
    }
}

static guint
residuals_contexts (HpTuiScreen *screen)
{
  HpTuiResidualsView *self = (HpTuiResidualsView *) screen;

  if (self->picker != NULL)
    return hp_tui_picker_contexts (self->picker);
  return self->search != NULL ? HP_TUI_TYPING : HP_TUI_RESIDUALS;
}

static gboolean
residuals_takes (HpTuiScreen *screen, const HpInput *input)
{
  HpTuiResidualsView *self = (HpTuiResidualsView *) screen;

  return self->picker != NULL && hp_tui_picker_takes (self->picker, input);
}

static void
move (HpTuiResidualsView *self, int by)
{
  if (self->shown == NULL)
    return;
  /* of a chart alone, what there was no room for comes into sight */
  if (self->chart_alone && self->chart.hidden > 0)
    self->chart.top = (guint) MAX ((int) self->chart.top + CLAMP (by, -1000, 1000), 0);
  else
    hp_tui_sales_table_move (&self->table, self->shown, by);
}

static gboolean
run_sales (HpTuiResidualsView *self, HpTuiCommand command)
{
  int page = MAX (self->table.drawn.height - 1, 1);

  switch (command)
    {
    case HP_TUI_COMMAND_SALE_UP:
      move (self, -1);
      break;
    case HP_TUI_COMMAND_SALE_DOWN:
      move (self, 1);
      break;
    case HP_TUI_COMMAND_SALE_PAGE_UP:
      move (self, -page);
      break;
    case HP_TUI_COMMAND_SALE_PAGE_DOWN:
      move (self, page);
      break;
    case HP_TUI_COMMAND_SALE_FIRST:
      move (self, -G_MAXINT / 2);
      break;
    case HP_TUI_COMMAND_SALE_LAST:
      move (self, G_MAXINT / 2);
      break;
    case HP_TUI_COMMAND_SALE_OPEN:
      hp_tui_residuals_view_open_sale (self);
      break;
    case HP_TUI_COMMAND_SEARCH:
      hp_tui_residuals_view_search (self);
      break;
    case HP_TUI_COMMAND_FOUND_NEXT:
      hp_tui_residuals_view_find (self, 1);
      break;
    case HP_TUI_COMMAND_FOUND_PREVIOUS:
      hp_tui_residuals_view_find (self, -1);
      break;
    case HP_TUI_COMMAND_SORT_NEXT:
      hp_tui_residuals_view_sort (self, 1);
      break;
    case HP_TUI_COMMAND_SORT_PREVIOUS:
      hp_tui_residuals_view_sort (self, -1);
      break;
    case HP_TUI_COMMAND_SORT_REVERSE:
      hp_tui_residuals_view_sort (self, 0);
      break;
    default:
      return FALSE;
    }
  return TRUE;
}

/* From what one sees to all there is, then away */
static void
leave (HpTuiResidualsView *self)
{
  if (hp_tui_residuals_view_stop (self))
    return;
  if (self->zoom != HP_TUI_ZOOM_BOTH)
    self->zoom = HP_TUI_ZOOM_BOTH;
  else if (self->choice.segment != NULL)
    hp_tui_residuals_view_filter (self, NULL, NULL);
  else
    hp_tui_app_show (self->screen.app, HP_TUI_VIEW_VALUE);
}

static gboolean
residuals_command (HpTuiScreen *screen, HpTuiCommand command)
{
  HpTuiResidualsView *self = (HpTuiResidualsView *) screen;

  if (self->picker != NULL)
    return (hp_tui_command_get_info (command)->context & hp_tui_picker_contexts (self->picker)) != 0
           && hp_tui_residuals_view_picked (self, hp_tui_picker_command (self->picker, command));
  if (self->search != NULL && hp_tui_residuals_view_type (self, NULL, command))
    return TRUE;
  if (run_sales (self, command))
    return TRUE;
  switch (command)
    {
    case HP_TUI_COMMAND_FILTER:
      hp_tui_residuals_view_pick (self, HP_TUI_PICK_BY);
      break;
    case HP_TUI_COMMAND_CHARTS:
      hp_tui_residuals_view_pick (self, HP_TUI_PICK_CHART);
      break;
    case HP_TUI_COMMAND_VERSIONS:
      hp_tui_residuals_view_pick (self, HP_TUI_PICK_VERSIONS);
      break;
    case HP_TUI_COMMAND_CHART_NEXT:
      hp_tui_residuals_view_step_chart (self, 1);
      break;
    case HP_TUI_COMMAND_CHART_PREVIOUS:
      hp_tui_residuals_view_step_chart (self, -1);
      break;
    case HP_TUI_COMMAND_ZOOM:
      if (self->shown == NULL)
        break;
      /* where there is no room for both, the chart is alone already */
      self->zoom
        = self->zoom == HP_TUI_ZOOM_BOTH && self->chart_alone ? HP_TUI_ZOOM_SALES : (self->zoom + 1) % HP_TUI_N_ZOOMS;
      break;
    case HP_TUI_COMMAND_LEAVE_RESIDUALS:
      leave (self);
      break;
    case HP_TUI_COMMAND_REFRESH:
      self->wanted = self->wanted || self->problem != NULL;
      g_clear_pointer (&self->problem, g_free);
      return FALSE;
    default:
      return FALSE;
    }
  return TRUE;
}

static gboolean
residuals_input (HpTuiScreen *screen, const HpInput *input)
{
  HpTuiResidualsView *self = (HpTuiResidualsView *) screen;
  const HpArea *rows = &self->table.drawn;
  int row = input->y - rows->y;

  if (self->picker != NULL)
    return hp_tui_residuals_view_picked (self, hp_tui_picker_input (self->picker, input));
  if (self->search != NULL && hp_tui_residuals_view_type (self, input, HP_TUI_NONE))
    return TRUE;
  if (input->kind == HP_INPUT_WHEEL)
    {
      move (self, 3 * input->delta);
      return TRUE;
    }
  if (input->kind != HP_INPUT_CLICK || row < 0 || row >= rows->height)
    return FALSE;
  if (self->table.chosen == self->table.top + (guint) row)
    hp_tui_residuals_view_open_sale (self);
  else
    self->table.chosen = self->table.top + (guint) row;
  return TRUE;
}

static char *
residuals_hint (HpTuiScreen *screen, HpStyle *style)
{
  HpTuiResidualsView *self = (HpTuiResidualsView *) screen;
  g_autofree char *sale = NULL;

  *style = HP_STYLE_HINT;
  if (self->search != NULL)
    {
      *style = self->not_found ? HP_STYLE_WARNING : HP_STYLE_NORMAL;
      return g_strdup_printf ("/%s", self->search->text->str);
    }
  if (self->picker != NULL)
    return g_strdup (self->picker->marks ? _ ("Space marks, Enter shows what is marked, Esc leaves all as it was")
                                         : _ ("Type to search, Enter takes, Esc leaves all as it was"));
  if (self->shown == NULL || self->shown->sets[0]->n == 0)
    return g_strdup (_ ("F8 chooses versions; Esc goes back"));
  sale = hp_display_count (hp_tui_residuals_view_row (self));
  return g_strdup_printf (_ ("Sale %s: Enter values it; left and right show other charts"), sale);
}

static gboolean
residuals_busy (HpTuiScreen *screen)
{
  HpTuiResidualsView *self = (HpTuiResidualsView *) screen;

  return self->cancellable != NULL || hp_tui_versions_is_loading (hp_tui_app_get_versions (screen->app));
}

static void
residuals_free (HpTuiScreen *screen)
{
  hp_tui_residuals_view_clear ((HpTuiResidualsView *) screen);
  g_free (screen);
}

/**
 * hp_tui_residuals_screen_new:
 * @app: the program
 *
 * Returns: (transfer full): the view of residuals; it loads sales when it is shown
 */
HpTuiScreen *
hp_tui_residuals_screen_new (HpTuiApp *app)
{
  static const HpTuiScreenOps ops = { residuals_draw,  residuals_contexts, residuals_takes, residuals_command,
                                      residuals_input, residuals_hint,     residuals_free,  residuals_busy };
  HpTuiResidualsView *self = g_new0 (HpTuiResidualsView, 1);

  self->screen = (HpTuiScreen){ &ops, app, _ ("Residuals") };
  self->max_versions = MAX_VERSIONS;
  self->choice.kind = g_strdup (hp_chart_kinds (&(guint){ 0 })->name);
  self->choice.sort = HP_TUI_SORT_SHARE;
  return &self->screen;
}

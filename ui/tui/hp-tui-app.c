/* hp-tui-app.c - from inputs to commands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "hp-number.h"
#include "hp-tui-app-private.h"

#define SPINNER_MS 100

const char *
_hp_tui_app_view_title (HpTuiViewId view)
{
  switch (view)
    {
    case HP_TUI_VIEW_COMPARE:
      return _ ("Compare");
    case HP_TUI_VIEW_RESIDUALS:
      return _ ("Residuals");
    case HP_TUI_VIEW_VALUE:
    default:
      return _ ("Value");
    }
}

HpTuiScreen *
_hp_tui_app_top (HpTuiApp *app)
{
  return app->pages->len > 0 ? g_ptr_array_index (app->pages, app->pages->len - 1) : app->views[app->view];
}

guint
_hp_tui_app_contexts (HpTuiApp *app)
{
  HpTuiScreen *top = _hp_tui_app_top (app);

  return top->ops->contexts (top) | HP_TUI_EVERYWHERE;
}

gboolean
_hp_tui_app_too_small (HpTuiApp *app)
{
  return app->width < HP_TUI_MIN_WIDTH || app->height < HP_TUI_MIN_HEIGHT;
}

static gboolean
spin_cb (gpointer data)
{
  HpTuiApp *app = data;

  app->frame++;
  app->host.draw (app->data);
  return G_SOURCE_CONTINUE;
}

static void
spin (HpTuiApp *app)
{
  HpTuiScreen *view = app->views[app->view];
  gboolean wanted = hp_live_valuation_is_waiting (hp_tui_house_get_live (app->house))
                    || (view->ops->busy != NULL && view->ops->busy (view));

  if (wanted && app->spinner == 0)
    app->spinner = g_timeout_add (SPINNER_MS, spin_cb, app);
  else if (!wanted && app->spinner != 0)
    {
      g_source_remove (app->spinner);
      app->spinner = 0;
    }
}

static void
screen_free (gpointer data)
{
  HpTuiScreen *screen = data;

  screen->ops->free (screen);
}

/* The first screen follows from whether there is a model. */
static void
choose_screen (HpTuiApp *app)
{
  HpWorkbenchState state = hp_tui_house_get_state (app->house);
  gboolean needs_model = state == HP_WORKBENCH_NO_MODEL || state == HP_WORKBENCH_FAILED;
  HpTuiScreen *first = app->views[HP_TUI_VIEW_VALUE];
  gboolean has_start = (first->ops->contexts (first) & (HP_TUI_START | HP_TUI_TRAINING)) != 0;

  if (needs_model == has_start)
    return;
  /* A training that runs is not thrown away because a server came back. */
  if (has_start && (first->ops->contexts (first) & HP_TUI_TRAINING) != 0)
    return;
  screen_free (first);
  app->views[HP_TUI_VIEW_VALUE] = needs_model ? hp_tui_start_screen_new (app) : hp_tui_value_screen_new (app);
}

static void
house_changed (gpointer data)
{
  HpTuiApp *app = data;

  /* while it is being made, it tells of itself already */
  if (app->house == NULL)
    return;
  choose_screen (app);
  spin (app);
  app->host.draw (app->data);
}

static void
versions_changed (gpointer data)
{
  hp_tui_app_changed (data);
}

/**
 * hp_tui_app_new:
 * @workbench: what to work on, not started yet
 * @host: what a terminal does
 * @data: for @host's functions
 *
 * Returns: (transfer full): the program
 */
HpTuiApp *
hp_tui_app_new (HpWorkbench *workbench, const HpTuiHost *host, gpointer data)
{
  HpTuiApp *app = g_new0 (HpTuiApp, 1);

  app->host = *host;
  app->data = data;
  app->buttons = g_array_new (FALSE, FALSE, sizeof (HpTuiButton));
  app->tabs = g_array_new (FALSE, FALSE, sizeof (HpTuiButton));
  app->pages = g_ptr_array_new_with_free_func (screen_free);
  app->house = hp_tui_house_new (workbench, house_changed, app);
  app->versions = hp_tui_versions_new (hp_workbench_get_registry (workbench), versions_changed, app);
  app->views[HP_TUI_VIEW_VALUE] = hp_tui_value_screen_new (app);
  return app;
}

/**
 * hp_tui_app_free:
 * @app: (transfer full) (nullable): the program
 */
void
hp_tui_app_free (HpTuiApp *app)
{
  if (app == NULL)
    return;
  if (app->spinner != 0)
    g_source_remove (app->spinner);
  g_ptr_array_unref (app->pages);
  for (HpTuiViewId view = 0; view < HP_TUI_N_VIEWS; view++)
    g_clear_pointer (&app->views[view], screen_free);
  hp_tui_versions_free (app->versions);
  hp_tui_house_free (app->house);
  _hp_tui_prompt_close (app);
  g_array_unref (app->buttons);
  g_array_unref (app->tabs);
  g_free (app->message);
  g_free (app);
}

/**
 * hp_tui_app_draw:
 * @app: the program
 * @canvas: what the terminal shall show; drawn anew
 */
void
hp_tui_app_draw (HpTuiApp *app, HpCanvas *canvas)
{
  app->width = canvas->width;
  app->height = canvas->height;
  hp_canvas_clear (canvas);
  _hp_tui_frame_draw (app, canvas);
}

/**
 * hp_tui_app_get_house:
 * @app: the program
 *
 * Returns: (transfer none): the house on the screen
 */
HpTuiHouse *
hp_tui_app_get_house (HpTuiApp *app)
{
  return app->house;
}

/**
 * hp_tui_app_changed:
 * @app: the program
 *
 * Has it drawn soon.
 */
void
hp_tui_app_changed (HpTuiApp *app)
{
  spin (app);
  app->host.draw (app->data);
}

/**
 * hp_tui_app_get_versions:
 * @app: the program
 *
 * Returns: (transfer none): the versions on this computer
 */
HpTuiVersions *
hp_tui_app_get_versions (HpTuiApp *app)
{
  return app->versions;
}

/**
 * hp_tui_app_show:
 * @app: the program
 * @view: which view
 *
 * Shows a view, as it was left; pages over it are closed.
 */
void
hp_tui_app_show (HpTuiApp *app, HpTuiViewId view)
{
  g_ptr_array_set_size (app->pages, 0);
  if (app->views[view] == NULL)
    app->views[view]
      = view == HP_TUI_VIEW_COMPARE ? hp_tui_compare_screen_new (app) : hp_tui_residuals_screen_new (app);
  app->view = view;
  hp_tui_app_changed (app);
}

/**
 * hp_tui_app_say:
 * @app: the program
 * @style: what kind of message it is
 * @format: as of printf(), then what it needs
 *
 * Shows a message above the F-bar until the next key.
 */
void
hp_tui_app_say (HpTuiApp *app, HpStyle style, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_free (app->message);
  app->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  app->message_style = style;
  hp_tui_app_changed (app);
}

/**
 * hp_tui_app_open:
 * @app: the program
 * @screen: (transfer full): what to show over the rest
 */
void
hp_tui_app_open (HpTuiApp *app, HpTuiScreen *screen)
{
  /* Pages don't pile up. */
  g_ptr_array_set_size (app->pages, 0);
  g_ptr_array_add (app->pages, screen);
  hp_tui_app_changed (app);
}

/**
 * hp_tui_app_close:
 * @app: the program
 *
 * Goes back from the screen on top to the one below.
 */
void
hp_tui_app_close (HpTuiApp *app)
{
  if (app->pages->len > 0)
    g_ptr_array_remove_index (app->pages, app->pages->len - 1);
  hp_tui_app_changed (app);
}

/**
 * hp_tui_app_get_frame:
 * @app: the program
 *
 * Returns: which picture of a spinner to show
 */
guint
hp_tui_app_get_frame (HpTuiApp *app)
{
  return app->frame;
}

static void
copy_price (HpTuiApp *app)
{
  HpLiveValuation *live = hp_tui_house_get_live (app->house);
  const HpValuation *valuation = hp_live_valuation_get_valuation (live);
  char text[HP_NUMBER_BUFFER];

  if (valuation == NULL || !hp_live_valuation_is_current (live))
    {
      hp_tui_app_say (app, HP_STYLE_ERROR, _ ("There is no price to copy"));
      return;
    }
  hp_number_format_cents (text, valuation->predicted_price);
  if (app->host.copy (text, app->data))
    hp_tui_app_say (app, HP_STYLE_MESSAGE, _ ("Copied %s"), text);
  else
    hp_tui_app_say (app, HP_STYLE_ERROR, _ ("This terminal has no clipboard for programs; the price is %s"), text);
}

static void
interrupt (HpTuiApp *app)
{
  guint contexts = _hp_tui_app_contexts (app);

  if ((contexts & HP_TUI_TRAINING) != 0)
    hp_tui_app_run (app, HP_TUI_COMMAND_STOP);
  else if ((contexts & HP_TUI_TYPING) != 0)
    hp_tui_app_run (app, HP_TUI_COMMAND_CANCEL);
  else if (app->pages->len > 0)
    hp_tui_app_close (app);
  else if ((contexts & HP_TUI_MARKS) != 0)
    hp_tui_app_run (app, HP_TUI_COMMAND_MARKS_LEAVE);
  else if ((contexts & HP_TUI_EVIDENCE) != 0)
    hp_tui_app_run (app, HP_TUI_COMMAND_LEAVE);
  else if ((contexts & HP_TUI_CURVE) != 0)
    hp_tui_app_run (app, HP_TUI_COMMAND_UNZOOM);
  else
    app->host.quit (130, app->data);
}

static void
show_log (HpTuiApp *app)
{
  g_autofree char *log = app->host.log (app->data);

  if (*log == '\0')
    hp_tui_app_say (app, HP_STYLE_MESSAGE, _ ("Nothing was noted so far"));
  else
    hp_tui_app_open (app, hp_tui_page_new (app, _ ("Notes"), g_steal_pointer (&log)));
}

static void
refresh (HpTuiApp *app)
{
  HpAutoValuer *valuer = hp_tui_house_get_valuer (app->house);

  hp_tui_house_refresh (app->house);
  hp_tui_versions_refresh (app->versions);
  hp_tui_app_say (app, HP_STYLE_MESSAGE,
                  hp_auto_valuer_get_server (valuer) != NULL ? _ ("Asking the server again")
                                                             : _ ("Looking for a newer model"));
}

/**
 * hp_tui_app_run:
 * @app: the program
 * @command: what to do
 *
 * The screen on top comes first; what it does not know is the program's own.
 */
void
hp_tui_app_run (HpTuiApp *app, HpTuiCommand command)
{
  HpTuiScreen *top = _hp_tui_app_top (app);

  hp_tui_app_changed (app);
  if (top->ops->command (top, command))
    return;
  switch (command)
    {
    case HP_TUI_COMMAND_HELP:
      hp_tui_app_open (app, hp_tui_help_screen_new (app));
      break;
    case HP_TUI_COMMAND_NEXT_VIEW:
      hp_tui_app_show (app, (app->view + 1) % HP_TUI_N_VIEWS);
      break;
    case HP_TUI_COMMAND_PREVIOUS_VIEW:
      hp_tui_app_show (app, (app->view + HP_TUI_N_VIEWS - 1) % HP_TUI_N_VIEWS);
      break;
    case HP_TUI_COMMAND_VIEW_VALUE:
    case HP_TUI_COMMAND_VIEW_COMPARE:
    case HP_TUI_COMMAND_VIEW_RESIDUALS:
      hp_tui_app_show (app, HP_TUI_VIEW_VALUE + (command - HP_TUI_COMMAND_VIEW_VALUE));
      break;
    case HP_TUI_COMMAND_REFRESH:
      refresh (app);
      break;
    case HP_TUI_COMMAND_COPY:
      copy_price (app);
      break;
    case HP_TUI_COMMAND_PROMPT:
      _hp_tui_prompt_open (app);
      break;
    case HP_TUI_COMMAND_LOG:
      show_log (app);
      break;
    case HP_TUI_COMMAND_REDRAW:
      app->host.redraw (app->data);
      break;
    case HP_TUI_COMMAND_SUSPEND:
      app->host.suspend (app->data);
      break;
    case HP_TUI_COMMAND_INTERRUPT:
      interrupt (app);
      break;
    case HP_TUI_COMMAND_QUIT:
      app->host.quit (0, app->data);
      break;
    default:
      break;
    }
}

static gboolean
click_button (HpTuiApp *app, const HpInput *input)
{
  const GArray *row = input->y == 0 ? app->tabs : app->buttons;

  if (input->kind != HP_INPUT_CLICK || (input->y != app->height - 1 && input->y != 0))
    return FALSE;
  for (guint i = 0; i < row->len; i++)
    {
      const HpTuiButton *button = &g_array_index (row, HpTuiButton, i);

      if (input->x < button->start || input->x >= button->end)
        continue;
      hp_tui_app_run (app, button->command);
      return TRUE;
    }
  return FALSE;
}

/* What keys mean that are neither the command line's nor typed text */
static void
run_key (HpTuiApp *app, const HpInput *input, const char *key)
{
  HpTuiScreen *top = _hp_tui_app_top (app);
  guint contexts = _hp_tui_app_contexts (app);
  gboolean typing = (contexts & HP_TUI_TYPING) != 0;
  HpTuiCommand command = HP_TUI_NONE;

  if (!hp_input_is_text (input) || !(typing || top->ops->takes (top, input)))
    command = hp_tui_command_find (contexts, !typing, key);
  if (command != HP_TUI_NONE)
    hp_tui_app_run (app, command);
  else
    top->ops->input (top, input);
}

/* Esc and a key right after it arrive as that key with Alt, over a slow line all the more. With an Alt that means
 * nothing, they are what was meant. */
static gboolean
split_alt (HpTuiApp *app, const HpInput *input, const char *key)
{
  const HpInput escape = { .kind = HP_INPUT_KEY, .code = HP_KEY_ESCAPE };
  HpInput rest = *input;

  if (input->kind != HP_INPUT_KEY || (input->modifiers & HP_MODIFIER_ALT) == 0
      || (input->code >= HP_KEY_UP && input->code != HP_KEY_ENTER && input->code != HP_KEY_TAB)
      || hp_tui_command_find (_hp_tui_app_contexts (app), TRUE, key) != HP_TUI_NONE)
    return FALSE;
  rest.modifiers &= ~HP_MODIFIER_ALT;
  hp_tui_app_input (app, &escape);
  hp_tui_app_input (app, &rest);
  return TRUE;
}

/**
 * hp_tui_app_input:
 * @app: the program
 * @input: a key, a paste, a click
 */
void
hp_tui_app_input (HpTuiApp *app, const HpInput *input)
{
  g_autofree char *key = hp_input_name (input);
  HpTuiScreen *top = _hp_tui_app_top (app);

  hp_tui_app_changed (app);
  if (split_alt (app, input, key))
    return;
  if (_hp_tui_app_too_small (app))
    {
      HpTuiCommand command = hp_tui_command_find (HP_TUI_EVERYWHERE, TRUE, key);

      if (command == HP_TUI_COMMAND_QUIT || command == HP_TUI_COMMAND_INTERRUPT || command == HP_TUI_COMMAND_SUSPEND)
        hp_tui_app_run (app, command);
      return;
    }
  g_clear_pointer (&app->message, g_free);
  if (click_button (app, input))
    return;
  if (app->prompt != NULL && _hp_tui_prompt_input (app, input, key))
    return;
  if (input->kind == HP_INPUT_KEY)
    run_key (app, input, key);
  else
    top->ops->input (top, input);
}

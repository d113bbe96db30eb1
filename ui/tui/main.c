/* main.c - the program house-price-tui
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>

#include "hp-error.h"
#include "hp-settings.h"
#include "hp-term-log.h"
#include "hp-term.h"
#include "hp-tui-app.h"
#include "hp-tui-options.h"

/* The terminal, the program on it, and the loop that runs both */
typedef struct
{
  HpTerm *term;
  HpTermLog *log;
  HpTuiApp *app;
  HpCanvas *canvas;
  GMainLoop *loop;
  guint draw;
  int status;
} Tui;

static gboolean
draw_cb (gpointer data)
{
  Tui *tui = data;

  tui->draw = 0;
  hp_tui_app_draw (tui->app, tui->canvas);
  hp_term_show (tui->term, tui->canvas);
  return G_SOURCE_REMOVE;
}

/* Once, however much changes before: after what is waiting to be done. */
static void
draw_soon (gpointer data)
{
  Tui *tui = data;

  if (tui->draw == 0)
    tui->draw = g_idle_add_full (G_PRIORITY_HIGH_IDLE, draw_cb, tui, NULL);
}

static gboolean
copy (const char *text, gpointer data)
{
  return hp_term_copy (((Tui *) data)->term, text);
}

static void
redraw (gpointer data)
{
  hp_term_redraw (((Tui *) data)->term);
  draw_soon (data);
}

static void
suspend (gpointer data)
{
  hp_term_suspend (((Tui *) data)->term);
}

static void
quit (int status, gpointer data)
{
  Tui *tui = data;

  tui->status = status;
  g_main_loop_quit (tui->loop);
}

static char *
read_log (gpointer data)
{
  return hp_term_log_read (((Tui *) data)->log);
}

static void
input_cb (const HpInput *input, gpointer data)
{
  hp_tui_app_input (((Tui *) data)->app, input);
}

static void
resized_cb (gpointer data)
{
  Tui *tui = data;
  int width, height;

  hp_term_get_size (tui->term, &width, &height);
  hp_canvas_resize (tui->canvas, width, height);
  draw_soon (tui);
}

static void
ended_cb (gpointer data)
{
  quit (130, data);
}

static HpWorkbench *
open_workbench (const HpTuiOptions *options, GError **error)
{
  g_autoptr (GSettings) settings = hp_settings_new ();
  g_autofree char *url = options->server != NULL ? g_strdup (options->server) : hp_settings_get_server (settings);

  return hp_workbench_new (options->registry, options->name, url, error);
}

static gboolean
run (Tui *tui, const HpTuiOptions *options, GError **error)
{
  static const HpTermEvents events = { input_cb, resized_cb, ended_cb };
  static const HpTuiHost host = { draw_soon, copy, redraw, suspend, quit, read_log };
  g_autoptr (HpWorkbench) workbench = open_workbench (options, error);
  int width, height;

  if (workbench == NULL)
    return FALSE;
  tui->term = hp_term_open (&options->term, &events, tui, error);
  if (tui->term == NULL)
    return FALSE;
  tui->log = hp_term_log_start ();
  hp_term_get_size (tui->term, &width, &height);
  tui->canvas = hp_canvas_new (width, height, hp_term_get_glyphs (tui->term));
  tui->canvas->plain = !hp_term_has_colors (tui->term);
  tui->app = hp_tui_app_new (workbench, &host, tui);
  draw_soon (tui);
  g_main_loop_run (tui->loop);
  if (tui->draw != 0)
    g_source_remove (tui->draw);
  hp_term_close (tui->term);
  hp_tui_app_free (tui->app);
  hp_canvas_free (tui->canvas);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = NULL;
  HpTuiOptions options = { NULL };
  Tui tui = { NULL };

  hp_valuer_prepare_program ();
  hp_tui_options_set_locale ();
  if (!hp_tui_options_parse (&options, argc, argv, &error))
    ;
  else if (options.help || options.version)
    {
      g_autofree char *text = options.help ? hp_tui_options_help () : hp_tui_options_version ();

      fputs (text, stdout);
    }
  else
    {
      loop = tui.loop = g_main_loop_new (NULL, FALSE);
      run (&tui, &options, &error);
    }
  hp_tui_options_clear (&options);
  if (error == NULL)
    return tui.status;
  g_printerr ("house-price-tui: %s\n", error->message);
  return hp_error_exit_status (error);
}

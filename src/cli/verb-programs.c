/* verb-programs.c - starts the other programs: serve, tui, gui
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-cli.h"

typedef struct
{
  char *bind, *port, *threads;
} ServeOptions;

static const HpCliOption serve_options[] = {
  { "bind", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (ServeOptions, bind), N_ ("ADDRESS"),
    N_ ("Address to listen on (default: 127.0.0.1)") },
  { "port", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (ServeOptions, port), N_ ("N"),
    N_ ("Port to listen on (default: 8000; 0: any that is free)") },
  { "threads", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (ServeOptions, threads), N_ ("N"),
    N_ ("Event loops (default: all processors)") },
  { NULL },
};

static int
run_serve (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  hp_cli_exec_program (cli, "house-price-server", serve_options, values, arguments, error);
  return 0;
}

const HpCliVerb hp_verb_serve = {
  .name = "serve",
  .arguments = "",
  .summary = N_ ("start the inference server"),
  .examples = "house-price serve\n"
              "house-price serve --port 8080 --registry /srv/registry",
  .details = N_ ("Starts house-price-server, whose manual page has the rest."),
  .options = serve_options,
  .options_size = sizeof (ServeOptions),
  .run = run_serve,
};

typedef struct
{
  char *server;
  gboolean no_color, no_unicode, no_mouse;
} TuiOptions;

static const HpCliOption tui_options[] = {
  { "server", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (TuiOptions, server), N_ ("URL"),
    N_ ("The server to ask (default: HOUSE_PRICE_SERVER, else the settings')") },
  { "no-unicode", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (TuiOptions, no_unicode), NULL, N_ ("Draw with ASCII only") },
  { "no-mouse", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (TuiOptions, no_mouse), NULL,
    N_ ("Leave the mouse to the terminal") },
  { NULL },
};

static int
run_tui (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  char *no_color[] = { (char *) "--no-color", NULL };

  hp_cli_exec_program (cli, "house-price-tui", tui_options, values,
                       cli->globals.no_color ? no_color : arguments, error);
  return 0;
}

const HpCliVerb hp_verb_tui = {
  .name = "tui",
  .arguments = "",
  .summary = N_ ("value houses in this terminal"),
  .examples = "house-price tui\n"
              "house-price tui --server http://localhost:8000",
  .details = N_ ("Starts house-price-tui, whose manual page has the rest."),
  .options = tui_options,
  .options_size = sizeof (TuiOptions),
  .run = run_tui,
};

typedef struct
{
  char *server;
} GuiOptions;

static const HpCliOption gui_options[] = {
  { "server", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (GuiOptions, server), N_ ("URL"),
    N_ ("The server to ask (default: HOUSE_PRICE_SERVER, else the settings')") },
  { NULL },
};

static int
run_gui (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  hp_cli_exec_program (cli, "house-price-gtk", gui_options, values, arguments, error);
  return 0;
}

const HpCliVerb hp_verb_gui = {
  .name = "gui",
  .arguments = "",
  .summary = N_ ("value houses on the desktop"),
  .examples = "house-price gui\n"
              "house-price gui --server http://localhost:8000",
  .details = N_ ("Starts house-price-gtk, whose manual page has the rest."),
  .options = gui_options,
  .options_size = sizeof (GuiOptions),
  .run = run_gui,
};

/* main.c - the program house-price-server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "hp-error.h"
#include "hp-server.h"

#define INTERRUPTED 130
/* How often an ending server looks whether it may */
#define POLL_MS 20

typedef struct
{
  const HpServerOptions *options;
  HpServerLog *log;
  HpServer *server;
  GMainLoop *loop;
  gint64 told;       /* to end, at this monotonic time; 0: not told */
  gboolean quiesced; /* listens no more */
} Program;

static gboolean
is_over (const Program *program, double seconds)
{
  return g_get_monotonic_time () - program->told >= seconds * G_USEC_PER_SEC;
}

/* From the signal to the end */
static gboolean
proceed (gpointer data)
{
  Program *program = data;
  const HpServerOptions *options = program->options;

  if (!program->quiesced && (is_over (program, options->drain_delay) || is_over (program, options->drain_timeout)))
    {
      program->quiesced = TRUE;
      hp_server_quiesce (program->server);
      hp_server_log_text (program->log, "info", "listening no more", NULL, NULL);
      return G_SOURCE_CONTINUE;
    }
  if (!program->quiesced || (hp_server_is_busy (program->server) && !is_over (program, options->drain_timeout)))
    return G_SOURCE_CONTINUE;
  if (hp_server_is_busy (program->server))
    hp_server_log_text (program->log, "warning", "requests were cut off at the end of the drain timeout", NULL, NULL);
  g_main_loop_quit (program->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
on_terminate (gpointer data)
{
  Program *program = data;

  if (program->told != 0)
    _exit (INTERRUPTED);
  program->told = g_get_monotonic_time ();
  /* in this order: whoever reads the line finds it true */
  hp_server_drain (program->server);
  hp_server_log_text (program->log, "info", "draining", NULL, NULL);
  g_timeout_add (POLL_MS, proceed, program);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_reload (gpointer data)
{
  Program *program = data;

  hp_server_log_text (program->log, "info", "reloading", NULL, NULL);
  hp_server_reload (program->server);
  return G_SOURCE_CONTINUE;
}

static void
log_listening (const Program *program)
{
  HpJsonWriter *line = hp_server_log_begin ("info", "listening");

  hp_json_writer_set_string (line, "url", hp_server_get_url (program->server));
  hp_json_writer_set_int (line, "pid", getpid ());
  hp_json_writer_set_string (line, "server_version", HP_VERSION);
  hp_server_log_end (program->log, line);
}

static int
serve (const HpServerOptions *options, GError **error)
{
  g_autoptr (HpServerLog) log = hp_server_log_new (options->log_fd);
  g_autoptr (HpServer) server = hp_server_new (options, log, error);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Program program = { options, log, server, loop };

  if (server == NULL)
    return 0;
  g_unix_signal_add (SIGTERM, on_terminate, &program);
  g_unix_signal_add (SIGINT, on_terminate, &program);
  g_unix_signal_add (SIGHUP, on_reload, &program);
  log_listening (&program);
  g_main_loop_run (loop);
  hp_server_log_text (log, "info", "ended", NULL, NULL);
  return 0;
}

static void
show_version (void)
{
  g_print ("house-price-server %s\nGLib %u.%u.%u, json-glib %s, libmicrohttpd %s\n", HP_VERSION, glib_major_version,
           glib_minor_version, glib_micro_version, JSON_VERSION_S, MHD_get_version ());
}

static int
run (char **argv, GError **error)
{
  g_auto (HpServerOptions) options = { 0 };
  g_autofree char *help = NULL;
  HpServerTask task;

  hp_server_options_init (&options);
  if (!hp_server_options_parse (&options, argv, &task, error))
    return 0;
  switch (task)
    {
    case HP_SERVER_SHOW_HELP:
      help = hp_server_options_help ();
      g_print ("%s", help);
      return 0;
    case HP_SERVER_SHOW_VERSION:
      show_version ();
      return 0;
    case HP_SERVER_RUN:
    default:
      return serve (&options, error);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, HP_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  signal (SIGPIPE, SIG_IGN);
  status = run (argv, &error);
  if (error == NULL)
    return status;
  g_printerr ("house-price-server: %s\n", error->message);
  return hp_error_exit_status (error);
}

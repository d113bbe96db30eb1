/* hp-term-signals.c - g_unix_signal_add() for most, a pipe for the two that it refuses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

#include "hp-term-signals.h"

static const int glib_signals[] = { SIGINT, SIGTERM, SIGHUP, SIGWINCH };
static const int piped_signals[] = { SIGTSTP, SIGCONT };

struct _HpTermSignals
{
  void (*func) (int number, gpointer data);
  gpointer data;
  guint sources[G_N_ELEMENTS (glib_signals)];
  int pipe[2];
  guint pipe_source;
  struct sigaction before[G_N_ELEMENTS (piped_signals)];
};

/* A handler can be told nothing: where it writes is static. */
static volatile sig_atomic_t pipe_end = -1;

static void
pipe_signal (int number)
{
  int errsv = errno;
  guint8 byte = number;

  if (write (pipe_end, &byte, 1) < 0)
    errno = 0; /* full: enough of them wait already */
  errno = errsv;
}

static gboolean
tell_int (gpointer data)
{
  HpTermSignals *signals = data;

  signals->func (SIGINT, signals->data);
  return G_SOURCE_CONTINUE;
}

static gboolean
tell_term (gpointer data)
{
  HpTermSignals *signals = data;

  signals->func (SIGTERM, signals->data);
  return G_SOURCE_CONTINUE;
}

static gboolean
tell_hup (gpointer data)
{
  HpTermSignals *signals = data;

  signals->func (SIGHUP, signals->data);
  return G_SOURCE_CONTINUE;
}

static gboolean
tell_winch (gpointer data)
{
  HpTermSignals *signals = data;

  signals->func (SIGWINCH, signals->data);
  return G_SOURCE_CONTINUE;
}

static gboolean
pipe_cb (int fd, GIOCondition condition, gpointer data)
{
  HpTermSignals *signals = data;
  guint8 byte;

  while (read (fd, &byte, 1) == 1)
    signals->func (byte, signals->data);
  return G_SOURCE_CONTINUE;
}

/**
 * hp_term_signals_new:
 * @func: called in the main loop with a signal's number
 * @data: for @func
 *
 * Returns: (transfer full): what turns signals into calls until it is freed. One at a time.
 */
HpTermSignals *
hp_term_signals_new (void (*func) (int number, gpointer data), gpointer data)
{
  static const GSourceFunc tell[] = { tell_int, tell_term, tell_hup, tell_winch };
  HpTermSignals *signals = g_new0 (HpTermSignals, 1);
  struct sigaction action = { .sa_handler = pipe_signal, .sa_flags = SA_RESTART };

  signals->func = func;
  signals->data = data;
  for (gsize i = 0; i < G_N_ELEMENTS (glib_signals); i++)
    signals->sources[i] = g_unix_signal_add (glib_signals[i], tell[i], signals);
  if (!g_unix_open_pipe (signals->pipe, FD_CLOEXEC, NULL))
    g_error ("no file descriptors are left");
  g_unix_set_fd_nonblocking (signals->pipe[0], TRUE, NULL);
  g_unix_set_fd_nonblocking (signals->pipe[1], TRUE, NULL);
  signals->pipe_source = g_unix_fd_add (signals->pipe[0], G_IO_IN, pipe_cb, signals);
  pipe_end = signals->pipe[1];
  sigemptyset (&action.sa_mask);
  for (gsize i = 0; i < G_N_ELEMENTS (piped_signals); i++)
    sigaction (piped_signals[i], &action, &signals->before[i]);
  return signals;
}

/**
 * hp_term_signals_free:
 * @signals: (transfer full): what hp_term_signals_new() returned
 */
void
hp_term_signals_free (HpTermSignals *signals)
{
  for (gsize i = 0; i < G_N_ELEMENTS (piped_signals); i++)
    sigaction (piped_signals[i], &signals->before[i], NULL);
  pipe_end = -1;
  g_source_remove (signals->pipe_source);
  close (signals->pipe[0]);
  close (signals->pipe[1]);
  for (gsize i = 0; i < G_N_ELEMENTS (glib_signals); i++)
    g_source_remove (signals->sources[i]);
  g_free (signals);
}

/**
 * hp_term_signals_stop:
 * @signals: what hp_term_signals_new() returned
 *
 * The whole job stops, as when the terminal's driver sends the signal: what was started from here too.
 */
void
hp_term_signals_stop (HpTermSignals *signals)
{
  struct sigaction action = { .sa_handler = SIG_DFL }, piped;
  guint8 byte;

  sigemptyset (&action.sa_mask);
  sigaction (SIGTSTP, &action, &piped);
  kill (0, SIGTSTP);
  /* here again after SIGCONT */
  sigaction (SIGTSTP, &piped, NULL);
  while (read (signals->pipe[0], &byte, 1) == 1)
    ;
}

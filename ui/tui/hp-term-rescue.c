/* hp-term-rescue.c - what a signal handler may do for a terminal
 *
 * A handler can be told nothing, so that what it needs is static: the one piece of global state, as the terminal is
 * one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "hp-term-rescue.h"

#define MAX_SEQUENCE 512
#define MAX_HELD     4096

static const int fatal_signals[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGQUIT };

static struct
{
  volatile sig_atomic_t armed;
  int fd, stderr_copy, stderr_held;
  char sequence[MAX_SEQUENCE];
  gsize length;
  struct termios modes;
  struct sigaction before[G_N_ELEMENTS (fatal_signals)];
} rescue;

/* The last that was said is likely to be why. */
static void
release_stderr (void)
{
  char text[MAX_HELD];
  off_t length = lseek (rescue.stderr_held, 0, SEEK_END);
  ssize_t n = 0;

  dup2 (rescue.stderr_copy, STDERR_FILENO);
  if (length > 0)
    n = pread (rescue.stderr_held, text, sizeof text, MAX (length - (off_t) sizeof text, 0));
  if (n > 0 && write (STDERR_FILENO, text, n) < 0)
    errno = 0; /* there is nobody to tell */
}

/* Only what signal-safety(7) allows */
static void
rescue_terminal (int number)
{
  int errsv = errno;

  if (rescue.armed)
    {
      rescue.armed = 0;
      if (write (rescue.fd, rescue.sequence, rescue.length) < 0)
        errno = 0;
      tcsetattr (rescue.fd, TCSANOW, &rescue.modes);
      if (rescue.stderr_copy >= 0)
        release_stderr ();
    }
  for (gsize i = 0; i < G_N_ELEMENTS (fatal_signals); i++)
    if (fatal_signals[i] == number)
      sigaction (number, &rescue.before[i], NULL);
  errno = errsv;
  /* Pending until this handler returns; then it does what it would have done: a core, a sanitizer's report. */
  raise (number);
}

/**
 * hp_term_rescue_arm:
 * @fd: the terminal, with its modes still as they are to be
 * @sequence: what makes it ordinary again
 * @stderr_copy: a copy of the real standard error, or -1
 * @stderr_held: the file that standard error goes to meanwhile, or -1
 */
void
hp_term_rescue_arm (int fd, const char *sequence, int stderr_copy, int stderr_held)
{
  struct sigaction action = { .sa_handler = rescue_terminal };

  g_return_if_fail (!rescue.armed);

  rescue.fd = fd;
  rescue.stderr_copy = stderr_copy;
  rescue.stderr_held = stderr_held;
  rescue.length = MIN (strlen (sequence), MAX_SEQUENCE);
  memcpy (rescue.sequence, sequence, rescue.length);
  if (tcgetattr (fd, &rescue.modes) != 0)
    return;
  sigemptyset (&action.sa_mask);
  for (gsize i = 0; i < G_N_ELEMENTS (fatal_signals); i++)
    sigaction (fatal_signals[i], &action, &rescue.before[i]);
  rescue.armed = 1;
}

/**
 * hp_term_rescue_disarm:
 *
 * Signals do again what they did before.
 */
void
hp_term_rescue_disarm (void)
{
  if (!rescue.armed)
    return;
  rescue.armed = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (fatal_signals); i++)
    sigaction (fatal_signals[i], &rescue.before[i], NULL);
}

/* hp-cli-interrupt.c - Ctrl+C as an event, not as sudden death
 *
 * The signals are blocked and a thread waits for them, so that what is to be done (cancelling, removing a temporary
 * file) is ordinary code that may take locks. To be made before other threads are: they inherit the mask. A second
 * signal ends the program at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "hp-cli.h"

struct _HpCliInterrupt
{
  HpCliInterruptFunc func;
  gpointer data;
  sigset_t signals, old;
  pthread_t thread;
  int stopping; /* atomic */
};

static gpointer
wait_for_signals (gpointer data)
{
  HpCliInterrupt *interrupt = data;
  gboolean called = FALSE;

  for (;;)
    {
      siginfo_t info;
      int signal_number = sigwaitinfo (&interrupt->signals, &info);

      if (signal_number < 0 && errno == EINTR)
        continue;
      if (g_atomic_int_get (&interrupt->stopping))
        return NULL;
      if (called)
        _exit (130);
      called = TRUE;
      interrupt->func (interrupt->data);
    }
}

/**
 * hp_cli_interrupt_new:
 * @func: called once, in another thread
 * @data: for @func
 *
 * Returns: (transfer full) (nullable): what holds SIGINT and SIGTERM off until it is freed
 */
HpCliInterrupt *
hp_cli_interrupt_new (HpCliInterruptFunc func, gpointer data)
{
  HpCliInterrupt *interrupt = g_new0 (HpCliInterrupt, 1);

  interrupt->func = func;
  interrupt->data = data;
  sigemptyset (&interrupt->signals);
  sigaddset (&interrupt->signals, SIGINT);
  sigaddset (&interrupt->signals, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &interrupt->signals, &interrupt->old);
  /* Without the thread (no memory for one) the signals go back to what they did: better an abrupt end than none. */
  if (pthread_create (&interrupt->thread, NULL, wait_for_signals, interrupt) != 0)
    {
      pthread_sigmask (SIG_SETMASK, &interrupt->old, NULL);
      g_clear_pointer (&interrupt, g_free);
    }
  return interrupt;
}

/**
 * hp_cli_interrupt_free:
 * @interrupt: (transfer full) (nullable): what hp_cli_interrupt_new() returned
 *
 * Ends the waiting thread and lets the signals through again.
 */
void
hp_cli_interrupt_free (HpCliInterrupt *interrupt)
{
  if (interrupt == NULL)
    return;
  g_atomic_int_set (&interrupt->stopping, 1);
  pthread_kill (interrupt->thread, SIGINT); /* blocked there: it only wakes sigwaitinfo() */
  pthread_join (interrupt->thread, NULL);
  pthread_sigmask (SIG_SETMASK, &interrupt->old, NULL);
  g_free (interrupt);
}

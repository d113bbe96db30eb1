/* hp-term-stderr.c - standard error in a file of memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hp-term-stderr.h"

/* As much as is worth showing */
#define MAX_SHOWN (64 << 10)

static void
close_both (HpTermStderr *held)
{
  if (held->real >= 0)
    close (held->real);
  if (held->file >= 0)
    close (held->file);
  held->real = held->file = -1;
}

/**
 * hp_term_stderr_hold:
 * @held: (out): what hp_term_stderr_release() needs
 *
 * Libraries and sanitizers write to standard error, and on a terminal that would spoil the screen.
 */
void
hp_term_stderr_hold (HpTermStderr *held)
{
  held->real = held->file = -1;
  if (!isatty (STDERR_FILENO))
    return;
  held->file = memfd_create ("stderr", MFD_CLOEXEC);
  held->real = fcntl (STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (held->file < 0 || held->real < 0)
    close_both (held);
  else
    dup2 (held->file, STDERR_FILENO);
}

/**
 * hp_term_stderr_release:
 * @held: what hp_term_stderr_hold() set
 *
 * Gives standard error back, and shows there what was written meanwhile.
 */
void
hp_term_stderr_release (HpTermStderr *held)
{
  char bytes[4096];
  off_t length;
  ssize_t n;

  if (held->real < 0)
    return;
  fflush (stderr);
  dup2 (held->real, STDERR_FILENO);
  length = lseek (held->file, 0, SEEK_END);
  lseek (held->file, MAX (length - MAX_SHOWN, 0), SEEK_SET);
  while ((n = read (held->file, bytes, sizeof bytes)) > 0)
    if (write (STDERR_FILENO, bytes, n) < 0)
      break;
  close_both (held);
}

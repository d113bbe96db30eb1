/* terminal-stall.c - how long the main loop of a running program is ever away
 *
 * Loaded into house-price-tui before the C library (LD_PRELOAD), so that what is measured is the program as it is.
 * Between two calls of poll() the main loop dispatches; the longest such time is how long a key would wait. It is kept
 * in the file that STALL_FILE names, which whoever measures reads and sets to zero.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

typedef struct
{
  uint64_t longest_us, dispatches;
} Stall;

__attribute__ ((visibility ("default"))) int poll (struct pollfd *fds, nfds_t n, int timeout);

static Stall *
open_stall (void)
{
  const char *name = getenv ("STALL_FILE");
  int fd = name != NULL ? open (name, O_RDWR | O_CLOEXEC) : -1;
  Stall *stall = fd >= 0 ? mmap (NULL, sizeof *stall, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : MAP_FAILED;

  if (fd >= 0)
    close (fd);
  return stall != MAP_FAILED ? stall : NULL;
}

static uint64_t
now_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (uint64_t) time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

int
poll (struct pollfd *fds, nfds_t n, int timeout)
{
  static int (*real) (struct pollfd *, nfds_t, int);
  static Stall *stall;
  static uint64_t woken;
  int result;

  if (real == NULL)
    {
      *(void **) &real = dlsym (RTLD_NEXT, "poll");
      stall = open_stall ();
    }
  /* Other threads wait for other things. */
  if (stall == NULL || gettid () != getpid ())
    return real (fds, n, timeout);
  if (woken != 0)
    {
      uint64_t away = now_us () - woken;

      stall->longest_us = away > stall->longest_us ? away : stall->longest_us;
      stall->dispatches++;
    }
  result = real (fds, n, timeout);
  woken = now_us ();
  return result;
}

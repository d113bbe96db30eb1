/* hp-parallel.c - a team of threads for loops
 *
 * A loop may last no longer than 50 µs, less than a sleeping thread needs to wake up and about as much
 * as it needs to be told. So threads watch for the next loop for a moment before they sleep, and
 * the caller waits only for those that took part: whoever comes late finds the loop closed.
 *
 * Threads and mutex are POSIX's, not GLib's, so that ThreadSanitizer sees what they order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>

#include "hp-parallel.h"
#include "hp-parallel-private.h"

#define MAX_JOBS 1024

/* How often to look before going to sleep: some tens of microseconds */
#define SPINS 1000

#define CACHE_LINE 64

typedef struct
{
  HpTeam *team;
  pthread_t thread;
  guint number; /* from 1; the caller is 0 */
} Worker;

struct _HpTeam
{
  guint jobs;
  Worker *workers; /* jobs - 1 */

  pthread_mutex_t mutex;
  pthread_cond_t wake; /* the number of the loop has changed, or quit */
  pthread_cond_t idle; /* nobody takes part any more */

  /* Under the mutex; the atomic ones are also watched without it. */
  HpTeamFunc func;
  gpointer data;
  gsize n;
  gboolean open;   /* the loop may still be joined */
  guint sleeping;  /* workers that wait for `wake` */
  gboolean caller; /* the caller waits for `idle` */
  gboolean quit;
  atomic_uint loop;    /* changes with every loop */
  atomic_uint members; /* workers that take part */

  atomic_bool running;

  /* Written by all for every index: on a cache line of its own */
  _Alignas(CACHE_LINE) atomic_size_t next;
};

static inline void
relax (void)
{
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause ();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void
work (HpTeam *team, guint worker, HpTeamFunc func, gpointer data, gsize n)
{
  gsize index;

  while ((index = atomic_fetch_add_explicit (&team->next, 1, memory_order_relaxed)) < n)
    func (index, worker, data);
}

static gpointer
worker_main (gpointer user_data)
{
  Worker *self = user_data;
  HpTeam *team = self->team;
  guint seen = 0; /* as in a new team: a loop started before this thread did is not missed */

  pthread_mutex_lock (&team->mutex);
  for (;;)
    {
      HpTeamFunc func;
      gpointer data;
      gsize n;

      if (atomic_load (&team->loop) == seen && !team->quit)
        {
          pthread_mutex_unlock (&team->mutex);
          for (int i = 0; i < SPINS && atomic_load_explicit (&team->loop, memory_order_relaxed) == seen; i++)
            relax ();
          pthread_mutex_lock (&team->mutex);
        }
      team->sleeping++;
      while (atomic_load (&team->loop) == seen && !team->quit)
        pthread_cond_wait (&team->wake, &team->mutex);
      team->sleeping--;
      if (team->quit)
        break;
      seen = atomic_load (&team->loop);
      if (!team->open)
        continue;

      func = team->func;
      data = team->data;
      n = team->n;
      atomic_fetch_add (&team->members, 1);
      pthread_mutex_unlock (&team->mutex);

      work (team, self->number, func, data, n);

      pthread_mutex_lock (&team->mutex);
      if (atomic_fetch_sub (&team->members, 1) == 1 && team->caller)
        pthread_cond_signal (&team->idle);
    }
  pthread_mutex_unlock (&team->mutex);
  return NULL;
}

static guint
affinity (void)
{
  for (int limit = CPU_SETSIZE; limit <= 1 << 20; limit *= 2)
    {
      cpu_set_t *set = CPU_ALLOC (limit);
      gsize size = CPU_ALLOC_SIZE (limit);
      int status, errsv, count;

      if (set == NULL)
        break;
      status = sched_getaffinity (0, size, set);
      errsv = errno;
      count = status == 0 ? CPU_COUNT_S (size, set) : 0;
      CPU_FREE (set);
      if (status == 0 && count > 0)
        return count;
      if (errsv != EINVAL)
        break;
    }
  return g_get_num_processors ();
}

/**
 * hp_team_default_jobs:
 *
 * How many threads are worth having: the processors this process may run on, but no more than the
 * quota of its control group (version 1 or 2), rounded up, pays for.
 *
 * Returns: a number of threads, at least 1
 */
guint
hp_team_default_jobs (void)
{
  g_autofree char *membership = NULL;
  guint jobs = affinity (), limit = 0;

  if (g_file_get_contents ("/proc/self/cgroup", &membership, NULL, NULL))
    limit = _hp_cgroup_cpus (membership, "/sys/fs/cgroup");
  if (limit > 0)
    jobs = MIN (jobs, limit);
  return CLAMP (jobs, 1, MAX_JOBS);
}

/**
 * hp_team_new:
 * @jobs: how many threads, the caller among them; 0 for hp_team_default_jobs()
 *
 * Starts a team. With one job it has no threads and hp_team_run() is a plain loop. A team has at most
 * 1,024 jobs, and fewer than asked for if the system refuses more threads.
 *
 * Returns: (transfer full): the team
 */
HpTeam *
hp_team_new (guint jobs)
{
  HpTeam *team = g_aligned_alloc0 (1, sizeof *team, CACHE_LINE);
  sigset_t all, kept;

  jobs = MIN (jobs > 0 ? jobs : hp_team_default_jobs (), MAX_JOBS);
  pthread_mutex_init (&team->mutex, NULL);
  pthread_cond_init (&team->wake, NULL);
  pthread_cond_init (&team->idle, NULL);
  team->workers = g_new0 (Worker, jobs);

  /* Signals stay with the threads that know what to do with them. */
  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, &kept);
  for (team->jobs = 1; team->jobs < jobs; team->jobs++)
    {
      Worker *worker = &team->workers[team->jobs - 1];

      worker->team = team;
      worker->number = team->jobs;
      if (pthread_create (&worker->thread, NULL, worker_main, worker) != 0)
        break;
    }
  pthread_sigmask (SIG_SETMASK, &kept, NULL);
  return team;
}

/**
 * hp_team_free:
 * @team: (transfer full) (nullable): a team that isn't running
 *
 * Ends the team's threads and frees it.
 */
void
hp_team_free (HpTeam *team)
{
  if (team == NULL)
    return;
  g_return_if_fail (!atomic_load (&team->running));

  pthread_mutex_lock (&team->mutex);
  team->quit = TRUE;
  pthread_cond_broadcast (&team->wake);
  pthread_mutex_unlock (&team->mutex);
  for (guint i = 0; i + 1 < team->jobs; i++)
    pthread_join (team->workers[i].thread, NULL);

  g_free (team->workers);
  pthread_mutex_destroy (&team->mutex);
  pthread_cond_destroy (&team->wake);
  pthread_cond_destroy (&team->idle);
  g_aligned_free (team);
}

/**
 * hp_team_get_jobs:
 * @team: a team
 *
 * Returns: how many threads it has, the caller among them: one more than the highest worker number
 */
guint
hp_team_get_jobs (HpTeam *team)
{
  g_return_val_if_fail (team != NULL, 1);

  return team->jobs;
}

static void
run_together (HpTeam *team, gsize n, HpTeamFunc func, gpointer data)
{
  gboolean asleep;

  pthread_mutex_lock (&team->mutex);
  team->func = func;
  team->data = data;
  team->n = n;
  team->open = TRUE;
  atomic_store_explicit (&team->next, 0, memory_order_relaxed);
  atomic_fetch_add (&team->loop, 1);
  asleep = team->sleeping > 0;
  pthread_mutex_unlock (&team->mutex);
  if (asleep)
    pthread_cond_broadcast (&team->wake);

  work (team, 0, func, data, n);

  for (int i = 0; i < SPINS && atomic_load_explicit (&team->members, memory_order_relaxed) > 0; i++)
    relax ();
  pthread_mutex_lock (&team->mutex);
  team->open = FALSE;
  team->caller = TRUE;
  while (atomic_load (&team->members) > 0)
    pthread_cond_wait (&team->idle, &team->mutex);
  team->caller = FALSE;
  pthread_mutex_unlock (&team->mutex);
}

/**
 * hp_team_run:
 * @team: a team
 * @n: how many pieces of work
 * @func: (scope call): does one of them
 * @data: what @func is given
 *
 * Calls @func for each index in [0, @n), handing them out in order as threads become free, and returns
 * when all are done; what @func wrote is then visible to the caller. No two calls at the same time
 * have the same worker number, so scratch memory needs one place for each of hp_team_get_jobs().
 *
 * One loop at a time: calling this for a team that is already running, from within @func or from another
 * thread, is a programming error. It is reported as a critical warning and nothing is run. Within @func
 * one may use another team that no other thread is using, for instance one made there.
 */
void
hp_team_run (HpTeam *team, gsize n, HpTeamFunc func, gpointer data)
{
  gboolean was_running;

  g_return_if_fail (team != NULL && func != NULL);
  was_running = atomic_exchange (&team->running, TRUE);
  g_return_if_fail (!was_running);

  if (team->jobs == 1 || n <= 1)
    {
      for (gsize i = 0; i < n; i++)
        func (i, 0, data);
    }
  else
    run_together (team, n, func, data);

  atomic_store (&team->running, FALSE);
}

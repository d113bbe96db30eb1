/* test-parallel.c - teams of threads, and the processors a control group allows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <stdatomic.h>
#include <string.h>

#include "hp-file.h"
#include "hp-parallel-private.h"
#include "hp-parallel.h"

#define MOST    5000
#define WORKERS 16

typedef struct
{
  HpTeam *team;
  guint seen[MOST];          /* not atomic: each index belongs to one thread, and the end of the run shows it */
  atomic_uint busy[WORKERS]; /* no two calls with the same worker number */
  guint64 scratch[WORKERS];
} Count;

static void
count_index (gsize index, guint worker, gpointer data)
{
  Count *count = data;

  g_assert_cmpuint (worker, <, hp_team_get_jobs (count->team));
  g_assert_cmpuint (atomic_fetch_add (&count->busy[worker], 1), ==, 0);
  count->seen[index]++;
  count->scratch[worker] += index;
  atomic_fetch_sub (&count->busy[worker], 1);
}

static void
check_run (HpTeam *team, gsize n)
{
  g_autofree Count *count = g_new0 (Count, 1);
  guint64 sum = 0;

  count->team = team;
  hp_team_run (team, n, count_index, count);
  for (gsize i = 0; i < MOST; i++)
    g_assert_cmpuint (count->seen[i], ==, i < n);
  for (gsize i = 0; i < WORKERS; i++)
    sum += count->scratch[i];
  g_assert_cmpuint (sum, ==, n > 0 ? (guint64) n * (n - 1) / 2 : 0);
}

static void
test_every_index_once (void)
{
  for (guint jobs = 1; jobs <= 8; jobs++)
    {
      g_autoptr (HpTeam) team = hp_team_new (jobs);

      g_assert_cmpuint (hp_team_get_jobs (team), ==, jobs);
      for (gsize n = 0; n < 20; n++)
        check_run (team, n);
      check_run (team, MOST);
    }
}

static void
add_one (gsize index, guint worker, gpointer data)
{
  ((guint *) data)[index]++;
}

/* Short runs one after the other, sometimes with a pause in which the threads go to sleep: none may be missed. */
static void
test_short_runs (void)
{
  g_autoptr (HpTeam) team = hp_team_new (3);
  guint counts[4] = { 0 };

  for (int i = 0; i < 20000; i++)
    {
      hp_team_run (team, 4, add_one, counts);
      if (i % 400 == 0)
        g_usleep (300);
    }
  for (int i = 0; i < 4; i++)
    g_assert_cmpuint (counts[i], ==, 20000);
}

static void
meet (gsize index, guint worker, gpointer data)
{
  atomic_uint *arrived = data;

  atomic_fetch_add (arrived, 1);
  while (atomic_load (arrived) < 3)
    g_thread_yield ();
}

/* Three pieces of work that wait for one another end only if three threads do them at the same time. */
static void
test_at_the_same_time (void)
{
  g_autoptr (HpTeam) team = hp_team_new (3);

  for (int i = 0; i < 100; i++)
    {
      atomic_uint arrived = 0;

      hp_team_run (team, 3, meet, &arrived);
    }
}

static void
remember_thread (gsize index, guint worker, gpointer data)
{
  g_assert_cmpuint (worker, ==, 0);
  ((GThread **) data)[index] = g_thread_self ();
}

static void
test_one_job_is_the_caller (void)
{
  g_autoptr (HpTeam) team = hp_team_new (1);
  GThread *threads[10] = { NULL };

  hp_team_run (team, 10, remember_thread, threads);
  for (int i = 0; i < 10; i++)
    g_assert_true (threads[i] == g_thread_self ());
}

static void
in_order (gsize index, guint worker, gpointer data)
{
  gsize *next = data;

  g_assert_cmpuint (index, ==, (*next)++);
}

static void
test_one_job_in_order (void)
{
  g_autoptr (HpTeam) team = hp_team_new (1);
  gsize next = 0;

  hp_team_run (team, 1000, in_order, &next);
  g_assert_cmpuint (next, ==, 1000);
}

static void
run_inner (gsize index, guint worker, gpointer data)
{
  g_autoptr (HpTeam) inner = hp_team_new (2);
  guint counts[10] = { 0 };

  hp_team_run (inner, 10, add_one, counts);
  for (int i = 0; i < 10; i++)
    g_assert_cmpuint (counts[i], ==, 1);
  ((guint *) data)[index]++;
}

static void
test_other_team_inside (void)
{
  g_autoptr (HpTeam) team = hp_team_new (3);
  guint counts[30] = { 0 };

  hp_team_run (team, 30, run_inner, counts);
  for (int i = 0; i < 30; i++)
    g_assert_cmpuint (counts[i], ==, 1);
}

static void
run_again (gsize index, guint worker, gpointer data)
{
  hp_team_run (data, 1, run_again, data);
}

static void
same_team_inside (gconstpointer jobs)
{
  g_autoptr (HpTeam) team = hp_team_new (GPOINTER_TO_UINT (jobs));

  hp_team_run (team, 4, run_again, team);
}

/* With one thread as with several */
static void
test_same_team_inside (void)
{
  static const char *const paths[]
    = { "/parallel/same-team-inside/subprocess/1", "/parallel/same-team-inside/subprocess/2" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_test_trap_subprocess (paths[i], 0, 0);
      g_test_trap_assert_failed ();
      g_test_trap_assert_stderr ("*hp_team_run: assertion*was_running*failed*");
    }
}

static void
test_jobs (void)
{
  g_autoptr (HpTeam) team = hp_team_new (0);

  g_assert_cmpuint (hp_team_default_jobs (), >=, 1);
  g_assert_cmpuint (hp_team_default_jobs (), <=, g_get_num_processors ());
  g_assert_cmpuint (hp_team_get_jobs (team), ==, hp_team_default_jobs ());
  /* A team that never runs ends all the same. */
  hp_team_free (hp_team_new (4));
  hp_team_free (NULL);
}

/* ---- control groups, in a folder made to look like /sys/fs/cgroup */
static void
put (const char *mount, const char *file, const char *contents)
{
  g_autofree char *path = g_build_filename (mount, file, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
}

static void
test_cgroup (void)
{
  g_autofree char *mount = g_dir_make_tmp ("test-cgroup-XXXXXX", NULL);

  put (mount, "cpu.max", "max 100000\n");
  put (mount, "half/cpu.max", "50000 100000\n");
  put (mount, "more/cpu.max", "250000 100000\n");
  put (mount, "more/inner/cpu.max", "max 100000\n");
  put (mount, "more/tight/cpu.max", "200000 100000\n");
  put (mount, "odd/cpu.max", "nonsense\n");
  put (mount, "odder/cpu.max", "100000\n");
  put (mount, "cpu,cpuacct/g/cpu.cfs_quota_us", "400000\n");
  put (mount, "cpu,cpuacct/g/cpu.cfs_period_us", "100000\n");
  put (mount, "cpu,cpuacct/free/cpu.cfs_quota_us", "-1\n");
  put (mount, "cpu,cpuacct/free/cpu.cfs_period_us", "100000\n");
  put (mount, "cpu/g/cpu.cfs_quota_us", "100001\n");
  put (mount, "cpu/g/cpu.cfs_period_us", "100000\n");

  /* Version 2 */
  g_assert_cmpuint (_hp_cgroup_cpus ("0::/\n", mount), ==, 0);
  g_assert_cmpuint (_hp_cgroup_cpus ("0::/half\n", mount), ==, 1);
  g_assert_cmpuint (_hp_cgroup_cpus ("0::/more\n", mount), ==, 3);
  g_assert_cmpuint (_hp_cgroup_cpus ("0::/more/inner\n", mount), ==, 3);
  g_assert_cmpuint (_hp_cgroup_cpus ("0::/more/tight\n", mount), ==, 2);
  g_assert_cmpuint (_hp_cgroup_cpus ("0::/more/absent/deeper\n", mount), ==, 3);
  g_assert_cmpuint (_hp_cgroup_cpus ("0::/odd\n", mount), ==, 0);
  g_assert_cmpuint (_hp_cgroup_cpus ("0::/odder\n", mount), ==, 0);
  g_assert_cmpuint (_hp_cgroup_cpus ("0::/../half\n", mount), ==, 0);
  /* Version 1, and both */
  g_assert_cmpuint (_hp_cgroup_cpus ("5:cpu,cpuacct:/g\n3:memory:/half\n", mount), ==, 4);
  g_assert_cmpuint (_hp_cgroup_cpus ("5:cpu,cpuacct:/free\n", mount), ==, 0);
  g_assert_cmpuint (_hp_cgroup_cpus ("5:cpuacct,cpu:/g\n", mount), ==, 2);
  g_assert_cmpuint (_hp_cgroup_cpus ("5:cpu,cpuacct:/g\n0::/half\n", mount), ==, 1);
  /* Nothing, or what is not understood */
  g_assert_cmpuint (_hp_cgroup_cpus ("", mount), ==, 0);
  g_assert_cmpuint (_hp_cgroup_cpus ("nonsense\n::\n0:cpu\n", mount), ==, 0);
  g_assert_cmpuint (_hp_cgroup_cpus ("0::/half\n", "/nowhere"), ==, 0);

  /* The group at the top limits all those below it. */
  put (mount, "cpu.max", "100000 100000\n");
  g_assert_cmpuint (_hp_cgroup_cpus ("0::/more/tight\n", mount), ==, 1);

  g_assert_true (hp_file_remove_tree (mount, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/parallel/every-index-once", test_every_index_once);
  g_test_add_func ("/parallel/short-runs", test_short_runs);
  g_test_add_func ("/parallel/at-the-same-time", test_at_the_same_time);
  g_test_add_func ("/parallel/one-job-is-the-caller", test_one_job_is_the_caller);
  g_test_add_func ("/parallel/one-job-in-order", test_one_job_in_order);
  g_test_add_func ("/parallel/other-team-inside", test_other_team_inside);
  g_test_add_func ("/parallel/same-team-inside", test_same_team_inside);
  g_test_add_data_func ("/parallel/same-team-inside/subprocess/1", GUINT_TO_POINTER (1), same_team_inside);
  g_test_add_data_func ("/parallel/same-team-inside/subprocess/2", GUINT_TO_POINTER (2), same_team_inside);
  g_test_add_func ("/parallel/jobs", test_jobs);
  g_test_add_func ("/parallel/cgroup", test_cgroup);

  return g_test_run ();
}

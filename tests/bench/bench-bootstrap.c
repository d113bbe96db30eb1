/* bench-bootstrap.c - intervals of all metrics, and what charts are made of, on 25,000 sales
 *
 * bench-bootstrap [SALES]: a line of JSON, the least milliseconds of five turns of each: of the clock for the
 * bootstrap, of the processor for the others, which use one thread. The sales are invented: prices spread as a
 * county's, errors of 15 % with heavy tails.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "hp-metrics.h"
#include "hp-random.h"
#include "hp-smooth.h"
#include "hp-spread.h"

#define TURNS 5

enum
{
  BOOTSTRAP_ONE,
  BOOTSTRAP_ALL,
  LOWESS,
  DENSITY,
  HISTOGRAM,
  NORMAL_PLOT,
  N_TASKS
};

static const char *const names[N_TASKS]
  = { "bootstrap_one_job", "bootstrap", "lowess", "density", "histogram", "normal_plot" };

typedef struct
{
  gsize n;
  double *predicted, *price, *residual;
  HpTeam *team;
} Bench;

static void
invent (Bench *bench)
{
  HpRandom random;

  hp_random_init (&random, 42, 0);
  for (gsize i = 0; i < bench->n; i++)
    {
      double error = 0.1 * hp_random_normal (&random) / sqrt (0.3 + hp_random_double (&random));

      bench->predicted[i] = round (exp (12 + 0.45 * hp_random_normal (&random)));
      bench->price[i] = round (bench->predicted[i] * exp (error));
      bench->residual[i] = bench->price[i] - bench->predicted[i];
    }
}

static void
perform (const Bench *bench, guint task)
{
  double low[HP_N_METRICS], high[HP_N_METRICS];

  switch (task)
    {
    case BOOTSTRAP_ONE:
    case BOOTSTRAP_ALL:
      hp_metrics_bootstrap (bench->predicted, bench->price, bench->n, NULL, 0, HP_BOOTSTRAP_REPLICATES,
                            HP_BOOTSTRAP_LEVEL, 42, task == BOOTSTRAP_ALL ? bench->team : NULL, low, high);
      break;
    case LOWESS:
      hp_curve_free (hp_lowess_curve (bench->predicted, bench->residual, bench->n, HP_LOWESS_SPAN, 200));
      break;
    case DENSITY:
      hp_curve_free (hp_density_curve (bench->residual, bench->n, 0, -1e5, 1e5, 512));
      break;
    case HISTOGRAM:
      hp_histogram_free (hp_histogram_new (bench->residual, bench->n));
      break;
    case NORMAL_PLOT:
    default:
      hp_normal_plot_free (hp_normal_plot_new (bench->residual, bench->n, 0.95));
      break;
    }
}

/* Milliseconds */
static double
now (guint task)
{
  struct timespec time;

  clock_gettime (task <= BOOTSTRAP_ALL ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1e3 * (double) time.tv_sec + 1e-6 * (double) time.tv_nsec;
}

int
main (int argc, char **argv)
{
  gsize n = argc > 1 ? strtoul (argv[1], NULL, 10) : 25000;
  g_autoptr (HpTeam) team = hp_team_new (0);
  g_autofree double *predicted = g_new (double, MAX (n, 1)), *price = g_new (double, MAX (n, 1)),
                    *residual = g_new (double, MAX (n, 1));
  Bench bench = { n, predicted, price, residual, team };
  double best[N_TASKS];

  invent (&bench);
  for (guint turn = 0; turn < TURNS; turn++)
    for (guint task = 0; task < N_TASKS; task++)
      {
        double started = now (task), took;

        perform (&bench, task);
        took = now (task) - started;
        best[task] = turn > 0 ? MIN (best[task], took) : took;
      }
  printf ("{\"sales\": %zu, \"jobs\": %u", n, hp_team_get_jobs (team));
  for (guint task = 0; task < N_TASKS; task++)
    printf (", \"%s\": %.2f", names[task], best[task]);
  printf ("}\n");
  return EXIT_SUCCESS;
}

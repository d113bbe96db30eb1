/* bench-score.c - how long scoring takes: libxgboost and each of our kernels, on the same models and rows
 *
 * bench-score [TREES [DEPTH]]: without arguments 500 and 100 trees of depth 6. Models are trained by libxgboost on
 * made-up rows of seven features, one value in fifty missing. In each round everybody has a turn; the figures are
 * medians of the rounds, on one core. Prints tables in Markdown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xgboost/c_api.h>

#include "hp-compiled.h"
#include "hp-parallel.h"
#include "hp-random.h"
#include "hp-xgboost.h"

enum
{
  FEATURES = 7,
  TRAINING_ROWS = 20000,
  BATCH = 4096,
  SINGLES = 1024, /* rows that are scored one a call */
  LARGE = 1 << 18,
  PART = 4096, /* what a thread scores at a time */
  ROUNDS = 15
};

typedef struct
{
  BoosterHandle booster;
  DMatrixHandle proxy;
  HpModel *model;
  HpCompiled *compiled;
  float *features; /* LARGE rows */
  double *margin;
} Bench;

static void
check (int status)
{
  if (status != 0)
    g_error ("%s", XGBGetLastError ());
}

static float *
make_rows (gsize n, guint64 seed)
{
  float *rows = g_new (float, n *FEATURES);
  HpRandom random;

  hp_random_init (&random, seed, 0);
  for (gsize i = 0; i < n * FEATURES; i++)
    {
      guint feature = i % FEATURES;

      rows[i] = feature == 1 || feature == 2 ? hp_random_below (&random, 9) : (float) hp_random_double (&random);
      if (hp_random_below (&random, 50) == 0)
        rows[i] = NAN;
    }
  return rows;
}

static void
train (Bench *bench, guint n_trees, guint depth)
{
  g_autofree float *rows = make_rows (TRAINING_ROWS, 1), *target = g_new (float, TRAINING_ROWS);
  g_autofree char *depth_text = g_strdup_printf ("%u", depth);
  const char *params[][2] = { { "max_depth", depth_text }, { "eta", "0.05" }, { "tree_method", "hist" },
                              { "base_score", "12" },      { "nthread", "1" }, { "verbosity", "0" } };
  DMatrixHandle matrix;
  HpRandom random;
  bst_ulong length;
  const char *json;

  hp_random_init (&random, 2, 0);
  for (guint i = 0; i < TRAINING_ROWS; i++)
    {
      const float *row = rows + i * FEATURES;

      target[i] = 12 + (float) hp_random_normal (&random) * 0.1f;
      for (guint f = 0; f < FEATURES; f++)
        if (!isnan (row[f]) && !isnan (row[(f + 1) % FEATURES]))
          target[i] += sinf (row[f] * (f + 3) + row[(f + 1) % FEATURES] * 7) / 2;
    }
  check (XGDMatrixCreateFromMat (rows, TRAINING_ROWS, FEATURES, NAN, &matrix));
  check (XGDMatrixSetFloatInfo (matrix, "label", target, TRAINING_ROWS));
  check (XGBoosterCreate (&matrix, 1, &bench->booster));
  for (guint i = 0; i < G_N_ELEMENTS (params); i++)
    check (XGBoosterSetParam (bench->booster, params[i][0], params[i][1]));
  for (guint t = 0; t < n_trees; t++)
    check (XGBoosterUpdateOneIter (bench->booster, t, matrix));
  check (XGBoosterSaveModelToBuffer (bench->booster, "{\"format\":\"json\"}", &length, &json));
  bench->model = hp_xgboost_model_read (json, length, HP_TARGET_PLAIN, FEATURES, NULL);
  g_assert (bench->model != NULL);
  check (XGDMatrixFree (matrix));
  check (XGProxyDMatrixCreate (&bench->proxy));
}

/* The way to value rows with the library that copies least */
static const float *
xgboost_predict (const Bench *bench, const float *rows, guint n)
{
  static const char config[] = "{\"type\":1,\"training\":false,\"iteration_begin\":0,\"iteration_end\":0,"
                               "\"strict_shape\":false,\"missing\":NaN,\"cache_id\":0}";
  char array[200];
  const bst_ulong *shape;
  const float *out;
  bst_ulong dimensions;

  g_snprintf (array, sizeof array,
              "{\"data\":[%" G_GSIZE_FORMAT ",true],\"shape\":[%u,%d],\"typestr\":\"<f4\",\"version\":3}",
              (gsize) rows, n, FEATURES);
  check (XGProxyDMatrixSetDataDense (bench->proxy, array));
  check (XGBoosterPredictFromDense (bench->booster, array, config, bench->proxy, &shape, &dimensions, &out));
  return out;
}

static double
xgboost_singles (const Bench *bench, guint kernel)
{
  for (guint i = 0; i < SINGLES; i++)
    bench->margin[i] = *xgboost_predict (bench, bench->features + i * FEATURES, 1);
  return SINGLES;
}

static double
xgboost_batch (const Bench *bench, guint kernel)
{
  const float *out = xgboost_predict (bench, bench->features, BATCH);

  for (guint i = 0; i < BATCH; i++)
    bench->margin[i] = out[i];
  return BATCH;
}

static double
our_singles (const Bench *bench, guint kernel)
{
  for (guint i = 0; i < SINGLES; i++)
    hp_compiled_margin (bench->compiled, kernel, bench->features + i * FEATURES, 1, bench->margin + i);
  return SINGLES;
}

static double
our_batch (const Bench *bench, guint kernel)
{
  hp_compiled_margin (bench->compiled, kernel, bench->features, BATCH, bench->margin);
  return BATCH;
}

static void
score_part (gsize index, guint worker, gpointer data)
{
  const Bench *bench = data;

  hp_model_margin (bench->model, bench->features + index * PART * FEATURES, PART, bench->margin + index * PART);
}

/* kernel: how many threads */
static double
our_threads (const Bench *bench, guint threads)
{
  g_autoptr (HpTeam) team = hp_team_new (threads);

  hp_team_run (team, LARGE / PART, score_part, (gpointer) bench);
  return LARGE;
}

typedef struct
{
  const char *name;
  double (*run) (const Bench *bench, guint kernel); /* returns the rows */
  guint kernel;
  double times[ROUNDS]; /* ns a row */
} Contender;

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* All margins have to be the library's before times mean anything. */
static void
run_rounds (const Bench *bench, Contender *contenders, guint n)
{
  for (guint round = 0; round < ROUNDS; round++)
    for (guint c = 0; c < n; c++)
      {
        gint64 start = g_get_monotonic_time ();
        double rows = contenders[c].run (bench, contenders[c].kernel);

        contenders[c].times[round] = (g_get_monotonic_time () - start) * 1000.0 / rows;
        for (guint i = 0; i < SINGLES && round == 0; i++)
          g_assert (bench->margin[i] == *xgboost_predict (bench, bench->features + i * FEATURES, 1));
      }
  for (guint c = 0; c < n; c++)
    qsort (contenders[c].times, ROUNDS, sizeof (double), compare_doubles);
}

static double
median (const Contender *contender)
{
  return contender->times[ROUNDS / 2];
}

static void
print_table (guint n_trees, guint depth, const Contender *contenders, guint n)
{
  printf ("| %u trees × depth %u, %d features | one row, µs | times faster | batch of %d, µs a row | times faster |\n"
          "|---|---|---|---|---|\n",
          n_trees, depth, FEATURES, BATCH);
  for (guint c = 0; c < n; c += 2)
    printf ("| %s | %.2f | %.1f | %.3f | %.1f |\n", contenders[c].name, median (&contenders[c]) / 1000,
            median (&contenders[0]) / median (&contenders[c]), median (&contenders[c + 1]) / 1000,
            median (&contenders[1]) / median (&contenders[c + 1]));
}

static void
bench_model (guint n_trees, guint depth)
{
  Bench bench = { .features = make_rows (LARGE, 3), .margin = g_new (double, LARGE) };
  Contender contenders[2 * (1 + HP_N_KERNELS) + 2] = {
    { "libxgboost, C API", xgboost_singles },
    { "libxgboost, C API", xgboost_batch },
  };
  guint n = 2;
  gint64 start;
  double one, two;

  train (&bench, n_trees, depth);
  start = g_get_monotonic_time ();
  bench.compiled = hp_compiled_new (bench.model);
  start = g_get_monotonic_time () - start;
  for (guint kernel = 0; kernel < HP_N_KERNELS; kernel++)
    if (hp_compiled_has (bench.compiled, kernel))
      {
        contenders[n++] = (Contender){ hp_kernel_name (kernel), our_singles, kernel };
        contenders[n++] = (Contender){ hp_kernel_name (kernel), our_batch, kernel };
      }
  contenders[n++] = (Contender){ "one thread", our_threads, 1 };
  contenders[n++] = (Contender){ "two threads", our_threads, 2 };
  run_rounds (&bench, contenders, n);
  print_table (n_trees, depth, contenders, n - 2);
  /* The best rounds: whoever else is at work on the machine takes from two threads twice. */
  one = contenders[n - 2].times[0];
  two = contenders[n - 1].times[0];
  printf ("\nTwo threads, %d rows: %.1f million rows/s, %.2f times one thread's %.1f (best rounds). Compiling takes "
          "%.1f ms; the model is %.0f KB, compiled %.0f KB.\n\n",
          LARGE, 1000 / two, one / two, 1000 / one, start / 1000.0,
          hp_model_get_n_nodes (bench.model) * sizeof (HpNode) / 1024.0,
          hp_compiled_get_size (bench.compiled) / 1024.0);
  hp_compiled_free (bench.compiled);
  hp_model_unref (bench.model);
  check (XGBoosterFree (bench.booster));
  check (XGDMatrixFree (bench.proxy));
  g_free (bench.features);
  g_free (bench.margin);
}

int
main (int argc, char **argv)
{
  if (argc > 1)
    bench_model (atoi (argv[1]), argc > 2 ? atoi (argv[2]) : 6);
  else
    {
      bench_model (500, 6);
      bench_model (100, 6);
    }
  return 0;
}

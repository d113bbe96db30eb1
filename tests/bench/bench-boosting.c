/* bench-boosting.c - gradient_boosting against libxgboost's hist on a large matrix
 *
 *   bench-boosting make ROWS FILE < CSV-of-features   rows drawn from the sales with replacement, jittered
 *   bench-boosting ours|xgboost FILE JOBS             fits, prints seconds, peak memory and held-out error
 *
 * Both see the same floats, sizes and loss; each runs in a process of its own, so that peak memory is its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <xgboost/c_api.h>

#include "hp-boosting.h"
#include "hp-random.h"

#define N_FEATURES 7
#define N_HELD_OUT 50000

enum { TREES = 100, DEPTH = 6, BINS = 255 };

typedef struct
{
  guint64 n;
  float  *features, *target;
} Data;

/* Standard input: lines of N_FEATURES numbers and the price. Every column gets noise of a fiftieth of its spread,
 * except those of few distinct values. */
static int
make (gsize n, const char *path)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (double));
  double value, sd[N_FEATURES + 1] = { 0 }, mean[N_FEATURES + 1] = { 0 };
  gsize n_sales;
  FILE *file = fopen (path, "wb");
  guint64 count = n;
  HpRandom random;

  while (scanf ("%lf", &value) == 1)
    g_array_append_val (rows, value);
  n_sales = rows->len / (N_FEATURES + 1);
  if (file == NULL || n_sales == 0)
    return 1;
  for (gsize i = 0; i < rows->len; i++)
    mean[i % (N_FEATURES + 1)] += g_array_index (rows, double, i) / n_sales;
  for (gsize i = 0; i < rows->len; i++)
    sd[i % (N_FEATURES + 1)] += pow (g_array_index (rows, double, i) - mean[i % (N_FEATURES + 1)], 2) / n_sales;
  hp_random_init (&random, 1, 1);
  fwrite (&count, sizeof count, 1, file);
  for (gsize i = 0; i < n; i++)
    {
      const double *sale = &g_array_index (rows, double, hp_random_below (&random, n_sales) * (N_FEATURES + 1));
      float row[N_FEATURES + 1];

      for (guint f = 0; f < N_FEATURES; f++)
        row[f] = f == 1 || f == 2 || f == 3 || f == 4 ? sale[f] : sale[f] + hp_random_normal (&random) * sqrt (sd[f]) / 50;
      row[N_FEATURES] = log (sale[N_FEATURES]) + hp_random_normal (&random) * 0.05;
      fwrite (row, sizeof *row, N_FEATURES + 1, file);
    }
  return fclose (file) != 0;
}

static Data
load (const char *path)
{
  Data data = { 0 };
  FILE *file = fopen (path, "rb");
  float row[N_FEATURES + 1];

  if (file == NULL || fread (&data.n, sizeof data.n, 1, file) != 1)
    exit (1);
  data.features = g_new (float, data.n * N_FEATURES);
  data.target = g_new (float, data.n);
  for (gsize i = 0; i < data.n; i++)
    {
      if (fread (row, sizeof *row, N_FEATURES + 1, file) != N_FEATURES + 1)
        exit (1);
      memcpy (data.features + i * N_FEATURES, row, N_FEATURES * sizeof *row);
      data.target[i] = row[N_FEATURES];
    }
  fclose (file);
  return data;
}

static void
report (const char *who, gint64 started, double squares, gsize n_held_out)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  printf ("{\"who\": \"%s\", \"seconds\": %.3f, \"peak_mb\": %.1f, \"rmse\": %.5f}\n", who,
          (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC, usage.ru_maxrss / 1024.0,
          sqrt (squares / n_held_out));
}

static int
ours (const Data *data, guint jobs)
{
  gsize n = data->n - N_HELD_OUT;
  HpBoostingParams params = { .loss = HP_LOSS_SQUARED, .trees = TREES, .learning_rate = 0.1, .subsample = 1,
                              .max_bins = BINS, .seed = 1,
                              .tree = { DEPTH, 1, 1, 0, 1, 1, NULL } };
  g_autoptr (HpTeam) team = hp_team_new (jobs);
  gint64 started = g_get_monotonic_time (), fitted;
  g_autoptr (HpModel) model = hp_boosting_fit (&params, HP_TARGET_PLAIN, data->features, data->target, n, N_FEATURES, NULL,
                                               NULL, 0, team, NULL, NULL);
  g_autofree double *margin = g_new (double, N_HELD_OUT);
  double squares = 0;

  fitted = g_get_monotonic_time () - started;
  hp_model_margin (model, data->features + n * N_FEATURES, N_HELD_OUT, margin);
  for (gsize i = 0; i < N_HELD_OUT; i++)
    squares += pow (margin[i] - data->target[n + i], 2);
  report ("ours", g_get_monotonic_time () - fitted, squares, N_HELD_OUT);
  return 0;
}

static int
xgboost (const Data *data, const char *jobs)
{
  gsize n = data->n - N_HELD_OUT;
  const char *params[][2] = { { "max_depth", "6" }, { "eta", "0.1" }, { "max_bin", "255" }, { "tree_method", "hist" },
                              { "lambda", "1" }, { "min_child_weight", "1" }, { "base_score", "12" }, { "nthread", jobs },
                              { "objective", "reg:squarederror" } };
  BoosterHandle booster;
  DMatrixHandle matrix, held_out;
  bst_ulong length;
  const float *margin;
  double squares = 0;
  gint64 started = g_get_monotonic_time (), fitted;

  XGDMatrixCreateFromMat_omp (data->features, n, N_FEATURES, NAN, &matrix, atoi (jobs));
  XGDMatrixSetFloatInfo (matrix, "label", data->target, n);
  XGBoosterCreate (&matrix, 1, &booster);
  for (gsize i = 0; i < G_N_ELEMENTS (params); i++)
    XGBoosterSetParam (booster, params[i][0], params[i][1]);
  for (int t = 0; t < TREES; t++)
    XGBoosterUpdateOneIter (booster, t, matrix);
  fitted = g_get_monotonic_time () - started;
  XGDMatrixCreateFromMat (data->features + n * N_FEATURES, N_HELD_OUT, N_FEATURES, NAN, &held_out);
  XGBoosterPredict (booster, held_out, 0, 0, 0, &length, &margin);
  for (gsize i = 0; i < N_HELD_OUT; i++)
    squares += pow (margin[i] - data->target[n + i], 2);
  report ("xgboost", g_get_monotonic_time () - fitted, squares, N_HELD_OUT);
  return 0;
}

int
main (int argc, char **argv)
{
  Data data;

  if (argc == 4 && g_str_equal (argv[1], "make"))
    return make (strtoul (argv[2], NULL, 10), argv[3]);
  if (argc != 4)
    return 2;
  data = load (argv[2]);
  return g_str_equal (argv[1], "ours") ? ours (&data, atoi (argv[3])) : xgboost (&data, argv[3]);
}

/* bench-explain.c - contributions against libxgboost's pred_contribs on the same model and rows, one thread
 *
 *   bench-explain DATA SCHEMA
 *
 * A model is trained by libxgboost on the data's log prices, and both take turns at explaining the same rows: all at
 * once, and one a call. Prints one JSON object a model, with medians in microseconds of processor a row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <xgboost/c_api.h>

#include "hp-preprocessor.h"
#include "hp-xgboost.h"

#define ROWS        512
#define SINGLES     16
#define ROUNDS      9
#define PREDICT_PHI 4 /* what XGBoosterPredict() calls contributions */

typedef struct
{
  float *features, *target;
  gsize n;
  guint n_features;
  BoosterHandle booster;
  DMatrixHandle rows, singles[SINGLES];
  HpModel *model;
} Bench;

/* Microseconds of this process: others that want the processors don't count. */
static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static void
check (int result)
{
  if (result != 0)
    g_error ("libxgboost: %s", XGBGetLastError ());
}

static gboolean
load (Bench *bench, const char *data, const char *path, GError **error)
{
  g_autoptr (HpFindings) findings = hp_findings_new (data);
  g_autoptr (HpSchema) schema = hp_schema_load (path, error);
  g_autoptr (HpTable) table = schema != NULL ? hp_table_load (data, schema, HP_TABLE_DEFAULT, findings, error) : NULL;
  g_autoptr (HpCleaned) cleaned = table != NULL ? hp_table_clean (table, schema, error) : NULL;
  g_autoptr (HpPreprocessor) pre = NULL;

  if (cleaned == NULL)
    return FALSE;
  pre = hp_preprocessor_fit (schema, (const char *const *) schema->features, table, cleaned->rows, cleaned->n_rows,
                             HP_ENCODING_ORDERED, error);
  if (pre == NULL)
    return FALSE;
  bench->n = cleaned->n_rows;
  bench->n_features = hp_preprocessor_get_n_features (pre);
  bench->features = hp_preprocessor_matrix (pre, table, cleaned->rows, cleaned->n_rows);
  bench->target = g_new (float, bench->n);
  for (gsize i = 0; i < bench->n; i++)
    bench->target[i] = log (hp_table_get_column (table, schema->target)->numbers[cleaned->rows[i]]);
  return TRUE;
}

static void
train (Bench *bench, guint trees, guint depth)
{
  g_autofree char *depth_text = g_strdup_printf ("%u", depth);
  g_autoptr (GError) error = NULL;
  DMatrixHandle matrix;
  bst_ulong length;
  const char *json;

  check (XGDMatrixCreateFromMat (bench->features, bench->n, bench->n_features, NAN, &matrix));
  check (XGDMatrixSetFloatInfo (matrix, "label", bench->target, bench->n));
  check (XGBoosterCreate (&matrix, 1, &bench->booster));
  check (XGBoosterSetParam (bench->booster, "max_depth", depth_text));
  check (XGBoosterSetParam (bench->booster, "learning_rate", "0.05"));
  check (XGBoosterSetParam (bench->booster, "tree_method", "hist"));
  check (XGBoosterSetParam (bench->booster, "nthread", "1"));
  check (XGBoosterSetParam (bench->booster, "verbosity", "0"));
  for (guint t = 0; t < trees; t++)
    check (XGBoosterUpdateOneIter (bench->booster, t, matrix));
  check (XGBoosterSaveModelToBuffer (bench->booster, "{\"format\":\"json\"}", &length, &json));
  bench->model = hp_xgboost_model_read (json, length, HP_TARGET_LOG, bench->n_features, &error);
  if (bench->model == NULL)
    g_error ("%s", error->message);
  check (XGDMatrixFree (matrix));
  check (XGDMatrixCreateFromMat (bench->features, ROWS, bench->n_features, NAN, &bench->rows));
  for (guint i = 0; i < SINGLES; i++)
    check (XGDMatrixCreateFromMat (bench->features + (gsize) i * bench->n_features, 1, bench->n_features, NAN,
                                   &bench->singles[i]));
}

static double
theirs (const Bench *bench, const float **phi)
{
  double start = now ();
  bst_ulong n;

  check (XGBoosterPredict (bench->booster, bench->rows, PREDICT_PHI, 0, 0, &n, phi));
  return (now () - start) / ROWS;
}

static double
theirs_single (const Bench *bench)
{
  double start = now ();
  const float *phi;
  bst_ulong n;

  for (guint i = 0; i < SINGLES; i++)
    check (XGBoosterPredict (bench->booster, bench->singles[i], PREDICT_PHI, 0, 0, &n, &phi));
  return (now () - start) / SINGLES;
}

static double
ours (const Bench *bench, double *phi, double *expected)
{
  double start = now ();

  hp_model_contributions (bench->model, bench->features, ROWS, phi, expected);
  return (now () - start) / ROWS;
}

static double
ours_single (const Bench *bench, double *phi, double *expected)
{
  double start = now ();

  for (guint i = 0; i < SINGLES; i++)
    hp_model_contributions (bench->model, bench->features + (gsize) i * bench->n_features, 1, phi, expected);
  return (now () - start) / SINGLES;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare);
  return values[ROUNDS / 2];
}

/* The greatest difference, relative to the row's contributions as a whole */
static double
difference (const Bench *bench, const float *their_phi, const double *phi)
{
  double worst = 0;

  for (gsize i = 0; i < ROWS; i++)
    {
      double size = 0, apart = 0;

      for (guint j = 0; j < bench->n_features; j++)
        {
          double their = their_phi[i * (bench->n_features + 1) + j];

          size += fabs (their);
          apart = MAX (apart, fabs (phi[i * bench->n_features + j] - their));
        }
      worst = MAX (worst, apart / size);
    }
  return worst;
}

static void
measure (Bench *bench, guint trees, guint depth)
{
  double their_batch[ROUNDS], our_batch[ROUNDS], their_single[ROUNDS], our_single[ROUNDS], expected, worst = 0;
  g_autofree double *phi = g_new (double, (gsize) ROWS * bench->n_features);
  const float *their_phi;
  double batch, single;

  train (bench, trees, depth);
  for (guint round = 0; round < ROUNDS; round++)
    {
      their_batch[round] = theirs (bench, &their_phi);
      our_batch[round] = ours (bench, phi, &expected);
      worst = MAX (worst, difference (bench, their_phi, phi));
      their_single[round] = theirs_single (bench);
      our_single[round] = ours_single (bench, phi, &expected);
    }
  batch = median (our_batch);
  single = median (our_single);
  printf ("{\"trees\":%u,\"depth\":%u,\"batch\":%.2f,\"xgboost_batch\":%.2f,\"batch_ratio\":%.1f,\"single\":%.1f,"
          "\"xgboost_single\":%.1f,\"single_ratio\":%.1f,\"difference\":%.2g}\n",
          trees, depth, batch, median (their_batch), median (their_batch) / batch, single, median (their_single),
          median (their_single) / single, worst);
  fflush (stdout);
  for (guint i = 0; i < SINGLES; i++)
    check (XGDMatrixFree (bench->singles[i]));
  check (XGDMatrixFree (bench->rows));
  check (XGBoosterFree (bench->booster));
  hp_model_unref (bench->model);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Bench bench = { 0 };

  if (argc != 3)
    return 2;
  if (!load (&bench, argv[1], argv[2], &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  measure (&bench, 100, 6);
  measure (&bench, 500, 4);
  measure (&bench, 500, 6);
  g_free (bench.features);
  g_free (bench.target);
  return 0;
}

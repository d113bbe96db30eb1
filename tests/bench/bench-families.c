/* bench-families.c - our families on given folds, for comparison with other programs on the same rows and folds
 *
 *   bench-families DATA SCHEMA accuracy SEED FOLDS-FILE   the defaults of every family; writes FOLDS-FILE
 *   bench-families DATA SCHEMA speed SEED FOLDS-FILE      the sizes that the peers use: 300 trees of a forest, 500 × depth 4
 *
 * Five folds of all usable rows. FOLDS-FILE: "row,fold" (row from 0). Prints one JSON object a family.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>

#include "hp-family.h"
#include "hp-split.h"

#define N_FOLDS 5

typedef struct
{
  const HpTable  *table;
  const HpSchema *schema;
  HpFold         *folds;
  HpFamily        family;
  HpParams        params;
  guint64         seed;
  double         *predicted;
} Bench;

static void
fit_fold (gsize index, guint worker, gpointer data)
{
  Bench *bench = data;
  const HpFold *fold = &bench->folds[index];
  const HpColumn *target = hp_table_get_column (bench->table, bench->schema->target);
  g_autoptr (HpTeam) alone = hp_team_new (1);
  g_autoptr (HpPreprocessor) pre
    = hp_preprocessor_fit (bench->schema, (const char *const *) bench->schema->features, bench->table, fold->train,
                           fold->n_train, hp_family_get_encoding (bench->family), NULL);
  g_autofree float *train = hp_preprocessor_matrix (pre, bench->table, fold->train, fold->n_train);
  g_autofree float *valid = hp_preprocessor_matrix (pre, bench->table, fold->valid, fold->n_valid);
  g_autofree double *prices = g_new (double, fold->n_train);
  g_autofree double *predicted = g_new (double, fold->n_valid);
  HpFitData fit = { train, prices, fold->n_train, hp_preprocessor_get_n_features (pre), hp_preprocessor_get_monotone (pre) };
  g_autoptr (HpModel) model = NULL;

  for (gsize i = 0; i < fold->n_train; i++)
    prices[i] = target->numbers[fold->train[i]];
  model = hp_family_fit (bench->family, &bench->params, &fit, bench->seed * 100 + index, alone, NULL, NULL);
  hp_model_predict (model, valid, fold->n_valid, predicted);
  for (gsize i = 0; i < fold->n_valid; i++)
    bench->predicted[fold->valid[i]] = predicted[i];
}

static void
set (HpFamily family, HpParams *params, const char *name, const char *value)
{
  int i = hp_family_find_param (family, name);

  if (i < 0 || !hp_family_parse_param (family, i, value, &params->value[i], NULL))
    g_error ("no %s", name);
}

static void
peers_sizes (HpFamily family, HpParams *params)
{
  if (family == HP_FAMILY_RANDOM_FOREST)
    {
      set (family, params, "features_per_node", "1");
      set (family, params, "min_leaf", "2");
    }
  else if (family == HP_FAMILY_GRADIENT_BOOSTING)
    {
      set (family, params, "loss", "squared");
      set (family, params, "depth", "4");
      set (family, params, "learning_rate", "0.05");
      set (family, params, "features_per_node", "1");
      set (family, params, "min_leaf", "1");
      set (family, params, "lambda", "0");
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpFindings) findings = NULL;
  g_autoptr (HpSchema) schema = NULL;
  g_autoptr (HpTable) table = NULL;
  g_autoptr (HpCleaned) cleaned = NULL;
  g_autoptr (HpTeam) team = hp_team_new (0);
  g_autofree double *predicted = NULL, *p = NULL, *y = NULL;
  HpFold *folds;
  FILE *file;
  guint64 seed;
  gboolean speed;

  if (argc != 6)
    return 2;
  findings = hp_findings_new (argv[1]);
  schema = hp_schema_load (argv[2], &error);
  table = schema != NULL ? hp_table_load (argv[1], schema, HP_TABLE_DEFAULT, findings, &error) : NULL;
  cleaned = table != NULL ? hp_table_clean (table, schema, &error) : NULL;
  if (cleaned == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  speed = g_str_equal (argv[3], "speed");
  seed = strtoull (argv[4], NULL, 10);
  folds = hp_folds_new (table, schema, cleaned->rows, cleaned->n_rows, N_FOLDS, seed);
  file = fopen (argv[5], "w");
  if (file == NULL)
    return 1;
  fputs ("row,fold\n", file);
  for (guint k = 0; k < N_FOLDS; k++)
    for (gsize i = 0; i < folds[k].n_valid; i++)
      fprintf (file, "%u,%u\n", folds[k].valid[i], k);
  fclose (file);

  predicted = g_new0 (double, table->n_rows);
  p = g_new (double, table->n_rows);
  y = g_new (double, table->n_rows);
  for (guint f = 0; f < (speed ? HP_FAMILY_XGBOOST : HP_N_FAMILIES); f++)
    {
      Bench bench = { table, schema, folds, f, { { 0 } }, seed, predicted };
      HpMetrics metrics;
      gint64 started = g_get_monotonic_time ();

      hp_family_default_params (f, &bench.params);
      if (speed)
        peers_sizes (f, &bench.params);
      hp_team_run (team, N_FOLDS, fit_fold, &bench);
      started = g_get_monotonic_time () - started;
      for (gsize i = 0; i < cleaned->n_rows; i++)
        {
          p[i] = predicted[cleaned->rows[i]];
          y[i] = hp_table_get_column (table, schema->target)->numbers[cleaned->rows[i]];
        }
      hp_metrics_compute (p, y, cleaned->n_rows, &metrics);
      printf ("{\"model\": \"%s\", \"seed\": %" G_GUINT64_FORMAT ", \"mae\": %.1f, \"rmse\": %.1f, \"r2\": %.4f, "
              "\"seconds\": %.3f}\n",
              hp_family_name (f), seed, metrics.value[HP_METRIC_MAE], metrics.value[HP_METRIC_RMSE],
              metrics.value[HP_METRIC_R2], started / 1e6);
    }
  hp_folds_free (folds, N_FOLDS);
  return 0;
}

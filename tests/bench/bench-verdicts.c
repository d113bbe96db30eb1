/* bench-verdicts.c - how often verdicts err: models that differ only by their seed, and models of half the data
 *
 *   bench-verdicts DATA SCHEMA FAMILY FOLDS N-PAIRS N-HALVES
 *
 * A pair is two trainings whose seeds differ, as `train --seed` does it: other splits, other draws. A half is a
 * training against another with the same seed, folds and test share, of which each fit sees a random half of the data.
 * All out-of-sample sales count. Prints one JSON object a comparison.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "hp-comparison.h"
#include "hp-family.h"
#include "hp-random.h"
#include "hp-split.h"

#define TEST_FRACTION 0.2

typedef struct
{
  const HpTable *table;
  const HpSchema *schema;
  const HpCleaned *cleaned;
  HpFamily family;
  guint n_folds;
  HpTeam *team;
} Bench;

/* One training's out-of-sample predictions, by row of the table */
typedef struct
{
  const Bench *bench;
  const HpSplit *split;
  guint64 seed;
  const guint8 *used; /* (nullable) by row: which may be trained on */
  double *predicted;
} Trained;

static void
fit (gsize index, guint worker G_GNUC_UNUSED, gpointer data)
{
  Trained *trained = data;
  const Bench *bench = trained->bench;
  const HpSplit *split = trained->split;
  gboolean is_test = index == split->n_folds;
  const guint32 *given = is_test ? split->train : split->folds[index].train;
  const guint32 *asked = is_test ? split->test : split->folds[index].valid;
  gsize n_given = is_test ? split->n_train : split->folds[index].n_train, n = 0;
  gsize n_asked = is_test ? split->n_test : split->folds[index].n_valid;
  const HpColumn *target = hp_table_get_column (bench->table, bench->schema->target);
  g_autofree guint32 *rows = g_new (guint32, n_given);
  g_autofree double *prices = g_new (double, n_given);
  g_autofree double *predicted = g_new (double, n_asked);
  g_autofree float *features = NULL, *questions = NULL;
  g_autoptr (HpPreprocessor) pre = NULL;
  g_autoptr (HpTeam) alone = hp_team_new (1);
  g_autoptr (HpModel) model = NULL;
  HpParams params;

  for (gsize i = 0; i < n_given; i++)
    if (trained->used == NULL || trained->used[given[i]])
      {
        prices[n] = target->numbers[given[i]];
        rows[n++] = given[i];
      }
  pre = hp_preprocessor_fit (bench->schema, (const char *const *) bench->schema->features, bench->table, rows, n,
                             hp_family_get_encoding (bench->family), NULL);
  features = hp_preprocessor_matrix (pre, bench->table, rows, n);
  questions = hp_preprocessor_matrix (pre, bench->table, asked, n_asked);
  hp_family_default_params (bench->family, &params);
  model = hp_family_fit (bench->family, &params,
                         &(HpFitData){ features, prices, n, hp_preprocessor_get_n_features (pre),
                                       hp_preprocessor_get_monotone (pre), NULL },
                         trained->seed * 100 + index, alone, NULL, NULL);
  hp_model_predict (model, questions, n_asked, predicted);
  for (gsize i = 0; i < n_asked; i++)
    trained->predicted[asked[i]] = predicted[i];
}

static HpResidualSet *
train (const Bench *bench, const char *name, guint64 seed, const guint8 *used)
{
  g_autoptr (HpSplit) split = hp_split_new (bench->table, bench->schema, bench->cleaned->rows, bench->cleaned->n_rows,
                                            HP_SPLIT_RANDOM, TEST_FRACTION, bench->n_folds, seed, NULL);
  g_autofree double *predicted = g_new0 (double, bench->table->n_rows);
  const HpColumn *target = hp_table_get_column (bench->table, bench->schema->target);
  Trained trained = { bench, split, seed, used, predicted };
  g_autoptr (GString) csv = g_string_new ("row,line,fold,price,predicted,low,high\n");
  g_autoptr (GError) error = NULL;
  HpResidualSet *set;

  hp_team_run (bench->team, split->n_folds + 1, fit, &trained);
  for (guint k = 0; k <= split->n_folds; k++)
    {
      const guint32 *rows = k < split->n_folds ? split->folds[k].valid : split->test;
      gsize n = k < split->n_folds ? split->folds[k].n_valid : split->n_test;
      g_autofree char *fold = k < split->n_folds ? g_strdup_printf ("%u", k) : g_strdup ("test");

      for (gsize i = 0; i < n; i++)
        g_string_append_printf (csv, "%u,%u,%s,%.2f,%.2f,,\n", rows[i] + 1, rows[i] + 2, fold, target->numbers[rows[i]],
                                predicted[rows[i]]);
    }
  set = hp_residual_set_new_holdout (csv->str, csv->len, name, bench->schema, HP_TARGET_LOG, &error);
  if (set == NULL)
    g_error ("%s", error->message);
  return set;
}

static void
tell (const Bench *bench, const char *kind, guint index, HpResidualSet *a, HpResidualSet *b)
{
  HpResidualSet *const sets[] = { a, b };
  HpComparisonOptions options = HP_COMPARISON_OPTIONS_DEFAULT;
  g_autoptr (HpComparison) comparison = NULL;
  char *nothing[] = { NULL };
  const HpPair *pair;

  options.by = nothing;
  options.n_movers = 0;
  comparison = hp_comparison_new (sets, 2, &options, bench->team, NULL);
  pair = &comparison->pairs[0];
  printf ("{\"kind\": \"%s\", \"index\": %u, \"n\": %" G_GSIZE_FORMAT
          ", \"verdict\": \"%s\", \"mae\": %.0f, \"difference\": %.0f, "
          "\"low\": %.0f, \"high\": %.0f, \"rope\": %.0f}\n",
          kind, index, pair->n, hp_verdict_name (pair->verdict), comparison->metrics[0].value[HP_METRIC_MAE],
          pair->value[HP_METRIC_MAE], pair->low[HP_METRIC_MAE], pair->high[HP_METRIC_MAE], pair->rope);
  fflush (stdout);
}

/* A random half of the rows */
static guint8 *
draw_half (const Bench *bench, guint64 seed)
{
  g_autofree guint32 *order = g_memdup2 (bench->cleaned->rows, bench->cleaned->n_rows * sizeof *bench->cleaned->rows);
  guint8 *used = g_new0 (guint8, bench->table->n_rows);
  HpRandom random;

  hp_random_init (&random, seed, 77);
  hp_random_shuffle (&random, order, bench->cleaned->n_rows);
  for (gsize i = 0; i < bench->cleaned->n_rows / 2; i++)
    used[order[i]] = 1;
  return used;
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
  Bench bench = { 0 };
  guint n_pairs, n_halves;

  if (argc != 7 || !hp_family_from_name (argv[3], &bench.family))
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
  bench = (Bench){ table, schema, cleaned, bench.family, (guint) atoi (argv[4]), team };
  n_pairs = (guint) atoi (argv[5]);
  n_halves = (guint) atoi (argv[6]);
  for (guint i = 0; i < MAX (n_pairs, n_halves); i++)
    {
      g_autoptr (HpResidualSet) champion = train (&bench, "champion", 2 * i + 1, NULL);

      if (i < n_pairs)
        {
          g_autoptr (HpResidualSet) other = train (&bench, "other", 2 * i + 2, NULL);

          tell (&bench, "seed", i, champion, other);
        }
      if (i < n_halves)
        {
          g_autofree guint8 *used = draw_half (&bench, i);
          g_autoptr (HpResidualSet) half = train (&bench, "half", 2 * i + 1, used);

          tell (&bench, "half", i, champion, half);
        }
    }
  return 0;
}

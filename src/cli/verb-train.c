/* verb-train.c - hands a training over to the helper program
 *
 * The helper links LAPACK and XGBoost, whose loading would cost every other verb more than its own work.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-cli-train.h"

static const HpCliOption options[] = {
  { "schema", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliTrainOptions, schema), N_ ("FILE"),
    N_ ("Schema (default: the one beside DATA, else the shipped one)") },
  { "family", 0, HP_CLI_LIST, G_STRUCT_OFFSET (HpCliTrainOptions, families), N_ ("FAMILY"),
    N_ ("linear, random_forest, gradient_boosting or xgboost; may be repeated (default: all)") },
  { "folds", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliTrainOptions, folds), N_ ("N"),
    N_ ("Folds of the cross-validation (default: 5)") },
  { "test-fraction", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliTrainOptions, test_fraction), N_ ("SHARE"),
    N_ ("Share of the sales kept for the test (default: 0.2)") },
  { "split", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliTrainOptions, split), N_ ("METHOD"),
    N_ ("random, or time: train on the past, test on the newest sales (default: random)") },
  { "trials", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliTrainOptions, trials), N_ ("N"),
    N_ ("Settings to try for each family (default: 0, its defaults)") },
  { "seed", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliTrainOptions, seed), N_ ("N"),
    N_ ("Of everything random (default: 42)") },
  { "config", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliTrainOptions, config), N_ ("FILE"),
    N_ ("Read these options and the families' parameters from YAML") },
  { "keep-leak", 0, HP_CLI_LIST, G_STRUCT_OFFSET (HpCliTrainOptions, keep_leaks), N_ ("COL"),
    N_ ("Use this column although it gives the price away; may be repeated") },
  { "learning-curve", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (HpCliTrainOptions, learning_curve), NULL,
    N_ ("Measure how errors fall with the number of sales too; takes three times as long") },
  { "promote", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (HpCliTrainOptions, promote), NULL,
    N_ ("Make the best version champion if it passes its gates and isn't worse") },
  { "no-refit", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (HpCliTrainOptions, no_refit), NULL,
    N_ ("Keep the model fitted without the test sales") },
  { "no-register", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (HpCliTrainOptions, no_register), NULL,
    N_ ("Only show the results") },
  { "progress", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliTrainOptions, progress), N_ ("HOW"),
    N_ ("auto, json or none (default: auto: a bar on a terminal)") },
  { NULL },
};

/* What fits may not depend on is set here, since the libraries read it when they are loaded: sums in BLAS are split by
 * its threads, so it gets one (parallel work is ours, over folds and families), and what OpenMP would take from the
 * environment is taken out. */
static void
set_environment (void)
{
  static const char *const unwanted[] = { "OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OMP_DYNAMIC",      "OMP_SCHEDULE",
                                          "OMP_PROC_BIND",   "OMP_PLACES",       "GOMP_CPU_AFFINITY" };

  for (gsize i = 0; i < G_N_ELEMENTS (unwanted); i++)
    g_unsetenv (unwanted[i]);
  g_setenv ("OPENBLAS_NUM_THREADS", "1", TRUE);
  g_setenv ("BLIS_NUM_THREADS", "1", TRUE);
  g_setenv ("MKL_NUM_THREADS", "1", TRUE);
}

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  set_environment ();
  hp_cli_exec_helper (cli, HP_TRAIN_HELPER, error);
  return 0;
}

const HpCliVerb hp_verb_train = {
  .name = "train",
  .arguments = "DATA",
  .summary = N_ ("train, test and register versions"),
  .examples = "house-price train data/house_data.csv\n"
              "house-price train sales.csv --family gradient_boosting --trials 40 --promote\n"
              "house-price train sales.csv --split time --no-register --json",
  .details
  = N_ ("Cross-validates each family, tests it on sales it has not seen, compares it with the schema's gates and\n"
        "registers it as a version, passed or not. The best that passed becomes champion if there is none yet,\n"
        "or with --promote if it isn't worse than the champion. Exit status 6 when none passed."),
  .options = options,
  .options_size = sizeof (HpCliTrainOptions),
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run,
};

/* verb-models-import.c - adds a version from a model that another program trained
 *
 * What measures it is what measures our own trainings, and lives in the same helper program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-cli-import.h"
#include "hp-cli-train.h"

static const HpCliOption options[] = {
  { "schema", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliImportOptions, schema), N_ ("FILE"),
    N_ ("What the features mean (default: DATA.schema.yaml, else the shipped one)") },
  { "data", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliImportOptions, data), N_ ("FILE"),
    N_ ("Sales to test and calibrate it on, best ones that it was not trained on") },
  { "target", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliImportOptions, target), N_ ("WHAT"),
    N_ ("What it was fitted on: price, log or log1p of it (default: price)") },
  { "best-iteration", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (HpCliImportOptions, best_iteration), NULL,
    N_ ("Only the trees up to the best iteration, as XGBRegressor predicts") },
  { NULL },
};

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  hp_cli_exec_helper (cli, HP_TRAIN_HELPER, error);
  return 0;
}

const HpCliVerb hp_verb_models_import = {
  .name = "models import",
  .arguments = "FILE",
  .summary = N_ ("add a version from a model that XGBoost saved"),
  .examples = "house-price models import model.ubj --data data/house_data.csv\n"
              "house-price models import model.json --schema county.schema.yaml --data sales-2024.csv --target log1p\n"
              "house-price models import model.json --schema county.schema.yaml --json",
  .details = N_ (
    "Reads what booster.save_model() writes as .json or .ubj: gbtree, dart and gblinear of any version from 1.0 to\n"
    "3.x. Features are matched by name with the schema's columns and derived features. A category's code is\n"
    "what the file says (from 3.1 on), else its place in the schema's order, else in alphabetical order. The\n"
    "version is tested and calibrated on --data as a trained one would be; without it, its prices have no\n"
    "intervals and it can't be promoted. Pickles are refused: they can run code. Exit status 6 when it did not\n"
    "pass its gates; it is registered all the same."),
  .options = options,
  .options_size = sizeof (HpCliImportOptions),
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run,
};

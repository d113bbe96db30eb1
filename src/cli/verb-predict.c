/* verb-predict.c - values one house; a file of them is hp-predict-file.c's work
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-cli-predict.h"
#include "hp-settings.h"

#define MAX_COMPARABLES 1000

typedef struct
{
  char *input, *output, *comparables, *interval, *as_of, *model, *server, *source;
  gboolean explain, impute, strict;
} Options;

static const HpCliOption options[] = {
  { "explain", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (Options, explain), NULL,
    N_ ("Show what each attribute adds to the price") },
  { "comparables", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, comparables), N_ ("N"),
    N_ ("Show the N most similar sales; warn when few are similar") },
  { "interval", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, interval), N_ ("LEVEL"),
    N_ ("How sure the interval should be (default: 0.9)") },
  { "as-of", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, as_of), N_ ("DATE"),
    N_ ("Value at this date: YYYY, YYYY-MM or YYYY-MM-DD") },
  { "impute", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (Options, impute), NULL,
    N_ ("Fill in missing attributes, with a warning") },
  { "model", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, model), N_ ("VERSION"),
    N_ ("Version or alias that values (default: champion)") },
  { "source", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, source), N_ ("SOURCE"),
    N_ ("Who values: auto, server or local (default: auto)") },
  { "server", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, server), N_ ("URL"), N_ ("The server to ask (default: HOUSE_PRICE_SERVER, else the settings')") },
  { "input", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, input), N_ ("FILE"),
    N_ ("Value every row of a CSV (-: standard input)") },
  { "output", 'o', HP_CLI_TEXT, G_STRUCT_OFFSET (Options, output), N_ ("FILE"),
    N_ ("Write the valued CSV here (default: standard output)") },
  { "strict", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (Options, strict), NULL, N_ ("Stop at the first bad row of the CSV") },
  { NULL },
};

static gboolean
check_source (const Options *given, GError **error)
{
  if (given->source == NULL || g_str_equal (given->source, "auto") || g_str_equal (given->source, "local")
      || g_str_equal (given->source, "server"))
    return TRUE;
  hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--source: “%s” is not one of auto, server, local"), given->source);
  return FALSE;
}

static gboolean
read_options (const Options *given, HpPredictJob *job, GError **error)
{
  guint64 comparables = 0;

  if (given->comparables != NULL
      && !hp_cli_parse_uint ("--comparables", given->comparables, 0, MAX_COMPARABLES, &comparables, error))
    return FALSE;
  if (!hp_cli_parse_level (given->interval, &job->valuation.level, error))
    return FALSE;
  if (given->as_of != NULL && !hp_date_parse (given->as_of, strlen (given->as_of), &job->valuation.as_of))
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--as-of: “%s” is not a date (YYYY, YYYY-MM or YYYY-MM-DD)"),
                    given->as_of);
      return FALSE;
    }
  job->valuation.explain = given->explain;
  job->valuation.n_comparables = comparables;
  job->valuation.impute = given->impute;
  job->strict = given->strict;
  job->input = given->input;
  job->output = given->output;
  return check_source (given, error);
}

/* Options that only make sense with a file, or only without, and the house itself */
static gboolean
check_combination (HpCli *cli, const Options *given, char **arguments, GError **error)
{
  const char *wrong = NULL;

  if (given->input == NULL)
    wrong = given->output != NULL ? "-o" : given->strict ? "--strict" : NULL;
  if (wrong != NULL)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("%s goes with --input FILE"), wrong);
      return FALSE;
    }
  if (given->input != NULL && arguments[0] != NULL)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--input FILE and a house's attributes don't go together"));
      return FALSE;
    }
  if (given->input != NULL && (given->server != NULL || g_strcmp0 (given->source, "server") == 0))
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL,
                    _ ("a file of houses is valued on this computer: leave out %s"),
                    given->server != NULL ? "--server" : "--source server");
      return FALSE;
    }
  if (given->input != NULL && !cli->globals.json && (given->explain || given->comparables != NULL))
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("a CSV has no room for %s: add --json, or value one house"),
                    given->explain ? "--explain" : "--comparables");
      return FALSE;
    }
  if (given->input == NULL && arguments[0] == NULL)
    {
      hp_set_error (
        error, HP_ERROR_USAGE, NULL,
        _ ("predict needs a house's attributes (KEY=VALUE …) or --input FILE; see “house-price predict --help”"));
      return FALSE;
    }
  return TRUE;
}

/* The server to ask, or NULL: none is configured, or none is wanted */
static char *
find_server (const Options *given)
{
  g_autofree char *file = g_build_filename (g_get_user_config_dir (), "house-price", "settings.ini", NULL);
  g_autoptr (GSettings) settings = NULL;

  if (g_strcmp0 (given->source, "local") == 0)
    return NULL;
  if (given->server != NULL)
    return g_strdup (given->server);
  /* Settings cost a millisecond: where nothing was ever set there is none to read. */
  if (g_file_test (file, G_FILE_TEST_EXISTS))
    settings = hp_settings_new ();
  return hp_settings_get_server (settings);
}

/* Local, or as the helper does it; NULL with an error, or in the place of this program the helper */
static HpValuer *
make_valuer (HpCli *cli, const Options *given, const HpCliOnline *online, GError **error)
{
  gboolean only_server = g_strcmp0 (given->source, "server") == 0;
  g_autoptr (HpRegistry) registry = hp_cli_open_registry (cli, error);
  g_autoptr (HpValuer) local = registry != NULL ? hp_local_valuer_new (registry) : NULL;
  g_autofree char *server = find_server (given);

  if (local == NULL)
    return NULL;
  if (server == NULL && only_server)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL,
                    _ ("no server is configured: name one with --server URL, or in HOUSE_PRICE_SERVER"));
      return NULL;
    }
  if (server == NULL)
    return g_steal_pointer (&local);
  if (online != NULL)
    return online->make_valuer (server, local, only_server, error);
  hp_cli_exec_helper (cli, HP_PREDICT_HELPER, error);
  return NULL;
}

static void
value_file (HpCli *cli, const Options *given, HpPredictJob *job, GError **error)
{
  g_autoptr (HpRegistry) registry = hp_cli_open_registry (cli, error);
  g_autoptr (HpBundle) bundle = registry != NULL ? hp_registry_load (registry, given->model, error) : NULL;
  g_autofree char *version = NULL;

  job->predictor = bundle != NULL ? hp_bundle_get_predictor (bundle, job->valuation.n_comparables > 0, error) : NULL;
  if (job->predictor == NULL)
    {
      hp_cli_add_remedy (error);
      return;
    }
  version = g_strdup_printf ("%u", hp_bundle_get_version (bundle));
  job->model = hp_registry_get_name (registry);
  job->version = version;
  hp_predict_file (cli, job, error);
}

/**
 * hp_cli_predict:
 * @cli: the context
 * @values: predict's options
 * @arguments: the house
 * @online: (nullable): how to ask a server; %NULL: by the helper program
 * @error: return location for a #GError
 *
 * Runs predict, in house-price and in its helper alike.
 *
 * Returns: the exit status if there is no error
 */
int
hp_cli_predict (HpCli *cli, gconstpointer values, char **arguments, const HpCliOnline *online, GError **error)
{
  const Options *given = values;
  HpPredictJob job = { .json = cli->globals.json };
  g_autoptr (HpValuer) valuer = NULL;

  if (!read_options (given, &job, error) || !check_combination (cli, given, arguments, error))
    return 0;
  if (job.input != NULL)
    {
      value_file (cli, given, &job, error);
      return 0;
    }
  /* one house as JSON always has all its members: its reasons take a millisecond */
  job.valuation.explain |= job.json;
  valuer = make_valuer (cli, given, online, error);
  if (valuer != NULL && hp_predict_house (cli, &job, valuer, given->model, arguments, error) && online != NULL)
    online->tell_source (cli, valuer);
  return 0;
}

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  return hp_cli_predict (cli, values, arguments, NULL, error);
}

const HpCliVerb hp_verb_predict = {
  .name = "predict",
  .arguments = "KEY=VALUE… | --input FILE",
  .summary = N_ ("value one house, or every row of a CSV"),
  .examples = "house-price predict sqft=1656 bedrooms=3 bathrooms=2 location=\"North Ames\" \\\n"
              "  condition=Average year_built=1960\n"
              "house-price predict --explain --comparables 5 sqft=1656 bedrooms=3 bathrooms=2 \\\n"
              "  location=\"North Ames\" condition=Average year_built=1960 --json\n"
              "house-price predict --input houses.csv -o valued.csv\n"
              "gunzip -c houses.csv.gz | house-price predict --input - > valued.csv",
  .details
  = N_ ("A valued CSV has the input's columns and predicted_price, low, high, version and warnings. A bad row is\n"
        "reported with its line, has no price, and does not stop the rest; the exit status is then 3.\n"
        "With --json a CSV becomes one JSON object a line.\n"
        "\n"
        "With --source auto a configured server is asked first; when it does not answer, the model on this computer\n"
        "values the house, and a warning says so. A file of houses is always valued on this computer."),
  .options = options,
  .options_size = sizeof (Options),
  .max_arguments = 4096,
  .run = run,
};

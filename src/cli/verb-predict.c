/* verb-predict.c - values one house; a file of them is hp-predict-file.c's work
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-cli-predict.h"
#include "hp-text.h"

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
  { "server", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, server), N_ ("URL"), N_ ("The server to ask") },
  { "input", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, input), N_ ("FILE"),
    N_ ("Value every row of a CSV (-: standard input)") },
  { "output", 'o', HP_CLI_TEXT, G_STRUCT_OFFSET (Options, output), N_ ("FILE"),
    N_ ("Write the valued CSV here (default: standard output)") },
  { "strict", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (Options, strict), NULL, N_ ("Stop at the first bad row of the CSV") },
  { NULL },
};

/**
 * hp_cli_sign_valuation:
 * @valuation: a valuation that hp_predictor_value() made
 * @job: whose model made it
 *
 * Writes into it who made it.
 */
void
hp_cli_sign_valuation (HpValuation *valuation, const HpPredictJob *job)
{
  g_free (valuation->model);
  g_free (valuation->version);
  g_free (valuation->source);
  valuation->model = g_strdup (job->model);
  valuation->version = g_strdup (job->version);
  valuation->source = g_strdup ("local");
}

static gboolean
check_source (const Options *given, GError **error)
{
  if (given->source != NULL && !g_str_equal (given->source, "auto") && !g_str_equal (given->source, "local")
      && !g_str_equal (given->source, "server"))
    hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--source: “%s” is not one of auto, server, local"), given->source);
  else if (g_strcmp0 (given->source, "server") == 0
           || (given->server != NULL && g_strcmp0 (given->source, "local") != 0))
    hp_set_error (
      error, HP_ERROR_UNREACHABLE, NULL,
      _ ("this version values houses on this computer only and can't ask a server; leave out --server, or use "
         "--source local"));
  else
    return TRUE;
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

static void
add_unknown_key (HpCli *cli, const HpPreprocessor *pre, const char *key)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *shown = hp_text_printable (key, -1, 40), *list = NULL, *target = NULL, *same = NULL;
  const char *near_name;

  for (guint i = 0; i < hp_preprocessor_get_n_attributes (pre); i++)
    g_ptr_array_add (names, hp_preprocessor_get_attribute (pre, i)->name);
  g_ptr_array_add (names, NULL);
  target = hp_text_key (hp_preprocessor_get_target (pre), -1);
  same = hp_text_key (key, -1);
  near_name = hp_text_suggest (key, (const char *const *) names->pdata);
  list = g_strjoinv (", ", (char **) names->pdata);
  if (g_str_equal (target, same))
    hp_cli_add_problem (cli, key, _ ("%s: this is what is valued; leave it out"), shown);
  else if (near_name != NULL)
    hp_cli_add_problem (cli, key, _ ("%s: the model has no such attribute; did you mean %s?"), shown, near_name);
  else
    hp_cli_add_problem (cli, key, _ ("%s: the model has no such attribute; it has %s"), shown, list);
}

/* The message with its field in front, unless it begins with it */
static void
add_bad_value (HpCli *cli, const char *field, const char *message)
{
  if (g_str_has_prefix (message, field))
    hp_cli_add_problem (cli, field, "%s", message);
  else
    hp_cli_add_problem (cli, field, "%s: %s", field, message);
}

static gboolean
set_attribute (HpCli *cli, HpHouse *house, const HpPreprocessor *pre, const char *argument, gboolean *given,
               GError **error)
{
  const char *equals = strchr (argument, '=');
  g_autofree char *key = NULL;
  g_autoptr (GError) value_error = NULL;
  int i;

  if (equals == NULL || equals == argument || !g_utf8_validate (argument, -1, NULL))
    {
      g_autofree char *shown = hp_text_printable (argument, -1, 40);

      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("“%s” is not KEY=VALUE; write sqft=1656, location=\"North Ames\""),
                    shown);
      return FALSE;
    }
  key = g_strndup (argument, equals - argument);
  i = hp_preprocessor_find_attribute (pre, key);
  if (i < 0)
    add_unknown_key (cli, pre, key);
  else if (given[i])
    hp_cli_add_problem (cli, hp_preprocessor_get_attribute (pre, i)->name, _ ("%s: given twice; give it once"),
                        hp_preprocessor_get_attribute (pre, i)->name);
  else
    {
      given[i] = TRUE;
      if (!hp_house_set_text (house, pre, i, equals + 1, strlen (equals + 1), &value_error))
        add_bad_value (cli, hp_preprocessor_get_attribute (pre, i)->name, value_error->message);
      else if ((house->flags[i] & HP_FLAG_MISSING) != 0)
        given[i] = FALSE;
    }
  return TRUE;
}

static void
add_missing (HpCli *cli, const HpPreprocessor *pre, const gboolean *given)
{
  g_autoptr (GString) names = g_string_new (NULL);
  const char *first = NULL;

  for (guint i = 0; i < hp_preprocessor_get_n_attributes (pre); i++)
    {
      const HpAttribute *attribute = hp_preprocessor_get_attribute (pre, i);

      if (given[i] || !attribute->required)
        continue;
      if (first == NULL)
        first = attribute->name;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", attribute->name);
    }
  if (first != NULL)
    hp_cli_add_problem (cli, first, _ ("missing: %s; give every attribute, or fill in what is missing with --impute"),
                        names->str);
}

/* All that is wrong with a house is told at once. */
static HpHouse *
read_house (HpCli *cli, const HpPredictJob *job, char **arguments, GError **error)
{
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (job->predictor);
  g_autoptr (HpHouse) house = hp_house_new (pre);
  g_autofree gboolean *given = g_new0 (gboolean, hp_preprocessor_get_n_attributes (pre));

  for (char **argument = arguments; *argument != NULL; argument++)
    if (!set_attribute (cli, house, pre, *argument, given, error))
      return NULL;
  if (!job->valuation.impute)
    add_missing (cli, pre, given);
  if (cli->problems->len == 0)
    return g_steal_pointer (&house);
  hp_cli_set_problems (cli, HP_ERROR_BAD_ATTRIBUTE, error);
  return NULL;
}

static gboolean
value_house (HpCli *cli, const HpPredictJob *job, char **arguments, GError **error)
{
  g_autoptr (HpHouse) house = read_house (cli, job, arguments, error);
  g_autoptr (HpValuation) valuation = NULL;
  g_autoptr (HpJsonWriter) writer = NULL;
  g_autofree char *text = NULL;

  if (house == NULL)
    return FALSE;
  valuation = hp_predictor_value (job->predictor, house, &job->valuation, error);
  if (valuation == NULL)
    return FALSE;
  hp_cli_sign_valuation (valuation, job);
  if (!job->json)
    {
      text = hp_cli_valuation_text (cli, valuation, hp_predictor_get_preprocessor (job->predictor));
      return hp_cli_print (cli, text, error);
    }
  writer = hp_json_writer_new (FALSE);
  hp_valuation_write_json (valuation, writer);
  return hp_cli_print_json (cli, writer, error);
}

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const Options *given = values;
  HpPredictJob job = { .json = cli->globals.json };
  g_autoptr (HpRegistry) registry = NULL;
  g_autoptr (HpBundle) bundle = NULL;
  g_autofree char *version = NULL;

  if (!read_options (given, &job, error) || !check_combination (cli, given, arguments, error))
    return 0;
  /* one house as JSON always has all its members: its reasons take a millisecond */
  job.valuation.explain |= job.json && job.input == NULL;
  registry = hp_cli_open_registry (cli, error);
  bundle = registry != NULL ? hp_registry_load (registry, given->model, error) : NULL;
  job.predictor = bundle != NULL ? hp_bundle_get_predictor (bundle, job.valuation.n_comparables > 0, error) : NULL;
  if (job.predictor == NULL)
    {
      hp_cli_add_remedy (error);
      return 0;
    }
  version = g_strdup_printf ("%u", hp_bundle_get_version (bundle));
  job.model = hp_registry_get_name (registry);
  job.version = version;
  if (job.input != NULL)
    hp_predict_file (cli, &job, error);
  else
    value_house (cli, &job, arguments, error);
  return 0;
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
        "With --json a CSV becomes one JSON object a line."),
  .options = options,
  .options_size = sizeof (Options),
  .max_arguments = 4096,
  .run = run,
};

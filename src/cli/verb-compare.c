/* verb-compare.c - versions side by side on the same sales
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-cli-compare.h"
#include "hp-cli-versions.h"

#define MAX_MOVERS  1000
#define TEXT_MOVERS 5

typedef struct
{
  char *data, *rope, *movers;
  char **by;
} Options;

static const HpCliOption options[] = {
  { "data", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, data), N_ ("FILE"),
    N_ ("Compare on these sales, not on those that the versions were tested on") },
  { "by", 0, HP_CLI_LIST, G_STRUCT_OFFSET (Options, by), N_ ("COL"),
    N_ ("Also by this column, price_decile or age_band; repeatable") },
  { "rope", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, rope), N_ ("SHARE"),
    N_ ("What share of the MAE is no difference (default 0.01)") },
  { "movers", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (Options, movers), N_ ("N"),
    N_ ("Show N houses whose price changes most (default 5)") },
  { NULL },
};

static gboolean
read_options (const Options *given, HpComparisonOptions *comparison, GError **error)
{
  guint64 n_movers = TEXT_MOVERS;

  if (given->rope != NULL && !hp_cli_parse_double ("--rope", given->rope, 0, 1, &comparison->rope, error))
    return FALSE;
  if (given->movers != NULL && !hp_cli_parse_uint ("--movers", given->movers, 0, MAX_MOVERS, &n_movers, error))
    return FALSE;
  comparison->n_movers = (guint) n_movers;
  comparison->by = given->by;
  return TRUE;
}

static gboolean
print_json (HpCli *cli, HpRegistry *registry, const char *data, const HpComparison *comparison, GError **error)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (TRUE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "model", hp_registry_get_name (registry));
  hp_json_writer_set_string (writer, "data", data);
  hp_comparison_write_json (comparison, writer);
  hp_json_writer_end_object (writer);
  return hp_cli_print_json (cli, writer, error);
}

static gboolean
print_text (HpCli *cli, HpRegistry *registry, const char *data, const HpCliVersions *versions,
            const HpComparison *comparison, GError **error)
{
  g_autoptr (HpSchema) schema = hp_bundle_get_schema (versions->bundles[versions->n - 1], error);
  g_autofree char *names = g_strjoinv (", ", comparison->names), *title = NULL, *text = NULL;

  if (schema == NULL)
    return FALSE;
  title = data != NULL ? g_strdup_printf (_ ("%s versions %s on %s"), hp_registry_get_name (registry), names, data)
                       : g_strdup_printf (_ ("%s versions %s out of sample"), hp_registry_get_name (registry), names);
  text = hp_cli_compare_text (cli, comparison, title, schema);
  return hp_cli_print (cli, text, error);
}

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const Options *given = values;
  HpComparisonOptions comparison_options = HP_COMPARISON_OPTIONS_DEFAULT;
  g_autoptr (HpRegistry) registry = NULL;
  g_autoptr (HpComparison) comparison = NULL;
  g_autoptr (HpTeam) team = NULL;
  g_auto (HpCliVersions) versions = { 0 };

  if (!read_options (given, &comparison_options, error))
    return 0;
  registry = hp_cli_open_registry (cli, error);
  if (registry == NULL || !hp_cli_versions_load (cli, registry, arguments, given->data, &versions, error))
    {
      hp_cli_add_remedy (error);
      return 0;
    }
  team = hp_team_new (cli->jobs);
  comparison = hp_cli_versions_compare (cli, &versions, &comparison_options, team, error);
  if (comparison == NULL)
    return 0;
  if (cli->globals.json)
    print_json (cli, registry, given->data, comparison, error);
  else
    print_text (cli, registry, given->data, &versions, comparison, error);
  return 0;
}

const HpCliVerb hp_verb_compare = {
  .name = "compare",
  .arguments = "A B [MORE…]",
  .summary = N_ ("compare versions on the same sales, with a verdict"),
  .examples = "house-price compare 2 3\n"
              "house-price compare champion challenger --by location --by price_decile\n"
              "house-price compare 1 2 3 4 --data sales-2024.csv --json",
  .details
  = N_ ("Compares two to eight versions on the sales that none of them was trained on, as their folds and test\n"
        "shares left them, or on those of a file. One is called better or worse only where the whole 95 % interval\n"
        "of the difference of the mean absolute errors lies beyond what --rope calls no difference. Without --by the\n"
        "segments are the place, price deciles and age bands."),
  .options = options,
  .options_size = sizeof (Options),
  .min_arguments = 2,
  .max_arguments = HP_COMPARISON_MAX,
  .run = run,
};

/* verb-report.c - reports of versions, comparisons and houses; the helper program makes them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-cli-report.h"

static const HpCliOption options[] = {
  { "output", 'o', HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliReportOptions, output), N_ ("FILE"),
    N_ ("Write it here: FILE.html, FILE.pdf or FILE.md") },
  { "by", 0, HP_CLI_LIST, G_STRUCT_OFFSET (HpCliReportOptions, by), N_ ("COL"),
    N_ ("Also by this column, price_decile or age_band; repeatable") },
  { "data", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliReportOptions, data), N_ ("FILE"),
    N_ ("Compare on these sales, not on those that the versions were tested on") },
  { "house", 0, HP_CLI_LIST, G_STRUCT_OFFSET (HpCliReportOptions, house), N_ ("HOUSE"),
    N_ ("Of one house: KEY=VALUE…, or its name in the session") },
  { "session", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliReportOptions, session), N_ ("FILE"),
    N_ ("Of a house of this session, with what was decided about it") },
  { "model", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliReportOptions, model), N_ ("VERSION"),
    N_ ("Version or alias that values the house (default: the session's, else champion)") },
  { "as-of", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliReportOptions, as_of), N_ ("DATE"),
    N_ ("Value the house at this date: YYYY, YYYY-MM or YYYY-MM-DD") },
  { "comparables", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliReportOptions, comparables), N_ ("N"),
    N_ ("Show the N sales most similar to the house (default: 5)") },
  { "impute", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (HpCliReportOptions, impute), NULL,
    N_ ("Fill in missing attributes of the house, with a warning") },
  { "title", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliReportOptions, title), N_ ("TEXT"), N_ ("Title of the report") },
  { "paper", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliReportOptions, paper), N_ ("PAPER"),
    N_ ("a4 or letter (default: as the locale has it)") },
  { "no-charts", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (HpCliReportOptions, no_charts), NULL, N_ ("Leave out the charts") },
  { "pictures", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (HpCliReportOptions, pictures), NULL,
    N_ ("With FILE.md: write the charts beside it, as FILE-1.svg …") },
  { NULL },
};

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  hp_cli_exec_helper (cli, HP_REPORT_HELPER, error);
  return 0;
}

const HpCliVerb hp_verb_report = {
  .name = "report",
  .arguments = "[VERSION…] | --house HOUSE",
  .summary = N_ ("write a report of versions or of a house"),
  .examples = "house-price report -o champion.pdf\n"
              "house-price report 2 3 -o comparison.html --by location\n"
              "house-price report --house sqft=1656 bedrooms=3 bathrooms=2 location=\"North Ames\" \\\n"
              "  condition=Average year_built=1960 -o house.pdf --paper letter\n"
              "house-price report --session appeals.hpsession --house \"12 Elm St\" -o house.pdf",
  .details
  = N_ ("Of no version: of the champion; of one: how it was made, its metrics, gates, ratio study and limits; of two\n"
        "to eight: their comparison on the same sales. The file holds all that it needs; its name's ending says which\n"
        "kind it is. The date in it is that of SOURCE_DATE_EPOCH if it is set, else today's."),
  .options = options,
  .options_size = sizeof (HpCliReportOptions),
  .max_arguments = 4096,
  .run = run,
};

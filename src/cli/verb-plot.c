/* verb-plot.c - hands a chart over to the helper program
 *
 * The helper links PLplot, cairo and Pango, whose loading would cost every other verb more than its own work.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-cli-plot.h"

static const HpCliOption options[] = {
  { "output", 'o', HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliPlotOptions, output), N_ ("FILE"),
    N_ ("Draw into this file: .svg, .png or .pdf") },
  { "list", 0, HP_CLI_FLAG, G_STRUCT_OFFSET (HpCliPlotOptions, list), NULL, N_ ("Show the kinds of charts") },
  { "data", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliPlotOptions, data), N_ ("FILE"),
    N_ ("Of these sales, not of those that the version was tested on") },
  { "where", 0, HP_CLI_LIST, G_STRUCT_OFFSET (HpCliPlotOptions, where), N_ ("COL=VALUE"),
    N_ ("Only these sales: a level, a band, price_decile=10; repeatable") },
  { "size", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliPlotOptions, size), N_ ("WxH"),
    N_ ("Width and height (default: 1000x625)") },
  { "scale", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliPlotOptions, scale), N_ ("N"),
    N_ ("Pixels of a PNG in each unit of --size (default: 1)") },
  { "palette", 0, HP_CLI_TEXT, G_STRUCT_OFFSET (HpCliPlotOptions, palette), N_ ("NAME"),
    N_ ("light, dark, high-contrast or high-contrast-dark (default: light)") },
  { NULL },
};

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  hp_cli_exec_helper (cli, HP_PLOT_HELPER, error);
  return 0;
}

const HpCliVerb hp_verb_plot = {
  .name = "plot",
  .arguments = "KIND [VERSION… | KEY=VALUE…]",
  .summary = N_ ("draw a chart of residuals, ratios, a map, a comparison …"),
  .examples = "house-price plot residuals-fitted -o residuals.svg\n"
              "house-price plot map champion --where condition=Good -o map.png --scale 2\n"
              "house-price plot compare-delta 2 3 -o compare.pdf --palette dark\n"
              "house-price plot waterfall sqft=1656 bedrooms=3 bathrooms=2 location=\"North Ames\" \\\n"
              "  condition=Average year_built=1960 -o price.svg\n"
              "house-price plot --list",
  .details
  = N_ ("Prints in a sentence what the chart shows. Without a version it is of the champion; several versions overlay\n"
        "on the sales that all of them have. With --json the chart's data are printed, and -o may be left out."),
  .options = options,
  .options_size = sizeof (HpCliPlotOptions),
  .max_arguments = 4096,
  .run = run,
};

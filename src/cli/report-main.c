/* report-main.c - the helper that writes reports
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-cli-versions.h"
#include "hp-file.h"
#include "hp-number.h"
#include "hp-valuer.h"
#include "report-house.h"

typedef enum
{
  FORMAT_HTML,
  FORMAT_PDF,
  FORMAT_MARKDOWN
} Format;

static gboolean
read_format (const char *path, Format *format, GError **error)
{
  static const struct
  {
    const char *suffix;
    Format format;
  } formats[] = { { ".html", FORMAT_HTML },
                  { ".htm", FORMAT_HTML },
                  { ".pdf", FORMAT_PDF },
                  { ".md", FORMAT_MARKDOWN },
                  { ".markdown", FORMAT_MARKDOWN } };

  if (path == NULL)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("report needs -o FILE, which ends with .html, .pdf or .md"));
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      gsize length = strlen (path), end = strlen (formats[i].suffix);

      if (length > end && g_ascii_strcasecmp (path + length - end, formats[i].suffix) == 0)
        {
          *format = formats[i].format;
          return TRUE;
        }
    }
  hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("-o %s: a report's name ends with .html, .pdf or .md"), path);
  return FALSE;
}

/* When the report is made: what packagers set so that the same input makes the same bytes, else now */
static gboolean
read_date (gint64 *made, GError **error)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  double seconds;

  *made = g_get_real_time () / G_USEC_PER_SEC;
  if (epoch == NULL || *epoch == '\0')
    return TRUE;
  if (hp_number_parse (epoch, strlen (epoch), &seconds) && seconds >= 1 && seconds < 253402300800.0)
    {
      *made = (gint64) seconds;
      return TRUE;
    }
  hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("SOURCE_DATE_EPOCH: “%s” are not seconds since 1970"), epoch);
  return FALSE;
}

static gboolean
check_combination (const HpCliReportOptions *given, Format format, char **arguments, GError **error)
{
  gboolean of_house = given->house != NULL || given->session != NULL;
  guint n = g_strv_length (arguments);
  const char *wrong = NULL, *with = NULL;

  if (given->pictures && format != FORMAT_MARKDOWN)
    wrong = "--pictures", with = "-o FILE.md";
  else if (!of_house)
    {
      wrong = given->model != NULL         ? "--model"
              : given->as_of != NULL       ? "--as-of"
              : given->comparables != NULL ? "--comparables"
              : given->impute              ? "--impute"
                                           : NULL;
      with = "--house";
      if (wrong == NULL && given->data != NULL && n < 2)
        wrong = "--data", with = "A B";
    }
  if (wrong != NULL)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("%s goes with %s"), wrong, with);
      return FALSE;
    }
  if (of_house && (given->by != NULL || given->data != NULL))
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("the report of a house has no %s"),
                    given->by != NULL ? "--by" : "--data");
      return FALSE;
    }
  if (given->session != NULL && (n > 0 || (given->house != NULL && given->house[1] != NULL)))
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL,
                    _ ("a report is of one house: with --session name it with --house NAME"));
      return FALSE;
    }
  if (!of_house && n > HP_COMPARISON_MAX)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("at most %d versions can be compared"), HP_COMPARISON_MAX);
      return FALSE;
    }
  return TRUE;
}

static HpReport *
report_version (HpCli *cli, HpRegistry *registry, const char *reference, const HpReportOptions *options, HpTeam *team,
                GError **error)
{
  g_autoptr (HpBundle) bundle = hp_registry_load (registry, reference, error);
  HpReport *report
    = bundle != NULL ? hp_report_new_version (bundle, hp_registry_get_name (registry), options, team, error) : NULL;

  if (report != NULL)
    hp_cli_version_predictor (cli, bundle); /* whose attributes' importance the report leaves out if it doesn't load */
  return report;
}

static HpReport *
report_comparison (HpCli *cli, HpRegistry *registry, const HpCliReportOptions *given, char **references,
                   const HpReportOptions *options, HpTeam *team, GError **error)
{
  HpComparisonOptions terms = HP_COMPARISON_OPTIONS_DEFAULT;
  g_auto (HpCliVersions) versions = { 0 };
  g_autoptr (HpComparison) comparison = NULL;
  g_autoptr (HpSchema) schema = NULL;

  if (!hp_cli_versions_load (cli, registry, references, given->data, &versions, error))
    return NULL;
  schema = hp_bundle_get_schema (versions.bundles[versions.n - 1], error);
  terms.by = given->by;
  comparison = schema != NULL ? hp_cli_versions_compare (cli, &versions, &terms, team, error) : NULL;
  if (comparison == NULL)
    return NULL;
  return hp_report_new_comparison (comparison, hp_registry_get_name (registry), schema, options);
}

static HpReport *
make_report (HpCli *cli, const HpCliReportOptions *given, char **arguments, GError **error)
{
  HpReportOptions options = { given->title, 0, (const char *const *) given->by, given->no_charts };
  g_autoptr (HpRegistry) registry = NULL;
  g_autoptr (HpTeam) team = NULL;
  HpReport *report;

  if (!read_date (&options.made, error))
    return NULL;
  if (given->house != NULL || given->session != NULL)
    return hp_report_house_run (cli, given, arguments, &options, error);
  registry = hp_cli_open_registry (cli, error);
  if (registry == NULL)
    return NULL;
  team = hp_team_new (cli->jobs);
  report = g_strv_length (arguments) < 2 ? report_version (cli, registry, arguments[0], &options, team, error)
                                         : report_comparison (cli, registry, given, arguments, &options, team, error);
  if (report == NULL)
    hp_cli_add_remedy (error);
  return report;
}

/* "report.md" → "report-%u.svg", of the file's name alone: the pictures lie beside it */
static char *
picture_pattern (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  *strrchr (name, '.') = '\0';
  return g_strconcat (name, "-%u.svg", NULL);
}

static gboolean
write_pictures (const HpReport *report, const char *path, GError **error)
{
  g_autofree char *stem = g_strndup (path, strrchr (path, '.') - path);

  for (guint i = 0; i < report->blocks->len; i++)
    {
      const HpReportBlock *block = report->blocks->pdata[i];
      g_autofree char *file = NULL;
      g_autoptr (GBytes) svg = NULL;

      if (block->kind != HP_BLOCK_CHART)
        continue;
      file = g_strdup_printf ("%s-%u.svg", stem, block->number);
      svg = hp_report_block_get_svg (block, error);
      if (svg == NULL || !hp_file_replace (file, g_bytes_get_data (svg, NULL), g_bytes_get_size (svg), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_report (const HpReport *report, const HpCliReportOptions *given, Format format, HpPaper paper, GError **error)
{
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL, *picture = NULL;

  if (format == FORMAT_PDF)
    {
      pdf = hp_report_to_pdf (report, paper, error);
      return pdf != NULL
             && hp_file_replace (given->output, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), error);
    }
  if (format == FORMAT_HTML)
    text = hp_report_to_html (report, paper, error);
  else
    {
      picture = given->pictures ? picture_pattern (given->output) : NULL;
      if (given->pictures && !write_pictures (report, given->output, error))
        return FALSE;
      text = hp_report_to_markdown (report, picture);
    }
  return text != NULL && hp_file_replace (given->output, text, strlen (text), error);
}

static int
run (HpCli *cli, gconstpointer values, char **arguments, GError **error)
{
  const HpCliReportOptions *given = values;
  HpPaper paper = HP_PAPER_LOCALE;
  Format format;
  g_autoptr (HpReport) report = NULL;

  if (!read_format (given->output, &format, error))
    return 0;
  if (given->paper != NULL && !hp_paper_from_name (given->paper, &paper))
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--paper: “%s” is not one of a4, letter"), given->paper);
      return 0;
    }
  if (!check_combination (given, format, arguments, error))
    return 0;
  report = make_report (cli, given, arguments, error);
  if (report != NULL)
    write_report (report, given, format, paper, error);
  return 0;
}

int
main (int argc, char **argv)
{
  HpCliVerb verb = hp_verb_report;
  const HpCliVerb *const verbs[] = { &verb, NULL };

  hp_valuer_prepare_program ();
  verb.run = run;
  return hp_cli_main (verbs, argc, argv);
}

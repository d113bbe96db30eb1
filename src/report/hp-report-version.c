/* hp-report-version.c - the report of a version
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-report-version-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-coverage.h"
#include "hp-display.h"
#include "hp-error.h"
#include "hp-file.h"
#include "hp-manifest.h"
#include "hp-metric-text.h"

static void
add_verdict (HpReport *report, const HpReportVersion *version)
{
  gboolean passed;
  guint n_failed;
  JsonArray *gates = hp_report_get_gates (version, &passed, &n_failed);
  guint n = gates != NULL ? json_array_get_length (gates) : 0;
  g_autofree char *text = NULL;

  if (gates == NULL)
    hp_report_add_callout (
      report, HP_TONE_WARN, _ ("Nothing is known of how well this version predicts"),
      _ ("It was registered without sales to measure it on, so it has no metrics, no gates and no intervals."));
  else if (n == 0)
    hp_report_add_callout (report, HP_TONE_PLAIN, _ ("There are no gates to pass"),
                           _ ("The schema of the data sets none."));
  else if (passed)
    {
      text = g_strdup_printf (ngettext ("The gate is passed", "All %u gates are passed", n), n);
      hp_report_add_callout (report, HP_TONE_GOOD, text,
                             _ ("This version keeps every bound that was set for its use."));
    }
  else
    {
      text = g_strdup_printf (ngettext ("%u of %u gates is not passed", "%u of %u gates are not passed", n_failed),
                              n_failed, n);
      hp_report_add_callout (
        report, HP_TONE_BAD, text,
        _ ("This version may be put to use only against that, with a reason that is kept on record."));
    }
}

static void
add_figures (HpReport *report, const HpReportVersion *version, const HpReportMetrics *metrics)
{
  static const HpMetric shown[] = { HP_METRIC_MAE, HP_METRIC_MDAPE, HP_METRIC_PPE10, HP_METRIC_R2 };
  const char *const labels[]
    = { _ ("Mean error"), _ ("Middle error"), _ ("Within 10 % of the price"), _ ("Differences explained (R²)") };
  HpReportBlock *block;

  if (metrics->n == 0)
    return;
  block = hp_report_add_pairs (report, HP_BLOCK_FIGURES);
  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autofree char *value = hp_metric_to_text (shown[i], metrics->value[shown[i]], version->currency);
      g_autofree char *range
        = hp_report_metric_range (shown[i], metrics->low[shown[i]], metrics->high[shown[i]], version->currency);

      hp_report_block_add_pair (block, labels[i], value, isnan (metrics->low[shown[i]]) ? NULL : range);
    }
}

/* Which statistics keep their standards, or don't */
static void
add_standards (HpReportBlock *list, const HpRatioStudy *study, HpGrade grade)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint id = 0; id < HP_N_RATIO; id++)
    if (study->statistic[id].pass == grade && !isnan (study->statistic[id].standard_low))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", hp_ratio_label (id));
  if (names->len == 0)
    return;
  text = grade == HP_GRADE_PASS
           ? g_strdup_printf (_ ("Within the assessors’ standards: %s."), names->str)
           : g_strdup_printf (_ ("Outside the assessors’ standards: %s. The ratio study below says what that means."),
                              names->str);
  hp_report_block_add_item (list, text);
}

/* Prose for those who read no further */
static void
add_short (HpReport *report, const HpReportVersion *version, const HpReportMetrics *metrics, const HpRatioStudy *study)
{
  HpReportBlock *list;

  if (metrics->n == 0)
    return;
  hp_report_add_heading (report, 2, _ ("In short"));
  list = hp_report_add_list (report);
  {
    g_autofree char *n = hp_display_count (metrics->n);
    g_autofree char *mae = hp_metric_to_text (HP_METRIC_MAE, metrics->value[HP_METRIC_MAE], version->currency);
    g_autofree char *half = hp_metric_to_text (HP_METRIC_MDAPE, metrics->value[HP_METRIC_MDAPE], NULL);
    g_autofree char *near = hp_metric_to_text (HP_METRIC_PPE10, metrics->value[HP_METRIC_PPE10], NULL);
    g_autofree char *text = g_strdup_printf (_ ("Predictions for %s sales that the model had not seen were off by %s "
                                                "on average; for half of them by less than %s. %s of them were "
                                                "within 10 %% of the price paid."),
                                             n, mae, half, near);

    hp_report_block_add_item (list, text);
  }
  if (study != NULL)
    {
      add_standards (list, study, HP_GRADE_PASS);
      add_standards (list, study, HP_GRADE_FAIL);
    }
  if (version->set != NULL && version->set->n > 0)
    {
      HpIntervals intervals = { version->set->target,    version->set->level, version->set->n,   version->set->price,
                                version->set->predicted, version->set->low,   version->set->high };
      g_autofree char *level = hp_display_percent (version->set->level, 0), *share = NULL, *text = NULL;
      HpCoverage coverage;

      hp_coverage_compute (&intervals, &coverage);
      share = hp_display_percent (coverage.coverage, 1);
      text = g_strdup_printf (_ ("Its %s intervals held the price paid in %s of cases."), level, share);
      if (isfinite (coverage.mean_width))
        hp_report_block_add_item (list, text);
    }
}

/**
 * hp_report_add_opening:
 * @report: a report
 * @version: of which version
 * @metrics: of its test sales
 * @study: (nullable): of all that it predicted out of sample
 *
 * Adds the first page: the outcome, the figures that matter, and what they say.
 */
void
hp_report_add_opening (HpReport *report, const HpReportVersion *version, const HpReportMetrics *metrics,
                       const HpRatioStudy *study)
{
  add_verdict (report, version);
  add_figures (report, version, metrics);
  add_short (report, version, metrics, study);
}

/**
 * hp_report_fill_version:
 * @report: an empty report
 * @version: what it is about
 * @error: return location for a #GError
 *
 * Adds all sections.
 *
 * Returns: %FALSE if the sales can't be segmented as asked
 */
gboolean
hp_report_fill_version (HpReport *report, const HpReportVersion *version, GError **error)
{
  static const HpReportWord words[] = { HP_WORD_OUT_OF_SAMPLE, HP_WORD_FOLD,  HP_WORD_INTERVAL, HP_WORD_PRICE_INTERVAL,
                                        HP_WORD_MAE,           HP_WORD_RMSE,  HP_WORD_R2,       HP_WORD_MAPE,
                                        HP_WORD_PPE,           HP_WORD_RATIO, HP_WORD_COD,      HP_WORD_PRD,
                                        HP_WORD_PRB,           HP_WORD_MKI,   HP_WORD_VEI,      HP_WORD_GATE,
                                        HP_WORD_SHA256,        HP_N_WORDS };
  gboolean has_sales = version->set != NULL && version->set->n > 0;
  HpReportMetrics metrics;
  HpRatioStudy study;

  hp_report_version_measure (version, &metrics);
  if (has_sales)
    hp_ratio_study_compute (version->set->predicted, version->set->price, version->set->n, NULL, version->team, &study);
  hp_report_add_opening (report, version, &metrics, has_sales ? &study : NULL);
  hp_report_add_model (report, version);
  hp_report_add_training (report, version);
  hp_report_add_accuracy (report, version, &metrics);
  hp_report_add_gates (report, version);
  hp_report_add_ratio_study (report, has_sales ? &study : NULL, version->currency);
  hp_report_add_coverage (report, version->set);
  if (!version->options->no_charts && has_sales)
    hp_report_add_version_charts (report, version);
  if (!hp_report_add_segments (report, version->set, version->options->by, version->team, error))
    return FALSE;
  hp_report_add_limits (report, version);
  hp_report_add_words (report, words);
  return TRUE;
}

/* Some of the sales */
static HpResidualSet *
filter_test (const HpResidualSet *set)
{
  g_autofree gboolean *keep = g_new (gboolean, MAX (set->n, 1));

  for (gsize i = 0; i < set->n; i++)
    keep[i] = set->fold[i] == HP_SET_TEST;
  return hp_residual_set_filter (set, keep);
}

/* When the version was registered: "2026-11-30" of its manifest's time */
static char *
read_created (HpBundle *bundle)
{
  g_autofree char *path = g_build_filename (hp_bundle_get_path (bundle), HP_MANIFEST_NAME, NULL);
  gsize length;
  g_autofree char *text = hp_file_read (path, HP_MANIFEST_MAX_BYTES, &length, NULL);
  HpManifest *manifest = text != NULL ? hp_manifest_parse (text, length, path, NULL) : NULL;
  char *created = manifest != NULL ? g_strndup (manifest->created, strcspn (manifest->created, "T")) : NULL;

  g_clear_pointer (&manifest, hp_manifest_free);
  return created;
}

static HpYaml *
read_config (HpBundle *bundle, GError **error)
{
  g_autoptr (GBytes) bytes = hp_bundle_read (bundle, "config.yaml", error);
  gsize length;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  return text != NULL ? hp_yaml_parse (text, length, "config.yaml", error) : NULL;
}

/* A version of another program may have no sales: that is no error. */
static gboolean
read_sales (HpBundle *bundle, HpResidualSet **set, GError **error)
{
  GError *local = NULL;

  *set = hp_bundle_get_residuals (bundle, &local);
  if (*set != NULL || g_error_matches (local, HP_ERROR, HP_ERROR_BAD_DATA))
    {
      g_clear_error (&local);
      return TRUE;
    }
  g_propagate_error (error, local);
  return FALSE;
}

/**
 * hp_report_new_version:
 * @bundle: a version
 * @model: name of the model
 * @options: what is asked for
 * @team: (nullable): threads
 * @error: return location for a #GError
 *
 * The report of a version, of its out-of-sample predictions. What the version lacks (sales, intervals, places) the
 * report lacks too, and says so where a reader would look for it.
 *
 * Returns: (transfer full) (nullable): the report
 */
HpReport *
hp_report_new_version (HpBundle *bundle, const char *model, const HpReportOptions *options, HpTeam *team,
                       GError **error)
{
  g_autofree char *name = g_strdup_printf ("%u", hp_bundle_get_version (bundle)), *title = NULL, *subtitle = NULL;
  g_autofree char *created = read_created (bundle);
  g_autoptr (HpSchema) schema = hp_bundle_get_schema (bundle, error);
  g_autoptr (HpYaml) config = schema != NULL ? read_config (bundle, error) : NULL;
  g_autoptr (HpResidualSet) set = NULL;
  g_autoptr (HpResidualSet) test = NULL;
  g_autoptr (HpReport) report = NULL;
  HpReportVersion version = { model, name, created, NULL, config, schema, NULL, NULL, NULL, team, options };

  if (config == NULL)
    return NULL;
  version.metrics = hp_bundle_get_metrics (bundle, error);
  if (version.metrics == NULL || !read_sales (bundle, &set, error))
    return NULL;
  version.bundle = bundle;
  test = set != NULL ? filter_test (set) : NULL;
  version.set = set;
  version.test = test;
  version.currency = schema->currency;
  title = g_strdup_printf (_ ("Version %s of %s"), name, model);
  subtitle
    = created != NULL
        ? g_strdup_printf (_ ("How it was made, how well it values houses, and its limits. Registered %s."), created)
        : g_strdup (_ ("How it was made, how well it values houses, and its limits."));
  report = hp_report_new (options->title != NULL ? options->title : title, subtitle, options->made);
  return hp_report_fill_version (report, &version, error) ? g_steal_pointer (&report) : NULL;
}

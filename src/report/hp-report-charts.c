/* hp-report-charts.c - which charts stand in which report
 *
 * A chart that the sales have nothing for (no places, no intervals) is left out: the section that it belongs to says
 * so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-bundle-diagnostics.h"
#include "hp-chart-study.h"
#include "hp-evidence-text.h"
#include "hp-report-comparison-private.h"
#include "hp-report-house-private.h"
#include "hp-report-version-private.h"

/* Returns whether it is there */
static gboolean
add_chart (HpReport *report, const char *kind, const HpChartSource *source, gboolean half)
{
  g_autoptr (HpChart) chart = hp_chart_study_new (kind, source, NULL);

  if (chart == NULL || chart->empty != NULL)
    return FALSE;
  hp_report_add_chart (report, g_steal_pointer (&chart), half);
  return TRUE;
}

/* Measured on the sales that the model was fitted on, which the chart says; NULL: it doesn't load or has nothing to say */
static HpImportance *
measure_importance (const HpReportVersion *version)
{
  static const HpImportanceOptions options = HP_IMPORTANCE_OPTIONS_DEFAULT;
  HpPredictor *predictor = version->bundle != NULL ? hp_bundle_get_predictor (version->bundle, FALSE, NULL) : NULL;
  g_autoptr (HpHouseSet) houses = predictor != NULL ? hp_bundle_get_house_set (version->bundle, NULL) : NULL;

  return houses != NULL ? hp_importance_new (predictor, houses, &options, version->team, NULL, NULL) : NULL;
}

/**
 * hp_report_add_version_charts:
 * @report: a report
 * @version: a version with sales
 *
 * Adds the charts of its out-of-sample predictions, and of what its training kept of itself.
 */
void
hp_report_add_version_charts (HpReport *report, const HpReportVersion *version)
{
  static const char *const kinds[]
    = { "actual-predicted", "residuals-fitted", "qq", "histogram", "ratio-decile", "coverage", NULL };
  g_autoptr (HpImportance) importance = measure_importance (version);
  HpResidualSet *sets[] = { (HpResidualSet *) version->set };
  HpChartSource source = { .sets = sets, .n_sets = 1, .importance = importance };

  if (version->bundle != NULL)
    {
      source.influence = hp_bundle_get_influence (version->bundle, NULL);
      source.learning_curve = hp_bundle_get_learning_curve (version->bundle, NULL);
    }
  hp_report_add_heading (report, 2, _ ("In pictures"));
  hp_report_add_paragraph (report,
                           _ ("A residual is the price paid minus the price predicted, out of sample: above zero the "
                              "prediction was too low."));
  for (guint i = 0; kinds[i] != NULL; i++)
    add_chart (report, kinds[i], &source, TRUE);
  add_chart (report, "importance", &source, TRUE);
  add_chart (report, "learning-curve", &source, TRUE);
  add_chart (report, "leverage", &source, TRUE);
  add_chart (report, "map", &source, FALSE);
}

/**
 * hp_report_add_comparison_charts:
 * @report: a report
 * @comparison: a comparison
 *
 * Adds the differences in pictures.
 */
void
hp_report_add_comparison_charts (HpReport *report, const HpComparison *comparison)
{
  HpChartSource source = { .sets = comparison->sets, .n_sets = comparison->n_versions, .comparison = comparison };

  hp_report_add_heading (report, 2, _ ("In pictures"));
  add_chart (report, "compare-delta", &source, FALSE);
  add_chart (report, "ratio-decile", &source, TRUE);
  add_chart (report, "coverage", &source, TRUE);
}

/**
 * hp_report_add_house_charts:
 * @report: a report
 * @house: a house
 *
 * Adds the way from the base price to the value.
 */
void
hp_report_add_house_charts (HpReport *report, const HpReportHouse *house)
{
  const HpValuation *valuation = house->valuation;
  HpChartSource source = { .valuation = valuation, .name = valuation->version, .currency = valuation->currency };
  g_auto (GStrv) reasons = NULL;

  if (!valuation->explained || valuation->contributions == NULL)
    return;
  reasons = hp_evidence_text_labels (house->description, valuation->contributions);
  source.reasons = (const char *const *) reasons;
  add_chart (report, "waterfall", &source, FALSE);
}

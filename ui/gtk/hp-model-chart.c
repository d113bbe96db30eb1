/* hp-model-chart.c - charts of a model itself: what it goes by, what it learnt from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-bundle-diagnostics.h"
#include "hp-model-chart.h"

typedef struct
{
  HpImportance *importance;        /* (nullable) */
  HpPartialDependence *dependence; /* (nullable) */
} Asked;

/* The model is asked about its own sales again and again */
static gboolean
ask_model (HpBundle *bundle, HpChartNeeds needs, const char *attribute, GCancellable *cancellable, Asked *asked,
           GError **error)
{
  static const HpImportanceOptions importance = HP_IMPORTANCE_OPTIONS_DEFAULT;
  static const HpDependenceOptions dependence = HP_DEPENDENCE_OPTIONS_DEFAULT;
  const HpPredictor *predictor = hp_bundle_get_predictor (bundle, FALSE, error);
  g_autoptr (HpHouseSet) houses = predictor != NULL ? hp_bundle_get_house_set (bundle, error) : NULL;
  g_autoptr (HpTeam) team = NULL;

  if (houses == NULL)
    return FALSE;
  team = hp_team_new (0);
  if (needs == HP_CHART_NEEDS_IMPORTANCE)
    asked->importance = hp_importance_new (predictor, houses, &importance, team, cancellable, error);
  else
    asked->dependence = hp_partial_dependence_new (predictor, houses, attribute, &dependence, team, cancellable, error);
  return asked->importance != NULL || asked->dependence != NULL;
}

static gboolean
gather (HpBundle *bundle, HpChartNeeds needs, const char *attribute, GCancellable *cancellable, Asked *asked,
        HpChartSource *source, GError **error)
{
  switch (needs)
    {
    case HP_CHART_NEEDS_INFLUENCE:
      source->influence = hp_bundle_get_influence (bundle, error);
      return source->influence != NULL;
    case HP_CHART_NEEDS_LEARNING_CURVE:
      source->learning_curve = hp_bundle_get_learning_curve (bundle, error);
      return source->learning_curve != NULL;
    default:
      if (!ask_model (bundle, needs, attribute, cancellable, asked, error))
        return FALSE;
      source->importance = asked->importance;
      source->dependence = asked->dependence;
      return TRUE;
    }
}

/**
 * hp_model_chart_new:
 * @registry: where the version is
 * @version: its number
 * @kind: a kind of chart that is not made of sets
 * @attribute: (nullable): what it is of
 * @cancellable: (nullable): to give up
 * @error: return location for a #GError: %HP_ERROR_NOT_FOUND with how to get what the version lacks, damaged,
 *   cancelled
 *
 * Returns: (transfer full) (nullable): the chart
 */
HpChart *
hp_model_chart_new (HpRegistry *registry, const char *version, const HpChartKind *kind, const char *attribute,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (HpBundle) bundle = hp_registry_load (registry, version, error);
  g_autoptr (HpSchema) schema = bundle != NULL ? hp_bundle_get_schema (bundle, error) : NULL;
  g_autofree char *name = g_strconcat (kind->name, attribute, NULL);
  HpChartSource source = { .name = version };
  Asked asked = { 0 };
  HpChart *chart = NULL;

  if (schema == NULL)
    return NULL;
  source.currency = schema->currency;
  if (gather (bundle, kind->needs, attribute, cancellable, &asked, &source, error))
    chart = hp_chart_study_new (name, &source, error);
  g_clear_pointer (&asked.importance, hp_importance_free);
  g_clear_pointer (&asked.dependence, hp_partial_dependence_free);
  return chart;
}

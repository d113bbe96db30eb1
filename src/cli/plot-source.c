/* plot-source.c - what a chart is made of, gathered from the registry and from files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-bundle-diagnostics.h"
#include "hp-cli-predict.h"
#include "hp-cli-versions.h"
#include "hp-evidence-text.h"
#include "plot-source.h"

static void
free_bundle (gpointer bundle)
{
  g_clear_object (&bundle);
}

static void
free_set (gpointer set)
{
  hp_residual_set_free (set);
}

void
hp_plot_source_free (HpPlotSource *source)
{
  if (source == NULL)
    return;
  hp_comparison_free (source->comparison);
  hp_importance_free (source->importance);
  hp_partial_dependence_free (source->dependence);
  hp_valuation_free (source->valuation);
  g_strfreev (source->reasons);
  g_ptr_array_unref (source->sets);
  g_ptr_array_unref (source->bundles);
  g_free (source->name);
  g_free (source->currency);
  g_free (source->filter);
  g_free (source);
}

static gboolean
load_bundles (HpRegistry *registry, char **references, GPtrArray *bundles, GError **error)
{
  static char *const champion[] = { NULL };
  char *const *reference = references[0] != NULL ? references : champion;

  /* The champion is asked for by NULL */
  do
    {
      HpBundle *bundle = hp_registry_load (registry, *reference, error);

      if (bundle == NULL)
        return FALSE;
      for (guint i = 0; i < bundles->len; i++)
        if (hp_bundle_get_version (bundles->pdata[i]) == hp_bundle_get_version (bundle))
          {
            hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("%s and %s are the same version: name two that differ"),
                          references[i], *reference);
            g_object_unref (bundle);
            return FALSE;
          }
      g_ptr_array_add (bundles, bundle);
    }
  while (*reference != NULL && *++reference != NULL);
  return TRUE;
}

static gboolean
load_sets (HpCli *cli, const HpCliPlotOptions *options, HpPlotSource *source, GError **error)
{
  for (guint i = 0; i < source->bundles->len; i++)
    {
      HpResidualSet *set = hp_cli_version_sales (cli, source->bundles->pdata[i], options->data, error);

      if (set == NULL)
        return FALSE;
      g_ptr_array_add (source->sets, set);
    }
  return hp_plot_where (source->sets, options->where, &source->filter, error);
}

static gboolean
compare (HpCli *cli, HpPlotSource *source, GError **error)
{
  static char *no_segments[] = { NULL };
  HpComparisonOptions options = HP_COMPARISON_OPTIONS_DEFAULT;
  g_autoptr (HpTeam) team = hp_team_new (cli->jobs);

  options.by = no_segments;
  source->comparison
    = hp_comparison_new ((HpResidualSet *const *) source->sets->pdata, source->sets->len, &options, team, error);
  return source->comparison != NULL;
}

/* The sales that the model is asked about again and again */
static HpHouseSet *
load_houses (HpCli *cli, HpBundle *bundle, const HpPredictor *predictor, const char *data, GError **error)
{
  g_autoptr (HpFindings) findings = NULL;
  g_autoptr (HpValuedSales) sales = NULL;
  HpHouseSet *houses;

  if (data == NULL)
    {
      houses = hp_bundle_get_house_set (bundle, error);
      if (houses == NULL || houses->n > 0)
        return houses;
      hp_house_set_free (houses);
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL,
                    _ ("version %u has no sales, as it was imported without: name a file of sales with --data"),
                    hp_bundle_get_version (bundle));
      return NULL;
    }
  findings = hp_findings_new (data);
  sales = hp_bundle_value_sales (bundle, data, 0.9, findings, error);
  if (sales == NULL)
    return NULL;
  hp_cli_warn_of_overlap (cli, bundle, sales);
  houses = hp_house_set_new_table (hp_predictor_get_preprocessor (predictor), sales->table, sales->cleaned->rows,
                                   sales->cleaned->n_rows, error);
  if (houses != NULL)
    houses->in_sample = sales->n_overlap == sales->cleaned->n_rows;
  return houses;
}

static gboolean
study_model (HpCli *cli, const HpCliPlotOptions *options, HpChartNeeds needs, const char *attribute,
             HpPlotSource *source, GError **error)
{
  static const HpImportanceOptions importance = HP_IMPORTANCE_OPTIONS_DEFAULT;
  static const HpDependenceOptions dependence = HP_DEPENDENCE_OPTIONS_DEFAULT;
  HpBundle *bundle = source->bundles->pdata[0];
  const HpPredictor *predictor = hp_bundle_get_predictor (bundle, FALSE, error);
  g_autoptr (HpHouseSet) houses = predictor != NULL ? load_houses (cli, bundle, predictor, options->data, error) : NULL;
  g_autoptr (HpTeam) team = NULL;

  if (houses == NULL)
    return FALSE;
  team = hp_team_new (cli->jobs);
  if (needs == HP_CHART_NEEDS_IMPORTANCE)
    source->importance = hp_importance_new (predictor, houses, &importance, team, NULL, error);
  else
    source->dependence = hp_partial_dependence_new (predictor, houses, attribute, &dependence, team, NULL, error);
  return source->importance != NULL || source->dependence != NULL;
}

static gboolean
value_house (HpCli *cli, HpRegistry *registry, const char *version, char **house, HpPlotSource *source, GError **error)
{
  g_autoptr (HpValuer) valuer = hp_local_valuer_new (registry);
  HpValuationOptions options = { .level = 0.9, .explain = TRUE };
  g_autoptr (HpDescription) description = NULL;

  if (house[0] == NULL)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL,
                    _ ("this chart is of a house: give its attributes as KEY=VALUE, as to “house-price predict”"));
      return FALSE;
    }
  source->valuation = hp_predict_value (cli, &options, valuer, version, house, &description, error);
  if (source->valuation == NULL)
    return FALSE;
  source->reasons = hp_evidence_text_labels (description, source->valuation->contributions);
  return TRUE;
}

static gboolean
describe (HpPlotSource *source, GError **error)
{
  HpBundle *bundle = source->bundles->pdata[0];
  g_autoptr (HpSchema) schema = hp_bundle_get_schema (bundle, error);

  if (schema == NULL)
    return FALSE;
  source->name = g_strdup_printf ("%u", hp_bundle_get_version (bundle));
  source->currency = g_strdup (schema->currency);
  return TRUE;
}

static gboolean
gather (HpCli *cli, const HpCliPlotOptions *options, HpRegistry *registry, HpChartNeeds needs, const char *attribute,
        char **versions, char **house, HpPlotSource *source, GError **error)
{
  HpBundle *first = source->bundles->pdata[0];

  switch (needs)
    {
    case HP_CHART_NEEDS_SETS:
      return load_sets (cli, options, source, error);
    case HP_CHART_NEEDS_COMPARISON:
      return load_sets (cli, options, source, error) && compare (cli, source, error);
    case HP_CHART_NEEDS_INFLUENCE:
      source->source.influence = hp_bundle_get_influence (first, error);
      return source->source.influence != NULL;
    case HP_CHART_NEEDS_LEARNING_CURVE:
      source->source.learning_curve = hp_bundle_get_learning_curve (first, error);
      return source->source.learning_curve != NULL;
    case HP_CHART_NEEDS_IMPORTANCE:
    case HP_CHART_NEEDS_DEPENDENCE:
      return study_model (cli, options, needs, attribute, source, error);
    case HP_CHART_NEEDS_VALUATION:
    default:
      return value_house (cli, registry, versions[0], house, source, error);
    }
}

/* Options and words that this kind can't use */
static gboolean
check (const HpCliPlotOptions *options, const HpChartKind *kind, const char *attribute, guint n_versions,
       guint n_attributes, GError **error)
{
  gboolean of_sales = kind->needs == HP_CHART_NEEDS_SETS || kind->needs == HP_CHART_NEEDS_COMPARISON;
  gboolean of_model = kind->needs == HP_CHART_NEEDS_IMPORTANCE || kind->needs == HP_CHART_NEEDS_DEPENDENCE;

  g_autofree char *word = g_strconcat (kind->name, attribute, NULL); /* as it was given */

  if (options->where != NULL && !of_sales)
    hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--where goes with charts of sales, and %s is none"), word);
  else if (options->data != NULL && !of_sales && !of_model)
    hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("--data goes with charts of sales, and %s is none"), word);
  else if (n_attributes > 0 && kind->needs != HP_CHART_NEEDS_VALUATION)
    hp_set_error (error, HP_ERROR_USAGE, NULL,
                  _ (
                    "KEY=VALUE goes with charts of one house, and %s is none; to choose sales write --where KEY=VALUE"),
                  word);
  else if (kind->needs == HP_CHART_NEEDS_COMPARISON && (n_versions < 2 || n_versions > HP_COMPARISON_MAX))
    hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("%s needs two to %d versions; name them after it"), word,
                  HP_COMPARISON_MAX);
  else if (kind->needs == HP_CHART_NEEDS_SETS && n_versions > kind->max_sets)
    hp_set_error (error, HP_ERROR_USAGE, NULL,
                  ngettext ("%s shows %u version; name no more", "%s shows %u versions at most; name no more",
                            kind->max_sets),
                  word, kind->max_sets);
  else if (!of_sales && n_versions > 1)
    hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("%s is of one version; name one"), word);
  else
    return TRUE;
  return FALSE;
}

static void
fill (HpPlotSource *source)
{
  source->source.sets = (HpResidualSet *const *) source->sets->pdata;
  source->source.n_sets = source->sets->len;
  source->source.comparison = source->comparison;
  source->source.importance = source->importance;
  source->source.dependence = source->dependence;
  source->source.valuation = source->valuation;
  source->source.reasons = (const char *const *) source->reasons;
  source->source.name = source->name;
  source->source.currency = source->currency;
  source->source.filter = source->filter;
}

HpPlotSource *
hp_plot_source_new (HpCli *cli, const HpCliPlotOptions *options, const HpChartKind *kind, const char *attribute,
                    char **words, GError **error)
{
  g_autoptr (HpPlotSource) source = g_new0 (HpPlotSource, 1);
  g_autoptr (GPtrArray) versions = g_ptr_array_new (), house = g_ptr_array_new ();
  g_autoptr (HpRegistry) registry = NULL;

  source->bundles = g_ptr_array_new_with_free_func (free_bundle);
  source->sets = g_ptr_array_new_with_free_func (free_set);
  for (char **word = words; *word != NULL; word++)
    g_ptr_array_add (strchr (*word, '=') != NULL ? house : versions, *word);
  if (!check (options, kind, attribute, versions->len, house->len, error))
    return NULL;
  g_ptr_array_add (versions, NULL);
  g_ptr_array_add (house, NULL);
  registry = hp_cli_open_registry (cli, error);
  if (registry == NULL || !load_bundles (registry, (char **) versions->pdata, source->bundles, error)
      || !describe (source, error)
      || !gather (cli, options, registry, kind->needs, attribute, (char **) versions->pdata, (char **) house->pdata,
                  source, error))
    return NULL;
  fill (source);
  return g_steal_pointer (&source);
}

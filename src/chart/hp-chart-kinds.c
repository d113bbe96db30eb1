/* hp-chart-kinds.c - the table of the kinds of charts, and how any of them is made
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-chart-study-private.h"
#include "hp-display.h"
#include "hp-error.h"
#include "hp-text.h"

/* Of what somebody typed, in messages */
#define MAX_SHOWN 60

static const HpChartKind kinds[] = {
  { "residuals-fitted", N_ ("Residuals by predicted price"), N_ ("Do errors grow with the price, or lean one way?"),
    HP_CHART_NEEDS_SETS, HP_CHART_MAX_SETS, FALSE },
  { "actual-predicted", N_ ("Price by predicted price"), N_ ("How close are predictions to prices?"),
    HP_CHART_NEEDS_SETS, HP_CHART_MAX_SETS, FALSE },
  { "qq", N_ ("Normal quantiles of the residuals"), N_ ("Are there more large errors than a normal distribution has?"),
    HP_CHART_NEEDS_SETS, HP_CHART_MAX_SETS, FALSE },
  { "histogram", N_ ("Distribution of the residuals"), N_ ("How are errors spread?"), HP_CHART_NEEDS_SETS,
    HP_CHART_MAX_SETS, FALSE },
  { "scale-location", N_ ("Size of the residuals by predicted price"),
    N_ ("Are errors alike on the model's own scale?"), HP_CHART_NEEDS_SETS, HP_CHART_MAX_SETS, FALSE },
  { "residuals-", N_ ("Residuals by attribute"), N_ ("What has the model not learned of an attribute?"),
    HP_CHART_NEEDS_SETS, HP_CHART_MAX_SETS, TRUE },
  { "residuals-time", N_ ("Residuals by date of the sale"), N_ ("Does the model keep up with the market?"),
    HP_CHART_NEEDS_SETS, HP_CHART_MAX_SETS, FALSE },
  { "ratio-decile", N_ ("Ratios by price"), N_ ("Are cheap and dear houses valued alike?"), HP_CHART_NEEDS_SETS,
    HP_CHART_MAX_SETS, FALSE },
  { "coverage", N_ ("Coverage of the intervals by price"), N_ ("Do intervals hold as many prices as they promise?"),
    HP_CHART_NEEDS_SETS, HP_CHART_MAX_SETS, FALSE },
  { "map", N_ ("Residuals on the map"), N_ ("Where are houses valued too high or too low?"), HP_CHART_NEEDS_SETS, 1,
    FALSE },
  { "leverage", N_ ("Leverage of the sales"), N_ ("Which sales does a linear model lean on?"), HP_CHART_NEEDS_INFLUENCE,
    0, FALSE },
  { "learning-curve", N_ ("Learning curve"), N_ ("Would more sales help?"), HP_CHART_NEEDS_LEARNING_CURVE, 0, FALSE },
  { "importance", N_ ("Importance of the attributes"), N_ ("Which attributes matter?"), HP_CHART_NEEDS_IMPORTANCE, 0,
    FALSE },
  { "dependence-", N_ ("Price by attribute"), N_ ("How does the price follow an attribute?"), HP_CHART_NEEDS_DEPENDENCE,
    0, TRUE },
  { "waterfall", N_ ("From the base price to the price"), N_ ("What makes the price of a house?"),
    HP_CHART_NEEDS_VALUATION, 0, FALSE },
  { "compare-delta", N_ ("Difference of two versions' errors"),
    N_ ("Which sales does one version value better than another?"), HP_CHART_NEEDS_COMPARISON, 0, FALSE },
};

/* In the order of the table */
static const HpChartMake makers[] = {
  _hp_chart_residuals_fitted,
  _hp_chart_actual_predicted,
  _hp_chart_qq,
  _hp_chart_histogram,
  _hp_chart_scale_location,
  _hp_chart_residuals_attribute,
  _hp_chart_residuals_time,
  _hp_chart_ratio_decile,
  _hp_chart_coverage,
  _hp_chart_map,
  _hp_chart_leverage,
  _hp_chart_learning_curve,
  _hp_chart_importance,
  _hp_chart_dependence,
  _hp_chart_waterfall,
  _hp_chart_compare_delta,
};

G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == G_N_ELEMENTS (makers));

/**
 * hp_chart_kinds:
 * @n_kinds: (out): how many
 *
 * Returns: (transfer none) (array length=n_kinds): all kinds, in the order of menus
 */
const HpChartKind *
hp_chart_kinds (guint *n_kinds)
{
  *n_kinds = G_N_ELEMENTS (kinds);
  return kinds;
}

/**
 * hp_chart_kind_title:
 * @kind: a kind
 *
 * Returns: (transfer none): what people call it
 */
const char *
hp_chart_kind_title (const HpChartKind *kind)
{
  return _ (kind->title);
}

/**
 * hp_chart_kind_about:
 * @kind: a kind
 *
 * Returns: (transfer none): the question that it answers
 */
const char *
hp_chart_kind_about (const HpChartKind *kind)
{
  return _ (kind->about);
}

static void
set_unknown (const char *text, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *printable = hp_text_printable (text, -1, MAX_SHOWN), *list = NULL;
  const char *near;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_ptr_array_add (names, kinds[i].has_attribute ? g_strconcat (kinds[i].name, "ATTRIBUTE", NULL)
                                                   : g_strdup (kinds[i].name));
  g_ptr_array_add (names, NULL);
  near = hp_text_suggest (text, (const char *const *) names->pdata);
  list = g_strjoinv (", ", (char **) names->pdata);
  if (near != NULL)
    hp_set_error (error, HP_ERROR_NOT_FOUND, NULL, _ ("There is no chart “%s”. Did you mean “%s”?"), printable, near);
  else
    hp_set_error (error, HP_ERROR_NOT_FOUND, NULL, _ ("There is no chart “%s”. There are: %s."), printable, list);
}

/**
 * hp_chart_kind_find:
 * @text: as people type it: "qq", "residuals-sqft"
 * @attribute: (out) (optional) (nullable) (transfer none): the attribute in @text, of kinds that have one. It is not
 * known yet whether there is such an attribute
 * @error: %HP_ERROR_NOT_FOUND
 *
 * A kind with that very name comes first: "residuals-time" is never the chart of an attribute called "time".
 *
 * Returns: (transfer none) (nullable): the kind
 */
const HpChartKind *
hp_chart_kind_find (const char *text, const char **attribute, GError **error)
{
  if (attribute != NULL)
    *attribute = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!kinds[i].has_attribute && g_str_equal (kinds[i].name, text))
      return &kinds[i];
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].has_attribute && g_str_has_prefix (text, kinds[i].name) && text[strlen (kinds[i].name)] != '\0')
      {
        if (attribute != NULL)
          *attribute = text + strlen (kinds[i].name);
        return &kinds[i];
      }
  set_unknown (text, error);
  return NULL;
}

/* What is missing, and where it comes from */
static gboolean
check_needs (const HpChartKind *kind, const char *text, const HpChartSource *source, GError **error)
{
  const char *remedy = NULL;

  switch (kind->needs)
    {
    case HP_CHART_NEEDS_SETS:
      remedy = source->n_sets == 0 ? _ ("It takes sales with predictions: name a version or a file of sales.") : NULL;
      break;
    case HP_CHART_NEEDS_COMPARISON:
      remedy = source->comparison == NULL ? _ ("It takes two versions: name both.") : NULL;
      break;
    case HP_CHART_NEEDS_INFLUENCE:
      remedy = source->influence == NULL
                 ? _ ("It takes what the training of a linear model keeps: train a version with “--family linear”.")
                 : NULL;
      break;
    case HP_CHART_NEEDS_LEARNING_CURVE:
      remedy = source->learning_curve == NULL
                 ? _ ("It takes a version that was trained with “--learning-curve”: train one.")
                 : NULL;
      break;
    case HP_CHART_NEEDS_IMPORTANCE:
      remedy = source->importance == NULL ? _ ("It takes a version and sales to measure it on.") : NULL;
      break;
    case HP_CHART_NEEDS_DEPENDENCE:
      remedy = source->dependence == NULL ? _ ("It takes a version and sales to follow.") : NULL;
      break;
    case HP_CHART_NEEDS_VALUATION:
      remedy = source->valuation == NULL ? _ ("It takes the valuation of a house: give its attributes.") : NULL;
      break;
    default:
      g_assert_not_reached ();
    }
  if (remedy == NULL)
    return TRUE;
  hp_set_error (error, HP_ERROR_NOT_FOUND, NULL, _ ("The chart “%s” can't be made. %s"), text, remedy);
  return FALSE;
}

static gboolean
check_sets (const HpChartKind *kind, const char *text, const HpChartSource *source, GError **error)
{
  if (kind->needs != HP_CHART_NEEDS_SETS || source->n_sets <= kind->max_sets)
    return TRUE;
  hp_set_error (error, HP_ERROR_USAGE, NULL,
                ngettext ("The chart “%s” shows %u version, not %u. Make one for each.",
                          "The chart “%s” shows %u versions at most, not %u. Choose fewer.", kind->max_sets),
                text, kind->max_sets, source->n_sets);
  return FALSE;
}

static const char *
find_currency (const HpChartSource *source, HpResidualSet *const *sets, guint n_sets)
{
  for (guint i = 0; i < n_sets; i++)
    if (sets[i]->currency != NULL)
      return sets[i]->currency;
  return source->currency;
}

/* "version 3 · 2,929 sales · Location: North Ames"; "version 3 · 2,929 sales it was trained on" */
static char *
make_subtitle (const HpChartKind *kind, const HpChartInput *input)
{
  const HpChartSource *source = input->source;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  gboolean in_sample = FALSE;
  gsize n = 0;

  switch (kind->needs)
    {
    case HP_CHART_NEEDS_SETS:
      g_ptr_array_add (parts, _hp_chart_versions (input));
      n = input->sets[0]->n;
      break;
    case HP_CHART_NEEDS_COMPARISON:
      g_ptr_array_add (parts, _hp_chart_version (source->comparison->names[0]));
      g_ptr_array_add (parts, _hp_chart_version (source->comparison->names[source->comparison->n_versions - 1]));
      n = source->comparison->sets[0]->n;
      break;
    case HP_CHART_NEEDS_INFLUENCE:
      n = source->influence->n;
      in_sample = TRUE;
      break;
    case HP_CHART_NEEDS_IMPORTANCE:
      n = source->importance->n;
      in_sample = source->importance->in_sample;
      break;
    case HP_CHART_NEEDS_DEPENDENCE:
      n = source->dependence->n;
      in_sample = source->dependence->in_sample;
      break;
    case HP_CHART_NEEDS_LEARNING_CURVE:
    case HP_CHART_NEEDS_VALUATION:
    default:
      break;
    }
  if (parts->len == 0 && source->name != NULL)
    g_ptr_array_add (parts, _hp_chart_version (source->name));
  if (n > 0)
    {
      g_autofree char *count = hp_display_count (n);

      if (in_sample)
        g_ptr_array_add (
          parts, g_strdup_printf (ngettext ("%s sale it was trained on", "%s sales it was trained on", n), count));
      else
        g_ptr_array_add (parts, g_strdup_printf (ngettext ("%s sale", "%s sales", n), count));
    }
  if (source->filter != NULL)
    g_ptr_array_add (parts, hp_text_printable (source->filter, -1, MAX_SHOWN));
  g_ptr_array_add (parts, NULL);
  return parts->len > 1 ? g_strjoinv (" · ", (char **) parts->pdata) : NULL;
}

/* Sets without sales would need no chart */
static gboolean
check_sales (HpChart *chart, const HpChartKind *kind, const HpChartInput *input)
{
  if (kind->needs != HP_CHART_NEEDS_SETS || input->sets[0]->n > 0)
    return TRUE;
  return !_hp_chart_set_empty (
    chart, g_strdup (input->n_sets > 1
                       ? _ ("The versions have no sales in common. Choose a file of sales that all of them value.")
                       : _ ("There are no sales here. Choose a wider filter.")));
}

/**
 * hp_chart_study_new:
 * @kind: a kind's name, with the attribute of those that have one: "residuals-sqft"
 * @source: what it is made of; not changed, and not needed afterwards
 * @error: %HP_ERROR_NOT_FOUND: no such kind or attribute, or the source lacks what it needs; %HP_ERROR_USAGE: too many
 * versions
 *
 * Several versions are shown on the sales that all of them have. A chart of sales that have nothing to show has
 * @HpChart.empty set, and the same sentence as its summary.
 *
 * Returns: (transfer full) (nullable): a finished chart
 */
HpChart *
hp_chart_study_new (const char *kind, const HpChartSource *source, GError **error)
{
  HpChartInput input = { .source = source, .sets = source->sets, .n_sets = source->n_sets };
  const HpChartKind *found = hp_chart_kind_find (kind, &input.attribute, error);
  g_autoptr (HpChart) chart = NULL;
  HpResidualSet **common = NULL;
  gboolean made = TRUE;

  if (found == NULL || !check_needs (found, kind, source, error) || !check_sets (found, kind, source, error))
    return NULL;
  if (found->needs != HP_CHART_NEEDS_SETS)
    input.n_sets = 0;
  else if (input.n_sets > 1)
    input.sets = common = hp_residual_sets_common (source->sets, source->n_sets);
  input.currency = find_currency (source, input.sets, input.n_sets);
  for (guint i = 0; i < input.n_sets; i++)
    input.relative = input.relative || hp_target_scale (input.sets[i]->target) == HP_TARGET_LOG;

  chart = hp_chart_new (kind);
  chart->title = g_strdup (hp_chart_kind_title (found));
  chart->subtitle = make_subtitle (found, &input);
  if (check_sales (chart, found, &input))
    made = makers[found - kinds](chart, &input, error);
  hp_residual_sets_free (common);
  if (!made)
    return NULL;
  hp_chart_finish (chart);
  if (chart->empty != NULL)
    {
      g_free (chart->summary);
      chart->summary = g_strdup (chart->empty);
    }
  return g_steal_pointer (&chart);
}

/* hp-study-comparison.c - versions compared, for front ends and sessions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-registry-compare.h"
#include "hp-study-comparison.h"

#define LEVEL 0.9

G_DEFINE_BOXED_TYPE (HpStudyComparison, hp_study_comparison, hp_study_comparison_ref, hp_study_comparison_unref)

static void
comparison_clear (gpointer data)
{
  HpStudyComparison *comparison = data;

  g_clear_pointer (&comparison->comparison, hp_comparison_free);
  g_clear_pointer (&comparison->sets, g_ptr_array_unref);
  g_clear_pointer (&comparison->schema, hp_schema_unref);
}

/**
 * hp_study_comparison_ref:
 * @comparison: a comparison, of an `HpStudies`
 *
 * Returns: (transfer full): the same
 */
HpStudyComparison *
hp_study_comparison_ref (HpStudyComparison *comparison)
{
  return g_atomic_rc_box_acquire (comparison);
}

/**
 * hp_study_comparison_unref:
 * @comparison: (transfer full): a comparison
 */
void
hp_study_comparison_unref (HpStudyComparison *comparison)
{
  g_atomic_rc_box_release_full (comparison, comparison_clear);
}

static HpBundle *
load_bundle (HpStudies *studies, const HpStudySet *set)
{
  g_autofree char *version = g_strdup_printf ("%u", set->version);

  return hp_registry_load (hp_studies_get_registry (studies), version, NULL);
}

/* Why the largest movers moved. Where a model can't be loaded they stand without reasons: the comparison needs none. */
static void
explain (HpStudies *studies, HpStudyComparison *result)
{
  g_autoptr (HpBundle) first = load_bundle (studies, result->sets->pdata[0]);
  g_autoptr (HpBundle) last = load_bundle (studies, result->sets->pdata[result->sets->len - 1]);
  const HpPredictor *before = first != NULL ? hp_bundle_get_predictor (first, FALSE, NULL) : NULL;
  const HpPredictor *after = last != NULL ? hp_bundle_get_predictor (last, FALSE, NULL) : NULL;

  if (before != NULL && after != NULL)
    hp_comparison_explain (result->comparison, before, after);
  if (last != NULL)
    result->schema = hp_bundle_get_schema (last, NULL);
}

/**
 * hp_studies_compare:
 * @studies: studies
 * @versions: (array zero-terminated=1): two to %HP_COMPARISON_MAX numbers or aliases
 * @path: (nullable) (type filename): a CSV of sales; %NULL: the versions' own out-of-sample sales
 * @options: (nullable): %NULL: the defaults
 * @cancellable: (nullable): stops it before the comparison begins
 * @error: as hp_studies_load() and hp_studies_value(); %HP_ERROR_USAGE: too few or too many versions, or two
 * are the same; %HP_ERROR_BAD_DATA if they have no sales in common
 *
 * May be called in any thread. The largest movers come with the contributions that changed. The intervals of a file's
 * sales are at 90 %.
 *
 * Returns: (transfer full) (nullable): the comparison
 */
HpStudyComparison *
hp_studies_compare (HpStudies *studies, const char *const *versions, const char *path,
                    const HpComparisonOptions *options, GCancellable *cancellable, GError **error)
{
  static const HpComparisonOptions defaults = HP_COMPARISON_OPTIONS_DEFAULT;
  HpResidualSet *residuals[HP_COMPARISON_MAX];
  guint numbers[HP_COMPARISON_MAX];
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (HpTeam) team = NULL;
  HpComparison *comparison;
  HpStudyComparison *result;
  guint n;

  g_return_val_if_fail (HP_IS_STUDIES (studies) && versions != NULL, NULL);

  n = g_strv_length ((char **) versions);
  if (n < 2 || n > HP_COMPARISON_MAX)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("two to %u versions can be compared, not %u"), HP_COMPARISON_MAX,
                    n);
      return NULL;
    }
  sets = path == NULL ? hp_studies_load (studies, versions, cancellable, error)
                      : hp_studies_value (studies, versions, path, LEVEL, cancellable, error);
  if (sets == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      residuals[i] = ((HpStudySet *) sets->pdata[i])->set;
      numbers[i] = ((HpStudySet *) sets->pdata[i])->version;
    }
  if (!hp_registry_check_distinct (versions, numbers, n, error))
    return NULL;
  team = hp_team_new (hp_studies_get_jobs (studies));
  comparison = hp_comparison_new (residuals, n, options != NULL ? options : &defaults, team, error);
  if (comparison == NULL)
    return NULL;
  result = g_atomic_rc_box_new0 (HpStudyComparison);
  result->comparison = comparison;
  result->sets = g_steal_pointer (&sets);
  if (comparison->movers->len > 0)
    explain (studies, result);
  return result;
}

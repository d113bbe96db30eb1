/* hp-compare-study.c - what the Compare view shows: versions on the same sales, why prices moved, a chart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-chart-study.h"
#include "hp-compare-study.h"

#define CHART_KIND "compare-delta"

typedef struct
{
  HpStudies *studies;
  char **versions;
} Job;

static void
clear (gpointer data)
{
  HpCompareStudy *study = data;

  g_clear_pointer (&study->compared, hp_study_comparison_unref);
  g_clear_pointer (&study->schema, hp_schema_unref);
  g_clear_pointer (&study->chart, hp_shared_chart_unref);
}

/**
 * hp_compare_study_ref:
 * @study: a study
 *
 * Returns: (transfer full): @study
 */
HpCompareStudy *
hp_compare_study_ref (HpCompareStudy *study)
{
  return g_atomic_rc_box_acquire (study);
}

/**
 * hp_compare_study_unref:
 * @study: (transfer full): a study
 */
void
hp_compare_study_unref (HpCompareStudy *study)
{
  g_atomic_rc_box_release_full (study, clear);
}

/* Nobody else holds the comparison yet. A version that can't be loaded explains nothing: the figures are there all the
 * same */
static void
explain (HpStudies *studies, HpCompareStudy *study)
{
  HpComparison *comparison = study->compared->comparison;
  HpRegistry *registry = hp_studies_get_registry (studies);
  g_autoptr (HpBundle) first = hp_registry_load (registry, comparison->names[0], NULL);
  g_autoptr (HpBundle) last = hp_registry_load (registry, comparison->names[comparison->n_versions - 1], NULL);
  HpPredictor *from = first != NULL ? hp_bundle_get_predictor (first, FALSE, NULL) : NULL;
  HpPredictor *to = last != NULL ? hp_bundle_get_predictor (last, FALSE, NULL) : NULL;

  if (from != NULL && to != NULL)
    hp_comparison_explain (comparison, from, to);
  if (last != NULL)
    study->schema = hp_bundle_get_schema (last, NULL);
}

static HpChart *
make_chart (const HpComparison *comparison)
{
  HpChartSource source = { .comparison = comparison };
  g_autoptr (GError) error = NULL;
  HpChart *chart = hp_chart_study_new (CHART_KIND, &source, &error);

  return chart != NULL ? chart : hp_chart_new_empty (CHART_KIND, error->message);
}

static void
work (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  g_autoptr (HpCompareStudy) study = g_atomic_rc_box_new0 (HpCompareStudy);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  study->compared
    = hp_studies_compare (job->studies, (const char *const *) job->versions, NULL, NULL, cancellable, &error);
  if (study->compared == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;
  explain (job->studies, study);
  study->chart = hp_shared_chart_new (make_chart (study->compared->comparison));
  g_task_return_pointer (task, g_steal_pointer (&study), (GDestroyNotify) hp_compare_study_unref);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->studies);
  g_strfreev (job->versions);
  g_free (job);
}

/**
 * hp_compare_study_new_async:
 * @studies: who loads and compares
 * @versions: (array zero-terminated=1): two to %HP_COMPARISON_MAX
 * @cancellable: (nullable): to give up
 * @callback: called when it is there
 * @data: for @callback
 */
void
hp_compare_study_new_async (HpStudies *studies, const char *const *versions, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Job *job = g_new (Job, 1);

  *job = (Job){ g_object_ref (studies), g_strdupv ((char **) versions) };
  g_task_set_source_tag (task, hp_compare_study_new_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, work);
}

/**
 * hp_compare_study_new_finish:
 * @result: what the callback was given
 * @error: return location for a #GError: what is wrong with a version, no common sales, or cancelled
 *
 * Returns: (transfer full) (nullable): the study
 */
HpCompareStudy *
hp_compare_study_new_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* hp-compare-study.c - what the Compare view shows: versions on the same sales, why prices moved, a chart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-chart-study.h"
#include "hp-compare-study.h"

#define CHART_KIND "compare-delta"

static void
clear (gpointer data)
{
  HpCompareStudy *study = data;

  g_clear_pointer (&study->compared, hp_study_comparison_unref);
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
  g_autoptr (HpCompareStudy) study = g_atomic_rc_box_new0 (HpCompareStudy);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  study->compared = hp_studies_compare (source, task_data, NULL, NULL, cancellable, &error);
  if (study->compared == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  study->chart = hp_shared_chart_new (make_chart (study->compared->comparison));
  g_task_return_pointer (task, g_steal_pointer (&study), (GDestroyNotify) hp_compare_study_unref);
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
  g_autoptr (GTask) task = g_task_new (studies, cancellable, callback, data);

  g_task_set_source_tag (task, hp_compare_study_new_async);
  g_task_set_task_data (task, g_strdupv ((char **) versions), (GDestroyNotify) g_strfreev);
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

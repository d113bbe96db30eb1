/* hp-tui-compared.c - versions compared, explained and charted in a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-chart-study.h"
#include "hp-tui-compared.h"

#define CHART_KIND "compare-delta"

typedef struct
{
  HpStudies *studies;
  char **versions;
} Job;

static void
clear (gpointer data)
{
  HpTuiCompared *compared = data;

  g_clear_pointer (&compared->versions, g_strfreev);
  g_clear_pointer (&compared->compared, hp_study_comparison_unref);
  g_clear_pointer (&compared->chart, hp_chart_free);
}

/**
 * hp_tui_compared_ref:
 * @compared: a comparison
 *
 * Returns: (transfer full): @compared
 */
HpTuiCompared *
hp_tui_compared_ref (HpTuiCompared *compared)
{
  return g_atomic_rc_box_acquire (compared);
}

/**
 * hp_tui_compared_unref:
 * @compared: (transfer full): a comparison
 */
void
hp_tui_compared_unref (HpTuiCompared *compared)
{
  g_atomic_rc_box_release_full (compared, clear);
}

/**
 * hp_tui_compared_pair:
 * @comparison: a comparison
 * @pairs: its pairs, or those of one of its segments
 *
 * Returns: (transfer none): the pair of its first and its last version
 */
const HpPair *
hp_tui_compared_pair (const HpComparison *comparison, const HpPair *pairs)
{
  for (guint i = 0; i < comparison->n_pairs; i++)
    if (pairs[i].a == 0 && pairs[i].b == comparison->n_versions - 1)
      return &pairs[i];
  return pairs;
}

/* Nobody else holds the comparison yet. A version that can't be loaded explains nothing: the figures are there all the
 * same */
static void
explain (HpStudies *studies, HpComparison *comparison)
{
  HpRegistry *registry = hp_studies_get_registry (studies);
  g_autoptr (HpBundle) first = hp_registry_load (registry, comparison->names[0], NULL);
  g_autoptr (HpBundle) last = hp_registry_load (registry, comparison->names[comparison->n_versions - 1], NULL);
  HpPredictor *from = first != NULL ? hp_bundle_get_predictor (first, FALSE, NULL) : NULL;
  HpPredictor *to = last != NULL ? hp_bundle_get_predictor (last, FALSE, NULL) : NULL;

  if (from != NULL && to != NULL)
    hp_comparison_explain (comparison, from, to);
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
  g_autoptr (HpTuiCompared) compared = g_atomic_rc_box_new0 (HpTuiCompared);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  compared->versions = g_strdupv (job->versions);
  compared->compared
    = hp_studies_compare (job->studies, (const char *const *) job->versions, NULL, NULL, cancellable, &error);
  if (compared->compared == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  explain (job->studies, compared->compared->comparison);
  compared->chart = make_chart (compared->compared->comparison);
  g_task_return_pointer (task, g_steal_pointer (&compared), (GDestroyNotify) hp_tui_compared_unref);
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
 * hp_tui_compared_new_async:
 * @studies: who loads
 * @versions: (array zero-terminated=1): what is compared
 * @cancellable: to give up; whoever cancels is not called but with %G_IO_ERROR_CANCELLED
 * @callback: called when it is there
 * @data: for @callback
 */
void
hp_tui_compared_new_async (HpStudies *studies, const char *const *versions, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->studies = g_object_ref (studies);
  job->versions = g_strdupv ((char **) versions);
  g_task_set_source_tag (task, hp_tui_compared_new_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, work);
}

/**
 * hp_tui_compared_new_finish:
 * @result: what the callback was given
 * @error: return location for a #GError: what is wrong with a version, or cancelled
 *
 * Returns: (transfer full) (nullable): the comparison
 */
HpTuiCompared *
hp_tui_compared_new_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

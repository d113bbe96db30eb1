/* hp-tui-compared.c - versions compared, explained and charted in a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-chart-study.h"
#include "hp-tui-compared.h"

#define CHART_KIND "compare-delta"

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
  g_autoptr (HpTuiCompared) compared = g_atomic_rc_box_new0 (HpTuiCompared);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  compared->versions = g_strdupv (task_data);
  compared->compared = hp_studies_compare (source, task_data, NULL, NULL, cancellable, &error);
  if (compared->compared == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  compared->chart = make_chart (compared->compared->comparison);
  g_task_return_pointer (task, g_steal_pointer (&compared), (GDestroyNotify) hp_tui_compared_unref);
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
  g_autoptr (GTask) task = g_task_new (studies, cancellable, callback, data);

  g_task_set_source_tag (task, hp_tui_compared_new_async);
  g_task_set_task_data (task, g_strdupv ((char **) versions), (GDestroyNotify) g_strfreev);
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

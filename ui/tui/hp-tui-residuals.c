/* hp-tui-residuals.c - what the Residuals view shows: sales as some versions see them, in an order, and their chart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hp-error.h"
#include "hp-tui-residuals.h"

/* What a thread works on */
typedef struct
{
  HpStudies *studies;
  HpTuiResidualsChoice choice;
  GPtrArray *loaded; /* (nullable) already */
} Job;

/**
 * hp_tui_residuals_choice_clear:
 * @choice: a choice
 */
void
hp_tui_residuals_choice_clear (HpTuiResidualsChoice *choice)
{
  g_clear_pointer (&choice->versions, g_strfreev);
  g_clear_pointer (&choice->kind, g_free);
  g_clear_pointer (&choice->by, g_free);
  g_clear_pointer (&choice->segment, g_free);
}

static HpTuiResidualsChoice
copy_choice (const HpTuiResidualsChoice *choice)
{
  return (HpTuiResidualsChoice){ g_strdupv (choice->versions),
                                 g_strdup (choice->kind),
                                 g_strdup (choice->by),
                                 g_strdup (choice->segment),
                                 choice->sort,
                                 choice->reversed };
}

static void
clear (gpointer data)
{
  HpTuiResiduals *residuals = data;

  hp_tui_residuals_choice_clear (&residuals->choice);
  g_clear_pointer (&residuals->loaded, g_ptr_array_unref);
  g_clear_pointer (&residuals->sets, hp_residual_sets_free);
  g_clear_pointer (&residuals->segments, hp_segmentation_free);
  g_clear_pointer (&residuals->chart, hp_chart_free);
  g_free (residuals->order);
}

/**
 * hp_tui_residuals_ref:
 * @residuals: residuals
 *
 * Returns: (transfer full): @residuals
 */
HpTuiResiduals *
hp_tui_residuals_ref (HpTuiResiduals *residuals)
{
  return g_atomic_rc_box_acquire (residuals);
}

/**
 * hp_tui_residuals_unref:
 * @residuals: (transfer full): residuals
 */
void
hp_tui_residuals_unref (HpTuiResiduals *residuals)
{
  g_atomic_rc_box_release_full (residuals, clear);
}

/* What a sale is sorted by: the largest comes first */
static double
key_of (const HpTuiResiduals *residuals, guint32 sale)
{
  const HpResidualSet *set = residuals->sets[residuals->n_sets - 1];
  double share;

  switch (residuals->choice.sort)
    {
    case HP_TUI_SORT_SALE:
      return -(double) set->row[sale];
    case HP_TUI_SORT_PRICE:
      return set->price[sale];
    case HP_TUI_SORT_PREDICTED:
      return set->predicted[sale];
    case HP_TUI_SORT_RESIDUAL:
      return fabs (set->price[sale] - set->predicted[sale]);
    case HP_TUI_SORT_SHARE:
    default:
      share = hp_residual_set_share (set, sale);
      return isnan (share) ? G_MAXDOUBLE : fabs (share); /* none is as bad as can be */
    }
}

static int
compare_sales (gconstpointer a, gconstpointer b, gpointer data)
{
  const HpTuiResiduals *residuals = data;
  guint32 one = *(const guint32 *) a, other = *(const guint32 *) b;
  double difference = key_of (residuals, other) - key_of (residuals, one);

  if (residuals->choice.reversed)
    difference = -difference;
  /* Equal ones in their own order: a sort that is not stable needs to be told */
  return difference > 0 ? 1 : difference < 0 ? -1 : one < other ? -1 : one > other;
}

static void
order_sales (HpTuiResiduals *residuals)
{
  gsize n = residuals->sets[0]->n;

  residuals->order = g_new (guint32, n + 1);
  for (gsize i = 0; i < n; i++)
    residuals->order[i] = (guint32) i;
  g_qsort_with_data (residuals->order, (int) n, sizeof (guint32), compare_sales, residuals);
}

/* The sales of one segment, of every version. One of other versions' price deciles may be gone: all are shown then */
static void
filter (HpTuiResiduals *residuals)
{
  const HpSegmentation *segments = residuals->segments;
  const char *wanted = residuals->choice.segment;
  gsize n = residuals->sets[0]->n;
  g_autofree gboolean *keep = g_new0 (gboolean, n + 1);
  HpResidualSet **kept;

  if (wanted == NULL || !g_strv_contains ((const char *const *) segments->keys, wanted))
    return;
  kept = g_new0 (HpResidualSet *, residuals->n_sets + 1);
  for (gsize i = 0; i < n; i++)
    keep[i] = segments->segment[i] >= 0 && g_str_equal (segments->keys[segments->segment[i]], wanted);
  for (guint i = 0; i < residuals->n_sets; i++)
    kept[i] = hp_residual_set_filter (residuals->sets[i], keep);
  hp_residual_sets_free (residuals->sets);
  residuals->sets = kept;
  residuals->filtered = TRUE;
}

static gboolean
deal (HpTuiResiduals *residuals, GError **error)
{
  g_autofree HpResidualSet **sets = g_new (HpResidualSet *, residuals->loaded->len);

  residuals->n_sets = residuals->loaded->len;
  for (guint i = 0; i < residuals->n_sets; i++)
    sets[i] = ((HpStudySet *) residuals->loaded->pdata[i])->set;
  residuals->sets = hp_residual_sets_common (sets, residuals->n_sets);
  if (residuals->sets[0]->n == 0)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("these versions have no sales in common: choose fewer of them"));
      return FALSE;
    }
  if (residuals->choice.by == NULL)
    return TRUE;
  residuals->segments = hp_segmentation_new (residuals->sets[0], residuals->choice.by, error);
  if (residuals->segments != NULL)
    filter (residuals);
  return residuals->segments != NULL;
}

/**
 * hp_tui_residuals_by_label:
 * @set: sales
 * @by: what they are dealt into segments by
 *
 * Returns: (transfer none): what people call it
 */
const char *
hp_tui_residuals_by_label (const HpResidualSet *set, const char *by)
{
  const HpSetColumn *column = hp_residual_set_get_column (set, by);

  if (column != NULL)
    return column->label;
  if (g_str_equal (by, HP_BY_PRICE_DECILE))
    return _ ("Price decile");
  return g_str_equal (by, HP_BY_AGE_BAND) ? _ ("Age") : by;
}

/**
 * hp_tui_residuals_filter:
 * @residuals: residuals
 *
 * Returns: (transfer full) (nullable): which sales are shown, if they are not all
 */
char *
hp_tui_residuals_filter (const HpTuiResiduals *residuals)
{
  const HpSegmentation *segments = residuals->segments;

  for (guint i = 0; residuals->filtered && i < segments->n; i++)
    if (g_str_equal (segments->keys[i], residuals->choice.segment))
      return g_strdup_printf ("%s: %s", segments->label, segments->labels[i]);
  return NULL;
}

/* What can't be shown is said in the chart's place: another kind is a key away */
static void
make_chart (HpTuiResiduals *residuals)
{
  g_autofree char *shown = hp_tui_residuals_filter (residuals);
  HpChartSource source = { .sets = residuals->sets, .n_sets = residuals->n_sets, .filter = shown };
  g_autoptr (GError) error = NULL;

  residuals->chart = hp_chart_study_new (residuals->choice.kind, &source, &error);
  if (residuals->chart == NULL)
    residuals->chart = hp_chart_new_empty (residuals->choice.kind, error->message);
}

static void
work (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (HpTuiResiduals) residuals = g_atomic_rc_box_new0 (HpTuiResiduals);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  residuals->choice = copy_choice (&job->choice);
  if (job->loaded != NULL)
    residuals->loaded = g_ptr_array_ref (job->loaded);
  else
    residuals->loaded = hp_studies_load (job->studies, (const char *const *) job->choice.versions, cancellable, &error);
  if (residuals->loaded == NULL || !deal (residuals, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  order_sales (residuals);
  make_chart (residuals);
  g_task_return_pointer (task, g_steal_pointer (&residuals), (GDestroyNotify) hp_tui_residuals_unref);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->studies);
  hp_tui_residuals_choice_clear (&job->choice);
  g_clear_pointer (&job->loaded, g_ptr_array_unref);
  g_free (job);
}

/**
 * hp_tui_residuals_new_async:
 * @studies: who loads
 * @choice: what is asked for: at least one version
 * @before: (nullable): residuals whose sales are used again if they are of the same versions
 * @cancellable: to give up; whoever cancels is not called but with %G_IO_ERROR_CANCELLED
 * @callback: called when it is there
 * @data: for @callback
 */
void
hp_tui_residuals_new_async (HpStudies *studies, const HpTuiResidualsChoice *choice, HpTuiResiduals *before,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->studies = g_object_ref (studies);
  job->choice = copy_choice (choice);
  if (before != NULL
      && g_strv_equal ((const char *const *) before->choice.versions, (const char *const *) choice->versions))
    job->loaded = g_ptr_array_ref (before->loaded);
  g_task_set_source_tag (task, hp_tui_residuals_new_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, work);
}

/**
 * hp_tui_residuals_new_finish:
 * @result: what the callback was given
 * @error: return location for a #GError: what is wrong with a version, or cancelled
 *
 * Returns: (transfer full) (nullable): the residuals
 */
HpTuiResiduals *
hp_tui_residuals_new_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

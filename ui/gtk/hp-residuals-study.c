/* hp-residuals-study.c - what the Residuals view shows: sales as some versions see them, and their chart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-chart-study.h"
#include "hp-error.h"
#include "hp-model-chart.h"
#include "hp-residuals-study.h"

#define INTERVAL_LEVEL 0.9

/* What a thread works on */
typedef struct
{
  HpStudies *studies;
  HpResidualsChoice choice;
  HpResidualsStudy *before; /* (nullable) whose versions and data are the same */
} Job;

/**
 * hp_residuals_choice_clear:
 * @choice: a choice
 */
void
hp_residuals_choice_clear (HpResidualsChoice *choice)
{
  g_clear_pointer (&choice->versions, g_strfreev);
  g_clear_pointer (&choice->path, g_free);
  g_clear_pointer (&choice->kind, g_free);
  g_clear_pointer (&choice->by, g_free);
  g_clear_pointer (&choice->segment, g_free);
}

/**
 * hp_residuals_choice_copy:
 * @choice: a choice
 *
 * Returns: the same, to be cleared with hp_residuals_choice_clear()
 */
HpResidualsChoice
hp_residuals_choice_copy (const HpResidualsChoice *choice)
{
  return (HpResidualsChoice){ g_strdupv (choice->versions), g_strdup (choice->path), g_strdup (choice->kind),
                              g_strdup (choice->by), g_strdup (choice->segment) };
}

static void
clear (gpointer data)
{
  HpResidualsStudy *study = data;

  hp_residuals_choice_clear (&study->choice);
  g_clear_pointer (&study->chart, hp_shared_chart_unref);
  if (study->owner != NULL)
    {
      hp_residuals_study_unref (study->owner);
      return;
    }
  g_clear_pointer (&study->loaded, g_ptr_array_unref);
  g_clear_pointer (&study->sets, hp_residual_sets_free);
  g_clear_pointer (&study->segments, hp_segmentation_free);
  g_free (study->order);
}

/**
 * hp_residuals_study_ref:
 * @study: a study
 *
 * Returns: (transfer full): @study
 */
HpResidualsStudy *
hp_residuals_study_ref (HpResidualsStudy *study)
{
  return g_atomic_rc_box_acquire (study);
}

/**
 * hp_residuals_study_unref:
 * @study: (transfer full): a study
 */
void
hp_residuals_study_unref (HpResidualsStudy *study)
{
  g_atomic_rc_box_release_full (study, clear);
}

/**
 * hp_residuals_study_find:
 * @study: a study
 * @row: a sale, as its data counts it
 *
 * Returns: its index in the sets, or -1
 */
gssize
hp_residuals_study_find (const HpResidualsStudy *study, guint64 row)
{
  const HpResidualSet *set = study->sets[0];

  for (gsize i = 0; i < set->n; i++)
    if (set->row[i] == row)
      return (gssize) i;
  return -1;
}

/**
 * hp_residuals_study_error:
 * @study: a study
 * @version: index of a version
 * @sale: index of a sale
 *
 * Returns: the residual as a share of the predicted price; NaN: there is none
 */
double
hp_residuals_study_error (const HpResidualsStudy *study, guint version, gsize sale)
{
  return hp_residual_set_share (study->sets[version], sale);
}

/* What has no share is as bad as can be */
static double
badness (const HpResidualsStudy *study, guint32 sale)
{
  double error = hp_residuals_study_error (study, study->n_sets - 1, sale);

  return isnan (error) ? G_MAXDOUBLE : fabs (error);
}

static int
compare_errors (gconstpointer a, gconstpointer b, gpointer data)
{
  const HpResidualsStudy *study = data;
  guint32 one = *(const guint32 *) a, other = *(const guint32 *) b;
  double difference = badness (study, other) - badness (study, one);

  /* Equal ones in their own order: a sort that is not stable needs to be told */
  return difference > 0 ? 1 : difference < 0 ? -1 : one < other ? -1 : 1;
}

static void
order_sales (HpResidualsStudy *study)
{
  gsize n = study->sets[0]->n;

  study->order = g_new (guint32, n);
  for (gsize i = 0; i < n; i++)
    study->order[i] = (guint32) i;
  g_qsort_with_data (study->order, (int) n, sizeof (guint32), compare_errors, study);
}

static gboolean
has_segment (const HpSegmentation *segments, const char *key)
{
  return key != NULL && g_strv_contains ((const char *const *) segments->keys, key);
}

/* The sales of one segment, of every version */
static void
filter (HpResidualsStudy *study)
{
  const HpSegmentation *segments = study->segments;
  g_autofree gboolean *keep = g_new0 (gboolean, study->n_common);
  HpResidualSet **kept = g_new0 (HpResidualSet *, study->n_sets + 1);

  for (gsize i = 0; i < study->n_common; i++)
    keep[i] = segments->segment[i] >= 0 && g_str_equal (segments->keys[segments->segment[i]], study->choice.segment);
  for (guint i = 0; i < study->n_sets; i++)
    kept[i] = hp_residual_set_filter (study->sets[i], keep);
  hp_residual_sets_free (study->sets);
  study->sets = kept;
}

static gboolean
deal (HpResidualsStudy *study, GError **error)
{
  g_autofree HpResidualSet **sets = g_new (HpResidualSet *, study->loaded->len);

  study->n_sets = study->loaded->len;
  for (guint i = 0; i < study->n_sets; i++)
    sets[i] = ((HpStudySet *) study->loaded->pdata[i])->set;
  study->sets = hp_residual_sets_common (sets, study->n_sets);
  study->n_common = study->sets[0]->n;
  if (study->n_common == 0)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("these versions have no sales in common: choose fewer of them"));
      return FALSE;
    }
  if (study->choice.by == NULL)
    return TRUE;
  study->segments = hp_segmentation_new (study->sets[0], study->choice.by, error);
  /* One of other data, or of another version's price deciles, may be gone: all are shown then */
  if (study->segments != NULL && has_segment (study->segments, study->choice.segment))
    filter (study);
  return study->segments != NULL;
}

static char *
describe_filter (const HpResidualsStudy *study)
{
  const HpSegmentation *segments = study->segments;

  for (guint i = 0; segments != NULL && study->choice.segment != NULL && i < segments->n; i++)
    if (g_str_equal (segments->keys[i], study->choice.segment))
      return g_strdup_printf ("%s: %s", segments->label, segments->labels[i]);
  return NULL;
}

/* Of the sales as they are shown; or of the newest version itself, where the kind is one of models */
static HpChart *
try_chart (const HpResidualsStudy *study, HpStudies *studies, GCancellable *cancellable, GError **error)
{
  const char *attribute = NULL;
  const HpChartKind *kind = hp_chart_kind_find (study->choice.kind, &attribute, error);
  g_autofree char *filter = describe_filter (study);
  HpChartSource source = { .sets = study->sets, .n_sets = study->n_sets, .filter = filter };

  if (kind == NULL)
    return NULL;
  if (kind->needs == HP_CHART_NEEDS_SETS)
    return hp_chart_study_new (study->choice.kind, &source, error);
  return hp_model_chart_new (hp_studies_get_registry (studies), study->choice.versions[study->n_sets - 1], kind,
                             attribute, cancellable, error);
}

/* What can't be shown is said in the chart's place: another kind is a choice away */
static void
make_chart (HpResidualsStudy *study, HpStudies *studies, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  HpChart *chart = try_chart (study, studies, cancellable, &error);

  study->chart
    = hp_shared_chart_new (chart != NULL ? chart : hp_chart_new_empty (study->choice.kind, error->message));
}

/* The sales of the one before are these, too */
static void
borrow (HpResidualsStudy *study, HpResidualsStudy *before)
{
  study->owner = hp_residuals_study_ref (before->owner != NULL ? before->owner : before);
  study->loaded = before->loaded;
  study->sets = before->sets;
  study->n_sets = before->n_sets;
  study->segments = before->segments;
  study->n_common = before->n_common;
  study->order = before->order;
}

static gboolean
load (HpResidualsStudy *study, const Job *job, GCancellable *cancellable, GError **error)
{
  const char *const *versions = (const char *const *) job->choice.versions;

  if (job->before != NULL)
    study->loaded = g_ptr_array_ref (job->before->loaded);
  else if (job->choice.path != NULL)
    study->loaded = hp_studies_value (job->studies, versions, job->choice.path, INTERVAL_LEVEL, cancellable, error);
  else
    study->loaded = hp_studies_load (job->studies, versions, cancellable, error);
  if (study->loaded == NULL || !deal (study, error))
    return FALSE;
  order_sales (study);
  return TRUE;
}

static void
work (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  g_autoptr (HpResidualsStudy) study = g_atomic_rc_box_new0 (HpResidualsStudy);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  study->choice = hp_residuals_choice_copy (&job->choice);
  if (job->before != NULL && g_strcmp0 (job->before->choice.by, job->choice.by) == 0
      && g_strcmp0 (job->before->choice.segment, job->choice.segment) == 0)
    borrow (study, job->before);
  else if (!load (study, job, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  make_chart (study, job->studies, cancellable);
  g_task_return_pointer (task, g_steal_pointer (&study), (GDestroyNotify) hp_residuals_study_unref);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->studies);
  hp_residuals_choice_clear (&job->choice);
  g_clear_pointer (&job->before, hp_residuals_study_unref);
  g_free (job);
}

/**
 * hp_residuals_study_new_async:
 * @studies: who loads
 * @choice: what is asked for: at least one version
 * @before: (nullable): a study whose sales are used again if they are of the same versions and data
 * @cancellable: (nullable): to give up
 * @callback: called when it is there
 * @data: for @callback
 */
void
hp_residuals_study_new_async (HpStudies *studies, const HpResidualsChoice *choice, HpResidualsStudy *before,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->studies = g_object_ref (studies);
  job->choice = hp_residuals_choice_copy (choice);
  if (before != NULL && g_strcmp0 (before->choice.path, choice->path) == 0
      && g_strv_equal ((const char *const *) before->choice.versions, (const char *const *) choice->versions))
    job->before = hp_residuals_study_ref (before);
  g_task_set_source_tag (task, hp_residuals_study_new_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, work);
}

/**
 * hp_residuals_study_new_finish:
 * @result: what the callback was given
 * @error: return location for a #GError: what is wrong with a version or the file, or cancelled
 *
 * Returns: (transfer full) (nullable): the study
 */
HpResidualsStudy *
hp_residuals_study_new_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

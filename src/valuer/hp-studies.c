/* hp-studies.c - versions and their sales, for the studies of front ends and sessions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-studies.h"

/* Twice what a comparison shows */
#define MAX_KEPT 16

struct _HpStudies
{
  GObject parent_instance;

  HpRegistry *registry;
  guint jobs;      /* threads of a comparison; 0: the default */
  GMutex lock;     /* of what follows, and of loading it */
  GPtrArray *kept; /* (element-type HpStudySet) hold-out sales, least recently used first */
};

G_DEFINE_FINAL_TYPE (HpStudies, hp_studies, G_TYPE_OBJECT)

static void
hp_studies_finalize (GObject *object)
{
  HpStudies *self = HP_STUDIES (object);

  g_clear_object (&self->registry);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (hp_studies_parent_class)->finalize (object);
}

static void
hp_studies_class_init (HpStudiesClass *class)
{
  G_OBJECT_CLASS (class)->finalize = hp_studies_finalize;
}

static void
hp_studies_init (HpStudies *self)
{
  g_mutex_init (&self->lock);
  self->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_study_set_unref);
}

/**
 * hp_studies_new:
 * @registry: where the versions are
 *
 * Returns: (transfer full): studies of these versions
 */
HpStudies *
hp_studies_new (HpRegistry *registry)
{
  HpStudies *self;

  g_return_val_if_fail (HP_IS_REGISTRY (registry), NULL);

  self = g_object_new (HP_TYPE_STUDIES, NULL);
  self->registry = g_object_ref (registry);
  return self;
}

/**
 * hp_studies_get_registry:
 * @studies: studies
 *
 * Returns: (transfer none): where the versions are
 */
HpRegistry *
hp_studies_get_registry (HpStudies *studies)
{
  g_return_val_if_fail (HP_IS_STUDIES (studies), NULL);

  return studies->registry;
}

/**
 * hp_studies_set_jobs:
 * @studies: studies, of which nothing was asked yet
 * @jobs: how many threads a comparison may use; 0, as it is at first: as many as there are processors
 *
 * It changes how long a comparison takes, never what comes out of it.
 */
void
hp_studies_set_jobs (HpStudies *studies, guint jobs)
{
  g_return_if_fail (HP_IS_STUDIES (studies));

  studies->jobs = jobs;
}

/**
 * hp_studies_get_jobs:
 * @studies: studies
 *
 * Returns: how many threads a comparison may use; 0: as many as there are processors
 */
guint
hp_studies_get_jobs (HpStudies *studies)
{
  g_return_val_if_fail (HP_IS_STUDIES (studies), 0);

  return studies->jobs;
}

/* The versions' own words tell most, but not always which version it is. */
static void
name_version (const char *version, GError **error)
{
  if (!g_error_matches (*error, HP_ERROR, HP_ERROR_NOT_FOUND))
    g_prefix_error (error, _ ("version %s: "), version);
}

static gboolean
is_listed (const GPtrArray *list, guint version)
{
  for (guint i = 0; i < list->len; i++)
    if (((const HpVersionInfo *) list->pdata[i])->version == version)
      return TRUE;
  return FALSE;
}

/* Versions that are gone are not shown from memory as if they were there. */
static void
forget_deleted (HpStudies *self, const GPtrArray *list)
{
  g_mutex_lock (&self->lock);
  for (guint i = self->kept->len; i > 0; i--)
    if (!is_listed (list, ((HpStudySet *) self->kept->pdata[i - 1])->version))
      g_ptr_array_remove_index (self->kept, i - 1);
  g_mutex_unlock (&self->lock);
}

static void
list_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  HpStudies *self = source;
  GError *error = NULL;
  GPtrArray *list;

  if (g_task_return_error_if_cancelled (task))
    return;
  list = hp_registry_list (self->registry, &error);
  if (list == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  forget_deleted (self, list);
  g_task_return_pointer (task, list, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * hp_studies_list_async:
 * @studies: studies
 * @cancellable: (nullable): stops it
 * @callback: called when the list is there
 * @data: for @callback
 *
 * Lists the versions as they are on disk now: new ones are there, deleted ones are not.
 */
void
hp_studies_list_async (HpStudies *studies, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HP_IS_STUDIES (studies));

  task = g_task_new (studies, cancellable, callback, data);
  g_task_set_source_tag (task, hp_studies_list_async);
  g_task_run_in_thread (task, list_worker);
}

/**
 * hp_studies_list_finish:
 * @studies: studies
 * @result: what the callback was given
 * @error: as hp_registry_list(), and %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type HpVersionInfo): the versions, ascending; not to be changed
 */
GPtrArray *
hp_studies_list_finish (HpStudies *studies, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, studies), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* With the lock held. What is found becomes the most recently used. */
static HpStudySet *
find_kept (HpStudies *self, guint version)
{
  for (guint i = 0; i < self->kept->len; i++)
    {
      HpStudySet *set = self->kept->pdata[i];

      if (set->version != version)
        continue;
      g_ptr_array_add (self->kept, g_ptr_array_steal_index (self->kept, i));
      return hp_study_set_ref (set);
    }
  return NULL;
}

static HpStudySet *
load_holdout (HpStudies *self, const char *reference, GError **error)
{
  g_autoptr (HpBundle) bundle = hp_registry_load (self->registry, reference, error);
  HpResidualSet *residuals = bundle != NULL ? hp_bundle_get_residuals (bundle, error) : NULL;
  HpStudySet *set;

  if (residuals == NULL)
    return NULL;
  set = g_atomic_rc_box_new0 (HpStudySet);
  set->version = hp_bundle_get_version (bundle);
  set->n_rows = residuals->n;
  set->set = residuals;
  return set;
}

/* Loading under the lock lets several who ask for the same version wait for one load. */
static HpStudySet *
get_holdout (HpStudies *self, const char *reference, GError **error)
{
  HpStudySet *set = NULL;
  guint version;

  g_mutex_lock (&self->lock);
  if (hp_registry_resolve (self->registry, reference, &version, error))
    {
      set = find_kept (self, version);
      if (set == NULL && (set = load_holdout (self, reference, error)) != NULL)
        {
          if (self->kept->len >= MAX_KEPT)
            g_ptr_array_remove_index (self->kept, 0);
          g_ptr_array_add (self->kept, hp_study_set_ref (set));
        }
    }
  g_mutex_unlock (&self->lock);
  return set;
}

/* A bundle of this call's own: it loads its model once, and is not for several threads */
static HpStudySet *
value_file (HpStudies *self, const char *reference, const char *path, double level, GError **error)
{
  g_autoptr (HpBundle) bundle = hp_registry_load (self->registry, reference, error);
  g_autoptr (HpFindings) findings = hp_findings_new (path);
  g_autoptr (HpValuedSales) sales
    = bundle != NULL ? hp_bundle_value_sales (bundle, path, level, findings, error) : NULL;
  HpStudySet *set;

  if (sales == NULL)
    return NULL;
  set = g_atomic_rc_box_new0 (HpStudySet);
  set->version = hp_bundle_get_version (bundle);
  set->set = g_steal_pointer (&sales->set);
  set->path = g_strdup (path);
  set->sha256 = g_strdup (sales->table->sha256);
  set->n_rows = sales->table->n_rows;
  set->overlap_known = sales->overlap_known;
  set->n_overlap = sales->n_overlap;
  return set;
}

static GPtrArray *
get_sets (HpStudies *self, const char *const *versions, const char *path, double level, GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_study_set_unref);

  for (const char *const *version = versions; *version != NULL; version++)
    {
      HpStudySet *set;
      GError *local_error = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      set = path == NULL ? get_holdout (self, *version, &local_error)
                         : value_file (self, *version, path, level, &local_error);
      if (set == NULL)
        {
          name_version (*version, &local_error);
          g_propagate_error (error, local_error);
          return NULL;
        }
      g_ptr_array_add (sets, set);
    }
  return g_steal_pointer (&sets);
}

/**
 * hp_studies_load:
 * @studies: studies
 * @versions: (array zero-terminated=1): numbers or aliases
 * @cancellable: (nullable): stops it between two versions
 * @error: %HP_ERROR_NOT_FOUND; %HP_ERROR_DAMAGED; %HP_ERROR_BAD_DATA if a version has no out-of-sample sales;
 *   %G_IO_ERROR_CANCELLED
 *
 * What was loaded before is not read again. May be called in any thread.
 *
 * Returns: (transfer full) (nullable) (element-type HpStudySet): the out-of-sample sales of each version
 */
GPtrArray *
hp_studies_load (HpStudies *studies, const char *const *versions, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (HP_IS_STUDIES (studies) && versions != NULL, NULL);

  return get_sets (studies, versions, NULL, 0, cancellable, error);
}

/**
 * hp_studies_value:
 * @studies: studies
 * @versions: (array zero-terminated=1): numbers or aliases
 * @path: (type filename): a CSV of sales, with prices and the columns of each version's schema
 * @level: of the intervals, in (0, 1)
 * @cancellable: (nullable): stops it between two versions
 * @error: as hp_studies_load(); %HP_ERROR_BAD_DATA for what is wrong with the file
 *
 * May be called in any thread. Nothing of it is kept.
 *
 * Returns: (transfer full) (nullable) (element-type HpStudySet): the sales as each version values them
 */
GPtrArray *
hp_studies_value (HpStudies *studies, const char *const *versions, const char *path, double level,
                  GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (HP_IS_STUDIES (studies) && versions != NULL && path != NULL, NULL);
  g_return_val_if_fail (level > 0 && level < 1, NULL);

  return get_sets (studies, versions, path, level, cancellable, error);
}

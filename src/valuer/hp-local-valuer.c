/* hp-local-valuer.c - values houses with the versions of a registry on this computer
 *
 * Everything happens in GTask's threads. Versions once loaded are kept, the most recently used last, so that a house
 * that is being typed meets a model in memory; which version is champion is read again for every question.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-error.h"
#include "hp-valuer.h"

/* As many as a comparison shows */
#define MAX_LOADED 8

/* A version in memory: never changed, so that any thread may value with it */
typedef struct
{
  guint version;
  gboolean with_sales;
  HpBundle *bundle;
  const HpPredictor *predictor; /* of the bundle */
  HpDescription *description;
} Loaded;

#define HP_TYPE_LOCAL_VALUER (hp_local_valuer_get_type ())
G_DECLARE_FINAL_TYPE (HpLocalValuer, hp_local_valuer, HP, LOCAL_VALUER, HpValuer)

struct _HpLocalValuer
{
  HpValuer parent_instance;

  HpRegistry *registry;
  GMutex lock;       /* of what follows */
  GPtrArray *loaded; /* (element-type Loaded) least recently used first */
  guint champion;    /* the last champion that could be loaded; 0: none yet */
};

G_DEFINE_FINAL_TYPE (HpLocalValuer, hp_local_valuer, HP_TYPE_VALUER)

static void
loaded_clear (gpointer data)
{
  Loaded *loaded = data;

  g_clear_object (&loaded->bundle);
  g_clear_pointer (&loaded->description, hp_description_unref);
}

static void
loaded_unref (gpointer loaded)
{
  g_atomic_rc_box_release_full (loaded, loaded_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loaded, loaded_unref)

static Loaded *
load (HpRegistry *registry, guint version, gboolean with_sales, GError **error)
{
  g_autofree char *reference = g_strdup_printf ("%u", version);
  g_autoptr (HpBundle) bundle = hp_registry_load (registry, reference, error);
  const HpPredictor *predictor = bundle != NULL ? hp_bundle_get_predictor (bundle, with_sales, error) : NULL;
  Loaded *loaded;

  if (predictor == NULL)
    return NULL;
  loaded = g_atomic_rc_box_new0 (Loaded);
  loaded->version = version;
  loaded->with_sales = with_sales;
  loaded->predictor = predictor;
  loaded->bundle = g_steal_pointer (&bundle);
  loaded->description
    = hp_description_new (hp_registry_get_name (registry), reference, hp_predictor_get_preprocessor (predictor));
  return loaded;
}

/* A version from memory; it becomes the most recently used */
static Loaded *
find (HpLocalValuer *self, guint version, gboolean with_sales)
{
  for (guint i = 0; i < self->loaded->len; i++)
    {
      Loaded *loaded = g_ptr_array_index (self->loaded, i);

      if (loaded->version != version || (with_sales && !loaded->with_sales))
        continue;
      g_ptr_array_add (self->loaded, g_ptr_array_steal_index (self->loaded, i));
      return g_atomic_rc_box_acquire (loaded);
    }
  return NULL;
}

static Loaded *
find_or_load (HpLocalValuer *self, guint version, gboolean with_sales, GError **error)
{
  Loaded *loaded = find (self, version, with_sales);

  if (loaded != NULL)
    return loaded;
  loaded = load (self->registry, version, with_sales, error);
  if (loaded == NULL)
    return NULL;
  for (guint i = 0; i < self->loaded->len; i++)
    if (((Loaded *) g_ptr_array_index (self->loaded, i))->version == version)
      g_ptr_array_remove_index (self->loaded, i--);
  if (self->loaded->len >= MAX_LOADED)
    g_ptr_array_remove_index (self->loaded, 0);
  g_ptr_array_add (self->loaded, g_atomic_rc_box_acquire (loaded));
  return loaded;
}

/* Loading under the lock lets several questions about a version that is not in memory wait for one load. */
static Loaded *
get_version (HpLocalValuer *self, const char *reference, gboolean with_sales, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  Loaded *loaded = NULL;
  guint version = 0;

  g_mutex_lock (&self->lock);
  if (hp_registry_resolve (self->registry, reference, &version, &local_error))
    loaded = find_or_load (self, version, with_sales, &local_error);
  if (loaded != NULL && reference == NULL)
    self->champion = version;
  /* A new champion that can't be used does not take away the one that values already; its number is told. */
  if (loaded == NULL && reference == NULL && self->champion != 0
      && g_error_matches (local_error, HP_ERROR, HP_ERROR_DAMAGED))
    loaded = find_or_load (self, self->champion, with_sales, NULL);
  g_mutex_unlock (&self->lock);
  if (loaded == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return loaded;
}

/* The texts into a house. All that is wrong is told at once; names of the unknown go to unknown. */
static gboolean
read_house (HpHouse *house, const HpPreprocessor *pre, const HpQuestion *question, GPtrArray *unknown, GError **error)
{
  g_autoptr (GString) problems = g_string_new (NULL);
  const char *field = NULL;

  for (guint q = 0; q < question->names->len; q++)
    {
      const char *text = question->texts->pdata[q];
      int i = hp_preprocessor_find_attribute (pre, question->names->pdata[q]);
      g_autoptr (GError) bad = NULL;

      if (i < 0)
        g_ptr_array_add (unknown, question->names->pdata[q]);
      else if (!hp_house_set_text (house, pre, i, text, strlen (text), &bad))
        {
          g_string_append_printf (problems, "%s%s", problems->len > 0 ? "; " : "", bad->message);
          field = field != NULL ? field : hp_preprocessor_get_attribute (pre, i)->name;
        }
    }
  if (problems->len > 0)
    hp_set_error (error, HP_ERROR_BAD_ATTRIBUTE, field, "%s", problems->str);
  return problems->len == 0;
}

/* The version that a question asks, with what it needs to answer */
static Loaded *
get_asked (HpLocalValuer *self, const HpQuestion *question, GError **error)
{
  return get_version (self, question->version, question->options.n_comparables > 0, error);
}

static HpValuation *
value (const Loaded *loaded, const HpQuestion *question, GError **error)
{
  const HpPreprocessor *pre = hp_predictor_get_preprocessor (loaded->predictor);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();
  g_autoptr (HpHouse) house = hp_house_new (pre);
  HpValuation *valuation;

  if (!read_house (house, pre, question, unknown, error))
    return NULL;
  valuation = hp_predictor_value (loaded->predictor, house, &question->options, error);
  if (valuation == NULL)
    return NULL;
  valuation->model = g_strdup (loaded->description->model);
  valuation->version = g_strdup (loaded->description->version);
  for (guint i = 0; i < unknown->len; i++)
    hp_valuation_add_warning (valuation, "unknown_attribute", unknown->pdata[i],
                              _ ("%s: the model has no such attribute; it is left out"),
                              (const char *) unknown->pdata[i]);
  return valuation;
}

static void
value_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (Loaded) loaded = NULL;
  HpValuation *valuation;

  if (g_task_return_error_if_cancelled (task))
    return;
  loaded = get_asked (source, data, &error);
  valuation = loaded != NULL ? value (loaded, data, &error) : NULL;
  if (valuation != NULL)
    g_task_return_pointer (task, valuation, (GDestroyNotify) hp_valuation_free);
  else
    g_task_return_error (task, error);
}

static void
local_value_async (HpValuer *valuer, const HpQuestion *question, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);

  g_task_set_source_tag (task, local_value_async);
  g_task_set_task_data (task, hp_question_copy (question), (GDestroyNotify) hp_question_free);
  g_task_run_in_thread (task, value_worker);
}

/* One house after the other, until somebody does not want to know any more */
static GPtrArray *
value_each (const Loaded *loaded, const GPtrArray *questions, GCancellable *cancellable)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_answer_free);

  for (guint i = 0; i < questions->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      HpAnswer *answer = g_new0 (HpAnswer, 1);

      answer->valuation = value (loaded, questions->pdata[i], &answer->error);
      g_ptr_array_add (answers, answer);
    }
  return answers;
}

static void
value_many_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const GPtrArray *questions = data;
  GError *error = NULL;
  g_autoptr (Loaded) loaded = NULL;
  g_autoptr (GPtrArray) answers = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  loaded = get_asked (source, questions->pdata[0], &error);
  if (loaded == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  answers = value_each (loaded, questions, cancellable);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_steal_pointer (&answers), (GDestroyNotify) g_ptr_array_unref);
}

static void
local_value_many_async (HpValuer *valuer, GPtrArray *questions, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer data)
{
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);

  g_task_set_source_tag (task, local_value_many_async);
  g_task_set_task_data (task, g_ptr_array_ref (questions), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, value_many_worker);
}

static void
describe_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (Loaded) loaded = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  loaded = get_version (source, data, FALSE, &error);
  if (loaded != NULL)
    g_task_return_pointer (task, hp_description_ref (loaded->description), (GDestroyNotify) hp_description_unref);
  else
    g_task_return_error (task, error);
}

static void
local_describe_async (HpValuer *valuer, const char *version, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer data)
{
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);

  g_task_set_source_tag (task, local_describe_async);
  g_task_set_task_data (task, g_strdup (version), g_free);
  g_task_run_in_thread (task, describe_worker);
}

static void
hp_local_valuer_finalize (GObject *object)
{
  HpLocalValuer *self = HP_LOCAL_VALUER (object);

  g_clear_object (&self->registry);
  g_clear_pointer (&self->loaded, g_ptr_array_unref);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (hp_local_valuer_parent_class)->finalize (object);
}

static void
hp_local_valuer_class_init (HpLocalValuerClass *class)
{
  HpValuerClass *valuer_class = HP_VALUER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = hp_local_valuer_finalize;
  valuer_class->value_async = local_value_async;
  valuer_class->value_many_async = local_value_many_async;
  valuer_class->describe_async = local_describe_async;
}

static void
hp_local_valuer_init (HpLocalValuer *self)
{
  g_mutex_init (&self->lock);
  self->loaded = g_ptr_array_new_with_free_func (loaded_unref);
}

/**
 * hp_local_valuer_new:
 * @registry: where the versions are
 *
 * A version is loaded at its first use, in a thread, and kept. A new champion is noticed at the next question.
 * Attributes that the version doesn't know are left out, with a warning.
 *
 * Returns: (transfer full): a valuer that needs no server
 */
HpValuer *
hp_local_valuer_new (HpRegistry *registry)
{
  HpLocalValuer *self;

  g_return_val_if_fail (HP_IS_REGISTRY (registry), NULL);

  self = g_object_new (HP_TYPE_LOCAL_VALUER, NULL);
  self->registry = g_object_ref (registry);
  return HP_VALUER (self);
}

/* hp-valuer.c - one interface to whoever values houses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-valuer.h"

G_DEFINE_ABSTRACT_TYPE (HpValuer, hp_valuer, G_TYPE_OBJECT)

static void
hp_valuer_class_init (HpValuerClass *class)
{
}

static void
hp_valuer_init (HpValuer *self)
{
}

/**
 * hp_valuer_value_async:
 * @valuer: a valuer
 * @question: the house, and what is asked about it; copied
 * @cancellable: (nullable): stops the question
 * @callback: called in the caller's main context when there is an answer
 * @data: for @callback
 *
 * Values a house.
 */
void
hp_valuer_value_async (HpValuer *valuer, const HpQuestion *question, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (HP_IS_VALUER (valuer));
  g_return_if_fail (question != NULL);

  HP_VALUER_GET_CLASS (valuer)->value_async (valuer, question, cancellable, callback, data);
}

/**
 * hp_valuer_value_finish:
 * @valuer: a valuer
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * %HP_ERROR_BAD_ATTRIBUTE if the house is wrong, %HP_ERROR_NOT_FOUND if there is no such version or no model at all,
 * %HP_ERROR_UNREACHABLE if a server gave no answer, %HP_ERROR_DAMAGED if a version is; %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the valuation
 */
HpValuation *
hp_valuer_value_finish (HpValuer *valuer, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, valuer), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * hp_answer_free:
 * @answer: (transfer full) (nullable): what became of a house
 */
void
hp_answer_free (HpAnswer *answer)
{
  if (answer == NULL)
    return;
  hp_valuation_free (answer->valuation);
  g_clear_error (&answer->error);
  g_free (answer);
}

/**
 * hp_valuer_value_many_async:
 * @valuer: a valuer
 * @questions: (element-type HpQuestion): houses, and what is asked about all of them: options and version are the same
 *   (hp_question_same_terms()). Referenced, and not to be changed before the answer
 * @cancellable: (nullable): stops the questions
 * @callback: called in the caller's main context when there is an answer
 * @data: for @callback
 *
 * Values several houses at once, by one version and one source.
 */
void
hp_valuer_value_many_async (HpValuer *valuer, GPtrArray *questions, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (HP_IS_VALUER (valuer));
  g_return_if_fail (questions != NULL);
  for (guint i = 1; i < questions->len; i++)
    g_return_if_fail (hp_question_same_terms (questions->pdata[0], questions->pdata[i]));

  if (questions->len == 0)
    {
      g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);

      g_task_set_source_tag (task, hp_valuer_value_many_async);
      g_task_return_pointer (task, g_ptr_array_new (), (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  HP_VALUER_GET_CLASS (valuer)->value_many_async (valuer, questions, cancellable, callback, data);
}

/**
 * hp_valuer_value_many_finish:
 * @valuer: a valuer
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * A house that is wrong does not keep the others from being valued: it is an error in its place. The call fails, with
 * the errors of hp_valuer_value_finish(), if no house can be valued whatever it is.
 *
 * Returns: (transfer full) (nullable) (element-type HpAnswer): an answer to each question, in their order
 */
GPtrArray *
hp_valuer_value_many_finish (HpValuer *valuer, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, valuer), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * hp_valuer_describe_async:
 * @valuer: a valuer
 * @version: (nullable): a number or an alias; %NULL: the champion
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context when there is an answer
 * @data: for @callback
 *
 * Asks what a version needs to know of a house.
 */
void
hp_valuer_describe_async (HpValuer *valuer, const char *version, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (HP_IS_VALUER (valuer));

  HP_VALUER_GET_CLASS (valuer)->describe_async (valuer, version, cancellable, callback, data);
}

/**
 * hp_valuer_describe_finish:
 * @valuer: a valuer
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the description; errors as hp_valuer_value_finish()
 */
HpDescription *
hp_valuer_describe_finish (HpValuer *valuer, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, valuer), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **kept = data;

  *kept = g_object_ref (result);
}

/* In the context in which the valuer lives, not in one of this call alone: libsoup tidies connections up in its
 * session's, and would wait for ever for a connection that is free. */
static void
wait_for (GAsyncResult **result)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  while (*result == NULL)
    g_main_context_iteration (context, TRUE);
}

/**
 * hp_valuer_value:
 * @valuer: a valuer
 * @question: the house, and what is asked about it
 * @cancellable: (nullable): stops the question
 * @error: return location for a #GError
 *
 * hp_valuer_value_async(), waited for in the main context in which @valuer was made. Not for programs with a main loop.
 *
 * Returns: (transfer full) (nullable): the valuation
 */
HpValuation *
hp_valuer_value (HpValuer *valuer, const HpQuestion *question, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hp_valuer_value_async (valuer, question, cancellable, keep_result_cb, &result);
  wait_for (&result);
  return hp_valuer_value_finish (valuer, result, error);
}

/**
 * hp_valuer_value_many:
 * @valuer: a valuer
 * @questions: (element-type HpQuestion): houses
 * @cancellable: (nullable): stops the questions
 * @error: return location for a #GError
 *
 * hp_valuer_value_many_async(), waited for as in hp_valuer_value().
 *
 * Returns: (transfer full) (nullable) (element-type HpAnswer): an answer to each
 */
GPtrArray *
hp_valuer_value_many (HpValuer *valuer, GPtrArray *questions, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hp_valuer_value_many_async (valuer, questions, cancellable, keep_result_cb, &result);
  wait_for (&result);
  return hp_valuer_value_many_finish (valuer, result, error);
}

/**
 * hp_valuer_describe:
 * @valuer: a valuer
 * @version: (nullable): a number or an alias; %NULL: the champion
 * @cancellable: (nullable): stops it
 * @error: return location for a #GError
 *
 * hp_valuer_describe_async(), waited for in the main context in which @valuer was made. Not for programs with a main
 * loop.
 *
 * Returns: (transfer full) (nullable): the description
 */
HpDescription *
hp_valuer_describe (HpValuer *valuer, const char *version, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hp_valuer_describe_async (valuer, version, cancellable, keep_result_cb, &result);
  wait_for (&result);
  return hp_valuer_describe_finish (valuer, result, error);
}

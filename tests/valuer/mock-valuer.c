/* mock-valuer.c - a valuer that answers when the test says so
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "mock-valuer.h"

#include <string.h>

#include "hp-json.h"

G_DEFINE_FINAL_TYPE (MockValuer, mock_valuer, HP_TYPE_VALUER)

static void
mock_value_async (HpValuer *valuer, const HpQuestion *question, GCancellable *cancellable, GAsyncReadyCallback callback,
                  gpointer data)
{
  MockValuer *self = MOCK_VALUER (valuer);
  GTask *task = g_task_new (valuer, cancellable, callback, data);

  /* an answer to a question that was taken back arrives all the same: whoever asked has to know it for one */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, hp_question_copy (question), (GDestroyNotify) hp_question_free);
  g_queue_push_tail (&self->tasks, task);
  self->asked++;
}

static void
mock_value_many_async (HpValuer *valuer, GPtrArray *questions, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer data)
{
  MockValuer *self = MOCK_VALUER (valuer);
  GTask *task = g_task_new (valuer, cancellable, callback, data);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_ptr_array_ref (questions), (GDestroyNotify) g_ptr_array_unref);
  g_queue_push_tail (&self->many, task);
  self->asked_many++;
}

static void
mock_describe_async (HpValuer *valuer, const char *version, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer data)
{
  g_autoptr (GTask) task = g_task_new (valuer, cancellable, callback, data);

  if (MOCK_VALUER (valuer)->description != NULL)
    g_task_return_pointer (task, hp_description_ref (MOCK_VALUER (valuer)->description),
                           (GDestroyNotify) hp_description_unref);
  else
    g_task_return_new_error (task, HP_ERROR, HP_ERROR_NOT_FOUND, "there is none");
}

static void
mock_valuer_finalize (GObject *object)
{
  g_queue_clear_full (&MOCK_VALUER (object)->tasks, g_object_unref);
  g_queue_clear_full (&MOCK_VALUER (object)->many, g_object_unref);
  g_clear_pointer (&MOCK_VALUER (object)->description, hp_description_unref);
  G_OBJECT_CLASS (mock_valuer_parent_class)->finalize (object);
}

static void
mock_valuer_class_init (MockValuerClass *class)
{
  G_OBJECT_CLASS (class)->finalize = mock_valuer_finalize;
  HP_VALUER_CLASS (class)->value_async = mock_value_async;
  HP_VALUER_CLASS (class)->value_many_async = mock_value_many_async;
  HP_VALUER_CLASS (class)->describe_async = mock_describe_async;
}

static void
mock_valuer_init (MockValuer *self)
{
  g_queue_init (&self->tasks);
  g_queue_init (&self->many);
}

MockValuer *
mock_valuer_new (const char *source)
{
  MockValuer *self = g_object_new (MOCK_TYPE_VALUER, NULL);

  self->source = source;
  self->version = "1";
  return self;
}

static GTask *
take (GQueue *queue, guint place)
{
  GTask *task = g_queue_pop_nth (queue, place);

  g_assert_nonnull (task);
  return task;
}

static HpValuation *
make_valuation (MockValuer *mock, double price, const char *more)
{
  g_autofree char *text = g_strdup_printf (
    "{\"model\":\"m\",\"version\":\"%s\",\"source\":\"%s\",\"currency\":\"USD\",\"predicted_price\":%.0f,"
    "\"interval\":{\"level\":0.9,\"low\":1,\"high\":1e9},\"confidence\":{\"fsd\":0.1,\"within_10_percent\":0.5}%s}",
    mock->version, mock->source, price, more);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = hp_json_parse (text, strlen (text), 4096, "mock", &error);
  HpValuation *valuation;

  g_assert_no_error (error);
  valuation = hp_valuation_from_json (json_node_get_object (node), &error);
  g_assert_no_error (error);
  return valuation;
}

void
mock_valuer_answer (MockValuer *mock, guint place, double price)
{
  mock_valuer_explain (mock, place, price, "");
}

void
mock_valuer_explain (MockValuer *mock, guint place, double price, const char *more)
{
  g_autoptr (GTask) task = take (&mock->tasks, place);

  g_task_return_pointer (task, make_valuation (mock, price, more), (GDestroyNotify) hp_valuation_free);
}

const GPtrArray *
mock_valuer_many (MockValuer *mock, guint place)
{
  GTask *task = g_queue_peek_nth (&mock->many, place);

  g_assert_nonnull (task);
  return g_task_get_task_data (task);
}

gboolean
mock_valuer_is_cancelled (MockValuer *mock, guint place)
{
  GTask *task = g_queue_peek_nth (&mock->many, place);

  g_assert_nonnull (task);
  return g_cancellable_is_cancelled (g_task_get_cancellable (task));
}

void
mock_valuer_answer_many (MockValuer *mock, guint place, MockPrice price)
{
  g_autoptr (GTask) task = take (&mock->many, place);
  const GPtrArray *questions = g_task_get_task_data (task);
  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_answer_free);

  for (guint i = 0; i < questions->len; i++)
    {
      HpAnswer *answer = g_new0 (HpAnswer, 1);
      double worth = price (questions->pdata[i]);

      if (worth > 0)
        answer->valuation = make_valuation (mock, worth, "");
      else
        hp_set_error (&answer->error, HP_ERROR_BAD_ATTRIBUTE, NULL, "no such house");
      g_ptr_array_add (answers, answer);
    }
  g_task_return_pointer (task, answers, (GDestroyNotify) g_ptr_array_unref);
}

void
mock_valuer_fail_many (MockValuer *mock, guint place, HpErrorCode code, const char *message)
{
  g_autoptr (GTask) task = take (&mock->many, place);
  GError *error = NULL;

  hp_set_error (&error, code, NULL, "%s", message);
  g_task_return_error (task, error);
}

void
mock_valuer_fail (MockValuer *mock, guint place, HpErrorCode code, const char *message)
{
  g_autoptr (GTask) task = take (&mock->tasks, place);
  GError *error = NULL;

  hp_set_error (&error, code, NULL, "%s", message);
  g_task_return_error (task, error);
}

const char *
mock_valuer_sqft (MockValuer *mock, guint place)
{
  GTask *task = g_queue_peek_nth (&mock->tasks, place);

  g_assert_nonnull (task);
  return hp_question_get (g_task_get_task_data (task), "sqft");
}

void
mock_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
mock_wait (const guint *value, guint wanted)
{
  while (*value < wanted)
    g_main_context_iteration (NULL, TRUE);
}

HpDescription *
mock_description (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = hp_json_parse (json, strlen (json), 65536, "mock", &error);
  HpDescription *description;

  g_assert_no_error (error);
  description = hp_description_from_json (json_node_get_object (node), &error);
  g_assert_no_error (error);
  return description;
}

HpQuestion *
mock_question (const char *sqft)
{
  HpQuestion *question = hp_question_new ();

  hp_question_set (question, "sqft", sqft);
  return question;
}

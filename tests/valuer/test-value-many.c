/* test-value-many.c - several houses at once: by this computer, by a server, by whichever answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "fault-proxy.h"
#include "hp-auto-valuer.h"
#include "mock-server.h"
#include "mock-valuer.h"
#include "valuer-support.h"

typedef struct
{
  Fixture registry; /* whose version 1 is the local champion */
  MockServer *server;
  FaultProxy *proxy;
  HpValuer *local, *remote;
  HpAutoValuer *valuer;
} Many;

static void
set_up (Many *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  support_set_up (&fixture->registry, NULL);
  add_version (fixture->registry.registry, 35000);
  fixture->local = hp_local_valuer_new (fixture->registry.registry);
  fixture->server = mock_server_new ();
  fixture->proxy = fault_proxy_new ("127.0.0.1", mock_server_get_port (fixture->server), 0, &error);
  g_assert_no_error (error);
  fixture->remote = hp_server_valuer_new (fault_proxy_get_url (fixture->proxy), &error);
  g_assert_no_error (error);
  fixture->valuer = HP_AUTO_VALUER (hp_auto_valuer_new (fixture->remote, fixture->local));
}

static void
tear_down (Many *fixture, gconstpointer data)
{
  while (g_atomic_int_get (&G_OBJECT (fixture->local)->ref_count) > 2)
    g_thread_yield ();
  g_assert_finalize_object (fixture->valuer);
  g_object_unref (fixture->remote);
  g_object_unref (fixture->local);
  tear_down_when_idle (&fixture->registry, NULL);
  fault_proxy_free (fixture->proxy);
  mock_server_free (fixture->server);
}

static GPtrArray *
make_questions (const char *first, ...)
{
  GPtrArray *questions = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_question_free);
  va_list args;

  va_start (args, first);
  for (const char *sqft = first; sqft != NULL; sqft = va_arg (args, const char *))
    g_ptr_array_add (questions, mock_question (sqft));
  va_end (args);
  return questions;
}

static const HpAnswer *
get_answer (const GPtrArray *answers, guint i)
{
  const HpAnswer *answer = g_ptr_array_index (answers, i);

  g_assert_true ((answer->valuation != NULL) != (answer->error != NULL));
  return answer;
}

/* Each as it would be valued alone; the wrong one in its place */
static void
test_local (Many *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) questions = make_questions ("1000", "big", "1500", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = hp_valuer_value_many (fixture->local, questions, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (answers->len, ==, 3);
  for (guint i = 0; i < 3; i += 2)
    {
      g_autofree char *alone = value_directly (fixture->registry.registry, "1", questions->pdata[i]);
      g_autofree char *together = valuation_to_json (get_answer (answers, i)->valuation);

      g_assert_cmpstr (together, ==, alone);
    }
  g_assert_error (get_answer (answers, 1)->error, HP_ERROR, HP_ERROR_BAD_ATTRIBUTE);
  g_assert_cmpstr (hp_error_get_field (get_answer (answers, 1)->error), ==, "sqft");
}

static void
test_none (Many *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) questions = make_questions (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = hp_valuer_value_many (HP_VALUER (fixture->valuer), questions, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (answers->len, ==, 0);
  g_assert_cmpuint (mock_server_get_requests (fixture->server), ==, 0);
}

/* No house can be valued: that is the call's error, not each house's */
static void
test_no_version (Many *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) questions = make_questions ("1000", "1500", NULL);
  GError *error = NULL;

  for (guint i = 0; i < questions->len; i++)
    ((HpQuestion *) questions->pdata[i])->version = g_strdup ("9");
  g_assert_null (hp_valuer_value_many (fixture->local, questions, NULL, &error));
  support_assert_error (error, HP_ERROR_NOT_FOUND, "9");
}

#define BAD_HOUSE                                                                                                      \
  "{\"error\":{\"code\":\"bad_attribute\",\"message\":\"no\",\"errors\":[{\"field\":\"sqft\",\"message\":\"sqft: too " \
  "big\"}]}}"

static void
test_server (Many *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) questions = make_questions ("1000", "big", "1500", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  g_autofree char *body = NULL;

  mock_server_set_answer (fixture->server, 200, "application/json",
                          "{\"valuations\":[" MOCK_VALUATION ("100") "," BAD_HOUSE "," MOCK_VALUATION ("150") "]}");
  answers = hp_valuer_value_many (HP_VALUER (fixture->valuer), questions, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answers->len, ==, 3);
  g_assert_cmpfloat (get_answer (answers, 0)->valuation->predicted_price, ==, 100);
  g_assert_cmpstr (get_answer (answers, 0)->valuation->source, ==, "server");
  g_assert_error (get_answer (answers, 1)->error, HP_ERROR, HP_ERROR_BAD_ATTRIBUTE);
  g_assert_cmpstr (get_answer (answers, 1)->error->message, ==, "sqft: too big");
  g_assert_cmpfloat (get_answer (answers, 2)->valuation->predicted_price, ==, 150);
  body = mock_server_dup_body (fixture->server);
  g_assert_cmpstr (body, ==, "{\"houses\":[{\"sqft\":\"1000\"},{\"sqft\":\"big\"},{\"sqft\":\"1500\"}]}");
  g_assert_cmpuint (mock_server_get_requests (fixture->server), ==, 1);
  g_assert_cmpint (hp_auto_valuer_get_state (fixture->valuer), ==, HP_VALUER_ONLINE);
  g_assert_cmpstr (hp_auto_valuer_get_server_version (fixture->valuer), ==, "7");
}

/* Only wrong houses: it answers all the same, and says nothing of its champion */
static void
test_all_wrong (Many *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) questions = make_questions ("big", "small", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = NULL;

  mock_server_set_answer (fixture->server, 200, "application/json", "{\"valuations\":[" BAD_HOUSE "," BAD_HOUSE "]}");
  answers = hp_valuer_value_many (HP_VALUER (fixture->valuer), questions, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (get_answer (answers, 0)->error);
  g_assert_nonnull (get_answer (answers, 1)->error);
  g_assert_cmpint (hp_auto_valuer_get_state (fixture->valuer), ==, HP_VALUER_ONLINE);
  g_assert_null (hp_auto_valuer_get_server_version (fixture->valuer));
}

/* What is no answer to these houses is none at all, and this computer stands in */
static void
test_no_answer (Many *fixture, gconstpointer data)
{
  static const char *const bodies[] = {
    "{\"valuations\":[" MOCK_VALUATION ("100") "]}",
    "{\"valuations\":[" MOCK_VALUATION ("100") "," MOCK_VALUATION ("100") "," MOCK_VALUATION ("100") "]}",
    "{\"valuations\":[" MOCK_VALUATION ("100") ",7]}",
    "{\"valuations\":[" MOCK_VALUATION ("100") ",{\"error\":7}]}",
    "{\"valuations\":[" MOCK_VALUATION ("100") ",{}]}",
    "{\"valuations\":[" MOCK_VALUATION ("100") "," MOCK_VALUATION ("-100") "]}",
    "{\"valuations\":{}}",
    "{}",
  };
  g_autoptr (GPtrArray) questions = make_questions ("1000", "1500", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) answers = NULL;

      mock_server_set_answer (fixture->server, 200, "application/json", bodies[i]);
      g_assert_null (hp_valuer_value_many (fixture->remote, questions, NULL, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_UNREACHABLE);
      g_clear_error (&error);
      answers = hp_valuer_value_many (HP_VALUER (fixture->valuer), questions, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (get_answer (answers, 1)->valuation->source, ==, "local");
      g_assert_cmpint (hp_auto_valuer_get_state (fixture->valuer), ==, HP_VALUER_OFFLINE);
    }
}

/* A refusal of all of them is the call's error, and no model of this computer gives another */
static void
test_refused (Many *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) questions = make_questions ("1000", "1500", NULL);
  GError *error = NULL;

  mock_server_set_answer (fixture->server, 404, "application/problem+json", "{\"detail\":\"no version 9 here\"}");
  g_assert_null (hp_valuer_value_many (HP_VALUER (fixture->valuer), questions, NULL, &error));
  support_assert_error (error, HP_ERROR_NOT_FOUND, "no version 9 here");
}

/* In whatever way the server fails, all houses come from this computer */
static void
test_fault (Many *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) questions = make_questions ("1000", "big", "1500", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = NULL;

  fault_proxy_set_mode (fixture->proxy, (FaultMode) GPOINTER_TO_INT (data));
  answers = hp_valuer_value_many (HP_VALUER (fixture->valuer), questions, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answers->len, ==, 3);
  g_assert_cmpstr (get_answer (answers, 0)->valuation->source, ==, "local");
  g_assert_error (get_answer (answers, 1)->error, HP_ERROR, HP_ERROR_BAD_ATTRIBUTE);
  g_assert_cmpstr (get_answer (answers, 2)->valuation->source, ==, "local");
  g_assert_cmpint (hp_auto_valuer_get_state (fixture->valuer), ==, HP_VALUER_OFFLINE);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_valuer_value_many_finish (HP_VALUER (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ++*(guint *) data;
}

static void
test_cancelled (Many *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) questions = make_questions ("1000", "1500", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint cancelled = 0;

  fault_proxy_set_mode (fixture->proxy, FAULT_BLACKHOLE);
  hp_valuer_value_many_async (HP_VALUER (fixture->valuer), questions, cancellable, cancelled_cb, &cancelled);
  mock_settle ();
  g_cancellable_cancel (cancellable);
  mock_wait (&cancelled, 1);
  g_assert_cmpint (hp_auto_valuer_get_state (fixture->valuer), ==, HP_VALUER_CONNECTING);
  hp_valuer_value_many_async (fixture->local, questions, cancellable, cancelled_cb, &cancelled);
  mock_wait (&cancelled, 2);
}

#define add(name, function) g_test_add ("/value-many/" name, Many, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  hp_valuer_prepare_program ();
  support_init (&argc, &argv);

  add ("local", test_local);
  add ("none", test_none);
  add ("no-version", test_no_version);
  add ("server", test_server);
  add ("all-wrong", test_all_wrong);
  add ("no-answer", test_no_answer);
  add ("refused", test_refused);
  for (int mode = FAULT_PASS + 1; mode < FAULT_N_MODES; mode++)
    {
      g_autofree char *path = g_strconcat ("/value-many/fault/", fault_mode_to_name ((FaultMode) mode), NULL);

      g_test_add (path, Many, GINT_TO_POINTER (mode), set_up, test_fault, tear_down);
    }
  add ("cancelled", test_cancelled);

  return support_run ();
}

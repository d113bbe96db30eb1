/* test-faults.c - a server that fails in every way that servers and networks do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "fault-proxy.h"
#include "hp-error.h"
#include "hp-server-valuer-private.h"
#include "mock-server.h"
#include "mock-valuer.h"

typedef struct
{
  MockServer *server;
  FaultProxy *proxy;
  HpValuer *valuer;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = mock_server_new ();
  fixture->proxy = fault_proxy_new ("127.0.0.1", mock_server_get_port (fixture->server), 0, &error);
  g_assert_no_error (error);
  fixture->valuer = hp_server_valuer_new (fault_proxy_get_url (fixture->proxy), &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->valuer);
  fault_proxy_free (fixture->proxy);
  mock_server_free (fixture->server);
}

static void
expect_value (Fixture *fixture)
{
  g_autoptr (HpQuestion) question = mock_question ("1500");
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = hp_valuer_value (fixture->valuer, question, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (valuation->predicted_price, ==, MOCK_PRICE);
}

/* What is said of each; every message begins with the server's address */
static const struct
{
  FaultMode mode;
  const char *reason;
} faults[] = {
  { FAULT_REFUSE, "refused" },
  { FAULT_RESET, "" },
  { FAULT_BLACKHOLE, "no answer within 3 s" },
  { FAULT_BACKLOG, "no answer within 1 s" },
  { FAULT_GARBAGE, "" },
  { FAULT_SLOW, "no answer within 3 s" },
  { FAULT_TRUNCATE, "terminated" },
  { FAULT_HALF_CLOSE, "" },
  { FAULT_ERROR_500, "answers 500: the disk is on fire" },
  { FAULT_ERROR_503, "answers 503: no model can serve" },
  { FAULT_NOT_JSON, "no answer of a house-price server" },
  { FAULT_WRONG_JSON, "no answer of a house-price server" },
  { FAULT_HUGE, "longer than 16777216 bytes" },
};

static void
check_unreachable (Fixture *fixture, GError *error, const char *reason)
{
  g_assert_error (error, HP_ERROR, HP_ERROR_UNREACHABLE);
  if (!g_str_has_prefix (error->message, fault_proxy_get_url (fixture->proxy))
      || strlen (error->message) <= strlen (fault_proxy_get_url (fixture->proxy)) + 3
      || strstr (error->message, reason) == NULL)
    g_error ("“%s” does not say who and “%s”", error->message, reason);
}

/* With a connection of before that is kept, and with a new one; then all is well again at the same address */
static void
test_fault (Fixture *fixture, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (HpQuestion) question = mock_question ("1500");

  fault_proxy_set_delay (fixture->proxy, 50);
  expect_value (fixture);
  fault_proxy_set_mode (fixture->proxy, faults[i].mode);
  for (int j = 0; j < 2; j++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hp_valuer_value (fixture->valuer, question, NULL, &error));
      check_unreachable (fixture, error, faults[i].reason);
    }
  fault_proxy_set_mode (fixture->proxy, FAULT_PASS);
  expect_value (fixture);
}

static void
test_describe (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      if (faults[i].mode == FAULT_BLACKHOLE || faults[i].mode == FAULT_SLOW)
        continue; /* three seconds that tell nothing new */
      fault_proxy_set_mode (fixture->proxy, faults[i].mode);
      g_assert_null (hp_valuer_describe (fixture->valuer, NULL, NULL, &error));
      check_unreachable (fixture, error, faults[i].reason);
    }
}

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

/* Health has less patience, and less appetite */
static void
test_health (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      gboolean waits = faults[i].mode == FAULT_BLACKHOLE || faults[i].mode == FAULT_SLOW;

      fault_proxy_set_delay (fixture->proxy, 50);
      fault_proxy_set_mode (fixture->proxy, faults[i].mode);
      _hp_server_valuer_health_async (fixture->valuer, NULL, keep_cb, &result);
      g_assert_null (_hp_server_valuer_health_finish (fixture->valuer, wait_for (&result), &error));
      check_unreachable (fixture, error,
                         waits                          ? "no answer within 1.5 s"
                         : faults[i].mode == FAULT_HUGE ? "longer than 65536 bytes"
                                                        : faults[i].reason);
    }
}

static void
test_healthy (Fixture *fixture, gconstpointer data)
{
  static const char *const unwell[]
    = { "{\"status\":\"no_model\",\"version\":null}", "{\"status\":\"healthy\"}", "{\"version\":7}" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *version = NULL;

  _hp_server_valuer_health_async (fixture->valuer, NULL, keep_cb, &result);
  version = _hp_server_valuer_health_finish (fixture->valuer, wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (version, ==, "7");
  for (gsize i = 0; i < G_N_ELEMENTS (unwell); i++)
    {
      g_clear_object (&result);
      mock_server_set_answer (fixture->server, 200, "application/json", unwell[i]);
      _hp_server_valuer_health_async (fixture->valuer, NULL, keep_cb, &result);
      g_assert_null (_hp_server_valuer_health_finish (fixture->valuer, wait_for (&result), &error));
      check_unreachable (fixture, error, "");
      g_clear_error (&error);
    }
}

/* Slow, but in time */
static void
test_slow_enough (Fixture *fixture, gconstpointer data)
{
  fault_proxy_set_delay (fixture->proxy, 0);
  fault_proxy_set_mode (fixture->proxy, FAULT_SLOW);
  expect_value (fixture);
}

/* Cancelled while nobody answers: at once, and nothing comes after it */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  static const FaultMode silent[] = { FAULT_BLACKHOLE, FAULT_BACKLOG, FAULT_SLOW };

  fault_proxy_set_delay (fixture->proxy, 3600000);
  for (gsize i = 0; i < G_N_ELEMENTS (silent); i++)
    for (int iterations = 0; iterations < 20; iterations += 5)
      {
        g_autoptr (HpQuestion) question = mock_question ("1500");
        g_autoptr (GCancellable) cancellable = g_cancellable_new ();
        g_autoptr (GAsyncResult) result = NULL;
        g_autoptr (GError) error = NULL;

        fault_proxy_set_mode (fixture->proxy, silent[i]);
        hp_valuer_value_async (fixture->valuer, question, cancellable, keep_cb, &result);
        for (int j = 0; j < iterations; j++)
          g_main_context_iteration (NULL, FALSE);
        g_assert_null (result);
        g_cancellable_cancel (cancellable);
        g_assert_null (hp_valuer_value_finish (fixture->valuer, wait_for (&result), &error));
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        mock_settle ();
        fault_proxy_set_mode (fixture->proxy, FAULT_PASS);
        expect_value (fixture);
      }
}

/* The valuer goes while questions are out: they keep what they need, and end */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpQuestion) question = mock_question ("1500");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *results[3] = { NULL };
  HpValuer *valuer = fixture->valuer;
  g_autoptr (GError) error = NULL;

  fault_proxy_set_mode (fixture->proxy, FAULT_BLACKHOLE);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    hp_valuer_value_async (valuer, question, cancellable, keep_cb, &results[i]);
  g_object_unref (valuer);
  mock_settle ();
  g_cancellable_cancel (cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_assert_null (hp_valuer_value_finish (valuer, wait_for (&results[i]), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_object_unref (results[i]);
    }
  mock_settle ();
  fixture->valuer = hp_server_valuer_new (fault_proxy_get_url (fixture->proxy), &error);
}

/* More questions than connections, to one who does not answer: each ends in time */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HpQuestion) question = mock_question ("1500");
  GAsyncResult *results[12] = { NULL };

  fault_proxy_set_mode (fixture->proxy, FAULT_BLACKHOLE);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    hp_valuer_value_async (fixture->valuer, question, NULL, keep_cb, &results[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hp_valuer_value_finish (fixture->valuer, wait_for (&results[i]), &error));
      check_unreachable (fixture, error, "no answer within");
      g_object_unref (results[i]);
    }
  fault_proxy_set_mode (fixture->proxy, FAULT_PASS);
  expect_value (fixture);
}

#define add(name, function) g_test_add ("/faults/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  hp_valuer_prepare_program ();
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/faults/value/", fault_mode_to_name (faults[i].mode), NULL);

      g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_fault, tear_down);
    }
  add ("describe", test_describe);
  add ("health", test_health);
  add ("healthy", test_healthy);
  add ("slow-enough", test_slow_enough);
  add ("cancelled", test_cancelled);
  add ("gone", test_gone);
  add ("many", test_many);

  return g_test_run ();
}

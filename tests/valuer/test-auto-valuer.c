/* test-auto-valuer.c - the server first; the local model while it fails, in whatever way; the server again
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
  HpValuer *local;
  HpAutoValuer *valuer;
  GThread *thread;                          /* in which notifications are due */
  guint states, versions, reasons, lasting; /* how often each was notified, all states in a row as digits */
} Auto;

/* When any is notified, all fit together */
static void
check_consistent (HpAutoValuer *valuer)
{
  HpValuerState state = hp_auto_valuer_get_state (valuer);

  g_assert_true ((hp_auto_valuer_get_offline_reason (valuer) != NULL) == (state == HP_VALUER_OFFLINE));
  if (state != HP_VALUER_ONLINE)
    g_assert_null (hp_auto_valuer_get_server_version (valuer));
}

static void
notify_cb (HpAutoValuer *valuer, GParamSpec *pspec, gpointer data)
{
  Auto *fixture = data;

  g_assert_true (g_thread_self () == fixture->thread);
  check_consistent (valuer);
  if (g_str_equal (pspec->name, "state"))
    {
      fixture->states++;
      fixture->lasting = fixture->lasting * 10 + hp_auto_valuer_get_state (valuer);
    }
  else if (g_str_equal (pspec->name, "server-version"))
    fixture->versions++;
  else if (g_str_equal (pspec->name, "offline-reason"))
    fixture->reasons++;
}

static void
make_valuer (Auto *fixture, const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuer) server = url != NULL ? hp_server_valuer_new (url, &error) : NULL;

  g_assert_no_error (error);
  fixture->valuer = HP_AUTO_VALUER (hp_auto_valuer_new (server, fixture->local));
  fixture->thread = g_thread_self ();
  g_signal_connect (fixture->valuer, "notify", G_CALLBACK (notify_cb), fixture);
}

static void
set_up (Auto *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  support_set_up (&fixture->registry, NULL);
  add_version (fixture->registry.registry, 35000);
  fixture->local = hp_local_valuer_new (fixture->registry.registry);
  fixture->server = mock_server_new ();
  fixture->proxy = fault_proxy_new ("127.0.0.1", mock_server_get_port (fixture->server), 0, &error);
  g_assert_no_error (error);
  fault_proxy_set_delay (fixture->proxy, 50);
  make_valuer (fixture, fault_proxy_get_url (fixture->proxy));
}

static void
tear_down (Auto *fixture, gconstpointer data)
{
  while (g_atomic_int_get (&G_OBJECT (fixture->local)->ref_count) > 2)
    g_thread_yield ();
  g_assert_finalize_object (fixture->valuer);
  g_object_unref (fixture->local);
  tear_down_when_idle (&fixture->registry, NULL);
  fault_proxy_free (fixture->proxy);
  mock_server_free (fixture->server);
}

static void
expect_source (Auto *fixture, const char *source, HpValuerState state)
{
  g_autoptr (HpQuestion) question = mock_question ("1500");
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = hp_valuer_value (HP_VALUER (fixture->valuer), question, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (valuation->source, ==, source);
  g_assert_cmpstr (valuation->version, ==, g_str_equal (source, "server") ? "7" : "1");
  g_assert_cmpint (hp_auto_valuer_get_state (fixture->valuer), ==, state);
}

static void
wait_for_state (Auto *fixture, HpValuerState state)
{
  while (hp_auto_valuer_get_state (fixture->valuer) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_online (Auto *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpDescription) description = NULL;

  g_assert_cmpint (hp_auto_valuer_get_state (fixture->valuer), ==, HP_VALUER_CONNECTING);
  g_assert_null (hp_auto_valuer_get_server_version (fixture->valuer));
  expect_source (fixture, "server", HP_VALUER_ONLINE);
  g_assert_cmpstr (hp_auto_valuer_get_server_version (fixture->valuer), ==, "7");
  expect_source (fixture, "server", HP_VALUER_ONLINE);
  description = hp_valuer_describe (HP_VALUER (fixture->valuer), NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (description->model, ==, "m");
  g_assert_cmpuint (fixture->states, ==, 1);
  g_assert_cmpuint (fixture->versions, ==, 1);
  g_assert_cmpuint (fixture->reasons, ==, 0);
}

/* A version that was asked for by its number says nothing of the champion */
static void
test_version_asked_for (Auto *fixture, gconstpointer data)
{
  g_autoptr (HpQuestion) question = mock_question ("1500");
  g_autoptr (GError) error = NULL;
  g_autoptr (HpValuation) valuation = NULL;

  question->version = g_strdup ("7");
  valuation = hp_valuer_value (HP_VALUER (fixture->valuer), question, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (hp_auto_valuer_get_state (fixture->valuer), ==, HP_VALUER_ONLINE);
  g_assert_null (hp_auto_valuer_get_server_version (fixture->valuer));
}

/* Online, a fault, offline, all well, online */
static void
test_fault (Auto *fixture, gconstpointer data)
{
  FaultMode mode = (FaultMode) GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpDescription) description = NULL;
  const char *reason;
  guint asked;

  expect_source (fixture, "server", HP_VALUER_ONLINE);
  fault_proxy_set_mode (fixture->proxy, mode);
  expect_source (fixture, "local", HP_VALUER_OFFLINE);
  reason = hp_auto_valuer_get_offline_reason (fixture->valuer);
  if (!g_str_has_prefix (reason, fault_proxy_get_url (fixture->proxy)))
    g_error ("“%s” does not say which server", reason);
  g_assert_cmpuint (fixture->lasting, ==, 23);
  g_assert_cmpuint (fixture->versions, ==, 2);
  g_assert_cmpuint (fixture->reasons, ==, 1);

  /* Nobody waits for it any more, not even when it is well again, until its health was asked after */
  asked = fault_proxy_get_accepted (fixture->proxy);
  expect_source (fixture, "local", HP_VALUER_OFFLINE);
  description = hp_valuer_describe (HP_VALUER (fixture->valuer), NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (description->model, ==, "house-price");
  fault_proxy_set_mode (fixture->proxy, FAULT_PASS);
  expect_source (fixture, "local", HP_VALUER_OFFLINE);
  g_assert_cmpuint (fault_proxy_get_accepted (fixture->proxy), ==, asked);

  hp_auto_valuer_retry (fixture->valuer);
  wait_for_state (fixture, HP_VALUER_ONLINE);
  g_assert_cmpstr (hp_auto_valuer_get_server_version (fixture->valuer), ==, "7");
  expect_source (fixture, "server", HP_VALUER_ONLINE);
  g_assert_cmpuint (fixture->lasting, ==, 232);
}

static void
expect_error (Auto *fixture, HpErrorCode code, const char *part)
{
  g_autoptr (HpQuestion) question = mock_question ("1500");
  GError *error = NULL;

  g_assert_null (hp_valuer_value (HP_VALUER (fixture->valuer), question, NULL, &error));
  support_assert_error (error, code, part);
}

/* The house is wrong, or the version: that is an answer, and no model of this computer gives another */
static void
test_refusals (Auto *fixture, gconstpointer data)
{
  mock_server_set_answer (fixture->server, 422, "application/problem+json",
                          "{\"errors\":[{\"field\":\"sqft\",\"message\":\"sqft: too small for us\"}]}");
  expect_error (fixture, HP_ERROR_BAD_ATTRIBUTE, "too small for us");
  g_assert_cmpint (hp_auto_valuer_get_state (fixture->valuer), ==, HP_VALUER_ONLINE);
  mock_server_set_answer (fixture->server, 404, "application/problem+json", "{\"detail\":\"no version 9 here\"}");
  expect_error (fixture, HP_ERROR_NOT_FOUND, "no version 9 here");
  mock_server_set_answer (fixture->server, 200, "application/json",
                          "{\"valuations\":[{\"error\":{\"code\":\"failed\",\"message\":\"no price for it\"}}]}");
  expect_error (fixture, HP_ERROR_FAILED, "no price for it");
  g_assert_cmpuint (fixture->lasting, ==, 2);
  mock_server_set_answer (fixture->server, 500, "application/problem+json", "{\"detail\":\"oh\"}");
  expect_source (fixture, "local", HP_VALUER_OFFLINE);
}

/* The house is wrong for the local model too, while the server is away */
static void
test_bad_house_offline (Auto *fixture, gconstpointer data)
{
  g_autoptr (HpQuestion) question = mock_question ("big");
  GError *error = NULL;

  fault_proxy_set_mode (fixture->proxy, FAULT_REFUSE);
  g_assert_null (hp_valuer_value (HP_VALUER (fixture->valuer), question, NULL, &error));
  support_assert_error (error, HP_ERROR_BAD_ATTRIBUTE, "sqft");
}

/* Neither: the message tells of both */
static void
test_neither (Auto *fixture, gconstpointer data)
{
  g_autoptr (HpRegistry) empty = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *root = support_path (&fixture->registry, "empty");

  empty = hp_registry_new (root, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->valuer);
  g_object_unref (fixture->local);
  fixture->local = hp_local_valuer_new (empty);
  make_valuer (fixture, fault_proxy_get_url (fixture->proxy));
  fault_proxy_set_mode (fixture->proxy, FAULT_REFUSE);
  for (int i = 0; i < 2; i++)
    {
      expect_error (fixture, HP_ERROR_UNREACHABLE, fault_proxy_get_url (fixture->proxy));
      expect_error (fixture, HP_ERROR_UNREACHABLE, "and this computer can't stand in: ");
    }
  fault_proxy_set_mode (fixture->proxy, FAULT_PASS);
  hp_auto_valuer_retry (fixture->valuer);
  wait_for_state (fixture, HP_VALUER_ONLINE);
  expect_source (fixture, "server", HP_VALUER_ONLINE);
}

static void
test_damaged_local (Auto *fixture, gconstpointer data)
{
  damage (&fixture->registry, 1, "model.json");
  fault_proxy_set_mode (fixture->proxy, FAULT_REFUSE);
  expect_error (fixture, HP_ERROR_DAMAGED, "model.json");
}

static void
test_no_server (Auto *fixture, gconstpointer data)
{
  g_clear_object (&fixture->valuer);
  make_valuer (fixture, NULL);
  hp_auto_valuer_watch (fixture->valuer);
  hp_auto_valuer_retry (fixture->valuer);
  expect_source (fixture, "local", HP_VALUER_LOCAL);
  g_assert_null (hp_auto_valuer_get_server (fixture->valuer));
  g_assert_true (hp_auto_valuer_get_local (fixture->valuer) == fixture->local);
  mock_settle ();
  g_assert_cmpuint (fixture->states, ==, 0);
  g_assert_cmpuint (fault_proxy_get_accepted (fixture->proxy), ==, 0);
}

/* Without a question being asked: the server goes, comes, changes its champion */
static void
test_watch (Auto *fixture, gconstpointer data)
{
  fault_proxy_set_mode (fixture->proxy, FAULT_REFUSE);
  hp_auto_valuer_watch (fixture->valuer);
  hp_auto_valuer_watch (fixture->valuer);
  wait_for_state (fixture, HP_VALUER_OFFLINE);
  fault_proxy_set_mode (fixture->proxy, FAULT_PASS);
  wait_for_state (fixture, HP_VALUER_ONLINE);
  g_assert_cmpstr (hp_auto_valuer_get_server_version (fixture->valuer), ==, "7");
  mock_server_set_answer (fixture->server, 200, "application/json", "{\"status\":\"healthy\",\"version\":\"8\"}");
  while (g_strcmp0 (hp_auto_valuer_get_server_version (fixture->valuer), "8") != 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (hp_auto_valuer_get_state (fixture->valuer), ==, HP_VALUER_ONLINE);
  mock_server_set_answer (fixture->server, 503, "application/json", "{\"status\":\"draining\",\"version\":\"8\"}");
  wait_for_state (fixture, HP_VALUER_OFFLINE);
  g_assert_nonnull (strstr (hp_auto_valuer_get_offline_reason (fixture->valuer), "draining"));
  g_assert_cmpuint (fixture->lasting, ==, 323);
}

/* Health is asked after again and again while nobody answers: only the newest counts */
static void
test_retry (Auto *fixture, gconstpointer data)
{
  fault_proxy_set_mode (fixture->proxy, FAULT_BLACKHOLE);
  for (int i = 0; i < 20; i++)
    {
      hp_auto_valuer_retry (fixture->valuer);
      mock_settle ();
    }
  g_assert_cmpint (hp_auto_valuer_get_state (fixture->valuer), ==, HP_VALUER_CONNECTING);
  fault_proxy_set_mode (fixture->proxy, FAULT_PASS);
  hp_auto_valuer_retry (fixture->valuer);
  wait_for_state (fixture, HP_VALUER_ONLINE);
  mock_settle ();
  g_assert_cmpuint (fixture->lasting, ==, 2);
}

/* The end, while its health is being asked after and a question is out */
static void
test_gone (Auto *fixture, gconstpointer data)
{
  fault_proxy_set_mode (fixture->proxy, FAULT_BLACKHOLE);
  hp_auto_valuer_watch (fixture->valuer);
  mock_settle ();
  g_assert_finalize_object (fixture->valuer);
  mock_settle ();
  make_valuer (fixture, fault_proxy_get_url (fixture->proxy));
  fault_proxy_set_mode (fixture->proxy, FAULT_PASS);
  expect_source (fixture, "server", HP_VALUER_ONLINE);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_valuer_value_finish (HP_VALUER (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ++*(guint *) data;
}

/* What is cancelled is neither an answer nor a failure of the server */
static void
test_cancelled (Auto *fixture, gconstpointer data)
{
  g_autoptr (HpQuestion) question = mock_question ("1500");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint cancelled = 0;

  fault_proxy_set_mode (fixture->proxy, FAULT_BLACKHOLE);
  hp_valuer_value_async (HP_VALUER (fixture->valuer), question, cancellable, cancelled_cb, &cancelled);
  mock_settle ();
  g_cancellable_cancel (cancellable);
  mock_wait (&cancelled, 1);
  g_assert_cmpint (hp_auto_valuer_get_state (fixture->valuer), ==, HP_VALUER_CONNECTING);
  /* and one that is cancelled from the start */
  hp_valuer_value_async (HP_VALUER (fixture->valuer), question, cancellable, cancelled_cb, &cancelled);
  mock_wait (&cancelled, 2);
  g_assert_cmpint (hp_auto_valuer_get_state (fixture->valuer), ==, HP_VALUER_CONNECTING);
  g_assert_cmpuint (fixture->states, ==, 0);
}

/* Through GObject, as bindings read it */
static void
test_properties (Auto *fixture, gconstpointer data)
{
  g_autofree char *version = NULL, *reason = NULL;
  int state = -1;

  expect_source (fixture, "server", HP_VALUER_ONLINE);
  g_object_get (fixture->valuer, "state", &state, "server-version", &version, "offline-reason", &reason, NULL);
  g_assert_cmpint (state, ==, HP_VALUER_ONLINE);
  g_assert_cmpstr (version, ==, "7");
  g_assert_null (reason);
}

#define add(name, function) g_test_add ("/auto-valuer/" name, Auto, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  hp_valuer_prepare_program ();
  support_init (&argc, &argv);

  add ("online", test_online);
  add ("version-asked-for", test_version_asked_for);
  for (int mode = FAULT_PASS + 1; mode < FAULT_N_MODES; mode++)
    {
      g_autofree char *path = g_strconcat ("/auto-valuer/fault/", fault_mode_to_name ((FaultMode) mode), NULL);

      g_test_add (path, Auto, GINT_TO_POINTER (mode), set_up, test_fault, tear_down);
    }
  add ("refusals", test_refusals);
  add ("bad-house-offline", test_bad_house_offline);
  add ("neither", test_neither);
  add ("damaged-local", test_damaged_local);
  add ("no-server", test_no_server);
  add ("watch", test_watch);
  add ("retry", test_retry);
  add ("gone", test_gone);
  add ("cancelled", test_cancelled);
  add ("properties", test_properties);

  return support_run ();
}

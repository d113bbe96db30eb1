/* test-live-valuation.c - no price is shown for another house than the one on the screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-live-valuation.h"
#include "mock-valuer.h"

typedef struct
{
  MockValuer *server, *local;
  HpValuer *valuer;
  HpLiveValuation *live;
  guint changes;
} Fixture;

static void
changed_cb (HpLiveValuation *live, gpointer data)
{
  ((Fixture *) data)->changes++;
}

static void
make (Fixture *fixture, gboolean with_server)
{
  fixture->local = mock_valuer_new ("local");
  fixture->server = with_server ? mock_valuer_new ("server") : NULL;
  fixture->valuer
    = hp_auto_valuer_new (with_server ? HP_VALUER (fixture->server) : NULL, HP_VALUER (fixture->local));
  fixture->live = hp_live_valuation_new (HP_AUTO_VALUER (fixture->valuer));
  g_signal_connect (fixture->live, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer with_server)
{
  make (fixture, GPOINTER_TO_INT (with_server));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->live != NULL)
    g_assert_finalize_object (fixture->live);
  g_assert_finalize_object (HP_AUTO_VALUER (fixture->valuer));
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->local);
}

static void
type (Fixture *fixture, const char *sqft)
{
  g_autoptr (HpQuestion) question = mock_question (sqft);

  hp_live_valuation_set_question (fixture->live, question);
}

static void
assert_shows (Fixture *fixture, const char *source, double price, gboolean provisional)
{
  const HpValuation *valuation = hp_live_valuation_get_valuation (fixture->live);

  g_assert_true (hp_live_valuation_is_current (fixture->live));
  g_assert_cmpstr (valuation->source, ==, source);
  g_assert_cmpfloat (valuation->predicted_price, ==, price);
  g_assert_cmpint (hp_live_valuation_is_provisional (fixture->live), ==, provisional);
  g_assert_null (hp_live_valuation_get_error (fixture->live));
}

/* The first question is put at once, not after a pause. */
static void
test_first (Fixture *fixture, gconstpointer data)
{
  g_assert_null (hp_live_valuation_get_valuation (fixture->live));
  type (fixture, "1");
  g_assert_cmpuint (fixture->local->asked, ==, 1);
  g_assert_false (hp_live_valuation_is_current (fixture->live));
  mock_valuer_answer (fixture->local, 0, 100);
  mock_settle ();
  assert_shows (fixture, "local", 100, FALSE);
}

/* Key strokes in quick succession make one question of the last of them; between two prices the screen keeps the older one. */
static void
test_typing (Fixture *fixture, gconstpointer data)
{
  type (fixture, "1");
  mock_valuer_answer (fixture->local, 0, 100);
  mock_settle ();
  type (fixture, "16");
  type (fixture, "165");
  type (fixture, "1656");
  g_assert_cmpuint (fixture->local->asked, ==, 1);
  g_assert_false (hp_live_valuation_is_current (fixture->live));
  g_assert_cmpfloat (hp_live_valuation_get_valuation (fixture->live)->predicted_price, ==, 100);
  mock_wait (&fixture->local->asked, 2);
  g_assert_cmpstr (mock_valuer_sqft (fixture->local, 0), ==, "1656");
  mock_valuer_answer (fixture->local, 0, 1656);
  mock_settle ();
  assert_shows (fixture, "local", 1656, FALSE);
  g_assert_cmpuint (fixture->local->asked, ==, 2);
}

/* The same question again is none. */
static void
test_same (Fixture *fixture, gconstpointer data)
{
  type (fixture, "1");
  mock_valuer_answer (fixture->local, 0, 100);
  mock_settle ();
  fixture->changes = 0;
  type (fixture, "1");
  mock_settle ();
  g_assert_cmpuint (fixture->changes, ==, 0);
  g_assert_cmpuint (fixture->local->asked, ==, 1);
  assert_shows (fixture, "local", 100, FALSE);
}

/* The answer to the first question arrives after that to the second, and is not shown. */
static void
test_out_of_order (Fixture *fixture, gconstpointer data)
{
  type (fixture, "1");
  type (fixture, "2");
  mock_wait (&fixture->local->asked, 2);
  mock_valuer_answer (fixture->local, 1, 200);
  mock_settle ();
  assert_shows (fixture, "local", 200, FALSE);
  fixture->changes = 0;
  mock_valuer_answer (fixture->local, 0, 100);
  mock_settle ();
  assert_shows (fixture, "local", 200, FALSE);
  g_assert_cmpuint (fixture->changes, ==, 0);
}

/* While a server is asked the local price shows, as provisional; the server's takes its place. */
static void
test_provisional (Fixture *fixture, gconstpointer data)
{
  type (fixture, "1");
  g_assert_cmpuint (fixture->server->asked, ==, 1);
  g_assert_cmpuint (fixture->local->asked, ==, 1);
  mock_valuer_answer (fixture->local, 0, 100);
  mock_settle ();
  assert_shows (fixture, "local", 100, TRUE);
  mock_valuer_answer (fixture->server, 0, 101);
  mock_settle ();
  assert_shows (fixture, "server", 101, FALSE);
}

/* The local price that is late does not take the server's place. */
static void
test_server_first (Fixture *fixture, gconstpointer data)
{
  type (fixture, "1");
  mock_valuer_answer (fixture->server, 0, 101);
  mock_settle ();
  assert_shows (fixture, "server", 101, FALSE);
  mock_valuer_answer (fixture->local, 0, 100);
  mock_settle ();
  assert_shows (fixture, "server", 101, FALSE);
}

/* The server does not answer: the local price becomes final, and the next house is valued without the server. */
static void
test_server_lost (Fixture *fixture, gconstpointer data)
{
  type (fixture, "1");
  mock_valuer_answer (fixture->local, 0, 100);
  mock_valuer_fail (fixture->server, 0, HP_ERROR_UNREACHABLE, "gone");
  mock_settle ();
  assert_shows (fixture, "local", 100, TRUE);
  mock_valuer_answer (fixture->local, 0, 100);
  mock_settle ();
  assert_shows (fixture, "local", 100, FALSE);
  g_assert_cmpint (hp_auto_valuer_get_state (HP_AUTO_VALUER (fixture->valuer)), ==, HP_VALUER_OFFLINE);
  type (fixture, "2");
  mock_wait (&fixture->local->asked, 3);
  mock_valuer_answer (fixture->local, 0, 200);
  mock_settle ();
  assert_shows (fixture, "local", 200, FALSE);
  g_assert_cmpuint (fixture->server->asked, ==, 1);
}

/* What the server says of the house is final, whatever the local model makes of it. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  type (fixture, "big");
  mock_valuer_fail (fixture->local, 0, HP_ERROR_NOT_FOUND, "no model here");
  mock_settle ();
  g_assert_null (hp_live_valuation_get_error (fixture->live));
  mock_valuer_fail (fixture->server, 0, HP_ERROR_BAD_ATTRIBUTE, "sqft: not a number");
  mock_settle ();
  g_assert_error (hp_live_valuation_get_error (fixture->live), HP_ERROR, HP_ERROR_BAD_ATTRIBUTE);
  g_assert_false (hp_live_valuation_is_current (fixture->live));
  g_assert_cmpint (hp_auto_valuer_get_state (HP_AUTO_VALUER (fixture->valuer)), ==, HP_VALUER_ONLINE);
}

/* A form that is not complete: nothing is asked, and what is under way does not count. */
static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  type (fixture, "1");
  hp_live_valuation_set_question (fixture->live, NULL);
  mock_valuer_answer (fixture->local, 0, 100);
  mock_settle ();
  g_assert_null (hp_live_valuation_get_valuation (fixture->live));
  g_assert_false (hp_live_valuation_is_current (fixture->live));
  g_assert_false (hp_live_valuation_is_waiting (fixture->live));
}

static void
waiting_cb (HpLiveValuation *live, gpointer data)
{
  *(guint *) data = hp_live_valuation_is_waiting (live);
}

/* Nobody answers for long: a screen is told to say so, and told when it is over. */
static void
test_waiting (Fixture *fixture, gconstpointer data)
{
  guint waiting = 0;

  g_signal_connect (fixture->live, "changed", G_CALLBACK (waiting_cb), &waiting);
  type (fixture, "1");
  g_assert_cmpuint (waiting, ==, 0);
  mock_wait (&waiting, 1);
  g_assert_false (hp_live_valuation_is_current (fixture->live));
  mock_valuer_answer (fixture->local, 0, 100);
  mock_settle ();
  g_assert_cmpuint (waiting, ==, 0);
  assert_shows (fixture, "local", 100, FALSE);
}

static void
test_refresh (Fixture *fixture, gconstpointer data)
{
  type (fixture, "1");
  mock_valuer_answer (fixture->local, 0, 100);
  mock_settle ();
  hp_live_valuation_refresh (fixture->live);
  mock_wait (&fixture->local->asked, 2);
  mock_valuer_answer (fixture->local, 0, 105);
  mock_settle ();
  assert_shows (fixture, "local", 105, FALSE);
}

/* A window is closed while questions are out. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  type (fixture, "1");
  g_object_run_dispose (G_OBJECT (fixture->live));
  fixture->changes = 0;
  mock_valuer_answer (fixture->server, 0, 101);
  mock_valuer_answer (fixture->local, 0, 100);
  mock_settle ();
  g_assert_cmpuint (fixture->changes, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    gboolean with_server;
    void (*function) (Fixture *, gconstpointer);
  } tests[] = {
    { "/live/first", FALSE, test_first },
    { "/live/typing", FALSE, test_typing },
    { "/live/same", FALSE, test_same },
    { "/live/out-of-order", FALSE, test_out_of_order },
    { "/live/provisional", TRUE, test_provisional },
    { "/live/server-first", TRUE, test_server_first },
    { "/live/server-lost", TRUE, test_server_lost },
    { "/live/refused", TRUE, test_refused },
    { "/live/nothing", FALSE, test_nothing },
    { "/live/waiting", FALSE, test_waiting },
    { "/live/refresh", FALSE, test_refresh },
    { "/live/closed", TRUE, test_closed },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, GINT_TO_POINTER (tests[i].with_server), set_up, tests[i].function, tear_down);
  return g_test_run ();
}

/* test-server-models.c - champions come and go under load; damaged ones don't come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "http-peer.h"

#define N_CLIENTS 3
#define N_SWAPS   6

static void
tear_down (ServerFixture *fixture, gconstpointer data)
{
  server_fixture_clear (fixture);
}

static void
set_up (ServerFixture *fixture, gconstpointer data)
{
  server_fixture_init (fixture);
}

static void
set_up_bare (ServerFixture *fixture, gconstpointer data)
{
  server_fixture_init_bare (fixture);
}

static char *
file_of (ServerFixture *fixture, guint version, const char *name)
{
  return g_strdup_printf ("%s/house-price/%u/%s", fixture->root, version, name);
}

/* One byte of it is another one */
static void
damage (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  text[length / 2] ^= 1;
  g_chmod (path, 0644);
  g_assert_true (g_file_set_contents (path, text, (gssize) length, &error));
}

/* Past the check of whoever promotes */
static void
set_champion (ServerFixture *fixture, guint version)
{
  g_autofree char *path = g_build_filename (fixture->root, "house-price", "aliases.json", NULL);
  g_autofree char *text
    = g_strdup_printf ("{\"format\":1,\"next\":%u,\"aliases\":{\"champion\":%u},\"history\":[]}", version + 1, version);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_no_model_then_one (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (HttpAnswer) health = NULL, ready = NULL, live = NULL, predict = NULL, valuations = NULL, list = NULL,
                         named = NULL, after = NULL, well = NULL;

  server_fixture_start (fixture);
  health = http_get (fixture, "/health", 503);
  g_assert_cmpstr (health->body, ==,
                   "{\"status\":\"no_model\",\"model_loaded\":false,\"model\":\"house-price\",\"version\":null}");
  ready = http_get (fixture, "/health/ready", 503);
  live = http_get (fixture, "/health/live", 200);
  predict = http_post (fixture, "/predict", SERVER_FIXTURE_HOUSE, 503);
  http_assert_problem (predict, 503, "no_model");
  g_assert_nonnull (http_answer_header (predict, "retry-after"));
  valuations = http_post (fixture, "/v1/valuations", "{\"houses\":[]}", 503);
  http_assert_problem (valuations, 503, "no_model");
  list = http_get (fixture, "/v1/versions", 200);
  g_assert_cmpstr (list->body, ==, "{\"versions\":[]}");
  named = http_get (fixture, "/v1/versions/champion", 503);
  /* It says so once, however often it looks */
  server_fixture_wait_for_log (fixture, "no model can serve");
  g_usleep (200 * 1000);
  g_assert_cmpuint (server_fixture_count_log (fixture, "no model can serve"), ==, 1);

  server_fixture_add (fixture, SERVER_FIXTURE_BOOSTED);
  server_fixture_promote (fixture, 1);
  server_fixture_wait_for_champion (fixture, 1);
  after = http_post (fixture, "/predict", SERVER_FIXTURE_HOUSE, 200);
  well = http_get (fixture, "/health", 200);
}

static void
test_new_champion (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (HttpAnswer) before = NULL, after = NULL, back = NULL;
  g_autoptr (GError) error = NULL;
  guint version;

  server_fixture_start (fixture);
  before = http_post (fixture, "/predict", SERVER_FIXTURE_HOUSE, 200);
  g_assert_cmpstr (json_text (before->json, "version"), ==, "1");
  server_fixture_promote (fixture, 2);
  server_fixture_wait_for_champion (fixture, 2);
  after = http_post (fixture, "/predict", SERVER_FIXTURE_HOUSE, 200);
  g_assert_cmpstr (json_text (after->json, "version"), ==, "2");
  g_assert_cmpstr (json_text (after->json, "variant"), ==, "champion");
  g_assert_true (hp_registry_rollback (fixture->registry, &version, &error));
  server_fixture_wait_for_log (fixture, "\"version\":\"1\",\"previous\":\"2\"");
  back = http_post (fixture, "/predict", SERVER_FIXTURE_HOUSE, 200);
  g_assert_cmpfloat (json_number (back->json, "predicted_price"), ==, json_number (before->json, "predicted_price"));
}

/* Without looking again and again: only when told */
static void
test_reload (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (HttpAnswer) still = NULL, after = NULL;

  fixture->options.poll_interval = 3600;
  server_fixture_start (fixture);
  server_fixture_promote (fixture, 2);
  still = http_post (fixture, "/predict", SERVER_FIXTURE_HOUSE, 200);
  g_assert_cmpstr (json_text (still->json, "version"), ==, "1");
  hp_server_reload (fixture->server);
  server_fixture_wait_for_champion (fixture, 2);
  after = http_post (fixture, "/predict", SERVER_FIXTURE_HOUSE, 200);
  g_assert_cmpstr (json_text (after->json, "version"), ==, "2");
  /* Told again, it loads the same one again */
  hp_server_reload (fixture->server);
  server_fixture_wait_for_log (fixture, "\"version\":\"2\",\"previous\":\"2\"");
}

static void
test_damaged_champion (ServerFixture *fixture, gconstpointer data)
{
  static const char *const files[]
    = { "model.json", "preprocessor.json", "metrics.json", "sales.csv", "holdout.csv", "MANIFEST.json" };

  server_fixture_start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      guint version = server_fixture_add (fixture, SERVER_FIXTURE_LINEAR);
      g_autofree char *path = file_of (fixture, version, files[i]),
                      *wanted = g_strdup_printf ("%s/house-price/%u", fixture->root, version);
      g_autoptr (HttpAnswer) answer = NULL, named = NULL;
      g_autofree char *target = g_strdup_printf ("/predict?version=%u", version);

      damage (path);
      set_champion (fixture, version);
      server_fixture_wait_for_log (fixture, wanted);
      answer = http_post (fixture, "/predict", SERVER_FIXTURE_HOUSE, 200);
      g_assert_cmpstr (json_text (answer->json, "version"), ==, "1");
      named = http_post (fixture, target, SERVER_FIXTURE_HOUSE, 500);
      g_assert_null (strstr (named->body, fixture->root));
    }
  g_assert_cmpuint (server_fixture_count_log (fixture, "\"level\":\"error\",\"msg\":\"the new champion does not load"),
                    ==, G_N_ELEMENTS (files));
}

/* A registry that is not what it should be: no crash, and health says so */
static void
test_broken_registry (ServerFixture *fixture, gconstpointer data)
{
  g_autofree char *aliases = g_build_filename (fixture->root, "house-price", "aliases.json", NULL);
  g_autoptr (HttpAnswer) health = NULL, list = NULL, after = NULL, still = NULL;

  g_assert_true (g_file_set_contents (aliases, "{", -1, NULL));
  server_fixture_start (fixture);
  health = http_get (fixture, "/health", 503);
  list = http_get (fixture, "/v1/versions", 500);
  http_assert_problem (list, 500, "damaged");
  g_assert_null (strstr (list->body, fixture->root));
  set_champion (fixture, 2);
  server_fixture_wait_for_champion (fixture, 2);
  after = http_post (fixture, "/predict", SERVER_FIXTURE_HOUSE, 200);
  /* What is loaded stays, whatever becomes of the folder */
  g_assert_true (g_file_set_contents (aliases, "[]", -1, NULL));
  server_fixture_wait_for_log (fixture, "the new champion does not load");
  still = http_post (fixture, "/predict", SERVER_FIXTURE_HOUSE, 200);
}

/* More versions than are kept are all answered, in whatever order */
static void
test_many_versions (ServerFixture *fixture, gconstpointer data)
{
  double prices[2];

  for (guint i = 0; i < 8; i++)
    server_fixture_add (fixture, i % 2 == 0 ? SERVER_FIXTURE_BOOSTED : SERVER_FIXTURE_LINEAR);
  server_fixture_start (fixture);
  for (guint i = 0; i < 30; i++)
    {
      guint version = 1 + i * 7 % 10;
      g_autofree char *target = g_strdup_printf ("/predict?version=%u", version),
                      *text = g_strdup_printf ("%u", version);
      g_autoptr (HttpAnswer) answer = http_post (fixture, target, SERVER_FIXTURE_HOUSE, 200);

      g_assert_cmpstr (json_text (answer->json, "version"), ==, text);
      if (version <= 2)
        prices[version - 1] = json_number (answer->json, "predicted_price");
    }
  g_assert_cmpfloat (prices[0], !=, prices[1]);
}

/* An alias that moves is followed */
static void
test_alias (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (HttpAnswer) first = NULL, none = NULL;
  g_autoptr (GError) error = NULL;
  gboolean moved = FALSE;

  server_fixture_start (fixture);
  none = http_post (fixture, "/predict?version=rival", SERVER_FIXTURE_HOUSE, 404);
  g_assert_true (hp_registry_set_alias (fixture->registry, "rival", 2, &error));
  first = http_post (fixture, "/predict?version=rival", SERVER_FIXTURE_HOUSE, 200);
  g_assert_cmpstr (json_text (first->json, "version"), ==, "2");
  g_assert_true (hp_registry_set_alias (fixture->registry, "rival", 1, &error));
  for (guint i = 0; i < 1000 && !moved; i++)
    {
      g_autoptr (HttpAnswer) answer = http_post (fixture, "/predict?version=rival", SERVER_FIXTURE_HOUSE, 200);

      moved = g_str_equal (json_text (answer->json, "version"), "1");
      g_usleep (10 * 1000);
    }
  g_assert_true (moved);
}

typedef struct
{
  ServerFixture *fixture;
  double price[2]; /* of versions 1 and 2 */
  gint stop;
  gint seen[2];
} Load;

/* Each answer is wholly by one version */
static gpointer
ask_on_and_on (gpointer data)
{
  Load *load = data;
  g_autoptr (HttpPeer) peer = http_peer_new (load->fixture);
  g_autofree char *predict = http_request ("POST", "/predict", NULL, SERVER_FIXTURE_HOUSE);
  g_autofree char *valuations
    = http_request ("POST", "/v1/valuations", NULL,
                    "{\"houses\":[" SERVER_FIXTURE_HOUSE "," SERVER_FIXTURE_HOUSE "," SERVER_FIXTURE_HOUSE "]}");

  while (!g_atomic_int_get (&load->stop))
    {
      g_autoptr (HttpAnswer) one = NULL, many = NULL;
      const char *version;

      http_peer_send (peer, predict, -1);
      one = http_peer_read (peer, FALSE);
      g_assert_cmpuint (one->status, ==, 200);
      version = json_text (one->json, "version");
      g_assert_cmpfloat (json_number (one->json, "predicted_price"), ==, load->price[*version - '1']);
      g_atomic_int_inc (&load->seen[*version - '1']);
      http_peer_send (peer, valuations, -1);
      many = http_peer_read (peer, FALSE);
      version = json_text (many->json, "valuations.0.version");
      for (guint i = 0; i < 3; i++)
        {
          g_autofree char *price = g_strdup_printf ("valuations.%u.predicted_price", i),
                          *number = g_strdup_printf ("valuations.%u.version", i);

          g_assert_cmpstr (json_text (many->json, number), ==, version);
          g_assert_cmpfloat (json_number (many->json, price), ==, load->price[*version - '1']);
        }
    }
  return NULL;
}

static void
test_swap_under_load (ServerFixture *fixture, gconstpointer data)
{
  Load load = { .fixture = fixture };
  GThread *clients[N_CLIENTS];

  server_fixture_start (fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *target = g_strdup_printf ("/predict?version=%u", i + 1);
      g_autoptr (HttpAnswer) answer = http_post (fixture, target, SERVER_FIXTURE_HOUSE, 200);

      load.price[i] = json_number (answer->json, "predicted_price");
    }
  for (guint i = 0; i < N_CLIENTS; i++)
    clients[i] = g_thread_new ("client", ask_on_and_on, &load);
  for (guint i = 0; i < N_SWAPS; i++)
    {
      guint next = 2 - i % 2;
      int before = g_atomic_int_get (&load.seen[next - 1]);

      server_fixture_promote (fixture, next);
      while (g_atomic_int_get (&load.seen[next - 1]) < before + 20)
        g_usleep (1000);
    }
  g_atomic_int_set (&load.stop, TRUE);
  for (guint i = 0; i < N_CLIENTS; i++)
    g_thread_join (clients[i]);
}

#define ADD(path, prepare, function)                                                                                   \
  g_test_add ("/server/models/" path, ServerFixture, NULL, prepare, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("no-model-then-one", set_up_bare, test_no_model_then_one);
  ADD ("new-champion", set_up, test_new_champion);
  ADD ("reload", set_up, test_reload);
  ADD ("damaged-champion", set_up, test_damaged_champion);
  ADD ("broken-registry", set_up, test_broken_registry);
  ADD ("many-versions", set_up, test_many_versions);
  ADD ("alias", set_up, test_alias);
  ADD ("swap-under-load", set_up, test_swap_under_load);
  return g_test_run ();
}

/* test-server-routes.c - every route, and every way in which a request can be refused
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-description.h"
#include "http-peer.h"

#define JSON "Content-Type: application/json\r\n"

static void
set_up (ServerFixture *fixture, gconstpointer data)
{
  server_fixture_init (fixture);
  server_fixture_start (fixture);
}

static void
tear_down (ServerFixture *fixture, gconstpointer data)
{
  server_fixture_clear (fixture);
}

static void
test_health (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (HttpAnswer) health = http_get (fixture, "/health", 200);
  g_autoptr (HttpAnswer) live = http_get (fixture, "/health/live", 200);
  g_autoptr (HttpAnswer) ready = http_get (fixture, "/health/ready", 200);

  g_assert_cmpstr (http_answer_header (health, "content-type"), ==, "application/json");
  g_assert_cmpstr (health->body, ==,
                   "{\"status\":\"healthy\",\"model_loaded\":true,\"model\":\"house-price\",\"version\":\"1\"}");
  g_assert_cmpstr (live->body, ==, "{\"status\":\"alive\"}");
  g_assert_cmpstr (ready->body, ==, "{\"status\":\"ready\"}");
}

static void
test_draining (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (HttpAnswer) health = NULL, ready = NULL, live = NULL, predict = NULL;

  hp_server_drain (fixture->server);
  health = http_get (fixture, "/health", 503);
  ready = http_get (fixture, "/health/ready", 503);
  live = http_get (fixture, "/health/live", 200);
  g_assert_cmpstr (json_text (health->json, "status"), ==, "draining");
  g_assert_true (json_node_get_boolean (json_at (health->json, "model_loaded")));
  g_assert_nonnull (http_answer_header (ready, "retry-after"));
  g_assert_null (http_answer_header (live, "retry-after"));
  /* What comes is answered all the same */
  predict = http_post (fixture, "/predict", SERVER_FIXTURE_HOUSE, 200);
}

static void
test_head (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (HttpPeer) peer = http_peer_new (fixture);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *request = http_request ("HEAD", "/health", NULL, NULL);
      g_autoptr (HttpAnswer) answer = NULL, after = NULL;
      g_autofree char *get = http_request ("GET", "/health/live", NULL, NULL);

      http_peer_send (peer, request, -1);
      answer = http_peer_read (peer, TRUE);
      g_assert_cmpuint (answer->status, ==, 200);
      g_assert_cmpstr (http_answer_header (answer, "content-length"), ==, "76");
      /* Nothing but the head was sent */
      http_peer_send (peer, get, -1);
      after = http_peer_read (peer, FALSE);
      g_assert_cmpstr (after->body, ==, "{\"status\":\"alive\"}");
    }
}

static void
test_versions (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (HttpAnswer) answer = http_get (fixture, "/v1/versions", 200);
  JsonArray *versions = json_node_get_array (json_at (answer->json, "versions"));

  g_assert_cmpuint (json_array_get_length (versions), ==, 2);
  g_assert_cmpstr (json_text (answer->json, "versions.0.version"), ==, "1");
  g_assert_cmpstr (json_text (answer->json, "versions.0.family"), ==, "gradient_boosting");
  g_assert_cmpstr (json_text (answer->json, "versions.0.aliases.0"), ==, "champion");
  g_assert_true (g_str_has_suffix (json_text (answer->json, "versions.0.created"), "Z"));
  g_assert_true (JSON_NODE_HOLDS_VALUE (json_at (answer->json, "versions.0.gates.passed")));
  g_assert_cmpfloat (json_number (answer->json, "versions.0.metrics.oof.mae"), >, 0);
  g_assert_cmpfloat (json_number (answer->json, "versions.0.metrics.test.rmse"), >, 0);
  g_assert_cmpstr (json_text (answer->json, "versions.1.family"), ==, "linear");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (json_at (answer->json, "versions.1.aliases"))), ==, 0);
}

static void
test_version (ServerFixture *fixture, gconstpointer data)
{
  const char *const targets[] = { "/v1/versions/1", "/v1/versions/v1", "/v1/versions/champion" };
  g_autoptr (HttpAnswer) other = http_get (fixture, "/v1/versions/2", 200);
  g_autofree char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (HttpAnswer) answer = http_get (fixture, targets[i], 200);
      g_autoptr (HpDescription) description = NULL;
      g_autoptr (GError) error = NULL;

      description = hp_description_from_json (json_node_get_object (json_at (answer->json, "schema")), &error);
      g_assert_no_error (error);
      g_assert_cmpstr (description->version, ==, "1");
      g_assert_cmpint (hp_description_find_attribute (description, "location"), >=, 0);
      g_assert_cmpstr (json_text (answer->json, "family"), ==, "gradient_boosting");
      if (first == NULL)
        first = g_strdup (answer->body);
      g_assert_cmpstr (answer->body, ==, first);
    }
  g_assert_cmpstr (json_text (other->json, "schema.version"), ==, "2");
}

static void
test_no_such_version (ServerFixture *fixture, gconstpointer data)
{
  const char *const targets[]
    = { "/v1/versions/3", "/v1/versions/0", "/v1/versions/challenger", "/v1/versions/99999999999" };
  const char *const houses[] = { "/predict?version=3", "/predict?version=../1", "/predict?version=" };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (HttpAnswer) answer = http_get (fixture, targets[i], 404);

      http_assert_problem (answer, 404, "not_found");
    }
  for (guint i = 0; i < G_N_ELEMENTS (houses); i++)
    {
      g_autoptr (HttpAnswer) answer = http_post (fixture, houses[i], SERVER_FIXTURE_HOUSE, 404);

      http_assert_problem (answer, 404, "not_found");
      /* Where files are is nobody's business */
      g_assert_null (strstr (answer->body, fixture->root));
    }
}

static void
test_no_path (ServerFixture *fixture, gconstpointer data)
{
  const char *const targets[] = { "/",
                                  "/healthy",
                                  "/health/",
                                  "/predict/",
                                  "/v1/versions/",
                                  "/v1/versions/1/x",
                                  "/v1/versions/a%2fb",
                                  "/v1/versions/..",
                                  "//health",
                                  "/v1/versions/%00" };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (HttpAnswer) answer = http_get (fixture, targets[i], 404);

      http_assert_problem (answer, 404, "not_found");
    }
}

static void
test_methods (ServerFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *method, *target, *allow;
  } cases[] = {
    { "GET", "/predict", "POST" },
    { "PUT", "/predict", "POST" },
    { "DELETE", "/health", "GET, HEAD" },
    { "POST", "/health", "GET, HEAD" },
    { "OPTIONS", "/v1/versions", "GET, HEAD" },
    { "PATCH", "/v1/versions/1", "GET, HEAD" },
    { "HEAD", "/v1/valuations", "POST" },
    { "BREW", "/health", "GET, HEAD" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HttpAnswer) answer = http_ask (fixture, cases[i].method, cases[i].target, NULL, NULL);

      g_assert_cmpuint (answer->status, ==, 405);
      g_assert_cmpstr (http_answer_header (answer, "allow"), ==, cases[i].allow);
    }
}

static void
test_accept (ServerFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *accept;
    guint status;
  } cases[] = {
    { "Accept: */*\r\n", 200 },
    { "Accept: application/json\r\n", 200 },
    { "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n", 200 },
    { "Accept: text/html, application/* ; q=0.1\r\n", 200 },
    { "Accept: text/html\r\nAccept: Application/JSON\r\n", 200 },
    { "Accept: text/html\r\n", 406 },
    { "Accept: application/json;q=0\r\n", 406 },
    { "Accept: application/json; q=0.000, text/plain\r\n", 406 },
    { "Accept: \r\n", 406 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HttpAnswer) answer = http_ask (fixture, "GET", "/health/live", cases[i].accept, NULL);

      g_assert_cmpuint (answer->status, ==, cases[i].status);
    }
}

static void
test_media_type (ServerFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *type;
    guint status;
  } cases[] = {
    { JSON, 200 },
    { "", 200 },
    { "Content-Type: APPLICATION/JSON ; charset=UTF-8\r\n", 200 },
    { "Content-Type: application/json;charset=\"utf-8\"\r\n", 200 },
    { "Content-Type: application/vnd.house+json\r\n", 200 },
    { "Content-Type: application/json; charset=latin1\r\n", 415 },
    { "Content-Type: text/plain\r\n", 415 },
    { "Content-Type: application/x-www-form-urlencoded\r\n", 415 },
    { "Content-Type: application/jsonp\r\n", 415 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HttpAnswer) answer = http_ask (fixture, "POST", "/predict", cases[i].type, SERVER_FIXTURE_HOUSE);

      g_assert_cmpuint (answer->status, ==, cases[i].status);
    }
}

static void
test_no_length (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (HttpAnswer) answer = http_ask (fixture, "POST", "/predict", JSON, NULL);
  g_autoptr (HttpAnswer) empty = http_post (fixture, "/predict", "", 400);
  g_autoptr (HttpAnswer) none = http_post (fixture, "/v1/valuations", "", 400);

  http_assert_problem (answer, 411, "length_required");
  http_assert_problem (empty, 400, "bad_json");
  http_assert_problem (none, 400, "bad_json");
}

static void
test_request_id (ServerFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *headers, *id;
  } cases[] = {
    { NULL, NULL },
    { "X-Request-Id: abc-123\r\n", "abc-123" },
    { "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n", "0af7651916cd43dd8448eb211c80319c" },
    { "X-Amzn-Trace-Id: Self=1-2;Root=1-67891233-abcdef012345678912345678;Sampled=1\r\n",
      "1-67891233-abcdef012345678912345678" },
    { "X-Amzn-Trace-Id: Root=1-6-a\r\nX-Request-Id: mine\r\n", "mine" },
    { "X-Request-Id: <script>\r\n", NULL },
    { "X-Request-Id: \r\ntraceparent: nonsense\r\n", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HttpAnswer) answer = http_ask (fixture, "GET", "/health", cases[i].headers, NULL);
      g_autoptr (HttpAnswer) refused = http_ask (fixture, "GET", "/nowhere", cases[i].headers, NULL);

      g_assert_cmpstr (http_answer_header (answer, "x-request-id"), ==, cases[i].id);
      g_assert_cmpstr (http_answer_header (refused, "x-request-id"), ==, cases[i].id);
    }
}

static void
test_log (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (HttpAnswer) quiet = http_ask (fixture, "GET", "/health", "X-Request-Id: quiet\r\n", NULL), loud = NULL,
                         bad = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_cmpstr (http_answer_header (quiet, "x-request-id"), ==, "quiet");
  server_fixture_stop (fixture);
  g_assert_cmpuint (server_fixture_count_log (fixture, "quiet"), ==, 0);
  fixture->options.log_requests = TRUE;
  server_fixture_start (fixture);
  loud = http_ask (fixture, "POST", "/predict", JSON "X-Request-Id: loud\r\n", SERVER_FIXTURE_HOUSE);
  bad = http_ask (fixture, "GET", "/secret?token=1", NULL, NULL);
  server_fixture_stop (fixture);
  g_assert_cmpuint (server_fixture_count_log (fixture, "\"req_id\":\"loud\",\"method\":\"POST\",\"route\":\"/predict\","
                                                       "\"code\":200,\"version\":1,\"rows\":1,"),
                    ==, 1);
  g_assert_cmpuint (server_fixture_count_log (fixture, "\"route\":null,\"code\":404"), ==, 1);
  g_assert_cmpuint (server_fixture_count_log (fixture, "\"peer\":\"127.0.0.1:"), ==, 2);
  g_assert_cmpuint (server_fixture_count_log (fixture, "secret"), ==, 0);

  text = server_fixture_read_log (fixture);
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_autoptr (JsonNode) node = json_from_string (*line, NULL);

      g_assert_nonnull (node);
      g_assert_cmpuint (strlen (json_text (node, "ts")), ==, strlen ("2026-11-23T04:00:00.000Z"));
      g_assert_nonnull (json_text (node, "level"));
      g_assert_nonnull (json_text (node, "msg"));
    }
}

static void
test_slow_request (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (HttpAnswer) answer = NULL;

  server_fixture_stop (fixture);
  fixture->options.slow = 0;
  server_fixture_start (fixture);
  answer = http_get (fixture, "/v1/versions", 200);
  server_fixture_stop (fixture);
  g_assert_cmpuint (server_fixture_count_log (fixture, "\"msg\":\"slow request\""), ==, 1);
}

#define ADD(path, function) g_test_add ("/server/routes/" path, ServerFixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("health", test_health);
  ADD ("draining", test_draining);
  ADD ("head", test_head);
  ADD ("versions", test_versions);
  ADD ("version", test_version);
  ADD ("no-such-version", test_no_such_version);
  ADD ("no-path", test_no_path);
  ADD ("methods", test_methods);
  ADD ("accept", test_accept);
  ADD ("media-type", test_media_type);
  ADD ("no-length", test_no_length);
  ADD ("request-id", test_request_id);
  ADD ("log", test_log);
  ADD ("slow-request", test_slow_request);
  return g_test_run ();
}

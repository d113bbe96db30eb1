/* test-server-slow.c - peers that drip, peers that sleep, peers that don't read, and too many of them
 *
 * The time limits are short here, and a connection that must end is waited for as long as it takes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "http-peer.h"

#define HEAD "POST /predict HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
/* Between two bytes that drip */
#define DRIP_MS 30

static void
set_up (ServerFixture *fixture, gconstpointer data)
{
  server_fixture_init (fixture);
}

static void
tear_down (ServerFixture *fixture, gconstpointer data)
{
  server_fixture_clear (fixture);
}

/* Sends bytes one by one for as long as the peer listens; what it answered in the end */
static HttpAnswer *
drip (HttpPeer *peer, const char *bytes)
{
  GSocket *socket = g_socket_connection_get_socket (peer->connection);

  for (gsize i = 0; !(g_socket_condition_check (socket, G_IO_IN | G_IO_HUP) & (G_IO_IN | G_IO_HUP)); i++)
    {
      char byte = bytes[i % strlen (bytes)];

      http_peer_send (peer, &byte, 1);
      g_usleep (DRIP_MS * 1000);
    }
  return http_peer_read (peer, FALSE);
}

static void
assert_timed_out (HttpPeer *peer, HttpAnswer *answer)
{
  g_assert_nonnull (answer);
  g_assert_cmpuint (answer->status, ==, 408);
  g_assert_cmpstr (http_answer_header (answer, "connection"), ==, "close");
  http_peer_assert_ended (peer);
}

static void
test_dripping_head (ServerFixture *fixture, gconstpointer data)
{
  static const char *const beginnings[] = { "", "GET /health HTTP/1.1\r\n", HEAD };

  fixture->options.header_timeout = 0.2;
  server_fixture_start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autoptr (HttpPeer) peer = http_peer_new (fixture);
      g_autoptr (HttpAnswer) answer = NULL;

      http_peer_send (peer, beginnings[i], -1);
      answer = drip (peer, i == 0 ? "A" : "X-Slow: slow\r\n");
      assert_timed_out (peer, answer);
    }
}

/* Also where a request has been answered on the connection before */
static void
test_dripping_second_head (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (HttpPeer) peer = NULL;
  g_autoptr (HttpAnswer) first = NULL, answer = NULL;

  fixture->options.header_timeout = 0.2;
  server_fixture_start (fixture);
  peer = http_peer_new (fixture);
  http_peer_send (peer, "GET /health HTTP/1.1\r\nHost: test\r\n\r\n", -1);
  first = http_peer_read (peer, FALSE);
  g_assert_cmpuint (first->status, ==, 200);
  g_usleep (100 * 1000);
  answer = drip (peer, "A");
  assert_timed_out (peer, answer);
}

static void
test_dripping_body (ServerFixture *fixture, gconstpointer data)
{
  static const char *const beginnings[]
    = { HEAD "Content-Length: 2000\r\n\r\n{", HEAD "Transfer-Encoding: chunked\r\n\r\n" };
  static const char *const drops[] = { " ", "1\r\n \r\n" };

  fixture->options.body_grace = 0.2;
  fixture->options.min_rate = 1000;
  server_fixture_start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autoptr (HttpPeer) peer = http_peer_new (fixture);
      g_autoptr (HttpAnswer) answer = NULL;

      http_peer_send (peer, beginnings[i], -1);
      answer = drip (peer, drops[i]);
      assert_timed_out (peer, answer);
    }
}

/* A quiet connection is no slow one: it is let be for longer than a head may take */
static void
test_idle (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (HttpPeer) silent = NULL, used = NULL;
  g_autoptr (HttpAnswer) answer = NULL, late = NULL, again = NULL;

  fixture->options.header_timeout = 0.1;
  fixture->options.body_grace = 0.1;
  server_fixture_start (fixture);
  silent = http_peer_new (fixture);
  used = http_peer_new (fixture);
  http_peer_send (used, "GET /health HTTP/1.1\r\nHost: test\r\n\r\n", -1);
  answer = http_peer_read (used, FALSE);
  g_usleep (3500 * 1000);
  http_peer_send (silent, "GET /health HTTP/1.1\r\nHost: test\r\n\r\n", -1);
  late = http_peer_read (silent, FALSE);
  g_assert_nonnull (late);
  http_peer_send (used, "GET /health HTTP/1.1\r\nHost: test\r\n\r\n", -1);
  again = http_peer_read (used, FALSE);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->status, ==, 200);
}

static void
test_idle_timeout (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (HttpPeer) silent = NULL, used = NULL;
  g_autoptr (HttpAnswer) answer = NULL;

  fixture->options.idle_timeout = 1;
  server_fixture_start (fixture);
  silent = http_peer_new (fixture);
  used = http_peer_new (fixture);
  http_peer_send (used, "GET /health HTTP/1.1\r\nHost: test\r\n\r\n", -1);
  answer = http_peer_read (used, FALSE);
  g_assert_cmpuint (answer->status, ==, 200);
  http_peer_assert_ended (used);
  http_peer_assert_ended (silent);
}

/* Who asks for much and does not read it is given up */
static void
test_unread_answer (ServerFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) houses = g_string_new ("{\"explain\":true,\"comparables\":10,\"houses\":[");
  g_autofree char *request = NULL;
  g_autoptr (HttpPeer) peer = NULL;
  guint rounds = 0;

  fixture->options.body_grace = 0.2;
  fixture->options.min_rate = 1e9;
  server_fixture_start (fixture);
  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (houses, "%s" SERVER_FIXTURE_HOUSE, i > 0 ? "," : "");
  g_string_append (houses, "]}");
  request = http_request ("POST", "/v1/valuations", NULL, houses->str);
  peer = http_peer_new (fixture);
  g_socket_set_blocking (g_socket_connection_get_socket (peer->connection), TRUE);
  /* More than the sockets hold between us */
  for (guint i = 0; i < 4; i++)
    http_peer_send (peer, request, -1);
  /* It hangs up while we don't read: writing fails then */
  for (;; rounds++)
    {
      GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (peer->connection));

      if (g_output_stream_write (out, " ", 1, NULL, NULL) < 0)
        break;
      g_usleep (50 * 1000);
    }
  g_assert_cmpuint (rounds, >, 0);
}

/* With all places taken by sleepers, those who want something get in */
static void
test_room (ServerFixture *fixture, gconstpointer data)
{
  HttpPeer *sleepers[40];

  fixture->options.threads = 1;
  fixture->options.max_connections = 20;
  server_fixture_start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (sleepers); i++)
    sleepers[i] = http_peer_new (fixture);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (HttpAnswer) answer = http_get (fixture, "/health", 200);

      g_assert_cmpstr (json_text (answer->json, "status"), ==, "healthy");
    }
  for (guint i = 0; i < G_N_ELEMENTS (sleepers); i++)
    http_peer_free (sleepers[i]);
}

/* Large bodies share a limited memory; who finds none is told to come again */
static void
test_memory (ServerFixture *fixture, gconstpointer data)
{
  const gsize size = 60 * 1024 * 1024;
  g_autofree char *part = g_strnfill (1024 * 1024, ' ');
  HttpPeer *peers[4];
  guint n_refused = 0;

  fixture->options.threads = 1;
  server_fixture_start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    {
      g_autofree char *head
        = g_strdup_printf ("POST /v1/valuations HTTP/1.1\r\nHost: test\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                           size);

      peers[i] = http_peer_new (fixture);
      http_peer_send (peers[i], head, -1);
    }
  for (gsize sent = 0; sent < size; sent += 1024 * 1024)
    for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
      http_peer_send (peers[i], part, 1024 * 1024);
  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    {
      g_autoptr (HttpAnswer) answer = http_peer_read (peers[i], FALSE);

      /* Nothing but white space */
      g_assert_true (answer->status == 400 || answer->status == 503);
      if (answer->status == 503)
        {
          http_assert_problem (answer, 503, "overload");
          g_assert_nonnull (http_answer_header (answer, "retry-after"));
          n_refused++;
        }
      http_peer_free (peers[i]);
    }
  g_assert_cmpuint (n_refused, >=, 1);
  g_assert_cmpuint (n_refused, <=, 3);
}

#define ADD(path, function) g_test_add ("/server/slow/" path, ServerFixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("dripping-head", test_dripping_head);
  ADD ("dripping-second-head", test_dripping_second_head);
  ADD ("dripping-body", test_dripping_body);
  ADD ("idle", test_idle);
  ADD ("idle-timeout", test_idle_timeout);
  ADD ("unread-answer", test_unread_answer);
  ADD ("room", test_room);
  ADD ("memory", test_memory);
  return g_test_run ();
}

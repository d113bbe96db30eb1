/* test-fault-proxy.c - each mode of the proxy as a client meets it, on new connections and on those that are open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gio/gio.h>
#include <string.h>

#include "fault-proxy.h"

#define REQUEST "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
#define ANSWER  "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
/* Long enough to see that nothing comes; on a slow machine less would have come, never more */
#define A_WHILE (100 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  GSocketService *service;
  FaultProxy *proxy;
  gint n_requests; /* that reached the server */
} Fixture;

/* Reads until the text ends so. FALSE at the end or when the connection breaks */
static gboolean
read_until (GInputStream *in, GString *text, const char *end)
{
  char byte;

  while (!g_str_has_suffix (text->str, end))
    {
      if (g_input_stream_read (in, &byte, 1, NULL, NULL) != 1)
        return FALSE;
      g_string_append_c (text, byte);
    }
  return TRUE;
}

/* The server: answers REQUEST with ANSWER as long as the client likes; in a thread */
static gboolean
serve_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  Fixture *fixture = data;
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GString) text = g_string_new (NULL);

  while (read_until (g_io_stream_get_input_stream (G_IO_STREAM (connection)), text, REQUEST))
    {
      g_atomic_int_inc (&fixture->n_requests);
      g_string_truncate (text, 0);
      if (!g_output_stream_write_all (out, ANSWER, strlen (ANSWER), NULL, NULL, NULL))
        break;
    }
  return FALSE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint16 port;

  fixture->service = g_threaded_socket_service_new (-1);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (fixture->service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->service, "run", G_CALLBACK (serve_cb), fixture);
  fixture->proxy = fault_proxy_new ("127.0.0.1", port, 0, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fault_proxy_free (fixture->proxy);
  g_socket_service_stop (fixture->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->service));
  g_object_unref (fixture->service);
}

/* The server's socket service needs the main loop to accept */
static void
turn (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static GSocket *
start_connecting (Fixture *fixture, GError **error)
{
  g_autoptr (GSocketAddress) address
    = g_inet_socket_address_new_from_string ("127.0.0.1", fault_proxy_get_port (fixture->proxy));
  GSocket *client = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

  g_socket_set_blocking (client, FALSE);
  g_socket_connect (client, address, NULL, error);
  return client;
}

/* A failure is left for the first who reads or writes */
static GSocket *
open_client (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GSocket *client = start_connecting (fixture, &error);

  if (error != NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_socket_condition_wait (client, G_IO_OUT, NULL, NULL);
  return client;
}

static void
say (GSocket *client, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_socket_send (client, text, strlen (text), NULL, &error);
  g_assert_no_error (error);
}

/* What comes until there are most bytes, the end, or a failure */
static char *
hear (GSocket *client, gsize most, GError **error)
{
  GString *text = g_string_new (NULL);
  char buffer[4096];

  while (text->len < most)
    {
      g_autoptr (GError) failed = NULL;
      gssize n = g_socket_receive (client, buffer, MIN (sizeof buffer, most - text->len), NULL, &failed);

      if (g_error_matches (failed, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          turn ();
          g_socket_condition_timed_wait (client, G_IO_IN, G_TIME_SPAN_MILLISECOND, NULL, NULL);
          continue;
        }
      if (n < 0)
        g_propagate_error (error, g_steal_pointer (&failed));
      if (n <= 0)
        break;
      g_string_append_len (text, buffer, n);
    }
  return g_string_free (text, FALSE);
}

static void
expect (GSocket *client, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = hear (client, strlen (expected), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
expect_silence (GSocket *client)
{
  turn ();
  g_assert_false (g_socket_condition_timed_wait (client, G_IO_IN, A_WHILE, NULL, NULL));
}

static void
expect_end (GSocket *client)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = hear (client, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "");
}

static void
expect_reset (GSocket *client)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = hear (client, 1, &error);

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_assert_cmpstr (text, ==, "");
}

/* A head with this in it, and all of the body that it promises if whole */
static void
expect_answer (GSocket *client, const char *status, const char *part, gboolean whole)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) head = g_string_new (NULL);
  g_autofree char *body = NULL;
  gsize length;

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      g_autofree char *byte = hear (client, 1, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (byte, !=, "");
      g_string_append (head, byte);
    }
  g_assert_true (g_str_has_prefix (head->str, status));
  length = g_ascii_strtoull (strstr (head->str, "Content-Length: ") + strlen ("Content-Length: "), NULL, 10);
  body = hear (client, length, &error);
  g_assert_no_error (error);
  if (whole)
    g_assert_cmpuint (strlen (body), ==, length);
  else
    g_assert_cmpuint (strlen (body), <, length);
  g_assert_nonnull (strstr (body, part));
}

static void
exchange (GSocket *client)
{
  say (client, REQUEST);
  expect (client, ANSWER);
}

/* A connection on which a request was answered, and is kept */
static GSocket *
open_used (Fixture *fixture)
{
  GSocket *client = open_client (fixture);

  exchange (client);
  return client;
}

static void
test_pass (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) client = open_used (fixture);
  g_autoptr (GSocket) other = open_used (fixture);
  g_autoptr (GError) error = NULL;

  exchange (client);
  exchange (other);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_requests), ==, 4);
  g_assert_cmpuint (fault_proxy_get_accepted (fixture->proxy), ==, 2);
  fault_proxy_wait_for (fixture->proxy, 2);
  /* An end is passed on, and comes back */
  g_socket_shutdown (client, FALSE, TRUE, &error);
  g_assert_no_error (error);
  expect_end (client);
}

/* Nobody behind the proxy */
static void
test_no_server (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) client = NULL;

  g_socket_service_stop (fixture->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->service));
  client = open_client (fixture);
  expect_reset (client);
}

static void
expect_refused (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) client = start_connecting (fixture, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING))
    {
      g_clear_error (&error);
      g_socket_condition_wait (client, G_IO_OUT, NULL, NULL);
      g_socket_check_connect_result (client, &error);
    }
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static void
test_refuse (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) before = open_used (fixture);
  g_autoptr (GSocket) after = NULL;
  guint16 port = fault_proxy_get_port (fixture->proxy);

  for (int i = 0; i < 3; i++)
    {
      fault_proxy_set_mode (fixture->proxy, FAULT_REFUSE);
      expect_refused (fixture);
      expect_refused (fixture);
      fault_proxy_set_mode (fixture->proxy, FAULT_PASS);
      g_clear_object (&after);
      after = open_used (fixture);
    }
  expect_reset (before);
  g_assert_cmpuint (fault_proxy_get_port (fixture->proxy), ==, port);
}

static void
test_reset (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) before = open_used (fixture);
  g_autoptr (GSocket) client = NULL;

  fault_proxy_set_mode (fixture->proxy, FAULT_RESET);
  expect_reset (before);
  client = open_client (fixture);
  expect_reset (client);
}

static void
test_blackhole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) before = open_used (fixture);
  g_autoptr (GSocket) idle = open_used (fixture);
  g_autoptr (GSocket) client = NULL;

  fault_proxy_set_mode (fixture->proxy, FAULT_BLACKHOLE);
  client = open_client (fixture);
  say (client, REQUEST);
  say (before, REQUEST);
  expect_silence (client);
  expect_silence (before);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_requests), ==, 2);
  /* What was swallowed is lost; who asked nothing can go on */
  fault_proxy_set_mode (fixture->proxy, FAULT_PASS);
  expect_reset (client);
  expect_reset (before);
  exchange (idle);
}

static void
test_backlog (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) before = open_used (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) client = NULL;
  guint accepted;

  fault_proxy_set_mode (fixture->proxy, FAULT_BACKLOG);
  accepted = fault_proxy_get_accepted (fixture->proxy);
  client = start_connecting (fixture, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&error);
  g_assert_false (g_socket_condition_timed_wait (client, G_IO_OUT, A_WHILE, NULL, NULL));
  say (before, REQUEST);
  expect_silence (before);
  g_assert_cmpuint (fault_proxy_get_accepted (fixture->proxy), ==, accepted);
  /* TCP keeps trying, and gets in */
  fault_proxy_set_mode (fixture->proxy, FAULT_PASS);
  g_socket_condition_wait (client, G_IO_OUT, NULL, NULL);
  g_socket_check_connect_result (client, &error);
  g_assert_no_error (error);
  exchange (client);
}

static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) before = open_used (fixture);
  g_autoptr (GSocket) client = NULL;

  fault_proxy_set_mode (fixture->proxy, FAULT_GARBAGE);
  client = open_client (fixture);
  for (int i = 0; i < 2; i++)
    {
      GSocket *either = i == 0 ? client : before;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      say (either, REQUEST);
      text = hear (either, 512, &error);
      g_assert_no_error (error);
      g_assert_false (g_str_has_prefix (text, "HTTP"));
      expect_end (either);
    }
}

static void
test_slow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) client = open_used (fixture);

  fault_proxy_set_delay (fixture->proxy, 3600000);
  fault_proxy_set_mode (fixture->proxy, FAULT_SLOW);
  say (client, REQUEST);
  expect (client, "H");
  expect_silence (client);
  fault_proxy_set_delay (fixture->proxy, 1);
  expect (client, &ANSWER[1]);
  fault_proxy_set_mode (fixture->proxy, FAULT_PASS);
  exchange (client);
  /* Half an answer can't be followed by another */
  fault_proxy_set_delay (fixture->proxy, 3600000);
  fault_proxy_set_mode (fixture->proxy, FAULT_SLOW);
  say (client, REQUEST);
  expect (client, "H");
  fault_proxy_set_mode (fixture->proxy, FAULT_ERROR_500);
  expect_reset (client);
}

static void
test_truncate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) client = open_used (fixture);

  fault_proxy_set_mode (fixture->proxy, FAULT_TRUNCATE);
  say (client, REQUEST);
  expect_answer (client, "HTTP/1.1 200 OK\r\n", "{\"valuations\":[{", FALSE);
  expect_end (client);
}

static void
test_half_close (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) idle = open_used (fixture);
  g_autoptr (GSocket) client = NULL;

  fault_proxy_set_mode (fixture->proxy, FAULT_HALF_CLOSE);
  expect_end (idle);
  client = open_client (fixture);
  expect_silence (client);
  say (client, REQUEST);
  expect_end (client);
  /* It still listens */
  say (client, REQUEST);
  say (client, REQUEST);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_requests), ==, 1);
}

typedef struct
{
  FaultMode mode;
  const char *status, *part;
} Canned;

/* The answers that leave the connection open */
static void
test_answers (Fixture *fixture, gconstpointer data)
{
  static const Canned canned[] = { { FAULT_ERROR_500, "HTTP/1.1 500 ", "\"status\":500" },
                                   { FAULT_ERROR_503, "HTTP/1.1 503 ", "\"status\":503" },
                                   { FAULT_NOT_JSON, "HTTP/1.1 200 ", "<!doctype html>" },
                                   { FAULT_WRONG_JSON, "HTTP/1.1 200 ", "{\"hello\":" } };
  g_autoptr (GSocket) client = open_used (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (canned); i++)
    {
      fault_proxy_set_mode (fixture->proxy, canned[i].mode);
      for (int j = 0; j < 2; j++)
        {
          say (client, REQUEST);
          expect_answer (client, canned[i].status, canned[i].part, TRUE);
        }
      /* A request in pieces, one without a body, one in chunks */
      say (client, "GET / HTTP/1.1\r\nHost: x\r\n");
      expect_silence (client);
      say (client, "\r\n");
      expect_answer (client, canned[i].status, canned[i].part, TRUE);
      say (client, "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n");
      expect_silence (client);
      say (client, "0\r\n\r\n");
      expect_answer (client, canned[i].status, canned[i].part, TRUE);
    }
  g_assert_cmpint (g_atomic_int_get (&fixture->n_requests), ==, 1);
  fault_proxy_set_mode (fixture->proxy, FAULT_PASS);
  exchange (client);
}

/* A request that is out when the mode changes is answered in the new one */
static void
test_outstanding (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) client = open_used (fixture);

  fault_proxy_set_mode (fixture->proxy, FAULT_BLACKHOLE);
  say (client, REQUEST);
  expect_silence (client);
  fault_proxy_set_mode (fixture->proxy, FAULT_ERROR_503);
  expect_answer (client, "HTTP/1.1 503 ", "no model", TRUE);
}

static void
test_huge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocket) client = open_used (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  fault_proxy_set_mode (fixture->proxy, FAULT_HUGE);
  say (client, REQUEST);
  text = hear (client, 8 << 20, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (text), ==, 8 << 20);
  g_assert_true (g_str_has_prefix (text, "HTTP/1.1 200 OK\r\n"));
  fault_proxy_set_mode (fixture->proxy, FAULT_PASS);
  g_free (hear (client, G_MAXSIZE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

/* From each mode to each other, with a request out: nothing hangs, and the server is back at the end */
static void
test_all_pairs (Fixture *fixture, gconstpointer data)
{
  for (int from = 0; from < FAULT_N_MODES; from++)
    for (int to = 0; to < FAULT_N_MODES; to++)
      {
        g_autoptr (GSocket) asking = open_used (fixture);
        g_autoptr (GSocket) idle = open_used (fixture);
        g_autoptr (GSocket) after = NULL;

        fault_proxy_set_mode (fixture->proxy, (FaultMode) from);
        g_socket_send (asking, REQUEST, strlen (REQUEST), NULL, NULL);
        fault_proxy_set_mode (fixture->proxy, (FaultMode) to);
        g_socket_send (idle, REQUEST, strlen (REQUEST), NULL, NULL);
        fault_proxy_set_mode (fixture->proxy, FAULT_PASS);
        after = open_used (fixture);
        exchange (after);
      }
}

static void
test_names (void)
{
  FaultMode mode;

  for (int i = 0; i < FAULT_N_MODES; i++)
    {
      g_assert_true (fault_mode_from_name (fault_mode_to_name ((FaultMode) i), &mode));
      g_assert_cmpint (mode, ==, i);
    }
  g_assert_false (fault_mode_from_name ("no-such-mode", &mode));
}

static void
test_cannot (void)
{
  g_autoptr (GError) error = NULL;
  FaultProxy *proxy = fault_proxy_new ("127.0.0.1", 1, 0, &error), *second;

  g_assert_no_error (error);
  second = fault_proxy_new ("127.0.0.1", 1, fault_proxy_get_port (proxy), &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_assert_null (second);
  g_clear_error (&error);
  second = fault_proxy_new ("not a host", 1, 0, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND);
  g_assert_null (second);
  fault_proxy_free (proxy);
}

#define add(name, function) g_test_add ("/fault-proxy/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("pass", test_pass);
  add ("no-server", test_no_server);
  add ("refuse", test_refuse);
  add ("reset", test_reset);
  add ("blackhole", test_blackhole);
  add ("backlog", test_backlog);
  add ("garbage", test_garbage);
  add ("slow", test_slow);
  add ("truncate", test_truncate);
  add ("half-close", test_half_close);
  add ("answers", test_answers);
  add ("outstanding", test_outstanding);
  add ("huge", test_huge);
  add ("all-pairs", test_all_pairs);
  g_test_add_func ("/fault-proxy/names", test_names);
  g_test_add_func ("/fault-proxy/cannot", test_cannot);

  return g_test_run ();
}

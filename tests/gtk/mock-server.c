/* mock-server.c - a server of one version, which can be stopped and started again on its port
 *
 * Speaks as much HTTP as our client needs, a connection a request, in the main context of the test.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "gtk-support.h"
#include "mock-server.h"

struct _MockServer
{
  GSocketService *service; /* (nullable) while it is stopped */
  guint16 port;
  char *url;
  char *version;
  char *refused; /* (nullable) */
};

typedef struct
{
  GSocketConnection *connection;
  GString *request;
  char buffer[4096];
  MockServer *server;
} Exchange;

static void
exchange_free (Exchange *exchange)
{
  g_object_unref (exchange->connection);
  g_string_free (exchange->request, TRUE);
  g_free (exchange);
}

static char *
describe (MockServer *server)
{
  g_autoptr (HpDescription) description = gtk_support_describe (server->version);
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_key (writer, "schema");
  hp_description_write_json (description, writer);
  hp_json_writer_end_object (writer);
  return hp_json_writer_steal (writer, NULL);
}

static char *
answer (MockServer *server, const char *request)
{
  if (g_str_has_prefix (request, "GET /health"))
    return g_strdup_printf ("{\"version\":\"%s\"}", server->version);
  if (g_str_has_prefix (request, "GET /v1/versions/champion"))
    return describe (server);
  if (server->refused != NULL)
    return g_strdup_printf ("{\"valuations\":[{\"error\":{\"code\":\"bad_attribute\",\"message\":\"m\",\"errors\":[{"
                            "\"field\":\"%s\",\"message\":\"%s: refused\"}]}}]}",
                            server->refused, server->refused);
  return g_strdup_printf (
    "{\"valuations\":[{\"model\":\"test\",\"version\":\"%s\",\"source\":\"local\",\"currency\":\"USD\","
    "\"predicted_price\":123456.78,\"interval\":{\"level\":0.9,\"low\":100000,\"high\":150000},"
    "\"confidence\":{\"fsd\":0.1,\"within_10_percent\":0.7},\"warnings\":[]}]}",
    server->version);
}

static gboolean
is_complete (const char *request)
{
  const char *end = strstr (request, "\r\n\r\n");
  g_autofree char *lower = g_ascii_strdown (request, -1);
  const char *length = strstr (lower, "content-length: ");

  return end != NULL
         && (length == NULL || strlen (end + 4) >= g_ascii_strtoull (length + strlen ("content-length: "), NULL, 10));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  exchange_free (data);
}

static void read_more (Exchange *exchange);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Exchange *exchange = data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  g_autofree char *body = NULL;

  if (n <= 0)
    {
      exchange_free (exchange);
      return;
    }
  g_string_append_len (exchange->request, exchange->buffer, n);
  if (!is_complete (exchange->request->str))
    {
      read_more (exchange);
      return;
    }
  body = answer (exchange->server, exchange->request->str);
  g_string_printf (exchange->request,
                   "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                   "Content-Length: %zu\r\n\r\n%s",
                   strlen (body), body);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (exchange->connection)),
                                   exchange->request->str, exchange->request->len, G_PRIORITY_DEFAULT, NULL, written_cb,
                                   exchange);
}

static void
read_more (Exchange *exchange)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (exchange->connection)), exchange->buffer,
                             sizeof exchange->buffer, G_PRIORITY_DEFAULT, NULL, read_cb, exchange);
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->connection = g_object_ref (connection);
  exchange->request = g_string_new (NULL);
  exchange->server = data;
  read_more (exchange);
  return TRUE;
}

/**
 * mock_server_new:
 *
 * Returns: (transfer full): a server that is running
 */
MockServer *
mock_server_new (void)
{
  MockServer *server = g_new0 (MockServer, 1);

  server->version = g_strdup ("7");
  mock_server_start (server);
  server->url = g_strdup_printf ("http://127.0.0.1:%u", server->port);
  return server;
}

/**
 * mock_server_free:
 * @server: (transfer full): a server
 */
void
mock_server_free (MockServer *server)
{
  mock_server_stop (server);
  g_free (server->url);
  g_free (server->version);
  g_free (server->refused);
  g_free (server);
}

/**
 * mock_server_url:
 * @server: a server
 *
 * Returns: (transfer none): where it is asked
 */
const char *
mock_server_url (MockServer *server)
{
  return server->url;
}

/**
 * mock_server_start:
 * @server: a server that is stopped
 */
void
mock_server_start (MockServer *server)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, server->port);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  server->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (server->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (server->service, "incoming", G_CALLBACK (incoming_cb), server);
  g_socket_service_start (server->service);
}

/**
 * mock_server_stop:
 * @server: a server
 */
void
mock_server_stop (MockServer *server)
{
  if (server->service == NULL)
    return;
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  g_clear_object (&server->service);
  gtk_support_settle ();
}

/**
 * mock_server_refuse:
 * @server: a server
 * @field: (nullable): the attribute that it refuses
 */
void
mock_server_refuse (MockServer *server, const char *field)
{
  g_free (server->refused);
  server->refused = g_strdup (field);
}

/**
 * mock_server_promote:
 * @server: a server
 * @version: its champion from here on
 */
void
mock_server_promote (MockServer *server, const char *version)
{
  g_free (server->version);
  server->version = g_strdup (version);
}

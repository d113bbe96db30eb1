/* http-peer.c - the other end of a connection, byte by byte
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "http-peer.h"

#include <stdlib.h>
#include <string.h>

/* A server that does not answer fails the test rather than to hang it */
#define TIMEOUT_SECONDS 120

HttpPeer *
http_peer_new (ServerFixture *fixture)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  HttpPeer *peer = g_new0 (HttpPeer, 1);

  g_socket_client_set_timeout (client, TIMEOUT_SECONDS);
  g_socket_client_set_enable_proxy (client, FALSE);
  peer->connection = g_socket_client_connect_to_uri (client, fixture->url, 80, NULL, &error);
  g_assert_no_error (error);
  peer->pending = g_string_new (NULL);
  return peer;
}

void
http_peer_free (HttpPeer *peer)
{
  g_clear_object (&peer->connection);
  g_string_free (peer->pending, TRUE);
  g_free (peer);
}

void
http_peer_send (HttpPeer *peer, const char *text, gssize length)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (peer->connection));
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_write_all (out, text, length < 0 ? strlen (text) : (gsize) length, NULL, NULL, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    g_assert_no_error (error);
}

void
http_peer_shut_down (HttpPeer *peer)
{
  g_assert_true (g_socket_shutdown (g_socket_connection_get_socket (peer->connection), FALSE, TRUE, NULL));
}

/* FALSE at the end */
static gboolean
read_more (HttpPeer *peer)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (peer->connection));
  g_autoptr (GError) error = NULL;
  char buffer[16384];
  gssize n = g_input_stream_read (in, buffer, sizeof buffer, NULL, &error);

  if (n < 0)
    {
      /* Hung up on while we were still sending */
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
      return FALSE;
    }
  g_string_append_len (peer->pending, buffer, n);
  return n > 0;
}

static void
read_headers (HttpAnswer *answer, const char *head)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);

  g_assert_true (g_str_has_prefix (lines[0], "HTTP/1.1 "));
  answer->status = (guint) atoi (lines[0] + 9);
  for (char **line = lines + 1; *line != NULL && **line != '\0'; line++)
    {
      char *colon = strstr (*line, ": ");

      g_assert_nonnull (colon);
      g_hash_table_insert (answer->headers, g_ascii_strdown (*line, colon - *line), g_strdup (colon + 2));
    }
}

HttpAnswer *
http_peer_read (HttpPeer *peer, gboolean to_head)
{
  g_autoptr (HttpAnswer) answer = g_new0 (HttpAnswer, 1);
  const char *end, *length, *type;
  gsize head;

  answer->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while ((end = strstr (peer->pending->str, "\r\n\r\n")) == NULL)
    if (!read_more (peer))
      {
        g_assert_cmpuint (peer->pending->len, ==, 0);
        return NULL;
      }
  head = (gsize) (end - peer->pending->str) + 4;
  {
    g_autofree char *text = g_strndup (peer->pending->str, head);

    read_headers (answer, text);
  }
  g_string_erase (peer->pending, 0, (gssize) head);
  /* "Continue" has no body, and all of ours say how long they are */
  length = http_answer_header (answer, "content-length");
  g_assert_true (answer->status == 100 || length != NULL);
  answer->length = to_head || length == NULL ? 0 : g_ascii_strtoull (length, NULL, 10);
  while (peer->pending->len < answer->length)
    g_assert_true (read_more (peer));
  answer->body = g_strndup (peer->pending->str, answer->length);
  g_string_erase (peer->pending, 0, (gssize) answer->length);
  type = http_answer_header (answer, "content-type");
  if (answer->length > 0 && type != NULL && strstr (type, "json") != NULL)
    answer->json = json_from_string (answer->body, NULL);
  return g_steal_pointer (&answer);
}

void
http_peer_assert_ended (HttpPeer *peer)
{
  while (read_more (peer))
    ;
  /* libmicrohttpd writes the head of some of its own refusals twice */
  g_assert_null (strstr (peer->pending->str, "HTTP/1.1 2"));
}

void
http_answer_free (HttpAnswer *answer)
{
  g_hash_table_unref (answer->headers);
  g_free (answer->body);
  g_clear_pointer (&answer->json, json_node_unref);
  g_free (answer);
}

const char *
http_answer_header (HttpAnswer *answer, const char *name)
{
  return g_hash_table_lookup (answer->headers, name);
}

char *
http_request (const char *method, const char *target, const char *headers, const char *body)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s HTTP/1.1\r\nHost: test\r\n%s", method, target, headers != NULL ? headers : "");
  if (body != NULL)
    g_string_append_printf (text, "Content-Length: %" G_GSIZE_FORMAT "\r\n", strlen (body));
  g_string_append_printf (text, "\r\n%s", body != NULL ? body : "");
  return g_string_free (text, FALSE);
}

HttpAnswer *
http_ask (ServerFixture *fixture, const char *method, const char *target, const char *headers, const char *body)
{
  g_autoptr (HttpPeer) peer = http_peer_new (fixture);
  g_autofree char *request = http_request (method, target, headers, body);
  HttpAnswer *answer;

  http_peer_send (peer, request, -1);
  answer = http_peer_read (peer, g_str_equal (method, "HEAD"));
  g_assert_nonnull (answer);
  return answer;
}

HttpAnswer *
http_post (ServerFixture *fixture, const char *target, const char *body, guint status)
{
  HttpAnswer *answer = http_ask (fixture, "POST", target, "Content-Type: application/json\r\n", body);

  g_assert_cmpuint (answer->status, ==, status);
  g_assert_nonnull (answer->json);
  return answer;
}

HttpAnswer *
http_get (ServerFixture *fixture, const char *target, guint status)
{
  HttpAnswer *answer = http_ask (fixture, "GET", target, NULL, NULL);

  g_assert_cmpuint (answer->status, ==, status);
  g_assert_nonnull (answer->json);
  return answer;
}

JsonNode *
json_at (JsonNode *node, const char *path)
{
  g_auto (GStrv) parts = g_strsplit_set (path, ".[", -1);

  for (char **part = parts; *part != NULL && node != NULL; part++)
    {
      if (g_ascii_isdigit (**part))
        {
          guint i = (guint) atoi (*part);
          JsonArray *array = json_node_get_array (node);

          node = i < json_array_get_length (array) ? json_array_get_element (array, i) : NULL;
        }
      else
        node = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), *part) : NULL;
    }
  return node;
}

double
json_number (JsonNode *node, const char *path)
{
  JsonNode *found = json_at (node, path);

  g_assert_nonnull (found);
  return json_node_get_double (found);
}

const char *
json_text (JsonNode *node, const char *path)
{
  JsonNode *found = json_at (node, path);

  g_assert_nonnull (found);
  return json_node_get_string (found);
}

void
http_assert_problem (HttpAnswer *answer, guint status, const char *code)
{
  g_assert_nonnull (answer);
  g_assert_cmpuint (answer->status, ==, status);
  g_assert_cmpstr (http_answer_header (answer, "content-type"), ==, "application/problem+json");
  g_assert_cmpstr (json_text (answer->json, "type"), ==, "about:blank");
  g_assert_cmpstr (json_text (answer->json, "code"), ==, code);
  g_assert_cmpint (json_node_get_int (json_at (answer->json, "status")), ==, status);
  g_assert_cmpstr (json_text (answer->json, "title"), !=, "");
  g_assert_cmpstr (json_text (answer->json, "detail"), !=, "");
}

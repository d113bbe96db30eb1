/* mock-server.c - a server that says what the test wants
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <libsoup/soup.h>
#include <string.h>

#include "mock-server.h"

struct _MockServer
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *soup; /* the thread's */
  char *url;
  guint16 port;

  GMutex mutex;
  GCond cond;
  gboolean ready;
  guint status, requests;
  char *type, *body, *header, *header_value;
  char *request, *request_body;
  SoupMessageHeaders *request_headers;
};

static const char healthy[] = "{\"status\":\"healthy\",\"model_loaded\":true,\"model\":\"m\",\"version\":\"7\"}";
static const char valuations[] = "{\"valuations\":[" MOCK_VALUATION ("123456.78") "]}";
static const char version[] = "{\"version\":\"7\",\"schema\":{\"model\":\"m\",\"version\":\"7\",\"currency\":\"USD\","
                              "\"target\":\"price\",\"attributes\":[{\"name\":\"sqft\",\"label\":\"Area\","
                              "\"type\":\"number\",\"required\":true,\"typical\":1500}]}}";

/* Under the mutex */
static void
remember (MockServer *server, SoupServerMessage *message)
{
  GUri *uri = soup_server_message_get_uri (message);
  g_autofree char *text = g_uri_to_string (uri);
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  server->requests++;
  g_free (server->request);
  server->request = g_strdup_printf ("%s %s", soup_server_message_get_method (message), text);
  g_free (server->request_body);
  server->request_body = g_strndup (body->data, body->length);
  g_clear_pointer (&server->request_headers, soup_message_headers_unref);
  server->request_headers = soup_message_headers_ref (soup_server_message_get_request_headers (message));
}

static void
request_cb (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  MockServer *server = data;
  const char *text = g_str_has_suffix (path, "/health")          ? healthy
                     : g_str_has_suffix (path, "/v1/valuations") ? valuations
                     : strstr (path, "/v1/versions/") != NULL    ? version
                                                                 : NULL;
  const char *type = "application/json";
  guint status = text != NULL ? 200 : 404;

  g_mutex_lock (&server->mutex);
  remember (server, message);
  if (server->status != 0)
    {
      status = server->status;
      type = server->type;
      text = server->body;
    }
  soup_server_message_set_status (message, status, NULL);
  if (type != NULL)
    soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, text != NULL ? strlen (text) : 0);
  else if (text != NULL)
    soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_COPY, text, strlen (text));
  if (server->header != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), server->header,
                                  server->header_value);
  g_mutex_unlock (&server->mutex);
}

static gpointer
run (gpointer data)
{
  MockServer *server = data;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (server->context);
  server->soup = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_add_handler (server->soup, NULL, request_cb, server, NULL);
  soup_server_listen_local (server->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server->soup);
  g_mutex_lock (&server->mutex);
  server->port = g_uri_get_port (uris->data);
  server->url = g_strdup_printf ("http://127.0.0.1:%u", server->port);
  server->ready = TRUE;
  g_cond_broadcast (&server->cond);
  g_mutex_unlock (&server->mutex);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_main_loop_run (server->loop);
  soup_server_disconnect (server->soup);
  while (g_main_context_iteration (server->context, FALSE))
    ;
  g_object_unref (server->soup);
  g_main_context_pop_thread_default (server->context);
  return NULL;
}

MockServer *
mock_server_new (void)
{
  MockServer *server = g_new0 (MockServer, 1);

  server->context = g_main_context_new ();
  server->loop = g_main_loop_new (server->context, FALSE);
  server->thread = g_thread_new ("mock-server", run, server);
  g_mutex_lock (&server->mutex);
  while (!server->ready)
    g_cond_wait (&server->cond, &server->mutex);
  g_mutex_unlock (&server->mutex);
  return server;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
mock_server_free (MockServer *server)
{
  if (server == NULL)
    return;
  g_main_context_invoke (server->context, quit_cb, server->loop);
  g_thread_join (server->thread);
  g_main_loop_unref (server->loop);
  g_main_context_unref (server->context);
  g_clear_pointer (&server->request_headers, soup_message_headers_unref);
  g_free (server->url);
  g_free (server->type);
  g_free (server->body);
  g_free (server->header);
  g_free (server->header_value);
  g_free (server->request);
  g_free (server->request_body);
  g_mutex_clear (&server->mutex);
  g_cond_clear (&server->cond);
  g_free (server);
}

guint16
mock_server_get_port (MockServer *server)
{
  return server->port;
}

const char *
mock_server_get_url (MockServer *server)
{
  return server->url;
}

void
mock_server_set_answer (MockServer *server, guint status, const char *type, const char *body)
{
  g_mutex_lock (&server->mutex);
  server->status = status;
  g_free (server->type);
  server->type = g_strdup (type);
  g_free (server->body);
  server->body = g_strdup (body);
  g_mutex_unlock (&server->mutex);
}

void
mock_server_set_header (MockServer *server, const char *name, const char *value)
{
  g_mutex_lock (&server->mutex);
  g_free (server->header);
  server->header = g_strdup (name);
  g_free (server->header_value);
  server->header_value = g_strdup (value);
  g_mutex_unlock (&server->mutex);
}

guint
mock_server_get_requests (MockServer *server)
{
  guint n;

  g_mutex_lock (&server->mutex);
  n = server->requests;
  g_mutex_unlock (&server->mutex);
  return n;
}

char *
mock_server_dup_request (MockServer *server)
{
  char *text;

  g_mutex_lock (&server->mutex);
  text = g_strdup (server->request);
  g_mutex_unlock (&server->mutex);
  return text;
}

char *
mock_server_dup_header (MockServer *server, const char *name)
{
  char *text;

  g_mutex_lock (&server->mutex);
  text
    = server->request_headers != NULL ? g_strdup (soup_message_headers_get_one (server->request_headers, name)) : NULL;
  g_mutex_unlock (&server->mutex);
  return text;
}

char *
mock_server_dup_body (MockServer *server)
{
  char *text;

  g_mutex_lock (&server->mutex);
  text = g_strdup (server->request_body);
  g_mutex_unlock (&server->mutex);
  return text;
}

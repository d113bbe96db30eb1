/* hp-http-request.c - a request from its first byte to its last: reading, dispatch, answer, log
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <string.h>

#include "hp-http.h"

/* A body that is of no use is read up to this size all the same: closing a connection on somebody who still writes
 * makes him lose the answer.
 */
#define MAX_DISCARDED (4 * 1024 * 1024)

static gsize
get_limit (const HpHttpRequest *request)
{
  const HpServerOptions *options = request->loop->shared->options;

  return request->route != NULL && request->route->body == HP_BODY_MANY ? options->max_batch_body : options->max_body;
}

static void
drop_body (HpHttpRequest *request)
{
  if (request->body == NULL)
    return;
  hp_http_loop_release (request->loop, request->body_held);
  request->body_held = 0;
  hp_http_loop_return_body (request->loop, g_steal_pointer (&request->body));
}

/* Hands the answer over to libmicrohttpd */
static enum MHD_Result
queue (HpHttpRequest *request, struct MHD_Connection *mhd)
{
  struct MHD_Response *response = g_steal_pointer (&request->response);
  enum MHD_Result result;

  if (request->close || g_atomic_int_get (&request->loop->shared->stopping))
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONNECTION, "close");
  if (*request->id != '\0')
    MHD_add_response_header (response, "X-Request-Id", request->id);
  result = MHD_queue_response (mhd, request->status, response);
  MHD_destroy_response (response);
  request->replied = g_get_monotonic_time ();
  hp_http_connection_enter (request->connection, HP_CONNECTION_WRITING, request->replied);
  return result;
}

static enum MHD_Result
begin (HpHttpRequest *request, struct MHD_Connection *mhd, const char *url, const char *method, const char *version)
{
  request->begun = g_get_monotonic_time ();
  request->connection->used = TRUE;
  request->method = method;
  hp_http_read_head (request, mhd, url, version);
  hp_http_connection_enter (request->connection, request->has_body ? HP_CONNECTION_READING : HP_CONNECTION_WORKING,
                            request->begun);
  if (request->problem.status == 0 && request->route->body != HP_BODY_NONE)
    return MHD_YES;

  /* The body won't be looked at */
  request->discard = TRUE;
  if (request->has_body && (request->close || request->expects || request->length > MAX_DISCARDED))
    {
      request->close = TRUE;
      if (request->problem.status == 0)
        hp_problem_set (&request->problem, MHD_HTTP_BAD_REQUEST, "bad_request", _ ("this route takes no body"));
      hp_http_reply_problem (request);
      return queue (request, mhd);
    }
  if (request->close)
    {
      hp_http_reply_problem (request);
      return queue (request, mhd);
    }
  return MHD_YES;
}

/* FALSE: the connection ends */
static gboolean
receive (HpHttpRequest *request, const char *text, gsize length)
{
  gsize limit = get_limit (request), large;

  request->received += length;
  if (request->discard)
    return request->received <= limit + MAX_DISCARDED;
  if (request->body == NULL)
    request->body = hp_http_loop_take_body (request->loop);
  if (request->body->len + length > limit)
    {
      hp_problem_set (&request->problem, MHD_HTTP_CONTENT_TOO_LARGE, "too_large",
                      _ ("the body has more than %" G_GSIZE_FORMAT " bytes, which is what is allowed here"), limit);
      request->discard = TRUE;
    }
  else
    {
      large = request->body->len + length > HP_HTTP_LARGE ? length : 0;
      if (large > 0 && !hp_http_loop_hold (request->loop, large))
        {
          hp_problem_set (&request->problem, MHD_HTTP_SERVICE_UNAVAILABLE, "overload",
                          _ ("too many large requests at a time; send it again in a moment"));
          request->discard = TRUE;
        }
      else
        request->body_held += large;
    }
  if (request->discard)
    drop_body (request);
  else
    g_string_append_len (request->body, text, (gssize) length);
  return TRUE;
}

static void
dispatch (HpHttpRequest *request)
{
  request->ready = g_get_monotonic_time ();
  hp_http_connection_enter (request->connection, HP_CONNECTION_WORKING, request->ready);
  if (request->problem.status != 0)
    hp_http_reply_problem (request);
  else
    request->route->handle (request);
}

/**
 * hp_http_on_request:
 * @loop: the thread's loop
 * @mhd: the connection
 * @url: the path, unescaped
 * @method: the method
 * @version: the protocol's
 * @upload: (array length=upload_size): a part of the body
 * @upload_size: (inout): its bytes; 0 when it is taken
 * @data: (inout): the request
 *
 * libmicrohttpd calls this when the head has been read, for each part of the body, at its end, and when a suspended
 * request is resumed.
 *
 * Returns: %MHD_NO to end the connection
 */
enum MHD_Result
hp_http_on_request (void *loop, struct MHD_Connection *mhd, const char *url, const char *method, const char *version,
                    const char *upload, size_t *upload_size, void **data)
{
  HpHttpRequest *request = *data;

  if (request == NULL)
    {
      HpHttpConnection *connection = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;

      request = *data = &connection->request;
      return begin (request, mhd, url, method, version);
    }
  if (*upload_size > 0)
    {
      gsize length = *upload_size;

      *upload_size = 0;
      return receive (request, upload, length) ? MHD_YES : MHD_NO;
    }
  if (request->response == NULL)
    dispatch (request);
  if (request->response != NULL)
    return queue (request, mhd);
  g_assert (!request->suspended);
  request->suspended = TRUE;
  MHD_suspend_connection (mhd);
  return MHD_YES;
}

/**
 * hp_http_resume:
 * @request: a suspended request that has its answer now
 *
 * Lets libmicrohttpd go on with it.
 */
void
hp_http_resume (HpHttpRequest *request)
{
  request->suspended = FALSE;
  hp_http_loop_resume (request->loop, request->connection->mhd);
}

static void
log_request (HpHttpRequest *request, struct MHD_Connection *mhd, gint64 now, gboolean slow)
{
  const union MHD_ConnectionInfo *peer = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  HpJsonWriter *line = hp_server_log_begin (slow ? "warning" : "info", slow ? "slow request" : "request");

  if (*request->id != '\0')
    hp_json_writer_set_string (line, "req_id", request->id);
  hp_json_writer_set_string (line, "method", request->method);
  hp_json_writer_set_string (line, "route", request->route != NULL ? request->route->path : NULL);
  hp_json_writer_set_int (line, "code", request->status);
  if (request->answered_by != 0)
    hp_json_writer_set_int (line, "version", request->answered_by);
  hp_json_writer_set_int (line, "rows", request->rows);
  hp_json_writer_set_int (line, "us_total", now - request->begun);
  hp_json_writer_set_int (line, "us_work", request->replied - request->ready);
  hp_json_writer_set_int (line, "bytes_in", (gint64) request->received);
  hp_json_writer_set_int (line, "bytes_out", (gint64) request->sent);
  if (peer != NULL)
    {
      g_autoptr (GSocketAddress) address
        = g_socket_address_new_from_native (peer->client_addr, sizeof (struct sockaddr_in6));
      g_autofree char *text = address != NULL ? g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address)) : NULL;

      hp_json_writer_set_string (line, "peer", text);
    }
  hp_server_log_end (request->loop->shared->log, line);
}

/**
 * hp_http_on_completed:
 * @loop: the thread's loop
 * @mhd: the connection
 * @data: (inout): the request
 * @code: how it ended
 *
 * libmicrohttpd calls this when a request has been answered, or came to nothing.
 */
void
hp_http_on_completed (void *loop, struct MHD_Connection *mhd, void **data, enum MHD_RequestTerminationCode code)
{
  HpHttpRequest *request = *data;
  HpHttpConnection *connection;
  const HpServerOptions *options;
  gint64 now = g_get_monotonic_time ();
  gboolean slow;

  *data = NULL;
  if (request == NULL)
    return;
  connection = request->connection;
  options = request->loop->shared->options;
  slow = request->ready != 0 && request->replied - request->ready > options->slow * G_USEC_PER_SEC;
  if (options->log_requests || slow)
    log_request (request, mhd, now, slow);

  drop_body (request);
  hp_http_job_drop (request);
  if (request->free_payload != NULL)
    request->free_payload (request->payload);
  hp_http_loop_release (request->loop, request->held);
  if (request->response != NULL)
    MHD_destroy_response (request->response);
  hp_server_model_unref (request->model);
  hp_problem_clear (&request->problem);
  g_free (request->allow);
  *request = (HpHttpRequest){ .connection = connection, .loop = connection->loop };
  hp_http_connection_enter (connection, HP_CONNECTION_WAITING, now);
}

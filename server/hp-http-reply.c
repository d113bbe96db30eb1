/* hp-http-reply.c - answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "hp-error.h"
#include "hp-http.h"

#define TYPE_JSON    "application/json"
#define TYPE_PROBLEM "application/problem+json"
/* Seconds after which a refused request may succeed */
#define RETRY_AFTER "2"

static void
set_response (HpHttpRequest *request, guint status, struct MHD_Response *response, gsize length, const char *type)
{
  g_assert (request->response == NULL);

  request->status = status;
  request->response = response;
  request->sent = length;
  MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
  if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
    MHD_add_response_header (response, MHD_HTTP_HEADER_RETRY_AFTER, RETRY_AFTER);
}

/* Large answers wait in memory for those who read slowly */
static void
hold (HpHttpRequest *request, gsize length)
{
  if (length > HP_HTTP_LARGE)
    {
      request->held += length;
      request->loop->held += length;
    }
}

/**
 * hp_http_reply_json:
 * @request: a request without an answer
 * @status: HTTP's
 * @text: (transfer full): JSON
 * @length: its bytes
 */
void
hp_http_reply_json (HpHttpRequest *request, guint status, char *text, gsize length)
{
  hold (request, length);
  set_response (request, status, MHD_create_response_from_buffer_with_free_callback (length, text, g_free), length,
                TYPE_JSON);
}

/**
 * hp_http_reply_copy:
 * @request: a request without an answer
 * @text: JSON
 * @length: its bytes
 *
 * Answers with status 200.
 */
void
hp_http_reply_copy (HpHttpRequest *request, const char *text, gsize length)
{
  set_response (request, MHD_HTTP_OK, MHD_create_response_from_buffer (length, (void *) text, MHD_RESPMEM_MUST_COPY),
                length, TYPE_JSON);
}

/**
 * hp_http_reply_problem:
 * @request: a request without an answer
 *
 * Says what its problem is.
 */
void
hp_http_reply_problem (HpHttpRequest *request)
{
  gsize length;
  char *text = hp_problem_to_json (&request->problem, &length);

  set_response (request, request->problem.status,
                MHD_create_response_from_buffer_with_free_callback (length, text, g_free), length, TYPE_PROBLEM);
  if (request->allow != NULL)
    MHD_add_response_header (request->response, MHD_HTTP_HEADER_ALLOW, request->allow);
}

/**
 * hp_http_reply_error:
 * @request: a request without an answer
 * @status: HTTP's
 * @code: a name for programs
 * @format: for people, as for printf()
 * @...: its arguments
 */
void
hp_http_reply_error (HpHttpRequest *request, guint status, const char *code, const char *format, ...)
{
  g_autofree char *detail = NULL;
  va_list args;

  va_start (args, format);
  detail = g_strdup_vprintf (format, args);
  va_end (args);
  hp_problem_set (&request->problem, status, code, "%s", detail);
  hp_http_reply_problem (request);
}

/**
 * hp_http_reply_failure:
 * @request: a request without an answer
 * @error: why it can't be answered as asked
 *
 * What is not there is the sender's mistake. Anything else is ours: the log says what, the sender is told where to
 * look, for messages name files.
 */
void
hp_http_reply_failure (HpHttpRequest *request, const GError *error)
{
  HpJsonWriter *line;

  if (g_error_matches (error, HP_ERROR, HP_ERROR_NOT_FOUND))
    {
      hp_http_reply_error (request, MHD_HTTP_NOT_FOUND, "not_found",
                           _ ("there is no such version: GET /v1/versions lists those there are"));
      return;
    }
  line = hp_server_log_begin ("error", "request failed");
  hp_json_writer_set_string (line, "route", request->route->path);
  if (*request->id != '\0')
    hp_json_writer_set_string (line, "req_id", request->id);
  hp_json_writer_set_string (line, "error", error->message);
  hp_server_log_end (request->loop->shared->log, line);
  hp_http_reply_error (request, MHD_HTTP_INTERNAL_SERVER_ERROR, hp_error_code_name (error),
                       _ ("the server can't answer this; its log says why"));
}

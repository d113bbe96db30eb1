/* hp-http-head.c - the head of a request: what it asks for, and whether it can be trusted
 *
 * A proxy in front of us may read a contradictory head in another way than we do, and then take the rest of one
 * person's request for the beginning of another's. So what can be read in two ways is refused, and its connection
 * ended.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-http-gaps.h"
#include "hp-http.h"

typedef struct
{
  HpHttpRequest *request;
  HpHttpGaps gaps;
  guint n_hosts, n_lengths, n_encodings;
  gboolean malformed;
  gboolean accepts, asks; /* for JSON; for any type at all */
  const char *encoding, *type, *request_id, *trace_parent, *amazon_id, *expect;
} Head;

/* Does [text, length) say word, white space and letter case aside? */
static gboolean
says (const char *text, gsize length, const char *word)
{
  while (length > 0 && g_ascii_isspace (*text))
    text++, length--;
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  return length == strlen (word) && g_ascii_strncasecmp (text, word, length) == 0;
}

/* Is there a q=0, q=0.0 … among the parameters of a media range? */
static gboolean
is_unwanted (const char *parameters, gsize length)
{
  const char *end = parameters + length;

  for (const char *p = parameters; p < end; p++)
    if (*p == ';')
      {
        const char *q = p + 1;

        while (q < end && g_ascii_isspace (*q))
          q++;
        if (q + 1 >= end || g_ascii_tolower (*q) != 'q' || q[1] != '=')
          continue;
        for (q += 2; q < end && (*q == '0' || *q == '.' || g_ascii_isspace (*q)); q++)
          ;
        return q == end;
      }
  return FALSE;
}

static gboolean
accepts_json (const char *accept)
{
  while (*accept != '\0')
    {
      gsize length = strcspn (accept, ","), name = MIN (strcspn (accept, ";"), length);

      if ((says (accept, name, "*/*") || says (accept, name, "application/*")
           || says (accept, name, "application/json"))
          && !is_unwanted (accept + name, length - name))
        return TRUE;
      accept += length + (accept[length] == ',');
    }
  return FALSE;
}

static gboolean
is_json (const char *type)
{
  gsize length = strcspn (type, ";");
  const char *charset = type + length;

  if (!says (type, length, "application/json")
      && !(g_ascii_strncasecmp (type, "application/", 12) == 0 && length > 17
           && g_ascii_strncasecmp (type + length - 5, "+json", 5) == 0))
    return FALSE;
  while (*charset == ';')
    {
      gsize parameter = strcspn (++charset, ";");
      gsize name = strcspn (charset, "=");

      if (name < parameter && says (charset, name, "charset")
          && !says (charset + name + 1, parameter - name - 1, "utf-8")
          && !says (charset + name + 1, parameter - name - 1, "\"utf-8\""))
        return FALSE;
      charset += parameter;
    }
  return TRUE;
}

static void
read_length (Head *head, const char *value)
{
  guint64 length;

  head->n_lengths++;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &length, NULL))
    head->request->length = length;
  else
    head->malformed = TRUE;
}

static void
read_header (Head *head, const char *key, const char *value)
{
  switch (g_ascii_tolower (*key))
    {
    case 'a':
      if (g_ascii_strcasecmp (key, MHD_HTTP_HEADER_ACCEPT) == 0)
        {
          head->asks = TRUE;
          head->accepts |= accepts_json (value);
        }
      break;
    case 'c':
      if (g_ascii_strcasecmp (key, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0)
        read_length (head, value);
      else if (g_ascii_strcasecmp (key, MHD_HTTP_HEADER_CONTENT_TYPE) == 0)
        head->type = value;
      break;
    case 'e':
      if (g_ascii_strcasecmp (key, MHD_HTTP_HEADER_EXPECT) == 0)
        head->expect = value;
      break;
    case 'h':
      head->n_hosts += g_ascii_strcasecmp (key, MHD_HTTP_HEADER_HOST) == 0;
      break;
    case 't':
      if (g_ascii_strcasecmp (key, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0)
        {
          head->n_encodings++;
          head->encoding = value;
        }
      else if (g_ascii_strcasecmp (key, "traceparent") == 0)
        head->trace_parent = value;
      break;
    case 'x':
      if (g_ascii_strcasecmp (key, "X-Request-Id") == 0)
        head->request_id = value;
      else if (g_ascii_strcasecmp (key, "X-Amzn-Trace-Id") == 0)
        head->amazon_id = value;
      else if (g_ascii_strcasecmp (key, "X-Model-Version") == 0 && head->request->version == NULL)
        head->request->version = value;
      break;
    default:
      break;
    }
}

static void
read_argument (HpHttpRequest *request, const char *key, const char *value)
{
  if (strcmp (key, "version") == 0)
    request->version = value;
  else if (strcmp (key, "level") == 0)
    request->level = value;
  else if (strcmp (key, "explain") == 0)
    {
      request->explain = value == NULL || g_str_equal (value, "true") || g_str_equal (value, "1");
      if (!request->explain && !g_str_equal (value, "false") && !g_str_equal (value, "0"))
        {
          hp_problem_add_error (&request->problem, "explain", "bad_parameter", NULL,
                                _ ("explain: neither true nor false"));
          hp_problem_set (&request->problem, MHD_HTTP_BAD_REQUEST, "bad_parameter",
                          _ ("explain: neither true nor false"));
        }
    }
}

/* A header's name is of visible characters: "Content-Length : 1" is a length to some and not to others. */
static gboolean
is_name (const char *key, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (key[i] <= ' ' || key[i] >= 0x7f)
      return FALSE;
  return length > 0;
}

static enum MHD_Result
take (void *data, enum MHD_ValueKind kind, const char *key, size_t key_size, const char *value, size_t value_size)
{
  Head *head = data;

  if (kind == MHD_GET_ARGUMENT_KIND)
    {
      read_argument (head->request, key, value);
      return MHD_YES;
    }
  hp_http_gaps_header (&head->gaps, key, key_size, value != NULL ? value : key + key_size, value_size);
  if (!is_name (key, key_size))
    head->malformed = TRUE;
  else if (value != NULL)
    read_header (head, key, value);
  return MHD_YES;
}

static gboolean
set_id (HpHttpRequest *request, const char *text, gsize length)
{
  if (length == 0 || length > HP_HTTP_MAX_ID)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("-_.:=/+@;", text[i]) == NULL)
      return FALSE;
  memcpy (request->id, text, length);
  request->id[length] = '\0';
  return TRUE;
}

/* The sender's own name for it, else that of the trace it belongs to */
static void
find_id (const Head *head)
{
  const char *root;

  if (head->request_id != NULL && set_id (head->request, head->request_id, strlen (head->request_id)))
    return;
  /* 00-TRACE-SPAN-FLAGS */
  if (head->trace_parent != NULL && strlen (head->trace_parent) >= 55 && head->trace_parent[2] == '-'
      && head->trace_parent[35] == '-' && set_id (head->request, head->trace_parent + 3, 32))
    return;
  root = head->amazon_id != NULL ? strstr (head->amazon_id, "Root=") : NULL;
  if (root != NULL)
    set_id (head->request, root + 5, strcspn (root + 5, ";"));
}

/* Where the request ends must be beyond doubt. */
static void
check_framing (const Head *head, const char *version)
{
  HpHttpRequest *request = head->request;
  HpProblem *problem = &request->problem;

  request->chunked = head->n_encodings > 0;
  request->has_body = request->chunked || request->length > 0;
  if (!g_str_equal (version, MHD_HTTP_VERSION_1_1) && !g_str_equal (version, MHD_HTTP_VERSION_1_0))
    hp_problem_set (problem, MHD_HTTP_HTTP_VERSION_NOT_SUPPORTED, "http_version",
                    _ ("only HTTP/1.1 and 1.0 are spoken here"));
  else if (head->malformed)
    hp_problem_set (problem, MHD_HTTP_BAD_REQUEST, "bad_header", _ ("a header of the request is malformed"));
  else if (head->n_lengths > 1)
    hp_problem_set (problem, MHD_HTTP_BAD_REQUEST, "bad_header", _ ("Content-Length is there twice"));
  else if (head->n_encodings > 0 && head->n_lengths > 0)
    hp_problem_set (problem, MHD_HTTP_BAD_REQUEST, "bad_header",
                    _ ("Transfer-Encoding and Content-Length contradict each other"));
  else if (head->n_hosts > 1)
    hp_problem_set (problem, MHD_HTTP_BAD_REQUEST, "bad_header", _ ("Host is there twice"));
  else if (head->n_hosts == 0 && g_str_equal (version, MHD_HTTP_VERSION_1_1))
    hp_problem_set (problem, MHD_HTTP_BAD_REQUEST, "bad_header", _ ("Host is missing"));
  else if (head->n_encodings > 1
           || (head->encoding != NULL && !says (head->encoding, strlen (head->encoding), "chunked")))
    hp_problem_set (problem, MHD_HTTP_NOT_IMPLEMENTED, "bad_header",
                    _ ("no other Transfer-Encoding than “chunked” is understood"));
  else if (head->n_encodings > 0 && g_str_equal (version, MHD_HTTP_VERSION_1_0))
    hp_problem_set (problem, MHD_HTTP_BAD_REQUEST, "bad_header", _ ("HTTP/1.0 has no Transfer-Encoding"));
  else
    return;
  request->close = TRUE;
}

static void
check_body (const Head *head)
{
  HpHttpRequest *request = head->request;
  const HpServerOptions *options = request->loop->shared->options;
  gsize limit = request->route->body == HP_BODY_MANY ? options->max_batch_body : options->max_body;

  if (head->type != NULL && !is_json (head->type))
    hp_problem_set (&request->problem, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, "media_type",
                    _ ("the body has to be JSON in UTF-8: send “Content-Type: application/json”"));
  else if (!request->chunked && head->n_lengths == 0)
    hp_problem_set (&request->problem, MHD_HTTP_LENGTH_REQUIRED, "length_required",
                    _ ("this route needs a body, and the body a Content-Length"));
  else if (request->length > limit)
    hp_problem_set (&request->problem, MHD_HTTP_CONTENT_TOO_LARGE, "too_large",
                    _ ("the body has %" G_GUINT64_FORMAT " bytes, and at most %" G_GSIZE_FORMAT " are allowed here"),
                    request->length, limit);
}

static void
check_route (const Head *head, const char *path)
{
  HpHttpRequest *request = head->request;

  request->route = hp_http_route_find (request->method, path, request->parameter, &request->allow);
  if (request->route == NULL && request->allow != NULL)
    hp_problem_set (&request->problem, MHD_HTTP_METHOD_NOT_ALLOWED, "method_not_allowed",
                    _ ("this path has no such method; it has %s"), request->allow);
  else if (request->route == NULL)
    hp_problem_set (&request->problem, MHD_HTTP_NOT_FOUND, "not_found", _ ("there is no such path"));
  else if (head->asks && !head->accepts)
    hp_problem_set (&request->problem, MHD_HTTP_NOT_ACCEPTABLE, "not_acceptable",
                    _ ("answers are application/json, which Accept leaves out"));
  else if (request->route->body != HP_BODY_NONE)
    check_body (head);
}

/**
 * hp_http_read_head:
 * @request: a new request
 * @mhd: its connection, at libmicrohttpd
 * @path: its path, unescaped
 * @version: of the protocol
 *
 * Reads what the request asks for; what is wrong goes to its problem.
 */
void
hp_http_read_head (HpHttpRequest *request, struct MHD_Connection *mhd, const char *path, const char *version)
{
  Head head = { .request = request };

  hp_http_gaps_begin (&head.gaps, request->method,
                      MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size,
                      request->connection->uri, request->connection->uri_length, version);
  MHD_get_connection_values_n (mhd, MHD_HEADER_KIND | MHD_GET_ARGUMENT_KIND, take, &head);
  head.malformed |= hp_http_gaps_end (&head.gaps);
  find_id (&head);
  check_framing (&head, version);
  if (request->problem.status == 0)
    check_route (&head, path);
  request->expects = head.expect != NULL;
}

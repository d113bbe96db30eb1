/* fault-answers.c - what the proxy says itself, and when: after a whole request
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "fault-proxy-private.h"

static const char *const names[FAULT_N_MODES] = {
  [FAULT_PASS] = "pass",
  [FAULT_REFUSE] = "refuse",
  [FAULT_RESET] = "reset",
  [FAULT_BLACKHOLE] = "blackhole",
  [FAULT_BACKLOG] = "backlog",
  [FAULT_GARBAGE] = "garbage",
  [FAULT_SLOW] = "slow",
  [FAULT_TRUNCATE] = "truncate",
  [FAULT_HALF_CLOSE] = "half-close",
  [FAULT_ERROR_500] = "error-500",
  [FAULT_ERROR_503] = "error-503",
  [FAULT_NOT_JSON] = "not-json",
  [FAULT_WRONG_JSON] = "wrong-json",
  [FAULT_HUGE] = "huge",
};

const char *
fault_mode_to_name (FaultMode mode)
{
  return names[mode];
}

gboolean
fault_mode_from_name (const char *name, FaultMode *mode)
{
  for (gsize i = 0; i < FAULT_N_MODES; i++)
    if (g_str_equal (names[i], name))
      {
        *mode = (FaultMode) i;
        return TRUE;
      }
  return FALSE;
}

/* The value of a header, or NULL */
static const char *
find_header (const char *head, const char *name)
{
  for (const char *line = strstr (head, "\r\n"); line != NULL; line = strstr (line, "\r\n"))
    {
      line += 2;
      if (g_ascii_strncasecmp (line, name, strlen (name)) == 0 && line[strlen (name)] == ':')
        return line + strlen (name) + 1;
    }
  return NULL;
}

gsize
fault_request_length (const char *text, gsize length)
{
  const char *end = g_strstr_len (text, length, "\r\n\r\n"), *value;
  g_autofree char *head = NULL;
  gsize whole;

  if (end == NULL)
    return 0;
  whole = end + 4 - text;
  head = g_strndup (text, whole);
  if (find_header (head, "Transfer-Encoding") != NULL)
    {
      end = g_strstr_len (text + whole - 2, length - whole + 2, "\r\n0\r\n\r\n");
      return end != NULL ? (gsize) (end + 7 - text) : 0;
    }
  value = find_header (head, "Content-Length");
  if (value != NULL)
    whole += g_ascii_strtoull (value, NULL, 10);
  return length >= whole ? whole : 0;
}

static void
add_text (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *) text, strlen (text));
}

static void
add_answer (GByteArray *out, const char *status, const char *type, const char *header, const char *body, gsize length)
{
  g_autofree char *head
    = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n", status, type,
                       length, header);

  add_text (out, head);
  add_text (out, body);
}

/* The same bytes every time, never "HTTP/" */
static void
add_garbage (GByteArray *out)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (int i = 0; i < 512; i++)
    {
      guint8 byte = g_rand_int (random) & 0xff;

      g_byte_array_append (out, &byte, 1);
    }
}

void
fault_answer_more (GByteArray *out)
{
  g_autofree char *filling = g_strnfill (16384, 'x');

  add_text (out, "4000\r\n");
  add_text (out, filling);
  add_text (out, "\r\n");
}

gboolean
fault_answer (FaultMode mode, GByteArray *out)
{
  static const char error_500[] = "{\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"status\":500,"
                                  "\"detail\":\"the disk is on fire\"}";
  static const char error_503[] = "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                                  "\"detail\":\"no model can serve\"}";
  static const char page[] = "<!doctype html><title>Welcome</title><p>Please accept our terms to use this network.\n";
  static const char other[] = "{\"hello\":[\"world\"],\"status\":7}";
  static const char cut[] = "{\"valuations\":[{\"model\":\"house-price\",";

  switch (mode)
    {
    case FAULT_ERROR_500:
      add_answer (out, "500 Internal Server Error", "application/problem+json", "", error_500, strlen (error_500));
      return TRUE;
    case FAULT_ERROR_503:
      add_answer (out, "503 Service Unavailable", "application/problem+json", "Retry-After: 1\r\n", error_503,
                  strlen (error_503));
      return TRUE;
    case FAULT_NOT_JSON:
      add_answer (out, "200 OK", "text/html", "", page, strlen (page));
      return TRUE;
    case FAULT_WRONG_JSON:
      add_answer (out, "200 OK", "application/json", "", other, strlen (other));
      return TRUE;
    case FAULT_TRUNCATE:
      add_answer (out, "200 OK", "application/json", "", cut, 1000);
      return FALSE;
    case FAULT_HUGE:
      add_text (out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "b\r\n{\"padding\":\r\n1\r\n\"\r\n");
      return TRUE;
    case FAULT_GARBAGE:
      add_garbage (out);
      return FALSE;
    default: /* half-close */
      return FALSE;
    }
}

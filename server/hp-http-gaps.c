/* hp-http-gaps.c - what a head holds besides the strings that libmicrohttpd made of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "hp-http-gaps.h"

/* NULs, which stand for what was there, or for themselves */
#define MAX_AFTER_WORD 1 /* a space, or a colon */
#define MAX_AFTER_LINE 2 /* CR, LF */
#define MAX_AFTER_HEAD 4

static void
check (HpHttpGaps *gaps, const char *until, guint max)
{
  guint n = 0;

  for (const char *p = gaps->at; p < until; p++)
    if (*p == '\0' || *p == '\r' || *p == '\n')
      n++;
    else if (*p != ' ' && *p != '\t' && *p != ':')
      gaps->hidden = TRUE;
  gaps->hidden |= n > max;
}

static void
pass (HpHttpGaps *gaps, const char *text, gsize length, guint max)
{
  if (text < gaps->at || text + length > gaps->end)
    {
      gaps->hidden = TRUE;
      return;
    }
  check (gaps, text, max);
  gaps->at = text + length;
}

/**
 * hp_http_gaps_begin:
 * @gaps: (out caller-allocates): what is to be looked at
 * @start: the head's first byte: its method
 * @size: its bytes
 * @uri: the target, where it was when it was received
 * @uri_length: how long it was then
 * @version: of the protocol
 *
 * If the strings don't lie in the head, another version of libmicrohttpd is at work, and nothing is found hidden.
 */
void
hp_http_gaps_begin (HpHttpGaps *gaps, const char *start, gsize size, const char *uri, gsize uri_length,
                    const char *version)
{
  *gaps = (HpHttpGaps){ .at = start, .end = start + size };
  gaps->known = uri >= start && uri + uri_length <= gaps->end && version >= uri && version < gaps->end;
  if (!gaps->known)
    return;
  pass (gaps, start, strlen (start), 0);
  pass (gaps, uri, uri_length, MAX_AFTER_WORD);
  pass (gaps, version, strlen (version), MAX_AFTER_WORD);
}

/**
 * hp_http_gaps_header:
 * @gaps: what is looked at
 * @name: the name of the next header
 * @name_length: its bytes
 * @value: its value
 * @value_length: its bytes
 */
void
hp_http_gaps_header (HpHttpGaps *gaps, const char *name, gsize name_length, const char *value, gsize value_length)
{
  if (!gaps->known || gaps->hidden)
    return;
  pass (gaps, name, name_length, MAX_AFTER_LINE);
  pass (gaps, value, value_length, MAX_AFTER_WORD);
}

/**
 * hp_http_gaps_end:
 * @gaps: what is looked at
 *
 * Returns: whether there was anything but the strings
 */
gboolean
hp_http_gaps_end (HpHttpGaps *gaps)
{
  if (gaps->known && !gaps->hidden)
    check (gaps, gaps->end, MAX_AFTER_HEAD);
  return gaps->hidden;
}

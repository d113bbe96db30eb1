/* hp-http-gaps.h - what a head holds besides the strings that libmicrohttpd made of it
 *
 * libmicrohttpd 0.9.75 takes a NUL in a head for the end of a string, so that what follows it is seen by a proxy but not by us. It parses in
 * place: its strings lie one behind the other in the bytes that were received, and between two of them is nothing but the characters that
 * separate them. Anything else there was hidden behind a NUL.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *at, *end; /* the part of the head that has not been looked at */
  gboolean    known;    /* the strings lie where we think they do */
  gboolean    hidden;   /* something does not belong there */
} HpHttpGaps;

/* start, size: the head; uri_end: of the target as it was received; version: of the protocol */
void     hp_http_gaps_begin  (HpHttpGaps *gaps, const char *start, gsize size, const char *uri, gsize uri_length, const char *version);
/* The next header: its name and value */
void     hp_http_gaps_header (HpHttpGaps *gaps, const char *name, gsize name_length, const char *value, gsize value_length);
/* After the last one: whether anything was hidden, or a header was folded, which is obsolete for the same reason */
gboolean hp_http_gaps_end    (HpHttpGaps *gaps);

G_END_DECLS

/* http-peer.h - the other end of a connection, byte by byte: what a well-behaved client library would not let a test do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "server-fixture.h"

G_BEGIN_DECLS

typedef struct
{
  GSocketConnection *connection;
  GString           *pending; /* read, not yet used */
} HttpPeer;

typedef struct
{
  guint       status;
  GHashTable *headers; /* lower-case name → value */
  char       *body;
  gsize       length;
  JsonNode   *json;    /* (nullable) */
} HttpAnswer;

HttpPeer   *http_peer_new      (ServerFixture *fixture);
void        http_peer_free     (HttpPeer *peer);
/* length -1: text. The peer may have been hung up on: then the rest is not sent. */
void        http_peer_send     (HttpPeer *peer, const char *text, gssize length);
/* An answer with status line, headers, and the body that Content-Length announces, unless it is one to HEAD. NULL if the connection ended. */
HttpAnswer *http_peer_read     (HttpPeer *peer, gboolean to_head);
/* The connection ended, and nothing else was answered on it */
void        http_peer_assert_ended (HttpPeer *peer);
void        http_peer_shut_down (HttpPeer *peer);

void        http_answer_free   (HttpAnswer *answer);
const char *http_answer_header (HttpAnswer *answer, const char *name); /* (nullable) */

/* One request on a connection of its own. headers: "Name: value\r\n…" or NULL; body: NULL for none */
HttpAnswer *http_ask           (ServerFixture *fixture, const char *method, const char *target, const char *headers, const char *body);
/* The same as JSON; asserts the status, and that the body is JSON */
HttpAnswer *http_post          (ServerFixture *fixture, const char *target, const char *body, guint status);
HttpAnswer *http_get           (ServerFixture *fixture, const char *target, guint status);
/* A request's bytes: (transfer full) */
char       *http_request       (const char *method, const char *target, const char *headers, const char *body);

/* A member somewhere in JSON: "valuations[0].interval.low". Asserts that it is there. */
double      json_number        (JsonNode *node, const char *path);
const char *json_text          (JsonNode *node, const char *path);
JsonNode   *json_at            (JsonNode *node, const char *path); /* (nullable) */

/* problem+json of this status and code, with nothing of the body in it */
void        http_assert_problem (HttpAnswer *answer, guint status, const char *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HttpPeer, http_peer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HttpAnswer, http_answer_free)

G_END_DECLS

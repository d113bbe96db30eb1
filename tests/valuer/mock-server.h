/* mock-server.h - a server that says what the test wants, in a thread of its own, and remembers what it was asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MockServer MockServer;

/* A valuation as a server writes it, of this price, by version 7 */
#define MOCK_VALUATION(price)                                                                                          \
  "{\"model\":\"m\",\"version\":\"7\",\"source\":\"anything\",\"currency\":\"USD\",\"predicted_price\":" price         \
  ",\"interval\":{\"level\":0.9,\"low\":1,\"high\":1e9},\"confidence\":{\"fsd\":0.1,\"within_10_percent\":0.5}}"
#define MOCK_PRICE 123456.78

/* Healthy: answers /health, /v1/valuations with MOCK_PRICE, /v1/versions/… with a description of one attribute, sqft */
MockServer *mock_server_new          (void);
void        mock_server_free         (MockServer *server);
guint16     mock_server_get_port     (MockServer *server);
const char *mock_server_get_url      (MockServer *server);
/* From here on every request gets this; type NULL: none. status 0: healthy again */
void        mock_server_set_answer   (MockServer *server, guint status, const char *type, const char *body);
/* A header of every answer */
void        mock_server_set_header   (MockServer *server, const char *name, const char *value);
guint       mock_server_get_requests (MockServer *server);
/* Of the last request: "POST http://host/path" and the value of a header, the body. (transfer full) */
char       *mock_server_dup_request  (MockServer *server);
char       *mock_server_dup_header   (MockServer *server, const char *name);
char       *mock_server_dup_body     (MockServer *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockServer, mock_server_free)

G_END_DECLS

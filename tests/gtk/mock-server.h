/* mock-server.h - a server of one version, which can be stopped and started again on its port
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _MockServer MockServer;

MockServer *mock_server_new   (void);
void        mock_server_free  (MockServer *server);
const char *mock_server_url   (MockServer *server);
void        mock_server_start (MockServer *server);
void        mock_server_stop  (MockServer *server);
/* Another version becomes its champion */
void        mock_server_promote (MockServer *server, const char *version);
/* Answers valuations with this error about an attribute instead; NULL: with a price again */
void        mock_server_refuse (MockServer *server, const char *field);

G_END_DECLS

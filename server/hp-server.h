/* hp-server.h - the inference server: values houses over HTTP with the champion of a registry
 *
 * Runs in threads of its own; every function here may be called from the thread that made it, and returns at once but for
 * hp_server_new(), which loads the champion, and hp_server_free(), which waits for the threads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-registry.h"
#include "hp-server-log.h"
#include "hp-server-options.h"

G_BEGIN_DECLS

typedef struct _HpServer HpServer;

/* Loads the champion if there is one, and listens. options and log have to outlive the server. HP_ERROR_USAGE, _IO */
HpServer   *hp_server_new      (const HpServerOptions *options, HpServerLog *log, GError **error);
void        hp_server_free     (HpServer *server);
const char *hp_server_get_url  (HpServer *server); /* "http://127.0.0.1:8000" */
guint       hp_server_get_port (HpServer *server);

void        hp_server_reload   (HpServer *server); /* looks for a new champion now */

/* The three steps of an end: not ready, but answering; listening no more; done when nothing is under way */
void        hp_server_drain    (HpServer *server);
void        hp_server_quiesce  (HpServer *server);
gboolean    hp_server_is_busy  (HpServer *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpServer, hp_server_free)

G_END_DECLS

/* hp-http-socket.h - sockets that listen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* n sockets on the same port, among which the kernel spreads connections; port: (inout) 0 becomes the one that was found. HP_ERROR_IO */
gboolean hp_http_sockets_listen (const char *address, guint *port, guint n, int *fds, GError **error);

G_END_DECLS

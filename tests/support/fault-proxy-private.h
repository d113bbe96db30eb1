/* fault-proxy-private.h - one connection of the proxy, and the answers it makes up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <poll.h>
#include <sys/socket.h>

#include "fault-proxy.h"

G_BEGIN_DECLS

/* Is the request at hand whole? Its length then, else 0 */
gsize       fault_request_length     (const char *text, gsize length);
/* Appends what a mode answers. FALSE: the connection ends after it */
gboolean    fault_answer             (FaultMode mode, GByteArray *out);
/* The next piece of a body without end */
void        fault_answer_more        (GByteArray *out);

/* All calls are made in the proxy's thread */
typedef struct _FaultConnection FaultConnection;

FaultConnection *fault_connection_new      (int client, const struct sockaddr *server, socklen_t server_length, FaultMode mode);
void             fault_connection_free     (FaultConnection *connection);
/* The mode is another. FALSE: this connection is over, to be freed */
gboolean         fault_connection_enter    (FaultConnection *connection, FaultMode mode);
/* Fills in two descriptors to poll, and lowers timeout (milliseconds, -1 for ever) to when it must be called again */
void             fault_connection_prepare  (FaultConnection *connection, struct pollfd fds[2], guint delay, int *timeout);
gboolean         fault_connection_dispatch (FaultConnection *connection, const struct pollfd fds[2], guint delay); /* FALSE: as above */

G_END_DECLS

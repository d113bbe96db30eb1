/* hp-exchange.h - one request and its answer over HTTP, in bounded time and memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct
{
  guint connect_ms; /* to a connection, if one has to be made */
  guint answer_ms;  /* to the end of the answer, from the start */
  gsize max_bytes;  /* of the answer's body */
} HpExchangeLimits;

/* HP_ERROR_UNREACHABLE in words that name the server, or G_IO_ERROR_CANCELLED. The status is soup_message_get_status(). */
void    hp_exchange_async  (SoupSession *session, SoupMessage *message, const HpExchangeLimits *limits, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GBytes *hp_exchange_finish (SoupSession *session, GAsyncResult *result, GError **error);

G_END_DECLS

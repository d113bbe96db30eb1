/* hp-http-connection.c - connections: which there are, and which have to end
 *
 * libmicrohttpd ends a connection on which nothing happens. One on which a byte happens now and then is ended here: the
 * head of a request has a time limit, a body and the reading of an answer a least rate. What of a head has come is not
 * to be learnt from libmicrohttpd before the head is complete, but the kernel knows when something came last.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <netinet/in.h>
#include <linux/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "hp-http.h"

/* How wrong the kernel's clock of arrivals may be */
#define SLACK (20 * G_TIME_SPAN_MILLISECOND)
/* A connection that is so much younger is spared when room is needed */
#define SPARED G_TIME_SPAN_SECOND

static gint64
microseconds (double seconds)
{
  return (gint64) (seconds * G_USEC_PER_SEC);
}

/**
 * hp_http_on_connection:
 * @loop: the thread's loop
 * @mhd: the connection
 * @socket_data: (inout): our data of it
 * @code: whether it begins or ends
 *
 * libmicrohttpd's callback.
 */
void
hp_http_on_connection (void *loop, struct MHD_Connection *mhd, void **socket_data,
                       enum MHD_ConnectionNotificationCode code)
{
  HpHttpLoop *self = loop;
  HpHttpConnection *connection = *socket_data;

  if (code == MHD_CONNECTION_NOTIFY_STARTED)
    {
      connection = g_new0 (HpHttpConnection, 1);
      connection->loop = self;
      connection->mhd = mhd;
      connection->fd = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
      connection->request.connection = connection;
      connection->request.loop = self;
      connection->next = self->connections;
      if (self->connections != NULL)
        self->connections->previous = connection;
      self->connections = connection;
      self->n_connections++;
      hp_http_connection_enter (connection, HP_CONNECTION_WAITING, g_get_monotonic_time ());
      *socket_data = connection;
      return;
    }
  if (connection->previous != NULL)
    connection->previous->next = connection->next;
  else
    self->connections = connection->next;
  if (connection->next != NULL)
    connection->next->previous = connection->previous;
  /* libmicrohttpd, which does not listen while all places are taken, looks whether one is free when it is run */
  if (self->n_connections-- == self->max_connections)
    g_source_set_ready_time (self->source, 0);
  g_free (connection);
  *socket_data = NULL;
}

/**
 * hp_http_on_line:
 * @loop: the thread's loop
 * @uri: the target, before anything is made of it
 * @mhd: the connection
 *
 * libmicrohttpd's callback.
 *
 * Returns: %NULL, which is what hp_http_on_request() finds as the request at first
 */
void *
hp_http_on_line (void *loop, const char *uri, struct MHD_Connection *mhd)
{
  HpHttpConnection *connection = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;

  connection->uri = uri;
  connection->uri_length = strlen (uri);
  return NULL;
}

/**
 * hp_http_connection_enter:
 * @connection: a connection
 * @phase: what happens on it now
 * @now: since this moment
 */
void
hp_http_connection_enter (HpHttpConnection *connection, HpHttpPhase phase, gint64 now)
{
  connection->phase = phase;
  connection->since = now;
  connection->head_seen = 0;
  connection->check = now + microseconds (connection->loop->shared->options->header_timeout);
}

/* When bytes came that no request has been made of: 0 if there are none */
static gint64
find_last_bytes (const HpHttpConnection *connection, gint64 now)
{
  struct tcp_info info = { 0 };
  socklen_t length = sizeof info;
  gint64 last;

  if (getsockopt (connection->fd, IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
    return 0;
  last = now - (gint64) info.tcpi_last_data_recv * 1000;
  /* Before the first request anything is a part of it; later on what came last may be the end of the one before. */
  if (!connection->used)
    return info.tcpi_bytes_received > 0 ? last : 0;
  return last > connection->since + SLACK ? last : 0;
}

/* libmicrohttpd finds the connection closed and cleans up. answer: whether the peer may be told why, for nothing else
 * has been said to him. */
static void
end (HpHttpConnection *connection, gboolean answer)
{
  static const char timeout[] = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

  if (answer)
    {
      gssize sent = send (connection->fd, timeout, sizeof timeout - 1, MSG_DONTWAIT | MSG_NOSIGNAL);

      (void) sent; /* who doesn't read it is ended all the same */
    }
  shutdown (connection->fd, SHUT_RDWR);
  connection->ended = TRUE;
}

static void
check_waiting (HpHttpConnection *connection, gint64 now)
{
  gint64 timeout = microseconds (connection->loop->shared->options->header_timeout);

  if (now < connection->check)
    return;
  if (connection->head_seen != 0)
    {
      end (connection, TRUE);
      return;
    }
  connection->head_seen = find_last_bytes (connection, now);
  connection->check = (connection->head_seen != 0 ? connection->head_seen : now) + timeout;
}

static void
check_rate (HpHttpConnection *connection, gsize bytes, gint64 now)
{
  const HpServerOptions *options = connection->loop->shared->options;
  gint64 allowed = microseconds (options->body_grace + (double) bytes / options->min_rate);

  if (now - connection->since > allowed)
    end (connection, connection->phase == HP_CONNECTION_READING);
}

/* Where room gets short those who have been waiting longest have to go */
static void
make_room (HpHttpLoop *loop, gint64 now)
{
  guint keep = loop->max_connections - loop->max_connections / 4, surplus;
  gint64 oldest = now;

  if (loop->n_connections <= keep)
    return;
  surplus = loop->n_connections - keep;
  for (HpHttpConnection *c = loop->connections; c != NULL; c = c->next)
    if (c->phase == HP_CONNECTION_WAITING)
      oldest = MIN (oldest, c->since);
  /* The older half of the time that they have been waiting */
  for (HpHttpConnection *c = loop->connections; c != NULL && surplus > 0; c = c->next)
    if (c->phase == HP_CONNECTION_WAITING && !c->ended && c->since <= oldest + (now - oldest) / 2
        && now - c->since > SPARED)
      {
        end (c, FALSE);
        surplus--;
      }
}

/**
 * hp_http_connections_sweep:
 * @loop: a thread's loop
 *
 * Ends what takes too long.
 */
void
hp_http_connections_sweep (HpHttpLoop *loop)
{
  gint64 now = g_get_monotonic_time ();

  for (HpHttpConnection *connection = loop->connections; connection != NULL; connection = connection->next)
    {
      if (connection->ended)
        continue;
      if (connection->phase == HP_CONNECTION_WAITING)
        check_waiting (connection, now);
      else if (connection->phase == HP_CONNECTION_READING)
        check_rate (connection, connection->request.received, now);
      else if (connection->phase == HP_CONNECTION_WRITING)
        check_rate (connection, connection->request.sent, now);
    }
  make_room (loop, now);
}

/**
 * hp_http_connections_busy:
 * @loop: a thread's loop
 *
 * Returns: whether any request is under way, be it that only a part of its head has come
 */
gboolean
hp_http_connections_busy (HpHttpLoop *loop)
{
  gint64 now = g_get_monotonic_time ();

  for (HpHttpConnection *connection = loop->connections; connection != NULL; connection = connection->next)
    if (!connection->ended && (connection->phase != HP_CONNECTION_WAITING || find_last_bytes (connection, now) != 0))
      return TRUE;
  return FALSE;
}

/* fault-connection.c - a client's connection: relayed, stalled or answered, as the mode says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "fault-proxy"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "fault-proxy-private.h"

/* As much as waits for a side that doesn't read */
#define MAX_PENDING 65536
#define MAX_REQUEST (1 << 20)

struct _FaultConnection
{
  int client, server; /* server: -1 while there is none */
  struct sockaddr_storage address;
  socklen_t address_length;
  FaultMode mode;
  GByteArray *to_client, *to_server;
  GByteArray *request; /* what has come of it, in modes that answer */
  gboolean client_ended, server_ended;
  gboolean client_shut, server_shut; /* our side of them */
  gboolean outstanding;              /* the client asked, and heard nothing yet */
  gboolean endless, last;            /* the answer has no end; it is the connection's last */
  gboolean failed;
  gint64 last_byte; /* when, in slow mode; 0: none yet */
};

static gboolean
relays (FaultMode mode)
{
  return mode == FAULT_PASS || mode == FAULT_SLOW;
}

static gboolean
stalls (FaultMode mode)
{
  return mode == FAULT_BLACKHOLE || mode == FAULT_BACKLOG;
}

static void
close_server (FaultConnection *connection)
{
  if (connection->server >= 0)
    close (connection->server);
  connection->server = -1;
  g_byte_array_set_size (connection->to_server, 0);
}

/* Closed with a reset, not with an end that could be taken for an answer's, unless all was said */
void
fault_connection_free (FaultConnection *connection)
{
  const struct linger reset = { .l_onoff = 1, .l_linger = 0 };

  if (!connection->client_shut)
    setsockopt (connection->client, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  close (connection->client);
  close_server (connection);
  g_byte_array_unref (connection->to_client);
  g_byte_array_unref (connection->to_server);
  g_byte_array_unref (connection->request);
  g_free (connection);
}

static void
connect_server (FaultConnection *connection)
{
  connection->server = socket (connection->address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (connection->server < 0
      || (connect (connection->server, (struct sockaddr *) &connection->address, connection->address_length) != 0
          && errno != EINPROGRESS))
    connection->failed = TRUE;
}

/**
 * fault_connection_new:
 * @client: (transfer full): its socket, not blocking
 * @server: where to relay to
 * @server_length: of @server
 * @mode: what it does
 *
 * Returns: (transfer full): a connection
 */
FaultConnection *
fault_connection_new (int client, const struct sockaddr *server, socklen_t server_length, FaultMode mode)
{
  FaultConnection *connection = g_new0 (FaultConnection, 1);

  connection->client = client;
  connection->server = -1;
  memcpy (&connection->address, server, server_length);
  connection->address_length = server_length;
  connection->mode = mode;
  connection->to_client = g_byte_array_new ();
  connection->to_server = g_byte_array_new ();
  connection->request = g_byte_array_new ();
  connection->failed = mode == FAULT_REFUSE || mode == FAULT_RESET;
  if (relays (mode))
    connect_server (connection);
  return connection;
}

static void
answer (FaultConnection *connection)
{
  connection->last = !fault_answer (connection->mode, connection->to_client);
  connection->endless = connection->mode == FAULT_HUGE;
  connection->outstanding = FALSE;
}

/* Passes ends on, once what came before them has gone */
static void
pass_ends (FaultConnection *connection)
{
  if (connection->client_ended && !connection->server_shut && connection->server >= 0
      && connection->to_server->len == 0)
    {
      shutdown (connection->server, SHUT_WR);
      connection->server_shut = TRUE;
    }
  if ((connection->server_ended || connection->last) && !connection->client_shut && connection->to_client->len == 0)
    {
      shutdown (connection->client, SHUT_WR);
      connection->client_shut = TRUE;
    }
}

/**
 * fault_connection_enter:
 * @connection: a connection
 * @mode: what it does from here on
 *
 * Returns: whether it goes on
 */
gboolean
fault_connection_enter (FaultConnection *connection, FaultMode mode)
{
  gboolean half_said = connection->to_client->len > 0 && !relays (mode) && !stalls (mode);

  connection->mode = mode;
  connection->last_byte = 0;
  if (mode == FAULT_REFUSE || mode == FAULT_RESET || connection->endless || connection->last || half_said)
    return FALSE;
  if (relays (mode) && connection->server < 0)
    {
      /* What a stall or an answer of ours took from the stream cannot be put back */
      if (connection->outstanding)
        return FALSE;
      connect_server (connection);
    }
  else if (!relays (mode))
    {
      close_server (connection);
      if (stalls (mode))
        g_byte_array_set_size (connection->to_client, 0);
      else if (connection->outstanding || mode == FAULT_HALF_CLOSE)
        answer (connection);
    }
  pass_ends (connection);
  return !connection->failed;
}

/* When it may go */
static gint64
next_byte (const FaultConnection *connection, guint delay)
{
  return connection->last_byte > 0 ? connection->last_byte + delay * G_TIME_SPAN_MILLISECOND : 0;
}

/**
 * fault_connection_prepare:
 * @connection: a connection
 * @fds: (out): what to poll
 * @delay: milliseconds between two bytes of a slow answer
 * @timeout: (inout): milliseconds
 */
void
fault_connection_prepare (FaultConnection *connection, struct pollfd fds[2], guint delay, int *timeout)
{
  gboolean slow = connection->mode == FAULT_SLOW && connection->to_client->len > 0;

  fds[0] = (struct pollfd){ .fd = connection->client };
  fds[1] = (struct pollfd){ .fd = connection->server };
  if (!connection->client_ended && connection->to_server->len < MAX_PENDING)
    fds[0].events |= POLLIN;
  if (connection->endless || (connection->to_client->len > 0 && !slow))
    fds[0].events |= POLLOUT;
  if (!connection->server_ended && connection->to_client->len < MAX_PENDING)
    fds[1].events |= POLLIN;
  if (connection->to_server->len > 0)
    fds[1].events |= POLLOUT;
  /* A socket that ended both ways would wake the poll again and again */
  if (fds[1].events == 0)
    fds[1].fd = -1;
  if (fds[0].events == 0)
    fds[0].fd = -1;
  if (connection->failed)
    *timeout = 0;
  else if (slow)
    {
      gint64 wait = (next_byte (connection, delay) - g_get_monotonic_time () + 999) / 1000;

      wait = CLAMP (wait, 0, G_MAXINT);

      *timeout = *timeout < 0 ? (int) wait : MIN (*timeout, (int) wait);
    }
}

/* Bytes read into the buffer, 0 at the end, -1: nothing now or failed */
static gssize
receive (FaultConnection *connection, int fd, guint8 *buffer, gsize size)
{
  gssize n = recv (fd, buffer, size, 0);

  if (n < 0 && errno != EAGAIN && errno != EINTR)
    connection->failed = TRUE;
  return n;
}

static void
flush (FaultConnection *connection, int fd, GByteArray *pending, gsize most)
{
  gssize n = send (fd, pending->data, MIN (pending->len, most), MSG_NOSIGNAL);

  if (n > 0)
    g_byte_array_remove_range (pending, 0, n);
  else if (n < 0 && errno != EAGAIN && errno != EINTR)
    connection->failed = TRUE;
}

static void
take_request (FaultConnection *connection, const guint8 *bytes, gsize n)
{
  gsize length;

  if (connection->last)
    return;
  g_byte_array_append (connection->request, bytes, n);
  while ((length = fault_request_length ((const char *) connection->request->data, connection->request->len)) > 0)
    {
      answer (connection);
      g_byte_array_remove_range (connection->request, 0, length);
    }
  if (connection->request->len > MAX_REQUEST)
    connection->failed = TRUE;
}

static void
read_client (FaultConnection *connection)
{
  guint8 buffer[16384];
  gssize n = receive (connection, connection->client, buffer, sizeof buffer);

  if (n == 0)
    connection->client_ended = TRUE;
  if (n <= 0)
    return;
  if (relays (connection->mode))
    g_byte_array_append (connection->to_server, buffer, n);
  connection->outstanding = TRUE;
  if (!relays (connection->mode) && !stalls (connection->mode))
    take_request (connection, buffer, n);
}

static void
read_server (FaultConnection *connection)
{
  guint8 buffer[16384];
  gssize n = receive (connection, connection->server, buffer, sizeof buffer);

  if (n == 0)
    connection->server_ended = TRUE;
  if (n <= 0)
    return;
  g_byte_array_append (connection->to_client, buffer, n);
  connection->outstanding = FALSE;
}

static void
write_client (FaultConnection *connection, short events, guint delay)
{
  gint64 now = g_get_monotonic_time ();

  if (connection->mode == FAULT_SLOW && connection->to_client->len > 0 && now >= next_byte (connection, delay))
    {
      flush (connection, connection->client, connection->to_client, 1);
      connection->last_byte = now;
    }
  else if (connection->mode != FAULT_SLOW && (events & POLLOUT))
    {
      if (connection->endless && connection->to_client->len < MAX_PENDING)
        fault_answer_more (connection->to_client);
      flush (connection, connection->client, connection->to_client, G_MAXSIZE);
    }
}

/**
 * fault_connection_dispatch:
 * @connection: a connection
 * @fds: as poll() left what fault_connection_prepare() made
 * @delay: milliseconds between two bytes of a slow answer
 *
 * Returns: whether it goes on
 */
gboolean
fault_connection_dispatch (FaultConnection *connection, const struct pollfd fds[2], guint delay)
{
  const short broken = POLLERR | POLLHUP | POLLNVAL;
  gboolean done;

  if (!connection->failed && fds[0].fd >= 0 && (fds[0].revents & (POLLIN | broken)))
    read_client (connection);
  if (!connection->failed && fds[1].fd >= 0 && fds[1].fd == connection->server && (fds[1].revents & (POLLIN | broken)))
    read_server (connection);
  if (!connection->failed && fds[1].fd == connection->server && (fds[1].revents & POLLOUT))
    flush (connection, connection->server, connection->to_server, G_MAXSIZE);
  if (!connection->failed)
    write_client (connection, fds[0].revents, delay);
  if (connection->failed)
    return FALSE;
  pass_ends (connection);
  done = connection->client_shut || (!relays (connection->mode) && connection->to_client->len == 0);
  return !(connection->client_ended && done);
}

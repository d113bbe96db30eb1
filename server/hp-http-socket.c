/* hp-http-socket.c - sockets that listen
 *
 * Made by hand: g_socket_bind() takes SO_REUSEPORT off a stream socket again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hp-error.h"
#include "hp-http-socket.h"

#define BACKLOG 4096

/* A union rather than casts between structures of different kinds */
typedef union
{
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
} Address;

static gboolean
make_address (const char *text, guint port, Address *address, socklen_t *length, GError **error)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (text);
  g_autoptr (GSocketAddress) socket_address = inet != NULL ? g_inet_socket_address_new (inet, (guint16) port) : NULL;

  if (socket_address == NULL)
    {
      hp_set_error (error, HP_ERROR_USAGE, NULL, _ ("“%s” is not an address such as 127.0.0.1 or ::1"), text);
      return FALSE;
    }
  *length = (socklen_t) g_socket_address_get_native_size (socket_address);
  return g_socket_address_to_native (socket_address, address, sizeof *address, error);
}

static int
open_socket (const Address *address, socklen_t length, gboolean shared)
{
  const int yes = 1;
  int fd = socket (address->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (fd < 0)
    return -1;
  if (setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0
      && (!shared || setsockopt (fd, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes) == 0)
      && bind (fd, &address->any, length) == 0 && (!shared || listen (fd, BACKLOG) == 0))
    return fd;
  {
    int errsv = errno;

    close (fd);
    errno = errsv;
  }
  return -1;
}

static guint
get_port (int fd)
{
  Address address = { 0 };
  socklen_t length = sizeof address;

  if (getsockname (fd, &address.any, &length) != 0)
    return 0;
  return g_ntohs (address.any.sa_family == AF_INET6 ? address.v6.sin6_port : address.v4.sin_port);
}

static void
set_error (GError **error, int errsv, const char *address, guint port)
{
  if (errsv == EADDRINUSE)
    hp_set_error (error, HP_ERROR_IO, NULL,
                  _ ("port %u of %s is in use, perhaps by another house-price-server: choose another with --port"),
                  port, address);
  else
    hp_set_error (error, HP_ERROR_IO, NULL, _ ("can't listen on port %u of %s: %s"), port, address, g_strerror (errsv));
}

/**
 * hp_http_sockets_listen:
 * @address: an address of this computer
 * @port: (inout): the port; 0: any that is free
 * @n: how many sockets
 * @fds: (out caller-allocates) (array length=n): the sockets
 * @error: return location for a #GError
 *
 * Sockets that share a port share it with anybody of the same user. So that a second server does not silently take half
 * of the connections of the first, the port is tried without sharing before.
 *
 * Returns: whether all listen; if not, none does
 */
gboolean
hp_http_sockets_listen (const char *address, guint *port, guint n, int *fds, GError **error)
{
  Address native;
  socklen_t length;
  guint i;

  if (!make_address (address, *port, &native, &length, error))
    return FALSE;
  if (*port != 0)
    {
      int probe = open_socket (&native, length, FALSE);

      if (probe < 0)
        {
          set_error (error, errno, address, *port);
          return FALSE;
        }
      close (probe);
    }
  for (i = 0; i < n; i++)
    {
      fds[i] = open_socket (&native, length, TRUE);
      if (fds[i] < 0)
        break;
      if (*port == 0)
        {
          *port = get_port (fds[0]);
          if (native.any.sa_family == AF_INET6)
            native.v6.sin6_port = g_htons (*port);
          else
            native.v4.sin_port = g_htons (*port);
        }
    }
  if (i == n)
    return TRUE;
  set_error (error, errno, address, *port);
  while (i > 0)
    close (fds[--i]);
  return FALSE;
}

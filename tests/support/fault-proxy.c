/* fault-proxy.c - the proxy's thread: it listens, or doesn't, and polls the connections
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "fault-proxy"

#include <arpa/inet.h>
#include <errno.h>
#include <gio/gio.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "fault-proxy-private.h"

#define BACKLOG 128
/* Connections of our own that fill a queue of length 0: more than fit */
#define N_FILLERS 4

struct _FaultProxy
{
  GThread *thread;
  GMutex mutex;
  GCond cond;
  FaultMode wanted; /* under the mutex, as what follows */
  guint n_asked, n_done;
  guint delay, n_accepted;
  gboolean stop;

  int wake;
  int keeper; /* bound, never listens: keeps the port ours while nobody listens */
  struct sockaddr_in own;
  struct sockaddr_storage server;
  socklen_t server_length;
  char *url;

  /* The thread's own */
  FaultMode mode;
  int listener; /* -1 while nobody listens */
  int fillers[N_FILLERS];
  GPtrArray *connections;
};

static int
bind_own (FaultProxy *proxy)
{
  const int yes = 1;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

  if (fd >= 0
      && (setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0
          || bind (fd, (struct sockaddr *) &proxy->own, sizeof proxy->own) != 0))
    {
      int errsv = errno;

      close (fd);
      errno = errsv;
      return -1;
    }
  return fd;
}

static void
clear_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static void
start_listening (FaultProxy *proxy, int backlog)
{
  proxy->listener = bind_own (proxy);
  if (proxy->listener < 0 || listen (proxy->listener, backlog) != 0)
    g_error ("cannot listen on port %u: %s", ntohs (proxy->own.sin_port), g_strerror (errno));
}

/* After these, the kernel drops who wants to connect, who tries again and again */
static void
fill_queue (FaultProxy *proxy)
{
  for (int i = 0; i < N_FILLERS; i++)
    {
      proxy->fillers[i] = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
      if (proxy->fillers[i] < 0
          || (connect (proxy->fillers[i], (struct sockaddr *) &proxy->own, sizeof proxy->own) != 0
              && errno != EINPROGRESS))
        g_error ("cannot fill the queue of port %u: %s", ntohs (proxy->own.sin_port), g_strerror (errno));
    }
}

static void
enter_mode (FaultProxy *proxy, FaultMode mode)
{
  if (mode != proxy->mode && (mode == FAULT_REFUSE || mode == FAULT_BACKLOG || proxy->mode == FAULT_BACKLOG))
    {
      clear_fd (&proxy->listener);
      for (int i = 0; i < N_FILLERS; i++)
        clear_fd (&proxy->fillers[i]);
    }
  proxy->mode = mode;
  if (proxy->listener < 0 && mode != FAULT_REFUSE)
    {
      start_listening (proxy, mode == FAULT_BACKLOG ? 0 : BACKLOG);
      if (mode == FAULT_BACKLOG)
        fill_queue (proxy);
    }
  for (guint i = proxy->connections->len; i-- > 0;)
    if (!fault_connection_enter (proxy->connections->pdata[i], mode))
      g_ptr_array_remove_index_fast (proxy->connections, i);
}

static void
accept_one (FaultProxy *proxy)
{
  int fd = accept4 (proxy->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  FaultConnection *connection;

  if (fd < 0)
    return;
  connection = fault_connection_new (fd, (struct sockaddr *) &proxy->server, proxy->server_length, proxy->mode);
  g_ptr_array_add (proxy->connections, connection);
  g_mutex_lock (&proxy->mutex);
  proxy->n_accepted++;
  g_cond_broadcast (&proxy->cond);
  g_mutex_unlock (&proxy->mutex);
}

/* What another thread wants. FALSE: it wants the end */
static gboolean
obey (FaultProxy *proxy, guint *delay)
{
  gboolean go_on;

  g_mutex_lock (&proxy->mutex);
  if (proxy->n_done != proxy->n_asked)
    {
      enter_mode (proxy, proxy->wanted);
      proxy->n_done = proxy->n_asked;
      g_cond_broadcast (&proxy->cond);
    }
  *delay = proxy->delay;
  go_on = !proxy->stop;
  g_mutex_unlock (&proxy->mutex);
  return go_on;
}

static gpointer
run (gpointer data)
{
  FaultProxy *proxy = data;
  g_autoptr (GArray) fds = g_array_new (FALSE, TRUE, sizeof (struct pollfd));
  guint delay;

  while (obey (proxy, &delay))
    {
      guint n = proxy->connections->len;
      gboolean listening = proxy->mode != FAULT_BACKLOG;
      int timeout = -1;
      struct pollfd *polled;
      eventfd_t ignored;

      g_array_set_size (fds, 2 + 2 * n);
      polled = (struct pollfd *) fds->data;
      polled[0] = (struct pollfd){ .fd = proxy->wake, .events = POLLIN };
      polled[1] = (struct pollfd){ .fd = listening ? proxy->listener : -1, .events = POLLIN };
      for (guint i = 0; i < n; i++)
        fault_connection_prepare (proxy->connections->pdata[i], polled + 2 + 2 * i, delay, &timeout);
      if (poll (polled, fds->len, timeout) < 0)
        continue;
      if (polled[0].revents & POLLIN)
        eventfd_read (proxy->wake, &ignored);
      for (guint i = n; i-- > 0;)
        if (!fault_connection_dispatch (proxy->connections->pdata[i], polled + 2 + 2 * i, delay))
          g_ptr_array_remove_index_fast (proxy->connections, i);
      if (polled[1].revents & POLLIN)
        accept_one (proxy);
    }
  return NULL;
}

static gboolean
resolve (FaultProxy *proxy, const char *host, guint16 port, GError **error)
{
  const struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV };
  char service[8];
  struct addrinfo *found = NULL;
  int status;

  g_snprintf (service, sizeof service, "%u", port);
  status = getaddrinfo (host, service, &hints, &found);
  if (status != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND, "%s: %s", host, gai_strerror (status));
      return FALSE;
    }
  memcpy (&proxy->server, found->ai_addr, found->ai_addrlen);
  proxy->server_length = found->ai_addrlen;
  freeaddrinfo (found);
  return TRUE;
}

/**
 * fault_proxy_new:
 * @to_host: the server's
 * @to_port: the server's; nobody needs to listen there
 * @port: the proxy's, 0 for any
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): a proxy that relays
 */
FaultProxy *
fault_proxy_new (const char *to_host, guint16 to_port, guint16 port, GError **error)
{
  g_autoptr (FaultProxy) proxy = g_new0 (FaultProxy, 1);
  socklen_t length = sizeof proxy->own;

  proxy->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  proxy->keeper = proxy->listener = -1;
  for (int i = 0; i < N_FILLERS; i++)
    proxy->fillers[i] = -1;
  proxy->delay = 20;
  proxy->connections = g_ptr_array_new_with_free_func ((GDestroyNotify) fault_connection_free);
  if (!resolve (proxy, to_host, to_port, error))
    return NULL;
  proxy->own.sin_family = AF_INET;
  proxy->own.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  proxy->own.sin_port = htons (port);
  proxy->keeper = bind_own (proxy);
  if (proxy->keeper < 0 || getsockname (proxy->keeper, (struct sockaddr *) &proxy->own, &length) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "port %u: %s", port, g_strerror (errno));
      return NULL;
    }
  proxy->url = g_strdup_printf ("http://127.0.0.1:%u", ntohs (proxy->own.sin_port));
  start_listening (proxy, BACKLOG);
  proxy->thread = g_thread_new ("fault-proxy", run, proxy);
  return g_steal_pointer (&proxy);
}

static void
wake (FaultProxy *proxy)
{
  eventfd_write (proxy->wake, 1);
}

/**
 * fault_proxy_free:
 * @proxy: (transfer full) (nullable): a proxy; its connections are reset
 */
void
fault_proxy_free (FaultProxy *proxy)
{
  if (proxy == NULL)
    return;
  g_mutex_lock (&proxy->mutex);
  proxy->stop = TRUE;
  g_mutex_unlock (&proxy->mutex);
  wake (proxy);
  g_clear_pointer (&proxy->thread, g_thread_join);
  g_ptr_array_unref (proxy->connections);
  for (int i = 0; i < N_FILLERS; i++)
    clear_fd (&proxy->fillers[i]);
  clear_fd (&proxy->listener);
  clear_fd (&proxy->keeper);
  clear_fd (&proxy->wake);
  g_free (proxy->url);
  g_mutex_clear (&proxy->mutex);
  g_cond_clear (&proxy->cond);
  g_free (proxy);
}

guint16
fault_proxy_get_port (FaultProxy *proxy)
{
  return ntohs (proxy->own.sin_port);
}

const char *
fault_proxy_get_url (FaultProxy *proxy)
{
  return proxy->url;
}

/**
 * fault_proxy_set_mode:
 * @proxy: a proxy
 * @mode: what it does from here on
 *
 * Waits until it does.
 */
void
fault_proxy_set_mode (FaultProxy *proxy, FaultMode mode)
{
  guint asked;

  g_mutex_lock (&proxy->mutex);
  proxy->wanted = mode;
  asked = ++proxy->n_asked;
  wake (proxy);
  while (proxy->n_done < asked)
    g_cond_wait (&proxy->cond, &proxy->mutex);
  g_mutex_unlock (&proxy->mutex);
}

void
fault_proxy_set_delay (FaultProxy *proxy, guint milliseconds)
{
  g_mutex_lock (&proxy->mutex);
  proxy->delay = milliseconds;
  g_mutex_unlock (&proxy->mutex);
  wake (proxy);
}

guint
fault_proxy_get_accepted (FaultProxy *proxy)
{
  guint n;

  g_mutex_lock (&proxy->mutex);
  n = proxy->n_accepted;
  g_mutex_unlock (&proxy->mutex);
  return n;
}

void
fault_proxy_wait_for (FaultProxy *proxy, guint accepted)
{
  g_mutex_lock (&proxy->mutex);
  while (proxy->n_accepted < accepted)
    g_cond_wait (&proxy->cond, &proxy->mutex);
  g_mutex_unlock (&proxy->mutex);
}

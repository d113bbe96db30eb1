/* hp-server.c - the inference server: its threads, and its end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "hp-http-socket.h"
#include "hp-http.h"
#include "hp-parallel.h"
#include "hp-server.h"

/* Descriptors that are no connections: sockets, loops, the registry's files, the log */
#define OTHER_DESCRIPTORS 64

struct _HpServer
{
  HpHttpShared shared;
  guint port;
  char *url;
  HpHttpLoop **loops; /* shared.n_loops */

  /* The thread that watches the registry, and waits for disks */
  GMainContext *watch;
  GMainLoop *watch_loop;
  GThread *watcher;
};

static gboolean
poll_registry (gpointer data)
{
  hp_server_models_refresh (((HpServer *) data)->shared.models, FALSE);
  return G_SOURCE_CONTINUE;
}

static gboolean
reload (gpointer data)
{
  hp_server_models_refresh (((HpServer *) data)->shared.models, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
end_watching (gpointer data)
{
  g_main_loop_quit (((HpServer *) data)->watch_loop);
  return G_SOURCE_REMOVE;
}

static gpointer
watch (gpointer data)
{
  HpServer *server = data;
  g_autoptr (GSource) source = g_timeout_source_new ((guint) (server->shared.options->poll_interval * 1000));

  g_source_set_callback (source, poll_registry, server, NULL);
  g_source_attach (source, server->watch);
  g_main_loop_run (server->watch_loop);
  return NULL;
}

/* Each connection takes a descriptor: asks for all that we may have, and does with what it gets */
static guint
limit_connections (guint wanted)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return wanted;
  if (limit.rlim_cur < limit.rlim_max)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
  return (guint) MIN (wanted,
                      limit.rlim_max > 2 * OTHER_DESCRIPTORS ? limit.rlim_max - OTHER_DESCRIPTORS : OTHER_DESCRIPTORS);
}

static gboolean
open_loops (HpServer *server, GError **error)
{
  const HpServerOptions *options = server->shared.options;
  guint n = options->threads != 0 ? options->threads : hp_team_default_jobs ();
  g_autofree int *fds = g_new (int, n);

  server->port = options->port;
  if (!hp_http_sockets_listen (options->bind, &server->port, n, fds, error))
    return FALSE;
  server->shared.n_loops = n;
  server->loops = g_new0 (HpHttpLoop *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      server->loops[i] = hp_http_loop_new (&server->shared, i, fds[i], error);
      if (server->loops[i] == NULL)
        {
          while (++i < n)
            close (fds[i]);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * hp_server_new:
 * @options: how it is to run; has to outlive the server
 * @log: what it tells; has to outlive the server
 * @error: return location for a #GError
 *
 * Loads and checks the champion, then listens. Without a champion that loads the server runs all the same, says that it
 * is not ready, and takes the first one that comes.
 *
 * Returns: (transfer full) (nullable): a running server, or %NULL with %HP_ERROR_USAGE or %HP_ERROR_IO
 */
HpServer *
hp_server_new (const HpServerOptions *options, HpServerLog *log, GError **error)
{
  g_autoptr (HpRegistry) registry = hp_registry_new (options->registry, options->name, error);
  g_autoptr (HpServer) server = NULL;

  if (registry == NULL)
    return NULL;
  server = g_new0 (HpServer, 1);
  server->watch = g_main_context_new ();
  server->watch_loop = g_main_loop_new (server->watch, FALSE);
  server->shared.options = options;
  server->shared.max_connections = limit_connections (options->max_connections);
  server->shared.log = log;
  server->shared.watch = server->watch;
  server->shared.models = hp_server_models_new (registry, log);
  hp_server_models_refresh (server->shared.models, FALSE);
  if (!open_loops (server, error))
    return NULL;
  server->url = g_strdup_printf (strchr (options->bind, ':') != NULL ? "http://[%s]:%u" : "http://%s:%u", options->bind,
                                 server->port);
  server->watcher = g_thread_new ("watch", watch, server);
  for (guint i = 0; i < server->shared.n_loops; i++)
    hp_http_loop_start (server->loops[i]);
  return g_steal_pointer (&server);
}

/**
 * hp_server_free:
 * @server: (transfer full) (nullable): a server
 *
 * Ends it at once, whatever is under way.
 */
void
hp_server_free (HpServer *server)
{
  if (server == NULL)
    return;
  if (server->watcher != NULL)
    {
      hp_http_post (server->watch, end_watching, server, NULL);
      g_thread_join (server->watcher);
    }
  for (guint i = 0; server->loops != NULL && server->loops[i] != NULL; i++)
    hp_http_loop_free (server->loops[i]);
  g_free (server->loops);
  g_main_loop_unref (server->watch_loop);
  g_main_context_unref (server->watch);
  hp_server_models_free (server->shared.models);
  g_free (server->url);
  g_free (server);
}

/**
 * hp_server_get_url:
 * @server: a server
 *
 * Returns: (transfer none): where it is
 */
const char *
hp_server_get_url (HpServer *server)
{
  return server->url;
}

/**
 * hp_server_get_port:
 * @server: a server
 *
 * Returns: the port it listens on
 */
guint
hp_server_get_port (HpServer *server)
{
  return server->port;
}

/**
 * hp_server_reload:
 * @server: a server
 *
 * Lets it load the champion anew, soon. If that fails the log says why, and what served goes on serving.
 */
void
hp_server_reload (HpServer *server)
{
  hp_http_post (server->watch, reload, server, NULL);
}

/**
 * hp_server_drain:
 * @server: a server
 *
 * From now on it says that it is not ready, so that nobody sends it more. It answers all the same.
 */
void
hp_server_drain (HpServer *server)
{
  g_atomic_int_set (&server->shared.draining, TRUE);
}

/**
 * hp_server_quiesce:
 * @server: a server
 *
 * From now on it does not listen, and each answer is the last one of its connection.
 */
void
hp_server_quiesce (HpServer *server)
{
  hp_server_drain (server);
  g_atomic_int_set (&server->shared.stopping, TRUE);
  for (guint i = 0; i < server->shared.n_loops; i++)
    hp_http_loop_quiesce (server->loops[i]);
}

/**
 * hp_server_is_busy:
 * @server: a server
 *
 * Returns: whether it listens, or any request is under way
 */
gboolean
hp_server_is_busy (HpServer *server)
{
  for (guint i = 0; i < server->shared.n_loops; i++)
    if (hp_http_loop_is_busy (server->loops[i]))
      return TRUE;
  return FALSE;
}

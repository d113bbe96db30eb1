/* hp-http-loop.c - a thread with its own socket, daemon and loop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "hp-error.h"
#include "hp-http.h"

/* Memory of a connection: its head has to fit in; a body passes through */
#define CONNECTION_MEMORY (8 * 1024)
/* What large bodies and answers of a thread may take, besides one body of the greatest size */
#define HELD_BESIDES (64u * 1024 * 1024)
/* Empty bodies kept for the next requests, of at most so many bytes each */
#define MAX_SPARE       64
#define MAX_SPARE_BYTES (16 * 1024)
#define SWEEP_MS        1000
#define DRAIN_SWEEP_MS  20

/* libmicrohttpd's descriptor and timeouts as a source of GLib's */
typedef struct
{
  GSource source;
  struct MHD_Daemon *daemon;
  gpointer tag;
} DaemonSource;

static gboolean
source_prepare (GSource *source, int *timeout)
{
  DaemonSource *self = (DaemonSource *) source;
  MHD_UNSIGNED_LONG_LONG milliseconds;

  *timeout = -1;
  if (MHD_get_timeout (self->daemon, &milliseconds) != MHD_YES)
    return FALSE;
  *timeout = (int) MIN (milliseconds, (MHD_UNSIGNED_LONG_LONG) G_MAXINT);
  return milliseconds == 0;
}

static gboolean
source_check (GSource *source)
{
  DaemonSource *self = (DaemonSource *) source;
  MHD_UNSIGNED_LONG_LONG milliseconds;

  return g_source_query_unix_fd (source, self->tag) != 0
         || (MHD_get_timeout (self->daemon, &milliseconds) == MHD_YES && milliseconds == 0);
}

static gboolean
source_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  g_source_set_ready_time (source, -1);
  MHD_run (((DaemonSource *) source)->daemon);
  return G_SOURCE_CONTINUE;
}

static void
attach_daemon (HpHttpLoop *loop)
{
  static GSourceFuncs functions = { .prepare = source_prepare, .check = source_check, .dispatch = source_dispatch };
  GSource *source = g_source_new (&functions, sizeof (DaemonSource));
  DaemonSource *self = (DaemonSource *) source;

  self->daemon = loop->daemon;
  self->tag
    = g_source_add_unix_fd (source, MHD_get_daemon_info (loop->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, G_IO_IN);
  /* Otherwise GLib takes the descriptor off the poll and on again around each dispatch, and wakes itself up for that.
   */
  g_source_set_can_recurse (source, TRUE);
  g_source_attach (source, loop->context);
  loop->source = source;
}

static gboolean
sweep (gpointer data)
{
  HpHttpLoop *loop = data;

  hp_http_connections_sweep (loop);
  if (loop->listen_fd >= 0)
    return G_SOURCE_CONTINUE;
  g_atomic_int_set (&loop->busy, hp_http_connections_busy (loop));
  return G_SOURCE_CONTINUE;
}

static void
attach_timer (HpHttpLoop *loop, guint milliseconds, GSourceFunc func)
{
  g_autoptr (GSource) source = g_timeout_source_new (milliseconds);

  g_source_set_callback (source, func, loop, NULL);
  g_source_attach (source, loop->context);
}

/**
 * hp_http_loop_new:
 * @shared: what the threads share; it has to outlive the loop
 * @index: which of them this is
 * @listen_fd: (transfer full): a socket that listens
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): a loop that does not run yet
 */
HpHttpLoop *
hp_http_loop_new (HpHttpShared *shared, guint index, int listen_fd, GError **error)
{
  HpHttpLoop *loop = g_new0 (HpHttpLoop, 1);
  const HpServerOptions *options = shared->options;

  loop->shared = shared;
  loop->index = index;
  loop->listen_fd = listen_fd;
  loop->context = g_main_context_new ();
  loop->main_loop = g_main_loop_new (loop->context, FALSE);
  loop->busy = TRUE;
  loop->generation = G_MAXUINT;
  loop->text = g_string_sized_new (1024);
  loop->spare = g_ptr_array_new ();
  loop->max_connections = MAX (shared->max_connections / shared->n_loops, 1);
  g_queue_init (&loop->jobs);
  hp_ulid_init (&loop->ulid);
  loop->daemon
    = MHD_start_daemon (MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, hp_http_on_request, loop,
                        MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_NOTIFY_CONNECTION, hp_http_on_connection, loop,
                        MHD_OPTION_NOTIFY_COMPLETED, hp_http_on_completed, loop, MHD_OPTION_URI_LOG_CALLBACK,
                        hp_http_on_line, loop, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) CONNECTION_MEMORY,
                        MHD_OPTION_CONNECTION_LIMIT, loop->max_connections, MHD_OPTION_CONNECTION_TIMEOUT,
                        (unsigned int) options->idle_timeout, MHD_OPTION_END);
  if (loop->daemon == NULL)
    {
      hp_set_error (error, HP_ERROR_FAILED, NULL, _ ("libmicrohttpd does not start: %s"), g_strerror (errno));
      hp_http_loop_free (loop);
      return NULL;
    }
  attach_daemon (loop);
  attach_timer (loop, SWEEP_MS, sweep);
  return loop;
}

static gpointer
run (gpointer data)
{
  g_main_loop_run (((HpHttpLoop *) data)->main_loop);
  return NULL;
}

/**
 * hp_http_loop_resume:
 * @loop: the calling thread's loop
 * @mhd: a suspended connection
 *
 * Lets libmicrohttpd go on with it. Without threads of its own it does not notice by itself.
 */
void
hp_http_loop_resume (HpHttpLoop *loop, struct MHD_Connection *mhd)
{
  MHD_resume_connection (mhd);
  g_source_set_ready_time (loop->source, 0);
}

/**
 * hp_http_loop_start:
 * @loop: a loop
 *
 * Starts its thread.
 */
void
hp_http_loop_start (HpHttpLoop *loop)
{
  g_autofree char *name = g_strdup_printf ("http-%u", loop->index);

  loop->thread = g_thread_new (name, run, loop);
}

static gboolean
quiesce (gpointer data)
{
  HpHttpLoop *loop = data;

  /* Who has connected is let in before the door closes */
  for (guint i = 0; i < 100; i++)
    MHD_run (loop->daemon);
  MHD_quiesce_daemon (loop->daemon);
  close (loop->listen_fd);
  loop->listen_fd = -1;
  attach_timer (loop, DRAIN_SWEEP_MS, sweep);
  return G_SOURCE_REMOVE;
}

/**
 * hp_http_loop_quiesce:
 * @loop: a running loop
 *
 * Listens no more; hp_http_loop_is_busy() tells when all that had come is answered.
 */
void
hp_http_loop_quiesce (HpHttpLoop *loop)
{
  hp_http_post (loop->context, quiesce, loop, NULL);
}

/**
 * hp_http_loop_is_busy:
 * @loop: a running loop
 *
 * Returns: whether it listens, or a request is under way
 */
gboolean
hp_http_loop_is_busy (HpHttpLoop *loop)
{
  return g_atomic_int_get (&loop->busy);
}

static gboolean
end (gpointer data)
{
  g_main_loop_quit (((HpHttpLoop *) data)->main_loop);
  return G_SOURCE_REMOVE;
}

/* libmicrohttpd does not end while anything is suspended */
static void
give_up_requests (HpHttpLoop *loop)
{
  for (HpHttpConnection *connection = loop->connections; connection != NULL; connection = connection->next)
    if (connection->request.suspended)
      hp_http_resume (&connection->request);
}

/**
 * hp_http_loop_free:
 * @loop: (transfer full) (nullable): a loop; nobody else may send it anything any more
 *
 * Ends what is under way, and the thread.
 */
void
hp_http_loop_free (HpHttpLoop *loop)
{
  if (loop == NULL)
    return;
  if (loop->thread != NULL)
    {
      hp_http_post (loop->context, end, loop, NULL);
      g_thread_join (loop->thread);
    }
  if (loop->daemon != NULL)
    {
      give_up_requests (loop);
      MHD_stop_daemon (loop->daemon);
    }
  else if (loop->listen_fd >= 0)
    close (loop->listen_fd);
  if (loop->source != NULL)
    {
      g_source_destroy (loop->source);
      g_source_unref (loop->source);
    }
  g_main_loop_unref (loop->main_loop);
  g_main_context_unref (loop->context);
  hp_server_model_unref (loop->champion);
  hp_house_free (loop->house);
  g_free (loop->given);
  g_free (loop->features);
  g_string_free (loop->text, TRUE);
  for (guint i = 0; i < loop->spare->len; i++)
    g_string_free (g_ptr_array_index (loop->spare, i), TRUE);
  g_ptr_array_unref (loop->spare);
  g_free (loop);
}

/**
 * hp_http_loop_champion:
 * @loop: the calling thread's loop
 *
 * Takes a lock only if the champion has changed since the last call.
 *
 * Returns: (transfer none) (nullable): the version that serves, until the next call
 */
HpServerModel *
hp_http_loop_champion (HpHttpLoop *loop)
{
  if (G_LIKELY (loop->generation == hp_server_models_get_generation (loop->shared->models)))
    return loop->champion;
  hp_server_model_unref (loop->champion);
  g_clear_pointer (&loop->house, hp_house_free);
  g_clear_pointer (&loop->given, g_free);
  g_clear_pointer (&loop->features, g_free);
  loop->champion = hp_server_models_get_champion (loop->shared->models, &loop->generation);
  if (loop->champion != NULL)
    {
      loop->house = hp_house_new (loop->champion->pre);
      loop->given = g_new (guint8, loop->house->n + 1);
      loop->features = g_new (float, hp_preprocessor_get_n_features (loop->champion->pre) + 1);
    }
  return loop->champion;
}

/**
 * hp_http_loop_time:
 * @loop: the calling thread's loop
 * @length: (out): of the text
 * @milliseconds: (out): since 1970
 *
 * Returns: (transfer none): the time, written anew once a second
 */
const char *
hp_http_loop_time (HpHttpLoop *loop, gsize *length, gint64 *milliseconds)
{
  gint64 now = g_get_real_time ();

  if (loop->second != now / G_USEC_PER_SEC)
    {
      loop->second = now / G_USEC_PER_SEC;
      loop->time_length = hp_server_format_time (loop->time, now, FALSE);
    }
  *length = loop->time_length;
  *milliseconds = now / 1000;
  return loop->time;
}

/**
 * hp_http_loop_hold:
 * @loop: the calling thread's loop
 * @bytes: of a large body
 *
 * Returns: whether there is room for them; if so they count as taken
 */
gboolean
hp_http_loop_hold (HpHttpLoop *loop, gsize bytes)
{
  if (loop->held + bytes > loop->shared->options->max_batch_body + HELD_BESIDES)
    return FALSE;
  loop->held += bytes;
  return TRUE;
}

/**
 * hp_http_loop_release:
 * @loop: the calling thread's loop
 * @bytes: that are not held any more
 */
void
hp_http_loop_release (HpHttpLoop *loop, gsize bytes)
{
  loop->held -= bytes;
}

/**
 * hp_http_loop_take_body:
 * @loop: the calling thread's loop
 *
 * Returns: (transfer full): an empty string, to be given back
 */
GString *
hp_http_loop_take_body (HpHttpLoop *loop)
{
  return loop->spare->len > 0 ? g_ptr_array_steal_index_fast (loop->spare, loop->spare->len - 1)
                              : g_string_sized_new (512);
}

/**
 * hp_http_loop_return_body:
 * @loop: the calling thread's loop
 * @body: (transfer full): what hp_http_loop_take_body() gave
 */
void
hp_http_loop_return_body (HpHttpLoop *loop, GString *body)
{
  if (loop->spare->len < MAX_SPARE && body->allocated_len <= MAX_SPARE_BYTES)
    g_ptr_array_add (loop->spare, g_string_truncate (body, 0));
  else
    g_string_free (body, TRUE);
}

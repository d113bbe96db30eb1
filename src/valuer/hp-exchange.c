/* hp-exchange.c - one request and its answer over HTTP, in bounded time and memory
 *
 * libsoup's own timeout is in whole seconds and starts anew with every byte: a server that drips would never time out. Here a
 * timer of the whole exchange, and one until there is a connection, cancel it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-exchange.h"

#define CHUNK 16384

typedef struct
{
  SoupMessage *message;
  HpExchangeLimits limits;
  GCancellable *inner; /* what the exchange itself listens to */
  gulong outer_cancelled;
  gulong starting;
  GSource *connect_timer, *answer_timer; /* (nullable) */
  guint waited_ms;                       /* the timer that ran out; 0: none */
  GByteArray *body;
} Exchange;

static void
stop_timer (GSource **timer)
{
  if (*timer == NULL)
    return;
  g_source_destroy (*timer);
  g_clear_pointer (timer, g_source_unref);
}

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  stop_timer (&exchange->connect_timer);
  stop_timer (&exchange->answer_timer);
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->inner);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_free (exchange);
}

/* Who did not answer, rather than which of its pages */
static char *
name_server (SoupMessage *message)
{
  GUri *uri = soup_message_get_uri (message);

  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri), "", NULL,
                     NULL);
}

static void
finish (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  stop_timer (&exchange->connect_timer);
  stop_timer (&exchange->answer_timer);
  g_clear_signal_handler (&exchange->starting, exchange->message);
  if (exchange->outer_cancelled != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), exchange->outer_cancelled);
  exchange->outer_cancelled = 0;
}

/* error: (transfer full): what libsoup or GIO says */
static void
fail (GTask *task, GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autofree char *server = name_server (exchange->message);
  g_autoptr (GError) owned = error;

  finish (task);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (exchange->waited_ms != 0)
    g_task_return_new_error (task, HP_ERROR, HP_ERROR_UNREACHABLE, _ ("%s: no answer within %.3g s"), server,
                             exchange->waited_ms / 1000.0);
  else
    g_task_return_new_error (task, HP_ERROR, HP_ERROR_UNREACHABLE, "%s: %s", server, owned->message);
}

static gboolean
timed_out_cb (gpointer data)
{
  GTask *task = data;
  Exchange *exchange = g_task_get_task_data (task);

  exchange->waited_ms = g_main_current_source () == exchange->connect_timer ? exchange->limits.connect_ms
                                                                            : exchange->limits.answer_ms;
  g_cancellable_cancel (exchange->inner);
  return G_SOURCE_REMOVE;
}

static GSource *
start_timer (GTask *task, guint milliseconds)
{
  GSource *timer = g_timeout_source_new (milliseconds);

  g_source_set_callback (timer, timed_out_cb, task, NULL);
  g_source_attach (timer, g_task_get_context (task));
  return timer;
}

/* The request is being written: there is a connection */
static void
starting_cb (SoupMessage *message, gpointer data)
{
  Exchange *exchange = g_task_get_task_data (data);

  stop_timer (&exchange->connect_timer);
}

static void
outer_cancelled_cb (GCancellable *cancellable, gpointer inner)
{
  g_cancellable_cancel (inner);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Exchange *exchange = g_task_get_task_data (task);
  GInputStream *stream = G_INPUT_STREAM (source);
  GError *error = NULL;
  g_autoptr (GBytes) part = g_input_stream_read_bytes_finish (stream, result, &error);

  if (part == NULL)
    {
      fail (task, error);
      return;
    }
  if (g_bytes_get_size (part) == 0)
    {
      finish (task);
      if (!g_task_return_error_if_cancelled (task))
        g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body)),
                               (GDestroyNotify) g_bytes_unref);
      return;
    }
  if (exchange->body->len + g_bytes_get_size (part) > exchange->limits.max_bytes)
    {
      fail (task, g_error_new (HP_ERROR, HP_ERROR_UNREACHABLE, _ ("the answer is longer than %" G_GSIZE_FORMAT " bytes"),
                               exchange->limits.max_bytes));
      /* nothing more is read, and the connection with the rest of the answer in it is not used again */
      g_cancellable_cancel (exchange->inner);
      return;
    }
  g_byte_array_append (exchange->body, g_bytes_get_data (part, NULL), g_bytes_get_size (part));
  g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_DEFAULT, exchange->inner, read_cb,
                                   g_steal_pointer (&task));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream == NULL)
    {
      fail (task, error);
      return;
    }
  g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_DEFAULT, exchange->inner, read_cb,
                                   g_steal_pointer (&task));
}

/**
 * hp_exchange_async:
 * @session: a session
 * @message: a request that was not sent yet
 * @limits: of time and memory
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context when the whole answer is there, or there is none
 * @data: for @callback
 *
 * Sends a request and reads its answer, whatever its status.
 */
void
hp_exchange_async (SoupSession *session, SoupMessage *message, const HpExchangeLimits *limits,
                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (session, cancellable, callback, data);
  Exchange *exchange = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, hp_exchange_async);
  exchange->message = g_object_ref (message);
  exchange->limits = *limits;
  exchange->inner = g_cancellable_new ();
  exchange->body = g_byte_array_new ();
  g_task_set_task_data (task, exchange, exchange_free);
  if (cancellable != NULL)
    exchange->outer_cancelled
      = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb), g_object_ref (exchange->inner),
                               g_object_unref);
  exchange->starting = g_signal_connect (message, "starting", G_CALLBACK (starting_cb), task);
  exchange->connect_timer = start_timer (task, limits->connect_ms);
  exchange->answer_timer = start_timer (task, limits->answer_ms);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, exchange->inner, sent_cb, task);
}

/**
 * hp_exchange_finish:
 * @session: the session
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the answer's body; %NULL with %HP_ERROR_UNREACHABLE or %G_IO_ERROR_CANCELLED
 */
GBytes *
hp_exchange_finish (SoupSession *session, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* hp-http-wait.c - what has to wait for a disk is done by the thread that watches the registry
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-http.h"

typedef struct
{
  HpHttpRequest *request; /* suspended, so that it stays where it is until it is resumed */
  HpHttpLoop *loop;
  HpHttpErrandFunc run;
  gpointer data;
  GDestroyNotify free_data;
  HpHttpErrandDone done;
  gpointer result;
  GDestroyNotify free_result;
  GError *error;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  if (errand->free_data != NULL)
    errand->free_data (errand->data);
  if (errand->result != NULL)
    errand->free_result (errand->result);
  g_clear_error (&errand->error);
  g_free (errand);
}

/* In the request's thread */
static gboolean
come_back (gpointer data)
{
  Errand *errand = data;
  HpHttpRequest *request = errand->request;

  errand->done (request, errand->data, errand->result, errand->error);
  /* If not, a job has begun, which resumes it in its time */
  if (request->response != NULL)
    hp_http_resume (request);
  return G_SOURCE_REMOVE;
}

/**
 * hp_http_post:
 * @context: a context
 * @func: called there, soon; as every #GSourceFunc it returns %G_SOURCE_REMOVE
 * @data: (transfer full): for it
 * @destroy: (nullable): frees @data, be it that the context ended first
 *
 * Unlike g_main_context_invoke() this never calls anything in the calling thread.
 */
void
hp_http_post (GMainContext *context, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, context);
}

/* In the watching thread. The errand is passed on: this source must not free it. */
static gboolean
go (gpointer data)
{
  Errand **errand = data, *going = g_steal_pointer (errand);

  going->result = going->run (going->loop->shared, going->data, &going->error);
  hp_http_post (going->loop->context, come_back, going, errand_free);
  return G_SOURCE_REMOVE;
}

static void
slot_free (gpointer data)
{
  Errand **errand = data;

  if (*errand != NULL)
    errand_free (*errand);
  g_free (errand);
}

/**
 * hp_http_run_errand:
 * @request: a request without an answer
 * @run: called in the watching thread
 * @data: for it
 * @free_data: (nullable): frees @data
 * @free_result: frees what @run returns, unless that is %NULL
 * @done: called in the request's thread with the result, or an error; answers or begins a job
 */
void
hp_http_run_errand (HpHttpRequest *request, HpHttpErrandFunc run, gpointer data, GDestroyNotify free_data,
                    GDestroyNotify free_result, HpHttpErrandDone done)
{
  Errand **slot = g_new (Errand *, 1);

  *slot = g_new0 (Errand, 1);
  **slot = (Errand){ request, request->loop, run, data, free_data, done, NULL, free_result, NULL };
  hp_http_post (request->loop->shared->watch, go, slot, slot_free);
}

typedef struct
{
  char *reference;
  HpHttpHandler handle;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->reference);
  g_free (wanted);
}

static gpointer
load (HpHttpShared *shared, gpointer data, GError **error)
{
  const Wanted *wanted = data;

  return hp_server_models_load (shared->models, wanted->reference, error);
}

static void
loaded (HpHttpRequest *request, gpointer data, gpointer result, GError *error)
{
  const Wanted *wanted = data;

  if (error != NULL)
    {
      hp_http_reply_failure (request, error);
      return;
    }
  request->model = hp_server_model_ref (result);
  wanted->handle (request);
}

/**
 * hp_http_with_model:
 * @request: a request without an answer
 * @reference: (nullable): a number or an alias; %NULL: the champion
 * @handle: what to do with the version, which is `request->model` then
 *
 * Calls @handle at once if the version is in memory, later if not. If there is no such version, or no champion, says
 * so.
 */
void
hp_http_with_model (HpHttpRequest *request, const char *reference, HpHttpHandler handle)
{
  HpServerModel *model = NULL;
  Wanted *wanted;

  if (reference == NULL)
    {
      model = hp_http_loop_champion (request->loop);
      request->model = model != NULL ? hp_server_model_ref (model) : NULL;
    }
  else if (hp_server_models_look_up (request->loop->shared->models, reference, &model))
    request->model = model;
  else
    {
      wanted = g_new (Wanted, 1);
      *wanted = (Wanted){ g_strdup (reference), handle };
      hp_http_run_errand (request, load, wanted, wanted_free, (GDestroyNotify) hp_server_model_unref, loaded);
      return;
    }
  if (request->model != NULL)
    handle (request);
  else
    hp_http_reply_error (request, MHD_HTTP_SERVICE_UNAVAILABLE, "no_model",
                         _ ("no model can serve yet: train one, or promote a version"));
}

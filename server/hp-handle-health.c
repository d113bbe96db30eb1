/* hp-handle-health.c - GET /health, /health/live, /health/ready
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-handlers.h"

static void
reply (HpHttpRequest *request, guint status, HpJsonWriter *writer)
{
  gsize length;
  char *text;

  hp_json_writer_end_object (writer);
  text = hp_json_writer_steal (writer, &length);
  hp_http_reply_json (request, status, text, length);
}

/* "healthy", or why not */
static const char *
get_state (HpHttpRequest *request, const HpServerModel *model, const char *well, guint *status)
{
  gboolean draining = g_atomic_int_get (&request->loop->shared->draining);

  *status = model != NULL && !draining ? MHD_HTTP_OK : MHD_HTTP_SERVICE_UNAVAILABLE;
  return draining ? "draining" : model == NULL ? "no_model" : well;
}

/**
 * hp_handle_health:
 * @request: `GET /health`
 *
 * 503 while no model can serve, and when the server is about to end.
 */
void
hp_handle_health (HpHttpRequest *request)
{
  const HpServerModel *model = hp_http_loop_champion (request->loop);
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  guint status;

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "status", get_state (request, model, "healthy", &status));
  hp_json_writer_set_boolean (writer, "model_loaded", model != NULL);
  hp_json_writer_set_string (writer, "model",
                             hp_registry_get_name (hp_server_models_get_registry (request->loop->shared->models)));
  hp_json_writer_set_string (writer, "version", model != NULL ? model->description->version : NULL);
  reply (request, status, writer);
}

/**
 * hp_handle_live:
 * @request: `GET /health/live`
 *
 * Whoever answers is alive.
 */
void
hp_handle_live (HpHttpRequest *request)
{
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "status", "alive");
  reply (request, MHD_HTTP_OK, writer);
}

/**
 * hp_handle_ready:
 * @request: `GET /health/ready`
 *
 * 503 tells a load balancer to send requests elsewhere.
 */
void
hp_handle_ready (HpHttpRequest *request)
{
  const HpServerModel *model = hp_http_loop_champion (request->loop);
  g_autoptr (HpJsonWriter) writer = hp_json_writer_new (FALSE);
  guint status;

  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "status", get_state (request, model, "ready", &status));
  reply (request, status, writer);
}

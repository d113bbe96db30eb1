/* hp-handle-valuations.c - POST /v1/valuations: houses, with all there is to say of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-handlers.h"
#include "hp-valuations.h"

static void
reply_problem (HpHttpRequest *request, HpProblem *problem)
{
  hp_problem_clear (&request->problem);
  request->problem = *problem;
  hp_problem_init (problem);
  hp_http_reply_problem (request);
}

static gboolean
value (HpHttpRequest *request, gint64 until)
{
  return hp_valuations_value (request->payload, until);
}

static void
reply (HpHttpRequest *request)
{
  HpValuations *valuations = request->payload;
  gsize length;
  char *text = hp_valuations_steal (valuations, &length);

  request->rows = valuations->n_houses;
  request->answered_by = request->model->version;
  hp_http_reply_json (request, MHD_HTTP_OK, text, length);
}

/* With request->model */
static void
start_valuing (HpHttpRequest *request)
{
  hp_valuations_set_model (request->payload, request->model);
  hp_http_job_start (request, value, reply);
}

static gboolean
scan (HpHttpRequest *request, gint64 until)
{
  return hp_valuations_scan (request->payload, until);
}

static void
find_model (HpHttpRequest *request)
{
  HpValuations *valuations = request->payload;
  const char *version = valuations->version != NULL ? valuations->version : request->version;

  if (valuations->problem.status != 0)
    reply_problem (request, &valuations->problem);
  else
    hp_http_with_model (request, version, start_valuing);
}

/**
 * hp_handle_valuations:
 * @request: `POST /v1/valuations`
 *
 * Values houses.
 */
void
hp_handle_valuations (HpHttpRequest *request)
{
  if (request->body == NULL)
    {
      hp_http_reply_error (request, MHD_HTTP_BAD_REQUEST, "bad_json", _ ("the body is empty; send {\"houses\":[…]}"));
      return;
    }
  request->payload
    = hp_valuations_new (request->body->str, request->body->len, request->loop->shared->options->max_houses);
  request->free_payload = (GDestroyNotify) hp_valuations_free;
  hp_http_job_start (request, scan, find_model);
}

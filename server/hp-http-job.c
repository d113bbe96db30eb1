/* hp-http-job.c - work that would keep other connections waiting is done in slices, in turn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-http.h"

/* How long one job may work before it is another's turn, or a request's */
#define SLICE (2 * G_TIME_SPAN_MILLISECOND)
/* Jobs of a thread; more are sent away */
#define MAX_JOBS 256
/* Of which so many are under way at a time: their answers grow in memory */
#define MAX_ACTIVE 8

/* TRUE: the last step is done, and what follows it has begun */
static gboolean
run_slice (HpHttpRequest *request)
{
  HpHttpHandler finish = request->finish;

  if (!request->step (request, g_get_monotonic_time () + SLICE))
    return FALSE;
  request->step = NULL;
  request->finish = NULL;
  finish (request);
  return TRUE;
}

/* One slice of the first; if it is not done, it goes behind those that are under way too. */
static gboolean
work (gpointer data)
{
  HpHttpLoop *loop = data;
  HpHttpRequest *request = g_queue_pop_head (&loop->jobs);

  if (request != NULL && !run_slice (request))
    g_queue_push_nth (&loop->jobs, request, MIN ((int) loop->jobs.length, MAX_ACTIVE - 1));
  else if (request != NULL && request->response != NULL)
    hp_http_resume (request);
  loop->working = loop->jobs.length > 0;
  return loop->working;
}

/**
 * hp_http_job_start:
 * @request: a request without an answer
 * @step: works for a while
 * @finish: what to do when all is done
 *
 * Does a first slice at once, which is enough for most; the rest later, in turn with others.
 */
void
hp_http_job_start (HpHttpRequest *request, HpHttpJobStep step, HpHttpHandler finish)
{
  HpHttpLoop *loop = request->loop;

  if (loop->jobs.length >= MAX_JOBS || !hp_http_loop_hold (loop, 0))
    {
      hp_http_reply_error (request, MHD_HTTP_SERVICE_UNAVAILABLE, "overload",
                           _ ("too many large requests at a time; send it again in a moment"));
      return;
    }
  request->step = step;
  request->finish = finish;
  if (run_slice (request))
    return;
  g_queue_push_tail (&loop->jobs, request);
  if (!loop->working)
    {
      /* As urgent as the sockets: neither keeps the other waiting */
      loop->working = TRUE;
      hp_http_post (loop->context, work, loop, NULL);
    }
}

/**
 * hp_http_job_drop:
 * @request: a request, perhaps with a job
 *
 * Gives the job up.
 */
void
hp_http_job_drop (HpHttpRequest *request)
{
  if (request->step == NULL)
    return;
  g_queue_remove (&request->loop->jobs, request);
  request->step = NULL;
  request->finish = NULL;
}

/* hp-http.h - the transport: threads with a loop each, connections, requests
 *
 * Every thread has a socket of its own on the same port (SO_REUSEPORT), a libmicrohttpd daemon on it that polls nothing itself, and a
 * GMainContext in which the daemon is a source among others. A connection stays with its thread, and nothing that a request touches is shared,
 * so there are no locks. What takes long is a job, done in slices between other connections' requests; what has to wait is asked of the thread
 * that watches the registry.
 *
 * libmicrohttpd parses the head of a request and frames bodies; what it is lenient about (contradictory lengths, NULs), what it does not limit
 * (the size of a body) and what it does not see (peers that drip byte after byte) is looked after here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <microhttpd.h>

#include "hp-house-reading.h"
#include "hp-problem.h"
#include "hp-server-log.h"
#include "hp-server-models.h"
#include "hp-server-options.h"
#include "hp-ulid.h"

G_BEGIN_DECLS

#define HP_HTTP_MAX_NAME 64  /* a version's name in a path */
#define HP_HTTP_MAX_ID   128
#define HP_HTTP_LARGE    (64 * 1024) /* bodies and answers beyond this are counted */

typedef struct _HpHttpLoop       HpHttpLoop;
typedef struct _HpHttpConnection HpHttpConnection;
typedef struct _HpHttpRequest    HpHttpRequest;
typedef struct _HpHttpRoute      HpHttpRoute;

/* What all threads know of the server. Never changes while they run, but for the two numbers, which are read atomically. */
typedef struct
{
  const HpServerOptions *options;
  HpServerModels        *models;
  HpServerLog           *log;
  GMainContext          *watch;       /* of the thread that may wait for disks */
  guint                  n_loops;
  guint                  max_connections; /* of all loops together */
  gint                   draining;    /* not ready for more */
  gint                   stopping;    /* every answer is its connection's last */
} HpHttpShared;

/* --- routes: hp-http-route.c */

typedef enum
{
  HP_BODY_NONE,
  HP_BODY_ONE,  /* a house: at most max_body */
  HP_BODY_MANY, /* at most max_batch_body */
} HpHttpBody;

typedef void     (*HpHttpHandler) (HpHttpRequest *request);
/* Works until then (monotonic): TRUE when all is done */
typedef gboolean (*HpHttpJobStep) (HpHttpRequest *request, gint64 until);

/* A path's segments match literally, but for one in braces, which matches a name and is handed to the handler */
struct _HpHttpRoute
{
  const char   *method;
  const char   *path;
  const char   *scope; /* (nullable) what a token will have to allow; NULL: nothing */
  HpHttpBody    body;
  HpHttpHandler handle;
  const char   *summary;
};

extern const HpHttpRoute hp_http_routes[];
extern const guint       hp_http_n_routes;

/* The route; else NULL with allow: (nullable) "GET, HEAD", the methods that the path has */
const HpHttpRoute *hp_http_route_find (const char *method, const char *path, char parameter[HP_HTTP_MAX_NAME + 1], char **allow);

/* --- requests: hp-http-request.c */

struct _HpHttpRequest
{
  HpHttpConnection  *connection;
  HpHttpLoop        *loop;
  const HpHttpRoute *route;   /* (nullable) none was found */
  const char        *method;
  gboolean           close;   /* the connection ends with the answer */
  gboolean           discard; /* the body is of no use any more */
  gboolean           suspended;

  /* The head */
  char        parameter[HP_HTTP_MAX_NAME + 1]; /* of the path */
  char        id[HP_HTTP_MAX_ID + 1];          /* of the request, as its sender calls it */
  const char *version;                         /* (nullable) that is to answer; of the query or a header */
  const char *level;                           /* (nullable) of the query */
  gboolean    explain;
  gboolean    has_body;
  gboolean    chunked;
  gboolean    expects; /* to be told whether to send the body */
  guint64     length;  /* that was announced */
  char       *allow;   /* (nullable) the path's methods, if this one is not among them */

  GString *body; /* (nullable) */
  gsize    received, body_held;

  HpProblem problem;

  /* The answer */
  guint                status;
  struct MHD_Response *response; /* (nullable) */
  gsize                sent, held; /* bytes of its body */
  HpServerModel       *model;    /* (nullable) that is to answer */
  guint                answered_by; /* version; 0: none */
  guint                rows;     /* houses */
  gpointer             payload;  /* (nullable) the handler's own, freed at the end with … */
  GDestroyNotify       free_payload;
  HpHttpJobStep        step;     /* (nullable) of the job that is under way, … */
  HpHttpHandler        finish;   /* … and what to do after the last one */
  gint64               begun;    /* when its head was there, … */
  gint64               ready;    /* … its body, … */
  gint64               replied;  /* … and the answer */
};

/* libmicrohttpd's callbacks */
enum MHD_Result hp_http_on_request   (void *loop, struct MHD_Connection *mhd, const char *url, const char *method, const char *version, const char *upload, size_t *upload_size, void **data);
void            hp_http_on_completed (void *loop, struct MHD_Connection *mhd, void **data, enum MHD_RequestTerminationCode code);
void            hp_http_resume       (HpHttpRequest *request);
/* Reads the head into the request; what is wrong with it goes to its problem: hp-http-head.c */
void            hp_http_read_head    (HpHttpRequest *request, struct MHD_Connection *mhd, const char *url, const char *version);

/* --- answers: hp-http-reply.c */

/* text: (transfer full), or copied */
void hp_http_reply_json    (HpHttpRequest *request, guint status, char *text, gsize length);
void hp_http_reply_copy    (HpHttpRequest *request, const char *text, gsize length);
/* What is wrong according to request->problem */
void hp_http_reply_problem (HpHttpRequest *request);
void hp_http_reply_error   (HpHttpRequest *request, guint status, const char *code, const char *format, ...) G_GNUC_PRINTF (4, 5);
/* A GError of the registry: 404, 500 */
void hp_http_reply_failure (HpHttpRequest *request, const GError *error);

/* --- what has to wait: hp-http-wait.c */

/* Calls func in whatever thread runs the context, as urgently as anything */
void hp_http_post (GMainContext *context, GSourceFunc func, gpointer data, GDestroyNotify destroy);

/* In the watching thread; what it returns goes to the second function, in the request's thread */
typedef gpointer (*HpHttpErrandFunc) (HpHttpShared *shared, gpointer data, GError **error);
typedef void     (*HpHttpErrandDone) (HpHttpRequest *request, gpointer data, gpointer result, GError *error);

void hp_http_run_errand (HpHttpRequest *request, HpHttpErrandFunc run, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result, HpHttpErrandDone done);
/* Calls handle with request->model set, at once or later; answers itself if there is no such version */
void hp_http_with_model (HpHttpRequest *request, const char *reference, HpHttpHandler handle);

/* --- what takes long: hp-http-job.c */

/* Calls step until all is done, then finish, which answers, begins another job, or runs an errand */
void hp_http_job_start (HpHttpRequest *request, HpHttpJobStep step, HpHttpHandler finish);
void hp_http_job_drop  (HpHttpRequest *request);

/* --- connections: hp-http-connection.c */

typedef enum
{
  HP_CONNECTION_WAITING, /* for a request, or for the rest of its head */
  HP_CONNECTION_READING, /* a body */
  HP_CONNECTION_WORKING,
  HP_CONNECTION_WRITING,
} HpHttpPhase;

struct _HpHttpConnection
{
  HpHttpLoop            *loop;
  HpHttpConnection      *previous, *next;
  struct MHD_Connection *mhd;
  int                    fd;
  HpHttpPhase            phase;
  gint64                 since;    /* when the phase began */
  gint64                 head_seen; /* waiting: since when there is a part of a head; 0: not known to be any */
  gint64                 check;    /* when to look again */
  gboolean               used;     /* there has been a request */
  gboolean               ended;    /* shut down by us */
  const char            *uri;      /* of the request that is coming, as it was received; only to be compared */
  gsize                  uri_length;
  HpHttpRequest          request;
};

void     hp_http_on_connection     (void *loop, struct MHD_Connection *mhd, void **socket_data, enum MHD_ConnectionNotificationCode code);
/* The first line of a request has come */
void    *hp_http_on_line           (void *loop, const char *uri, struct MHD_Connection *mhd);
void     hp_http_connection_enter  (HpHttpConnection *connection, HpHttpPhase phase, gint64 now);
/* Ends what takes too long; every second */
void     hp_http_connections_sweep (HpHttpLoop *loop);
/* Is any request being read, answered or written? */
gboolean hp_http_connections_busy  (HpHttpLoop *loop);

/* --- loops: hp-http-loop.c */

struct _HpHttpLoop
{
  HpHttpShared      *shared;
  guint              index;
  GMainContext      *context;
  GMainLoop         *main_loop;
  GThread           *thread;    /* (nullable) */
  struct MHD_Daemon *daemon;
  GSource           *source;    /* of the daemon */
  int                listen_fd; /* -1 when it is closed */
  gint               busy;      /* what the sweep found; read by others */
  guint              max_connections;

  HpHttpConnection *connections;
  guint             n_connections;
  gsize             held;       /* bytes of large bodies and answers */

  GQueue   jobs;                /* of HpHttpRequest */
  gboolean working;             /* on jobs */

  /* What one request after the other uses */
  HpServerModel *champion;      /* (nullable) */
  guint          generation;    /* 0: not looked yet */
  HpHouse       *house;         /* of the champion */
  guint8        *given;
  float         *features;
  GString       *text;
  GPtrArray     *spare;         /* of GString: empty bodies */
  HpUlid         ulid;
  gint64         second;        /* of the time that stands in … */
  char           time[HP_SERVER_TIME_BUFFER];
  gsize          time_length;
};

HpHttpLoop    *hp_http_loop_new      (HpHttpShared *shared, guint index, int listen_fd, GError **error);
void           hp_http_loop_resume   (HpHttpLoop *loop, struct MHD_Connection *mhd);
void           hp_http_loop_start    (HpHttpLoop *loop);
void           hp_http_loop_quiesce  (HpHttpLoop *loop); /* listens no more; any thread */
gboolean       hp_http_loop_is_busy  (HpHttpLoop *loop); /* any thread */
void           hp_http_loop_free     (HpHttpLoop *loop); /* ends what goes on */
/* The version that serves now, (transfer none) (nullable), as long as the loop's thread does not ask again */
HpServerModel *hp_http_loop_champion (HpHttpLoop *loop);
/* Now, as "2026-11-23T04:00:00Z", and in milliseconds */
const char    *hp_http_loop_time     (HpHttpLoop *loop, gsize *length, gint64 *milliseconds);
/* FALSE if the thread holds too much already */
gboolean       hp_http_loop_hold     (HpHttpLoop *loop, gsize bytes);
void           hp_http_loop_release  (HpHttpLoop *loop, gsize bytes);
GString       *hp_http_loop_take_body  (HpHttpLoop *loop);
void           hp_http_loop_return_body (HpHttpLoop *loop, GString *body);

G_END_DECLS

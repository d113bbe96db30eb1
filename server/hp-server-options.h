/* hp-server-options.h - how a server is to run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HP_SERVER_DEFAULT_PORT 8000

/* All times in seconds */
typedef struct
{
  char    *registry;        /* (nullable) folder of versions; NULL: the default one */
  char    *name;            /* (nullable) of the model */
  char    *bind;            /* address to listen on */
  guint    port;            /* 0: any that is free */
  guint    threads;         /* 0: as many as there are processors */
  double   drain_delay;     /* how long a server that was told to stop goes on accepting */
  double   drain_timeout;   /* after how long it ends whatever is in flight */
  gsize    max_body;        /* bytes of a request */
  gsize    max_batch_body;  /* bytes of a request of many houses */
  guint    max_houses;      /* in such a request */
  guint    max_connections; /* of all threads together */
  double   idle_timeout;    /* of a connection on which nothing happens */
  double   header_timeout;  /* for the head of a request once it has begun */
  double   body_grace;      /* before a body, or the reading of an answer, has to come along at min_rate */
  double   min_rate;        /* bytes a second */
  double   poll_interval;   /* between two looks for a new champion */
  double   slow;            /* a request that takes longer to answer is logged */
  gboolean log_requests;    /* log all of them */
  int      log_fd;          /* where the log goes */
} HpServerOptions;

typedef enum
{
  HP_SERVER_RUN,
  HP_SERVER_SHOW_HELP,
  HP_SERVER_SHOW_VERSION,
} HpServerTask;

void     hp_server_options_init  (HpServerOptions *options);
void     hp_server_options_clear (HpServerOptions *options);
/* Reads a command line; HP_ERROR_USAGE */
gboolean hp_server_options_parse (HpServerOptions *options, char **argv, HpServerTask *task, GError **error);
char    *hp_server_options_help  (void); /* (transfer full) */

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HpServerOptions, hp_server_options_clear)

G_END_DECLS

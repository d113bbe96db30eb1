/* fault-proxy.h - stands between a client and a server, and fails in the ways that networks and servers fail
 *
 * It listens on a port of 127.0.0.1 in a thread of its own and relays to a server until it is told otherwise. The port
 * stays its own whatever the mode: a server that was refused comes back at the same address.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What becomes of new connections, and of those there are: "killed" is reset, "stalled" hears nothing more. Modes that
 * answer do so when the request has come as a whole, at once for one that is out. */
typedef enum
{
  FAULT_PASS,       /* relays; what was open before and was killed stays so */
  FAULT_REFUSE,     /* nobody listens; killed */
  FAULT_RESET,      /* accepts and resets; killed */
  FAULT_BLACKHOLE,  /* accepts, reads, never answers; stalled */
  FAULT_BACKLOG,    /* the queue of connections is full: connecting takes for ever; stalled */
  FAULT_GARBAGE,    /* bytes that are no HTTP, then the end */
  FAULT_SLOW,       /* the server's answer, a byte at a time; see fault_proxy_set_delay() */
  FAULT_TRUNCATE,   /* the end comes before Content-Length is reached */
  FAULT_HALF_CLOSE, /* reads on, but has closed its own side without an answer */
  FAULT_ERROR_500,  /* application/problem+json, by a server that goes on */
  FAULT_ERROR_503,  /* the same, with Retry-After */
  FAULT_NOT_JSON,   /* 200 with a page for people, as a hotel's network gives */
  FAULT_WRONG_JSON, /* 200 with JSON of another shape */
  FAULT_HUGE,       /* 200 with a body that never ends */
  FAULT_N_MODES
} FaultMode;

typedef struct _FaultProxy FaultProxy;

/* port: of the proxy, 0 for any */
FaultProxy *fault_proxy_new          (const char *to_host, guint16 to_port, guint16 port, GError **error);
void        fault_proxy_free         (FaultProxy *proxy);
guint16     fault_proxy_get_port     (FaultProxy *proxy);
const char *fault_proxy_get_url      (FaultProxy *proxy);     /* "http://127.0.0.1:PORT" */
/* Holds for every connection when it returns */
void        fault_proxy_set_mode     (FaultProxy *proxy, FaultMode mode);
void        fault_proxy_set_delay    (FaultProxy *proxy, guint milliseconds); /* between two bytes of a slow answer; 20 */
guint       fault_proxy_get_accepted (FaultProxy *proxy);     /* connections so far */
/* Waits until so many connections were accepted since the proxy was made: a test knows then that its client is there */
void        fault_proxy_wait_for     (FaultProxy *proxy, guint accepted);

const char *fault_mode_to_name       (FaultMode mode);        /* "half-close" */
gboolean    fault_mode_from_name     (const char *name, FaultMode *mode);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultProxy, fault_proxy_free)

G_END_DECLS

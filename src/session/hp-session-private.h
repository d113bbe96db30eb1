/* hp-session-private.h - what the parts of a session know of each other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-session.h"

G_BEGIN_DECLS

#define HP_SESSION_MAX_ROWS       100000
#define HP_SESSION_MAX_VALUATIONS 64
#define HP_SESSION_SUFFIX         ".hpsession"

/* What is known of the file, shared with the threads that write it */
typedef struct
{
  GMutex lock;
  char *path;       /* (nullable) */
  char *sha256;     /* (nullable) of what it was when it was read or written last; NULL: there was none */
  guint64 revision; /* of the session that was written last */
} HpSessionSeen;

HpSessionSeen *_hp_session_seen_new (const char *path, const char *sha256);
HpSessionSeen *_hp_session_seen_ref (HpSessionSeen *seen);
void _hp_session_seen_unref (HpSessionSeen *seen);

/* The copy that survives a crash */
typedef struct _HpSessionCopy HpSessionCopy;

void _hp_session_copy_unref (HpSessionCopy *copy);

struct _HpSession
{
  GObject parent_instance;

  HpSessionClock clock;
  gpointer clock_data;

  GPtrArray *houses; /* (element-type HpSessionHouse) */
  guint next_house;  /* more than the number of any id that was given */
  char *model;       /* (nullable) */
  char **versions;
  HpSessionData data; /* path: (nullable) */
  JsonObject *data_rest;
  char *notes;
  HpSessionView view;
  JsonObject *view_rest;
  HpAudit *audit;
  gint64 created, changed;
  JsonObject *rest;

  char *path; /* (nullable) */
  gboolean modified;
  guint64 revision; /* of the content */
  HpSessionSeen *seen;
  HpSessionCopy *copy; /* (nullable) */
};

/* (transfer full), all but the valuations and rest */
HpSessionHouse *_hp_session_house_new (const char *id, const char *name, const char *note, const HpQuestion *question);
HpSessionHouse *_hp_session_house_copy (HpSessionHouse *house, const char *id, const char *name);
HpSessionHouse *_hp_session_house_from_json (JsonObject *object, GError **error);
void _hp_session_house_write_json (HpSessionHouse *house, HpJsonWriter *writer);

/* Something was done: time, revision, modified, signal */
void _hp_session_touch (HpSession *session);
void _hp_session_tell_decided (HpSession *session, HpSessionHouse *house);
void _hp_session_note_id (HpSession *session, const char *id);
/* At the end or in between, connected; house: (transfer full). Tells nobody */
void _hp_session_insert_house (HpSession *session, guint position, HpSessionHouse *house);
void _hp_session_data_clear (HpSessionData *data);
void _hp_session_view_clear (HpSessionView *view);
void _hp_session_set_path (HpSession *session, const char *path);
void _hp_session_set_modified (HpSession *session, gboolean modified);

/* recovery: with what a copy has to know of the original */
char *_hp_session_to_json (HpSession *session, const char *folder, gboolean recovery, gsize *length);

/* What is written by a thread: the beginning of structures that have the rest */
typedef struct
{
  gboolean (*run) (gpointer job, GError **error);    /* writes it, in any thread */
  void (*done) (HpSession *session, gpointer job);   /* (nullable) what the session has to know of it, in its own */
} HpSessionJob;

/* task: (transfer full) of the session; job: (transfer full), without the session. Once it is written task says so, whoever
 * lost interest */
void _hp_session_write_in_thread (GTask *task, HpSessionJob *job, GDestroyNotify free_job, GCancellable *cancellable);

G_END_DECLS

/* hp-session.h - a saved piece of an analyst's work: *.hpsession
 *
 * Which versions on which data, the houses that were valued and what was decided about them, notes, and where one was. A
 * GListModel of its houses. The file is JSON, "format": 1; members that this program does not know are kept, a later format is refused.
 * hp-session-file.h loads and saves it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-audit.h"
#include "hp-session-house.h"

G_BEGIN_DECLS

#define HP_SESSION_MAX_HOUSES   10000
#define HP_SESSION_MAX_VERSIONS 8
#define HP_SESSION_MAX_BYTES    (16 * 1024 * 1024)

/* The sales that the versions are held against */
typedef struct
{
  char   *path;     /* absolute; in the file relative to it if it is beneath its folder */
  char   *sha256;   /* (nullable) when it was last used */
  gint64  rows;     /* -1: not known */
} HpSessionData;

/* Where one was; all (nullable) */
typedef struct
{
  char   *page;     /* "residuals" */
  char   *chart;    /* a kind of chart: "residuals-fitted" */
  char   *segment;  /* "location=North Ames" */
  GArray *rows;     /* (element-type guint64) selected sales */
} HpSessionView;

/* Seconds since 1970 */
typedef gint64 (*HpSessionClock) (gpointer data);

#define HP_TYPE_SESSION (hp_session_get_type ())
G_DECLARE_FINAL_TYPE (HpSession, hp_session, HP, SESSION, GObject)

/* Properties, to be read: "modified" (boolean): there is something to be saved; "path" (string, nullable): its file.
 * Signals: "changed": anything is another, houses and their fields too; "decided" (HpSessionHouse): the audit trail has grown.
 * GListModel::items-changed: of the houses. Setters do nothing if nothing is another; text that is too long is cut. */
HpSession       *hp_session_new            (void);
/* NULL: the computer's. What tells the times of all that follows */
void             hp_session_set_clock      (HpSession *session, HpSessionClock clock, gpointer data);
gint64           hp_session_get_time       (HpSession *session);
gboolean         hp_session_get_modified   (HpSession *session);
const char      *hp_session_get_path       (HpSession *session); /* (nullable) */
gint64           hp_session_get_created    (HpSession *session);
gint64           hp_session_get_changed    (HpSession *session); /* the last change */

const char      *hp_session_get_model      (HpSession *session); /* (nullable) name in the registry; NULL: the default */
void             hp_session_set_model      (HpSession *session, const char *model);
const char *const *hp_session_get_versions (HpSession *session); /* numbers or aliases; NULL-terminated, may be empty */
void             hp_session_set_versions   (HpSession *session, const char *const *versions);
const HpSessionData *hp_session_get_data   (HpSession *session); /* (nullable) NULL: the versions' own hold-out sales */
/* path: NULL for none; sha256: (nullable). HP_ERROR_BAD_DATA: path is not UTF-8 */
gboolean         hp_session_set_data       (HpSession *session, const char *path, const char *sha256, gint64 rows, GError **error);
const char      *hp_session_get_notes      (HpSession *session);
void             hp_session_set_notes      (HpSession *session, const char *notes);
const HpSessionView *hp_session_get_view   (HpSession *session);
/* A view is no piece of work: it is saved, but does not make the session modified */
void             hp_session_set_view       (HpSession *session, const HpSessionView *view);

guint            hp_session_get_n_houses   (HpSession *session);
HpSessionHouse  *hp_session_get_house      (HpSession *session, guint position);     /* (transfer none) */
/* By id, else by name, whatever its case; (transfer none) (nullable) */
HpSessionHouse  *hp_session_find_house     (HpSession *session, const char *id_or_name);
gboolean         hp_session_get_position   (HpSession *session, HpSessionHouse *house, guint *position);
/* At the end; name: NULL for "House 3"; question: (nullable). (transfer none), NULL: there are HP_SESSION_MAX_HOUSES already */
HpSessionHouse  *hp_session_add_house      (HpSession *session, const char *name, const HpQuestion *question);
/* Behind the original, "12 Elm St (copy)", with its valuations and without its decision */
HpSessionHouse  *hp_session_duplicate_house (HpSession *session, HpSessionHouse *house);
/* (transfer full): to be put back where it was, if that is regretted */
HpSessionHouse  *hp_session_remove_house   (HpSession *session, HpSessionHouse *house, guint *position);
void             hp_session_restore_house  (HpSession *session, HpSessionHouse *house, guint position);

/* Decisions. author: NULL for the name of who is logged in. The house must be one of the session. */
const HpAudit   *hp_session_get_audit      (HpSession *session);
/* The price that a version said */
gboolean         hp_session_accept         (HpSession *session, HpSessionHouse *house, const char *version, const char *reason /* (nullable) */, const char *author, GError **error);
/* Another price; a reason is needed. version: (nullable) whose price is overridden. HP_ERROR_USAGE */
gboolean         hp_session_override       (HpSession *session, HpSessionHouse *house, double price, const char *version, const char *reason, const char *author, GError **error);
gboolean         hp_session_withdraw       (HpSession *session, HpSessionHouse *house, const char *reason, const char *author, GError **error);
const HpAuditEntry *hp_session_get_decision (HpSession *session, HpSessionHouse *house); /* (nullable) */
/* The decision was made of the attributes that the house has now */
gboolean         hp_session_is_decision_current (HpSession *session, HpSessionHouse *house);

/* folder: (nullable) where the file is, for relative paths. name is used in messages. HP_ERROR_BAD_DATA, also for a later format */
HpSession       *hp_session_from_json      (const char *text, gsize length, const char *name, const char *folder, GError **error);
char            *hp_session_to_json        (HpSession *session, const char *folder, gsize *length);

G_END_DECLS

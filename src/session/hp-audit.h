/* hp-audit.h - who accepted or overrode which price, and why: a trail that only grows
 *
 * Each entry holds the SHA-256 of the one before it and of itself, so that an entry that was changed, taken out or put in between is
 * noticed. It is no signature: whoever writes the whole trail anew is not. A trail that is not sound is still read, kept as it
 * is, and said to be so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-question.h"

G_BEGIN_DECLS

typedef enum
{
  HP_AUDIT_ACCEPT,
  HP_AUDIT_OVERRIDE,
  HP_AUDIT_WITHDRAW, /* what was decided before no longer holds */
  HP_AUDIT_OTHER,    /* something that a later program does */
} HpAuditAction;

/* Never changed. Strings are never NULL. */
typedef struct
{
  HpAuditAction action;
  char         *house;         /* id; the house may be gone */
  char         *name;          /* what it was called */
  HpQuestion   *question;      /* its attributes and as-of date then */
  double        price;         /* what was decided; NaN: nothing */
  double        predicted;     /* what the version said; NaN: not known */
  char         *version;
  char         *reason, *author;
  gint64        when;          /* seconds since 1970 */
  char         *hash;
  gboolean      sound;         /* hash is its own, and it follows the one before it */
  JsonNode     *node;          /* as it stands in the file */
} HpAuditEntry;

typedef struct _HpAudit HpAudit;

HpAudit            *hp_audit_new          (void);
void                hp_audit_free         (HpAudit *audit);
guint               hp_audit_get_n        (const HpAudit *audit);
const HpAuditEntry *hp_audit_get          (const HpAudit *audit, guint index);
/* The last entry about a house; HP_AUDIT_WITHDRAW and none at all are NULL */
const HpAuditEntry *hp_audit_get_decision (const HpAudit *audit, const char *house); /* (nullable) */
/* What is wrong with the trail, for people; NULL: nothing */
const char         *hp_audit_get_problem  (const HpAudit *audit);
/* The fields of entry but hash, sound and node are copied; (transfer none) what was added; NULL: it is full */
const HpAuditEntry *hp_audit_add          (HpAudit *audit, const HpAuditEntry *entry);
const char         *hp_audit_action_name  (HpAuditAction action);      /* "accept" … */

HpAudit            *hp_audit_from_json    (JsonObject *object, GError **error); /* HP_ERROR_BAD_DATA */
void                hp_audit_write_json   (const HpAudit *audit, HpJsonWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpAudit, hp_audit_free)

G_END_DECLS

/* hp-members-private.h - members of a session's objects, with limits; and those that nobody asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-json.h"
#include "hp-question.h"

G_BEGIN_DECLS

/* Bytes of a name (of a house, an attribute, a version), of a text (a note, a reason), of an id */
#define HP_MEMBERS_MAX_NAME 1000
#define HP_MEMBERS_MAX_TEXT 65536
#define HP_MEMBERS_MAX_ID   64

#define HP_MEMBERS_MAX_ATTRIBUTES 1000
#define HP_MEMBERS_MAX_TIME       G_GINT64_CONSTANT (253402300799) /* the end of 9999 */

/* Absent or null: *value is NULL, or an error if it is required. (transfer full) */
gboolean _hp_members_get_text (JsonObject *object, const char *member, gsize max_bytes, gboolean required, char **value,
                               GError **error);
/* Absent or null: NaN, or an error if it is required */
gboolean _hp_members_get_number (JsonObject *object, const char *member, gboolean required, double *value,
                                 GError **error);
/* ISO 8601; absent or null: 0 */
gboolean _hp_members_get_time (JsonObject *object, const char *member, gint64 *value, GError **error);
/* Absent or null: *value is NULL; (transfer none) */
gboolean _hp_members_get_object (JsonObject *object, const char *member, JsonObject **value, GError **error);
/* The same, and no more than max_elements */
gboolean _hp_members_get_array (JsonObject *object, const char *member, guint max_elements, JsonArray **value,
                                GError **error);
/* "attributes" and "as_of" into a question */
gboolean _hp_members_get_question (JsonObject *object, HpQuestion *question, GError **error);
/* An id: letters, digits, - and _ */
gboolean _hp_members_is_id (const char *text);
/* The members that are none of known, which ends with NULL; (transfer full) (nullable) */
JsonObject *_hp_members_rest (JsonObject *object, const char *const *known);

void _hp_members_set_time (HpJsonWriter *writer, const char *member, gint64 value);      /* 0: nothing */
void _hp_members_set_text (HpJsonWriter *writer, const char *member, const char *value); /* NULL: nothing */
void _hp_members_set_number (HpJsonWriter *writer, const char *member, double value);    /* NaN: nothing */
void _hp_members_set_question (HpJsonWriter *writer, const HpQuestion *question);
void _hp_members_write_rest (HpJsonWriter *writer, JsonObject *rest); /* (nullable) */

/* Valid UTF-8 of at most max_bytes, whole characters; (transfer full) */
char *_hp_members_cut (const char *text, gsize max_bytes);

G_END_DECLS

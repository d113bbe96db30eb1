/* hp-json.h - JSON in and out, with limits
 *
 * Documents (manifests, metrics, settings) are read into json-glib's tree after a scan that
 * refuses what json-glib mishandles: nesting, duplicate keys, numbers that overflow, no value at all.
 * Large numeric files (models) are pulled value by value through #HpJsonReader, which builds no tree.
 * Everything is written by #HpJsonWriter: shortest round-trip numbers, stable order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define HP_JSON_MAX_DEPTH 64

/* name is used in messages: "NAME:LINE:COLUMN: ...". All errors are HP_ERROR_BAD_DATA. */
JsonNode   *hp_json_parse          (const char *text, gsize length, gsize max_bytes, const char *name, GError **error);

/* Typed access to members; a missing or ill-typed member is HP_ERROR_BAD_DATA naming it. */
gboolean    hp_json_get_string     (JsonObject *object, const char *member, const char **value, GError **error);
gboolean    hp_json_get_double     (JsonObject *object, const char *member, double *value, GError **error); /* integers too */
gboolean    hp_json_get_int        (JsonObject *object, const char *member, gint64 min, gint64 max, gint64 *value, GError **error);
gboolean    hp_json_get_boolean    (JsonObject *object, const char *member, gboolean *value, GError **error);
JsonObject *hp_json_get_object     (JsonObject *object, const char *member, GError **error);
JsonArray  *hp_json_get_array      (JsonObject *object, const char *member, GError **error);

/* Pull reader. After any failure every call fails and the error is kept; check once at the end or often. */
typedef struct _HpJsonReader HpJsonReader;

HpJsonReader *hp_json_reader_new          (const char *text, gsize length, const char *name); /* text must outlive it */
void          hp_json_reader_free         (HpJsonReader *reader);
void          hp_json_reader_allow_infinite (HpJsonReader *reader); /* NaN, Infinity, -Infinity are numbers, as some libraries write them */
/* '{' '[' 's'tring 'n'umber 't'rue 'f'alse 'z' null, 0 at the end or after a failure */
char          hp_json_reader_peek         (HpJsonReader *reader);
gboolean      hp_json_reader_begin_object (HpJsonReader *reader);
/* TRUE and the key (valid until the next call), or FALSE at '}' (consumed) or failure */
gboolean      hp_json_reader_next_member  (HpJsonReader *reader, const char **key);
gboolean      hp_json_reader_begin_array  (HpJsonReader *reader);
gboolean      hp_json_reader_next_element (HpJsonReader *reader);                     /* FALSE at ']' (consumed) or failure */
gboolean      hp_json_reader_string       (HpJsonReader *reader, const char **value); /* valid until the next call */
gboolean      hp_json_reader_number       (HpJsonReader *reader, double *value);
gboolean      hp_json_reader_integer      (HpJsonReader *reader, gint64 min, gint64 max, gint64 *value);
gboolean      hp_json_reader_boolean      (HpJsonReader *reader, gboolean *value);
gboolean      hp_json_reader_skip         (HpJsonReader *reader);
/* Whole arrays of numbers, appended; fails beyond max_elements. Fast: the model loader lives on these. */
gboolean      hp_json_reader_floats       (HpJsonReader *reader, GArray *floats, gsize max_elements);   /* of gfloat */
gboolean      hp_json_reader_int32s       (HpJsonReader *reader, GArray *int32s, gint64 min, gint64 max, gsize max_elements);
/* Fails the reader at the present position, for errors of meaning */
void          hp_json_reader_fail         (HpJsonReader *reader, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean      hp_json_reader_end          (HpJsonReader *reader, GError **error);     /* TRUE if all was read without failure */
gboolean      hp_json_reader_failed       (HpJsonReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpJsonReader, hp_json_reader_free)

/* Writer. Commas, quoting and escapes are its business; misuse is a programming error (g_assert). */
typedef struct _HpJsonWriter HpJsonWriter;

HpJsonWriter *hp_json_writer_new          (gboolean pretty);                /* two-space indentation, or one line */
void          hp_json_writer_free         (HpJsonWriter *writer);
void          hp_json_writer_begin_object (HpJsonWriter *writer);
void          hp_json_writer_end_object   (HpJsonWriter *writer);
void          hp_json_writer_begin_array  (HpJsonWriter *writer);           /* arrays of scalars stay on one line when pretty */
void          hp_json_writer_end_array    (HpJsonWriter *writer);
void          hp_json_writer_key          (HpJsonWriter *writer, const char *key);
void          hp_json_writer_string       (HpJsonWriter *writer, const char *value); /* NULL is null; invalid UTF-8 becomes U+FFFD */
void          hp_json_writer_double       (HpJsonWriter *writer, double value);      /* not finite is null */
void          hp_json_writer_float        (HpJsonWriter *writer, float value);
void          hp_json_writer_int          (HpJsonWriter *writer, gint64 value);
void          hp_json_writer_boolean      (HpJsonWriter *writer, gboolean value);
void          hp_json_writer_null         (HpJsonWriter *writer);
void          hp_json_writer_node         (HpJsonWriter *writer, JsonNode *node);    /* a json-glib tree */
/* key and value at once */
void          hp_json_writer_set_string   (HpJsonWriter *writer, const char *key, const char *value);
void          hp_json_writer_set_double   (HpJsonWriter *writer, const char *key, double value);
void          hp_json_writer_set_int      (HpJsonWriter *writer, const char *key, gint64 value);
void          hp_json_writer_set_boolean  (HpJsonWriter *writer, const char *key, gboolean value);
char         *hp_json_writer_steal        (HpJsonWriter *writer, gsize *length);     /* (transfer full); pretty ends with a newline */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpJsonWriter, hp_json_writer_free)

G_END_DECLS

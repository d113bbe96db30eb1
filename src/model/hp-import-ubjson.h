/* hp-import-ubjson.h - UBJSON pulled value by value from memory
 *
 * The calls are those of #HpJsonReader and behave alike: after any failure every call fails and the first error is kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HP_UBJSON_MAX_DEPTH 64

typedef struct _HpUbjsonReader HpUbjsonReader;

HpUbjsonReader *hp_ubjson_reader_new          (const guint8 *data, gsize length, const char *name); /* data must outlive it */
void            hp_ubjson_reader_free         (HpUbjsonReader *reader);
char            hp_ubjson_reader_peek         (HpUbjsonReader *reader); /* as hp_json_reader_peek() */
gboolean        hp_ubjson_reader_begin_object (HpUbjsonReader *reader);
gboolean        hp_ubjson_reader_next_member  (HpUbjsonReader *reader, const char **key);
gboolean        hp_ubjson_reader_begin_array  (HpUbjsonReader *reader);
gboolean        hp_ubjson_reader_next_element (HpUbjsonReader *reader);
gboolean        hp_ubjson_reader_string       (HpUbjsonReader *reader, const char **value);
gboolean        hp_ubjson_reader_number       (HpUbjsonReader *reader, double *value); /* NaN and infinity too */
gboolean        hp_ubjson_reader_integer      (HpUbjsonReader *reader, gint64 min, gint64 max, gint64 *value);
gboolean        hp_ubjson_reader_boolean      (HpUbjsonReader *reader, gboolean *value);
gboolean        hp_ubjson_reader_skip         (HpUbjsonReader *reader);
void            hp_ubjson_reader_fail         (HpUbjsonReader *reader, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean        hp_ubjson_reader_end          (HpUbjsonReader *reader, GError **error);
gboolean        hp_ubjson_reader_failed       (HpUbjsonReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpUbjsonReader, hp_ubjson_reader_free)

G_END_DECLS

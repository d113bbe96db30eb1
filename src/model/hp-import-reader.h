/* hp-import-reader.h - one way to pull values out of JSON and UBJSON
 *
 * The calls are those of #HpJsonReader. JSON may say NaN and Infinity here, as XGBoost does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HpImportReader HpImportReader;

/* UBJSON if is_ubjson, else JSON; data must outlive the reader */
HpImportReader *hp_import_reader_new          (const char *data, gsize length, gboolean is_ubjson, const char *name);
void            hp_import_reader_free         (HpImportReader *reader);
char            hp_import_reader_peek         (HpImportReader *reader);
gboolean        hp_import_reader_begin_object (HpImportReader *reader);
gboolean        hp_import_reader_next_member  (HpImportReader *reader, const char **key);
gboolean        hp_import_reader_begin_array  (HpImportReader *reader);
gboolean        hp_import_reader_next_element (HpImportReader *reader);
gboolean        hp_import_reader_string       (HpImportReader *reader, const char **value);
gboolean        hp_import_reader_number       (HpImportReader *reader, double *value);
gboolean        hp_import_reader_skip         (HpImportReader *reader);
void            hp_import_reader_fail         (HpImportReader *reader, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean        hp_import_reader_failed       (HpImportReader *reader);
gboolean        hp_import_reader_end          (HpImportReader *reader, GError **error);

/* An integer, or a boolean as 0 or 1; what 32 bits can't hold becomes the nearest that they can, which is out of any range */
gboolean        hp_import_reader_integer      (HpImportReader *reader, gint32 *value);
/* Arrays, appended; fail beyond max_elements */
gboolean        hp_import_reader_int32s       (HpImportReader *reader, GArray *int32s, gsize max_elements);
gboolean        hp_import_reader_int64s       (HpImportReader *reader, GArray *int64s, gsize max_elements);
gboolean        hp_import_reader_floats       (HpImportReader *reader, GArray *floats, gsize max_elements); /* NaN and infinity too */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpImportReader, hp_import_reader_free)

G_END_DECLS

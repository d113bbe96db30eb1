/* hp-csv.h - CSV records, streaming, with positions
 *
 * RFC 4180 quoting, LF, CRLF or CR line ends, a UTF-8 byte order mark, UTF-8 text. Memory is bounded by one
 * record. A broken record (wrong number of fields, bad UTF-8, stray quote, too long) is reported with file:line:column
 * and reading can go on with the next; an unterminated quote or an I/O error ends it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HP_CSV_MAX_FIELD   (1 << 20)  /* bytes */
#define HP_CSV_MAX_RECORD  (16 << 20) /* bytes */
#define HP_CSV_MAX_COLUMNS 4096

typedef struct
{
  const char *text;   /* unquoted, UTF-8, not NUL-terminated; valid until the next record is read */
  guint32     length;
  guint32     column; /* where it starts in its line, in characters, from 1 */
} HpCsvField;

typedef enum
{
  HP_CSV_END,
  HP_CSV_RECORD,
  HP_CSV_BAD,   /* error set (HP_ERROR_BAD_DATA); the next call reads on after this record */
  HP_CSV_FAILED /* error set; reading is over */
} HpCsvResult;

typedef struct _HpCsvReader HpCsvReader;

/* The header record is read at once: names trimmed, empty or duplicate names are errors. path "-" is standard input. */
HpCsvReader       *hp_csv_reader_open            (const char *path, GError **error);
HpCsvReader       *hp_csv_reader_new_for_memory  (const char *text, gsize length, const char *name, GError **error);
void               hp_csv_reader_free            (HpCsvReader *reader);
const char        *hp_csv_reader_get_name        (HpCsvReader *reader);
const char *const *hp_csv_reader_get_columns     (HpCsvReader *reader);                    /* NULL-terminated */
guint              hp_csv_reader_get_n_columns   (HpCsvReader *reader);
int                hp_csv_reader_find_column     (HpCsvReader *reader, const char *column); /* exact, else by hp_text_key(); -1 */
/* A RECORD always has exactly n_columns fields. Blank lines are passed over. */
HpCsvResult        hp_csv_reader_next            (HpCsvReader *reader, GError **error);
const HpCsvField  *hp_csv_reader_get_fields      (HpCsvReader *reader);
guint64            hp_csv_reader_get_line        (HpCsvReader *reader);                    /* where the record began, from 1 */
guint64            hp_csv_reader_get_offset      (HpCsvReader *reader);                    /* bytes consumed, for progress */
guint64            hp_csv_reader_get_size        (HpCsvReader *reader);                    /* file's size, 0 if unknown */
/* SHA-256 (hex) of all the bytes read; only after HP_CSV_END and if enabled before the first hp_csv_reader_next() */
void               hp_csv_reader_enable_checksum (HpCsvReader *reader);
const char        *hp_csv_reader_get_checksum    (HpCsvReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpCsvReader, hp_csv_reader_free)

/* Is this field a spelling of "missing"? (empty, NA, N/A, NaN, null, none, -, ?, . ; any case, outer spaces) */
gboolean hp_csv_is_missing     (const char *text, gsize length);
/* Appends one field quoted when needed; with neutralise, text that starts with = + - @ TAB or CR (and is not a number) gets a ' in front. */
void     hp_csv_append_field   (GString *line, const char *text, gssize length, gboolean neutralise);

G_END_DECLS

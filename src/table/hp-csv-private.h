/* hp-csv-private.h - the CSV reader's insides, shared by its files and by the table loader
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-csv.h"

G_BEGIN_DECLS

/* What is wrong with a record, apart from the "file:line:column: " that a GError carries in front */
typedef struct
{
  const char *code;   /* static: "ragged_row", "bad_quote", "bad_encoding", "nul_byte", "too_long"; NULL: nothing */
  guint64     line;   /* from 1 */
  guint64     column; /* in characters, from 1 */
  char       *message;
} HpCsvProblem;

struct _HpCsvReader
{
  char *name;
  int   fd;       /* -1: memory */
  gboolean own_fd;

  /* The window: data[pos, end) is unread. Memory: the caller's text; a file: buffer. */
  const char *data;
  char       *buffer;
  gsize       capacity;
  gsize       pos, end;
  guint64     dropped; /* bytes that were in front of data[0] */
  guint64     size;
  gboolean    eof;     /* nothing follows data[end) */
  gboolean    skipping; /* the rest of an overlong record is being thrown away */
  gboolean    failed;

  guint64 line;         /* of data[pos] */
  guint64 record_line;  /* where the last record began */
  const char *record;   /* its first byte */
  gsize   record_bytes;
  gboolean multi_line;  /* it has a line end within quotes */

  HpCsvField *fields;
  guint       max_fields; /* room in fields */
  guint       n_fields;   /* found in the last record, more than max_fields if it has more */
  GArray     *escaped;    /* (element-type guint32) fields with doubled quotes */
  GString    *scratch;    /* their unquoted text */

  char      **columns;
  guint       n_columns;
  GHashTable *keys;       /* hp_text_key() → index + 1 */

  GChecksum   *checksum;
  HpCsvProblem problem;
};

typedef enum
{
  HP_CSV_SCAN_RECORD, /* a record; problem may be set */
  HP_CSV_SCAN_BLANK,  /* a blank line was passed over */
  HP_CSV_SCAN_MORE,   /* the window ends within the record */
  HP_CSV_SCAN_END,
  HP_CSV_SCAN_OPEN    /* the window, or what a record may hold, ends within quotes; problem is set */
} HpCsvScan;

HpCsvScan           _hp_csv_scan        (HpCsvReader *reader);
void                _hp_csv_set_problem (HpCsvReader *reader, const char *code, guint64 line, guint64 column,
                                         const char *format, ...) G_GNUC_PRINTF (5, 6);
/* After HP_CSV_BAD: what was wrong; valid until the next call */
const HpCsvProblem *_hp_csv_get_problem (HpCsvReader *reader);
/* The line on which a field of this record starts: not the record's when an earlier field holds line ends */
guint64             _hp_csv_field_line  (HpCsvReader *reader, guint field);

G_END_DECLS

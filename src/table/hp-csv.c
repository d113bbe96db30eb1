/* hp-csv.c - the CSV reader: opening, refilling, the header, one record after the other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "hp-csv-private.h"
#include "hp-error.h"
#include "hp-text.h"

#define FIRST_CAPACITY (256 << 10)
/* One more than a record may have, so that "too long" and "ends exactly here" differ */
#define MAX_CAPACITY (HP_CSV_MAX_RECORD + FIRST_CAPACITY)

void
_hp_csv_set_problem (HpCsvReader *self, const char *code, guint64 line, guint64 column, const char *format, ...)
{
  va_list args;

  if (self->problem.code != NULL) /* the first one is the cause of the others */
    return;
  va_start (args, format);
  self->problem.message = g_strdup_vprintf (format, args);
  va_end (args);
  self->problem.code = code;
  self->problem.line = line;
  self->problem.column = column;
}

const HpCsvProblem *
_hp_csv_get_problem (HpCsvReader *self)
{
  return &self->problem;
}

static void
set_error_from_problem (HpCsvReader *self, GError **error)
{
  hp_set_error (error, HP_ERROR_BAD_DATA, NULL, "%s:%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT ": %s", self->name,
                self->problem.line, self->problem.column, self->problem.message);
}

/* Reads at least one byte more, and at least as much as is pending, so that scanning a long record again and again
 * stays linear. FALSE: error. */
static gboolean
refill (HpCsvReader *self, gboolean keep, GError **error)
{
  gsize pending = self->end - self->pos, got = 0;

  if (!keep && self->pos > 0)
    {
      memmove (self->buffer, self->buffer + self->pos, pending);
      self->dropped += self->pos;
      self->pos = 0;
      self->end = pending;
    }
  if (self->capacity - self->end < MAX (pending, 1) && self->capacity < MAX_CAPACITY)
    {
      self->capacity = MIN (MAX (self->capacity * 2, FIRST_CAPACITY), MAX_CAPACITY);
      self->buffer = g_realloc (self->buffer, self->capacity);
    }
  self->data = self->buffer;
  do
    {
      gssize n = read (self->fd, self->buffer + self->end, self->capacity - self->end);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          hp_set_error_errno (error, errno, self->name, _ ("can't read"));
          return FALSE;
        }
      if (n == 0)
        {
          self->eof = TRUE;
          break;
        }
      if (self->checksum != NULL)
        g_checksum_update (self->checksum, (const guchar *) self->buffer + self->end, n);
      self->end += n;
      got += n;
    }
  while (got < pending && self->end < self->capacity);
  return TRUE;
}

/* Throws away the rest of an overlong record. FALSE: error or, with eof set, nothing left. */
static gboolean
skip_record (HpCsvReader *self, GError **error)
{
  for (;;)
    {
      while (self->pos < self->end)
        {
          char c = self->data[self->pos];

          if (c == '\r' && self->pos + 1 == self->end && !self->eof)
            break;
          self->pos++;
          if (c == '\r' && self->pos < self->end && self->data[self->pos] == '\n')
            self->pos++;
          if (c == '\r' || c == '\n')
            {
              self->line++;
              self->skipping = FALSE;
              return TRUE;
            }
        }
      if (self->eof)
        return FALSE;
      if (!refill (self, FALSE, error))
        {
          self->failed = TRUE;
          return FALSE;
        }
    }
}

static HpCsvResult
next_record (HpCsvReader *self, gboolean keep, GError **error)
{
  for (;;)
    {
      if (self->skipping && !skip_record (self, error))
        return self->failed ? HP_CSV_FAILED : HP_CSV_END;

      switch (_hp_csv_scan (self))
        {
        case HP_CSV_SCAN_RECORD:
          if (self->problem.code == NULL)
            return HP_CSV_RECORD;
          set_error_from_problem (self, error);
          return HP_CSV_BAD;

        case HP_CSV_SCAN_BLANK:
          break;

        case HP_CSV_SCAN_MORE:
          if (self->end - self->pos >= HP_CSV_MAX_RECORD)
            {
              _hp_csv_set_problem (self, "too_long", self->record_line, 1,
                                   _ ("this record is longer than %d bytes; is this a CSV file?"), HP_CSV_MAX_RECORD);
              set_error_from_problem (self, error);
              self->skipping = TRUE;
              return HP_CSV_BAD;
            }
          if (!refill (self, keep, error))
            {
              self->failed = TRUE;
              return HP_CSV_FAILED;
            }
          break;

        case HP_CSV_SCAN_END:
          return HP_CSV_END;

        case HP_CSV_SCAN_OPEN:
          self->failed = TRUE;
          set_error_from_problem (self, error);
          return HP_CSV_FAILED;

        default:
          g_assert_not_reached ();
        }
    }
}

/* What the first bytes show to be no UTF-8 CSV at all, and what to do about it */
static const char *
foreign_format (const char *data, gsize length)
{
  if (length >= 2 && (memcmp (data, "\xff\xfe", 2) == 0 || memcmp (data, "\xfe\xff", 2) == 0))
    return _ ("this file is in UTF-16; save it as CSV in UTF-8 (or: iconv -f UTF-16 -t UTF-8)");
  if (length >= 4 && memcmp (data, "PK\003\004", 4) == 0)
    return _ ("this is a spreadsheet or a zip archive; export the sheet as CSV in UTF-8");
  if (length >= 4 && memcmp (data, "\xd0\xcf\x11\xe0", 4) == 0)
    return _ ("this is an old Excel file; export the sheet as CSV in UTF-8");
  if (length >= 2 && memcmp (data, "\x1f\x8b", 2) == 0)
    return _ ("this file is compressed; unpack it with gunzip");
  if (length >= 4 && memcmp (data, "PAR1", 4) == 0)
    return _ ("this is a Parquet file; export it as CSV in UTF-8");
  return NULL;
}

/* One name and yet a separator within it: the file is separated by something else than commas */
static char
foreign_separator (const HpCsvField *field)
{
  static const char separators[] = ";\t|";

  for (guint i = 0; separators[i] != '\0'; i++)
    if (memchr (field->text, separators[i], field->length) != NULL)
      return separators[i];
  return 0;
}

static gboolean header_error (HpCsvReader *self, guint field, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
header_error (HpCsvReader *self, guint field, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  _hp_csv_set_problem (self, "bad_header", _hp_csv_field_line (self, field), self->fields[field].column, "%s", message);
  return FALSE;
}

static gboolean
take_header (HpCsvReader *self)
{
  guint n = self->n_fields;
  char separator;

  if (n > HP_CSV_MAX_COLUMNS)
    {
      _hp_csv_set_problem (self, "bad_header", self->record_line, 1, _ ("%u columns; at most %d can be read"), n,
                           HP_CSV_MAX_COLUMNS);
      return FALSE;
    }
  separator = n == 1 ? foreign_separator (&self->fields[0]) : 0;
  if (separator == '\t')
    return header_error (self, 0, _ ("this looks separated by tabs; save it separated by commas"));
  if (separator != 0)
    return header_error (self, 0,
                         _ ("this looks separated by '%c'; save it separated by commas, with a point for decimals"),
                         separator);

  self->columns = g_new0 (char *, n + 1);
  self->n_columns = n;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strndup (self->fields[i].text, self->fields[i].length);
      g_autofree char *shown = hp_text_printable (g_strstrip (name), -1, 64);
      g_autofree char *key = hp_text_key (name, -1);
      gpointer other = g_hash_table_lookup (self->keys, key);

      if (*name == '\0')
        return header_error (self, i, _ ("column %u has no name; name it in the first line, or remove it"), i + 1);
      if (other != NULL)
        return header_error (self, i, _ ("columns %u and %u have the same name, \"%s\"; rename one"),
                             GPOINTER_TO_UINT (other), i + 1, shown);
      g_hash_table_insert (self->keys, g_steal_pointer (&key), GUINT_TO_POINTER (i + 1));
      self->columns[i] = g_steal_pointer (&name);
    }
  self->fields = g_renew (HpCsvField, self->fields, n);
  self->max_fields = n;
  return TRUE;
}

static gboolean
read_header (HpCsvReader *self, GError **error)
{
  const char *foreign;

  while (!self->eof && self->end < 4)
    if (!refill (self, TRUE, error))
      return FALSE;
  if (self->end == 0)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s:1:1: the file is empty"), self->name);
      return FALSE;
    }
  foreign = foreign_format (self->data, self->end);
  if (foreign != NULL)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, "%s:1:1: %s", self->name, foreign);
      return FALSE;
    }
  if (self->end >= 3 && memcmp (self->data, "\xef\xbb\xbf", 3) == 0)
    self->pos = 3;

  switch (next_record (self, TRUE, error))
    {
    case HP_CSV_RECORD:
      break;
    case HP_CSV_END:
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s:1:1: the file has no header line"), self->name);
      return FALSE;
    case HP_CSV_BAD:
    case HP_CSV_FAILED:
    default:
      return FALSE;
    }
  if (!take_header (self))
    {
      set_error_from_problem (self, error);
      return FALSE;
    }
  return TRUE;
}

static HpCsvReader *
reader_new (const char *name)
{
  HpCsvReader *self = g_new0 (HpCsvReader, 1);

  self->name = g_strdup (name);
  self->fd = -1;
  self->line = 1;
  self->max_fields = HP_CSV_MAX_COLUMNS;
  self->fields = g_new0 (HpCsvField, self->max_fields);
  self->escaped = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->scratch = g_string_new (NULL);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * hp_csv_reader_open:
 * @path: a file, or "-" for standard input
 * @error: return location for an error
 *
 * Opens a CSV file and reads its header record. Memory stays bounded by the longest record.
 *
 * Returns: (transfer full) (nullable): the reader; on failure %NULL with %HP_ERROR_NOT_FOUND, %HP_ERROR_IO, or
 *   %HP_ERROR_BAD_DATA for an empty file, a file that is no CSV in UTF-8, or names that are empty or not distinct
 */
HpCsvReader *
hp_csv_reader_open (const char *path, GError **error)
{
  g_autoptr (HpCsvReader) self = NULL;
  struct stat info;

  g_return_val_if_fail (path != NULL, NULL);

  self = reader_new (path);
  if (g_str_equal (path, "-"))
    {
      g_free (self->name);
      self->name = g_strdup (_ ("standard input"));
      self->fd = STDIN_FILENO;
    }
  else
    {
      self->fd = open (path, O_RDONLY | O_CLOEXEC);
      if (self->fd < 0)
        {
          hp_set_error_errno (error, errno, path, _ ("can't open"));
          return NULL;
        }
      self->own_fd = TRUE;
    }
  if (fstat (self->fd, &info) == 0 && S_ISREG (info.st_mode))
    self->size = info.st_size;
  if (!read_header (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * hp_csv_reader_new_for_memory:
 * @text: (array length=length): a whole CSV file; it isn't copied and must outlive the reader
 * @length: its size in bytes
 * @name: what messages call it
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): a reader of @text, or %NULL with %HP_ERROR_BAD_DATA
 */
HpCsvReader *
hp_csv_reader_new_for_memory (const char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (HpCsvReader) self = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = reader_new (name);
  self->data = length > 0 ? text : "";
  self->end = self->size = length;
  self->eof = TRUE;
  if (!read_header (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * hp_csv_reader_free:
 * @reader: (transfer full) (nullable): a reader
 *
 * Closes the file and frees the reader.
 */
void
hp_csv_reader_free (HpCsvReader *self)
{
  if (self == NULL)
    return;
  if (self->own_fd)
    close (self->fd);
  g_free (self->name);
  g_free (self->buffer);
  g_free (self->fields);
  g_array_unref (self->escaped);
  g_string_free (self->scratch, TRUE);
  g_strfreev (self->columns);
  g_hash_table_unref (self->keys);
  g_clear_pointer (&self->checksum, g_checksum_free);
  g_free (self->problem.message);
  g_free (self);
}

/**
 * hp_csv_reader_get_name:
 * @reader: a reader
 *
 * Returns: (transfer none): what messages call the file
 */
const char *
hp_csv_reader_get_name (HpCsvReader *self)
{
  return self->name;
}

/**
 * hp_csv_reader_get_columns:
 * @reader: a reader
 *
 * Returns: (transfer none) (array zero-terminated=1): the header's names, outer white space removed
 */
const char *const *
hp_csv_reader_get_columns (HpCsvReader *self)
{
  return (const char *const *) self->columns;
}

/**
 * hp_csv_reader_get_n_columns:
 * @reader: a reader
 *
 * Returns: the number of columns, at least 1 and at most %HP_CSV_MAX_COLUMNS
 */
guint
hp_csv_reader_get_n_columns (HpCsvReader *self)
{
  return self->n_columns;
}

/**
 * hp_csv_reader_find_column:
 * @reader: a reader
 * @column: a name
 *
 * Returns: the index of the column of that name, or of the one whose name differs only in case and white space, or -1
 */
int
hp_csv_reader_find_column (HpCsvReader *self, const char *column)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (column != NULL, -1);

  /* Names have distinct keys, so the exact match, if any, is also the one found by key */
  key = hp_text_key (column, -1);
  return GPOINTER_TO_INT (g_hash_table_lookup (self->keys, key)) - 1;
}

/**
 * hp_csv_reader_next:
 * @reader: a reader
 * @error: return location for an error, with @reader's name, line and column in its message
 *
 * Reads the next record; blank lines are passed over.
 *
 * Returns: %HP_CSV_RECORD; %HP_CSV_BAD with %HP_ERROR_BAD_DATA for a broken record, after which reading can go on;
 *   %HP_CSV_END; or %HP_CSV_FAILED with %HP_ERROR_BAD_DATA (a quote that is never closed) or %HP_ERROR_IO
 */
HpCsvResult
hp_csv_reader_next (HpCsvReader *self, GError **error)
{
  HpCsvResult result;

  if (self->failed)
    {
      hp_set_error (error, HP_ERROR_FAILED, NULL, _ ("%s: reading has failed before"), self->name);
      return HP_CSV_FAILED;
    }
  result = next_record (self, FALSE, error);
  if (G_UNLIKELY (result == HP_CSV_RECORD && self->n_fields != self->n_columns))
    {
      guint shown = MIN (self->n_fields, self->n_columns) - 1;

      _hp_csv_set_problem (self, "ragged_row", _hp_csv_field_line (self, shown), self->fields[shown].column,
                           _ ("%u fields where the header has %u; a comma within a field needs quotes around it"),
                           self->n_fields, self->n_columns);
      set_error_from_problem (self, error);
      return HP_CSV_BAD;
    }
  return result;
}

/**
 * hp_csv_reader_get_fields:
 * @reader: a reader whose last record was %HP_CSV_RECORD
 *
 * Returns: (transfer none): n_columns fields, valid until the next record is read
 */
const HpCsvField *
hp_csv_reader_get_fields (HpCsvReader *self)
{
  return self->fields;
}

/**
 * hp_csv_reader_get_line:
 * @reader: a reader
 *
 * Returns: the line, from 1, on which the last record began
 */
guint64
hp_csv_reader_get_line (HpCsvReader *self)
{
  return self->record_line;
}

/**
 * hp_csv_reader_get_offset:
 * @reader: a reader
 *
 * Returns: how many bytes of the file have been consumed
 */
guint64
hp_csv_reader_get_offset (HpCsvReader *self)
{
  return self->dropped + self->pos;
}

/**
 * hp_csv_reader_get_size:
 * @reader: a reader
 *
 * Returns: the file's size in bytes, or 0 if it isn't known (a pipe)
 */
guint64
hp_csv_reader_get_size (HpCsvReader *self)
{
  return self->size;
}

/**
 * hp_csv_reader_enable_checksum:
 * @reader: a reader, before the first hp_csv_reader_next()
 *
 * Computes the SHA-256 of all of the file while it is read.
 */
void
hp_csv_reader_enable_checksum (HpCsvReader *self)
{
  g_return_if_fail (self->dropped == 0);

  if (self->checksum != NULL)
    return;
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (self->checksum, (const guchar *) self->data, self->end);
}

/**
 * hp_csv_reader_get_checksum:
 * @reader: a reader that has come to %HP_CSV_END
 *
 * Returns: (transfer none) (nullable): the SHA-256, in hexadecimal, of the file's bytes; %NULL if it wasn't enabled or
 *   the end hasn't been reached
 */
const char *
hp_csv_reader_get_checksum (HpCsvReader *self)
{
  if (self->checksum == NULL || !self->eof || self->pos < self->end)
    return NULL;
  return g_checksum_get_string (self->checksum);
}

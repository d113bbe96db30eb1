/* hp-csv-scan.c - finds the fields of one CSV record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "hp-csv-private.h"

/* Where a record is being read */
typedef struct
{
  const char *end;        /* of what may be looked at */
  gboolean last;          /* nothing follows end */
  const char *line_start; /* of the line that is being read */
  guint64 line;
} Cursor;

#define ONES  G_GUINT64_CONSTANT (0x0101010101010101)
#define HIGHS G_GUINT64_CONSTANT (0x8080808080808080)

/* High bits set where v has zero bytes. Bytes above the lowest zero may be marked wrongly, the lowest never is. */
static inline guint64
zero_bytes (guint64 v)
{
  return (v - ONES) & ~v & HIGHS;
}

/* The first comma, line end or quote at or after p, or end. Eight bytes at a time: short fields, the rule in data
 * files, then cost one step and no mispredicted branch. */
static inline const char *
find_special (const char *p, const char *end)
{
  while (end - p >= 8)
    {
      guint64 word, found;

      memcpy (&word, p, 8);
      word = GUINT64_FROM_LE (word);
      found = zero_bytes (word ^ (ONES * ',')) | zero_bytes (word ^ (ONES * '\n')) | zero_bytes (word ^ (ONES * '\r'))
              | zero_bytes (word ^ (ONES * '"'));
      if (found != 0)
        return p + (__builtin_ctzll (found) >> 3);
      p += 8;
    }
  while (p < end && *p != ',' && *p != '\n' && *p != '\r' && *p != '"')
    p++;
  return p;
}

static gboolean
is_ascii (const char *text, gsize length)
{
  guint64 all = 0;

  for (; length >= 8; text += 8, length -= 8)
    {
      guint64 word;

      memcpy (&word, text, 8);
      all |= word;
    }
  for (; length > 0; text++, length--)
    all |= (guchar) *text;
  return (all & HIGHS) == 0;
}

/* Characters in [p, end); continuation bytes are not counted, so broken text gets a sensible answer too */
static gsize
count_characters (const char *p, const char *end)
{
  gsize n = 0;

  for (; p < end; p++)
    n += ((guchar) *p & 0xc0) != 0x80;
  return n;
}

static void
count_lines (Cursor *cursor, const char *p, const char *end)
{
  for (; p < end; p++)
    {
      if (*p == '\r' && p + 1 < end && p[1] == '\n')
        continue;
      if (*p == '\n' || *p == '\r')
        {
          cursor->line++;
          cursor->line_start = p + 1;
        }
    }
}

static inline void
add_field (HpCsvReader *self, const Cursor *cursor, const char *start, const char *text, const char *end)
{
  if (self->n_fields < self->max_fields)
    {
      HpCsvField *field = &self->fields[self->n_fields];

      field->text = text;
      field->length = (guint32) (end - text);
      field->column = (guint32) (start - cursor->line_start) + 1;
    }
  self->n_fields++;
  if (G_UNLIKELY (end - text > HP_CSV_MAX_FIELD))
    _hp_csv_set_problem (self, "too_long", cursor->line, count_characters (cursor->line_start, start) + 1,
                         _ ("this field is longer than %d bytes; is a quote missing?"), HP_CSV_MAX_FIELD);
}

/* Columns were counted in bytes; count characters */
static void
recount_columns (HpCsvReader *self)
{
  const char *counted = self->record, *line_start = NULL;
  gsize n = 0;

  for (guint i = 0; i < MIN (self->n_fields, self->max_fields); i++)
    {
      HpCsvField *field = &self->fields[i];
      /* a quoted field's text begins after its quote, its column is the quote's */
      const char *text = field->text;
      const char *start = text > self->record && text[-1] == '"' ? text - 1 : text;
      const char *begin = start - (field->column - 1);

      if (begin != line_start)
        {
          line_start = counted = begin;
          n = 0;
        }
      n += count_characters (counted, start);
      counted = start;
      field->column = (guint32) n + 1;
    }
}

static void
unescape_fields (HpCsvReader *self)
{
  gsize used = 0;

  if (self->scratch->len < self->record_bytes)
    g_string_set_size (self->scratch, self->record_bytes);
  for (guint i = 0; i < self->escaped->len; i++)
    {
      HpCsvField *field = &self->fields[g_array_index (self->escaped, guint32, i)];
      char *out = self->scratch->str + used;
      guint32 n = 0;

      for (guint32 k = 0; k < field->length; k++)
        {
          out[n++] = field->text[k];
          if (field->text[k] == '"')
            k++;
        }
      field->text = out;
      field->length = n;
      used += n;
    }
}

static void
position_in_record (HpCsvReader *self, const char *where, guint64 *line, guint64 *column)
{
  Cursor cursor = { .line = self->record_line, .line_start = self->record };

  count_lines (&cursor, self->record, where);
  *line = cursor.line;
  *column = count_characters (cursor.line_start, where) + 1;
}

static void
check_text (HpCsvReader *self)
{
  const char *nul, *bad;
  guint64 line, column;

  nul = memchr (self->record, '\0', self->record_bytes);
  if (G_UNLIKELY (nul != NULL))
    {
      position_in_record (self, nul, &line, &column);
      g_clear_pointer (&self->problem.message, g_free);
      self->problem.code = NULL;
      _hp_csv_set_problem (self, "nul_byte", line, column,
                           _ ("a NUL byte; this is no text in UTF-8: save the file as CSV in UTF-8"));
      return;
    }
  if (G_LIKELY (is_ascii (self->record, self->record_bytes)))
    return;
  if (!g_utf8_validate_len (self->record, self->record_bytes, &bad))
    {
      position_in_record (self, bad, &line, &column);
      g_clear_pointer (&self->problem.message, g_free);
      self->problem.code = NULL;
      _hp_csv_set_problem (self, "bad_encoding", line, column,
                           _ ("byte 0x%02X is not UTF-8; the file may be in Windows-1252 or Latin-1: convert it with "
                              "iconv -f WINDOWS-1252 -t UTF-8"),
                           (guchar) *bad);
      return;
    }
  recount_columns (self);
}

static void
finish_record (HpCsvReader *self, const Cursor *cursor, const char *p)
{
  self->record_bytes = p - self->record;
  self->multi_line = cursor->line != self->record_line;
  check_text (self);
  if (self->problem.code == NULL && self->escaped->len > 0)
    unescape_fields (self);
}

/* Past a line end at p. FALSE: the byte after a CR isn't there yet. */
static gboolean
pass_line_end (const Cursor *cursor, const char **p)
{
  if (**p == '\r')
    {
      if (*p + 1 == cursor->end && !cursor->last)
        return FALSE;
      if (*p + 1 < cursor->end && (*p)[1] == '\n')
        (*p)++;
    }
  (*p)++;
  return TRUE;
}

static gboolean
is_blank_line (const char *p, const Cursor *cursor, const char **line_end)
{
  while (p < cursor->end && (*p == ' ' || *p == '\t'))
    p++;
  *line_end = p;
  return p == cursor->end || *p == '\n' || *p == '\r';
}

/* The quoted field at *p. Moves *p behind the closing quote. FALSE if that isn't in sight. */
static gboolean
scan_quoted (HpCsvReader *self, Cursor *cursor, const char **p)
{
  const char *open = *p, *close = open + 1;
  gboolean escaped = FALSE;

  for (;;)
    {
      close = memchr (close, '"', cursor->end - close);
      if (close == NULL || (close + 1 == cursor->end && !cursor->last))
        return FALSE;
      if (close + 1 == cursor->end || close[1] != '"')
        break;
      escaped = TRUE;
      close += 2;
    }
  if (escaped && self->n_fields < self->max_fields)
    g_array_append_val (self->escaped, self->n_fields);
  add_field (self, cursor, open, open + 1, close);
  count_lines (cursor, open + 1, close);
  *p = close + 1;
  return TRUE;
}

/* Places are counted only for the first: a line of quotes would take time in the square of its length */
static void
note_quote (HpCsvReader *self, const Cursor *cursor, const char *where, const char *message)
{
  if (self->problem.code == NULL)
    _hp_csv_set_problem (self, "bad_quote", cursor->line, count_characters (cursor->line_start, where) + 1, "%s",
                         message);
}

/* One record at data[pos]. Consumes it unless MORE is returned. */
HpCsvScan
_hp_csv_scan (HpCsvReader *self)
{
  const char *p = self->data + self->pos;
  Cursor cursor = { .end = self->data + self->end, .last = self->eof, .line_start = p, .line = self->line };
  const char *line_end;

  self->record = p;
  self->record_line = self->line;
  self->n_fields = 0;
  g_array_set_size (self->escaped, 0);
  g_clear_pointer (&self->problem.message, g_free);
  self->problem.code = NULL;

  if (self->end - self->pos > HP_CSV_MAX_RECORD)
    {
      cursor.end = p + HP_CSV_MAX_RECORD;
      cursor.last = FALSE;
    }
  if (p == cursor.end)
    return cursor.last ? HP_CSV_SCAN_END : HP_CSV_SCAN_MORE;
  if ((guchar) *p <= ' ' && is_blank_line (p, &cursor, &line_end))
    {
      if (line_end == cursor.end)
        {
          if (!cursor.last)
            return HP_CSV_SCAN_MORE;
          self->pos = self->end;
          return HP_CSV_SCAN_END;
        }
      if (!pass_line_end (&cursor, &line_end))
        return HP_CSV_SCAN_MORE;
      self->pos = line_end - self->data;
      self->line++;
      return HP_CSV_SCAN_BLANK;
    }

  for (;;)
    {
      const char *start = p;
      gboolean quoted = p < cursor.end && *p == '"';

      if (quoted && !scan_quoted (self, &cursor, &p))
        {
          if (!cursor.last && self->end - self->pos < HP_CSV_MAX_RECORD)
            return HP_CSV_SCAN_MORE;
          _hp_csv_set_problem (self, "open_quote", cursor.line, count_characters (cursor.line_start, start) + 1,
                               _ ("the quote that opens here is never closed"));
          return HP_CSV_SCAN_OPEN;
        }
      for (;;)
        {
          const char *text = p;

          p = find_special (p, cursor.end);
          if (G_UNLIKELY (quoted && p > text))
            note_quote (self, &cursor, text,
                        _ ("text after a closing quote; a quote within a quoted field is written twice"));
          if (p == cursor.end || *p != '"')
            break;
          note_quote (self, &cursor, p,
                      _ ("a quote within an unquoted field; put the whole field in quotes and write the quote "
                         "twice"));
          p++;
        }
      if (p == cursor.end && !cursor.last)
        return HP_CSV_SCAN_MORE;
      if (!quoted)
        add_field (self, &cursor, start, start, p);
      if (p == cursor.end || *p != ',')
        break;
      p++;
    }

  finish_record (self, &cursor, p);
  if (p < cursor.end && !pass_line_end (&cursor, &p))
    return HP_CSV_SCAN_MORE;
  self->line = cursor.line + 1;
  self->pos = p - self->data;
  return HP_CSV_SCAN_RECORD;
}

guint64
_hp_csv_field_line (HpCsvReader *self, guint field)
{
  guint64 line = self->record_line;

  if (!self->multi_line || field >= self->n_columns)
    return line;
  /* Unescaped fields live elsewhere: count the line ends of the fields before, which have them all */
  for (guint i = 0; i < field; i++)
    {
      Cursor cursor = { .line = line };

      count_lines (&cursor, self->fields[i].text, self->fields[i].text + self->fields[i].length);
      line = cursor.line;
    }
  return line;
}

/* hp-finding.c - findings: collected, counted, shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-finding-private.h"
#include "hp-text.h"

struct _HpFindings
{
  char *file;
  GPtrArray *sorted; /* (element-type HpFinding) by severity, then by time of finding */
  GHashTable *index; /* the same by code and column */
};

static guint
finding_hash (gconstpointer key)
{
  const HpFinding *finding = key;

  return g_str_hash (finding->code) * 31 + (finding->column != NULL ? g_str_hash (finding->column) : 0);
}

static gboolean
finding_equal (gconstpointer a, gconstpointer b)
{
  const HpFinding *x = a, *y = b;

  return g_str_equal (x->code, y->code) && g_strcmp0 (x->column, y->column) == 0;
}

static void
finding_free (gpointer data)
{
  HpFinding *finding = data;

  g_free (finding->code);
  g_free (finding->column);
  g_free (finding->message);
  g_free (finding);
}

/**
 * hp_findings_new:
 * @file: the name of the data that they are about
 *
 * Returns: (transfer full): an empty list
 */
HpFindings *
hp_findings_new (const char *file)
{
  HpFindings *self = g_new0 (HpFindings, 1);

  self->file = g_strdup (file);
  self->sorted = g_ptr_array_new_with_free_func (finding_free);
  self->index = g_hash_table_new (finding_hash, finding_equal);
  return self;
}

/**
 * hp_findings_free:
 * @findings: (transfer full) (nullable): findings
 */
void
hp_findings_free (HpFindings *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_hash_table_unref (self->index);
  g_ptr_array_unref (self->sorted);
  g_free (self);
}

gboolean
_hp_findings_count_again (HpFindings *self, const char *code, const char *column, guint64 count)
{
  HpFinding wanted = { .code = (char *) code, .column = (char *) column };
  HpFinding *finding = g_hash_table_lookup (self->index, &wanted);

  if (finding == NULL)
    return FALSE;
  finding->count += count;
  return TRUE;
}

static void add_new (HpFindings *self, HpSeverity severity, const char *code, const char *column, guint64 count,
                     guint64 line, guint position, const char *format, va_list args) G_GNUC_PRINTF (8, 0);

static void
add_new (HpFindings *self, HpSeverity severity, const char *code, const char *column, guint64 count, guint64 line,
         guint position, const char *format, va_list args)
{
  HpFinding *finding = g_new0 (HpFinding, 1);
  guint at = self->sorted->len;

  finding->severity = severity;
  finding->code = g_strdup (code);
  finding->column = g_strdup (column);
  finding->count = count;
  finding->line = line;
  finding->position = position;
  finding->message = g_strdup_vprintf (format, args);
  while (at > 0 && ((HpFinding *) self->sorted->pdata[at - 1])->severity < severity)
    at--;
  g_ptr_array_insert (self->sorted, (int) at, finding);
  g_hash_table_add (self->index, finding);
}

void
_hp_findings_add_count (HpFindings *self, HpSeverity severity, const char *code, const char *column, guint64 count,
                        guint64 line, guint position, const char *format, ...)
{
  va_list args;

  if (_hp_findings_count_again (self, code, column, count))
    return;
  va_start (args, format);
  add_new (self, severity, code, column, count, line, position, format, args);
  va_end (args);
}

/**
 * hp_findings_add:
 * @findings: findings
 * @severity: how bad it is
 * @code: what kind of thing it is, a short word for programs
 * @column: (nullable): the column it is about
 * @line: line of the file, from 1, or 0 if it is about the whole file
 * @position: character within the line, from 1, or 0 if unknown
 * @format: what is wrong and what to do, without the place
 * @...: values for @format
 *
 * Adds a finding about one row. If there is one of the same @code and @column, only its count grows, and nothing is
 * formatted: a column with a million bad cells costs one message.
 */
void
hp_findings_add (HpFindings *self, HpSeverity severity, const char *code, const char *column, guint64 line,
                 guint position, const char *format, ...)
{
  va_list args;

  g_return_if_fail (self != NULL && code != NULL && format != NULL);

  if (_hp_findings_count_again (self, code, column, 1))
    return;
  va_start (args, format);
  add_new (self, severity, code, column, 1, line, position, format, args);
  va_end (args);
}

/**
 * hp_findings_get_n:
 * @findings: findings
 *
 * Returns: how many there are, those of the same code and column counted once
 */
guint
hp_findings_get_n (const HpFindings *self)
{
  return self->sorted->len;
}

/**
 * hp_findings_get:
 * @findings: findings
 * @i: which, below hp_findings_get_n(); errors first, then warnings, then information, each in the order of finding
 *
 * Returns: (transfer none): the finding
 */
const HpFinding *
hp_findings_get (const HpFindings *self, guint i)
{
  g_return_val_if_fail (i < self->sorted->len, NULL);
  return self->sorted->pdata[i];
}

/**
 * hp_findings_count:
 * @findings: findings
 * @severity: a severity
 *
 * Returns: how many findings have this severity
 */
guint
hp_findings_count (const HpFindings *self, HpSeverity severity)
{
  guint n = 0;

  for (guint i = 0; i < self->sorted->len; i++)
    n += ((HpFinding *) self->sorted->pdata[i])->severity == severity;
  return n;
}

static const char *
severity_name (HpSeverity severity)
{
  switch (severity)
    {
    case HP_SEVERITY_ERROR:
      return "error";
    case HP_SEVERITY_WARNING:
      return "warning";
    case HP_SEVERITY_INFO:
    default:
      return "info";
    }
}

/**
 * hp_findings_write_json:
 * @findings: findings
 * @writer: stands where a value may begin
 *
 * Writes an array of objects with severity, code, column, count, line, position and message.
 */
void
hp_findings_write_json (const HpFindings *self, HpJsonWriter *writer)
{
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < self->sorted->len; i++)
    {
      const HpFinding *finding = self->sorted->pdata[i];

      hp_json_writer_begin_object (writer);
      hp_json_writer_set_string (writer, "severity", severity_name (finding->severity));
      hp_json_writer_set_string (writer, "code", finding->code);
      hp_json_writer_set_string (writer, "column", finding->column);
      hp_json_writer_set_int (writer, "count", finding->count);
      hp_json_writer_set_int (writer, "line", finding->line);
      hp_json_writer_set_int (writer, "position", finding->position);
      hp_json_writer_set_string (writer, "message", finding->message);
      hp_json_writer_end_object (writer);
    }
  hp_json_writer_end_array (writer);
}

static void
append_place (const HpFindings *self, const HpFinding *finding, GString *text)
{
  g_autofree char *file = hp_text_printable (self->file, -1, 0);

  g_string_append (text, file);
  if (finding->line > 0)
    g_string_append_printf (text, ":%" G_GUINT64_FORMAT, finding->line);
  if (finding->line > 0 && finding->position > 0)
    g_string_append_printf (text, ":%u", finding->position);
  g_string_append (text, ": ");
}

/**
 * hp_findings_to_text:
 * @findings: findings
 * @color: use terminal colours
 *
 * Returns: (transfer full): a line for each finding as compilers write them: "FILE:LINE:COLUMN: error: …"; control
 *   characters from the data are made visible
 */
char *
hp_findings_to_text (const HpFindings *self, gboolean color)
{
  static const char *const colors[] = { "\033[36m", "\033[33m", "\033[1;31m" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->sorted->len; i++)
    {
      const HpFinding *finding = self->sorted->pdata[i];
      g_autofree char *message = hp_text_printable (finding->message, -1, 0);
      const char *word = finding->severity == HP_SEVERITY_ERROR     ? _ ("error")
                         : finding->severity == HP_SEVERITY_WARNING ? _ ("warning")
                                                                    : _ ("info");

      append_place (self, finding, text);
      g_string_append_printf (text, "%s%s%s: ", color ? colors[finding->severity] : "", word, color ? "\033[0m" : "");
      if (finding->column != NULL)
        {
          g_autofree char *column = hp_text_printable (finding->column, -1, 64);

          g_string_append_printf (text, "%s: ", column);
        }
      g_string_append (text, message);
      /* A finding about the whole file counts something else, columns say. */
      if (finding->count > 1 && finding->line > 0)
        g_string_append_printf (text, _ (" (%lu rows)"), (gulong) finding->count);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/**
 * hp_findings_check:
 * @findings: findings
 * @error: return location for an error
 *
 * Turns error-level findings into an error: %HP_ERROR_BAD_DATA with the first one's place, column and message and with
 * how many more cells or rows are wrong.
 *
 * Returns: %TRUE if no finding is an error
 */
gboolean
hp_findings_check (const HpFindings *self, GError **error)
{
  g_autoptr (GString) text = NULL;
  const HpFinding *first;
  guint64 more = 0;

  if (hp_findings_count (self, HP_SEVERITY_ERROR) == 0)
    return TRUE;

  first = self->sorted->pdata[0];
  for (guint i = 0; i < self->sorted->len; i++)
    {
      const HpFinding *finding = self->sorted->pdata[i];

      if (finding->severity == HP_SEVERITY_ERROR)
        more += MAX (finding->count, 1);
    }
  text = g_string_new (NULL);
  append_place (self, first, text);
  if (first->column != NULL)
    g_string_append_printf (text, "%s: ", first->column);
  g_string_append (text, first->message);
  if (more > 1)
    g_string_append_printf (text, _ (" (and %lu more)"), (gulong) more - 1);
  hp_set_error (error, HP_ERROR_BAD_DATA, first->column, "%s", text->str);
  return FALSE;
}

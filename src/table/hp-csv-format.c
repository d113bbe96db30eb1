/* hp-csv-format.c - single CSV fields: is it missing, how is it written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "hp-csv.h"
#include "hp-number.h"

/**
 * hp_csv_is_missing:
 * @text: (array length=length): a field's text
 * @length: its size in bytes
 *
 * Returns: %TRUE if it is one of the ways in which files say that a value is missing: nothing, NA, N/A, NaN, null,
 *   none, -, ? or a point, in any case and with any outer white space
 */
gboolean
hp_csv_is_missing (const char *text, gsize length)
{
  static const char words[][5] = { "NA", "N/A", "NaN", "null", "none", "-", "?", "." };

  while (length > 0 && g_ascii_isspace (*text))
    text++, length--;
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (length == 0)
    return TRUE;
  /* The rule is a number, and words are never one: don't compare */
  if (length > 4 || (g_ascii_isdigit (*text)))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == length && g_ascii_strncasecmp (text, words[i], length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
needs_quotes (const char *text, gsize length)
{
  gboolean only_space = length > 0;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r')
        return TRUE;
      only_space = only_space && (text[i] == ' ' || text[i] == '\t');
    }
  return only_space; /* alone on its line it would read as a blank line */
}

/* What spreadsheets take for the start of a formula, or skip to find one behind it */
static inline gboolean
starts_formula (char first)
{
  return first == '=' || first == '+' || first == '-' || first == '@' || first == '\t' || first == '\r';
}

/**
 * hp_csv_append_field:
 * @line: the record so far; commas and line end are the caller's
 * @text: a field
 * @length: its size in bytes, or -1 if NUL-terminated
 * @neutralise: put an apostrophe before text that a spreadsheet would take for a formula
 *
 * Appends a field, within quotes if it has a comma, quote or line end (RFC 4180).
 */
void
hp_csv_append_field (GString *line, const char *text, gssize length, gboolean neutralise)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  gboolean guard = FALSE;
  double number;

  if (neutralise && n > 0 && starts_formula (text[0]))
    guard = !hp_number_parse (text, n, &number);
  if (!needs_quotes (text, n))
    {
      if (guard)
        g_string_append_c (line, '\'');
      g_string_append_len (line, text, n);
      return;
    }
  g_string_append_c (line, '"');
  if (guard)
    g_string_append_c (line, '\'');
  while (n > 0)
    {
      const char *quote = memchr (text, '"', n);
      gsize part = quote != NULL ? (gsize) (quote - text) + 1 : n;

      g_string_append_len (line, text, part);
      if (quote != NULL)
        g_string_append_c (line, '"');
      text += part;
      n -= part;
    }
  g_string_append_c (line, '"');
}

/* hp-json-values.c - the scalars of JSON, and arrays of numbers, for the pull reader
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "hp-json-private.h"
#include "hp-number-private.h"

static int
hex_digits (const char *p, const char *end)
{
  int code = 0;

  if (end - p < 4)
    return -1;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return -1;
      code = code * 16 + digit;
    }
  return code;
}

/* Past "\u": one character, of one or two escapes; NULL after a failure */
static const char *
read_unicode_escape (HpJsonReader *reader, const char *p, gunichar *character)
{
  const char *start = p - 2;
  int code = hex_digits (p, reader->end), low;

  *character = code;
  if (code < 0)
    _hp_json_reader_fail_at (reader, start, _ ("\\u needs four hexadecimal digits"));
  else if (code == 0)
    _hp_json_reader_fail_at (reader, start, _ ("text must not contain NUL"));
  else if (code < 0xd800 || code > 0xdfff)
    return p + 4;
  else
    {
      p += 4;
      low = reader->end - p >= 6 && p[0] == '\\' && p[1] == 'u' ? hex_digits (p + 2, reader->end) : -1;
      if (code <= 0xdbff && low >= 0xdc00 && low <= 0xdfff)
        {
          *character = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          return p + 6;
        }
      _hp_json_reader_fail_at (reader, start, _ ("half of a surrogate pair"));
    }
  return NULL;
}

/* The string whose opening quote is at p, appended to `out` */
gboolean
_hp_json_reader_read_string (HpJsonReader *reader, GString *out)
{
  const char *p = reader->p + 1, *run = p, *invalid;

  for (;;)
    {
      gunichar character;

      while (p < reader->end && *p != '"' && *p != '\\' && (guchar) *p >= 0x20)
        p++;
      if (!g_utf8_validate_len (run, p - run, &invalid))
        return _hp_json_reader_fail_at (reader, invalid, _ ("this is not UTF-8"));
      g_string_append_len (out, run, p - run);
      if (p == reader->end)
        return _hp_json_reader_fail_at (reader, p, _ ("the text ends too early"));
      if (*p == '"')
        {
          reader->p = p + 1;
          return TRUE;
        }
      if (*p != '\\')
        return _hp_json_reader_fail_at (reader, p, _ ("a control character has to be written as an escape"));

      if (reader->end - p < 2)
        return _hp_json_reader_fail_at (reader, reader->end, _ ("the text ends too early"));
      p += 2;
      switch (p[-1])
        {
        case '"':
        case '\\':
        case '/':
          g_string_append_c (out, p[-1]);
          break;
        case 'b':
          g_string_append_c (out, '\b');
          break;
        case 'f':
          g_string_append_c (out, '\f');
          break;
        case 'n':
          g_string_append_c (out, '\n');
          break;
        case 'r':
          g_string_append_c (out, '\r');
          break;
        case 't':
          g_string_append_c (out, '\t');
          break;
        case 'u':
          p = read_unicode_escape (reader, p, &character);
          if (p == NULL)
            return FALSE;
          g_string_append_unichar (out, character);
          break;
        default:
          return _hp_json_reader_fail_at (reader, p - 2, _ ("no such escape in JSON"));
        }
      run = p;
    }
}

/**
 * hp_json_reader_string:
 * @reader: a reader
 * @value: (out) (transfer none): the text, valid UTF-8 without NUL; valid until the next call
 *
 * Returns: whether the next value is a string
 */
gboolean
hp_json_reader_string (HpJsonReader *reader, const char **value)
{
  g_return_val_if_fail (reader != NULL && value != NULL, FALSE);

  *value = NULL;
  if (!_hp_json_reader_start_value (reader))
    return FALSE;
  if (*reader->p != '"')
    return _hp_json_reader_fail_at (reader, reader->p, _ ("text in quotes is expected here"));
  g_string_truncate (reader->scratch, 0);
  if (!_hp_json_reader_read_string (reader, reader->scratch))
    return FALSE;
  *value = reader->scratch->str;
  return TRUE;
}

/* The integer [text, end), unless it has more than 64 bits */
static gboolean
read_int64 (const char *text, const char *end, gint64 *value)
{
  gboolean negative = *text == '-';
  guint64 magnitude = 0, limit = (guint64) G_MAXINT64 + negative;

  for (const char *p = text + negative; p < end; p++)
    {
      guint digit = *p - '0';

      if (magnitude > (limit - digit) / 10)
        return FALSE;
      magnitude = magnitude * 10 + digit;
    }
  *value = negative ? (gint64) -magnitude : (gint64) magnitude;
  return TRUE;
}

static gboolean
is_integer (const char *text, const char *end)
{
  for (const char *p = text + (*text == '-'); p < end; p++)
    if (!g_ascii_isdigit (*p))
      return FALSE;
  return TRUE;
}

/* NaN or infinity at p, passed; NULL if it is neither */
static const char *
read_infinite (HpJsonReader *reader, double *value)
{
  if (_hp_json_reader_accept_word (reader, "NaN"))
    *value = NAN;
  else if (_hp_json_reader_accept_word (reader, "Infinity"))
    *value = INFINITY;
  else if (_hp_json_reader_accept_word (reader, "-Infinity"))
    *value = -INFINITY;
  else
    return NULL;
  return reader->p;
}

/* The number at p, passed; NULL after a failure */
static inline const char *
read_number (HpJsonReader *reader, double *value)
{
  const char *start = reader->p, *after = _hp_number_scan (start, reader->end, TRUE, value);
  gint64 integer;

  if (G_LIKELY (after != NULL))
    {
      if (G_LIKELY (after - start < 19) || !is_integer (start, after) || read_int64 (start, after, &integer))
        {
          reader->p = after;
          return after;
        }
      *value = 0;
    }
  else if (reader->infinite && read_infinite (reader, value) != NULL)
    return reader->p;
  if (start < reader->end && (g_ascii_isdigit (*start) || *start == '-'))
    _hp_json_reader_fail_at (reader, start, _ ("this number is malformed or too large"));
  else
    _hp_json_reader_fail_expecting (reader, _ ("a number is expected here"));
  return NULL;
}

/**
 * hp_json_reader_number:
 * @reader: a reader
 * @value: (out): the number
 *
 * Returns: whether the next value is a number
 */
gboolean
hp_json_reader_number (HpJsonReader *reader, double *value)
{
  g_return_val_if_fail (reader != NULL && value != NULL, FALSE);

  *value = 0;
  return _hp_json_reader_start_value (reader) && read_number (reader, value) != NULL;
}

/**
 * hp_json_reader_integer:
 * @reader: a reader
 * @min: the least it may be
 * @max: the most it may be
 * @value: (out): the number
 *
 * Returns: whether the next value is a number without point and exponent within the bounds
 */
gboolean
hp_json_reader_integer (HpJsonReader *reader, gint64 min, gint64 max, gint64 *value)
{
  gint64 integer;
  double ignored;

  g_return_val_if_fail (reader != NULL && value != NULL, FALSE);

  *value = 0;
  if (!_hp_json_reader_start_value (reader) || read_number (reader, &ignored) == NULL)
    return FALSE;
  if (!is_integer (reader->last, reader->p))
    return _hp_json_reader_fail_at (reader, reader->last, _ ("an integer is expected here"));
  if (!read_int64 (reader->last, reader->p, &integer) || integer < min || integer > max)
    {
      g_autofree char *message
        = g_strdup_printf (_ ("an integer from %" PRIi64 " to %" PRIi64 " is expected here"), min, max);

      return _hp_json_reader_fail_at (reader, reader->last, message);
    }
  *value = integer;
  return TRUE;
}

/*< private >
 * _hp_json_reader_any_number:
 * @reader: a reader
 * @integral: (out): whether it is written as an integer
 * @integer: (out): the number if so
 * @number: (out): the number in any case, perhaps rounded
 *
 * Returns: whether the next value is a number
 */
gboolean
_hp_json_reader_any_number (HpJsonReader *reader, gboolean *integral, gint64 *integer, double *number)
{
  *integer = 0;
  *integral = FALSE;
  if (!hp_json_reader_number (reader, number))
    return FALSE;
  *integral = is_integer (reader->last, reader->p) && read_int64 (reader->last, reader->p, integer);
  return TRUE;
}

gboolean
_hp_json_reader_accept_word (HpJsonReader *reader, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (reader->end - reader->p) < length || memcmp (reader->p, word, length) != 0)
    return FALSE;
  reader->p += length;
  return TRUE;
}

/**
 * hp_json_reader_boolean:
 * @reader: a reader
 * @value: (out): what it is
 *
 * Returns: whether the next value is true or false
 */
gboolean
hp_json_reader_boolean (HpJsonReader *reader, gboolean *value)
{
  g_return_val_if_fail (reader != NULL && value != NULL, FALSE);

  *value = FALSE;
  if (!_hp_json_reader_start_value (reader))
    return FALSE;
  *value = _hp_json_reader_accept_word (reader, "true");
  return *value || _hp_json_reader_accept_word (reader, "false")
         || _hp_json_reader_fail_at (reader, reader->p, _ ("true or false is expected here"));
}

/* One element of an array of numbers, past the comma before it. FALSE at the end, passed, or after a failure */
static inline gboolean
next_number (HpJsonReader *reader, gsize count, gsize max_elements, double *value)
{
  /* Nearly always: a comma at once, a number after it */
  if (G_LIKELY (count > 0 && reader->p < reader->end && *reader->p == ','))
    reader->p++;
  else if (!hp_json_reader_next_element (reader))
    return FALSE;
  _hp_json_reader_skip_space (reader);
  if (G_UNLIKELY (count == max_elements))
    {
      g_autofree char *message
        = g_strdup_printf (_ ("an array of at most %zu elements is expected here"), max_elements);

      return _hp_json_reader_fail_at (reader, reader->p, message);
    }
  reader->last = reader->p;
  return read_number (reader, value) != NULL;
}

/**
 * hp_json_reader_floats:
 * @reader: a reader
 * @floats: (element-type gfloat): where to append the elements
 * @max_elements: the most elements the array may have
 *
 * Reads an array of numbers that are finite in single precision (but see hp_json_reader_allow_infinite()).
 *
 * Returns: whether the next value is one; if not, some elements may have been appended
 */
gboolean
hp_json_reader_floats (HpJsonReader *reader, GArray *floats, gsize max_elements)
{
  gfloat block[256];
  gsize count = 0, used = 0;
  double value;

  g_return_val_if_fail (reader != NULL && floats != NULL, FALSE);
  g_return_val_if_fail (g_array_get_element_size (floats) == sizeof (gfloat), FALSE);

  if (!hp_json_reader_begin_array (reader))
    return FALSE;
  for (; next_number (reader, count, max_elements, &value); count++)
    {
      block[used] = (gfloat) value;
      if (G_UNLIKELY (!isfinite (block[used]) && !(reader->infinite && !isfinite (value))))
        return _hp_json_reader_fail_at (reader, reader->last, _ ("this number is too large"));
      if (++used == G_N_ELEMENTS (block))
        {
          g_array_append_vals (floats, block, used);
          used = 0;
        }
    }
  g_array_append_vals (floats, block, used);
  return reader->error == NULL;
}

/**
 * hp_json_reader_int32s:
 * @reader: a reader
 * @int32s: (element-type gint32): where to append the elements
 * @min: the least an element may be
 * @max: the most an element may be
 * @max_elements: the most elements the array may have
 *
 * Reads an array of integers, without point and exponent.
 *
 * Returns: whether the next value is one; if not, some elements may have been appended
 */
gboolean
hp_json_reader_int32s (HpJsonReader *reader, GArray *int32s, gint64 min, gint64 max, gsize max_elements)
{
  gint32 block[256];
  gsize count = 0, used = 0;
  double value = 0;

  g_return_val_if_fail (reader != NULL && int32s != NULL, FALSE);
  g_return_val_if_fail (g_array_get_element_size (int32s) == sizeof (gint32), FALSE);
  g_return_val_if_fail (min >= G_MININT32 && max <= G_MAXINT32, FALSE);

  if (!hp_json_reader_begin_array (reader))
    return FALSE;
  for (; next_number (reader, count, max_elements, &value); count++)
    {
      if (G_UNLIKELY (!is_integer (reader->last, reader->p) || value < min || value > max))
        {
          g_autofree char *message
            = g_strdup_printf (_ ("an integer from %" PRIi64 " to %" PRIi64 " is expected here"), min, max);

          return _hp_json_reader_fail_at (reader, reader->last, message);
        }
      block[used] = (gint32) value;
      if (++used == G_N_ELEMENTS (block))
        {
          g_array_append_vals (int32s, block, used);
          used = 0;
        }
    }
  g_array_append_vals (int32s, block, used);
  return reader->error == NULL;
}

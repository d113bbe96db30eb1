/* hp-import-ubjson.c - UBJSON (draft 12, as XGBoost writes it) pulled value by value from memory
 *
 * A byte says what a value is, numbers follow with their most significant byte first. Arrays may say how many elements
 * come ("#"), and of what type all of them are ("$"): then the elements have no byte of their own. Lengths and counts
 * are compared with what is left of the file before anything is done with them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "hp-error.h"
#include "hp-import-ubjson.h"
#include "hp-text.h"

typedef struct
{
  gboolean object;
  guint8 type; /* of all elements; 0: each has its own */
  gboolean counted;
  guint64 left; /* elements, if counted */
} Level;

struct _HpUbjsonReader
{
  const guint8 *data, *p, *end;
  const guint8 *last; /* where the last value or key began */
  char *name;
  GError *error;
  gboolean begun;
  GString *scratch;
  Level levels[HP_UBJSON_MAX_DEPTH];
  guint depth;
};

/**
 * hp_ubjson_reader_new:
 * @data: (array length=length): the document, which has to outlive the reader
 * @length: its bytes
 * @name: what to call it in messages
 *
 * Starts reading. Nesting deeper than %HP_UBJSON_MAX_DEPTH, text that is not UTF-8 and counts beyond the end are
 * errors.
 *
 * Returns: (transfer full): the reader
 */
HpUbjsonReader *
hp_ubjson_reader_new (const guint8 *data, gsize length, const char *name)
{
  HpUbjsonReader *reader = g_new0 (HpUbjsonReader, 1);

  reader->data = reader->p = reader->last = data;
  reader->end = data + length;
  reader->name = hp_text_printable (name, -1, 0);
  reader->scratch = g_string_new (NULL);
  return reader;
}

/**
 * hp_ubjson_reader_free:
 * @reader: (transfer full) (nullable): a reader
 */
void
hp_ubjson_reader_free (HpUbjsonReader *reader)
{
  if (reader == NULL)
    return;
  g_free (reader->name);
  g_clear_error (&reader->error);
  g_string_free (reader->scratch, TRUE);
  g_free (reader);
}

/* Keeps the first error. Always FALSE. */
static gboolean
fail_at (HpUbjsonReader *reader, const guint8 *position, const char *message)
{
  if (reader->error == NULL)
    hp_set_error (&reader->error, HP_ERROR_BAD_DATA, NULL, _ ("%s: byte %" PRIu64 ": %s"), reader->name,
                  (guint64) (position - reader->data), message);
  return FALSE;
}

static gboolean
fail_early (HpUbjsonReader *reader)
{
  return fail_at (reader, reader->end, _ ("the file ends too early"));
}

/**
 * hp_ubjson_reader_fail:
 * @reader: a reader
 * @format: what is wrong with the value read last, as for printf()
 * @...: its arguments
 */
void
hp_ubjson_reader_fail (HpUbjsonReader *reader, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  fail_at (reader, reader->last, message);
}

/**
 * hp_ubjson_reader_failed:
 * @reader: a reader
 *
 * Returns: whether anything has gone wrong so far
 */
gboolean
hp_ubjson_reader_failed (HpUbjsonReader *reader)
{
  return reader->error != NULL;
}

static gsize
left (const HpUbjsonReader *reader)
{
  return reader->end - reader->p;
}

/* Bytes of a number of this type; 0: it is no number */
static guint
size_of (guint8 type)
{
  switch (type)
    {
    case 'i':
    case 'U':
      return 1;
    case 'I':
      return 2;
    case 'l':
    case 'd':
      return 4;
    case 'L':
    case 'D':
      return 8;
    default:
      return 0;
    }
}

static gboolean
is_integer (guint8 type)
{
  return size_of (type) > 0 && type != 'd' && type != 'D';
}

/* What the next value is, by its own byte or its array's; 0 at the end */
static guint8
next_type (const HpUbjsonReader *reader)
{
  const Level *level = reader->depth > 0 ? &reader->levels[reader->depth - 1] : NULL;

  if (level != NULL && level->type != 0)
    return level->type;
  return reader->p < reader->end ? *reader->p : 0;
}

/* Passes the byte that says what the value is; FALSE if there can be no value here */
static gboolean
start_value (HpUbjsonReader *reader, guint8 *type)
{
  const Level *level = reader->depth > 0 ? &reader->levels[reader->depth - 1] : NULL;

  *type = 0;
  if (reader->error != NULL)
    return FALSE;
  if (level == NULL && reader->begun)
    return fail_at (reader, reader->p, _ ("there is something after the end"));
  reader->begun = TRUE;
  reader->last = reader->p;
  if (level != NULL && level->type != 0)
    {
      *type = level->type;
      return TRUE;
    }
  if (reader->p == reader->end)
    return fail_early (reader);
  *type = *reader->p++;
  return TRUE;
}

/* An integer of this type, passed; all but U are signed */
static gboolean
take_integer (HpUbjsonReader *reader, guint8 type, gint64 *value)
{
  guint size = size_of (type), unused = 64 - 8 * size;
  guint64 bits = 0;

  *value = 0;
  if (left (reader) < size)
    return fail_early (reader);
  for (guint i = 0; i < size; i++)
    bits = bits << 8 | reader->p[i];
  reader->p += size;
  *value = type == 'U' ? (gint64) bits : (gint64) (bits << unused) >> unused;
  return TRUE;
}

static gboolean
take_real (HpUbjsonReader *reader, guint8 type, double *value)
{
  guint64 bits = 0;
  guint size = size_of (type);
  float single;

  if (left (reader) < size)
    return fail_early (reader);
  for (guint i = 0; i < size; i++)
    bits = bits << 8 | reader->p[i];
  reader->p += size;
  if (type == 'd')
    {
      guint32 half = (guint32) bits;

      memcpy (&single, &half, sizeof single);
      *value = single;
    }
  else
    memcpy (value, &bits, sizeof *value);
  return TRUE;
}

/* A length or count, with its type; at most as many as there are bytes left, of each_size bytes each */
static gboolean
take_count (HpUbjsonReader *reader, guint each_size, guint64 *count)
{
  const guint8 *start = reader->p;
  gint64 value;

  g_assert (each_size > 0);
  *count = 0;
  if (reader->p == reader->end)
    return fail_early (reader);
  if (!is_integer (*reader->p))
    return fail_at (reader, start, _ ("a length is expected here"));
  reader->p++;
  if (!take_integer (reader, start[0], &value))
    return FALSE;
  if (value < 0 || (guint64) value > left (reader) / each_size)
    return fail_at (reader, start, _ ("this length goes beyond the end of the file"));
  *count = value;
  return TRUE;
}

/* Text of so many bytes, copied to scratch */
static gboolean
take_text (HpUbjsonReader *reader, guint64 length)
{
  const char *text = (const char *) reader->p;

  if (!g_utf8_validate_len (text, length, NULL) || memchr (text, 0, length) != NULL)
    return fail_at (reader, reader->p, _ ("this is not UTF-8"));
  g_string_truncate (reader->scratch, 0);
  g_string_append_len (reader->scratch, text, (gssize) length);
  reader->p += length;
  return TRUE;
}

/**
 * hp_ubjson_reader_peek:
 * @reader: a reader
 *
 * Returns: `{`, `[`, `s`, `n`, `t`, `f` or `z`, as hp_json_reader_peek(); 0 at the end, after a failure, and if what
 * comes next isn't a value
 */
char
hp_ubjson_reader_peek (HpUbjsonReader *reader)
{
  guint8 type;

  if (reader->error != NULL)
    return 0;
  type = next_type (reader);
  switch (type)
    {
    case '{':
    case '[':
      return (char) type;
    case 'S':
    case 'C':
      return 's';
    case 'T':
      return 't';
    case 'F':
      return 'f';
    case 'Z':
      return 'z';
    default:
      if (size_of (type) > 0)
        return 'n';
      if (reader->p < reader->end)
        fail_at (reader, reader->p, _ ("a value is expected here"));
      return 0;
    }
}

static Level *
push (HpUbjsonReader *reader, gboolean object)
{
  if (reader->depth == HP_UBJSON_MAX_DEPTH)
    {
      fail_at (reader, reader->last, _ ("nested too deeply"));
      return NULL;
    }
  reader->levels[reader->depth] = (Level){ .object = object };
  return &reader->levels[reader->depth++];
}

/**
 * hp_ubjson_reader_begin_object:
 * @reader: a reader
 *
 * Returns: whether the next value is an object, which is entered then
 */
gboolean
hp_ubjson_reader_begin_object (HpUbjsonReader *reader)
{
  guint8 type;

  if (!start_value (reader, &type))
    return FALSE;
  if (type != '{')
    return fail_at (reader, reader->last, _ ("an object is expected here"));
  if (reader->p < reader->end && (*reader->p == '$' || *reader->p == '#'))
    return fail_at (reader, reader->p, _ ("objects that say how many members they have are not read here"));
  return push (reader, TRUE) != NULL;
}

/**
 * hp_ubjson_reader_next_member:
 * @reader: a reader in an object
 * @key: (out) (transfer none): the key, valid until the next call
 *
 * Returns: whether there is another member, whose value is to be read next
 */
gboolean
hp_ubjson_reader_next_member (HpUbjsonReader *reader, const char **key)
{
  guint64 length;

  *key = NULL;
  if (reader->error != NULL)
    return FALSE;
  g_return_val_if_fail (reader->depth > 0 && reader->levels[reader->depth - 1].object, FALSE);

  if (reader->p == reader->end)
    return fail_early (reader);
  if (*reader->p == '}')
    {
      reader->p++;
      reader->depth--;
      return FALSE;
    }
  reader->last = reader->p;
  if (!take_count (reader, 1, &length) || !take_text (reader, length))
    return FALSE;
  *key = reader->scratch->str;
  return TRUE;
}

/**
 * hp_ubjson_reader_begin_array:
 * @reader: a reader
 *
 * Returns: whether the next value is an array, which is entered then
 */
gboolean
hp_ubjson_reader_begin_array (HpUbjsonReader *reader)
{
  Level *level;
  guint8 type;

  if (!start_value (reader, &type))
    return FALSE;
  if (type != '[')
    return fail_at (reader, reader->last, _ ("an array is expected here"));
  level = push (reader, FALSE);
  if (level == NULL)
    return FALSE;
  if (left (reader) >= 2 && *reader->p == '$')
    {
      /* Elements without bytes (true, null) could be any number of them in a small file. */
      if (size_of (reader->p[1]) == 0)
        return fail_at (reader, reader->p, _ ("arrays of this type are not read here"));
      level->type = reader->p[1];
      reader->p += 2;
      if (reader->p == reader->end || *reader->p != '#')
        return fail_at (reader, reader->p, _ ("a length is expected here"));
    }
  if (reader->p < reader->end && *reader->p == '#')
    {
      reader->p++;
      level->counted = TRUE;
      return take_count (reader, level->type != 0 ? size_of (level->type) : 1, &level->left);
    }
  return TRUE;
}

/**
 * hp_ubjson_reader_next_element:
 * @reader: a reader in an array
 *
 * Returns: whether there is another element, to be read next; %FALSE at the array's end or after a failure
 */
gboolean
hp_ubjson_reader_next_element (HpUbjsonReader *reader)
{
  Level *level;

  if (reader->error != NULL)
    return FALSE;
  g_return_val_if_fail (reader->depth > 0 && !reader->levels[reader->depth - 1].object, FALSE);

  level = &reader->levels[reader->depth - 1];
  if (level->counted ? level->left > 0 : reader->p < reader->end && *reader->p != ']')
    {
      level->left -= level->counted;
      return TRUE;
    }
  if (!level->counted)
    {
      if (reader->p == reader->end)
        return fail_early (reader);
      reader->p++;
    }
  reader->depth--;
  return FALSE;
}

/**
 * hp_ubjson_reader_string:
 * @reader: a reader
 * @value: (out) (transfer none): the text, valid until the next call
 *
 * Returns: whether the next value is text
 */
gboolean
hp_ubjson_reader_string (HpUbjsonReader *reader, const char **value)
{
  guint64 length = 1;
  guint8 type;

  *value = NULL;
  if (!start_value (reader, &type))
    return FALSE;
  if (type != 'S' && type != 'C')
    return fail_at (reader, reader->last, _ ("text is expected here"));
  if (type == 'C' && reader->p == reader->end)
    return fail_early (reader);
  if ((type == 'S' && !take_count (reader, 1, &length)) || !take_text (reader, length))
    return FALSE;
  *value = reader->scratch->str;
  return TRUE;
}

/**
 * hp_ubjson_reader_number:
 * @reader: a reader
 * @value: (out): the number, which may be NaN or infinite
 *
 * Returns: whether the next value is a number
 */
gboolean
hp_ubjson_reader_number (HpUbjsonReader *reader, double *value)
{
  gint64 integer;
  guint8 type;

  *value = 0;
  if (!start_value (reader, &type))
    return FALSE;
  if (type == 'd' || type == 'D')
    return take_real (reader, type, value);
  if (!is_integer (type))
    return fail_at (reader, reader->last, _ ("a number is expected here"));
  if (!take_integer (reader, type, &integer))
    return FALSE;
  *value = (double) integer;
  return TRUE;
}

/**
 * hp_ubjson_reader_integer:
 * @reader: a reader
 * @min: the least it may be
 * @max: the most it may be
 * @value: (out): the number
 *
 * Returns: whether the next value is an integer within the bounds
 */
gboolean
hp_ubjson_reader_integer (HpUbjsonReader *reader, gint64 min, gint64 max, gint64 *value)
{
  guint8 type;

  *value = 0;
  if (!start_value (reader, &type))
    return FALSE;
  if (!is_integer (type))
    return fail_at (reader, reader->last, _ ("an integer is expected here"));
  if (!take_integer (reader, type, value))
    return FALSE;
  if (*value < min || *value > max)
    {
      g_autofree char *message
        = g_strdup_printf (_ ("an integer from %" PRIi64 " to %" PRIi64 " is expected here"), min, max);

      return fail_at (reader, reader->last, message);
    }
  return TRUE;
}

/**
 * hp_ubjson_reader_boolean:
 * @reader: a reader
 * @value: (out): what it is
 *
 * Returns: whether the next value is true or false
 */
gboolean
hp_ubjson_reader_boolean (HpUbjsonReader *reader, gboolean *value)
{
  guint8 type;

  *value = FALSE;
  if (!start_value (reader, &type))
    return FALSE;
  *value = type == 'T';
  return *value || type == 'F' || fail_at (reader, reader->last, _ ("true or false is expected here"));
}

/**
 * hp_ubjson_reader_skip:
 * @reader: a reader
 *
 * Passes the next value, whatever it is and contains.
 *
 * Returns: whether there is a value
 */
gboolean
hp_ubjson_reader_skip (HpUbjsonReader *reader)
{
  guint depth = reader->depth;
  const char *ignored;
  gboolean truth;
  double number;
  guint8 type;

  do
    {
      if (reader->depth > depth)
        {
          Level *level = &reader->levels[reader->depth - 1];

          if (level->type != 0)
            {
              reader->p += level->left * size_of (level->type);
              level->left = 0;
            }
          if (!(level->object ? hp_ubjson_reader_next_member (reader, &ignored)
                              : hp_ubjson_reader_next_element (reader)))
            continue;
        }
      switch (hp_ubjson_reader_peek (reader))
        {
        case '{':
          hp_ubjson_reader_begin_object (reader);
          break;
        case '[':
          hp_ubjson_reader_begin_array (reader);
          break;
        case 's':
          hp_ubjson_reader_string (reader, &ignored);
          break;
        case 'n':
          hp_ubjson_reader_number (reader, &number);
          break;
        case 't':
        case 'f':
          hp_ubjson_reader_boolean (reader, &truth);
          break;
        case 'z':
          start_value (reader, &type);
          break;
        default:
          fail_early (reader);
        }
    }
  while (reader->error == NULL && reader->depth > depth);
  return reader->error == NULL;
}

/**
 * hp_ubjson_reader_end:
 * @reader: a reader
 * @error: %HP_ERROR_BAD_DATA, with the first failure
 *
 * Returns: whether the value has been read as a whole, and nothing follows it
 */
gboolean
hp_ubjson_reader_end (HpUbjsonReader *reader, GError **error)
{
  if (reader->error == NULL && reader->p < reader->end)
    fail_at (reader, reader->p, _ ("there is something after the end"));
  if (reader->error == NULL && !reader->begun)
    fail_early (reader);
  if (reader->error == NULL)
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (reader->error);
  return FALSE;
}

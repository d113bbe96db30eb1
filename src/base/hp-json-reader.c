/* hp-json-reader.c - JSON (RFC 8259) pulled value by value from a text in memory
 *
 * This is the only JSON grammar of the project: hp_json_parse() builds its tree with it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "hp-error.h"
#include "hp-json-private.h"
#include "hp-text.h"

/* More would make a hash table of the keys, which a stranger has chosen, slow. */
#define MAX_MEMBERS 16384

/**
 * hp_json_reader_new:
 * @text: (array length=length): the JSON text, which has to outlive the reader
 * @length: how many bytes of it
 * @name: (nullable): what to call it in messages, such as the path
 *
 * Starts reading. The text has to be strict JSON in UTF-8: one value, no comments, no trailing commas.
 * Nesting deeper than %HP_JSON_MAX_DEPTH, duplicate keys, more than 16,384 members in an object, numbers
 * that a double (an integer: 64 bits) can't hold and NULs in strings are errors.
 *
 * Returns: (transfer full): the reader
 */
HpJsonReader *
hp_json_reader_new (const char *text, gsize length, const char *name)
{
  HpJsonReader *reader;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  reader = g_new0 (HpJsonReader, 1);
  reader->text = reader->p = reader->last = text != NULL ? text : "";
  reader->end = reader->text + length;
  reader->name = hp_text_printable (name != NULL ? name : "JSON", -1, 0);
  reader->scratch = g_string_new (NULL);
  reader->members = g_array_new (FALSE, FALSE, sizeof (Member));
  reader->keys = g_string_new (NULL);
  return reader;
}

/**
 * hp_json_reader_free:
 * @reader: (transfer full) (nullable): a reader
 *
 * Frees the reader.
 */
void
hp_json_reader_free (HpJsonReader *reader)
{
  if (reader == NULL)
    return;
  g_free (reader->name);
  g_clear_error (&reader->error);
  g_string_free (reader->scratch, TRUE);
  g_array_unref (reader->members);
  g_string_free (reader->keys, TRUE);
  g_free (reader);
}

/**
 * hp_json_reader_allow_infinite:
 * @reader: a reader that has read nothing yet
 *
 * Makes the words `NaN`, `Infinity` and `-Infinity` numbers. RFC 8259 knows no such values, but other programs write
 * them all the same, and hp_json_reader_number() and hp_json_reader_floats() then return them.
 */
void
hp_json_reader_allow_infinite (HpJsonReader *reader)
{
  g_return_if_fail (reader != NULL && !reader->begun);

  reader->infinite = TRUE;
}

/* Keeps the first error. Columns are counted in characters. Always FALSE. */
gboolean
_hp_json_reader_fail_at (HpJsonReader *reader, const char *position, const char *message)
{
  guint64 line = 1, column = 1;

  if (reader->error != NULL)
    return FALSE;
  for (const char *p = reader->text; p < position; p++)
    if (*p == '\n')
      {
        line++;
        column = 1;
      }
    else if (((guchar) *p & 0xc0) != 0x80)
      column++;
  hp_set_error (&reader->error, HP_ERROR_BAD_DATA, NULL, "%s:%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT ": %s",
                reader->name, line, column, message);
  return FALSE;
}

gboolean
_hp_json_reader_fail_expecting (HpJsonReader *reader, const char *message)
{
  return _hp_json_reader_fail_at (reader, reader->p, reader->p < reader->end ? message : _ ("the text ends too early"));
}

/**
 * hp_json_reader_fail:
 * @reader: a reader
 * @format: what is wrong with the value read last, as for printf()
 * @...: its arguments
 *
 * Makes reading fail for a reason that isn't JSON's, at the place of the last value or key.
 */
void
hp_json_reader_fail (HpJsonReader *reader, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  g_return_if_fail (reader != NULL);

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  _hp_json_reader_fail_at (reader, reader->last, message);
}

/**
 * hp_json_reader_failed:
 * @reader: a reader
 *
 * Returns: whether anything has gone wrong so far
 */
gboolean
hp_json_reader_failed (HpJsonReader *reader)
{
  g_return_val_if_fail (reader != NULL, TRUE);

  return reader->error != NULL;
}

/* What a value has before it, of whatever kind: FALSE if there can't be one here */
gboolean
_hp_json_reader_start_value (HpJsonReader *reader)
{
  if (reader->error != NULL)
    return FALSE;
  _hp_json_reader_skip_space (reader);
  if (reader->depth == 0 && reader->begun)
    return _hp_json_reader_fail_at (reader, reader->p, _ ("there is something after the end"));
  if (reader->p == reader->end)
    return _hp_json_reader_fail_expecting (reader, "");
  reader->begun = TRUE;
  reader->last = reader->p;
  return TRUE;
}

/**
 * hp_json_reader_peek:
 * @reader: a reader
 *
 * Looks at the next value without reading it.
 *
 * Returns: `{` object, `[` array, `s` string, `n` number, `t` true, `f` false, `z` null; 0 at the end of
 *   the text or after a failure, also if what comes next isn't a value
 */
char
hp_json_reader_peek (HpJsonReader *reader)
{
  g_return_val_if_fail (reader != NULL, 0);

  if (reader->error != NULL)
    return 0;
  _hp_json_reader_skip_space (reader);
  if (reader->p == reader->end)
    return 0;
  switch (*reader->p)
    {
    case '{':
    case '[':
    case 't':
    case 'f':
      return *reader->p;
    case '"':
      return 's';
    case 'n':
      return 'z';
    case '-':
    case '0' ... '9':
      return 'n';
    case 'N':
    case 'I':
      if (reader->infinite)
        return 'n';
      G_GNUC_FALLTHROUGH;
    default:
      _hp_json_reader_fail_at (reader, reader->p, _ ("a value is expected here"));
      return 0;
    }
}

static gboolean
begin (HpJsonReader *reader, gboolean object)
{
  Level *level;

  if (!_hp_json_reader_start_value (reader))
    return FALSE;
  if (*reader->p != (object ? '{' : '['))
    return _hp_json_reader_fail_at (reader, reader->p,
                                    object ? _ ("an object is expected here") : _ ("an array is expected here"));
  if (reader->depth == HP_JSON_MAX_DEPTH)
    return _hp_json_reader_fail_at (reader, reader->p, _ ("nested too deeply"));
  reader->p++;
  level = &reader->levels[reader->depth++];
  level->object = object;
  level->first = TRUE;
  level->first_member = reader->members->len;
  level->first_key = reader->keys->len;
  return TRUE;
}

/* At what follows in the innermost object or array: TRUE if that is another item, past its comma; FALSE if it is the
 * end, past it, or a failure */
static gboolean
next (HpJsonReader *reader, char close, const char *expectation)
{
  Level *level = &reader->levels[reader->depth - 1];

  if (reader->error != NULL)
    return FALSE;
  _hp_json_reader_skip_space (reader);
  if (reader->p == reader->end)
    return _hp_json_reader_fail_expecting (reader, "");
  if (*reader->p == close)
    {
      reader->p++;
      reader->depth--;
      return FALSE;
    }
  if (level->first)
    {
      level->first = FALSE;
      return TRUE;
    }
  if (*reader->p != ',')
    return _hp_json_reader_fail_at (reader, reader->p, expectation);
  reader->p++;
  return TRUE;
}

/**
 * hp_json_reader_begin_object:
 * @reader: a reader
 *
 * Enters an object. Then hp_json_reader_next_member() has to be called until it returns %FALSE, and after
 * each %TRUE one value has to be read or skipped.
 *
 * Returns: whether the next value is one
 */
gboolean
hp_json_reader_begin_object (HpJsonReader *reader)
{
  g_return_val_if_fail (reader != NULL, FALSE);

  return begin (reader, TRUE);
}

/**
 * hp_json_reader_begin_array:
 * @reader: a reader
 *
 * Enters an array. Then hp_json_reader_next_element() has to be called until it returns %FALSE, and after
 * each %TRUE one value has to be read or skipped.
 *
 * Returns: whether the next value is one
 */
gboolean
hp_json_reader_begin_array (HpJsonReader *reader)
{
  g_return_val_if_fail (reader != NULL, FALSE);

  return begin (reader, FALSE);
}

/**
 * hp_json_reader_next_element:
 * @reader: a reader in an array
 *
 * Returns: whether there is another element, to be read next; %FALSE at the array's end, which is then
 *   passed, or after a failure
 */
gboolean
hp_json_reader_next_element (HpJsonReader *reader)
{
  g_return_val_if_fail (reader != NULL, FALSE);
  if (reader->error != NULL)
    return FALSE;
  g_return_val_if_fail (reader->depth > 0 && !reader->levels[reader->depth - 1].object, FALSE);

  return next (reader, ']', _ ("a comma or ']' is expected here"));
}

static int
compare_members (gconstpointer a, gconstpointer b, gpointer keys)
{
  const Member *x = a, *y = b;
  int order = strcmp ((const char *) keys + x->key, (const char *) keys + y->key);

  return order != 0 ? order : (x->position > y->position) - (x->position < y->position);
}

/* At the end of an object: its keys all differ, and are forgotten. Sorting rather than hashing them leaves a
 * stranger no way to make this slow. */
static void
close_object (HpJsonReader *reader, const Level *level)
{
  guint n = reader->members->len - level->first_member;
  /* an array that never held anything has no memory, and NULL has no elements to point to */
  Member *members = n > 0 ? &g_array_index (reader->members, Member, level->first_member) : NULL;
  const char *keys = reader->keys->str;
  const Member *duplicate = NULL;

  if (n > 1)
    qsort_r (members, n, sizeof *members, compare_members, (gpointer) keys);
  for (guint i = 1; i < n; i++)
    if (strcmp (keys + members[i - 1].key, keys + members[i].key) == 0
        && (duplicate == NULL || members[i].position < duplicate->position))
      duplicate = &members[i];
  if (duplicate != NULL)
    {
      g_autofree char *key = hp_text_printable (keys + duplicate->key, -1, 60);
      g_autofree char *message = g_strdup_printf (_ ("the key \"%s\" is here twice"), key);

      _hp_json_reader_fail_at (reader, reader->text + duplicate->position, message);
    }
  g_array_set_size (reader->members, level->first_member);
  g_string_truncate (reader->keys, level->first_key);
}

/**
 * hp_json_reader_next_member:
 * @reader: a reader in an object
 * @key: (out) (transfer none): the key, valid until the next call
 *
 * Duplicate keys are found at the object's end, and reported where the second one is.
 *
 * Returns: whether there is another member, whose value is to be read next; %FALSE at the object's end,
 *   which is then passed, or after a failure
 */
gboolean
hp_json_reader_next_member (HpJsonReader *reader, const char **key)
{
  Member member;
  Level *level;

  g_return_val_if_fail (reader != NULL && key != NULL, FALSE);
  *key = NULL;
  if (reader->error != NULL)
    return FALSE;
  g_return_val_if_fail (reader->depth > 0 && reader->levels[reader->depth - 1].object, FALSE);

  level = &reader->levels[reader->depth - 1];
  if (!next (reader, '}', _ ("a comma or '}' is expected here")))
    {
      if (reader->error == NULL)
        close_object (reader, level);
      return FALSE;
    }
  _hp_json_reader_skip_space (reader);
  if (reader->p == reader->end || *reader->p != '"')
    return _hp_json_reader_fail_expecting (reader, _ ("a key in quotes is expected here"));
  if (reader->members->len - level->first_member == MAX_MEMBERS)
    return _hp_json_reader_fail_at (reader, reader->p, _ ("too many members in an object"));

  reader->last = reader->p;
  member = (Member){ .key = reader->keys->len, .position = reader->p - reader->text };
  if (!_hp_json_reader_read_string (reader, reader->keys))
    return FALSE;
  g_string_append_c (reader->keys, '\0');
  g_array_append_val (reader->members, member);
  _hp_json_reader_skip_space (reader);
  if (reader->p == reader->end || *reader->p != ':')
    return _hp_json_reader_fail_expecting (reader, _ ("a colon is expected here"));
  reader->p++;
  *key = reader->keys->str + member.key;
  return TRUE;
}

/**
 * hp_json_reader_skip:
 * @reader: a reader
 *
 * Passes the next value, whatever it is and contains. It is checked as strictly as if it were read.
 *
 * Returns: whether there is a value
 */
gboolean
hp_json_reader_skip (HpJsonReader *reader)
{
  const char *ignored;
  gboolean truth;
  double number;
  guint depth;

  g_return_val_if_fail (reader != NULL, FALSE);

  depth = reader->depth;
  do
    {
      if (reader->depth > depth)
        {
          gboolean object = reader->levels[reader->depth - 1].object;

          if (!(object ? hp_json_reader_next_member (reader, &ignored) : hp_json_reader_next_element (reader)))
            continue;
        }
      switch (hp_json_reader_peek (reader))
        {
        case '{':
          begin (reader, TRUE);
          break;
        case '[':
          begin (reader, FALSE);
          break;
        case 's':
          hp_json_reader_string (reader, &ignored);
          break;
        case 'n':
          hp_json_reader_number (reader, &number);
          break;
        case 't':
        case 'f':
          hp_json_reader_boolean (reader, &truth);
          break;
        default:
          if (_hp_json_reader_start_value (reader) && !_hp_json_reader_accept_word (reader, "null"))
            _hp_json_reader_fail_at (reader, reader->p, _ ("a value is expected here"));
        }
    }
  while (reader->error == NULL && reader->depth > depth);
  return reader->error == NULL;
}

/**
 * hp_json_reader_end:
 * @reader: a reader
 * @error: %HP_ERROR_BAD_DATA, with the first failure: "NAME:LINE:COLUMN: message"
 *
 * Ends reading: the value has to have been read as a whole, and nothing may follow it.
 *
 * Returns: whether all went well
 */
gboolean
hp_json_reader_end (HpJsonReader *reader, GError **error)
{
  g_return_val_if_fail (reader != NULL, FALSE);

  if (reader->error == NULL)
    {
      _hp_json_reader_skip_space (reader);
      if (!reader->begun || reader->depth > 0)
        _hp_json_reader_fail_expecting (reader, _ ("more is here than was expected"));
      else if (reader->p < reader->end)
        _hp_json_reader_fail_at (reader, reader->p, _ ("there is something after the end"));
    }
  if (reader->error == NULL)
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (reader->error);
  return FALSE;
}

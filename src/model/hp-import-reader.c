/* hp-import-reader.c - one way to pull values out of JSON and UBJSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hp-import-reader.h"
#include "hp-import-ubjson.h"
#include "hp-json.h"

/* One of the two is there. */
struct _HpImportReader
{
  HpJsonReader *json;
  HpUbjsonReader *ubjson;
};

/**
 * hp_import_reader_new:
 * @data: (array length=length): the document, which has to outlive the reader
 * @length: its bytes
 * @is_ubjson: whether it is UBJSON; else it is JSON
 * @name: what to call it in messages
 *
 * Returns: (transfer full): the reader
 */
HpImportReader *
hp_import_reader_new (const char *data, gsize length, gboolean is_ubjson, const char *name)
{
  HpImportReader *reader = g_new0 (HpImportReader, 1);

  if (is_ubjson)
    reader->ubjson = hp_ubjson_reader_new ((const guint8 *) data, length, name);
  else
    {
      reader->json = hp_json_reader_new (data, length, name);
      hp_json_reader_allow_infinite (reader->json);
    }
  return reader;
}

/**
 * hp_import_reader_free:
 * @reader: (transfer full) (nullable): a reader
 */
void
hp_import_reader_free (HpImportReader *reader)
{
  if (reader == NULL)
    return;
  g_clear_pointer (&reader->json, hp_json_reader_free);
  g_clear_pointer (&reader->ubjson, hp_ubjson_reader_free);
  g_free (reader);
}

/**
 * hp_import_reader_peek:
 * @reader: a reader
 *
 * Returns: what the next value is, as hp_json_reader_peek()
 */
char
hp_import_reader_peek (HpImportReader *reader)
{
  return reader->json != NULL ? hp_json_reader_peek (reader->json) : hp_ubjson_reader_peek (reader->ubjson);
}

/**
 * hp_import_reader_begin_object:
 * @reader: a reader
 *
 * Returns: whether the next value is an object, which is entered then
 */
gboolean
hp_import_reader_begin_object (HpImportReader *reader)
{
  return reader->json != NULL ? hp_json_reader_begin_object (reader->json)
                              : hp_ubjson_reader_begin_object (reader->ubjson);
}

/**
 * hp_import_reader_next_member:
 * @reader: a reader in an object
 * @key: (out) (transfer none): the key, valid until the next call
 *
 * Returns: whether there is another member
 */
gboolean
hp_import_reader_next_member (HpImportReader *reader, const char **key)
{
  return reader->json != NULL ? hp_json_reader_next_member (reader->json, key)
                              : hp_ubjson_reader_next_member (reader->ubjson, key);
}

/**
 * hp_import_reader_begin_array:
 * @reader: a reader
 *
 * Returns: whether the next value is an array, which is entered then
 */
gboolean
hp_import_reader_begin_array (HpImportReader *reader)
{
  return reader->json != NULL ? hp_json_reader_begin_array (reader->json)
                              : hp_ubjson_reader_begin_array (reader->ubjson);
}

/**
 * hp_import_reader_next_element:
 * @reader: a reader in an array
 *
 * Returns: whether there is another element
 */
gboolean
hp_import_reader_next_element (HpImportReader *reader)
{
  return reader->json != NULL ? hp_json_reader_next_element (reader->json)
                              : hp_ubjson_reader_next_element (reader->ubjson);
}

/**
 * hp_import_reader_string:
 * @reader: a reader
 * @value: (out) (transfer none): the text, valid until the next call
 *
 * Returns: whether the next value is text
 */
gboolean
hp_import_reader_string (HpImportReader *reader, const char **value)
{
  return reader->json != NULL ? hp_json_reader_string (reader->json, value)
                              : hp_ubjson_reader_string (reader->ubjson, value);
}

/**
 * hp_import_reader_number:
 * @reader: a reader
 * @value: (out): the number, perhaps NaN or infinite
 *
 * Returns: whether the next value is a number
 */
gboolean
hp_import_reader_number (HpImportReader *reader, double *value)
{
  return reader->json != NULL ? hp_json_reader_number (reader->json, value)
                              : hp_ubjson_reader_number (reader->ubjson, value);
}

/**
 * hp_import_reader_skip:
 * @reader: a reader
 *
 * Returns: whether there is a value, which is passed
 */
gboolean
hp_import_reader_skip (HpImportReader *reader)
{
  return reader->json != NULL ? hp_json_reader_skip (reader->json) : hp_ubjson_reader_skip (reader->ubjson);
}

/**
 * hp_import_reader_fail:
 * @reader: a reader
 * @format: what is wrong with the value read last, as for printf()
 * @...: its arguments
 */
void
hp_import_reader_fail (HpImportReader *reader, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  if (reader->json != NULL)
    hp_json_reader_fail (reader->json, "%s", message);
  else
    hp_ubjson_reader_fail (reader->ubjson, "%s", message);
}

/**
 * hp_import_reader_failed:
 * @reader: a reader
 *
 * Returns: whether anything has gone wrong so far
 */
gboolean
hp_import_reader_failed (HpImportReader *reader)
{
  return reader->json != NULL ? hp_json_reader_failed (reader->json) : hp_ubjson_reader_failed (reader->ubjson);
}

/**
 * hp_import_reader_end:
 * @reader: a reader
 * @error: %HP_ERROR_BAD_DATA, with the first failure
 *
 * Returns: whether the value has been read as a whole, and nothing follows it
 */
gboolean
hp_import_reader_end (HpImportReader *reader, GError **error)
{
  return reader->json != NULL ? hp_json_reader_end (reader->json, error) : hp_ubjson_reader_end (reader->ubjson, error);
}

/* true is 1, false is 0 */
static gboolean
read_integer (HpImportReader *reader, gint64 *value)
{
  char type = hp_import_reader_peek (reader);
  gboolean truth;

  *value = 0;
  if (type == 't' || type == 'f')
    {
      if (!(reader->json != NULL ? hp_json_reader_boolean (reader->json, &truth)
                                 : hp_ubjson_reader_boolean (reader->ubjson, &truth)))
        return FALSE;
      *value = truth;
      return TRUE;
    }
  return reader->json != NULL ? hp_json_reader_integer (reader->json, G_MININT64, G_MAXINT64, value)
                              : hp_ubjson_reader_integer (reader->ubjson, G_MININT64, G_MAXINT64, value);
}

/**
 * hp_import_reader_integer:
 * @reader: a reader
 * @value: (out): the number; true is 1, false is 0
 *
 * Returns: whether the next value is an integer or a boolean
 */
gboolean
hp_import_reader_integer (HpImportReader *reader, gint32 *value)
{
  gint64 integer;
  gboolean read = read_integer (reader, &integer);

  *value = (gint32) CLAMP (integer, G_MININT32, G_MAXINT32);
  return read;
}

static gboolean
has_room (HpImportReader *reader, gsize count, gsize max_elements)
{
  if (count < max_elements)
    return TRUE;
  hp_import_reader_fail (reader, _ ("an array of at most %zu elements is expected here"), max_elements);
  return FALSE;
}

/**
 * hp_import_reader_int32s:
 * @reader: a reader
 * @int32s: (element-type gint32): where to append the elements, by the rules of hp_import_reader_integer()
 * @max_elements: the most elements the array may have
 *
 * Returns: whether the next value is an array of them
 */
gboolean
hp_import_reader_int32s (HpImportReader *reader, GArray *int32s, gsize max_elements)
{
  gint32 value;

  if (!hp_import_reader_begin_array (reader))
    return FALSE;
  for (gsize count = 0; hp_import_reader_next_element (reader); count++)
    if (!has_room (reader, count, max_elements) || !hp_import_reader_integer (reader, &value))
      return FALSE;
    else
      g_array_append_val (int32s, value);
  return !hp_import_reader_failed (reader);
}

/**
 * hp_import_reader_int64s:
 * @reader: a reader
 * @int64s: (element-type gint64): where to append the elements
 * @max_elements: the most elements the array may have
 *
 * Returns: whether the next value is an array of integers or booleans
 */
gboolean
hp_import_reader_int64s (HpImportReader *reader, GArray *int64s, gsize max_elements)
{
  gint64 value;

  if (!hp_import_reader_begin_array (reader))
    return FALSE;
  for (gsize count = 0; hp_import_reader_next_element (reader); count++)
    if (!has_room (reader, count, max_elements) || !read_integer (reader, &value))
      return FALSE;
    else
      g_array_append_val (int64s, value);
  return !hp_import_reader_failed (reader);
}

/**
 * hp_import_reader_floats:
 * @reader: a reader
 * @floats: (element-type gfloat): where to append the elements, rounded to single precision
 * @max_elements: the most elements the array may have
 *
 * Returns: whether the next value is an array of numbers
 */
gboolean
hp_import_reader_floats (HpImportReader *reader, GArray *floats, gsize max_elements)
{
  double value;

  if (reader->json != NULL)
    return hp_json_reader_floats (reader->json, floats, max_elements);
  if (!hp_ubjson_reader_begin_array (reader->ubjson))
    return FALSE;
  for (gsize count = 0; hp_ubjson_reader_next_element (reader->ubjson); count++)
    {
      float single;

      if (!has_room (reader, count, max_elements) || !hp_ubjson_reader_number (reader->ubjson, &value))
        return FALSE;
      single = (float) value;
      g_array_append_val (floats, single);
    }
  return !hp_import_reader_failed (reader);
}

/* hp-json-writer.c - JSON out: shortest round-trip numbers, the order in which it was written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-json.h"
#include "hp-number.h"

typedef struct
{
  gboolean object;
  gboolean keyed; /* an object's key has been written and waits for its value */
  gboolean empty;
  gboolean broken; /* its items stand on lines of their own */
} Level;

struct _HpJsonWriter
{
  GString *out;
  gboolean pretty;
  GArray *levels; /* of Level */
};

/**
 * hp_json_writer_new:
 * @pretty: whether to indent by two spaces rather than to write one line
 *
 * Returns: (transfer full): a writer, which expects one value of any type
 */
HpJsonWriter *
hp_json_writer_new (gboolean pretty)
{
  HpJsonWriter *writer = g_new0 (HpJsonWriter, 1);

  writer->out = g_string_new (NULL);
  writer->pretty = pretty;
  writer->levels = g_array_new (FALSE, TRUE, sizeof (Level));
  return writer;
}

/**
 * hp_json_writer_free:
 * @writer: (transfer full) (nullable): a writer, in whatever state
 *
 * Frees the writer and what it has written.
 */
void
hp_json_writer_free (HpJsonWriter *writer)
{
  if (writer == NULL)
    return;
  g_string_free (writer->out, TRUE);
  g_array_unref (writer->levels);
  g_free (writer);
}

static Level *
innermost (HpJsonWriter *writer)
{
  return writer->levels->len > 0 ? &g_array_index (writer->levels, Level, writer->levels->len - 1) : NULL;
}

static void
new_line (HpJsonWriter *writer)
{
  g_string_append_c (writer->out, '\n');
  for (guint i = 0; i < writer->levels->len; i++)
    g_string_append (writer->out, "  ");
}

/* The comma and the line break before an item */
static void
separate (HpJsonWriter *writer, Level *level)
{
  if (!level->empty)
    g_string_append_c (writer->out, ',');
  if (level->broken)
    new_line (writer);
  else if (!level->empty && writer->pretty)
    g_string_append_c (writer->out, ' ');
  level->empty = FALSE;
}

/* What stands before a value wherever a value is allowed */
static void
begin_value (HpJsonWriter *writer, gboolean container)
{
  Level *level = innermost (writer);

  if (level == NULL)
    {
      g_assert (writer->out->len == 0);
      return;
    }
  if (level->object)
    {
      g_assert (level->keyed);
      level->keyed = FALSE;
      return;
    }
  /* The first element decides how an array is laid out. */
  if (level->empty)
    level->broken = writer->pretty && container;
  separate (writer, level);
}

static void
begin (HpJsonWriter *writer, gboolean object)
{
  Level level = { .object = object, .empty = TRUE, .broken = writer->pretty && object };

  begin_value (writer, TRUE);
  g_string_append_c (writer->out, object ? '{' : '[');
  g_array_append_val (writer->levels, level);
}

static void
end (HpJsonWriter *writer, gboolean object)
{
  Level level;

  g_assert (writer->levels->len > 0);
  level = *innermost (writer);
  g_assert (level.object == object && !level.keyed);
  g_array_set_size (writer->levels, writer->levels->len - 1);
  if (level.broken && !level.empty)
    new_line (writer);
  g_string_append_c (writer->out, object ? '}' : ']');
}

/**
 * hp_json_writer_begin_object:
 * @writer: a writer that expects a value
 *
 * Begins an object: then come keys, each with a value, and hp_json_writer_end_object().
 */
void
hp_json_writer_begin_object (HpJsonWriter *writer)
{
  g_return_if_fail (writer != NULL);

  begin (writer, TRUE);
}

/**
 * hp_json_writer_end_object:
 * @writer: a writer in an object that expects a key
 *
 * Ends the innermost object.
 */
void
hp_json_writer_end_object (HpJsonWriter *writer)
{
  g_return_if_fail (writer != NULL);

  end (writer, TRUE);
}

/**
 * hp_json_writer_begin_array:
 * @writer: a writer that expects a value
 *
 * Begins an array: then come values and hp_json_writer_end_array(). When indenting, an array whose
 * first element is a scalar stands on one line.
 */
void
hp_json_writer_begin_array (HpJsonWriter *writer)
{
  g_return_if_fail (writer != NULL);

  begin (writer, FALSE);
}

/**
 * hp_json_writer_end_array:
 * @writer: a writer in an array
 *
 * Ends the innermost array.
 */
void
hp_json_writer_end_array (HpJsonWriter *writer)
{
  g_return_if_fail (writer != NULL);

  end (writer, FALSE);
}

static void
put_string (GString *out, const char *text)
{
  g_autofree char *valid = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);

  g_string_append_c (out, '"');
  while (*text != '\0')
    {
      const char *run = text;

      while ((guchar) *text >= 0x20 && *text != '"' && *text != '\\' && *text != 0x7f)
        text++;
      g_string_append_len (out, run, text - run);
      switch (*text)
        {
        case '\0':
          continue;
        case '"':
        case '\\':
          g_string_append_c (out, '\\');
          g_string_append_c (out, *text);
          break;
        case '\n':
          g_string_append (out, "\\n");
          break;
        case '\r':
          g_string_append (out, "\\r");
          break;
        case '\t':
          g_string_append (out, "\\t");
          break;
        default:
          g_string_append_printf (out, "\\u%04x", (guchar) *text);
        }
      text++;
    }
  g_string_append_c (out, '"');
}

/**
 * hp_json_writer_key:
 * @writer: a writer in an object that expects a key
 * @key: the key; that it differs from the object's others is up to the caller
 *
 * Writes the key of the value that comes next.
 */
void
hp_json_writer_key (HpJsonWriter *writer, const char *key)
{
  Level *level;

  g_return_if_fail (writer != NULL && key != NULL);

  level = innermost (writer);
  g_assert (level != NULL && level->object && !level->keyed);
  separate (writer, level);
  put_string (writer->out, key);
  g_string_append (writer->out, writer->pretty ? ": " : ":");
  level->keyed = TRUE;
}

/**
 * hp_json_writer_string:
 * @writer: a writer that expects a value
 * @value: (nullable): the text; what isn't UTF-8 in it becomes U+FFFD, %NULL becomes null
 *
 * Writes text.
 */
void
hp_json_writer_string (HpJsonWriter *writer, const char *value)
{
  g_return_if_fail (writer != NULL);

  if (value == NULL)
    {
      hp_json_writer_null (writer);
      return;
    }
  begin_value (writer, FALSE);
  put_string (writer->out, value);
}

/**
 * hp_json_writer_double:
 * @writer: a writer that expects a value
 * @value: the number; infinities and NaN, which JSON does not have, become null
 *
 * Writes the shortest decimal that reads back as @value.
 */
void
hp_json_writer_double (HpJsonWriter *writer, double value)
{
  char buffer[HP_NUMBER_BUFFER];

  g_return_if_fail (writer != NULL);

  if (!isfinite (value))
    {
      hp_json_writer_null (writer);
      return;
    }
  begin_value (writer, FALSE);
  g_string_append_len (writer->out, buffer, hp_number_format (buffer, value));
}

/**
 * hp_json_writer_float:
 * @writer: a writer that expects a value
 * @value: the number; infinities and NaN, which JSON does not have, become null
 *
 * Writes the shortest decimal that, converted to single precision, reads back as @value.
 */
void
hp_json_writer_float (HpJsonWriter *writer, float value)
{
  char buffer[HP_NUMBER_BUFFER];

  g_return_if_fail (writer != NULL);

  if (!isfinite (value))
    {
      hp_json_writer_null (writer);
      return;
    }
  begin_value (writer, FALSE);
  g_string_append_len (writer->out, buffer, hp_number_format_float (buffer, value));
}

/**
 * hp_json_writer_int:
 * @writer: a writer that expects a value
 * @value: the number
 *
 * Writes an integer.
 */
void
hp_json_writer_int (HpJsonWriter *writer, gint64 value)
{
  char digits[24];
  gsize at = sizeof digits;
  guint64 magnitude = value < 0 ? -(guint64) value : (guint64) value;

  g_return_if_fail (writer != NULL);

  begin_value (writer, FALSE);
  do
    digits[--at] = '0' + magnitude % 10;
  while ((magnitude /= 10) > 0);
  if (value < 0)
    digits[--at] = '-';
  g_string_append_len (writer->out, digits + at, sizeof digits - at);
}

/**
 * hp_json_writer_boolean:
 * @writer: a writer that expects a value
 * @value: what to write
 *
 * Writes true or false.
 */
void
hp_json_writer_boolean (HpJsonWriter *writer, gboolean value)
{
  g_return_if_fail (writer != NULL);

  begin_value (writer, FALSE);
  g_string_append (writer->out, value ? "true" : "false");
}

/**
 * hp_json_writer_null:
 * @writer: a writer that expects a value
 *
 * Writes null.
 */
void
hp_json_writer_null (HpJsonWriter *writer)
{
  g_return_if_fail (writer != NULL);

  begin_value (writer, FALSE);
  g_string_append (writer->out, "null");
}

static void
put_object (HpJsonWriter *writer, JsonObject *object)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  hp_json_writer_begin_object (writer);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    {
      hp_json_writer_key (writer, key);
      hp_json_writer_node (writer, value);
    }
  hp_json_writer_end_object (writer);
}

static void
put_array (HpJsonWriter *writer, JsonArray *array)
{
  guint n = json_array_get_length (array);

  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < n; i++)
    hp_json_writer_node (writer, json_array_get_element (array, i));
  hp_json_writer_end_array (writer);
}

static void
put_scalar (HpJsonWriter *writer, JsonNode *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_INT64:
      hp_json_writer_int (writer, json_node_get_int (node));
      break;
    case G_TYPE_DOUBLE:
      hp_json_writer_double (writer, json_node_get_double (node));
      break;
    case G_TYPE_BOOLEAN:
      hp_json_writer_boolean (writer, json_node_get_boolean (node));
      break;
    default:
      hp_json_writer_string (writer, json_node_get_string (node));
    }
}

/**
 * hp_json_writer_node:
 * @writer: a writer that expects a value
 * @node: (nullable): the root of a tree; %NULL is null
 *
 * Writes a tree.
 */
void
hp_json_writer_node (HpJsonWriter *writer, JsonNode *node)
{
  g_return_if_fail (writer != NULL);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    hp_json_writer_null (writer);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    put_object (writer, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    put_array (writer, json_node_get_array (node));
  else
    put_scalar (writer, node);
}

/**
 * hp_json_writer_set_string:
 * @writer: a writer in an object that expects a key
 * @key: the key
 * @value: (nullable): the value
 *
 * As hp_json_writer_key() and hp_json_writer_string().
 */
void
hp_json_writer_set_string (HpJsonWriter *writer, const char *key, const char *value)
{
  hp_json_writer_key (writer, key);
  hp_json_writer_string (writer, value);
}

/**
 * hp_json_writer_set_double:
 * @writer: a writer in an object that expects a key
 * @key: the key
 * @value: the value
 *
 * As hp_json_writer_key() and hp_json_writer_double().
 */
void
hp_json_writer_set_double (HpJsonWriter *writer, const char *key, double value)
{
  hp_json_writer_key (writer, key);
  hp_json_writer_double (writer, value);
}

/**
 * hp_json_writer_set_int:
 * @writer: a writer in an object that expects a key
 * @key: the key
 * @value: the value
 *
 * As hp_json_writer_key() and hp_json_writer_int().
 */
void
hp_json_writer_set_int (HpJsonWriter *writer, const char *key, gint64 value)
{
  hp_json_writer_key (writer, key);
  hp_json_writer_int (writer, value);
}

/**
 * hp_json_writer_set_boolean:
 * @writer: a writer in an object that expects a key
 * @key: the key
 * @value: the value
 *
 * As hp_json_writer_key() and hp_json_writer_boolean().
 */
void
hp_json_writer_set_boolean (HpJsonWriter *writer, const char *key, gboolean value)
{
  hp_json_writer_key (writer, key);
  hp_json_writer_boolean (writer, value);
}

/**
 * hp_json_writer_steal:
 * @writer: a writer that has written one complete value
 * @length: (out) (optional): its length in bytes
 *
 * Takes what has been written; the writer then expects another value.
 *
 * Returns: (transfer full): the JSON text, ended by a NUL; with a newline at its end when indenting
 */
char *
hp_json_writer_steal (HpJsonWriter *writer, gsize *length)
{
  GString *out;

  g_return_val_if_fail (writer != NULL, NULL);
  g_assert (writer->levels->len == 0 && writer->out->len > 0);

  out = g_steal_pointer (&writer->out);
  writer->out = g_string_new (NULL);
  if (writer->pretty)
    g_string_append_c (out, '\n');
  if (length != NULL)
    *length = out->len;
  return g_string_free (out, FALSE);
}

/* hp-json.c - JSON documents as json-glib's tree
 *
 * The tree is json-glib's, the parser is not: json-glib 1.6 follows any nesting until the stack is used up,
 * wraps large integers, makes large numbers infinite, keeps the last of duplicate keys and takes an empty text for a
 * success.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "hp-error.h"
#include "hp-json-private.h"
#include "hp-text.h"

static JsonNode *read_value (HpJsonReader *reader);

static JsonNode *
read_object (HpJsonReader *reader)
{
  g_autoptr (JsonObject) object = json_object_new ();
  const char *key;

  hp_json_reader_begin_object (reader);
  while (hp_json_reader_next_member (reader, &key))
    {
      g_autofree char *kept = g_strdup (key);
      JsonNode *value = read_value (reader);

      if (value != NULL)
        json_object_set_member (object, kept, value);
    }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
read_array (HpJsonReader *reader)
{
  g_autoptr (JsonArray) array = json_array_new ();

  hp_json_reader_begin_array (reader);
  while (hp_json_reader_next_element (reader))
    {
      JsonNode *value = read_value (reader);

      if (value != NULL)
        json_array_add_element (array, value);
    }
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
read_number (HpJsonReader *reader)
{
  gboolean integral;
  gint64 integer;
  double number;

  if (!_hp_json_reader_any_number (reader, &integral, &integer, &number))
    return NULL;
  /* -0 is a number of ours like any other, and no integer keeps its sign */
  return integral && !(integer == 0 && signbit (number)) ? json_node_init_int (json_node_alloc (), integer)
                                                         : json_node_init_double (json_node_alloc (), number);
}

/* The next value, or NULL after a failure. It recurses no deeper than the reader lets it. */
static JsonNode *
read_value (HpJsonReader *reader)
{
  const char *text;
  gboolean truth;

  switch (hp_json_reader_peek (reader))
    {
    case '{':
      return read_object (reader);
    case '[':
      return read_array (reader);
    case 's':
      return hp_json_reader_string (reader, &text) ? json_node_init_string (json_node_alloc (), text) : NULL;
    case 'n':
      return read_number (reader);
    case 't':
    case 'f':
      return hp_json_reader_boolean (reader, &truth) ? json_node_init_boolean (json_node_alloc (), truth) : NULL;
    default:
      return hp_json_reader_skip (reader) ? json_node_init_null (json_node_alloc ()) : NULL;
    }
}

/**
 * hp_json_parse:
 * @text: (array length=length): a JSON text
 * @length: how many bytes of it
 * @max_bytes: the most it may have
 * @name: (nullable): what to call it in messages, such as the path
 * @error: %HP_ERROR_BAD_DATA, "NAME:LINE:COLUMN: message"
 *
 * Reads a document as strictly as hp_json_reader_new() says. The tree takes up to about 40 bytes of
 * memory for each of the text, which @max_bytes has to allow for.
 *
 * Returns: (transfer full): the root of the tree, a value of any type
 */
JsonNode *
hp_json_parse (const char *text, gsize length, gsize max_bytes, const char *name, GError **error)
{
  g_autoptr (HpJsonReader) reader = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (length > max_bytes)
    {
      g_autofree char *shown = hp_text_printable (name != NULL ? name : "JSON", -1, 0);
      g_autofree char *limit = g_format_size_full (max_bytes, G_FORMAT_SIZE_IEC_UNITS);

      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, _ ("%s: is too big: at most %s are read"), shown, limit);
      return NULL;
    }
  reader = hp_json_reader_new (text, length, name);
  root = read_value (reader);
  return hp_json_reader_end (reader, error) ? g_steal_pointer (&root) : NULL;
}

/* A member that has to be there */
static JsonNode *
get_member (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("\"%s\" is missing"), member);
  return node;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

/**
 * hp_json_get_string:
 * @object: an object
 * @member: the key
 * @value: (out) (transfer none): the text, owned by @object
 * @error: %HP_ERROR_BAD_DATA with the field @member
 *
 * Returns: whether there is such a member and it is a string
 */
gboolean
hp_json_get_string (JsonObject *object, const char *member, const char **value, GError **error)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && member != NULL && value != NULL, FALSE);

  node = get_member (object, member, error);
  if (node == NULL)
    return FALSE;
  if (!holds (node, G_TYPE_STRING))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("\"%s\" has to be text"), member);
      return FALSE;
    }
  *value = json_node_get_string (node);
  return TRUE;
}

/**
 * hp_json_get_double:
 * @object: an object
 * @member: the key
 * @value: (out): the number
 * @error: %HP_ERROR_BAD_DATA with the field @member
 *
 * Returns: whether there is such a member and it is a number, an integer or not
 */
gboolean
hp_json_get_double (JsonObject *object, const char *member, double *value, GError **error)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && member != NULL && value != NULL, FALSE);

  node = get_member (object, member, error);
  if (node == NULL)
    return FALSE;
  if (!holds (node, G_TYPE_DOUBLE) && !holds (node, G_TYPE_INT64))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("\"%s\" has to be a number"), member);
      return FALSE;
    }
  *value = json_node_get_double (node);
  return TRUE;
}

/**
 * hp_json_get_int:
 * @object: an object
 * @member: the key
 * @min: the least it may be
 * @max: the most it may be
 * @value: (out): the number
 * @error: %HP_ERROR_BAD_DATA with the field @member
 *
 * Returns: whether there is such a member and it is an integer within the bounds
 */
gboolean
hp_json_get_int (JsonObject *object, const char *member, gint64 min, gint64 max, gint64 *value, GError **error)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && member != NULL && value != NULL, FALSE);

  node = get_member (object, member, error);
  if (node == NULL)
    return FALSE;
  if (!holds (node, G_TYPE_INT64) || json_node_get_int (node) < min || json_node_get_int (node) > max)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("\"%s\" has to be an integer from %" PRIi64 " to %" PRIi64),
                    member, min, max);
      return FALSE;
    }
  *value = json_node_get_int (node);
  return TRUE;
}

/**
 * hp_json_get_boolean:
 * @object: an object
 * @member: the key
 * @value: (out): what it is
 * @error: %HP_ERROR_BAD_DATA with the field @member
 *
 * Returns: whether there is such a member and it is true or false
 */
gboolean
hp_json_get_boolean (JsonObject *object, const char *member, gboolean *value, GError **error)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && member != NULL && value != NULL, FALSE);

  node = get_member (object, member, error);
  if (node == NULL)
    return FALSE;
  if (!holds (node, G_TYPE_BOOLEAN))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("\"%s\" has to be true or false"), member);
      return FALSE;
    }
  *value = json_node_get_boolean (node);
  return TRUE;
}

/**
 * hp_json_get_object:
 * @object: an object
 * @member: the key
 * @error: %HP_ERROR_BAD_DATA with the field @member
 *
 * Returns: (transfer none): the member, %NULL if there is none or it is not an object
 */
JsonObject *
hp_json_get_object (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && member != NULL, NULL);

  node = get_member (object, member, error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("\"%s\" has to be an object"), member);
      return NULL;
    }
  return json_node_get_object (node);
}

/**
 * hp_json_get_array:
 * @object: an object
 * @member: the key
 * @error: %HP_ERROR_BAD_DATA with the field @member
 *
 * Returns: (transfer none): the member, %NULL if there is none or it is not an array
 */
JsonArray *
hp_json_get_array (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && member != NULL, NULL);

  node = get_member (object, member, error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("\"%s\" has to be an array"), member);
      return NULL;
    }
  return json_node_get_array (node);
}

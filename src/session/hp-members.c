/* hp-members.c - members of a session's objects, with limits; and those that nobody asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-members-private.h"

static gboolean
is_absent (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node == NULL || JSON_NODE_HOLDS_NULL (node);
}

gboolean
_hp_members_get_text (JsonObject *object, const char *member, gsize max_bytes, gboolean required, char **value,
                      GError **error)
{
  const char *text;

  *value = NULL;
  if (!required && is_absent (object, member))
    return TRUE;
  if (!hp_json_get_string (object, member, &text, error))
    return FALSE;
  if (strlen (text) > max_bytes)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("\"%s\" is too long: at most %lu bytes are read"), member,
                    (gulong) max_bytes);
      return FALSE;
    }
  *value = g_strdup (text);
  return TRUE;
}

gboolean
_hp_members_get_number (JsonObject *object, const char *member, gboolean required, double *value, GError **error)
{
  *value = NAN;
  return (!required && is_absent (object, member)) || hp_json_get_double (object, member, value, error);
}

gboolean
_hp_members_get_time (JsonObject *object, const char *member, gint64 *value, GError **error)
{
  g_autoptr (GDateTime) time = NULL;
  const char *text;

  *value = 0;
  if (is_absent (object, member))
    return TRUE;
  if (!hp_json_get_string (object, member, &text, error))
    return FALSE;
  if (strlen (text) <= HP_MEMBERS_MAX_ID)
    time = g_date_time_new_from_iso8601 (text, NULL);
  if (time != NULL)
    *value = g_date_time_to_unix (time);
  if (time != NULL && *value >= 0 && *value <= HP_MEMBERS_MAX_TIME)
    return TRUE;
  hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("\"%s\" is not a time; write 2026-11-30T09:00:00Z"), member);
  return FALSE;
}

gboolean
_hp_members_get_object (JsonObject *object, const char *member, JsonObject **value, GError **error)
{
  *value = NULL;
  if (is_absent (object, member))
    return TRUE;
  *value = hp_json_get_object (object, member, error);
  return *value != NULL;
}

gboolean
_hp_members_get_array (JsonObject *object, const char *member, guint max_elements, JsonArray **value, GError **error)
{
  *value = NULL;
  if (is_absent (object, member))
    return TRUE;
  *value = hp_json_get_array (object, member, error);
  if (*value == NULL)
    return FALSE;
  if (json_array_get_length (*value) <= max_elements)
    return TRUE;
  hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("\"%s\" has too many elements: at most %u are read"), member,
                max_elements);
  return FALSE;
}

static gboolean
read_attributes (JsonObject *attributes, HpQuestion *question, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (json_object_get_size (attributes) > HP_MEMBERS_MAX_ATTRIBUTES)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, "attributes", _ ("\"%s\" has too many elements: at most %u are read"),
                    "attributes", HP_MEMBERS_MAX_ATTRIBUTES);
      return FALSE;
    }
  json_object_iter_init_ordered (&iter, attributes);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *text = NULL;

      if (strlen (name) > HP_MEMBERS_MAX_NAME)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, "attributes", _ ("the name of an attribute is too long"));
          return FALSE;
        }
      if (!_hp_members_get_text (attributes, name, HP_MEMBERS_MAX_TEXT, TRUE, &text, error))
        return FALSE;
      /* Names differ, as members of an object do: no need to look for each among those before it */
      g_ptr_array_add (question->names, g_strdup (name));
      g_ptr_array_add (question->texts, g_steal_pointer (&text));
    }
  return TRUE;
}

gboolean
_hp_members_get_question (JsonObject *object, HpQuestion *question, GError **error)
{
  JsonObject *attributes;
  g_autofree char *as_of = NULL;

  if (!_hp_members_get_object (object, "attributes", &attributes, error)
      || (attributes != NULL && !read_attributes (attributes, question, error))
      || !_hp_members_get_text (object, "as_of", HP_MEMBERS_MAX_ID, FALSE, &as_of, error))
    return FALSE;
  if (as_of == NULL || hp_date_parse (as_of, strlen (as_of), &question->options.as_of))
    return TRUE;
  hp_set_error (error, HP_ERROR_BAD_DATA, "as_of", _ ("\"%s\" is not a date; write 2010-07"), "as_of");
  return FALSE;
}

gboolean
_hp_members_is_id (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= HP_MEMBERS_MAX_ID
         && strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == length;
}

JsonObject *
_hp_members_rest (JsonObject *object, const char *const *known)
{
  JsonObject *rest = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (!g_strv_contains (known, name))
      {
        if (rest == NULL)
          rest = json_object_new ();
        json_object_set_member (rest, name, json_node_copy (node));
      }
  return rest;
}

void
_hp_members_set_time (HpJsonWriter *writer, const char *member, gint64 value)
{
  g_autoptr (GDateTime) time = value > 0 ? g_date_time_new_from_unix_utc (MIN (value, HP_MEMBERS_MAX_TIME)) : NULL;
  g_autofree char *text = NULL;

  if (time == NULL)
    return;
  text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
  hp_json_writer_set_string (writer, member, text);
}

void
_hp_members_set_text (HpJsonWriter *writer, const char *member, const char *value)
{
  if (value != NULL)
    hp_json_writer_set_string (writer, member, value);
}

void
_hp_members_set_number (HpJsonWriter *writer, const char *member, double value)
{
  if (isfinite (value))
    hp_json_writer_set_double (writer, member, value);
}

void
_hp_members_set_question (HpJsonWriter *writer, const HpQuestion *question)
{
  char date[HP_DATE_BUFFER];

  hp_json_writer_key (writer, "attributes");
  hp_json_writer_begin_object (writer);
  for (guint i = 0; i < question->names->len; i++)
    hp_json_writer_set_string (writer, question->names->pdata[i], question->texts->pdata[i]);
  hp_json_writer_end_object (writer);
  if (question->options.as_of == 0)
    return;
  hp_date_format (date, question->options.as_of);
  hp_json_writer_set_string (writer, "as_of", date);
}

void
_hp_members_write_rest (HpJsonWriter *writer, JsonObject *rest)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (rest == NULL)
    return;
  json_object_iter_init_ordered (&iter, rest);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      hp_json_writer_key (writer, name);
      hp_json_writer_node (writer, node);
    }
}

char *
_hp_members_cut (const char *text, gsize max_bytes)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  gsize length = strlen (valid);

  if (length <= max_bytes)
    return g_steal_pointer (&valid);
  /* Back to where a character starts */
  length = max_bytes;
  while (length > 0 && ((guchar) valid[length] & 0xc0) == 0x80)
    length--;
  return g_strndup (valid, length);
}

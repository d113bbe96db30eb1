/* hp-description-read.c - what a server says that a version asks of a house
 *
 * Once read, a description is as good as a local one: names are there and differ, ranges are not upside down, what is
 * typical is among the choices. Empty text where text is optional is none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-description-private.h"
#include "hp-error.h"

/* Limits on what a server may send */
#define MAX_ATTRIBUTES 4096
#define MAX_CHOICES    65536

/* A member that may be absent or null */
static gboolean
read_optional_string (JsonObject *object, const char *member, char **value, GError **error)
{
  const char *text;

  if (!json_object_has_member (object, member) || json_object_get_null_member (object, member))
    return TRUE;
  if (!hp_json_get_string (object, member, &text, error))
    return FALSE;
  *value = *text != '\0' ? g_strdup (text) : NULL;
  return TRUE;
}

/* Text that has to be there, and say something */
static gboolean
read_name (JsonObject *object, const char *member, char **value, GError **error)
{
  const char *text;

  if (!hp_json_get_string (object, member, &text, error))
    return FALSE;
  if (*text == '\0')
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("%s: is empty"), member);
      return FALSE;
    }
  *value = g_strdup (text);
  return TRUE;
}

static gboolean
read_date (JsonObject *object, const char *member, HpDate *date, GError **error)
{
  g_autofree char *text = NULL;

  if (!read_optional_string (object, member, &text, error))
    return FALSE;
  if (text == NULL || hp_date_parse (text, strlen (text), date))
    return TRUE;
  hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("%s: not a date"), member);
  return FALSE;
}

/* A limit or value as write_value() wrote it; absent: what value holds already */
static gboolean
read_value (JsonObject *object, const char *member, const HpAttribute *attribute, double *value, GError **error)
{
  HpDate date = 0;
  const char *text;
  int choice;

  if (!json_object_has_member (object, member) || json_object_get_null_member (object, member))
    return TRUE;
  if (attribute->type == HP_COLUMN_NUMBER || attribute->type == HP_COLUMN_INTEGER)
    return hp_json_get_double (object, member, value, error);
  if (attribute->type == HP_COLUMN_DATE)
    {
      if (!read_date (object, member, &date, error))
        return FALSE;
      *value = date;
      return TRUE;
    }
  if (!hp_json_get_string (object, member, &text, error))
    return FALSE;
  choice = hp_attribute_find_choice (attribute, text, strlen (text));
  if (choice < 0)
    hp_set_error (error, HP_ERROR_BAD_DATA, member, _ ("%s: not one of the choices"), member);
  else
    *value = choice;
  return choice >= 0;
}

static gboolean
read_choices (JsonObject *object, HpAttribute *attribute, GError **error)
{
  JsonArray *array = hp_json_get_array (object, "choices", error);
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (array == NULL)
    return FALSE;
  if (n > MAX_CHOICES)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, "choices", _ ("more than %d choices"), MAX_CHOICES);
      return FALSE;
    }
  attribute->choices = g_new0 (char *, n + 1);
  attribute->choice_counts = g_new0 (guint32, n + 1);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *choice = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *text;
      gint64 sales = 0;

      if (choice == NULL)
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, "choices", _ ("a choice is not an object"));
          return FALSE;
        }
      if (!hp_json_get_string (choice, "value", &text, error)
          || (json_object_has_member (choice, "sales")
              && !hp_json_get_int (choice, "sales", 0, G_MAXUINT32, &sales, error)))
        return FALSE;
      attribute->choices[i] = g_strdup (text);
      attribute->choice_counts[i] = sales;
    }
  return TRUE;
}

static gboolean
read_type (JsonObject *object, HpColumnType *type, GError **error)
{
  const char *name;

  if (!hp_json_get_string (object, "type", &name, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (_hp_attribute_type_names); i++)
    if (strcmp (_hp_attribute_type_names[i], name) == 0)
      {
        *type = (HpColumnType) i;
        return TRUE;
      }
  hp_set_error (error, HP_ERROR_BAD_DATA, "type", _ ("type: not number, integer, category or date"));
  return FALSE;
}

/* Numbers and dates. NaN, for what was not seen in training, is in no order. */
static gboolean
read_ranges (JsonObject *object, HpAttribute *attribute, GError **error)
{
  if (!read_value (object, "min", attribute, &attribute->min, error)
      || !read_value (object, "max", attribute, &attribute->max, error)
      || !read_value (object, "seen_min", attribute, &attribute->seen_min, error)
      || !read_value (object, "seen_max", attribute, &attribute->seen_max, error))
    return FALSE;
  if (attribute->min > attribute->max || attribute->seen_min > attribute->seen_max)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, "max", _ ("%s: the least value is above the greatest"), attribute->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_effective_date (JsonObject *object, HpAttribute *attribute, GError **error)
{
  if (!json_object_has_member (object, "effective_date"))
    return TRUE;
  if (!hp_json_get_boolean (object, "effective_date", &attribute->is_effective_date, error))
    return FALSE;
  if (!attribute->is_effective_date || attribute->type == HP_COLUMN_DATE)
    return TRUE;
  hp_set_error (error, HP_ERROR_BAD_DATA, "effective_date", _ ("%s: is no date"), attribute->name);
  return FALSE;
}

static HpAttribute *
read_attribute (JsonObject *object, GError **error)
{
  g_autoptr (HpAttribute) attribute = g_new0 (HpAttribute, 1);
  const char *label;

  attribute->min = -INFINITY;
  attribute->max = INFINITY;
  attribute->seen_min = attribute->seen_max = attribute->impute = NAN;
  if (!read_name (object, "name", &attribute->name, error) || !hp_json_get_string (object, "label", &label, error)
      || !read_type (object, &attribute->type, error) || !read_optional_string (object, "unit", &attribute->unit, error)
      || !hp_json_get_boolean (object, "required", &attribute->required, error)
      || !read_effective_date (object, attribute, error)
      || (json_object_has_member (object, "place")
          && !hp_json_get_boolean (object, "place", &attribute->is_place, error))
      || !(attribute->type == HP_COLUMN_CATEGORY ? read_choices (object, attribute, error)
                                                 : read_ranges (object, attribute, error))
      || !read_value (object, "typical", attribute, &attribute->impute, error))
    return NULL;
  attribute->label = g_strdup (*label != '\0' ? label : attribute->name);
  return g_steal_pointer (&attribute);
}

static gboolean
read_attributes (JsonArray *array, HpDescription *description, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  if (json_array_get_length (array) > MAX_ATTRIBUTES)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, "attributes", _ ("more than %d attributes"), MAX_ATTRIBUTES);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      HpAttribute *attribute;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, "attributes", _ ("an attribute is not an object"));
          return FALSE;
        }
      attribute = read_attribute (json_node_get_object (node), error);
      if (attribute == NULL)
        return FALSE;
      g_ptr_array_add (description->attributes, attribute);
      if (!g_hash_table_add (names, attribute->name))
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, "attributes", _ ("two attributes have the same name"));
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * hp_description_from_json:
 * @object: what hp_description_write_json() wrote, or what a stranger sent
 * @error: return location for a #GError
 *
 * Members that are not known are ignored: a newer server may send more.
 *
 * Returns: (transfer full) (nullable): the description, or %NULL with %HP_ERROR_BAD_DATA
 */
HpDescription *
hp_description_from_json (JsonObject *object, GError **error)
{
  g_autoptr (HpDescription) description = _hp_description_new_empty ();
  JsonArray *attributes;

  if (!read_name (object, "model", &description->model, error)
      || !read_name (object, "version", &description->version, error)
      || !read_name (object, "target", &description->target, error)
      || !read_optional_string (object, "currency", &description->currency, error)
      || !read_date (object, "reference_date", &description->reference_date, error)
      || !read_date (object, "newest_sale", &description->newest_sale, error))
    return NULL;
  attributes = hp_json_get_array (object, "attributes", error);
  if (attributes == NULL || !read_attributes (attributes, description, error))
    return NULL;
  return g_steal_pointer (&description);
}

/* hp-description.c - what a version asks of a house, and its JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-description.h"
#include "hp-error.h"
#include "hp-text.h"

/* Limits on what a server may send */
#define MAX_ATTRIBUTES 4096
#define MAX_CHOICES    65536

static const char *const type_names[] = {
  [HP_COLUMN_NUMBER] = "number",
  [HP_COLUMN_INTEGER] = "integer",
  [HP_COLUMN_CATEGORY] = "category",
  [HP_COLUMN_DATE] = "date",
};

static HpDescription *
description_new_empty (void)
{
  HpDescription *description = g_atomic_rc_box_new0 (HpDescription);

  description->attributes = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_attribute_free);
  return description;
}

/**
 * hp_description_new:
 * @model: the model's name
 * @version: its version
 * @pre: the version's preprocessor
 *
 * Returns: (transfer full): what the version asks of a house
 */
HpDescription *
hp_description_new (const char *model, const char *version, const HpPreprocessor *pre)
{
  HpDescription *description = description_new_empty ();

  description->model = g_strdup (model);
  description->version = g_strdup (version);
  description->currency = g_strdup (hp_preprocessor_get_currency (pre));
  description->target = g_strdup (hp_preprocessor_get_target (pre));
  description->reference_date = hp_preprocessor_get_reference_date (pre);
  description->newest_sale = hp_preprocessor_get_newest_sale (pre);
  for (guint i = 0; i < hp_preprocessor_get_n_attributes (pre); i++)
    g_ptr_array_add (description->attributes, hp_attribute_copy (hp_preprocessor_get_attribute (pre, i)));
  return description;
}

/**
 * hp_description_ref:
 * @description: a description
 *
 * Returns: (transfer full): the same
 */
HpDescription *
hp_description_ref (HpDescription *description)
{
  return g_atomic_rc_box_acquire (description);
}

static void
description_clear (gpointer data)
{
  HpDescription *description = data;

  g_free (description->model);
  g_free (description->version);
  g_free (description->currency);
  g_free (description->target);
  g_ptr_array_unref (description->attributes);
}

/**
 * hp_description_unref:
 * @description: (transfer full) (nullable): a description
 */
void
hp_description_unref (HpDescription *description)
{
  if (description != NULL)
    g_atomic_rc_box_release_full (description, description_clear);
}

/**
 * hp_description_get_attribute:
 * @description: a description
 * @i: which
 *
 * Returns: (transfer none): the attribute
 */
const HpAttribute *
hp_description_get_attribute (const HpDescription *description, guint i)
{
  return g_ptr_array_index (description->attributes, i);
}

/**
 * hp_description_find_attribute:
 * @description: a description
 * @name: how somebody wrote an attribute's name
 *
 * Returns: which attribute has that name, or one that differs only in letter case and white space; -1 if none has
 */
int
hp_description_find_attribute (const HpDescription *description, const char *name)
{
  g_autofree char *key = NULL;

  for (guint i = 0; i < description->attributes->len; i++)
    if (strcmp (hp_description_get_attribute (description, i)->name, name) == 0)
      return i;
  key = hp_text_key (name, -1);
  for (guint i = 0; i < description->attributes->len; i++)
    {
      g_autofree char *other = hp_text_key (hp_description_get_attribute (description, i)->name, -1);

      if (strcmp (other, key) == 0)
        return i;
    }
  return -1;
}

/**
 * hp_description_feature_label:
 * @description: a description
 * @feature: a feature's name
 *
 * Returns: (transfer full): what people read for it: the label of the attribute of that name, else the name as words
 */
char *
hp_description_feature_label (const HpDescription *description, const char *feature)
{
  int i = hp_description_find_attribute (description, feature);
  char *label;

  if (i >= 0)
    return g_strdup (hp_description_get_attribute (description, i)->label);
  label = g_strdelimit (g_strdup (feature), "_", ' ');
  *label = g_ascii_toupper (*label);
  return label;
}

/* Numbers as numbers, dates as text; nothing where there is no limit */
static void
write_value (HpJsonWriter *writer, const char *key, const HpAttribute *attribute, double value)
{
  g_autofree char *text = NULL;

  if (!isfinite (value))
    return;
  if (attribute->type == HP_COLUMN_NUMBER || attribute->type == HP_COLUMN_INTEGER)
    {
      hp_json_writer_set_double (writer, key, value);
      return;
    }
  text = hp_attribute_format (attribute, value);
  hp_json_writer_set_string (writer, key, text);
}

static void
write_attribute (HpJsonWriter *writer, const HpAttribute *attribute)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "name", attribute->name);
  hp_json_writer_set_string (writer, "label", attribute->label);
  hp_json_writer_set_string (writer, "type", type_names[attribute->type]);
  if (attribute->unit != NULL)
    hp_json_writer_set_string (writer, "unit", attribute->unit);
  hp_json_writer_set_boolean (writer, "required", attribute->required);
  if (attribute->is_effective_date)
    hp_json_writer_set_boolean (writer, "effective_date", TRUE);
  if (attribute->type != HP_COLUMN_CATEGORY)
    {
      write_value (writer, "min", attribute, attribute->min);
      write_value (writer, "max", attribute, attribute->max);
      write_value (writer, "seen_min", attribute, attribute->seen_min);
      write_value (writer, "seen_max", attribute, attribute->seen_max);
    }
  write_value (writer, "typical", attribute, attribute->impute);
  if (attribute->type == HP_COLUMN_CATEGORY)
    {
      hp_json_writer_key (writer, "choices");
      hp_json_writer_begin_array (writer);
      for (guint i = 0; i < hp_attribute_get_n_choices (attribute); i++)
        {
          hp_json_writer_begin_object (writer);
          hp_json_writer_set_string (writer, "value", attribute->choices[i]);
          if (attribute->choice_counts != NULL)
            hp_json_writer_set_int (writer, "sales", attribute->choice_counts[i]);
          hp_json_writer_end_object (writer);
        }
      hp_json_writer_end_array (writer);
    }
  hp_json_writer_end_object (writer);
}

static void
write_date (HpJsonWriter *writer, const char *key, HpDate date)
{
  char text[HP_DATE_BUFFER];

  if (date == 0)
    return;
  hp_date_format (text, date);
  hp_json_writer_set_string (writer, key, text);
}

/**
 * hp_description_write_json:
 * @description: a description
 * @writer: a writer that stands where a value may begin
 *
 * Writes the member `schema` of the server's `/v1/versions/{version}`.
 */
void
hp_description_write_json (const HpDescription *description, HpJsonWriter *writer)
{
  hp_json_writer_begin_object (writer);
  hp_json_writer_set_string (writer, "model", description->model);
  hp_json_writer_set_string (writer, "version", description->version);
  hp_json_writer_set_string (writer, "currency", description->currency);
  hp_json_writer_set_string (writer, "target", description->target);
  write_date (writer, "reference_date", description->reference_date);
  write_date (writer, "newest_sale", description->newest_sale);
  hp_json_writer_key (writer, "attributes");
  hp_json_writer_begin_array (writer);
  for (guint i = 0; i < description->attributes->len; i++)
    write_attribute (writer, hp_description_get_attribute (description, i));
  hp_json_writer_end_array (writer);
  hp_json_writer_end_object (writer);
}

/* A member that may be absent or null */
static gboolean
read_optional_string (JsonObject *object, const char *member, char **value, GError **error)
{
  const char *text;

  if (!json_object_has_member (object, member) || json_object_get_null_member (object, member))
    return TRUE;
  if (!hp_json_get_string (object, member, &text, error))
    return FALSE;
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
  for (gsize i = 0; i < G_N_ELEMENTS (type_names); i++)
    if (g_strcmp0 (type_names[i], name) == 0)
      {
        *type = (HpColumnType) i;
        return TRUE;
      }
  hp_set_error (error, HP_ERROR_BAD_DATA, "type", _ ("type: not number, integer, category or date"));
  return FALSE;
}

static HpAttribute *
read_attribute (JsonObject *object, GError **error)
{
  g_autoptr (HpAttribute) attribute = g_new0 (HpAttribute, 1);
  const char *name, *label;

  if (!hp_json_get_string (object, "name", &name, error))
    return NULL;
  attribute->name = g_strdup (name);
  if (!hp_json_get_string (object, "label", &label, error))
    return NULL;
  attribute->label = g_strdup (label);
  attribute->min = -INFINITY;
  attribute->max = INFINITY;
  attribute->seen_min = attribute->seen_max = attribute->impute = NAN;
  if (!read_type (object, &attribute->type, error) || !read_optional_string (object, "unit", &attribute->unit, error)
      || !hp_json_get_boolean (object, "required", &attribute->required, error))
    return NULL;
  if (json_object_has_member (object, "effective_date")
      && !hp_json_get_boolean (object, "effective_date", &attribute->is_effective_date, error))
    return NULL;
  if (attribute->type == HP_COLUMN_CATEGORY ? !read_choices (object, attribute, error)
                                            : !read_value (object, "min", attribute, &attribute->min, error)
                                                || !read_value (object, "max", attribute, &attribute->max, error)
                                                || !read_value (object, "seen_min", attribute, &attribute->seen_min, error)
                                                || !read_value (object, "seen_max", attribute, &attribute->seen_max, error))
    return NULL;
  if (!read_value (object, "typical", attribute, &attribute->impute, error))
    return NULL;
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
      if (*attribute->name == '\0' || !g_hash_table_add (names, attribute->name))
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, "attributes", _ ("an attribute has no name of its own"));
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
  g_autoptr (HpDescription) description = description_new_empty ();
  const char *model, *version, *target;
  JsonArray *attributes;

  if (!hp_json_get_string (object, "model", &model, error) || !hp_json_get_string (object, "version", &version, error)
      || !hp_json_get_string (object, "target", &target, error)
      || !read_optional_string (object, "currency", &description->currency, error)
      || !read_date (object, "reference_date", &description->reference_date, error)
      || !read_date (object, "newest_sale", &description->newest_sale, error))
    return NULL;
  description->model = g_strdup (model);
  description->version = g_strdup (version);
  description->target = g_strdup (target);
  attributes = hp_json_get_array (object, "attributes", error);
  if (attributes == NULL || !read_attributes (attributes, description, error))
    return NULL;
  return g_steal_pointer (&description);
}

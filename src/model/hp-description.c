/* hp-description.c - what a version asks of a house, and its JSON; hp-description-read.c reads that back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hp-description-private.h"
#include "hp-text.h"

const char *const _hp_attribute_type_names[4] = {
  [HP_COLUMN_NUMBER] = "number",
  [HP_COLUMN_INTEGER] = "integer",
  [HP_COLUMN_CATEGORY] = "category",
  [HP_COLUMN_DATE] = "date",
};

HpDescription *
_hp_description_new_empty (void)
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
  HpDescription *description = _hp_description_new_empty ();

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
 * @feature: a feature's name, UTF-8
 *
 * Returns: (transfer full): what people read for it: the label of the attribute of that name, else the name as words
 */
char *
hp_description_feature_label (const HpDescription *description, const char *feature)
{
  int i = hp_description_find_attribute (description, feature);
  g_autoptr (GString) label = NULL;

  if (i >= 0)
    return g_strdup (hp_description_get_attribute (description, i)->label);
  label = g_string_new (NULL);
  if (*feature != '\0')
    {
      g_string_append_unichar (label, g_unichar_toupper (g_utf8_get_char (feature)));
      g_string_append (label, g_utf8_next_char (feature));
    }
  return g_strdelimit (g_string_free (g_steal_pointer (&label), FALSE), "_", ' ');
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
  hp_json_writer_set_string (writer, "type", _hp_attribute_type_names[attribute->type]);
  if (attribute->unit != NULL)
    hp_json_writer_set_string (writer, "unit", attribute->unit);
  hp_json_writer_set_boolean (writer, "required", attribute->required);
  if (attribute->is_effective_date)
    hp_json_writer_set_boolean (writer, "effective_date", TRUE);
  if (attribute->is_place)
    hp_json_writer_set_boolean (writer, "place", TRUE);
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

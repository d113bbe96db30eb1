/* hp-schema-yaml.c - a schema from YAML: the whole, its columns and their roles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-schema-reader.h"
#include "hp-text.h"

#define MAX_COLUMNS 4096

static const char *const column_types[] = { "number", "integer", "category", "date", "text", NULL };

static gboolean
read_column (SchemaReader *r, const HpYaml *key, const HpYaml *node)
{
  static const char *const allowed[] = { "type", "min", "max", "unit", "label", "order", "optional", NULL };
  g_autofree char *name = _hp_schema_read_text (r, key, "columns");
  const HpYaml *item;
  HpSchemaColumn *column;
  int type;

  if (name == NULL || !_hp_schema_read_keys (r, node, name, allowed))
    return FALSE;
  item = hp_yaml_get (node, "type");
  if (item == NULL)
    {
      g_autofree char *list = _hp_schema_list (column_types);

      hp_yaml_set_error (r->error, r->name, node, _ ("column \"%s\" has no \"type\": %s"), name, list);
      return FALSE;
    }
  type = _hp_schema_read_word (r, item, "type", column_types);
  if (type < 0)
    return FALSE;
  column = _hp_schema_add_column (r->schema, name, (HpColumnType) type);

  item = hp_yaml_get (node, "min") != NULL ? hp_yaml_get (node, "min") : hp_yaml_get (node, "max");
  if (item != NULL && type != HP_COLUMN_NUMBER && type != HP_COLUMN_INTEGER)
    {
      hp_yaml_set_error (r->error, r->name, item,
                         _ ("column \"%s\" has the type %s; only numbers and integers have min and max"), name,
                         column_types[type]);
      return FALSE;
    }
  if (!_hp_schema_read_bounds (r, node, &column->min, &column->max))
    return FALSE;

  item = hp_yaml_get (node, "unit");
  if (item != NULL && (column->unit = _hp_schema_read_text (r, item, "unit")) == NULL)
    return FALSE;
  item = hp_yaml_get (node, "label");
  if (item != NULL && (column->label = _hp_schema_read_text (r, item, "label")) == NULL)
    return FALSE;
  item = hp_yaml_get (node, "order");
  if (item != NULL)
    {
      if (type != HP_COLUMN_CATEGORY)
        {
          hp_yaml_set_error (r->error, r->name, item,
                             _ ("column \"%s\" has the type %s; only categories have an order"), name,
                             column_types[type]);
          return FALSE;
        }
      if (!_hp_schema_read_kind (r, item, HP_YAML_SEQUENCE, "order")
          || (column->order = _hp_schema_read_texts (r, item, "order")) == NULL)
        return FALSE;
      if (g_strv_length (column->order) < 2)
        {
          hp_yaml_set_error (r->error, r->name, item, _ ("an order needs two categories or more, worst first"));
          return FALSE;
        }
    }
  item = hp_yaml_get (node, "optional");
  if (item != NULL && !hp_yaml_to_boolean (item, &column->optional))
    {
      hp_yaml_set_error (r->error, r->name, item, _ ("\"optional\" must be true or false"));
      return FALSE;
    }
  return TRUE;
}

gboolean
_hp_schema_read_columns (SchemaReader *r, const HpYaml *node)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!_hp_schema_read_kind (r, node, HP_YAML_MAPPING, "columns"))
    return FALSE;
  if (node->keys->len == 0 || node->keys->len > MAX_COLUMNS)
    {
      hp_yaml_set_error (r->error, r->name, node, _ ("\"columns\" must name from 1 to %d columns"), MAX_COLUMNS);
      return FALSE;
    }
  for (guint i = 0; i < node->keys->len; i++)
    {
      const HpYaml *key = node->keys->pdata[i];

      if (!read_column (r, key, node->items->pdata[i]))
        return FALSE;
      if (!g_hash_table_add (keys, hp_text_key (key->scalar, -1)))
        {
          hp_yaml_set_error (r->error, r->name, key,
                             _ ("column \"%s\" differs from another only in case or spaces; rename one"), key->scalar);
          return FALSE;
        }
    }
  return TRUE;
}

/* A role, the member it fills and the types its column may have */
typedef struct
{
  const char *key;
  gsize offset;
  guint types; /* bits by HpColumnType */
  const char *wanted;
} Role;

gboolean
_hp_schema_read_roles (SchemaReader *r, const HpYaml *node)
{
  enum
  {
    NUMBERS = 1 << HP_COLUMN_NUMBER,
    DATES = 1 << HP_COLUMN_DATE,
    NAMES = 1 << HP_COLUMN_INTEGER | 1 << HP_COLUMN_CATEGORY | 1 << HP_COLUMN_TEXT
  };
  static const Role roles[] = {
    { "date", G_STRUCT_OFFSET (HpSchema, role_date), DATES, "date" },
    { "id", G_STRUCT_OFFSET (HpSchema, role_id), NAMES, "text" },
    { "group", G_STRUCT_OFFSET (HpSchema, role_group), NAMES, "text" },
    { "address", G_STRUCT_OFFSET (HpSchema, role_address), NAMES, "text" },
    { "latitude", G_STRUCT_OFFSET (HpSchema, role_latitude), NUMBERS, "number" },
    { "longitude", G_STRUCT_OFFSET (HpSchema, role_longitude), NUMBERS, "number" },
  };
  static const char *const allowed[] = { "date", "id", "group", "address", "latitude", "longitude", NULL };

  if (!_hp_schema_read_keys (r, node, "roles", allowed))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      const HpYaml *item = hp_yaml_get (node, roles[i].key);
      const HpSchemaColumn *column;

      if (item == NULL)
        continue;
      column = _hp_schema_read_column (r, item, roles[i].key);
      if (column == NULL)
        return FALSE;
      if ((roles[i].types & 1 << column->type) == 0)
        {
          hp_yaml_set_error (r->error, r->name, item,
                             _ ("column \"%s\" has the type %s; for the role \"%s\" make it %s"), column->name,
                             column_types[column->type], roles[i].key, roles[i].wanted);
          return FALSE;
        }
      if (g_strcmp0 (column->name, r->schema->target) == 0)
        {
          hp_yaml_set_error (r->error, r->name, item, _ ("the target can't have the role \"%s\""), roles[i].key);
          return FALSE;
        }
      G_STRUCT_MEMBER (char *, r->schema, roles[i].offset) = g_strdup (column->name);
    }
  return TRUE;
}

gboolean
_hp_schema_read_exclude (SchemaReader *r, const HpYaml *node)
{
  if (!_hp_schema_read_kind (r, node, HP_YAML_MAPPING, "exclude"))
    return FALSE;
  for (guint i = 0; i < node->keys->len; i++)
    {
      const HpSchemaColumn *column = _hp_schema_read_column (r, node->keys->pdata[i], "exclude");
      HpSchemaExclude *exclude;
      char **values;

      if (column == NULL)
        return FALSE;
      if (g_strcmp0 (column->name, r->schema->target) == 0)
        {
          hp_yaml_set_error (r->error, r->name, node->keys->pdata[i],
                             _ ("sales can't be excluded by the target; give it a min and a max"));
          return FALSE;
        }
      values = _hp_schema_read_texts (r, node->items->pdata[i], column->name);
      if (values == NULL)
        return FALSE;
      exclude = g_new0 (HpSchemaExclude, 1);
      exclude->column = g_strdup (column->name);
      exclude->values = values;
      g_ptr_array_add (r->schema->exclude, exclude);
    }
  return TRUE;
}

static gboolean
read_target (SchemaReader *r, const HpYaml *node)
{
  const HpSchemaColumn *column = _hp_schema_read_column (r, node, "target");

  if (column == NULL)
    return FALSE;
  if (column->type != HP_COLUMN_NUMBER && column->type != HP_COLUMN_INTEGER)
    {
      hp_yaml_set_error (r->error, r->name, node, _ ("the target \"%s\" has the type %s; it must be a number"),
                         column->name, column_types[column->type]);
      return FALSE;
    }
  r->schema->target = g_strdup (column->name);
  return TRUE;
}

static gboolean
read_currency (SchemaReader *r, const HpYaml *node)
{
  g_autofree char *currency = _hp_schema_read_text (r, node, "currency");

  if (currency == NULL)
    return FALSE;
  if (strlen (currency) != 3 || !g_ascii_isupper (currency[0]) || !g_ascii_isupper (currency[1])
      || !g_ascii_isupper (currency[2]))
    {
      hp_yaml_set_error (r->error, r->name, node,
                         _ ("\"currency\" must be a code of three letters, such as USD or EUR"));
      return FALSE;
    }
  r->schema->currency = g_steal_pointer (&currency);
  return TRUE;
}

static gboolean
read_missing (SchemaReader *r, const HpYaml *node)
{
  static const char *const allowed[] = { "number", "category", NULL };
  static const char *const numbers[] = { "median", "mean", "drop", NULL };
  static const char *const categories[] = { "mode", "drop", NULL };
  static const char *const both[] = { "drop", NULL };
  const HpYaml *item;
  int choice;

  if (node->kind == HP_YAML_SCALAR && !hp_yaml_is_null (node))
    {
      if (_hp_schema_read_word (r, node, "missing", both) < 0)
        return FALSE;
      r->schema->missing_number = r->schema->missing_category = HP_MISSING_DROP;
      return TRUE;
    }
  if (!_hp_schema_read_keys (r, node, "missing", allowed))
    return FALSE;
  item = hp_yaml_get (node, "number");
  if (item != NULL)
    {
      choice = _hp_schema_read_word (r, item, "number", numbers);
      if (choice < 0)
        return FALSE;
      r->schema->missing_number = (HpMissing[]){ HP_MISSING_MEDIAN, HP_MISSING_MEAN, HP_MISSING_DROP }[choice];
    }
  item = hp_yaml_get (node, "category");
  if (item != NULL)
    {
      choice = _hp_schema_read_word (r, item, "category", categories);
      if (choice < 0)
        return FALSE;
      r->schema->missing_category = choice == 0 ? HP_MISSING_MODE : HP_MISSING_DROP;
    }
  return TRUE;
}

static gboolean
read_outliers (SchemaReader *r, const HpYaml *node)
{
  static const char *const allowed[] = { "none", "iqr", NULL };
  int choice = _hp_schema_read_word (r, node, "outliers", allowed);

  if (choice < 0)
    return FALSE;
  r->schema->outliers = choice == 0 ? HP_OUTLIERS_NONE : HP_OUTLIERS_IQR;
  return TRUE;
}

static gboolean
read_reference_date (SchemaReader *r, const HpYaml *node)
{
  if (!_hp_schema_read_kind (r, node, HP_YAML_SCALAR, "reference_date"))
    return FALSE;
  if (!hp_date_parse (node->scalar, strlen (node->scalar), &r->schema->reference_date))
    {
      hp_yaml_set_error (r->error, r->name, node, _ ("\"reference_date\" must be YYYY, YYYY-MM or YYYY-MM-DD"));
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_name (SchemaReader *r, const HpYaml *node)
{
  r->schema->name = _hp_schema_read_text (r, node, "name");
  return r->schema->name != NULL;
}

static char *
name_of_file (const char *name)
{
  g_autofree char *base = g_path_get_basename (name);
  static const char *const endings[] = { ".yaml", ".yml", ".schema" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (base, endings[i]) && strlen (base) > strlen (endings[i]))
      base[strlen (base) - strlen (endings[i])] = '\0';
  return g_steal_pointer (&base);
}

/* Columns first: everything else refers to them */
static const struct
{
  const char *key;
  gboolean (*read) (SchemaReader *, const HpYaml *);
  gboolean required;
} parts[] = {
  { "columns", _hp_schema_read_columns, TRUE },
  { "target", read_target, TRUE },
  { "name", read_name, FALSE },
  { "currency", read_currency, FALSE },
  { "roles", _hp_schema_read_roles, FALSE },
  { "exclude", _hp_schema_read_exclude, FALSE },
  { "leakage", _hp_schema_read_leakage, FALSE },
  { "derived", _hp_schema_read_derived, FALSE },
  { "features", _hp_schema_read_features, TRUE },
  { "monotone", _hp_schema_read_monotone, FALSE },
  { "gates", _hp_schema_read_gates, FALSE },
  { "missing", read_missing, FALSE },
  { "outliers", read_outliers, FALSE },
  { "reference_date", read_reference_date, FALSE },
};

/**
 * hp_schema_from_yaml:
 * @mapping: the YAML, as a tree
 * @name: what messages call it; without a "name:" in the YAML the schema's name is made from it
 * @error: return location for an error
 *
 * Reads and checks a schema: keys are known, types right, ranges not empty, and every name that refers to a column or
 * a feature has one. The currency is USD if none is named.
 *
 * Returns: (transfer full) (nullable): the schema, or %NULL with %HP_ERROR_BAD_DATA "NAME:LINE:COLUMN: …"
 */
HpSchema *
hp_schema_from_yaml (const HpYaml *mapping, const char *name, GError **error)
{
  g_autoptr (HpSchema) schema = _hp_schema_new ();
  const char *allowed[G_N_ELEMENTS (parts) + 1] = { NULL };
  SchemaReader r = { .schema = schema, .name = name, .error = error };

  g_return_val_if_fail (mapping != NULL && name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    allowed[i] = parts[i].key;
  if (!_hp_schema_read_keys (&r, mapping, _ ("schema"), allowed))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const HpYaml *node = hp_yaml_get (mapping, parts[i].key);

      if (parts[i].required && hp_yaml_is_null (node))
        {
          hp_yaml_set_error (error, name, mapping, _ ("the schema has no \"%s\""), parts[i].key);
          return NULL;
        }
      if (!hp_yaml_is_null (node) && !parts[i].read (&r, node))
        return NULL;
    }
  if (schema->name == NULL)
    schema->name = name_of_file (name);
  if (schema->currency == NULL)
    schema->currency = g_strdup ("USD");
  return g_steal_pointer (&schema);
}

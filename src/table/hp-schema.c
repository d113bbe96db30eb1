/* hp-schema.c - the schema object: made, shared, asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "hp-file.h"
#include "hp-schema-private.h"
#include "hp-text.h"

static void
schema_column_free (gpointer data)
{
  HpSchemaColumn *column = data;

  g_free (column->name);
  g_free (column->unit);
  g_free (column->label);
  g_strfreev (column->order);
  g_free (column);
}

void
_hp_derived_free (gpointer data)
{
  HpDerived *derived = data;

  g_free (derived->name);
  g_free (derived->a);
  g_free (derived->b);
  g_free (derived);
}

void
_hp_schema_gate_free (gpointer data)
{
  HpSchemaGate *gate = data;

  g_free (gate->metric);
  g_free (gate);
}

void
_hp_schema_exclude_free (gpointer data)
{
  HpSchemaExclude *exclude = data;

  g_free (exclude->column);
  g_strfreev (exclude->values);
  g_free (exclude);
}

HpSchema *
_hp_schema_new (void)
{
  HpSchema *self = g_new0 (HpSchema, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->columns = g_ptr_array_new_with_free_func (schema_column_free);
  self->exclude = g_ptr_array_new_with_free_func (_hp_schema_exclude_free);
  self->derived = g_ptr_array_new_with_free_func (_hp_derived_free);
  self->gates = g_ptr_array_new_with_free_func (_hp_schema_gate_free);
  self->features = g_new0 (char *, 1);
  self->leakage = g_new0 (char *, 1);
  self->monotone_names = g_new0 (char *, 1);
  self->missing_number = HP_MISSING_MEDIAN;
  self->missing_category = HP_MISSING_MODE;
  return self;
}

HpSchemaColumn *
_hp_schema_add_column (HpSchema *self, const char *name, HpColumnType type)
{
  HpSchemaColumn *column = g_new0 (HpSchemaColumn, 1);

  column->name = g_strdup (name);
  column->type = type;
  column->min = -INFINITY;
  column->max = INFINITY;
  g_ptr_array_add (self->columns, column);
  return column;
}

/**
 * hp_schema_ref:
 * @schema: a schema
 *
 * Returns: (transfer full): @schema, with one reference more
 */
HpSchema *
hp_schema_ref (HpSchema *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * hp_schema_unref:
 * @schema: (transfer full) (nullable): a schema
 *
 * Drops a reference, and the schema with the last one.
 */
void
hp_schema_unref (HpSchema *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->name);
  g_free (self->target);
  g_free (self->currency);
  g_ptr_array_unref (self->columns);
  g_free (self->role_date);
  g_free (self->role_id);
  g_free (self->role_group);
  g_free (self->role_address);
  g_free (self->role_latitude);
  g_free (self->role_longitude);
  g_ptr_array_unref (self->exclude);
  g_ptr_array_unref (self->derived);
  g_strfreev (self->features);
  g_strfreev (self->monotone_names);
  g_free (self->monotone_signs);
  g_strfreev (self->leakage);
  g_ptr_array_unref (self->gates);
  g_free (self);
}

/**
 * hp_schema_load:
 * @path: a YAML file, or "-" for standard input
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the schema; %NULL with %HP_ERROR_NOT_FOUND, %HP_ERROR_IO or, with file, line and
 *   column in the message, %HP_ERROR_BAD_DATA
 */
HpSchema *
hp_schema_load (const char *path, GError **error)
{
  g_autofree char *yaml = NULL;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  yaml = hp_file_read (path, HP_SCHEMA_MAX_BYTES, &length, error);
  if (yaml == NULL)
    return NULL;
  return hp_schema_parse (yaml, length, path, error);
}

/**
 * hp_schema_parse:
 * @yaml: (array length=length): a schema in YAML
 * @length: its size in bytes, at most 1 MiB
 * @name: what messages call it; without a "name:" in the YAML the schema's name is made from it
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the schema, or %NULL with %HP_ERROR_BAD_DATA "NAME:LINE:COLUMN: …"
 */
HpSchema *
hp_schema_parse (const char *yaml, gsize length, const char *name, GError **error)
{
  g_autoptr (HpYaml) node = NULL;

  g_return_val_if_fail (yaml != NULL || length == 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  node = hp_yaml_parse (yaml, length, name, error);
  if (node == NULL)
    return NULL;
  return hp_schema_from_yaml (node, name, error);
}

/**
 * hp_schema_get_column:
 * @schema: a schema
 * @name: a column's exact name
 *
 * Returns: (transfer none) (nullable): the column
 */
const HpSchemaColumn *
hp_schema_get_column (const HpSchema *self, const char *name)
{
  for (guint i = 0; name != NULL && i < self->columns->len; i++)
    {
      const HpSchemaColumn *column = self->columns->pdata[i];

      if (g_str_equal (column->name, name))
        return column;
    }
  return NULL;
}

/**
 * hp_schema_get_derived:
 * @schema: a schema
 * @name: a derived feature's exact name
 *
 * Returns: (transfer none) (nullable): the derived feature
 */
const HpDerived *
hp_schema_get_derived (const HpSchema *self, const char *name)
{
  for (guint i = 0; name != NULL && i < self->derived->len; i++)
    {
      const HpDerived *derived = self->derived->pdata[i];

      if (g_str_equal (derived->name, name))
        return derived;
    }
  return NULL;
}

/**
 * hp_schema_get_monotone:
 * @schema: a schema
 * @feature: a feature's name
 *
 * Returns: +1 if the price may only rise with it, -1 if it may only fall, 0 if it is free
 */
int
hp_schema_get_monotone (const HpSchema *self, const char *feature)
{
  for (guint i = 0; self->monotone_names[i] != NULL; i++)
    if (g_str_equal (self->monotone_names[i], feature))
      return self->monotone_signs[i];
  return 0;
}

/**
 * hp_column_type_name:
 * @type: a type
 *
 * Returns: (transfer none): its name in a schema file
 */
const char *
hp_column_type_name (HpColumnType type)
{
  static const char *const names[] = { "number", "integer", "category", "date", "text" };

  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (names), NULL);
  return names[type];
}

/**
 * hp_schema_label:
 * @schema: a schema
 * @name: a column's or feature's name
 *
 * Returns: (transfer full): what people read: the column's label, else its name as words, "year_built" as "Year built"
 */
char *
hp_schema_label (const HpSchema *self, const char *name)
{
  const HpSchemaColumn *column = hp_schema_get_column (self, name);
  g_autoptr (GString) label = NULL;
  gunichar first;

  if (column != NULL && column->label != NULL)
    return g_strdup (column->label);

  label = g_string_new (NULL);
  if (*name != '\0')
    {
      first = g_utf8_get_char (name);
      g_string_append_unichar (label, g_unichar_toupper (first));
      g_string_append (label, g_utf8_next_char (name));
    }
  for (gsize i = 0; i < label->len; i++)
    if (label->str[i] == '_')
      label->str[i] = ' ';
  return g_strdup (g_strstrip (label->str));
}

gboolean
_hp_schema_is_feature (const HpSchema *self, const char *name)
{
  return g_strv_contains ((const char *const *) self->features, name);
}

gboolean
_hp_schema_is_listed (const HpSchema *self, const char *column)
{
  return g_strv_contains ((const char *const *) self->leakage, column);
}

gboolean
_hp_schema_needs (const HpSchema *self, const char *column)
{
  if (g_strcmp0 (self->target, column) == 0 || _hp_schema_is_feature (self, column))
    return TRUE;
  for (guint i = 0; i < self->derived->len; i++)
    {
      const HpDerived *derived = self->derived->pdata[i];

      if (!_hp_schema_is_feature (self, derived->name))
        continue;
      /* The other dates, "at" and "months", have the reference date to fall back on */
      if (derived->kind != HP_DERIVED_MONTHS && g_str_equal (derived->a, column))
        return TRUE;
      if (derived->kind == HP_DERIVED_RATIO && g_str_equal (derived->b, column))
        return TRUE;
    }
  return FALSE;
}

static void
add_once (GPtrArray *names, const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (g_str_equal (names->pdata[i], name))
      return;
  g_ptr_array_add (names, (char *) name);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
_hp_schema_raw_columns (const HpSchema *self)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; self->features[i] != NULL; i++)
    {
      const HpDerived *derived = hp_schema_get_derived (self, self->features[i]);

      if (derived == NULL)
        {
          add_once (names, self->features[i]);
          continue;
        }
      add_once (names, derived->a);
      if (derived->b != NULL)
        add_once (names, derived->b);
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

char *
_hp_schema_list (const char *const *words)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n = g_strv_length ((char **) words), shown = MIN (n, 12);

  for (guint i = 0; i < shown; i++)
    {
      g_autofree char *word = hp_text_printable (words[i], -1, 48);

      if (i > 0)
        g_string_append (list, i + 1 == n ? _ (" or ") : ", ");
      g_string_append (list, word);
    }
  if (shown < n)
    g_string_append_printf (list, _ (" … (%u in all)"), n);
  return g_strdup (list->str);
}

char *
_hp_schema_did_you_mean (const char *word, const char *const *candidates)
{
  const char *near = hp_text_suggest (word, candidates);
  g_autofree char *shown = NULL;

  if (near == NULL)
    return g_strdup ("");
  shown = hp_text_printable (near, -1, 64);
  return g_strdup_printf (_ (" (did you mean \"%s\"?)"), shown);
}

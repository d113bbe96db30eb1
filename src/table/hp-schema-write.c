/* hp-schema-write.c - a schema as YAML
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-schema-private.h"

static void
set_string (HpYamlWriter *writer, const char *key, const char *value)
{
  if (value == NULL)
    return;
  hp_yaml_writer_key (writer, key);
  hp_yaml_writer_string (writer, value);
}

static void
set_bound (HpYamlWriter *writer, const char *key, double value)
{
  if (!isfinite (value))
    return;
  hp_yaml_writer_key (writer, key);
  hp_yaml_writer_double (writer, value);
}

static void
write_list (HpYamlWriter *writer, const char *const *words)
{
  hp_yaml_writer_begin_sequence (writer, TRUE);
  for (guint i = 0; words[i] != NULL; i++)
    hp_yaml_writer_string (writer, words[i]);
  hp_yaml_writer_end_sequence (writer);
}

static void
write_columns (const HpSchema *self, HpYamlWriter *writer)
{
  hp_yaml_writer_key (writer, "columns");
  hp_yaml_writer_begin_mapping (writer, FALSE);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const HpSchemaColumn *column = self->columns->pdata[i];

      hp_yaml_writer_key (writer, column->name);
      hp_yaml_writer_begin_mapping (writer, TRUE);
      set_string (writer, "type", hp_column_type_name (column->type));
      set_bound (writer, "min", column->min);
      set_bound (writer, "max", column->max);
      set_string (writer, "unit", column->unit);
      set_string (writer, "label", column->label);
      if (column->order != NULL)
        {
          hp_yaml_writer_key (writer, "order");
          write_list (writer, (const char *const *) column->order);
        }
      if (column->optional)
        {
          hp_yaml_writer_key (writer, "optional");
          hp_yaml_writer_boolean (writer, TRUE);
        }
      hp_yaml_writer_end_mapping (writer);
    }
  hp_yaml_writer_end_mapping (writer);
}

static void
write_roles (const HpSchema *self, HpYamlWriter *writer)
{
  hp_yaml_writer_key (writer, "roles");
  hp_yaml_writer_begin_mapping (writer, TRUE);
  set_string (writer, "date", self->role_date);
  set_string (writer, "id", self->role_id);
  set_string (writer, "group", self->role_group);
  set_string (writer, "address", self->role_address);
  set_string (writer, "latitude", self->role_latitude);
  set_string (writer, "longitude", self->role_longitude);
  hp_yaml_writer_end_mapping (writer);
}

static void
write_exclude (const HpSchema *self, HpYamlWriter *writer)
{
  hp_yaml_writer_key (writer, "exclude");
  hp_yaml_writer_begin_mapping (writer, TRUE);
  for (guint i = 0; i < self->exclude->len; i++)
    {
      const HpSchemaExclude *exclude = self->exclude->pdata[i];

      hp_yaml_writer_key (writer, exclude->column);
      write_list (writer, (const char *const *) exclude->values);
    }
  hp_yaml_writer_end_mapping (writer);
}

static void
write_derived (const HpSchema *self, HpYamlWriter *writer)
{
  hp_yaml_writer_key (writer, "derived");
  hp_yaml_writer_begin_mapping (writer, self->derived->len == 0);
  for (guint i = 0; i < self->derived->len; i++)
    {
      const HpDerived *derived = self->derived->pdata[i];

      hp_yaml_writer_key (writer, derived->name);
      hp_yaml_writer_begin_mapping (writer, TRUE);
      switch (derived->kind)
        {
        case HP_DERIVED_AGE:
          set_string (writer, "age", derived->a);
          set_string (writer, "at", derived->b);
          break;
        case HP_DERIVED_RATIO:
          hp_yaml_writer_key (writer, "ratio");
          write_list (writer, (const char *const[]){ derived->a, derived->b, NULL });
          break;
        case HP_DERIVED_MONTHS:
          set_string (writer, "months", derived->a);
          break;
        default:
          g_assert_not_reached ();
        }
      hp_yaml_writer_end_mapping (writer);
    }
  hp_yaml_writer_end_mapping (writer);
}

static void
write_gates (const HpSchema *self, HpYamlWriter *writer)
{
  hp_yaml_writer_key (writer, "gates");
  hp_yaml_writer_begin_mapping (writer, self->gates->len == 0);
  for (guint i = 0; i < self->gates->len; i++)
    {
      const HpSchemaGate *gate = self->gates->pdata[i];

      hp_yaml_writer_key (writer, gate->metric);
      hp_yaml_writer_begin_mapping (writer, TRUE);
      set_bound (writer, "min", gate->min);
      set_bound (writer, "max", gate->max);
      hp_yaml_writer_end_mapping (writer);
    }
  hp_yaml_writer_end_mapping (writer);
}

static const char *
missing_name (HpMissing missing)
{
  static const char *const names[] = { "median", "mean", "mode", "drop" };

  return names[missing];
}

/**
 * hp_schema_write_yaml:
 * @schema: a schema
 * @writer: stands where a mapping may begin
 *
 * Writes the schema so that hp_schema_from_yaml() reads it back equal.
 */
void
hp_schema_write_yaml (const HpSchema *self, HpYamlWriter *writer)
{
  hp_yaml_writer_begin_mapping (writer, FALSE);
  set_string (writer, "name", self->name);
  set_string (writer, "target", self->target);
  set_string (writer, "currency", self->currency);
  write_columns (self, writer);
  write_roles (self, writer);
  write_exclude (self, writer);
  write_derived (self, writer);
  hp_yaml_writer_key (writer, "features");
  write_list (writer, (const char *const *) self->features);
  hp_yaml_writer_key (writer, "monotone");
  hp_yaml_writer_begin_mapping (writer, TRUE);
  for (guint i = 0; self->monotone_names[i] != NULL; i++)
    set_string (writer, self->monotone_names[i], self->monotone_signs[i] > 0 ? "increasing" : "decreasing");
  hp_yaml_writer_end_mapping (writer);
  hp_yaml_writer_key (writer, "leakage");
  write_list (writer, (const char *const *) self->leakage);
  write_gates (self, writer);
  hp_yaml_writer_key (writer, "missing");
  hp_yaml_writer_begin_mapping (writer, TRUE);
  set_string (writer, "number", missing_name (self->missing_number));
  set_string (writer, "category", missing_name (self->missing_category));
  hp_yaml_writer_end_mapping (writer);
  set_string (writer, "outliers", self->outliers == HP_OUTLIERS_IQR ? "iqr" : "none");
  if (self->reference_date != 0)
    {
      char date[HP_DATE_BUFFER];

      hp_date_format (date, self->reference_date);
      set_string (writer, "reference_date", date);
    }
  hp_yaml_writer_end_mapping (writer);
}

/**
 * hp_schema_to_yaml:
 * @schema: a schema
 *
 * Returns: (transfer full): the schema as a YAML document
 */
char *
hp_schema_to_yaml (const HpSchema *self)
{
  g_autoptr (HpYamlWriter) writer = hp_yaml_writer_new ();

  hp_schema_write_yaml (self, writer);
  return hp_yaml_writer_steal (writer);
}

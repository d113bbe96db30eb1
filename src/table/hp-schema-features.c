/* hp-schema-features.c - the parts of a schema about the model: derived features, features, leakage, monotony, gates
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

/* What a derived feature is made from: a column of one of the types, not the target, not leaking, not derived itself */
static char *
read_operand (SchemaReader *r, const HpYaml *derived, /* the mapping of all derived features */
              const HpYaml *node, const char *what, guint types, const char *wanted)
{
  const HpSchemaColumn *column;

  if (node->kind == HP_YAML_SCALAR && hp_schema_get_column (r->schema, node->scalar) == NULL
      && hp_yaml_get (derived, node->scalar) != NULL)
    {
      hp_yaml_set_error (r->error, r->name, node,
                         _ ("\"%s\" is made from \"%s\", a derived feature; it must be made from columns"), what,
                         node->scalar);
      return NULL;
    }
  column = _hp_schema_read_column (r, node, what);
  if (column == NULL)
    return NULL;
  if (g_str_equal (column->name, r->schema->target))
    {
      hp_yaml_set_error (r->error, r->name, node, _ ("\"%s\" is made from the target \"%s\""), what, column->name);
      return NULL;
    }
  if (_hp_schema_is_listed (r->schema, column->name))
    {
      hp_yaml_set_error (r->error, r->name, node, _ ("\"%s\" is made from \"%s\", which is listed under \"leakage\""),
                         what, column->name);
      return NULL;
    }
  if ((types & 1 << column->type) == 0)
    {
      hp_yaml_set_error (r->error, r->name, node, _ ("\"%s\" needs %s; column \"%s\" has the type %s"), what, wanted,
                         column->name, hp_column_type_name (column->type));
      return NULL;
    }
  return g_strdup (column->name);
}

static gboolean
read_one_derived (SchemaReader *r, const HpYaml *all, const HpYaml *node, HpDerived *derived)
{
  static const char *const allowed[] = { "age", "at", "ratio", "months", NULL };
  const guint numbers = 1 << HP_COLUMN_NUMBER | 1 << HP_COLUMN_INTEGER, dates = 1 << HP_COLUMN_DATE;
  const char *name = derived->name;
  const HpYaml *age, *at, *ratio, *months;

  if (!_hp_schema_read_keys (r, node, name, allowed))
    return FALSE;
  age = hp_yaml_get (node, "age");
  at = hp_yaml_get (node, "at");
  ratio = hp_yaml_get (node, "ratio");
  months = hp_yaml_get (node, "months");
  if ((age != NULL) + (ratio != NULL) + (months != NULL) != 1)
    {
      hp_yaml_set_error (r->error, r->name, node,
                         _ ("\"%s\" must be one of {age: column, at: date}, {ratio: [column, column]}, {months: date}"),
                         name);
      return FALSE;
    }
  if (at != NULL && age == NULL)
    {
      hp_yaml_set_error (r->error, r->name, at, _ ("\"at\" belongs to \"age\""));
      return FALSE;
    }
  if (age != NULL)
    {
      derived->kind = HP_DERIVED_AGE;
      derived->a = read_operand (r, all, age, name, numbers | dates, _ ("a year or a date"));
      if (derived->a == NULL)
        return FALSE;
      if (at != NULL && (derived->b = read_operand (r, all, at, name, dates, _ ("a date"))) == NULL)
        return FALSE;
      return TRUE;
    }
  if (months != NULL)
    {
      derived->kind = HP_DERIVED_MONTHS;
      derived->a = read_operand (r, all, months, name, dates, _ ("a date"));
      return derived->a != NULL;
    }
  derived->kind = HP_DERIVED_RATIO;
  if (!_hp_schema_read_kind (r, ratio, HP_YAML_SEQUENCE, "ratio"))
    return FALSE;
  if (ratio->items->len != 2)
    {
      hp_yaml_set_error (r->error, r->name, ratio, _ ("\"ratio\" must name two columns, [a, b]"));
      return FALSE;
    }
  derived->a = read_operand (r, all, ratio->items->pdata[0], name, numbers, _ ("numbers"));
  if (derived->a == NULL)
    return FALSE;
  derived->b = read_operand (r, all, ratio->items->pdata[1], name, numbers, _ ("numbers"));
  return derived->b != NULL;
}

gboolean
_hp_schema_read_derived (SchemaReader *r, const HpYaml *node)
{
  if (!_hp_schema_read_kind (r, node, HP_YAML_MAPPING, "derived"))
    return FALSE;
  for (guint i = 0; i < node->keys->len; i++)
    {
      const HpYaml *key = node->keys->pdata[i];
      g_autofree char *name = _hp_schema_read_text (r, key, "derived");
      HpDerived *derived;

      if (name == NULL)
        return FALSE;
      if (hp_schema_get_column (r->schema, name) != NULL)
        {
          hp_yaml_set_error (r->error, r->name, key, _ ("the derived feature \"%s\" has the name of a column"), name);
          return FALSE;
        }
      derived = g_new0 (HpDerived, 1);
      derived->name = g_steal_pointer (&name);
      g_ptr_array_add (r->schema->derived, derived);
      if (!read_one_derived (r, node, node->items->pdata[i], derived))
        return FALSE;
    }
  return TRUE;
}

gboolean
_hp_schema_read_leakage (SchemaReader *r, const HpYaml *node)
{
  char **names = _hp_schema_read_texts (r, node, "leakage");

  if (names == NULL)
    return FALSE;
  g_strfreev (r->schema->leakage);
  r->schema->leakage = names;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], r->schema->target))
      {
        hp_yaml_set_error (r->error, r->name, node->kind == HP_YAML_SEQUENCE ? node->items->pdata[i] : node,
                           _ ("\"leakage\" names the target \"%s\" itself"), names[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
unknown_feature (SchemaReader *r, const HpYaml *node, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *near = NULL;

  for (guint i = 0; i < r->schema->columns->len; i++)
    g_ptr_array_add (names, ((HpSchemaColumn *) r->schema->columns->pdata[i])->name);
  for (guint i = 0; i < r->schema->derived->len; i++)
    g_ptr_array_add (names, ((HpDerived *) r->schema->derived->pdata[i])->name);
  g_ptr_array_add (names, NULL);
  near = _hp_schema_did_you_mean (name, (const char *const *) names->pdata);
  hp_yaml_set_error (r->error, r->name, node, _ ("the feature \"%s\" is neither a column nor a derived feature%s"),
                     name, near);
  return FALSE;
}

static gboolean
check_feature (SchemaReader *r, const HpYaml *node, const char *name)
{
  const HpSchemaColumn *column = hp_schema_get_column (r->schema, name);

  if (g_str_equal (name, r->schema->target))
    {
      hp_yaml_set_error (r->error, r->name, node, _ ("the target \"%s\" is among the features"), name);
      return FALSE;
    }
  if (_hp_schema_is_listed (r->schema, name))
    {
      hp_yaml_set_error (r->error, r->name, node,
                         _ ("the feature \"%s\" is listed under \"leakage\"; remove it from one"), name);
      return FALSE;
    }
  if (column == NULL)
    return hp_schema_get_derived (r->schema, name) != NULL || unknown_feature (r, node, name);
  if (column->type == HP_COLUMN_DATE)
    {
      hp_yaml_set_error (r->error, r->name, node,
                         _ ("the feature \"%s\" is a date; derive a number from it, {months: %s} or {age: %s}"), name,
                         name, name);
      return FALSE;
    }
  if (column->type == HP_COLUMN_TEXT)
    {
      hp_yaml_set_error (r->error, r->name, node,
                         _ ("the feature \"%s\" is text; only numbers and categories can be "
                            "features"),
                         name);
      return FALSE;
    }
  if (g_strcmp0 (name, r->schema->role_id) == 0 || g_strcmp0 (name, r->schema->role_address) == 0)
    {
      hp_yaml_set_error (r->error, r->name, node, _ ("the feature \"%s\" has the role of an id or an address"), name);
      return FALSE;
    }
  return TRUE;
}

gboolean
_hp_schema_read_features (SchemaReader *r, const HpYaml *node)
{
  g_auto (GStrv) names = NULL;

  if (!_hp_schema_read_kind (r, node, HP_YAML_SEQUENCE, "features"))
    return FALSE;
  names = _hp_schema_read_texts (r, node, "features");
  if (names == NULL)
    return FALSE;
  if (names[0] == NULL)
    {
      hp_yaml_set_error (r->error, r->name, node, _ ("\"features\" is empty; name at least one"));
      return FALSE;
    }
  for (guint i = 0; names[i] != NULL; i++)
    if (!check_feature (r, node->items->pdata[i], names[i]))
      return FALSE;
  g_strfreev (r->schema->features);
  r->schema->features = g_steal_pointer (&names);
  return TRUE;
}

gboolean
_hp_schema_read_monotone (SchemaReader *r, const HpYaml *node)
{
  static const char *const allowed[] = { "increasing", "decreasing", NULL };
  guint n;

  if (!_hp_schema_read_kind (r, node, HP_YAML_MAPPING, "monotone"))
    return FALSE;
  n = node->keys->len;
  g_strfreev (r->schema->monotone_names);
  r->schema->monotone_names = g_new0 (char *, n + 1);
  r->schema->monotone_signs = g_new0 (int, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const HpYaml *key = node->keys->pdata[i];
      const HpSchemaColumn *column;
      g_autofree char *name = _hp_schema_read_text (r, key, "monotone");
      int choice;

      if (name == NULL)
        return FALSE;
      if (!_hp_schema_is_feature (r->schema, name))
        {
          g_autofree char *near = _hp_schema_did_you_mean (name, (const char *const *) r->schema->features);

          hp_yaml_set_error (r->error, r->name, key, _ ("\"monotone\" names \"%s\", which is not among the features%s"),
                             name, near);
          return FALSE;
        }
      column = hp_schema_get_column (r->schema, name);
      if (column != NULL && column->type == HP_COLUMN_CATEGORY && column->order == NULL)
        {
          hp_yaml_set_error (r->error, r->name, key, _ ("\"%s\" is a category without an order; it can't be monotone"),
                             name);
          return FALSE;
        }
      choice = _hp_schema_read_word (r, node->items->pdata[i], name, allowed);
      if (choice < 0)
        return FALSE;
      r->schema->monotone_names[i] = g_steal_pointer (&name);
      r->schema->monotone_signs[i] = choice == 0 ? 1 : -1;
    }
  return TRUE;
}

gboolean
_hp_schema_read_gates (SchemaReader *r, const HpYaml *node)
{
  static const char *const metrics[] = { "r2",           "mae", "rmse", "mape", "mdape", "ppe5", "ppe10", "ppe20",
                                         "median_ratio", "cod", "prd",  "prb",  "mki",   "vei",  NULL };
  static const char *const allowed[] = { "min", "max", NULL };

  if (!_hp_schema_read_keys (r, node, "gates", metrics))
    return FALSE;
  for (guint i = 0; i < node->keys->len; i++)
    {
      const HpYaml *item = node->items->pdata[i];
      HpSchemaGate *gate = g_new0 (HpSchemaGate, 1);

      gate->metric = g_strdup (((HpYaml *) node->keys->pdata[i])->scalar);
      gate->min = -INFINITY;
      gate->max = INFINITY;
      g_ptr_array_add (r->schema->gates, gate);
      if (!_hp_schema_read_keys (r, item, gate->metric, allowed)
          || !_hp_schema_read_bounds (r, item, &gate->min, &gate->max))
        return FALSE;
      if (item->keys->len == 0)
        {
          hp_yaml_set_error (r->error, r->name, item, _ ("the gate \"%s\" needs a min or a max"), gate->metric);
          return FALSE;
        }
    }
  return TRUE;
}

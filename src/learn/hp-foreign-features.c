/* hp-foreign-features.c - the features of an imported model in the words of the schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-foreign-private.h"

#include <string.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-text.h"

/* All that a feature may be called: columns, then derived features. The names are the schema's. */
static GPtrArray *
names_of_schema (const HpSchema *schema)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint c = 0; c < schema->columns->len; c++)
    {
      const HpSchemaColumn *column = g_ptr_array_index (schema->columns, c);

      if (strcmp (column->name, schema->target) != 0)
        g_ptr_array_add (names, column->name);
    }
  for (guint d = 0; d < schema->derived->len; d++)
    g_ptr_array_add (names, ((HpDerived *) g_ptr_array_index (schema->derived, d))->name);
  return names;
}

/* The schema's name for a feature: the same, else the same but for letter case and blanks; NULL: there is none */
static const char *
find_name (const GPtrArray *names, const char *feature)
{
  g_autofree char *key = hp_text_key (feature, -1);

  for (guint i = 0; i < names->len; i++)
    if (strcmp (g_ptr_array_index (names, i), feature) == 0)
      return g_ptr_array_index (names, i);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *other = hp_text_key (g_ptr_array_index (names, i), -1);

      if (strcmp (other, key) == 0)
        return g_ptr_array_index (names, i);
    }
  return NULL;
}

static void
set_unknown (const GPtrArray *unknown, GPtrArray *names, const char *file, GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);
  const char *first = g_ptr_array_index (unknown, 0), *near_name;

  for (guint i = 0; i < unknown->len; i++)
    {
      g_autofree char *shown = hp_text_printable (g_ptr_array_index (unknown, i), -1, 60);

      g_string_append_printf (list, "%s“%s”", i > 0 ? ", " : "", shown);
    }
  g_ptr_array_add (names, NULL);
  near_name = hp_text_suggest (first, (const char *const *) names->pdata);
  if (near_name != NULL)
    hp_set_error (
      error, HP_ERROR_BAD_DATA, first,
      _ ("%s: the schema has no column and no derived feature %s; did you mean “%s”? Name them alike, or give "
         "another schema with --schema"),
      file, list->str, near_name);
  else
    hp_set_error (
      error, HP_ERROR_BAD_DATA, first,
      _ ("%s: the schema has no column and no derived feature %s; add them to it, or give another schema with "
         "--schema"),
      file, list->str);
}

/* What is wrong with a feature of this name as the model uses it */
static gboolean
check_feature (const HpImport *import, guint j, const char *file, const HpSchema *schema, const char *name,
               GPtrArray *notes, GError **error)
{
  const HpSchemaColumn *column
    = hp_schema_get_derived (schema, name) == NULL ? hp_schema_get_column (schema, name) : NULL;

  if (schema->leakage != NULL && g_strv_contains ((const char *const *) schema->leakage, name))
    g_ptr_array_add (
      notes, g_strdup_printf (_ ("the model uses “%s”, which the schema lists as leakage: the figures below say "
                                 "nothing about new houses"),
                              name));
  if (!import->categorical[j] || (column != NULL && column->type == HP_COLUMN_CATEGORY))
    return TRUE;
  hp_set_error (error, HP_ERROR_BAD_DATA, name,
                _ ("%s: “%s” is a category to the model, and none in the schema: make it a category there"), file,
                name);
  return FALSE;
}

static const char *const *
names_of_model (const HpImport *import, const char *file, const HpSchema *schema, GPtrArray *notes, GError **error)
{
  if (import->feature_names != NULL)
    return (const char *const *) import->feature_names;
  if (schema->features != NULL && g_strv_length (schema->features) == import->n_features)
    {
      g_ptr_array_add (notes,
                       g_strdup_printf (_ ("%s names no features; they are taken to be the schema's, in its order"),
                                        file));
      return (const char *const *) schema->features;
    }
  hp_set_error (error, HP_ERROR_BAD_DATA, "features",
                _ ("%s names no features, and has %u; give a schema whose features are as many, in the model's order"),
                file, import->n_features);
  return NULL;
}

char **
_hp_foreign_match_features (const HpImport *import, const char *file, const HpSchema *schema, GPtrArray *notes,
                            GError **error)
{
  const char *const *given = names_of_model (import, file, schema, notes, error);
  g_autoptr (GPtrArray) names = names_of_schema (schema), unknown = g_ptr_array_new ();
  g_autoptr (GPtrArray) features = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  if (given == NULL)
    return NULL;
  for (guint j = 0; j < import->n_features; j++)
    {
      const char *name = find_name (names, given[j]);

      if (name == NULL)
        {
          g_ptr_array_add (unknown, (char *) given[j]);
          continue;
        }
      if (!g_hash_table_add (taken, (char *) name))
        {
          hp_set_error (error, HP_ERROR_BAD_DATA, name, _ ("%s: two features of the model are “%s”"), file, name);
          return NULL;
        }
      if (!check_feature (import, j, file, schema, name, notes, error))
        return NULL;
      g_ptr_array_add (features, g_strdup (name));
    }
  if (unknown->len > 0)
    {
      set_unknown (unknown, names, file, error);
      return NULL;
    }
  g_ptr_array_add (features, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&features), FALSE);
}

HpSchema *
_hp_foreign_order_categories (const HpImport *import, char **features, const HpSchema *schema, GError **error)
{
  g_autofree char *yaml = hp_schema_to_yaml (schema);
  HpSchema *ordered = hp_schema_parse (yaml, strlen (yaml), schema->name, error);

  for (guint j = 0; ordered != NULL && import->categories != NULL && j < import->n_features; j++)
    {
      char **names = g_ptr_array_index (import->categories, j);
      HpSchemaColumn *column = (HpSchemaColumn *) hp_schema_get_column (ordered, features[j]); /* ours alone */

      if (names == NULL || column == NULL || column->type != HP_COLUMN_CATEGORY)
        continue;
      g_strfreev (column->order);
      column->order = g_strdupv (names);
    }
  return ordered;
}

/* The largest code that the model splits this feature on; -1: none */
static gint64
largest_code (const HpModel *model, guint feature)
{
  gint64 largest = -1;

  for (guint t = 0; t < hp_model_get_n_trees (model); t++)
    {
      gsize n_nodes, n;
      const HpNode *nodes = hp_model_get_tree (model, t, &n_nodes);

      for (gsize i = 0; i < n_nodes; i++)
        if (nodes[i].split == HP_SPLIT_CATEGORIES && nodes[i].feature == feature)
          {
            const guint32 *categories = hp_model_get_set (model, (guint) nodes[i].value, &n);

            if (n > 0)
              largest = MAX (largest, categories[n - 1]);
          }
    }
  return largest;
}

gboolean
_hp_foreign_check_codes (const HpImport *import, const char *file, const HpPreprocessor *pre, const HpSchema *ordered,
                         GPtrArray *notes, GError **error)
{
  for (guint j = 0; j < import->n_features; j++)
    {
      const char *name = hp_preprocessor_get_feature (pre, j);
      const HpSchemaColumn *column
        = hp_schema_get_derived (ordered, name) == NULL ? hp_schema_get_column (ordered, name) : NULL;
      gint64 largest;
      guint n;

      if (column == NULL || column->type != HP_COLUMN_CATEGORY)
        continue;
      n = hp_attribute_get_n_choices (
        hp_preprocessor_get_attribute (pre, (guint) hp_preprocessor_find_attribute (pre, name)));
      largest = import->categorical[j] ? largest_code (import->model, j) : -1;
      if (largest >= n)
        {
          hp_set_error (
            error, HP_ERROR_BAD_DATA, name,
            _ (
              "%s: the model knows a category of %s with code %d, and only %u categories are known here, so that codes "
              "can't be told; list all as its order in the schema, first the one of code 0"),
            file, name, (int) largest, n);
          return FALSE;
        }
      if (column->order == NULL || column->order[0] == NULL)
        g_ptr_array_add (
          notes, g_strdup_printf (_ ("%s: code 0 is taken for the first of its %u categories in alphabetical order, "
                                     "as pandas numbers them; if that is wrong, list them as its order in the "
                                     "schema"),
                                  name, n));
    }
  return TRUE;
}

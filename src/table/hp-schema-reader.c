/* hp-schema-reader.c - the small readings of which a schema's reading is made
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

gboolean
_hp_schema_read_kind (SchemaReader *r, const HpYaml *node, HpYamlKind kind, const char *what)
{
  if (node->kind == kind)
    return TRUE;
  switch (kind)
    {
    case HP_YAML_MAPPING:
      hp_yaml_set_error (r->error, r->name, node, _ ("\"%s\" must be a mapping, {key: value}"), what);
      break;
    case HP_YAML_SEQUENCE:
      hp_yaml_set_error (r->error, r->name, node, _ ("\"%s\" must be a list, [a, b]"), what);
      break;
    case HP_YAML_SCALAR:
    default:
      hp_yaml_set_error (r->error, r->name, node, _ ("\"%s\" must be a single value"), what);
      break;
    }
  return FALSE;
}

gboolean
_hp_schema_read_keys (SchemaReader *r, const HpYaml *mapping, const char *what, const char *const *allowed)
{
  if (!_hp_schema_read_kind (r, mapping, HP_YAML_MAPPING, what))
    return FALSE;
  for (guint i = 0; i < mapping->keys->len; i++)
    {
      const HpYaml *key = mapping->keys->pdata[i];
      g_autofree char *shown = NULL, *near = NULL, *list = NULL;

      if (g_strv_contains (allowed, key->scalar))
        continue;
      shown = hp_text_printable (key->scalar, -1, 64);
      near = _hp_schema_did_you_mean (key->scalar, allowed);
      list = _hp_schema_list (allowed);
      hp_yaml_set_error (r->error, r->name, key, _ ("unknown key \"%s\" in \"%s\"%s; allowed are %s"), shown, what,
                         near, list);
      return FALSE;
    }
  return TRUE;
}

char *
_hp_schema_read_text (SchemaReader *r, const HpYaml *node, const char *what)
{
  if (!_hp_schema_read_kind (r, node, HP_YAML_SCALAR, what))
    return NULL;
  if (hp_yaml_is_null (node) || *node->scalar == '\0')
    {
      hp_yaml_set_error (r->error, r->name, node, _ ("\"%s\" is empty"), what);
      return NULL;
    }
  if (strlen (node->scalar) > HP_SCHEMA_MAX_TEXT)
    {
      hp_yaml_set_error (r->error, r->name, node, _ ("\"%s\" is longer than %d bytes"), what, HP_SCHEMA_MAX_TEXT);
      return NULL;
    }
  for (const char *p = node->scalar; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      {
        hp_yaml_set_error (r->error, r->name, node, _ ("\"%s\" has a control character in it"), what);
        return NULL;
      }
  return g_strdup (node->scalar);
}

static gboolean
has_key (char **words, guint n, const char *word)
{
  g_autofree char *key = hp_text_key (word, -1);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *other = hp_text_key (words[i], -1);

      if (g_str_equal (key, other))
        return TRUE;
    }
  return FALSE;
}

char **
_hp_schema_read_texts (SchemaReader *r, const HpYaml *node, const char *what)
{
  g_auto (GStrv) texts = NULL;

  if (node->kind == HP_YAML_SCALAR)
    {
      g_autofree char *text = _hp_schema_read_text (r, node, what);

      if (text == NULL)
        return NULL;
      texts = g_new0 (char *, 2);
      texts[0] = g_steal_pointer (&text);
      return g_steal_pointer (&texts);
    }
  if (!_hp_schema_read_kind (r, node, HP_YAML_SEQUENCE, what))
    return NULL;
  if (node->items->len > 4096) /* distinctness is checked by comparing all pairs */
    {
      hp_yaml_set_error (r->error, r->name, node, _ ("\"%s\" has more than %d entries"), what, 4096);
      return NULL;
    }
  texts = g_new0 (char *, node->items->len + 1);
  for (guint i = 0; i < node->items->len; i++)
    {
      g_autofree char *text = _hp_schema_read_text (r, node->items->pdata[i], what);

      if (text == NULL)
        return NULL;
      if (has_key (texts, i, text))
        {
          hp_yaml_set_error (r->error, r->name, node->items->pdata[i], _ ("\"%s\" is in \"%s\" twice"), text, what);
          return NULL;
        }
      texts[i] = g_steal_pointer (&text);
    }
  return g_steal_pointer (&texts);
}

int
_hp_schema_read_word (SchemaReader *r, const HpYaml *node, const char *what, const char *const *allowed)
{
  g_autofree char *text = _hp_schema_read_text (r, node, what);
  g_autofree char *near = NULL, *list = NULL;

  if (text == NULL)
    return -1;
  for (int i = 0; allowed[i] != NULL; i++)
    if (g_str_equal (allowed[i], text))
      return i;
  near = _hp_schema_did_you_mean (text, allowed);
  list = _hp_schema_list (allowed);
  hp_yaml_set_error (r->error, r->name, node, _ ("\"%s\" can't be \"%s\"%s; it is %s"), what, text, near, list);
  return -1;
}

gboolean
_hp_schema_read_bounds (SchemaReader *r, const HpYaml *mapping, double *min, double *max)
{
  const HpYaml *low = hp_yaml_get (mapping, "min"), *high = hp_yaml_get (mapping, "max");

  if (low != NULL && (!hp_yaml_to_double (low, min) || !isfinite (*min)))
    {
      hp_yaml_set_error (r->error, r->name, low, _ ("\"min\" must be a number"));
      return FALSE;
    }
  if (high != NULL && (!hp_yaml_to_double (high, max) || !isfinite (*max)))
    {
      hp_yaml_set_error (r->error, r->name, high, _ ("\"max\" must be a number"));
      return FALSE;
    }
  if (low != NULL && high != NULL && *min > *max)
    {
      hp_yaml_set_error (r->error, r->name, low, _ ("\"min\" is larger than \"max\""));
      return FALSE;
    }
  return TRUE;
}

const HpSchemaColumn *
_hp_schema_read_column (SchemaReader *r, const HpYaml *node, const char *what)
{
  g_autofree char *text = _hp_schema_read_text (r, node, what);
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *near = NULL;
  const HpSchemaColumn *column;

  if (text == NULL)
    return NULL;
  column = hp_schema_get_column (r->schema, text);
  if (column != NULL)
    return column;

  names = g_ptr_array_new ();
  for (guint i = 0; i < r->schema->columns->len; i++)
    g_ptr_array_add (names, ((HpSchemaColumn *) r->schema->columns->pdata[i])->name);
  g_ptr_array_add (names, NULL);
  near = _hp_schema_did_you_mean (text, (const char *const *) names->pdata);
  hp_yaml_set_error (r->error, r->name, node, _ ("\"%s\" names \"%s\", which is not among the columns%s"), what, text,
                     near);
  return NULL;
}

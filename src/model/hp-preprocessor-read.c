/* hp-preprocessor-read.c - preprocessor.json: reading what may be anything
 *
 * Every index is looked at before it is used: ranks and columns belong to existing choices, features to existing
 * attributes of the right type, so that a preprocessor that was read is as sound as one that was fitted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-json.h"
#include "hp-preprocessor-json.h"

#define MAX_NAME 1024 /* bytes */

static gboolean
bad (GError **error, const char *field, const char *problem)
{
  hp_set_error (error, HP_ERROR_BAD_DATA, field, "%s%s%s", field != NULL ? field : "", field != NULL ? ": " : "",
                problem);
  return FALSE;
}

/* A name: text that isn't empty and not endless */
static gboolean
get_name (JsonObject *object, const char *member, char **name, GError **error)
{
  const char *text;

  if (!hp_json_get_string (object, member, &text, error))
    return FALSE;
  if (*text == '\0' || strlen (text) > MAX_NAME)
    return bad (error, member, _ ("a name must not be empty or longer than 1024 bytes"));
  *name = g_strdup (text);
  return TRUE;
}

/* A member that may be absent or null */
static gboolean
has (JsonObject *object, const char *member)
{
  return json_object_has_member (object, member) && !json_object_get_null_member (object, member);
}

static gboolean
get_flag (JsonObject *object, const char *member, gboolean *flag, GError **error)
{
  *flag = FALSE;
  return !has (object, member) || hp_json_get_boolean (object, member, flag, error);
}

static gboolean
get_index (JsonObject *object, const char *member, const char *const *names, guint n_names, guint *found,
           GError **error)
{
  const char *text;

  if (!hp_json_get_string (object, member, &text, error))
    return FALSE;
  for (*found = 0; *found < n_names; ++*found)
    if (strcmp (text, names[*found]) == 0)
      return TRUE;
  return bad (error, member, _ ("this is not a word that is known here"));
}

static gboolean
get_date (JsonObject *object, const char *member, HpDate *date, GError **error)
{
  const char *text;

  *date = 0;
  if (!has (object, member))
    return TRUE;
  if (!hp_json_get_string (object, member, &text, error))
    return FALSE;
  return hp_date_parse (text, strlen (text), date) || bad (error, member, _ ("this is not a date"));
}

/* A number, or of a date attribute a date; null is infinite */
static gboolean
value_of (JsonNode *node, const HpAttribute *attribute, double infinite, double *value)
{
  HpDate date;

  if (JSON_NODE_HOLDS_NULL (node))
    {
      *value = infinite;
      return TRUE;
    }
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_STRING && attribute->type == HP_COLUMN_DATE)
    {
      const char *text = json_node_get_string (node);

      if (!hp_date_parse (text, strlen (text), &date))
        return FALSE;
      *value = date;
      return TRUE;
    }
  if (json_node_get_value_type (node) != G_TYPE_INT64 && json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return FALSE;
  *value = json_node_get_double (node);
  return isfinite (*value) && (attribute->type != HP_COLUMN_DATE || *value == 0);
}

static gboolean
get_range (JsonObject *object, const char *member, const HpAttribute *attribute, double *min, double *max,
           GError **error)
{
  JsonArray *array = hp_json_get_array (object, member, error);

  if (array == NULL)
    return FALSE;
  if (json_array_get_length (array) != 2 || !value_of (json_array_get_element (array, 0), attribute, -INFINITY, min)
      || !value_of (json_array_get_element (array, 1), attribute, INFINITY, max) || *min > *max)
    return bad (error, member, _ ("a least and a greatest value are expected here"));
  return TRUE;
}

/* Integers in [0, most], one for each of n choices */
static gboolean
get_counts (JsonObject *object, const char *member, guint n, gint64 most, guint32 *counts, GError **error)
{
  JsonArray *array = hp_json_get_array (object, member, error);

  if (array == NULL)
    return FALSE;
  if (json_array_get_length (array) != n)
    return bad (error, member, _ ("one number for each choice is expected here"));
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64
          || json_node_get_int (node) < 0 || json_node_get_int (node) > most)
        return bad (error, member, _ ("a number here is out of range"));
      counts[i] = json_node_get_int (node);
    }
  return TRUE;
}

static gboolean
read_choices (HpInput *input, JsonObject *object, gboolean coded, GError **error)
{
  JsonArray *array = hp_json_get_array (object, "choices", error), *ranks;
  GPtrArray *choices;
  guint n;

  if (array == NULL || !get_flag (object, "ordered", &input->ordered, error))
    return FALSE;
  n = json_array_get_length (array);
  if (n == 0 || n > HP_PREPROCESSOR_MAX_CHOICES)
    return bad (error, "choices", _ ("no choices, or too many"));
  choices = g_ptr_array_new_with_free_func (g_free);
  for (guint c = 0; c < n; c++)
    {
      JsonNode *node = json_array_get_element (array, c);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        {
          g_ptr_array_unref (choices);
          return bad (error, "choices", _ ("text is expected here"));
        }
      g_ptr_array_add (choices, g_strdup (json_node_get_string (node)));
    }
  _hp_input_set_choices (input, choices);
  input->attribute.choice_counts = g_new0 (guint32, n + 1);
  if (!get_counts (object, "counts", n, G_MAXUINT32, input->attribute.choice_counts, error))
    return FALSE;

  if (has (object, "ranks"))
    {
      ranks = hp_json_get_array (object, "ranks", error);
      if (ranks == NULL)
        return FALSE;
      input->unseen_rank = NAN;
      if ((!coded || has (object, "unseen_rank"))
          && !hp_json_get_double (object, "unseen_rank", &input->unseen_rank, error))
        return FALSE;
      if (json_array_get_length (ranks) != n)
        return bad (error, "ranks", _ ("one number for each choice is expected here"));
      input->ranks = g_new0 (double, n + 1);
      for (guint c = 0; c < n; c++)
        if (!value_of (json_array_get_element (ranks, c), &input->attribute, NAN, &input->ranks[c])
            || isnan (input->ranks[c]))
          return bad (error, "ranks", _ ("a number is expected here"));
    }
  if (has (object, "column_of"))
    {
      input->column_of = g_new0 (guint32, n + 1);
      return get_counts (object, "column_of", n, HP_MODEL_MAX_FEATURES, input->column_of, error);
    }
  return TRUE;
}

static gboolean
read_input (HpPreprocessor *pre, JsonObject *object, GError **error)
{
  const char *type_names[HP_COLUMN_TEXT];
  HpInput *input = _hp_input_new ();
  HpAttribute *attribute = &input->attribute;
  gboolean coded = pre->encoding == HP_ENCODING_CODED;
  const char *text;
  guint type;

  g_ptr_array_add (pre->inputs, input);
  for (type = 0; type < G_N_ELEMENTS (type_names); type++)
    type_names[type] = hp_column_type_name (type);
  if (!get_name (object, "name", &attribute->name, error) || !get_name (object, "label", &attribute->label, error)
      || !get_index (object, "type", type_names, G_N_ELEMENTS (type_names), &type, error))
    return FALSE;
  attribute->type = type;
  for (guint i = 0; i + 1 < pre->inputs->len; i++)
    if (strcmp (_hp_preprocessor_input (pre, i)->attribute.name, attribute->name) == 0)
      return bad (error, attribute->name, _ ("this attribute is here twice"));
  if (has (object, "unit"))
    {
      if (!hp_json_get_string (object, "unit", &text, error))
        return FALSE;
      attribute->unit = g_strdup (text);
    }
  if (!hp_json_get_boolean (object, "required", &attribute->required, error)
      || !get_flag (object, "effective_date", &attribute->is_effective_date, error)
      || !get_range (object, "allowed", attribute, &attribute->min, &attribute->max, error)
      || !get_range (object, "seen", attribute, &attribute->seen_min, &attribute->seen_max, error)
      || (type == HP_COLUMN_CATEGORY && !read_choices (input, object, coded, error)))
    return FALSE;
  if (!json_object_has_member (object, "impute")
      || !value_of (json_object_get_member (object, "impute"), attribute, NAN, &attribute->impute)
      || (isnan (attribute->impute) && !coded)
      || (type == HP_COLUMN_CATEGORY && !isnan (attribute->impute)
          && (attribute->impute < 0 || attribute->impute >= input->n_choices
              || attribute->impute != floor (attribute->impute))))
    return bad (error, "impute", _ ("a value of the attribute is expected here"));
  if (attribute->is_effective_date)
    {
      if (attribute->type != HP_COLUMN_DATE || attribute->required || pre->effective >= 0)
        return bad (error, attribute->name, _ ("only one date, which is not required, can be the effective date"));
      pre->effective = pre->inputs->len - 1;
    }
  return TRUE;
}

static gboolean
get_input (const HpPreprocessor *pre, JsonObject *object, const char *member, int *input, GError **error)
{
  const char *name;

  if (!hp_json_get_string (object, member, &name, error))
    return FALSE;
  for (guint i = 0; i < pre->inputs->len; i++)
    if (strcmp (_hp_preprocessor_input (pre, i)->attribute.name, name) == 0)
      {
        *input = i;
        return TRUE;
      }
  return bad (error, member, _ ("there is no such attribute"));
}

/* Can a feature of this kind be made of these attributes? */
static gboolean
check_kind (const HpPreprocessor *pre, const HpNamed *named)
{
  const HpInput *a = _hp_preprocessor_input (pre, named->a);
  const HpInput *b = named->b >= 0 ? _hp_preprocessor_input (pre, named->b) : NULL;
  HpColumnType type = a->attribute.type;
  gboolean number = type == HP_COLUMN_NUMBER || type == HP_COLUMN_INTEGER;

  switch (named->kind)
    {
    case HP_FEATURE_NUMBER:
      return number && b == NULL;
    case HP_FEATURE_CATEGORY:
      return type == HP_COLUMN_CATEGORY && a->ranks != NULL && b == NULL;
    case HP_FEATURE_ONE_HOT:
      return type == HP_COLUMN_CATEGORY && a->column_of != NULL && b == NULL && pre->encoding == HP_ENCODING_ONE_HOT;
    case HP_FEATURE_MONTHS:
      return type == HP_COLUMN_DATE && b == NULL;
    case HP_FEATURE_AGE:
      return type != HP_COLUMN_CATEGORY && (b == NULL || b->attribute.type != HP_COLUMN_CATEGORY);
    case HP_FEATURE_RATIO:
      return number && b != NULL && (b->attribute.type == HP_COLUMN_NUMBER || b->attribute.type == HP_COLUMN_INTEGER);
    default:
      return FALSE;
    }
}

static gboolean
read_columns (HpPreprocessor *pre, guint k, JsonObject *object, GError **error)
{
  const HpNamed *named = _hp_preprocessor_named (pre, k);
  JsonArray *array = hp_json_get_array (object, "columns", error);
  guint n;

  if (array == NULL)
    return FALSE;
  n = json_array_get_length (array);
  if (n == 0 || (named->kind != HP_FEATURE_ONE_HOT && n != 1))
    return bad (error, "columns", _ ("another number of columns is expected here"));
  for (guint j = 0; j < n; j++)
    {
      JsonNode *node = json_array_get_element (array, j);
      g_autofree char *name = NULL;
      double centre, scale;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return bad (error, "columns", _ ("an object is expected here"));
      if (!hp_json_get_double (json_node_get_object (node), "centre", &centre, error)
          || !hp_json_get_double (json_node_get_object (node), "scale", &scale, error)
          || !get_name (json_node_get_object (node), "name", &name, error))
        return FALSE;
      if (!(scale > 0))
        return bad (error, "scale", _ ("this has to be greater than 0"));
      _hp_preprocessor_add_column (pre, g_steal_pointer (&name), k, centre, scale);
    }
  if (named->kind == HP_FEATURE_ONE_HOT)
    {
      const HpInput *input = _hp_preprocessor_input (pre, named->a);

      for (guint c = 0; c < input->n_choices; c++)
        if (input->column_of[c] >= n)
          return bad (error, "column_of", _ ("a number here is out of range"));
    }
  return TRUE;
}

static gboolean
read_named (HpPreprocessor *pre, JsonObject *object, GError **error)
{
  HpNamed *named = g_new0 (HpNamed, 1);
  guint kind;
  gint64 monotone = 0;

  g_ptr_array_add (pre->named, named);
  named->b = -1;
  named->first = pre->columns->len;
  if (!get_name (object, "name", &named->name, error)
      || !get_index (object, "kind", _hp_feature_kind_names, G_N_ELEMENTS (_hp_feature_kind_names), &kind, error)
      || !get_input (pre, object, "a", &named->a, error)
      || (has (object, "b") && !get_input (pre, object, "b", &named->b, error))
      || (has (object, "monotone") && !hp_json_get_int (object, "monotone", -1, 1, &monotone, error)))
    return FALSE;
  named->kind = kind;
  named->monotone = monotone;
  if (!check_kind (pre, named))
    return bad (error, named->name, _ ("such a feature can't be made of these attributes"));
  if (pre->encoding == HP_ENCODING_ONE_HOT)
    {
      if (!hp_json_get_double (object, "impute", &named->impute, error)
          || !read_columns (pre, pre->named->len - 1, object, error))
        return FALSE;
    }
  else
    _hp_preprocessor_add_column (pre, g_strdup (named->name), pre->named->len - 1, 0, 1);
  if (pre->columns->len > HP_MODEL_MAX_FEATURES)
    return bad (error, "features", _ ("too many columns"));
  return TRUE;
}

typedef gboolean (*ReadItem) (HpPreprocessor *pre, JsonObject *object, GError **error);

static gboolean
read_items (HpPreprocessor *pre, JsonObject *object, const char *member, ReadItem read_item, GError **error)
{
  JsonArray *array = hp_json_get_array (object, member, error);
  guint n;

  if (array == NULL)
    return FALSE;
  n = json_array_get_length (array);
  if (n == 0 || n > HP_MODEL_MAX_FEATURES)
    return bad (error, member, _ ("none, or too many"));
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return bad (error, member, _ ("an object is expected here"));
      if (!read_item (pre, json_node_get_object (node), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_places (HpPreprocessor *pre, JsonObject *object, GError **error)
{
  JsonObject *roles = hp_json_get_object (object, "roles", error);

  if (roles == NULL)
    return FALSE;
  for (guint p = 0; p < HP_N_PLACES; p++)
    if (has (roles, _hp_place_names[p]) && !get_name (roles, _hp_place_names[p], &pre->place_columns[p], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_document (HpPreprocessor *pre, JsonNode *root, GError **error)
{
  JsonObject *object;
  gint64 format;
  guint encoding;

  if (!JSON_NODE_HOLDS_OBJECT (root))
    return bad (error, NULL, _ ("an object is expected here"));
  object = json_node_get_object (root);
  if (!hp_json_get_int (object, "format", 1, G_MAXINT32, &format, error))
    return FALSE;
  if (format > HP_PREPROCESSOR_FORMAT)
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, "format",
                    _ ("this preprocessor was written by a newer version of the program (format %d)"), (int) format);
      return FALSE;
    }
  if (!get_index (object, "encoding", _hp_encoding_names, G_N_ELEMENTS (_hp_encoding_names), &encoding, error)
      || !get_name (object, "target", &pre->target, error) || !get_name (object, "currency", &pre->currency, error)
      || (has (object, "date_column") && !get_name (object, "date_column", &pre->date_column, error))
      || (has (object, "roles") && !read_places (pre, object, error))
      || !get_date (object, "reference_date", &pre->reference_date, error)
      || !get_date (object, "newest_sale", &pre->newest_sale, error))
    return FALSE;
  pre->encoding = encoding;
  return read_items (pre, object, "attributes", read_input, error)
         && read_items (pre, object, "features", read_named, error);
}

/**
 * hp_preprocessor_from_json:
 * @json: (array length=length): what hp_preprocessor_to_json() wrote, or a stranger
 * @length: its bytes
 * @name: what to call it in messages
 * @error: return location for a #GError
 *
 * Reads a preprocessor. Nothing is believed: every index is checked. All errors are %HP_ERROR_BAD_DATA.
 *
 * Returns: (transfer full): the preprocessor, or %NULL
 */
HpPreprocessor *
hp_preprocessor_from_json (const char *json, gsize length, const char *name, GError **error)
{
  g_autoptr (JsonNode) root = hp_json_parse (json, length, HP_PREPROCESSOR_MAX_BYTES, name, error);
  g_autoptr (HpPreprocessor) pre = NULL;

  if (root == NULL)
    return NULL;
  pre = _hp_preprocessor_new ();
  if (!read_document (pre, root, error))
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  _hp_preprocessor_seal (pre);
  return g_steal_pointer (&pre);
}

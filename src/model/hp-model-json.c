/* hp-model-json.c - model.json: a fitted model as text
 *
 * {"format":1,"kind":"trees","target":"log","n_features":7,"base":12.01,"trees":[
 * {"feature":[…],"value":[…],"left":[…],"default_left":[…],"count":[…]},
 * …
 * ]}
 *
 * or, with "kind":"linear", "intercept" and "coefficients". The arrays of a tree are parallel: what HpNode holds, one
 * number a node; a leaf has left -1 and its value in "value". Numbers are the shortest that read back as the same float
 * (double in a linear model), so that writing what was read gives the same bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-json.h"
#include "hp-model-private.h"
#include "hp-number.h"

#define FORMAT 1

static void
append_float (GString *text, float value)
{
  char buffer[HP_NUMBER_BUFFER];

  g_string_append_len (text, buffer, hp_number_format_float (buffer, value));
}

static void
append_double (GString *text, double value)
{
  char buffer[HP_NUMBER_BUFFER];

  g_string_append_len (text, buffer, hp_number_format (buffer, value));
}

static void
append_tree (GString *text, const HpNode *nodes, gsize n_nodes)
{
  g_string_append (text, "{\"feature\":[");
  for (gsize i = 0; i < n_nodes; i++)
    g_string_append_printf (text, i > 0 ? ",%u" : "%u", nodes[i].feature);
  g_string_append (text, "],\"value\":[");
  for (gsize i = 0; i < n_nodes; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_float (text, nodes[i].value);
    }
  g_string_append (text, "],\"left\":[");
  for (gsize i = 0; i < n_nodes; i++)
    g_string_append_printf (text, i > 0 ? ",%d" : "%d", nodes[i].left);
  g_string_append (text, "],\"default_left\":[");
  for (gsize i = 0; i < n_nodes; i++)
    g_string_append (text, nodes[i].default_left ? (i > 0 ? ",1" : "1") : (i > 0 ? ",0" : "0"));
  g_string_append (text, "],\"count\":[");
  for (gsize i = 0; i < n_nodes; i++)
    g_string_append_printf (text, i > 0 ? ",%u" : "%u", nodes[i].count);
  g_string_append (text, "]}");
}

/**
 * hp_model_to_json:
 * @model: a model
 * @length: (out) (optional): bytes of the text
 *
 * Returns: (transfer full): the model as text, one line a tree; the same model always gives the same bytes
 */
char *
hp_model_to_json (const HpModel *model, gsize *length)
{
  GString *text = g_string_new (NULL);
  gboolean linear = model->kind == HP_MODEL_LINEAR;

  g_string_append_printf (text, "{\"format\":%d,\"kind\":\"%s\",\"target\":\"%s\",\"n_features\":%u,", FORMAT,
                          linear ? "linear" : "trees", model->target == HP_TARGET_LOG ? "log" : "plain",
                          model->n_features);
  if (linear)
    {
      g_string_append (text, "\"intercept\":");
      append_double (text, model->intercept);
      g_string_append (text, ",\"coefficients\":[");
      for (guint j = 0; j < model->n_features; j++)
        {
          if (j > 0)
            g_string_append_c (text, ',');
          append_double (text, model->coefficients[j]);
        }
    }
  else
    {
      g_string_append (text, "\"base\":");
      append_float (text, model->base);
      g_string_append (text, ",\"trees\":[");
      for (guint t = 0; t < model->trees->len; t++)
        {
          gsize n_nodes;
          const HpNode *nodes = hp_model_get_tree (model, t, &n_nodes);

          g_string_append (text, t > 0 ? ",\n" : "\n");
          append_tree (text, nodes, n_nodes);
        }
      if (model->trees->len > 0)
        g_string_append_c (text, '\n');
    }
  g_string_append (text, "]}\n");
  if (length != NULL)
    *length = text->len;
  return g_string_free (text, FALSE);
}

/* What has been read so far */
typedef struct
{
  HpJsonReader *reader;
  gboolean has_format, has_kind, has_target, has_n_features, has_number, has_items;
  HpModelKind kind;
  HpTarget target;
  guint n_features;
  double number;        /* base or intercept */
  GArray *coefficients; /* of double */
  HpModel *model;       /* of trees, made when the trees begin */
  GArray *arrays[5];    /* of a tree: feature, value, left, default_left, count */
  GArray *nodes;
} Reading;

static gboolean
read_word (Reading *reading, const char *first, const char *second, gboolean *is_second)
{
  const char *word;

  if (!hp_json_reader_string (reading->reader, &word))
    return FALSE;
  *is_second = strcmp (word, second) == 0;
  if (*is_second || strcmp (word, first) == 0)
    return TRUE;
  hp_json_reader_fail (reading->reader, _ ("\"%s\" or \"%s\" is expected here"), first, second);
  return FALSE;
}

static void
read_tree (Reading *reading)
{
  static const char *const members[] = { "feature", "value", "left", "default_left", "count" };
  static const gint64 least[] = { 0, 0, -1, 0, 1 };
  static const gint64 most[] = { G_MAXUINT16, 0, HP_MODEL_MAX_NODES, 1, G_MAXINT32 };
  HpJsonReader *reader = reading->reader;
  gsize room = HP_MODEL_MAX_NODES - reading->model->nodes->len, where, n;
  const char *key, *problem;
  guint found = 0, depth;

  if (!hp_json_reader_begin_object (reader))
    return;
  while (hp_json_reader_next_member (reader, &key))
    {
      guint m = 0;

      while (m < G_N_ELEMENTS (members) && strcmp (key, members[m]) != 0)
        m++;
      if (m == G_N_ELEMENTS (members))
        {
          hp_json_reader_skip (reader);
          continue;
        }
      found |= 1u << m;
      g_array_set_size (reading->arrays[m], 0);
      if (m == 1)
        hp_json_reader_floats (reader, reading->arrays[m], room);
      else
        hp_json_reader_int32s (reader, reading->arrays[m], least[m], most[m], room);
    }
  if (hp_json_reader_failed (reader))
    return;
  if (found != (1u << G_N_ELEMENTS (members)) - 1)
    {
      hp_json_reader_fail (reader, _ ("tree %u lacks one of feature, value, left, default_left, count"),
                           reading->model->trees->len);
      return;
    }
  n = reading->arrays[0]->len;
  for (guint m = 1; m < G_N_ELEMENTS (members); m++)
    if (reading->arrays[m]->len != n)
      {
        hp_json_reader_fail (reader, _ ("tree %u: its arrays differ in length"), reading->model->trees->len);
        return;
      }

  g_array_set_size (reading->nodes, n);
  for (gsize i = 0; i < n; i++)
    {
      HpNode node = { 0 };

      node.feature = g_array_index (reading->arrays[0], gint32, i);
      node.value = g_array_index (reading->arrays[1], float, i);
      node.left = g_array_index (reading->arrays[2], gint32, i);
      node.default_left = g_array_index (reading->arrays[3], gint32, i);
      node.count = g_array_index (reading->arrays[4], gint32, i);
      g_array_index (reading->nodes, HpNode, i) = node;
    }
  problem = _hp_tree_check ((const HpNode *) reading->nodes->data, n, reading->n_features, &depth, &where);
  if (problem != NULL)
    hp_json_reader_fail (reader, _ ("tree %u, node %zu: %s"), reading->model->trees->len, where,
                         _ (problem));
  else
    _hp_model_append_tree (reading->model, (const HpNode *) reading->nodes->data, n, depth);
}

static void
read_trees (Reading *reading)
{
  HpJsonReader *reader = reading->reader;

  if (!hp_json_reader_begin_array (reader))
    return;
  reading->model = hp_model_new_trees (reading->target, reading->n_features, 0);
  reading->nodes = g_array_new (FALSE, FALSE, sizeof (HpNode));
  for (guint m = 0; m < G_N_ELEMENTS (reading->arrays); m++)
    reading->arrays[m] = g_array_new (FALSE, FALSE, m == 1 ? sizeof (float) : sizeof (gint32));
  while (hp_json_reader_next_element (reader))
    {
      if (reading->model->trees->len == HP_MODEL_MAX_TREES)
        hp_json_reader_fail (reader, _ ("more than %d trees"), HP_MODEL_MAX_TREES);
      else
        read_tree (reading);
    }
}

static void
read_coefficients (Reading *reading)
{
  HpJsonReader *reader = reading->reader;

  if (!hp_json_reader_begin_array (reader))
    return;
  reading->coefficients = g_array_new (FALSE, FALSE, sizeof (double));
  while (hp_json_reader_next_element (reader))
    {
      double coefficient;

      if (reading->coefficients->len == reading->n_features)
        hp_json_reader_fail (reader, _ ("more coefficients than features"));
      else if (hp_json_reader_number (reader, &coefficient))
        g_array_append_val (reading->coefficients, coefficient);
    }
  if (!hp_json_reader_failed (reader) && reading->coefficients->len < reading->n_features)
    hp_json_reader_fail (reader, _ ("fewer coefficients than features"));
}

static void
read_member (Reading *reading, const char *key)
{
  HpJsonReader *reader = reading->reader;
  gboolean second = FALSE, is_items = strcmp (key, "trees") == 0 || strcmp (key, "coefficients") == 0;
  gint64 integer = 0;

  if (strcmp (key, "format") == 0)
    {
      reading->has_format = hp_json_reader_integer (reader, 1, G_MAXINT32, &integer);
      if (reading->has_format && integer != FORMAT)
        hp_json_reader_fail (reader, _ ("this model was written by a newer version of the program (format %d)"),
                             (int) integer);
    }
  else if (strcmp (key, "kind") == 0)
    {
      reading->has_kind = read_word (reading, "linear", "trees", &second);
      reading->kind = second ? HP_MODEL_TREES : HP_MODEL_LINEAR;
    }
  else if (strcmp (key, "target") == 0)
    {
      reading->has_target = read_word (reading, "plain", "log", &second);
      reading->target = second ? HP_TARGET_LOG : HP_TARGET_PLAIN;
    }
  else if (strcmp (key, "n_features") == 0)
    {
      reading->has_n_features = hp_json_reader_integer (reader, 0, HP_MODEL_MAX_FEATURES, &integer);
      reading->n_features = integer;
    }
  else if (strcmp (key, "base") == 0 || strcmp (key, "intercept") == 0)
    {
      gboolean single = strcmp (key, "base") == 0;

      reading->has_number = hp_json_reader_number (reader, &reading->number);
      if (single && !isfinite ((float) reading->number))
        hp_json_reader_fail (reader, _ ("this number is too large"));
    }
  else if (is_items && !(reading->has_format && reading->has_kind && reading->has_target && reading->has_n_features))
    hp_json_reader_fail (reader, _ ("format, kind, target and n_features have to come before this"));
  else if (is_items && reading->has_items)
    hp_json_reader_fail (reader, _ ("a model has trees or coefficients, once"));
  else if (is_items)
    {
      if ((strcmp (key, "trees") == 0) != (reading->kind == HP_MODEL_TREES))
        hp_json_reader_fail (reader, _ ("a model of the other kind has this"));
      else if (reading->kind == HP_MODEL_TREES)
        read_trees (reading);
      else
        read_coefficients (reading);
      reading->has_items = TRUE;
    }
  else
    hp_json_reader_skip (reader);
}

/**
 * hp_model_from_json:
 * @json: (array length=length): what hp_model_to_json() wrote, or a stranger
 * @length: its bytes
 * @name: what to call it in messages: `NAME:LINE:COLUMN: …`
 * @error: return location for a #GError
 *
 * Reads a model. Nothing is believed: arrays have to be of one length and within the limits of `hp-model.h`, children
 * have to exist, every node has to be reached exactly once and not too deep, numbers have to be finite. All errors are
 * %HP_ERROR_BAD_DATA.
 *
 * Returns: (transfer full): the model, or %NULL
 */
HpModel *
hp_model_from_json (const char *json, gsize length, const char *name, GError **error)
{
  g_autoptr (HpJsonReader) reader = hp_json_reader_new (json, length, name);
  Reading reading = { .reader = reader };
  HpModel *model = NULL;
  const char *key;

  if (hp_json_reader_begin_object (reader))
    while (hp_json_reader_next_member (reader, &key))
      read_member (&reading, key);
  if (!hp_json_reader_failed (reader) && !(reading.has_items && reading.has_number))
    hp_json_reader_fail (reader, _ ("the model is not complete"));
  if (hp_json_reader_end (reader, error))
    {
      g_assert (reading.kind == HP_MODEL_LINEAR ? reading.coefficients != NULL : reading.model != NULL);
      if (reading.kind == HP_MODEL_LINEAR)
        model = hp_model_new_linear (reading.target, reading.n_features, reading.number,
                                     (const double *) reading.coefficients->data);
      else
        {
          model = g_steal_pointer (&reading.model);
          model->base = (float) reading.number;
        }
    }
  g_clear_pointer (&reading.model, hp_model_unref);
  g_clear_pointer (&reading.coefficients, g_array_unref);
  g_clear_pointer (&reading.nodes, g_array_unref);
  for (guint m = 0; m < G_N_ELEMENTS (reading.arrays); m++)
    g_clear_pointer (&reading.arrays[m], g_array_unref);
  return model;
}

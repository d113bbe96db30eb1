/* hp-model-json.c - model.json: a fitted model as text (hp-model-read.c reads it)
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
 * Format 2 is written for what format 1 can't say, and reads format 1:
 *  - more targets, by hp_target_name();
 *  - a tree with splits on categories has "category_nodes" (their nodes, ascending), "category_counts" (how many
 *    categories go right at each) and "categories" (all of them, node after node, ascending); "value" is 0 there;
 *  - a linear model in single precision has "precision":"single", and may have "centre" and "spread".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-model-private.h"
#include "hp-number.h"

#define PLAIN_FORMAT 1

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
append_doubles (GString *text, const char *key, const double *values, guint n)
{
  g_string_append_printf (text, ",\"%s\":[", key);
  for (guint j = 0; j < n; j++)
    {
      if (j > 0)
        g_string_append_c (text, ',');
      append_double (text, values[j]);
    }
  g_string_append_c (text, ']');
}

static gboolean
splits_on_categories (const HpNode *nodes, gsize n_nodes)
{
  for (gsize i = 0; i < n_nodes; i++)
    if (nodes[i].split == HP_SPLIT_CATEGORIES)
      return TRUE;
  return FALSE;
}

static void
append_categories (GString *text, const HpModel *model, const HpNode *nodes, gsize n_nodes)
{
  const char *comma = "";
  gsize n;

  g_string_append (text, ",\"category_nodes\":[");
  for (gsize i = 0; i < n_nodes; i++)
    if (nodes[i].split == HP_SPLIT_CATEGORIES)
      {
        g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, comma, i);
        comma = ",";
      }
  g_string_append (text, "],\"category_counts\":[");
  comma = "";
  for (gsize i = 0; i < n_nodes; i++)
    if (nodes[i].split == HP_SPLIT_CATEGORIES)
      {
        hp_model_get_set (model, (guint32) nodes[i].value, &n);
        g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, comma, n);
        comma = ",";
      }
  g_string_append (text, "],\"categories\":[");
  comma = "";
  for (gsize i = 0; i < n_nodes; i++)
    if (nodes[i].split == HP_SPLIT_CATEGORIES)
      {
        const guint32 *categories = hp_model_get_set (model, (guint32) nodes[i].value, &n);

        for (gsize c = 0; c < n; c++, comma = ",")
          g_string_append_printf (text, "%s%u", comma, categories[c]);
      }
  g_string_append_c (text, ']');
}

static void
append_tree (GString *text, const HpModel *model, const HpNode *nodes, gsize n_nodes)
{
  g_string_append (text, "{\"feature\":[");
  for (gsize i = 0; i < n_nodes; i++)
    g_string_append_printf (text, i > 0 ? ",%u" : "%u", nodes[i].feature);
  g_string_append (text, "],\"value\":[");
  for (gsize i = 0; i < n_nodes; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_float (text, nodes[i].split == HP_SPLIT_CATEGORIES ? 0 : nodes[i].value);
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
  g_string_append_c (text, ']');
  if (splits_on_categories (nodes, n_nodes))
    append_categories (text, model, nodes, n_nodes);
  g_string_append_c (text, '}');
}

static void
append_linear (GString *text, const HpModel *model)
{
  if (model->single)
    g_string_append (text, "\"precision\":\"single\",");
  g_string_append (text, "\"intercept\":");
  append_double (text, model->intercept);
  if (model->centre != NULL)
    {
      append_doubles (text, "centre", model->centre, model->n_features);
      append_doubles (text, "spread", model->spread, model->n_features);
    }
  append_doubles (text, "coefficients", model->coefficients, model->n_features);
}

static void
append_trees (GString *text, const HpModel *model)
{
  g_string_append (text, "\"base\":");
  append_float (text, model->base);
  g_string_append (text, ",\"trees\":[");
  for (guint t = 0; t < model->trees->len; t++)
    {
      gsize n_nodes;
      const HpNode *nodes = hp_model_get_tree (model, t, &n_nodes);

      g_string_append (text, t > 0 ? ",\n" : "\n");
      append_tree (text, model, nodes, n_nodes);
    }
  if (model->trees->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_c (text, ']');
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
  gboolean plain = (model->target == HP_TARGET_PLAIN || model->target == HP_TARGET_LOG) && !model->single
                   && hp_model_get_n_sets (model) == 0;

  /* What an older program can read it shall be able to read. */
  g_string_append_printf (text, "{\"format\":%d,\"kind\":\"%s\",\"target\":\"%s\",\"n_features\":%u,",
                          plain ? PLAIN_FORMAT : HP_MODEL_FORMAT, linear ? "linear" : "trees",
                          hp_target_name (model->target), model->n_features);
  if (linear)
    append_linear (text, model);
  else
    append_trees (text, model);
  g_string_append (text, "}\n");
  if (length != NULL)
    *length = text->len;
  return g_string_free (text, FALSE);
}

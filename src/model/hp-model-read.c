/* hp-model-read.c - model.json (its form is in hp-model-json.c): reading what may be anything
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-json.h"
#include "hp-model-private.h"

/* The arrays of a tree, those that every tree has first */
enum
{
  FEATURE,
  VALUE,
  LEFT,
  DEFAULT_LEFT,
  COUNT,
  CATEGORY_NODES,
  CATEGORY_COUNTS,
  CATEGORIES,
  N_ARRAYS
};
#define ALWAYS ((1u << CATEGORY_NODES) - 1)

/* What has been read so far */
typedef struct
{
  HpJsonReader *reader;
  gboolean has_format, has_kind, has_target, has_n_features, has_number, has_items;
  HpModelKind kind;
  HpTarget target;
  guint n_features;
  double number; /* base or intercept */
  gboolean single;
  GArray *coefficients;     /* of double */
  GArray *centre, *spread;  /* (nullable) of double */
  HpModel *model;           /* of trees, made when the trees begin */
  GArray *arrays[N_ARRAYS]; /* of a tree */
  GArray *nodes;
} Reading;

/* Which of the words comes next; the last one is NULL */
static gboolean
read_word (Reading *reading, const char *const *words, guint *found)
{
  g_autofree char *list = NULL;
  const char *word;

  if (!hp_json_reader_string (reading->reader, &word))
    return FALSE;
  for (*found = 0; words[*found] != NULL; ++*found)
    if (strcmp (word, words[*found]) == 0)
      return TRUE;
  list = g_strjoinv ("\", \"", (char **) words);
  hp_json_reader_fail (reading->reader, _ ("one of \"%s\" is expected here"), list);
  return FALSE;
}

/* Gives the nodes that split on categories their sets. Returns what is wrong, or NULL. */
static const char *
read_sets (Reading *reading)
{
  const gint32 *categories = (const gint32 *) (gpointer) reading->arrays[CATEGORIES]->data;
  gsize n_sets = reading->arrays[CATEGORY_NODES]->len, begin = 0;
  gint32 last = -1;

  if (n_sets > HP_MODEL_MAX_SETS - reading->model->sets->len)
    return N_ ("too many sets of categories");
  if (reading->arrays[CATEGORY_COUNTS]->len != n_sets)
    return N_ ("its arrays differ in length");
  for (gsize s = 0; s < n_sets; s++)
    {
      gint32 at = g_array_index (reading->arrays[CATEGORY_NODES], gint32, s);
      gsize n = g_array_index (reading->arrays[CATEGORY_COUNTS], gint32, s);
      HpNode *node;

      if (at <= last || at >= (gint32) reading->nodes->len || n > reading->arrays[CATEGORIES]->len - begin)
        return N_ ("its sets of categories are not whole");
      for (gsize c = begin + 1; c < begin + n; c++)
        if (categories[c] <= categories[c - 1])
          return N_ ("its categories are not in ascending order");
      node = &g_array_index (reading->nodes, HpNode, at);
      if (node->left < 0)
        return N_ ("a leaf has a set of categories");
      node->split = HP_SPLIT_CATEGORIES;
      node->value
        = hp_model_add_set (reading->model, n > 0 ? (const guint32 *) (gconstpointer) (categories + begin) : NULL, n);
      begin += n;
      last = at;
    }
  return begin == reading->arrays[CATEGORIES]->len ? NULL : N_ ("its sets of categories are not whole");
}

/* The arrays, which are as long as each other, into nodes */
static void
fill_nodes (Reading *reading)
{
  gsize n = reading->arrays[FEATURE]->len;

  g_array_set_size (reading->nodes, n);
  for (gsize i = 0; i < n; i++)
    {
      HpNode node = { 0 };

      node.feature = g_array_index (reading->arrays[FEATURE], gint32, i);
      node.value = g_array_index (reading->arrays[VALUE], float, i);
      node.left = g_array_index (reading->arrays[LEFT], gint32, i);
      node.default_left = g_array_index (reading->arrays[DEFAULT_LEFT], gint32, i);
      node.count = g_array_index (reading->arrays[COUNT], gint32, i);
      g_array_index (reading->nodes, HpNode, i) = node;
    }
}

static void
read_tree (Reading *reading)
{
  static const char *const members[N_ARRAYS]
    = { "feature", "value", "left", "default_left", "count", "category_nodes", "category_counts", "categories" };
  static const gint64 least[N_ARRAYS] = { 0, 0, -1, 0, 1, 0, 0, 0 };
  static const gint64 most[N_ARRAYS] = { G_MAXUINT16,
                                         0,
                                         HP_MODEL_MAX_NODES,
                                         1,
                                         G_MAXINT32,
                                         HP_MODEL_MAX_NODES,
                                         HP_MODEL_MAX_CATEGORIES,
                                         HP_MODEL_MAX_CATEGORIES - 1 };
  HpJsonReader *reader = reading->reader;
  gsize room = HP_MODEL_MAX_NODES - reading->model->nodes->len, where;
  const char *key, *problem;
  guint found = 0, depth;

  if (!hp_json_reader_begin_object (reader))
    return;
  for (guint m = 0; m < N_ARRAYS; m++)
    g_array_set_size (reading->arrays[m], 0);
  while (hp_json_reader_next_member (reader, &key))
    {
      guint m = 0;

      while (m < N_ARRAYS && strcmp (key, members[m]) != 0)
        m++;
      if (m == N_ARRAYS)
        {
          hp_json_reader_skip (reader);
          continue;
        }
      found |= 1u << m;
      g_array_set_size (reading->arrays[m], 0);
      if (m == VALUE)
        hp_json_reader_floats (reader, reading->arrays[m], room);
      else
        hp_json_reader_int32s (reader, reading->arrays[m], least[m], most[m],
                               m != CATEGORIES ? room : HP_MODEL_MAX_LISTED - reading->model->categories->len);
    }
  if (hp_json_reader_failed (reader))
    return;
  if ((found & ALWAYS) != ALWAYS)
    {
      hp_json_reader_fail (reader, _ ("tree %u lacks one of feature, value, left, default_left, count"),
                           reading->model->trees->len);
      return;
    }
  for (guint m = 1; m < CATEGORY_NODES; m++)
    if (reading->arrays[m]->len != reading->arrays[FEATURE]->len)
      {
        hp_json_reader_fail (reader, _ ("tree %u: its arrays differ in length"), reading->model->trees->len);
        return;
      }

  fill_nodes (reading);
  problem = read_sets (reading);
  if (problem != NULL)
    {
      hp_json_reader_fail (reader, _ ("tree %u: %s"), reading->model->trees->len, _ (problem));
      return;
    }
  problem = _hp_tree_check (reading->model, (const HpNode *) reading->nodes->data, reading->nodes->len, &depth, &where);
  if (problem != NULL)
    hp_json_reader_fail (reader, _ ("tree %u, node %zu: %s"), reading->model->trees->len, where, _ (problem));
  else
    _hp_model_append_tree (reading->model, (const HpNode *) reading->nodes->data, reading->nodes->len, depth);
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
    reading->arrays[m] = g_array_new (FALSE, FALSE, m == VALUE ? sizeof (float) : sizeof (gint32));
  while (hp_json_reader_next_element (reader))
    {
      if (reading->model->trees->len == HP_MODEL_MAX_TREES)
        hp_json_reader_fail (reader, _ ("more than %d trees"), HP_MODEL_MAX_TREES);
      else
        read_tree (reading);
    }
}

/* One number for each feature */
static GArray *
read_doubles (Reading *reading, GArray *before)
{
  HpJsonReader *reader = reading->reader;
  GArray *values;

  if (!hp_json_reader_begin_array (reader))
    return before;
  g_clear_pointer (&before, g_array_unref);
  values = g_array_new (FALSE, FALSE, sizeof (double));
  while (hp_json_reader_next_element (reader))
    {
      double value;

      if (values->len == reading->n_features)
        hp_json_reader_fail (reader, _ ("more coefficients than features"));
      else if (hp_json_reader_number (reader, &value))
        g_array_append_val (values, value);
    }
  if (!hp_json_reader_failed (reader) && values->len < reading->n_features)
    hp_json_reader_fail (reader, _ ("fewer coefficients than features"));
  return values;
}

/* Of a linear model in single precision: weights that are floats, distances to divide by */
static void
check_single (Reading *reading)
{
  if (!isfinite ((float) reading->number))
    hp_json_reader_fail (reading->reader, _ ("this number is too large"));
  for (guint j = 0; j < reading->n_features; j++)
    if (!isfinite ((float) g_array_index (reading->coefficients, double, j)))
      hp_json_reader_fail (reading->reader, _ ("this number is too large"));
  if ((reading->centre != NULL) != (reading->spread != NULL))
    hp_json_reader_fail (reading->reader, _ ("centre and spread belong together"));
  for (guint j = 0; reading->spread != NULL && j < reading->spread->len; j++)
    if (!(g_array_index (reading->spread, double, j) > 0))
      hp_json_reader_fail (reading->reader, _ ("a spread has to be greater than 0"));
}

static void
read_items (Reading *reading, gboolean trees)
{
  if (!(reading->has_format && reading->has_kind && reading->has_target && reading->has_n_features))
    hp_json_reader_fail (reading->reader, _ ("format, kind, target and n_features have to come before this"));
  else if (reading->has_items)
    hp_json_reader_fail (reading->reader, _ ("a model has trees or coefficients, once"));
  else if (trees != (reading->kind == HP_MODEL_TREES))
    hp_json_reader_fail (reading->reader, _ ("a model of the other kind has this"));
  else if (trees)
    read_trees (reading);
  else
    reading->coefficients = read_doubles (reading, reading->coefficients);
  reading->has_items = TRUE;
}

/* Of the linear model alone: centre or spread */
static void
read_reference (Reading *reading, GArray **values)
{
  if (!reading->has_n_features)
    hp_json_reader_fail (reading->reader, _ ("format, kind, target and n_features have to come before this"));
  else
    *values = read_doubles (reading, *values);
}

static void
read_member (Reading *reading, const char *key)
{
  static const char *const kinds[] = { "linear", "trees", NULL };
  static const char *const precisions[] = { "double", "single", NULL };
  HpJsonReader *reader = reading->reader;
  gint64 integer = 0;
  guint word = 0;

  if (strcmp (key, "format") == 0)
    {
      reading->has_format = hp_json_reader_integer (reader, 1, G_MAXINT32, &integer);
      if (reading->has_format && integer > HP_MODEL_FORMAT)
        hp_json_reader_fail (reader, _ ("this model was written by a newer version of the program (format %d)"),
                             (int) integer);
    }
  else if (strcmp (key, "kind") == 0)
    {
      reading->has_kind = read_word (reading, kinds, &word);
      reading->kind = word == 1 ? HP_MODEL_TREES : HP_MODEL_LINEAR;
    }
  else if (strcmp (key, "target") == 0)
    {
      const char *targets[HP_N_TARGETS + 1] = { NULL };

      for (guint t = 0; t < HP_N_TARGETS; t++)
        targets[t] = hp_target_name (t);
      reading->has_target = read_word (reading, targets, &word);
      reading->target = reading->has_target ? word : HP_TARGET_PLAIN;
    }
  else if (strcmp (key, "precision") == 0)
    {
      read_word (reading, precisions, &word);
      reading->single = word == 1;
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
  else if (strcmp (key, "centre") == 0)
    read_reference (reading, &reading->centre);
  else if (strcmp (key, "spread") == 0)
    read_reference (reading, &reading->spread);
  else if (strcmp (key, "trees") == 0 || strcmp (key, "coefficients") == 0)
    read_items (reading, strcmp (key, "trees") == 0);
  else
    hp_json_reader_skip (reader);
}

static HpModel *
make_linear (const Reading *reading)
{
  const double *coefficients = (const double *) (gpointer) reading->coefficients->data;
  g_autofree float *weights = NULL;
  HpModel *model;

  if (!reading->single)
    return hp_model_new_linear (reading->target, reading->n_features, reading->number, coefficients);
  weights = g_new (float, reading->n_features + 1);
  for (guint j = 0; j < reading->n_features; j++)
    weights[j] = (float) coefficients[j];
  model = hp_model_new_linear_single (reading->target, reading->n_features, (float) reading->number, weights);
  if (reading->centre != NULL)
    hp_model_set_reference (model, (const double *) (gpointer) reading->centre->data,
                            (const double *) (gpointer) reading->spread->data);
  return model;
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
  if (!hp_json_reader_failed (reader) && reading.single && reading.kind == HP_MODEL_LINEAR)
    check_single (&reading);
  if (hp_json_reader_end (reader, error))
    {
      g_assert (reading.kind == HP_MODEL_LINEAR ? reading.coefficients != NULL : reading.model != NULL);
      if (reading.kind == HP_MODEL_LINEAR)
        model = make_linear (&reading);
      else
        {
          model = g_steal_pointer (&reading.model);
          model->base = (float) reading.number;
        }
    }
  g_clear_pointer (&reading.model, hp_model_unref);
  g_clear_pointer (&reading.coefficients, g_array_unref);
  g_clear_pointer (&reading.centre, g_array_unref);
  g_clear_pointer (&reading.spread, g_array_unref);
  g_clear_pointer (&reading.nodes, g_array_unref);
  for (guint m = 0; m < G_N_ELEMENTS (reading.arrays); m++)
    g_clear_pointer (&reading.arrays[m], g_array_unref);
  return model;
}

/* hp-xgboost-read.c - from XGBoost's JSON to our model
 *
 * Only what libxgboost writes for one regression target with gbtree and numeric splits; reading anyone's
 * XGBoost file is another job, with other checks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-xgboost.h"

#include <math.h>
#include <string.h>

#include "hp-error.h"
#include "hp-json.h"
#include "hp-number.h"

typedef struct
{
  GArray *left, *right, *feature, *default_left; /* gint32 */
  GArray *value, *hessian;                       /* gfloat */
} Arrays;

#define MAX_NODES (1 << 24)

static void
arrays_clear (Arrays *a)
{
  GArray **all[] = { &a->left, &a->right, &a->feature, &a->default_left, &a->value, &a->hessian };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    g_clear_pointer (all[i], g_array_unref);
}

static void
arrays_init (Arrays *a)
{
  GArray **ints[] = { &a->left, &a->right, &a->feature, &a->default_left };

  for (gsize i = 0; i < G_N_ELEMENTS (ints); i++)
    *ints[i] = g_array_new (FALSE, FALSE, sizeof (gint32));
  a->value = g_array_new (FALSE, FALSE, sizeof (gfloat));
  a->hessian = g_array_new (FALSE, FALSE, sizeof (gfloat));
}

/* Breadth first, so that children come after their parent and a right child right after its sibling */
static gboolean
add_tree (HpModel *model, const Arrays *a, guint n_features)
{
  guint n = a->left->len;
  g_autofree HpNode *nodes = g_new0 (HpNode, n + 1);
  g_autofree gint32 *source = g_new (gint32, n + 1);
  gsize count = 1;

  if (n == 0 || a->right->len != n || a->feature->len != n || a->default_left->len != n || a->value->len != n
      || a->hessian->len != n)
    return FALSE;
  source[0] = 0;
  for (gsize i = 0; i < count; i++)
    {
      gint32 from = source[i], left = g_array_index (a->left, gint32, from),
             right = g_array_index (a->right, gint32, from);

      nodes[i].value = g_array_index (a->value, gfloat, from);
      nodes[i].count = (guint32) CLAMP (lrintf (g_array_index (a->hessian, gfloat, from)), 1, G_MAXINT32);
      nodes[i].left = -1;
      if (left < 0)
        continue;
      if (right < 0 || left >= (gint32) n || right >= (gint32) n || count + 2 > n
          || g_array_index (a->feature, gint32, from) >= (gint32) n_features)
        return FALSE;
      nodes[i].left = count;
      nodes[i].feature = g_array_index (a->feature, gint32, from);
      nodes[i].default_left = g_array_index (a->default_left, gint32, from);
      source[count++] = left;
      source[count++] = right;
    }
  hp_model_add_tree (model, nodes, count);
  return TRUE;
}

static void
read_tree (HpJsonReader *reader, HpModel *model, guint n_features)
{
  const char *key;
  Arrays a;

  arrays_init (&a);
  hp_json_reader_begin_object (reader);
  while (hp_json_reader_next_member (reader, &key))
    if (g_str_equal (key, "left_children"))
      hp_json_reader_int32s (reader, a.left, -1, MAX_NODES, MAX_NODES);
    else if (g_str_equal (key, "right_children"))
      hp_json_reader_int32s (reader, a.right, -1, MAX_NODES, MAX_NODES);
    else if (g_str_equal (key, "split_indices"))
      hp_json_reader_int32s (reader, a.feature, 0, HP_MODEL_MAX_FEATURES, MAX_NODES);
    else if (g_str_equal (key, "default_left"))
      hp_json_reader_int32s (reader, a.default_left, 0, 1, MAX_NODES);
    else if (g_str_equal (key, "split_conditions"))
      hp_json_reader_floats (reader, a.value, MAX_NODES);
    else if (g_str_equal (key, "sum_hessian"))
      hp_json_reader_floats (reader, a.hessian, MAX_NODES);
    else
      hp_json_reader_skip (reader);
  if (!hp_json_reader_failed (reader) && !add_tree (model, &a, n_features))
    hp_json_reader_fail (reader, "a tree is not whole");
  arrays_clear (&a);
}

static void
read_trees (HpJsonReader *reader, HpModel *model, guint n_features)
{
  hp_json_reader_begin_array (reader);
  while (hp_json_reader_next_element (reader))
    read_tree (reader, model, n_features);
}

typedef void (*Found) (HpJsonReader *reader, gpointer data);

/* Descends along a path of object keys and hands the value over */
static void
descend (HpJsonReader *reader, const char *const *path, Found found, gpointer data)
{
  const char *key;

  if (*path == NULL)
    {
      found (reader, data);
      return;
    }
  hp_json_reader_begin_object (reader);
  while (hp_json_reader_next_member (reader, &key))
    if (g_str_equal (key, *path))
      descend (reader, path + 1, found, data);
    else
      hp_json_reader_skip (reader);
}

typedef struct
{
  HpModel *model;
  guint n_features;
  double base;
} Reading;

static void
found_base (HpJsonReader *reader, gpointer data)
{
  Reading *reading = data;
  const char *text;

  if (hp_json_reader_string (reader, &text) && !hp_number_parse (text, strlen (text), &reading->base))
    hp_json_reader_fail (reader, "base_score is not a number");
}

static void
found_trees (HpJsonReader *reader, gpointer data)
{
  Reading *reading = data;

  read_trees (reader, reading->model, reading->n_features);
}

/**
 * hp_xgboost_model_read:
 * @json: what XGBoost wrote
 * @length: its length
 * @scale: the scale of its target
 * @n_features: number of features it was trained on
 * @error: return location: %HP_ERROR_BAD_DATA
 *
 * Returns: (transfer full) (nullable): the model; margins are float32 sums in order of the trees, as XGBoost's are
 */
HpModel *
hp_xgboost_model_read (const char *json, gsize length, HpTarget scale, guint n_features, GError **error)
{
  static const char *const base_path[] = { "learner", "learner_model_param", "base_score", NULL };
  static const char *const trees_path[] = { "learner", "gradient_booster", "model", "trees", NULL };
  g_autoptr (HpJsonReader) first = hp_json_reader_new (json, length, "XGBoost model");
  g_autoptr (HpJsonReader) second = hp_json_reader_new (json, length, "XGBoost model");
  g_autoptr (HpModel) model = NULL;
  Reading reading = { .n_features = n_features, .base = NAN };

  /* twice over the text: the base comes after the trees in it */
  descend (first, base_path, found_base, &reading);
  if (!hp_json_reader_end (first, error))
    return NULL;
  if (isnan (reading.base))
    {
      hp_set_error (error, HP_ERROR_BAD_DATA, NULL, "XGBoost model: it has no base_score");
      return NULL;
    }
  model = reading.model = hp_model_new_trees (scale, n_features, (float) reading.base);
  descend (second, trees_path, found_trees, &reading);
  if (!hp_json_reader_end (second, error))
    return NULL;
  return g_steal_pointer (&model);
}

/* hp-import-booster.c - "gradient_booster" of an XGBoost file: trees, dropped trees, weights
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hp-import-private.h"

static void
read_gbtree_param (HpImporting *importing)
{
  static const char *const members[] = { "num_trees", "num_parallel_tree", "size_leaf_vector" };
  gint32 *const values[] = { &importing->n_trees, &importing->n_parallel, &importing->leaf_size };

  _hp_import_read_params (importing, members, values, G_N_ELEMENTS (members));
  if (!hp_import_reader_failed (importing->reader) && importing->leaf_size > 1)
    hp_import_reader_fail (importing->reader,
                           _ ("its leaves hold several values: a model that answers several questions at once is not "
                              "one of prices"));
}

/* All trees have to be of the first and only group. */
static void
read_tree_info (HpImporting *importing)
{
  gint32 group;

  if (!hp_import_reader_begin_array (importing->reader))
    return;
  while (hp_import_reader_next_element (importing->reader))
    if (hp_import_reader_integer (importing->reader, &group) && group != 0)
      hp_import_reader_fail (importing->reader,
                             _ ("trees of several groups: a model of classes or of several targets is not one of "
                                "prices"));
}

static void
read_trees (HpImporting *importing)
{
  if (importing->model == NULL)
    {
      hp_import_reader_fail (importing->reader, _ ("a booster of another kind has trees"));
      return;
    }
  if (!hp_import_reader_begin_array (importing->reader))
    return;
  while (hp_import_reader_next_element (importing->reader))
    if (importing->spans->len == HP_MODEL_MAX_TREES)
      hp_import_reader_fail (importing->reader, _ ("more than %d trees"), HP_MODEL_MAX_TREES);
    else
      _hp_import_read_tree (importing);
  importing->has_items = TRUE;
}

/* "weights" of gblinear: one a feature, then the bias */
static void
read_weights (HpImporting *importing)
{
  g_autoptr (GArray) weights = g_array_new (FALSE, FALSE, sizeof (float));
  const float *values;
  float intercept;

  if (!hp_import_reader_floats (importing->reader, weights, HP_MODEL_MAX_FEATURES + 1))
    return;
  if ((gint32) weights->len != importing->n_features + 1)
    {
      hp_import_reader_fail (importing->reader, _ ("%u weights do not go with %d features and a bias"), weights->len,
                             importing->n_features);
      return;
    }
  values = (const float *) (gpointer) weights->data;
  for (guint j = 0; j < weights->len; j++)
    if (!isfinite (values[j]))
      {
        hp_import_reader_fail (importing->reader, _ ("a weight is not finite"));
        return;
      }
  intercept = values[weights->len - 1] + importing->base;
  if (!isfinite (intercept))
    {
      hp_import_reader_fail (importing->reader, _ ("bias and base_score are too large together"));
      return;
    }
  importing->model = hp_model_new_linear_single (importing->target, importing->n_features, intercept, values);
  importing->has_items = TRUE;
}

static void
read_tree_weights (HpImporting *importing)
{
  g_array_set_size (importing->tree_weights, 0);
  hp_import_reader_floats (importing->reader, importing->tree_weights, HP_MODEL_MAX_TREES);
}

static void
read_model (HpImporting *importing)
{
  enum
  {
    PARAM,
    INFO,
    TREES,
    WEIGHTS,
    CATEGORIES,
    TREE_WEIGHTS,
    N_MEMBERS
  };
  static const char *const members[N_MEMBERS]
    = { "gbtree_model_param", "tree_info", "trees", "weights", "cats", "weight_drop" };
  gboolean first = importing->first_pass;
  guint seen = 0;
  const char *key;

  if (!hp_import_reader_begin_object (importing->reader))
    return;
  while (hp_import_reader_next_member (importing->reader, &key))
    {
      guint m = _hp_import_member (importing, key, members, N_MEMBERS, &seen);

      if (m == PARAM && first)
        read_gbtree_param (importing);
      else if (m == INFO && first)
        read_tree_info (importing);
      else if (m == TREES && !first)
        read_trees (importing);
      else if (m == WEIGHTS && !first && importing->model == NULL)
        read_weights (importing);
      else if (m == CATEGORIES && first)
        _hp_import_read_categories (importing);
      else if (m == TREE_WEIGHTS && first)
        read_tree_weights (importing);
      else
        hp_import_reader_skip (importing->reader);
    }
}

/* {"name", "model"}; of DART {"name", "gbtree": {"name", "model"}, "weight_drop"} */
static void
read_booster (HpImporting *importing, gboolean inner)
{
  enum
  {
    NAME,
    MODEL,
    GBTREE,
    TREE_WEIGHTS,
    N_MEMBERS
  };
  static const char *const members[N_MEMBERS] = { "name", "model", "gbtree", "weight_drop" };
  guint seen = 0;
  const char *key, *name;

  if (!hp_import_reader_begin_object (importing->reader))
    return;
  while (hp_import_reader_next_member (importing->reader, &key))
    {
      guint m = _hp_import_member (importing, key, members, N_MEMBERS, &seen);

      if (m == NAME && !inner && importing->first_pass)
        {
          if (hp_import_reader_string (importing->reader, &name))
            importing->import->booster = g_strdup (name);
        }
      else if (m == MODEL)
        read_model (importing);
      else if (m == GBTREE && !inner)
        read_booster (importing, TRUE);
      else if (m == TREE_WEIGHTS && importing->first_pass)
        read_tree_weights (importing);
      else
        hp_import_reader_skip (importing->reader);
    }
  if ((seen & (1u << MODEL | 1u << GBTREE)) != 1u << MODEL && (seen & (1u << MODEL | 1u << GBTREE)) != 1u << GBTREE)
    hp_import_reader_fail (importing->reader, _ ("the booster has no model, or two"));
}

void
_hp_import_read_booster (HpImporting *importing)
{
  read_booster (importing, FALSE);
}

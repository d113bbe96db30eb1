/* test-score.c - scoring equals the plain walk bit for bit, before and after a model is compiled
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-model.h"
#include "hp-random.h"

#define MAX_NODES 4095

/* A random tree of at most max_depth; children are placed in random order of pairs, so that some lie before their
 * parent's siblings. Thresholds come from the same few values as the features, so that ties happen. */
static gsize
random_tree (HpRandom *random, guint n_features, guint max_depth, HpNode *nodes)
{
  static const float thresholds[] = { -2, -1, -0.0f, 0, 0.5f, 1, 2, 1e-45f, 3.4e38f };
  guint depth[MAX_NODES] = { 0 };
  gsize n = 1;

  for (gsize i = 0; i < n; i++)
    {
      memset (&nodes[i], 0, sizeof nodes[i]);
      nodes[i].count = 1;
      if (depth[i] >= max_depth || n + 2 > MAX_NODES || hp_random_below (random, 8) == 0)
        {
          nodes[i].left = -1;
          nodes[i].value = (float) hp_random_normal (random);
          continue;
        }
      nodes[i].left = (gint32) n;
      nodes[i].feature = hp_random_below (random, n_features);
      nodes[i].default_left = hp_random_below (random, 2);
      nodes[i].value = thresholds[hp_random_below (random, G_N_ELEMENTS (thresholds))];
      depth[n] = depth[n + 1] = depth[i] + 1;
      n += 2;
    }
  return n;
}

static float
random_value (HpRandom *random)
{
  static const float values[] = { -2, -1, -0.0f, 0, 0.5f, 1, 2, 1e-45f, 3.4e38f, NAN, INFINITY, -INFINITY, -1e-45f };

  if (hp_random_below (random, 3) == 0)
    return (float) hp_random_normal (random);
  return values[hp_random_below (random, G_N_ELEMENTS (values))];
}

static void
check_rows (const HpModel *model, HpRandom *random, gsize n)
{
  guint n_features = hp_model_get_n_features (model);
  g_autofree float *features = g_new (float, n *n_features + 1);
  g_autofree double *margin = g_new (double, n + 1);
  g_autofree double *price = g_new (double, n + 1);
  g_autofree gint32 *leaves = g_new (gint32, hp_model_get_n_trees (model) + 1);

  for (gsize i = 0; i < n * n_features; i++)
    features[i] = random_value (random);
  margin[n] = 4711;
  hp_model_margin (model, features, n, margin);
  hp_model_predict (model, features, n, price);
  g_assert_cmpfloat (margin[n], ==, 4711);
  for (gsize i = 0; i < n; i++)
    {
      const float *row = features + i * n_features;
      double expected = hp_model_margin_plain (model, row), single;
      float sum;

      hp_model_margin (model, row, 1, &single);
      g_assert_cmpmem (&margin[i], sizeof (double), &expected, sizeof (double));
      g_assert_cmpmem (&single, sizeof (double), &expected, sizeof (double));
      g_assert_cmpfloat (price[i], ==, hp_price_from_margin (hp_model_get_target (model), expected));

      /* The leaves are those whose values were added. */
      hp_model_leaves (model, row, leaves);
      sum = hp_model_get_base (model);
      for (guint t = 0; t < hp_model_get_n_trees (model); t++)
        {
          gsize n_nodes;
          const HpNode *tree = hp_model_get_tree (model, t, &n_nodes);

          g_assert_cmpint (leaves[t], >=, 0);
          g_assert_cmpint (leaves[t], <, n_nodes);
          g_assert_cmpint (tree[leaves[t]].left, ==, -1);
          sum += tree[leaves[t]].value;
        }
      g_assert_cmpfloat (sum, ==, expected);
    }
}

/* As it is, and compiled */
static void
check_model (HpModel *model, HpRandom *random, gsize n)
{
  check_rows (model, random, n);
  hp_model_compile (model);
  check_rows (model, random, n);
}

static void
test_same_bits (void)
{
  g_autofree HpNode *nodes = g_new (HpNode, MAX_NODES);
  HpRandom random;

  hp_random_init (&random, 42, 0);
  for (guint round = 0; round < 60; round++)
    {
      guint n_features = 1 + hp_random_below (&random, round % 2 != 0 ? 8 : 300);
      guint n_trees = hp_random_below (&random, 40), depth = hp_random_below (&random, 30);
      g_autoptr (HpModel) model
        = hp_model_new_trees (round % 3 != 0 ? HP_TARGET_LOG : HP_TARGET_PLAIN, n_features, 0.25f);

      for (guint t = 0; t < n_trees; t++)
        hp_model_add_tree (model, nodes, random_tree (&random, n_features, depth, nodes));
      g_assert_cmpuint (hp_model_get_n_trees (model), ==, n_trees);
      check_model (model, &random, hp_random_below (&random, 200));
    }
}

/* Too many features for the fast path, and a tree too large for it between two small ones */
static void
test_slow_paths (void)
{
  const guint depth = 15;
  const gsize n_nodes = (2u << depth) - 1;
  g_autofree HpNode *nodes = g_new0 (HpNode, n_nodes);
  g_autofree HpNode *small = g_new (HpNode, MAX_NODES);
  g_autoptr (HpModel) wide = hp_model_new_trees (HP_TARGET_PLAIN, HP_MODEL_MAX_FEATURES, 0);
  g_autoptr (HpModel) large = hp_model_new_trees (HP_TARGET_PLAIN, 3, 0);
  HpRandom random;

  hp_random_init (&random, 43, 0);
  for (gsize i = 0; i < n_nodes; i++)
    {
      gboolean leaf = 2 * i + 1 >= n_nodes;

      /* The pairs of children lie in reverse order, so that the way to some is long. */
      gsize place = i == 0 ? 0 : n_nodes - 2 - (i - 1) / 2 * 2 + (i - 1) % 2;

      nodes[place].left = leaf ? -1 : (gint32) (n_nodes - 2 - 2 * i);
      nodes[place].feature = leaf ? 0 : hp_random_below (&random, 3);
      nodes[place].value = (float) hp_random_normal (&random);
      nodes[place].default_left = i % 2;
      nodes[place].count = 1;
    }
  for (guint t = 0; t < 11; t++)
    hp_model_add_tree (wide, small, random_tree (&random, HP_MODEL_MAX_FEATURES, 6, small));
  check_model (wide, &random, 20);

  hp_model_add_tree (large, small, random_tree (&random, 3, 6, small));
  hp_model_add_tree (large, nodes, n_nodes);
  for (guint t = 0; t < 9; t++)
    hp_model_add_tree (large, small, random_tree (&random, 3, 6, small));
  check_model (large, &random, 75);
}

/* Children before their parents: allowed, as only the root's place is fixed */
static void
test_any_order (void)
{
  const HpNode nodes[] = {
    { 0.5f, 5, 0, 1, 0, 10 },                        /* root */
    { 1, -1, 0, 0, 0, 2 },    { 2, -1, 0, 0, 0, 3 }, /* of 5 */
    { 3, -1, 0, 0, 0, 1 },    { 4, -1, 0, 0, 0, 4 }, /* of 6 */
    { -0.5f, 1, 1, 0, 0, 5 }, { 7, 3, 1, 1, 0, 5 },
  };
  g_autoptr (HpModel) model = hp_model_new_trees (HP_TARGET_PLAIN, 2, 0);
  static const struct
  {
    float row[2];
    double expected;
  } cases[] = {
    { { 0, -1 }, 1 },   { { 0, -0.5f }, 2 }, { { NAN, -1 }, 1 }, { { NAN, NAN }, 2 },
    { { 0.5f, 6 }, 3 }, { { 1, 7 }, 4 },     { { 1, NAN }, 3 },  { { INFINITY, -INFINITY }, 3 },
  };

  hp_model_add_tree (model, nodes, G_N_ELEMENTS (nodes));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double margin;

      g_assert_cmpfloat (hp_model_margin_plain (model, cases[i].row), ==, cases[i].expected);
      hp_model_margin (model, cases[i].row, 1, &margin);
      g_assert_cmpfloat (margin, ==, cases[i].expected);
    }
}

static void
test_float_sum (void)
{
  /* In float, 2^24 + 1 is 2^24: the order and the precision of the sum show. */
  const HpNode one = { 1, -1, 0, 0, 0, 1 };
  g_autoptr (HpModel) model = hp_model_new_trees (HP_TARGET_PLAIN, 1, 16777216.0f);
  float row[16] = { 0 };
  double margin[16];

  for (guint t = 0; t < 20; t++)
    hp_model_add_tree (model, &one, 1);
  hp_model_margin (model, row, 16, margin);
  for (guint i = 0; i < 16; i++)
    g_assert_cmpfloat (margin[i], ==, 16777216.0);
}

static void
test_linear (void)
{
  const double coefficients[] = { 0.5, -0.25, 2 };
  const float rows[] = { 1, 2, 3, 0, 0, 0 };
  g_autoptr (HpModel) model = hp_model_new_linear (HP_TARGET_LOG, 3, 11, coefficients);
  double margin[2], price[2];

  hp_model_margin (model, rows, 2, margin);
  g_assert_cmpfloat (margin[0], ==, 17);
  g_assert_cmpfloat (margin[1], ==, 11);
  g_assert_cmpfloat (hp_model_margin_plain (model, rows), ==, 17);
  hp_model_predict (model, rows, 2, price);
  g_assert_cmpfloat (price[1], ==, exp (11));
  g_assert_cmpuint (hp_model_get_n_trees (model), ==, 0);
  g_assert_cmpuint (hp_model_get_n_nodes (model), ==, 0);
}

static void
test_round (void)
{
  g_assert_cmpfloat (hp_price_round (178123.125), ==, 178123.13);
  g_assert_cmpfloat (hp_price_round (-178123.125), ==, -178123.13);
  g_assert_cmpfloat (hp_price_round (0.004), ==, 0);
  g_assert_cmpfloat (hp_price_round (1e300), ==, 1e300);
  g_assert_true (isinf (hp_price_round (INFINITY)));
  g_assert_true (isnan (hp_price_round (NAN)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/score/same-bits", test_same_bits);
  g_test_add_func ("/score/slow-paths", test_slow_paths);
  g_test_add_func ("/score/any-order", test_any_order);
  g_test_add_func ("/score/float-sum", test_float_sum);
  g_test_add_func ("/score/linear", test_linear);
  g_test_add_func ("/score/round", test_round);
  return g_test_run ();
}

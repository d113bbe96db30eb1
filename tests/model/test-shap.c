/* test-shap.c - contributions against Shapley's formula, subset by subset
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-random.h"
#include "hp-shap-private.h"

#define MAX_NODES 127
#define FEATURES  5

/* One split in four asks for a category: what a row's number is without its fraction, if it isn't negative. */
static gsize
random_tree (HpModel *model, HpRandom *random, guint max_depth, HpNode *nodes)
{
  guint depth[MAX_NODES] = { 0 };
  gsize n = 1;

  nodes[0].count = 200 + hp_random_below (random, 300);
  for (gsize i = 0; i < n; i++)
    {
      guint32 count = nodes[i].count;

      memset (&nodes[i], 0, sizeof nodes[i]);
      nodes[i].count = count;
      if (depth[i] >= max_depth || count < 2 || n + 2 > MAX_NODES || (i > 0 && hp_random_below (random, 6) == 0))
        {
          nodes[i].left = -1;
          nodes[i].value = (float) hp_random_normal (random);
          continue;
        }
      nodes[i].left = (gint32) n;
      nodes[i].feature = hp_random_below (random, FEATURES);
      nodes[i].default_left = hp_random_below (random, 2);
      nodes[i].value = (float) hp_random_normal (random);
      if (hp_random_below (random, 4) == 0)
        {
          static const guint32 sets[][2] = { { 0, 1 }, { 0, 2 }, { 1, 2 } };

          nodes[i].split = HP_SPLIT_CATEGORIES;
          nodes[i].value = hp_model_add_set (model, sets[hp_random_below (random, 3)], 1 + hp_random_below (random, 2));
        }
      nodes[n].count = 1 + hp_random_below (random, count - 1);
      nodes[n + 1].count = count - nodes[n].count;
      depth[n] = depth[n + 1] = depth[i] + 1;
      n += 2;
    }
  return n;
}

/* What the tree says when only the features in the set are known */
static double
game (const HpModel *model, const HpNode *nodes, gint32 at, const float *row, guint set)
{
  const HpNode *node = &nodes[at];
  const HpNode *left = node + (node->left - at), *right = left + 1;

  if (node->left < 0)
    return node->value;
  if (set & (1u << node->feature))
    return game (model, nodes, node->left + !_hp_node_goes_left (model, node, row[node->feature]), row, set);
  return (left->count * game (model, nodes, node->left, row, set)
          + right->count * game (model, nodes, node->left + 1, row, set))
         / node->count;
}

static double
factorial (guint n)
{
  return n < 2 ? 1 : n * factorial (n - 1);
}

static void
test_brute_force (void)
{
  HpRandom random;

  hp_random_init (&random, 11, 0);
  for (guint round = 0; round < 200; round++)
    {
      HpNode nodes[3][MAX_NODES];
      guint n_trees = 1 + hp_random_below (&random, 3);
      g_autoptr (HpModel) model = hp_model_new_trees (HP_TARGET_LOG, FEATURES, 0.5f);
      float row[FEATURES];
      double phi[FEATURES], expected, sum = 0, empty = 0.5;

      for (guint t = 0; t < n_trees; t++)
        {
          gsize n = random_tree (model, &random, 1 + hp_random_below (&random, 7), nodes[t]);

          hp_model_add_tree (model, nodes[t], n);
        }
      for (guint j = 0; j < FEATURES; j++)
        row[j] = hp_random_below (&random, 5) == 0 ? NAN : (float) hp_random_normal (&random);
      hp_model_contributions (model, row, 1, phi, &expected);

      for (guint j = 0; j < FEATURES; j++)
        {
          double value = 0;

          for (guint set = 0; set < 1u << FEATURES; set++)
            {
              guint size = __builtin_popcount (set);
              double weight;

              if (set & (1u << j))
                continue;
              weight = factorial (size) * factorial (FEATURES - size - 1) / factorial (FEATURES);
              for (guint t = 0; t < n_trees; t++)
                value += weight * (game (model, nodes[t], 0, row, set | 1u << j) - game (model, nodes[t], 0, row, set));
            }
          g_assert_cmpfloat_with_epsilon (phi[j], value, 1e-9);
          sum += phi[j];
        }
      for (guint t = 0; t < n_trees; t++)
        empty += game (model, nodes[t], 0, row, 0);
      g_assert_cmpfloat_with_epsilon (expected, empty, 1e-9);
      g_assert_cmpfloat_with_epsilon (sum + expected, hp_model_margin_plain (model, row), 1e-5);
    }
}

static HpModel *
random_model (HpRandom *random, guint n_trees, guint max_depth)
{
  HpModel *model = hp_model_new_trees (HP_TARGET_LOG, FEATURES, 0.5f);
  HpNode nodes[MAX_NODES];

  for (guint t = 0; t < n_trees; t++)
    {
      gsize n = random_tree (model, random, max_depth, nodes);

      hp_model_add_tree (model, nodes, n);
    }
  return model;
}

static float *
random_rows (HpRandom *random, gsize n)
{
  float *rows = g_new (float, n *FEATURES);

  for (gsize i = 0; i < n * FEATURES; i++)
    rows[i] = hp_random_below (random, 5) == 0 ? NAN : (float) hp_random_normal (random);
  return rows;
}

/* One by one, some at a time or all at once: the same bits; a model that has grown is explained anew */
static void
test_batches (void)
{
  enum
  {
    N = 333
  };
  HpRandom random;
  g_autoptr (HpModel) model = NULL;
  g_autofree float *rows = NULL;
  g_autofree double *all = g_new (double, N *FEATURES), *some = g_new (double, N *FEATURES);
  double expected, grown;
  HpNode leaf = { 0.25f, -1, 0, 0, 0, 3 };

  hp_random_init (&random, 12, 0);
  model = random_model (&random, 40, 6);
  rows = random_rows (&random, N);
  hp_model_contributions (model, rows, N, all, &expected);
  for (guint size = 1; size < 40; size += 1 + size / 4)
    {
      for (gsize i = 0; i < N; i += size)
        {
          double again;

          hp_model_contributions (model, rows + i * FEATURES, MIN (size, N - i), some + i * FEATURES, &again);
          g_assert_cmpfloat (again, ==, expected);
        }
      g_assert_cmpmem (all, N * FEATURES * sizeof *all, some, N * FEATURES * sizeof *some);
    }
  hp_model_add_tree (model, &leaf, 1);
  hp_model_contributions (model, rows, N, some, &grown);
  g_assert_cmpmem (all, N * FEATURES * sizeof *all, some, N * FEATURES * sizeof *some);
  g_assert_cmpfloat (grown, ==, expected + 0.25);
}

/* The loops for any processor and those for this one */
static void
test_kernels (void)
{
  const HpShapKernel *kernels[] = { &_hp_shap_baseline, _hp_shap_get_kernel () };
  HpRandom random;
  g_autoptr (HpModel) model = NULL;
  HpShapPlanner *planner;
  HpShapDoubles columns[2 * FEATURES], product[MAX_NODES], phi[2][FEATURES] = { 0 };
  HpShapMask own[MAX_NODES];

  hp_random_init (&random, 13, 0);
  model = random_model (&random, 50, 6);
  planner = _hp_shap_planner_new (model);
  for (guint j = 0; j < 2 * FEATURES; j++)
    for (guint lane = 0; lane < HP_SHAP_LANES; lane++)
      columns[j][lane] = hp_random_below (&random, 5) == 0 ? NAN : (float) hp_random_normal (&random);
  for (guint t = 0; t < 50; t++)
    {
      HpShapSplit splits[MAX_NODES];
      HpShapStep steps[MAX_NODES];
      HpShapPlan plan;

      _hp_shap_planner_splits (planner, t, splits, &plan);
      for (guint k = 0; k < plan.n_points; k++)
        {
          double weight = _hp_shap_planner_steps (planner, &plan, k, steps);

          for (guint i = 0; i < 2; i++)
            {
              kernels[i]->sort (&plan, columns, own);
              kernels[i]->add (&plan, steps, weight, own, product, phi[i]);
            }
        }
    }
  _hp_shap_planner_free (planner);
  g_assert_cmpmem (phi[0], sizeof phi[0], phi[1], sizeof phi[1]);
}

/* So many trees that their plans are not kept: the same sums as those of a few, so many times */
static void
test_large (void)
{
  enum
  {
    TIMES = 2000
  };
  HpRandom random;
  g_autoptr (HpModel) one = NULL, many = hp_model_new_trees (HP_TARGET_LOG, FEATURES, 0);
  g_autofree float *rows = NULL;
  double phi[3 * FEATURES], sum[3 * FEATURES], expected, sum_expected;

  hp_random_init (&random, 14, 0);
  one = random_model (&random, 6, 6);
  rows = random_rows (&random, 3);
  for (guint set = 0; set < hp_model_get_n_sets (one); set++)
    {
      gsize n;
      const guint32 *categories = hp_model_get_set (one, set, &n);

      hp_model_add_set (many, categories, n);
    }
  for (guint t = 0; t < 6 * TIMES; t++)
    {
      gsize n;
      const HpNode *nodes = hp_model_get_tree (one, t % 6, &n);

      hp_model_add_tree (many, nodes, n);
    }
  hp_model_contributions (one, rows, 3, phi, &expected);
  hp_model_contributions (many, rows, 3, sum, &sum_expected);
  g_assert_null (many->forest);
  g_assert_nonnull (one->forest);
  g_assert_cmpfloat_with_epsilon (sum_expected / TIMES, expected - 0.5, 1e-9);
  for (guint i = 0; i < 3 * FEATURES; i++)
    g_assert_cmpfloat_with_epsilon (sum[i] / TIMES, phi[i], 1e-9);
}

/* A way that splits on very many features, and one that splits on one very often */
static void
test_deep (void)
{
  enum
  {
    DEPTH = 300
  };
  g_autofree HpNode *nodes = g_new0 (HpNode, 2 * DEPTH + 1);
  g_autofree float *row = g_new (float, DEPTH);
  g_autofree double *phi = g_new (double, DEPTH);
  g_autoptr (HpModel) wide = hp_model_new_trees (HP_TARGET_PLAIN, DEPTH, 0);
  g_autoptr (HpModel) narrow = hp_model_new_trees (HP_TARGET_PLAIN, 2, 0);
  double expected, sum = 0;

  for (guint d = 0; d < DEPTH; d++)
    {
      nodes[2 * d] = (HpNode){ (float) (DEPTH - d), 2 * d + 1, d, 0, 0, 2 * (DEPTH - d) + 1 };
      nodes[2 * d + 1] = (HpNode){ 1.0f + d, -1, 0, 0, 0, 2 };
      row[d] = d < DEPTH - 5 ? DEPTH : 0;
    }
  nodes[2 * DEPTH] = (HpNode){ -7, -1, 0, 0, 0, 1 };
  hp_model_add_tree (wide, nodes, 2 * DEPTH + 1);
  hp_model_contributions (wide, row, 1, phi, &expected);
  for (guint d = 0; d < DEPTH; d++)
    sum += phi[d];
  g_assert_cmpfloat_with_epsilon (sum + expected, hp_model_margin_plain (wide, row), 1e-6);

  for (guint d = 0; d < DEPTH; d++)
    nodes[2 * d].feature = d % 2;
  hp_model_add_tree (narrow, nodes, 2 * DEPTH + 1);
  row[0] = 100;
  row[1] = 250;
  hp_model_contributions (narrow, row, 1, phi, &expected);
  g_assert_cmpfloat_with_epsilon (phi[0] + phi[1] + expected, hp_model_margin_plain (narrow, row), 1e-6);
}

static void
test_linear (void)
{
  const double coefficients[] = { 0.5, -0.25 };
  const float rows[] = { 2, 8, -1, 4 };
  g_autoptr (HpModel) model = hp_model_new_linear (HP_TARGET_PLAIN, 2, 100, coefficients);
  double phi[4], expected;

  hp_model_contributions (model, rows, 2, phi, &expected);
  g_assert_cmpfloat (phi[0], ==, 1);
  g_assert_cmpfloat (phi[1], ==, -2);
  g_assert_cmpfloat (phi[2], ==, -0.5);
  g_assert_cmpfloat (phi[3], ==, -1);
  g_assert_cmpfloat (expected, ==, 100);
}

static void
test_no_trees (void)
{
  g_autoptr (HpModel) model = hp_model_new_trees (HP_TARGET_PLAIN, 1, 7);
  const float row[] = { 2 };
  double phi[1] = { 9 }, expected;

  hp_model_contributions (model, row, 1, phi, &expected);
  g_assert_cmpfloat (phi[0], ==, 0);
  g_assert_cmpfloat (expected, ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shap/brute-force", test_brute_force);
  g_test_add_func ("/shap/batches", test_batches);
  g_test_add_func ("/shap/kernels", test_kernels);
  g_test_add_func ("/shap/large", test_large);
  g_test_add_func ("/shap/deep", test_deep);
  g_test_add_func ("/shap/linear", test_linear);
  g_test_add_func ("/shap/no-trees", test_no_trees);
  return g_test_run ();
}

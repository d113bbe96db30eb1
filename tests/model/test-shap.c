/* test-shap.c - contributions against Shapley's formula, subset by subset
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-model.h"
#include "hp-random.h"

#define MAX_NODES 127
#define FEATURES  5

static gsize
random_tree (HpRandom *random, guint max_depth, HpNode *nodes)
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
      nodes[n].count = 1 + hp_random_below (random, count - 1);
      nodes[n + 1].count = count - nodes[n].count;
      depth[n] = depth[n + 1] = depth[i] + 1;
      n += 2;
    }
  return n;
}

/* What the tree says when only the features in the set are known */
static double
game (const HpNode *nodes, gint32 at, const float *row, guint set)
{
  const HpNode *node = &nodes[at];
  const HpNode *left = node + (node->left - at), *right = left + 1;
  float value;

  if (node->left < 0)
    return node->value;
  if (set & (1u << node->feature))
    {
      value = row[node->feature];
      return game (nodes, node->left + !(isnan (value) ? node->default_left : value < node->value), row, set);
    }
  return (left->count * game (nodes, node->left, row, set) + right->count * game (nodes, node->left + 1, row, set))
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
          gsize n = random_tree (&random, 1 + hp_random_below (&random, 7), nodes[t]);

          hp_model_add_tree (model, nodes[t], n);
        }
      for (guint j = 0; j < FEATURES; j++)
        row[j] = hp_random_below (&random, 5) == 0 ? NAN : (float) hp_random_normal (&random);
      hp_model_contributions (model, row, phi, &expected);

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
                value += weight * (game (nodes[t], 0, row, set | 1u << j) - game (nodes[t], 0, row, set));
            }
          g_assert_cmpfloat_with_epsilon (phi[j], value, 1e-9);
          sum += phi[j];
        }
      for (guint t = 0; t < n_trees; t++)
        empty += game (nodes[t], 0, row, 0);
      g_assert_cmpfloat_with_epsilon (expected, empty, 1e-9);
      g_assert_cmpfloat_with_epsilon (sum + expected, hp_model_margin_plain (model, row), 1e-5);
    }
}

static void
test_linear (void)
{
  const double coefficients[] = { 0.5, -0.25 };
  const float row[] = { 2, 8 };
  g_autoptr (HpModel) model = hp_model_new_linear (HP_TARGET_PLAIN, 2, 100, coefficients);
  double phi[2], expected;

  hp_model_contributions (model, row, phi, &expected);
  g_assert_cmpfloat (phi[0], ==, 1);
  g_assert_cmpfloat (phi[1], ==, -2);
  g_assert_cmpfloat (expected, ==, 100);
}

static void
test_no_trees (void)
{
  g_autoptr (HpModel) model = hp_model_new_trees (HP_TARGET_PLAIN, 1, 7);
  const float row[] = { 2 };
  double phi[1] = { 9 }, expected;

  hp_model_contributions (model, row, phi, &expected);
  g_assert_cmpfloat (phi[0], ==, 0);
  g_assert_cmpfloat (expected, ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shap/brute-force", test_brute_force);
  g_test_add_func ("/shap/linear", test_linear);
  g_test_add_func ("/shap/no-trees", test_no_trees);
  return g_test_run ();
}

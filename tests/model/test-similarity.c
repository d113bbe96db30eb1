/* test-similarity.c - the leaves that sales share with a house, against counting tree by tree
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "hp-random.h"
#include "hp-sales-private.h"

#define FEATURES 3

/* A complete tree on random thresholds */
static void
add_tree (HpModel *model, HpRandom *random, guint depth, double unit)
{
  gsize n = ((gsize) 2 << depth) - 1;
  g_autofree HpNode *nodes = g_new0 (HpNode, n);

  for (gsize i = 0; i < n; i++)
    {
      gboolean leaf = 2 * i + 1 >= n;

      nodes[i].left = leaf ? -1 : (gint32) (2 * i + 1);
      nodes[i].value = leaf ? unit * hp_random_normal (random) : hp_random_double (random);
      nodes[i].feature = leaf ? 0 : hp_random_below (random, FEATURES);
      nodes[i].count = 1 + hp_random_below (random, 9);
    }
  hp_model_add_tree (model, nodes, n);
}

static double
spread (const HpModel *model, guint t)
{
  gsize n_nodes;
  const HpNode *nodes = hp_model_get_tree (model, t, &n_nodes);
  double n = 0, sum = 0, squares = 0;

  for (gsize i = 0; i < n_nodes; i++)
    if (nodes[i].left < 0)
      {
        n += nodes[i].count;
        sum += (double) nodes[i].count * nodes[i].value;
        squares += (double) nodes[i].count * nodes[i].value * nodes[i].value;
      }
  return sqrt (MAX (0, squares / n - sum / n * (sum / n)));
}

/* By the definition, to what whole parts of the weights are worth */
static void
check (const HpModel *model, HpRandom *random, guint n_sales)
{
  guint n_trees = hp_model_get_n_trees (model);
  HpSales sales = { .n_features = FEATURES };
  g_autofree float *similarity = g_new (float, n_sales + 1);
  g_autofree gint32 *leaves = g_new (gint32, n_trees), *other = g_new (gint32, n_trees);
  double total = 0;
  float house[FEATURES];

  sales.sales = g_array_new (FALSE, TRUE, sizeof (HpSale));
  sales.features = g_array_new (FALSE, FALSE, sizeof (float));
  g_array_set_size (sales.sales, n_sales);
  for (guint i = 0; i < n_sales * FEATURES; i++)
    {
      float value = hp_random_double (random);

      g_array_append_val (sales.features, value);
    }
  sales.leaves = _hp_leaf_table_new (model, (const float *) (gpointer) sales.features->data, n_sales);
  for (guint t = 0; t < n_trees; t++)
    total += spread (model, t);
  for (guint round = 0; round < 3; round++)
    {
      for (guint j = 0; j < FEATURES; j++)
        house[j] = hp_random_double (random);
      if (n_sales > 0 && round == 2)
        memcpy (house, _hp_sales_get_features (&sales, n_sales / 2), sizeof house);
      _hp_sales_compare (&sales, model, house, similarity);
      hp_model_leaves (model, house, leaves);
      for (guint i = 0; i < n_sales; i++)
        {
          double expected = 0;
          gboolean same = TRUE;

          hp_model_leaves (model, _hp_sales_get_features (&sales, i), other);
          for (guint t = 0; t < n_trees; t++)
            {
              expected += leaves[t] == other[t] ? (total > 0 ? spread (model, t) / total : 1.0 / n_trees) : 0;
              same = same && leaves[t] == other[t];
            }
          g_assert_cmpfloat_with_epsilon (similarity[i], expected, n_trees * 2.0 / G_MAXUINT16);
          if (same)
            g_assert_cmpfloat (similarity[i], ==, 1);
        }
    }
  _hp_leaf_table_free (sales.leaves);
  g_array_unref (sales.sales);
  g_array_unref (sales.features);
}

/* Depths of leaves that fit a byte, two bytes, and neither; numbers of trees and sales at the edges of vectors and
 * blocks */
static void
test_table (void)
{
  static const struct
  {
    guint n_trees, depth, n_sales;
  } cases[] = {
    { 1, 0, 5 },    { 1, 3, 1 },     { 3, 4, 63 },   { 4, 5, 64 },  { 5, 8, 65 }, { 7, 9, 1023 },
    { 9, 2, 1024 }, { 10, 6, 2100 }, { 6, 11, 300 }, { 2, 17, 50 }, { 4, 3, 0 },
  };
  HpRandom random;

  hp_random_init (&random, 31, 0);
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autoptr (HpModel) model = hp_model_new_trees (HP_TARGET_LOG, FEATURES, 12);

      for (guint t = 0; t < cases[c].n_trees; t++)
        add_tree (model, &random, cases[c].depth, exp (-0.3 * t));
      check (model, &random, cases[c].n_sales);
    }
}

/* Trees whose leaves are all alike tell houses apart as well as they can */
static void
test_alike (void)
{
  g_autoptr (HpModel) model = hp_model_new_trees (HP_TARGET_LOG, FEATURES, 12);
  HpRandom random;

  hp_random_init (&random, 32, 0);
  for (guint t = 0; t < 6; t++)
    add_tree (model, &random, 3, 0);
  check (model, &random, 100);
}

/* More trees than there are parts of a weight */
static void
test_many (void)
{
  g_autoptr (HpModel) model = hp_model_new_trees (HP_TARGET_LOG, FEATURES, 12);
  const HpNode nodes[] = { { 0.5f, 1, 0, 0, 0, 2 }, { -1, -1, 0, 0, 0, 1 }, { 1, -1, 0, 0, 0, 1 } };
  const float features[] = { 0.4f, 0, 0, 0.6f, 0, 0 };
  float similarity[2];
  HpSales sales = { .n_features = FEATURES };

  for (guint t = 0; t < 70000; t++)
    hp_model_add_tree (model, nodes, 3);
  sales.sales = g_array_new (FALSE, TRUE, sizeof (HpSale));
  sales.features = g_array_new (FALSE, FALSE, sizeof (float));
  g_array_set_size (sales.sales, 2);
  g_array_append_vals (sales.features, features, 6);
  sales.leaves = _hp_leaf_table_new (model, features, 2);
  _hp_sales_compare (&sales, model, features, similarity);
  g_assert_cmpfloat (similarity[0], ==, 1);
  g_assert_cmpfloat (similarity[1], ==, 0);
  _hp_leaf_table_free (sales.leaves);
  g_array_unref (sales.sales);
  g_array_unref (sales.features);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/similarity/table", test_table);
  g_test_add_func ("/similarity/alike", test_alike);
  g_test_add_func ("/similarity/many", test_many);
  return g_test_run ();
}

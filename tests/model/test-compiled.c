/* test-compiled.c - every kernel that this processor has against the plain walk, bit for bit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "hp-compiled.h"
#include "hp-parallel.h"
#include "hp-random.h"

#define MAX_DEPTH 12
#define MAX_NODES (2 << MAX_DEPTH)
#define MAX_ROWS  300

/* A forest of random trees: how many, how deep, how often a branch ends early, how many distinct thresholds a feature */
typedef struct
{
  guint n_features, n_trees, depth;
  double early;
  guint n_thresholds;
} Shape;

static const float odd_values[] = { -0.0f,   0,
                                    FLT_MAX, -FLT_MAX,
                                    FLT_MIN, FLT_TRUE_MIN, -FLT_TRUE_MIN,
                                    1,       1.0000001f,   16777216 };

/* Feature f's threshold k; small k are odd values, and neighbours in k may be neighbours among floats. */
static float
threshold_of (guint f, guint k)
{
  if (k < G_N_ELEMENTS (odd_values))
    return odd_values[(k + f) % G_N_ELEMENTS (odd_values)];
  return k % 5 == 0 ? nextafterf ((float) (k + 1), INFINITY) : (float) k + 0.25f * (f % 3);
}

static gsize
random_tree (HpRandom *random, const Shape *shape, HpNode *nodes)
{
  g_autofree guint *depth = g_new0 (guint, MAX_NODES);
  gsize n = 1;

  for (gsize i = 0; i < n; i++)
    {
      memset (&nodes[i], 0, sizeof nodes[i]);
      nodes[i].count = 1;
      if (depth[i] == shape->depth || (depth[i] > 0 && hp_random_double (random) < shape->early))
        {
          nodes[i].left = -1;
          nodes[i].value = hp_random_below (random, 50) == 0 ? -0.0f : (float) hp_random_normal (random);
          continue;
        }
      nodes[i].left = (gint32) n;
      nodes[i].feature = hp_random_below (random, shape->n_features);
      nodes[i].default_left = hp_random_below (random, 2);
      nodes[i].value = threshold_of (nodes[i].feature, hp_random_below (random, shape->n_thresholds));
      depth[n] = depth[n + 1] = depth[i] + 1;
      n += 2;
    }
  return n;
}

static HpModel *
random_model (HpRandom *random, const Shape *shape)
{
  HpModel *model = hp_model_new_trees (HP_TARGET_PLAIN, shape->n_features, (float) hp_random_normal (random));
  g_autofree HpNode *nodes = g_new (HpNode, MAX_NODES);

  for (guint t = 0; t < shape->n_trees; t++)
    hp_model_add_tree (model, nodes, random_tree (random, shape, nodes));
  return model;
}

/* Thresholds, their neighbours, missing and infinite values, and anything */
static float
random_value (HpRandom *random, const Shape *shape, guint feature)
{
  float threshold = threshold_of (feature, hp_random_below (random, shape->n_thresholds));

  switch (hp_random_below (random, 8))
    {
    case 0:
      return NAN;
    case 1:
      return hp_random_below (random, 2) ? INFINITY : -INFINITY;
    case 2:
      return nextafterf (threshold, -INFINITY);
    case 3:
      return nextafterf (threshold, INFINITY);
    case 4:
      return (float) hp_random_normal (random) * shape->n_thresholds;
    case 5:
      return odd_values[hp_random_below (random, G_N_ELEMENTS (odd_values))];
    default:
      return threshold;
    }
}

static float *
random_rows (HpRandom *random, const Shape *shape, gsize n)
{
  float *rows = g_new (float, n *shape->n_features + 1);

  for (gsize i = 0; i < n * shape->n_features; i++)
    rows[i] = random_value (random, shape, i % shape->n_features);
  return rows;
}

static void
assert_same (const HpCompiled *compiled, HpKernel kernel, const float *rows, gsize n_features, gsize n,
             const double *expected)
{
  double margin[MAX_ROWS + 1];

  margin[n] = 4711;
  hp_compiled_margin (compiled, kernel, rows, n, margin);
  g_assert_cmpmem (margin, n * sizeof *margin, expected, n * sizeof *expected);
  g_assert_cmpfloat (margin[n], ==, 4711);
}

/* All rows at once, and each alone */
static void
check_kernels (const HpModel *model, const float *rows, gsize n)
{
  g_autoptr (HpCompiled) compiled = hp_compiled_new (model);
  guint n_features = hp_model_get_n_features (model);
  g_autofree gint32 *leaves = g_new (gint32, hp_model_get_n_trees (model) + 1);
  double expected[MAX_ROWS];

  for (gsize i = 0; i < n; i++)
    {
      float sum = hp_model_get_base (model);

      expected[i] = hp_model_margin_plain (model, rows + i * n_features);
      hp_compiled_leaves (compiled, rows + i * n_features, leaves);
      for (guint t = 0; t < hp_model_get_n_trees (model); t++)
        sum += hp_model_get_tree (model, t, NULL)[leaves[t]].value;
      g_assert_cmpfloat (sum, ==, expected[i]);
    }
  for (HpKernel kernel = 0; kernel < HP_N_KERNELS; kernel++)
    {
      if (!hp_compiled_has (compiled, kernel))
        continue;
      assert_same (compiled, kernel, rows, n_features, n, expected);
      for (gsize i = 0; i < n; i++)
        assert_same (compiled, kernel, rows + i * n_features, n_features, 1, expected + i);
    }
}

/* Every depth that has tables of its own, and around; few and many columns: nodes pick among 8, among 16, or are
 * compared one by one; a row's codes fill one table, two, four, or too many; more thresholds than a byte has values */
static void
test_shapes (void)
{
  static const guint n_features[] = { 1, 7, 8, 9, 15, 16, 17, 31, 33, 70, 1200 };
  static const guint n_thresholds[] = { 1, 15, 16, 17, 240, 254, 255, 700 };
  static const double early[] = { 0, 0.1, 0.4 };
  HpRandom random;

  hp_random_init (&random, 11, 0);
  for (guint depth = 0; depth <= 9; depth++)
    for (guint f = 0; f < G_N_ELEMENTS (n_features); f++)
      {
        Shape shape = { n_features[f], 1 + hp_random_below (&random, 140), depth,
                        early[hp_random_below (&random, G_N_ELEMENTS (early))],
                        n_thresholds[hp_random_below (&random, G_N_ELEMENTS (n_thresholds))] };
        g_autoptr (HpModel) model = random_model (&random, &shape);
        gsize n = 1 + hp_random_below (&random, 80);
        g_autofree float *rows = random_rows (&random, &shape, n);

        check_kernels (model, rows, n);
      }
}

/* Trees of different depths and sizes side by side, among them single leaves */
static void
test_mixed (void)
{
  HpRandom random;

  hp_random_init (&random, 12, 0);
  for (guint round = 0; round < 25; round++)
    {
      Shape shape = { 1 + hp_random_below (&random, 40), 0, 0, 0, 1 + hp_random_below (&random, 300) };
      g_autoptr (HpModel) model = hp_model_new_trees (HP_TARGET_PLAIN, shape.n_features, 0.5f);
      g_autofree HpNode *nodes = g_new (HpNode, MAX_NODES);
      g_autofree float *rows = NULL;

      for (guint t = hp_random_below (&random, 200); t > 0; t--)
        {
          shape.depth = hp_random_below (&random, 9);
          shape.early = hp_random_double (&random) * 0.3;
          hp_model_add_tree (model, nodes, random_tree (&random, &shape, nodes));
        }
      rows = random_rows (&random, &shape, 70);
      check_kernels (model, rows, 70);
    }
}

/* Any number of rows, from any place in memory, gives what each row alone gives */
static void
test_sizes (void)
{
  static const Shape shapes[] = { { 7, 90, 6, 0.05, 240 }, { 3, 5, 5, 0, 600 }, { 40, 70, 7, 0.1, 200 } };
  HpRandom random;

  hp_random_init (&random, 13, 0);
  for (guint s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      const Shape *shape = &shapes[s];
      g_autoptr (HpModel) model = random_model (&random, shape);
      g_autoptr (HpCompiled) compiled = hp_compiled_new (model);
      g_autofree float *rows = random_rows (&random, shape, MAX_ROWS);
      g_autofree char *memory = g_malloc (MAX_ROWS * shape->n_features * sizeof (float) + 64);
      double expected[MAX_ROWS];

      for (gsize i = 0; i < MAX_ROWS; i++)
        expected[i] = hp_model_margin_plain (model, rows + i * shape->n_features);
      for (HpKernel kernel = 0; kernel < HP_N_KERNELS; kernel++)
        for (gsize n = 0; n <= MAX_ROWS && hp_compiled_has (compiled, kernel); n += n < 130 ? 1 : 17)
          {
            float *placed = (float *) (memory + n % 16 * sizeof (float));
            gsize first = n * 7 % (MAX_ROWS + 1 - n);

            memcpy (placed, rows + first * shape->n_features, n * shape->n_features * sizeof (float));
            assert_same (compiled, kernel, placed, shape->n_features, n, expected + first);
          }
    }
}

/* What a kernel declines, and that memory stays within bounds */
static void
test_limits (void)
{
  enum
  {
    CHAIN = 8
  };
  static const Shape shallow = { 7, 40, 6, 0.05, 200 }, deep = { 7, 40, 9, 0.05, 200 }, wide = { 1200, 3, 6, 0.05, 3 },
                     columns = { 300, 60, 6, 0, 700 };
  const Shape *shapes[] = { &shallow, &deep, &wide, &columns };
  HpNode chain[2 * CHAIN + 1] = { { 0 } };
  HpRandom random;
  gboolean vectors = FALSE;

  hp_random_init (&random, 14, 0);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (HpModel) model = random_model (&random, shapes[i]);
      g_autoptr (HpCompiled) compiled = hp_compiled_new (model);
      gsize size = hp_model_get_n_nodes (model) * sizeof (HpNode);

      if (shapes[i] == &shallow)
        vectors = hp_compiled_has (compiled, HP_KERNEL_AVX2);
      g_assert_true (hp_compiled_has (compiled, HP_KERNEL_PLAIN));
      g_assert_cmpint (hp_compiled_has (compiled, HP_KERNEL_INTERLEAVED), ==, shapes[i] != &wide);
      g_assert_cmpint (hp_compiled_has (compiled, HP_KERNEL_AVX2), ==,
                       vectors && (shapes[i] == &shallow || shapes[i] == &wide));
      g_assert_true (hp_compiled_has (compiled, hp_compiled_best (compiled)));
      for (HpKernel kernel = hp_compiled_best (compiled) + 1; kernel < HP_N_KERNELS; kernel++)
        g_assert_false (hp_compiled_has (compiled, kernel));
      g_assert_cmpuint (hp_compiled_get_size (compiled), <, 5 * size + 1024 * 1024);
    }

  /* Chains: complete trees would be far larger. */
  for (guint i = 0; i < CHAIN; i++)
    {
      chain[2 * i] = (HpNode){ .value = (float) i, .left = 2 * (gint32) i + 1, .count = 1 };
      chain[2 * i + 1] = (HpNode){ .value = 1, .left = -1, .count = 1 };
    }
  chain[2 * CHAIN] = chain[1];

  g_autoptr (HpModel) model = hp_model_new_trees (HP_TARGET_PLAIN, 1, 0);
  g_autoptr (HpCompiled) few = NULL, many = NULL;

  for (guint t = 0; t < 20; t++)
    hp_model_add_tree (model, chain, G_N_ELEMENTS (chain));
  few = hp_compiled_new (model);
  for (guint t = 0; t < 5000; t++)
    hp_model_add_tree (model, chain, G_N_ELEMENTS (chain));
  many = hp_compiled_new (model);
  g_assert_cmpint (hp_compiled_has (few, HP_KERNEL_AVX2), ==, vectors);
  g_assert_false (hp_compiled_has (many, HP_KERNEL_AVX2));
  g_assert_cmpuint (hp_compiled_get_size (many), <=, hp_model_get_n_nodes (model) * sizeof (HpNode) + 65536);
}

/* A tree that splits on categories is walked plainly among the others; the model has no ranks then. */
static void
test_categories (void)
{
  static const Shape shape = { 7, 20, 6, 0.05, 40 };
  static const guint32 categories[] = { 1, 3, 4, 17, 30 };
  HpRandom random;

  hp_random_init (&random, 17, 0);

  g_autoptr (HpModel) model = random_model (&random, &shape);
  guint32 set = hp_model_add_set (model, categories, G_N_ELEMENTS (categories));
  g_autofree float *rows = random_rows (&random, &shape, 90);
  g_autofree HpNode *nodes = g_new (HpNode, MAX_NODES);

  for (guint t = 0; t < 9; t++)
    {
      gsize n = random_tree (&random, &shape, nodes);

      for (gsize i = 0; i < n && t % 3 == 0; i++)
        if (nodes[i].left >= 0 && hp_random_below (&random, 2) == 0)
          {
            nodes[i].split = HP_SPLIT_CATEGORIES;
            nodes[i].value = set;
          }
      hp_model_add_tree (model, nodes, n);
    }
  check_kernels (model, rows, 90);

  g_autoptr (HpCompiled) compiled = hp_compiled_new (model);

  g_assert_cmpint (hp_compiled_best (compiled), ==, HP_KERNEL_INTERLEAVED);
}

/* The order of the sum shows in float, and -0 + -0 stays -0. */
static void
test_sums (void)
{
  const HpNode one = { 1, -1, 0, 0, 0, 1 }, zero = { -0.0f, -1, 0, 0, 0, 1 }, large = { 16777216, -1, 0, 0, 0, 1 };
  const float rows[40] = { 0 };

  for (guint round = 0; round < 3; round++)
    {
      g_autoptr (HpModel) model = hp_model_new_trees (HP_TARGET_PLAIN, 1, -0.0f);

      for (guint t = 0; t < 70; t++)
        hp_model_add_tree (model, round == 0 ? &zero : (t == 35) == (round == 1) ? &large : &one, 1);
      check_kernels (model, rows, G_N_ELEMENTS (rows));
    }
}

typedef struct
{
  HpModel *model;
  const float *rows;
  gsize n;
  double *margin;
} Split;

static void
score_part (gsize index, guint worker, gpointer data)
{
  const Split *split = data;
  guint n_features = hp_model_get_n_features (split->model);
  gsize first = index * 37, n = MIN (split->n - first, 37);

  hp_model_margin (split->model, split->rows + first * n_features, n, split->margin + first);
}

/* Threads share a model from its first row on, while it gets compiled; any number gives the same bits. */
static void
test_threads (void)
{
  static const Shape shape = { 7, 60, 6, 0.05, 240 };
  HpRandom random;

  hp_random_init (&random, 15, 0);
  for (guint round = 0; round < 12; round++)
    {
      g_autoptr (HpModel) model = random_model (&random, &shape);
      g_autoptr (HpTeam) team = hp_team_new (1 + round % 3);
      g_autofree float *rows = random_rows (&random, &shape, MAX_ROWS);
      double margin[MAX_ROWS];
      Split split = { model, rows, MAX_ROWS, margin };

      if (round % 4 == 3)
        hp_model_compile (model);
      hp_team_run (team, (MAX_ROWS + 36) / 37, score_part, &split);
      for (gsize i = 0; i < MAX_ROWS; i++)
        {
          double expected = hp_model_margin_plain (model, rows + i * shape.n_features);

          g_assert_cmpmem (&margin[i], sizeof *margin, &expected, sizeof expected);
        }
    }
}

/* A model that grows after it was compiled is compiled anew. */
static void
test_growing (void)
{
  static const Shape shape = { 5, 1, 6, 0.05, 240 };
  g_autofree HpNode *nodes = g_new (HpNode, MAX_NODES);
  HpRandom random;
  double margin[MAX_ROWS];

  hp_random_init (&random, 16, 0);

  g_autoptr (HpModel) model = random_model (&random, &shape);
  g_autofree float *rows = random_rows (&random, &shape, MAX_ROWS);

  for (guint t = 0; t < 5; t++)
    {
      hp_model_margin (model, rows, MAX_ROWS, margin);
      for (gsize i = 0; i < MAX_ROWS; i++)
        g_assert_cmpfloat (margin[i], ==, hp_model_margin_plain (model, rows + i * shape.n_features));
      hp_model_add_tree (model, nodes, random_tree (&random, &shape, nodes));
    }
}

static void
test_names (void)
{
  g_assert_cmpstr (hp_kernel_name (HP_KERNEL_PLAIN), ==, "plain");
  g_assert_cmpstr (hp_kernel_name (HP_KERNEL_INTERLEAVED), ==, "interleaved");
  g_assert_cmpstr (hp_kernel_name (HP_KERNEL_AVX2), ==, "AVX2");
  g_assert_cmpstr (hp_kernel_name (HP_KERNEL_AVX512), ==, "AVX-512");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compiled/shapes", test_shapes);
  g_test_add_func ("/compiled/mixed", test_mixed);
  g_test_add_func ("/compiled/sizes", test_sizes);
  g_test_add_func ("/compiled/limits", test_limits);
  g_test_add_func ("/compiled/categories", test_categories);
  g_test_add_func ("/compiled/sums", test_sums);
  g_test_add_func ("/compiled/threads", test_threads);
  g_test_add_func ("/compiled/growing", test_growing);
  g_test_add_func ("/compiled/names", test_names);
  return g_test_run ();
}

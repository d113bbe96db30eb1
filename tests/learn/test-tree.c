/* test-tree.c - trees against a search of every split with the plain values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-tree-private.h"

#include <float.h>
#include <stdlib.h>

#include "sample.h"

typedef struct
{
  const float *features, *target;
  guint p;
  HpTreeParams params;
} Problem;

typedef struct
{
  double n, sum;
} Sum;

static Sum
sum_of (const Problem *problem, const guint32 *rows, gsize n)
{
  Sum sum = { n, 0 };

  for (gsize i = 0; i < n; i++)
    sum.sum += problem->target[rows[i]];
  return sum;
}

static double
score (const Problem *problem, Sum sum)
{
  return sum.sum * sum.sum / (sum.n + problem->params.lambda);
}

static double
gain_of (const Problem *problem, Sum whole, Sum left)
{
  Sum right = { whole.n - left.n, whole.sum - left.sum };

  if (left.n < problem->params.min_leaf || right.n < problem->params.min_leaf)
    return -INFINITY;
  return score (problem, left) + score (problem, right) - score (problem, whole);
}

typedef struct
{
  float value;
  float target;
} Pair;

static int
compare_pairs (const void *a, const void *b)
{
  const Pair *x = a, *y = b;

  return (x->value > y->value) - (x->value < y->value);
}

/* The best gain over all features, all places between two values, and both ways for the missing ones */
static double
best_gain (const Problem *problem, const guint32 *rows, gsize n)
{
  g_autofree Pair *pairs = g_new (Pair, n);
  Sum whole = sum_of (problem, rows, n);
  double best = -INFINITY;

  for (guint f = 0; f < problem->p; f++)
    {
      Sum missing = { 0, 0 }, left = { 0, 0 };
      gsize known = 0;

      for (gsize i = 0; i < n; i++)
        {
          float value = problem->features[(gsize) rows[i] * problem->p + f], target = problem->target[rows[i]];

          if (isnan (value))
            {
              missing.n++;
              missing.sum += target;
            }
          else
            pairs[known++] = (Pair){ value, target };
        }
      qsort (pairs, known, sizeof *pairs, compare_pairs);
      for (gsize i = 0; i < known; i++)
        {
          left.n++;
          left.sum += pairs[i].target;
          if (i + 1 < known && pairs[i + 1].value == pairs[i].value)
            continue;
          best = MAX (best, gain_of (problem, whole, left));
          best = MAX (best, gain_of (problem, whole, (Sum){ left.n + missing.n, left.sum + missing.sum }));
        }
    }
  return best;
}

static gboolean
goes_left (const Problem *problem, const HpNode *node, guint32 row)
{
  float value = problem->features[(gsize) row * problem->p + node->feature];

  return isnan (value) ? node->default_left : value < node->value;
}

/* The tree as the bare thresholds have it: every split must be as good as the best there is, every leaf must have had
 * none, and hold the mean of its rows. rows are those of the node, in the order in which they came. */
static void
check_node (const Problem *problem, HpGrower *grower, const guint32 *all, gsize at, guint depth, const guint32 *rows,
            gsize n, double slack)
{
  const HpNode *node = &hp_grower_get_nodes (grower)[at];
  Sum whole = sum_of (problem, rows, n);
  double best = best_gain (problem, rows, n);

  g_assert_cmpuint (node->count, ==, n);
  if (node->left < 0)
    {
      double expected = whole.sum / (n + problem->params.lambda);
      gsize begin, count;

      g_assert_cmpfloat_with_epsilon (node->value, expected, 1e-6 + 1e-6 * fabs (expected));
      if (depth < problem->params.max_depth)
        g_assert_cmpfloat (best, <=, problem->params.min_gain + slack);
      hp_grower_get_rows (grower, at, &begin, &count);
      g_assert_cmpmem (all + begin, count * sizeof *all, rows, n * sizeof *rows);
      for (gsize i = 0; i < n; i++)
        g_assert_cmpuint (hp_grower_find_leaf (grower, rows[i]), ==, at);
      return;
    }

  g_autofree guint32 *left = g_new (guint32, n), *right = g_new (guint32, n);
  gsize n_left = 0, n_right = 0;
  double gain;

  g_assert_cmpuint (depth, <, problem->params.max_depth);
  for (gsize i = 0; i < n; i++)
    if (goes_left (problem, node, rows[i]))
      left[n_left++] = rows[i];
    else
      right[n_right++] = rows[i];
  gain = gain_of (problem, whole, sum_of (problem, left, n_left));
  g_assert_cmpfloat (gain, >, problem->params.min_gain - slack);
  g_assert_cmpfloat (gain, >=, best - slack);
  check_node (problem, grower, all, node->left, depth + 1, left, n_left, slack);
  check_node (problem, grower, all, node->left + 1, depth + 1, right, n_right, slack);
}

static guint32 *
all_rows (gsize n)
{
  guint32 *rows = g_new (guint32, n);

  for (gsize i = 0; i < n; i++)
    rows[i] = i;
  return rows;
}

static void
check_tree (const Problem *problem, gsize n, HpTeam *team)
{
  g_autoptr (HpTeam) one = hp_team_new (1);
  g_autoptr (HpBins) bins = hp_bins_new (problem->features, n, problem->p, 255, one);
  g_autoptr (HpGrower) grower = hp_grower_new (bins, &problem->params, team);
  g_autofree guint32 *rows = all_rows (n), *before = all_rows (n);
  gsize n_nodes = hp_grower_grow (grower, problem->target, rows, n, 1, NULL, NULL);
  double squares = 0;

  g_assert_cmpuint (n_nodes, ==, hp_grower_get_n_nodes (grower));
  g_assert_cmpuint (n_nodes % 2, ==, 1);
  for (gsize i = 0; i < n; i++)
    squares += problem->target[i] * problem->target[i];
  check_node (problem, grower, rows, 0, 0, before, n, 1e-6 * squares + 1e-12);
}

static const HpTreeParams plain = { .max_depth = 6, .min_leaf = 1, .features_per_tree = 1, .features_per_node = 1 };

static void
test_small_data (void)
{
  const guint steps[] = { 2, 3, 10, 200, 0 }, leaves[] = { 1, 2, 7, 30 }, widths[] = { 1, 3, 8, 9, 17 };
  const double missing[] = { 0, 0.05, 0.5 }, lambdas[] = { 0, 1, 25 };

  for (guint64 seed = 1; seed <= 300; seed++)
    {
      gsize n = 2 + seed * seed % 240;
      guint p = widths[seed % 5];
      g_autofree float *features = sample_features (n, p, steps[seed % 4 + (seed % 7 == 0)], missing[seed % 3], seed);
      g_autofree float *target = sample_target (features, n, p, 0.3, seed);
      Problem problem = { features, target, p, plain };

      problem.params.min_leaf = leaves[seed / 3 % 4];
      problem.params.lambda = lambdas[seed / 5 % 3];
      problem.params.max_depth = 1 + seed % 9;
      problem.params.min_gain = seed % 11 == 0 ? 0.5 : 0;
      check_tree (&problem, n, NULL);
    }
}

/* Above KEEP_HISTOGRAM rows a child's histogram is its parent's less its sibling's */
static void
test_subtraction (void)
{
  const gsize sizes[] = { KEEP_HISTOGRAM - 1, KEEP_HISTOGRAM, KEEP_HISTOGRAM + 1, 3 * KEEP_HISTOGRAM, 40000 };
  const guint widths[] = { 8, 9, 3, 7, 2 };
  g_autoptr (HpTeam) team = hp_team_new (2);

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      g_autofree float *features = sample_features (sizes[k], widths[k], 60, 0.1, k);
      g_autofree float *target = sample_target (features, sizes[k], widths[k], 2, k);
      Problem problem = { features, target, widths[k], plain };

      problem.params.max_depth = 5;
      problem.params.min_leaf = 5;
      check_tree (&problem, sizes[k], k == 4 ? team : NULL);
    }
}

/* Both ways of making histograms, any team: the same nodes to the last bit */
static void
test_same_tree_any_way (void)
{
  enum
  {
    N = 70000,
    P = 9
  };
  g_autofree float *features = sample_features (N, P, 0, 0.05, 11);
  g_autofree float *target = sample_target (features, N, P, 1, 11);
  g_autoptr (HpTeam) one = hp_team_new (1);
  g_autoptr (HpTeam) two = hp_team_new (2);
  g_autoptr (HpTeam) three = hp_team_new (3);
  g_autoptr (HpBins) bins = hp_bins_new (features, N, P, 255, one);
  HpTeam *teams[] = { NULL, one, two, three, NULL, two };
  HpTreeParams params
    = { .max_depth = 12, .min_leaf = 3, .lambda = 1, .features_per_tree = 1, .features_per_node = 0.7 };
  g_autofree HpNode *nodes = NULL;
  gsize n_nodes = 0;

  for (guint k = 0; k < G_N_ELEMENTS (teams); k++)
    {
      g_autoptr (HpGrower) grower = hp_grower_new (bins, &params, teams[k]);
      g_autofree guint32 *rows = all_rows (N);
      gsize n;

      g_assert_true (grower->keep_histograms);
      if (k >= 4)
        grower->keep_histograms = FALSE;
      n = hp_grower_grow (grower, target, rows, N, 99, NULL, NULL);
      g_assert_cmpuint (n, >, 500);
      if (nodes == NULL)
        {
          n_nodes = n;
          nodes = g_memdup2 (hp_grower_get_nodes (grower), n * sizeof *nodes);
        }
      else
        g_assert_cmpmem (nodes, n_nodes * sizeof *nodes, hp_grower_get_nodes (grower), n * sizeof *nodes);
      /* a grower can be used again */
      for (gsize i = 0; i < N; i++)
        rows[i] = i;
      g_assert_cmpuint (hp_grower_grow (grower, target, rows, N, 99, NULL, NULL), ==, n);
      g_assert_cmpmem (nodes, n_nodes * sizeof *nodes, hp_grower_get_nodes (grower), n * sizeof *nodes);
    }
}

/* Rows that were not grown on fall where the thresholds send them, too */
static void
test_find_leaf (void)
{
  enum
  {
    N = 3000,
    P = 10
  };
  g_autofree float *features = sample_features (N, P, 0, 0.2, 12);
  g_autofree float *target = sample_target (features, N, P, 1, 12);
  g_autoptr (HpTeam) one = hp_team_new (1);
  g_autoptr (HpBins) bins = hp_bins_new (features, N, P, 40, one);
  HpTreeParams params = { .max_depth = 20, .min_leaf = 1, .features_per_tree = 1, .features_per_node = 0.3 };
  g_autoptr (HpGrower) grower = hp_grower_new (bins, &params, NULL);
  g_autofree guint32 *rows = g_new (guint32, N);
  Problem problem = { features, target, P, params };
  gsize n = 0, sum = 0;

  for (gsize i = 0; i < N; i += 3)
    rows[n++] = i;
  hp_grower_grow (grower, target, rows, n, 4, NULL, NULL);
  for (gsize row = 0; row < N; row++)
    {
      const HpNode *nodes = hp_grower_get_nodes (grower);
      gsize at = 0;

      while (nodes[at].left >= 0)
        at = nodes[at].left + !goes_left (&problem, &nodes[at], row);
      g_assert_cmpuint (hp_grower_find_leaf (grower, row), ==, at);
    }
  for (gsize i = 0; i < hp_grower_get_n_nodes (grower); i++)
    if (hp_grower_get_nodes (grower)[i].left < 0)
      {
        gsize begin, count;

        hp_grower_get_rows (grower, i, &begin, &count);
        g_assert_cmpuint (count, >=, 1);
        for (gsize k = begin; k < begin + count; k++)
          g_assert_cmpuint (hp_grower_find_leaf (grower, rows[k]), ==, i);
        sum += count;
      }
  g_assert_cmpuint (sum, ==, n);
}

/* Weights are the same as rows that stand there so many times */
static void
test_weights (void)
{
  for (guint64 seed = 1; seed <= 40; seed++)
    {
      gsize n = 5 + seed * 41, n_long = 0, n_drawn = 0;
      guint p = 1 + seed % 9;
      g_autofree float *features = sample_features (n, p, 30, 0.1, seed);
      g_autofree float *target = sample_target (features, n, p, 1, seed);
      g_autofree guint16 *weights = g_new0 (guint16, n);
      g_autofree guint32 *drawn = g_new (guint32, n), *long_rows = g_new (guint32, 3 * n);
      g_autoptr (HpTeam) one = hp_team_new (1);
      g_autoptr (HpBins) bins = hp_bins_new (features, n, p, 255, one);
      HpTreeParams params
        = { .max_depth = 1 + seed % 12, .min_leaf = 1 + seed % 4, .features_per_tree = 1, .features_per_node = 0.6 };
      g_autoptr (HpGrower) weighted = hp_grower_new (bins, &params, NULL);
      g_autoptr (HpGrower) repeated = hp_grower_new (bins, &params, NULL);
      HpRandom random;

      hp_random_init (&random, seed, 9);
      for (gsize i = 0; i < n; i++)
        {
          weights[i] = hp_random_below (&random, 4);
          if (weights[i] > 0)
            drawn[n_drawn++] = i;
          for (guint k = 0; k < weights[i]; k++)
            long_rows[n_long++] = i;
        }
      hp_grower_set_weights (weighted, weights);
      g_assert_cmpuint (hp_grower_grow (weighted, target, drawn, n_drawn, seed, NULL, NULL), ==,
                        hp_grower_grow (repeated, target, long_rows, n_long, seed, NULL, NULL));
      g_assert_cmpmem (hp_grower_get_nodes (weighted), hp_grower_get_n_nodes (weighted) * sizeof (HpNode),
                       hp_grower_get_nodes (repeated), hp_grower_get_n_nodes (repeated) * sizeof (HpNode));
    }
}

/* NaN goes where it was in training; with none there, to the larger side; alone on one side if that is best */
static void
test_missing (void)
{
  const struct
  {
    float features[6], target[6];
    gboolean default_left;
    float left, right;
  } cases[] = {
    { { 1, 2, NAN, 8, 9, NAN }, { 5, 5, 5, 1, 1, 5 }, TRUE, 5, 1 },
    { { 1, 2, NAN, 8, 9, NAN }, { 5, 5, 1, 1, 1, 1 }, FALSE, 5, 1 },
    { { 1, 2, 3, 4, 9, 9 }, { 2, 2, 2, 2, 7, 7 }, TRUE, 2, 7 },
    { { 1, 2, 6, 7, 8, 9 }, { 2, 2, 7, 7, 7, 7 }, FALSE, 2, 7 },
    { { 1, 2, 3, NAN, NAN, 4 }, { 3, 3, 3, 9, 9, 3 }, FALSE, 3, 9 },
    { { 1, 1, 1, NAN, NAN, 1 }, { 3, 3, 3, 9, 9, 3 }, FALSE, 3, 9 },
  };

  for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
    {
      g_autoptr (HpTeam) one = hp_team_new (1);
      g_autoptr (HpBins) bins = hp_bins_new (cases[k].features, 6, 1, 255, one);
      g_autoptr (HpGrower) grower = hp_grower_new (bins, &plain, NULL);
      g_autofree guint32 *rows = all_rows (6);
      const HpNode *nodes;

      g_assert_cmpuint (hp_grower_grow (grower, cases[k].target, rows, 6, 1, NULL, NULL), ==, 3);
      nodes = hp_grower_get_nodes (grower);
      g_assert_cmpint (nodes[0].default_left, ==, cases[k].default_left);
      g_assert_cmpfloat (nodes[1].value, ==, cases[k].left);
      g_assert_cmpfloat (nodes[2].value, ==, cases[k].right);
      g_assert_true (isfinite (nodes[0].value));
    }
}

static void
test_nothing_to_split (void)
{
  enum
  {
    N = 500
  };
  g_autofree float *features = sample_features (N, 4, 0, 0.1, 13);
  g_autofree float *target = g_new (float, N);
  g_autoptr (HpTeam) one = hp_team_new (1);
  g_autoptr (HpBins) bins = hp_bins_new (features, N, 4, 255, one);
  const float constants[] = { 0, 1, -3.7f, 1e30f, -1e-40f, FLT_MAX };

  for (guint k = 0; k < G_N_ELEMENTS (constants); k++)
    {
      g_autoptr (HpGrower) grower = hp_grower_new (bins, &plain, NULL);
      g_autofree guint32 *rows = all_rows (N);

      for (gsize i = 0; i < N; i++)
        target[i] = constants[k];
      g_assert_cmpuint (hp_grower_grow (grower, target, rows, N, 1, NULL, NULL), ==, 1);
      g_assert_cmpfloat_with_epsilon (hp_grower_get_nodes (grower)[0].value, constants[k],
                                      1e-6 * fabs (constants[k]) + 1e-44);
    }

  /* one row; and rows that no feature tells apart */
  g_autoptr (HpGrower) grower = hp_grower_new (bins, &plain, NULL);
  guint32 row = 3;

  memset (target, 0, N * sizeof *target);
  target[3] = 17.25;
  g_assert_cmpuint (hp_grower_grow (grower, target, &row, 1, 1, NULL, NULL), ==, 1);
  g_assert_cmpfloat (hp_grower_get_nodes (grower)[0].value, ==, 17.25);

  const float same[] = { 2, NAN, 2, NAN, 2, NAN }, values[] = { 1, 2, 9 };
  g_autoptr (HpBins) alike = hp_bins_new (same, 3, 2, 255, one);
  g_autoptr (HpGrower) other = hp_grower_new (alike, &plain, NULL);
  g_autofree guint32 *rows = all_rows (3);

  g_assert_cmpuint (hp_grower_grow (other, values, rows, 3, 1, NULL, NULL), ==, 1);
  g_assert_cmpfloat (hp_grower_get_nodes (other)[0].value, ==, 4);
}

/* Targets from the smallest floats to the largest, both together, and very many rows: no sum may wrap around */
static void
test_extreme_targets (void)
{
  enum
  {
    N = 4
  };
  const float features[N] = { 1, 2, 3, 4 };
  const float targets[][N] = {
    { -1e30f, -1e30f, 1e30f, 1e30f },
    { 3e38f, 3e38f, -3e38f, -3e38f },
    { 1e-40f, 1e-40f, 3e-40f, 3e-40f },
    { FLT_MIN, FLT_MIN, -FLT_MIN, -FLT_MIN },
    { 1, 1, 1024, 1024 },
  };
  g_autoptr (HpTeam) one = hp_team_new (1);
  g_autoptr (HpBins) bins = hp_bins_new (features, N, 1, 255, one);
  HpTreeParams params = plain;

  params.max_depth = 1;
  for (guint k = 0; k < G_N_ELEMENTS (targets); k++)
    for (gsize n = 4; n <= 1 << 22; n *= 1 << 10)
      {
        g_autoptr (HpGrower) grower = hp_grower_new (bins, &params, NULL);
        g_autofree guint32 *rows = g_new (guint32, n);
        const HpNode *nodes;
        /* what a row's share of the bits can tell */
        double step = MAX (fabs (targets[k][2]), FLT_MIN) * ldexp (1, 2 * (int) g_bit_storage (n) - 60);

        for (gsize i = 0; i < n; i++)
          rows[i] = i / (n / 4);
        hp_grower_grow (grower, targets[k], rows, n, 1, NULL, NULL);
        nodes = hp_grower_get_nodes (grower);
        g_assert_cmpuint (nodes[0].count, ==, n);
        g_assert_cmpint (nodes[0].left, ==, 1);
        g_assert_cmpfloat (nodes[0].value, ==, 2.5);
        g_assert_cmpuint (nodes[1].count, ==, n / 2);
        g_assert_cmpfloat_with_epsilon (nodes[1].value, targets[k][0], step + 1e-6 * fabs (targets[k][0]));
        g_assert_cmpfloat_with_epsilon (nodes[2].value, targets[k][2], step + 1e-6 * fabs (targets[k][2]));
      }
}

/* A tree may only use its draw of the features, each node only its own; what can't split is passed over */
static void
test_feature_draws (void)
{
  enum
  {
    N = 2000,
    P = 20
  };
  g_autofree float *features = sample_features (N, P, 0, 0, 14);
  g_autofree float *target = g_new0 (float, N);
  g_autoptr (HpTeam) one = hp_team_new (1);
  g_autoptr (HpBins) bins = NULL;
  guint times[P] = { 0 }, roots[P] = { 0 };

  for (gsize i = 0; i < N; i++)
    for (guint f = 0; f < P; f++)
      target[i] += features[i * P + f];
  bins = hp_bins_new (features, N, P, 255, one);

  HpTreeParams few = { .max_depth = 6, .min_leaf = 5, .features_per_tree = 0.2, .features_per_node = 1 };
  g_autoptr (HpGrower) some = hp_grower_new (bins, &few, NULL);

  for (guint64 seed = 0; seed < 50; seed++)
    {
      g_autofree guint32 *rows = all_rows (N);
      guint32 used = 0;
      gsize n = hp_grower_grow (some, target, rows, N, seed, NULL, NULL);

      for (gsize i = 0; i < n; i++)
        if (hp_grower_get_nodes (some)[i].left >= 0)
          used |= 1u << hp_grower_get_nodes (some)[i].feature;
      g_assert_cmpint (__builtin_popcount (used), ==, 4);
      for (guint f = 0; f < P; f++)
        times[f] += used >> f & 1;
    }
  /* 50 draws of 4 in 20: ten each, give or take */
  for (guint f = 0; f < P; f++)
    {
      g_assert_cmpuint (times[f], >=, 2);
      g_assert_cmpuint (times[f], <=, 22);
    }

  HpTreeParams narrow = { .max_depth = 1, .min_leaf = 5, .features_per_tree = 1, .features_per_node = 0.05 };
  g_autoptr (HpGrower) stump = hp_grower_new (bins, &narrow, NULL);

  for (guint64 seed = 0; seed < 400; seed++)
    {
      g_autofree guint32 *rows = all_rows (N);

      g_assert_cmpuint (hp_grower_grow (stump, target, rows, N, seed, NULL, NULL), ==, 3);
      roots[hp_grower_get_nodes (stump)[0].feature]++;
    }
  for (guint f = 0; f < P; f++)
    {
      g_assert_cmpuint (roots[f], >=, 5);
      g_assert_cmpuint (roots[f], <=, 40);
    }

  /* only one feature of twenty says anything, and one is looked at first: the tree must still find it, on both paths */
  for (gsize i = 0; i < N * P; i++)
    if (i % P != 7)
      features[i] = 1;

  g_autoptr (HpBins) flat = hp_bins_new (features, N, P, 255, one);
  g_autoptr (HpGrower) seeker = hp_grower_new (flat, &narrow, NULL);

  for (guint64 seed = 0; seed < 20; seed++)
    {
      g_autofree guint32 *rows = all_rows (N);
      gsize n = seed % 2 ? N : 300;

      g_assert_cmpuint (hp_grower_grow (seeker, target, rows, n, seed, NULL, NULL), ==, 3);
      g_assert_cmpuint (hp_grower_get_nodes (seeker)[0].feature, ==, 7);
    }
}

/* The prediction of the present tree at x, the other features as in the row */
static float
value_at (const Problem *problem, HpGrower *grower, const float *row)
{
  const HpNode *nodes = hp_grower_get_nodes (grower);
  gsize at = 0;

  while (nodes[at].left >= 0)
    {
      float value = row[nodes[at].feature];

      at = nodes[at].left + !(isnan (value) ? nodes[at].default_left : value < nodes[at].value);
    }
  return nodes[at].value;
}

static void
test_monotone (void)
{
  enum
  {
    N = 3000,
    P = 4
  };
  g_autofree float *features = sample_features (N, P, 0, 0.05, 15);
  g_autofree float *target = g_new (float, N);
  const int monotone[P] = { 1, -1, 0, 1 };
  HpTreeParams params = {
    .max_depth = 10, .min_leaf = 2, .lambda = 1, .features_per_tree = 1, .features_per_node = 0.6, .monotone = monotone
  };
  Problem problem = { features, target, P, params };
  g_autoptr (HpTeam) one = hp_team_new (1);
  g_autoptr (HpBins) bins = hp_bins_new (features, N, P, 255, one);
  HpRandom random;

  hp_random_init (&random, 15, 3);
  for (gsize i = 0; i < N; i++)
    {
      const float *x = features + i * P;
      double a = isnan (x[0]) ? 0.5 : x[0], b = isnan (x[1]) ? 0.5 : x[1], c = isnan (x[2]) ? 0.5 : x[2];

      /* the fourth feature works against its constraint */
      target[i]
        = sin (9 * a) + a - b * c + cos (7 * c) - (isnan (x[3]) ? 0.5 : x[3]) + 0.5 * hp_random_normal (&random);
    }
  for (guint64 seed = 0; seed < 6; seed++)
    {
      g_autoptr (HpGrower) grower = hp_grower_new (bins, &params, NULL);
      g_autofree guint32 *rows = all_rows (N);

      g_assert_cmpuint (hp_grower_grow (grower, target, rows, N, seed, NULL, NULL), >, 50);
      for (gsize i = 0; i < 200; i++)
        for (guint f = 0; f < P; f++)
          {
            float row[P], before = 0;

            memcpy (row, features + i * P, sizeof row);
            for (guint step = 0; step <= 100 && monotone[f] != 0; step++)
              {
                float value;

                row[f] = step / 100.0f;
                value = value_at (&problem, grower, row);
                if (step > 0)
                  g_assert_cmpfloat (monotone[f] * (value - before), >=, 0);
                before = value;
              }
          }
    }
}

/* The threshold stands in the middle of the gap that the node's rows leave, not at one of its ends */
static void
test_threshold_in_the_gap (void)
{
  float features[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
  const float target[] = { 1, 1, 1, 0, 0, 0, 0, 5, 5, 5 };
  guint32 rows[] = { 0, 1, 2, 7, 8, 9 };
  g_autoptr (HpTeam) one = hp_team_new (1);
  g_autoptr (HpBins) bins = hp_bins_new (features, 10, 1, 255, one);
  g_autoptr (HpGrower) grower = hp_grower_new (bins, &plain, NULL);

  g_assert_cmpuint (hp_grower_grow (grower, target, rows, 6, 1, NULL, NULL), ==, 3);
  g_assert_cmpfloat (hp_grower_get_nodes (grower)[0].value, ==, 4.5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tree/small-data", test_small_data);
  g_test_add_func ("/tree/subtraction", test_subtraction);
  g_test_add_func ("/tree/same-tree-any-way", test_same_tree_any_way);
  g_test_add_func ("/tree/find-leaf", test_find_leaf);
  g_test_add_func ("/tree/weights", test_weights);
  g_test_add_func ("/tree/missing", test_missing);
  g_test_add_func ("/tree/nothing-to-split", test_nothing_to_split);
  g_test_add_func ("/tree/extreme-targets", test_extreme_targets);
  g_test_add_func ("/tree/feature-draws", test_feature_draws);
  g_test_add_func ("/tree/monotone", test_monotone);
  g_test_add_func ("/tree/threshold-in-the-gap", test_threshold_in_the_gap);
  return g_test_run ();
}

/* test-boosting.c - losses, draws, stopping, constraints
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-boosting.h"

#include <stdlib.h>

#include "hp-error.h"
#include "hp-order.h"
#include "sample.h"

static const HpBoostingParams basic = {
  .loss = HP_LOSS_SQUARED,
  .quantile = 0.5,
  .huber_share = 0.9,
  .trees = 100,
  .learning_rate = 0.1,
  .subsample = 1,
  .max_bins = 255,
  .seed = 1,
  .tree = { .max_depth = 4, .min_leaf = 1, .features_per_tree = 1, .features_per_node = 1 },
};

static HpModel *
fit (const HpBoostingParams *params, const float *features, const float *target, gsize n, guint p, HpTeam *team)
{
  g_autoptr (GError) error = NULL;
  HpModel *model = hp_boosting_fit (params, HP_TARGET_PLAIN, features, target, n, p, NULL, NULL, 0, team, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (hp_model_get_target (model), ==, HP_TARGET_PLAIN);
  g_assert_cmpuint (hp_model_get_n_features (model), ==, p);
  return model;
}

static void
assert_same_model (const HpModel *a, const HpModel *b)
{
  g_assert_cmpuint (hp_model_get_n_trees (a), ==, hp_model_get_n_trees (b));
  g_assert_cmpfloat (hp_model_get_base (a), ==, hp_model_get_base (b));
  for (guint t = 0; t < hp_model_get_n_trees (a); t++)
    {
      gsize n_a, n_b;
      const HpNode *x = hp_model_get_tree (a, t, &n_a), *y = hp_model_get_tree (b, t, &n_b);

      g_assert_cmpmem (x, n_a * sizeof *x, y, n_b * sizeof *y);
    }
}

static double
mean_square (const float *a, const double *b, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum / n;
}

static void
test_step (void)
{
  const float features[] = { 1, 2, 3, 4, 5, 6 }, target[] = { 10, 10, 10, 20, 20, 20 };
  HpBoostingParams params = basic;
  g_autoptr (HpModel) model = NULL;

  params.trees = 1;
  params.learning_rate = 1;
  params.tree.max_depth = 1;
  model = fit (&params, features, target, 6, 1, NULL);
  g_assert_cmpfloat (hp_model_get_base (model), ==, 15);
  for (gsize i = 0; i < 6; i++)
    g_assert_cmpfloat (hp_model_margin_plain (model, features + i), ==, target[i]);
}

/* A function of several features, seen without noise, is learnt; it also holds on rows that were not there */
static void
test_function (void)
{
  enum
  {
    N = 2000,
    P = 5
  };
  g_autofree float *features = sample_features (2 * N, P, 0, 0.02, 21);
  g_autofree float *target = sample_target (features, 2 * N, P, 0, 21);
  g_autofree double *margin = g_new (double, 2 * N);
  HpBoostingParams params = basic;
  g_autoptr (HpModel) model = NULL;
  double spread = 0, mean = 0;

  params.trees = 300;
  params.subsample = 0.7;
  model = fit (&params, features, target, N, P, NULL);
  hp_model_margin (model, features, 2 * N, margin);
  for (gsize i = 0; i < 2 * N; i++)
    mean += target[i] / (2 * N);
  for (gsize i = 0; i < 2 * N; i++)
    spread += (target[i] - mean) * (target[i] - mean) / (2 * N);
  g_assert_cmpfloat (mean_square (target, margin, N), <, 0.01 * spread);
  g_assert_cmpfloat (mean_square (target + N, margin + N, N), <, 0.05 * spread);
}

/* The predictions that training goes by are the model's own margins, bit for bit: boosting done by hand on the margins
 * of the model so far gives the same next tree every time. */
static void
test_margins_are_those_of_training (void)
{
  enum
  {
    N = 800,
    P = 6
  };
  g_autofree float *features = sample_features (N, P, 0, 0.1, 22);
  g_autofree float *target = sample_target (features, N, P, 1, 22);
  g_autofree float *gradient = g_new (float, N);
  g_autofree guint32 *rows = g_new (guint32, N);
  g_autoptr (HpTeam) team = hp_team_new (1);
  g_autoptr (HpBins) bins = hp_bins_new (features, N, P, 255, team);
  HpBoostingParams params = basic;
  g_autoptr (HpModel) model = NULL, so_far = NULL;
  g_autoptr (HpGrower) grower = NULL;

  params.tree.features_per_node = 0.5;
  params.tree.max_depth = 6;
  grower = hp_grower_new (bins, &params.tree, NULL);
  for (guint subsampled = 0; subsampled < 2; subsampled++)
    {
      g_clear_pointer (&model, hp_model_unref);
      g_clear_pointer (&so_far, hp_model_unref);
      params.subsample = subsampled ? 0.6 : 1;
      model = fit (&params, features, target, N, P, NULL);
      so_far = hp_model_new_trees (HP_TARGET_PLAIN, P, hp_model_get_base (model));
      for (guint t = 0; t < params.trees; t++)
        {
          gsize n_expected, n_nodes, n = 0, wanted = subsampled ? 480 : N;
          const HpNode *expected = hp_model_get_tree (model, t, &n_expected);
          HpNode *nodes;
          HpRandom random;

          for (gsize i = 0; i < N; i++)
            gradient[i] = target[i] - (float) hp_model_margin_plain (so_far, features + i * P);
          hp_random_init (&random, params.seed, 2 * t);
          for (gsize i = 0; i < N; i++)
            if (!subsampled || hp_random_below (&random, N - i) < wanted - n)
              rows[n++] = i;
          g_assert_cmpuint (n, ==, wanted);
          n_nodes = hp_grower_grow (grower, gradient, rows, n, hp_random_next (&random), NULL, NULL);
          nodes = hp_grower_edit_nodes (grower);
          for (gsize i = 0; i < n_nodes; i++)
            if (nodes[i].left < 0)
              nodes[i].value = (float) (nodes[i].value * params.learning_rate);
          hp_model_add_tree (so_far, nodes, n_nodes);
          nodes = (HpNode *) hp_model_get_tree (so_far, t, &n_nodes);
          g_assert_cmpmem (nodes, n_nodes * sizeof *nodes, expected, n_expected * sizeof *nodes);
        }
    }
}

/* Where nothing but a group is known, each loss has its own best value for the group */
static void
test_optimum_of_losses (void)
{
  enum
  {
    N = 2002,
    HALF = N / 2
  };
  g_autofree float *features = g_new (float, N), *target = g_new (float, N);
  HpRandom random;

  hp_random_init (&random, 23, 1);
  for (gsize i = 0; i < N; i++)
    {
      /* a skewed distribution, so that mean and median differ */
      features[i] = i < HALF ? 0 : 1;
      target[i] = (i < HALF ? 0 : 5) + exp (hp_random_normal (&random));
    }
  const struct
  {
    HpLoss loss;
    double quantile;
  } cases[]
    = { { HP_LOSS_SQUARED, 0 }, { HP_LOSS_ABSOLUTE, 0.5 }, { HP_LOSS_QUANTILE, 0.1 }, { HP_LOSS_QUANTILE, 0.9 } };

  for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
    {
      HpBoostingParams params = basic;
      g_autoptr (HpModel) model = NULL;

      params.loss = cases[k].loss;
      params.quantile = cases[k].quantile;
      params.trees = 1;
      params.learning_rate = 1;
      model = fit (&params, features, target, N, 1, NULL);
      for (guint group = 0; group < 2; group++)
        {
          g_autofree float *values = g_memdup2 (target + group * HALF, HALF * sizeof *values);
          float x = group;
          double expected = 0;

          if (cases[k].loss == HP_LOSS_SQUARED)
            for (gsize i = 0; i < HALF; i++)
              expected += values[i] / HALF;
          else
            expected = hp_select_quantile (values, HALF, cases[k].quantile);
          g_assert_cmpfloat_with_epsilon (hp_model_margin_plain (model, &x), expected, 1e-4);
        }
    }
}

/* One price in twenty is wild: Huber's loss stays with the others, the squared one does not */
static void
test_huber_and_outliers (void)
{
  enum
  {
    N = 2000
  };
  g_autofree float *features = sample_features (N, 2, 0, 0, 24);
  g_autofree float *target = g_new (float, N);
  double error[2] = { 0, 0 };

  for (gsize i = 0; i < N; i++)
    target[i] = 10 * features[2 * i] + (i % 20 == 0 ? 1000 : 0);
  for (guint k = 0; k < 2; k++)
    {
      HpBoostingParams params = basic;
      g_autoptr (HpModel) model = NULL;

      params.loss = k == 0 ? HP_LOSS_HUBER : HP_LOSS_SQUARED;
      params.trees = 400;
      params.tree.max_depth = 3;
      params.tree.min_leaf = 20;
      model = fit (&params, features, target, N, 2, NULL);
      for (gsize i = 0; i < N; i++)
        if (i % 20 != 0)
          error[k] += fabs (hp_model_margin_plain (model, features + 2 * i) - target[i]) / (N * 0.95);
    }
  g_assert_cmpfloat (error[0], <, 1);
  g_assert_cmpfloat (error[1], >, 10);
}

/* About a share q of new values lies below the q-quantile, wherever the spread differs */
static void
test_quantile_coverage (void)
{
  enum
  {
    N = 8000
  };
  g_autofree float *features = sample_features (2 * N, 1, 0, 0, 25);
  g_autofree float *target = g_new (float, 2 * N);
  const double quantiles[] = { 0.05, 0.5, 0.8, 0.95 };
  HpRandom random;

  hp_random_init (&random, 25, 4);
  for (gsize i = 0; i < 2 * N; i++)
    target[i] = 3 * features[i] + (0.2 + features[i]) * hp_random_normal (&random);
  for (guint k = 0; k < G_N_ELEMENTS (quantiles); k++)
    {
      HpBoostingParams params = basic;
      g_autoptr (HpModel) model = NULL;
      double below[2] = { 0, 0 }, n[2] = { 0, 0 };

      params.loss = HP_LOSS_QUANTILE;
      params.quantile = quantiles[k];
      params.tree.max_depth = 3;
      params.tree.min_leaf = 100;
      model = fit (&params, features, target, N, 1, NULL);
      for (gsize i = N; i < 2 * N; i++)
        {
          guint half = features[i] > 0.5;

          n[half]++;
          below[half] += target[i] <= hp_model_margin_plain (model, features + i);
        }
      for (guint half = 0; half < 2; half++)
        g_assert_cmpfloat_with_epsilon (below[half] / n[half], quantiles[k], 0.03);
    }
}

static void
test_subsample (void)
{
  enum
  {
    N = 1000,
    P = 3
  };
  g_autofree float *features = sample_features (N, P, 0, 0, 26);
  g_autofree float *target = sample_target (features, N, P, 0.2, 26);
  HpBoostingParams params = basic;
  g_autoptr (HpModel) a = NULL, b = NULL, c = NULL;
  gsize n_nodes;

  params.subsample = 0.25;
  params.trees = 10;
  a = fit (&params, features, target, N, P, NULL);
  b = fit (&params, features, target, N, P, NULL);
  assert_same_model (a, b);
  for (guint t = 0; t < 10; t++)
    g_assert_cmpuint (hp_model_get_tree (a, t, &n_nodes)->count, ==, 250);
  params.seed = 2;
  c = fit (&params, features, target, N, P, NULL);
  g_assert_true (memcmp (hp_model_get_tree (a, 0, &n_nodes), hp_model_get_tree (c, 0, NULL), sizeof (HpNode)) != 0
                 || memcmp (hp_model_get_tree (a, 1, &n_nodes), hp_model_get_tree (c, 1, NULL), sizeof (HpNode)) != 0);
}

/* Boosting that watches is the beginning of boosting that doesn't, up to the tree with the least loss */
static void
test_early_stopping (void)
{
  enum
  {
    N = 300,
    V = 200,
    P = 4,
    PATIENCE = 12
  };
  g_autofree float *features = sample_features (N + V, P, 0, 0, 27);
  g_autofree float *target = sample_target (features, N + V, P, 1, 27);
  const HpLoss losses[] = { HP_LOSS_SQUARED, HP_LOSS_HUBER, HP_LOSS_ABSOLUTE, HP_LOSS_QUANTILE };

  for (guint k = 0; k < G_N_ELEMENTS (losses); k++)
    {
      HpBoostingParams params = basic;
      g_autoptr (HpModel) whole = NULL, stopped = NULL, start = NULL;
      g_autoptr (GError) error = NULL;
      double best = INFINITY;
      guint length = 0;

      params.loss = losses[k];
      params.quantile = 0.7;
      whole = fit (&params, features, target, N, P, NULL);
      start = hp_model_new_trees (HP_TARGET_PLAIN, P, hp_model_get_base (whole));
      for (guint t = 0; t < params.trees && t < length + PATIENCE; t++)
        {
          gsize n_nodes;
          const HpNode *nodes = hp_model_get_tree (whole, t, &n_nodes);
          double loss = 0;

          hp_model_add_tree (start, nodes, n_nodes);
          for (gsize i = N; i < N + V; i++)
            {
              double e = target[i] - hp_model_margin_plain (start, features + i * P);

              loss += losses[k] == HP_LOSS_SQUARED    ? e * e
                      : losses[k] == HP_LOSS_QUANTILE ? (e > 0 ? 0.7 * e : -0.3 * e)
                                                      : fabs (e);
            }
          if (loss < best)
            {
              best = loss;
              length = t + 1;
            }
        }
      g_assert_cmpuint (length, >, 2);
      g_assert_cmpuint (length, <, 85);

      params.early_stopping = PATIENCE;
      stopped = hp_boosting_fit (&params, HP_TARGET_PLAIN, features, target, N, P, features + N * P, target + N, V,
                                 NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (hp_model_get_n_trees (stopped), ==, length);
      for (guint t = 0; t < length; t++)
        {
          gsize n_a, n_b;
          const HpNode *a = hp_model_get_tree (stopped, t, &n_a), *b = hp_model_get_tree (whole, t, &n_b);

          g_assert_cmpmem (a, n_a * sizeof *a, b, n_b * sizeof *b);
        }
    }
}

static void
test_cancelled (void)
{
  enum
  {
    N = 100
  };
  g_autofree float *features = sample_features (N, 2, 0, 0, 28);
  g_autofree float *target = sample_target (features, N, 2, 1, 28);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (
    hp_boosting_fit (&basic, HP_TARGET_LOG, features, target, N, 2, NULL, NULL, 0, NULL, cancellable, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_CANCELLED);
}

static void
test_same_bits_with_any_team (void)
{
  enum
  {
    N = 30000,
    P = 7
  };
  g_autofree float *features = sample_features (N, P, 0, 0.05, 29);
  g_autofree float *target = sample_target (features, N, P, 1, 29);
  const HpLoss losses[] = { HP_LOSS_SQUARED, HP_LOSS_HUBER, HP_LOSS_ABSOLUTE };
  g_autoptr (HpTeam) one = hp_team_new (1);
  g_autoptr (HpTeam) two = hp_team_new (2);

  for (guint k = 0; k < G_N_ELEMENTS (losses); k++)
    for (guint draw = 0; draw < 2; draw++)
      {
        HpBoostingParams params = basic;
        g_autoptr (HpModel) a = NULL, b = NULL, c = NULL;

        params.loss = losses[k];
        params.trees = 8;
        params.tree.max_depth = 8;
        params.tree.features_per_node = draw ? 0.45 : 1;
        params.subsample = draw ? 0.8 : 1;
        a = fit (&params, features, target, N, P, one);
        b = fit (&params, features, target, N, P, two);
        c = fit (&params, features, target, N, P, NULL);
        assert_same_model (a, b);
        assert_same_model (a, c);
      }
}

static void
test_monotone (void)
{
  enum
  {
    N = 1500,
    P = 3
  };
  const HpLoss losses[] = { HP_LOSS_SQUARED, HP_LOSS_HUBER, HP_LOSS_ABSOLUTE, HP_LOSS_QUANTILE };
  const int monotone[P] = { 1, -1, 0 };
  g_autofree float *features = sample_features (N, P, 0, 0.05, 30);
  g_autofree float *target = g_new (float, N);
  HpRandom random;

  hp_random_init (&random, 30, 2);
  for (gsize i = 0; i < N; i++)
    {
      const float *x = features + i * P;
      double a = isnan (x[0]) ? 0.3 : x[0], b = isnan (x[1]) ? 0.6 : x[1], c = isnan (x[2]) ? 0 : x[2];

      target[i] = 12 + 2 * a + 0.7 * sin (12 * a) - b + 0.5 * cos (9 * b) + c * a + 0.2 * hp_random_normal (&random);
    }
  for (guint k = 0; k < G_N_ELEMENTS (losses); k++)
    {
      HpBoostingParams params = basic;
      g_autoptr (HpModel) model = NULL, free_model = NULL;
      double explained = 0, spread = 0, centre = 0;
      guint broken = 0;

      params.loss = losses[k];
      params.quantile = 0.5;
      params.trees = 150;
      params.subsample = 0.8;
      params.tree.min_leaf = 3;
      params.tree.features_per_node = 0.7;
      free_model = fit (&params, features, target, N, P, NULL);
      params.tree.monotone = monotone;
      model = fit (&params, features, target, N, P, NULL);
      for (gsize i = 0; i < 200; i++)
        for (guint f = 0; f < 2; f++)
          {
            float x[P];
            double before = 0, free_before = 0;

            memcpy (x, features + i * P, sizeof x);
            for (guint step = 0; step <= 200; step++)
              {
                double value, free_value;

                x[f] = step / 200.0f;
                value = hp_model_margin_plain (model, x);
                free_value = hp_model_margin_plain (free_model, x);
                if (step > 0)
                  {
                    g_assert_cmpfloat (monotone[f] * (value - before), >=, 0);
                    broken += monotone[f] * (free_value - free_before) < 0;
                  }
                before = value;
                free_before = free_value;
              }
          }
      /* without the constraint it would not have been so */
      g_assert_cmpuint (broken, >, 1000);

      /* and the constraint leaves most of what can be learnt */
      for (gsize i = 0; i < N; i++)
        centre += target[i] / N;
      for (gsize i = 0; i < N; i++)
        {
          double e = target[i] - hp_model_margin_plain (model, features + i * P);

          explained += e * e;
          spread += (target[i] - centre) * (target[i] - centre);
        }
      g_assert_cmpfloat (explained / spread, <, 0.3);
    }
}

/* The unit of the prices changes nothing: 1,024 times the target, and every prediction is 1,024 times as large, exactly
 */
static void
test_unit_does_not_matter (void)
{
  enum
  {
    N = 700,
    P = 3
  };
  const HpLoss losses[] = { HP_LOSS_SQUARED, HP_LOSS_HUBER, HP_LOSS_ABSOLUTE, HP_LOSS_QUANTILE };
  const int monotone[P] = { 1, 1, -1 };
  g_autofree float *features = sample_features (N, P, 0, 0.05, 31);
  g_autofree float *target = sample_target (features, N, P, 0.3, 31);
  g_autofree float *large = g_new (float, N);

  for (gsize i = 0; i < N; i++)
    large[i] = 1024 * target[i];
  for (guint k = 0; k < G_N_ELEMENTS (losses); k++)
    for (guint constrained = 0; constrained < 2; constrained++)
      {
        HpBoostingParams params = basic;
        g_autoptr (HpModel) a = NULL, b = NULL;

        params.loss = losses[k];
        params.quantile = 0.3;
        params.subsample = 0.7;
        params.tree.monotone = constrained ? monotone : NULL;
        a = fit (&params, features, target, N, P, NULL);
        b = fit (&params, features, large, N, P, NULL);
        for (gsize i = 0; i < N; i++)
          g_assert_cmpfloat (1024 * hp_model_margin_plain (a, features + i * P), ==,
                             hp_model_margin_plain (b, features + i * P));
      }
}

static void
test_degenerate (void)
{
  const float features[] = { 1, NAN, 2 }, target[] = { 3, 3, 3 };
  const HpLoss losses[] = { HP_LOSS_SQUARED, HP_LOSS_HUBER, HP_LOSS_ABSOLUTE, HP_LOSS_QUANTILE };

  for (guint k = 0; k < G_N_ELEMENTS (losses); k++)
    for (gsize n = 1; n <= 3; n += 2)
      {
        HpBoostingParams params = basic;
        g_autoptr (HpModel) model = NULL;

        params.loss = losses[k];
        params.subsample = 0.5;
        model = fit (&params, features, target, n, 1, NULL);
        for (gsize i = 0; i < 3; i++)
          g_assert_cmpfloat (hp_model_margin_plain (model, features + i), ==, 3);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/boosting/step", test_step);
  g_test_add_func ("/boosting/function", test_function);
  g_test_add_func ("/boosting/margins-are-those-of-training", test_margins_are_those_of_training);
  g_test_add_func ("/boosting/optimum-of-losses", test_optimum_of_losses);
  g_test_add_func ("/boosting/huber-and-outliers", test_huber_and_outliers);
  g_test_add_func ("/boosting/quantile-coverage", test_quantile_coverage);
  g_test_add_func ("/boosting/subsample", test_subsample);
  g_test_add_func ("/boosting/early-stopping", test_early_stopping);
  g_test_add_func ("/boosting/cancelled", test_cancelled);
  g_test_add_func ("/boosting/same-bits-with-any-team", test_same_bits_with_any_team);
  g_test_add_func ("/boosting/monotone", test_monotone);
  g_test_add_func ("/boosting/unit-does-not-matter", test_unit_does_not_matter);
  g_test_add_func ("/boosting/degenerate", test_degenerate);
  return g_test_run ();
}

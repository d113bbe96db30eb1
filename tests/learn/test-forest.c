/* test-forest.c - draws, means, determinism, cancellation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-forest.h"

#include "hp-error.h"
#include "sample.h"

static const HpForestParams basic = {
  .trees = 60,
  .max_bins = 255,
  .bootstrap = TRUE,
  .tree = { .max_depth = 64, .min_leaf = 2, .features_per_tree = 1, .features_per_node = 0.5 },
  .seed = 1,
};

static HpModel *
fit (const HpForestParams *params, const float *features, const float *target, gsize n, guint p, HpTeam *team)
{
  g_autoptr (GError) error = NULL;
  HpModel *model = hp_forest_fit (params, HP_TARGET_PLAIN, features, target, n, p, team, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (hp_model_get_n_trees (model), ==, params->trees);
  return model;
}

static double
r2 (const HpModel *model, const float *features, const float *target, gsize n, guint p)
{
  g_autofree double *margin = g_new (double, n);
  double mean = 0, errors = 0, spread = 0;

  hp_model_margin (model, features, n, margin);
  for (gsize i = 0; i < n; i++)
    mean += target[i] / n;
  for (gsize i = 0; i < n; i++)
    {
      errors += (target[i] - margin[i]) * (target[i] - margin[i]);
      spread += (target[i] - mean) * (target[i] - mean);
    }
  return 1 - errors / spread;
}

/* It learns what there is to learn, and from noise nothing that holds elsewhere */
static void
test_signal_and_noise (void)
{
  enum
  {
    N = 1500,
    P = 6
  };
  g_autofree float *features = sample_features (2 * N, P, 0, 0.05, 41);
  g_autofree float *target = sample_target (features, 2 * N, P, 0.1, 41);
  g_autofree float *noise = sample_features (2 * N, 1, 0, 0, 42);
  g_autoptr (HpTeam) team = hp_team_new (2);
  g_autoptr (HpModel) model = fit (&basic, features, target, N, P, team);
  g_autoptr (HpModel) vain = fit (&basic, features, noise, N, P, team);

  g_assert_cmpfloat (r2 (model, features + N * P, target + N, N, P), >, 0.85);
  g_assert_cmpfloat (r2 (vain, features, noise, N, P), >, 0.5);
  g_assert_cmpfloat (r2 (vain, features + N * P, noise + N, N, P), <, 0.02);
}

/* Without draws all trees are the same, and the forest is that tree */
static void
test_mean_of_trees (void)
{
  enum
  {
    N = 300,
    P = 3
  };
  g_autofree float *features = sample_features (N, P, 0, 0, 43);
  g_autofree float *target = sample_target (features, N, P, 0.5, 43);
  g_autoptr (HpTeam) team = hp_team_new (1);
  HpForestParams params = basic;
  g_autoptr (HpModel) many = NULL, one = NULL;

  params.bootstrap = FALSE;
  params.tree.features_per_node = 1;
  params.tree.min_leaf = 1;
  params.trees = 8;
  many = fit (&params, features, target, N, P, team);
  params.trees = 1;
  one = fit (&params, features, target, N, P, team);
  for (gsize i = 0; i < N; i++)
    {
      /* a leaf for each row: no row is missed */
      g_assert_cmpfloat_with_epsilon (hp_model_margin_plain (one, features + i * P), target[i], 1e-5);
      g_assert_cmpfloat_with_epsilon (hp_model_margin_plain (many, features + i * P), target[i], 1e-5);
    }
}

/* Predictions are means of targets, so they never leave the targets' range */
static void
test_range (void)
{
  enum
  {
    N = 400,
    P = 4
  };
  g_autofree float *features = sample_features (N, P, 0, 0.1, 44);
  g_autofree float *target = sample_target (features, N, P, 3, 44);
  g_autoptr (HpTeam) team = hp_team_new (2);
  g_autoptr (HpModel) model = fit (&basic, features, target, N, P, team);
  float low = INFINITY, high = -INFINITY;
  double sum = 0, mean = 0;

  for (gsize i = 0; i < N; i++)
    {
      low = MIN (low, target[i]);
      high = MAX (high, target[i]);
      mean += target[i] / N;
    }
  for (gsize i = 0; i < N; i++)
    {
      double margin = hp_model_margin_plain (model, features + i * P);

      g_assert_cmpfloat (margin, >, low);
      g_assert_cmpfloat (margin, <, high);
      sum += margin / N;
    }
  g_assert_cmpfloat_with_epsilon (sum, mean, 0.2);
}

/* A draw of as many rows as there are has about 63 % of them; the root counts all, with repeats */
static void
test_bootstrap (void)
{
  enum
  {
    N = 200
  };
  g_autofree float *features = g_new (float, N), *target = g_new (float, N);
  g_autoptr (HpTeam) team = hp_team_new (1);
  HpForestParams params = basic;
  g_autoptr (HpModel) model = NULL;
  double share = 0;

  /* a feature that numbers the rows: a tree of pure leaves has one for each row drawn */
  for (gsize i = 0; i < N; i++)
    {
      features[i] = i;
      target[i] = i;
    }
  params.tree.min_leaf = 1;
  params.tree.features_per_node = 1;
  params.trees = 50;
  model = fit (&params, features, target, N, 1, team);
  for (guint t = 0; t < params.trees; t++)
    {
      gsize n_nodes, leaves = 0, rows = 0;
      const HpNode *nodes = hp_model_get_tree (model, t, &n_nodes);

      g_assert_cmpuint (nodes[0].count, ==, N);
      for (gsize i = 0; i < n_nodes; i++)
        if (nodes[i].left < 0)
          {
            leaves++;
            rows += nodes[i].count;
          }
      g_assert_cmpuint (rows, ==, N);
      share += (double) leaves / N / params.trees;
    }
  g_assert_cmpfloat_with_epsilon (share, 1 - exp (-1), 0.02);
}

static gboolean
same_tree (const HpModel *a, guint i, const HpModel *b, guint j)
{
  gsize n_a, n_b;
  const HpNode *x = hp_model_get_tree (a, i, &n_a), *y = hp_model_get_tree (b, j, &n_b);

  return n_a == n_b && memcmp (x, y, n_a * sizeof *x) == 0;
}

static void
assert_same_model (const HpModel *a, const HpModel *b)
{
  g_assert_cmpfloat (hp_model_get_base (a), ==, hp_model_get_base (b));
  for (guint t = 0; t < hp_model_get_n_trees (a); t++)
    g_assert_true (same_tree (a, t, b, t));
}

static void
test_same_bits_with_any_team (void)
{
  const struct
  {
    gsize n;
    guint trees;
  } sizes[] = { { 500, 40 }, { 30000, 6 } };
  const guint p = 9;

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      g_autofree float *features = sample_features (sizes[k].n, p, 0, 0.05, 45);
      g_autofree float *target = sample_target (features, sizes[k].n, p, 1, 45);
      g_autoptr (HpTeam) one = hp_team_new (1);
      g_autoptr (HpTeam) two = hp_team_new (2);
      g_autoptr (HpTeam) five = hp_team_new (5);
      HpForestParams params = basic;
      g_autoptr (HpModel) a = NULL, b = NULL, c = NULL, d = NULL;

      params.trees = sizes[k].trees;
      a = fit (&params, features, target, sizes[k].n, p, one);
      b = fit (&params, features, target, sizes[k].n, p, two);
      c = fit (&params, features, target, sizes[k].n, p, five);
      assert_same_model (a, b);
      assert_same_model (a, c);
      params.seed = 2;
      d = fit (&params, features, target, sizes[k].n, p, two);
      g_assert_false (same_tree (a, 0, d, 0));
      /* trees of one forest differ from one another, too */
      g_assert_false (same_tree (a, 0, a, 1));
    }
}

static void
test_monotone (void)
{
  enum
  {
    N = 1000,
    P = 2
  };
  const int monotone[P] = { 1, -1 };
  g_autofree float *features = sample_features (N, P, 0, 0.05, 46);
  g_autofree float *target = sample_target (features, N, P, 0.7, 46);
  g_autoptr (HpTeam) team = hp_team_new (2);
  HpForestParams params = basic;
  g_autoptr (HpModel) model = NULL;

  params.tree.monotone = monotone;
  model = fit (&params, features, target, N, P, team);
  for (gsize i = 0; i < 200; i++)
    for (guint f = 0; f < P; f++)
      {
        float x[P];
        double before = 0;

        memcpy (x, features + i * P, sizeof x);
        for (guint step = 0; step <= 200; step++)
          {
            double value;

            x[f] = step / 200.0f;
            value = hp_model_margin_plain (model, x);
            if (step > 0)
              g_assert_cmpfloat (monotone[f] * (value - before), >=, 0);
            before = value;
          }
      }
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (3000);
  g_cancellable_cancel (data);
  return NULL;
}

/* Before it starts, and in the middle: an error, and no memory left behind (the sanitizers look) */
static void
test_cancelled (void)
{
  enum
  {
    N = 2000,
    P = 5
  };
  g_autofree float *features = sample_features (N, P, 0, 0, 47);
  g_autofree float *target = sample_target (features, N, P, 1, 47);
  g_autoptr (HpTeam) team = hp_team_new (2);
  HpForestParams params = basic;

  params.trees = 20000;
  for (guint k = 0; k < 2; k++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      GThread *thread = NULL;

      if (k == 0)
        g_cancellable_cancel (cancellable);
      else
        thread = g_thread_new ("cancel", cancel_soon, cancellable);
      g_assert_null (hp_forest_fit (&params, HP_TARGET_LOG, features, target, N, P, team, cancellable, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_CANCELLED);
      if (thread != NULL)
        g_thread_join (thread);
    }
}

static void
test_degenerate (void)
{
  const float features[] = { 1, NAN, 2 }, target[] = { 3, 3, 3 };
  g_autoptr (HpTeam) team = hp_team_new (1);

  for (gsize n = 1; n <= 3; n++)
    {
      g_autoptr (HpModel) model = fit (&basic, features, target, n, 1, team);

      for (gsize i = 0; i < 3; i++)
        g_assert_cmpfloat (hp_model_margin_plain (model, features + i), ==, 3);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forest/signal-and-noise", test_signal_and_noise);
  g_test_add_func ("/forest/mean-of-trees", test_mean_of_trees);
  g_test_add_func ("/forest/range", test_range);
  g_test_add_func ("/forest/bootstrap", test_bootstrap);
  g_test_add_func ("/forest/same-bits-with-any-team", test_same_bits_with_any_team);
  g_test_add_func ("/forest/monotone", test_monotone);
  g_test_add_func ("/forest/cancelled", test_cancelled);
  g_test_add_func ("/forest/degenerate", test_degenerate);
  return g_test_run ();
}

/* bench-score.c - how long scoring takes, by path
 *
 * bench-score [TREES [DEPTH [FEATURES]]]: random complete trees and random rows; the best of several rounds, one core.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "hp-model.h"
#include "hp-random.h"

#define ROWS   4096
#define ROUNDS 15

static HpModel *
make_model (guint n_trees, guint depth, guint n_features)
{
  HpModel *model = hp_model_new_trees (HP_TARGET_LOG, n_features, 12.0f);
  gsize n_nodes = ((gsize) 2 << depth) - 1;
  g_autofree HpNode *nodes = g_new0 (HpNode, n_nodes);
  HpRandom random;

  hp_random_init (&random, 1, 0);
  for (guint t = 0; t < n_trees; t++)
    {
      for (gsize i = 0; i < n_nodes; i++)
        {
          gboolean leaf = 2 * i + 1 >= n_nodes;

          nodes[i].left = leaf ? -1 : (gint32) (2 * i + 1);
          nodes[i].value = leaf ? hp_random_normal (&random) * 0.01 : hp_random_double (&random);
          nodes[i].feature = leaf ? 0 : hp_random_below (&random, n_features);
          nodes[i].default_left = leaf ? 0 : hp_random_below (&random, 2);
          nodes[i].count = 1;
        }
      hp_model_add_tree (model, nodes, n_nodes);
    }
  return model;
}

typedef void (*Scorer) (const HpModel *model, const float *features, double *margin);

static void
score_plain (const HpModel *model, const float *features, double *margin)
{
  guint n_features = hp_model_get_n_features (model);

  for (guint i = 0; i < ROWS; i++)
    margin[i] = hp_model_margin_plain (model, features + i * n_features);
}

static void
score_single (const HpModel *model, const float *features, double *margin)
{
  guint n_features = hp_model_get_n_features (model);

  for (guint i = 0; i < ROWS; i++)
    hp_model_margin (model, features + i * n_features, 1, margin + i);
}

static void
score_batch (const HpModel *model, const float *features, double *margin)
{
  hp_model_margin (model, features, ROWS, margin);
}

static double
nanoseconds (Scorer scorer, const HpModel *model, const float *features, double *margin)
{
  gint64 best = G_MAXINT64;

  for (guint round = 0; round < ROUNDS; round++)
    {
      gint64 start = g_get_monotonic_time ();

      scorer (model, features, margin);
      best = MIN (best, g_get_monotonic_time () - start);
    }
  return best * 1000.0 / ROWS;
}

int
main (int argc, char **argv)
{
  guint n_trees = argc > 1 ? atoi (argv[1]) : 500;
  guint depth = argc > 2 ? atoi (argv[2]) : 5;
  guint n_features = argc > 3 ? atoi (argv[3]) : 7;
  g_autoptr (HpModel) model = make_model (n_trees, depth, n_features);
  g_autofree float *features = g_new (float, ROWS *n_features);
  g_autofree double *margin = g_new (double, ROWS);
  static const struct
  {
    const char *name;
    Scorer scorer;
  } paths[] = {
    { "plain, one row", score_plain },
    { "interleaved, one row", score_single },
    { "interleaved, batch", score_batch },
  };
  HpRandom random;

  hp_random_init (&random, 2, 0);
  printf ("%u trees of depth %u, %u features, ns a row\n%-22s %10s %12s\n", n_trees, depth, n_features, "path", "whole",
          "with missing");
  for (guint p = 0; p < G_N_ELEMENTS (paths); p++)
    {
      double whole, missing;

      for (gsize i = 0; i < ROWS * n_features; i++)
        features[i] = hp_random_double (&random);
      whole = nanoseconds (paths[p].scorer, model, features, margin);
      for (gsize i = 0; i < ROWS * n_features; i++)
        if (hp_random_below (&random, 10) == 0)
          features[i] = NAN;
      missing = nanoseconds (paths[p].scorer, model, features, margin);
      printf ("%-22s %10.0f %12.0f\n", paths[p].name, whole, missing);
    }
  return 0;
}

/* hp-forest.c - random forests on our own trees
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-forest.h"

#include <string.h>

#include "config.h"
#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-random.h"

typedef struct
{
  HpNode *nodes;
  gsize n;
} Tree;

typedef struct
{
  const HpForestParams *params;
  const HpBins *bins;
  const float *centred;
  HpGrower **growers; /* by worker */
  guint32 **rows;     /* by worker */
  guint16 **times;    /* by worker */
  Tree *trees;
  GCancellable *cancellable;
} Forest;

/* A draw with replacement: the distinct rows, ascending, and how often each was drawn. Returns how many there are. */
static gsize
bootstrap (HpRandom *random, gsize n, guint32 *rows, guint16 *times)
{
  gsize distinct = 0;

  memset (times, 0, n * sizeof *times);
  for (gsize i = 0; i < n; i++)
    times[hp_random_below (random, n)]++;
  for (gsize i = 0; i < n; i++)
    if (times[i] > 0)
      rows[distinct++] = i;
  return distinct;
}

static void
grow_tree (gsize index, guint worker, gpointer data)
{
  Forest *forest = data;
  const HpForestParams *params = forest->params;
  gsize n = forest->bins->n_rows;
  HpRandom random;

  if (g_cancellable_is_cancelled (forest->cancellable))
    return;
  if (forest->growers[worker] == NULL)
    {
      forest->growers[worker] = hp_grower_new (forest->bins, &params->tree, NULL);
      forest->rows[worker] = g_new (guint32, n);
      forest->times[worker] = g_new (guint16, n);
    }

  guint32 *rows = forest->rows[worker];
  HpGrower *grower = forest->growers[worker];
  Tree *tree = &forest->trees[index];

  hp_random_init (&random, params->seed, index);
  if (params->bootstrap)
    {
      n = bootstrap (&random, n, rows, forest->times[worker]);
      hp_grower_set_weights (grower, forest->times[worker]);
    }
  else
    for (gsize i = 0; i < n; i++)
      rows[i] = i;
  tree->n = hp_grower_grow (grower, forest->centred, rows, n, hp_random_next (&random), NULL, NULL);
  tree->nodes = g_memdup2 (hp_grower_get_nodes (grower), tree->n * sizeof (HpNode));
  /* the forest is the mean of its trees: each carries its share, so that scoring is a plain sum */
  for (gsize i = 0; i < tree->n; i++)
    if (tree->nodes[i].left < 0)
      tree->nodes[i].value /= params->trees;
}

/**
 * hp_forest_fit:
 * @params: sizes and seed
 * @scale: the scale @target is on; kept in the model
 * @features: @n × @n_features, row-major, NaN is missing
 * @target: @n values
 * @n: number of rows, at least 1
 * @n_features: number of features
 * @team: who does the work
 * @cancellable: (nullable): checked before each tree
 * @error: return location: %HP_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the model; the same bits for any team
 */
HpModel *
hp_forest_fit (const HpForestParams *params, HpTarget scale, const float *features, const float *target, gsize n,
               guint n_features, HpTeam *team, GCancellable *cancellable, GError **error)
{
  g_autoptr (HpBins) bins = hp_bins_new (features, n, n_features, params->max_bins, team);
  g_autofree float *centred = g_new (float, n);
  guint jobs = hp_team_get_jobs (team);
  Forest forest = { .params = params,
                    .bins = bins,
                    .centred = centred,
                    .cancellable = cancellable,
                    .growers = g_new0 (HpGrower *, jobs),
                    .rows = g_new0 (guint32 *, jobs),
                    .times = g_new0 (guint16 *, jobs),
                    .trees = g_new0 (Tree, params->trees) };
  g_autoptr (HpModel) model = NULL;
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += target[i];

  /* centred targets keep the fixed-point sums, and the float32 sums of scoring, small */
  float base = sum / n;

  for (gsize i = 0; i < n; i++)
    centred[i] = target[i] - base;
  hp_team_run (team, params->trees, grow_tree, &forest);

  if (!g_cancellable_set_error_if_cancelled (cancellable, NULL))
    {
      model = hp_model_new_trees (scale, n_features, base);
      for (guint t = 0; t < params->trees; t++)
        hp_model_add_tree (model, forest.trees[t].nodes, forest.trees[t].n);
    }
  else
    hp_set_error (error, HP_ERROR_CANCELLED, NULL, _ ("training was interrupted"));

  for (guint i = 0; i < jobs; i++)
    {
      hp_grower_free (forest.growers[i]);
      g_free (forest.rows[i]);
      g_free (forest.times[i]);
    }
  for (guint t = 0; t < params->trees; t++)
    g_free (forest.trees[t].nodes);
  g_free (forest.growers);
  g_free (forest.rows);
  g_free (forest.times);
  g_free (forest.trees);
  return g_steal_pointer (&model);
}

/* hp-ranks.c - ranked trees: whether they pay, and their life
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-model-private.h"
#include "hp-ranks.h"

/* Tables may take this many times the model's nodes, and a little more, so that small models have them too. */
#define MAX_TIMES  4
#define MAX_LITTLE (256 * 1024)

/* How deep the complete trees are, from one to the other; 0 if one is too deep for the tables, or splits on categories */
guint
_hp_ranks_depth (const HpModel *model, guint first, guint n_trees)
{
  guint depth = HP_RANKS_MIN_DEPTH;

  for (guint t = first; t < first + n_trees; t++)
    {
      const HpTreeInfo *tree = &g_array_index (model->trees, HpTreeInfo, t);

      if (tree->has_sets || tree->depth > HP_RANKS_MAX_DEPTH)
        return 0;
      depth = MAX (depth, tree->depth);
    }
  return depth;
}

/* Whether complete trees are not much larger than the trees that are there */
static gboolean
is_worth_it (const HpModel *model)
{
  gsize size = 0;

  for (guint first = 0; first < model->trees->len; first += HP_RANKS_GROUP)
    {
      guint n = MIN (model->trees->len - first, HP_RANKS_GROUP), depth = _hp_ranks_depth (model, first, n);

      if (depth == 0)
        return FALSE;
      size += _hp_ranks_row_size (depth) * HP_RANKS_GROUP;
      for (guint t = first; t < first + n; t++)
        size += _hp_ranks_tree_size (_hp_ranks_depth (model, t, 1));
    }
  return size <= MAX_LITTLE + MAX_TIMES * (gsize) model->nodes->len * sizeof (HpNode);
}

HpRanks *
_hp_ranks_new (const HpModel *model)
{
  HpRanks *ranks;
  g_autofree HpRankNode *nodes = NULL;

  if (!is_worth_it (model))
    return NULL;
  ranks = g_new0 (HpRanks, 1);
  ranks->base = model->base;
  ranks->n_features = model->n_features;
  nodes = _hp_ranks_make_columns (ranks, model);
  if (nodes == NULL)
    {
      _hp_ranks_free (ranks);
      return NULL;
    }
  _hp_ranks_make_trees (ranks, model, nodes);
  _hp_ranks_make_groups (ranks, model, nodes);
  return ranks;
}

void
_hp_ranks_free (HpRanks *ranks)
{
  if (ranks == NULL)
    return;
  g_free (ranks->columns);
  g_free (ranks->thresholds);
  g_free (ranks->trees);
  g_free (ranks->tables);
  g_free (ranks->groups);
  g_free (ranks->nodes);
  g_free (ranks->leaves);
  g_free (ranks);
}

gsize
_hp_ranks_get_size (const HpRanks *ranks)
{
  return sizeof *ranks + ranks->n_columns * sizeof *ranks->columns + ranks->n_thresholds * sizeof *ranks->thresholds
         + ranks->n_trees * sizeof *ranks->trees + ranks->tables_size + ranks->n_groups * sizeof *ranks->groups
         + ranks->nodes_size + ranks->n_leaves * sizeof *ranks->leaves;
}

void
_hp_ranks_complete (const HpNode *nodes, guint depth, gint32 *places)
{
  places[0] = places[1] = 0;
  for (guint h = 1; h < 1u << depth; h++)
    {
      gint32 left = nodes[places[h]].left;

      places[2 * h] = left >= 0 ? left : places[h];
      places[2 * h + 1] = left >= 0 ? left + 1 : places[h];
    }
}

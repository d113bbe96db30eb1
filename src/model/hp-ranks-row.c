/* hp-ranks-row.c - the tables for one row, group of trees by group of trees
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "hp-model-private.h"
#include "hp-ranks.h"

/* A tree's share */
gsize
_hp_ranks_row_size (guint depth)
{
  return ((gsize) 1 << depth) * (2 + sizeof (float));
}

static void
make_tree (HpRanks *ranks, const HpNode *nodes, const HpRankNode *ranked, const HpRankGroup *group, guint member)
{
  guint n = 1u << group->depth;
  guint8 *table = ranks->nodes + group->offset + member;
  float *leaves = ranks->leaves + group->leaves + (gsize) member * n;
  gint32 places[2 << HP_RANKS_MAX_DEPTH];

  _hp_ranks_complete (nodes, group->depth, places);
  for (guint h = 1; h < n; h++)
    {
      HpRankNode node = ranked[places[h]];

      table[2 * h * HP_RANKS_GROUP] = 2 * node.column + node.default_left;
      table[(2 * h + 1) * HP_RANKS_GROUP] = (guint8) node.threshold;
    }
  for (guint i = 0; i < n; i++)
    leaves[i] = nodes[places[n + i]].value;
}

void
_hp_ranks_make_groups (HpRanks *ranks, const HpModel *model, const HpRankNode *nodes)
{
  guint n_trees = model->trees->len;

  if (ranks->n_columns > HP_RANKS_ROW_COLUMNS)
    return;
  ranks->n_groups = (n_trees + HP_RANKS_GROUP - 1) / HP_RANKS_GROUP;
  ranks->groups = g_new0 (HpRankGroup, ranks->n_groups + 1);
  for (guint g = 0; g < ranks->n_groups; g++)
    {
      HpRankGroup *group = &ranks->groups[g];
      guint first = g * HP_RANKS_GROUP;

      group->n_trees = MIN (n_trees - first, HP_RANKS_GROUP);
      group->depth = _hp_ranks_depth (model, first, group->n_trees);
      group->offset = ranks->nodes_size;
      group->leaves = ranks->n_leaves;
      ranks->nodes_size += ((gsize) 2 << group->depth) * HP_RANKS_GROUP;
      ranks->n_leaves += ((gsize) 1 << group->depth) * HP_RANKS_GROUP;
    }

  ranks->nodes = g_malloc (ranks->nodes_size + 1);
  memset (ranks->nodes, HP_RANKS_ALWAYS_LEFT, ranks->nodes_size);
  ranks->leaves = g_new (float, ranks->n_leaves + 1);
  for (gsize i = 0; i < ranks->n_leaves; i++)
    ranks->leaves[i] = -0.0f;
  for (guint t = 0; t < n_trees; t++)
    make_tree (ranks, hp_model_get_tree (model, t, NULL), nodes + g_array_index (model->trees, HpTreeInfo, t).start,
               &ranks->groups[t / HP_RANKS_GROUP], t % HP_RANKS_GROUP);
}

/* hp-ranks-tree.c - the tables for many rows, tree by tree
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "hp-model-private.h"
#include "hp-ranks.h"

/* Below the first levels a tree has fewer nodes than a byte has values, so no more codes. */
#define MAX_AMONG ((1 << HP_RANKS_MAX_DEPTH) - HP_RANKS_SINGLES)

/* The codes that a tree's deeper nodes pick among */
typedef struct
{
  guint n;
  guint16 codes[MAX_AMONG];
  guint8 place[2 * HP_RANKS_MAX_COLUMNS]; /* of each code, from 1; 0: it is not among them */
} Among;

static gsize
get_size (guint depth, guint n_among)
{
  gsize n = (gsize) 1 << depth;

  return (HP_RANKS_SINGLES + n_among) * sizeof (guint16) + (2 + sizeof (float)) * n;
}

gsize
_hp_ranks_tree_size (guint depth)
{
  return get_size (depth, MAX (16, 1u << depth));
}

static guint
get_code (HpRankNode node, gboolean plain)
{
  return 2u * node.column + (plain ? 0 : node.default_left);
}

static void
find_among (const HpNode *nodes, const HpRankNode *ranked, const gint32 *places, guint depth, gboolean plain,
            Among *among)
{
  memset (among, 0, sizeof *among);
  for (guint h = HP_RANKS_SINGLES; h < 1u << depth; h++)
    {
      guint code = get_code (ranked[places[h]], plain);

      if (nodes[places[h]].left < 0 || among->place[code] > 0)
        continue;
      among->codes[among->n++] = code;
      among->place[code] = among->n;
    }
}

/* Bit 0 of the place as bit 7, bit 1 as bit 6, …: a vector of picks blends by its top bits as it is shifted left. */
static guint8
get_pick (const Among *among, HpRankNode node, guint bits)
{
  guint place = MAX (among->place[get_code (node, bits > 0)], 1) - 1;
  guint8 pick = node.default_left;

  if (bits == 0)
    return place;
  for (guint bit = 0; bit < bits; bit++)
    pick |= (place >> bit & 1) << (7 - bit);
  return pick;
}

static void
fill_table (guint8 *table, HpRankTree tree, const HpNode *nodes, const HpRankNode *ranked, const gint32 *places,
            const Among *among)
{
  guint n = 1u << tree.depth;
  guint16 *single = (guint16 *) table, *codes = single + HP_RANKS_SINGLES;
  gint8 *threshold = (gint8 *) (codes + tree.n_among);
  guint8 *pick = (guint8 *) threshold + n, *leaf = pick + n;

  for (guint i = 0; i < tree.n_among; i++)
    codes[i] = i < among->n ? among->codes[i] : 0;
  for (guint h = 0; h < n; h++)
    {
      HpRankNode node = ranked[places[h]];

      if (h < HP_RANKS_SINGLES)
        single[h] = get_code (node, FALSE);
      threshold[h] = node.threshold;
      pick[h] = get_pick (among, node, tree.bits);
    }
  for (guint i = 0; i < n; i++)
    {
      guint8 bytes[sizeof (float)];

      memcpy (bytes, &nodes[places[n + i]].value, sizeof bytes);
      for (guint plane = 0; plane < sizeof bytes; plane++)
        leaf[plane * n + i] = bytes[plane];
    }
}

void
_hp_ranks_make_trees (HpRanks *ranks, const HpModel *model, const HpRankNode *nodes)
{
  g_autoptr (GByteArray) tables = g_byte_array_new ();

  ranks->n_trees = model->trees->len;
  ranks->trees = g_new (HpRankTree, ranks->n_trees + 1);
  for (guint t = 0; t < ranks->n_trees; t++)
    {
      const HpTreeInfo *info = &g_array_index (model->trees, HpTreeInfo, t);
      const HpNode *tree_nodes = hp_model_get_tree (model, t, NULL);
      const HpRankNode *ranked = nodes + info->start;
      HpRankTree tree = { .depth = _hp_ranks_depth (model, t, 1), .offset = tables->len };
      gint32 places[2 << HP_RANKS_MAX_DEPTH];
      Among among;

      _hp_ranks_complete (tree_nodes, tree.depth, places);
      find_among (tree_nodes, ranked, places, tree.depth, TRUE, &among);
      tree.bits = among.n <= 8 ? 3 : among.n <= 16 ? 4 : 0;
      if (tree.bits == 0)
        find_among (tree_nodes, ranked, places, tree.depth, FALSE, &among);
      tree.n_among = tree.bits > 0 ? 1 << tree.bits : (among.n + 7) / 8 * 8;
      g_byte_array_set_size (tables, tables->len + get_size (tree.depth, tree.n_among));
      fill_table (tables->data + tree.offset, tree, tree_nodes, ranked, places, &among);
      ranks->trees[t] = tree;
    }
  /* A vector may read beyond the last leaves. */
  ranks->tables_size = tables->len + HP_RANKS_MAX_VECTOR;
  ranks->tables = g_malloc0 (ranks->tables_size);
  if (tables->len > 0)
    memcpy (ranks->tables, tables->data, tables->len);
}

/* hp-ranks-add-trees.h - the last step of a vector kernel: all trees, each by a copy of its code for the tree's depth
 *
 * For the files of kernels only, after their add_tree(), which becomes part of each copy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#define DEFINE_ADD_TREE(depth)                                                                                         \
  static void add_tree_##depth (const guint8 *table, HpRankTree tree, Codes codes, gsize n, float *sums)               \
  {                                                                                                                    \
    if (tree.bits == 3)                                                                                                \
      add_tree (table, depth, 3, 8, codes, n, sums);                                                                   \
    else if (tree.bits == 4)                                                                                           \
      add_tree (table, depth, 4, 16, codes, n, sums);                                                                  \
    else                                                                                                               \
      add_tree (table, depth, 0, tree.n_among, codes, n, sums);                                                        \
  }
DEFINE_ADD_TREE (4)
DEFINE_ADD_TREE (5)
DEFINE_ADD_TREE (6)
DEFINE_ADD_TREE (7)
DEFINE_ADD_TREE (8)

static void
add_trees (const HpRanks *ranks, const gint8 *codes, gsize stride, gsize n, float *sums)
{
  typedef void (*AddTree) (const guint8 *table, HpRankTree tree, Codes codes, gsize n, float *sums);
  static const AddTree add_tree_of[] = { add_tree_4, add_tree_5, add_tree_6, add_tree_7, add_tree_8 };

  for (guint t = 0; t < ranks->n_trees; t++)
    {
      HpRankTree tree = ranks->trees[t];

      add_tree_of[tree.depth - HP_RANKS_MIN_DEPTH](ranks->tables + tree.offset, tree, (Codes){ codes, stride }, n, sums);
    }
}

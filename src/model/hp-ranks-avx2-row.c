/* hp-ranks-avx2-row.c - one row, 32 trees a vector
 *
 * Each level of the trees chooses, by what the levels above said, the code and the threshold of each tree's node from
 * all nodes of the level, looks the row's code up, and compares. All that is left to do one by one is what the order of
 * the sum demands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <immintrin.h>

#include "hp-ranks-kernels.h"

#define INLINE static inline __attribute__ ((always_inline))

/* choose_k (nodes, h, apart, masks): for each of 32 trees, the byte of one of the 2^k nodes h, h + apart, h + 2 apart,
 * … masks[-1] is what the level before them said: it tells apart neighbours; masks[-2] those two apart; and so on. What
 * was said first is used first, so that nearly all is done when the last comes in. */
INLINE __m256i
choose_0 (const guint8 *nodes, guint h, guint apart, const __m256i *masks)
{
  return _mm256_loadu_si256 ((const void *) (nodes + (gsize) h * 2 * HP_RANKS_GROUP));
}

#define DEFINE_CHOOSE(k, fewer)                                                                                        \
  INLINE __m256i choose_##k (const guint8 *nodes, guint h, guint apart, const __m256i *masks)                          \
  {                                                                                                                    \
    return _mm256_blendv_epi8 (choose_##fewer (nodes, h, 2 * apart, masks - 1),                                        \
                               choose_##fewer (nodes, h + apart, 2 * apart, masks - 1), masks[-1]);                    \
  }
DEFINE_CHOOSE (1, 0)
DEFINE_CHOOSE (2, 1)
DEFINE_CHOOSE (3, 2)
DEFINE_CHOOSE (4, 3)
DEFINE_CHOOSE (5, 4)
DEFINE_CHOOSE (6, 5)
DEFINE_CHOOSE (7, 6)

/* The codes of a row, in tables of 16 */
typedef struct
{
  __m256i tables[HP_RANKS_ROW_CODES / 16];
  guint n_columns;
} Codes;

INLINE __m256i
look_up (const Codes *codes, __m256i which)
{
  __m256i code = _mm256_shuffle_epi8 (codes->tables[0], which), third, fourth;

  if (codes->n_columns > 8)
    code = _mm256_blendv_epi8 (code, _mm256_shuffle_epi8 (codes->tables[1], which), _mm256_slli_epi16 (which, 3));
  if (codes->n_columns > 16)
    {
      third = _mm256_shuffle_epi8 (codes->tables[2], which);
      fourth = _mm256_shuffle_epi8 (codes->tables[3], which);
      third = _mm256_blendv_epi8 (third, fourth, _mm256_slli_epi16 (which, 3));
      code = _mm256_blendv_epi8 (code, third, _mm256_slli_epi16 (which, 2));
    }
  return code;
}

/* Where the trees' nodes of a level send the row, in masks[0], and on to the leaf */
#define DESCEND(level)                                                                                                 \
  masks[level]                                                                                                         \
    = _mm256_cmpgt_epi8 (look_up (codes, choose_##level (nodes, 1u << level, 1, masks + level)),                       \
                         choose_##level (nodes + HP_RANKS_GROUP, 1u << level, 1, masks + level));                      \
  leaf = _mm256_sub_epi8 (_mm256_add_epi8 (leaf, leaf), masks[level])

#define DESCEND_4                                                                                                      \
  DESCEND (0);                                                                                                         \
  DESCEND (1);                                                                                                         \
  DESCEND (2);                                                                                                         \
  DESCEND (3)
#define DESCEND_5                                                                                                      \
  DESCEND_4;                                                                                                           \
  DESCEND (4)
#define DESCEND_6                                                                                                      \
  DESCEND_5;                                                                                                           \
  DESCEND (5)
#define DESCEND_7                                                                                                      \
  DESCEND_6;                                                                                                           \
  DESCEND (6)
#define DESCEND_8                                                                                                      \
  DESCEND_7;                                                                                                           \
  DESCEND (7)

/* The leaves that 32 trees of this depth come to */
#define DEFINE_DESCEND(depth)                                                                                          \
  INLINE __m256i descend_##depth (const guint8 *nodes, const Codes *codes)                                             \
  {                                                                                                                    \
    __m256i masks[HP_RANKS_MAX_DEPTH], leaf = _mm256_setzero_si256 ();                                                 \
                                                                                                                       \
    DESCEND_##depth;                                                                                                   \
    return leaf;                                                                                                       \
  }
DEFINE_DESCEND (4)
DEFINE_DESCEND (5)
DEFINE_DESCEND (6)
DEFINE_DESCEND (7)
DEFINE_DESCEND (8)

/* In order, whatever came first */
INLINE float
add_leaves (const float *leaves, guint depth, __m256i leaf, float sum)
{
  guint8 places[32];

  _mm256_storeu_si256 ((void *) places, leaf);
#pragma GCC unroll 32
  for (guint i = 0; i < 32; i++)
    sum += leaves[(i << depth) + places[i]];
  return sum;
}

#define DEFINE_ADD_GROUP(depth)                                                                                        \
  static float add_group_##depth (const HpRankGroup *group, const guint8 *nodes, const float *leaves,                  \
                                  const Codes *codes, float sum)                                                       \
  {                                                                                                                    \
    for (guint first = 0; first < group->n_trees; first += 32, leaves += 32u << depth)                                 \
      sum = add_leaves (leaves, depth, descend_##depth (nodes + first, codes), sum);                                   \
    return sum;                                                                                                        \
  }
DEFINE_ADD_GROUP (4)
DEFINE_ADD_GROUP (5)
DEFINE_ADD_GROUP (6)
DEFINE_ADD_GROUP (7)
DEFINE_ADD_GROUP (8)

float
_hp_ranks_avx2_score_row (const HpRanks *ranks, const gint8 *codes)
{
  typedef float (*AddGroup) (const HpRankGroup *group, const guint8 *nodes, const float *leaves, const Codes *codes,
                             float sum);
  static const AddGroup add_groups[] = { add_group_4, add_group_5, add_group_6, add_group_7, add_group_8 };
  Codes tables = { .n_columns = ranks->n_columns };
  float sum = ranks->base;

  for (guint i = 0; i < G_N_ELEMENTS (tables.tables); i++)
    tables.tables[i] = _mm256_broadcastsi128_si256 (_mm_loadu_si128 ((const void *) (codes + 16 * i)));
  for (guint g = 0; g < ranks->n_groups; g++)
    {
      const HpRankGroup *group = &ranks->groups[g];

      sum = add_groups[group->depth - HP_RANKS_MIN_DEPTH](group, ranks->nodes + group->offset,
                                                          ranks->leaves + group->leaves, &tables, sum);
    }
  return sum;
}

/* hp-ranks-avx2-tree.c - many rows, tree by tree, 32 rows a vector
 *
 * All rows of a vector stand at the same level of a tree, each at its own node h. The first levels have so few nodes
 * that all are compared with all rows, and the results chosen from. Deeper, a row's threshold and code are looked up by
 * h in tables of 16 bytes. What leaf a row came to is looked up byte by byte of the leaves' values, which are put
 * together as floats and added.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <immintrin.h>

#include "hp-ranks-kernels.h"

#define INLINE static inline __attribute__ ((always_inline))

/* The codes of 32 rows: code c's at first + c × stride */
typedef struct
{
  const gint8 *first;
  gsize stride;
} Codes;

INLINE __m256i
load (Codes codes, guint code)
{
  return _mm256_loadu_si256 ((const void *) (codes.first + code * codes.stride));
}

INLINE __m256i
add (__m256i a, __m256i b)
{
  return _mm256_add_epi8 (a, b);
}

/* Of each byte: b where the top bit of mask is set, else a */
INLINE __m256i
blend (__m256i a, __m256i b, __m256i mask)
{
  return _mm256_blendv_epi8 (a, b, mask);
}

/* 2h, and one more where mask is -1 */
INLINE __m256i
step (__m256i h, __m256i mask)
{
  return _mm256_sub_epi8 (add (h, h), mask);
}

/* Tables of 16, 32, … 256 bytes, looked up by the lowest 4, 5, … 8 bits. low: index without its top bit */
INLINE __m256i
look_up_16 (const guint8 *table, __m256i low)
{
  return _mm256_shuffle_epi8 (_mm256_broadcastsi128_si256 (_mm_loadu_si128 ((const void *) table)), low);
}

INLINE __m256i
look_up_32 (const guint8 *table, __m256i low, __m256i index)
{
  return blend (look_up_16 (table, low), look_up_16 (table + 16, low), _mm256_slli_epi16 (index, 3));
}

INLINE __m256i
look_up_64 (const guint8 *table, __m256i low, __m256i index)
{
  return blend (look_up_32 (table, low, index), look_up_32 (table + 32, low, index), _mm256_slli_epi16 (index, 2));
}

INLINE __m256i
look_up_128 (const guint8 *table, __m256i low, __m256i index)
{
  return blend (look_up_64 (table, low, index), look_up_64 (table + 64, low, index), _mm256_slli_epi16 (index, 1));
}

INLINE __m256i
look_up (const guint8 *table, guint bits, __m256i low, __m256i index)
{
  switch (bits)
    {
    case 4:
      return look_up_16 (table, low);
    case 5:
      return look_up_32 (table, low, index);
    case 6:
      return look_up_64 (table, low, index);
    case 7:
      return look_up_128 (table, low, index);
    default:
      return blend (look_up_128 (table, low, index), look_up_128 (table + 128, low, index), index);
    }
}

/* Where node h sends the rows: -1 right */
INLINE __m256i
compare (Codes codes, const guint16 *single, const gint8 *threshold, guint h)
{
  return _mm256_cmpgt_epi8 (load (codes, single[h]), _mm256_set1_epi8 (threshold[h]));
}

/* The nodes, of the fourth level, that the rows come to */
INLINE __m256i
descend_singles (Codes codes, const guint16 *single, const gint8 *threshold)
{
  __m256i at_0 = compare (codes, single, threshold, 1), at_1, at_2, h;

  at_1 = blend (compare (codes, single, threshold, 2), compare (codes, single, threshold, 3), at_0);
  at_2 = blend (blend (compare (codes, single, threshold, 4), compare (codes, single, threshold, 6), at_0),
                blend (compare (codes, single, threshold, 5), compare (codes, single, threshold, 7), at_0), at_1);
  h = step (_mm256_set1_epi8 (1), at_0);
  return step (step (h, at_1), at_2);
}

/* One of eight codes, by the top bits of pick, of pick_2 and of pick_4 */
INLINE __m256i
pick_8 (Codes codes, const guint16 *among, __m256i pick, __m256i pick_2, __m256i pick_4)
{
  __m256i pairs[4];

#pragma GCC unroll 4
  for (guint i = 0; i < 4; i++)
    pairs[i] = blend (load (codes, among[2 * i]), load (codes, among[2 * i + 1]), pick);
  return blend (blend (pairs[0], pairs[1], pick_2), blend (pairs[2], pairs[3], pick_2), pick_4);
}

INLINE __m256i
pick_code (Codes codes, const guint16 *among, guint n_among, guint bits, __m256i pick)
{
  __m256i pick_2 = add (pick, pick), pick_4 = add (pick_2, pick_2), code;

  if (bits == 0)
    {
      code = load (codes, among[0]);
      for (guint i = 1; i < n_among; i++)
        code = blend (code, load (codes, among[i]), _mm256_cmpeq_epi8 (pick, _mm256_set1_epi8 ((char) i)));
      return code;
    }
  code = pick_8 (codes, among, pick, pick_2, pick_4);
  if (bits == 4)
    code = blend (code, pick_8 (codes, among + 8, pick, pick_2, pick_4), add (pick_4, pick_4));
  return add (code, _mm256_and_si256 (pick, _mm256_set1_epi8 (1)));
}

/* Adds the leaves' values to the sums of 32 rows, which lie as the halves come together. */
INLINE void
add_leaves (const guint8 *leaf, guint depth, __m256i low, __m256i index, float *sums)
{
  __m256i byte[4], low_half, high_half, values[4];

#pragma GCC unroll 4
  for (guint plane = 0; plane < 4; plane++)
    byte[plane] = look_up (leaf + (plane << depth), depth, low, index);
  low_half = _mm256_unpacklo_epi8 (byte[0], byte[1]);
  high_half = _mm256_unpacklo_epi8 (byte[2], byte[3]);
  values[0] = _mm256_unpacklo_epi16 (low_half, high_half);
  values[1] = _mm256_unpackhi_epi16 (low_half, high_half);
  low_half = _mm256_unpackhi_epi8 (byte[0], byte[1]);
  high_half = _mm256_unpackhi_epi8 (byte[2], byte[3]);
  values[2] = _mm256_unpacklo_epi16 (low_half, high_half);
  values[3] = _mm256_unpackhi_epi16 (low_half, high_half);
#pragma GCC unroll 4
  for (guint i = 0; i < 4; i++)
    _mm256_storeu_ps (sums + 8 * i, _mm256_add_ps (_mm256_loadu_ps (sums + 8 * i), _mm256_castsi256_ps (values[i])));
}

/* One tree, n rows, a multiple of 32. depth and bits are constants where this is inlined. */
INLINE void
add_tree (const guint8 *table, guint depth, guint bits, guint n_among, Codes codes, gsize n, float *sums)
{
  const __m256i low_bits = _mm256_set1_epi8 (0x0f);
  const guint16 *single = (const guint16 *) table, *among = single + HP_RANKS_SINGLES;
  const guint8 *threshold = (const guint8 *) (among + n_among), *pick = threshold + (1u << depth);

  for (gsize row = 0; row < n; row += 32, codes.first += 32, sums += 32)
    {
      __m256i h = descend_singles (codes, single, (const gint8 *) threshold), low;

#pragma GCC unroll 5
      for (guint level = HP_RANKS_SINGLE_LEVELS; level < depth; level++)
        {
          guint index_bits = MAX (level, 4), base = level < 4 ? 0 : 1 << level;
          __m256i picks, thresholds;

          low = level < 7 ? h : _mm256_and_si256 (h, low_bits);
          picks = look_up (pick + base, index_bits, low, h);
          thresholds = look_up (threshold + base, index_bits, low, h);
          h = step (h, _mm256_cmpgt_epi8 (pick_code (codes, among, n_among, bits, picks), thresholds));
        }
      low = depth < 7 ? h : _mm256_and_si256 (h, low_bits);
      add_leaves (pick + (1u << depth), depth, low, h, sums);
    }
}

#include "hp-ranks-add-trees.h"

void
_hp_ranks_avx2_add_trees (const HpRanks *ranks, const gint8 *codes, gsize stride, gsize n, float *sums)
{
  add_trees (ranks, codes, stride, n, sums);
}

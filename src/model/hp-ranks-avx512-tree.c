/* hp-ranks-avx512-tree.c - many rows, tree by tree, 64 rows a vector
 *
 * As hp-ranks-avx2-tree.c does it, with twice the rows, and with tables of 64 bytes (VBMI), which a tree of depth 6
 * fills: all its levels are looked up by h in the same two.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <immintrin.h>

#include "hp-ranks-kernels.h"

#define INLINE static inline __attribute__ ((always_inline))

/* The codes of 64 rows: code c's at first + c × stride */
typedef struct
{
  const gint8 *first;
  gsize stride;
} Codes;

INLINE __m512i
load (Codes codes, guint code)
{
  return _mm512_loadu_si512 (codes.first + code * codes.stride);
}

/* Of each byte: b where the mask is set, else a */
INLINE __m512i
blend (__m512i a, __m512i b, __mmask64 mask)
{
  return _mm512_mask_blend_epi8 (mask, a, b);
}

/* 2h, and one more where the mask is set */
INLINE __m512i
step (__m512i h, __mmask64 mask)
{
  h = _mm512_add_epi8 (h, h);
  return _mm512_mask_add_epi8 (h, mask, h, _mm512_set1_epi8 (1));
}

/* A table of 64, 128 or 256 bytes, by the lowest 6, 7 or 8 bits */
INLINE __m512i
look_up (const guint8 *table, guint bits, __m512i index)
{
  const __m512i *parts = (const __m512i *) table;
  __m512i low, high;

  if (bits <= 6)
    return _mm512_permutexvar_epi8 (index, _mm512_loadu_si512 (parts));
  low = _mm512_permutex2var_epi8 (_mm512_loadu_si512 (parts), index, _mm512_loadu_si512 (parts + 1));
  if (bits == 7)
    return low;
  high = _mm512_permutex2var_epi8 (_mm512_loadu_si512 (parts + 2), index, _mm512_loadu_si512 (parts + 3));
  return blend (low, high, _mm512_movepi8_mask (index));
}

/* The nodes, of the fourth level, that the rows come to. Each level chooses among its nodes' codes, then compares. */
INLINE __m512i
descend_singles (Codes codes, const guint16 *single, const guint8 *threshold)
{
  __m512i h = _mm512_set1_epi8 (1), code;
  __mmask64 at_0, at_1;

  at_0 = _mm512_cmpgt_epi8_mask (load (codes, single[1]), look_up (threshold, 6, h));
  h = step (h, at_0);
  code = blend (load (codes, single[2]), load (codes, single[3]), at_0);
  at_1 = _mm512_cmpgt_epi8_mask (code, look_up (threshold, 6, h));
  h = step (h, at_1);
  code = blend (blend (load (codes, single[4]), load (codes, single[6]), at_0),
                blend (load (codes, single[5]), load (codes, single[7]), at_0), at_1);
  return step (h, _mm512_cmpgt_epi8_mask (code, look_up (threshold, 6, h)));
}

/* One of eight codes, by three bits */
INLINE __m512i
pick_8 (Codes codes, const guint16 *among, const __mmask64 *bit)
{
  __m512i pairs[4];

#pragma GCC unroll 4
  for (guint i = 0; i < 4; i++)
    pairs[i] = blend (load (codes, among[2 * i]), load (codes, among[2 * i + 1]), bit[0]);
  return blend (blend (pairs[0], pairs[1], bit[1]), blend (pairs[2], pairs[3], bit[1]), bit[2]);
}

INLINE __m512i
pick_code (Codes codes, const guint16 *among, guint n_among, guint bits, __m512i pick)
{
  __mmask64 bit[4];
  __m512i code;

  if (bits == 0)
    {
      code = load (codes, among[0]);
      for (guint i = 1; i < n_among; i++)
        code = blend (code, load (codes, among[i]), _mm512_cmpeq_epi8_mask (pick, _mm512_set1_epi8 ((char) i)));
      return code;
    }
#pragma GCC unroll 4
  for (guint i = 0; i < 4; i++)
    bit[i] = _mm512_test_epi8_mask (pick, _mm512_set1_epi8 ((char) (0x80 >> i)));
  code = pick_8 (codes, among, bit);
  if (bits == 4)
    code = blend (code, pick_8 (codes, among + 8, bit), bit[3]);
  return _mm512_add_epi8 (code, _mm512_and_si512 (pick, _mm512_set1_epi8 (1)));
}

/* Adds the leaves' values to the sums of 64 rows, which lie as the halves come together. Tables of fewer than 64 leaves
 * are read from where node 0 of their level would be, so that h is their index too. */
INLINE void
add_leaves (const guint8 *leaf, guint depth, __m512i h, float *sums)
{
  gsize size = (gsize) 1 << depth, before = depth < 6 ? size : 0;
  __m512i byte[4], low_half, high_half, values[4];

#pragma GCC unroll 4
  for (guint plane = 0; plane < 4; plane++)
    byte[plane] = look_up (leaf + plane * size - before, depth, h);
  low_half = _mm512_unpacklo_epi8 (byte[0], byte[1]);
  high_half = _mm512_unpacklo_epi8 (byte[2], byte[3]);
  values[0] = _mm512_unpacklo_epi16 (low_half, high_half);
  values[1] = _mm512_unpackhi_epi16 (low_half, high_half);
  low_half = _mm512_unpackhi_epi8 (byte[0], byte[1]);
  high_half = _mm512_unpackhi_epi8 (byte[2], byte[3]);
  values[2] = _mm512_unpacklo_epi16 (low_half, high_half);
  values[3] = _mm512_unpackhi_epi16 (low_half, high_half);
#pragma GCC unroll 4
  for (guint i = 0; i < 4; i++)
    _mm512_storeu_ps (sums + 16 * i, _mm512_add_ps (_mm512_loadu_ps (sums + 16 * i), _mm512_castsi512_ps (values[i])));
}

/* One tree, n rows, a multiple of 64. depth and bits are constants where this is inlined. */
INLINE void
add_tree (const guint8 *table, guint depth, guint bits, guint n_among, Codes codes, gsize n, float *sums)
{
  const guint16 *single = (const guint16 *) table, *among = single + HP_RANKS_SINGLES;
  const guint8 *threshold = (const guint8 *) (among + n_among), *pick = threshold + (1u << depth);

  for (gsize row = 0; row < n; row += 64, codes.first += 64, sums += 64)
    {
      __m512i h = descend_singles (codes, single, threshold);

#pragma GCC unroll 5
      for (guint level = HP_RANKS_SINGLE_LEVELS; level < depth; level++)
        {
          guint base = level < 6 ? 0 : 1 << level;
          __m512i code = pick_code (codes, among, n_among, bits, look_up (pick + base, level, h));

          h = step (h, _mm512_cmpgt_epi8_mask (code, look_up (threshold + base, level, h)));
        }
      add_leaves (pick + (1u << depth), depth, h, sums);
    }
}

#include "hp-ranks-add-trees.h"

void
_hp_ranks_avx512_add_trees (const HpRanks *ranks, const gint8 *codes, gsize stride, gsize n, float *sums)
{
  add_trees (ranks, codes, stride, n, sums);
}

/* hp-ranks-avx2-codes.c - the codes of rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <immintrin.h>
#include <math.h>

#include "hp-ranks-kernels.h"

#define INLINE static inline __attribute__ ((always_inline))

/* How many of HP_RANKS_STEP thresholds are not above the value */
INLINE guint
count (const float *thresholds, __m256 value)
{
  guint low = _mm256_movemask_ps (_mm256_cmp_ps (_mm256_loadu_ps (thresholds), value, _CMP_LE_OQ));
  guint high = _mm256_movemask_ps (_mm256_cmp_ps (_mm256_loadu_ps (thresholds + 8), value, _CMP_LE_OQ));

  return __builtin_popcount (high << 8 | low);
}

/* ends: of the column's blocks, then these; in_blocks: whether there is more than one */
INLINE guint8
code (const float *ends, gboolean in_blocks, float value)
{
  __m256 values = _mm256_set1_ps (value);
  guint passed = in_blocks ? HP_RANKS_STEP * count (ends, values) : 0;
  guint rank = passed + count (ends + HP_RANKS_STEP + passed, values);

  return isnan (value) ? HP_RANKS_MISSING : (guint8) (rank + (guint8) HP_RANKS_LEAST);
}

void
_hp_ranks_avx2_code_row (const HpRanks *ranks, const float *features, gint8 *codes)
{
  for (guint c = 0; c < ranks->n_columns; c++)
    {
      const HpRankColumn *column = &ranks->columns[c];
      guint8 at = code (ranks->thresholds + column->first, column->n > HP_RANKS_STEP, features[column->feature]);

      codes[2 * c] = (gint8) at;
      codes[2 * c + 1] = (gint8) (guint8) (at + 1);
    }
}

INLINE void
fill_column (const float *value, guint n_features, gsize n, const float *ends, gboolean in_blocks, gint8 *plain,
             gint8 *plus_one)
{
  for (gsize i = 0; i < n; i++)
    {
      guint8 at = code (ends, in_blocks, value[i * n_features]);

      plain[i] = (gint8) at;
      plus_one[i] = (gint8) (guint8) (at + 1);
    }
}

void
_hp_ranks_avx2_code_rows (const HpRanks *ranks, const float *features, gsize n, gint8 *codes, gsize stride)
{
  for (guint c = 0; c < ranks->n_columns; c++)
    {
      const HpRankColumn *column = &ranks->columns[c];
      const float *value = features + column->feature, *ends = ranks->thresholds + column->first;
      gint8 *plain = codes + 2 * c * stride;

      if (column->n > HP_RANKS_STEP)
        fill_column (value, ranks->n_features, n, ends, TRUE, plain, plain + stride);
      else
        fill_column (value, ranks->n_features, n, ends, FALSE, plain, plain + stride);
    }
}

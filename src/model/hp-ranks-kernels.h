/* hp-ranks-kernels.h - what a vector kernel does with ranked trees
 *
 * Each file of a kernel is compiled for its own instruction set and exports these functions only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-compiled.h"
#include "hp-ranks.h"

G_BEGIN_DECLS

typedef struct
{
  guint rows; /* in a vector */

  /* The codes of n rows: column c's at codes + 2c × stride, and, plus one, at codes + (2c + 1) × stride */
  void  (*code_rows) (const HpRanks *ranks, const float *features, gsize n, gint8 *codes, gsize stride);
  /* Adds the leaves of all trees to the sums of n rows, a multiple of a vector's */
  void  (*add_trees) (const HpRanks *ranks, const gint8 *codes, gsize stride, gsize n, float *sums);

  /* The codes of a row of at most HP_RANKS_ROW_COLUMNS: codes[2 × column] and, plus one, codes[2 × column + 1] */
  void  (*code_row)  (const HpRanks *ranks, const float *features, gint8 *codes);
  /* Its sum; all HP_RANKS_ROW_CODES may be read */
  float (*score_row) (const HpRanks *ranks, const gint8 *codes);
} HpRanksKernel;

/* (nullable): NULL if this processor, or the kernel itself, has nothing to do with ranks */
const HpRanksKernel *_hp_ranks_get_kernel (HpKernel kernel);

void  _hp_ranks_avx2_code_rows   (const HpRanks *ranks, const float *features, gsize n, gint8 *codes, gsize stride);
void  _hp_ranks_avx2_code_row    (const HpRanks *ranks, const float *features, gint8 *codes);
void  _hp_ranks_avx2_add_trees   (const HpRanks *ranks, const gint8 *codes, gsize stride, gsize n, float *sums);
float _hp_ranks_avx2_score_row   (const HpRanks *ranks, const gint8 *codes);
void  _hp_ranks_avx512_add_trees (const HpRanks *ranks, const gint8 *codes, gsize stride, gsize n, float *sums);

G_END_DECLS

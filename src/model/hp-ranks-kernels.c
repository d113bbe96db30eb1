/* hp-ranks-kernels.c - which vector kernels this processor has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hp-ranks-kernels.h"

#ifdef HP_HAVE_X86_KERNELS

static const HpRanksKernel avx2 = {
  .rows = 32,
  .code_rows = _hp_ranks_avx2_code_rows,
  .add_trees = _hp_ranks_avx2_add_trees,
  .code_row = _hp_ranks_avx2_code_row,
  .score_row = _hp_ranks_avx2_score_row,
};

/* A single row gains next to nothing from longer vectors: its tables come from the second level cache. */
static const HpRanksKernel avx512 = {
  .rows = 64,
  .code_rows = _hp_ranks_avx2_code_rows,
  .add_trees = _hp_ranks_avx512_add_trees,
  .code_row = _hp_ranks_avx2_code_row,
  .score_row = _hp_ranks_avx2_score_row,
};

const HpRanksKernel *
_hp_ranks_get_kernel (HpKernel kernel)
{
  gboolean has_avx2 = __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("popcnt");

  if (kernel == HP_KERNEL_AVX2 && has_avx2)
    return &avx2;
  if (kernel == HP_KERNEL_AVX512 && has_avx2 && __builtin_cpu_supports ("avx512bw")
      && __builtin_cpu_supports ("avx512vbmi"))
    return &avx512;
  return NULL;
}

#else

const HpRanksKernel *
_hp_ranks_get_kernel (HpKernel kernel)
{
  return NULL;
}

#endif

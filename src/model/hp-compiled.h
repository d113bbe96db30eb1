/* hp-compiled.h - a tree model in the forms that score fastest
 *
 * A model compiles itself once it has been asked for enough rows that this pays (see hp-score.c). What comes out is
 * never changed again, is shared by all threads, and holds the same trees in up to three forms:
 *
 * - interleaved (hp-compiled-interleaved.c): the nodes in eight bytes each, walked without branches by eight trees or
 *   eight rows at once. Portable C, any tree. What the other kernels decline goes this way.
 * - ranked, by row (hp-ranks-row.c and the kernels): for one row at a time, a vector of trees.
 * - ranked, by tree (hp-ranks-tree.c and the kernels): for many rows, a vector of rows a tree.
 *
 * Ranked forms rest on this: v < threshold if and only if v's rank among the thresholds that the model has for this
 * feature is at most the threshold's own. Ranks are bytes, so that a vector holds 32 or 64 of them, and tables of bytes
 * can be looked up by a shuffle. See hp-ranks.h.
 *
 * Whatever the kernel, the leaves are added in order of the trees, in float: each gives the bits of
 * hp_model_margin_plain(). A kernel is chosen by hp_compiled_best(), or by name in tests and benchmarks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-model.h"

G_BEGIN_DECLS

typedef enum
{
  HP_KERNEL_PLAIN,       /* the reference: hp_model_margin_plain(), row by row */
  HP_KERNEL_INTERLEAVED, /* portable */
  HP_KERNEL_AVX2,
  HP_KERNEL_AVX512, /* with VBMI */
  HP_N_KERNELS
} HpKernel;

typedef struct _HpCompiled HpCompiled;

/* The model must outlive it and not grow. */
HpCompiled *hp_compiled_new      (const HpModel *model);
void        hp_compiled_free     (HpCompiled *compiled);
gsize       hp_compiled_get_size (const HpCompiled *compiled); /* bytes */
const char *hp_kernel_name       (HpKernel kernel);
/* Whether this processor has what the kernel needs and the model is within the kernel's limits */
gboolean    hp_compiled_has      (const HpCompiled *compiled, HpKernel kernel);
HpKernel    hp_compiled_best     (const HpCompiled *compiled);
/* kernel: one that hp_compiled_has(). Takes no memory. */
void        hp_compiled_margin   (const HpCompiled *compiled, HpKernel kernel, const float *features, gsize n,
                                  double *margin);
void        hp_compiled_leaves   (const HpCompiled *compiled, const float *features, gint32 *leaves);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpCompiled, hp_compiled_free)

G_END_DECLS

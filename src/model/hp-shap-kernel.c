/* hp-shap-kernel.c - the loops over a tree's nodes that add up Shapley values, for HP_SHAP_LANES rows at once
 *
 * Nothing depends on where a row goes but the bits of masks, so rows stay side by side. The wider vectors of AVX2 are
 * used where they are; the sums are made in the same order, without fused operations, so the bits are the same
 * everywhere.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-shap-private.h"

/* Vectors are handed over only where the callee becomes part of the caller. */
#pragma GCC diagnostic ignored "-Wpsabi"

#define INLINE static inline __attribute__ ((always_inline))

/* NaN that goes left comes as -infinity, which is no category. */
static __attribute__ ((noinline)) void
ask_set (const HpModel *model, const HpShapSplit *split, const HpShapDoubles *columns, HpShapMask *left)
{
  for (guint lane = 0; lane < HP_SHAP_LANES; lane++)
    {
      double value = columns[split->column][lane];

      (*left)[lane] = isnan (value) || _hp_model_has_category (model, split->set, (float) value) ? 0 : -1;
    }
}

/* Which rows go left. The one place that knows what a split asks. */
INLINE HpShapMask
goes_left (const HpModel *model, const HpShapSplit *split, const HpShapDoubles *columns)
{
  if (G_UNLIKELY (split->set != HP_SHAP_NO_SET))
    {
      HpShapMask left;

      ask_set (model, split, columns, &left);
      return left;
    }
  return columns[split->column] < split->threshold;
}

INLINE void
sort_rows (const HpShapPlan *plan, const HpShapDoubles *columns, HpShapMask *own)
{
  own[0] = ~(HpShapMask){ 0 };
  for (guint p = 0; p < plan->n_splits; p++)
    {
      HpShapMask left = goes_left (plan->model, &plan->splits[p], columns), before = own[plan->splits[p].earlier];

      own[2 * p + 1] = before & left;
      own[2 * p + 2] = before & ~left;
    }
}

INLINE HpShapDoubles
factor_of (const HpShapStep *step, HpShapMask come, HpShapMask own)
{
  return (HpShapDoubles) (step->factor.bits ^ (come & step->factor_come.bits) ^ (own & step->factor_both.bits));
}

INLINE HpShapDoubles
share_of (const HpShapStep *step, HpShapMask come, HpShapMask own)
{
  return (HpShapDoubles) (come & (step->share.bits ^ (own & step->share_both.bits)));
}

INLINE void
add_tree (const HpShapPlan *plan, const HpShapStep *steps, double weight, const HpShapMask *own, HpShapDoubles *product,
          HpShapDoubles *phi)
{
  /* Down: the product of each way's factors, at the leaves times their values */
  product[0] = (HpShapDoubles){ 0 } + weight;
  for (guint p = 0; p < plan->n_splits; p++)
    {
      const HpShapSplit *split = &plan->splits[p];
      const HpShapStep *left = &steps[2 * p], *right = left + 1;
      HpShapDoubles here = product[split->node];
      HpShapMask come = own[split->earlier];

      product[2 * p + 1] = here * factor_of (left, come, own[2 * p + 1]);
      product[2 * p + 2] = here * factor_of (right, come, own[2 * p + 2]);
    }
  /* Up: the sums of the leaves below */
  for (guint p = plan->n_splits; p-- > 0;)
    {
      const HpShapSplit *split = &plan->splits[p];
      const HpShapStep *left = &steps[2 * p], *right = left + 1;
      HpShapDoubles below_left = product[2 * p + 1], below_right = product[2 * p + 2];
      HpShapMask come = own[split->earlier];

      phi[split->feature]
        += below_left * share_of (left, come, own[2 * p + 1]) + below_right * share_of (right, come, own[2 * p + 2]);
      product[split->node] = below_left + below_right;
    }
}

static void
sort_rows_baseline (const HpShapPlan *plan, const HpShapDoubles *columns, HpShapMask *own)
{
  sort_rows (plan, columns, own);
}

static void
add_tree_baseline (const HpShapPlan *plan, const HpShapStep *steps, double weight, const HpShapMask *own,
                   HpShapDoubles *product, HpShapDoubles *phi)
{
  add_tree (plan, steps, weight, own, product, phi);
}

#ifdef __x86_64__
static __attribute__ ((target ("avx2"))) void
sort_rows_avx2 (const HpShapPlan *plan, const HpShapDoubles *columns, HpShapMask *own)
{
  sort_rows (plan, columns, own);
}

static __attribute__ ((target ("avx2"))) void
add_tree_avx2 (const HpShapPlan *plan, const HpShapStep *steps, double weight, const HpShapMask *own,
               HpShapDoubles *product, HpShapDoubles *phi)
{
  add_tree (plan, steps, weight, own, product, phi);
}
#endif

const HpShapKernel _hp_shap_baseline = { sort_rows_baseline, add_tree_baseline };

const HpShapKernel *
_hp_shap_get_kernel (void)
{
#ifdef __x86_64__
  static const HpShapKernel avx2 = { sort_rows_avx2, add_tree_avx2 };

  if (__builtin_cpu_supports ("avx2"))
    return &avx2;
#endif
  return &_hp_shap_baseline;
}

/* fuzz-holdout.c - the out-of-sample predictions in a stranger's bundle
 *
 * What is accepted has positive prices, and columns that are as long as the set and whose levels are there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-residual-set.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_column (const HpSetColumn *column, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isnan (column->numbers[i]) && column->kind == HP_SET_CATEGORY)
      g_assert_nonnull (column->levels[(guint) column->numbers[i]]);
    else
      g_assert_false (isinf (column->numbers[i]));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (HpResidualSet) set
    = hp_residual_set_new_holdout ((const char *) data, size, "fuzz", NULL, HP_TARGET_LOG, NULL);
  HpResidualSet **common;

  if (set == NULL)
    return 0;
  for (gsize i = 0; i < set->n; i++)
    g_assert_true (set->price[i] > 0 && set->predicted[i] > 0 && isfinite (set->price[i]) && set->row[i] > 0);
  for (guint c = 0; c < set->columns->len; c++)
    check_column (set->columns->pdata[c], set->n);
  common = hp_residual_sets_common ((HpResidualSet *[]){ set, set }, 2);
  g_assert_cmpuint (common[0]->n, <=, set->n);
  for (gsize i = 1; i < common[1]->n; i++)
    g_assert_cmpuint (common[1]->row[i], >, common[0]->row[i - 1]);
  hp_residual_sets_free (common);
  return 0;
}

/* hp-comparison-movers.c - the houses whose price changes most from the first version to the last, and why
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-comparison-private.h"

static void
mover_free (gpointer data)
{
  HpMover *mover = data;

  g_clear_pointer (&mover->reasons, g_ptr_array_unref);
  g_free (mover);
}

typedef struct
{
  double size;
  gsize index;
} Change;

static int
by_size (gconstpointer a, gconstpointer b)
{
  const Change *x = a, *y = b;

  if (x->size != y->size)
    return x->size < y->size ? 1 : -1;
  return (x->index > y->index) - (x->index < y->index);
}

void
_hp_comparison_find_movers (HpComparison *comparison, guint n_movers)
{
  const HpResidualSet *first = comparison->sets[0], *last = comparison->sets[comparison->n_versions - 1];
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Change));

  comparison->movers = g_ptr_array_new_with_free_func (mover_free);
  for (gsize i = 0; i < first->n; i++)
    {
      Change change = { fabs (last->predicted[i] - first->predicted[i]) / fabs (first->price[i]), i };

      if (change.size > 0 && isfinite (change.size))
        g_array_append_val (changes, change);
    }
  g_array_sort (changes, by_size);
  for (guint k = 0; k < MIN (n_movers, changes->len); k++)
    {
      HpMover *mover = g_new0 (HpMover, 1);
      gsize i = g_array_index (changes, Change, k).index;

      mover->row = first->row[i];
      mover->index = i;
      mover->price = first->price[i];
      for (guint v = 0; v < comparison->n_versions; v++)
        mover->predicted[v] = comparison->sets[v]->predicted[i];
      mover->change = last->predicted[i] - first->predicted[i];
      g_ptr_array_add (comparison->movers, mover);
    }
}

/**
 * hp_comparison_explain:
 * @comparison: a comparison
 * @first: the first version's predictor
 * @last: the last version's
 *
 * Finds what changed for each mover. The predictors are the registered models, which are trained on all sales; those
 * that made out-of-sample predictions are not kept. So the reasons' changes are near the mover's change, and don't add
 * up to it. A house that one of the two can't value has no reasons.
 */
void
hp_comparison_explain (HpComparison *comparison, const HpPredictor *first, const HpPredictor *last)
{
  const HpResidualSet *from = comparison->sets[0], *to = comparison->sets[comparison->n_versions - 1];

  for (guint k = 0; k < comparison->movers->len; k++)
    {
      HpMover *mover = comparison->movers->pdata[k];
      g_autoptr (HpHouse) before = hp_residual_set_house (from, mover->index, hp_predictor_get_preprocessor (first));
      g_autoptr (HpHouse) after = hp_residual_set_house (to, mover->index, hp_predictor_get_preprocessor (last));

      g_clear_pointer (&mover->reasons, g_ptr_array_unref);
      mover->reasons = hp_mover_reasons_new (first, before, last, after, NULL);
    }
}

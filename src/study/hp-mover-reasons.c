/* hp-mover-reasons.c - why two versions price a house differently
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "hp-mover-reasons.h"

#include <math.h>
#include <string.h>

static HpDate
date_of_months (double months)
{
  int year = (int) floor (months / 12);

  return (HpDate) (year * 10000 + ((int) floor (months) - year * 12 + 1) * 100);
}

/**
 * hp_residual_set_house:
 * @set: sales with their attributes
 * @index: which sale
 * @pre: what makes features of it
 *
 * Attributes are matched by name. One that the set lacks, or whose value the version does not allow, is missing. A date
 * has the precision of a month.
 *
 * Returns: (transfer full): the house
 */
HpHouse *
hp_residual_set_house (const HpResidualSet *set, gsize index, const HpPreprocessor *pre)
{
  HpHouse *house = hp_house_new (pre);

  for (guint i = 0; i < hp_preprocessor_get_n_attributes (pre); i++)
    {
      const HpSetColumn *column = hp_residual_set_get_column (set, hp_preprocessor_get_attribute (pre, i)->name);
      double value = column != NULL ? column->numbers[index] : NAN;

      if (column == NULL || isnan (value))
        continue;
      if (column->kind == HP_SET_CATEGORY)
        {
          const char *level = column->levels[(guint) value];

          hp_house_set_text (house, pre, i, level, strlen (level), NULL);
        }
      else
        hp_house_set_number (house, pre, i, column->kind == HP_SET_DATE ? date_of_months (value) : value, NULL);
    }
  return house;
}

/**
 * hp_mover_reason_free:
 * @reason: (nullable) (transfer full): a reason
 */
void
hp_mover_reason_free (HpMoverReason *reason)
{
  if (reason == NULL)
    return;
  g_free (reason->feature);
  g_free (reason);
}

static HpMoverReason *
get_reason (GPtrArray *reasons, const char *feature)
{
  HpMoverReason *reason;

  for (guint i = 0; i < reasons->len; i++)
    {
      reason = reasons->pdata[i];
      if (g_strcmp0 (reason->feature, feature) == 0)
        return reason;
    }
  reason = g_new0 (HpMoverReason, 1);
  reason->feature = g_strdup (feature);
  g_ptr_array_add (reasons, reason);
  return reason;
}

static int
by_size (gconstpointer a, gconstpointer b)
{
  const HpMoverReason *x = *(const HpMoverReason *const *) a, *y = *(const HpMoverReason *const *) b;
  double larger = fabs (y->change) - fabs (x->change);

  if (larger != 0)
    return larger > 0 ? 1 : -1;
  return g_strcmp0 (x->feature, y->feature);
}

static HpValuation *
explain (const HpPredictor *predictor, const HpHouse *house, GError **error)
{
  const HpValuationOptions options = { .explain = TRUE, .impute = TRUE };

  return hp_predictor_value (predictor, house, &options, error);
}

/**
 * hp_mover_reasons_new:
 * @a: a predictor
 * @house_a: the house, as @a sees it
 * @b: another predictor
 * @house_b: the same house, as @b sees it
 * @error: return location for a #GError
 *
 * The contributions of both, matched by the features' names, and the base prices. Missing attributes are imputed.
 *
 * Returns: (transfer full) (nullable) (element-type HpMoverReason): largest change first, or %NULL with an error of
 *   hp_predictor_value()
 */
GPtrArray *
hp_mover_reasons_new (const HpPredictor *a, const HpHouse *house_a, const HpPredictor *b, const HpHouse *house_b,
                      GError **error)
{
  g_autoptr (HpValuation) from = explain (a, house_a, error);
  g_autoptr (HpValuation) to = from != NULL ? explain (b, house_b, error) : NULL;
  GPtrArray *reasons;
  HpMoverReason *base;

  if (to == NULL)
    return NULL;
  reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_mover_reason_free);
  base = get_reason (reasons, NULL);
  base->a = from->base_price;
  base->b = to->base_price;
  for (guint i = 0; i < from->contributions->len; i++)
    {
      const HpContribution *contribution = from->contributions->pdata[i];

      get_reason (reasons, contribution->feature)->a += contribution->amount;
    }
  for (guint i = 0; i < to->contributions->len; i++)
    {
      const HpContribution *contribution = to->contributions->pdata[i];

      get_reason (reasons, contribution->feature)->b += contribution->amount;
    }
  for (guint i = 0; i < reasons->len; i++)
    {
      HpMoverReason *reason = reasons->pdata[i];

      reason->change = hp_price_round (reason->b - reason->a);
    }
  g_ptr_array_sort (reasons, by_size);
  return reasons;
}

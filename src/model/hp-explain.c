/* hp-explain.c - contributions in currency that add up to the cent
 *
 * A model of log prices explains itself on the log scale: ln p = ln b + sum of phi. With the logarithmic mean
 * L = (p - b) / ln (p / b) the parts phi x L are in currency and add up to p - b exactly.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-number.h"
#include "hp-predictor-private.h"

/* Rounds amounts to cents so that they add up to total (in cents): down first, then the largest remainders up, the
 * first of equals (Hamilton's method). */
static void
round_amounts (double *amounts, guint n, double total)
{
  g_autofree double *remainders = g_new (double, n + 1);
  double left = total;

  if (n == 0)
    return;
  for (guint k = 0; k < n; k++)
    {
      double cents = amounts[k] * 100;

      amounts[k] = floor (cents);
      remainders[k] = cents - amounts[k];
      left -= amounts[k];
    }
  /* Base and price were rounded as well, so a cent may be left beyond one for each, or lack. */
  while (left < 0 || left > n)
    {
      double each = floor (left / n);

      for (guint k = 0; k < n; k++)
        amounts[k] += each;
      left -= each * n;
    }
  /* Now it is a cent for each amount at most; NaN if an amount was infinite. */
  for (guint cents = left >= 1 ? (guint) left : 0; cents > 0; cents--)
    {
      guint best = 0;

      for (guint k = 1; k < n; k++)
        if (remainders[k] > remainders[best])
          best = k;
      amounts[best]++;
      remainders[best] = -1;
    }
  for (guint k = 0; k < n; k++)
    amounts[k] /= 100;
}

/* What a person entered, or what was made of it */
static void
set_value (HpContribution *contribution, const HpPreprocessor *pre, const HpNamed *named, const HpHouse *house,
           HpDate effective)
{
  const HpAttribute *attribute = &_hp_preprocessor_input (pre, named->a)->attribute;
  char buffer[HP_NUMBER_BUFFER];
  double value = house->raw[named->a];

  if (named->kind == HP_FEATURE_CATEGORY || named->kind == HP_FEATURE_ONE_HOT)
    {
      if (!isnan (value))
        contribution->value = g_strdup (attribute->choices[(guint) value]);
      else
        contribution->value = g_strdup (house->unseen[named->a]);
      return;
    }
  if (named->kind != HP_FEATURE_NUMBER)
    value = _hp_named_value (pre, named, house, effective);
  if (isnan (value))
    return;
  hp_number_format (buffer, value);
  contribution->value = g_strdup (buffer);
  contribution->is_number = TRUE;
  contribution->number = value;
}

static int
compare_amounts (gconstpointer a, gconstpointer b)
{
  double x = fabs ((*(HpContribution *const *) a)->amount), y = fabs ((*(HpContribution *const *) b)->amount);

  return (x < y) - (x > y);
}

void
_hp_valuation_explain (HpValuation *valuation, const HpPredictor *predictor, const HpHouse *house, HpDate effective,
                       const double *phi, double expected, double price)
{
  const HpPreprocessor *pre = predictor->pre;
  HpTarget target = hp_model_get_target (predictor->model);
  guint n_features = hp_preprocessor_get_n_features (pre), n = hp_preprocessor_get_n_named (pre);
  g_autofree double *amounts = g_new0 (double, n + 1);
  double base, sum = 0, total = 0, absolute = 0, scale;

  for (guint j = 0; j < n_features; j++)
    {
      amounts[hp_preprocessor_get_named_of (pre, j)] += phi[j];
      sum += phi[j];
    }
  base = hp_price_from_margin (target, expected);
  scale = hp_price_slope (target, expected, sum);
  for (guint k = 0; k < n; k++)
    {
      amounts[k] *= scale;
      total += amounts[k];
      absolute += fabs (amounts[k]);
    }
  /* The price comes from a single-precision sum, the contributions from a double one. What they differ by is shared
   * out. */
  for (guint k = 0; k < n && absolute > 0; k++)
    amounts[k] += (price - base - total) * fabs (amounts[k]) / absolute;

  valuation->explained = TRUE;
  valuation->base_price = absolute > 0 ? hp_price_round (base) : valuation->predicted_price;
  round_amounts (amounts, n, round (valuation->predicted_price * 100) - round (valuation->base_price * 100));
  for (guint k = 0; k < n; k++)
    {
      HpContribution *contribution = g_new0 (HpContribution, 1);

      contribution->feature = g_strdup (hp_preprocessor_get_named (pre, k));
      contribution->amount = amounts[k];
      set_value (contribution, pre, _hp_preprocessor_named (pre, k), house, effective);
      g_ptr_array_add (valuation->contributions, contribution);
    }
  /* GLib's sort is stable. */
  g_ptr_array_sort (valuation->contributions, compare_amounts);
}

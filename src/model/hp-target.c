/* hp-target.c - from margins to prices: what the margin is of the price
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-model.h"

/* Below this a change is as good as none: its effect is the derivative's. */
#define SMALL_CHANGE 1e-12

static const char *const names[HP_N_TARGETS] = { "plain", "log", "log1p", "exp", "logistic" };

/**
 * hp_target_name:
 * @target: a target
 *
 * Returns: (transfer none): its name in files
 */
const char *
hp_target_name (HpTarget target)
{
  g_return_val_if_fail (target < HP_N_TARGETS, NULL);

  return names[target];
}

/**
 * hp_target_scale:
 * @target: a target
 *
 * Returns: %HP_TARGET_LOG if errors of this model are alike in proportion to the price, else %HP_TARGET_PLAIN
 */
HpTarget
hp_target_scale (HpTarget target)
{
  return target == HP_TARGET_LOG || target == HP_TARGET_LOG1P || target == HP_TARGET_EXP ? HP_TARGET_LOG
                                                                                         : HP_TARGET_PLAIN;
}

/**
 * hp_price_from_margin:
 * @target: the scale of the margin
 * @margin: what the model says on that scale
 *
 * Returns: the price, not rounded
 */
double
hp_price_from_margin (HpTarget target, double margin)
{
  switch (target)
    {
    case HP_TARGET_LOG:
      return exp (margin);
    case HP_TARGET_LOG1P:
      return expm1 (margin);
    case HP_TARGET_EXP:
      return expf ((float) margin);
    case HP_TARGET_LOGISTIC:
      return 1.0f / (1.0f + expf (-(float) margin));
    case HP_TARGET_PLAIN:
    case HP_N_TARGETS:
    default:
      return margin;
    }
}

/**
 * hp_price_slope:
 * @target: the scale of the margin
 * @margin: where to begin
 * @change: how far to go; parts of it times the slope are parts of the change in price, and add up to it
 *
 * On the log scale this is the logarithmic mean of the two prices, (p - b) / ln (p / b).
 *
 * Returns: (price (@margin + @change) - price (@margin)) / @change, the derivative where @change is as good as 0
 */
double
hp_price_slope (HpTarget target, double margin, double change)
{
  gboolean small = !(fabs (change) > SMALL_CHANGE);
  double odds;

  switch (target)
    {
    case HP_TARGET_LOG:
    case HP_TARGET_LOG1P:
    case HP_TARGET_EXP:
      /* b (e^s - 1) / s, without the cancellation of p - b when the two are close */
      return small ? exp (margin) : exp (margin) * expm1 (change) / change;
    case HP_TARGET_LOGISTIC:
      odds = 1 / (1 + exp (-margin));
      return small ? odds * (1 - odds) : (1 / (1 + exp (-margin - change)) - odds) / change;
    case HP_TARGET_PLAIN:
    case HP_N_TARGETS:
    default:
      return 1;
    }
}

/**
 * hp_price_round:
 * @price: any price
 *
 * Returns: @price to cents, halves away from zero; one too large to have cents as it is
 */
double
hp_price_round (double price)
{
  /* From 2^53 cents on a double has no fraction to round away, and the product might overflow. */
  return fabs (price) < 9e13 ? round (price * 100) / 100 : price;
}

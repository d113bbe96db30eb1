/* hp-axis.c - round numbers along an axis
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-axis.h"

/**
 * hp_axis_step:
 * @range: above 0
 * @most: how many steps there may be, at least 1
 *
 * Returns: the least of 1, 2 or 5 of a decimal place that divides @range into no more steps
 */
double
hp_axis_step (double range, guint most)
{
  double place = pow (10, floor (log10 (range / most)));

  for (; TRUE; place *= 10)
    {
      if (range / place <= most)
        return place;
      if (range / (2 * place) <= most)
        return 2 * place;
      if (range / (5 * place) <= most)
        return 5 * place;
    }
}

/**
 * hp_axis_months:
 * @range: in months, above 0
 * @most: how many steps there may be, at least 1
 *
 * Returns: a step of months, quarters, half-years, years or a round number of years
 */
double
hp_axis_months (double range, guint most)
{
  static const double steps[] = { 1, 3, 6, 12 };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (range / steps[i] <= most)
      return steps[i];
  return 12 * hp_axis_step (range / 12, most);
}

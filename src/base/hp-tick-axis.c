/* hp-tick-axis.c - where the ticks of an axis are: at round numbers, or at years and months
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "hp-tick-axis.h"

/* Of a step; so that a tick at the very end is not lost to rounding */
#define DUST 1e-9

/* 10, 5, 2, 1, 0.5 … */
static double
step_below (double step)
{
  double power = pow (10, floor (log10 (step) + DUST)), digit = rint (step / power);

  return digit == 5 ? 2 * power : digit == 2 ? power : power / 2;
}

/**
 * hp_tick_axis_new:
 * @from: least value
 * @to: largest value
 * @max_ticks: how many steps there may be at most
 * @whole: whether values between whole numbers mean nothing
 *
 * Returns: an axis with a step of 1, 2 or 5 times a power of ten
 */
HpTickAxis
hp_tick_axis_new (double from, double to, int max_ticks, gboolean whole)
{
  HpTickAxis axis = { from, to, 1, 0 };
  double rough, power, share;

  if (!(to > from))
    {
      axis.from = from - MAX (fabs (from) / 100, 1);
      axis.to = to + MAX (fabs (to) / 100, 1);
    }
  rough = (axis.to - axis.from) / MAX (max_ticks, 1);
  power = pow (10, floor (log10 (rough)));
  share = rough / power;
  axis.step = (share <= 1 + DUST ? 1 : share <= 2 + DUST ? 2 : share <= 5 + DUST ? 5 : 10) * power;
  /* One tick says nothing */
  while (hp_tick_axis_first (&axis) + axis.step > axis.to && !(whole && axis.step < 2))
    axis.step = step_below (axis.step);
  if (whole)
    axis.step = MAX (axis.step, 1);
  axis.decimals = axis.step < 1 - DUST ? CLAMP ((int) ceil (-log10 (axis.step) - DUST), 0, 9) : 0;
  return axis;
}

/**
 * hp_tick_axis_new_months:
 * @from: first month
 * @to: last month
 * @max_ticks: how many steps there may be at most
 *
 * Returns: an axis with a step of some months that make up a year, or of years
 */
HpTickAxis
hp_tick_axis_new_months (double from, double to, int max_ticks)
{
  static const double steps[] = { 1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200 };
  HpTickAxis axis = { from, to, 12000, 0 };

  if (!(to > from))
    {
      axis.from = from - 1;
      axis.to = to + 1;
    }
  for (gsize i = G_N_ELEMENTS (steps); i-- > 0;)
    if ((axis.to - axis.from) / steps[i] <= MAX (max_ticks, 1) || hp_tick_axis_first (&axis) + axis.step > axis.to)
      axis.step = steps[i];
  return axis;
}

/* How many steps the first tick is from 0 */
static double
first_multiple (const HpTickAxis *axis)
{
  return ceil (axis->from / axis->step - DUST);
}

/* The number that is nearest to it: a step below 1 has no exact value, but how many of them make 1 has. 0 has no sign
 * to show. */
static double
multiple (const HpTickAxis *axis, double n)
{
  return (axis->step < 1 - DUST ? n / rint (1 / axis->step) : n * axis->step) + 0.0;
}

/**
 * hp_tick_axis_first:
 * @axis: an axis
 *
 * Returns: the least multiple of the step that is on it
 */
double
hp_tick_axis_first (const HpTickAxis *axis)
{
  return multiple (axis, first_multiple (axis));
}

/**
 * hp_tick_axis_n_ticks:
 * @axis: an axis
 *
 * Returns: how many ticks are on it
 */
guint
hp_tick_axis_n_ticks (const HpTickAxis *axis)
{
  double steps = floor ((axis->to - hp_tick_axis_first (axis)) / axis->step + DUST);

  return steps >= 0 ? (guint) steps + 1 : 0;
}

/**
 * hp_tick_axis_tick:
 * @axis: an axis
 * @i: which of its ticks, from 0
 *
 * Returns: where it is, without the dust that a sum of steps has at its end
 */
double
hp_tick_axis_tick (const HpTickAxis *axis, guint i)
{
  return multiple (axis, first_multiple (axis) + i);
}

/**
 * hp_tick_axis_place:
 * @axis: an axis
 * @value: a value
 *
 * Returns: where it is, 0 at the start and 1 at the end
 */
double
hp_tick_axis_place (const HpTickAxis *axis, double value)
{
  return (value - axis->from) / (axis->to - axis->from);
}

/**
 * hp_tick_axis_month_text:
 * @axis: of hp_tick_axis_new_months()
 * @tick: where one of its ticks is
 *
 * Returns: (transfer full): the year, or the year and the month if the ticks are closer than years
 */
char *
hp_tick_axis_month_text (const HpTickAxis *axis, double tick)
{
  int month = (int) lrint (tick);

  return axis->step >= 12 ? g_strdup_printf ("%d", month / 12)
                          : g_strdup_printf ("%d-%02d", month / 12, month % 12 + 1);
}

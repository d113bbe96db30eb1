/* hp-attribute-axis.c - the ticks of an axis of an attribute's values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "hp-attribute-axis.h"
#include "hp-attribute-text.h"
#include "hp-number.h"

/**
 * hp_attribute_axis_new:
 * @attribute: a number or a date
 * @from: least value; of a date in months
 * @to: largest value
 * @max_ticks: how many steps there may be at most
 *
 * Returns: an axis with ticks as the attribute's values have them
 */
HpTickAxis
hp_attribute_axis_new (const HpAttribute *attribute, double from, double to, int max_ticks)
{
  return attribute->type == HP_COLUMN_DATE
           ? hp_tick_axis_new_months (from, to, max_ticks)
           : hp_tick_axis_new (from, to, max_ticks, attribute->type == HP_COLUMN_INTEGER);
}

/**
 * hp_attribute_axis_text:
 * @axis: of hp_attribute_axis_new()
 * @attribute: of the same
 * @tick: where a tick is
 *
 * Returns: (transfer full): the value there
 */
char *
hp_attribute_axis_text (const HpTickAxis *axis, const HpAttribute *attribute, double tick)
{
  char plain[HP_NUMBER_BUFFER], format[] = "%.0f";

  if (attribute->type == HP_COLUMN_DATE)
    return hp_tick_axis_month_text (axis, tick);
  /* as many decimals as the step has, each the same; and a 0 of dust may have a sign */
  format[2] = (char) ('0' + axis->decimals);
  g_ascii_formatd (plain, sizeof plain, format, fabs (tick) < axis->step / 2 ? 0 : tick);
  return hp_attribute_text_number (attribute, plain);
}

/* hp-difference-text.c - metrics and their differences, with as many digits as mean something
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hp-difference-text.h"
#include "hp-metric-text.h"

/**
 * hp_difference_text_value:
 * @metric: which
 * @value: its value, in the units of hp-metrics.h
 * @currency: (nullable): of the errors in money
 *
 * Returns: (transfer full): the value as people read it
 */
char *
hp_difference_text_value (HpMetric metric, double value, const char *currency)
{
  return isfinite (value) ? hp_metric_to_text (metric, value, currency) : g_strdup ("–");
}

/**
 * hp_difference_text:
 * @metric: which
 * @difference: of two of its values
 * @currency: (nullable): of the errors in money
 *
 * Returns: (transfer full): the difference with its sign
 */
char *
hp_difference_text (HpMetric metric, double difference, const char *currency)
{
  g_autofree char *text = hp_difference_text_value (metric, fabs (difference), currency);

  if (!isfinite (difference) || difference == 0)
    return g_steal_pointer (&text);
  return g_strdup_printf ("%s%s", difference < 0 ? "−" : "+", text);
}

/**
 * hp_difference_text_interval:
 * @metric: which
 * @low: lower end of a difference
 * @high: upper end
 * @currency: (nullable): of the errors in money
 *
 * Returns: (transfer full): the interval
 */
char *
hp_difference_text_interval (HpMetric metric, double low, double high, const char *currency)
{
  g_autofree char *from = hp_difference_text (metric, low, currency);
  g_autofree char *to = hp_difference_text (metric, high, currency);

  if (!isfinite (low) || !isfinite (high))
    return g_strdup ("–");
  return g_strdup_printf (_ ("%s to %s"), from, to);
}
